// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * compare cuse|fuse RANDOM URANDOM
 *
 * Does the same with /dev/random and with RANDOM, with /dev/urandom and with
 * URANDOM, and prints what came of it side by side.  A difference that the
 * list below does not have, or one of the list that is none, is a failure.
 */

#include "compare.h"

#include <grp.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS 60000
#define RESULT_BYTES 512

enum transport { CUSE = 1, FUSE = 2, BOTH = CUSE | FUSE };
enum node { RANDOM = 1, URANDOM = 2, EITHER = RANDOM | URANDOM };

struct difference {
	const char *name;
	int transport, node;
	const char *result; /* NULL: another one with other kernels */
	const char *reason;
};

/* clang-format off */
static const struct difference differences[] = {
	/* What CUSE cannot do. */
	{ "sendfile out of it", CUSE, EITHER, "EINVAL", "CUSE has no splice" },
	{ "sendfile into it", CUSE, EITHER, "EINVAL", "CUSE has no splice" },
	{ "splice out of it", CUSE, EITHER, "EINVAL", "CUSE has no splice" },
	{ "splice into it", CUSE, EITHER, "EINVAL", "CUSE has no splice" },
	{ "preadv2 RWF_NOWAIT", BOTH, EITHER, "EOPNOTSUPP", "FUSE does not know it" },
	{ "RNDADDENTROPY of 131065 bytes", BOTH, EITHER, "ENOMEM", "CUSE moves 128 KiB" },
	{ "fcntl O_ASYNC", BOTH, EITHER, "0 unset", "CUSE has no SIGIO" },
	{ "epoll_ctl", BOTH, URANDOM, "0", "CUSE always has poll" },
	/* LRNG's own rule: random.c wants no writers once it is seeded. */
	{ "poll, select", BOTH, RANDOM, "1 in+out 2", "LRNG invites writers" },
	/* What a file in a mount cannot be. */
	{ "stat", FUSE, EITHER, "0 regular file size 0", "a file in a mount" },
	{ "lseek", FUSE, EITHER, "ESPIPE ESPIPE ESPIPE 32 ESPIPE", "a stream" },
	{ "pread, pwrite", FUSE, EITHER, "ESPIPE ESPIPE EINVAL ESPIPE", "a stream" },
	{ "mmap private, shared", FUSE, EITHER, NULL, "gives no byte: files/mmap_gives_nothing" },
	{ "truncate, allocate, fsync", FUSE, EITHER, NULL, "a file in a mount" },
	{ "fadvise, readahead", FUSE, EITHER, NULL, "a file in a mount" },
	{ "sendfile out of it", FUSE, EITHER, NULL, "not from the page cache" },
	{ "splice out of it", FUSE, EITHER, NULL, "not from the page cache" },
	{ "RNDADDENTROPY", FUSE, EITHER, "EOPNOTSUPP EOPNOTSUPP 0 EOPNOTSUPP EOPNOTSUPP", "ioctls of fixed size" },
	{ "RNDADDENTROPY of 131064 bytes", FUSE, EITHER, "EOPNOTSUPP", "ioctls of fixed size" },
	{ "RNDADDENTROPY, truncated", FUSE, EITHER, "EOPNOTSUPP", "ioctls of fixed size" },
	{ "requests, misaligned", FUSE, EITHER, "0 EOPNOTSUPP", "ioctls of fixed size" },
	{ "unknown requests", FUSE, EITHER, NULL, "the kernel answers some for files" },
	{ "FIONBIO, FIOCLEX, FIONREAD", FUSE, EITHER, "0 set 0 0", "the kernel answers for files" },
	{ "the same, bad pointers", FUSE, EITHER, "EFAULT EFAULT EFAULT", "the kernel copies first" },
};
/* clang-format on */

static char *result_text;

void say(const char *format, ...)
{
	size_t used = strlen(result_text);
	va_list arguments;

	if (used && used < RESULT_BYTES - 1)
		result_text[used++] = ' ';
	va_start(arguments, format);
	vsnprintf(result_text + used, RESULT_BYTES - used, format, arguments);
	va_end(arguments);
}

void say_result(ssize_t result)
{
	if (result < 0)
		say("%s", strerrorname_np(errno));
	else
		say("%zd", result);
}

void say_success(int result)
{
	say("%s", result < 0 ? strerrorname_np(errno) : "0");
}

int must_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0) {
		say("open %s", strerrorname_np(errno));
		_exit(0);
	}
	return fd;
}

unsigned char *memory_before_hole(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = (size + page - 1) / page * page;
	unsigned char *memory =
		mmap(NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED || munmap(memory + whole, page))
		die("mmap");
	return memory + whole - size;
}

void become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		die("setresuid");
}

/* In a process of its own, so that nothing of a check is left, whatever becomes of it. */
static const char *run(const struct check *check, const char *path, char *copy)
{
	pid_t pid;
	int status;

	memset(result_text, 0, RESULT_BYTES);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(LIMIT_MS / 1000);
		check->run(path);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		die("fork");
	if (WIFSIGNALED(status))
		say("signal %s", WTERMSIG(status) == SIGALRM ? "time limit" : sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		say("status %d", WEXITSTATUS(status));
	memcpy(copy, result_text, RESULT_BYTES);
	return copy;
}

static const struct difference *documented(const char *name, int transport, int node)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(*differences); i++) {
		const struct difference *difference = &differences[i];

		if (!strcmp(difference->name, name) && (difference->transport & transport) && (difference->node & node))
			return difference;
	}
	return NULL;
}

/* Returns whether it is as it should be. */
static int compare(const struct check *check, int transport, int node, const char *kernel_path, const char *path)
{
	char kernel[RESULT_BYTES], ours[RESULT_BYTES];
	const struct difference *difference = documented(check->name, transport, node);
	const char *verdict = "same";
	int right = 1;

	run(check, kernel_path, kernel);
	run(check, path, ours);
	if (difference) {
		right = !difference->result || !strcmp(ours, difference->result);
		verdict = right ? difference->reason : "NOT AS DOCUMENTED";
	} else if (strcmp(kernel, ours)) {
		right = 0;
		verdict = "DIFFERENT";
	}
	printf("%-34s %-8s %-30s %-30s %s\n", check->name, node == RANDOM ? "random" : "urandom", kernel, ours, verdict);
	return right;
}

int main(int count, char **arguments)
{
	static const struct check *const lists[] = { file_checks, read_checks, write_checks, ioctl_checks, async_checks };
	int transport, wrong = 0, total = 0;

	if (count != 4) {
		fprintf(stderr, "usage: compare cuse|fuse RANDOM URANDOM\n");
		return 2;
	}
	transport = strcmp(arguments[1], "cuse") ? FUSE : CUSE;
	result_text = mmap(NULL, RESULT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (result_text == MAP_FAILED)
		die("mmap");
	printf("%-34s %-8s %-30s %-30s %s\n", "behaviour", "device", "kernel", "lrng", "");
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		for (const struct check *check = lists[i]; check->name; check++) {
			wrong += !compare(check, transport, RANDOM, "/dev/random", arguments[2]);
			wrong += !compare(check, transport, URANDOM, "/dev/urandom", arguments[3]);
			total += 2;
		}
	}
	printf("%d compared, %d wrong\n", total, wrong);
	return wrong > 0;
}
