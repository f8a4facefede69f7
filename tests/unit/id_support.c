// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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
	memset(memory->touched + offset, true, length);
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
 * memory_decode() - decode what is in a memory, and check what must hold for any verdict
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
	static const struct id_identity nobody;
	enum id_verdict verdict;

	memory->reads = 0;
	memory->bytes_read = 0;
	problem->what = NULL;
	problem->offset = ~0u;
	memset(memory->touched, 0, sizeof(memory->touched));
	memset(identity, 'x', sizeof(*identity));
	verdict = id_format_find(format)->decode(&source, identity, problem);
	assert_false(memory->misused);
	if (verdict == ID_GOOD) {
		assert_true(identity->model[0]);
	} else {
		assert_memory_equal(identity, &nobody, sizeof(nobody));
		assert_non_null(problem->what);
		assert_true(problem->offset <= memory->size);
	}
	return verdict;
}

/**
 * assert_every_failing_read() - each byte that is read is needed, read once, and missed if missing
 * @memory: holds a good identity
 * @format: name of its format
 */
void assert_every_failing_read(struct memory *memory, const char *format)
{
	static bool touched[MEMORY_SIZE];
	struct id_identity identity;
	struct id_problem problem;
	unsigned int offset, count = 0;

	assert_int_equal(memory_decode(memory, format, &identity, &problem), ID_GOOD);
	memcpy(touched, memory->touched, sizeof(touched));
	for (offset = 0; offset < MEMORY_SIZE; offset++)
		count += touched[offset];
	assert_int_equal(memory->bytes_read, count);
	for (offset = 0; offset < memory->size; offset++) {
		memory->fails_at = offset;
		assert_int_equal(memory_decode(memory, format, &identity, &problem),
				 touched[offset] ? ID_ABSENT : ID_GOOD);
		if (touched[offset])
			assert_true(problem.offset <= offset);
	}
	memory->fails_at = MEMORY_SIZE;
}

/**
 * assert_every_flipped_bit() - no single wrong bit goes unnoticed
 * @memory: holds a good identity
 * @format: name of its format
 * @first: offset of the first byte to damage
 * @end: offset behind the last one
 * @expected: the verdict for each
 */
void assert_every_flipped_bit(struct memory *memory, const char *format, unsigned int first,
			      unsigned int end, enum id_verdict expected)
{
	struct id_identity identity;
	struct id_problem problem;
	unsigned int bit;

	for (bit = first * 8; bit < end * 8; bit++) {
		memory->bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(memory_decode(memory, format, &identity, &problem), expected);
		memory->bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
