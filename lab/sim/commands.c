// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The commands of the control socket. Adding one is a function and a line in the table.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <string.h>

#include "lab/sim/command.h"
#include "lab/sim/history.h"
#include "lab/sim/report.h"

#define EDGES_MAX 10000
#define GAP_US_DEFAULT 1000
#define GAP_US_MAX 10000000
#define LOG_EVENTS_DEFAULT 50

int commands_refuse(struct commands *commands, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(commands->problem, sizeof(commands->problem), format, list);
	va_end(list);
	return -EINVAL;
}

struct socket *commands_socket(struct commands *commands, const char *name)
{
	struct socket *socket = board_find_socket(commands->board, name);

	if (!socket)
		commands_refuse(commands, "there is no socket %.64s", name);
	return socket;
}

int commands_number(struct commands *commands, const char *word, const char *key,
		    unsigned long most, unsigned long *number)
{
	size_t length = strlen(key);

	if (strncmp(word, key, length) || word[length] != '=')
		return 1;
	if (words_number(word + length + 1, number) || *number > most)
		return commands_refuse(commands, "%s is a number from 0 to %lu", key, most);
	return 0;
}

/**
 * struct contact - how contact is made or lost
 * @edges: bounces of the presence pin
 * @gap_us: time between two
 * @force: whatever the type
 */
struct contact {
	unsigned long edges;
	unsigned long gap_us;
	bool force;
};

static int read_contact(struct commands *commands, const struct words *words, int at,
			struct contact *contact)
{
	int ret = 0;

	*contact = (struct contact){ .gap_us = GAP_US_DEFAULT };
	for (; ret >= 0 && at < words->count; at++) {
		const char *word = words->word[at];

		if (!strcmp(word, "force")) {
			contact->force = true;
			continue;
		}
		ret = commands_number(commands, word, "bounce", EDGES_MAX, &contact->edges);
		if (ret == 1)
			ret = commands_number(commands, word, "gap_us", GAP_US_MAX,
					      &contact->gap_us);
		if (ret == 1)
			return commands_refuse(commands, "%.64s means nothing here", word);
	}
	/* So that the last edge ends in the state that was asked for. */
	contact->edges += contact->edges % 2;
	return ret;
}

static int later_if_bouncing(struct commands *commands, struct socket *socket)
{
	if (!socket->edges)
		return 0;
	commands->later = &socket->settled;
	return COMMAND_LATER;
}

static int is_settled(struct commands *commands, const struct socket *socket)
{
	if (socket->contact_timer.armed)
		return commands_refuse(commands, "the contacts of %s still bounce", socket->name);
	return 0;
}

struct addon *commands_addon(struct commands *commands, const struct socket *socket,
			     const char *name, bool force)
{
	struct addon *addon;
	const char *bus;

	if (addon_create(&addon, commands->directories, socket->type, name, commands->problem))
		return NULL;
	bus = force ? NULL : socket_missing_bus(socket, addon);
	if (!force && strcmp(addon->type, socket->type))
		commands_refuse(commands, "%s is for %s, and does not fit into %s of type %s",
				addon->name, addon->type, socket->name, socket->type);
	else if (bus)
		commands_refuse(commands, "%s has a chip on bus %s, but %s leads to no such bus",
				addon->name, bus, socket->name);
	else
		return addon;
	addon_destroy(addon);
	return NULL;
}

static int plug_one(struct commands *commands, struct socket *socket, const char *name,
		    const struct contact *contact)
{
	struct addon *addon;

	if (is_settled(commands, socket))
		return -EINVAL;
	if (socket->addon)
		return commands_refuse(commands, "%s is in %s already", socket->addon->name,
				       socket->name);
	addon = commands_addon(commands, socket, name, contact->force);
	if (!addon)
		return -EINVAL;
	socket_plug(socket, addon, contact->edges, contact->gap_us);
	return later_if_bouncing(commands, socket);
}

