/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/* What the checks of the comparison share. */
#ifndef LRNG_TEST_COMPARE_H
#define LRNG_TEST_COMPARE_H

#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../tool.h"

/*
 * One behaviour.  The check makes its system calls on the device at @path
 * and says what came of them with say().  It runs in a process of its own.
 */
struct check {
	const char *name;
	void (*run)(const char *path);
};

extern const struct check file_checks[], read_checks[], write_checks[], ioctl_checks[], async_checks[];

/* Adds words to the result of the check. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);
/* The same for what a system call returned: a number, or the name of the error in errno. */
void say_result(ssize_t result);
/* 0 or the error. */
void say_success(int result);

/* open(2), or the end of the check with the error as its result. */
int must_open(const char *path, int flags);
/* Memory that ends where nothing is mapped; @size need not be whole pages. */
unsigned char *memory_before_hole(size_t size);
/* Goes on as nobody. */
void become_nobody(void);

#endif
