/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls without libc: they leave errno alone, are no cancellation
 * points, and nobody else's preloaded library answers them.  The result is
 * the kernel's: -errno for an error.
 */
#ifndef LRNG_KERNELCALL_H
#define LRNG_KERNELCALL_H

#include <sys/syscall.h>

#if defined(__x86_64__) && !defined(__ILP32__)

static inline long kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__) && !defined(__ILP32__)

static inline long kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}

#else
#error "x86-64 and arm64 only"
#endif

#define kernel_call1(number, a) kernel_call(number, (long)(a), 0, 0, 0, 0, 0)
#define kernel_call2(number, a, b) kernel_call(number, (long)(a), (long)(b), 0, 0, 0, 0)
#define kernel_call3(number, a, b, c) kernel_call(number, (long)(a), (long)(b), (long)(c), 0, 0, 0)

#endif
