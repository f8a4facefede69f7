// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A memory that is an EEPROM on an I2C bus, without a driver.
 *
 * With 8-bit addresses data are written byte by byte: a part that has 16-bit addresses after all
 * takes each message for an address, and nothing is written into it. With 16-bit addresses nothing
 * is sent before it is known that they are right.
 */
#include <errno.h>
#include <string.h>

#include "address_width.h"
#include "memory.h"
#include "text.h"

static int part_read(struct memory *memory, unsigned int offset, void *buffer, size_t length)
{
	return memory->width == 8 ? i2c_part_read8(&memory->part, offset, buffer, length) :
				    i2c_part_read16(&memory->part, offset, buffer, length);
}

static int part_write(struct memory *memory, unsigned int offset, const void *data, size_t length)
{
	uint8_t message[2 + MEMORY_PAGE_MAX];
	size_t address_bytes = (size_t)memory->width / 8;

	if (address_bytes == 2)
		message[0] = (uint8_t)(offset >> 8);
	message[address_bytes - 1] = (uint8_t)offset;
	memcpy(message + address_bytes, data, length);
	return i2c_part_write(&memory->part, message, address_bytes + length);
}

static void part_close(struct memory *memory)
{
	i2c_part_close(&memory->part);
}

static const struct memory_type type = {
	.read = part_read,
	.write = part_write,
	.close = part_close,
};

static enum exit_code complain(const struct memory *memory, int error)
{
	switch (error) {
	case -EBUSY:
		text_complain("%s: a driver has this part; use its file "
			      "/sys/bus/i2c/devices/*-%04x/eeprom",
			      memory->name, memory->part.address);
		break;
	case -EPROTO:
		text_complain("%s: the part has %d-bit addresses; nothing was written",
			      memory->name, memory->width == 8 ? 16 : 8);
		break;
	case -EROFS:
		text_complain("%s: the part is write-protected", memory->name);
		break;
	case -ENXIO:
	case -EREMOTEIO:
		text_complain("%s: nothing answers", memory->name);
		return EXIT_CODE_NO_IDENTITY;
	default:
		text_complain("%s: %s", memory->name, strerror(-error));
	}
	return exit_code_of_error(error);
}

/* Takes up the width of the addresses, so that nothing is sent that could be taken for data. */
static enum exit_code take_width(struct memory *memory, int wanted, bool writing)
{
	struct address_width found;
	int error = address_width_find(&memory->part, &found);

	memory->width = wanted ? wanted : found.bits;
	memory->width_known = found.bits;
	if (!error && found.bits && found.bits != memory->width)
		error = -EPROTO;
	if (!error && writing && wanted == 16 && !found.bits && found.uniform)
		error = address_width_prove16(&memory->part, found.filler);
	else if (!error && (!memory->width || (writing && wanted == 16 && !found.bits))) {
		text_complain("%s: the width of its addresses cannot be told%s; %s", memory->name,
			      found.uniform ? ", since all bytes are alike" : "",
			      wanted ? "use the file of its driver" : "give --address-width");
		return EXIT_CODE_FAILED;
	}
	return error ? complain(memory, error) : EXIT_CODE_OK;
}

/**
 * memory_i2c_open() - open a part on an I2C bus as a memory
 * @memory: filled
 * @settings: tell which
 * @writing: for writing, too; the width of its addresses has to be given then
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code memory_i2c_open(struct memory *memory, const struct settings *settings, bool writing)
{
	enum exit_code code;
	int error;

	if (writing && !settings->address_width) {
		text_complain("writing needs --address-width, from the part's data sheet");
		return EXIT_CODE_USAGE;
	}
	snprintf(memory->name, sizeof(memory->name), "/dev/i2c-%u 0x%02x", settings->i2c_bus,
		 settings->i2c_address);
	memory->type = &type;
	error = i2c_part_open(&memory->part, settings->i2c_bus, settings->i2c_address);
	if (error) {
		memory->part.address = settings->i2c_address;
		return complain(memory, error);
	}
	code = take_width(memory, settings->address_width, writing);
	memory->page = memory->width == 8 ? 1 : MEMORY_PAGE_MAX;
	memory->size = memory->width == 8 ? 256 : MEMORY_SIZE_MAX;
	if (code)
		i2c_part_close(&memory->part);
	return code;
}
