// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * System calls on a device file, for the checks that a shell cannot make.
 * Every command prints what happened; the scripts judge it.
 */

#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tool.h"

static void wait_for_line(void)
{
	int c;

	do {
		c = getchar();
	} while (c != '\n' && c != EOF);
}

/* "data HEX", "bytes N" for long reads, or the name of the error. */
static void print_result(ssize_t result, int error, const unsigned char *data)
{
	char hex[2 * 64 + 1] = "";

	if (result < 0) {
		printf("%s\n", strerrorname_np(error));
	} else if (result > 64) {
		printf("bytes %zd\n", result);
	} else {
		for (ssize_t i = 0; i < result; i++)
			sprintf(hex + 2 * i, "%02x", data[i]);
		printf("data %s\n", hex);
	}
	fflush(stdout);
}

static void read_and_print(int fd, size_t size)
{
	unsigned char *data = allocate(size);
	ssize_t result = read(fd, data, size);

	print_result(result, errno, data);
	free(data);
}

/* park FILE READERS BYTES: that many threads with a descriptor each read once; one line a reader, at the end. */
struct parked {
	pthread_t thread;
	const char *path;
	size_t size;
	ssize_t result;
	int error;
	unsigned char data[64];
};

static void *parked_reader(void *argument)
{
	struct parked *reader = argument;
	int fd = open_file(reader->path, O_RDONLY);

	reader->result = read(fd, reader->data, reader->size);
	reader->error = errno;
	close(fd);
	return NULL;
}

static int park(char **arguments)
{
	size_t count = strtoul(arguments[1], NULL, 10), size = strtoul(arguments[2], NULL, 10);
	struct parked *readers = allocate(count * sizeof(*readers));
	pthread_attr_t attributes;

	if (size > sizeof(readers->data))
		size = sizeof(readers->data);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 64 * 1024);
	for (size_t i = 0; i < count; i++) {
		readers[i].path = arguments[0];
		readers[i].size = size;
		errno = pthread_create(&readers[i].thread, &attributes, parked_reader, &readers[i]);
		if (errno)
			die("pthread_create");
	}
	for (size_t i = 0; i < count; i++) {
		pthread_join(readers[i].thread, NULL);
		print_result(readers[i].result, readers[i].error, readers[i].data);
	}
	return 0;
}

/* hammer SECONDS FILE BYTES [FILE BYTES]...: a thread for each pair reads all the time; looks for short reads and for
 * blocks of 16 bytes that came twice. */
#define BLOCK 16
#define WHOLE_BYTES (4 << 20) /* of each thread; of later reads only the ends are kept */
#define BLOCKS_EACH (1 << 19)

struct hammer {
	pthread_t thread;
	const char *path;
	size_t size, reads, wrong, blocks;
	double end;
	unsigned char *kept;
};

static void keep(struct hammer *hammer, const unsigned char *data, size_t size)
{
	for (size_t i = 0; i + BLOCK <= size && hammer->blocks < BLOCKS_EACH; i += BLOCK)
		memcpy(hammer->kept + BLOCK * hammer->blocks++, data + i, BLOCK);
}

static void *hammer_reader(void *argument)
{
	struct hammer *hammer = argument;
	unsigned char *data = allocate(hammer->size);
	int fd = open_file(hammer->path, O_RDONLY);

	for (; now_ms() < hammer->end; hammer->reads++) {
		if (read(fd, data, hammer->size) != (ssize_t)hammer->size) {
			hammer->wrong++;
		} else if (hammer->reads * hammer->size < WHOLE_BYTES) {
			keep(hammer, data, hammer->size);
		} else {
			keep(hammer, data, BLOCK);
			keep(hammer, data + hammer->size - BLOCK, BLOCK);
		}
	}
	close(fd);
	free(data);
	return NULL;
}

static int compare_blocks(const void *left, const void *right)
{
	return memcmp(left, right, BLOCK);
}

static size_t duplicates(unsigned char *blocks, size_t count)
{
	size_t found = 0;

	qsort(blocks, count, BLOCK, compare_blocks);
	for (size_t i = 1; i < count; i++)
		found += !memcmp(blocks + BLOCK * i, blocks + BLOCK * (i - 1), BLOCK);
	return found;
}

