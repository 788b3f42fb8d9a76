// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/* The instructions that .NET does not expose: RDSEED, RDRAND and the cycle counter; RNDRRS, RNDR and CNTVCT on arm64. */

#include "lrng_shim.h"

#if defined(__x86_64__)

#include <cpuid.h>

#define LEAF1_ECX_RDRAND (1u << 30)
#define LEAF1_EDX_TSC (1u << 4)
#define LEAF7_EBX_RDSEED (1u << 18)

uint32_t lrng_shim_cpu_features(void)
{
	unsigned int eax, ebx, ecx, edx;
	uint32_t features = 0;

	if (__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
		if (ecx & LEAF1_ECX_RDRAND)
			features |= LRNG_SHIM_CPU_RDRAND;
		if (edx & LEAF1_EDX_TSC)
			features |= LRNG_SHIM_CPU_COUNTER;
	}
	if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & LEAF7_EBX_RDSEED))
		features |= LRNG_SHIM_CPU_RDSEED;
	return features;
}

int32_t lrng_shim_rdseed(uint64_t *word)
{
	unsigned char valid;

	__asm__ volatile("rdseed %0; setc %1" : "=r"(*word), "=qm"(valid) : : "cc");
	return valid;
}

int32_t lrng_shim_rdrand(uint64_t *word)
{
	unsigned char valid;

	__asm__ volatile("rdrand %0; setc %1" : "=r"(*word), "=qm"(valid) : : "cc");
	return valid;
}

uint64_t lrng_shim_cycles(void)
{
	uint32_t low, high;

	/* lfence: the reading must not drift into the work that it measures. */
	__asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return ((uint64_t)high << 32) | low;
}

#elif defined(__aarch64__)

#include <sys/auxv.h>

#ifndef HWCAP2_RNG
#define HWCAP2_RNG (1 << 16)
#endif

uint32_t lrng_shim_cpu_features(void)
{
	uint32_t features = LRNG_SHIM_CPU_COUNTER;

	if (getauxval(AT_HWCAP2) & HWCAP2_RNG)
		features |= LRNG_SHIM_CPU_RDSEED | LRNG_SHIM_CPU_RDRAND;
	return features;
}

int32_t lrng_shim_rdseed(uint64_t *word)
{
	uint32_t valid;

	/* RNDRRS: reseeded before each word */
	__asm__ volatile("mrs %0, s3_3_c2_c4_1; cset %w1, ne" : "=r"(*word), "=r"(valid) : : "cc");
	return (int32_t)valid;
}

int32_t lrng_shim_rdrand(uint64_t *word)
{
	uint32_t valid;

	/* RNDR */
	__asm__ volatile("mrs %0, s3_3_c2_c4_0; cset %w1, ne" : "=r"(*word), "=r"(valid) : : "cc");
	return (int32_t)valid;
}

uint64_t lrng_shim_cycles(void)
{
	uint64_t ticks;

	__asm__ volatile("isb; mrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
	return ticks;
}

#else
#error "no cycle counter is known for this architecture"
#endif
