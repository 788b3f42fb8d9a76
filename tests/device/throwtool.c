// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * throwtool CALLS SEED RANDOM URANDOM: that many system calls in all, with arguments by chance, by four threads, half of them as
 * nobody; the others are root without any capability. None of them may change the entropy count: whoever starts this looks at it
 * before and after. Prints how many calls there were of each kind, and how many did not fail.
 */

#define _GNU_SOURCE
#include <grp.h>
#include <linux/capability.h>
#include <linux/random.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lrng.h"
#include "tool.h"

#define THREADS 4
#define DESCRIPTORS 8
#define MEMORY ((size_t)512 * 1024)
#define LONGEST 300000 /* of most reads and writes */

enum kind { OPEN, CLOSE, READ, WRITE, IOCTL, POLL, FCNTL, SEEK, MAP, SENDFILE, SPLICE, VECTOR, POSITION, EPOLL, DUP, KINDS };

static const char *const names[KINDS] = { "open",     "close",	"read",	  "write", "ioctl", "poll",  "fcntl", "lseek",
					  "mmap",     "sendfile", "splice", "readv", "pread", "epoll", "dup" };

struct thrower {
	pthread_t thread;
	uint64_t state;	/* of xorshift64*: the same calls for the same seed */
	size_t calls, done[KINDS], succeeded[KINDS];
	int number, fds[DESCRIPTORS], pipe[2], set;
	unsigned char *memory, *read_only, *hole;
};

static const char *paths[2];

static uint64_t chance(struct thrower *thrower)
{
	thrower->state ^= thrower->state >> 12;
	thrower->state ^= thrower->state << 25;
	thrower->state ^= thrower->state >> 27;
	return thrower->state * 0x2545f4914f6cdd1dull;
}

static size_t below(struct thrower *thrower, size_t limit)
{
	return (size_t)(chance(thrower) >> 16) % limit;
}

static int some_fd(struct thrower *thrower)
{
	return thrower->fds[below(thrower, DESCRIPTORS)];
}

static void *some_memory(struct thrower *thrower)
{
	switch (below(thrower, 8)) {
	case 0:
		return NULL;
	case 1:
		return thrower->read_only;
	case 2:
		return thrower->hole - below(thrower, 100);
	case 3:
		return (void *)(uintptr_t)chance(thrower);
	default:
		return thrower->memory + below(thrower, 64);
	}
}

static size_t some_size(struct thrower *thrower)
{
	switch (below(thrower, 16)) {
	case 0:
		return 0;
	case 1:
		return (size_t)chance(thrower);
	case 2:
		return below(thrower, LONGEST);
	default:
		return below(thrower, 600);
	}
}

static unsigned int some_request(struct thrower *thrower)
{
	static const unsigned int known[] = { RNDGETENTCNT, RNDADDTOENTCNT, RNDADDENTROPY, RNDZAPENTCNT, RNDCLEARPOOL,
					      RNDRESEEDCRNG, RNDGETPOOL,    LRNG_GETSEED,  LRNG_GETSTATUS };

	switch (below(thrower, 4)) {
	case 0:
		return (unsigned int)chance(thrower);
	case 1:
		return (unsigned int)_IOC(below(thrower, 4), 'R', below(thrower, 256), below(thrower, 64));
	default:
		return known[below(thrower, sizeof(known) / sizeof(*known))];
	}
}

/* What a request finds in memory: sizes, flags and addresses more often than chance would have it. */
static void fill_words(struct thrower *thrower)
{
	uint32_t *words = (void *)thrower->memory;

	for (size_t i = 0; i < 24; i++)
		words[i] = below(thrower, 2) ? (uint32_t)below(thrower, 600) : (uint32_t)chance(thrower);
	if (below(thrower, 2)) {
		uint64_t address = (uint64_t)(uintptr_t)(thrower->memory + 4096);

		memcpy(thrower->memory, &address, sizeof(address));
	}
}

static long reopen(struct thrower *thrower)
{
	static const int flags[] = { O_RDONLY, O_WRONLY, O_RDWR };
	int *fd = &thrower->fds[below(thrower, DESCRIPTORS)];

	close(*fd);
	/* Few wait for a signal, or reads with prediction resistance would be all that happens. */
	*fd = open(paths[below(thrower, 2)], flags[below(thrower, 3)] | O_CLOEXEC | (below(thrower, 8) ? O_NONBLOCK : 0) |
						     (below(thrower, 32) ? 0 : O_SYNC));
	return *fd;
}

static long throw_ioctl(struct thrower *thrower)
{
	fill_words(thrower);
	return ioctl(some_fd(thrower), some_request(thrower), some_memory(thrower));
}

static long throw_poll(struct thrower *thrower)
{
	struct pollfd files[3];

	for (size_t i = 0; i < 3; i++) {
		files[i].fd = some_fd(thrower);
		files[i].events = (short)chance(thrower);
	}
	return poll(files, below(thrower, 4), below(thrower, 100) ? 0 : 1);
}

static long throw_fcntl(struct thrower *thrower)
{
	static const int commands[] = { F_SETFL, F_GETFL, F_SETFD, F_GETLK, F_SETOWN, F_SETSIG };
	int command = commands[below(thrower, sizeof(commands) / sizeof(*commands))];

	/* Nonblocking mostly: see reopen. */
	return fcntl(some_fd(thrower), command,
		     command == F_SETFL ? (long)(chance(thrower) | (below(thrower, 8) ? O_NONBLOCK : 0)) : 0L);
}

static long throw_map(struct thrower *thrower)
{
	size_t size = below(thrower, 8192);
	void *memory = mmap(NULL, size, (int)below(thrower, 8), (int)below(thrower, 4), some_fd(thrower),
			    (off_t)(below(thrower, 3) * 4096));

	if (memory == MAP_FAILED)
		return -1;
	munmap(memory, size);
	return 0;
}

