// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-sim: the emulated hardware of a base board and its add-ons, as vhost-user devices.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "lab/sim/board.h"
#include "lab/sim/control.h"
#include "lab/sim/data_file.h"

#define DIRECTORIES_MAX 8

#define HARDWARE_NICE (-10)

enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char usage[] =
	"Usage: plugtree-sim --board FILE --addons DIR… --dir DIR [--ready-fd N]\n"
	"                    [--virtual-time N]\n"
	"\n"
	"Emulates the hardware of a base board and the add-ons in its sockets.\n"
	"\n"
	"  --board FILE   what is on the board and how it is wired\n"
	"  --addons DIR   where the add-ons' files are; may be given several times\n"
	"  --dir DIR      where to listen: one vhost-user socket per device, and \"control\",\n"
	"                 which takes commands (try: help)\n"
	"  --ready-fd N   write a byte to this descriptor when all sockets are there\n"
	"  --virtual-time N\n"
	"                 time passes only while somebody waits for an answer; a User-Mode Linux\n"
	"                 with time-travel=ext:DIR/calendar tells by a byte on this descriptor that\n"
	"                 it has answered\n"
	"  --help\n"
	"  --version\n"
	"\n"
	"Ends by the command \"quit\", or by SIGTERM or SIGINT.\n"
	"Exit status: 0 it was told to end, 1 it failed, 2 wrong usage or a mistake in a file.\n";

/**
 * struct settings - the command line
 * @board: the board's file
 * @directory: where to listen
 * @addons: directories of add-ons, NULL at the end
 * @addon_count: number of @addons
 * @ready: descriptor to write to, or -1
 * @answers: descriptor that tells of the guest's answers where time is virtual, or -1
 */
struct settings {
	const char *board;
	const char *directory;
	const char *addons[DIRECTORIES_MAX + 1];
	unsigned int addon_count;
	int ready;
	int answers;
};

/**
 * struct signals - ends the loop on a signal
 * @source: a signalfd
 * @loop: the loop
 */
struct signals {
	struct event_source source;
	struct event_loop *loop;
};

static void signal_ready(struct event_source *source, uint32_t events)
{
	event_loop_stop(((struct signals *)source)->loop);
}

static int watch_signals(struct signals *signals, struct event_loop *loop)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	/* Whoever waits at --ready-fd may be gone. */
	signal(SIGPIPE, SIG_IGN);
	signals->loop = loop;
	signals->source.ready = signal_ready;
	signals->source.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return signals->source.fd < 0 ? -1 : event_loop_add(loop, &signals->source);
}

static int start_calendar(const struct settings *settings, struct event_loop *loop,
			  struct board *board)
{
	char path[4096];
	int ret;

	snprintf(path, sizeof(path), "%s/calendar", settings->directory);
	ret = calendar_create(&board->calendar, loop, path, settings->answers, &board->points);
	if (ret)
		fprintf(stderr, "plugtree-sim: cannot listen on %s: %s\n", path, strerror(-ret));
	return ret;
}

static int serve(const struct settings *settings, struct event_loop *loop, struct board *board)
{
	char problem[PROBLEM_SIZE], path[4096];
	struct control *control = NULL;
	int ret;

	if (settings->answers >= 0 && start_calendar(settings, loop, board))
		return EXIT_FAILED;
	if (board_start(board, loop, settings->directory, problem)) {
		fprintf(stderr, "plugtree-sim: %s\n", problem);
		return EXIT_FAILED;
	}
	snprintf(path, sizeof(path), "%s/control", settings->directory);
	ret = control_create(&control, loop, path, board, settings->addons);
	if (ret) {
		fprintf(stderr, "plugtree-sim: cannot listen on %s: %s\n", path, strerror(-ret));
		return EXIT_FAILED;
	}
	if (settings->ready >= 0 && write(settings->ready, "", 1) != 1)
		fprintf(stderr, "plugtree-sim: nobody reads descriptor %d\n", settings->ready);
	if (settings->ready >= 0)
		close(settings->ready);
	ret = event_loop_run(loop);
	if (ret)
		fprintf(stderr, "plugtree-sim: %s\n", strerror(-ret));
	control_destroy(control);
	return ret ? EXIT_FAILED : 0;
}

static int run(const struct settings *settings)
{
	struct board board = { 0 };
	struct signals signals = { 0 };
	struct event_loop *loop;
	char problem[PROBLEM_SIZE];
	int status = EXIT_USAGE;

	loop = event_loop_create();
	if (!loop || watch_signals(&signals, loop)) {
		perror("plugtree-sim");
		return EXIT_FAILED;
	}
	if (board_read(&board, settings->board, problem))
		fprintf(stderr, "plugtree-sim: %s\n", problem);
	else
		status = serve(settings, loop, &board);
	board_destroy(&board);
	calendar_destroy(board.calendar);
	event_loop_destroy(loop);
	close(signals.source.fd);
	return status;
}

static const struct option options[] = {
	{ "board", required_argument, NULL, 'b' },
	{ "addons", required_argument, NULL, 'a' },
	{ "dir", required_argument, NULL, 'd' },
	{ "ready-fd", required_argument, NULL, 'r' },
	{ "virtual-time", required_argument, NULL, 't' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'v' },
	{ 0 },
};

/* Return: as read_option() */
static int read_descriptor(int *descriptor)
{
	unsigned long number;

	if (words_number(optarg, &number) || number > 1 << 20) {
		fprintf(stderr, "plugtree-sim: %s is not a descriptor\n", optarg);
		return EXIT_USAGE;
	}
	*descriptor = number;
	return -1;
}

/* Return: -1 to go on, otherwise the exit status. */
static int read_option(struct settings *settings, int option)
{
	switch (option) {
	case 'b':
		settings->board = optarg;
		return -1;
	case 'd':
		settings->directory = optarg;
		return -1;
	case 'a':
		if (settings->addon_count < DIRECTORIES_MAX) {
			settings->addons[settings->addon_count++] = optarg;
			return -1;
		}
		fputs("plugtree-sim: too many directories of add-ons\n", stderr);
		return EXIT_USAGE;
	case 'r':
		return read_descriptor(&settings->ready);
	case 't':
		return read_descriptor(&settings->answers);
	case 'h':
		fputs(usage, stdout);
		return 0;
	case 'v':
		puts("plugtree-sim " PLUGTREE_VERSION);
		return 0;
	default:
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
}

int main(int argc, char **argv)
{
	struct settings settings = { .ready = -1, .answers = -1 };
	int option, status;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		status = read_option(&settings, option);
		if (status >= 0)
			return status;
	}
	if (optind != argc || !settings.board || !settings.directory || !settings.addon_count) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	/*
	 * Hardware does not wait for a processor: a UART that is polled a thousand times a second would
	 * keep a guest from everything else. Whoever may not do this gets by on a machine with time to
	 * spare.
	 */
	setpriority(PRIO_PROCESS, 0, HARDWARE_NICE);
	return run(&settings);
}
