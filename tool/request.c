// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Asking the kernel for something and waiting for what comes of it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "connector.h"
#include "device.h"
#include "hint.h"
#include "report.h"
#include "request.h"
#include "selection.h"
#include "state_watch.h"
#include "sysfs.h"
#include "text.h"

const struct option_description *const request_options[] = { &option_wait, &option_no_wait, NULL };

/* Whoever asks wants to know who is in the way. */
static void complain_busy(const struct context *context, const struct request *request,
			  const char *name)
{
	const char *verb = request->attribute;
	struct connector connector;

	if (connector_read(&connector, context->class, name) || !strcmp(connector.state, "empty"))
		text_complain("%s: cannot %s: busy with another request", name, verb);
	else if (*connector.model)
		text_complain("%s: cannot %s: busy with %s%s%s, which is %s", name, verb,
			      connector.vendor, *connector.vendor ? " " : "", connector.model,
			      connector.state);
	else
		text_complain("%s: cannot %s: busy: the connector is %s", name, verb,
			      connector.state);
	if (!strcmp(connector.state, "ready"))
		text_complain("hint: take it out first: plugtree eject %s", name);
}

static enum exit_code complain_about_write(const struct context *context,
					   const struct request *request, const char *name,
					   int error)
{
	const char *verb = request->attribute;

	switch (error) {
	case -EACCES:
	case -EPERM:
		text_complain("%s: no permission to %s: only root may (try sudo)", name, verb);
		break;
	case -EBUSY:
		complain_busy(context, request, name);
		break;
	case -ENODEV:
		text_complain("%s: cannot %s: %s", name, verb, request->nothing_there);
		break;
	case -EINVAL:
		text_complain("%s: cannot %s: the kernel does not accept \"%s\"", name, verb,
			      request->value);
		break;
	default:
		text_complain("%s: cannot %s: %s", name, verb, strerror(-error));
	}
	return exit_code_of_error(error);
}

static enum exit_code complain_gone(const char *name)
{
	text_complain("%s: the connector itself has gone", name);
	return EXIT_CODE_NO_CONNECTOR;
}

static enum exit_code complain_about_time(const struct context *context,
					  const struct connector *connector)
{
	double seconds = (double)context->settings->wait_ms / 1000;

	text_complain("%s: still %s after %g s%s%s", connector->name, connector->state, seconds,
		      *connector->error ? ": " : "", connector->error);
	return EXIT_CODE_TIMEOUT;
}

static enum exit_code complain_about_result(const struct request *request,
					    const struct connector *connector)
{
	const char *hint = hint_for(connector->reason);

	if (!connector_has_reason(connector)) {
		text_complain("%s: the connector is %s, not %s", connector->name, connector->state,
			      request->goal);
		return EXIT_CODE_FAILED;
	}
	text_complain("%s: %s: %s: %s", connector->name, connector->state, connector->reason,
		      connector->error);
	if (hint)
		text_complain("hint: %s", hint);
	return EXIT_CODE_FAILED;
}

/* What the connector has become; the add-on may have been pulled or changed meanwhile. */
static enum exit_code report_result(const struct context *context, const struct request *request,
				    const char *name, int waited)
{
	struct connector connector;

	if (waited == -ENODEV || connector_read(&connector, context->class, name))
		return complain_gone(name);
	if (waited == -ETIMEDOUT)
		return complain_about_time(context, &connector);
	if (waited) {
		text_complain("%s: cannot wait: %s", name, strerror(-waited));
		return exit_code_of_error(waited);
	}
	if (strcmp(connector.state, request->goal))
		return complain_about_result(request, &connector);
	if (!context->settings->json)
		report_connector_line(&connector);
	return EXIT_CODE_OK;
}

static int send_request(const struct state_watch *watch, const struct request *request)
{
	char line[CONNECTOR_TEXT_SIZE];

	if ((size_t)snprintf(line, sizeof(line), "%s\n", request->value) >= sizeof(line))
		return -EINVAL;
	return sysfs_write(watch->directory, request->attribute, line);
}

/**
 * request_do() - make a request to a connector and report what comes of it
 * @context: the context
 * @request: the request
 * @operand: name of the connector; NULL for the only one of the board
 *
 * Return: EXIT_CODE_OK when the goal was reached, or need not be waited for; else another code, after
 * a complaint.
 */
enum exit_code request_do(const struct context *context, const struct request *request,
			  const char *operand)
{
	char state[CONNECTOR_TEXT_SIZE] = "";
	struct selection selection;
	struct state_watch watch;
	enum exit_code code;
	int ret;

	code = selection_make_one(&selection, context, operand);
	if (code)
		return code;
	ret = state_watch_begin(&watch, context->class, selection.names[0]);
	if (ret) {
		code = complain_gone(selection.names[0]);
		goto out_free_selection;
	}
	ret = send_request(&watch, request);
	if (ret) {
		code = complain_about_write(context, request, selection.names[0], ret);
	} else if (context->settings->wait) {
		ret = state_watch_settle(&watch, state, sizeof(state),
					 deadline_in(context->settings->wait_ms));
		code = report_result(context, request, selection.names[0], ret);
	}
	state_watch_end(&watch);
out_free_selection:
	selection_free(&selection);
	return code;
}

/**
 * request_load() - ask for a model to be loaded
 * @context: the context
 * @operand: name of the connector; NULL for the only one of the board
 * @model: the model
 *
 * Return: as request_do().
 */
enum exit_code request_load(const struct context *context, const char *operand, const char *model)
{
	const struct request request = {
		.attribute = "load",
		.value = model,
		.goal = "ready",
		.nothing_there = "there is no add-on in the connector",
	};

	return request_do(context, &request, operand);
}
