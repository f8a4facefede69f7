/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Every named reason for which plugtree refuses an overlay or gives up an insertion: numbers, words
 * and how a refusal is written down. The list itself is reason_list.h.
 */
#ifndef PLUGTREE_REASONS_H
#define PLUGTREE_REASONS_H

#include "platform.h"

/* PLUGTREE_NONE, then the reasons in the order of the list, then how many there are. */
enum plugtree_reason {
#define X(identifier, ...) PLUGTREE_##identifier,
#include "reason_list.h"
#undef X
	PLUGTREE_REASON_COUNT
};

/* Long enough for "/path/to/node:property" of ordinary trees; longer subjects are cut. */
#define PLUGTREE_SUBJECT_SIZE 160

/**
 * struct plugtree_refusal - why something was refused
 * @reason: the named reason, PLUGTREE_NONE when nothing was refused
 * @subject: the node, property, label or address it is about; printable ASCII, NUL-terminated,
 *	may be empty
 */
struct plugtree_refusal {
	enum plugtree_reason reason;
	char subject[PLUGTREE_SUBJECT_SIZE];
};

const char *plugtree_reason_name(enum plugtree_reason reason);
const char *plugtree_reason_sentence(enum plugtree_reason reason);
bool plugtree_reason_lasting(enum plugtree_reason reason);
int plugtree_refuse(struct plugtree_refusal *refusal, enum plugtree_reason reason,
		    const char *format, ...) __printf(3, 4);

#endif
