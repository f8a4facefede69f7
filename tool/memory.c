// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The memory that an identity is in: what files and parts on I2C have in common.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "text.h"

/**
 * memory_open() - open the memory that a command is about
 * @memory: filled; to be closed after success
 * @settings: tell the part on I2C, if there is no path, and the window
 * @path: the file, or NULL
 * @writing: for writing, too
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code memory_open(struct memory *memory, const struct settings *settings, const char *path,
			   bool writing)
{
	enum exit_code code;

	if (!path == !settings->i2c) {
		text_complain(path ? "either a file or --i2c, not both" :
				     "which memory? Name a file, or --i2c BUS:ADDRESS");
		return EXIT_CODE_USAGE;
	}
	*memory = (struct memory){ .fd = -1 };
	code = path ? memory_file_open(memory, path, writing) :
		      memory_i2c_open(memory, settings, writing);
	if (code)
		return code;
	if (settings->offset > memory->size) {
		text_complain("%s: it has %u bytes, so that nothing begins at 0x%x", memory->name,
			      memory->size, settings->offset);
		memory_close(memory);
		return EXIT_CODE_FAILED;
	}
	memory->window = settings->offset;
	return EXIT_CODE_OK;
}

/**
 * memory_close() - end of memory_open()
 * @memory: the memory
 */
void memory_close(struct memory *memory)
{
	memory->type->close(memory);
}

static int read_window(void *context, unsigned int offset, void *buffer, size_t length)
{
	struct memory *memory = context;

	return memory->type->read(memory, memory->window + offset, buffer, length);
}

/**
 * memory_source() - the memory's window, for decoders
 * @memory: the memory
 * @settings: tell the size of the window, 0 for all behind its beginning
 * @source: filled
 */
void memory_source(struct memory *memory, const struct settings *settings, struct id_source *source)
{
	unsigned int room = memory->size - memory->window;

	*source = (struct id_source){
		.read = read_window,
		.context = memory,
		.size = settings->size && settings->size < room ? settings->size : room,
	};
}

/* From @offset to the end of its page, or of what there is to do. */
static size_t piece(const struct memory *memory, unsigned int offset, size_t left)
{
	size_t room = memory->page - offset % memory->page;

	return left < room ? left : room;
}

/**
 * memory_compare() - does a memory hold an image?
 * @memory: the memory
 * @offset: where
 * @image: the image, which has to fit
 * @size: its size in bytes
 * @difference: what differs first
 *
 * Return: 0 when it does, 1 when not, negative errno.
 */
int memory_compare(struct memory *memory, unsigned int offset, const uint8_t *image, size_t size,
		   struct memory_change *difference)
{
	uint8_t bytes[MEMORY_PAGE_MAX];
	size_t done, length, index;
	int error;

	for (done = 0; done < size; done += length) {
		length = piece(memory, offset + (unsigned int)done, size - done);
		difference->offset = offset + (unsigned int)done;
		error = memory->type->read(memory, difference->offset, bytes, length);
		if (error)
			return error;
		for (index = 0; index < length; index++, difference->offset++) {
			if (bytes[index] != image[done + index])
				return 1;
		}
	}
	return 0;
}

/* Writes one piece if it differs, and reads it back. */
static int write_piece(struct memory *memory, unsigned int offset, const uint8_t *bytes,
		       size_t length, struct memory_change *change)
{
	uint8_t before[MEMORY_PAGE_MAX], after[MEMORY_PAGE_MAX];
	int error = memory->type->read(memory, offset, before, length);

	if (error || !memcmp(before, bytes, length))
		return error;
	error = memory->type->write(memory, offset, bytes, length);
	if (!error)
		error = memory->type->read(memory, offset, after, length);
	if (error)
		return error;
	if (!memcmp(before, after, length))
		return -EROFS;
	if (memcmp(bytes, after, length))
		return -EILSEQ;
	change->bytes += (unsigned int)length;
	return 0;
}

/**
 * memory_write() - write an image, as far as it is not there already, and read it back
 * @memory: the memory
 * @offset: where
 * @image: the image, which has to fit
 * @size: its size in bytes
 * @change: what was written, and where it failed
 *
 * Return: 0; -EROFS when what is written has no effect; -EILSEQ when something else is read back;
 * another negative errno.
 */
int memory_write(struct memory *memory, unsigned int offset, const uint8_t *image, size_t size,
		 struct memory_change *change)
{
	size_t done, length;
	int error;

	*change = (struct memory_change){ .bytes = 0 };
	for (done = 0; done < size; done += length) {
		change->offset = offset + (unsigned int)done;
		length = piece(memory, change->offset, size - done);
		error = write_piece(memory, change->offset, image + done, length, change);
		if (error)
			return error;
	}
	return 0;
}
