/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory that an identity is in: a file, such as the at24 driver's, or a part on an I2C bus.
 */
#ifndef TOOL_MEMORY_H
#define TOOL_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "common/id/id.h"
#include "i2c_part.h"

/* All that two address bytes reach. */
#define MEMORY_SIZE_MAX 65536
#define MEMORY_PAGE_MAX 32

struct memory;

/**
 * struct memory_type - how a kind of memory is accessed
 * @read: reads bytes that are there; 0 or negative errno
 * @write: writes bytes of one page; 0 or negative errno
 * @close: frees what opening took
 */
struct memory_type {
	int (*read)(struct memory *memory, unsigned int offset, void *buffer, size_t length);
	int (*write)(struct memory *memory, unsigned int offset, const void *data, size_t length);
	void (*close)(struct memory *memory);
};

/**
 * struct memory - a memory that is open
 * @type: how it is accessed
 * @name: what to call it
 * @size: bytes that it has
 * @page: how many bytes may be written at once, without crossing a multiple of it
 * @fd: the file
 * @part: the part on I2C
 * @width: bits of its addresses
 * @width_known: the part itself has shown them
 * @window: where the identity begins
 */
struct memory {
	const struct memory_type *type;
	char name[128];
	unsigned int size;
	unsigned int page;
	int fd;
	struct i2c_part part;
	int width;
	bool width_known;
	unsigned int window;
};

/**
 * struct memory_change - what came of writing
 * @bytes: how many bytes were changed
 * @offset: where it failed
 */
struct memory_change {
	unsigned int bytes;
	unsigned int offset;
};

enum exit_code memory_open(struct memory *memory, const struct settings *settings, const char *path,
			   bool writing);
void memory_close(struct memory *memory);
void memory_source(struct memory *memory, const struct settings *settings,
		   struct id_source *source);
int memory_compare(struct memory *memory, unsigned int offset, const uint8_t *image, size_t size,
		   struct memory_change *difference);
int memory_write(struct memory *memory, unsigned int offset, const uint8_t *image, size_t size,
		 struct memory_change *change);

/* Kinds of memory; each complains itself when it fails. */
enum exit_code memory_file_open(struct memory *memory, const char *path, bool writing);
enum exit_code memory_i2c_open(struct memory *memory, const struct settings *settings,
			       bool writing);

#endif
