// SPDX-License-Identifier: GPL-2.0-or-later
#include "id_support.h"

static int read_memory(void *context, unsigned int offset, void *buffer, size_t length)
{
	struct memory *memory = context;

	memory->reads++;
	memory->bytes_read += (unsigned int)length;
	if (!length || offset > memory->size || length > memory->size - offset) {
		memory->misused = true;
		return -EINVAL;
	}
	if (memory->fails_at >= offset && memory->fails_at - offset < length)
		return -ENXIO;
	memcpy(buffer, memory->bytes + offset, length);
	return 0;
}

/**
 * memory_init() - an erased memory
 * @memory: filled
 * @size: its size in bytes, at most MEMORY_SIZE
 */
void memory_init(struct memory *memory, unsigned int size)
{
	memset(memory, 0, sizeof(*memory));
	memset(memory->bytes, 0xff, sizeof(memory->bytes));
	memory->size = size;
	memory->fails_at = MEMORY_SIZE;
}

/**
 * memory_decode() - decode what is in a memory
 * @memory: the memory; its counts begin anew
 * @format: name of the format
 * @identity: filled
 * @problem: filled unless the verdict is good
 *
 * Return: the verdict.
 */
enum id_verdict memory_decode(struct memory *memory, const char *format,
			      struct id_identity *identity, struct id_problem *problem)
{
	struct id_source source = { read_memory, memory, memory->size };

	memory->reads = 0;
	memory->bytes_read = 0;
	problem->what = NULL;
	problem->offset = ~0u;
	memset(identity, 'x', sizeof(*identity));
	return id_format_find(format)->decode(&source, identity, problem);
}
