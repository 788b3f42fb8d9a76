// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * ioctls on a device file, as a program makes them that was written against
 * native/include/lrng.h.  One line says what ioctl(2) returned, or the name
 * of its error, and what else there is to tell.
 *
 *   ioctltool FILE count | addcount N | add BITS SIZE | zap | clear | reseed | number N
 *   ioctltool FILE seed SIZE [FLAGS] | status SIZE
 *
 * Words before FILE: compat (as a 32-bit program calls), open-nonblock, and where the argument lies: null, unmapped,
 * kernel, readonly, edge (its first 8 bytes only are mapped); buffer-unmapped, buffer-readonly: that of seed and status.
 */

#define _GNU_SOURCE
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lrng.h"
#include "tool.h"

#define ROOM ((size_t)256 * 1024)

static unsigned char *argument; /* ROOM bytes; what follows is not mapped */
static unsigned char *buffer;	/* the same */
static void *passed;		/* what ioctl(2) gets: argument, unless a word says otherwise */
static int compat;
static int open_flags;

/* Below 4 GiB, for callers with 32-bit addresses. */
static unsigned char *map(void)
{
#ifdef MAP_32BIT
	int low = MAP_32BIT;
#else
	int low = 0;
#endif
	unsigned char *memory = mmap(NULL, ROOM + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | low, -1, 0);

	if (memory == MAP_FAILED || mprotect(memory + ROOM, 4096, PROT_NONE))
		die("mmap");
	return memory;
}

/* The system call of a 32-bit program on a 64-bit kernel. */
static int compat_ioctl(int fd, uint32_t request, uintptr_t address)
{
#ifdef __x86_64__
	int result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(54), "b"(fd), "c"(request), "d"((uint32_t)address)
			 : "memory", "r8", "r9", "r10", "r11");
	if (result < 0 && result > -4096) {
		errno = -result;
		return -1;
	}
	return result;
#else
	(void)fd, (void)request, (void)address;
	errno = ENOSYS;
	return -1;
#endif
}

static int call(int fd, uint32_t request)
{
	if (compat)
		return compat_ioctl(fd, request, (uintptr_t)passed);
	return ioctl(fd, request, passed);
}

static void report(int result)
{
	if (result < 0)
		printf("%s", strerrorname_np(errno));
	else
		printf("%d", result);
}

static void place(const char *word)
{
	if (!strcmp(word, "null"))
		passed = NULL;
	else if (!strcmp(word, "unmapped"))
		passed = argument + ROOM;
	else if (!strcmp(word, "kernel"))
		passed = (void *)(uintptr_t)0xffff888000000000;
	else if (!strcmp(word, "edge"))
		passed = argument + ROOM - 8;
}

/* After the argument has been filled in. */
static void protect(const char *word)
{
	if (!strcmp(word, "readonly") && mprotect(argument, ROOM, PROT_READ))
		die("mprotect");
	if (!strcmp(word, "buffer-readonly") && mprotect(buffer, ROOM, PROT_READ))
		die("mprotect");
}

/* Into the argument's memory, as much of it as is mapped. */
static void put(const void *data, size_t size)
{
	size_t left = ROOM;

	if (passed == argument + ROOM - 8)
		left = 8;
	memcpy(left == 8 ? passed : argument, data, size < left ? size : left);
}

static void put_pool_info(const char *bits, const char *size)
{
	int header[2] = {atoi(bits), atoi(size)};

	for (size_t i = 0; i < ROOM; i++)
		argument[i] = (unsigned char)(i * 7 + (size_t)getpid());
	put(header, sizeof(header));
}

static uintptr_t buffer_for(char **words)
{
	for (; *words; words++) {
		if (!strcmp(*words, "buffer-unmapped"))
			return (uintptr_t)buffer + ROOM;
	}
	return (uintptr_t)buffer;
}

static void print_hex(const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		printf("%02x", data[i]);
}

