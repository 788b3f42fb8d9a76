// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * syscall(2).  Some programs call getrandom by its number, Python's
 * os.getrandom for one.  All other numbers are passed on by what libc itself
 * does: no frame, no register touched, so that the calls which depend on it
 * (clone, vfork) go on as they did.
 */

#include "internal.h"
#include "kernelcall.h"

#include <errno.h>

#define STRING(x) #x
#define EXPAND(x) STRING(x)

/* Called by the code below. */
long lrng_syscall_failed(long result);

long lrng_syscall_failed(long result)
{
	errno = (int)-result;
	return -1;
}

/* clang-format off */
#if defined(__x86_64__)

__asm__(".text\n"
	".p2align 4\n"
	".globl syscall\n"
	".type syscall, @function\n"
	"syscall:\n"
	"	.cfi_startproc\n"
	"	endbr64\n"
	"	cmp $" EXPAND(__NR_getrandom) ", %rdi\n"
	"	je 1f\n"
	"	mov %rdi, %rax\n"
	"	mov %rsi, %rdi\n"
	"	mov %rdx, %rsi\n"
	"	mov %rcx, %rdx\n"
	"	mov %r8, %r10\n"
	"	mov %r9, %r8\n"
	"	mov 8(%rsp), %r9\n"
	"	syscall\n"
	"	cmp $-4095, %rax\n"
	"	jae 2f\n"
	"	ret\n"
	"1:	mov %rsi, %rdi\n"
	"	mov %rdx, %rsi\n"
	"	mov %ecx, %edx\n"
	"	jmp entry_getrandom\n"
	"2:	mov %rax, %rdi\n"
	"	jmp lrng_syscall_failed\n"
	"	.cfi_endproc\n"
	".size syscall, . - syscall\n");

#elif defined(__aarch64__)

__asm__(".text\n"
	".p2align 4\n"
	".globl syscall\n"
	".type syscall, %function\n"
	"syscall:\n"
	"	.cfi_startproc\n"
	"	hint #34\n" /* bti c */
	"	cmp x0, #" EXPAND(__NR_getrandom) "\n"
	"	b.eq 1f\n"
	"	mov x8, x0\n"
	"	mov x0, x1\n"
	"	mov x1, x2\n"
	"	mov x2, x3\n"
	"	mov x3, x4\n"
	"	mov x4, x5\n"
	"	mov x5, x6\n"
	"	svc 0\n"
	"	cmn x0, #4095\n"
	"	b.cs 2f\n"
	"	ret\n"
	"1:	mov x0, x1\n"
	"	mov x1, x2\n"
	"	mov w2, w3\n"
	"	b entry_getrandom\n"
	"2:	b lrng_syscall_failed\n"
	"	.cfi_endproc\n"
	".size syscall, . - syscall\n");

#endif
/* clang-format on */
