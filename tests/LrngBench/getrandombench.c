// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * getrandombench library|kernel BYTES MILLISECONDS
 *
 * Nanoseconds per call of getrandom: of the function, which may be that of a
 * preloaded library, or of the system call, whatever is preloaded.
 */

#define _GNU_SOURCE
#include "../../native/getrandom/kernelcall.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define CALLS_BETWEEN_LOOKS 1000

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static long ask_library(void *output, size_t size)
{
	return getrandom(output, size, 0);
}

static long ask_kernel(void *output, size_t size)
{
	return kernel_call3(__NR_getrandom, output, size, 0);
}

int main(int argc, char **argv)
{
	long (*ask)(void *output, size_t size);
	static char output[65536];
	uint64_t began, calls = 0;
	long bytes, milliseconds;

	if (argc != 4 || (strcmp(argv[1], "library") && strcmp(argv[1], "kernel"))) {
		fprintf(stderr, "usage: getrandombench library|kernel BYTES MILLISECONDS\n");
		return 2;
	}
	ask = strcmp(argv[1], "kernel") ? ask_library : ask_kernel;
	bytes = atol(argv[2]);
	milliseconds = atol(argv[3]);
	if (bytes < 1 || bytes > (long)sizeof(output))
		return 2;
	began = now();
	do {
		for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++)
			if (ask(output, (size_t)bytes) != bytes) {
				perror("getrandombench");
				return 1;
			}
		calls += CALLS_BETWEEN_LOOKS;
	} while (now() - began < (uint64_t)milliseconds * 1000000);
	printf("%.1f\n", (double)(now() - began) / (double)calls);
	return 0;
}
