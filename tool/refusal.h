/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Refusals, as the kernel makes them, too, and how they are shown.
 */
#ifndef TOOL_REFUSAL_H
#define TOOL_REFUSAL_H

#include <json-c/json.h>

#include "common/reasons.h"

void refusal_print(const struct plugtree_refusal *refusal, const char *labels);
void refusal_add_json(struct json_object *object, const struct plugtree_refusal *refusal,
		      const char *labels);

#endif
