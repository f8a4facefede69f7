// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCF8563: real-time clock (NXP PCF8563 Rev. 11).
 *
 * Registers: 0-1 control, 2 seconds (bit 7: the time is not reliable), 3 minutes, 4 hours, 5 day,
 * 6 weekday, 7 month, 8 year, 9-15 alarm, clock output, timer. Without power it loses the time,
 * and says so, unless the add-on has a battery for it (battery=1). Its alarm and timer do not go off.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/clock.h"

#define REGISTERS 16
#define FIRST_TIME 2
#define LAST_TIME 8
#define CONTROL_STOP 0x20
#define SECONDS_LOW_VOLTAGE 0x80
#define MONTH_CENTURY 0x80

/**
 * struct pcf8563 - the clock
 * @chip: the chip
 * @clock: its time
 * @battery: the add-on has a battery for it
 * @unreliable: power was lost since the time was set
 * @registers: as they were last read or written
 * @pointer: register to be read next
 */
struct pcf8563 {
	struct chip chip;
	struct clock clock;
	bool battery;
	bool unreliable;
	uint8_t registers[REGISTERS];
	unsigned int pointer;
};

static void pcf8563_power(struct chip *chip, bool on)
{
	struct pcf8563 *pcf8563 = (struct pcf8563 *)chip;

	if (pcf8563->battery)
		return;
	memset(pcf8563->registers, 0, sizeof(pcf8563->registers));
	pcf8563->pointer = 0;
	pcf8563->unreliable = true;
}

static void load_time(struct pcf8563 *pcf8563)
{
	time_t now = clock_now(&pcf8563->clock);
	struct tm time;

	gmtime_r(&now, &time);
	pcf8563->registers[2] =
		bcd_from(time.tm_sec) | (pcf8563->unreliable ? SECONDS_LOW_VOLTAGE : 0);
	pcf8563->registers[3] = bcd_from(time.tm_min);
	pcf8563->registers[4] = bcd_from(time.tm_hour);
	pcf8563->registers[5] = bcd_from(time.tm_mday);
	pcf8563->registers[6] = time.tm_wday;
	pcf8563->registers[7] = bcd_from(time.tm_mon + 1) | (pcf8563->registers[7] & MONTH_CENTURY);
	pcf8563->registers[8] = bcd_from(time.tm_year % 100);
}

static void store_time(struct pcf8563 *pcf8563)
{
	const uint8_t *registers = pcf8563->registers;
	struct tm time = {
		.tm_sec = bcd_to(registers[2] & 0x7f),
		.tm_min = bcd_to(registers[3] & 0x7f),
		.tm_hour = bcd_to(registers[4] & 0x3f),
		.tm_mday = bcd_to(registers[5] & 0x3f),
		.tm_mon = (int)bcd_to(registers[7] & 0x1f) - 1,
		.tm_year = 100 + bcd_to(registers[8]),
	};

	clock_set(&pcf8563->clock, timegm(&time));
	pcf8563->unreliable = registers[2] & SECONDS_LOW_VOLTAGE;
}

static void pcf8563_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct pcf8563 *pcf8563 = (struct pcf8563 *)chip;
	bool time_written = false;
	size_t i;

	if (!length)
		return;
	load_time(pcf8563);
	pcf8563->pointer = data[0] % REGISTERS;
	for (i = 1; i < length; i++) {
		pcf8563->registers[pcf8563->pointer] = data[i];
		time_written |= pcf8563->pointer >= FIRST_TIME && pcf8563->pointer <= LAST_TIME;
		pcf8563->pointer = (pcf8563->pointer + 1) % REGISTERS;
	}
	if (time_written)
		store_time(pcf8563);
	clock_stop(&pcf8563->clock, pcf8563->registers[0] & CONTROL_STOP);
}

static void pcf8563_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct pcf8563 *pcf8563 = (struct pcf8563 *)chip;

	load_time(pcf8563);
	while (length--) {
		*data++ = pcf8563->registers[pcf8563->pointer];
		pcf8563->pointer = (pcf8563->pointer + 1) % REGISTERS;
	}
}

static int pcf8563_set(struct chip *chip, const char *key, const char *value)
{
	struct pcf8563 *pcf8563 = (struct pcf8563 *)chip;

	if (strcmp(key, "battery"))
		return clock_set_key(&pcf8563->clock, key, value);
	if (strcmp(value, "0") && strcmp(value, "1"))
		return -EINVAL;
	pcf8563->battery = *value == '1';
	return 0;
}

static int pcf8563_get(struct chip *chip, const char *key, FILE *out)
{
	return clock_get_key(&((struct pcf8563 *)chip)->clock, key, out);
}

const struct chip_type chip_pcf8563 = {
	.name = "pcf8563",
	.bus = &i2c_bus_type,
	.size = sizeof(struct pcf8563),
	.power = pcf8563_power,
	.i2c = { .write = pcf8563_write, .read = pcf8563_read },
	.set = pcf8563_set,
	.get = pcf8563_get,
};
