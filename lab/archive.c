// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes cpio archives as Documentation/driver-api/early-userspace/buffer-format.rst has them.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lab/archive.h"

#define CONTENT_LIMIT (16 << 20)

static void pad(FILE *archive)
{
	while (ftell(archive) % 4)
		fputc(0, archive);
}

static void add_entry(FILE *archive, const char *name, mode_t mode, const void *content,
		      uint32_t size)
{
	static unsigned int inode;

	fprintf(archive, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", ++inode,
		mode, 0, 0, 1, 0, size, 0, 0, 0, 0, (unsigned int)strlen(name) + 1, 0);
	fwrite(name, 1, strlen(name) + 1, archive);
	pad(archive);
	if (size)
		fwrite(content, 1, size, archive);
	pad(archive);
}

static void add_directories(FILE *archive, const char *name)
{
	char path[512];
	char *slash;

	snprintf(path, sizeof(path), "%s", name);
	for (slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		add_entry(archive, path, S_IFDIR | 0755, NULL, 0);
		*slash = '/';
	}
}

int archive_add_file(FILE *archive, const char *name, const char *from)
{
	char *content;
	size_t size;
	FILE *file;

	file = fopen(from, "re");
	if (!file)
		return -errno;
	content = malloc(CONTENT_LIMIT);
	if (!content) {
		fclose(file);
		return -ENOMEM;
	}
	size = fread(content, 1, CONTENT_LIMIT, file);
	fclose(file);
	add_directories(archive, name);
	add_entry(archive, name, S_IFREG | 0644, content, size);
	free(content);
	return ferror(archive) ? -EIO : 0;
}

int archive_end(FILE *archive)
{
	add_entry(archive, "TRAILER!!!", 0, NULL, 0);
	return ferror(archive) ? -EIO : 0;
}
