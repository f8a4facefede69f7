// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Connectors and whatever else there is to tell, in words, on stdout.
 */
#include <string.h>

#include "report.h"

#define LABEL_WIDTH 10

/**
 * report_state_style() - the style of a state
 * @state: name of the state, which may be unknown
 *
 * Return: the style: green for good, red for bad, yellow for under way.
 */
enum style report_state_style(const char *state)
{
	if (!strcmp(state, "ready"))
		return STYLE_GREEN;
	if (!strcmp(state, "failed") || !strcmp(state, "draining"))
		return STYLE_RED;
	if (!strcmp(state, "empty"))
		return STYLE_DIM;
	return STYLE_YELLOW;
}

/**
 * report_state() - print a state in its style
 * @state: name of the state; empty when unknown
 * @width: columns to fill with blanks
 */
void report_state(const char *state, int width)
{
	const char *shown = *state ? state : "unknown";
	int columns = text_width(shown);

	text_put_styled(stdout, report_state_style(state), shown);
	if (columns < width)
		printf("%*s", width - columns, "");
}

/**
 * report_label() - begin a line about one aspect of something
 * @label: the aspect, a word; empty to go on with the one before
 */
void report_label(const char *label)
{
	fputs("    ", stdout);
	text_style_begin(stdout, STYLE_DIM);
	printf("%-*s", LABEL_WIDTH, label);
	text_style_end(stdout, STYLE_DIM);
}

/**
 * report_line() - print a line about one aspect of something
 * @label: the aspect, a word
 * @text: what there is to say about it, outside data; nothing is printed when it is empty
 */
void report_line(const char *label, const char *text)
{
	if (!*text)
		return;
	report_label(label);
	text_put(stdout, text);
	putchar('\n');
}

/**
 * report_add_on() - print what an add-on says of itself
 * @connector: the connector it is in; nothing is printed if nothing is known
 */
void report_add_on(const struct connector *connector)
{
	const char *blank = "";

	if (*connector->vendor) {
		text_put(stdout, connector->vendor);
		blank = " ";
	}
	if (*connector->model) {
		fputs(blank, stdout);
		text_put_styled(stdout, STYLE_BOLD, connector->model);
		blank = ", ";
	}
	if (*connector->revision) {
		printf("%srevision ", *blank ? ", " : "");
		text_put(stdout, connector->revision);
		blank = ", ";
	}
	if (*connector->serial) {
		printf("%sserial ", *blank ? ", " : "");
		text_put(stdout, connector->serial);
	}
}

/**
 * report_connector_line() - print a connector in one line
 * @connector: the connector
 */
void report_connector_line(const struct connector *connector)
{
	text_put_styled(stdout, STYLE_BOLD, connector->name);
	fputs("  ", stdout);
	report_state(connector->state, 0);
	if (connector_has_identity(connector)) {
		fputs("  ", stdout);
		report_add_on(connector);
	}
	if (connector_has_reason(connector)) {
		fputs("  ", stdout);
		text_put(stdout, connector->reason);
	}
	putchar('\n');
}