static long throw_splice(struct thrower *thrower)
{
	return below(thrower, 2) ? splice(some_fd(thrower), NULL, thrower->pipe[1], NULL, below(thrower, 9000), SPLICE_F_NONBLOCK) :
				   splice(thrower->pipe[0], NULL, some_fd(thrower), NULL, below(thrower, 9000), SPLICE_F_NONBLOCK);
}

static long throw_vector(struct thrower *thrower)
{
	struct iovec parts[4];

	for (size_t i = 0; i < 4; i++) {
		parts[i].iov_base = some_memory(thrower);
		parts[i].iov_len = some_size(thrower);
	}
	return below(thrower, 2) ? readv(some_fd(thrower), parts, (int)below(thrower, 5)) :
				   writev(some_fd(thrower), parts, (int)below(thrower, 5));
}

static long throw_epoll(struct thrower *thrower)
{
	struct epoll_event event = { .events = (uint32_t)chance(thrower) };

	if (below(thrower, 4) == 0)
		return epoll_wait(thrower->set, &event, 1, 0);
	return epoll_ctl(thrower->set, (int)below(thrower, 4), some_fd(thrower), &event);
}

static long throw_dup(struct thrower *thrower)
{
	int *fd = &thrower->fds[below(thrower, DESCRIPTORS)], copy = dup(*fd);

	close(*fd);
	*fd = copy;
	return copy;
}

static long throw_one(struct thrower *thrower, enum kind kind)
{
	size_t size = some_size(thrower);

	switch (kind) {
	case OPEN:
		return reopen(thrower);
	case CLOSE:
		return close(some_fd(thrower));
	case READ:
		return read(some_fd(thrower), some_memory(thrower), size);
	case WRITE:
		return write(some_fd(thrower), some_memory(thrower), size);
	case IOCTL:
		return throw_ioctl(thrower);
	case POLL:
		return throw_poll(thrower);
	case FCNTL:
		return throw_fcntl(thrower);
	case SEEK:
		return lseek(some_fd(thrower), (off_t)chance(thrower), (int)below(thrower, 6));
	case MAP:
		return throw_map(thrower);
	case SENDFILE:
		return sendfile(thrower->pipe[1], some_fd(thrower), NULL, below(thrower, 4096));
	case SPLICE:
		return throw_splice(thrower);
	case VECTOR:
		return throw_vector(thrower);
	case POSITION:
		return pread(some_fd(thrower), some_memory(thrower), size, (off_t)chance(thrower));
	case EPOLL:
		return throw_epoll(thrower);
	default:
		return throw_dup(thrower);
	}
}

/* Of this thread alone: the C library would change them all. */
static void drop_privilege(int to_nobody)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { { 0, 0, 0 } };

	if (to_nobody && (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, 65534, 65534, 65534) ||
			  syscall(SYS_setresuid, 65534, 65534, 65534)))
		die("setresuid");
	if (syscall(SYS_capset, &header, none))
		die("capset");
}

static void *run(void *argument)
{
	struct thrower *thrower = argument;

	drop_privilege(thrower->number % 2);
	for (size_t i = 0; i < thrower->calls; i++) {
		enum kind kind = (enum kind)below(thrower, KINDS);

		thrower->done[kind]++;
		thrower->succeeded[kind] += throw_one(thrower, kind) >= 0;
	}
	return NULL;
}

static void prepare(struct thrower *thrower, int number, uint64_t seed, size_t calls)
{
	thrower->number = number;
	thrower->state = (seed + 1) * 0x9e3779b97f4a7c15ull + (unsigned int)number;
	thrower->calls = calls;
	thrower->set = epoll_create1(EPOLL_CLOEXEC);
	thrower->memory = mmap(NULL, MEMORY + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	thrower->read_only = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (thrower->memory == MAP_FAILED || thrower->read_only == MAP_FAILED || pipe2(thrower->pipe, O_NONBLOCK | O_CLOEXEC))
		die("mmap");
	thrower->hole = thrower->memory + MEMORY;
	if (mprotect(thrower->hole, 4096, PROT_NONE))
		die("mprotect");
	for (size_t i = 0; i < DESCRIPTORS; i++)
		thrower->fds[i] = open_file(paths[i % 2], O_RDWR | O_NONBLOCK);
}

int main(int count, char **arguments)
{
	/* A call that waits is ended by a signal. */
	struct itimerval timer = { .it_value = { .tv_usec = 10000 }, .it_interval = { .tv_usec = 10000 } };
	sigset_t alarms;
	struct thrower *throwers = allocate(THREADS * sizeof(*throwers));

	if (count != 5) {
		fprintf(stderr, "usage: throwtool CALLS SEED RANDOM URANDOM\n");
		return 2;
	}
	paths[0] = arguments[3];
	paths[1] = arguments[4];
	for (int i = 0; i < THREADS; i++)
		prepare(&throwers[i], i, strtoull(arguments[2], NULL, 0), strtoull(arguments[1], NULL, 0) / THREADS);
	signal(SIGPIPE, SIG_IGN);
	handle(SIGALRM);
	handle(SIGIO);
	setitimer(ITIMER_REAL, &timer, NULL);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&throwers[i].thread, NULL, run, &throwers[i]))
			die("pthread_create");
	/* The signals are for the others. */
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(throwers[i].thread, NULL);
	for (int kind = 0; kind < KINDS; kind++) {
		size_t done = 0, succeeded = 0;

		for (int i = 0; i < THREADS; i++) {
			done += throwers[i].done[kind];
			succeeded += throwers[i].succeeded[kind];
		}
		printf("%s %zu %zu\n", names[kind], done, succeeded);
	}
	return 0;
}
