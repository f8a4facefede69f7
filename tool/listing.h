/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Listings: something about each of the chosen connectors, in words or as one JSON object.
 */
#ifndef TOOL_LISTING_H
#define TOOL_LISTING_H

#include <json-c/json.h>
#include <stdbool.h>

#include "command.h"

/**
 * typedef listing_show_t - show one connector
 * @context: the context
 * @name: name of the connector
 * @array: where its JSON goes; NULL to print it
 * @first: it is the first one that is printed
 *
 * Return: 0; -ENOENT when there is no such connector any more; another negative errno.
 */
typedef int listing_show_t(const struct context *context, const char *name,
			   struct json_object *array, bool first);

enum exit_code listing_print(const struct context *context, int count, char **operands,
			     const char *member, listing_show_t *show);

#endif
