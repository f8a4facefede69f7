// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts, read from the TAP of a scenario that survey_scenario.c wrote.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/survey_verdict.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *name;
	const char *meaning;
} kinds[SURVEY_KINDS] = {
	[SURVEY_CLEAN] = { "clean", "nothing to be said" },
	[SURVEY_NOISY] = { "noisy", "lines in the kernel log at warning level or worse" },
	[SURVEY_FAILS] = { "fails", "worked once, and not after a removal" },
	[SURVEY_LEAKS] = { "leaks", "memory or device tree nodes are not given back" },
	[SURVEY_HANGS] = { "hangs", "does not go while a file is open, or at all" },
	[SURVEY_CRASHES] = { "crashes", "KASAN, an oops, a WARN or another detector" },
	[SURVEY_NOT_BOUND] = { "not bound", "a mistake in its file: never bound or used" },
	[SURVEY_NOT_RUN] = { "not run", "the scenario did not come to its end" },
};

/* In lines of the kernel log. */
static const struct {
	const char *text;
	enum survey_kind kind;
} signs[] = {
	{ "INFO: task", SURVEY_HANGS },
	{ "workqueue lockup", SURVEY_HANGS },
	{ "BUG:", SURVEY_CRASHES },
	{ "KASAN:", SURVEY_CRASHES },
	{ "WARNING:", SURVEY_CRASHES },
	{ "Oops", SURVEY_CRASHES },
	{ "general protection", SURVEY_CRASHES },
	{ "anic - not syncing", SURVEY_CRASHES },
	{ "UBSAN:", SURVEY_CRASHES },
	{ "ODEBUG:", SURVEY_CRASHES },
	{ "refcount_t:", SURVEY_CRASHES },
	{ "------------[ cut here ]", SURVEY_CRASHES },
	{ "possible circular locking", SURVEY_CRASHES },
	{ "possible recursive locking", SURVEY_CRASHES },
	{ "bad unlock balance", SURVEY_CRASHES },
	{ "suspicious RCU usage", SURVEY_CRASHES },
	{ "OF: ERROR", SURVEY_LEAKS },
};

/* Whose failure is a leak. */
static const char *const leak_steps[] = {
	"end: the device tree is as before",
	"end: nobody holds a node",
	"end: no leaks",
};

/* Lines that are remembered, and bytes of each that matter. */
#define USUAL_MAX 16
#define USUAL_SIZE 128

/**
 * struct reader - where the reading of a scenario's TAP stands
 * @verdict: what has been found
 * @phase: what the scenario does
 * @next_phase: what it does from the next action on
 * @step: the action
 * @usual: what the log said when nothing was pulled out; it will say it at each plug
 * @usual_count: number of @usual
 * @failed: it has failed
 * @in_log: lines of the kernel log follow
 * @in_console: lines of the console follow
 * @ended: the scenario has come to its end
 */
struct reader {
	struct survey_verdict *verdict;
	char phase[16];
	char next_phase[16];
	char step[256];
	char usual[USUAL_MAX][USUAL_SIZE];
	unsigned int usual_count;
	bool failed;
	bool in_log;
	bool in_console;
	bool ended;
};

const char *survey_kind_name(enum survey_kind kind)
{
	return kinds[kind].name;
}

const char *survey_kind_meaning(enum survey_kind kind)
{
	return kinds[kind].meaning;
}

static void find(struct reader *reader, enum survey_kind kind, const char *evidence)
{
	struct survey_verdict *verdict = reader->verdict;

	if (kind <= verdict->kind)
		return;
	verdict->kind = kind;
	strcpy(verdict->phase, reader->phase);
	snprintf(verdict->evidence, sizeof(verdict->evidence), "%.*s",
		 (int)sizeof(verdict->evidence) - 1, evidence);
}

static enum survey_kind kind_of_line(const char *line)
{
	unsigned int i;

	for (i = 0; i < COUNT(signs); i++)
		if (strstr(line, signs[i].text))
			return signs[i].kind;
	return SURVEY_NOISY;
}

static bool is_leak_step(const char *step)
{
	unsigned int i;

	for (i = 0; i < COUNT(leak_steps); i++)
		if (!strcmp(step, leak_steps[i]))
			return true;
	return false;
}

/* What it means that an action failed for another reason than the kernel log. */
static enum survey_kind kind_of_step(const struct reader *reader, const char *problem)
{
	/* No guest, no verdict. */
	if (!strcmp(reader->phase, "start"))
		return SURVEY_NOT_RUN;
	if (is_leak_step(reader->step))
		return SURVEY_LEAKS;
	if (!strcmp(reader->step, "wait survey empty") ||
	    !strcmp(reader->step, "end: every connector is empty") || strstr(problem, "hangs") ||
	    strstr(problem, "does not answer") || strstr(problem, "did not end in time"))
		return SURVEY_HANGS;
	if (!strcmp(reader->step, "the guest lives") || strstr(problem, "the guest is gone"))
		return SURVEY_CRASHES;
	/* A file that cannot be opened is another mistake of the driver's file. */
	if (!strcmp(reader->phase, "bind") || !strcmp(reader->phase, "use") ||
	    !strncmp(reader->step, "hold ", 5))
		return SURVEY_NOT_BOUND;
	return SURVEY_FAILS;
}

