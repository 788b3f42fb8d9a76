/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * preloadtool CASE: calls getrandom and its relatives as any program does, to
 * be run with liblrng-getrandom.so preloaded.  Prints what came of it, one line
 * a call; a case that judges for itself exits with 1 and a word on stderr.
 */

#define _GNU_SOURCE
#include "preload.h"
#include <linux/random.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 4096

static void print_result(long result)
{
	if (result < 0)
		printf("%s\n", strerrorname_np(errno));
	else
		printf("%ld\n", result);
	fflush(stdout);
}

/* call FLAGS SIZE: one call. */
static void call(char **arguments)
{
	size_t size = strtoul(arguments[1], NULL, 0);
	uint8_t *output = allocate(size + 1);
	long result = getrandom(output, size, (unsigned int)strtoul(arguments[0], NULL, 0));

	print_result(result);
	expect(result < 16 || !is_zero(output, (size_t)result), "zeros");
	expect(!output[size], "more than was asked for");
}

/* seed SIZE FLAGS: GRND_SEED; also the two words that a seed begins with. */
static void seed(char **arguments)
{
	size_t size = strtoul(arguments[0], NULL, 0);
	uint64_t *output = allocate(size + 16);
	long result = getrandom(output, size, 0x10u | (unsigned int)strtoul(arguments[1], NULL, 0));

	print_result(result);
	if (size >= 8)
		printf("total %d bits %d\n", output[0] > 16 && (result < 0 || output[0] == (uint64_t)result),
		       output[1] >= 128);
}

/* by_number: as programs without the wrapper do; and another call, which is not to be touched. */
static void by_number(void)
{
	uint8_t output[BYTES] = { 0 };

	expect(syscall(SYS_getrandom, output, sizeof(output), 0) == BYTES && !is_zero(output, BYTES), "getrandom by number");
	expect(syscall(SYS_getrandom, output, sizeof(output), 0x40) == -1 && errno == EINVAL, "a wrong flag by number");
	expect(syscall(SYS_getpid) == getpid(), "another call by number");
	expect(syscall(SYS_close, -1) == -1 && errno == EBADF, "another call's error by number");
	void *page = (void *)syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
	expect(page != MAP_FAILED && !*(volatile char *)page, "six arguments by number");
	expect((void *)syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0L) == MAP_FAILED && errno == EBADF,
	       "the fifth argument by number");
}

static void relatives(void)
{
	static uint8_t output[100000];
	uint32_t counts[3] = { 0 };

	expect(!getentropy(output, 256) && !is_zero(output, 16) && !is_zero(output + 240, 16), "getentropy of 256");
	expect(getentropy(output, 257) == -1 && errno == EIO, "getentropy of 257");
	expect(!getentropy(output, 0), "getentropy of 0");
	memset(output, 0, sizeof(output));
	arc4random_buf(output, sizeof(output));
	for (size_t i = 0; i + 16 <= sizeof(output); i += 16)
		expect(!is_zero(output + i, 16), "a gap in arc4random_buf");
	expect(arc4random() != arc4random() || arc4random() != arc4random(), "arc4random repeats itself");
	expect(!arc4random_uniform(0) && !arc4random_uniform(1), "arc4random_uniform below 2");

	/* Of 3 * 4096 draws each value is met 4096 times, standard deviation 52; 500 away is 2^-70. */
	for (int i = 0; i < 3 * 4096; i++)
		counts[arc4random_uniform(3)]++;
	for (int i = 0; i < 3; i++)
		expect(counts[i] > 3596 && counts[i] < 4596, "arc4random_uniform(3) is not uniform");

	/* A bound where most words must be drawn again, had it been done by the remainder: halves must be alike. */
	counts[0] = 0;
	for (int i = 0; i < 4096; i++)
		counts[0] += arc4random_uniform(0xc0000000u) < 0x60000000u;
	expect(counts[0] > 1728 && counts[0] < 2368, "arc4random_uniform prefers small values");
}

static void one_word(void)
{
	printf("%u\n", arc4random());
}

/* Descriptors of the library are at 64 or above. */
static int opened_by_library(void)
{
	struct stat status;

	for (int fd = 64; fd < 80; fd++)
		if (!fstat(fd, &status))
			return fd;
	expect(false, "no descriptor of the library");
	return -1;
}

/* descriptors DEVICE: the program closes them all, and opens its own with their numbers. */
static void descriptors(char **arguments)
{
	uint8_t output[BYTES] = { 0 };
	uint8_t zeros[BYTES];
	struct rlimit few = { 5, 5 };
	int zero, fd;

	get(output, BYTES);
	fd = opened_by_library();
	expect(fcntl(fd, F_GETFD) == FD_CLOEXEC, "not O_CLOEXEC");
	zero = open_file("/dev/zero", O_RDONLY);
	for (int number = 3; number < 100; number++)
		if (number != zero)
			close(number);
	for (int number = 64; number < 70; number++)
		dup2(zero, number);
	memset(output, 0, BYTES);
	for (int i = 0; i < 200; i++) {
		get(output, BYTES);
		expect(!is_zero(output, BYTES), "read from a descriptor of the program");
	}
	for (int number = 64; number < 70; number++)
		expect(read(number, zeros, 1) == 1 && !zeros[0], "closed a descriptor of the program");

	/* The same device, but without prediction resistance: who asks for that must not get this one. */
	for (int number = 64; number < 100; number++)
		close(number);
	expect(getrandom(output, BYTES, GRND_RANDOM) == BYTES, "GRND_RANDOM");
	fd = opened_by_library();
	expect(dup2(open_file(arguments[0], O_RDONLY), fd) == fd, "dup2");
	expect(getrandom(output, BYTES, GRND_RANDOM) == BYTES, "GRND_RANDOM again");

	/* With room for one more. */
	for (int number = 3; number < 100; number++)
		close(number);
	setrlimit(RLIMIT_NOFILE, &few);
	get(output, BYTES);
}

