// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs one scenario: sets the machine up, does the steps, looks at everything at the end.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lab/base_tree.h"
#include "lab/run.h"
#include "lab/run_setup.h"
#include "lab/verbs.h"

#define SHOWN_LINES 12
#define EMPTY_TIMEOUT_MS 15000
#define LEAKS_TIME_MS 30000
#define PASS_LOG_TIMEOUT_MS 120000

int run_problem(struct run *run, const char *format, ...)
{
	char *text = NULL;
	va_list list;

	va_start(list, format);
	if (vasprintf(&text, format, list) < 0)
		text = NULL;
	va_end(list);
	free(run->problem);
	run->problem = text;
	return -EINVAL;
}

int run_answered(struct run *run, int ret)
{
	if (!ret)
		return 0;
	switch (run->machine.state) {
	case MACHINE_ANSWERS:
		run_problem(run, "%s", run->answer.text);
		return ret;
	case MACHINE_HANGS:
		run_problem(run, "the guest does not answer");
		break;
	case MACHINE_TALKS_NONSENSE:
		run_problem(run, "the guest's answer makes no sense");
		break;
	default:
		run_problem(run, "the guest is gone");
	}
	return ret;
}

int run_time(struct run *run, const char *word, int otherwise, int *ms)
{
	char *end;
	long value;

	*ms = otherwise;
	if (!word)
		return 0;
	value = strtol(word, &end, 10);
	if (!strcmp(end, "s"))
		value *= 1000;
	else if (*end && strcmp(end, "ms"))
		value = -1;
	if (end == word || value < 0 || value > 3600000)
		return run_problem(run, "%s is not a time", word);
	*ms = value;
	return 0;
}

static int compare_pattern(struct run *run, const char *what, const char *value,
			   const char *expected)
{
	char *pattern = strndup(expected + 1, strlen(expected) - 2);
	regex_t regex;
	int ret;

	if (!pattern)
		return -ENOMEM;
	ret = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB);
	if (ret) {
		ret = run_problem(run, "%s is not a regular expression", expected);
	} else {
		if (regexec(&regex, value, 0, NULL, 0))
			ret = run_problem(run, "%s is \"%s\", not like %s", what, value, expected);
		regfree(&regex);
	}
	free(pattern);
	return ret;
}

int run_compare(struct run *run, const char *what, const char *value, const char *expected)
{
	size_t length = strlen(value), expected_length = strlen(expected);
	char *trimmed;
	int ret = 0;

	while (length && value[length - 1] == '\n')
		length--;
	trimmed = strndup(value, length);
	if (!trimmed)
		return -ENOMEM;
	if (expected_length > 1 && *expected == '/' && expected[expected_length - 1] == '/')
		ret = compare_pattern(run, what, trimmed, expected);
	else if (strcmp(trimmed, expected))
		ret = run_problem(run, "%s is \"%s\", not \"%s\"", what, trimmed, expected);
	free(trimmed);
	return ret;
}

/* Prints one test line, and the problem behind it if it failed. */
static void report(struct run *run, int ret, const char *what)
{
	char *line, *rest = run->problem;

	run->steps++;
	if (!run->settings->story)
		printf("    %sok %u - %s\n", ret ? "not " : "", run->steps, what);
	else if (ret)
		printf("      not as it should be: %s\n", what);
	if (ret) {
		run->failures++;
		while ((line = strsep(&rest, "\n")))
			if (*line)
				printf("      # %s\n", line);
	}
	free(run->problem);
	run->problem = NULL;
	fflush(stdout);
}

int run_hardware(struct run *run, const char *format, ...)
{
	char command[1024], *answer = NULL;
	size_t length = 0;
	va_list list;
	FILE *stream;
	int ret;

	va_start(list, format);
	ret = vsnprintf(command, sizeof(command), format, list);
	va_end(list);
	if (ret >= (int)sizeof(command))
		return run_problem(run, "the command is too long");
	stream = open_memstream(&answer, &length);
	if (!stream)
		return -ENOMEM;
	ret = simulator_command(&run->simulator, stream, command);
	fclose(stream);
	if (ret) {
		ret = run_problem(run, "hardware: %s", answer);
		free(answer);
		return ret;
	}
	/* So that expect-output can look at what "sim list" or "sim stats" said. */
	free(run->output);
	run->output = answer;
	return 0;
}

int run_pass_log(struct run *run)
{
	/* Until now nobody fetched any, so it may be all that the kernel keeps. */
	if (run_request(run, PASS_LOG_TIMEOUT_MS, "klog"))
		return -EPIPE;
	kernel_log_copy(run->answer.text, run->log_copy);
	return 0;
}