static void read_problem(struct reader *reader, const char *text)
{
	char evidence[512];

	if (strstr(text, "bad lines in the kernel log:")) {
		reader->in_log = true;
		reader->failed = false;
		return;
	}
	snprintf(evidence, sizeof(evidence), "%s: %s", reader->step, text);
	find(reader, kind_of_step(reader, text), evidence);
	reader->in_console = strstr(text, "the end of its console:");
	/* The first line says what it was. */
	reader->failed = false;
}

/* The first function of a module, or the first of all, that allocated what leaked. */
static void add_place(struct reader *reader, const char *text)
{
	char *evidence = reader->verdict->evidence;
	size_t used = strlen(evidence);

	if (reader->verdict->kind == SURVEY_LEAKS && strstr(evidence, "kmemleak") &&
	    text[strlen(text) - 1] == ']' && !strstr(text, "[plugtree]") && !strchr(evidence, '['))
		snprintf(evidence + used, sizeof(reader->verdict->evidence) - used, " %s",
			 text + strspn(text, " "));
}

/* Return: whether a line of the log has nothing to do with the removal. */
static bool is_usual(struct reader *reader, const char *text)
{
	unsigned int i;

	for (i = 0; i < reader->usual_count; i++)
		if (!strncmp(reader->usual[i], text, USUAL_SIZE - 1))
			return true;
	if (strcmp(reader->phase, "bind") && strcmp(reader->phase, "use"))
		return false;
	if (reader->usual_count < USUAL_MAX)
		snprintf(reader->usual[reader->usual_count++], USUAL_SIZE, "%.*s", USUAL_SIZE - 1,
			 text);
	return true;
}

static void read_log(struct reader *reader, const char *text)
{
	enum survey_kind kind = kind_of_line(text);

	if (kind == SURVEY_NOISY && is_usual(reader, text))
		return;
	reader->verdict->bad_lines++;
	find(reader, kind, text);
}

static void read_comment(struct reader *reader, const char *text)
{
	if (reader->failed) {
		read_problem(reader, text);
	} else if (reader->in_log) {
		read_log(reader, text);
	} else if (reader->in_console && kind_of_line(text) == SURVEY_CRASHES &&
		   reader->verdict->kind == SURVEY_CRASHES) {
		snprintf(reader->verdict->evidence, sizeof(reader->verdict->evidence), "%s", text);
		reader->in_console = false;
	} else if (*text) {
		add_place(reader, text);
	}
}

/* What files were open made it wait, if it went on without them. */
static void read_closed(struct reader *reader, bool passed)
{
	struct survey_verdict *verdict = reader->verdict;

	if (verdict->kind != SURVEY_HANGS || strcmp(verdict->phase, "busy") ||
	    strcmp(reader->phase, "closed") || strcmp(reader->step, "wait survey empty"))
		return;
	snprintf(verdict->evidence, sizeof(verdict->evidence), "draining %s",
		 passed ? "until its files were closed" : "even after its files were closed");
}

static void read_step(struct reader *reader, const char *text, bool failed)
{
	const char *line = strncmp(text, "line ", 5) ? NULL : strstr(text, ": ");

	strcpy(reader->phase, reader->next_phase);
	snprintf(reader->step, sizeof(reader->step), "%s", line ? line + 2 : text);
	reader->failed = failed;
	reader->in_log = false;
	reader->in_console = false;
	/* What a failure of this one tells is from before. */
	if (!strncmp(reader->step, "say ", 4))
		snprintf(reader->next_phase, sizeof(reader->next_phase), "%s", reader->step + 4);
	read_closed(reader, !failed);
}

static void read_line(struct reader *reader, const char *line)
{
	const char *text = strstr(line, " - ");

	if (!strncmp(line, "    ok ", 7) && text)
		read_step(reader, text + 3, false);
	else if (!strncmp(line, "    not ok ", 11) && text)
		read_step(reader, text + 3, true);
	else if (!strncmp(line, "      # ", 8))
		read_comment(reader, line + 8);
	else if (!strncmp(line, "    1..", 7))
		reader->ended = true;
}

void survey_verdict_read(struct survey_verdict *verdict, const char *path)
{
	struct reader reader = { .verdict = verdict, .phase = "start", .next_phase = "start" };
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	memset(verdict, 0, sizeof(*verdict));
	while (file && getline(&line, &size, file) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		read_line(&reader, line);
	}
	free(line);
	if (file)
		fclose(file);
	strcpy(reader.phase, reader.next_phase);
	if (!reader.ended)
		find(&reader, SURVEY_NOT_RUN, "");
}
