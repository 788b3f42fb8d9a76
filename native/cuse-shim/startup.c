// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * What has to happen before the .NET runtime exists; linked into the program
 * only, not into the shared object that the tests load.
 *
 * 1. The runtime opens /dev/urandom when it starts and keeps it open.  If
 *    that is our own device, left there by an earlier daemon, the daemon
 *    would wait for itself, and after kill -9 a thread that nothing can end
 *    would hold the device name for good.  So `lrng serve` refuses to start
 *    unless both nodes are the kernel's.
 *    For the same reason it refuses to run with liblrng-getrandom.so, by
 *    which OpenSSL in this process would ask this process.
 * 2. A NativeAOT program uses the instruction set that it was built for and
 *    no other.  The installed program is built for x86-64-v2 and replaces
 *    itself by the best build beside it that this CPU runs.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define LEVEL_VARIABLE "LRNG_CPU_LEVEL"

/* The linker keeps this file because the program asks for this symbol. */
extern const int lrng_shim_startup;
const int lrng_shim_startup = 1;

static void require_kernel_node(const char *path, unsigned int minor_number)
{
	struct statx status;

	/* What the kernel knows: a file of a mount that waits for this daemon could not be asked. */
	if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE, &status)) {
		if (errno == ENOENT)
			return; /* nothing to wait for */
		fprintf(stderr, "lrng: cannot look at %s: %s\n", path, strerror(errno));
	} else if (S_ISCHR(status.stx_mode) && status.stx_rdev_major == 1 && status.stx_rdev_minor == minor_number) {
		return;
	} else {
		fprintf(stderr, "lrng: %s is not the kernel's own device (1:%u): the daemon would read from itself\n", path,
			minor_number);
	}
	fprintf(stderr, "hint: start the daemon before %s is replaced, or in a mount namespace where it is not\n", path);
	_exit(1);
}

static void require_kernel_getrandom(void)
{
	if (!dlopen("liblrng-getrandom.so", RTLD_LAZY | RTLD_NOLOAD))
		return;
	fprintf(stderr, "lrng: liblrng-getrandom.so is preloaded: the daemon would read from itself\n"
			"hint: start the daemon without it: see LD_PRELOAD and /etc/ld.so.preload\n");
	_exit(1);
}

static int serves(int argc, char **argv)
{
	return argc > 1 && !strcmp(argv[1], "serve");
}

#if defined(__x86_64__)

static const char *best_level(void)
{
	if (__builtin_cpu_supports("x86-64-v4"))
		return "x86-64-v4";
	if (__builtin_cpu_supports("x86-64-v3"))
		return "x86-64-v3";
	return NULL;
}

/* DIR/lrng becomes DIR/x86-64-v4/lrng, DIR/../lib/lrng/x86-64-v4/lrng or stays. */
static void replace_by_best_level(char **argv)
{
	static const char *const places[] = { "", "/../lib/lrng" };
	const char *level = best_level();
	char self[PATH_MAX], better[PATH_MAX + 64];
	ssize_t length;

	/* Set: this is the replacement, or the user chose a build. */
	if (!level || getenv(LEVEL_VARIABLE))
		return;
	length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (length <= 0)
		return;
	self[length] = '\0';
	*strrchr(self, '/') = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(better, sizeof(better), "%s%s/%s/lrng", self, places[i], level);
		if (!access(better, X_OK) && !setenv(LEVEL_VARIABLE, level, 1)) {
			execv(better, argv);
			unsetenv(LEVEL_VARIABLE); /* cannot be run: go on with this build */
		}
	}
}

#else

static void replace_by_best_level(char **argv)
{
	(void)argv;
}

#endif

__attribute__((constructor)) static void start(int argc, char **argv)
{
	if (serves(argc, argv)) {
		require_kernel_node("/dev/random", 8);
		require_kernel_node("/dev/urandom", 9);
		require_kernel_getrandom();
	}
	replace_by_best_level(argv);
}
