/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SCENARIO_H
#define LAB_SCENARIO_H

#include <stdbool.h>

#include "lab/kernel_log.h"
#include "lab/words.h"

#define SCENARIO_FILES_MAX 64
#define SCENARIO_OPTIONS_MAX 16
#define SCENARIO_LISTS_MAX 4
#define SCENARIO_BOARDS_MAX 8
#define SCENARIO_PROBLEM_SIZE 256

struct verb;

/**
 * struct firmware_file - a file that the scenario puts into the guest's /lib/firmware
 * @source: file, relative to the scenario's directory; dts and dtso are compiled
 * @target: name below /lib/firmware
 * @limit: bytes of it at the most (for truncated files)
 */
struct firmware_file {
	char *source;
	char *target;
	unsigned long limit;
};

/**
 * struct plugged_addon - an add-on that is in its socket before the guest boots
 * @socket: socket of the board
 * @addon: its name
 */
struct plugged_addon {
	char *socket;
	char *addon;
};

/**
 * struct rotation - a named list of a repeat step: one value per round, again and again
 * @name: without the $
 * @values: the values, separated by commas
 */
struct rotation {
	const char *name;
	const char *values;
};

/**
 * struct step - one action of a scenario
 * @line: its line number
 * @text: the line as written, without indentation
 * @verb: what to do
 * @words: verb and arguments, cut out of @storage
 * @storage: writable copy of @text
 * @times: of a repeat step, how many rounds
 * @rotations: of a repeat step, its lists
 * @lists: number of @rotations
 * @body: of a repeat step, its first inner step
 * @next: the step after this one
 */
struct step {
	unsigned int line;
	char *text;
	const struct verb *verb;
	struct words words;
	char *storage;
	unsigned long times;
	struct rotation rotations[SCENARIO_LISTS_MAX];
	unsigned int lists;
	struct step *body;
	struct step *next;
};

/**
 * struct scenario - a scenario file, read and checked
 * @path: the file
 * @directory: where it lies
 * @boards: names of the boards that it runs on, the usual one first
 * @board_count: number of @boards
 * @long_boards: names of those on which it takes too long to be run each time
 * @long_board_count: number of @long_boards
 * @kernel: flavour of the kernel, or NULL for what the board usually runs
 * @cpus: number of CPUs, or 0 for what the board usually has
 * @tree: device tree source in place of the board's, relative to @directory, or NULL
 * @addons: directory of add-ons that comes before the launcher's, or NULL
 * @firmware: files to add
 * @firmware_count: number of @firmware
 * @files_from: program that writes an archive of files to add, relative to @directory, or NULL
 * @absent: modules that the guest shall not have
 * @absent_count: number of @absent
 * @plugged: add-ons that are in their sockets before the guest boots
 * @plugged_count: number of @plugged
 * @options: further words for the kernel command line
 * @option_count: number of @options
 * @no_modules: the project's module is not loaded
 * @no_leak_check: kmemleak is off
 * @real_time: time is that of this machine, also where the lab could make it
 * @busy: about how many seconds it keeps a processor busy, or 0 if it waits for most of its time
 * @go_on: a step that fails does not end it
 * @log: announced kernel log lines
 * @steps: first step
 */
struct scenario {
	const char *path;
	char *directory;
	char *boards[SCENARIO_BOARDS_MAX];
	unsigned int board_count;
	char *long_boards[SCENARIO_BOARDS_MAX];
	unsigned int long_board_count;
	char *kernel;
	unsigned long cpus;
	char *tree;
	char *addons;
	struct firmware_file firmware[SCENARIO_FILES_MAX];
	unsigned int firmware_count;
	char *files_from;
	char *absent[SCENARIO_OPTIONS_MAX];
	unsigned int absent_count;
	struct plugged_addon plugged[SCENARIO_OPTIONS_MAX];
	unsigned int plugged_count;
	char *options[SCENARIO_OPTIONS_MAX];
	unsigned int option_count;
	bool no_modules;
	bool no_leak_check;
	bool real_time;
	unsigned long busy;
	bool go_on;
	struct kernel_log log;
	struct step *steps;
};

/**
 * scenario_read() - read a scenario file
 * @scenario: the result
 * @path: the file
 * @problem: SCENARIO_PROBLEM_SIZE bytes; on error a sentence with the line it is about
 *
 * Return: 0; -EINVAL for a mistake in the file, another negative errno if it cannot be read.
 * scenario_free() is due in all cases.
 */
int scenario_read(struct scenario *scenario, const char *path, char *problem);

/** scenario_runs_on() - is a board one of those that the scenario names? */
bool scenario_runs_on(const struct scenario *scenario, const char *board);

/** scenario_is_long_on() - does it take too long there to be run each time? */
bool scenario_is_long_on(const struct scenario *scenario, const char *board);

/** scenario_free() - release everything that scenario_read() made */
void scenario_free(struct scenario *scenario);

#endif
