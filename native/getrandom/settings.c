// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * LRNG_DEVICE      the blocking device; its name ends in "random"
 * LRNG_GENERATION  the daemon's generation file; empty: no store
 * LRNG_FALLBACK    "syscall": the kernel's generator where the device is not
 *
 * They are copied when the library is loaded, because programs change their
 * environment; calls before that (from another library's constructor) look
 * for themselves.  A program that gained privileges by exec has none of them.
 */

#include "internal.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DEVICE "/dev/lrng-random"
#define DEFAULT_GENERATION "/run/lrng/generation"
#define ENDING "random"

enum variable { DEVICE, GENERATION, FALLBACK, VARIABLES };

static const char *const names[VARIABLES] = { "LRNG_DEVICE", "LRNG_GENERATION", "LRNG_FALLBACK" };
static const char *const accepted[VARIABLES] = {
	"an absolute path that ends in \"" ENDING "\", of at most 252 bytes",
	"an absolute path of at most 252 bytes, or empty for no store",
	"syscall",
};

/* Written before the program runs. */
static char copies[VARIABLES][PATH_BYTES];
static const char *values[VARIABLES];
static atomic_bool copied;

static const char *value_of(enum variable variable)
{
	return atomic_load_explicit(&copied, memory_order_acquire) ? values[variable] : secure_getenv(names[variable]);
}

/* With room for what makes "random" "urandom". */
static bool is_path(const char *value)
{
	return value[0] == '/' && strlen(value) < PATH_BYTES - 3;
}

static bool ends_in_random(const char *value)
{
	size_t length = strlen(value);

	return length >= strlen(ENDING) && !strcmp(value + length - strlen(ENDING), ENDING);
}

static bool is_accepted(enum variable variable, const char *value)
{
	switch (variable) {
	case DEVICE:
		return is_path(value) && ends_in_random(value);
	case GENERATION:
		return !value[0] || is_path(value);
	default:
		return !strcmp(value, "syscall");
	}
}

bool settings_fall_back(void)
{
	const char *value = value_of(FALLBACK);

	return value && is_accepted(FALLBACK, value);
}

static bool generation_path(char path[PATH_BYTES])
{
	const char *value = value_of(GENERATION);

	/* The default file is the one of the default device. */
	if (!value)
		value = value_of(DEVICE) ? "" : DEFAULT_GENERATION;
	if (!value[0] || !is_accepted(GENERATION, value))
		return false;
	strcpy(path, value);
	return true;
}

/* /dev/lrng-random has /dev/lrng-urandom beside it, random urandom. */
static bool device_path(bool urandom, char path[PATH_BYTES])
{
	const char *value = value_of(DEVICE);
	size_t stem;

	if (!value)
		value = DEFAULT_DEVICE;
	if (!is_accepted(DEVICE, value))
		return false;
	stem = strlen(value) - strlen(ENDING);
	memcpy(path, value, stem);
	strcpy(path + stem, urandom ? "u" ENDING : ENDING);
	return true;
}

bool settings_path(enum path which, char path[PATH_BYTES])
{
	return which == PATH_GENERATION ? generation_path(path) : device_path(which == PATH_URANDOM, path);
}

__attribute__((constructor)) static void copy(void)
{
	for (int i = 0; i < VARIABLES; i++) {
		const char *value = secure_getenv(names[i]);

		if (!value)
			continue;
		if (!is_accepted((enum variable)i, value))
			report_setting(names[i], accepted[i]);

		/* What is too long to be accepted is so when it is cut off, too. */
		strncpy(copies[i], value, PATH_BYTES - 1);
		values[i] = copies[i];
	}
	atomic_store_explicit(&copied, true, memory_order_release);
}
