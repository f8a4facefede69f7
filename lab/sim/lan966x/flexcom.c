// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A flexcom as an I2C controller. A message takes no time: it is on the bus as soon as its last byte,
 * or the command to read, is there.
 */
#include <string.h>

#include "lab/sim/lan966x/blocks.h"

#define MODE_I2C 3
/* Where the registers of the I2C controller begin. */
#define TWI 0x600

enum twi_register {
	TWI_CONTROL = 0x00,
	TWI_MASTER = 0x04,
	TWI_INTERNAL = 0x0c,
	TWI_CLOCK = 0x10,
	TWI_STATUS = 0x20,
	TWI_INTERRUPT_ENABLE = 0x24,
	TWI_INTERRUPT_DISABLE = 0x28,
	TWI_INTERRUPT_MASK = 0x2c,
	TWI_RECEIVE = 0x30,
	TWI_TRANSMIT = 0x34,
	TWI_LENGTH = 0x40,
	TWI_VERSION = 0xfc,
};

#define CONTROL_START (1U << 0)
#define CONTROL_STOP (1U << 1)
#define CONTROL_QUICK (1U << 6)
#define CONTROL_RESET (1U << 7)
#define CONTROL_COUNT (1U << 16)
#define CONTROL_NO_COUNT (1U << 17)
#define CONTROL_UNLOCK (1U << 26)

#define STATUS_COMPLETE (1U << 0)
#define STATUS_RECEIVED (1U << 1)
#define STATUS_SENDABLE (1U << 2)
#define STATUS_REFUSED (1U << 8)
#define STATUS_LOCKED (1U << 23)
#define STATUS_LINES (3U << 24)
#define STATUS_IDLE (STATUS_COMPLETE | STATUS_SENDABLE | STATUS_LINES)

#define LENGTH_READ (1U << 8)

static void update_interrupt(struct flexcom *flexcom)
{
	oic_set(flexcom->oic, flexcom->source, flexcom->status & flexcom->mask);
}

static void refuse(struct flexcom *flexcom)
{
	flexcom->status = STATUS_IDLE | STATUS_REFUSED | (flexcom->counts ? STATUS_LOCKED : 0);
	flexcom->size = 0;
	flexcom->at = 0;
}

/* The bytes of the internal address, most significant one first. Return: how many. */
static unsigned int put_internal(const struct flexcom *flexcom, uint8_t *bytes)
{
	unsigned int count = flexcom->master >> 8 & 3, i;

	for (i = 0; i < count; i++)
		bytes[i] = flexcom->internal >> 8 * (count - 1 - i);
	return count;
}

static int transfer(struct flexcom *flexcom, bool read, bool stop, uint8_t *data, size_t length)
{
	const struct i2c_message message = {
		.address = flexcom->master >> 16 & 0x7f,
		.read = read,
		.stop = stop,
		.data = length ? data : NULL,
		.length = length,
	};

	return i2c_bus_transfer(flexcom->bus, &message);
}

/* Without the count the guest says when it is enough, and gets one byte after the other. */
static void begin_read(struct flexcom *flexcom, bool first)
{
	uint8_t internal[3];
	unsigned int count = first ? put_internal(flexcom, internal) : 0;

	flexcom->at = 0;
	flexcom->size = flexcom->counts ? flexcom->length & 0xff : 1;
	if ((count && transfer(flexcom, false, false, internal, count)) ||
	    transfer(flexcom, true, true, flexcom->data, flexcom->size)) {
		refuse(flexcom);
		return;
	}
	flexcom->status = STATUS_RECEIVED | STATUS_SENDABLE | STATUS_LINES;
}

static void finish_write(struct flexcom *flexcom)
{
	uint8_t bytes[sizeof(flexcom->data) + 3];
	unsigned int count = put_internal(flexcom, bytes), size = flexcom->size;

	memcpy(bytes + count, flexcom->data, size);
	flexcom->size = 0;
	flexcom->status = STATUS_IDLE;
	if (transfer(flexcom, false, true, bytes, count + size))
		refuse(flexcom);
}

static void control(struct flexcom *flexcom, uint32_t value)
{
	if (value & CONTROL_RESET)
		flexcom->status = STATUS_IDLE;
	if (value & CONTROL_COUNT)
		flexcom->counts = true;
	if (value & CONTROL_NO_COUNT)
		flexcom->counts = false;
	if (value & CONTROL_UNLOCK)
		flexcom->status &= ~STATUS_LOCKED;
	if (value & CONTROL_QUICK) {
		flexcom->status = STATUS_IDLE;
		if (transfer(flexcom, false, true, NULL, 0))
			refuse(flexcom);
	}
	if (value & CONTROL_START) {
		flexcom->size = 0;
		begin_read(flexcom, true);
	}
	if (value & CONTROL_STOP && flexcom->size && !(flexcom->status & STATUS_RECEIVED))
		finish_write(flexcom);
	else if (value & CONTROL_STOP && !flexcom->counts && flexcom->size)
		flexcom->at = flexcom->size;
}

