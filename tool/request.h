/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests: load, eject and rescan have everything but their words in common.
 */
#ifndef TOOL_REQUEST_H
#define TOOL_REQUEST_H

#include "command.h"

/**
 * struct request - something that the kernel is asked to do
 * @attribute: the attribute to write
 * @value: what to write
 * @goal: the state in which it has been done
 * @nothing_there: what -ENODEV means, a sentence
 */
struct request {
	const char *attribute;
	const char *value;
	const char *goal;
	const char *nothing_there;
};

extern const struct option_description *const request_options[];

enum exit_code request_do(const struct context *context, const struct request *request,
			  const char *operand);
enum exit_code request_load(const struct context *context, const char *operand, const char *model);

#endif
