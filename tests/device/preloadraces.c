/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * preloadraces CASE: getrandom under threads, forks, signal handlers, and all
 * of that together, to be run with liblrng-getrandom.so preloaded.  Exits with
 * 1 and a word on stderr if two outputs are alike or one was never written.
 */

#define _GNU_SOURCE
#include "preload.h"
#include <pthread.h>
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, BYTES);
}

/* Outputs of 32 bytes, none of which is zero or there twice. */
static void all_differ(uint8_t (*outputs)[BYTES], size_t count)
{
	qsort(outputs, count, BYTES, compare);
	expect(!is_zero(outputs[0], BYTES), "an output of zeros");
	for (size_t i = 1; i < count; i++)
		expect(memcmp(outputs[i - 1], outputs[i], BYTES) != 0, "the same output twice");
}

#define THREADS 8
#define EACH 20000

static void *get_many(void *outputs)
{
	uint8_t(*mine)[BYTES] = outputs;

	for (size_t i = 0; i < EACH; i++)
		get(mine[i], BYTES);
	return NULL;
}

/* All through every stage of their stores, twice, so that stores of threads that ended are made anew. */
static void threads(void)
{
	uint8_t(*outputs)[BYTES] = allocate((size_t)2 * THREADS * EACH * BYTES);
	pthread_t thread[THREADS];

	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < THREADS; i++)
			if (pthread_create(&thread[i], NULL, get_many, outputs + (round * THREADS + i) * EACH))
				die("pthread_create");
		for (size_t i = 0; i < THREADS; i++)
			pthread_join(thread[i], NULL);
	}
	all_differ(outputs, (size_t)2 * THREADS * EACH);
}

#define CHILDREN 8

/* Children of one store, and their parent; grandchildren; each several outputs. */
static void forks(void)
{
	uint8_t(*outputs)[BYTES] =
	    mmap(NULL, (size_t)(2 * CHILDREN + 1) * 64 * BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint8_t first[BYTES];
	int status;

	get(first, BYTES);
	for (size_t i = 0; i < CHILDREN; i++)
		if (!fork()) {
			size_t who = 2 * i;

			/* With the store that its parent left it, and without having asked yet. */
			if (!fork())
				who++;
			for (size_t k = 0; k < 64; k++)
				get(outputs[who * 64 + k], BYTES);
			if (who == 2 * i)
				wait(&status);
			_exit(0);
		}
	for (size_t k = 0; k < 64; k++)
		get(outputs[2 * CHILDREN * 64 + k], BYTES);
	while (wait(&status) > 0)
		expect(!status, "a child failed");
	all_differ(outputs, (size_t)(2 * CHILDREN + 1) * 64);
}

/* No word of it is zero. */
static bool is_whole(const uint8_t *output)
{
	for (size_t i = 0; i < BYTES; i += 8)
		if (is_zero(output + i, 8))
			return false;
	return true;
}

static volatile sig_atomic_t handled;
static volatile sig_atomic_t armed;

/* One signal within the next 200 us.  The next one is not sent before this one was handled, however slow that is. */
static void arm(unsigned int turn)
{
	struct itimerval soon = { { 0, 0 }, { 0, 1 + turn * 7 % 200 } };

	if (armed)
		return;
	armed = 1;
	setitimer(ITIMER_REAL, &soon, NULL);
}

static void on_alarm(void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigaction(SIGALRM, &action, NULL);
}

static void get_in_handler(int number)
{
	static uint8_t output[BYTES], last[BYTES];

	(void)number;
	expect(getrandom(output, BYTES, 0) == BYTES && is_whole(output) && memcmp(output, last, BYTES),
	       "a handler got no fresh bytes");
	memcpy(last, output, BYTES);
	handled = handled + 1;
	armed = 0;
}

static void signals(void)
{
	uint8_t last[BYTES] = { 0 };
	uint8_t output[BYTES];

	on_alarm(get_in_handler);
	for (unsigned int i = 0; handled < 1000; i++) {
		arm(i);
		get(output, BYTES);
		expect(is_whole(output) && memcmp(output, last, BYTES), "no fresh bytes under signals");
		memcpy(last, output, BYTES);
	}
}

static volatile sig_atomic_t is_child;

/* The child goes on where the signal came, possibly in the middle of a copy out of its parent's store. */
static void fork_in_handler(int number)
{
	(void)number;
	handled = handled + 1;
	armed = 0;
	if (_Fork())
		return;
	is_child = 1;
	signal(SIGALRM, SIG_IGN); /* no children of its own */
}

/*
 * The first output may be one that was complete at the fork, which is the
 * parent's as well; then it is whole.  The next one is the child's own.
 */
_Noreturn static void answer(int pipe_end, uint8_t *output)
{
	if (!is_whole(output))
		memset(output, 0, BYTES);
	else
		get(output, BYTES);
	expect(write(pipe_end, output, BYTES) == BYTES, "write");
	_exit(0);
}

#define FORKS 300

static void forks_in_handlers(void)
{
	static uint8_t outputs[FORKS][BYTES];
	uint8_t output[BYTES];
	int ends[2];
	size_t count = 0;

	signal(SIGCHLD, SIG_IGN);
	if (pipe(ends))
		die("pipe");
	on_alarm(fork_in_handler);
	for (unsigned int i = 0; handled < FORKS && !is_child; i++) {
		arm(i);
		get(output, BYTES);
		expect(is_child || is_whole(output), "the parent's output is not whole");
	}
	if (is_child)
		answer(ends[1], output);
	close(ends[1]);
	while (count < FORKS && read(ends[0], outputs[count], BYTES) == BYTES)
		count++;
	expect(count == FORKS, "not every child answered");
	all_differ(outputs, count);
}

static sigjmp_buf out;

static void jump(int number)
{
	(void)number;
	siglongjmp(out, 1);
}

/* A handler that never returns leaves a store that is not to be used. */
static void jumps(void)
{
	static uint8_t outputs[2000][BYTES];
	volatile size_t count = 0;

	for (volatile int round = 0; round < 100; round++) {
		if (!sigsetjmp(out, 1)) {
			on_alarm(jump);
			armed = 0;
			arm((unsigned int)round);
			for (;;) {
				get(outputs[count], BYTES);
				count = count < 1000 ? count + 1 : 500;
			}
		}
	}
	for (size_t i = 1000; i < 2000; i++)
		get(outputs[i], BYTES);
	all_differ(outputs + 1000, 1000);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} cases[] = {
		{ "threads", threads }, { "forks", forks },
		{ "signals", signals }, { "forks_in_handlers", forks_in_handlers },
		{ "jumps", jumps },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (argc == 2 && !strcmp(argv[1], cases[i].name)) {
			cases[i].run();
			return 0;
		}
	fprintf(stderr, "usage: preloadraces CASE, see its source\n");
	return 2;
}
