/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LISTENER_H
#define SIM_LISTENER_H

#include <sys/un.h>

#include "lab/sim/event_loop.h"

/**
 * struct listener - a socket in the file system that takes connections
 * @source: in the loop
 * @loop: where it runs
 * @address: of the socket
 * @connected: called with the descriptor of each new connection, which is the callee's from then on
 */
struct listener {
	struct event_source source;
	struct event_loop *loop;
	struct sockaddr_un address;
	void (*connected)(struct listener *listener, int file);
};

/**
 * listener_open() - make the socket and take connections
 * @listener: all zero but @connected
 * @loop: where it runs
 * @path: the socket, which is made; nothing may be there yet
 *
 * Return: 0, -ENAMETOOLONG, another negative errno; with an error no socket is left behind.
 */
int listener_open(struct listener *listener, struct event_loop *loop, const char *path);

/** listener_close() - take no more connections, and remove the socket */
void listener_close(struct listener *listener);

#endif
