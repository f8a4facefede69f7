// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree autoload: load what the configuration says is in the connectors.
 */
#include <errno.h>
#include <string.h>

#include "command.h"
#include "configuration.h"
#include "connector.h"
#include "json.h"
#include "request.h"
#include "selection.h"
#include "state_watch.h"
#include "text.h"

/* clang-format off */
/* X(identifier, name, sentence) what became of a connector; the name is interface. */
#define OUTCOMES(X) \
	X(LOADED, "loaded", NULL) \
	X(REQUESTED, "requested", "its model is going to be loaded") \
	X(FAILED, "failed", NULL) \
	X(ALREADY_LOADED, "already-loaded", "its model is loaded already") \
	X(NOT_CONFIGURED, "not-configured", "the configuration does not name it") \
	X(NO_CONNECTOR, "no-connector", "the configuration names it, but it is not there") \
	X(EJECTED, "ejected", "left alone: it was ejected") \
	X(NOTHING_THERE, "nothing-there", "left alone: it detects add-ons itself, and there is none") \
	X(IDENTIFIES, "identifies", "left alone: it detects and identifies add-ons itself")
/* clang-format on */

enum outcome {
#define X(identifier, name, sentence) OUTCOME_##identifier,
	OUTCOMES(X)
#undef X
};

static const struct {
	const char *name;
	const char *sentence;
} outcomes[] = {
#define X(identifier, name, sentence) { name, sentence },
	OUTCOMES(X)
#undef X
};

static bool cannot_identify(const struct connector *connector)
{
	return !strcmp(connector->state, "failed") &&
	       (!strcmp(connector->reason, "no-identity") ||
		!strcmp(connector->reason, "id-overlay-missing"));
}

static bool is_going(const char *state)
{
	return !strcmp(state, "removing") || !strcmp(state, "draining");
}

static bool has_model(const struct connector *connector, const char *model)
{
	return strcmp(connector->state, "empty") && strcmp(connector->state, "failed") &&
	       !is_going(connector->state) && !strcmp(connector->model, model);
}

/* OUTCOME_LOADED stands for: to be loaded. */
static enum outcome judge(const struct connector *connector, const struct assignment *assignment)
{
	if (!assignment)
		return OUTCOME_NOT_CONFIGURED;
	if (has_model(connector, assignment->model))
		return OUTCOME_ALREADY_LOADED;
	if (!strcmp(connector->reason, "ejected"))
		return OUTCOME_EJECTED;
	if (!strcmp(connector->presence, "absent"))
		return OUTCOME_NOTHING_THERE;
	if (!strcmp(connector->presence, "present") && !cannot_identify(connector))
		return OUTCOME_IDENTIFIES;
	return OUTCOME_LOADED;
}

/* What is under way may be what is wanted, or end in what cannot be identified. */
static int await_settled(const struct context *context, const char *name)
{
	char state[CONNECTOR_TEXT_SIZE];
	struct state_watch watch;
	int ret = state_watch_begin(&watch, context->class, name);

	if (ret)
		return ret;
	if (!connector_is_settled(watch.last))
		ret = state_watch_settle(&watch, state, sizeof(state),
					 deadline_in(context->settings->wait_ms));
	state_watch_end(&watch);
	return ret == -ETIMEDOUT ? 0 : ret;
}

static void show(struct json_object *array, const struct connector *connector,
		 const struct assignment *assignment, enum outcome outcome)
{
	struct json_object *object;

	if (array) {
		object = json_connector(connector);
		json_add_text(object, "configured", assignment ? assignment->model : "");
		json_add_text(object, "outcome", outcomes[outcome].name);
		json_object_array_add(array, object);
	} else if (outcomes[outcome].sentence) {
		text_put_styled(stdout, STYLE_BOLD, connector->name);
		printf("  %s\n", outcomes[outcome].sentence);
	}
}

static enum exit_code load_one(const struct context *context, const char *name,
			       const struct assignment *assignment, struct json_object *array)
{
	enum exit_code code = EXIT_CODE_OK;
	struct connector connector;
	enum outcome outcome;
	int ret = assignment && context->settings->wait ? await_settled(context, name) : 0;

	if (!ret)
		ret = connector_read(&connector, context->class, name);
	if (ret) {
		text_complain("%s: cannot read the connector: %s", name, strerror(-ret));
		return EXIT_CODE_NO_CONNECTOR;
	}
	outcome = judge(&connector, assignment);
	if (outcome == OUTCOME_LOADED) {
		code = request_load(context, name, assignment->model);
		if (code == EXIT_CODE_NO_CONNECTOR)
			return code;
		if (code)
			outcome = OUTCOME_FAILED;
		else if (!context->settings->wait)
			outcome = OUTCOME_REQUESTED;
		connector_read(&connector, context->class, name);
	}
	show(array, &connector, assignment, outcome);
	return code;
}

/* Connectors on add-ons come when their add-on does, so this is no mistake. */
static void show_missing(const struct context *context, const struct configuration *configuration,
			 struct json_object *array)
{
	struct connector connector;
	size_t i;

	for (i = 0; i < configuration->count; i++) {
		if (!connector_read(&connector, context->class,
				    configuration->assignments[i].connector))
			continue;
		text_copy(connector.name, sizeof(connector.name),
			  configuration->assignments[i].connector);
		show(array, &connector, &configuration->assignments[i], OUTCOME_NO_CONNECTOR);
	}
}

static enum exit_code load_all(const struct context *context, const struct selection *selection,
			       const struct configuration *configuration)
{
	struct json_object *array = context->settings->json ? json_object_new_array() : NULL;
	struct json_object *object = array ? json_object_new_object() : NULL;
	enum exit_code code, worst = EXIT_CODE_OK;
	size_t i;

	if (object)
		json_add(object, "connectors", array);
	for (i = 0; i < selection->count; i++) {
		code = load_one(context, selection->names[i],
				configuration_find(configuration, selection->names[i]), array);
		worst = worst ? worst : code;
	}
	if (!selection->named)
		show_missing(context, configuration, array);
	if (object)
		json_print(object, true);
	if (!worst && configuration->mistakes)
		return EXIT_CODE_UNREADABLE;
	return worst;
}

static enum exit_code autoload(const struct context *context, int count, char **operands)
{
	struct configuration configuration;
	struct selection selection;
	enum exit_code code;

	if (context->settings->syslog)
		text_use_syslog();
	code = selection_make(&selection, context, count, operands);
	if (code)
		return code;
	configuration_read(&configuration, context->settings->sysroot);
	code = load_all(context, &selection, &configuration);
	configuration_free(&configuration);
	selection_free(&selection);
	return code;
}

static const struct option_description *const options[] = {
	&option_wait, &option_no_wait, &option_json, &option_syslog, NULL,
};

const struct command autoload_command = {
	.name = "autoload",
	.operands = "[CONNECTOR...]",
	.completion = "connector...",
	.summary = "load the models that the configuration names",
	.description =
		"Load into each CONNECTOR, or into all, the model that a line \"CONNECTOR MODEL\" of a\n"
		"file /etc/plugtree/connectors.d/*.conf or /usr/lib/plugtree/connectors.d/*.conf\n"
		"names, for connectors that cannot detect or identify an add-on. A connector that can,\n"
		"that has this model already, that was ejected or that is not configured is left alone,\n"
		"which is no failure. Mistakes in the files are told, and the other lines count.",
	.operands_max = OPERANDS_UNLIMITED,
	.options = options,
	.run = autoload,
};
