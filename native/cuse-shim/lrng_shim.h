/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lrng_shim - the C side of the daemon: libfuse3's low-level sessions and a
 * few CPU instructions, with fixed-width types and no policy.
 *
 * Life of a session:  new_cuse/new_fuse -> { receive, process }* -> destroy.
 * Several threads may receive and process at the same time.  Every request
 * that callbacks->request is called with must be answered exactly once with one of
 * the reply functions, by any thread, at any time before destroy.
 *
 * Unless said otherwise functions return 0 or a negative errno.
 */
#ifndef LRNG_SHIM_H
#define LRNG_SHIM_H

#include <stdint.h>

/* Grows with each incompatible change; the managed side checks it at start. */
#define LRNG_SHIM_ABI_VERSION 6u

#define LRNG_SHIM_EXPORT __attribute__((visibility("default")))

struct lrng_shim_session;

enum lrng_shim_operation {
	LRNG_SHIM_OPEN = 1,
	LRNG_SHIM_READ,
	LRNG_SHIM_WRITE,
	LRNG_SHIM_IOCTL,
	LRNG_SHIM_POLL,
	LRNG_SHIM_RELEASE,	/* the file is closed for good */
	LRNG_SHIM_LOOKUP,	/* mounts only, like those below; node is the directory */
	LRNG_SHIM_GETATTR,
	LRNG_SHIM_SETATTR,
	LRNG_SHIM_READDIR,
};

/* What an open file is to the kernel. */
enum lrng_shim_file_kind {
	LRNG_SHIM_STREAM = 1,	/* has no position, as a character device */
	LRNG_SHIM_POSITIONED,	/* reads have an offset: lseek and pread work */
};

/* One request of the kernel, valid during the call that it is given to; only
 * @handle may be kept. */
struct lrng_shim_request {
	void *handle;		/* names the request in replies */
	uint64_t node;		/* inode of a mount; 0 for a device */
	uint64_t file;		/* number that reply_open gave to the open file */
	uint64_t size;		/* bytes wanted (read, readdir) or given (write, ioctl) */
	int64_t offset;		/* readdir, read and write of a mount: position */
	const void *data;	/* write, ioctl: payload; lookup: name, NUL ended */
	uint64_t argument;	/* ioctl: address in the caller; poll: notification handle or 0; read: a name of the caller's
				 * process, 0 if the kernel reads for its page cache */
	uint64_t output_size;	/* ioctl: bytes the caller takes */
	uint32_t flags;		/* read, write, open: the file's flags now (O_*); ioctl: FUSE_IOCTL_* */
	uint32_t command;	/* ioctl: number; poll: events waited for; setattr: FATTR_* that are to change */
	uint32_t uid;		/* caller, in the namespaces of the server */
	uint32_t gid;
	uint32_t pid;		/* a thread id */
	uint32_t operation;	/* enum lrng_shim_operation */
};

struct lrng_shim_callbacks {
	/* A request to be answered. */
	void (*request)(void *context, const struct lrng_shim_request *request);
	/* The caller of a parked request was interrupted; @token as given to park. */
	void (*interrupted)(void *context, uint64_t token);
	/* The kernel accepted the session. */
	void (*ready)(void *context);
};

/* A received request before it is processed.  Zeroed by the caller before its
 * first use and owned by one thread; release_buffer frees the memory. */
struct lrng_shim_buffer {
	uint64_t size;
	uint64_t private_flags;
	void *memory;
	uint64_t read_size;	/* FUSE_READ: bytes wanted, otherwise 0 */
	uint64_t reader;	/* of these: a number for whoever reads */
};

/* Attributes of a node of a mount. */
struct lrng_shim_attributes {
	uint64_t node;
	uint32_t mode;		/* S_IFREG or S_IFDIR with the permissions */
	uint32_t links;
	uint32_t uid;
	uint32_t gid;
};

/* A piece of the caller's memory, for ioctls. */
struct lrng_shim_range {
	uint64_t address;
	uint64_t size;
};

/* version.c */
LRNG_SHIM_EXPORT uint32_t lrng_shim_abi_version(void);
/* sizeof the structures above in the order of their definition; 0 past the last. */
LRNG_SHIM_EXPORT uint32_t lrng_shim_struct_size(uint32_t index);

/* session.c */

/* Opens /dev/cuse and prepares the device @name with the number @major:@minor (0:0: chosen by the kernel). The node appears
 * when the first request has been processed. Errors are those of open(2).
 * With a @device of 0 or more that is the descriptor of a connection that another process has opened; the session owns it from
 * now on, also after an error, and process_again comes before everything else. */
LRNG_SHIM_EXPORT int32_t lrng_shim_new_cuse(const char *name, uint32_t major, uint32_t minor, int32_t device,
					    const struct lrng_shim_callbacks *callbacks, void *context,
					    struct lrng_shim_session **session);
/* Processes the kernel's first request as another process received it. The kernel had its answer then: this one is dropped. */
LRNG_SHIM_EXPORT void lrng_shim_process_again(struct lrng_shim_session *session, const struct lrng_shim_buffer *buffer);
/* The descriptor of the connection, which stays the session's. */
LRNG_SHIM_EXPORT int32_t lrng_shim_device(const struct lrng_shim_session *session);
/* Mounts a file system of type fuse.lrng at @directory. Errors are those of mount(2). A @device is as for new_cuse; the mount is
 * there already then, and stays when the session is destroyed. */
