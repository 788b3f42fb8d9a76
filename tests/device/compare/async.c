// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/* Linux AIO and io_uring, by their system calls: neither library is needed. */

#include "compare.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void aio(const char *path, int operation)
{
	unsigned char data[300] = { 0 };
	aio_context_t context = 0;
	struct iocb block = {
		.aio_fildes = (uint32_t)must_open(path, O_RDWR),
		.aio_lio_opcode = (uint16_t)operation,
		.aio_buf = (uint64_t)(uintptr_t)data,
		.aio_nbytes = sizeof(data),
	};
	struct iocb *blocks[] = { &block };
	struct io_event event = { 0 };

	if (syscall(SYS_io_setup, 1, &context)) {
		say("io_setup %s", strerrorname_np(errno));
		return;
	}
	if (syscall(SYS_io_submit, context, 1, blocks) != 1) {
		say("io_submit %s", strerrorname_np(errno));
		return;
	}
	if (syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1)
		die("io_getevents");
	errno = (int)-event.res;
	say_result(event.res < 0 ? -1 : (ssize_t)event.res);
}

static void aio_read(const char *path)
{
	aio(path, IOCB_CMD_PREAD);
}

static void aio_write(const char *path)
{
	aio(path, IOCB_CMD_PWRITE);
}

/* One operation through a ring with one place. */
static void ring(const char *path, struct io_uring_sqe operation)
{
	struct io_uring_params parameters = { 0 };
	int fd = (int)syscall(SYS_io_uring_setup, 1, &parameters);
	unsigned char *submissions, *completions;
	struct io_uring_sqe *entries;
	struct io_uring_cqe *done;

	if (fd < 0) {
		say("io_uring_setup %s", strerrorname_np(errno));
		return;
	}
	submissions = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQ_RING);
	completions = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_CQ_RING);
	entries = mmap(NULL, sizeof(*entries), PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQES);
	if (submissions == MAP_FAILED || completions == MAP_FAILED || entries == MAP_FAILED)
		die("mmap");
	operation.fd = must_open(path, O_RDWR);
	entries[0] = operation;
	*(uint32_t *)(void *)(submissions + parameters.sq_off.array) = 0;
	__atomic_store_n((uint32_t *)(void *)(submissions + parameters.sq_off.tail), 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) != 1) {
		say("io_uring_enter %s", strerrorname_np(errno));
		return;
	}
	done = (void *)(completions + parameters.cq_off.cqes);
	errno = -done->res;
	say_result(done->res < 0 ? -1 : done->res);
}

static void ring_read(const char *path)
{
	static unsigned char data[300];

	ring(path, (struct io_uring_sqe){
			   .opcode = IORING_OP_READ, .addr = (uint64_t)(uintptr_t)data, .len = sizeof(data), .off = (uint64_t)-1 });
}

static void ring_long_read(const char *path)
{
	unsigned char *data = allocate(1000003);

	ring(path, (struct io_uring_sqe){
			   .opcode = IORING_OP_READ, .addr = (uint64_t)(uintptr_t)data, .len = 1000003, .off = 0 });
}

static void ring_write(const char *path)
{
	static unsigned char data[300];

	ring(path, (struct io_uring_sqe){
			   .opcode = IORING_OP_WRITE, .addr = (uint64_t)(uintptr_t)data, .len = sizeof(data), .off = (uint64_t)-1 });
}

static void ring_bad_memory(const char *path)
{
	ring(path, (struct io_uring_sqe){ .opcode = IORING_OP_READ, .addr = 0, .len = 32, .off = (uint64_t)-1 });
}

static void ring_poll(const char *path)
{
	ring(path, (struct io_uring_sqe){ .opcode = IORING_OP_POLL_ADD, .poll32_events = POLLIN });
}

const struct check async_checks[] = {
	{ "AIO read", aio_read },
	{ "AIO write", aio_write },
	{ "io_uring read", ring_read },
	{ "io_uring read, 1000003 bytes", ring_long_read },
	{ "io_uring write", ring_write },
	{ "io_uring read, bad memory", ring_bad_memory },
	{ "io_uring poll", ring_poll },
	{ NULL, NULL },
};
