// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCA9548A: I2C switch with eight channels and a reset input (NXP PCA9548A Rev. 5).
 *
 * One register: bit n connects channel n. After power-on and after a reset none is connected. Where
 * several are, the first one that has a chip of that address answers.
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/sim/chips/chips.h"

#define CHANNELS 8

/**
 * struct pca9548 - the switch
 * @chip: the chip
 * @control: its register
 * @channels: the buses behind it
 */
struct pca9548 {
	struct chip chip;
	uint8_t control;
	struct i2c_bus *channels[CHANNELS];
};

static void pca9548_destroy(struct chip *chip)
{
	struct pca9548 *pca9548 = (struct pca9548 *)chip;
	unsigned int i;

	for (i = 0; i < CHANNELS; i++)
		i2c_bus_destroy(pca9548->channels[i]);
}

static int pca9548_create(struct chip *chip)
{
	struct pca9548 *pca9548 = (struct pca9548 *)chip;
	unsigned int i;

	for (i = 0; i < CHANNELS; i++) {
		pca9548->channels[i] = i2c_bus_create();
		if (!pca9548->channels[i]) {
			pca9548_destroy(chip);
			return -ENOMEM;
		}
	}
	return 0;
}

static void pca9548_reset(struct chip *chip)
{
	((struct pca9548 *)chip)->control = 0;
}

static void pca9548_power(struct chip *chip, bool on)
{
	pca9548_reset(chip);
}

static void pca9548_write(struct chip *chip, const uint8_t *data, size_t length)
{
	if (length)
		((struct pca9548 *)chip)->control = data[length - 1];
}

static void pca9548_read(struct chip *chip, uint8_t *data, size_t length)
{
	while (length--)
		*data++ = ((struct pca9548 *)chip)->control;
}

static int pca9548_pass(struct chip *chip, const struct i2c_message *message)
{
	const struct pca9548 *pca9548 = (struct pca9548 *)chip;
	unsigned int i;

	for (i = 0; i < CHANNELS; i++)
		if (pca9548->control >> i & 1 && !i2c_bus_transfer(pca9548->channels[i], message))
			return 0;
	return -ENXIO;
}

static struct bus *pca9548_channel(struct chip *chip, unsigned int number)
{
	return number < CHANNELS ? i2c_bus_base(((struct pca9548 *)chip)->channels[number]) : NULL;
}

static int pca9548_set(struct chip *chip, const char *key, const char *value)
{
	return -ENOENT;
}

static int pca9548_get(struct chip *chip, const char *key, FILE *out)
{
	const struct pca9548 *pca9548 = (struct pca9548 *)chip;
	unsigned long number;

	if (!key)
		fprintf(out, "channels=0x%02x", pca9548->control);
	else if (!chip_key_number(key, "channel", CHANNELS, &number))
		fprintf(out, "%u", pca9548->control >> number & 1);
	else
		return -ENOENT;
	return 0;
}

const struct chip_type chip_pca9548 = {
	.name = "pca9548",
	.bus = &i2c_bus_type,
	.size = sizeof(struct pca9548),
	.create = pca9548_create,
	.power = pca9548_power,
	.reset = pca9548_reset,
	.i2c = { .write = pca9548_write, .read = pca9548_read, .pass = pca9548_pass },
	.channel = pca9548_channel,
	.set = pca9548_set,
	.get = pca9548_get,
	.destroy = pca9548_destroy,
};