static int hammer(char **arguments, int count)
{
	size_t threads = (size_t)(count - 1) / 2, reads = 0, wrong = 0, blocks = 0;
	struct hammer *hammers = allocate(threads * sizeof(*hammers));
	unsigned char *kept = allocate(threads * BLOCKS_EACH * BLOCK);
	double end = now_ms() + 1e3 * atof(arguments[0]);

	for (size_t i = 0; i < threads; i++) {
		hammers[i].path = arguments[1 + 2 * i];
		hammers[i].size = strtoul(arguments[2 + 2 * i], NULL, 10);
		hammers[i].end = end;
		hammers[i].kept = allocate(BLOCKS_EACH * BLOCK);
		errno = pthread_create(&hammers[i].thread, NULL, hammer_reader, &hammers[i]);
		if (errno)
			die("pthread_create");
	}
	for (size_t i = 0; i < threads; i++) {
		pthread_join(hammers[i].thread, NULL);
		reads += hammers[i].reads;
		wrong += hammers[i].wrong;
		memcpy(kept + BLOCK * blocks, hammers[i].kept, BLOCK * hammers[i].blocks);
		blocks += hammers[i].blocks;
	}
	printf("reads %zu wrong %zu blocks %zu duplicates %zu\n", reads, wrong, blocks, duplicates(kept, blocks));
	return 0;
}

/* poll FILE MILLISECONDS in|out|both: waits for these events and prints those that came. */
static int poll_file(char **arguments)
{
	int wanted = !strcmp(arguments[2], "in") ? POLLIN : !strcmp(arguments[2], "out") ? POLLOUT : POLLIN | POLLOUT;
	struct pollfd file = { .fd = open_file(arguments[0], O_RDWR), .events = (short)wanted };

	if (poll(&file, 1, atoi(arguments[1])) < 0)
		die("poll");
	printf("events%s%s%s\n", file.revents & POLLIN ? " in" : "", file.revents & POLLOUT ? " out" : "",
	       file.revents & (POLLERR | POLLHUP | POLLNVAL) ? " error" : "");
	return 0;
}

/* Waits until the file is writable. */
static void await_writable(int fd, const char *way)
{
	struct pollfd file = { .fd = fd, .events = POLLOUT };
	struct epoll_event event = { .events = EPOLLOUT };
	int set;
	fd_set files;

	if (!strcmp(way, "poll")) {
		if (poll(&file, 1, -1) != 1)
			die("poll");
	} else if (!strcmp(way, "select")) {
		FD_ZERO(&files);
		FD_SET(fd, &files);
		if (select(fd + 1, NULL, &files, NULL, NULL) != 1)
			die("select");
	} else {
		set = epoll_create1(EPOLL_CLOEXEC);
		if (set < 0 || epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) || epoll_wait(set, &event, 1, -1) != 1)
			die("epoll");
		close(set);
	}
}

/* feeder FILE poll|select|epoll TIMES: waits to be asked and writes something, so many times. */
static int feeder(char **arguments)
{
	int fd = open_file(arguments[0], O_RDWR);
	struct pollfd file = { .fd = fd, .events = POLLOUT };

	for (int left = atoi(arguments[2]); left > 0; left--) {
		/* The first look is what an invitation counts from. */
		if (poll(&file, 1, 0) < 0)
			die("poll");
		puts("waits");
		fflush(stdout);
		await_writable(fd, arguments[1]);
		puts("woken");
		fflush(stdout);
		if (write(fd, arguments, 16) != 16)
			die("write");
	}
	return 0;
}

static void print_events(const char *when, int events)
{
	printf("%s%s%s\n", when, events & POLLIN ? " in" : "", events & POLLOUT ? " out" : "");
	fflush(stdout);
}

/* invitation FILE: what poll says before a line of stdin, after it, again, by epoll, and after a write. */
static int invitation(char **arguments)
{
	struct pollfd file = { .fd = open_file(arguments[0], O_RDWR), .events = POLLIN | POLLOUT };
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT };
	int set = epoll_create1(EPOLL_CLOEXEC);
	static const char *const times[] = { "before", "invited", "again" };

	for (int i = 0; i < 3; i++) {
		if (i == 1)
			wait_for_line();
		if (poll(&file, 1, 0) < 0)
			die("poll");
		print_events(times[i], file.revents);
	}
	if (epoll_ctl(set, EPOLL_CTL_ADD, file.fd, &event) || epoll_wait(set, &event, 1, 0) != 1)
		die("epoll");
	print_events("epoll", (int)event.events);
	if (write(file.fd, "16 bytes of data", 16) != 16 || poll(&file, 1, 0) < 0)
		die("write");
	print_events("after a write", file.revents);
	return 0;
}

static void switch_nonblock(int fd, int on)
{
	int flags = fcntl(fd, F_GETFL);

	if (fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK))
		die("fcntl");
}

