// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * 25LC040: serial EEPROM of 512 bytes on SPI (Microchip DS21204).
 *
 * Each message begins with an instruction; bit 3 of READ and WRITE is the ninth address bit.
 * Reading goes on at the chip's end with its first byte; writing stays in the page of 16 bytes and
 * takes place when the chip select becomes inactive behind a whole byte, if writing was enabled.
 * While it lasts, only the status can be read.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/memory.h"
#include "lab/sim/hardware_time.h"

#define SIZE 512
#define PAGE 16
#define WRITE_NS 5000000ULL

#define SEND_NOTHING 0xff

enum {
	WRITE_STATUS = 0x01,
	WRITE = 0x02,
	READ = 0x03,
	WRITE_DISABLE = 0x04,
	READ_STATUS = 0x05,
	WRITE_ENABLE = 0x06,
	ADDRESS_BIT_8 = 0x08,
};

#define STATUS_BUSY 0x01
#define STATUS_ENABLED 0x02
#define STATUS_PROTECTED 0x0c

/**
 * struct at25 - the EEPROM
 * @chip: the chip
 * @bytes: its memory; survives without power
 * @status: its status register, but for STATUS_BUSY; the protection survives
 * @busy_until: when the last write is over, nanoseconds
 * @count: bytes of this message so far
 * @instruction: the first of them, without the address bit; 0 if it is ignored
 * @at: its address counter
 * @page: what is to be written into the page of @at
 * @written: which bytes of @page
 * @value: what is to be written into the status register
 */
struct at25 {
	struct chip chip;
	uint8_t bytes[SIZE];
	uint8_t status;
	uint64_t busy_until;
	size_t count;
	uint8_t instruction;
	unsigned int at;
	uint8_t page[PAGE];
	uint16_t written;
	uint8_t value;
};

static int at25_create(struct chip *chip)
{
	memset(((struct at25 *)chip)->bytes, 0xff, SIZE);
	return 0;
}

static void at25_power(struct chip *chip, bool on)
{
	struct at25 *at25 = (struct at25 *)chip;

	at25->status &= STATUS_PROTECTED;
	at25->busy_until = 0;
	at25->instruction = 0;
}

static bool is_busy(const struct at25 *at25)
{
	return hardware_time_now() < at25->busy_until;
}

static uint8_t at25_select(struct chip *chip)
{
	struct at25 *at25 = (struct at25 *)chip;

	at25->count = 0;
	at25->instruction = 0;
	at25->written = 0;
	return SEND_NOTHING;
}

static uint8_t next_byte(struct at25 *at25)
{
	uint8_t byte = at25->bytes[at25->at];

	at25->at = (at25->at + 1) % SIZE;
	return byte;
}

static uint8_t take_instruction(struct at25 *at25, uint8_t byte)
{
	if (byte == READ_STATUS || !is_busy(at25))
		at25->instruction = byte;
	if ((byte & ~ADDRESS_BIT_8) == READ || (byte & ~ADDRESS_BIT_8) == WRITE) {
		at25->instruction &= ~ADDRESS_BIT_8;
		at25->at = byte & ADDRESS_BIT_8 ? 0x100 : 0;
	}
	return SEND_NOTHING;
}

static void take_data(struct at25 *at25, uint8_t byte)
{
	unsigned int offset = (at25->at + at25->count - 3) % PAGE;

	at25->page[offset] = byte;
	at25->written |= 1 << offset;
}

static uint8_t at25_exchange(struct chip *chip, uint8_t byte)
{
	struct at25 *at25 = (struct at25 *)chip;
	uint8_t answer = SEND_NOTHING;

	if (++at25->count == 1)
		answer = take_instruction(at25, byte);
	else if (at25->count == 2 && (at25->instruction == READ || at25->instruction == WRITE))
		at25->at |= byte;
	else if (at25->count > 2 && at25->instruction == WRITE)
		take_data(at25, byte);
	else if (at25->count == 2 && at25->instruction == WRITE_STATUS)
		at25->value = byte;
	if (at25->instruction == READ_STATUS)
		answer = at25->status | (is_busy(at25) ? STATUS_BUSY : 0);
	else if (at25->count >= 2 && at25->instruction == READ)
		answer = next_byte(at25);
	return answer;
}

/* Where the protected part begins: nowhere, at three quarters, at half, everything is. */
static unsigned int protected_from(const struct at25 *at25)
{
	static const unsigned int from[] = { SIZE, SIZE / 4 * 3, SIZE / 2, 0 };

	return from[(at25->status & STATUS_PROTECTED) >> 2];
}

static void begin_write(struct at25 *at25)
{
	at25->status &= ~STATUS_ENABLED;
	at25->busy_until = hardware_time_now() + WRITE_NS;
}

static void write_page(struct at25 *at25)
{
	unsigned int page = at25->at - at25->at % PAGE, i;

	if (at25->at >= protected_from(at25))
		return;
	for (i = 0; i < PAGE; i++)
		if (at25->written >> i & 1)
			at25->bytes[page + i] = at25->page[i];
	begin_write(at25);
}

static void at25_deselect(struct chip *chip, unsigned int bits)
{
	struct at25 *at25 = (struct at25 *)chip;
	bool enabled = at25->status & STATUS_ENABLED;

	if (bits)
		return;
	if (at25->instruction == WRITE_ENABLE && at25->count == 1)
		at25->status |= STATUS_ENABLED;
	else if (at25->instruction == WRITE_DISABLE && at25->count == 1)
		at25->status &= ~STATUS_ENABLED;
	else if (at25->instruction == WRITE && at25->written && enabled)
		write_page(at25);
	else if (at25->instruction == WRITE_STATUS && at25->count == 2 && enabled) {
		at25->status = at25->value & STATUS_PROTECTED;
		begin_write(at25);
	}
}

static int at25_set(struct chip *chip, const char *key, const char *value)
{
	return memory_set_key(((struct at25 *)chip)->bytes, SIZE, key, value);
}

static int at25_get(struct chip *chip, const char *key, FILE *out)
{
	return memory_get_key(((struct at25 *)chip)->bytes, SIZE, key, out);
}

static uint8_t *at25_memory(struct chip *chip, size_t *size)
{
	*size = SIZE;
	return ((struct at25 *)chip)->bytes;
}

const struct chip_type chip_25lc040 = {
	.name = "25lc040",
	.bus = &spi_bus_type,
	.size = sizeof(struct at25),
	.create = at25_create,
	.power = at25_power,
	.spi = { .select = at25_select, .exchange = at25_exchange, .deselect = at25_deselect },
	.set = at25_set,
	.get = at25_get,
	.memory = at25_memory,
};
