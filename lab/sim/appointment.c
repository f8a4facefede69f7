// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Plugging and pulling out at an exact point, while the guest is at work.
 */
#include <stddef.h>
#include <stdio.h>

#include "lab/sim/appointment.h"
#include "lab/sim/board.h"

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

static void keep(struct appointment *appointment)
{
	struct socket *socket = board_find_socket(appointment->board, appointment->socket);
	struct addon *addon = appointment->addon;

	appointment->addon = NULL;
	appointment_forget(appointment);
	if (socket && addon && !socket->addon)
		socket_plug(socket, addon, 0, 0);
	else if (socket && !addon)
		socket_unplug(socket, 0, 0);
	else
		addon_destroy(addon);
}

static void point_reached(struct points *points)
{
	keep(&container(points, struct board, points)->appointment);
}

static void time_reached(struct event_timer *timer)
{
	keep(container(timer, struct appointment, timer));
}

void appointment_init(struct appointment *appointment, struct board *board, struct event_loop *loop)
{
	appointment->board = board;
	board->points.reached = point_reached;
	appointment->loop = loop;
	appointment->timer.expired = time_reached;
}

void appointment_make(struct appointment *appointment, const char *socket, struct addon *addon,
		      unsigned long points, uint64_t microseconds)
{
	appointment_forget(appointment);
	snprintf(appointment->socket, sizeof(appointment->socket), "%s", socket);
	appointment->addon = addon;
	appointment->board->points.left = points;
	if (!points)
		event_timer_start(appointment->loop, &appointment->timer, microseconds);
}

void appointment_forget(struct appointment *appointment)
{
	if (appointment->board)
		appointment->board->points.left = 0;
	event_timer_cancel(&appointment->timer);
	addon_destroy(appointment->addon);
	appointment->addon = NULL;
	appointment->socket[0] = '\0';
}

bool appointment_is_due(const struct appointment *appointment)
{
	return appointment->socket[0];
}
