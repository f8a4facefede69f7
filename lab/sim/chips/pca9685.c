// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCA9685: 16 PWM channels of 12 bits (NXP PCA9685 Rev. 4).
 *
 * Registers: 0 and 1 modes, 2 to 5 further addresses, 6 to 0x45 four per channel (on and off time,
 * low byte first; bit 4 of the high byte is "always on" and "always off"), 0xfa to 0xfd the same for
 * all channels at once, write only, 0xfe prescaler, writable while asleep.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"

enum {
	REGISTER_MODE1 = 0,
	REGISTER_MODE2 = 1,
	REGISTER_SUBADDRESS = 2,
	REGISTER_CHANNELS = 6,
	REGISTER_CHANNELS_END = 0x46,
	REGISTER_ALL = 0xfa,
	REGISTER_PRESCALER = 0xfe,
};

enum { ON_LOW, ON_HIGH, OFF_LOW, OFF_HIGH, PER_CHANNEL };

#define MODE1_RESTART 0x80
#define MODE1_INCREMENT 0x20
#define MODE1_SLEEP 0x10
#define HIGH_ALWAYS 0x10
#define HIGH_BITS 0x1f

#define CHANNELS 16
#define STEPS 4096
/* One step of the internal oscillator of 25 MHz. */
#define NS_PER_TICK 40
#define PRESCALER_MIN 3

/**
 * struct pca9685 - the PWM controller
 * @chip: the chip
 * @registers: its registers
 * @pointer: register that is read or written next
 */
struct pca9685 {
	struct chip chip;
	uint8_t registers[256];
	unsigned int pointer;
};

static void pca9685_power(struct chip *chip, bool on)
{
	static const uint8_t addresses[] = { 0xe2, 0xe4, 0xe8, 0xe0 };
	struct pca9685 *pca9685 = (struct pca9685 *)chip;
	unsigned int i;

	memset(pca9685->registers, 0, sizeof(pca9685->registers));
	pca9685->registers[REGISTER_MODE1] = 0x11;
	pca9685->registers[REGISTER_MODE2] = 0x04;
	memcpy(&pca9685->registers[REGISTER_SUBADDRESS], addresses, sizeof(addresses));
	for (i = 0; i < CHANNELS; i++)
		pca9685->registers[REGISTER_CHANNELS + i * PER_CHANNEL + OFF_HIGH] = HIGH_ALWAYS;
	pca9685->registers[REGISTER_PRESCALER] = 0x1e;
	pca9685->pointer = 0;
}

/* Steps of the period in which the channel is on, as its registers say. */
static unsigned int programmed_duty(const struct pca9685 *pca9685, unsigned int channel)
{
	const uint8_t *at = &pca9685->registers[REGISTER_CHANNELS + channel * PER_CHANNEL];
	unsigned int on = (at[ON_HIGH] & 0xf) << 8 | at[ON_LOW];
	unsigned int off = (at[OFF_HIGH] & 0xf) << 8 | at[OFF_LOW];

	if (at[OFF_HIGH] & HIGH_ALWAYS)
		return 0;
	if (at[ON_HIGH] & HIGH_ALWAYS)
		return STEPS;
	return (off - on) % STEPS;
}

/* Asleep nothing runs, and what ran before goes on only after a restart or with new times. */
static unsigned int duty(const struct pca9685 *pca9685, unsigned int channel)
{
	if (pca9685->registers[REGISTER_MODE1] & (MODE1_SLEEP | MODE1_RESTART))
		return 0;
	return programmed_duty(pca9685, channel);
}

static bool is_running(const struct pca9685 *pca9685)
{
	unsigned int i;

	for (i = 0; i < CHANNELS; i++)
		if (duty(pca9685, i))
			return true;
	return false;
}

