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

#define LIST_PATH_SIZE 1024
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

/* Reads a tree, with room to grow. Return: 0 or a negative errno. */
static int read_tree(const char *blob, char **tree)
{
	size_t size;
	FILE *file = fopen(blob, "re");

	if (!file)
		return -errno;
	*tree = malloc(TREE_LIMIT + TREE_GROWTH);
	size = *tree ? fread(*tree, 1, TREE_LIMIT, file) : 0;
	fclose(file);
	if (!*tree)
		return -ENOMEM;
	if (!fdt_check_full(*tree, size) && !fdt_open_into(*tree, *tree, size + TREE_GROWTH))
		return 0;
	free(*tree);
	return -EINVAL;
}

int connect_tree(const char *blob, const char *directory)
{
	char *tree;
	int count, ret = read_tree(blob, &tree);

	if (ret)
		return ret;
	count = set_socket_paths(tree, directory);
	ret = count < 0 ? -EINVAL : write_tree(blob, tree);
	free(tree);
	return ret ? ret : count;
}

/* What is no overlay would be applied without an error, and without an effect. */
static int apply_overlay(void *base, void *overlay)
{
	int fragment = fdt_first_subnode(overlay, 0);

	if (fragment < 0 || fdt_subnode_offset(overlay, fragment, "__overlay__") < 0)
		return -FDT_ERR_BADOVERLAY;
	return fdt_overlay_apply(base, overlay);
}

int merge_tree(const char *machine, const char *blob)
{
	char *base, *overlay;
	int ret = read_tree(machine, &base);

	if (ret)
		return ret;
	ret = read_tree(blob, &overlay);
	if (ret)
		goto free_base;
	ret = apply_overlay(base, overlay);
	if (ret) {
		fprintf(stderr, "lab-run: the board does not fit its machine: %s\n",
			fdt_strerror(ret));
		ret = -EINVAL;
	} else {
		ret = write_tree(blob, base);
	}
	free(overlay);
free_base:
	free(base);
	return ret;
}

static int read_socket(const void *tree, int node, struct tree_socket *socket)
{
	int child = fdt_first_subnode(tree, node);
	const char *name = fdt_getprop(tree, node, "socket-path", NULL), *kind = NULL;
	const fdt32_t *reg = fdt_getprop(tree, node, "reg", NULL);

	kind = fdt_getprop(tree, node, "compatible", NULL);
	if (!kind && child >= 0)
		kind = fdt_getprop(tree, child, "compatible", NULL);
	if (!reg || !kind || strlen(kind) >= sizeof(socket->kind) ||
	    strlen(name) >= sizeof(socket->name))
		return -EINVAL;
	strcpy(socket->name, name);
	strcpy(socket->kind, kind);
	/* The device number in the address of a PCI function. */
	socket->slot = fdt32_to_cpu(*reg) >> 11 & 0x1f;
	return 0;
}

int list_nodes(const char *blob, FILE *out)
{
	char *tree, path[LIST_PATH_SIZE];
	int node, ret = read_tree(blob, &tree);

	if (ret)
		return ret;
	for (node = 0; node >= 0 && !ret; node = fdt_next_node(tree, node, NULL)) {
		ret = fdt_get_path(tree, node, path, sizeof(path)) ? -EINVAL : 0;
		fprintf(out, "%s\n", path);
	}
	free(tree);
	return ret;
}

int list_sockets(const char *blob, struct tree_socket *sockets, int max)
{
	char *tree;
	int node, count = 0, ret = read_tree(blob, &tree);

	if (ret)
		return ret;
	for (node = fdt_next_node(tree, -1, NULL); node >= 0 && !ret;
	     node = fdt_next_node(tree, node, NULL)) {
		if (!fdt_getprop(tree, node, "socket-path", NULL))
			continue;
		ret = count < max ? read_socket(tree, node, &sockets[count++]) : -ENOSPC;
	}
	free(tree);
	return ret ? ret : count;
}
