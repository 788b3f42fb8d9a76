// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * fairtool SECONDS FILE
 *
 * What each of two greedy readers gets. Both run on one CPU, the first that may be used, so that it is not the rest of the machine
 * that tells them apart.
 */

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include "tool.h"

#define GREEDY_READ 131072

struct greedy {
	pthread_t thread;
	pthread_barrier_t *start;
	const char *path;
	double seconds;
	size_t bytes;
};

static void *read_greedily(void *argument)
{
	struct greedy *greedy = argument;
	unsigned char *data = allocate(GREEDY_READ);
	int fd = open_file(greedy->path, O_RDONLY);
	double end;

	pthread_barrier_wait(greedy->start);
	end = now_ms() + 1e3 * greedy->seconds;
	while (now_ms() < end) {
		ssize_t result = read(fd, data, GREEDY_READ);

		if (result < 0)
			die("read");
		greedy->bytes += (size_t)result;
	}
	close(fd);
	free(data);
	return NULL;
}

static void stay_on_one_cpu(void)
{
	cpu_set_t cpus, one;

	if (sched_getaffinity(0, sizeof(cpus), &cpus))
		die("sched_getaffinity");
	CPU_ZERO(&one);
	for (size_t i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++) {
		if (CPU_ISSET(i, &cpus))
			CPU_SET(i, &one);
	}
	if (sched_setaffinity(0, sizeof(one), &one))
		die("sched_setaffinity");
}

int main(int count, char **arguments)
{
	pthread_barrier_t start;
	struct greedy readers[2];

	if (count != 3) {
		fprintf(stderr, "fairtool: bad usage\n");
		return 2;
	}
	stay_on_one_cpu();
	pthread_barrier_init(&start, NULL, 2);
	for (size_t i = 0; i < 2; i++) {
		readers[i] = (struct greedy){ .start = &start, .path = arguments[2], .seconds = atof(arguments[1]) };
		errno = pthread_create(&readers[i].thread, NULL, read_greedily, &readers[i]);
		if (errno)
			die("pthread_create");
	}
	for (size_t i = 0; i < 2; i++)
		pthread_join(readers[i].thread, NULL);
	printf("bytes %zu %zu\n", readers[0].bytes, readers[1].bytes);
	return 0;
}
