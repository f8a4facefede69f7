// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts: made by the rules that the kernel asks, too, and shown in three ways.
 */
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/rules/blob.h"
#include "common/rules/fdt.h"
#include "common/rules/rules.h"
#include "json.h"
#include "offers.h"
#include "refusal.h"
#include "report.h"
#include "review.h"
#include "text.h"
#include "verdict.h"

/**
 * verdict_make() - judge an overlay
 * @verdict: file and connector are set; the rest is filled, to be given to verdict_free()
 * @overlay: the bytes of the file, whatever they are
 * @base: the base tree
 * @drivers: what there are modules for, or NULL
 *
 * Return: 0, or -ENOMEM when there is no verdict.
 */
int verdict_make(struct verdict *verdict, const struct blob *overlay, const struct blob *base,
		 const struct driver_list *drivers)
{
	struct plugtree_refusal *refusal = &verdict->refusal;
	struct tree overlay_tree, base_tree;
	struct rules_input input = { .overlay = &overlay_tree, .base = &base_tree };
	struct rules_plan *plan;
	int ret;

	*refusal = (struct plugtree_refusal){ .reason = PLUGTREE_NONE };
	verdict->warnings = (struct warnings){};
	verdict->labels = NULL;
	if (rules_check_blob(overlay->bytes, overlay->size, refusal))
		return 0;
	fdt_tree_init(&overlay_tree, overlay->bytes);
	fdt_tree_init(&base_tree, base->bytes);
	input.connector = fdt_tree_node(fdt_path_offset(base->bytes, verdict->connector));
	plan = rules_make_plan(&input, refusal);
	if (refusal->reason == PLUGTREE_UNKNOWN_LABEL)
		verdict->labels = offered_labels(&base_tree, input.connector);
	if (!plan)
		return refusal->reason == PLUGTREE_NO_MEMORY ? -ENOMEM : 0;
	ret = review_overlay(&input, plan, drivers, &verdict->warnings);
	rules_free_plan(plan);
	return ret;
}

/**
 * verdict_accepts() - is the overlay accepted?
 * @verdict: the verdict
 *
 * Return: true if it is, with or without warnings.
 */
bool verdict_accepts(const struct verdict *verdict)
{
	return verdict->refusal.reason == PLUGTREE_NONE;
}

/**
 * verdict_code() - the exit status for a verdict
 * @verdict: the verdict
 *
 * Return: EXIT_CODE_OK, EXIT_CODE_WARNINGS or EXIT_CODE_FAILED.
 */
enum exit_code verdict_code(const struct verdict *verdict)
{
	if (!verdict_accepts(verdict))
		return EXIT_CODE_FAILED;
	return verdict->warnings.count ? EXIT_CODE_WARNINGS : EXIT_CODE_OK;
}

static void print_warning(const struct warning *warning)
{
	const struct wording *wording = warning_wording(warning->kind);

	report_label("warning");
	text_put_styled(stdout, STYLE_YELLOW, wording->name);
	printf(": %s: ", wording->sentence);
	text_put(stdout, warning->subject);
	putchar('\n');
	report_line("hint", wording->hint);
}

/**
 * verdict_print() - print a verdict in words
 * @verdict: the verdict
 */
void verdict_print(const struct verdict *verdict)
{
	bool accepted = verdict_accepts(verdict);
	size_t i;

	text_put_styled(stdout, STYLE_BOLD, verdict->file);
	fputs("  ", stdout);
	text_put_styled(stdout, accepted ? STYLE_GREEN : STYLE_RED,
			accepted ? "accepted" : "refused");
	if (*verdict->connector)
		fputs("  ", stdout);
	text_put(stdout, verdict->connector);
	putchar('\n');
	if (!accepted)
		refusal_print(&verdict->refusal, verdict->labels);
	for (i = 0; i < verdict->warnings.count; i++)
		print_warning(&verdict->warnings.list[i]);
}

/* The rules let nothing but printable ASCII into a subject, so it goes out as it is. */
static void print_brief_line(const struct verdict *verdict, const char *what, const char *name,
			     const char *subject)
{
	text_put(stdout, verdict->file);
	if (*verdict->connector)
		fputs(": ", stdout);
	text_put(stdout, verdict->connector);
	printf(": %s", what);
	if (*name)
		printf(": %s", name);
	if (*subject)
		printf(": %s", subject);
	putchar('\n');
}

/**
 * verdict_print_brief() - print a verdict in one line, and one for each warning
 * @verdict: the verdict
 */
void verdict_print_brief(const struct verdict *verdict)
{
	const struct plugtree_refusal *refusal = &verdict->refusal;
	size_t i;

	if (verdict_accepts(verdict))
		print_brief_line(verdict, "accepted", "", "");
	else
		print_brief_line(verdict, "refused", plugtree_reason_name(refusal->reason),
				 refusal->subject);
	for (i = 0; i < verdict->warnings.count; i++)
		print_brief_line(verdict, "warning",
				 warning_wording(verdict->warnings.list[i].kind)->name,
				 verdict->warnings.list[i].subject);
}

static struct json_object *json_warnings(const struct warnings *warnings)
{
	struct json_object *array = json_object_new_array();
	const struct wording *wording;
	struct json_object *object;
	size_t i;

	for (i = 0; i < warnings->count; i++) {
		wording = warning_wording(warnings->list[i].kind);
		object = json_object_new_object();
		json_add_text(object, "name", wording->name);
		json_add_text(object, "sentence", wording->sentence);
		json_add_text(object, "subject", warnings->list[i].subject);
		json_add_text(object, "hint", wording->hint);
		json_object_array_add(array, object);
	}
	return array;
}

/**
 * verdict_json() - a verdict as JSON
 * @verdict: the verdict
 *
 * Return: an object that the caller owns.
 */
struct json_object *verdict_json(const struct verdict *verdict)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "file", verdict->file);
	json_add_text(object, "connector", verdict->connector);
	json_add_text(object, "verdict", verdict_accepts(verdict) ? "accepted" : "refused");
	refusal_add_json(object, &verdict->refusal, verdict->labels ? verdict->labels : "");
	json_add(object, "warnings", json_warnings(&verdict->warnings));
	return object;
}

/**
 * verdict_free() - free what a verdict has of its own
 * @verdict: the verdict
 */
void verdict_free(struct verdict *verdict)
{
	free(verdict->labels);
	warnings_free(&verdict->warnings);
}
