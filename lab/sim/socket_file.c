// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lines of a board's or an add-on's file that say how a socket is wired.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "lab/sim/socket_file.h"

int socket_file_name(struct data_file *file, char *to, const char *name)
{
	if (strlen(name) >= ADDON_NAME_SIZE || !name[0] || strchr(name, '/') || name[0] == '.')
		return data_file_mistake(file, "%.64s is not usable as a name", name);
	strcpy(to, name);
	return 0;
}

int socket_file_socket(struct data_file *file, const struct words *words)
{
	struct socket_reader *reader = file->data;
	struct socket *socket = &reader->sockets[reader->count];
	unsigned int i;

	if (reader->count == reader->max)
		return data_file_mistake(file, "more than %u sockets", reader->max);
	for (i = 0; i < reader->count; i++)
		if (!strcmp(reader->sockets[i].name, words->word[1]))
			return data_file_mistake(file, "there is a %s already", words->word[1]);
	if (!strcmp(words->word[1], BOARD_ITSELF))
		return data_file_mistake(file, "there is a %s already", words->word[1]);
	/* A dot leads from a socket to one on the add-on in it. */
	if (strchr(words->word[1], '.'))
		return data_file_mistake(file, "%.64s is not usable as a name", words->word[1]);
	if (socket_file_name(file, socket->name, words->word[1]) ||
	    socket_file_name(file, socket->type, words->word[2]))
		return -EINVAL;
	reader->count++;
	return 0;
}

/* The socket that the present line belongs to. */
static struct socket *this_socket(struct data_file *file)
{
	struct socket_reader *reader = file->data;

	if (reader->count)
		return &reader->sockets[reader->count - 1];
	data_file_mistake(file, "a line with a socket has to come before");
	return NULL;
}

static int read_addresses(struct data_file *file, struct socket_bus *bus, char *list)
{
	unsigned long number;
	char *word, *rest;

	for (word = strtok_r(list, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		if (bus->address_count == SOCKET_ADDRESSES_MAX)
			return data_file_mistake(file, "more than %d addresses",
						 SOCKET_ADDRESSES_MAX);
		if (data_file_number(file, word, 0x7f, &number))
			return -EINVAL;
		bus->addresses[bus->address_count++] = number;
	}
	return 0;
}

int socket_file_bus(struct data_file *file, const struct words *words)
{
	struct socket_reader *reader = file->data;
	struct socket *socket = this_socket(file);
	struct socket_bus *bus;

	if (!socket)
		return -EINVAL;
	if (socket->bus_count == SOCKET_BUSES_MAX)
		return data_file_mistake(file, "more than %d buses", SOCKET_BUSES_MAX);
	bus = &socket->buses[socket->bus_count];
	if (socket_file_name(file, bus->name, words->word[1]) ||
	    socket_file_name(file, bus->outer, words->word[2]) ||
	    (words->word[3] && read_addresses(file, bus, words->word[3])))
		return -EINVAL;
	if (reader->find_bus) {
		bus->bus = reader->find_bus(reader, bus->outer);
		if (!bus->bus)
			return data_file_mistake(file, "there is no bus %s", words->word[2]);
	}
	socket->bus_count++;
	return 0;
}

static int read_wire(struct data_file *file, struct wire *wire, char *const *words)
{
	struct socket_reader *reader = file->data;
	struct gpio_bank *bank = reader->find_bank(reader, words[0]);
	unsigned long line;

	if (!bank)
		return data_file_mistake(file, "there is no GPIO device %s", words[0]);
	if (data_file_number(file, words[1], gpio_bank_count(bank) - 1, &line))
		return -EINVAL;
	if (words[2] && strcmp(words[2], "low") && strcmp(words[2], "high"))
		return data_file_mistake(file, "low or high, not %s", words[2]);
	wire->bank = bank;
	wire->line = line;
	wire->active_low = words[2] && !strcmp(words[2], "low");
	return 0;
}

int socket_file_pin(struct data_file *file, const struct words *words)
{
	static const struct {
		const char *name;
		size_t offset;
	} pins[] = {
		{ "present", offsetof(struct socket, present) },
		{ "powergood", offsetof(struct socket, powergood) },
		{ "reset", offsetof(struct socket, reset) },
		{ "vcc", offsetof(struct socket, vcc) },
	};
	struct socket *socket = this_socket(file);
	unsigned int i;

	if (!socket)
		return -EINVAL;
	for (i = 0; strcmp(pins[i].name, words->word[0]); i++)
		;
	return read_wire(file, (struct wire *)((char *)socket + pins[i].offset), &words->word[1]);
}

/* A line that goes through the add-on: which one of the socket that the add-on is in. */
static int read_passed_line(struct data_file *file, unsigned int *passed, char *const *words)
{
	struct socket_reader *reader = file->data;
	unsigned long number;

	if (reader->find_bus)
		return data_file_mistake(file, "a base board is in no socket");
	if (words[2] || data_file_number(file, words[1], SOCKET_PINS_MAX - 1, &number))
		return data_file_mistake(file, "line N line N");
	*passed = number + 1;
	return 0;
}

int socket_file_numbered_pin(struct data_file *file, const struct words *words)
{
	struct socket *socket = this_socket(file);
	unsigned long number;

	if (!socket || data_file_number(file, words->word[1], SOCKET_PINS_MAX - 1, &number))
		return -EINVAL;
	if (!strcmp(words->word[0], "strap"))
		return read_wire(file, &socket->straps[number], &words->word[2]);
	if (!strcmp(words->word[2], "line"))
		return read_passed_line(file, &socket->passed_lines[number], &words->word[2]);
	return read_wire(file, &socket->lines[number], &words->word[2]);
}
