// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "raw". User space only.
 */
#include "encode.h"

static int encode_raw(const struct id_identity *identity, uint8_t *window, size_t size)
{
	int error = *identity->model ? id_write_field(window, size, identity->model) : -EINVAL;

	return error ? error : (int)size;
}

const struct id_encoder id_encoder_raw = {
	.name = "raw",
	.encode = encode_raw,
};