/* fcntl FILE: four reads of one descriptor, O_NONBLOCK on, off, on, off; an alarm ends those that wait. */
static int fcntl_file(char **arguments)
{
	int fd = open_file(arguments[0], O_RDONLY);

	handle(SIGALRM);
	for (int i = 0; i < 4; i++) {
		switch_nonblock(fd, i % 2 == 0);
		/* Repeated, should the first come before the read. */
		struct itimerval timer = { .it_interval = { 1, 0 }, .it_value = { 1, 0 } };
		setitimer(ITIMER_REAL, &timer, NULL);
		read_and_print(fd, 32);
	}
	return 0;
}

/* eintr FILE BYTES [sync]: reads; a line on stdin sends the reader a signal. Prints the result, and how long it took. */
static pthread_t interrupted;
static double sent;

static void *interrupter(void *argument)
{
	(void)argument;
	wait_for_line();
	sent = now_ms();
	pthread_kill(interrupted, SIGUSR1);
	return NULL;
}

static int eintr(char **arguments, int count)
{
	int fd = open_file(arguments[0], O_RDONLY | (count > 2 ? O_SYNC : 0));
	size_t size = strtoul(arguments[1], NULL, 10);
	unsigned char *data = allocate(size);
	pthread_t thread;
	ssize_t result;
	double returned;
	int error;

	handle(SIGUSR1);
	interrupted = pthread_self();
	pthread_create(&thread, NULL, interrupter, NULL);
	result = read(fd, data, size);
	error = errno;
	returned = now_ms();
	pthread_join(thread, NULL);
	print_result(result, error, data);
	printf("ms %.0f\n", returned - sent);
	return 0;
}

/* signal PID NAME: sends it and prints how many milliseconds the process lived on. */
static int signal_process(char **arguments)
{
	pid_t pid = atoi(arguments[0]);
	int number = !strcmp(arguments[1], "KILL") ? SIGKILL : !strcmp(arguments[1], "INT") ? SIGINT : SIGTERM;
	struct pollfd file = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	double start = now_ms();

	if (file.fd < 0 || kill(pid, number))
		die("kill");
	if (poll(&file, 1, 20000) != 1)
		printf("ms never\n");
	else
		printf("ms %.0f\n", now_ms() - start);
	return 0;
}

/* interruptible COMMAND...: a background process of a shell starts with SIGINT ignored; this undoes it. */
static int interruptible(char **arguments)
{
	signal(SIGINT, SIG_DFL);
	execvp(arguments[0], arguments);
	die(arguments[0]);
	return 1;
}

/* share FILE: two children read 32 bytes each from one shared descriptor. */
static int share(char **arguments)
{
	int fd = open_file(arguments[0], O_RDONLY);

	for (int i = 0; i < 2; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			read_and_print(fd, 32);
			_exit(0);
		}
		fprintf(stderr, "pid %d\n", pid);
	}
	while (wait(NULL) > 0)
		;
	return 0;
}

/* read FILE BYTES FLAG...: one read(2); flags are sync, dsync and nonblock (dd opens with O_SYNC for its own "dsync"). */
static int read_file(char **arguments, int count)
{
	int flags = O_RDONLY;

	for (int i = 2; i < count; i++) {
		if (!strcmp(arguments[i], "sync"))
			flags |= O_SYNC;
		else if (!strcmp(arguments[i], "dsync"))
			flags |= O_DSYNC;
		else if (!strcmp(arguments[i], "nonblock"))
			flags |= O_NONBLOCK;
	}
	read_and_print(open_file(arguments[0], flags), strtoul(arguments[1], NULL, 10));
	return 0;
}

/* hold FILE: reads, waits for a line, reads again. */
static int hold(char **arguments)
{
	int fd = open_file(arguments[0], O_RDONLY);

	read_and_print(fd, 32);
	wait_for_line();
	read_and_print(fd, 32);
	close(fd);
	return 0;
}

/* To open(2) the kernel knows that a file of a mount has no size; by a write it believes that it has grown. */
static void grow(int fd)
{
	unsigned char data[4096] = { 0 };

	if (write(fd, data, sizeof(data)) != sizeof(data))
		die("write");
}

