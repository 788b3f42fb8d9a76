// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * The daemon's generation number (struct lrng_generation of lrng.h): a page
 * that is mapped once and read at each request, a memory access.  Whether the
 * one who writes it is alive is asked at most four times a second: a daemon
 * holds a write lock on the file, which takes the right to write to it, ends
 * with the daemon in whatever way that ends, and is seen from other pid and
 * mount namespaces alike.
 */

#include "internal.h"
#include "kernelcall.h"
#include <lrng.h>

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_NS 250000000u

/* Set once; another file is mapped over it in the same place, so that it may be read at any time. */
static _Atomic(const volatile struct lrng_generation *) page;

/* Used by the one who looks. */
static struct {
	uint64_t device;
	uint64_t inode;
} mapped;

/* When it was last looked at, 0: never, and whether a living daemon had it. */
static _Atomic uint64_t looked_at;
static atomic_bool trusted;

/* The process that has a thread looking.  A parent's, in the child of a fork, is nobody. */
static _Atomic int looker;

uint64_t generation_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t number(void)
{
	const volatile struct lrng_generation *current = atomic_load_explicit(&page, memory_order_acquire);
	uint64_t generation = current ? current->generation : 0;

	atomic_thread_fence(memory_order_acquire);
	return generation;
}

static bool map(int fd, const struct statx *status)
{
	uint64_t device = (uint64_t)status->stx_dev_major << 32 | status->stx_dev_minor;
	const volatile struct lrng_generation *current = atomic_load(&page);
	long address;

	if (current && mapped.device == device && mapped.inode == status->stx_ino)
		return true;
	address = kernel_call(__NR_mmap, (long)current, LRNG_GENERATION_BYTES, PROT_READ,
			      MAP_SHARED | (current ? MAP_FIXED : 0), fd, 0);
	if (address < 0 && address > -4096)
		return false;
	mapped.device = device;
	mapped.inode = status->stx_ino;
	atomic_store(&page, (const volatile struct lrng_generation *)address);
	return true;
}

/* Only a write lock gets in the way of a read lock, and only those take one who may write. */
static bool has_writer(int fd)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	return !kernel_call3(__NR_fcntl, fd, F_OFD_GETLK, &lock) && lock.l_type == F_WRLCK;
}

static bool is_published(int fd)
{
	struct statx status;

	return !kernel_call(__NR_statx, fd, (long)"", AT_EMPTY_PATH, STATX_BASIC_STATS, (long)&status, 0) &&
	       S_ISREG(status.stx_mode) && status.stx_size >= LRNG_GENERATION_BYTES && has_writer(fd) && map(fd, &status) &&
	       atomic_load(&page)->magic == LRNG_GENERATION_MAGIC;
}

static bool look(void)
{
	char path[PATH_BYTES];
	bool published;
	long fd;

	if (!settings_path(PATH_GENERATION, path))
		return false;
	fd = kernel_call(__NR_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0, 0, 0);
	if (fd < 0)
		return false;
	published = is_published((int)fd);
	kernel_call1(__NR_close, fd);
	return published;
}

/* One thread looks; the others go without a store meanwhile. */
static void look_again(uint64_t now)
{
	int self = (int)kernel_call1(__NR_getpid, 0);
	int other = atomic_load(&looker);

	if (other == self || !atomic_compare_exchange_strong(&looker, &other, self))
		return;
	atomic_store(&trusted, look());
	atomic_store(&looked_at, now);
	atomic_store(&looker, 0);
}

static bool is_recent(uint64_t now)
{
	uint64_t last = atomic_load(&looked_at);

	return last && now - last < LOOK_EVERY_NS;
}

uint64_t generation_current(uint64_t now)
{
	if (!is_recent(now))
		look_again(now);
	return is_recent(now) && atomic_load(&trusted) ? number() : 0;
}

bool generation_is(uint64_t generation)
{
	return number() == generation;
}
