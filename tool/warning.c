// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of warnings, and lists of them.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "array.h"
#include "warning.h"

static const struct wording kinds[WARNING_KIND_COUNT] = {
#define X(identifier, name, sentence, hint) [WARNING_##identifier] = { name, sentence, hint },
#include "warning_list.h"
#undef X
};

/**
 * warning_wording() - how a warning is told
 * @kind: the warning
 *
 * Return: its entry of the table.
 */
const struct wording *warning_wording(enum warning_kind kind)
{
	return &kinds[kind];
}

/**
 * warnings_add() - add a warning
 * @warnings: the list
 * @kind: the warning
 * @format: what it is about, printf-style
 *
 * Return: 0 or -ENOMEM.
 */
int warnings_add(struct warnings *warnings, enum warning_kind kind, const char *format, ...)
{
	struct warning *grown;
	va_list arguments;
	char *subject;
	int length;

	va_start(arguments, format);
	length = vasprintf(&subject, format, arguments);
	va_end(arguments);
	if (length < 0)
		return -ENOMEM;
	grown = array_grow(warnings->list, warnings->count, sizeof(*grown));
	if (!grown) {
		free(subject);
		return -ENOMEM;
	}
	warnings->list = grown;
	grown[warnings->count++] = (struct warning){ kind, subject };
	return 0;
}

/**
 * warnings_free() - forget the warnings
 * @warnings: the list; empty afterwards
 */
void warnings_free(struct warnings *warnings)
{
	while (warnings->count)
		free(warnings->list[--warnings->count].subject);
	free(warnings->list);
	*warnings = (struct warnings){};
}
