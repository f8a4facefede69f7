/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The image of an identity, and the memory that it is for.
 */
#ifndef TOOL_IMAGE_H
#define TOOL_IMAGE_H

#include "memory.h"

/**
 * struct image - an image
 * @bytes: its bytes
 * @size: how many there are, at least 1
 */
struct image {
	uint8_t bytes[MEMORY_SIZE_MAX];
	size_t size;
};

enum exit_code image_read(struct image *image, const char *path);
enum exit_code image_open_memory(struct image *image, struct memory *memory,
				 const struct settings *settings, int count, char **operands,
				 bool writing);

#endif
