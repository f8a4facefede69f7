// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SN65DSI83: MIPI DSI to LVDS bridge (TI SLLSEC1I), as far as its I2C side goes.
 *
 * 8-bit registers, the address goes up with each byte. 0x00-0x08 say "DSI85" from its end, 0x09 bit
 * 0 is the soft reset, which clears itself, 0x0a bit 7 tells that the PLL has locked, 0x0d bit 0
 * switches the PLL on, 0xe5 holds errors, cleared by writing ones. What is in 0x20 and the next
 * ones is the picture. The outputs are active once the PLL has locked and a soft reset came after
 * that.
 *
 * EN is its reset input. "pll=0": there is no DSI clock to lock to; "error=N": bits that come up
 * again each time.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

enum {
	REGISTER_ID_END = 0x08,
	REGISTER_RESET = 0x09,
	REGISTER_CLOCK = 0x0a,
	REGISTER_PLL = 0x0d,
	REGISTER_LANES = 0x10,
	REGISTER_WIDTH = 0x20,
	REGISTER_HEIGHT = 0x24,
	REGISTER_ERRORS = 0xe5,
	REGISTERS = 0x100,
};

#define CLOCK_LOCKED 0x80

/**
 * struct sn65dsi83 - the bridge
 * @chip: the chip
 * @registers: its registers
 * @pointer: which one is read or written next
 * @lit: its outputs are active
 * @clock_lost: nothing to lock to
 * @errors: bits that come up again
 * @starts: how often the PLL was switched on, over all its life
 */
struct sn65dsi83 {
	struct chip chip;
	uint8_t registers[REGISTERS];
	uint8_t pointer;
	bool lit;
	bool clock_lost;
	uint8_t errors;
	unsigned int starts;
};

static void sn65dsi83_reset(struct chip *chip)
{
	static const uint8_t id[] = { 0x35, 0x38, 0x49, 0x53, 0x44, 0x20, 0x20, 0x20, 0x01 };
	struct sn65dsi83 *bridge = (struct sn65dsi83 *)chip;

	memset(bridge->registers, 0, sizeof(bridge->registers));
	memcpy(bridge->registers, id, sizeof(id));
	bridge->pointer = 0;
	bridge->lit = false;
}

static void sn65dsi83_power(struct chip *chip, bool on)
{
	sn65dsi83_reset(chip);
}

static void switch_pll(struct sn65dsi83 *bridge, bool on)
{
	if (on && !(bridge->registers[REGISTER_PLL] & 1))
		bridge->starts++;
	if (!on)
		bridge->lit = false;
	bridge->registers[REGISTER_PLL] = on;
	if (on && !bridge->clock_lost)
		bridge->registers[REGISTER_CLOCK] |= CLOCK_LOCKED;
	else
		bridge->registers[REGISTER_CLOCK] &= ~CLOCK_LOCKED;
	/* What came before the lock is noise. */
	bridge->registers[REGISTER_ERRORS] |= on;
}

static void put_register(struct sn65dsi83 *bridge, uint8_t address, uint8_t value)
{
	uint8_t *at = &bridge->registers[address];

	switch (address) {
	case 0 ... REGISTER_ID_END:
		break;
	case REGISTER_RESET:
		if (value & 1)
			bridge->lit = bridge->registers[REGISTER_CLOCK] & CLOCK_LOCKED;
		break;
	case REGISTER_CLOCK:
		*at = (*at & CLOCK_LOCKED) | (value & ~CLOCK_LOCKED);
		break;
	case REGISTER_PLL:
		switch_pll(bridge, value & 1);
		break;
	case REGISTER_ERRORS:
		*at = (*at & ~value) | bridge->errors;
		break;
	default:
		*at = value;
	}
}

static void sn65dsi83_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct sn65dsi83 *bridge = (struct sn65dsi83 *)chip;
	size_t i;

	if (!length)
		return;
	bridge->pointer = data[0];
	for (i = 1; i < length; i++)
		put_register(bridge, bridge->pointer++, data[i]);
}

static void sn65dsi83_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct sn65dsi83 *bridge = (struct sn65dsi83 *)chip;

	while (length--)
		*data++ = bridge->registers[bridge->pointer++];
}

static int sn65dsi83_set(struct chip *chip, const char *key, const char *value)
{
	struct sn65dsi83 *bridge = (struct sn65dsi83 *)chip;
	unsigned long number;

	if (strcmp(key, "pll") && strcmp(key, "error"))
		return -ENOENT;
	if (words_number(value, &number) || number > (*key == 'p' ? 1 : 0xff))
		return -EINVAL;
	if (*key == 'p')
		bridge->clock_lost = !number;
	else
		bridge->errors = number;
	return 0;
}

static unsigned int picture(const struct sn65dsi83 *bridge, unsigned int at)
{
	return (bridge->registers[at + 1] & 0x0f) << 8 | bridge->registers[at];
}

static unsigned int lanes(const struct sn65dsi83 *bridge)
{
	return 4 - (bridge->registers[REGISTER_LANES] >> 3 & 3);
}

static int sn65dsi83_get(struct chip *chip, const char *key, FILE *out)
{
	const struct sn65dsi83 *bridge = (struct sn65dsi83 *)chip;
	bool lit = bridge->lit && chip->powered && !chip->in_reset;

	if (!key)
		fprintf(out, "lit=%u mode=%ux%u lanes=%u starts=%u", lit,
			picture(bridge, REGISTER_WIDTH), picture(bridge, REGISTER_HEIGHT),
			lanes(bridge), bridge->starts);
	else if (!strcmp(key, "lit"))
		fprintf(out, "%u", lit);
	else if (!strcmp(key, "mode"))
		fprintf(out, "%ux%u", picture(bridge, REGISTER_WIDTH),
			picture(bridge, REGISTER_HEIGHT));
	else if (!strcmp(key, "lanes"))
		fprintf(out, "%u", lanes(bridge));
	else if (!strcmp(key, "starts"))
		fprintf(out, "%u", bridge->starts);
	else
		return -ENOENT;
	return 0;
}

const struct chip_type chip_sn65dsi83 = {
	.name = "sn65dsi83",
	.bus = &i2c_bus_type,
	.size = sizeof(struct sn65dsi83),
	.power = sn65dsi83_power,
	.reset = sn65dsi83_reset,
	.i2c = { .write = sn65dsi83_write, .read = sn65dsi83_read },
	.set = sn65dsi83_set,
	.get = sn65dsi83_get,
};
