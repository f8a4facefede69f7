/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SOCKET_FILE_H
#define SIM_SOCKET_FILE_H

#include "lab/sim/data_file.h"
#include "lab/sim/socket.h"

/**
 * struct socket_reader - sockets being read from a board's or an add-on's file; first in what
 *	data_file.data points to
 * @sockets: room for them
 * @count: how many there are
 * @max: how many there is room for
 * @find_bus: the bus of that name, NULL if there is none; NULL where buses are known only once the
 *	add-on is plugged
 * @find_bank: the lines of that name, NULL if there are none
 */
struct socket_reader {
	struct socket *sockets;
	unsigned int count;
	unsigned int max;
	struct bus *(*find_bus)(struct socket_reader *reader, const char *name);
	struct gpio_bank *(*find_bank)(struct socket_reader *reader, const char *name);
};

/** socket_file_name() - copy what is to be a name, if it is usable as one. Return: 0 or -EINVAL */
int socket_file_name(struct data_file *file, char *to, const char *name);

/* What the lines mean; see struct data_line. */
int socket_file_socket(struct data_file *file, const struct words *words);
int socket_file_bus(struct data_file *file, const struct words *words);
int socket_file_pin(struct data_file *file, const struct words *words);
int socket_file_numbered_pin(struct data_file *file, const struct words *words);

/* The lines that describe sockets, for a table of struct data_line. */
#define SOCKET_FILE_LINES                                                                     \
	{ "socket", 2, 0, socket_file_socket }, { "bus", 2, 1, socket_file_bus },             \
		{ "present", 2, 1, socket_file_pin }, { "powergood", 2, 1, socket_file_pin }, \
		{ "reset", 2, 1, socket_file_pin }, { "vcc", 2, 1, socket_file_pin },         \
		{ "strap", 3, 1, socket_file_numbered_pin },                                  \
	{                                                                                     \
		"line", 3, 1, socket_file_numbered_pin                                        \
	}

#endif
