// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * Interrupts of parked requests.
 *
 * fuse_req_interrupt_func() calls its function at once, under the request's
 * lock and without holding a reference, when the request was interrupted
 * before.  A reply from inside would free the request under libfuse's feet
 * (seen with valgrind).  So while a thread registers, its own call is only
 * noted, and the caller of lrng_shim_park() answers after it returned.
 */

#include "internal.h"

static _Thread_local struct {
	int active;
	int hit;
} registering;

static void on_interrupt(fuse_req_t request, void *data)
{
	const struct lrng_shim_session *session = fuse_req_userdata(request);

	if (registering.active)
		registering.hit = 1;
	else
		session->callbacks.interrupted(session->context, (uint64_t)(uintptr_t)data);
}

int32_t lrng_shim_park(void *request, uint64_t token)
{
	int hit;

	registering.active = 1;
	registering.hit = 0;
	fuse_req_interrupt_func(request, on_interrupt, (void *)(uintptr_t)token);
	hit = registering.hit;
	registering.active = 0;
	return hit;
}
