/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_RUN_H
#define LAB_RUN_H

#include <stdbool.h>

#include "lab/base_board.h"
#include "lab/machine.h"
#include "lab/scenario.h"
#include "lab/simulator.h"

#define RUN_DIRECTORY_SIZE 64
#define RUN_SOCKETS_MAX 64
#define RUN_ROUNDS_MAX 8

/**
 * struct settings - what the command line of lab-run says
 * @images: directory with one directory per kernel flavour: linux, initramfs.cpio
 * @simulator: the hardware server's program
 * @boards: directory of the boards
 * @addons: directory of the add-ons
 * @flavours: table of the kernel flavours
 * @known: file of explained kernel log lines, or NULL
 * @board: board instead of the scenario's first one, or NULL
 * @kernel: flavour instead of the scenario's, or NULL
 * @keep: leave the run directory, whatever the verdict
 * @verbose: show the guest's console while it runs
 * @record: file that receives what record says, or NULL
 * @save: folder for the files that save copies out of the guest, or NULL
 * @story: tell what say and show have to tell, instead of test lines
 * @real_time: time is that of this machine, also where the lab could make it
 * @boot_timeout: milliseconds until the agent must speak
 * @answer_timeout: milliseconds for an answer beyond what the request itself may take
 */
struct settings {
	const char *images;
	const char *simulator;
	const char *boards;
	const char *addons;
	const char *flavours;
	const char *known;
	const char *record;
	const char *save;
	const char *board;
	const char *kernel;
	bool keep;
	bool verbose;
	bool story;
	bool real_time;
	int boot_timeout;
	int answer_timeout;
};

/**
 * struct run - one scenario being run
 * @settings: of the launcher
 * @scenario: what to do
 * @board: what to do it on
 * @directory: its run directory: sockets, logs, device tree
 * @simulator: the emulated hardware
 * @machine: the guest
 * @answer: the last answer of the guest
 * @problem: what was wrong with the last thing that failed
 * @output: output of the last command, with its status in the first line
 * @nodes: the nodes of the tree before the first step
 * @slab: slab counts at slab-mark
 * @slept_from: where in the console the last sleep begins
 * @plugged: sockets that the scenario has put an add-on in
 * @plugged_count: number of @plugged
 * @rounds: for each repeat around the current step, its step and its round
 * @depth: number of @rounds
 * @log_copy: readable copy of the kernel log with levels
 * @ready: how often an awaited connector became ready
 * @refused: how often an awaited connector became failed
 * @leaks: what was found to be left over
 * @steps: number of test lines printed
 * @failures: number of those that failed
 */
struct run {
	const struct settings *settings;
	struct scenario *scenario;
	const struct base_board *board;
	char directory[RUN_DIRECTORY_SIZE];
	struct simulator simulator;
	struct machine machine;
	struct answer answer;
	char *problem;
	char *output;
	char *nodes;
	char *slab;
	long slept_from;
	char *plugged[RUN_SOCKETS_MAX];
	unsigned int plugged_count;
	struct {
		const struct step *repeat;
		unsigned long round;
	} rounds[RUN_ROUNDS_MAX];
	unsigned int depth;
	FILE *log_copy;
	unsigned int ready;
	unsigned int refused;
	unsigned long leaks;
	unsigned int steps;
	unsigned int failures;
};

/**
 * run_scenario() - run one scenario, printing its test lines
 * @settings: of the launcher
 * @scenario: read without mistakes
 * @board: likewise
 *
 * Return: true if everything was as it should be.
 */
bool run_scenario(const struct settings *settings, struct scenario *scenario,
		  const struct base_board *board);

/**
 * run_shell() - boot a scenario's board and give the terminal to a shell in the guest
 * @settings: of the launcher
 * @scenario: its headers are used, its steps are not run
 * @board: what to boot
 *
 * Return: 0 when the shell has ended, or a negative errno after a message.
 */
int run_shell(const struct settings *settings, struct scenario *scenario,
	      const struct base_board *board);

/**
 * run_problem() - say what was wrong
 * @run: with what
 * @format: sentence, like printf()
 *
 * Return: -EINVAL, for the caller to return.
 */
__attribute__((format(printf, 2, 3))) int run_problem(struct run *run, const char *format, ...);

/**
 * run_compare() - compare a value with what a scenario expects
 * @run: whose problem it is when they differ
 * @what: what is compared, for the message
 * @value: what it is; newlines at its end do not count
 * @expected: what it should be, or a regular expression between slashes
 *
 * Return: 0 or -EINVAL.
 */
int run_compare(struct run *run, const char *what, const char *value, const char *expected);

/**
 * run_time() - read a time such as 20ms, 5s or, in milliseconds, 300
 * @run: whose problem it is when it is none
 * @word: the text, or NULL
 * @otherwise: milliseconds when @word is NULL
 * @ms: the result
 *
 * Return: 0 or -EINVAL.
 */
int run_time(struct run *run, const char *word, int otherwise, int *ms);

/**
 * run_pass_log() - keep the new records of the kernel log, but do not judge them
 * @run: the run
 *
 * For what a command of the scenario has judged.
 *
 * Return: 0, or a negative errno after run_problem().
 */
int run_pass_log(struct run *run);

/**
 * run_request() - a request to the guest that must succeed
 * @run: its @answer gets the answer
 * @time: milliseconds that the request itself may take
 * @...: words of the request, NULL at the end
 *
 * Return: 0, or a negative errno with the problem said.
 */
#define run_request(run, time, ...)                                   \
	run_answered(run,                                             \
		     machine_request(&(run)->machine, &(run)->answer, \
				     (time) + (run)->settings->answer_timeout, __VA_ARGS__, NULL))

/**
 * run_hardware() - a command to the emulated hardware that must succeed
 * @run: its @output gets the answer
 * @format: the command, like printf()
 *
 * Return: 0 or -EINVAL with the problem said.
 */
__attribute__((format(printf, 2, 3))) int run_hardware(struct run *run, const char *format, ...);

/**
 * run_check_log() - look at the new lines of the kernel log
 * @run: whose problem it is if one is bad
 *
 * Return: 0 or a negative errno.
 */
int run_check_log(struct run *run);

/** run_answered() - turn the result of a request into a problem; see run_request() */
int run_answered(struct run *run, int ret);

#endif
