/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Warnings: what is legal in an overlay and still unwise.
 */
#ifndef TOOL_WARNING_H
#define TOOL_WARNING_H

#include <stddef.h>

#include "wording.h"

/**
 * enum warning_kind - the warnings of warning_list.h
 */
enum warning_kind {
#define X(identifier, ...) WARNING_##identifier,
#include "warning_list.h"
#undef X
	WARNING_KIND_COUNT
};

/**
 * struct warning - one warning
 * @kind: which
 * @subject: the node or property it is about, with its path as it would be in the base tree;
 *	allocated
 */
struct warning {
	enum warning_kind kind;
	char *subject;
};

/**
 * struct warnings - the warnings about one overlay
 * @list: the warnings, in overlay order
 * @count: how many
 */
struct warnings {
	struct warning *list;
	size_t count;
};

const struct wording *warning_wording(enum warning_kind kind);
int warnings_add(struct warnings *warnings, enum warning_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void warnings_free(struct warnings *warnings);

#endif
