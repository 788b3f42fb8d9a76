// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/* Requests of random(4), by root and by nobody. Where LRNG itself differs from random.c it is not asked here. */

#include "compare.h"

#include <linux/random.h>
#include <sys/ioctl.h>

static void count(const char *path)
{
	int bits = -1;

	say_success(ioctl(must_open(path, O_RDONLY), RNDGETENTCNT, &bits));
	say("%s", bits >= 0 && bits <= 512 ? "a count" : "no count");
}

static void add(const char *path, int bits, int size)
{
	struct rand_pool_info *info = allocate(sizeof(*info) + 256 * 1024);

	info->entropy_count = bits;
	info->buf_size = size;
	say_success(ioctl(must_open(path, O_RDWR), RNDADDENTROPY, info));
}

static void add_some(const char *path)
{
	add(path, 8, 32);
	add(path, 0, 32);
	add(path, 0, 0);
	add(path, 1000, 4);
	add(path, 8, 4097);
}

static void add_most(const char *path)
{
	add(path, 8, 131064);
}

static void add_more(const char *path)
{
	add(path, 8, 131065);
}

static void add_negative(const char *path)
{
	add(path, -1, 32);
}

static void add_to_count(const char *path)
{
	int bits = 5;

	say_success(ioctl(must_open(path, O_RDONLY), RNDADDTOENTCNT, &bits));
}

static void without_argument(const char *path)
{
	int fd = must_open(path, O_RDWR);

	say_success(ioctl(fd, RNDZAPENTCNT));
	say_success(ioctl(fd, RNDCLEARPOOL));
	say_success(ioctl(fd, RNDRESEEDCRNG));
}

static void bad_pointers(const char *path)
{
	static const unsigned int requests[] = { RNDGETENTCNT, RNDADDTOENTCNT, RNDADDENTROPY };
	int fd = must_open(path, O_RDWR);
	unsigned char *end = memory_before_hole(0);

	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		say_success(ioctl(fd, requests[i], NULL));
		say_success(ioctl(fd, requests[i], end));
		say_success(ioctl(fd, requests[i], end - 2));
	}
}

/* The header of the structure is there, its data is not. */
static void truncated(const char *path)
{
	struct rand_pool_info *info = (void *)memory_before_hole(sizeof(*info));

	info->entropy_count = 8;
	info->buf_size = 32;
	say_success(ioctl(must_open(path, O_RDWR), RNDADDENTROPY, info));
}

static void misaligned(const char *path)
{
	unsigned char *memory = allocate(64);
	int fd = must_open(path, O_RDWR), words[] = { 8, 16 };

	memcpy(memory + 1, words, sizeof(words));
	say_success(ioctl(fd, RNDGETENTCNT, memory + 41));
	say_success(ioctl(fd, RNDADDENTROPY, memory + 1));
}

static void unknown(const char *path)
{
	static const unsigned int requests[] = { 0, 1, _IO('R', 0xff), _IOR('R', 0x02, int), 0x5401, 0xffffffff, 0x80001200 };
	int fd = must_open(path, O_RDWR);
	unsigned char memory[64] = { 0 };

	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
		say_success(ioctl(fd, requests[i], memory));
}

static void generic(const char *path)
{
	int fd = must_open(path, O_RDWR), on = 1;

	say_success(ioctl(fd, FIONBIO, &on));
	say("%s", fcntl(fd, F_GETFL) & O_NONBLOCK ? "set" : "unset");
	say_success(ioctl(fd, FIOCLEX));
	say_success(ioctl(fd, FIONREAD, &on));
}

static void by_nobody(const char *path)
{
	static const unsigned int requests[] = { RNDADDTOENTCNT, RNDADDENTROPY, RNDZAPENTCNT, RNDCLEARPOOL, RNDRESEEDCRNG };
	int fd, bits = 0;

	become_nobody();
	fd = must_open(path, O_RDWR);
	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
		say_success(ioctl(fd, requests[i], &bits));
	say_success(ioctl(fd, RNDGETENTCNT, &bits));
}

/* The privilege is looked at before the argument. */
static void by_nobody_bad_pointers(const char *path)
{
	int fd;

	become_nobody();
	fd = must_open(path, O_RDWR);
	say_success(ioctl(fd, RNDADDTOENTCNT, NULL));
	say_success(ioctl(fd, RNDADDENTROPY, NULL));
	say_success(ioctl(fd, RNDGETENTCNT, NULL));
}

const struct check ioctl_checks[] = {
	{ "RNDGETENTCNT", count },
	{ "RNDADDENTROPY", add_some },
	{ "RNDADDENTROPY of 131064 bytes", add_most },
	{ "RNDADDENTROPY of 131065 bytes", add_more },
	{ "RNDADDENTROPY, negative bits", add_negative },
	{ "RNDADDENTROPY, truncated", truncated },
	{ "RNDADDTOENTCNT", add_to_count },
	{ "requests without argument", without_argument },
	{ "requests with bad pointers", bad_pointers },
	{ "requests, misaligned", misaligned },
	{ "unknown requests", unknown },
	{ "FIONBIO, FIOCLEX, FIONREAD", generic },
	{ "requests by nobody", by_nobody },
	{ "the same, bad pointers", by_nobody_bad_pointers },
	{ NULL, NULL },
};
