/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_BASE_TREE_H
#define LAB_BASE_TREE_H

#include <stddef.h>

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
 * copy_file() - copy a file, or its begin
 * @from: source
 * @to: destination, created or replaced
 * @limit: bytes at the most
 *
 * Return: 0 or a negative errno.
 */
int copy_file(const char *from, const char *to, size_t limit);

#endif