static void write_mode1(struct pca9685 *pca9685, uint8_t value)
{
	uint8_t restart = pca9685->registers[REGISTER_MODE1] & MODE1_RESTART;

	if (value & MODE1_SLEEP && is_running(pca9685))
		restart = MODE1_RESTART;
	else if (value & MODE1_RESTART && !(value & MODE1_SLEEP))
		restart = 0;
	pca9685->registers[REGISTER_MODE1] = (value & ~MODE1_RESTART) | restart;
}

static void write_time(struct pca9685 *pca9685, unsigned int at, uint8_t value)
{
	bool high = (at - REGISTER_CHANNELS) % 2;

	pca9685->registers[at] = high ? value & HIGH_BITS : value;
	pca9685->registers[REGISTER_MODE1] &= ~MODE1_RESTART;
}

static void write_register(struct pca9685 *pca9685, unsigned int at, uint8_t value)
{
	unsigned int i;

	if (at == REGISTER_MODE1) {
		write_mode1(pca9685, value);
	} else if (at < REGISTER_CHANNELS) {
		pca9685->registers[at] = value;
	} else if (at < REGISTER_CHANNELS_END) {
		write_time(pca9685, at, value);
	} else if (at >= REGISTER_ALL && at < REGISTER_ALL + PER_CHANNEL) {
		for (i = 0; i < CHANNELS; i++)
			write_time(pca9685, REGISTER_CHANNELS + i * PER_CHANNEL + at - REGISTER_ALL,
				   value);
	} else if (at == REGISTER_PRESCALER && pca9685->registers[REGISTER_MODE1] & MODE1_SLEEP) {
		pca9685->registers[at] = value < PRESCALER_MIN ? PRESCALER_MIN : value;
	}
}

static void advance(struct pca9685 *pca9685)
{
	if (!(pca9685->registers[REGISTER_MODE1] & MODE1_INCREMENT))
		return;
	pca9685->pointer++;
	if (pca9685->pointer == REGISTER_CHANNELS_END || pca9685->pointer > REGISTER_PRESCALER)
		pca9685->pointer = 0;
}

static void pca9685_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct pca9685 *pca9685 = (struct pca9685 *)chip;
	size_t i;

	if (!length)
		return;
	pca9685->pointer = data[0];
	for (i = 1; i < length; i++) {
		write_register(pca9685, pca9685->pointer, data[i]);
		advance(pca9685);
	}
}

static void pca9685_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct pca9685 *pca9685 = (struct pca9685 *)chip;

	while (length--) {
		*data++ = pca9685->registers[pca9685->pointer];
		advance(pca9685);
	}
}

static int pca9685_set(struct chip *chip, const char *key, const char *value)
{
	return -ENOENT;
}

static unsigned int period_ns(const struct pca9685 *pca9685)
{
	return (pca9685->registers[REGISTER_PRESCALER] + 1) * STEPS * NS_PER_TICK;
}

static int pca9685_get(struct chip *chip, const char *key, FILE *out)
{
	const struct pca9685 *pca9685 = (struct pca9685 *)chip;
	unsigned long channel;
	unsigned int i;

	if (!key) {
		fprintf(out, "period=%u ns, duty of 4096:", period_ns(pca9685));
		for (i = 0; i < CHANNELS; i++)
			fprintf(out, " %u", duty(pca9685, i));
	} else if (!chip_key_number(key, "duty", CHANNELS, &channel)) {
		fprintf(out, "%u", duty(pca9685, channel));
	} else if (!chip_key_number(key, "period", CHANNELS, &channel)) {
		fprintf(out, "%u", period_ns(pca9685));
	} else {
		return -ENOENT;
	}
	return 0;
}

const struct chip_type chip_pca9685 = {
	.name = "pca9685",
	.bus = &i2c_bus_type,
	.size = sizeof(struct pca9685),
	.power = pca9685_power,
	.i2c = { .write = pca9685_write, .read = pca9685_read },
	.set = pca9685_set,
	.get = pca9685_get,
};
