// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Base boards, made from their files.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/board.h"
#include "lab/sim/data_file.h"
#include "lab/sim/socket_file.h"

/* Boards that are wired as another one, which is so itself. */
#define DEPTH_MAX 4

static int read_for_the_launcher(struct data_file *file, const struct words *words)
{
	return 0;
}

/**
 * struct board_reader - a board's file being read
 * @sockets: the reader of its sockets; first, see there
 * @board: what it becomes
 * @lines: the kinds of lines of such a file
 * @depth: files that wait for the end of the present one
 */
struct board_reader {
	struct socket_reader sockets;
	struct board *board;
	const struct data_line *lines;
	unsigned int depth;
};

static struct board_device *find_device(struct board *board, const char *name)
{
	if (!board->device_count)
		return NULL;
	return board_device_find(&board->devices[board->device_count - 1], name);
}

/* A bus is called as its controller, one behind a chip as that and its channel. */
static struct bus *find_bus(struct socket_reader *reader, const char *name)
{
	struct board *board = ((struct board_reader *)reader)->board;
	struct board_device *device = find_device(board, name);

	return device ? board_device_bus(device) : chip_places_bus(&board->chips, name);
}

static int read_device(struct data_file *file, const struct words *words)
{
	struct board *board = ((struct board_reader *)file->data)->board;
	struct board_device *device = &board->devices[board->device_count];
	int ret;

	if (board->device_count == BOARD_DEVICES_MAX)
		return data_file_mistake(file, "more than %d devices", BOARD_DEVICES_MAX);
	if (find_device(board, words->word[1]))
		return data_file_mistake(file, "there is a %s already", words->word[1]);
	if (!strcmp(words->word[1], "control"))
		return data_file_mistake(file, "control is the name of the control socket");
	if (socket_file_name(file, device->name, words->word[1]))
		return -EINVAL;
	device->before = board->device_count ? device - 1 : NULL;
	ret = board_device_read(file, device, words->word[2], &words->word[3]);
	if (!ret)
		board->device_count++;
	return ret;
}

static int read_chip(struct data_file *file, const struct words *words)
{
	struct board_reader *reader = file->data;
	struct chip_places *chips = &reader->board->chips;
	struct bus *bus = find_bus(&reader->sockets, words->word[1]);
	struct chip *chip;

	if (!bus)
		return data_file_mistake(file, "there is no bus %s", words->word[1]);
	if (chip_place_read(file, words, chips, NULL))
		return -EINVAL;
	chip = chips->at[chips->count - 1].chip;
	if (chip->type->bus != bus->type)
		return data_file_mistake(file, "a %s is not for the bus %s", words->word[3],
					 words->word[1]);
	chip_power(chip, true);
	bus_attach(bus, chip);
	return 0;
}

static struct gpio_bank *find_bank(struct socket_reader *reader, const char *name)
{
	struct board_device *device = find_device(((struct board_reader *)reader)->board, name);

	return device ? device->bank : NULL;
}

static int read_wired_as(struct data_file *file, const struct words *words)
{
	struct board_reader *reader = file->data;
	const char *slash = strrchr(file->path, '/');
	char path[4096];
	int ret;

	if (reader->depth == DEPTH_MAX)
		return data_file_mistake(file, "wired-as leads on and on");
	snprintf(path, sizeof(path), "%.*s%s", slash ? (int)(slash + 1 - file->path) : 0,
		 file->path, words->word[1]);
	reader->depth++;
	ret = data_file_read(path, reader->lines, reader, file->problem);
	reader->depth--;
	if (ret && ret != -EINVAL)
		return data_file_mistake(file, "cannot read %s: %s", words->word[1],
					 strerror(-ret));
	return ret;
}

static const struct data_line board_lines[] = {
	{ "kernel", 1, 0, read_for_the_launcher },
	{ "smp", 1, 0, read_for_the_launcher },
	{ "variable", 2, 0, read_for_the_launcher },
	{ "tree", 1, 0, read_for_the_launcher },
	{ "wired-as", 1, 0, read_wired_as },
	{ "device", 2, WORDS_MAX, read_device },
	{ "chip", 3, 8, read_chip },
	SOCKET_FILE_LINES,
	{ 0 },
};

int board_read(struct board *board, const char *path, char *problem)
{
	struct board_reader reader = {
		.sockets = { .sockets = board->sockets,
			     .max = BOARD_SOCKETS_MAX,
			     .find_bus = find_bus,
			     .find_bank = find_bank },
		.board = board,
		.lines = board_lines,
	};
	int ret = data_file_read(path, board_lines, &reader, problem);

	board->socket_count = reader.sockets.count;
	return ret;
}

static int start_device(struct board_device *device, struct event_loop *loop,
			struct points *points, const char *directory, char *problem)
{
	char path[4096];
	int ret;

	if (!device->kind->start)
		return 0;
	snprintf(path, sizeof(path), "%s/%s", directory, device->name);
	ret = device->kind->start(device, loop, path);
	if (!ret && device->device)
		vhost_device_set_points(device->device, points);
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
		if (device->kind->watch)
			ret = device->kind->watch(device, board->history);
	}
	return ret;
}

int board_start(struct board *board, struct event_loop *loop, const char *directory, char *problem)
{
	unsigned int i;
	int ret = watch_devices(board);

	appointment_init(&board->appointment, board, loop);
	if (ret)
		snprintf(problem, PROBLEM_SIZE, "%s", strerror(-ret));
	for (i = 0; !ret && i < board->socket_count; i++)
		socket_start(&board->sockets[i], loop, NULL);
	for (i = 0; !ret && i < board->device_count; i++)
		ret = start_device(&board->devices[i], loop, &board->points, directory, problem);
	return ret;
}

void board_destroy(struct board *board)
{
	appointment_forget(&board->appointment);
	while (board->socket_count) {
		board->socket_count--;
		if (board->sockets[board->socket_count].loop)
			socket_stop(&board->sockets[board->socket_count]);
	}
	while (board->device_count)
		board_device_destroy(&board->devices[--board->device_count]);
	chip_places_destroy(&board->chips);
	history_destroy(board->history);
	board->history = NULL;
}

void board_interrupt_guest(struct board *board)
{
	unsigned int i;

	for (i = 0; i < board->device_count; i++)
		if (board->devices[i].device && vhost_device_interrupt(board->devices[i].device))
			return;
}

struct socket *board_find_socket(struct board *board, const char *name)
{
	return socket_find(board->sockets, board->socket_count, name);
}
