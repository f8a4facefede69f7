// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests about files and directories.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lab/guest/verbs.h"

#define READ_LIMIT (1 << 20)
#define TREE "/sys/firmware/devicetree/base"

static int failed(FILE *reply, const char *what, const char *path)
{
	int error = errno;

	fprintf(reply, "cannot %s %s: %s", what, path, strerror(error));
	return -error;
}

/* Answers with the content of a file, at most READ_LIMIT bytes of it. */
int verb_read(const struct words *request, FILE *reply)
{
	const char *path = request->word[1];
	char part[4096];
	size_t total = 0;
	ssize_t got;
	int ret = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return failed(reply, "open", path);
	while (total < READ_LIMIT && (got = read(fd, part, sizeof(part))) != 0) {
		if (got < 0) {
			ret = failed(reply, "read", path);
			break;
		}
		fwrite(part, 1, got, reply);
		total += got;
	}
	close(fd);
	return ret;
}

/* Writes the text in one write(2), as sysfs wants it. */
int verb_write(const struct words *request, FILE *reply)
{
	const char *path = request->word[1], *text = request->word[2];
	int ret = 0;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return failed(reply, "open", path);
	if (write(fd, text, strlen(text)) < 0)
		ret = failed(reply, "write", path);
	close(fd);
	return ret;
}

static int is_visible(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

/* Answers with the sorted names in a directory, one per line. */
int verb_list(const struct words *request, FILE *reply)
{
	struct dirent **entries;
	int i, count;

	count = scandir(request->word[1], &entries, is_visible, alphasort);
	if (count < 0)
		return failed(reply, "list", request->word[1]);
	for (i = 0; i < count; i++) {
		fprintf(reply, "%s\n", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

/* Answers with the kind of a file, its mode and, of a device node, its numbers. */
int verb_stat(const struct words *request, FILE *reply)
{
	static const char *const kinds[16] = {
		[S_IFREG >> 12] = "file",  [S_IFDIR >> 12] = "directory", [S_IFCHR >> 12] = "char",
		[S_IFBLK >> 12] = "block", [S_IFLNK >> 12] = "link",
	};
	struct stat info;
	const char *kind;

	if (lstat(request->word[1], &info))
		return failed(reply, "stat", request->word[1]);
	kind = kinds[info.st_mode >> 12];
	fprintf(reply, "%s %04o", kind ? kind : "other", info.st_mode & 07777);
	if (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode))
		fprintf(reply, " %u:%u", major(info.st_rdev), minor(info.st_rdev));
	return 0;
}

/* Answers with the last component of what a symbolic link points to, such as a driver's name. */
int verb_link(const struct words *request, FILE *reply)
{
	char target[4096];
	const char *name;
	ssize_t length = readlink(request->word[1], target, sizeof(target) - 1);

	if (length < 0)
		return failed(reply, "read the link", request->word[1]);
	target[length] = '\0';
	name = strrchr(target, '/');
	fputs(name ? name + 1 : target, reply);
	return 0;
}

static FILE *nodes_reply;

static int print_node(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	if (kind == FTW_D)
		fprintf(nodes_reply, "%s\n", path[strlen(TREE)] ? path + strlen(TREE) : "/");
	return 0;
}

/* Answers with the path of every node of the live device tree, one per line. */
int verb_nodes(const struct words *request, FILE *reply)
{
	nodes_reply = reply;
	if (nftw(TREE, print_node, 16, FTW_PHYS))
		return failed(reply, "walk", TREE);
	return 0;
}
