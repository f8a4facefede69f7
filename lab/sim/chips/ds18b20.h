/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_DS18B20_H
#define SIM_DS18B20_H

#include <stdbool.h>
#include <stdint.h>

#define DS18B20_ROM_BYTES 8
#define DS18B20_SCRATCHPAD_BYTES 9

/**
 * struct ds18b20 - the sensor
 * @rom: its address: family, serial number, checksum
 * @scratchpad: its registers, with a checksum
 * @state: what it does with the next slot
 * @slots: since the state began
 * @shift: bits of the command that is coming
 */
struct ds18b20 {
	uint8_t rom[DS18B20_ROM_BYTES];
	uint8_t scratchpad[DS18B20_SCRATCHPAD_BYTES];
	int state;
	unsigned int slots;
	uint8_t shift;
};

/** ds18b20_create() - make it with a serial number, whose lower six bytes count */
void ds18b20_create(struct ds18b20 *sensor, uint64_t serial);

/** ds18b20_measure() - what it measures, in degrees Celsius */
void ds18b20_measure(struct ds18b20 *sensor, double celsius);

/** ds18b20_reset() - a reset pulse came, which it answers by its presence */
void ds18b20_reset(struct ds18b20 *sensor);

/**
 * ds18b20_slot() - a time slot
 * @sensor: the sensor
 * @level: what the master writes; true if it reads
 *
 * Return: what is on the wire: low if either of them says so
 */
bool ds18b20_slot(struct ds18b20 *sensor, bool level);

#endif
