// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * What programs call.  The flags of getrandom are LRNG's:
 *
 *   0                     from a fully seeded generator; waits for it
 *   GRND_NONBLOCK         EAGAIN instead of waiting
 *   GRND_RANDOM           with prediction resistance: sources are read for it
 *   GRND_INSECURE         never waits: the other device
 *   GRND_SEED             the sources' data itself, to seed a DRNG with
 *   GRND_FULLY_SEEDED     for GRND_SEED: the amount of a reseed is enough
 *
 * Only the first two are answered from the thread's store.
 */

#include "internal.h"
#include "kernelcall.h"
#include <lrng.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/random.h>

#ifndef GRND_INSECURE
#define GRND_INSECURE 0x0004
#endif
#ifndef GRND_SEED
#define GRND_SEED 0x0010
#endif

#define KNOWN (GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE | GRND_SEED | GRND_FULLY_SEEDED)
#define KERNEL_KNOWS (GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)

/* Those that do not say where the bytes come from. */
#define ORDINARY (GRND_NONBLOCK | GRND_FULLY_SEEDED)

static bool are_valid(unsigned int flags)
{
	unsigned int origin = flags & (GRND_RANDOM | GRND_INSECURE | GRND_SEED);

	return !(flags & ~(unsigned int)KNOWN) && !(origin & (origin - 1));
}

/*
 * A wait for the seed ends with the first signal.  After the first byte there
 * is nothing left to wait for but the output limit of DRG.4, which interrupts
 * a longer answer only.
 */
static long read_all(enum channel channel, void *output, size_t size)
{
	size_t done = 0;

	while (done < size) {
		long result = device_read(channel, (char *)output + done, size - done);

		if (result > 0) {
			done += (size_t)result;
			continue;
		}
		if (result == -EINTR && done && size <= WHOLE_BYTES)
			continue;
		if (!result)
			result = -EIO;
		return done ? (long)done : result;
	}
	return (long)done;
}

static long read_ordinary(void *output, size_t size, bool nonblock)
{
	if (size <= WHOLE_BYTES && buffer_refill_and_take(output, size))
		return (long)size;
	return read_all(nonblock ? CHANNEL_RANDOM_NONBLOCK : CHANNEL_RANDOM, output, size);
}

static long read_device(void *output, size_t size, unsigned int flags)
{
	bool nonblock = flags & GRND_NONBLOCK;

	if (flags & GRND_SEED)
		return device_seed(output, size, flags & (GRND_NONBLOCK | GRND_FULLY_SEEDED));
	if (!size)
		return 0;

	/* Fewer bytes are an answer: no more than the sources paid for. */
	if (flags & GRND_RANDOM)
		return device_read(nonblock ? CHANNEL_RESISTANT_NONBLOCK : CHANNEL_RESISTANT, output, size);
	if (flags & GRND_INSECURE)
		return read_all(CHANNEL_URANDOM, output, size);
	return read_ordinary(output, size, nonblock);
}

/* The kernel has no seeds to give. */
static long fall_back(void *output, size_t size, unsigned int flags)
{
	if (!settings_fall_back() || (flags & GRND_SEED))
		return -EIO;
	report_fall_back();
	return kernel_call3(__NR_getrandom, output, size, flags & KERNEL_KNOWS);
}

static long answer(void *output, size_t size, unsigned int flags)
{
	long result;

	if (!are_valid(flags))
		return -EINVAL;
	if (size > INT_MAX)
		size = INT_MAX;
	result = read_device(output, size, flags);
	return result == -ABSENT ? fall_back(output, size, flags) : result;
}

long entry_getrandom(void *output, size_t size, unsigned int flags)
{
	long result;

	if (!(flags & ~(unsigned int)ORDINARY) && buffer_take(output, size))
		return (long)size;
	result = answer(output, size, flags);
	if (result >= 0)
		return result;
	errno = (int)-result;
	return -1;
}

PUBLIC ssize_t getrandom(void *output, size_t size, unsigned int flags)
{
	return entry_getrandom(output, size, flags);
}

/* All of it, through all signals; 0 or -errno. */
static long fill(void *output, size_t size)
{
	size_t done = 0;

	while (done < size) {
		long result = answer((char *)output + done, size - done, 0);

		if (result > 0)
			done += (size_t)result;
		else if (result != -EINTR)
			return result ? result : -EIO;
	}
	return 0;
}

PUBLIC int getentropy(void *output, size_t size)
{
	long result = -EIO;

	if (buffer_take(output, size))
		return 0;
	if (size <= WHOLE_BYTES)
		result = fill(output, size);
	if (!result)
		return 0;
	errno = (int)-result;
	return -1;
}

PUBLIC void arc4random_buf(void *output, size_t size)
{
	if (!buffer_take(output, size) && fill(output, size))
		report_and_abort();
}

static uint32_t next_word(void)
{
	uint32_t word;

	if (!buffer_take(&word, sizeof(word)) && fill(&word, sizeof(word)))
		report_and_abort();
	return word;
}

PUBLIC uint32_t arc4random(void)
{
	return next_word();
}

/*
 * Lemire's method: the upper half of word * bound is uniform over those words
 * whose lower half is at least 2^32 mod bound.
 */
PUBLIC uint32_t arc4random_uniform(uint32_t bound)
{
	uint64_t product;

	if (bound < 2)
		return 0;
	product = (uint64_t)next_word() * bound;
	if ((uint32_t)product < bound) {
		uint32_t least = -bound % bound;

		while ((uint32_t)product < least)
			product = (uint64_t)next_word() * bound;
	}
	return (uint32_t)(product >> 32);
}
