// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * switchtool SECONDS SWITCHES RANDOM URANDOM SOCKET DRNG[,DRNG]... HASH[,HASH]...
 *
 * Switches DRNG and hash in turn while everybody reads: a thread on each CPU reads urandom, others random, random with O_SYNC and LRNG's
 * text of the status. Ends when so many seconds are over and so many switches are made. Prints what was done; any refusal, error
 * or short read ends it at once with 1.
 */

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tool.h"

#define LARGEST 131072
#define RESISTANT 41
#define REPLY 65536

enum role { URANDOM, RANDOM, SYNC, STATUS, ROLES };

static const char *const role_names[ROLES] = { "urandom", "random", "resistant", "status" };

struct reader {
	pthread_t thread;
	enum role role;
	int cpu;
	unsigned long requests;
};

static const char *random_path, *urandom_path, *socket_path;
static atomic_int over;

static void fail(const char *what, long got)
{
	fprintf(stderr, "switchtool: %s: %ld (%s)\n", what, got, strerror(errno));
	exit(1);
}

static int connect_daemon(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		die("socket");
	if (strlen(socket_path) >= sizeof(address.sun_path))
		fail("path of the socket is too long", (long)strlen(socket_path));
	strcpy(address.sun_path, socket_path);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)))
		die(socket_path);
	return fd;
}

static void receive(int fd, void *data, size_t bytes)
{
	ssize_t got = recv(fd, data, bytes, MSG_WAITALL);

	if (got != (ssize_t)bytes)
		fail("the control socket gives less than a frame", (long)got);
}

/* A request and its reply: a length of four bytes, little endian as this machine, and JSON. */
static const char *ask(int fd, const char *request, char *reply)
{
	uint32_t length = (uint32_t)strlen(request);

	if (send(fd, &length, sizeof(length), MSG_NOSIGNAL) != sizeof(length) ||
	    send(fd, request, length, MSG_NOSIGNAL) != (ssize_t)length)
		die("send");
	receive(fd, &length, sizeof(length));
	if (length >= REPLY)
		fail("the reply is too long", (long)length);
	receive(fd, reply, length);
	reply[length] = '\0';
	if (strstr(reply, "\"error\"")) {
		fprintf(stderr, "switchtool: %s\n%s\n", request, reply);
		exit(1);
	}
	return reply;
}

static void set(int fd, const char *key, const char *value, char *reply)
{
	char request[256];

	snprintf(request, sizeof(request), "{\"schema\":1,\"command\":\"set\",\"key\":\"%s\",\"value\":\"%s\"}", key, value);
	ask(fd, request, reply);
}

static void read_status(int fd, char *reply)
{
	if (!strstr(ask(fd, "{\"schema\":1,\"command\":\"lrng_type\"}", reply), "LRNG fully seeded: true"))
		fail("the generator is not fully seeded", 0);
}

static void read_all(int fd, unsigned char *data, size_t bytes)
{
	static const unsigned char zeros[RESISTANT];
	ssize_t got = read(fd, data, bytes);

	if (got != (ssize_t)bytes)
		fail("a read is short", (long)got);
	if (bytes >= RESISTANT && !memcmp(data, zeros, RESISTANT))
		fail("a read gives zeros", (long)bytes);
}

static int open_for(enum role role)
{
	switch (role) {
	case URANDOM:
		return open_file(urandom_path, O_RDONLY);
	case SYNC:
		return open_file(random_path, O_RDONLY | O_SYNC);
	case RANDOM:
		return open_file(random_path, O_RDONLY);
	default:
		return connect_daemon();
	}
}

static void *run_reader(void *argument)
{
	static const size_t sizes[] = { RESISTANT, 16, 4096, LARGEST, 48, 10000 };
	struct reader *reader = argument;
	unsigned char *data = allocate(LARGEST);
	char *reply = allocate(REPLY);
	int fd = open_for(reader->role);

	if (reader->cpu >= 0) {
		cpu_set_t cpus;

		CPU_ZERO(&cpus);
		CPU_SET((size_t)reader->cpu, &cpus);
		if (sched_setaffinity(0, sizeof(cpus), &cpus))
			die("sched_setaffinity");
	}
	while (!atomic_load(&over)) {
		if (reader->role == STATUS)
			read_status(fd, reply);
		else if (reader->role == SYNC)
			read_all(fd, data, RESISTANT);
		else
			read_all(fd, data, sizes[reader->requests % (sizeof(sizes) / sizeof(sizes[0]))]);
		reader->requests++;
	}
	close(fd);
	free(data);
	free(reply);
	return NULL;
}

/* next LIST POSITION: the name at the position and the position after it, which is 0 behind the last. */
static size_t next(const char *list, size_t position, char *name, size_t room)
{
	size_t length = strcspn(list + position, ",");

	if (length >= room)
		fail("a name is too long", (long)length);
	memcpy(name, list + position, length);
	name[length] = '\0';
	return list[position + length] ? position + length + 1 : 0;
}

static unsigned long switch_all(double seconds, unsigned long least, const char *drngs, const char *hashes)
{
	double end = now_ms() + seconds * 1e3;
	char name[64], *reply = allocate(REPLY);
	size_t drng = 0, hash = 0;
	unsigned long switches = 0;
	int fd = connect_daemon();

	while (switches < least || now_ms() < end) {
		drng = next(drngs, drng, name, sizeof(name));
		set(fd, "drng", name, reply);
		hash = next(hashes, hash, name, sizeof(name));
		set(fd, "hash", name, reply);
		switches++;
	}
	close(fd);
	free(reply);
	return switches;
}

static int add(struct reader *readers, int count, enum role role, int cpu)
{
	readers[count].role = role;
	readers[count].cpu = cpu;
	if (pthread_create(&readers[count].thread, NULL, run_reader, &readers[count]))
		die("pthread_create");
	return count + 1;
}

int main(int argc, char **argv)
{
	int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN), count = 0;
	struct reader *readers = allocate(sizeof(*readers) * (size_t)(cpus + 4));
	unsigned long switches, requests[ROLES] = { 0 };

	if (argc != 8) {
		fprintf(stderr, "usage: switchtool SECONDS SWITCHES RANDOM URANDOM SOCKET DRNGS HASHES\n");
		return 2;
	}
	random_path = argv[3];
	urandom_path = argv[4];
	socket_path = argv[5];
	for (int cpu = 0; cpu < cpus; cpu++)
		count = add(readers, count, URANDOM, cpu);
	count = add(readers, count, RANDOM, -1);
	count = add(readers, count, RANDOM, -1);
	count = add(readers, count, SYNC, -1);
	count = add(readers, count, STATUS, -1);
	switches = switch_all(atof(argv[1]), strtoul(argv[2], NULL, 10), argv[6], argv[7]);
	atomic_store(&over, 1);
	for (int i = 0; i < count; i++) {
		pthread_join(readers[i].thread, NULL);
		requests[readers[i].role] += readers[i].requests;
	}
	printf("switches %lu", switches);
	for (int role = 0; role < ROLES; role++)
		printf(" %s %lu", role_names[role], requests[role]);
	printf("\n");
	free(readers);
	return 0;
}
