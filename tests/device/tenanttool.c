// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * tenanttool hold FILE DESCRIPTORS         opens so many, reads once from each, says "holding", and sleeps
 * tenanttool many FILE READERS READS       so many threads, each with a descriptor of its own, read 32 bytes so often
 * tenanttool greedy FILE COUNT             COUNT threads that read 128 KiB for ever; ends when a read fails
 * tenanttool crowd FILE GREEDY READS       32 byte reads by one thread, alone and then beside threads that read 128 KiB for ever
 */

#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tool.h"

#define SHORT_READ 32
#define GREEDY_READ 131072

struct reader {
	pthread_t thread;
	pthread_barrier_t *start;
	const char *path;
	double *took_ms;
	size_t reads;
};

static void allow_descriptors(size_t count)
{
	struct rlimit limit = { count + 64, count + 64 };

	if (setrlimit(RLIMIT_NOFILE, &limit))
		die("setrlimit");
}

static void read_whole(int fd, void *data, size_t size)
{
	if (read(fd, data, size) != (ssize_t)size)
		die("read");
}

static void read_short(int fd)
{
	unsigned char data[SHORT_READ];

	read_whole(fd, data, sizeof(data));
}

static int hold(const char *path, size_t count)
{
	allow_descriptors(count);
	for (size_t i = 0; i < count; i++)
		read_short(open_file(path, O_RDONLY));
	printf("holding\n");
	fflush(stdout);
	pause();
	return 0;
}

static void measure(int fd, double *took_ms, size_t reads)
{
	for (size_t i = 0; i < reads; i++) {
		double began = now_ms();

		read_short(fd);
		took_ms[i] = now_ms() - began;
	}
}

static int compare(const void *left, const void *right)
{
	double difference = *(const double *)left - *(const double *)right;

	return (difference > 0) - (difference < 0);
}

static void print_times(const char *what, double *took_ms, size_t count)
{
	qsort(took_ms, count, sizeof(*took_ms), compare);
	printf("%s: %zu reads, median %.3f ms, 99th percentile %.3f ms, longest %.3f ms\n", what, count, took_ms[count / 2],
	       took_ms[count * 99 / 100], took_ms[count - 1]);
}

static void start_thread(struct reader *reader, void *(*run)(void *))
{
	pthread_attr_t small;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	errno = pthread_create(&reader->thread, &small, run, reader);
	if (errno)
		die("pthread_create");
}

static void *read_often(void *argument)
{
	struct reader *reader = argument;
	int fd = open_file(reader->path, O_RDONLY);

	pthread_barrier_wait(reader->start);
	measure(fd, reader->took_ms, reader->reads);
	/* Every descriptor stays open until the last reader is ready. */
	pthread_barrier_wait(reader->start);
	close(fd);
	return NULL;
}

static int many(const char *path, size_t count, size_t reads)
{
	struct reader *readers = allocate(count * sizeof(*readers));
	double *took_ms = allocate(count * reads * sizeof(*took_ms));
	pthread_barrier_t start;
	double began;

	allow_descriptors(count);
	pthread_barrier_init(&start, NULL, (unsigned)count + 1);
	for (size_t i = 0; i < count; i++) {
		readers[i] = (struct reader){ .start = &start, .path = path, .took_ms = took_ms + i * reads, .reads = reads };
		start_thread(&readers[i], read_often);
	}
	pthread_barrier_wait(&start);
	began = now_ms();
	pthread_barrier_wait(&start);
	printf("%zu readers: %.0f reads a second\n", count, 1e3 * (double)(count * reads) / (now_ms() - began));
	for (size_t i = 0; i < count; i++)
		pthread_join(readers[i].thread, NULL);
	print_times("each", took_ms, count * reads);
	return 0;
}

static atomic_size_t long_reads;

static void *read_greedily(void *argument)
{
	struct reader *reader = argument;
	unsigned char *data = allocate(GREEDY_READ);
	int fd = open_file(reader->path, O_RDONLY);

	for (;;) {
		if (read(fd, data, GREEDY_READ) < 0)
			die("read");
		long_reads++;
	}
	return NULL;
}

static void start_greedy(const char *path, size_t count)
{
	struct reader *readers = allocate(count * sizeof(*readers));

	for (size_t i = 0; i < count; i++) {
		readers[i] = (struct reader){ .path = path };
		start_thread(&readers[i], read_greedily);
	}
}

static int greedy(const char *path, size_t count)
{
	start_greedy(path, count);
	pause();
	return 0;
}

static int crowd(const char *path, size_t count, size_t reads)
{
	double *took_ms = allocate(reads * sizeof(*took_ms));
	int fd = open_file(path, O_RDONLY);
	unsigned char *data = allocate(GREEDY_READ);
	size_t before;

	measure(fd, took_ms, reads);
	print_times("alone", took_ms, reads);
	for (size_t i = 0; i < reads; i++) {
		double began = now_ms();

		read_whole(fd, data, GREEDY_READ);
		took_ms[i] = now_ms() - began;
	}
	print_times("alone, 128 KiB", took_ms, reads);
	start_greedy(path, count);
	usleep(200000);
	before = long_reads;
	measure(fd, took_ms, reads);
	printf("long reads for each short one: %.1f\n", (double)(long_reads - before) / (double)reads);
	print_times("in the crowd", took_ms, reads);
	exit(0);
}

int main(int count, char **arguments)
{
	const char *command = count > 3 ? arguments[1] : "";
	size_t number = count > 3 ? strtoul(arguments[3], NULL, 10) : 0;
	size_t reads = count > 4 ? strtoul(arguments[4], NULL, 10) : 0;

	if (!strcmp(command, "hold") && number)
		return hold(arguments[2], number);
	if (!strcmp(command, "greedy") && number)
		return greedy(arguments[2], number);
	if (!strcmp(command, "many") && number && reads)
		return many(arguments[2], number, reads);
	if (!strcmp(command, "crowd") && number && reads)
		return crowd(arguments[2], number, reads);
	fprintf(stderr, "tenanttool: bad usage\n");
	return 2;
}
