// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * soaktool MILLIONS RANDOM URANDOM
 *
 * Several readers read so many millions of blocks of 16 bytes from both devices; looks for one that was given out twice, whoever got it.
 *
 * Of each block the first 96 bits are kept: 1.2 GB for 10^8 blocks.  Two of n random blocks agree in them with a chance of
 * n^2 / 2^97, which is 2^-43.8 for n = 10^8.
 */

#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "tool.h"

#define BLOCK 16
#define LARGEST_READ (1 << 20)
#define MOST_WRONG 100
#define LEAST_INTERRUPTED 3

struct tag {
	uint32_t words[3];
};

/* The readers, each with its part of a million blocks. Those with O_SYNC wait for the sources. */
struct kind {
	int urandom;
	int flags;
	int interrupted;
	unsigned int parts;
	size_t sizes[6]; /* in turn */
};

static const struct kind kinds[] = {
	{ .parts = 299980, .sizes = { 131072 } },
	{ .parts = 300000, .sizes = { 131072 }, .urandom = 1 },
	{ .parts = 200000, .sizes = { 65536 } },
	{ .parts = 100000, .sizes = { 16, 48, 4096, 65536, 131072 }, .urandom = 1 },
	{ .parts = 50000, .sizes = { 4096 } },
	{ .parts = 40000, .sizes = { LARGEST_READ }, .interrupted = 1 },
	{ .parts = 6000, .sizes = { 48 } },
	{ .parts = 4000, .sizes = { 16 }, .urandom = 1 },
	{ .parts = 10, .sizes = { 16, 48, 4096 }, .flags = O_SYNC },
	{ .parts = 10, .sizes = { 65536 }, .flags = O_SYNC, .interrupted = 1 },
};

#define READERS (sizeof(kinds) / sizeof(kinds[0]))

struct reader {
	pthread_t thread;
	const struct kind *kind;
	const char *path;
	struct tag *tags;
	size_t quota, blocks, reads, interrupted, wrong;
};

static void keep(struct reader *reader, const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size && reader->blocks < reader->quota; i += BLOCK)
		memcpy(&reader->tags[reader->blocks++], data + i, sizeof(struct tag));
}

static void read_once(struct reader *reader, int fd, unsigned char *data, size_t size)
{
	ssize_t result = read(fd, data, size);
	int cut = result < 0 ? errno == EINTR : (size_t)result < size;

	if (cut && reader->kind->interrupted && (result < 0 || (result > 0 && result % BLOCK == 0)))
		reader->interrupted++;
	else if (result < 0 || cut)
		reader->wrong++;
	if (result > 0)
		keep(reader, data, (size_t)result);
	reader->reads++;
}

/* A long read with O_SYNC is never done before the timer's next signal, so that it is certain to be interrupted. */
static int wants_more(const struct reader *reader)
{
	if (reader->kind->interrupted && reader->kind->flags && reader->interrupted < LEAST_INTERRUPTED)
		return 1;
	return reader->blocks < reader->quota;
}

/* Only the readers that are to be interrupted take the signal. */
static void *read_quota(void *argument)
{
	struct reader *reader = argument;
	const size_t *sizes = reader->kind->sizes;
	unsigned char *data = allocate(LARGEST_READ);
	int fd = open_file(reader->path, O_RDONLY | reader->kind->flags);
	sigset_t alarm;

	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	if (reader->kind->interrupted)
		pthread_sigmask(SIG_UNBLOCK, &alarm, NULL);
	for (size_t turn = 0; wants_more(reader) && reader->wrong < MOST_WRONG; turn++) {
		if (turn == sizeof(kinds->sizes) / sizeof(kinds->sizes[0]) || !sizes[turn])
			turn = 0;
		read_once(reader, fd, data, sizes[turn]);
	}
	close(fd);
	free(data);
	return NULL;
}