int run_check_log(struct run *run)
{
	char *bad = NULL, *line, *rest, *shown = NULL;
	size_t size = 0, shown_size = 0;
	unsigned long count, i;
	FILE *stream;

	/* What it says meanwhile is there when it is awake. */
	if (run->machine.asked)
		return 0;
	if (run_request(run, 0, "klog"))
		return -EPIPE;
	stream = open_memstream(&bad, &size);
	if (!stream)
		return -ENOMEM;
	count = kernel_log_judge(&run->scenario->log, run->answer.text, run->log_copy, stream);
	fclose(stream);
	if (count) {
		stream = open_memstream(&shown, &shown_size);
		rest = bad;
		for (i = 0; stream && i < SHOWN_LINES && (line = strsep(&rest, "\n")); i++)
			fprintf(stream, "\n%s", line);
		if (stream)
			fclose(stream);
		run_problem(run, "%lu unannounced bad lines in the kernel log:%s", count,
			    shown ? shown : "");
		free(shown);
	}
	free(bad);
	return count ? -EINVAL : 0;
}

/* The value of a rotation's list in one round. Return: its length. */
static size_t rotation_value(const struct rotation *rotation, unsigned long round,
			     const char **value)
{
	const char *at;
	unsigned long count = 1;

	for (at = rotation->values; *at; at++)
		count += *at == ',';
	at = rotation->values;
	for (round %= count; round; round--)
		at = strchr(at, ',') + 1;
	*value = at;
	return strcspn(at, ",");
}

/* The innermost list of that name. Return: the length of its value in this round, or 0. */
static size_t find_rotation(const struct run *run, const char *name, size_t length,
			    const char **value)
{
	const struct rotation *rotation;
	unsigned int i, d;

	for (d = run->depth; d--;) {
		for (i = 0; i < run->rounds[d].repeat->lists; i++) {
			rotation = &run->rounds[d].repeat->rotations[i];
			if (!strncmp(rotation->name, name, length) && !rotation->name[length])
				return rotation_value(rotation, run->rounds[d].round, value);
		}
	}
	return 0;
}

/*
 * Writes the value of a $variable at text: of a repeat, or else of the board. Others are the
 * guest's. Return: the bytes of its name with the $, or 0.
 */
static size_t replace_variable(const struct run *run, const char *text, FILE *out)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t length = strspn(text + 1, letters), value_length;
	const char *value;

	value_length = find_rotation(run, text + 1, length, &value);
	if (!value_length) {
		value = base_board_variable(run->board, text + 1, length);
		value_length = value ? strlen(value) : 0;
	}
	fwrite(value, 1, value_length, out);
	return value_length ? length + 1 : 0;
}

static char *replace_variables(const struct run *run, const char *text)
{
	char *result = NULL;
	size_t size = 0, skip;
	FILE *out = open_memstream(&result, &size);

	if (!out)
		return NULL;
	while (*text) {
		skip = *text == '$' ? replace_variable(run, text, out) : 0;
		if (!skip)
			fputc(*text++, out);
		text += skip;
	}
	fclose(out);
	return result;
}

static int do_verb(struct run *run, const struct step *step)
{
	char *text = replace_variables(run, step->text), *storage;
	struct words words;
	const char *rest;
	int ret;

	if (!text)
		return -ENOMEM;
	storage = strdup(text);
	ret = storage ? words_split(storage, &words) : -ENOMEM;
	rest = text + strlen(step->verb->name);
	if (!ret)
		ret = step->verb->run(run, &words, rest + strspn(rest, " \t"));
	free(storage);
	free(text);
	if (!ret)
		ret = run_check_log(run);
	return ret;
}

static int do_step(struct run *run, const struct step *step);

static int do_repeat(struct run *run, const struct step *repeat)
{
	const struct step *step;
	char *problem;
	unsigned long round;
	int ret = 0;

	if (run->depth == RUN_ROUNDS_MAX)
		return run_problem(run, "too many repeats in each other");
	run->rounds[run->depth++].repeat = repeat;
	for (round = 0; !ret && round < repeat->times; round++) {
		run->rounds[run->depth - 1].round = round;
		for (step = repeat->body; !ret && step; step = step->next)
			ret = do_step(run, step);
		if (!ret)
			continue;
		problem = run->problem;
		run->problem = NULL;
		run_problem(run, "in round %lu: %s", round + 1, problem ? problem : "");
		free(problem);
	}
	run->depth--;
	return ret;
}

static int do_step(struct run *run, const struct step *step)
{
	char *problem;
	int ret = step->verb->run ? do_verb(run, step) : do_repeat(run, step);

	if (ret && run->depth) {
		problem = run->problem;
		run->problem = NULL;
		run_problem(run, "line %u: %s: %s", step->line, step->text, problem ? problem : "");
		free(problem);
	}
	return ret;
}

