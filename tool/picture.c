// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One row for each step on a common scale, narrow enough for a phone held upright. Waiting has the
 * pattern that it has on a terminal, so that colour is not all that tells it from work.
 */
#include <string.h>

#include "bars.h"
#include "markup.h"
#include "picture.h"

#define TITLE_HEIGHT 26
#define ROW_HEIGHT 20
#define BAR_HEIGHT 12
#define AXIS_HEIGHT 24
/* Room for "remove-devices-id". */
#define BARS_LEFT 122
#define BARS_WIDTH 134
#define TICKS 4

/* A step that took no time to speak of is still there. */
#define BAR_WIDTH_MIN 1.5

const char picture_colors[] =
	":root{--paper:#fff;--card:#f6f7f9;--ink:#1b1f24;--dim:#59636e;--line:#d1d9e0;--work:#1a7f37;"
	"--wait:#bf8700;--bad:#cf222e;--live:#0969da}\n"
	"@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--card:#161b22;--ink:#e6edf3;"
	"--dim:#9198a1;--line:#30363d;--work:#3fb950;--wait:#d29922;--bad:#f85149;--live:#58a6ff}}\n";

const char picture_style[] =
	".picture text{font:12px system-ui,sans-serif;fill:var(--ink)}\n"
	".picture .title{font-weight:600}\n"
	".picture .dim{fill:var(--dim);font-size:11px}\n"
	".picture .work{fill:var(--work)}.picture .bad{fill:var(--bad)}"
	".picture .live{fill:var(--live)}\n"
	".picture .wait{fill:url(#waiting)}.hatch{stroke:var(--wait)}.tint{fill:var(--wait);opacity:.25}\n"
	".picture .grid{stroke:var(--line)}\n";

static int phase_height(const struct phase *phase)
{
	if (!phase->count)
		return 0;
	return TITLE_HEIGHT + (int)phase->count * ROW_HEIGHT + AXIS_HEIGHT;
}

/**
 * picture_height() - how high the picture of a timeline is
 * @steps: the timeline
 *
 * Return: the height, 0 when nothing has happened yet.
 */
int picture_height(const struct steps *steps)
{
	return phase_height(&steps->plug) + phase_height(&steps->removal);
}

/**
 * picture_begin() - begin a picture
 * @stream: where to
 * @height: its height; it is PICTURE_WIDTH wide
 * @title: what it shows, for those who do not see it: outside data
 */
void picture_begin(FILE *stream, int height, const char *title)
{
	fprintf(stream,
		"<svg class=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
		"viewBox=\"0 0 %d %d\"><title>",
		PICTURE_WIDTH, height);
	markup_put(stream, title);
	fputs("</title>\n", stream);
}

/**
 * picture_define() - define what pictures of a document share
 * @stream: where to, inside an svg element, once for each document
 */
void picture_define(FILE *stream)
{
	fputs("<defs><pattern id=\"waiting\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" "
	      "patternTransform=\"rotate(45)\"><rect class=\"tint\" width=\"4\" height=\"4\"/><line class=\"hatch\" x1=\"1\" x2=\"1\" y1=\"0\" y2=\"4\" "
	      "stroke-width=\"2\"/></pattern></defs>\n",
	      stream);
}

/**
 * picture_end() - end a picture
 * @stream: where to
 */
void picture_end(FILE *stream)
{
	fputs("</svg>\n", stream);
}

static double scale(const struct phase *phase, long long microseconds)
{
	double span = phase->end > phase->start ? (double)(phase->end - phase->start) : 1;

	return (double)(microseconds - phase->start) / span * BARS_WIDTH;
}

static void put_bar(FILE *stream, const char *class, double from, double to, int top)
{
	double width = to - from;

	if (width <= 0)
		return;
	fprintf(stream,
		"<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"1\"/>",
		class, BARS_LEFT + from, top + 4, width < BAR_WIDTH_MIN ? BAR_WIDTH_MIN : width,
		BAR_HEIGHT);
}

