/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which connectors a command is about.
 */
#ifndef TOOL_SELECTION_H
#define TOOL_SELECTION_H

#include <stddef.h>

#include "command.h"

/**
 * struct selection - names of connectors
 * @names: the names
 * @count: how many there are
 * @named: the user named them; else they are all that the board has
 */
struct selection {
	char **names;
	size_t count;
	bool named;
};

enum exit_code selection_make(struct selection *selection, const struct context *context, int count,
			      char **operands);
enum exit_code selection_make_one(struct selection *selection, const struct context *context,
				  const char *operand);
void selection_free(struct selection *selection);

#endif
