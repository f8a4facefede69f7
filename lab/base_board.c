// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Board files as the launcher sees them; how the hardware is wired is for the hardware server.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lab/base_board.h"
#include "lab/words.h"

#define CPUS_MAX 8
#define DEPTH_MAX 4

__attribute__((format(printf, 2, 3))) static int mistake(char *problem, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(problem, BOARD_PROBLEM_SIZE, format, list);
	va_end(list);
	return -EINVAL;
}

static int read_variable(struct base_board *board, const struct words *words, char *problem)
{
	struct board_variable *variable = &board->variables[board->variable_count];

	if (words->count != 3 || strlen(words->word[1]) >= sizeof(variable->name) ||
	    strlen(words->word[2]) >= sizeof(variable->value))
		return mistake(problem, "%.128s: variable NAME VALUE", board->path);
	if (board->variable_count == BOARD_VARIABLES_MAX)
		return mistake(problem, "%.128s: more than %d variables", board->path,
			       BOARD_VARIABLES_MAX);
	strcpy(variable->name, words->word[1]);
	strcpy(variable->value, words->word[2]);
	board->variable_count++;
	return 0;
}

static int read_smp(struct base_board *board, const char *word, char *problem)
{
	unsigned long number;

	if (words_number(word, &number) || !number || number > CPUS_MAX)
		return mistake(problem, "%.128s: %.32s is no number of CPUs from 1 to %d",
			       board->path, word, CPUS_MAX);
	board->cpus = number;
	return 0;
}

static int read_file(struct base_board *board, const char *path, char *problem);

/* The path of a file beside the board's own. */
static void path_beside(const struct base_board *board, char *path, size_t size, const char *name)
{
	snprintf(path, size, "%.*s%s", (int)(strrchr(board->path, '/') + 1 - board->path),
		 board->path, name);
}

/* What the other file says counts as if it stood here. */
static int read_wired_as(struct base_board *board, const char *name, char *problem)
{
	char path[sizeof(board->path) * 2];
	int ret;

	if (board->depth == DEPTH_MAX)
		return mistake(problem, "%.128s: wired-as leads on and on", board->path);
	path_beside(board, path, sizeof(path), name);
	board->depth++;
	ret = read_file(board, path, problem);
	board->depth--;
	return ret;
}

/* What the launcher does not know is for the hardware server, which says what it does not know. */
static int read_line(struct base_board *board, const struct words *words, char *problem)
{
	const char *name = words->word[0], *value = words->word[1];

	if (!strcmp(name, "tree")) {
		path_beside(board, board->tree, sizeof(board->tree), value);
	} else if (!strcmp(name, "kernel")) {
		board->backend = backend_find(value);
		if (!board->backend)
			return mistake(problem, "%.128s: nothing here runs kernels for %.32s",
				       board->path, value);
	} else if (!strcmp(name, "smp")) {
		return read_smp(board, value, problem);
	} else if (!strcmp(name, "variable")) {
		return read_variable(board, words, problem);
	} else if (!strcmp(name, "wired-as")) {
		return read_wired_as(board, value, problem);
	} else if (!strcmp(name, "device")) {
		board->has_devices = true;
	}
	return 0;
}

static int read_file(struct base_board *board, const char *path, char *problem)
{
	FILE *file = fopen(path, "re");
	char line[1024];
	struct words words;
	int ret = 0;

	if (!file) {
		ret = -errno;
		mistake(problem, "cannot read the board %.128s: %s", path, strerror(errno));
		return ret;
	}
	while (!ret && fgets(line, sizeof(line), file))
		if (!words_split(line, &words) && words.count > 1)
			ret = read_line(board, &words, problem);
	fclose(file);
	return ret;
}

int base_board_read(struct base_board *board, const char *directory, const char *name,
		    char *problem)
{
	int ret;

	memset(board, 0, sizeof(*board));
	board->cpus = 1;
	if (strchr(name, '/'))
		snprintf(board->path, sizeof(board->path), "%s", name);
	else
		snprintf(board->path, sizeof(board->path), "%s/%s.board", directory, name);
	ret = read_file(board, board->path, problem);
	if (!ret && !board->tree[0])
		ret = mistake(problem, "the board %.128s names no tree", board->path);
	if (!ret && !board->backend)
		ret = mistake(problem, "the board %.128s names no kernel", board->path);
	return ret;
}

int base_board_choose_flavour(struct base_board *board, const char *table, const char *wanted,
			      char *problem)
{
	const char *architecture = board->backend->architecture;
	FILE *file = fopen(table, "re");
	char line[1024];
	struct words words;
	int ret = 1;

	if (!file) {
		ret = -errno;
		mistake(problem, "cannot read %.128s: %s", table, strerror(errno));
		return ret;
	}
	while (ret > 0 && fgets(line, sizeof(line), file)) {
		if (words_split(line, &words) || words.count < 3 ||
		    strcmp(wanted ? wanted : architecture, words.word[wanted ? 0 : 1]))
			continue;
		snprintf(board->flavour, sizeof(board->flavour), "%s", words.word[0]);
		ret = 0;
		if (strcmp(words.word[1], architecture))
			ret = mistake(problem, "the kernel %.32s is for %.32s, the board is for %s",
				      words.word[0], words.word[1], architecture);
	}
	fclose(file);
	if (ret > 0)
		ret = mistake(problem, "there is no kernel %.32s", wanted ? wanted : architecture);
	return ret;
}

const char *base_board_variable(const struct base_board *board, const char *name, size_t length)
{
	unsigned int i;

	/* The last one counts: it is the board's own, and not that of the one that it is wired as. */
	for (i = board->variable_count; i--;)
		if (!strncmp(board->variables[i].name, name, length) &&
		    !board->variables[i].name[length])
			return board->variables[i].value;
	return NULL;
}
