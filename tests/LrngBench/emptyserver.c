// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * emptyserver fuse DIRECTORY | cuse NAME
 *
 * The least that a server can do, as the reference for the daemon: one thread,
 * libfuse's own loop, and reads answered with a buffer that never changes.
 */

#define FUSE_USE_VERSION 314
#include <cuse_lowlevel.h>
#include <errno.h>
#include <fuse_lowlevel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_NODE 2

static char answer[128 * 1024] __attribute__((aligned(4096)));

static void reply(fuse_req_t request, size_t size)
{
	fuse_reply_buf(request, answer, size < sizeof(answer) ? size : sizeof(answer));
}

static void cuse_open(fuse_req_t request, struct fuse_file_info *file)
{
	fuse_reply_open(request, file);
}

static void cuse_read(fuse_req_t request, size_t size, off_t offset, struct fuse_file_info *file)
{
	(void)offset;
	(void)file;
	reply(request, size);
}

static int serve_cuse(char *program, const char *name)
{
	static const struct cuse_lowlevel_ops operations = { .open = cuse_open, .read = cuse_read };
	char setting[128];
	const char *settings[] = { setting };
	struct cuse_info info = { .dev_info_argc = 1, .dev_info_argv = settings, .flags = CUSE_UNRESTRICTED_IOCTL };
	char *arguments[] = { program, (char *)"-f", (char *)"-s", NULL };

	snprintf(setting, sizeof(setting), "DEVNAME=%s", name);
	return cuse_lowlevel_main(3, arguments, &info, &operations, NULL);
}

static struct stat attributes_of(fuse_ino_t node)
{
	struct stat attributes;

	memset(&attributes, 0, sizeof(attributes));
	attributes.st_ino = node;
	attributes.st_mode = node == FILE_NODE ? S_IFREG | 0444 : S_IFDIR | 0755;
	attributes.st_nlink = 1;
	return attributes;
}

static void fuse_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	struct fuse_entry_param entry;

	(void)parent;
	if (strcmp(name, "random")) {
		fuse_reply_err(request, ENOENT);
		return;
	}
	memset(&entry, 0, sizeof(entry));
	entry.ino = FILE_NODE;
	entry.attr = attributes_of(FILE_NODE);
	entry.attr_timeout = 3600;
	entry.entry_timeout = 3600;
	fuse_reply_entry(request, &entry);
}

static void fuse_getattr(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	struct stat attributes = attributes_of(node);

	(void)file;
	fuse_reply_attr(request, &attributes, 3600);
}

static void fuse_open(fuse_req_t request, fuse_ino_t node, struct fuse_file_info *file)
{
	(void)node;
	file->direct_io = 1;
	file->nonseekable = 1;
	fuse_reply_open(request, file);
}

static void fuse_read(fuse_req_t request, fuse_ino_t node, size_t size, off_t offset, struct fuse_file_info *file)
{
	(void)node;
	(void)offset;
	(void)file;
	reply(request, size);
}

static int serve_fuse(char *program, const char *directory)
{
	static const struct fuse_lowlevel_ops operations = {
		.lookup = fuse_lookup,
		.getattr = fuse_getattr,
		.open = fuse_open,
		.read = fuse_read,
	};
	char *arguments[] = { program, NULL };
	struct fuse_args args = FUSE_ARGS_INIT(1, arguments);
	struct fuse_session *session = fuse_session_new(&args, &operations, sizeof(operations), NULL);
	int result;

	if (!session || fuse_set_signal_handlers(session) || fuse_session_mount(session, directory))
		return 1;
	result = fuse_session_loop(session);
	fuse_session_unmount(session);
	fuse_session_destroy(session);
	return result;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "cuse"))
		return serve_cuse(argv[0], argv[2]) ? 1 : 0;
	if (argc == 3 && !strcmp(argv[1], "fuse"))
		return serve_fuse(argv[0], argv[2]) ? 1 : 0;
	fprintf(stderr, "usage: emptyserver fuse DIRECTORY | cuse NAME\n");
	return 2;
}
