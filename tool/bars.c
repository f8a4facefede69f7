// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A bar per step on a common scale. In each bar the waiting comes first, though the step may have
 * waited anywhere in it: the timeline tells how long, not when.
 */
#include <stdio.h>
#include <string.h>

#include "bars.h"
#include "text.h"

#define INDENT 2
#define GAP 2
#define DURATION_WIDTH 9
/* Room for "waits 9999.9 ms" or the name of a reason. */
#define REMARK_WIDTH 18
#define BARS_WIDTH_MIN 12
/* Columns at the end that a step still running sticks out of the scale. */
#define RUNNING_WIDTH 3
/* Ticks of the axis are no closer than this. */
#define TICK_WIDTH_MIN 7

/**
 * struct scale - from microseconds to columns
 * @start: the moment at the left end, in microseconds
 * @span: what the columns stand for, in microseconds; at least 1
 * @width: columns
 * @names: columns for the names of the steps
 */
struct scale {
	long long start;
	long long span;
	int width;
	int names;
};

/* In eighths of a column, the finest that there are characters for. */
static long long scale_eighths(const struct scale *scale, long long microseconds)
{
	return (microseconds - scale->start) * 8 * scale->width / scale->span;
}

/**
 * bars_format_duration() - a duration in words
 * @text: filled
 * @size: bytes of it; BARS_DURATION_SIZE is enough
 * @microseconds: the duration
 * @unit: how microseconds are written
 */
void bars_format_duration(char *text, size_t size, long long microseconds, const char *unit)
{
	if (microseconds < 1000)
		snprintf(text, size, "%lld %s", microseconds, unit);
	else if (microseconds < 10000000)
		snprintf(text, size, "%.1f ms", (double)microseconds / 1000);
	else
		snprintf(text, size, "%.1f s", (double)microseconds / 1000000);
}

/**
 * bars_print_duration() - print a duration in a fitting unit
 * @microseconds: the duration
 */
void bars_print_duration(long long microseconds)
{
	char text[BARS_DURATION_SIZE];

	bars_format_duration(text, sizeof(text), microseconds, text_choose("µs", "us"));
	fputs(text, stdout);
}

static void put_repeated(const char *text, int count)
{
	while (count-- > 0)
		fputs(text, stdout);
}

static const char *sliver(long long eighths)
{
	static const char *const slivers[] = { "▏", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };

	return text_choose(slivers[eighths & 7], "|");
}

static void put_work(const struct step *step, int columns, long long eighths)
{
	enum style style = strcmp(step->result, "ok") ? STYLE_RED : STYLE_GREEN;

	text_style_begin(stdout, style);
	if (columns == 1 && eighths < 8)
		fputs(sliver(eighths), stdout);
	else
		put_repeated(text_choose("█", "#"), columns);
	text_style_end(stdout, style);
}

static void put_waiting(int columns)
{
	if (!columns)
		return;
	text_style_begin(stdout, STYLE_YELLOW);
	put_repeated(text_choose("░", "."), columns);
	text_style_end(stdout, STYLE_YELLOW);
}

/* Both kinds get a column at least if there is any of them and room for both. */
static int waiting_columns(const struct step *step, int columns)
{
	long long duration = step->end - step->start;
	int waiting;

	if (!step->waited)
		return 0;
	if (columns == 1)
		return step->waited * 2 >= duration;
	waiting = (int)((step->waited * columns + duration / 2) / duration);
	if (!waiting)
		return 1;
	return waiting == columns && step->waited < duration * 99 / 100 ? columns - 1 : waiting;
}

static void print_bar(const struct step *step, const struct scale *scale)
{
	long long from = scale_eighths(scale, step->start);
	long long to = scale_eighths(scale, step->end);
	int first = (int)(from / 8);
	int end = (int)((to + 7) / 8);
	int waiting;

	if (first >= scale->width)
		first = scale->width - 1;
	if (end > scale->width)
		end = scale->width;
	if (end <= first)
		end = first + 1;
	/* A column shared with the step before belongs to the one that has more of it. */
	if (end - first > 1 && from % 8 >= 4)
		first++;
	if (end - first > 1 && to % 8 && to % 8 < 4)
		end--;
	waiting = waiting_columns(step, end - first);
	put_repeated(" ", first);
	put_waiting(waiting);
	if (end - first > waiting)
		put_work(step, end - first - waiting, to - from);
	put_repeated(" ", scale->width - end);
}

static void print_running_bar(const struct step *step, const struct scale *scale)
{
	int first = (int)(scale_eighths(scale, step->start) / 8);

	if (first > scale->width)
		first = scale->width;
	put_repeated(" ", first);
	text_style_begin(stdout, STYLE_YELLOW);
	put_repeated(text_choose("▸", ">"), scale->width + RUNNING_WIDTH - first);
	text_style_end(stdout, STYLE_YELLOW);
}

