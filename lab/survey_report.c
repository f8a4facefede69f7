// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A survey as text and as JSON.
 */
#include <json.h>
#include <string.h>

#include "lab/survey_report.h"

unsigned int survey_report_count(const struct survey_report *report, enum survey_kind kind)
{
	unsigned int i, count = 0;

	for (i = 0; i < report->count; i++)
		count += report->rows[i].verdict.kind == kind;
	return count;
}

static int width_of_names(const struct survey_report *report)
{
	unsigned int i;
	int width = 0, length;

	for (i = 0; i < report->count; i++) {
		length = strlen(report->rows[i].driver.name);
		if (length > width)
			width = length;
	}
	return width;
}

void survey_report_print_text(const struct survey_report *report, FILE *out)
{
	int width = width_of_names(report);
	const struct survey_row *row;
	const char *comma = "";
	unsigned int i, count;

	for (i = 0; i < report->count; i++) {
		row = &report->rows[i];
		fprintf(out, "%-*s  %-12s  %-9s", width, row->driver.name, row->driver.subsystem,
			survey_kind_name(row->verdict.kind));
		if (row->verdict.kind != SURVEY_CLEAN)
			fprintf(out, "  %-6s  %s", row->verdict.phase, row->verdict.evidence);
		fputc('\n', out);
	}
	fprintf(out, "%u drivers:", report->count);
	for (i = 0; i < SURVEY_KINDS; i++) {
		count = survey_report_count(report, i);
		if (!count)
			continue;
		fprintf(out, "%s %u %s", comma, count, survey_kind_name(i));
		comma = ",";
	}
	fputc('\n', out);
}

static void add_text(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static struct json_object *row_to_json(const struct survey_row *row)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "name", row->driver.name);
	add_text(object, "driver", row->driver.driver);
	add_text(object, "subsystem", row->driver.subsystem);
	add_text(object, "bus", row->driver.bus->sysfs);
	add_text(object, "compatible", row->driver.compatible);
	add_text(object, "verdict", survey_kind_name(row->verdict.kind));
	if (row->verdict.kind == SURVEY_CLEAN)
		return object;
	add_text(object, "phase", row->verdict.phase);
	add_text(object, "evidence", row->verdict.evidence);
	if (row->driver.cause)
		add_text(object, "cause", row->driver.cause);
	json_object_object_add(object, "bad_lines", json_object_new_int(row->verdict.bad_lines));
	return object;
}

void survey_report_print_json(const struct survey_report *report, FILE *out)
{
	struct json_object *object = json_object_new_object();
	struct json_object *drivers = json_object_new_array();
	unsigned int i;

	add_text(object, "date", report->date);
	add_text(object, "kernel", report->kernel);
	for (i = 0; i < report->count; i++)
		json_object_array_add(drivers, row_to_json(&report->rows[i]));
	json_object_object_add(object, "drivers", drivers);
	fprintf(out, "%s\n",
		json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
							       JSON_C_TO_STRING_SPACED |
							       JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
}
