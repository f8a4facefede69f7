/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_HARDWARE_TIME_H
#define SIM_HARDWARE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/**
 * hardware_time_now() - the time of the emulated hardware, of which there is one
 *
 * Return: nanoseconds: of CLOCK_MONOTONIC, or, if it was made virtual, since then.
 */
uint64_t hardware_time_now(void);

/**
 * hardware_time_date() - the date that clocks on chips have when nobody sets them
 *
 * Return: nanoseconds since 1970, UTC; virtual time begins with the year 2024.
 */
uint64_t hardware_time_date(void);

/** hardware_time_make_virtual() - from now on time passes only by hardware_time_advance() */
void hardware_time_make_virtual(void);

/** hardware_time_is_virtual() - does time only pass when told to? */
bool hardware_time_is_virtual(void);

/**
 * hardware_time_advance() - let virtual time pass
 * @to: nanoseconds since it became virtual; a time that has passed is fine
 */
void hardware_time_advance(uint64_t to);

#endif
