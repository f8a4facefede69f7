// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Refusals: the reason, what it is about, and what to do.
 */
#include <stdio.h>

#include "hint.h"
#include "json.h"
#include "refusal.h"
#include "report.h"
#include "text.h"

/**
 * refusal_print() - print a refusal in words, below what was refused
 * @refusal: the refusal
 * @labels: the labels that there are, when one is unknown; NULL for nothing about them
 */
void refusal_print(const struct plugtree_refusal *refusal, const char *labels)
{
	const char *name = plugtree_reason_name(refusal->reason);
	const char *hint = hint_for(name);

	report_label("reason");
	text_put_styled(stdout, STYLE_RED, name);
	putchar('\n');
	report_label("error");
	printf("%s%s", plugtree_reason_sentence(refusal->reason), *refusal->subject ? ": " : "");
	text_put(stdout, refusal->subject);
	putchar('\n');
	if (labels)
		report_line("labels", labels);
	if (hint)
		report_line("hint", hint);
}

/**
 * refusal_add_json() - add the members of a refusal
 * @object: the object
 * @refusal: the refusal; with PLUGTREE_NONE all members become null
 * @labels: the labels that there are, "" for none; NULL for no such member
 */
void refusal_add_json(struct json_object *object, const struct plugtree_refusal *refusal,
		      const char *labels)
{
	bool refused = refusal->reason != PLUGTREE_NONE;
	const char *name = refused ? plugtree_reason_name(refusal->reason) : "";

	json_add_text(object, "reason", name);
	json_add_text(object, "sentence", plugtree_reason_sentence(refusal->reason));
	json_add_text(object, "subject", refusal->subject);
	if (labels)
		json_add_text(object, "labels", labels);
	json_add_text(object, "hint", refused && hint_for(name) ? hint_for(name) : "");
}
