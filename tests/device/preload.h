/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/* What the programs share that call getrandom. */
#ifndef LRNG_TEST_PRELOAD_H
#define LRNG_TEST_PRELOAD_H

#include "tool.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/random.h>

#define BYTES 32

static inline void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
	exit(1);
}

static inline bool is_zero(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i])
			return false;
	return true;
}

static inline void get(uint8_t *output, size_t size)
{
	if (getrandom(output, size, 0) != (ssize_t)size)
		die("getrandom");
}

#endif
