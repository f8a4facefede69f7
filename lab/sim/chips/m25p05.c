// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * M25P05: NOR flash of 64 KiB on SPI (ST M25P05-A).
 *
 * Addresses have three bytes, the upper ones of which do not count. Reading goes on at the chip's
 * end with its first byte. Programming clears bits within a page of 128 bytes, erasing sets those of
 * a sector of 32 KiB or of all; both take place when the chip select becomes inactive behind a
 * whole byte, if writing was enabled. While they last, only the status can be read. Nothing can be
 * protected.
 */
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/memory.h"
#include "lab/sim/hardware_time.h"

#define SIZE 0x10000
#define SECTOR 0x8000
#define PAGE 128
#define ADDRESS_BYTES 3
#define PROGRAM_NS 1400000ULL
#define ERASE_NS 20000000ULL

#define SEND_NOTHING 0xff

enum {
	PROGRAM = 0x02,
	READ = 0x03,
	WRITE_DISABLE = 0x04,
	READ_STATUS = 0x05,
	WRITE_ENABLE = 0x06,
	READ_FAST = 0x0b,
	READ_IDENTITY = 0x9f,
	ERASE_ALL = 0xc7,
	ERASE_SECTOR = 0xd8,
};

#define STATUS_BUSY 0x01
#define STATUS_ENABLED 0x02

static const uint8_t identity[] = { 0x20, 0x20, 0x10 };

/**
 * struct m25p05 - the flash
 * @chip: the chip
 * @bytes: its memory; survives without power
 * @enabled: the next program or erase takes place
 * @busy_until: when the last one is over, nanoseconds
 * @count: bytes of this message so far
 * @instruction: the first of them; 0 if it is ignored
 * @at: its address counter
 * @page: what is to be programmed into the page of @at
 */
struct m25p05 {
	struct chip chip;
	uint8_t bytes[SIZE];
	bool enabled;
	uint64_t busy_until;
	size_t count;
	uint8_t instruction;
	unsigned int at;
	uint8_t page[PAGE];
};

static int m25p05_create(struct chip *chip)
{
	memset(((struct m25p05 *)chip)->bytes, 0xff, SIZE);
	return 0;
}

static void m25p05_power(struct chip *chip, bool on)
{
	struct m25p05 *flash = (struct m25p05 *)chip;

	flash->enabled = false;
	flash->busy_until = 0;
	flash->instruction = 0;
}

static bool is_busy(const struct m25p05 *flash)
{
	return hardware_time_now() < flash->busy_until;
}

static uint8_t m25p05_select(struct chip *chip)
{
	struct m25p05 *flash = (struct m25p05 *)chip;

	flash->count = 0;
	flash->instruction = 0;
	flash->at = 0;
	memset(flash->page, 0xff, sizeof(flash->page));
	return SEND_NOTHING;
}

static uint8_t next_byte(struct m25p05 *flash)
{
	uint8_t byte = flash->bytes[flash->at];

	flash->at = (flash->at + 1) % SIZE;
	return byte;
}

static size_t bytes_before_data(const struct m25p05 *flash)
{
	return ADDRESS_BYTES + (flash->instruction == READ_FAST);
}

/* What the chip says while the next byte of a message comes: it answers what it knows by then. */
static uint8_t answer(struct m25p05 *flash)
{
	switch (flash->instruction) {
	case READ_STATUS:
		return (is_busy(flash) ? STATUS_BUSY : 0) | (flash->enabled ? STATUS_ENABLED : 0);
	case READ_IDENTITY:
		return flash->count <= sizeof(identity) ? identity[flash->count - 1] : SEND_NOTHING;
	case READ:
	case READ_FAST:
		return flash->count > bytes_before_data(flash) ? next_byte(flash) : SEND_NOTHING;
	default:
		return SEND_NOTHING;
	}
}

static uint8_t m25p05_exchange(struct chip *chip, uint8_t byte)
{
	struct m25p05 *flash = (struct m25p05 *)chip;
	size_t count = ++flash->count;

	if (count == 1)
		flash->instruction = byte == READ_STATUS || !is_busy(flash) ? byte : 0;
	else if (count <= 1 + ADDRESS_BYTES)
		flash->at = (flash->at << 8 | byte) % SIZE;
	else if (flash->instruction == PROGRAM)
		flash->page[(flash->at + count - 2 - ADDRESS_BYTES) % PAGE] = byte;
	return answer(flash);
}

static void begin(struct m25p05 *flash, uint64_t ns)
{
	flash->enabled = false;
	flash->busy_until = hardware_time_now() + ns;
}

static void program(struct m25p05 *flash)
{
	uint8_t *page = &flash->bytes[flash->at - flash->at % PAGE];
	unsigned int i;

	for (i = 0; i < PAGE; i++)
		page[i] &= flash->page[i];
	begin(flash, PROGRAM_NS);
}

static void erase(struct m25p05 *flash, unsigned int from, unsigned int size)
{
	memset(&flash->bytes[from], 0xff, size);
	begin(flash, ERASE_NS);
}

static void m25p05_deselect(struct chip *chip, unsigned int bits)
{
	struct m25p05 *flash = (struct m25p05 *)chip;

	if (bits)
		return;
	if (flash->instruction == WRITE_ENABLE && flash->count == 1)
		flash->enabled = true;
	else if (flash->instruction == WRITE_DISABLE && flash->count == 1)
		flash->enabled = false;
	else if (!flash->enabled)
		return;
	else if (flash->instruction == PROGRAM && flash->count > 1 + ADDRESS_BYTES)
		program(flash);
	else if (flash->instruction == ERASE_SECTOR && flash->count == 1 + ADDRESS_BYTES)
		erase(flash, flash->at - flash->at % SECTOR, SECTOR);
	else if (flash->instruction == ERASE_ALL && flash->count == 1)
		erase(flash, 0, SIZE);
}

static int m25p05_set(struct chip *chip, const char *key, const char *value)
{
	return memory_set_key(((struct m25p05 *)chip)->bytes, SIZE, key, value);
}

static int m25p05_get(struct chip *chip, const char *key, FILE *out)
{
	return memory_get_key(((struct m25p05 *)chip)->bytes, SIZE, key, out);
}

static uint8_t *m25p05_memory(struct chip *chip, size_t *size)
{
	*size = SIZE;
	return ((struct m25p05 *)chip)->bytes;
}

const struct chip_type chip_m25p05 = {
	.name = "m25p05",
	.bus = &spi_bus_type,
	.size = sizeof(struct m25p05),
	.create = m25p05_create,
	.power = m25p05_power,
	.spi = { .select = m25p05_select, .exchange = m25p05_exchange, .deselect = m25p05_deselect },
	.set = m25p05_set,
	.get = m25p05_get,
	.memory = m25p05_memory,
};
