// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A serial EEPROM on an I2C bus, addressed past its driver, by the adapter's device.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "deadline.h"
#include "i2c_part.h"

/* Parts say 5 or 10 ms; the rest is for a machine that is busy. */
#define WRITE_CYCLE_MS 200

static int transfer(struct i2c_part *part, const uint8_t *sent, size_t sent_length,
		    uint8_t *received, size_t received_length)
{
	struct i2c_msg messages[2] = {
		{ .addr = (uint16_t)part->address,
		  .len = (uint16_t)sent_length,
		  .buf = (uint8_t *)sent },
		{ .addr = (uint16_t)part->address,
		  .flags = I2C_M_RD,
		  .len = (uint16_t)received_length,
		  .buf = received },
	};
	struct i2c_rdwr_ioctl_data data = { messages, received_length ? 2 : 1 };
	int ret = ioctl(part->fd, I2C_RDWR, &data);

	if (ret < 0)
		return -errno;
	/* Some adapters tell by the count that a message was not acknowledged. */
	return ret == (int)data.nmsgs ? 0 : -ENXIO;
}

/**
 * i2c_part_open() - prepare for exchanging messages with a part
 * @part: filled; to be closed after success
 * @bus: number of the adapter
 * @address: 7-bit address, where 24Cxx parts are
 *
 * Return: 0; -EBUSY when a driver has the part; -EOPNOTSUPP when the adapter cannot do repeated
 * starts; another negative errno.
 */
int i2c_part_open(struct i2c_part *part, unsigned int bus, unsigned int address)
{
	unsigned long functions;
	char path[32];
	int error;

	snprintf(path, sizeof(path), "/dev/i2c-%u", bus);
	*part = (struct i2c_part){ .transfer = transfer, .address = address };
	part->fd = open(path, O_RDWR | O_CLOEXEC);
	if (part->fd < 0)
		return -errno;
	/* I2C_RDWR does not ask whether the address is taken, this does. */
	if (ioctl(part->fd, I2C_SLAVE, (unsigned long)address) ||
	    ioctl(part->fd, I2C_FUNCS, &functions))
		error = -errno;
	else
		error = functions & I2C_FUNC_I2C ? 0 : -EOPNOTSUPP;
	if (error)
		i2c_part_close(part);
	return error;
}

/**
 * i2c_part_close() - end of i2c_part_open()
 * @part: the part
 */
void i2c_part_close(struct i2c_part *part)
{
	close(part->fd);
}

/**
 * i2c_part_read8() - read with one address byte, which writes into no EEPROM
 * @part: the part
 * @offset: up to 255
 * @bytes: filled
 * @length: how many, at least 1
 *
 * Return: 0 or negative errno.
 */
int i2c_part_read8(struct i2c_part *part, unsigned int offset, uint8_t *bytes, size_t length)
{
	uint8_t address = (uint8_t)offset;

	return part->transfer(part, &address, 1, bytes, length);
}

/**
 * i2c_part_read16() - read with two address bytes, only for a part known to have them
 * @part: the part
 * @offset: up to 65535
 * @bytes: filled
 * @length: how many, at least 1
 *
 * Return: 0 or negative errno.
 */
int i2c_part_read16(struct i2c_part *part, unsigned int offset, uint8_t *bytes, size_t length)
{
	uint8_t address[2] = { (uint8_t)(offset >> 8), (uint8_t)offset };

	return part->transfer(part, address, sizeof(address), bytes, length);
}

/**
 * i2c_part_write() - send address and data, and wait for the end of the write cycle
 * @part: the part
 * @message: address bytes, then data
 * @length: how many of both
 *
 * While it writes a part does not answer, so it is asked until it does.
 *
 * Return: 0, -ETIMEDOUT or another negative errno.
 */
int i2c_part_write(struct i2c_part *part, const uint8_t *message, size_t length)
{
	int error = part->transfer(part, message, length, NULL, 0);
	deadline_t deadline = deadline_in(WRITE_CYCLE_MS);
	bool late = false;
	uint8_t byte;

	if (error)
		return error;
	/* The time is taken before the question, so that one comes after the end. */
	while (i2c_part_read8(part, message[0], &byte, 1)) {
		if (late)
			return -ETIMEDOUT;
		late = !deadline_poll_timeout(deadline);
	}
	return 0;
}
