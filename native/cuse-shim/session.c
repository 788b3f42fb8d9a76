// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <linux/fuse.h>
#include <unistd.h>

#include "internal.h"

#define STRING_(text) #text
#define STRING(text) STRING_(text)

/* .NET uses SIGRTMIN; the threads of a session are woken by a signal of our own. */
#define WAKE_SIGNAL (SIGRTMIN + 4)

static void ignore_wake(int number)
{
	(void)number;
}

/* Without SA_RESTART: read(2) must return EINTR (.NET installs its handlers with it, so SIGTERM does not wake a thread). */
static int install_wake_signal(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = ignore_wake;
	sigemptyset(&action.sa_mask);
	return sigaction(WAKE_SIGNAL, &action, NULL) ? -errno : 0;
}

static ssize_t device_writev(int fd, struct iovec *vector, int count, void *userdata)
{
	const struct lrng_shim_session *session = userdata;
	ssize_t length = 0;

	if (!session->answers_dropped)
		return writev(fd, vector, count);
	for (int i = 0; i < count; i++)
		length += (ssize_t)vector[i].iov_len;
	return length;
}

static ssize_t device_read(int fd, void *buffer, size_t size, void *userdata)
{
	(void)userdata;
	return read(fd, buffer, size);
}

static struct lrng_shim_session *allocate(const struct lrng_shim_callbacks *callbacks, void *context)
{
	struct lrng_shim_session *session = calloc(1, sizeof(*session));

	if (session) {
		session->callbacks = *callbacks;
		session->context = context;
		session->device = -1;
	}
	return session;
}

/* A descriptor that is ours and not libfuse's tells why it cannot be opened, and can be handed on. */
static int use_device(struct lrng_shim_session *session)
{
	static const struct fuse_custom_io io = { .writev = device_writev, .read = device_read };

	return fuse_session_custom_io(session->fuse, &io, session->device) ? -EINVAL : 0;
}

static int create_cuse(struct lrng_shim_session *session, const char *name, uint32_t major, uint32_t minor, int device)
{
	char setting[256];
	const char *settings[] = { setting };
	struct cuse_info info = {
		.dev_major = major,
		.dev_minor = minor,
		.dev_info_argc = 1,
		.dev_info_argv = settings,
		.flags = CUSE_UNRESTRICTED_IOCTL,
	};
	char *arguments[] = { (char *)"lrng", NULL };
	struct fuse_args args = FUSE_ARGS_INIT(1, arguments);

	session->device = device;
	if ((size_t)snprintf(setting, sizeof(setting), "DEVNAME=%s", name) >= sizeof(setting))
		return -ENAMETOOLONG;
	if (device < 0)
		session->device = open("/dev/cuse", O_RDWR | O_CLOEXEC);
	if (session->device < 0)
		return -errno;
	session->fuse = cuse_lowlevel_new(&args, &info, &lrng_shim_cuse_ops, session);
	fuse_opt_free_args(&args);
	if (!session->fuse)
		return -ENOMEM;
	return use_device(session);
}

static int create_fuse(struct lrng_shim_session *session, const char *directory, int device)
{
	char options[] = "allow_other,default_permissions,nosuid,nodev,noexec,fsname=lrng,subtype=lrng,"
			 "max_read=" STRING(LRNG_SHIM_MAX_READ);
	char *arguments[] = { (char *)"lrng", (char *)"-o", options, NULL };
	struct fuse_args args = FUSE_ARGS_INIT(3, arguments);

	session->device = device;
	session->fuse = fuse_session_new(&args, &lrng_shim_fuse_ops, sizeof(lrng_shim_fuse_ops), session);
	fuse_opt_free_args(&args);
	if (!session->fuse)
		return -ENOMEM;
	if (device >= 0)
		return use_device(session);
	errno = 0;
	if (fuse_session_mount(session->fuse, directory))
		return errno ? -errno : -EIO;
	return 0;
}

static int finish(struct lrng_shim_session *session, int error, struct lrng_shim_session **result)
{
	if (!error)
		error = install_wake_signal();
	if (error) {
		lrng_shim_destroy(session);
		return error;
	}
	*result = session;
	return 0;
}

int32_t lrng_shim_new_cuse(const char *name, uint32_t major, uint32_t minor, int32_t device,
			   const struct lrng_shim_callbacks *callbacks, void *context, struct lrng_shim_session **session)
{
	struct lrng_shim_session *created = allocate(callbacks, context);

	if (created)
		return finish(created, create_cuse(created, name, major, minor, device), session);
	if (device >= 0)
		close(device);
	return -ENOMEM;
}