/* Does the steps one after the other, until one fails or as long as there is a guest. */
static void do_steps(struct run *run)
{
	const struct step *step;
	char what[256];
	int ret = 0;

	for (step = run->scenario->steps; step; step = step->next) {
		if (ret && (!run->scenario->go_on || run->machine.state != MACHINE_ANSWERS))
			break;
		ret = do_step(run, step);
		snprintf(what, sizeof(what), "line %u: %s", step->line, step->text);
		report(run, ret, what);
	}
}

/* What is in a socket of an add-on comes out with that add-on. */
static int unplug_all(struct run *run)
{
	struct words words = { .count = 2, .word = { "unplug" } };
	unsigned int left = run->plugged_count;
	int ret = 0;

	while (!ret && left--) {
		if (strchr(run->plugged[left], '.'))
			continue;
		words.word[1] = strdup(run->plugged[left]);
		ret = verb_unplug(run, &words, words.word[1]);
		free(words.word[1]);
	}
	return ret;
}

/* Takes out what the scenario left plugged and waits until every connector says so. */
static int end_unplugged(struct run *run)
{
	char *names, *name, *rest, path[512], time[16];
	int ret = unplug_all(run);

	if (ret || machine_request(&run->machine, &run->answer, run->settings->answer_timeout,
				   "list", "/sys/class/plugtree", NULL))
		return ret;
	names = strdup(run->answer.text);
	snprintf(time, sizeof(time), "%d", EMPTY_TIMEOUT_MS);
	for (rest = names; !ret && (name = strsep(&rest, "\n")) && *name;) {
		snprintf(path, sizeof(path), "/sys/class/plugtree/%s/state", name);
		ret = run_request(run, EMPTY_TIMEOUT_MS, "wait", path, "empty", time);
	}
	free(names);
	return ret;
}

static bool has_line(const char *text, const char *line, size_t length)
{
	for (; text; text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL)
		if (!strncmp(text, line, length) && (text[length] == '\n' || !text[length]))
			return true;
	return false;
}

static void print_missing_lines(const char *from, const char *in, const char *what, FILE *out)
{
	size_t length;

	for (; *from; from += length + (from[length] == '\n')) {
		length = strcspn(from, "\n");
		if (!has_line(in, from, length))
			fprintf(out, "\n%s %.*s", what, (int)length, from);
	}
}

static int end_nodes(struct run *run)
{
	char *difference = NULL;
	size_t size = 0;
	FILE *out;
	int ret = run_request(run, 0, "nodes");

	if (ret)
		return ret;
	out = open_memstream(&difference, &size);
	if (!out)
		return -ENOMEM;
	print_missing_lines(run->nodes, run->answer.text, "gone:", out);
	print_missing_lines(run->answer.text, run->nodes, "left over:", out);
	fclose(out);
	run->leaks += !!size;
	if (size)
		ret = run_problem(run, "the device tree is not as it was:%s", difference);
	free(difference);
	return ret;
}

/* Nodes that somebody holds show up here until they are let go. */
static int end_quarantine(struct run *run)
{
	static const char path[] = "/sys/kernel/debug/plugtree/quarantine";
	char time[16];

	if (machine_request(&run->machine, &run->answer, run->settings->answer_timeout, "stat",
			    path, NULL))
		return run->machine.state == MACHINE_ANSWERS ? 0 : run_answered(run, -EPIPE);
	snprintf(time, sizeof(time), "%d", EMPTY_TIMEOUT_MS);
	return run_request(run, EMPTY_TIMEOUT_MS, "wait", path, "", time);
}

static int end_leaks(struct run *run)
{
	const char *at;
	unsigned long count = 0;
	int ret = run_request(run, LEAKS_TIME_MS, "leaks");

	if (ret)
		return ret;
	for (at = run->answer.text; (at = strstr(at, "unreferenced object")); at++)
		count++;
	run->leaks += count;
	if (count)
		return run_problem(run, "kmemleak found %lu objects:\n%.4000s", count,
				   run->answer.text);
	return *run->answer.text ? run_problem(run, "kmemleak said %.4000s", run->answer.text) : 0;
}

static int end_log(struct run *run)
{
	char *missing = NULL;
	size_t size = 0;
	FILE *out;
	int ret = run_check_log(run);

	if (ret)
		return ret;
	out = open_memstream(&missing, &size);
	if (!out)
		return -ENOMEM;
	if (kernel_log_missing(&run->scenario->log, out))
		ret = -EINVAL;
	fclose(out);
	if (ret)
		run_problem(run, "%s", missing);
	free(missing);
	return ret;
}

