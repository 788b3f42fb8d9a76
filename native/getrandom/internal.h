/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * liblrng-getrandom: getrandom(3) and its relatives from the daemon's device.
 *
 *   entry.c       the functions that programs call, and what the flags mean
 *   syscall.c     syscall(2), for programs that call getrandom by its number
 *   buffer.c      the bytes that a thread has in store
 *   generation.c  whether they still count
 *   device.c      descriptors of the device
 *   settings.c    environment variables
 *   report.c      words on stderr
 *
 * Everything may be called at any time: by several threads, in a signal
 * handler, in the child of a fork, before main, with few descriptors and
 * little stack.  So there is no lock that somebody could wait for, no malloc,
 * no stdio, and no call of libc that the program could have replaced.
 */
#ifndef LRNG_GETRANDOM_INTERNAL_H
#define LRNG_GETRANDOM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUBLIC __attribute__((visibility("default")))

/* Kept in a thread's own block from the start, so that a signal handler may use it. */
#define PER_THREAD static _Thread_local __attribute__((tls_model("initial-exec")))

/* What getrandom(2) gives whole, once it is seeded, whatever signals come. */
#define WHOLE_BYTES 256

/* The device is not there; in place of an errno.  Why was reported. */
#define ABSENT 4000

/* Longest path, its NUL included. */
#define PATH_BYTES 256

/* settings.c */

enum path { PATH_RANDOM, PATH_URANDOM, PATH_GENERATION };

/* False: there is none. */
bool settings_path(enum path which, char path[PATH_BYTES]);
bool settings_fall_back(void);

/* report.c */

/* One line and a hint, the first time only. */
void report_absent(const char *path, long error);

/* Counts; the first time a line. */
void report_fall_back(void);

/* For those who cannot fail. */
_Noreturn void report_and_abort(void);

void report_setting(const char *name, const char *accepted);

/* device.c */

enum channel {
	CHANNEL_RANDOM,
	CHANNEL_RANDOM_NONBLOCK,
	CHANNEL_RESISTANT,
	CHANNEL_RESISTANT_NONBLOCK,
	CHANNEL_URANDOM,
	CHANNELS
};

/* One read(2): its result, -errno or -ABSENT. */
long device_read(enum channel channel, void *output, size_t size);

/* LRNG_GETSEED: its result, -errno or -ABSENT. */
long device_seed(void *output, size_t size, unsigned int flags);

/* generation.c */

/* Nanoseconds, in steps of some milliseconds. */
uint64_t generation_clock(void);

/* What output has that is read from now on; 0: it must not be kept. */
uint64_t generation_current(uint64_t now);

/* The same as it was at the last call, and whether it changed since. */
bool generation_is(uint64_t generation);

/* buffer.c */

/* Whether the output was taken from what this thread has in store. */
bool buffer_take(void *output, size_t size);

/* The same after new bytes were stored.  Never waits for the daemon to be seeded. */
bool buffer_refill_and_take(void *output, size_t size);

/* entry.c, called by syscall.c */

long entry_getrandom(void *output, size_t size, unsigned int flags);

#endif
