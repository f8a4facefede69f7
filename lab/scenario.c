// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads scenario files. tests/scenarios/README.md describes them.
 */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lab/scenario.h"
#include "lab/verbs.h"

#define LINE_SIZE 4096
#define DEPTH_MAX 4

/* Where the reader stands: the file, and for each open { the place for the next step. */
struct reader {
	struct scenario *scenario;
	unsigned int line;
	char *problem;
	struct step **place[DEPTH_MAX + 1];
	unsigned int depth;
};

__attribute__((format(printf, 2, 3))) static int mistake(struct reader *reader, const char *format,
							 ...)
{
	va_list list;
	int used;

	used = snprintf(reader->problem, SCENARIO_PROBLEM_SIZE, "%s:%u: ", reader->scenario->path,
			reader->line);
	if (used >= SCENARIO_PROBLEM_SIZE)
		return -EINVAL;
	va_start(list, format);
	vsnprintf(reader->problem + used, SCENARIO_PROBLEM_SIZE - used, format, list);
	va_end(list);
	return -EINVAL;
}

static void set_text(char **place, const char *text)
{
	free(*place);
	*place = strdup(text);
}

static void copy_names(char **names, unsigned int *count, const struct words *words)
{
	while (*count)
		free(names[--*count]);
	while (*count + 1 < (unsigned int)words->count) {
		names[*count] = strdup(words->word[*count + 1]);
		(*count)++;
	}
}

static int header_board(struct reader *reader, const struct words *words)
{
	copy_names(reader->scenario->boards, &reader->scenario->board_count, words);
	return 0;
}

static int header_long(struct reader *reader, const struct words *words)
{
	copy_names(reader->scenario->long_boards, &reader->scenario->long_board_count, words);
	return 0;
}

static int header_smp(struct reader *reader, const struct words *words)
{
	if (words_number(words->word[1], &reader->scenario->cpus) || !reader->scenario->cpus)
		return mistake(reader, "%s is no number of CPUs", words->word[1]);
	return 0;
}

static int header_kernel(struct reader *reader, const struct words *words)
{
	set_text(&reader->scenario->kernel, words->word[1]);
	return 0;
}

static int header_tree(struct reader *reader, const struct words *words)
{
	set_text(&reader->scenario->tree, words->word[1]);
	return 0;
}

static int header_addons(struct reader *reader, const struct words *words)
{
	set_text(&reader->scenario->addons, words->word[1]);
	return 0;
}

/* firmware FILE as NAME [first BYTES] */
static int header_firmware(struct reader *reader, const struct words *words)
{
	struct scenario *scenario = reader->scenario;
	struct firmware_file *file = &scenario->firmware[scenario->firmware_count];

	if (scenario->firmware_count == SCENARIO_FILES_MAX)
		return mistake(reader, "more than %d firmware files", SCENARIO_FILES_MAX);
	if (strcmp(words->word[2], "as") || words->count == 5 ||
	    (words->count == 6 &&
	     (strcmp(words->word[4], "first") || words_number(words->word[5], &file->limit))))
		return mistake(reader, "firmware FILE as NAME [first BYTES]");
	if (words->count == 4)
		file->limit = ~0UL;
	file->source = strdup(words->word[1]);
	file->target = strdup(words->word[3]);
	scenario->firmware_count++;
	return 0;
}

static int header_files_from(struct reader *reader, const struct words *words)
{
	set_text(&reader->scenario->files_from, words->word[1]);
	return 0;
}

static int header_without_module(struct reader *reader, const struct words *words)
{
	struct scenario *scenario = reader->scenario;

	if (scenario->absent_count == SCENARIO_OPTIONS_MAX)
		return mistake(reader, "more than %d absent modules", SCENARIO_OPTIONS_MAX);
	scenario->absent[scenario->absent_count++] = strdup(words->word[1]);
	return 0;
}

static int header_plugged(struct reader *reader, const struct words *words)
{
	struct scenario *scenario = reader->scenario;
	struct plugged_addon *plugged = &scenario->plugged[scenario->plugged_count];

	if (scenario->plugged_count == SCENARIO_OPTIONS_MAX)
		return mistake(reader, "more than %d add-ons", SCENARIO_OPTIONS_MAX);
	plugged->socket = strdup(words->word[1]);
	plugged->addon = strdup(words->word[2]);
	scenario->plugged_count++;
	return 0;
}

static int header_option(struct reader *reader, const struct words *words)
{
	struct scenario *scenario = reader->scenario;

	if (scenario->option_count == SCENARIO_OPTIONS_MAX)
		return mistake(reader, "more than %d kernel options", SCENARIO_OPTIONS_MAX);
	scenario->options[scenario->option_count++] = strdup(words->word[1]);
	return 0;
}

