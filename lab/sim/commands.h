/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_COMMANDS_H
#define SIM_COMMANDS_H

#include "lab/sim/board.h"
#include "lab/sim/data_file.h"

/** commands_do() answers 1 when the answer comes later */
#define COMMAND_LATER 1
/** commands_do() answers 2 for the command "quit" */
#define COMMAND_QUIT 2

/**
 * struct commands - what commands work on
 * @board: the board
 * @directories: directories of add-ons, NULL at the end
 * @answer: lines of the answer
 * @problem: the sentence that says why a command failed
 * @later: of a command that ends later, who is told then
 */
struct commands {
	struct board *board;
	const char *const *directories;
	FILE *answer;
	char problem[PROBLEM_SIZE];
	struct waiter *later;
};

/**
 * commands_do() - carry one command out
 * @commands: what it works on
 * @line: the command; it is written to
 *
 * Return: 0, COMMAND_LATER, COMMAND_QUIT, or -EINVAL with the problem said and nothing changed.
 */
int commands_do(struct commands *commands, char *line);

#endif
