/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_POINTS_H
#define SIM_POINTS_H

struct calendar;

/**
 * struct points - the points at which the guest comes to the hardware: each kick of a queue, and,
 * where time is virtual, each look at the clock and each time that it has nothing to do
 * @calendar: of virtual time, NULL where time passes by itself
 * @count: points so far
 * @left: points until @reached, 0 for never
 * @reached: called once, at the point, before what the guest came for is done
 */
struct points {
	struct calendar *calendar;
	unsigned long count;
	unsigned long left;
	void (*reached)(struct points *points);
};

/** points_begin() - the guest has come, and waits for what it came for */
void points_begin(struct points *points);

#endif
