// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Connectors with the time that they are in their states and their devices, and below that what came
 * and went. What is shown is always read anew from the class: events only say when to look, and so
 * does each second, since devices come and go between two states.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device.h"
#include "live_view.h"
#include "report.h"
#include "screen.h"
#include "sysfs.h"
#include "text.h"

/* How often the times are looked at, in milliseconds. */
#define TICK_MS 250

/* Connectors that are followed; no terminal has room for more. */
#define SEATS_MAX 64
#define HISTORY_MAX 64
#define HISTORY_TEXT_SIZE 256

/**
 * struct seat - a connector as it was seen last
 * @connector: the connector
 * @since: when it was first seen in its state, on CLOCK_MONOTONIC
 * @entered: it was seen to come into that state
 * @devices: its devices
 * @count: how many
 */
struct seat {
	struct connector connector;
	struct timespec since;
	bool entered;
	struct device *devices;
	size_t count;
};

/**
 * struct view - the view
 * @context: the context
 * @seats: the connectors
 * @seat_count: how many
 * @history: what happened, a ring
 * @happened: how much has
 * @shown: what is on the screen, allocated
 */
struct view {
	const struct context *context;
	struct seat seats[SEATS_MAX];
	size_t seat_count;
	char history[HISTORY_MAX][HISTORY_TEXT_SIZE];
	size_t happened;
	char *shown;
};

__attribute__((format(printf, 2, 3))) static void note(struct view *view, const char *format, ...)
{
	char *line = view->history[view->happened++ % HISTORY_MAX];
	struct timespec now;
	struct tm broken_down;
	va_list arguments;
	size_t length;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &broken_down);
	length = strftime(line, HISTORY_TEXT_SIZE, "%H:%M:%S", &broken_down);
	length += (size_t)snprintf(line + length, HISTORY_TEXT_SIZE - length, ".%03ldZ  ",
				   now.tv_nsec / 1000000);
	va_start(arguments, format);
	vsnprintf(line + length, HISTORY_TEXT_SIZE - length, format, arguments);
	va_end(arguments);
}

static const struct device *find_device(const struct device *devices, size_t count,
					const char *name)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (!strcmp(devices[i].name, name))
			return &devices[i];
	}
	return NULL;
}

static void note_devices(struct view *view, const struct seat *before, const struct seat *now)
{
	const char *name = now->connector.name;
	const struct device *device;
	size_t i;

	for (i = 0; i < before->count; i++) {
		if (!find_device(now->devices, now->count, before->devices[i].name))
			note(view, "%s  - %s", name, before->devices[i].name);
	}
	for (i = 0; i < now->count; i++) {
		device = find_device(before->devices, before->count, now->devices[i].name);
		if (!device)
			note(view, "%s  + %s  %s", name, now->devices[i].name,
			     now->devices[i].driver);
		else if (strcmp(device->driver, now->devices[i].driver))
			note(view, "%s  = %s  %s", name, now->devices[i].name,
			     *now->devices[i].driver ? now->devices[i].driver : "no driver");
	}
}

static struct seat *find_seat(struct view *view, const char *name)
{
	size_t i;

	for (i = 0; i < view->seat_count; i++) {
		if (!strcmp(view->seats[i].connector.name, name))
			return &view->seats[i];
	}
	return NULL;
}

static struct seat *take_seat(struct view *view, const char *name)
{
	struct seat *seat = find_seat(view, name);

	if (seat || view->seat_count == SEATS_MAX)
		return seat;
	seat = &view->seats[view->seat_count++];
	*seat = (struct seat){};
	return seat;
}

/* Takes a state to which a connector has come; a reason is told with it. */
static void enter_state(struct view *view, struct seat *seat, const struct connector *connector)
{
	bool reasoned = connector_has_reason(connector);

	clock_gettime(CLOCK_MONOTONIC, &seat->since);
	seat->entered = *seat->connector.state;
	if (seat->entered)
		note(view, "%s  %s%s%s", connector->name, connector->state, reasoned ? ": " : "",
		     reasoned ? connector->reason : "");
	text_copy(seat->connector.state, sizeof(seat->connector.state), connector->state);
}

/* Events tell of states that are over before anybody looks. */
static void hear_of(struct view *view, const struct selection *selection,
		    const struct connector *connector)
{
	struct seat *seat = find_seat(view, connector->name);

	if (!seat && !selection->named)
		seat = take_seat(view, connector->name);
	if (!seat || !strcmp(seat->connector.state, connector->state))
		return;
	text_copy(seat->connector.name, sizeof(seat->connector.name), connector->name);
	enter_state(view, seat, connector);
}

static void look_at(struct view *view, const char *name)
{
	struct seat *seat = take_seat(view, name);
	struct seat now = {};

	if (!seat)
		return;
	if (connector_read(&now.connector, view->context->class, name))
		snprintf(now.connector.state, sizeof(now.connector.state), "gone");
	text_copy(now.connector.name, sizeof(now.connector.name), name);
	device_list(&now.devices, &now.count, view->context->class, name);
	if (strcmp(now.connector.state, seat->connector.state))
		enter_state(view, seat, &now.connector);
	now.since = seat->since;
	now.entered = seat->entered;
	note_devices(view, seat, &now);
	free(seat->devices);
	*seat = now;
}

