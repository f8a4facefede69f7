// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * QMP, by which an emulator is told to change the machine while it runs. A connection serves one
 * command; what the emulator tells unasked in between is passed over.
 */
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/channel.h"
#include "lab/monitor.h"

#define LINE_SIZE 8192

static json_object *value_of(const char *text)
{
	char *end;
	long long number = strtoll(text, &end, 0);

	if (!strcmp(text, "true") || !strcmp(text, "false"))
		return json_object_new_boolean(*text == 't');
	if (*text && !*end)
		return json_object_new_int64(number);
	return json_object_new_string(text);
}

/* Return: the request, or NULL if a word is no NAME=VALUE. */
static json_object *make_request(const char *command, char *const *words, unsigned int count)
{
	json_object *request = json_object_new_object(), *arguments = json_object_new_object();
	const char *equals;
	char name[64];
	unsigned int i;

	json_object_object_add(request, "execute", json_object_new_string(command));
	json_object_object_add(request, "arguments", arguments);
	for (i = 0; i < count; i++) {
		equals = strchr(words[i], '=');
		if (!equals || equals - words[i] >= (long)sizeof(name)) {
			json_object_put(request);
			return NULL;
		}
		snprintf(name, sizeof(name), "%.*s", (int)(equals - words[i]), words[i]);
		json_object_object_add(arguments, name, value_of(equals + 1));
	}
	return request;
}

/* Return: 0 if the line is the answer to a command, -EINVAL if a refusal, -EAGAIN if neither. */
static int judge_line(const char *line, char *problem, size_t size)
{
	json_object *answer = json_tokener_parse(line), *error, *sentence;
	int ret = -EAGAIN;

	if (json_object_object_get_ex(answer, "return", NULL)) {
		ret = 0;
	} else if (json_object_object_get_ex(answer, "error", &error)) {
		ret = -EINVAL;
		snprintf(problem, size, "%s",
			 json_object_object_get_ex(error, "desc", &sentence) ?
				 json_object_get_string(sentence) :
				 line);
	}
	json_object_put(answer);
	return ret;
}

static int exchange(struct channel *channel, json_object *request, char *problem, size_t size,
		    long long deadline)
{
	const char *text = json_object_to_json_string_ext(request, JSON_C_TO_STRING_PLAIN);
	char line[LINE_SIZE];
	int ret = channel_write(channel, text, strlen(text), deadline);

	if (!ret)
		ret = channel_write(channel, "\n", 1, deadline);
	while (!ret) {
		ret = channel_read_line(channel, line, sizeof(line), deadline);
		if (ret)
			break;
		ret = judge_line(line, problem, size);
		if (ret != -EAGAIN)
			return ret;
		ret = 0;
	}
	snprintf(problem, size, "the monitor does not answer: %s", strerror(-ret));
	return ret;
}

int monitor_command(const char *socket, const char *command, char *const *arguments,
		    unsigned int count, char *problem, size_t size, long long deadline)
{
	json_object *request = make_request(command, arguments, count), *hello;
	struct channel channel;
	int ret;

	if (!request) {
		snprintf(problem, size, "each argument of %s has to be NAME=VALUE", command);
		return -EINVAL;
	}
	ret = channel_connect(socket);
	if (ret < 0) {
		snprintf(problem, size, "there is no monitor: %s", strerror(-ret));
		json_object_put(request);
		return ret;
	}
	channel_open(&channel, ret);
	hello = make_request("qmp_capabilities", NULL, 0);
	ret = exchange(&channel, hello, problem, size, deadline);
	if (!ret)
		ret = exchange(&channel, request, problem, size, deadline);
	json_object_put(hello);
	json_object_put(request);
	channel_close(&channel);
	return ret;
}
