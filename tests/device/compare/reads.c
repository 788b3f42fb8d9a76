// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/* Reads and writes of every size, and with memory that is not there. */

#include "compare.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

/* What the compiler would object to, were it not hidden. */
static void *volatile nothing;
static volatile size_t far_too_much = SIZE_MAX;
static volatile int negative = -1;

static const size_t sizes[] = { 0, 1, 31, 32, 33, 256, 257, 4095, 4096, 4097, 131071, 131072, 131073, 1000003, 10 << 20 };

static void read_sizes(const char *path)
{
	int fd = must_open(path, O_RDONLY);
	unsigned char *data = allocate(10 << 20);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		ssize_t result = read(fd, data, sizes[i]);

		if (result != (ssize_t)sizes[i])
			say_result(result);
	}
	say("done");
}

static void write_sizes(const char *path)
{
	int fd = must_open(path, O_WRONLY);
	unsigned char *data = allocate(10 << 20);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		ssize_t result = write(fd, data, sizes[i]);

		if (result != (ssize_t)sizes[i])
			say_result(result);
	}
	say("done");
}

/* Addresses for @size bytes over a few pages. */
static void *wide_memory(size_t size)
{
	const size_t piece = 2 << 20;
	int fd = memfd_create("wide", 0);
	char *memory = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (fd < 0 || memory == MAP_FAILED || ftruncate(fd, (off_t)piece))
		die("mmap");
	for (size_t at = 0; at < size; at += piece)
		if (mmap(memory + at, piece, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED)
			die("mmap");
	return memory;
}

static void interrupt_soon(void)
{
	struct itimerval timer = { .it_value = { .tv_usec = 20000 }, .it_interval = { .tv_usec = 20000 } };

	handle(SIGALRM);
	setitimer(ITIMER_REAL, &timer, NULL);
}

/* A signal ends it with what it has: more than nothing, less than all. */
static void read_two_gib(const char *path)
{
	const size_t size = (size_t)2 << 30;
	int fd = must_open(path, O_RDONLY);
	void *memory = wide_memory(size);
	ssize_t result;

	interrupt_soon();
	result = read(fd, memory, size);
	say("%s", result < 0 ? strerrorname_np(errno) : result == 0 ? "nothing" : (size_t)result < 0x7ffff000 ? "a part" : "all");
}

static void vectors(const char *path)
{
	int fd = must_open(path, O_RDWR);
	unsigned char data[300];
	struct iovec parts[] = { { data, 100 }, { data + 100, 0 }, { data + 100, 200 } };

	say_result(readv(fd, parts, 3));
	say_result(writev(fd, parts, 3));
	say_result(readv(fd, parts, 0));
	say_result(readv(fd, parts, negative));
}

static void positions(const char *path)
{
	int fd = must_open(path, O_RDWR);
	unsigned char data[32];

	say_result(pread(fd, data, sizeof(data), 0));
	say_result(pread(fd, data, sizeof(data), 1000));
	say_result(pread(fd, data, sizeof(data), -1));
	say_result(pwrite(fd, data, sizeof(data), 1000));
}

static void vector_flags(const char *path, int flags)
{
	unsigned char data[32];
	struct iovec part = { data, sizeof(data) };

	say_result(preadv2(must_open(path, O_RDONLY), &part, 1, -1, flags));
}

static void high_priority(const char *path)
{
	vector_flags(path, RWF_HIPRI);
}

static void no_wait(const char *path)
{
	vector_flags(path, RWF_NOWAIT);
}

static void unknown_flags(const char *path)
{
	vector_flags(path, 1 << 30);
}

static void bad_memory(const char *path)
{
	int fd = must_open(path, O_RDWR);
	unsigned char *end = memory_before_hole(0);

	say_result(read(fd, nothing, 32));
	say_result(read(fd, end, 32));
	say_result(write(fd, nothing, 32));
	say_result(write(fd, end, 32));
	say_result(read(fd, (void *)-4096, 32));
	say_result(read(fd, end, far_too_much));
	say_result(read(fd, end, 0));
}

static void read_only_memory(const char *path)
{
	void *memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	say_result(read(must_open(path, O_RDONLY), memory, 32));
	say_result(write(must_open(path, O_WRONLY), memory, 32));
}

/* Two pages are there, the third is not. */
static void memory_that_ends(const char *path)
{
	int fd = must_open(path, O_RDWR);
	unsigned char *memory = memory_before_hole(8192);

	say_result(read(fd, memory, 12288));
	say_result(write(fd, memory, 12288));
}

static int shared_fd;

static void *read_much(void *argument)
{
	unsigned char data[4097];

	for (int i = 0; i < 100; i++)
		*(int *)argument += read(shared_fd, data, sizeof(data)) != sizeof(data);
	return NULL;
}

static void threads(const char *path)
{
	int wrong[4] = { 0 };
	pthread_t readers[4];

	shared_fd = must_open(path, O_RDONLY);
	for (int i = 0; i < 4; i++)
		pthread_create(&readers[i], NULL, read_much, &wrong[i]);
	for (int i = 0; i < 4; i++)
		pthread_join(readers[i], NULL);
	say("wrong %d", wrong[0] + wrong[1] + wrong[2] + wrong[3]);
}

const struct check read_checks[] = {
	{ "read 0 bytes to 10 MiB", read_sizes },
	{ "read 2 GiB, interrupted", read_two_gib },
	{ "readv, writev", vectors },
	{ "pread, pwrite", positions },
	{ "preadv2 RWF_HIPRI", high_priority },
	{ "preadv2 RWF_NOWAIT", no_wait },
	{ "preadv2, unknown flag", unknown_flags },
	{ "unmapped memory", bad_memory },
	{ "memory that is only read", read_only_memory },
	{ "memory that ends", memory_that_ends },
	{ "four threads, one descriptor", threads },
	{ NULL, NULL },
};

const struct check write_checks[] = {
	{ "write 0 bytes to 10 MiB", write_sizes },
	{ NULL, NULL },
};