/* Connectors of add-ons come and go; without names they are meant, too. */
static void look(struct view *view, const struct selection *selection)
{
	char **names;
	size_t count, i;

	for (i = 0; i < selection->count; i++)
		look_at(view, selection->names[i]);
	if (selection->named || sysfs_list(view->context->class, &names, &count))
		return;
	for (i = 0; i < count; i++) {
		if (!find_seat(view, names[i]))
			look_at(view, names[i]);
	}
	for (i = selection->count; i < view->seat_count; i++)
		look_at(view, view->seats[i].connector.name);
	sysfs_free_list(names, count);
}

static long long seconds_since(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)(now.tv_sec - since->tv_sec) - (now.tv_nsec < since->tv_nsec);
}

static void put_seat(FILE *stream, const struct seat *seat)
{
	const struct connector *connector = &seat->connector;
	long long seconds = seconds_since(&seat->since);
	size_t i;

	text_style_begin(stream, STYLE_BOLD);
	text_put_padded(stream, connector->name, 14);
	text_style_end(stream, STYLE_BOLD);
	text_style_begin(stream, report_state_style(connector->state));
	text_put_padded(stream, connector->state, REPORT_STATE_WIDTH + 1);
	text_style_end(stream, report_state_style(connector->state));
	/* How long it was so before anybody looked is not known. */
	fprintf(stream, "%s%2lld:%02lld  ", seat->entered ? " " : ">", seconds / 60, seconds % 60);
	text_put(stream, connector->vendor);
	fputs(*connector->vendor ? " " : "", stream);
	text_put(stream, connector->model);
	fputs(*connector->revision ? " " : "", stream);
	text_put(stream, connector->revision);
	if (connector_has_reason(connector)) {
		fputs("  ", stream);
		text_put_styled(stream, STYLE_RED, connector->reason);
	}
	fputc('\n', stream);
	for (i = 0; i < seat->count; i++) {
		fputs(text_choose(i + 1 == seat->count ? "  └─ " : "  ├─ ", "  |- "), stream);
		text_put_padded(stream, seat->devices[i].name, 34);
		text_put_styled(stream, *seat->devices[i].driver ? STYLE_GREEN : STYLE_YELLOW,
				*seat->devices[i].driver ? seat->devices[i].driver : "no driver");
		fputc('\n', stream);
	}
}

static int count_lines(const struct view *view)
{
	int lines = 0;
	size_t i;

	for (i = 0; i < view->seat_count; i++)
		lines += 1 + (int)view->seats[i].count;
	return lines;
}

static void put_history(FILE *stream, const struct view *view, int room)
{
	size_t kept = view->happened < HISTORY_MAX ? view->happened : HISTORY_MAX;
	size_t shown = room > 0 && (size_t)room < kept ? (size_t)room : kept;
	size_t i;

	for (i = view->happened - shown; room > 0 && i < view->happened; i++) {
		text_put(stream, view->history[i % HISTORY_MAX]);
		fputc('\n', stream);
	}
}

static void draw(struct view *view)
{
	char *text = NULL;
	size_t size, i;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		return;
	for (i = 0; i < view->seat_count; i++)
		put_seat(stream, &view->seats[i]);
	text_style_begin(stream, STYLE_DIM);
	fputs("\nwhat happened (end with Ctrl-C)\n", stream);
	text_style_end(stream, STYLE_DIM);
	put_history(stream, view, screen_height() - count_lines(view) - 3);
	fclose(stream);
	if (!view->shown || strcmp(view->shown, text))
		screen_show(text);
	free(view->shown);
	view->shown = text;
}

/* A copy of another machine's sysfs has no events, and may change all the same. */
static int tick(void)
{
	poll(NULL, 0, TICK_MS);
	return -ETIMEDOUT;
}

/**
 * live_view() - show connectors until the user ends it
 * @context: the context
 * @selection: which ones
 * @source: their events; NULL where there are none
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code live_view(const struct context *context, const struct selection *selection,
			 struct event_source *source)
{
	struct view *view = calloc(1, sizeof(*view));
	struct connector connector;
	int ret = 0;

	if (!view) {
		text_complain("out of memory");
		return EXIT_CODE_FAILED;
	}
	view->context = context;
	screen_begin();
	while (!screen_is_ended()) {
		look(view, selection);
		draw(view);
		ret = source ? event_next(source, &connector, deadline_in(TICK_MS)) : tick();
		if (!ret)
			hear_of(view, selection, &connector);
		/* Lost events are no loss: the next look sees what came of them. */
		if (ret && ret != -ETIMEDOUT && ret != -ENOBUFS && ret != -EINTR)
			break;
		ret = 0;
	}
	screen_end();
	while (view->seat_count)
		free(view->seats[--view->seat_count].devices);
	free(view->shown);
	free(view);
	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot receive events: %s", strerror(-ret));
	return exit_code_of_error(ret);
}
