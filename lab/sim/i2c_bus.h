/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_I2C_BUS_H
#define SIM_I2C_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct i2c_message - one message of an I2C transfer, from start condition to the next
 * @address: 7-bit address
 * @read: the chip sends
 * @stop: a stop condition follows, not a repeated start
 * @data: bytes to send, or room for those received; NULL if @length is 0
 * @length: number of bytes
 */
struct i2c_message {
	unsigned int address;
	bool read;
	bool stop;
	uint8_t *data;
	size_t length;
};

struct i2c_bus;

/**
 * i2c_bus_transfer() - carry one message to the chip that answers to its address
 * @bus: the bus
 * @message: the message; received bytes land in its data
 *
 * Return: 0, or -ENXIO if no chip acknowledged; then no received byte is valid.
 */
int i2c_bus_transfer(struct i2c_bus *bus, const struct i2c_message *message);

#endif
