// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * lab-run: boots a real kernel on emulated hardware and runs scenarios on it. lab/run calls it
 * with everything built and all directories given.
 */
#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lab/run.h"
#include "lab/verbs.h"

enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char usage[] =
	"Usage: lab-run --images DIR --sim PROGRAM --boards DIR --addons DIR --flavours FILE\n"
	"               [OPTION…] SCENARIO…\n"
	"\n"
	"Runs each scenario in a guest of its own and prints the results as TAP.\n"
	"\n"
	"  --images DIR          directory with FLAVOUR/linux and FLAVOUR/initramfs.cpio\n"
	"  --sim PROGRAM         the hardware server\n"
	"  --boards DIR          directory of the boards\n"
	"  --addons DIR          directory of the add-ons\n"
	"  --flavours FILE       the kernel flavours\n"
	"  --known FILE          lines of the kernel log that are explained\n"
	"  --board NAME          this board instead of the first one that the scenario names\n"
	"  --kernel FLAVOUR      this kernel instead of the one that the scenario names\n"
	"  --keep                keep the run directory, with all logs\n"
	"  --verbose             show the guest's console while it runs\n"
	"  --record FILE         append what the action record says to FILE\n"
	"  --save DIR            where the action save puts files of the guest\n"
	"  --story               tell what the scenario has to say instead of printing TAP\n"
	"  --real-time           time is that of this machine, also where the lab could make it\n"
	"  --shell               run no steps, give the terminal to a shell in the guest\n"
	"  --boot-timeout MS     time for the boot (default 60000)\n"
	"  --answer-timeout MS   time for an answer (default 60000)\n"
	"  --list                print a line for each board that a scenario runs on, the usual one\n"
	"                        first: BOARD FLAVOUR short|long BUSY SCENARIO; and do nothing else\n"
	"  --actions             print the actions that a scenario may contain\n"
	"  --help\n"
	"\n"
	"Exit status: 0 everything was as it should be, 1 something was not, 2 wrong usage or a\n"
	"mistake in a scenario.\n";

enum option_code {
	OPTION_IMAGES = 256,
	OPTION_SIM,
	OPTION_BOARDS,
	OPTION_ADDONS,
	OPTION_FLAVOURS,
	OPTION_KNOWN,
	OPTION_BOARD,
	OPTION_KERNEL,
	OPTION_KEEP,
	OPTION_VERBOSE,
	OPTION_REAL_TIME,
	OPTION_RECORD,
	OPTION_SAVE,
	OPTION_STORY,
	OPTION_SHELL,
	OPTION_BOOT_TIMEOUT,
	OPTION_ANSWER_TIMEOUT,
	OPTION_LIST,
	OPTION_ACTIONS,
	OPTION_HELP,
};

static const struct option options[] = {
	{ "images", required_argument, NULL, OPTION_IMAGES },
	{ "sim", required_argument, NULL, OPTION_SIM },
	{ "boards", required_argument, NULL, OPTION_BOARDS },
	{ "addons", required_argument, NULL, OPTION_ADDONS },
	{ "flavours", required_argument, NULL, OPTION_FLAVOURS },
	{ "known", required_argument, NULL, OPTION_KNOWN },
	{ "board", required_argument, NULL, OPTION_BOARD },
	{ "kernel", required_argument, NULL, OPTION_KERNEL },
	{ "keep", no_argument, NULL, OPTION_KEEP },
	{ "verbose", no_argument, NULL, OPTION_VERBOSE },
	{ "record", required_argument, NULL, OPTION_RECORD },
	{ "save", required_argument, NULL, OPTION_SAVE },
	{ "story", no_argument, NULL, OPTION_STORY },
	{ "real-time", no_argument, NULL, OPTION_REAL_TIME },
	{ "shell", no_argument, NULL, OPTION_SHELL },
	{ "boot-timeout", required_argument, NULL, OPTION_BOOT_TIMEOUT },
	{ "answer-timeout", required_argument, NULL, OPTION_ANSWER_TIMEOUT },
	{ "list", no_argument, NULL, OPTION_LIST },
	{ "actions", no_argument, NULL, OPTION_ACTIONS },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ 0 },
};

struct command_line {
	struct settings settings;
	bool shell;
	bool list;
};

static int read_time(const char *word, int *ms)
{
	unsigned long number;

	if (words_number(word, &number) || !number || number > 3600000) {
		fprintf(stderr, "lab-run: %s is not a time in milliseconds\n", word);
		return EXIT_USAGE;
	}
	*ms = number;
	return 0;
}