static int header_no_modules(struct reader *reader, const struct words *words)
{
	reader->scenario->no_modules = true;
	return 0;
}

static int header_real_time(struct reader *reader, const struct words *words)
{
	reader->scenario->real_time = true;
	return 0;
}

static int header_no_leak_check(struct reader *reader, const struct words *words)
{
	reader->scenario->no_leak_check = true;
	return 0;
}

static int header_busy(struct reader *reader, const struct words *words)
{
	if (words_number(words->word[1], &reader->scenario->busy))
		return mistake(reader, "%s is no number of seconds", words->word[1]);
	return 0;
}

static int header_go_on(struct reader *reader, const struct words *words)
{
	reader->scenario->go_on = true;
	return 0;
}

static int header_expect_log(struct reader *reader, const struct words *words)
{
	const char *pattern = words->word[1];
	unsigned long wanted = 0;
	char *copy;
	int ret;

	if (words->count == 3 && !strcmp(words->word[2], "maybe"))
		wanted = KERNEL_LOG_MAYBE;
	else if (words->count == 3 && words_number(words->word[2], &wanted))
		return mistake(reader, "%s is neither a number of lines nor maybe", words->word[2]);
	copy = strdup(pattern);
	if (*copy == '/' && copy[1] && copy[strlen(copy) - 1] == '/') {
		copy[strlen(copy) - 1] = '\0';
		pattern = copy + 1;
	}
	ret = kernel_log_announce(&reader->scenario->log, copy == pattern ? copy : copy + 1,
				  wanted);
	free(copy);
	if (ret)
		return mistake(reader, "%s is not a usable regular expression", words->word[1]);
	return 0;
}

static int header_expect_log_from(struct reader *reader, const struct words *words)
{
	char path[PATH_MAX];
	int ret;

	snprintf(path, sizeof(path), "%s/%s", reader->scenario->directory, words->word[1]);
	ret = kernel_log_read_known(&reader->scenario->log, path);
	return ret ? mistake(reader, "cannot use %s: %s", path, strerror(-ret)) : 0;
}

static const struct {
	const char *name;
	int words; /* with the name itself */
	int optional;
	int (*read)(struct reader *reader, const struct words *words);
} headers[] = {
	{ "board", 2, SCENARIO_BOARDS_MAX - 1, header_board },
	{ "long", 2, SCENARIO_BOARDS_MAX - 1, header_long },
	{ "smp", 2, 0, header_smp },
	{ "kernel", 2, 0, header_kernel },
	{ "tree", 2, 0, header_tree },
	{ "addons", 2, 0, header_addons },
	{ "firmware", 4, 2, header_firmware },
	{ "files-from", 2, 0, header_files_from },
	{ "without-module", 2, 0, header_without_module },
	{ "plugged", 3, 0, header_plugged },
	{ "kernel-option", 2, 0, header_option },
	{ "no-modules", 1, 0, header_no_modules },
	{ "no-leak-check", 1, 0, header_no_leak_check },
	{ "real-time", 1, 0, header_real_time },
	{ "busy", 2, 0, header_busy },
	{ "go-on", 1, 0, header_go_on },
	{ "expect-log", 2, 1, header_expect_log },
	{ "expect-log-from", 2, 0, header_expect_log_from },
};

/* Return: true if the line is one of the headers; @ret is then what became of it. */
static bool read_header(struct reader *reader, const struct words *words, int *ret)
{
	unsigned int i;

	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		if (strcmp(words->word[0], headers[i].name))
			continue;
		if (words->count < headers[i].words ||
		    words->count > headers[i].words + headers[i].optional)
			*ret = mistake(reader, "%s has too few or too many words", headers[i].name);
		else
			*ret = headers[i].read(reader, words);
		return true;
	}
	return false;
}

/* repeat TIMES [NAME=VALUE,VALUE…]… { */
static int read_repeat(struct reader *reader, struct step *step)
{
	struct words *words = &step->words;
	char *equals;
	int i;

	if (words->count < 3 || strcmp(words->word[words->count - 1], "{") ||
	    words_number(words->word[1], &step->times))
		return mistake(reader, "repeat TIMES [NAME=VALUE,VALUE…]… {");
	if (words->count - 3 > SCENARIO_LISTS_MAX)
		return mistake(reader, "more than %d lists", SCENARIO_LISTS_MAX);
	for (i = 2; i < words->count - 1; i++) {
		equals = strchr(words->word[i], '=');
		if (!equals || equals == words->word[i] || !equals[1])
			return mistake(reader, "%s is not NAME=VALUE,VALUE…", words->word[i]);
		*equals = '\0';
		step->rotations[step->lists].name = words->word[i];
		step->rotations[step->lists].values = equals + 1;
		step->lists++;
	}
	if (reader->depth == DEPTH_MAX)
		return mistake(reader, "more than %d repeats in each other", DEPTH_MAX);
	reader->place[++reader->depth] = &step->body;
	return 0;
}

