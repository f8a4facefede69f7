/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sub-commands. A new one is a file in commands/ and a line in COMMANDS().
 */
#ifndef TOOL_COMMAND_H
#define TOOL_COMMAND_H

#include <limits.h>
#include <stdio.h>

#include "exit_code.h"
#include "option.h"

/* clang-format off */
/* X(name): commands/<name>.c defines <name>_command; --help lists them in this order. */
#define COMMANDS(X) \
	X(status) \
	X(watch) \
	X(load) \
	X(autoload) \
	X(eject) \
	X(rescan) \
	X(hooks) \
	X(timeline) \
	X(report) \
	X(doctor) \
	X(check) \
	X(port) \
	X(sign) \
	X(verify) \
	X(id_decode) \
	X(id_encode) \
	X(id_verify) \
	X(id_write)
/* clang-format on */

#define OPERANDS_UNLIMITED INT_MAX

/**
 * struct context - what a command works with
 * @settings: what the options say
 * @class: the class directory, open; -1 for a standalone command
 */
struct context {
	const struct settings *settings;
	int class;
};

/**
 * struct command - a sub-command
 * @name: its name, one word or two
 * @operands: its operands as the help shows them
 * @completion: what the operands are, for the completion: words out of "connector", "model" and
 *	"file", a last "..." repeats
 * @summary: what it does, in a few words
 * @description: what it does, in full; lines of at most 80 columns
 * @operands_min: how many operands it needs
 * @operands_max: how many it takes
 * @options: its options besides the common ones, ended by NULL
 * @standalone: it needs no connector of this machine, and gets no class directory
 * @run: does it; gets the operands only
 */
struct command {
	const char *name;
	const char *operands;
	const char *completion;
	const char *summary;
	const char *description;
	int operands_min;
	int operands_max;
	const struct option_description *const *options;
	bool standalone;
	enum exit_code (*run)(const struct context *context, int count, char **operands);
};

#define X(name) extern const struct command name##_command;
COMMANDS(X)
#undef X

/* Ends with NULL. */
extern const struct command *const commands[];

const struct command *command_find(int count, char **words);
void command_complain_unknown(const char *word);
void commands_print_help(FILE *stream);
void command_print_help(FILE *stream, const struct command *command);
enum exit_code command_describe(const char *what);

#endif
