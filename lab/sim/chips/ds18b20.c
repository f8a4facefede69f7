// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * DS18B20: temperature sensor on a 1-Wire bus (Maxim 19-7487).
 *
 * Each slot carries a bit, the lowest of a byte first. Behind a reset come a command that addresses
 * sensors and one that is for those; what it does not know makes the sensor wait for the next reset.
 * Its conversions take no time, it has a supply of its own and cannot be configured: 12 bits.
 */
#include <math.h>
#include <string.h>

#include "lab/sim/chips/ds18b20.h"

#define FAMILY 0x28
#define PER_DEGREE 16

enum {
	SEARCH_ROM = 0xf0,
	READ_ROM = 0x33,
	MATCH_ROM = 0x55,
	SKIP_ROM = 0xcc,
	CONVERT = 0x44,
	READ_SCRATCHPAD = 0xbe,
	READ_POWER = 0xb4,
};

enum state { IGNORES, ADDRESSED, SEARCHED, MATCHED, SENDS_ROM, COMMANDED, SENDS_SCRATCHPAD };

/* Searching takes three slots a bit: the bit, its complement, and the one that the master chooses. */
#define SEARCH_SLOTS 3
#define ROM_BITS (DS18B20_ROM_BYTES * 8)

static uint8_t checksum(const uint8_t *bytes, unsigned int count)
{
	uint8_t sum = 0;
	unsigned int i;

	for (i = 0; i < count * 8; i++)
		sum = sum >> 1 ^ ((sum ^ bytes[i / 8] >> i % 8) & 1 ? 0x8c : 0);
	return sum;
}

void ds18b20_measure(struct ds18b20 *sensor, double celsius)
{
	int16_t value = (int16_t)lround(celsius * PER_DEGREE);

	sensor->scratchpad[0] = (uint8_t)value;
	sensor->scratchpad[1] = (uint8_t)(value >> 8);
	sensor->scratchpad[DS18B20_SCRATCHPAD_BYTES - 1] =
		checksum(sensor->scratchpad, DS18B20_SCRATCHPAD_BYTES - 1);
}

void ds18b20_create(struct ds18b20 *sensor, uint64_t serial)
{
	static const uint8_t registers[] = { 0, 0, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10 };
	unsigned int i;

	sensor->rom[0] = FAMILY;
	for (i = 1; i < DS18B20_ROM_BYTES - 1; i++, serial >>= 8)
		sensor->rom[i] = (uint8_t)serial;
	sensor->rom[i] = checksum(sensor->rom, i);
	memcpy(sensor->scratchpad, registers, sizeof(registers));
	ds18b20_measure(sensor, 25);
}

static void enter(struct ds18b20 *sensor, enum state state)
{
	sensor->state = state;
	sensor->slots = 0;
}

void ds18b20_reset(struct ds18b20 *sensor)
{
	enter(sensor, ADDRESSED);
}

static bool bit_of(const uint8_t *bytes, unsigned int bit)
{
	return bytes[bit / 8] >> bit % 8 & 1;
}

/* A sensor of which another bit was chosen waits for the next reset. */
static bool search_slot(struct ds18b20 *sensor, bool level)
{
	unsigned int slot = sensor->slots++, bit = slot / SEARCH_SLOTS;
	bool own = bit_of(sensor->rom, bit);

	if (slot % SEARCH_SLOTS < SEARCH_SLOTS - 1)
		return level && (slot % SEARCH_SLOTS ? !own : own);
	if (level != own)
		enter(sensor, IGNORES);
	else if (bit == ROM_BITS - 1)
		enter(sensor, COMMANDED);
	return level;
}

static void match_slot(struct ds18b20 *sensor, bool level)
{
	if (level != bit_of(sensor->rom, sensor->slots++))
		enter(sensor, IGNORES);
	else if (sensor->slots == ROM_BITS)
		enter(sensor, COMMANDED);
}

static bool send_slot(struct ds18b20 *sensor, const uint8_t *bytes, unsigned int count)
{
	bool level = bit_of(bytes, sensor->slots++);

	if (sensor->slots == count * 8)
		enter(sensor, sensor->state == SENDS_ROM ? COMMANDED : IGNORES);
	return level;
}

static enum state after_command(enum state state, uint8_t command)
{
	switch (command) {
	case SEARCH_ROM:
		return state == ADDRESSED ? SEARCHED : IGNORES;
	case READ_ROM:
		return state == ADDRESSED ? SENDS_ROM : IGNORES;
	case MATCH_ROM:
		return state == ADDRESSED ? MATCHED : IGNORES;
	case SKIP_ROM:
		return state == ADDRESSED ? COMMANDED : IGNORES;
	case READ_SCRATCHPAD:
		return state == COMMANDED ? SENDS_SCRATCHPAD : IGNORES;
	case CONVERT:
	case READ_POWER:
		/* Who reads gets ones: it is done, it has a supply of its own. */
	default:
		return IGNORES;
	}
}

static void command_slot(struct ds18b20 *sensor, bool level)
{
	sensor->shift = (uint8_t)(sensor->shift >> 1 | level << 7);
	if (++sensor->slots == 8)
		enter(sensor, after_command(sensor->state, sensor->shift));
}

bool ds18b20_slot(struct ds18b20 *sensor, bool level)
{
	switch (sensor->state) {
	case ADDRESSED:
	case COMMANDED:
		command_slot(sensor, level);
		return level;
	case SEARCHED:
		return search_slot(sensor, level);
	case MATCHED:
		match_slot(sensor, level);
		return level;
	case SENDS_ROM:
		return send_slot(sensor, sensor->rom, DS18B20_ROM_BYTES) && level;
	case SENDS_SCRATCHPAD:
		return send_slot(sensor, sensor->scratchpad, DS18B20_SCRATCHPAD_BYTES) && level;
	default:
		return level;
	}
}
