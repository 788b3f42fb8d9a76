// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * Translates libfuse's callbacks, of a device and of a mount, into one
 * structure and one callback.
 */

#include <stddef.h>
#include <sys/stat.h>

#include "internal.h"

static const struct lrng_shim_session *session_of(fuse_req_t request)
{
	return fuse_req_userdata(request);
}

/* What every request has. The node of a device is 0. */
static struct lrng_shim_request describe(enum lrng_shim_operation operation, fuse_req_t request, uint64_t node,
					 const struct fuse_file_info *file)
{
	const struct fuse_ctx *caller = fuse_req_ctx(request);
	struct lrng_shim_request described = {
		.handle = request,
		.node = node,
		.operation = operation,
		.uid = caller->uid,
		.gid = caller->gid,
		.pid = (uint32_t)caller->pid,
	};

	if (file) {
		described.file = file->fh;
		described.flags = (uint32_t)file->flags;
	}
	return described;
}

static void pass_on(const struct lrng_shim_request *described)
{
	const struct lrng_shim_session *session = session_of(described->handle);

	session->callbacks.request(session->context, described);
}

static void pass_simple(enum lrng_shim_operation operation, fuse_req_t request, uint64_t node,
			const struct fuse_file_info *file)
{
	struct lrng_shim_request described = describe(operation, request, node, file);

	pass_on(&described);
}

static void pass_read(enum lrng_shim_operation operation, fuse_req_t request, uint64_t node, size_t size, off_t offset,
		      const struct fuse_file_info *file)
{
	struct lrng_shim_request described = describe(operation, request, node, file);

	described.size = size;
	described.offset = offset;
	described.argument = file->lock_owner;
	pass_on(&described);
}

static void pass_write(fuse_req_t request, uint64_t node, const char *data, size_t size, off_t offset,
		       const struct fuse_file_info *file)
{
	struct lrng_shim_request described = describe(LRNG_SHIM_WRITE, request, node, file);

	described.data = data;
	described.size = size;
	described.offset = offset;
	pass_on(&described);
}

static void pass_ioctl(fuse_req_t request, uint64_t node, unsigned int command, void *argument,
		       const struct fuse_file_info *file, unsigned int flags, const void *input, size_t input_size,
		       size_t output_size)
{
	struct lrng_shim_request described = describe(LRNG_SHIM_IOCTL, request, node, file);

	described.command = command;
	described.argument = (uint64_t)(uintptr_t)argument;
	described.flags = flags;
	described.data = input;
	described.size = input_size;
	described.output_size = output_size;
	pass_on(&described);
}

static void pass_poll(fuse_req_t request, uint64_t node, const struct fuse_file_info *file,
		      struct fuse_pollhandle *handle)
{
	struct lrng_shim_request described = describe(LRNG_SHIM_POLL, request, node, file);

	described.command = file->poll_events;
	described.argument = (uint64_t)(uintptr_t)handle;
	pass_on(&described);
}

static void prepare(struct fuse_conn_info *connection)
{
	/* Replies are made in memory: splicing them was measured to be slower. */
	connection->want &= ~(unsigned)(FUSE_CAP_SPLICE_READ | FUSE_CAP_SPLICE_WRITE | FUSE_CAP_SPLICE_MOVE);
}

/* The device. */

static void cuse_init(void *userdata, struct fuse_conn_info *connection)
{
	(void)userdata;
	prepare(connection);
}

static void cuse_init_done(void *userdata)
{
	const struct lrng_shim_session *session = userdata;

	session->callbacks.ready(session->context);
}

static void cuse_open(fuse_req_t request, struct fuse_file_info *file)
{
	pass_simple(LRNG_SHIM_OPEN, request, 0, file);
}

static void cuse_read(fuse_req_t request, size_t size, off_t offset, struct fuse_file_info *file)
{
	pass_read(LRNG_SHIM_READ, request, 0, size, offset, file);
}

static void cuse_write(fuse_req_t request, const char *data, size_t size, off_t offset, struct fuse_file_info *file)
{
	pass_write(request, 0, data, size, offset, file);
}