LRNG_SHIM_EXPORT int32_t lrng_shim_new_fuse(const char *directory, int32_t device,
					    const struct lrng_shim_callbacks *callbacks, void *context,
					    struct lrng_shim_session **session);
/* Has the kernel ask for the attributes of a node of a mount again. -ENOENT if it does not know it. */
LRNG_SHIM_EXPORT int32_t lrng_shim_forget_attributes(struct lrng_shim_session *session, uint64_t node);
/* Has destroy leave the mount. */
LRNG_SHIM_EXPORT void lrng_shim_leave(struct lrng_shim_session *session);
/* Waits for one request. Returns its length; 0 when the session is over; -EINTR after wake_thread or a signal; -EAGAIN when
 * there is none and it does not wait. */
LRNG_SHIM_EXPORT int32_t lrng_shim_receive(struct lrng_shim_session *session, struct lrng_shim_buffer *buffer);
/* Has receive wait (the default) or not. That belongs to the connection: a process that takes it over finds it as it was. */
LRNG_SHIM_EXPORT int32_t lrng_shim_set_waiting(const struct lrng_shim_session *session, int32_t waiting);
/* Hands a received request to callbacks->request. */
LRNG_SHIM_EXPORT void lrng_shim_process(struct lrng_shim_session *session, const struct lrng_shim_buffer *buffer);
LRNG_SHIM_EXPORT void lrng_shim_release_buffer(struct lrng_shim_buffer *buffer);
/* Makes receive return 0 from now on; threads inside it need wake_thread. */
LRNG_SHIM_EXPORT void lrng_shim_stop(struct lrng_shim_session *session);
/* Interrupts a receive of thread @tid (gettid) of this process. A thread that is about to call it is missed: repeat. */
LRNG_SHIM_EXPORT int32_t lrng_shim_wake_thread(int32_t tid);
LRNG_SHIM_EXPORT int32_t lrng_shim_thread_id(void);
/* Removes the device or the mount and frees the session. No thread may be inside receive or process. */
LRNG_SHIM_EXPORT void lrng_shim_destroy(struct lrng_shim_session *session);
/* Receives libfuse's own messages (level as syslog(3), text without newline). */
LRNG_SHIM_EXPORT void lrng_shim_set_log(void (*log)(int32_t level, const char *text));

/* reply.c */
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_error(void *request, int32_t error_number);
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_data(void *request, const void *data, uint64_t size);
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_written(void *request, uint64_t size);
/* Without the page cache, see reply.c; @kind is an enum lrng_shim_file_kind. */
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_open(void *request, uint64_t file, uint32_t kind);
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_poll(void *request, uint32_t events);
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_entry(void *request, const struct lrng_shim_attributes *attributes);
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_attributes(void *request, const struct lrng_shim_attributes *attributes);
/* Appends an entry for readdir; returns the bytes used or, if it does not fit, a value above @size and writes nothing. */
LRNG_SHIM_EXPORT uint64_t lrng_shim_add_entry(void *request, void *buffer, uint64_t size, const char *name,
					      const struct lrng_shim_attributes *attributes, int64_t next_offset);
/* The return value of ioctl(2), or a negative errno; @data goes to the ranges that the caller was asked for, also with an
 * errno, and must not be more than output_size of the request. */
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_ioctl(void *request, int32_t result, const void *data, uint64_t size);
/* Has the kernel send the same ioctl again, with the bytes of the @input ranges as its payload and with room for those of
 * the @output ranges. Not for mounts (EIO), nor with more than LRNG_SHIM_MAX_RANGES of either (EINVAL). A range that is not
 * the caller's gives EFAULT. */
#define LRNG_SHIM_MAX_RANGES 2u
LRNG_SHIM_EXPORT int32_t lrng_shim_reply_ioctl_retry(void *request, const struct lrng_shim_range *input,
						     uint32_t input_count, const struct lrng_shim_range *output,
						     uint32_t output_count);
/* Wakes who polls the file that @handle came from, and frees the handle. */
LRNG_SHIM_EXPORT void lrng_shim_notify_poll(uint64_t handle);
LRNG_SHIM_EXPORT void lrng_shim_forget_poll(uint64_t handle);

/* park.c */

/* Asks for callbacks->interrupted(@token) should the caller of @request be interrupted. Returns 1 if it already was: then
 * the request must be answered at once and interrupted() is not called. */
LRNG_SHIM_EXPORT int32_t lrng_shim_park(void *request, uint64_t token);

/* cpu.c */
#define LRNG_SHIM_CPU_RDSEED 1u
#define LRNG_SHIM_CPU_RDRAND 2u
#define LRNG_SHIM_CPU_COUNTER 4u
/* What the CPU claims to have; whether the kernel trusts it is another matter. */
LRNG_SHIM_EXPORT uint32_t lrng_shim_cpu_features(void);
/* Return 1 and a word, or 0 when the generator has nothing. Undefined without the feature. */
LRNG_SHIM_EXPORT int32_t lrng_shim_rdseed(uint64_t *word);
LRNG_SHIM_EXPORT int32_t lrng_shim_rdrand(uint64_t *word);
LRNG_SHIM_EXPORT uint64_t lrng_shim_cycles(void);

#endif
