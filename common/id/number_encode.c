// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "number". User space only.
 */
#include "encode.h"

static int encode_number(const struct id_identity *identity, uint8_t *window, size_t size)
{
	uint32_t number;
	size_t index;
	int error;

	if (!size || size > 4)
		return -EINVAL;
	error = id_parse_decimal(identity->model, 0xffffffffUL, false, &number);
	if (error)
		return error;
	if (size < 4 && number >> (8 * size))
		return -ENOSPC;
	for (index = 0; index < size; index++)
		window[index] = (uint8_t)(number >> (8 * (size - 1 - index)));
	return (int)size;
}

const struct id_encoder id_encoder_number = {
	.name = "number",
	.encode = encode_number,
};