static int end_power_off(struct run *run)
{
	char how[64];
	int ret = machine_power_off(&run->machine, run->settings->answer_timeout);

	if (ret == -EIO) {
		process_describe_end(&run->machine.process, how, sizeof(how));
		return run_problem(run, "the guest's kernel ended with %s", how);
	}
	return ret ? run_problem(run, "the guest does not power off") : 0;
}

/* What every scenario must leave behind: nothing. */
static void do_end(struct run *run)
{
	if (run->settings->story) {
		puts("\n  Everything is unplugged. Looking for leaks …");
		fflush(stdout);
	}
	report(run, end_unplugged(run), "end: every connector is empty");
	report(run, end_nodes(run), "end: the device tree is as before");
	report(run, end_quarantine(run), "end: nobody holds a node");
	if (!run->scenario->no_leak_check)
		report(run, end_leaks(run), "end: no leaks");
	report(run, end_log(run), "end: nothing in the kernel log that was not announced");
	report(run, end_power_off(run), "end: the guest powers off");
}

/* Says how the guest was lost, with the end of its console. */
static void report_loss(struct run *run)
{
	char how[64] = "the guest hangs", *tail;

	if (run->machine.state == MACHINE_HANGS)
		machine_show_blocked(&run->machine);
	else if (!process_wait(&run->machine.process, channel_now() + 2000))
		process_describe_end(&run->machine.process, how, sizeof(how));
	tail = run_console_tail(run, 30);
	run_problem(run, "%s; the end of its console:\n%s", how, tail ? tail : "");
	free(tail);
	report(run, -EPIPE, "the guest lives");
}

/*
 * The nodes of the tree without add-ons: the guest is asked, as long as it has none. What was plugged before it
 * booted may be there already; then they are those that it was given.
 */
static int note_nodes(struct run *run)
{
	char path[PATH_MAX];
	size_t size = 0;
	FILE *out;
	int ret;

	if (!run->scenario->plugged_count) {
		ret = run_request(run, 0, "nodes");
		if (!ret)
			run->nodes = strdup(run->answer.text);
		return ret;
	}
	out = open_memstream(&run->nodes, &size);
	if (!out)
		return -ENOMEM;
	snprintf(path, sizeof(path), "%s/base.dtb", run->directory);
	ret = list_nodes(path, out);
	fclose(out);
	return ret ? run_problem(run, "cannot list the nodes of %s: %s", path, strerror(-ret)) : 0;
}

/* Noted first: whatever becomes of the command, the end takes the add-on out. */
static int plug_before_boot(struct run *run)
{
	const struct plugged_addon *addon = run->scenario->plugged;
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < run->scenario->plugged_count; i++, addon++) {
		run->plugged[run->plugged_count++] = strdup(addon->socket);
		ret = run_hardware(run, "plug %s %s", addon->socket, addon->addon);
	}
	return ret;
}

static int prepare(struct run *run)
{
	const char *known = run->settings->known;
	int ret = known ? kernel_log_read_known(&run->scenario->log, known) : 0;

	if (ret)
		return run_problem(run, "cannot use %s: %s", known, strerror(-ret));
	ret = plug_before_boot(run);
	if (!ret)
		ret = run_boot(run, false);
	if (!ret)
		ret = note_nodes(run);
	if (!ret)
		ret = run_load_modules(run);
	return ret ? ret : run_check_log(run);
}

bool run_scenario(const struct settings *settings, struct scenario *scenario,
		  const struct base_board *board)
{
	struct run run = { .settings = settings, .scenario = scenario, .board = board };
	int ret = run_set_up(&run);

	if (!ret)
		ret = prepare(&run);
	report(&run, ret, "start: the guest boots");
	if (!ret)
		do_steps(&run);
	if (run.machine.state == MACHINE_ANSWERS)
		do_end(&run);
	if (run.machine.state != MACHINE_ANSWERS && run.machine.state != MACHINE_OFF)
		report_loss(&run);
	if (settings->story)
		printf("demo: plugged %u, refused %u, leaks %lu\n", run.ready, run.refused,
		       run.leaks);
	else
		printf("    1..%u\n", run.steps);
	run_tear_down(&run, run.failures);
	return !run.failures;
}

int run_shell(const struct settings *settings, struct scenario *scenario,
	      const struct base_board *board)
{
	struct run run = { .settings = settings, .scenario = scenario, .board = board };
	int ret = run_set_up(&run);

	if (!ret)
		ret = run_boot(&run, true);
	if (!ret)
		ret = run_load_modules(&run);
	if (ret)
		fprintf(stderr, "lab-run: %s\n", run.problem ? run.problem : strerror(-ret));
	else
		process_wait(&run.machine.process, -1);
	run_tear_down(&run, ret);
	return ret;
}