static int unplug_one(struct commands *commands, struct socket *socket, const char *name,
		      const struct contact *contact)
{
	if (is_settled(commands, socket))
		return -EINVAL;
	if (!socket->addon)
		return 0;
	socket_unplug(socket, contact->edges, contact->gap_us);
	return later_if_bouncing(commands, socket);
}

typedef int (*contact_fn)(struct commands *commands, struct socket *socket, const char *name,
			  const struct contact *contact);

/* Makes or breaks contact in one socket, or in all sockets of the board that "*" stands for. */
static int in_sockets(struct commands *commands, const char *sockets, contact_fn contact_one,
		      const char *name, const struct contact *contact)
{
	struct board *board = commands->board;
	struct socket *socket;
	unsigned int i;
	bool any = false;
	int ret = 0;

	if (!strchr(sockets, '*')) {
		socket = commands_socket(commands, sockets);
		return socket ? contact_one(commands, socket, name, contact) : -EINVAL;
	}
	if (contact->edges)
		return commands_refuse(commands, "contacts bounce in one socket at a time");
	for (i = 0; !ret && i < board->socket_count; i++) {
		if (fnmatch(sockets, board->sockets[i].name, 0))
			continue;
		any = true;
		ret = contact_one(commands, &board->sockets[i], name, contact);
	}
	return ret || any ? ret : commands_refuse(commands, "there is no socket %.64s", sockets);
}

static int command_plug(struct commands *commands, const struct words *words)
{
	struct contact contact;

	if (read_contact(commands, words, 3, &contact))
		return -EINVAL;
	return in_sockets(commands, words->word[1], plug_one, words->word[2], &contact);
}

static int command_unplug(struct commands *commands, const struct words *words)
{
	struct contact contact;

	if (read_contact(commands, words, 2, &contact))
		return -EINVAL;
	return in_sockets(commands, words->word[1], unplug_one, NULL, &contact);
}

static int command_glitch(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	struct contact contact;

	if (!socket || is_settled(commands, socket) || read_contact(commands, words, 2, &contact))
		return -EINVAL;
	if (!socket->addon)
		return commands_refuse(commands, "%s is empty", socket->name);
	socket_glitch(socket, contact.gap_us);
	return later_if_bouncing(commands, socket);
}

static int command_power(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	bool bad = !strcmp(words->word[2], "bad");

	if (!socket)
		return -EINVAL;
	if (!bad && strcmp(words->word[2], "good"))
		return commands_refuse(commands, "power is good or bad");
	socket_set_power_bad(socket, bad);
	return 0;
}

/* What wakes the guest is one of its controllers, whichever it has chosen for that. */
static int command_wake(struct commands *commands, const struct words *words)
{
	struct board *board = commands->board;
	unsigned int i;

	for (i = 0; i < board->device_count; i++)
		if (board->devices[i].device)
			vhost_device_interrupt(board->devices[i].device);
	return 0;
}

static int command_dip(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	unsigned long count = 1, us = GAP_US_DEFAULT;
	int at, ret;

	if (!socket)
		return -EINVAL;
	for (at = 2; at < words->count; at++) {
		ret = commands_number(commands, words->word[at], "count", EDGES_MAX, &count);
		if (ret == 1)
			ret = commands_number(commands, words->word[at], "us", GAP_US_MAX, &us);
		if (ret == 1)
			return commands_refuse(commands, "%.64s means nothing here",
					       words->word[at]);
		if (ret)
			return ret;
	}
	if (!socket->powered)
		return commands_refuse(commands, "%s has no power", socket->name);
	socket_dip(socket, count, us);
	return 0;
}

static struct chip *get_chip(struct commands *commands, const struct words *words)
{
	const struct chip_places *chips = NULL;
	struct chip *chip = NULL;
	struct socket *socket;

	if (!strcmp(words->word[1], BOARD_ITSELF)) {
		chips = &commands->board->chips;
	} else {
		socket = commands_socket(commands, words->word[1]);
		if (!socket)
			return NULL;
		chips = socket->addon ? &socket->addon->chips : NULL;
	}
	if (chips)
		chip = chip_places_find(chips, words->word[2]);
	if (!chip)
		commands_refuse(commands, "there is no chip %.64s in %s", words->word[2],
				words->word[1]);
	return chip;
}

