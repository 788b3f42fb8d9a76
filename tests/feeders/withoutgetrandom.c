// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * withoutgetrandom COMMAND...: runs it with getrandom(2) answering ENOSYS, as
 * on a kernel before 3.17, so that libraries which know how to read
 * /dev/random and /dev/urandom do.  OpenSSL does on kernels since 4.8 only if
 * a segment of shared memory says that somebody waited for /dev/random before.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

/* OPENSSL_RAND_SEED_DEVRANDOM_SHM_ID of include/crypto/rand.h. */
#define SEEDED_KEY 114

int main(int argc, char **argv)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof(filter) / sizeof(filter[0]), .filter = filter };

	if (argc < 2) {
		fprintf(stderr, "usage: withoutgetrandom COMMAND...\n");
		return 2;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
		perror("withoutgetrandom: seccomp");
		return 1;
	}
	if (shmget(SEEDED_KEY, 1, IPC_CREAT | 0444) < 0) {
		perror("withoutgetrandom: shmget");
		return 1;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 1;
}