static int read_step(struct reader *reader, const char *text)
{
	struct step *step = calloc(1, sizeof(*step));
	const char *name;

	if (!step)
		return -ENOMEM;
	step->line = reader->line;
	step->text = strdup(text);
	step->storage = strdup(text);
	*reader->place[reader->depth] = step;
	reader->place[reader->depth] = &step->next;
	words_split(step->storage, &step->words);
	name = step->words.word[0];
	step->verb = verb_find(name);
	if (!step->verb)
		return mistake(reader, "there is no action %s", name);
	if (step->words.count - 1 < step->verb->words ||
	    step->words.count - 1 > step->verb->words + step->verb->optional)
		return mistake(reader, "the action is: %s %s", name, step->verb->usage);
	return step->verb->run ? 0 : read_repeat(reader, step);
}

static int read_line(struct reader *reader, char *text)
{
	struct words words;
	char *copy;
	int ret;

	text += strspn(text, " \t");
	text[strcspn(text, "\r\n")] = '\0';
	copy = strdup(text);
	if (!copy)
		return -ENOMEM;
	ret = words_split(copy, &words);
	if (ret)
		ret = mistake(reader, "too many words, or an unclosed quote");
	else if (words.count && !strcmp(words.word[0], "}") && !reader->depth)
		ret = mistake(reader, "} without {");
	else if (words.count && !strcmp(words.word[0], "}"))
		reader->depth--;
	else if (words.count && !read_header(reader, &words, &ret))
		ret = read_step(reader, text);
	free(copy);
	return ret;
}

int scenario_read(struct scenario *scenario, const char *path, char *problem)
{
	struct reader reader = { .scenario = scenario, .problem = problem };
	char line[LINE_SIZE], *copy;
	FILE *file;
	int ret = 0;

	memset(scenario, 0, sizeof(*scenario));
	scenario->path = path;
	copy = strdup(path);
	scenario->directory = strdup(dirname(copy));
	free(copy);
	scenario->boards[scenario->board_count++] = strdup("a");
	reader.place[0] = &scenario->steps;
	file = fopen(path, "re");
	if (!file) {
		ret = -errno;
		snprintf(problem, SCENARIO_PROBLEM_SIZE, "cannot read %s: %s", path,
			 strerror(errno));
		return ret;
	}
	while (!ret && fgets(line, sizeof(line), file)) {
		reader.line++;
		ret = read_line(&reader, line);
	}
	fclose(file);
	if (!ret && reader.depth)
		ret = mistake(&reader, "a { is not closed");
	if (!ret && !scenario->steps)
		ret = mistake(&reader, "the scenario does nothing");
	return ret;
}

static bool is_named(char *const *names, unsigned int count, const char *name)
{
	while (count)
		if (!strcmp(names[--count], name))
			return true;
	return false;
}

bool scenario_runs_on(const struct scenario *scenario, const char *board)
{
	return is_named(scenario->boards, scenario->board_count, board);
}

bool scenario_is_long_on(const struct scenario *scenario, const char *board)
{
	return is_named(scenario->long_boards, scenario->long_board_count, board);
}

static void free_steps(struct step *step)
{
	struct step *next;

	for (; step; step = next) {
		next = step->next;
		free_steps(step->body);
		free(step->text);
		free(step->storage);
		free(step);
	}
}

void scenario_free(struct scenario *scenario)
{
	while (scenario->firmware_count) {
		scenario->firmware_count--;
		free(scenario->firmware[scenario->firmware_count].source);
		free(scenario->firmware[scenario->firmware_count].target);
	}
	while (scenario->plugged_count) {
		scenario->plugged_count--;
		free(scenario->plugged[scenario->plugged_count].socket);
		free(scenario->plugged[scenario->plugged_count].addon);
	}
	while (scenario->absent_count)
		free(scenario->absent[--scenario->absent_count]);
	while (scenario->option_count)
		free(scenario->options[--scenario->option_count]);
	kernel_log_free(&scenario->log);
	free_steps(scenario->steps);
	free(scenario->files_from);
	free(scenario->directory);
	while (scenario->board_count)
		free(scenario->boards[--scenario->board_count]);
	while (scenario->long_board_count)
		free(scenario->long_boards[--scenario->long_board_count]);
	free(scenario->kernel);
	free(scenario->tree);
	free(scenario->addons);
}
