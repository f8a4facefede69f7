// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-compare-tree BLOB DIRECTORY: is the device tree of BLOB the one that the kernel shows in
 * DIRECTORY, node by node, property by property, byte by byte? The order of siblings is not seen there.
 *
 * "name" is what the kernel adds to each node on its own.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROPERTY_MAX 65536

static const void *blob;
static unsigned int nodes, properties, differences;

static void differ(const char *path, const char *name, const char *what)
{
	printf("%s%s%s: %s\n", path, name ? "/" : "", name ? name : "", what);
	differences++;
}

static void *read_blob(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	char *bytes = size > 0 ? malloc((size_t)size) : NULL;

	if (bytes && pread(fd, bytes, (size_t)size, 0) == size &&
	    !fdt_check_full(bytes, (size_t)size)) {
		close(fd);
		return bytes;
	}
	fprintf(stderr, "plugtree-compare-tree: %s: no device tree blob\n", path);
	exit(2);
}

static void compare_property(const char *path, int directory, const char *name, const void *value,
			     int size)
{
	static char bytes[PROPERTY_MAX];
	int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0) {
		differ(path, name, "not in the live tree");
		return;
	}
	got = read(fd, bytes, sizeof(bytes));
	close(fd);
	if (got != size || memcmp(bytes, value, (size_t)size))
		differ(path, name, "has another value");
	properties++;
}

/* Is everything that the kernel has in the blob? */
static void find_more(const char *path, int node)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	bool known;

	while (directory && (entry = readdir(directory))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
		    !strcmp(entry->d_name, "name"))
			continue;
		if (entry->d_type == DT_DIR)
			known = fdt_subnode_offset(blob, node, entry->d_name) >= 0;
		else
			known = fdt_getprop(blob, node, entry->d_name, NULL);
		if (!known)
			differ(path, entry->d_name, "only in the live tree");
	}
	if (directory)
		closedir(directory);
	else
		differ(path, NULL, "not in the live tree");
}

static void compare_node(const char *path, int node)
{
	int directory = open(path, O_PATH | O_CLOEXEC);
	const char *name;
	const void *value;
	int property, size;

	fdt_for_each_property_offset(property, blob, node) {
		value = fdt_getprop_by_offset(blob, property, &name, &size);
		compare_property(path, directory, name, value, size);
	}
	close(directory);
	find_more(path, node);
	nodes++;
}

int main(int argc, char **argv)
{
	char path[PATH_MAX], below[PATH_MAX / 2];
	int node = 0;

	if (argc != 3) {
		fputs("Usage: plugtree-compare-tree BLOB DIRECTORY\n", stderr);
		return 2;
	}
	blob = read_blob(argv[1]);
	for (; node >= 0; node = fdt_next_node(blob, node, NULL)) {
		if (fdt_get_path(blob, node, below, sizeof(below)))
			return 2;
		snprintf(path, sizeof(path), "%s%s", argv[2], node ? below : "");
		compare_node(path, node);
	}
	printf("%u nodes with %u properties, %u differences\n", nodes, properties, differences);
	return differences || !nodes || fflush(stdout);
}
