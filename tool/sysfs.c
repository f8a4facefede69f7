// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading and writing sysfs. Everything hangs off one directory that is opened once, so that a
 * tree in any place serves as well as /sys: for tests, and for a copy of another machine's.
 *
 * A connector or a device may vanish between any two calls; each of them then says so by its errno.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "sysfs.h"

/* No board has this many of anything; a directory that has is not worth our memory. */
#define LIST_MAX 4096

/**
 * sysfs_open_class() - open the class directory
 * @sysroot: directory that has sys/ in it, "/" on the running system
 *
 * Return: a file descriptor, to be closed; -ENOENT when there is no plugtree class; another negative
 * errno.
 */
int sysfs_open_class(const char *sysroot)
{
	int root = open(sysroot, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int class;

	if (root < 0)
		return -errno;
	class = sysfs_open_directory(root, "sys/class/plugtree");
	close(root);
	return class;
}

/**
 * sysfs_open_directory() - open a directory
 * @directory: the directory it is in
 * @name: its name
 *
 * Return: a file descriptor, to be closed, or a negative errno.
 */
int sysfs_open_directory(int directory, const char *name)
{
	int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/**
 * sysfs_is_live() - is this the kernel's sysfs, not a copy of it?
 * @directory: any directory in it
 *
 * Return: true when the kernel notifies about changes in it.
 */
bool sysfs_is_live(int directory)
{
	struct statfs fs;

	return !fstatfs(directory, &fs) && fs.f_type == SYSFS_MAGIC;
}

static int compare_names(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

static int list_append(char ***names, size_t *count, const char *name)
{
	char **grown = reallocarray(*names, *count + 1, sizeof(**names));

	if (!grown)
		return -ENOMEM;
	*names = grown;
	grown[*count] = strdup(name);
	if (!grown[*count])
		return -ENOMEM;
	(*count)++;
	return 0;
}

/**
 * sysfs_list() - the names in a directory, in order, without hidden ones
 * @directory: the directory
 * @names: the names, to be freed with sysfs_free_list()
 * @count: how many there are
 *
 * Return: 0; -E2BIG when there are absurdly many; another negative errno. There is nothing to free
 * after an error.
 */
int sysfs_list(int directory, char ***names, size_t *count)
{
	int fd = sysfs_open_directory(directory, ".");
	struct dirent *entry;
	DIR *stream;
	int ret = 0;

	*names = NULL;
	*count = 0;
	if (fd < 0)
		return fd;
	stream = fdopendir(fd);
	if (!stream) {
		ret = -errno;
		close(fd);
		return ret;
	}
	while (!ret && (entry = readdir(stream))) {
		if (entry->d_name[0] == '.')
			continue;
		ret = *count < LIST_MAX ? list_append(names, count, entry->d_name) : -E2BIG;
	}
	closedir(stream);
	if (ret) {
		sysfs_free_list(*names, *count);
		*names = NULL;
		*count = 0;
		return ret;
	}
	if (*count)
		qsort(*names, *count, sizeof(**names), compare_names);
	return 0;
}

/**
 * sysfs_free_list() - free what sysfs_list() gave
 * @names: the names
 * @count: how many there are
 */
void sysfs_free_list(char **names, size_t count)
{
	while (count)
		free(names[--count]);
	free(names);
}

/**
 * sysfs_read() - read an attribute
 * @directory: the directory it is in
 * @attribute: its name
 * @text: where the value goes, NUL-terminated and without its last newline; what does not fit is
 *	cut off, and so is what follows a NUL; empty after an error
 * @size: size of @text in bytes, at least 1
 *
 * Return: 0 or a negative errno.
 */
int sysfs_read(int directory, const char *attribute, char *text, size_t size)
{
	/* A named pipe in a made-up tree must not hold us up. */
	int fd = openat(directory, attribute, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	size_t length = 0;
	ssize_t got;

	*text = '\0';
	if (fd < 0)
		return -errno;
	do {
		got = pread(fd, text + length, size - 1 - length, (off_t)length);
		if (got < 0) {
			got = -errno;
			close(fd);
			*text = '\0';
			return (int)got;
		}
		length += (size_t)got;
	} while (got && length < size - 1);
	close(fd);
	text[length] = '\0';
	length = strlen(text);
	if (length && text[length - 1] == '\n')
		text[length - 1] = '\0';
	return 0;
}

/**
 * sysfs_read_number() - read an attribute that is a decimal counter
 * @directory: the directory it is in
 * @attribute: its name
 * @number: the value; -1 after an error
 *
 * Return: 0; -EINVAL when it is not a number; another negative errno.
 */
int sysfs_read_number(int directory, const char *attribute, long long *number)
{
	char text[32];
	char *end;
	int ret = sysfs_read(directory, attribute, text, sizeof(text));

	*number = -1;
	if (ret)
		return ret;
	errno = 0;
	if (text[0] >= '0' && text[0] <= '9')
		*number = strtoll(text, &end, 10);
	if (*number < 0 || errno || *end) {
		*number = -1;
		return -EINVAL;
	}
	return 0;
}

/**
 * sysfs_read_link() - where a symlink points
 * @directory: the directory it is in
 * @link: its path from there
 * @target: where its target goes, NUL-terminated; empty after an error
 * @size: size of @target in bytes
 *
 * Return: 0; -ENAMETOOLONG when it does not fit; another negative errno.
 */
int sysfs_read_link(int directory, const char *link, char *target, size_t size)
{
	ssize_t length = readlinkat(directory, link, target, size);
	int ret = length < 0 ? -errno : 0;

	if (!ret && (size_t)length == size)
		ret = -ENAMETOOLONG;
	target[ret ? 0 : length] = '\0';
	return ret;
}

/**
 * sysfs_write() - write an attribute, in one go
 * @directory: the directory it is in
 * @attribute: its name
 * @value: what to write
 *
 * Return: 0 or a negative errno; whatever the kernel made of the value is its answer.
 */
int sysfs_write(int directory, const char *attribute, const char *value)
{
	int fd = openat(directory, attribute, O_WRONLY | O_TRUNC | O_NONBLOCK | O_CLOEXEC);
	size_t length = strlen(value);
	ssize_t written;
	int ret = 0;

	if (fd < 0)
		return -errno;
	written = write(fd, value, length);
	if (written < 0)
		ret = -errno;
	else if ((size_t)written != length)
		ret = -EIO;
	close(fd);
	return ret;
}
