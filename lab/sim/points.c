// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counting the points at which something can happen to the hardware under the guest's hands.
 *
 * Between two points the guest has no way to tell when it happened: nothing of the hardware has
 * been seen, and no time has passed.
 */
#include "lab/sim/calendar.h"
#include "lab/sim/points.h"

void points_begin(struct points *points)
{
	if (points->calendar)
		calendar_catch_up(points->calendar);
	points->count++;
	if (points->left && !--points->left)
		points->reached(points);
}
