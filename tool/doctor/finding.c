// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of findings, and lists of them. Out of memory is the end of the program: half a list
 * would say that all is well.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "array.h"
#include "exit_code.h"
#include "finding.h"
#include "json.h"
#include "report.h"
#include "text.h"

static const struct {
	enum severity severity;
	struct wording wording;
} kinds[FINDING_KIND_COUNT] = {
#define X(identifier, severity, name, sentence, hint) \
	[FINDING_##identifier] = { SEVERITY_##severity, { name, sentence, hint } },
#include "finding_list.h"
#undef X
};

static const struct {
	const char *name;
	enum style style;
} severities[] = {
	[SEVERITY_NOTE] = { "note", STYLE_CYAN },
	[SEVERITY_WARNING] = { "warning", STYLE_YELLOW },
	[SEVERITY_ERROR] = { "error", STYLE_RED },
};

/**
 * finding_wording() - how a finding is told
 * @kind: the finding
 *
 * Return: its entry of the table.
 */
const struct wording *finding_wording(enum finding_kind kind)
{
	return &kinds[kind].wording;
}

/**
 * finding_severity() - how bad is it?
 * @kind: the finding
 *
 * Return: its severity.
 */
enum severity finding_severity(enum finding_kind kind)
{
	return kinds[kind].severity;
}

/**
 * severity_name() - a severity in a word
 * @severity: the severity
 *
 * Return: the word.
 */
const char *severity_name(enum severity severity)
{
	return severities[severity].name;
}

static void die_out_of_memory(void)
{
	text_complain("out of memory");
	exit(EXIT_CODE_FAILED);
}

static void add(struct findings *findings, enum finding_kind kind, const char *hint,
		const char *format, va_list arguments)
{
	struct finding *grown = array_grow(findings->list, findings->count, sizeof(*grown));
	char *subject;

	if (!grown || vasprintf(&subject, format, arguments) < 0) {
		die_out_of_memory();
		return;
	}
	findings->list = grown;
	grown[findings->count++] = (struct finding){ kind, subject, hint };
}

/**
 * findings_add() - add a finding
 * @findings: the list
 * @kind: the finding
 * @format: what it is about, printf-style
 */
void findings_add(struct findings *findings, enum finding_kind kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(findings, kind, kinds[kind].wording.hint, format, arguments);
	va_end(arguments);
}

/**
 * findings_add_hint() - add a finding whose hint goes by the subject
 * @findings: the list
 * @kind: the finding
 * @hint: what to do, a string constant; may be NULL
 * @format: what it is about, printf-style
 */
void findings_add_hint(struct findings *findings, enum finding_kind kind, const char *hint,
		       const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(findings, kind, hint, format, arguments);
	va_end(arguments);
}

/**
 * finding_print() - print a finding in words
 * @finding: the finding
 */
void finding_print(const struct finding *finding)
{
	enum severity severity = finding_severity(finding->kind);

	report_label(severity_name(severity));
	text_put_styled(stdout, severities[severity].style, finding_wording(finding->kind)->name);
	printf(": %s: ", finding_wording(finding->kind)->sentence);
	text_put(stdout, finding->subject);
	putchar('\n');
	if (finding->hint)
		report_line("hint", finding->hint);
}

/**
 * finding_print_brief() - print a finding in one line
 * @finding: the finding
 */
void finding_print_brief(const struct finding *finding)
{
	printf("%s: %s: ", severity_name(finding_severity(finding->kind)),
	       finding_wording(finding->kind)->name);
	text_put(stdout, finding->subject);
	putchar('\n');
}

/**
 * finding_json() - a finding as JSON
 * @finding: the finding
 *
 * Return: an object that the caller owns.
 */
struct json_object *finding_json(const struct finding *finding)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "severity", severity_name(finding_severity(finding->kind)));
	json_add_text(object, "name", finding_wording(finding->kind)->name);
	json_add_text(object, "sentence", finding_wording(finding->kind)->sentence);
	json_add_text(object, "subject", finding->subject);
	json_add_text(object, "hint", finding->hint ? finding->hint : "");
	return object;
}

/**
 * findings_free() - forget the findings
 * @findings: the list; empty afterwards
 */
void findings_free(struct findings *findings)
{
	while (findings->count)
		free(findings->list[--findings->count].subject);
	free(findings->list);
	*findings = (struct findings){};
}
