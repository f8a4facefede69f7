// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of sub-commands, and the help made from it.
 */
#include <string.h>

#include "command.h"
#include "text.h"

/* Columns of the help: where the explanation starts. */
#define HELP_INDENT 24

const struct command *const commands[] = {
#define X(name) &name##_command,
	COMMANDS(X)
#undef X
		NULL,
};

/* Is the command's name the first word, or the first two? */
static bool is_named(const struct command *command, int count, char **words)
{
	const char *blank = strchr(command->name, ' ');
	size_t length = blank ? (size_t)(blank - command->name) : strlen(command->name);

	if (strlen(words[0]) != length || strncmp(command->name, words[0], length))
		return false;
	return !blank || (count > 1 && !strcmp(blank + 1, words[1]));
}

/**
 * command_find() - find a sub-command
 * @count: number of words, at least 1
 * @words: the command line from the command on
 *
 * Return: the command, or NULL.
 */
const struct command *command_find(int count, char **words)
{
	const struct command *const *command;

	for (command = commands; *command; command++) {
		if (is_named(*command, count, words))
			return *command;
	}
	return NULL;
}

/**
 * command_complain_unknown() - say that there is no such sub-command
 * @word: its first word; where commands begin with it, they are named
 */
void command_complain_unknown(const char *word)
{
	const struct command *const *command;
	size_t length = strlen(word);
	char names[256] = "";

	for (command = commands; *command; command++) {
		if (strncmp((*command)->name, word, length) || (*command)->name[length] != ' ')
			continue;
		strncat(names, *names ? ", " : "", sizeof(names) - strlen(names) - 1);
		strncat(names, (*command)->name, sizeof(names) - strlen(names) - 1);
	}
	if (*names)
		text_complain("%s is half a command; there are %s", word, names);
	else
		text_complain("unknown command \"%s\"", word);
}

static void print_options(FILE *stream, const struct option_description *const *options)
{
	char synopsis[64];
	FILE *memory;

	for (; *options; options++) {
		if (!(*options)->help)
			continue;
		memory = fmemopen(synopsis, sizeof(synopsis), "w");
		if (!memory)
			return;
		option_print_synopsis(memory, *options);
		fclose(memory);
		fprintf(stream, "  %-*s %s\n", HELP_INDENT - 1, synopsis, (*options)->help);
	}
}

static void print_exit_codes(FILE *stream)
{
	fprintf(stream, "\nExit status:\n");
#define X(identifier, number, meaning) fprintf(stream, "  %d  %s\n", number, meaning);
	EXIT_CODES(X)
#undef X
}

/**
 * commands_print_help() - print the help of the whole tool
 * @stream: where to
 */
void commands_print_help(FILE *stream)
{
	const struct command *const *command;

	fprintf(stream, "Usage: plugtree [OPTION...] COMMAND [ARGUMENT...]\n"
			"Show and control the add-ons in the connectors of this board.\n"
			"\nCommands:\n");
	for (command = commands; *command; command++)
		fprintf(stream, "  %-*s%s\n", HELP_INDENT, (*command)->name, (*command)->summary);
	fprintf(stream, "\nOptions:\n");
	print_options(stream, common_options);
	print_exit_codes(stream);
	fprintf(stream, "\n'plugtree COMMAND --help' tells more about a command.\n");
}

/**
 * command_print_help() - print the help of a sub-command
 * @stream: where to
 * @command: the command
 */
void command_print_help(FILE *stream, const struct command *command)
{
	fprintf(stream, "Usage: plugtree %s [OPTION...] %s\n\n%s\n\nOptions:\n", command->name,
		command->operands, command->description);
	print_options(stream, command->options);
	print_options(stream, common_options);
	print_exit_codes(stream);
}
