/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CLOCK_H
#define SIM_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

/**
 * struct clock - the time in a clock chip: the host's, with an offset
 * @offset: seconds by which it is ahead of the host
 * @stopped: it stands still
 * @stood_at: the time at which it stands
 */
struct clock {
	time_t offset;
	bool stopped;
	time_t stood_at;
};

/** clock_now() - the time, in seconds since 1970, UTC */
time_t clock_now(const struct clock *clock);

/** clock_set() - set the time */
void clock_set(struct clock *clock, time_t time);

/** clock_stop() - let it stand still or run on */
void clock_stop(struct clock *clock, bool stop);

/** clock_set_key() - the set function of clock chips: "time" in seconds since 1970 */
int clock_set_key(struct clock *clock, const char *key, const char *value);

/** clock_get_key() - the get function of clock chips */
int clock_get_key(const struct clock *clock, const char *key, FILE *out);

/** bcd_from() - a number below 100 in binary-coded decimal */
uint8_t bcd_from(unsigned int number);

/** bcd_to() - the number of a byte in binary-coded decimal */
unsigned int bcd_to(uint8_t bcd);

#endif
