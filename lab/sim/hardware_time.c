// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The time of the hardware: that of this machine, or one that stands still until it is told.
 */
#include <time.h>

#include "lab/sim/hardware_time.h"

/* The first of January 2024. */
#define VIRTUAL_START 1704067200000000000ULL

static bool is_virtual;
static uint64_t virtual_now;

uint64_t hardware_time_now(void)
{
	struct timespec time;

	if (is_virtual)
		return virtual_now;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

uint64_t hardware_time_date(void)
{
	struct timespec time;

	if (is_virtual)
		return VIRTUAL_START + virtual_now;
	clock_gettime(CLOCK_REALTIME, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

void hardware_time_make_virtual(void)
{
	is_virtual = true;
	virtual_now = 0;
}

bool hardware_time_is_virtual(void)
{
	return is_virtual;
}

void hardware_time_advance(uint64_t to)
{
	if (to > virtual_now)
		virtual_now = to;
}
