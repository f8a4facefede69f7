// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The table of reasons and how a refusal is written down.
 */
#include "reasons.h"

static const struct {
	const char *name;
	const char *sentence;
	bool lasting;
} reasons[PLUGTREE_REASON_COUNT] = {
#define X(identifier, name, lasting, sentence) \
	[PLUGTREE_##identifier] = { name, sentence, lasting },
#include "reason_list.h"
#undef X
};

static bool is_reason(enum plugtree_reason reason)
{
	return (unsigned int)reason < PLUGTREE_REASON_COUNT;
}

/**
 * plugtree_reason_name() - the name of a reason
 * @reason: the reason
 *
 * Return: a word such as "unknown-label"; "invalid" for a number that is no reason.
 */
const char *plugtree_reason_name(enum plugtree_reason reason)
{
	return is_reason(reason) ? reasons[reason].name : "invalid";
}

/**
 * plugtree_reason_sentence() - what a reason means
 * @reason: the reason
 *
 * Return: a sentence without its subject and without a full stop; empty for PLUGTREE_NONE and for a
 * number that is no reason.
 */
const char *plugtree_reason_sentence(enum plugtree_reason reason)
{
	return is_reason(reason) ? reasons[reason].sentence : "";
}

/**
 * plugtree_reason_lasting() - would trying again be of no use?
 * @reason: the reason
 *
 * Return: true when the same add-on meets the same reason again at the next try.
 */
bool plugtree_reason_lasting(enum plugtree_reason reason)
{
	return is_reason(reason) && reasons[reason].lasting;
}

/**
 * plugtree_refuse() - write a refusal down
 * @refusal: filled
 * @reason: why
 * @format: what it is about, printf-style; what does not fit is cut off, and since it may quote
 *	outside data each character that is not printable ASCII becomes '?'
 *
 * Return: -EINVAL always, so that a check can end with "return plugtree_refuse(...)".
 */
int plugtree_refuse(struct plugtree_refusal *refusal, enum plugtree_reason reason,
		    const char *format, ...)
{
	va_list arguments;
	char *character;

	refusal->reason = reason;
	va_start(arguments, format);
	vsnprintf(refusal->subject, sizeof(refusal->subject), format, arguments);
	va_end(arguments);
	for (character = refusal->subject; *character; character++) {
		if (!is_printable_ascii((unsigned char)*character))
			*character = '?';
	}
	return -EINVAL;
}
