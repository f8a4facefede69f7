// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of reasons to leave something out.
 */
#include "left_out.h"
#include "text.h"

static const struct wording kinds[LEFT_OUT_KIND_COUNT] = {
#define X(identifier, name, sentence, hint) [LEFT_OUT_##identifier] = { name, sentence, hint },
#include "left_out_list.h"
#undef X
};

/**
 * left_out_wording() - how a reason is told
 * @kind: the reason
 *
 * Return: its entry of the table.
 */
const struct wording *left_out_wording(enum left_out_kind kind)
{
	return &kinds[kind];
}

/**
 * left_out_complain() - say that something is left out
 * @kind: why
 * @subject: what
 */
void left_out_complain(enum left_out_kind kind, const char *subject)
{
	text_complain("left out: %s: %s: %s; %s", kinds[kind].name, kinds[kind].sentence, subject,
		      kinds[kind].hint);
}
