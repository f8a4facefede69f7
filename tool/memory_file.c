// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A memory that is a file: an image, or what a driver makes of a part, which knows its addresses.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "text.h"

static int file_read(struct memory *memory, unsigned int offset, void *buffer, size_t length)
{
	ssize_t count;

	for (; length; length -= (size_t)count, offset += (unsigned int)count) {
		count = pread(memory->fd, buffer, length, offset);
		if (count < 0)
			return -errno;
		if (!count)
			return -EIO;
		buffer = (char *)buffer + count;
	}
	return 0;
}

static int file_write(struct memory *memory, unsigned int offset, const void *data, size_t length)
{
	ssize_t count = pwrite(memory->fd, data, length, offset);

	if (count < 0)
		return -errno;
	return (size_t)count == length ? 0 : -EIO;
}

static void file_close(struct memory *memory)
{
	close(memory->fd);
}

static const struct memory_type type = {
	.read = file_read,
	.write = file_write,
	.close = file_close,
};

/**
 * memory_file_open() - open a file as a memory
 * @memory: filled
 * @path: the file
 * @writing: for writing, too
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code memory_file_open(struct memory *memory, const char *path, bool writing)
{
	struct stat status;

	text_copy(memory->name, sizeof(memory->name), path);
	memory->type = &type;
	memory->page = MEMORY_PAGE_MAX;
	memory->fd = open(path, (writing ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (memory->fd < 0 || fstat(memory->fd, &status)) {
		enum exit_code code = exit_code_of_error(-errno);

		text_complain("%s: %s", path, strerror(errno));
		if (memory->fd >= 0)
			close(memory->fd);
		return code;
	}
	if (!S_ISREG(status.st_mode)) {
		text_complain("%s: it is no file that has bytes at places", path);
		close(memory->fd);
		return EXIT_CODE_FAILED;
	}
	memory->size =
		status.st_size < MEMORY_SIZE_MAX ? (unsigned int)status.st_size : MEMORY_SIZE_MAX;
	return EXIT_CODE_OK;
}
