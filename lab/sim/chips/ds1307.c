// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * DS1307: real-time clock with 56 bytes of memory (Maxim 19-5105).
 *
 * Registers 0-6 are seconds (bit 7 stops the clock), minutes, hours, weekday, day, month, year;
 * 7 is control; the rest is memory. It has a battery: nothing is lost without power. The time is
 * copied at the start of a read, so that it does not change in the middle of it.
 */
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/clock.h"

#define REGISTERS 64
#define TIME_REGISTERS 7
#define HOURS_12 0x40
#define HOURS_PM 0x20
#define SECONDS_HALT 0x80

/**
 * struct ds1307 - the clock
 * @chip: the chip
 * @clock: its time
 * @registers: as they were last read or written
 * @pointer: register to be read next
 */
struct ds1307 {
	struct chip chip;
	struct clock clock;
	uint8_t registers[REGISTERS];
	unsigned int pointer;
};

/* The hours register goes on counting to 12 or to 24 as it was last written. */
static uint8_t hours_as_set(uint8_t before, unsigned int hour)
{
	if (!(before & HOURS_12))
		return bcd_from(hour);
	return HOURS_12 | (hour >= 12 ? HOURS_PM : 0) | bcd_from((hour + 11) % 12 + 1);
}

static void load_time(struct ds1307 *ds1307)
{
	time_t now = clock_now(&ds1307->clock);
	struct tm time;

	gmtime_r(&now, &time);
	ds1307->registers[0] = bcd_from(time.tm_sec) | (ds1307->clock.stopped ? SECONDS_HALT : 0);
	ds1307->registers[1] = bcd_from(time.tm_min);
	ds1307->registers[2] = hours_as_set(ds1307->registers[2], time.tm_hour);
	ds1307->registers[3] = time.tm_wday + 1;
	ds1307->registers[4] = bcd_from(time.tm_mday);
	ds1307->registers[5] = bcd_from(time.tm_mon + 1);
	ds1307->registers[6] = bcd_from(time.tm_year % 100);
}

static unsigned int hours(uint8_t value)
{
	if (!(value & HOURS_12))
		return bcd_to(value & 0x3f);
	return bcd_to(value & 0x1f) % 12 + (value & HOURS_PM ? 12 : 0);
}

static void store_time(struct ds1307 *ds1307)
{
	const uint8_t *registers = ds1307->registers;
	struct tm time = {
		.tm_sec = bcd_to(registers[0] & 0x7f),
		.tm_min = bcd_to(registers[1] & 0x7f),
		.tm_hour = hours(registers[2]),
		.tm_mday = bcd_to(registers[4] & 0x3f),
		.tm_mon = (int)bcd_to(registers[5] & 0x1f) - 1,
		.tm_year = 100 + bcd_to(registers[6]),
	};

	clock_set(&ds1307->clock, timegm(&time));
	clock_stop(&ds1307->clock, registers[0] & SECONDS_HALT);
}

static void ds1307_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct ds1307 *ds1307 = (struct ds1307 *)chip;
	bool time_written = false;
	size_t i;

	if (!length)
		return;
	load_time(ds1307);
	ds1307->pointer = data[0] % REGISTERS;
	for (i = 1; i < length; i++) {
		ds1307->registers[ds1307->pointer] = data[i];
		time_written |= ds1307->pointer < TIME_REGISTERS;
		ds1307->pointer = (ds1307->pointer + 1) % REGISTERS;
	}
	if (time_written)
		store_time(ds1307);
}

static void ds1307_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct ds1307 *ds1307 = (struct ds1307 *)chip;

	load_time(ds1307);
	while (length--) {
		*data++ = ds1307->registers[ds1307->pointer];
		ds1307->pointer = (ds1307->pointer + 1) % REGISTERS;
	}
}

static int ds1307_set(struct chip *chip, const char *key, const char *value)
{
	return clock_set_key(&((struct ds1307 *)chip)->clock, key, value);
}

static int ds1307_get(struct chip *chip, const char *key, FILE *out)
{
	return clock_get_key(&((struct ds1307 *)chip)->clock, key, out);
}

const struct chip_type chip_ds1307 = {
	.name = "ds1307",
	.bus = &i2c_bus_type,
	.size = sizeof(struct ds1307),
	.i2c = { .write = ds1307_write, .read = ds1307_read },
	.set = ds1307_set,
	.get = ds1307_get,
};
