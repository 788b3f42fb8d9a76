// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * Words on stderr, each once a process, without stdio.
 */

#include "internal.h"
#include "kernelcall.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define PREFIX "lrng: getrandom: "
#define MOST_PARTS 8

static atomic_flag absent_reported = ATOMIC_FLAG_INIT;
static _Atomic uint64_t fall_backs;

/* The parts end with NULL.  Where nobody takes the line it is lost. */
static void say(const char *const parts[])
{
	struct iovec line[MOST_PARTS];
	int count = 0;

	for (; parts[count] && count < MOST_PARTS; count++) {
		line[count].iov_base = (void *)(uintptr_t)parts[count];
		line[count].iov_len = strlen(parts[count]);
	}
	(void)kernel_call3(__NR_writev, STDERR_FILENO, line, count);
}

void report_absent(const char *path, long error)
{
	const char *reason = strerrordesc_np((int)error);

	if (atomic_flag_test_and_set(&absent_reported))
		return;
	say((const char *const[]){ PREFIX, path, ": ", reason ? reason : "unknown error", "\n",
				   settings_fall_back() ? "" : "hint: start the daemon, or set LRNG_FALLBACK=syscall\n",
				   NULL });
}

void report_fall_back(void)
{
	if (!atomic_fetch_add(&fall_backs, 1))
		say((const char *const[]){ PREFIX "the kernel's generator answers instead\n", NULL });
}

void report_and_abort(void)
{
	say((const char *const[]){ PREFIX "no random bytes for a caller that cannot fail: the program ends\n", NULL });
	abort();
}

void report_setting(const char *name, const char *accepted)
{
	say((const char *const[]){ PREFIX, name, " is not accepted\nhint: ", accepted, "\n", NULL });
}

/* The last digit of a number stands at the end of a text. */
__attribute__((destructor)) static void report_count(void)
{
	uint64_t count = atomic_load(&fall_backs);
	char text[21];
	char *digit = text + sizeof(text) - 1;

	if (!count)
		return;
	*digit = '\0';
	for (; count; count /= 10)
		*--digit = (char)('0' + count % 10);
	say((const char *const[]){ PREFIX "requests answered by the kernel's generator: ", digit, "\n", NULL });
}