static uint32_t receive(struct flexcom *flexcom)
{
	uint32_t value;

	if (!(flexcom->status & STATUS_RECEIVED))
		return 0;
	if (!flexcom->counts) {
		value = flexcom->data[0];
		if (flexcom->at < flexcom->size) {
			begin_read(flexcom, false);
			return value;
		}
	} else {
		value = flexcom->data[flexcom->at++];
	}
	if (flexcom->at >= flexcom->size) {
		flexcom->status = STATUS_IDLE;
		flexcom->size = 0;
	}
	return value;
}

static void transmit(struct flexcom *flexcom, uint8_t value)
{
	if (flexcom->status & STATUS_RECEIVED || flexcom->size >= sizeof(flexcom->data))
		return;
	flexcom->status = STATUS_SENDABLE | STATUS_LINES;
	flexcom->data[flexcom->size++] = value;
	if (flexcom->counts && flexcom->size >= (flexcom->length & 0xff))
		finish_write(flexcom);
}

static uint32_t twi_read(struct flexcom *flexcom, uint64_t offset)
{
	uint32_t value;

	switch (offset) {
	case TWI_MASTER:
		return flexcom->master;
	case TWI_INTERNAL:
		return flexcom->internal;
	case TWI_CLOCK:
		return flexcom->clock;
	case TWI_STATUS:
		value = flexcom->status;
		flexcom->status &= ~STATUS_REFUSED;
		return value;
	case TWI_INTERRUPT_MASK:
		return flexcom->mask;
	case TWI_RECEIVE:
		return receive(flexcom);
	case TWI_LENGTH:
		return flexcom->length;
	case TWI_VERSION:
		return 0x704;
	}
	return 0;
}

static void twi_write(struct flexcom *flexcom, uint64_t offset, uint32_t value)
{
	switch (offset) {
	case TWI_CONTROL:
		control(flexcom, value);
		break;
	case TWI_MASTER:
		flexcom->master = value;
		break;
	case TWI_INTERNAL:
		flexcom->internal = value;
		break;
	case TWI_CLOCK:
		flexcom->clock = value;
		break;
	case TWI_INTERRUPT_ENABLE:
		flexcom->mask |= value;
		break;
	case TWI_INTERRUPT_DISABLE:
		flexcom->mask &= ~value;
		break;
	case TWI_TRANSMIT:
		transmit(flexcom, value);
		break;
	case TWI_LENGTH:
		flexcom->length = value;
		break;
	}
}

static uint64_t flexcom_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	struct flexcom *flexcom = (struct flexcom *)region;
	uint32_t value;

	if (offset == 0)
		return flexcom->mode;
	if (flexcom->mode != MODE_I2C || offset < TWI)
		return 0;
	value = twi_read(flexcom, offset - TWI);
	update_interrupt(flexcom);
	return value;
}

static void flexcom_write(struct mmio_region *region, uint64_t offset, unsigned int size,
			  uint64_t value)
{
	struct flexcom *flexcom = (struct flexcom *)region;

	if (offset == 0)
		flexcom->mode = value;
	if (flexcom->mode != MODE_I2C || offset < TWI)
		return;
	twi_write(flexcom, offset - TWI, value);
	update_interrupt(flexcom);
}

void flexcom_reset(struct flexcom *flexcom)
{
	flexcom->mode = 0;
	flexcom->master = 0;
	flexcom->internal = 0;
	flexcom->clock = 0;
	flexcom->length = 0;
	flexcom->counts = false;
	flexcom->status = STATUS_IDLE;
	flexcom->mask = 0;
	flexcom->size = 0;
	flexcom->at = 0;
	update_interrupt(flexcom);
}

void flexcom_init(struct flexcom *flexcom, struct i2c_bus *bus, struct oic *oic,
		  unsigned int source)
{
	flexcom->region.start = 0x40000;
	flexcom->region.size = 0x800;
	flexcom->region.read = flexcom_read;
	flexcom->region.write = flexcom_write;
	flexcom->bus = bus;
	flexcom->oic = oic;
	flexcom->source = source;
	flexcom_reset(flexcom);
}
