/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_BASE_TREE_H
#define LAB_BASE_TREE_H

#include <stddef.h>
#include <stdio.h>

/**
 * compile_tree() - make a device tree blob of a source file
 * @source: dts or dtso; anything else is copied as it is
 * @blob: file to write
 * @log: file to append the compiler's messages to
 *
 * Return: 0, -EINVAL if it does not compile, another negative errno.
 */
int compile_tree(const char *source, const char *blob, const char *log);

/**
 * connect_tree() - point the emulated devices of a base tree at their sockets
 * @blob: dtb file, changed in place: each "socket-path" of a "virtio,uml" node becomes absolute
 * @directory: where the sockets are
 *
 * Return: the number of devices, or -EINVAL if the file is no device tree, another negative errno.
 */
int connect_tree(const char *blob, const char *directory);

/**
 * merge_tree() - put a board's tree on top of what a machine says about itself
 * @machine: dtb file of the machine
 * @blob: dtb file of the board, an overlay; replaced by the whole tree
 *
 * Return: 0, or -EINVAL if one of them is no device tree or they do not fit, which is told on
 * standard error, or another negative errno.
 */
int merge_tree(const char *machine, const char *blob);

/**
 * struct tree_socket - a controller of a base tree that the hardware server has
 * @name: its socket, relative to the run's directory
 * @kind: what it is: its compatible, or that of its first child
 * @slot: slot on the PCI bus
 */
struct tree_socket {
	char name[32];
	char kind[32];
	unsigned int slot;
};

/**
 * list_sockets() - the controllers on the PCI bus of a base tree
 * @blob: dtb file
 * @sockets: receives them
 * @max: how many fit
 *
 * Return: their number; -EINVAL if the file is no device tree or a node with a "socket-path" has
 * no slot or no kind, -ENOSPC, another negative errno.
 */
int list_sockets(const char *blob, struct tree_socket *sockets, int max);

/**
 * list_nodes() - the paths of all nodes of a tree, one per line
 * @blob: dtb file
 * @out: receives them
 *
 * Return: 0; -EINVAL if the file is no device tree, another negative errno.
 */
int list_nodes(const char *blob, FILE *out);

/**
 * copy_file() - copy a file, or its begin
 * @from: source
 * @to: destination, created or replaced
 * @limit: bytes at the most
 *
 * Return: 0 or a negative errno.
 */
int copy_file(const char *from, const char *to, size_t limit);

#endif