static void put_text(FILE *stream, const char *class, const char *anchor, int x, int y,
		     const char *text)
{
	fprintf(stream, "<text class=\"%s\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">", class, anchor,
		x, y);
	markup_put(stream, text);
	fputs("</text>", stream);
}

static void put_duration(FILE *stream, const char *class, const char *anchor, int x, int y,
			 long long microseconds)
{
	char text[BARS_DURATION_SIZE];

	bars_format_duration(text, sizeof(text), microseconds, "µs");
	put_text(stream, class, anchor, x, y, text);
}

static void put_step(FILE *stream, const struct phase *phase, const struct step *step, int top)
{
	bool bad = !step->running && strcmp(step->result, "ok");
	long long end = step->running ? phase->end : step->end;
	double from = scale(phase, step->start), to = scale(phase, end);
	double waited = from + (end > step->start ? (to - from) * (double)step->waited /
							    (double)(end - step->start) :
						    0);

	put_text(stream, "name", "end", BARS_LEFT - 8, top + 14, step->name);
	put_bar(stream, "wait", from, waited, top);
	put_bar(stream,
		step->running ? "live" :
		bad	      ? "bad" :
				"work",
		waited, to - waited < BAR_WIDTH_MIN && waited == from ? waited + BAR_WIDTH_MIN : to,
		top);
	if (step->running)
		put_text(stream, "dim", "end", PICTURE_WIDTH - 4, top + 14, "running");
	else if (bad)
		put_text(stream, "dim", "end", PICTURE_WIDTH - 4, top + 14, step->result);
	else
		put_duration(stream, "dim", "end", PICTURE_WIDTH - 4, top + 14,
			     step->end - step->start);
	fputc('\n', stream);
}

static void put_axis(FILE *stream, const struct phase *phase, int top, int bottom)
{
	int i;

	for (i = 0; i <= TICKS; i++) {
		int x = BARS_LEFT + BARS_WIDTH * i / TICKS;

		fprintf(stream, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", x,
			x, top, bottom);
		/* Each second one has room for its number. */
		if (i % 2 == 0)
			put_duration(stream, "dim", "middle", x, bottom + 14,
				     (phase->end - phase->start) * i / TICKS);
	}
	fputc('\n', stream);
}

static void put_title(FILE *stream, const char *title, const struct phase *phase, int top)
{
	char text[128], total[BARS_DURATION_SIZE], waited[BARS_DURATION_SIZE];

	bars_format_duration(total, sizeof(total), phase->end - phase->start, "µs");
	bars_format_duration(waited, sizeof(waited), phase->waited, "µs");
	snprintf(text, sizeof(text), "%s: %s%s%s%s", title, total, phase->waited ? ", " : "",
		 phase->waited ? waited : "", phase->waited ? " of it waiting" : "");
	put_text(stream, "title", "start", 4, top + 16, text);
	fputc('\n', stream);
}

static void draw_phase(FILE *stream, const char *title, const struct steps *steps,
		       const struct phase *phase, int top)
{
	int row = top + TITLE_HEIGHT;
	size_t i;

	if (!phase->count)
		return;
	put_title(stream, title, phase, top);
	put_axis(stream, phase, row, row + (int)phase->count * ROW_HEIGHT + 2);
	for (i = 0; i < phase->count; i++)
		put_step(stream, phase, &steps->steps[phase->first + i], row + (int)i * ROW_HEIGHT);
}

/**
 * picture_heading() - draw whose timeline follows
 * @stream: where to
 * @name: name of the connector
 * @state: its state
 * @top: where
 */
void picture_heading(FILE *stream, const char *name, const char *state, int top)
{
	put_text(stream, "title", "start", 4, top + 20, name);
	put_text(stream, "dim", "end", PICTURE_WIDTH - 4, top + 20, state);
	fputc('\n', stream);
}

/**
 * picture_draw() - draw a timeline
 * @stream: where to, inside a picture
 * @steps: the timeline
 * @top: where it begins
 */
void picture_draw(FILE *stream, const struct steps *steps, int top)
{
	draw_phase(stream, "plug", steps, &steps->plug, top);
	draw_phase(stream, "removal", steps, &steps->removal, top + phase_height(&steps->plug));
}
