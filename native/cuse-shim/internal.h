/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the shim share. */
#ifndef LRNG_SHIM_INTERNAL_H
#define LRNG_SHIM_INTERNAL_H

#include "lrng_shim.h"

#define FUSE_USE_VERSION 314
#include <fuse_lowlevel.h>
#include <cuse_lowlevel.h>

/*
 * Largest read that the kernel passes on; it splits larger ones and goes on
 * until an answer is short.  CUSE has this limit and it cannot be raised, so
 * mounts get the same.
 */
#define LRNG_SHIM_MAX_READ 131072

struct lrng_shim_session {
	struct fuse_session *fuse;
	struct lrng_shim_callbacks callbacks;
	void *context;
	int device;		/* our descriptor of the connection; -1 for a mount that libfuse made */
	int answers_dropped;	/* set while the kernel's first request is processed again */
	int left;		/* the mount stays */
};

extern const struct cuse_lowlevel_ops lrng_shim_cuse_ops;
extern const struct fuse_lowlevel_ops lrng_shim_fuse_ops;

#endif
