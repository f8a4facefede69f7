/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

#include "lab/sim/board.h"
#include "lab/sim/event_loop.h"

struct control;

/**
 * control_create() - take commands on a socket
 * @control: the result
 * @loop: where it runs; stopped by the command "quit"
 * @path: the socket, which is made
 * @board: what the commands are about
 * @directories: directories of add-ons, NULL at the end
 *
 * Return: 0 or a negative errno.
 */
int control_create(struct control **control, struct event_loop *loop, const char *path,
		   struct board *board, const char *const *directories);

/** control_destroy() - close all connections, remove the socket, free; NULL is fine */
void control_destroy(struct control *control);

#endif
