/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The drivers that a kernel has modules for.
 */
#ifndef TOOL_DRIVER_LIST_H
#define TOOL_DRIVER_LIST_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct driver_list - what modules say they are for
 * @names: sorted: compatibles after "of:", names after another alias's beginning
 * @count: how many
 */
struct driver_list {
	char **names;
	size_t count;
};

int driver_list_read(struct driver_list *drivers, const char *path);
bool driver_is_known(const struct driver_list *drivers, const char *compatible, const char *alias);
void driver_list_free(struct driver_list *drivers);

#endif
