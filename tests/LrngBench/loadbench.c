// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * loadbench pipe|syscall|loopback MILLISECONDS
 * loadbench ticks
 *
 * Loads every CPU for the given time with an instance that is pinned to it, and
 * prints operations per second (loopback: bytes per second) of all together:
 * pipe       two processes that send a word to and fro, as `perf bench sched pipe`
 * syscall    getppid(2), as `perf bench syscall basic`
 * loopback   a TCP connection of two processes over 127.0.0.1
 *
 * ticks prints ticks of the cycle counter per nanosecond.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY 256 /* operations between two looks at the clock */

static double seconds;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "loadbench: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* A partner that ends with its parent, which ends it. */
static pid_t partner(void)
{
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (!child)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

static void end(pid_t child)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static double load_pipe(void)
{
	int there[2], back[2];
	uint64_t count = 0;
	double began;
	pid_t child;
	int word = 0;

	if (pipe(there) || pipe(back))
		die("pipe");
	child = partner();
	while (!child)
		if (read(there[0], &word, sizeof(word)) != sizeof(word) || write(back[1], &word, sizeof(word)) != sizeof(word))
			die("pipe of the partner");
	began = now();
	do {
		if (write(there[1], &word, sizeof(word)) != sizeof(word) || read(back[0], &word, sizeof(word)) != sizeof(word))
			die("pipe");
	} while (++count % LOOK_EVERY || now() - began < seconds);
	began = now() - began;
	end(child);
	return (double)count / began;
}

static double load_syscall(void)
{
	double began = now();
	uint64_t count = 0;

	do {
		syscall(SYS_getppid);
	} while (++count % LOOK_EVERY || now() - began < seconds);
	return (double)count / (now() - began);
}

static double load_loopback(void)
{
	static char buffer[128 * 1024];
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	int sender = socket(AF_INET, SOCK_STREAM, 0);
	uint64_t bytes = 0;
	int receiver;
	double began;
	ssize_t got;
	pid_t child;

	if (listener < 0 || sender < 0 || bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&address, &length) || connect(sender, (struct sockaddr *)&address, length))
		die("loopback");
	receiver = accept(listener, NULL, NULL);
	if (receiver < 0)
		die("accept");
	child = partner();
	while (!child)
		if (send(sender, buffer, sizeof(buffer), 0) < 0)
			die("send");
	close(sender);
	began = now();
	do {
		got = recv(receiver, buffer, sizeof(buffer), 0);
		if (got <= 0)
			die("recv");
		bytes += (uint64_t)got;
	} while (now() - began < seconds);
	began = now() - began;
	end(child);
	return (double)bytes / began;
}

/* Runs it on every CPU that this process may use, at the same time. */
static double on_every_cpu(double (*load)(void))
{
	int cpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	double *rates = mmap(NULL, (size_t)cpus * sizeof(*rates), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cpu_set_t allowed, one;
	double sum = 0;
	int status;

	if (rates == MAP_FAILED || sched_getaffinity(0, sizeof(allowed), &allowed))
		die("preparing");
	for (int cpu = 0; cpu < cpus; cpu++) {
		if (!CPU_ISSET(cpu, &allowed) || partner())
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (sched_setaffinity(0, sizeof(one), &one))
			die("sched_setaffinity");
		rates[cpu] = load();
		exit(0);
	}
	while (wait(&status) > 0)
		if (status)
			exit(1);
	for (int cpu = 0; cpu < cpus; cpu++)
		sum += rates[cpu];
	return sum;
}

static uint64_t ticks(void)
{
#if defined(__x86_64__)
	return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
	uint64_t value;

	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
	return value;
#else
#error "no cycle counter is known for this architecture"
#endif
}

static double ticks_per_nanosecond(void)
{
	uint64_t first = ticks();
	double began = now();

	while (now() - began < 0.2)
		;
	return (double)(ticks() - first) / ((now() - began) * 1e9);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	double (*load)(void) = !strcmp(what, "pipe") ? load_pipe :
			       !strcmp(what, "syscall") ? load_syscall :
			       !strcmp(what, "loopback") ? load_loopback : NULL;

	if (argc == 2 && !strcmp(what, "ticks")) {
		printf("%.6f\n", ticks_per_nanosecond());
		return 0;
	}
	if (argc != 3 || !load || (seconds = atof(argv[2]) / 1000) <= 0) {
		fprintf(stderr, "usage: loadbench pipe|syscall|loopback MILLISECONDS\n       loadbench ticks\n");
		return 2;
	}
	printf("%.0f\n", on_every_cpu(load));
	return 0;
}
