/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_UART_SOCKET_H
#define SIM_UART_SOCKET_H

#include "lab/sim/event_loop.h"
#include "lab/sim/serial_bus.h"

struct uart_socket;

/**
 * uart_socket_create() - a UART whose registers are the emulator's, at the end of a socket
 * @uart: the result
 * @loop: where it runs
 * @path: the socket, which is made; nothing may be there yet. One connection at a time: the bytes
 *	of the line, in both directions
 * @bus: the line; stays the caller's and must live longer
 *
 * The speed that the guest sets never comes here, so it fits any chip.
 *
 * Return: 0, -ENAMETOOLONG or another negative errno.
 */
int uart_socket_create(struct uart_socket **uart, struct event_loop *loop, const char *path,
		       struct serial_bus *bus);

/** uart_socket_destroy() - end the connection, remove the socket, free; NULL is fine */
void uart_socket_destroy(struct uart_socket *uart);

#endif