int32_t lrng_shim_new_fuse(const char *directory, int32_t device, const struct lrng_shim_callbacks *callbacks,
			   void *context, struct lrng_shim_session **session)
{
	struct lrng_shim_session *created = allocate(callbacks, context);

	if (created)
		return finish(created, create_fuse(created, directory, device), session);
	if (device >= 0)
		close(device);
	return -ENOMEM;
}

/* Above every thread id. */
#define UNSEEN_READER (1ull << 63)

/* What the workers need to know of a request before they process it. */
static void peek(struct lrng_shim_buffer *buffer)
{
	const struct fuse_in_header *header = buffer->memory;
	const struct fuse_read_in *read_in = (const void *)(header + 1);

	buffer->read_size = 0;
	if (header->opcode != FUSE_READ || buffer->size < sizeof(*header) + sizeof(*read_in))
		return;
	buffer->read_size = read_in->size;
	/* Threads of other pid namespaces, as of containers beside the daemon's, are all 0: told apart by their files. */
	buffer->reader = header->pid ? header->pid : UNSEEN_READER | read_in->fh;
}

int32_t lrng_shim_receive(struct lrng_shim_session *session, struct lrng_shim_buffer *buffer)
{
	struct fuse_buf received = { .mem = buffer->memory };
	int length;

	if (fuse_session_exited(session->fuse))
		return 0;
	length = fuse_session_receive_buf(session->fuse, &received);
	buffer->memory = received.mem;
	buffer->size = received.size;
	buffer->private_flags = (uint64_t)received.flags;
	if (length >= (int)sizeof(struct fuse_in_header))
		peek(buffer);
	return length;
}

void lrng_shim_process(struct lrng_shim_session *session, const struct lrng_shim_buffer *buffer)
{
	struct fuse_buf received = {
		.mem = buffer->memory,
		.size = buffer->size,
		.flags = (enum fuse_buf_flags)buffer->private_flags,
	};

	fuse_session_process_buf(session->fuse, &received);
}

void lrng_shim_process_again(struct lrng_shim_session *session, const struct lrng_shim_buffer *buffer)
{
	session->answers_dropped = 1;
	lrng_shim_process(session, buffer);
	session->answers_dropped = 0;
}

int32_t lrng_shim_device(const struct lrng_shim_session *session)
{
	return session->device >= 0 ? session->device : fuse_session_fd(session->fuse);
}

int32_t lrng_shim_forget_attributes(struct lrng_shim_session *session, uint64_t node)
{
	/* An offset below 0: without what is cached of the content, which is nothing. */
	return fuse_lowlevel_notify_inval_inode(session->fuse, node, -1, 0);
}

void lrng_shim_leave(struct lrng_shim_session *session)
{
	session->left = 1;
}

int32_t lrng_shim_set_waiting(const struct lrng_shim_session *session, int32_t waiting)
{
	int file = lrng_shim_device(session);
	int flags = fcntl(file, F_GETFL);

	if (flags < 0 || fcntl(file, F_SETFL, waiting ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

void lrng_shim_release_buffer(struct lrng_shim_buffer *buffer)
{
	if (buffer->memory)
		explicit_bzero(buffer->memory, malloc_usable_size(buffer->memory));
	free(buffer->memory);
	buffer->memory = NULL;
}

void lrng_shim_stop(struct lrng_shim_session *session)
{
	fuse_session_exit(session->fuse);
}

int32_t lrng_shim_thread_id(void)
{
	return (int32_t)syscall(SYS_gettid);
}

int32_t lrng_shim_wake_thread(int32_t tid)
{
	return syscall(SYS_tgkill, getpid(), tid, WAKE_SIGNAL) ? -errno : 0;
}

void lrng_shim_destroy(struct lrng_shim_session *session)
{
	if (session->fuse) {
		if (session->device < 0 && !session->left)
			fuse_session_unmount(session->fuse);
		/* The session owns the descriptor in any case and closes it, which removes a device. */
		fuse_session_destroy(session->fuse);
	} else if (session->device >= 0) {
		close(session->device);
	}
	free(session);
}

static void (*log_target)(int32_t level, const char *text);

static void forward_log(enum fuse_log_level level, const char *format, va_list arguments)
{
	char text[512];

	vsnprintf(text, sizeof(text), format, arguments);
	text[strcspn(text, "\n")] = '\0';
	log_target((int32_t)level, text);
}

void lrng_shim_set_log(void (*log)(int32_t level, const char *text))
{
	log_target = log;
	fuse_set_log_func(log ? forward_log : NULL);
}
