// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

#include <errno.h>
#include <linux/fuse.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "internal.h"

/* Nothing of a mount may be cached by the kernel for longer than a name or a mode stays true: for the daemon's life. One that takes
 * a mount over begins with lrng_shim_forget_attributes. */
#define CACHE_SECONDS 3600.0

int32_t lrng_shim_reply_error(void *request, int32_t error_number)
{
	return fuse_reply_err(request, error_number);
}

int32_t lrng_shim_reply_data(void *request, const void *data, uint64_t size)
{
	return fuse_reply_buf(request, data, size);
}

int32_t lrng_shim_reply_written(void *request, uint64_t size)
{
	return fuse_reply_write(request, size);
}

/*
 * libfuse 3.14 knows neither FOPEN_STREAM nor FOPEN_NOFLUSH in its fuse_file_info, so the answer is made here.  Without
 * FOPEN_STREAM a second reader of a shared open file sleeps unkillably on the file position while the first one waits.
 * FOPEN_DIRECT_IO keeps read and write out of the page cache, and lets a file of size 0 have a text; sendfile, splice and mmap
 * still take that way.  FOPEN_NOFLUSH spares a reader that closes while the daemon stops an ECONNABORTED from close(2).
 */
int32_t lrng_shim_reply_open(void *request, uint64_t file, uint32_t kind)
{
	struct fuse_open_out answer = {
		.fh = file,
		.open_flags = FOPEN_DIRECT_IO | FOPEN_NOFLUSH,
	};

	if (kind == LRNG_SHIM_STREAM)
		answer.open_flags |= FOPEN_NONSEEKABLE | FOPEN_STREAM;
	return fuse_reply_buf(request, (const char *)&answer, sizeof(answer));
}

int32_t lrng_shim_reply_poll(void *request, uint32_t events)
{
	return fuse_reply_poll(request, events);
}

/* The size is 0 as long as the kernel asks; by a write it believes the file to have grown. */
static struct stat stat_of(const struct lrng_shim_attributes *attributes)
{
	struct stat status;

	memset(&status, 0, sizeof(status));
	status.st_ino = attributes->node;
	status.st_mode = attributes->mode;
	status.st_nlink = attributes->links;
	status.st_uid = attributes->uid;
	status.st_gid = attributes->gid;
	return status;
}

int32_t lrng_shim_reply_entry(void *request, const struct lrng_shim_attributes *attributes)
{
	struct fuse_entry_param entry;

	memset(&entry, 0, sizeof(entry));
	entry.ino = attributes->node;
	entry.attr = stat_of(attributes);
	entry.attr_timeout = CACHE_SECONDS;
	entry.entry_timeout = CACHE_SECONDS;
	return fuse_reply_entry(request, &entry);
}

int32_t lrng_shim_reply_attributes(void *request, const struct lrng_shim_attributes *attributes)
{
	struct stat status = stat_of(attributes);

	return fuse_reply_attr(request, &status, CACHE_SECONDS);
}

uint64_t lrng_shim_add_entry(void *request, void *buffer, uint64_t size, const char *name,
			     const struct lrng_shim_attributes *attributes, int64_t next_offset)
{
	struct stat status = stat_of(attributes);

	return fuse_add_direntry(request, buffer, size, name, &status, next_offset);
}

int32_t lrng_shim_reply_ioctl(void *request, int32_t result, const void *data, uint64_t size)
{
	return fuse_reply_ioctl(request, result, data, size);
}

static void to_vector(struct iovec *vector, const struct lrng_shim_range *ranges, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		vector[i].iov_base = (void *)(uintptr_t)ranges[i].address;
		vector[i].iov_len = ranges[i].size;
	}
}

int32_t lrng_shim_reply_ioctl_retry(void *request, const struct lrng_shim_range *input, uint32_t input_count,
				    const struct lrng_shim_range *output, uint32_t output_count)
{
	struct iovec in[LRNG_SHIM_MAX_RANGES], out[LRNG_SHIM_MAX_RANGES];

	if (input_count > LRNG_SHIM_MAX_RANGES || output_count > LRNG_SHIM_MAX_RANGES)
		return fuse_reply_err(request, EINVAL);
	to_vector(in, input, input_count);
	to_vector(out, output, output_count);
	return fuse_reply_ioctl_retry(request, in, input_count, out, output_count);
}

void lrng_shim_notify_poll(uint64_t handle)
{
	struct fuse_pollhandle *poll = (struct fuse_pollhandle *)(uintptr_t)handle;

	fuse_lowlevel_notify_poll(poll);
	fuse_pollhandle_destroy(poll);
}

void lrng_shim_forget_poll(uint64_t handle)
{
	fuse_pollhandle_destroy((struct fuse_pollhandle *)(uintptr_t)handle);
}
