/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_APPOINTMENT_H
#define SIM_APPOINTMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/sim/addon.h"
#include "lab/sim/event_loop.h"
#include "lab/sim/points.h"

#define APPOINTMENT_PATH_SIZE (4 * ADDON_NAME_SIZE)

struct board;

/**
 * struct appointment - what is to happen to a socket at an exact point, or time
 * @board: the board
 * @loop: counts the time; points are counted by the board
 * @timer: on @loop
 * @socket: name of the socket, which may be on an add-on; empty for none
 * @addon: what is to be put in; NULL to pull out what is in it
 */
struct appointment {
	struct board *board;
	struct event_loop *loop;
	struct event_timer timer;
	char socket[APPOINTMENT_PATH_SIZE];
	struct addon *addon;
};

/** appointment_init() - none yet, on a board */
void appointment_init(struct appointment *appointment, struct board *board,
		      struct event_loop *loop);

/**
 * appointment_make() - put an add-on into a socket later, or pull it out
 * @appointment: one that was made before and has not been kept is forgotten
 * @socket: name of the socket; if there is no such socket then, nothing happens
 * @addon: what to put in if the socket is empty then, the appointment's from now on; NULL to pull out
 * @points: at which point from now, or 0
 * @microseconds: when from now, if @points is 0
 */
void appointment_make(struct appointment *appointment, const char *socket, struct addon *addon,
		      unsigned long points, uint64_t microseconds);

/** appointment_forget() - nothing is to happen any more; none is fine */
void appointment_forget(struct appointment *appointment);

/** appointment_is_due() - is there one that was not kept yet? */
bool appointment_is_due(const struct appointment *appointment);

#endif