/* sendfile FILE: out of two open files into a pipe, before the file was written to and afterwards. */
static int send_file(char **arguments)
{
	int fds[2] = { open_file(arguments[0], O_RDWR), open_file(arguments[0], O_RDWR) };
	unsigned char data[32];
	int ends[2];

	if (pipe2(ends, O_NONBLOCK))
		die("pipe");
	for (int i = 0; i < 4; i++) {
		ssize_t result = sendfile(ends[1], fds[i % 2], NULL, sizeof(data));
		int error = errno;

		if (result > 0 && read(ends[0], data, (size_t)result) != result)
			die("read");
		print_result(result, error, data);
		if (i == 1)
			grow(fds[0]);
	}
	return 0;
}

/* mmap FILE: private and shared, touching the first byte, before the file was written to and afterwards. */
static sigjmp_buf before_touch;

static void on_bus_error(int number)
{
	(void)number;
	siglongjmp(before_touch, 1);
}

static int map_file(char **arguments)
{
	int fd = open_file(arguments[0], O_RDWR);

	signal(SIGBUS, on_bus_error);
	for (int i = 0; i < 4; i++) {
		volatile unsigned char *page;

		if (i == 2)
			grow(fd);
		page = mmap(NULL, 4096, PROT_READ, i % 2 ? MAP_SHARED : MAP_PRIVATE, fd, 0);
		if (page == MAP_FAILED)
			printf("%s\n", strerrorname_np(errno));
		else if (sigsetjmp(before_touch, 1))
			printf("SIGBUS\n");
		else
			printf("byte %02x\n", page[0]);
	}
	return 0;
}

/* lseek FILE */
static int seek_file(char **arguments)
{
	off_t place = lseek(open_file(arguments[0], O_RDONLY), 16, SEEK_SET);

	if (place < 0)
		printf("%s\n", strerrorname_np(errno));
	else
		printf("at %lld\n", (long long)place);
	return 0;
}

/* pread FILE OFFSET BYTES: what is there, as it is. */
static int read_at(char **arguments)
{
	size_t size = strtoul(arguments[2], NULL, 10);
	unsigned char *data = allocate(size);
	ssize_t result = pread(open_file(arguments[0], O_RDONLY), data, size, atol(arguments[1]));

	if (result < 0)
		die("pread");
	fwrite(data, 1, (size_t)result, stdout);
	return 0;
}

/* open FILE read|write|both|truncate|resize: whether it can be opened so, or truncated without opening it. */
static int open_as(char **arguments)
{
	int flags = !strcmp(arguments[1], "write") ? O_WRONLY :
		    !strcmp(arguments[1], "both") ? O_RDWR :
		    !strcmp(arguments[1], "truncate") ? O_RDONLY | O_TRUNC : O_RDONLY;

	int result = !strcmp(arguments[1], "resize") ? truncate(arguments[0], 0) : open(arguments[0], flags);

	puts(result < 0 ? strerrorname_np(errno) : "open");
	return 0;
}

/* write FILE BYTES: one write(2). */
static int write_file(char **arguments)
{
	size_t size = strtoul(arguments[1], NULL, 10);
	ssize_t result = write(open_file(arguments[0], O_WRONLY), allocate(size ? size : 1), size);

	if (result < 0)
		printf("%s\n", strerrorname_np(errno));
	else
		printf("bytes %zd\n", result);
	return 0;
}

int main(int count, char **arguments)
{
	static const struct {
		const char *name;
		int least;
		int (*run)(char **);
		int (*run_counted)(char **, int);
	} commands[] = {
		{ "park", 3, park, NULL },
		{ "hammer", 3, NULL, hammer },
		{ "poll", 3, poll_file, NULL },
		{ "feeder", 3, feeder, NULL },
		{ "invitation", 1, invitation, NULL },
		{ "fcntl", 1, fcntl_file, NULL },
		{ "eintr", 2, NULL, eintr },
		{ "signal", 2, signal_process, NULL },
		{ "interruptible", 1, interruptible, NULL },
		{ "share", 1, share, NULL },
		{ "read", 2, NULL, read_file },
		{ "hold", 1, hold, NULL },
		{ "sendfile", 1, send_file, NULL },
		{ "mmap", 1, map_file, NULL },
		{ "lseek", 1, seek_file, NULL },
		{ "pread", 3, read_at, NULL },
		{ "open", 2, open_as, NULL },
		{ "write", 2, write_file, NULL },
	};

	for (size_t i = 0; count > 1 && i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(arguments[1], commands[i].name) || count - 2 < commands[i].least)
			continue;
		return commands[i].run ? commands[i].run(arguments + 2) :
					 commands[i].run_counted(arguments + 2, count - 2);
	}
	fprintf(stderr, "devtool: bad usage\n");
	return 2;
}
