// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/* Opening, flags, positions, and what is not meant for a device. */

#include "compare.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void open_flags(const char *path)
{
	static const int flags[] = { O_RDONLY, O_WRONLY,	     O_RDWR,	     O_RDWR | O_APPEND, O_RDWR | O_TRUNC,
				     O_CREAT,  O_RDWR | O_NONBLOCK, O_RDONLY | O_SYNC, O_DIRECTORY,	O_CREAT | O_EXCL, O_DIRECT };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		int fd = open(path, flags[i] | O_CLOEXEC, 0600);

		say_success(fd);
		close(fd);
	}
}

static void as_nobody(const char *path)
{
	unsigned char data[32];

	become_nobody();
	say_result(read(must_open(path, O_RDWR), data, sizeof(data)));
	say_success(access(path, R_OK | W_OK));
	say_success(access(path, X_OK));
}

static void kind(const char *path)
{
	struct stat status;

	say_success(stat(path, &status));
	say("%s", S_ISCHR(status.st_mode) ? "character device" : S_ISREG(status.st_mode) ? "regular file" : "other");
	say("size %lld", (long long)status.st_size);
}

static void seek(const char *path)
{
	int fd = must_open(path, O_RDWR);
	unsigned char data[32];

	say_result(lseek(fd, 16, SEEK_SET));
	say_result(lseek(fd, -1, SEEK_CUR));
	say_result(lseek(fd, 0, SEEK_END));
	say_result(read(fd, data, sizeof(data)));
	say_result(lseek(fd, 0, SEEK_CUR));
}

static void nonblock(const char *path)
{
	int fd = must_open(path, O_RDONLY);
	unsigned char data[32];

	for (int i = 0; i < 2; i++) {
		say_success(fcntl(fd, F_SETFL, i ? 0 : O_NONBLOCK));
		say("%s", fcntl(fd, F_GETFL) & O_NONBLOCK ? "set" : "unset");
		say_result(read(fd, data, sizeof(data)));
	}
}

static void async_flag(const char *path)
{
	int fd = must_open(path, O_RDONLY);

	say_success(fcntl(fd, F_SETFL, O_ASYNC));
	say("%s", fcntl(fd, F_GETFL) & O_ASYNC ? "set" : "unset");
}

static void sync_flag(const char *path)
{
	int fd = must_open(path, O_RDONLY);

	say_success(fcntl(fd, F_SETFL, O_SYNC));
	say("%s", fcntl(fd, F_GETFL) & O_SYNC ? "set" : "unset");
}

static void duplicates(const char *path)
{
	int fd = must_open(path, O_RDWR), other = dup(fd);
	unsigned char data[32];

	say_success(fcntl(other, F_SETFL, O_NONBLOCK));
	say("%s", fcntl(fd, F_GETFL) & O_NONBLOCK ? "shared" : "own");
	close(fd);
	say_result(read(other, data, sizeof(data)));
	say_result(write(other, data, sizeof(data)));
	close(other);
	say_result(read(other, data, sizeof(data)));
}

static void forked(const char *path)
{
	int fd = must_open(path, O_RDONLY), status = 1;
	unsigned char *shared = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid = fork();

	if (pid == 0)
		_exit(read(fd, shared, 32) != 32);
	say_result(read(fd, shared + 32, 32));
	waitpid(pid, &status, 0);
	say("child %d %s", WEXITSTATUS(status), memcmp(shared, shared + 32, 32) ? "other bytes" : "same bytes");
}

static void wrong_direction(const char *path)
{
	unsigned char data[32] = { 0 };

	say_result(read(must_open(path, O_WRONLY), data, sizeof(data)));
	say_result(write(must_open(path, O_RDONLY), data, sizeof(data)));
}

static void map(const char *path)
{
	int fd = must_open(path, O_RDWR);

	for (int i = 0; i < 2; i++)
		say("%s", mmap(NULL, 4096, PROT_READ, i ? MAP_SHARED : MAP_PRIVATE, fd, 0) == MAP_FAILED ?
				  strerrorname_np(errno) :
				  "mapped");
}

