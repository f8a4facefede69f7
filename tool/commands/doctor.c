// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree doctor: what is wrong with this machine, or with the root file system of another?
 */
#include "command.h"
#include "doctor/examine.h"
#include "json.h"
#include "report.h"
#include "text.h"

/**
 * struct examination - a line of EXAMINATIONS()
 * @title: what is examined
 * @make: examines it
 */
struct examination {
	const char *title;
	void (*make)(struct machine *machine, char summary[SUMMARY_SIZE]);
};

static const struct examination examinations[] = {
#define X(name) { #name, examine_##name },
	EXAMINATIONS(X)
#undef X
};

/* Columns of "configuration". */
#define TITLE_WIDTH 13

static enum severity worst(const struct findings *findings, size_t first)
{
	enum severity severity = SEVERITY_NOTE;

	for (; first < findings->count; first++) {
		if (finding_severity(findings->list[first].kind) > severity)
			severity = finding_severity(findings->list[first].kind);
	}
	return severity;
}

static void print_title(const char *title, const char *summary, enum severity severity)
{
	static const enum style styles[] = { STYLE_GREEN, STYLE_YELLOW, STYLE_RED };

	text_style_begin(stdout, styles[severity]);
	text_put_padded(stdout, title, TITLE_WIDTH);
	text_style_end(stdout, styles[severity]);
	fputs("  ", stdout);
	text_put(stdout, summary);
	putchar('\n');
}

static void show_words(const struct machine *machine, const char *title, const char *summary,
		       size_t first)
{
	const struct findings *findings = &machine->findings;
	bool brief = machine->settings->brief;

	if (!brief)
		print_title(title, summary, worst(findings, first));
	for (; first < findings->count; first++)
		(brief ? finding_print_brief : finding_print)(&findings->list[first]);
}

static void show_json(const struct machine *machine, struct json_object *array, const char *title,
		      const char *summary, size_t first)
{
	const struct findings *findings = &machine->findings;
	struct json_object *object = json_object_new_object();
	struct json_object *list = json_object_new_array();

	for (; first < findings->count; first++)
		json_object_array_add(list, finding_json(&findings->list[first]));
	json_add_text(object, "examination", title);
	json_add_text(object, "summary", summary);
	json_add(object, "findings", list);
	json_object_array_add(array, object);
}

static void examine(struct machine *machine, struct json_object *array)
{
	char summary[SUMMARY_SIZE];
	size_t i, first;

	for (i = 0; i < ARRAY_SIZE(examinations); i++) {
		first = machine->findings.count;
		examinations[i].make(machine, summary);
		if (array)
			show_json(machine, array, examinations[i].title, summary, first);
		else
			show_words(machine, examinations[i].title, summary, first);
	}
}

static void examine_as_json(struct machine *machine)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();

	json_add_text(object, "release", machine->release);
	json_add(object, "examinations", array);
	examine(machine, array);
	json_add_text(object, "worst",
		      machine->findings.count ? severity_name(worst(&machine->findings, 0)) : "");
	json_print(object, true);
}

static enum exit_code code_of(const struct findings *findings)
{
	static const enum exit_code codes[] = {
		[SEVERITY_NOTE] = EXIT_CODE_OK,
		[SEVERITY_WARNING] = EXIT_CODE_WARNINGS,
		[SEVERITY_ERROR] = EXIT_CODE_FAILED,
	};

	return codes[worst(findings, 0)];
}

static enum exit_code doctor(const struct context *context, int count, char **operands)
{
	struct machine machine;
	enum exit_code code = machine_open(&machine, context->settings);

	if (!code) {
		if (context->settings->json)
			examine_as_json(&machine);
		else
			examine(&machine, NULL);
		code = code_of(&machine.findings);
	}
	machine_close(&machine);
	return code;
}

static const struct option_description *const doctor_options[] = {
	&option_base, &option_kernel, &option_brief, &option_json, NULL,
};

const struct command doctor_command = {
	.name = "doctor",
	.operands = "",
	.completion = "",
	.summary = "say what is wrong with a board, and what to do",
	.description =
		"Examine this machine or, with --sysroot, the root file system of another: the kernel's\n"
		"configuration, the module, the connectors and what they need, each overlay by the\n"
		"rules and by the drivers that there are, what is loaded by name, who may write all\n"
		"that, and signatures. Each finding is an error, a warning or a note, and says what to\n"
		"do. The exit status is that of the worst: 1 for an error, 7 for a warning, else 0.",
	.options = doctor_options,
	.standalone = true,
	.run = doctor,
};