/* Without locked memory. */
static void unlocked(void)
{
	struct rlimit none = { 0, 0 };
	uint8_t output[BYTES];

	/* Root locks all the same. */
	if (setrlimit(RLIMIT_MEMLOCK, &none) || setgid(65534) || setuid(65534))
		die("setuid");
	for (int i = 0; i < 100; i++)
		get(output, BYTES);
}

static long locked_kib(void)
{
	char line[256];
	long kib = -1;
	FILE *status = fopen("/proc/self/status", "r");

	while (status && fgets(line, sizeof(line), status))
		sscanf(line, "VmLck: %ld", &kib);
	if (status)
		fclose(status);
	return kib;
}

/* In a fork's child too, which inherits no lock. */
static void locked(void)
{
	uint8_t output[BYTES];
	int status;

	get(output, BYTES);
	expect(locked_kib() >= 4, "the store is not locked");
	if (!fork()) {
		expect(!locked_kib(), "locks are inherited by now");
		get(output, BYTES);
		expect(locked_kib() >= 4, "the store of a child is not locked");
		_exit(0);
	}
	wait(&status);
	expect(!status, "a child failed");
}

/*
 * consumed: what was given is found nowhere else in this process.  The output
 * itself is turned over first, so that it is not found.
 */
static void consumed(void)
{
	uint8_t output[BYTES];
	unsigned long begin, end;
	char access[8], line[512];
	FILE *maps;

	for (int i = 0; i < 5; i++)
		get(output, BYTES);
	for (size_t i = 0; i < BYTES; i++)
		output[i] = (uint8_t)~output[i];
	maps = fopen("/proc/self/maps", "r");
	while (maps && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %7s", &begin, &end, access) != 3 || strncmp(access, "rw", 2) || strstr(line, "[v"))
			continue;
		for (const volatile uint8_t *at = (const uint8_t *)begin; at + BYTES <= (const uint8_t *)end; at++) {
			size_t same = 0;

			while (same < 16 && (at[same] ^ output[same]) == 0xff)
				same++;
			expect(same < 16, "output is still in memory");
		}
	}
	if (maps)
		fclose(maps);
}

/*
 * steps: for each line on stdin a call of 32 bytes (or what the line says:
 * FLAGS SIZE) and its result on stdout.  The script does something to the
 * daemon in between.
 */
static void steps(void)
{
	static uint8_t output[MOST];
	char line[64];

	while (fgets(line, sizeof(line), stdin)) {
		unsigned int flags = 0;
		size_t size = BYTES;

		(void)sscanf(line, "%x %zu", &flags, &size);
		print_result(getrandom(output, size < MOST ? size : MOST, flags));
	}
}

/* reseeded HOW DEVICE: two calls, with something between them that ends what was stored. */
static void reseeded(char **arguments)
{
	int fd = open_file(arguments[1], O_RDWR);
	uint8_t output[BYTES];
	long result;

	get(output, BYTES);
	if (!strcmp(arguments[0], "write"))
		result = write(fd, output, BYTES) - BYTES;
	else
		result = ioctl(fd, !strcmp(arguments[0], "clear") ? RNDCLEARPOOL : RNDRESEEDCRNG);
	if (result)
		die(arguments[0]);
	get(output, BYTES);
}

/* A call that a signal finds waiting. */
static void interrupted(void)
{
	uint8_t output[BYTES];

	handle(SIGALRM);
	alarm(1);
	print_result(getrandom(output, BYTES, 0));
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*plain)(void);
		void (*with_arguments)(char **arguments);
		int arguments;
	} cases[] = {
		{ "call", NULL, call, 2 },
		{ "seed", NULL, seed, 2 },
		{ "descriptors", NULL, descriptors, 1 },
		{ "reseeded", NULL, reseeded, 2 },
		{ "by_number", by_number, NULL, 0 },
		{ "relatives", relatives, NULL, 0 },
		{ "one_word", one_word, NULL, 0 },
		{ "unlocked", unlocked, NULL, 0 },
		{ "locked", locked, NULL, 0 },
		{ "consumed", consumed, NULL, 0 },
		{ "steps", steps, NULL, 0 },
		{ "interrupted", interrupted, NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (argc > 1 && !strcmp(argv[1], cases[i].name) && argc - 2 == cases[i].arguments) {
			if (cases[i].plain)
				cases[i].plain();
			else
				cases[i].with_arguments(argv + 2);
			return 0;
		}
	fprintf(stderr, "usage: preloadtool CASE [ARGUMENT]..., see its source\n");
	return 2;
}
