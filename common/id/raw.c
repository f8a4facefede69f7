// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "raw": the window holds the model's name as text, padded at its end.
 */
#include "formats.h"

static enum id_verdict raw_decode(const struct id_source *source, struct id_identity *identity,
				  struct id_problem *problem)
{
	uint8_t bytes[ID_TEXT_SIZE];
	size_t size = source->size;
	size_t length;
	int wrong;

	memset(identity, 0, sizeof(*identity));
	if (!size)
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, 0, "the window is empty");
	/* No name is longer, so whatever follows in a larger window is not looked at. */
	if (size > sizeof(bytes))
		size = sizeof(bytes);
	if (source->read(source->context, 0, bytes, size))
		return id_problem_at(problem, ID_ABSENT, 0, "reading the text failed");
	if (id_is_blank(bytes, size))
		return id_problem_at(problem, ID_BLANK, 0, "no byte is written");
	length = id_trim_text(bytes, size);
	if (!length)
		return id_problem_at(problem, ID_CORRUPT, 0, "the text is empty");
	if (length == sizeof(bytes))
		return id_problem_at(problem, ID_CORRUPT, ID_TEXT_SIZE - 1, "the text is too long");
	wrong = id_copy_text(identity->model, bytes, length);
	if (wrong >= 0)
		return id_problem_at(problem, ID_CORRUPT, (unsigned int)wrong,
				     "a character is not printable ASCII");
	return ID_GOOD;
}

const struct id_format id_format_raw = {
	.name = "raw",
	.decode = raw_decode,
};
