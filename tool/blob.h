/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Device tree blobs as files.
 */
#ifndef TOOL_BLOB_H
#define TOOL_BLOB_H

#include <stddef.h>

/**
 * struct blob - the bytes of a file
 * @bytes: the bytes, allocated; not checked in any way
 * @size: how many
 */
struct blob {
	void *bytes;
	size_t size;
};

int blob_read(struct blob *blob, const char *path);
int blob_write(const struct blob *blob, const char *path);
void blob_free(struct blob *blob);

#endif