/* In the place of a chip's name: the GPIO lines of the socket. */
static bool is_about_line(const struct words *words)
{
	return !strcmp(words->word[2], "line");
}

static const struct wire *get_line(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	unsigned long number;

	if (!socket)
		return NULL;
	if (words->count < 4 || words_number(words->word[3], &number) ||
	    number >= SOCKET_PINS_MAX || !socket->lines[number].bank) {
		commands_refuse(commands, "%s has no such line", socket->name);
		return NULL;
	}
	return &socket->lines[number];
}

/* The add-on drives a line, as a key on it would. */
static int set_line(struct commands *commands, const struct words *words, const char *value)
{
	const struct wire *line = get_line(commands, words);

	if (!line)
		return -EINVAL;
	if (!board_find_socket(commands->board, words->word[1])->addon)
		return commands_refuse(commands, "%s is empty", words->word[1]);
	if (!strcmp(value, "0") || !strcmp(value, "1"))
		gpio_bank_drive(line->bank, line->line, *value == '1');
	else if (!strcmp(value, "open"))
		wire_release(line);
	else
		return commands_refuse(commands, "a line is driven to 0 or 1, or open");
	return 0;
}

static int command_set(struct commands *commands, const struct words *words)
{
	char *value = strchr(words->word[3], '=');
	struct chip *chip;

	if (!value)
		return commands_refuse(commands, "set SOCKET CHIP KEY=VALUE");
	*value++ = '\0';
	if (is_about_line(words))
		return set_line(commands, words, value);
	chip = get_chip(commands, words);
	if (!chip)
		return -EINVAL;
	switch (chip->type->set(chip, words->word[3], value)) {
	case 0:
		return 0;
	case -ENOENT:
		return commands_refuse(commands, "a %s has no %.64s", chip->type->name,
				       words->word[3]);
	default:
		return commands_refuse(commands, "%.64s is no %.64s of a %s", value, words->word[3],
				       chip->type->name);
	}
}

static int get_level(struct commands *commands, const struct words *words)
{
	const struct wire *line = get_line(commands, words);

	if (!line)
		return -EINVAL;
	fprintf(commands->answer, "- %u\n", gpio_bank_level(line->bank, line->line));
	return 0;
}

static int command_get(struct commands *commands, const struct words *words)
{
	struct chip *chip;

	if (is_about_line(words))
		return get_level(commands, words);
	chip = get_chip(commands, words);
	if (!chip)
		return -EINVAL;
	fputs("- ", commands->answer);
	if (chip->type->get(chip, words->word[3], commands->answer))
		return commands_refuse(commands, "a %s has no %.64s", chip->type->name,
				       words->word[3]);
	fputc('\n', commands->answer);
	return 0;
}

static int command_nack(struct commands *commands, const struct words *words)
{
	struct chip *chip = get_chip(commands, words);
	unsigned long number;
	int ret;

	if (!chip)
		return -EINVAL;
	if (words->count == 3) {
		chip->deaf = -1;
		return 0;
	}
	if (!strcmp(words->word[3], "off")) {
		chip->deaf = 0;
		return 0;
	}
	ret = commands_number(commands, words->word[3], "count", 1000000, &number);
	if (ret)
		return ret < 0 ? ret : commands_refuse(commands, "nack SOCKET CHIP [count=N|off]");
	chip->deaf = number ? (int)number : -1;
	return 0;
}

static int command_list(struct commands *commands, const struct words *words)
{
	report_list(commands->board, commands->answer);
	return 0;
}

static int command_stats(struct commands *commands, const struct words *words)
{
	bool reset = words->count > 1;

	if (reset && strcmp(words->word[1], "reset"))
		return commands_refuse(commands, "stats [reset]");
	report_statistics(commands->board, reset, commands->answer);
	return 0;
}

