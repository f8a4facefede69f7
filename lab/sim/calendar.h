/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/sim/event_loop.h"
#include "lab/sim/points.h"
#include "lab/sim/waiter.h"

struct calendar;

/**
 * calendar_create() - virtual time for the hardware and a guest of User-Mode Linux
 * @calendar: the result
 * @loop: where it runs; its timers expire in virtual time from now on
 * @path: socket for the guest's "time-travel=ext:PATH"
 * @answers: descriptor by which the guest tells that it has answered a request, a byte each time;
 *	the calendar's from now on
 * @points: of the hardware; @points->calendar is set
 *
 * Return: 0 or a negative errno.
 */
int calendar_create(struct calendar **calendar, struct event_loop *loop, const char *path,
		    int answers, struct points *points);

/** calendar_destroy() - the end of time; NULL is fine */
void calendar_destroy(struct calendar *calendar);

/** calendar_catch_up() - take over the time that the guest, which has just come, has reached */
void calendar_catch_up(struct calendar *calendar);

/** calendar_owe() - an answer is owed that needs time to pass; see calendar_settle_debt() */
void calendar_owe(struct calendar *calendar);

/** calendar_settle_debt() - it has been given */
void calendar_settle_debt(struct calendar *calendar);

/**
 * calendar_run_guest() - the guest has got a request: time passes until it has answered
 *
 * Return: true if the guest waits, and has to be interrupted to see the request at all.
 */
bool calendar_run_guest(struct calendar *calendar);

/** calendar_await_time() - who is told when so many microseconds have passed; one at a time */
struct waiter *calendar_await_time(struct calendar *calendar, uint64_t microseconds);

/**
 * calendar_await_rest() - wait until the guest has nothing to do at this time
 *
 * Return: NULL if it has nothing to do now, otherwise who is told.
 */
struct waiter *calendar_await_rest(struct calendar *calendar);

#endif
