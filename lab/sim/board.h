/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_BOARD_H
#define SIM_BOARD_H

#include "lab/sim/appointment.h"
#include "lab/sim/board_device.h"
#include "lab/sim/calendar.h"
#include "lab/sim/chip_place.h"
#include "lab/sim/event_loop.h"
#include "lab/sim/history.h"
#include "lab/sim/points.h"
#include "lab/sim/socket.h"

#define BOARD_DEVICES_MAX 16
#define BOARD_SOCKETS_MAX 64

/**
 * struct board - a base board
 * @devices: its controllers
 * @device_count: number of @devices
 * @chips: chips that are soldered on it and always have power
 * @sockets: its sockets
 * @socket_count: number of @sockets
 * @history: what happened lately; NULL until it is started
 * @points: at which the guest comes to the hardware
 * @appointment: what is to happen to a socket later
 * @calendar: of virtual time; NULL where time passes by itself
 */
struct board {
	struct board_device devices[BOARD_DEVICES_MAX];
	unsigned int device_count;
	struct chip_places chips;
	struct socket sockets[BOARD_SOCKETS_MAX];
	unsigned int socket_count;
	struct history *history;
	struct points points;
	struct appointment appointment;
	struct calendar *calendar;
};

/**
 * board_read() - read a board's file
 * @board: all zero
 * @path: the file
 * @problem: PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0, -EINVAL for a mistake in the file, another negative errno. board_destroy() is due in
 * all cases.
 */
int board_read(struct board *board, const char *path, char *problem);

/**
 * board_start() - the controllers listen in a directory, the sockets work
 * @board: a board that was read
 * @loop: where it runs
 * @directory: where the vhost-user sockets go
 * @problem: PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0 or a negative errno. board_destroy() is due in all cases.
 */
int board_start(struct board *board, struct event_loop *loop, const char *directory, char *problem);

/** board_destroy() - take everything down and free it, but for @board itself */
void board_destroy(struct board *board);

/** board_interrupt_guest() - have the guest look around, though nothing happened to the hardware */
void board_interrupt_guest(struct board *board);

/** board_find_socket() - a socket by its name, or NULL; see socket_find() */
struct socket *board_find_socket(struct board *board, const char *name);

#endif
