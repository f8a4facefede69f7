// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Device tree files: compiling them, and fitting a base tree to one run.
 */
#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab/base_tree.h"
#include "lab/process.h"

#define COMPILE_TIMEOUT_MS 20000
#define TREE_LIMIT (1 << 20)
/* Room for the longer socket paths. */
#define TREE_GROWTH 8192

int copy_file(const char *from, const char *to, size_t limit)
{
	char part[65536];
	ssize_t got = 0;
	int in, out, ret = 0;

	in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return -errno;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (out < 0)
		ret = -errno;
	while (!ret && limit) {
		got = read(in, part, limit < sizeof(part) ? limit : sizeof(part));
		if (got <= 0)
			break;
		limit -= got;
		if (write(out, part, got) != got)
			ret = -EIO;
	}
	if (got < 0)
		ret = -EIO;
	if (out >= 0 && close(out))
		ret = -errno;
	close(in);
	return ret;
}

int compile_tree(const char *source, const char *blob, const char *log)
{
	char *arguments[] = { "dtc", "-q", "-I",	 "dts",		 "-O",
			      "dtb", "-o", (char *)blob, (char *)source, NULL };
	const char *dot = strrchr(source, '.');
	int output, ret;

	if (!dot || (strcmp(dot, ".dts") && strcmp(dot, ".dtso")))
		return copy_file(source, blob, TREE_LIMIT);
	output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (output < 0)
		return -errno;
	ret = process_run(output, arguments, COMPILE_TIMEOUT_MS);
	close(output);
	return ret > 0 ? -EINVAL : ret;
}

/* Makes the socket paths absolute. Return: their number or a libfdt error. */
static int set_socket_paths(void *tree, const char *directory)
{
	char path[256];
	const char *socket;
	int node, ret, count = 0;

	for (node = fdt_node_offset_by_compatible(tree, -1, "virtio,uml"); node >= 0;
	     node = fdt_node_offset_by_compatible(tree, node, "virtio,uml")) {
		socket = fdt_getprop(tree, node, "socket-path", NULL);
		if (!socket)
			return -FDT_ERR_NOTFOUND;
		count++;
		if (*socket == '/')
			continue;
		snprintf(path, sizeof(path), "%s/%s", directory, socket);
		ret = fdt_setprop_string(tree, node, "socket-path", path);
		if (ret)
			return ret;
	}
	return count;
}

static int write_tree(const char *blob, void *tree)
{
	size_t size;
	FILE *file = fopen(blob, "we");

	if (!file)
		return -errno;
	fdt_pack(tree);
	size = fdt_totalsize(tree);
	if (fwrite(tree, 1, size, file) != size || ferror(file)) {
		fclose(file);
		return -EIO;
	}
	return fclose(file) ? -EIO : 0;
}

int connect_tree(const char *blob, const char *directory)
{
	size_t size;
	char *tree;
	FILE *file;
	int count, ret;

	tree = malloc(TREE_LIMIT + TREE_GROWTH);
	if (!tree)
		return -ENOMEM;
	file = fopen(blob, "re");
	if (!file) {
		ret = -errno;
		goto free_tree;
	}
	size = fread(tree, 1, TREE_LIMIT, file);
	fclose(file);
	ret = -EINVAL;
	if (fdt_check_full(tree, size) || fdt_open_into(tree, tree, size + TREE_GROWTH))
		goto free_tree;
	count = set_socket_paths(tree, directory);
	if (count < 0)
		goto free_tree;
	ret = write_tree(blob, tree);
	if (!ret)
		ret = count;
free_tree:
	free(tree);
	return ret;
}