static void start_timer(void)
{
	struct itimerval timer = { .it_interval = { 0, 20000 }, .it_value = { 0, 20000 } };
	sigset_t alarm;

	handle(SIGALRM);
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarm, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static struct tag *map_tags(size_t count)
{
	struct tag *tags = mmap(NULL, count * sizeof(*tags), PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (tags == MAP_FAILED)
		die("mmap");
	madvise(tags, count * sizeof(*tags), MADV_HUGEPAGE);
	return tags;
}

/* Puts equal tags into the same bucket, in place; ends[i] is where bucket i ends. */
#define BUCKETS 4096

static uint32_t bucket_of(const struct tag *tag)
{
	return tag->words[0] % BUCKETS;
}

static void partition(struct tag *tags, size_t count, size_t *ends)
{
	static size_t next[BUCKETS];

	memset(ends, 0, BUCKETS * sizeof(*ends));
	for (size_t i = 0; i < count; i++)
		ends[bucket_of(&tags[i])]++;
	for (size_t i = 1; i < BUCKETS; i++) {
		next[i] = ends[i - 1];
		ends[i] += ends[i - 1];
	}
	for (uint32_t i = 0; i < BUCKETS; i++) {
		while (next[i] < ends[i]) {
			struct tag tag = tags[next[i]];

			for (uint32_t home; (home = bucket_of(&tag)) != i;) {
				struct tag other = tags[next[home]];

				tags[next[home]++] = tag;
				tag = other;
			}
			tags[next[i]++] = tag;
		}
	}
}

/* Looks each tag of a bucket up in a table of those before it. A power of two of at least twice the bucket's size. */
static size_t duplicates_in(const struct tag *tags, size_t count, uint32_t *table, size_t size)
{
	size_t found = 0;

	memset(table, 0, size * sizeof(*table));
	for (size_t i = 0; i < count; i++) {
		size_t slot = tags[i].words[1] & (size - 1);

		while (table[slot] && memcmp(&tags[table[slot] - 1], &tags[i], sizeof(*tags)))
			slot = (slot + 1) & (size - 1);
		if (table[slot])
			found++;
		else
			table[slot] = (uint32_t)i + 1;
	}
	return found;
}

static size_t duplicates(struct tag *tags, size_t count)
{
	static size_t ends[BUCKETS];
	size_t largest = 0, size = 1, found = 0;
	uint32_t *table;

	partition(tags, count, ends);
	for (size_t i = 0; i < BUCKETS; i++) {
		size_t start = i ? ends[i - 1] : 0;

		if (ends[i] - start > largest)
			largest = ends[i] - start;
	}
	while (size < 2 * largest)
		size *= 2;
	table = allocate(size * sizeof(*table));
	for (size_t i = 0; i < BUCKETS; i++) {
		size_t start = i ? ends[i - 1] : 0;

		found += duplicates_in(tags + start, ends[i] - start, table, size);
	}
	free(table);
	return found;
}

static void start_readers(struct reader *readers, struct tag *tags, size_t total, char **paths)
{
	size_t given = 0;

	for (size_t i = 0; i < READERS; i++) {
		struct reader *reader = &readers[i];

		reader->kind = &kinds[i];
		reader->path = paths[kinds[i].urandom];
		reader->tags = tags + given;
		reader->quota = total / 1000000 * kinds[i].parts;
		given += reader->quota;
		errno = pthread_create(&reader->thread, NULL, read_quota, reader);
		if (errno)
			die("pthread_create");
	}
}

static int soak(char **arguments)
{
	size_t total = 1000000 * strtoul(arguments[0], NULL, 10), blocks = 0, reads = 0, interrupted = 0, wrong = 0, twice;
	struct reader readers[READERS] = { 0 };
	struct tag *tags = map_tags(total);
	double start = now_ms(), end;
	struct rusage usage;

	start_timer();
	start_readers(readers, tags, total, arguments + 1);
	for (size_t i = 0; i < READERS; i++) {
		pthread_join(readers[i].thread, NULL);
		/* Closes the gap that a reader that gave up has left. */
		memmove(tags + blocks, readers[i].tags, readers[i].blocks * sizeof(*tags));
		blocks += readers[i].blocks;
		reads += readers[i].reads;
		interrupted += readers[i].interrupted;
		wrong += readers[i].wrong;
	}
	end = now_ms();
	twice = duplicates(tags, blocks);
	getrusage(RUSAGE_SELF, &usage);
	printf("blocks %zu reads %zu interrupted %zu wrong %zu duplicates %zu\n", blocks, reads, interrupted, wrong, twice);
	printf("reading %.1f s, comparing %.1f s, %ld MiB\n", (end - start) / 1e3, (now_ms() - end) / 1e3,
	       usage.ru_maxrss / 1024);
	return 0;
}

int main(int count, char **arguments)
{
	if (count == 4)
		return soak(arguments + 1);
	fprintf(stderr, "soaktool: bad usage\n");
	return 2;
}