static void seed(int fd, char **words, const char *size, const char *flags)
{
	struct lrng_getseed request = {
	    .buffer = buffer_for(words),
	    .size = (uint32_t)strtoul(size, NULL, 0),
	    .flags = (uint32_t)strtoul(flags, NULL, 0),
	};
	uint64_t head[2];
	int result;

	put(&request, sizeof(request));
	for (char **word = words; *word; word++)
		protect(*word);
	result = call(fd, LRNG_GETSEED);
	report(result);
	memcpy(head, buffer, sizeof(head));
	printf(" total %llu bits %llu seed ", (unsigned long long)head[0], (unsigned long long)head[1]);
	print_hex(buffer + sizeof(head), result > 0 ? (size_t)result - sizeof(head) : 0);
}

static void status(int fd, char **words, const char *size)
{
	struct lrng_getstatus request = {
	    .buffer = buffer_for(words),
	    .size = (uint32_t)strtoul(size, NULL, 0),
	};
	int result;

	put(&request, sizeof(request));
	for (char **word = words; *word; word++)
		protect(*word);
	result = call(fd, LRNG_GETSTATUS);
	report(result);
	memcpy(&request, argument, sizeof(request));
	printf(" size %u\n", request.size);
	fwrite(buffer, 1, result > 0 ? (size_t)result : 0, stdout);
}

static void plain(int fd, char **words, uint32_t request)
{
	int value;

	for (char **word = words; *word; word++)
		protect(*word);
	report(call(fd, request));
	memcpy(&value, argument, sizeof(value));
	if (request == RNDGETENTCNT)
		printf(" value %d", value);
}

/* The words before FILE; ends with NULL. Returns where FILE is. */
static char **take_words(char **arguments, char **words)
{
	size_t count = 0;

	for (; *arguments && !strchr(*arguments, '/') && count < 8; arguments++) {
		if (!strcmp(*arguments, "compat"))
			compat = 1;
		else if (!strcmp(*arguments, "open-nonblock"))
			open_flags = O_NONBLOCK;
		place(*arguments);
		words[count++] = *arguments;
	}
	words[count] = NULL;
	return arguments;
}

static int usage(void)
{
	fprintf(stderr, "ioctltool: bad usage\n");
	return 2;
}

static int run(int fd, char **words, int count, char **arguments)
{
	static const struct {
		const char *name;
		uint32_t request;
	} plain_requests[] = {
	    {"count", RNDGETENTCNT},
	    {"zap", RNDZAPENTCNT},
	    {"clear", RNDCLEARPOOL},
	    {"reseed", RNDRESEEDCRNG},
	};
	const char *name = arguments[0], *first = count > 1 ? arguments[1] : "0", *second = count > 2 ? arguments[2] : "0";

	for (size_t i = 0; i < sizeof(plain_requests) / sizeof(plain_requests[0]); i++) {
		if (!strcmp(name, plain_requests[i].name)) {
			plain(fd, words, plain_requests[i].request);
			return 0;
		}
	}
	if (!strcmp(name, "number")) {
		plain(fd, words, (uint32_t)strtoul(first, NULL, 0));
	} else if (!strcmp(name, "addcount")) {
		int value = atoi(first);

		put(&value, sizeof(value));
		plain(fd, words, RNDADDTOENTCNT);
	} else if (!strcmp(name, "add")) {
		put_pool_info(first, second);
		plain(fd, words, RNDADDENTROPY);
	} else if (!strcmp(name, "seed")) {
		seed(fd, words, first, second);
	} else if (!strcmp(name, "status")) {
		status(fd, words, first);
		return 0;
	} else {
		return usage();
	}
	return 0;
}

int main(int count, char **arguments)
{
	char *words[9], **end = arguments + count, **file;
	int result;

	handle(SIGUSR1);
	argument = map();
	buffer = map();
	passed = argument;
	file = take_words(arguments + 1, words);
	if (end - file < 2)
		return usage();
	result = run(open_file(file[0], O_RDWR | open_flags), words, (int)(end - file - 1), file + 1);
	putchar('\n');
	return result;
}