/* A closing descriptor has nothing to flush; an answer spares its owner ECONNABORTED when the daemon stops. */
static void cuse_flush(fuse_req_t request, struct fuse_file_info *file)
{
	(void)file;
	fuse_reply_err(request, 0);
}

static void cuse_release(fuse_req_t request, struct fuse_file_info *file)
{
	pass_simple(LRNG_SHIM_RELEASE, request, 0, file);
}

static void cuse_ioctl(fuse_req_t request, int command, void *argument, struct fuse_file_info *file, unsigned int flags,
		       const void *input, size_t input_size, size_t output_size)
{
	pass_ioctl(request, 0, (unsigned int)command, argument, file, flags, input, input_size, output_size);
}

static void cuse_poll(fuse_req_t request, struct fuse_file_info *file, struct fuse_pollhandle *handle)
{
	pass_poll(request, 0, file, handle);
}

const struct cuse_lowlevel_ops lrng_shim_cuse_ops = {
	.init = cuse_init,
	.init_done = cuse_init_done,
	.open = cuse_open,
	.read = cuse_read,
	.write = cuse_write,
	.flush = cuse_flush,
	.release = cuse_release,
	.ioctl = cuse_ioctl,
	.poll = cuse_poll,
};

/* The mount. */

static void mount_init(void *userdata, struct fuse_conn_info *connection)
{
	const struct lrng_shim_session *session = userdata;

	prepare(connection);
	/* Must be told to mount(2) as well, see session.c. */
	connection->max_read = LRNG_SHIM_MAX_READ;
	session->callbacks.ready(session->context);
}

static void mount_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	struct lrng_shim_request described = describe(LRNG_SHIM_LOOKUP, request, parent, NULL);

	described.data = name;
	pass_on(&described);
}

static void mount_getattr(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	pass_simple(LRNG_SHIM_GETATTR, request, node, file);
}

/* What is to change, not to what: nothing can be changed. */
static void mount_setattr(fuse_req_t request, fuse_ino_t node, struct stat *attributes, int to_set,
			  struct fuse_file_info *file)
{
	struct lrng_shim_request described = describe(LRNG_SHIM_SETATTR, request, node, file);

	(void)attributes;
	described.command = (uint32_t)to_set;
	pass_on(&described);
}

static void mount_readdir(fuse_req_t request, fuse_ino_t node, size_t size, off_t offset, struct fuse_file_info *file)
{
	pass_read(LRNG_SHIM_READDIR, request, node, size, offset, file);
}

static void mount_open(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	pass_simple(LRNG_SHIM_OPEN, request, node, file);
}

static void mount_read(fuse_req_t request, fuse_ino_t node, size_t size, off_t offset, struct fuse_file_info *file)
{
	pass_read(LRNG_SHIM_READ, request, node, size, offset, file);
}

static void mount_write(fuse_req_t request, fuse_ino_t node, const char *data, size_t size, off_t offset,
			struct fuse_file_info *file)
{
	pass_write(request, node, data, size, offset, file);
}

static void mount_flush(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	(void)node;
	cuse_flush(request, file);
}

static void mount_release(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	pass_simple(LRNG_SHIM_RELEASE, request, node, file);
}

static void mount_ioctl(fuse_req_t request, fuse_ino_t node, unsigned int command, void *argument,
			struct fuse_file_info *file, unsigned int flags, const void *input, size_t input_size,
			size_t output_size)
{
	pass_ioctl(request, node, command, argument, file, flags, input, input_size, output_size);
}

static void mount_poll(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file, struct fuse_pollhandle *handle)
{
	pass_poll(request, node, file, handle);
}

const struct fuse_lowlevel_ops lrng_shim_fuse_ops = {
	.init = mount_init,
	.lookup = mount_lookup,
	.getattr = mount_getattr,
	.setattr = mount_setattr,
	.readdir = mount_readdir,
	.open = mount_open,
	.read = mount_read,
	.write = mount_write,
	.flush = mount_flush,
	.release = mount_release,
	.ioctl = mount_ioctl,
	.poll = mount_poll,
};
