/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does an EEPROM want one address byte or two?
 */
#ifndef TOOL_ADDRESS_WIDTH_H
#define TOOL_ADDRESS_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "i2c_part.h"

/**
 * struct address_width - what could be found out
 * @bits: 8 or 16; 0 when it could not be told
 * @uniform: it could not be told since all bytes are alike
 * @filler: the byte that all are, if so
 */
struct address_width {
	int bits;
	bool uniform;
	uint8_t filler;
};

int address_width_find(struct i2c_part *part, struct address_width *width);
int address_width_prove16(struct i2c_part *part, uint8_t filler);

#endif
