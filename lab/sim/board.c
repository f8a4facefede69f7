// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Base boards, made from their files.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/board.h"
#include "lab/sim/data_file.h"

static int read_for_the_launcher(struct data_file *file, const struct words *words)
{
	return 0;
}

static int copy_name(struct data_file *file, char *to, const char *name)
{
	if (strlen(name) >= ADDON_NAME_SIZE || !name[0] || strchr(name, '/') || name[0] == '.')
		return data_file_mistake(file, "%.64s is not usable as a name", name);
	strcpy(to, name);
	return 0;
}

static struct board_device *find_device(struct board *board, const char *name)
{
	unsigned int i;

	for (i = 0; i < board->device_count; i++)
		if (!strcmp(board->devices[i].name, name))
			return &board->devices[i];
	return NULL;
}

/* A bus is called as its controller. */
static struct bus *find_bus(struct board *board, const char *name)
{
	struct board_device *device = find_device(board, name);

	return device ? board_device_bus(device) : NULL;
}

static int read_device(struct data_file *file, const struct words *words)
{
	struct board *board = file->data;
	struct board_device *device = &board->devices[board->device_count];
	int ret;

	if (board->device_count == BOARD_DEVICES_MAX)
		return data_file_mistake(file, "more than %d devices", BOARD_DEVICES_MAX);
	if (find_device(board, words->word[1]))
		return data_file_mistake(file, "there is a %s already", words->word[1]);
	if (!strcmp(words->word[1], "control"))
		return data_file_mistake(file, "control is the name of the control socket");
	if (copy_name(file, device->name, words->word[1]))
		return -EINVAL;
	ret = board_device_read(file, device, words->word[2], &words->word[3]);
	if (!ret)
		board->device_count++;
	return ret;
}

static int read_socket(struct data_file *file, const struct words *words)
{
	struct board *board = file->data;
	struct socket *socket = &board->sockets[board->socket_count];

	if (board->socket_count == BOARD_SOCKETS_MAX)
		return data_file_mistake(file, "more than %d sockets", BOARD_SOCKETS_MAX);
	if (board_find_socket(board, words->word[1]))
		return data_file_mistake(file, "there is a %s already", words->word[1]);
	if (copy_name(file, socket->name, words->word[1]) ||
	    copy_name(file, socket->type, words->word[2]))
		return -EINVAL;
	board->socket_count++;
	return 0;
}

/* The socket that the present line belongs to. */
static struct socket *this_socket(struct data_file *file)
{
	struct board *board = file->data;

	if (board->socket_count)
		return &board->sockets[board->socket_count - 1];
	data_file_mistake(file, "a line with a socket has to come before");
	return NULL;
}

static int read_bus(struct data_file *file, const struct words *words)
{
	struct bus *wired = find_bus(file->data, words->word[2]);
	struct socket *socket = this_socket(file);
	struct socket_bus *bus;

	if (!socket)
		return -EINVAL;
	if (!wired)
		return data_file_mistake(file, "there is no bus %s", words->word[2]);
	if (socket->bus_count == SOCKET_BUSES_MAX)
		return data_file_mistake(file, "more than %d buses", SOCKET_BUSES_MAX);
	bus = &socket->buses[socket->bus_count];
	if (copy_name(file, bus->name, words->word[1]))
		return -EINVAL;
	bus->bus = wired;
	socket->bus_count++;
	return 0;
}

static int read_wire(struct data_file *file, struct wire *wire, char *const *words)
{
	struct board_device *device = find_device(file->data, words[0]);
	unsigned long line;

	if (!device || !device->bank)
		return data_file_mistake(file, "there is no GPIO device %s", words[0]);
	if (data_file_number(file, words[1], gpio_bank_count(device->bank) - 1, &line))
		return -EINVAL;
	if (words[2] && strcmp(words[2], "low") && strcmp(words[2], "high"))
		return data_file_mistake(file, "low or high, not %s", words[2]);
	wire->bank = device->bank;
	wire->line = line;
	wire->active_low = words[2] && !strcmp(words[2], "low");
	return 0;
}

static int read_pin(struct data_file *file, const struct words *words)
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

static int read_numbered_pin(struct data_file *file, const struct words *words)
{
	struct socket *socket = this_socket(file);
	unsigned long number;

	if (!socket || data_file_number(file, words->word[1], SOCKET_PINS_MAX - 1, &number))
		return -EINVAL;
	return read_wire(file,
			 strcmp(words->word[0], "strap") ? &socket->lines[number] :
							   &socket->straps[number],
			 &words->word[2]);
}

static const struct data_line board_lines[] = {
	{ "kernel", 1, 0, read_for_the_launcher },
	{ "tree", 1, 0, read_for_the_launcher },
	{ "device", 2, WORDS_MAX, read_device },
	{ "socket", 2, 0, read_socket },
	{ "bus", 2, 0, read_bus },
	{ "present", 2, 1, read_pin },
	{ "powergood", 2, 1, read_pin },
	{ "reset", 2, 1, read_pin },
	{ "vcc", 2, 1, read_pin },
	{ "strap", 3, 1, read_numbered_pin },
	{ "line", 3, 1, read_numbered_pin },
	{ 0 },
};

int board_read(struct board *board, const char *path, char *problem)
{
	return data_file_read(path, board_lines, board, problem);
}

static int start_device(struct board_device *device, struct event_loop *loop, const char *directory,
			char *problem)
{
	char path[4096];
	int ret;

	snprintf(path, sizeof(path), "%s/%s", directory, device->name);
	ret = device->kind->start(device, loop, path);
	if (ret)
		snprintf(problem, PROBLEM_SIZE, "cannot listen on %.400s: %s", path,
			 strerror(-ret));
	return ret;
}

static int watch_devices(struct board *board)
{
	struct board_device *device;
	unsigned int i;
	int ret = 0;

	board->history = history_create();
	if (!board->history)
		return -ENOMEM;
	for (i = 0; !ret && i < board->device_count; i++) {
		device = &board->devices[i];
		ret = device->kind->watch(device, board->history);
	}
	return ret;
}

int board_start(struct board *board, struct event_loop *loop, const char *directory, char *problem)
{
	unsigned int i;
	int ret = watch_devices(board);

	if (ret)
		snprintf(problem, PROBLEM_SIZE, "%s", strerror(-ret));
	for (i = 0; !ret && i < board->socket_count; i++)
		socket_start(&board->sockets[i], loop);
	for (i = 0; !ret && i < board->device_count; i++)
		ret = start_device(&board->devices[i], loop, directory, problem);
	return ret;
}

void board_destroy(struct board *board)
{
	while (board->socket_count) {
		board->socket_count--;
		if (board->sockets[board->socket_count].loop)
			socket_stop(&board->sockets[board->socket_count]);
	}
	while (board->device_count)
		board_device_destroy(&board->devices[--board->device_count]);
	history_destroy(board->history);
	board->history = NULL;
}

struct socket *board_find_socket(struct board *board, const char *name)
{
	unsigned int i;

	for (i = 0; i < board->socket_count; i++)
		if (!strcmp(board->sockets[i].name, name))
			return &board->sockets[i];
	return NULL;
}
