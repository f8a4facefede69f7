/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON of what the tool shows. The members are interface: plugtree(1) documents them.
 */
#ifndef TOOL_JSON_H
#define TOOL_JSON_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

struct connector;
struct device;
struct steps;

void json_add(struct json_object *object, const char *member, struct json_object *value);
void json_add_text(struct json_object *object, const char *member, const char *text);
void json_add_number(struct json_object *object, const char *member, long long number);
struct json_object *json_connector(const struct connector *connector);
struct json_object *json_devices(const struct device *devices, size_t count);
struct json_object *json_steps(const struct steps *steps);
void json_print(struct json_object *object, bool pretty);

#endif