static void print_remark(const struct step *step)
{
	if (strcmp(step->result, "ok")) {
		fputs("  ", stdout);
		text_put_styled(stdout, STYLE_RED, step->result);
	} else if (step->waited) {
		fputs("  ", stdout);
		text_style_begin(stdout, STYLE_DIM);
		fputs("waits ", stdout);
		bars_print_duration(step->waited);
		text_style_end(stdout, STYLE_DIM);
	}
}

static void print_step(const struct step *step, const struct scale *scale, bool running)
{
	char duration[BARS_DURATION_SIZE];

	printf("%*s", INDENT, "");
	text_put_padded(stdout, step->name, scale->names);
	printf("%*s", GAP, "");
	if (step->running) {
		print_running_bar(step, scale);
		fputs("  running\n", stdout);
		return;
	}
	print_bar(step, scale);
	bars_format_duration(duration, sizeof(duration), step->end - step->start,
			     text_choose("µs", "us"));
	printf("%*s", (running ? RUNNING_WIDTH : 0) + DURATION_WIDTH - text_width(duration), "");
	fputs(duration, stdout);
	print_remark(step);
	putchar('\n');
}

static long long tick_distance(const struct scale *scale)
{
	static const int mantissas[] = { 1, 2, 5 };
	long long power = 1;
	size_t i;

	for (;; power *= 10) {
		for (i = 0; i < 3; i++) {
			if (mantissas[i] * power * scale->width >= TICK_WIDTH_MIN * scale->span)
				return mantissas[i] * power;
		}
	}
}

/* One unit for the whole axis, the last tick names it. */
static int print_tick(long long at, long long last)
{
	long long unit = last < 1000 ? 1 : last < 10000000 ? 1000 : 1000000;
	const char *name = unit == 1 ? text_choose("µs", "us") : unit == 1000 ? "ms" : "s";
	char text[48];

	snprintf(text, sizeof(text), "%g%s%s", (double)at / (double)unit, at == last ? " " : "",
		 at == last ? name : "");
	return text_put(stdout, text);
}

static void print_axis(const struct scale *scale)
{
	long long distance = tick_distance(scale);
	long long last = scale->span / distance * distance;
	int margin = INDENT + scale->names + GAP;
	int column, drawn = 0;
	long long at;

	text_style_begin(stdout, STYLE_DIM);
	printf("%*s", margin, "");
	for (at = 0; at <= last; at += distance) {
		column = (int)(at * scale->width / scale->span);
		if (column >= scale->width)
			column = scale->width - 1;
		put_repeated(text_choose("─", "-"), column - drawn);
		fputs(at ? text_choose("┴", "+") : text_choose("└", "+"), stdout);
		drawn = column + 1;
	}
	put_repeated(text_choose("─", "-"), scale->width - drawn);
	printf("\n%*s", margin, "");
	drawn = 0;
	for (at = 0; at <= last; at += distance) {
		column = (int)(at * scale->width / scale->span);
		put_repeated(" ", column - drawn);
		drawn = (drawn > column ? drawn : column) + print_tick(at, last);
	}
	text_style_end(stdout, STYLE_DIM);
	putchar('\n');
}

static int names_width(const struct steps *steps, const struct phase *phase)
{
	size_t i;
	int width = 0;

	for (i = phase->first; i < phase->first + phase->count; i++) {
		if (text_width(steps->steps[i].name) > width)
			width = text_width(steps->steps[i].name);
	}
	return width;
}

/**
 * bars_print() - draw a phase on stdout
 * @steps: the timeline
 * @phase: the phase in it, with at least one step
 * @width: columns to use; more if that is not enough for short bars
 */
void bars_print(const struct steps *steps, const struct phase *phase, int width)
{
	struct scale scale = {
		.start = phase->start,
		.span = phase->end > phase->start ? phase->end - phase->start : 1,
		.names = names_width(steps, phase),
	};
	size_t i;

	scale.width = width - INDENT - scale.names - GAP - DURATION_WIDTH - REMARK_WIDTH;
	if (phase->running)
		scale.width -= RUNNING_WIDTH;
	if (scale.width < BARS_WIDTH_MIN)
		scale.width = BARS_WIDTH_MIN;
	for (i = phase->first; i < phase->first + phase->count; i++)
		print_step(&steps->steps[i], &scale, phase->running);
	print_axis(&scale);
	printf("%*s", INDENT + scale.names + GAP, "");
	if (phase->waited) {
		put_waiting(2);
		fputs(" waiting   ", stdout);
	}
	text_style_begin(stdout, STYLE_GREEN);
	put_repeated(text_choose("█", "#"), 2);
	text_style_end(stdout, STYLE_GREEN);
	fputs(" work\n", stdout);
}
