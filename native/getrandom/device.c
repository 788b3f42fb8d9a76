// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * Descriptors of the device, opened when they are needed and kept: whether a
 * read waits is a matter of its open file, and so is prediction resistance.
 *
 * The program does not know of them.  It may close them all, and open
 * something else that gets the same number.  So each use begins with a look at
 * what is behind the number, and nothing is read from or closed that is not
 * what was opened.  (Another thread that does so in the very moment between the
 * look and the read goes unseen.)
 */

#include "internal.h"
#include "kernelcall.h"
#include <lrng.h>

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Above those that programs count on to be the next. */
#define LOWEST_DESCRIPTOR 64

/*
 * A descriptor and what it was when it was opened, in one word, so that no
 * thread finds the one without the other: 20 bits, the most that Linux gives
 * a process by default, and 44 of a digest.  0: none.
 */
#define DIGEST_BITS 44

static _Atomic uint64_t opened[CHANNELS];

static const int channel_flags[CHANNELS] = {
	[CHANNEL_RANDOM_NONBLOCK] = O_NONBLOCK,
	[CHANNEL_RESISTANT] = O_SYNC,
	[CHANNEL_RESISTANT_NONBLOCK] = O_SYNC | O_NONBLOCK,
};

static int descriptor_of(uint64_t word)
{
	return (int)(word >> DIGEST_BITS);
}

static uint64_t mix(uint64_t state, uint64_t value)
{
	state = (state ^ value) * 0x9e3779b97f4a7c15u;
	return state ^ state >> 29;
}

/* A descriptor with its file, device and flags; 0 if it is not open.  The server of a mount is not asked. */
static uint64_t identify(int fd)
{
	struct statx status;
	long flags = kernel_call2(__NR_fcntl, fd, F_GETFL);
	uint64_t state = 0;

	if (flags < 0 || kernel_call(__NR_statx, fd, (long)"", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO,
				     (long)&status, 0))
		return 0;
	state = mix(state, (uint64_t)flags & (O_ACCMODE | O_SYNC | O_NONBLOCK));
	state = mix(state, status.stx_mode & S_IFMT);
	state = mix(state, (uint64_t)status.stx_dev_major << 32 | status.stx_dev_minor);
	state = mix(state, (uint64_t)status.stx_rdev_major << 32 | status.stx_rdev_minor);
	state = mix(state, status.stx_ino);
	return (uint64_t)fd << DIGEST_BITS | state >> (64 - DIGEST_BITS);
}

static bool is_ours(uint64_t word)
{
	return word && identify(descriptor_of(word)) == word;
}

static void close_if_ours(uint64_t word)
{
	if (is_ours(word))
		kernel_call1(__NR_close, descriptor_of(word));
}

/* Moves a descriptor out of the way, if the limit of the process has room there. */
static long move_up(long fd)
{
	long moved = kernel_call3(__NR_fcntl, fd, F_DUPFD_CLOEXEC, LOWEST_DESCRIPTOR);

	if (moved < 0 && fd > STDERR_FILENO)
		return fd;
	if (moved < 0)
		moved = kernel_call3(__NR_fcntl, fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	kernel_call1(__NR_close, fd);
	return moved;
}

/* -errno */
static long open_path(const char *path, int flags)
{
	long fd;

	do
		fd = kernel_call(__NR_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags, 0, 0, 0);
	while (fd == -EINTR);
	return fd < 0 ? fd : move_up(fd);
}

/* The path is for the report. */
static uint64_t open_channel(enum channel channel, char path[PATH_BYTES])
{
	uint64_t word;
	long fd;

	if (!settings_path(channel == CHANNEL_URANDOM ? PATH_URANDOM : PATH_RANDOM, path)) {
		report_absent("LRNG_DEVICE", EINVAL);
		return 0;
	}
	fd = open_path(path, channel_flags[channel]);
	if (fd >= 0 && fd >> (64 - DIGEST_BITS)) {
		kernel_call1(__NR_close, fd);
		fd = -EMFILE;
	}
	if (fd < 0) {
		report_absent(path, -fd);
		return 0;
	}
	word = identify((int)fd);
	return word;
}

/* An open channel; 0: it cannot be opened, which was reported. */
static uint64_t acquire(enum channel channel, char path[PATH_BYTES])
{
	uint64_t word = atomic_load(&opened[channel]);
	uint64_t fresh;

	if (is_ours(word))
		return word;
	fresh = open_channel(channel, path);
	if (!fresh || atomic_compare_exchange_strong(&opened[channel], &word, fresh))
		return fresh;

	/* Another thread was faster. */
	close_if_ours(fresh);
	return is_ours(word) ? word : 0;
}

static void drop(enum channel channel, uint64_t word)
{
	uint64_t expected = word;

	if (atomic_compare_exchange_strong(&opened[channel], &expected, 0))
		close_if_ours(word);
}

/* The daemon behind the descriptor is gone, or another thread found that first and closed it. */
static bool is_gone(long result)
{
	return result == -ENOTCONN || result == -ENODEV || result == -ENXIO || result == -ECONNABORTED || result == -EBADF;
}

typedef long request(int fd, void *output, size_t size, unsigned int flags);

/* A daemon that is back has its device under the same path. */
static long ask(enum channel channel, request *send, void *output, size_t size, unsigned int flags)
{
	char path[PATH_BYTES] = "the device";
	long result = -EBADF;

	for (int attempt = 0; attempt < 2; attempt++) {
		uint64_t word = acquire(channel, path);

		if (!word)
			return -ABSENT;
		result = send(descriptor_of(word), output, size, flags);
		if (!is_gone(result))
			return result;
		drop(channel, word);
	}
	report_absent(path, -result);
	return -ABSENT;
}

static long send_read(int fd, void *output, size_t size, unsigned int flags)
{
	(void)flags;
	return kernel_call3(__NR_read, fd, output, size);
}

static long send_seed(int fd, void *output, size_t size, unsigned int flags)
{
	struct lrng_getseed seed = { (uint64_t)(uintptr_t)output, (uint32_t)size, flags };

	return kernel_call3(__NR_ioctl, fd, LRNG_GETSEED, &seed);
}

long device_read(enum channel channel, void *output, size_t size)
{
	return ask(channel, send_read, output, size, 0);
}

long device_seed(void *output, size_t size, unsigned int flags)
{
	return ask(CHANNEL_RANDOM, send_seed, output, size, flags);
}
