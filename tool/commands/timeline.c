// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree timeline: where the time of a plug and an unplug went.
 */
#include <stdlib.h>
#include <string.h>

#include "bars.h"
#include "command.h"
#include "connector.h"
#include "json.h"
#include "listing.h"
#include "picture.h"
#include "report.h"
#include "selection.h"
#include "steps.h"
#include "text.h"

static const char *last_result(const struct steps *steps, const struct phase *phase)
{
	const struct step *last = &steps->steps[phase->first + phase->count - 1];

	return last->running ? "running" : last->result;
}

static void print_phase(const char *title, const struct steps *steps, const struct phase *phase,
			int width)
{
	const char *result;

	if (!phase->count)
		return;
	putchar('\n');
	text_put_styled(stdout, STYLE_BOLD, title);
	fputs("  ", stdout);
	bars_print_duration(phase->end - phase->start);
	fputs(" = ", stdout);
	bars_print_duration(phase->end - phase->start - phase->waited);
	fputs(" work + ", stdout);
	bars_print_duration(phase->waited);
	fputs(" waiting", stdout);
	result = last_result(steps, phase);
	if (strcmp(result, "ok")) {
		fputs(", ", stdout);
		text_put_styled(stdout, phase->running ? STYLE_YELLOW : STYLE_RED, result);
	}
	putchar('\n');
	bars_print(steps, phase, width);
}

static void print_timeline(const struct connector *connector, const struct steps *steps)
{
	int width = text_terminal_width();

	report_connector_line(connector);
	if (!steps->count)
		puts("\nNo add-on has been in this connector yet.");
	print_phase("plug", steps, &steps->plug, width);
	print_phase("removal", steps, &steps->removal, width);
	if (steps->ignored)
		printf("\n%zu lines of the timeline were not understood.\n", steps->ignored);
}

static int show(const struct context *context, const char *name, struct json_object *array,
		bool first)
{
	struct connector connector;
	struct json_object *object;
	struct steps steps;
	int ret = connector_read(&connector, context->class, name);

	if (!ret)
		ret = steps_read(&steps, context->class, name);
	if (ret)
		return ret;
	if (array) {
		object = json_steps(&steps);
		json_add_text(object, "connector", connector.name);
		json_add_text(object, "state", connector.state);
		json_object_array_add(array, object);
		return 0;
	}
	if (!first)
		putchar('\n');
	print_timeline(&connector, &steps);
	return 0;
}

/* Return: where the next one begins. */
static int draw(FILE *stream, const struct context *context, const char *name, int top)
{
	struct connector connector;
	struct steps steps;

	/* One that goes while the board is looked at is no longer part of the picture. */
	if (connector_read(&connector, context->class, name) ||
	    steps_read(&steps, context->class, name))
		return top;
	picture_heading(stream, connector.name, connector.state, top);
	picture_draw(stream, &steps, top + PICTURE_HEADING_HEIGHT);
	return top + PICTURE_HEADING_HEIGHT + picture_height(&steps);
}

static void print_picture(const char *text, int height)
{
	picture_begin(stdout, height, "Timelines of connectors");
	printf("<style>\n%s%s.picture{background:var(--paper)}\n</style>\n", picture_colors,
	       picture_style);
	picture_define(stdout);
	fputs(text, stdout);
	picture_end(stdout);
}

static enum exit_code timeline_as_picture(const struct context *context, int count, char **operands)
{
	struct selection selection;
	enum exit_code code = selection_make(&selection, context, count, operands);
	char *text = NULL;
	size_t i, size;
	FILE *stream;
	int top = 0;

	if (code)
		return code;
	stream = open_memstream(&text, &size);
	for (i = 0; stream && i < selection.count; i++)
		top = draw(stream, context, selection.names[i], top);
	selection_free(&selection);
	if (!stream || fclose(stream)) {
		text_complain("out of memory");
		return EXIT_CODE_FAILED;
	}
	print_picture(text, top + 4);
	free(text);
	return EXIT_CODE_OK;
}

static enum exit_code timeline(const struct context *context, int count, char **operands)
{
	if (context->settings->svg)
		return timeline_as_picture(context, count, operands);
	return listing_print(context, count, operands, "timelines", show);
}

static const struct option_description *const timeline_options[] = { &option_json, &option_svg,
								     NULL };

const struct command timeline_command = {
	.name = "timeline",
	.operands = "[CONNECTOR...]",
	.completion = "connector...",
	.summary = "show where the time of a plug went",
	.description =
		"Show the steps of the current or last insertion of each CONNECTOR, or all, as bars on\n"
		"a common scale, and those of its removal. Times start at the edge of the presence\n"
		"line. What was spent waiting, since the hardware needs it, looks different from work.\n"
		"With --svg it is a picture.",
	.operands_max = OPERANDS_UNLIMITED,
	.options = timeline_options,
	.run = timeline,
};
