// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Chips: what all of them share, and the table of models. A new model is a file in chips/ and a
 * line here.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

static const struct chip_type *const types[] = {
	&chip_24c02,   &chip_24c64,   &chip_lm75,    &chip_ds1307,  &chip_pcf8563,
	&chip_pca9555, &chip_tca6416, &chip_pca9548, &chip_pca9685, &chip_mcp23017,
	&chip_25lc040, &chip_lm70,    &chip_ltc2488, &chip_gnss_mtk, &chip_registers,
	&chip_spi_registers, &chip_adc081c, &chip_m25p05, &chip_ds2482, &chip_sn65dsi83,
};

#define TYPES (sizeof(types) / sizeof(types[0]))

int chip_create(const char *name, unsigned int address, struct chip **result)
{
	const struct chip_type *type = NULL;
	struct chip *chip;
	unsigned int i;
	int ret;

	for (i = 0; !type && i < TYPES; i++)
		if (!strcmp(types[i]->name, name))
			type = types[i];
	if (!type)
		return -ENOENT;
	chip = calloc(1, type->size);
	if (!chip)
		return -ENOMEM;
	chip->type = type;
	chip->address = address;
	chip->contact = address;
	ret = type->create ? type->create(chip) : 0;
	if (ret) {
		free(chip);
		return ret;
	}
	*result = chip;
	return 0;
}

void chip_destroy(struct chip *chip)
{
	if (!chip)
		return;
	if (chip->type->destroy)
		chip->type->destroy(chip);
	free(chip);
}

void chip_power(struct chip *chip, bool on)
{
	chip->powered = on;
	chip_set_interrupt(chip, false);
	if (chip->type->power)
		chip->type->power(chip, on);
}

void chip_set_reset(struct chip *chip, bool active)
{
	if (active && !chip->in_reset)
		chip->type->reset(chip);
	chip->in_reset = active;
}

void chip_set_interrupt(struct chip *chip, bool active)
{
	active = active && chip->powered;
	if (chip->interrupt == active)
		return;
	chip->interrupt = active;
	if (chip->interrupt_changed)
		chip->interrupt_changed(chip);
}

int chip_key_number(const char *key, const char *prefix, unsigned long count, unsigned long *number)
{
	size_t length = strlen(prefix);

	if (strncmp(key, prefix, length) || words_number(key + length, number) || *number >= count)
		return -ENOENT;
	return 0;
}

void chip_types_print(FILE *out)
{
	unsigned int i;

	for (i = 0; i < TYPES; i++)
		fprintf(out, "%s%s", i ? ", " : "", types[i]->name);
}
