// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * readbench PATH BYTES MILLISECONDS READERS
 *
 * READERS threads read BYTES at a time from descriptors of their own for the
 * given time.  Prints nanoseconds per call (mean of one reader) and bytes per
 * second of all readers together.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *path;
static size_t request_bytes;
static atomic_int running = 1;
static pthread_barrier_t start;

struct reader {
	pthread_t thread;
	uint64_t calls;
	uint64_t nanoseconds;
};

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void die(const char *what)
{
	fprintf(stderr, "readbench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void *read_in_a_loop(void *argument)
{
	struct reader *reader = argument;
	void *buffer = aligned_alloc(4096, (request_bytes + 4095) / 4096 * 4096);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t began;

	if (fd < 0 || !buffer)
		die(path);
	pthread_barrier_wait(&start);
	began = now();
	while (atomic_load_explicit(&running, memory_order_relaxed)) {
		if (read(fd, buffer, request_bytes) != (ssize_t)request_bytes)
			die("read");
		reader->calls++;
	}
	reader->nanoseconds = now() - began;
	close(fd);
	free(buffer);
	return NULL;
}

int main(int argc, char **argv)
{
	struct timespec pause;
	double calls_per_ns = 0;
	uint64_t calls = 0;
	long milliseconds;
	int readers;
	struct reader *all;

	if (argc != 5) {
		fprintf(stderr, "usage: readbench PATH BYTES MILLISECONDS READERS\n");
		return 2;
	}
	path = argv[1];
	request_bytes = strtoul(argv[2], NULL, 10);
	milliseconds = strtol(argv[3], NULL, 10);
	readers = atoi(argv[4]);
	all = calloc((size_t)readers, sizeof(*all));
	if (!all)
		die("calloc");
	pthread_barrier_init(&start, NULL, (unsigned int)readers + 1);
	for (int i = 0; i < readers; i++)
		pthread_create(&all[i].thread, NULL, read_in_a_loop, &all[i]);
	pthread_barrier_wait(&start);
	pause.tv_sec = milliseconds / 1000;
	pause.tv_nsec = milliseconds % 1000 * 1000000;
	nanosleep(&pause, NULL);
	atomic_store(&running, 0);
	for (int i = 0; i < readers; i++) {
		pthread_join(all[i].thread, NULL);
		calls += all[i].calls;
		calls_per_ns += (double)all[i].calls / (double)all[i].nanoseconds;
	}
	printf("%.1f %.0f\n", (double)readers / calls_per_ns, calls_per_ns * 1e9 * (double)request_bytes);
	return calls ? 0 : 1;
}
