// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of reasons to leave something out.
 */
#include "left_out.h"
#include "text.h"

static const struct {
	const char *name;
	const char *sentence;
	const char *hint;
} kinds[LEFT_OUT_KIND_COUNT] = {
#define X(identifier, name, sentence, hint) [LEFT_OUT_##identifier] = { name, sentence, hint },
#include "left_out_list.h"
#undef X
};

/**
 * left_out_name() - the name of a reason
 * @kind: the reason
 *
 * Return: a word such as "foreign-target".
 */
const char *left_out_name(enum left_out_kind kind)
{
	return kinds[kind].name;
}

/**
 * left_out_sentence() - what it means
 * @kind: the reason
 *
 * Return: a sentence without its subject and without a full stop.
 */
const char *left_out_sentence(enum left_out_kind kind)
{
	return kinds[kind].sentence;
}

/**
 * left_out_hint() - what to do about it
 * @kind: the reason
 *
 * Return: a sentence without full stop.
 */
const char *left_out_hint(enum left_out_kind kind)
{
	return kinds[kind].hint;
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
