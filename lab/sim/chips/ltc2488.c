// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * LTC2488: analogue-to-digital converter on SPI (Linear Technology 2488fa).
 *
 * Sends 24 bits: two zeros (a conversion is ready), the sign (1 for zero and above), 16 bits, five
 * zeros. Its conversions take no time here, and both of its inputs are the same.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"

#define BYTES 3
#define VALUE_MAX 65535
#define SEND_NOTHING 0xff

/**
 * struct ltc2488 - the converter
 * @chip: the chip
 * @value: what it measures, in parts of half the reference
 * @sent: bytes that were sent in this message
 */
struct ltc2488 {
	struct chip chip;
	int value;
	unsigned int sent;
};

static uint8_t next_byte(struct ltc2488 *ltc2488)
{
	uint32_t word = (uint32_t)(ltc2488->value + VALUE_MAX + 1) << 5;

	if (ltc2488->sent == BYTES)
		return SEND_NOTHING;
	return word >> 8 * (BYTES - ++ltc2488->sent) & 0xff;
}

static uint8_t ltc2488_select(struct chip *chip)
{
	((struct ltc2488 *)chip)->sent = 0;
	return next_byte((struct ltc2488 *)chip);
}

static uint8_t ltc2488_exchange(struct chip *chip, uint8_t byte)
{
	return next_byte((struct ltc2488 *)chip);
}

static int ltc2488_set(struct chip *chip, const char *key, const char *value)
{
	long number;
	char *end;

	if (strcmp(key, "value"))
		return -ENOENT;
	number = strtol(value, &end, 0);
	if (end == value || *end || number < -VALUE_MAX - 1 || number > VALUE_MAX)
		return -EINVAL;
	((struct ltc2488 *)chip)->value = (int)number;
	return 0;
}

static int ltc2488_get(struct chip *chip, const char *key, FILE *out)
{
	if (key && strcmp(key, "value"))
		return -ENOENT;
	fprintf(out, "%s%d", key ? "" : "value=", ((struct ltc2488 *)chip)->value);
	return 0;
}

const struct chip_type chip_ltc2488 = {
	.name = "ltc2488",
	.bus = &spi_bus_type,
	.size = sizeof(struct ltc2488),
	.spi = { .select = ltc2488_select, .exchange = ltc2488_exchange },
	.set = ltc2488_set,
	.get = ltc2488_get,
};
