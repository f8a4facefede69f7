// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading and writing blobs. What is written is either there as a whole or not at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "blob.h"

/* No device tree is near this size; a file without end is not worth our memory. */
#define BLOB_SIZE_MAX (16 << 20)
#define BLOB_STEP 65536

static int read_all(struct blob *blob, int fd)
{
	size_t room = 0;
	ssize_t count;
	void *grown;

	for (;;) {
		if (blob->size == room) {
			room = room ? 2 * room : BLOB_STEP;
			grown = realloc(blob->bytes, room);
			if (!grown)
				return -ENOMEM;
			blob->bytes = grown;
		}
		count = read(fd, (char *)blob->bytes + blob->size, room - blob->size);
		if (count < 0)
			return -errno;
		if (!count)
			return 0;
		blob->size += (size_t)count;
		if (blob->size > BLOB_SIZE_MAX)
			return -EFBIG;
	}
}

/**
 * blob_read() - read a file
 * @blob: filled, to be given to blob_free() also after an error
 * @path: the file
 *
 * Return: 0, -EFBIG for a file that no device tree can be, or another negative errno.
 */
int blob_read(struct blob *blob, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret;

	*blob = (struct blob){};
	if (fd < 0)
		return -errno;
	ret = read_all(blob, fd);
	close(fd);
	return ret;
}

static int write_all(const struct blob *blob, int fd)
{
	const char *bytes = blob->bytes;
	size_t done = 0;
	ssize_t count;

	while (done < blob->size) {
		count = write(fd, bytes + done, blob->size - done);
		if (count < 0)
			return -errno;
		done += (size_t)count;
	}
	return 0;
}

/* What is no file of its own, as a pipe, cannot be replaced by one. */
static int write_through(const struct blob *blob, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -errno;
	ret = write_all(blob, fd);
	return close(fd) && !ret ? -errno : ret;
}

static int write_beside(const struct blob *blob, const char *path, char *beside)
{
	int fd = mkostemp(beside, O_CLOEXEC);
	mode_t mask = umask(0);
	int ret;

	umask(mask);
	if (fd < 0)
		return -errno;
	ret = write_all(blob, fd);
	if (!ret && (fchmod(fd, 0666 & ~mask) || fsync(fd)))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (!ret && rename(beside, path))
		ret = -errno;
	if (ret)
		unlink(beside);
	return ret;
}

/**
 * blob_write() - write a file
 * @blob: its content
 * @path: the file; one that is there already is replaced, and on failure it stays as it was
 *
 * Return: 0 or a negative errno.
 */
int blob_write(const struct blob *blob, const char *path)
{
	struct stat status;
	char *beside;
	int ret;

	if (!stat(path, &status) && !S_ISREG(status.st_mode))
		return write_through(blob, path);
	if (asprintf(&beside, "%s.XXXXXX", path) < 0)
		return -ENOMEM;
	ret = write_beside(blob, path, beside);
	free(beside);
	return ret;
}

/**
 * blob_free() - free the bytes
 * @blob: the blob; empty afterwards
 */
void blob_free(struct blob *blob)
{
	free(blob->bytes);
	*blob = (struct blob){};
}