/* Return: -1 to go on, otherwise the exit status. */
static int read_option(int option, struct command_line *line)
{
	struct settings *settings = &line->settings;

	switch (option) {
	case OPTION_IMAGES:
		settings->images = optarg;
		return -1;
	case OPTION_SIM:
		settings->simulator = optarg;
		return -1;
	case OPTION_BOARDS:
		settings->boards = optarg;
		return -1;
	case OPTION_ADDONS:
		settings->addons = optarg;
		return -1;
	case OPTION_FLAVOURS:
		settings->flavours = optarg;
		return -1;
	case OPTION_KNOWN:
		settings->known = optarg;
		return -1;
	case OPTION_BOARD:
		settings->board = optarg;
		return -1;
	case OPTION_KERNEL:
		settings->kernel = optarg;
		return -1;
	case OPTION_KEEP:
		settings->keep = true;
		return -1;
	case OPTION_VERBOSE:
		settings->verbose = true;
		return -1;
	case OPTION_RECORD:
		settings->record = optarg;
		return -1;
	case OPTION_SAVE:
		settings->save = optarg;
		return -1;
	case OPTION_STORY:
		settings->story = true;
		return -1;
	case OPTION_REAL_TIME:
		settings->real_time = true;
		return -1;
	case OPTION_SHELL:
		/* Whoever types is not known to the calendar. */
		settings->real_time = true;
		line->shell = true;
		return -1;
	case OPTION_BOOT_TIMEOUT:
		return read_time(optarg, &settings->boot_timeout) ? EXIT_USAGE : -1;
	case OPTION_ANSWER_TIMEOUT:
		return read_time(optarg, &settings->answer_timeout) ? EXIT_USAGE : -1;
	case OPTION_LIST:
		line->list = true;
		return -1;
	case OPTION_ACTIONS:
		verbs_print();
		return 0;
	case OPTION_HELP:
		fputs(usage, stdout);
		return 0;
	default:
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
}

/* Reads a board and finds out which kernel the scenario runs on it. Return: 0 or -EINVAL. */
static int read_board(const struct settings *settings, const struct scenario *scenario,
		      const char *name, struct base_board *board)
{
	const char *kernel = settings->kernel ? settings->kernel : scenario->kernel;
	char problem[BOARD_PROBLEM_SIZE];

	if (!scenario_runs_on(scenario, name))
		fprintf(stderr, "lab-run: %s does not run on board %s\n", scenario->path, name);
	else if (base_board_read(board, settings->boards, name, problem) ||
		 base_board_choose_flavour(board, settings->flavours, kernel, problem))
		fprintf(stderr, "lab-run: %s: %s\n", scenario->path, problem);
	else
		return 0;
	return -EINVAL;
}

static const char *board_of(const struct settings *settings, const struct scenario *scenario)
{
	return settings->board ? settings->board : scenario->boards[0];
}

/* Prints the boards that a scenario runs on. Return: the exit status. */
static int list_boards(const struct command_line *line, const struct scenario *scenario)
{
	const struct settings *settings = &line->settings;
	struct base_board board;
	unsigned int i;

	for (i = 0; i < scenario->board_count; i++) {
		if (settings->board && strcmp(settings->board, scenario->boards[i]))
			continue;
		if (read_board(settings, scenario, scenario->boards[i], &board))
			return EXIT_USAGE;
		printf("%s %s %s %lu %s\n", scenario->boards[i], board.flavour,
		       scenario_is_long_on(scenario, scenario->boards[i]) ? "long" : "short",
		       scenario->busy, scenario->path);
	}
	return 0;
}

static int read_scenario(struct scenario *scenario, const char *path)
{
	char problem[SCENARIO_PROBLEM_SIZE];
	int ret = scenario_read(scenario, path, problem);

	if (ret)
		fprintf(stderr, "lab-run: %s\n", problem);
	return ret;
}

/* Runs one scenario and prints its line. Return: the exit status. */
static int run_one(const struct command_line *line, char *path, int number)
{
	const struct settings *settings = &line->settings;
	struct scenario scenario;
	struct base_board board;
	bool passed = false;
	int status = 0;

	if (read_scenario(&scenario, path)) {
		status = EXIT_USAGE;
	} else if (line->list) {
		status = list_boards(line, &scenario);
	} else {
		if (read_board(settings, &scenario, board_of(settings, &scenario), &board))
			status = EXIT_USAGE;
		if (!settings->story)
			printf("# Subtest: %s\n", basename(path));
		if (!status)
			passed = run_scenario(settings, &scenario, &board);
		if (!settings->story)
			printf("%sok %d - %s\n", passed ? "" : "not ", number, basename(path));
		fflush(stdout);
		if (!status && !passed)
			status = EXIT_FAILED;
	}
	scenario_free(&scenario);
	return status;
}

/* Boots a scenario's board for a person. Return: the exit status. */
static int run_interactive(const struct command_line *line, const char *path)
{
	const struct settings *settings = &line->settings;
	struct scenario scenario;
	struct base_board board;
	struct termios terminal;
	bool is_terminal = !tcgetattr(0, &terminal);
	int status = EXIT_USAGE;

	/* The guest's process has the terminal meanwhile; it is taken back from the background. */
	signal(SIGTTOU, SIG_IGN);
	if (!read_scenario(&scenario, path) &&
	    !read_board(settings, &scenario, board_of(settings, &scenario), &board))
		status = run_shell(settings, &scenario, &board) ? EXIT_FAILED : 0;
	if (is_terminal) {
		tcsetpgrp(0, getpgrp());
		tcsetattr(0, TCSADRAIN, &terminal);
	}
	scenario_free(&scenario);
	return status;
}

static bool has_directories(const struct command_line *line)
{
	const struct settings *settings = &line->settings;

	if (!settings->boards || !settings->flavours)
		return false;
	return line->list || (settings->images && settings->addons && settings->simulator);
}

int main(int argc, char **argv)
{
	struct command_line line = {
		.settings = { .boot_timeout = 60000, .answer_timeout = 60000 },
	};
	int option, status = 0, worst = 0, i;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		status = read_option(option, &line);
		if (status >= 0)
			return status;
	}
	if (optind == argc || !has_directories(&line)) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (line.shell)
		return run_interactive(&line, argv[optind]);
	if (!line.list && !line.settings.story)
		printf("TAP version 14\n1..%d\n", argc - optind);
	fflush(stdout);
	for (i = optind; i < argc; i++) {
		status = run_one(&line, argv[i], i - optind + 1);
		if (status > worst)
			worst = status;
	}
	return worst;
}
