// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON, by json-c. Out of memory is the end of the program: half an object would be a lie.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connector.h"
#include "device.h"
#include "json.h"
#include "steps.h"
#include "text.h"
#include "utf8.h"

static void die_if_null(const void *pointer)
{
	if (pointer)
		return;
	text_complain("out of memory");
	_exit(1);
}

/**
 * json_add() - add a member
 * @object: the object
 * @member: name of the member, a string constant
 * @value: its value; belongs to the object afterwards
 */
void json_add(struct json_object *object, const char *member, struct json_object *value)
{
	die_if_null(object);
	if (json_object_object_add(object, member, value))
		die_if_null(NULL);
}

/**
 * json_add_text() - add a member that is outside data
 * @object: the object
 * @member: name of the member
 * @text: its value; bytes that are no UTF-8 become U+FFFD; an empty text becomes null: unknown
 */
void json_add_text(struct json_object *object, const char *member, const char *text)
{
	struct json_object *value;
	char *clean;

	if (!*text) {
		json_add(object, member, NULL);
		return;
	}
	clean = utf8_clean(text);
	die_if_null(clean);
	value = json_object_new_string(clean);
	die_if_null(value);
	free(clean);
	json_add(object, member, value);
}

/**
 * json_add_number() - add a member that is a number
 * @object: the object
 * @member: name of the member
 * @number: its value; a negative one becomes null: unknown
 */
void json_add_number(struct json_object *object, const char *member, long long number)
{
	struct json_object *value = number < 0 ? NULL : json_object_new_int64(number);

	if (number >= 0)
		die_if_null(value);
	json_add(object, member, value);
}

/**
 * json_connector() - a connector
 * @connector: the connector
 *
 * Return: an object that the caller owns.
 */
struct json_object *json_connector(const struct connector *connector)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "connector", connector->name);
#define X(member, key) json_add_text(object, #member, connector->member);
	CONNECTOR_TEXTS(X)
#undef X
	json_add_number(object, "insertions", connector->insertions);
	json_add_number(object, "failures", connector->failures);
	return object;
}

/**
 * json_devices() - the devices of an add-on
 * @devices: the devices
 * @count: how many there are
 *
 * Return: an array that the caller owns.
 */
struct json_object *json_devices(const struct device *devices, size_t count)
{
	struct json_object *array = json_object_new_array();
	struct json_object *object;
	size_t i;

	die_if_null(array);
	for (i = 0; i < count; i++) {
		object = json_object_new_object();
		json_add_text(object, "name", devices[i].name);
		json_add_text(object, "driver", devices[i].driver);
		json_add_text(object, "node", devices[i].node);
		if (json_object_array_add(array, object))
			die_if_null(NULL);
	}
	return array;
}

static struct json_object *json_step(const struct step *step)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "step", step->name);
	json_add_number(object, "start_us", step->start);
	json_add_number(object, "end_us", step->running ? -1 : step->end);
	json_add_number(object, "waited_us", step->waited);
	json_add_text(object, "result", step->result);
	return object;
}

static struct json_object *json_phase(const struct steps *steps, const struct phase *phase)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	size_t i;

	die_if_null(array);
	for (i = 0; i < phase->count; i++) {
		if (json_object_array_add(array, json_step(&steps->steps[phase->first + i])))
			die_if_null(NULL);
	}
	json_add_number(object, "total_us", phase->running ? -1 : phase->end - phase->start);
	json_add_number(object, "waited_us", phase->waited);
	json_add(object, "steps", array);
	return object;
}

/**
 * json_steps() - a timeline
 * @steps: the timeline
 *
 * Return: an object that the caller owns; a phase that has not begun is null in it.
 */
struct json_object *json_steps(const struct steps *steps)
{
	struct json_object *object = json_object_new_object();

	json_add(object, "plug", steps->plug.count ? json_phase(steps, &steps->plug) : NULL);
	json_add(object, "removal",
		 steps->removal.count ? json_phase(steps, &steps->removal) : NULL);
	return object;
}

/**
 * json_print() - print an object and a newline, and free the object
 * @object: the object
 * @pretty: for eyes, on many lines; else on one line
 */
void json_print(struct json_object *object, bool pretty)
{
	int flags =
		pretty ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED : JSON_C_TO_STRING_PLAIN;

	die_if_null(object);
	puts(json_object_to_json_string_ext(object, flags | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
}
