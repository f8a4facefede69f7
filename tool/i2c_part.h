/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A serial EEPROM on an I2C bus, addressed past its driver.
 */
#ifndef TOOL_I2C_PART_H
#define TOOL_I2C_PART_H

#include <stddef.h>
#include <stdint.h>

/* Where 24Cxx parts answer. What is elsewhere may take one byte for a command. */
#define I2C_PART_ADDRESS_MIN 0x50
#define I2C_PART_ADDRESS_MAX 0x57

/**
 * struct i2c_part - a part that messages can be exchanged with
 * @transfer: sends @sent_length bytes, then, after a repeated start, receives @received_length
 *	bytes, if that is not 0; 0 or negative errno
 * @fd: the adapter's device, open
 * @address: 7-bit address
 */
struct i2c_part {
	int (*transfer)(struct i2c_part *part, const uint8_t *sent, size_t sent_length,
			uint8_t *received, size_t received_length);
	int fd;
	unsigned int address;
};

int i2c_part_open(struct i2c_part *part, unsigned int bus, unsigned int address);
void i2c_part_close(struct i2c_part *part);
int i2c_part_read8(struct i2c_part *part, unsigned int offset, uint8_t *bytes, size_t length);
int i2c_part_read16(struct i2c_part *part, unsigned int offset, uint8_t *bytes, size_t length);
int i2c_part_write(struct i2c_part *part, const uint8_t *message, size_t length);

#endif
