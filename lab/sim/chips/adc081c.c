// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ADC081C: analogue-to-digital converter with 8 bits (Texas Instruments SNAS447).
 *
 * Registers: 0 result, 1 alert status (one byte), 2 configuration (one byte), 3 low limit, 4 high
 * limit, 5 hysteresis, 6 lowest and 7 highest result; 16 bits, big-endian, the value in bits 11-4.
 * Each read of the result is a conversion. What it does on its own when the configuration gives it
 * a cycle time is not here, nor is its alert output.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

enum {
	REGISTER_RESULT,
	REGISTER_STATUS,
	REGISTER_CONFIGURATION,
	REGISTER_LOW,
	REGISTER_HIGH,
	REGISTER_HYSTERESIS,
	REGISTER_LOWEST,
	REGISTER_HIGHEST,
	REGISTERS
};

#define VALUE_MASK 0x0ff0
#define RESULT_ALERT 0x8000
#define STATUS_UNDER 0x01
#define STATUS_OVER 0x02
#define CONFIGURATION_HOLD 0x10
#define CONFIGURATION_FLAG 0x08

/**
 * struct adc081c - the converter
 * @chip: the chip
 * @input: the voltage at its input, of 256 parts of the reference
 * @registers: its registers; those of one byte in the lower byte
 * @pointer: which register is read next
 */
struct adc081c {
	struct chip chip;
	unsigned long input;
	uint16_t registers[REGISTERS];
	unsigned int pointer;
};

static bool one_byte(unsigned int index)
{
	return index == REGISTER_STATUS || index == REGISTER_CONFIGURATION;
}

static void adc081c_power(struct chip *chip, bool on)
{
	struct adc081c *adc = (struct adc081c *)chip;

	adc->pointer = 0;
	memset(adc->registers, 0, sizeof(adc->registers));
	adc->registers[REGISTER_HIGH] = VALUE_MASK;
	adc->registers[REGISTER_LOWEST] = VALUE_MASK;
}

/* A flag that is not held goes when the value is back by more than the hysteresis. */
static void update_status(struct adc081c *adc, int value)
{
	uint16_t *registers = adc->registers;
	int hysteresis = registers[REGISTER_HYSTERESIS];
	bool hold = registers[REGISTER_CONFIGURATION] & CONFIGURATION_HOLD;

	if (value < registers[REGISTER_LOW])
		registers[REGISTER_STATUS] |= STATUS_UNDER;
	else if (!hold && value > registers[REGISTER_LOW] + hysteresis)
		registers[REGISTER_STATUS] &= ~STATUS_UNDER;
	if (value > registers[REGISTER_HIGH])
		registers[REGISTER_STATUS] |= STATUS_OVER;
	else if (!hold && value < registers[REGISTER_HIGH] - hysteresis)
		registers[REGISTER_STATUS] &= ~STATUS_OVER;
}

static void convert(struct adc081c *adc)
{
	uint16_t *registers = adc->registers, value = adc->input << 4;

	if (value < registers[REGISTER_LOWEST])
		registers[REGISTER_LOWEST] = value;
	if (value > registers[REGISTER_HIGHEST])
		registers[REGISTER_HIGHEST] = value;
	update_status(adc, value);
	registers[REGISTER_RESULT] = value;
	if (registers[REGISTER_STATUS] && registers[REGISTER_CONFIGURATION] & CONFIGURATION_FLAG)
		registers[REGISTER_RESULT] |= RESULT_ALERT;
}

static void adc081c_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct adc081c *adc = (struct adc081c *)chip;

	if (!length)
		return;
	adc->pointer = data[0] % REGISTERS;
	if (adc->pointer == REGISTER_STATUS && length >= 2)
		adc->registers[REGISTER_STATUS] &= ~data[1];
	else if (adc->pointer == REGISTER_CONFIGURATION && length >= 2)
		adc->registers[REGISTER_CONFIGURATION] = data[1];
	else if (adc->pointer >= REGISTER_LOW && length >= 3)
		adc->registers[adc->pointer] = (data[1] << 8 | data[2]) & VALUE_MASK;
}

static void adc081c_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct adc081c *adc = (struct adc081c *)chip;
	uint16_t value;
	size_t i;

	if (adc->pointer == REGISTER_RESULT)
		convert(adc);
	value = adc->registers[adc->pointer];
	for (i = 0; i < length; i++) {
		if (one_byte(adc->pointer) || i % 2)
			data[i] = value & 0xff;
		else
			data[i] = value >> 8;
	}
}

static int adc081c_set(struct chip *chip, const char *key, const char *value)
{
	unsigned long input;

	if (strcmp(key, "input"))
		return -ENOENT;
	if (words_number(value, &input) || input > 255)
		return -EINVAL;
	((struct adc081c *)chip)->input = input;
	return 0;
}

static int adc081c_get(struct chip *chip, const char *key, FILE *out)
{
	if (key && strcmp(key, "input"))
		return -ENOENT;
	fprintf(out, "%s%lu", key ? "" : "input=", ((struct adc081c *)chip)->input);
	return 0;
}

const struct chip_type chip_adc081c = {
	.name = "adc081c",
	.bus = &i2c_bus_type,
	.size = sizeof(struct adc081c),
	.power = adc081c_power,
	.i2c = { .write = adc081c_write, .read = adc081c_read },
	.set = adc081c_set,
	.get = adc081c_get,
};
