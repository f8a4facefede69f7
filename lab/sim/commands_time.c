// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands about time: what is to happen at an exact point, and, where time is virtual, when it
 * passes.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lab/sim/command.h"
#include "lab/sim/hardware_time.h"

#define POINTS_MAX 100000000
#define US_MAX 3600000000

/* Reads points=N or us=N. Return: 0 or -EINVAL. */
static int read_moment(struct commands *commands, const char *word, unsigned long *points,
		       unsigned long *microseconds)
{
	int ret = commands_number(commands, word, "points", POINTS_MAX, points);

	if (!ret && !*points)
		return commands_refuse(commands, "points are counted from 1");
	if (ret == 1)
		ret = commands_number(commands, word, "us", US_MAX, microseconds);
	return ret == 1 ? commands_refuse(commands, "%.64s is no moment", word) : ret;
}

int command_plug_at(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	unsigned long points = 0, microseconds = 0;
	struct addon *addon;

	if (!socket || read_moment(commands, words->word[3], &points, &microseconds))
		return -EINVAL;
	addon = commands_addon(commands, socket, words->word[2], false);
	if (!addon)
		return -EINVAL;
	appointment_make(&commands->board->appointment, words->word[1], addon, points,
			 microseconds);
	return 0;
}

int command_unplug_at(struct commands *commands, const struct words *words)
{
	struct socket *socket = commands_socket(commands, words->word[1]);
	unsigned long points = 0, microseconds = 0, messages;
	int ret;

	if (!socket)
		return -EINVAL;
	ret = commands_number(commands, words->word[2], "messages", 1000000, &messages);
	if (!ret)
		socket->messages_left = messages;
	if (ret != 1)
		return ret;
	ret = read_moment(commands, words->word[2], &points, &microseconds);
	if (!ret)
		appointment_make(&commands->board->appointment, words->word[1], NULL, points,
				 microseconds);
	return ret;
}

int command_points(struct commands *commands, const struct words *words)
{
	struct board *board = commands->board;

	if (words->count > 1 && !strcmp(words->word[1], "forget")) {
		appointment_forget(&board->appointment);
		return 0;
	}
	if (words->count > 1 && strcmp(words->word[1], "reset"))
		return commands_refuse(commands, "points [reset|forget]");
	fprintf(commands->answer, "- %lu%s\n", board->points.count,
		appointment_is_due(&board->appointment) ? " and waiting" : "");
	if (words->count > 1)
		board->points.count = 0;
	return 0;
}

static int await(struct commands *commands, struct waiter *waiter)
{
	if (!waiter)
		return 0;
	if (waiter->done)
		return commands_refuse(commands, "somebody else waits for that");
	commands->later = waiter;
	return COMMAND_LATER;
}

static int pass_time(struct commands *commands, const struct words *words)
{
	unsigned long microseconds;

	if (words->count < 3 || words_number(words->word[2], &microseconds) ||
	    microseconds > US_MAX)
		return commands_refuse(commands, "time pass US, up to %lu", (unsigned long)US_MAX);
	return await(commands, calendar_await_time(commands->board->calendar, microseconds));
}

int command_time(struct commands *commands, const struct words *words)
{
	struct calendar *calendar = commands->board->calendar;
	const char *what = words->count > 1 ? words->word[1] : "";

	if (!calendar)
		return commands_refuse(commands, "time passes by itself here");
	if (!*what) {
		fprintf(commands->answer, "- %" PRIu64 " us\n", hardware_time_now() / 1000);
		return 0;
	}
	if (!strcmp(what, "pass"))
		return pass_time(commands, words);
	if (words->count > 2)
		return commands_refuse(commands, "time %.16s takes no more words", what);
	if (!strcmp(what, "rest"))
		return await(commands, calendar_await_rest(calendar));
	if (strcmp(what, "run"))
		return commands_refuse(commands, "time [run|rest|pass US]");
	if (calendar_run_guest(calendar))
		board_interrupt_guest(commands->board);
	return 0;
}