static int command_log(struct commands *commands, const struct words *words)
{
	unsigned long events = LOG_EVENTS_DEFAULT;

	if (words->count > 1 && words_number(words->word[1], &events))
		return commands_refuse(commands, "log [EVENTS]");
	if (events > HISTORY_EVENTS)
		events = HISTORY_EVENTS;
	history_print(commands->board->history, events, commands->answer);
	return 0;
}

static int command_quit(struct commands *commands, const struct words *words)
{
	return COMMAND_QUIT;
}

static int command_help(struct commands *commands, const struct words *words);

static const struct {
	const char *name;
	int words;
	int optional;
	const char *usage;
	bool noted; /* in the history: it does something to the hardware */
	int (*run)(struct commands *commands, const struct words *words);
} commands_table[] = {
	{ "list", 0, 0, "", false, command_list },
	{ "plug", 2, 3, "SOCKET ADDON [bounce=N] [gap_us=U] [force]", true, command_plug },
	{ "unplug", 1, 2, "SOCKET [bounce=N] [gap_us=U]", true, command_unplug },
	{ "plug-at", 3, 0, "SOCKET ADDON points=N|us=N", true, command_plug_at },
	{ "unplug-at", 2, 0, "SOCKET messages=N|points=N|us=N", true, command_unplug_at },
	{ "glitch", 1, 1, "SOCKET [gap_us=U]", true, command_glitch },
	{ "power", 2, 0, "SOCKET good|bad", true, command_power },
	{ "dip", 1, 2, "SOCKET [count=N] [us=U]", true, command_dip },
	{ "endpoint", 2, 0,
	  "DEVICE link=up|link=down|breaks-after=ACCESSES|msi=on|msi=off|pin=on|pin=off|bar1=BYTES",
	  true, command_endpoint },
	{ "wake", 0, 0, "", true, command_wake },
	{ "get", 2, 1, "SOCKET CHIP [KEY]", false, command_get },
	{ "set", 3, 0, "SOCKET CHIP KEY=VALUE", true, command_set },
	{ "nack", 2, 1, "SOCKET CHIP [count=N|off]", true, command_nack },
	{ "stats", 0, 1, "[reset]", false, command_stats },
	{ "points", 0, 1, "[reset|forget]", false, command_points },
	{ "time", 0, 2, "[run|rest|pass US]", false, command_time },
	{ "log", 0, 1, "[EVENTS]", false, command_log },
	{ "help", 0, 0, "", false, command_help },
	{ "quit", 0, 0, "", false, command_quit },
};

#define COMMANDS (sizeof(commands_table) / sizeof(commands_table[0]))

static int command_help(struct commands *commands, const struct words *words)
{
	unsigned int i;

	for (i = 0; i < COMMANDS; i++)
		fprintf(commands->answer, "- %s %s\n", commands_table[i].name,
			commands_table[i].usage);
	fputs("- To plug and unplug, SOCKET may have a * that stands for anything: all of them at once.\n"
	      "- A CHIP is MODEL@ADDRESS, such as lm75@0x48, or the name that its file gives it.\n"
	      "- Instead of a socket: board, for the chips on the base board. Instead of a chip:\n"
	      "- line, with its number as KEY, for a GPIO line of the socket: 0, 1 or open.\n",
	      commands->answer);
	return 0;
}

int commands_do(struct commands *commands, char *line)
{
	struct words words;
	char note[80];
	unsigned int i;

	snprintf(note, sizeof(note), "%s", line);
	if (words_split(line, &words))
		return commands_refuse(commands, "too many words, or an unclosed quote");
	if (!words.count)
		return 0;
	for (i = 0; i < COMMANDS; i++) {
		if (strcmp(commands_table[i].name, words.word[0]))
			continue;
		if (words.count - 1 < commands_table[i].words ||
		    words.count - 1 > commands_table[i].words + commands_table[i].optional)
			return commands_refuse(commands, "usage: %s %s", commands_table[i].name,
					       commands_table[i].usage);
		if (commands_table[i].noted)
			history_note(commands->board->history, note);
		return commands_table[i].run(commands, &words);
	}
	return commands_refuse(commands, "there is no command %.64s; try help", words.word[0]);
}
