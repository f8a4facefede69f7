// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "beaglebone-cape", as A1. User space only.
 *
 * The board's long name is the model, too. Pins and currents are left zero: no pin is claimed.
 */
#include "beaglebone_cape.h"
#include "encode.h"

static int encode_cape(const struct id_identity *identity, uint8_t *window, size_t size)
{
	size_t length = strlen(identity->model);
	int error;

	if (!length || identity->model[length - 1] == '.')
		return -EINVAL;
	if (size < CAPE_SIZE)
		return -ENOSPC;
	memset(window, 0, CAPE_SIZE);
	memcpy(window, CAPE_SIGNATURE, CAPE_SIGNATURE_SIZE);
	memcpy(window + CAPE_FORMAT, CAPE_FORMAT_A1, CAPE_FORMAT_SIZE);
	error = id_write_field(window + CAPE_BOARD_NAME, CAPE_BOARD_NAME_SIZE, identity->model);
	if (!error)
		error = id_write_field(window + CAPE_VERSION, CAPE_VERSION_SIZE,
				       identity->revision);
	if (!error)
		error = id_write_field(window + CAPE_MANUFACTURER, CAPE_MANUFACTURER_SIZE,
				       identity->vendor);
	if (!error)
		error = id_write_field(window + CAPE_PART_NUMBER, CAPE_PART_NUMBER_SIZE,
				       identity->model);
	if (!error)
		error = id_write_field(window + CAPE_SERIAL, CAPE_SERIAL_SIZE, identity->serial);
	return error ? error : CAPE_SIZE;
}

const struct id_encoder id_encoder_beaglebone_cape = {
	.name = "beaglebone-cape",
	.encode = encode_cape,
};