static void sizes(const char *path)
{
	int fd = must_open(path, O_RDWR);

	say_success(ftruncate(fd, 0));
	say_success(fallocate(fd, 0, 0, 4096));
	say_success(fsync(fd));
	say_success(fdatasync(fd));
}

static void locks(const char *path)
{
	int fd = must_open(path, O_RDWR);
	struct flock lock = { .l_type = F_WRLCK };

	say_success(flock(fd, LOCK_EX | LOCK_NB));
	say_success(fcntl(fd, F_SETLK, &lock));
}

static void advice(const char *path)
{
	int fd = must_open(path, O_RDONLY);

	say("%s", strerrorname_np(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM)) ?: "0");
	say_success((int)readahead(fd, 0, 4096));
}

/* A file of a mount has no size before somebody writes to it. */
static int open_written(const char *path)
{
	int fd = must_open(path, O_RDWR);

	if (write(fd, "0123456789abcdef0123456789abcdef", 32) != 32)
		die("write");
	return fd;
}

static void send_out(const char *path)
{
	int ends[2];

	if (pipe(ends))
		die("pipe");
	say_result(sendfile(ends[1], open_written(path), NULL, 32));
}

static int filled_file(void)
{
	int fd = memfd_create("data", 0);

	if (fd < 0 || write(fd, "0123456789abcdef0123456789abcdef", 32) != 32 || lseek(fd, 0, SEEK_SET))
		die("memfd");
	return fd;
}

static void send_in(const char *path)
{
	say_result(sendfile(must_open(path, O_WRONLY), filled_file(), NULL, 32));
}

static void splice_out(const char *path)
{
	int ends[2];

	if (pipe(ends))
		die("pipe");
	say_result(splice(open_written(path), NULL, ends[1], NULL, 32, 0));
}

static void splice_in(const char *path)
{
	int ends[2];

	if (pipe(ends) || write(ends[1], "0123456789abcdef", 16) != 16)
		die("pipe");
	say_result(splice(ends[0], NULL, must_open(path, O_WRONLY), NULL, 16, 0));
}

static void polls(const char *path)
{
	struct pollfd file = { .fd = must_open(path, O_RDWR), .events = POLLIN | POLLOUT | POLLPRI };
	struct timeval now = { 0, 0 };
	fd_set in, out;

	say_result(poll(&file, 1, 0));
	say("%s%s%s", file.revents & POLLIN ? "in" : "", file.revents & POLLOUT ? "+out" : "",
	    file.revents & ~(POLLIN | POLLOUT) ? "+other" : "");
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(file.fd, &in);
	FD_SET(file.fd, &out);
	say_result(select(file.fd + 1, &in, &out, NULL, &now));
}

static void epoll(const char *path)
{
	int set = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN };

	say_success(epoll_ctl(set, EPOLL_CTL_ADD, must_open(path, O_RDWR), &event));
}

const struct check file_checks[] = {
	{ "open with 11 kinds of flags", open_flags },
	{ "open, read, access by nobody", as_nobody },
	{ "stat", kind },
	{ "lseek", seek },
	{ "fcntl O_NONBLOCK", nonblock },
	{ "fcntl O_ASYNC", async_flag },
	{ "fcntl O_SYNC", sync_flag },
	{ "dup, close", duplicates },
	{ "fork, a shared descriptor", forked },
	{ "wrong direction", wrong_direction },
	{ "mmap private, shared", map },
	{ "truncate, allocate, fsync", sizes },
	{ "flock, lock", locks },
	{ "fadvise, readahead", advice },
	{ "sendfile out of it", send_out },
	{ "sendfile into it", send_in },
	{ "splice out of it", splice_out },
	{ "splice into it", splice_in },
	{ "poll, select", polls },
	{ "epoll_ctl", epoll },
	{ NULL, NULL },
};
