/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict on one overlay in one connector.
 */
#ifndef TOOL_VERDICT_H
#define TOOL_VERDICT_H

#include <json-c/json.h>
#include <stdbool.h>

#include "blob.h"
#include "common/reasons.h"
#include "driver_list.h"
#include "exit_code.h"
#include "warning.h"

/**
 * struct verdict - what the rules and the review say
 * @file: name of the overlay's file
 * @connector: path of the connector's node, empty when it is the same for each connector
 * @refusal: why it is refused, PLUGTREE_NONE when it is accepted
 * @labels: those that the connector provides, if it is refused for one that it does not; else NULL
 * @warnings: about an accepted one
 */
struct verdict {
	const char *file;
	const char *connector;
	struct plugtree_refusal refusal;
	char *labels;
	struct warnings warnings;
};

int verdict_make(struct verdict *verdict, const struct blob *overlay, const struct blob *base,
		 const struct driver_list *drivers);
bool verdict_accepts(const struct verdict *verdict);
enum exit_code verdict_code(const struct verdict *verdict);
void verdict_print(const struct verdict *verdict);
void verdict_print_brief(const struct verdict *verdict);
struct json_object *verdict_json(const struct verdict *verdict);
void verdict_free(struct verdict *verdict);

#endif
