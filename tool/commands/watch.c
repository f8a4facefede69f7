// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree watch: what happens in the connectors, while it happens.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "connector.h"
#include "event.h"
#include "json.h"
#include "live_view.h"
#include "report.h"
#include "screen.h"
#include "selection.h"
#include "text.h"

#define TIME_SIZE sizeof("2026-01-01T00:00:00.000000Z")

static void time_now(char *text, const char *format)
{
	struct timespec now;
	struct tm broken_down;
	size_t length;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &broken_down);
	length = strftime(text, TIME_SIZE, format, &broken_down);
	snprintf(text + length, TIME_SIZE - length, ".%03ldZ", now.tv_nsec / 1000000);
}

static void print_event(const struct context *context, const struct connector *connector)
{
	struct json_object *object;
	char time[TIME_SIZE];

	if (context->settings->json) {
		time_now(time, "%Y-%m-%dT%H:%M:%S");
		object = json_connector(connector);
		json_add_text(object, "time", time);
		json_print(object, false);
	} else {
		time_now(time, "%H:%M:%S");
		text_style_begin(stdout, STYLE_DIM);
		printf("%s  ", time);
		text_style_end(stdout, STYLE_DIM);
		report_connector_line(connector);
	}
	fflush(stdout);
}

/* How the connectors are; each is its first line. */
static void print_present(const struct context *context, const struct selection *selection)
{
	struct connector connector;
	size_t i;

	for (i = 0; i < selection->count; i++)
		if (!connector_read(&connector, context->class, selection->names[i]))
			print_event(context, &connector);
}

static bool is_selected(const struct selection *selection, const char *name)
{
	size_t i;

	/* Without names, those that come later are meant, too. */
	if (!selection->named)
		return true;
	for (i = 0; i < selection->count; i++)
		if (!strcmp(selection->names[i], name))
			return true;
	return false;
}

static enum exit_code follow(const struct context *context, const struct selection *selection,
			     struct event_source *source)
{
	deadline_t deadline = deadline_in(context->settings->timeout_ms);
	long long left = context->settings->count;
	struct connector connector;
	int ret;

	while (!context->settings->count || left) {
		ret = event_next(source, &connector, deadline);
		if (ret == -ETIMEDOUT)
			return left ? EXIT_CODE_TIMEOUT : EXIT_CODE_OK;
		if (ret == -ENOBUFS) {
			text_complain("events were lost; this is how the connectors are now");
			print_present(context, selection);
			continue;
		}
		if (ret) {
			text_complain("cannot receive events: %s", strerror(-ret));
			return exit_code_of_error(ret);
		}
		if (!is_selected(selection, connector.name))
			continue;
		print_event(context, &connector);
		left -= left > 0;
	}
	return EXIT_CODE_OK;
}

/* Whoever counts events or gives them a time wants them one by one. */
static bool is_for_eyes(const struct settings *settings)
{
	return !settings->json && !settings->lines && !settings->count &&
	       settings->timeout_ms < 0 && screen_is_there();
}

static enum exit_code watch_events(const struct context *context, const struct selection *selection)
{
	struct event_source *source;
	enum exit_code code;
	int ret;

	/* First the subscription, then the look: a change in between is seen twice, not never. */
	ret = event_source_open(&source);
	if (ret) {
		text_complain("cannot subscribe to events: %s", strerror(-ret));
		return exit_code_of_error(ret);
	}
	if (is_for_eyes(context->settings)) {
		code = live_view(context, selection, source);
	} else {
		print_present(context, selection);
		code = follow(context, selection, source);
	}
	event_source_close(source);
	return code;
}

static enum exit_code watch(const struct context *context, int count, char **operands)
{
	bool here = !strcmp(context->settings->sysroot, "/");
	struct selection selection;
	enum exit_code code;

	if (!here && !is_for_eyes(context->settings)) {
		text_complain("watch: events come from the running kernel, not from %s",
			      context->settings->sysroot);
		return EXIT_CODE_USAGE;
	}
	code = selection_make(&selection, context, count, operands);
	if (code)
		return code;
	code = here ? watch_events(context, &selection) : live_view(context, &selection, NULL);
	selection_free(&selection);
	return code;
}

static const struct option_description *const watch_options[] = {
	&option_json, &option_lines, &option_count, &option_timeout, NULL,
};

const struct command watch_command = {
	.name = "watch",
	.operands = "[CONNECTOR...]",
	.completion = "connector...",
	.summary = "show what happens, while it happens",
	.description =
		"On a terminal show each CONNECTOR, or all, with the time that it is in its state, its\n"
		"devices, and what happens, until interrupted. Elsewhere, and with --lines, --count or\n"
		"--timeout, print how they are, and then a line for each change of state. With --json\n"
		"each line is an object. Times are UTC.",
	.operands_max = OPERANDS_UNLIMITED,
	.options = watch_options,
	.run = watch,
};
