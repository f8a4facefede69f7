// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "number": the window holds the model's number, one to four bytes, big-endian.
 *
 * The model is its decimal text. All bits zero and all bits one are no model: a part that was
 * never written reads like the one or the other.
 */
#include "formats.h"

#define NUMBER_MAX_BYTES 4

static enum id_verdict number_decode(const struct id_source *source, struct id_identity *identity,
				     struct id_problem *problem)
{
	uint8_t bytes[NUMBER_MAX_BYTES];
	unsigned int index;
	uint32_t number = 0;

	memset(identity, 0, sizeof(*identity));
	if (!source->size || source->size > sizeof(bytes))
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, 0,
				     "the window is not one to four bytes");
	if (source->read(source->context, 0, bytes, source->size))
		return id_problem_at(problem, ID_ABSENT, 0, "reading the number failed");
	if (id_is_blank(bytes, source->size))
		return id_problem_at(problem, ID_BLANK, 0, "no byte is written");
	for (index = 0; index < source->size; index++)
		number = number << 8 | bytes[index];
	snprintf(identity->model, sizeof(identity->model), "%lu", (unsigned long)number);
	return ID_GOOD;
}

const struct id_format id_format_number = {
	.name = "number",
	.decode = number_decode,
};
