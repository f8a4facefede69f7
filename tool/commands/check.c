// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree check: would the kernel take this overlay, and is it wise?
 */
#include <stdlib.h>
#include <string.h>

#include "base_tree.h"
#include "command.h"
#include "dry_plug.h"
#include "json.h"
#include "text.h"
#include "verdict.h"

/**
 * struct check - one call of the command
 * @settings: what the options say
 * @base: the base tree, with what is plugged already
 * @connectors: the connectors to try
 * @drivers: what there are modules for
 * @array: where verdicts go as JSON, or NULL
 * @code: the exit status so far
 */
struct check {
	const struct settings *settings;
	struct blob base;
	struct socket_list connectors;
	struct driver_list drivers;
	struct json_object *array;
	enum exit_code code;
};

/* What stops an overlay from being looked at weighs most, then a refusal, then a warning. */
static void note_code(struct check *check, enum exit_code code)
{
	static const enum exit_code by_weight[] = { EXIT_CODE_OK, EXIT_CODE_WARNINGS,
						    EXIT_CODE_FAILED };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(by_weight); i++) {
		if (check->code == by_weight[i])
			check->code = code;
		if (code == by_weight[i])
			return;
	}
}

static enum exit_code out_of_memory(void)
{
	text_complain("out of memory");
	return EXIT_CODE_FAILED;
}

static void show(struct check *check, const struct verdict *verdict)
{
	if (check->array)
		json_object_array_add(check->array, verdict_json(verdict));
	else if (check->settings->brief)
		verdict_print_brief(verdict);
	else
		verdict_print(verdict);
}

/* Is it refused, and would be in just the same way in each connector? */
static bool is_the_same(const struct verdict *one, const struct verdict *other)
{
	return !verdict_accepts(one) && one->refusal.reason == other->refusal.reason &&
	       !strcmp(one->refusal.subject, other->refusal.subject);
}

/*
 * Without a connector named, those of another type say nothing about the overlay, unless no
 * connector is of its type.
 */
static void show_all(struct check *check, struct verdict *verdicts, size_t count)
{
	bool same = count > 1, fits = false;
	size_t i;

	for (i = 0; i < count; i++) {
		same = same && is_the_same(&verdicts[i], &verdicts[0]);
		fits = fits || verdicts[i].refusal.reason != PLUGTREE_WRONG_CONNECTOR;
	}
	if (same)
		verdicts[0].connector = "";
	for (i = 0; i < count && !(same && i); i++) {
		if (fits && verdicts[i].refusal.reason == PLUGTREE_WRONG_CONNECTOR &&
		    !check->settings->connector)
			continue;
		show(check, &verdicts[i]);
		note_code(check, verdict_code(&verdicts[i]));
	}
}

static enum exit_code judge(struct check *check, const struct blob *overlay, const char *file)
{
	size_t count = check->connectors.count, i;
	struct verdict *verdicts = calloc(count, sizeof(*verdicts));
	int ret = verdicts ? 0 : -1;

	for (i = 0; !ret && i < count; i++) {
		verdicts[i].file = file;
		verdicts[i].connector = check->connectors.paths[i];
		ret = verdict_make(&verdicts[i], overlay, &check->base,
				   check->settings->modules ? &check->drivers : NULL);
	}
	if (!ret)
		show_all(check, verdicts, count);
	for (i = 0; verdicts && i < count; i++)
		verdict_free(&verdicts[i]);
	free(verdicts);
	return ret ? out_of_memory() : EXIT_CODE_OK;
}

static enum exit_code prepare_base(struct check *check)
{
	const struct settings *settings = check->settings;
	enum exit_code code;
	char *path;

	if (asprintf(&path, "%s/sys/firmware/fdt",
		     strcmp(settings->sysroot, "/") ? settings->sysroot : "") < 0)
		return out_of_memory();
	code = base_tree_read(&check->base, settings->base ? settings->base : path);
	free(path);
	return code;
}

static enum exit_code prepare(struct check *check)
{
	const struct settings *settings = check->settings;
	enum exit_code code = prepare_base(check);
	size_t i;
	int ret;

	for (i = 0; !code && i < settings->plugged_count; i++)
		code = dry_plug_word(&check->base, settings->connector, settings->plugged[i]);
	/* What is plugged may bring connectors along. */
	if (!code)
		code = base_tree_connectors(&check->base, settings->connector, &check->connectors);
	if (code || !settings->modules)
		return code;
	ret = driver_list_read(&check->drivers, settings->modules);
	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot read the modules of %s: %s", settings->modules, strerror(-ret));
	return exit_code_of_file_error(ret);
}

static enum exit_code check_file(struct check *check, const char *file)
{
	struct blob overlay;
	enum exit_code code = overlay_read(&overlay, file);

	if (!code)
		code = judge(check, &overlay, file);
	blob_free(&overlay);
	return code;
}

static const char *accepting_connector(struct check *check, const struct blob *overlay)
{
	struct verdict verdict = {};
	const char *found = NULL;
	size_t i, count = 0;

	for (i = 0; i < check->connectors.count; i++) {
		verdict.connector = check->connectors.paths[i];
		if (!verdict_make(&verdict, overlay, &check->base, NULL) &&
		    verdict_accepts(&verdict)) {
			found = verdict.connector;
			count++;
		}
		verdict_free(&verdict);
	}
	if (count > 1)
		text_complain("--output: more than one connector takes it, say --connector");
	return count == 1 ? found : NULL;
}

static enum exit_code write_output(struct check *check, const char *file)
{
	const char *output = check->settings->output;
	struct blob overlay, merged = {};
	enum exit_code code = overlay_read(&overlay, file);
	const char *connector;
	int ret;

	connector = code ? NULL : accepting_connector(check, &overlay);
	if (!code)
		code = connector ? dry_plug(&check->base, connector, &overlay, file, &merged) :
				   EXIT_CODE_USAGE;
	ret = code ? 0 : blob_write(&merged, output);
	if (ret) {
		text_complain("cannot write %s: %s", output, strerror(-ret));
		code = exit_code_of_file_error(ret);
	}
	blob_free(&merged);
	blob_free(&overlay);
	return code;
}

static void finish(struct check *check)
{
	struct json_object *object;

	if (check->array) {
		object = json_object_new_object();
		json_add(object, "verdicts", check->array);
		json_print(object, true);
	}
	blob_free(&check->base);
	socket_list_free(&check->connectors);
	driver_list_free(&check->drivers);
}

static enum exit_code check(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	struct check check = { .settings = settings };
	enum exit_code code;
	int i;

	if (settings->output && count > 1) {
		text_complain("--output is for one overlay");
		return EXIT_CODE_USAGE;
	}
	code = prepare(&check);
	if (!code && settings->json)
		check.array = json_object_new_array();
	for (i = 0; !code && i < count; i++)
		note_code(&check, check_file(&check, operands[i]));
	if (!code && settings->output && (!check.code || check.code == EXIT_CODE_WARNINGS))
		note_code(&check, write_output(&check, operands[0]));
	finish(&check);
	return code ? code : check.code;
}

static const struct option_description *const check_options[] = {
	&option_base,	&option_connector, &option_with, &option_modules,
	&option_output, &option_brief,	   &option_json, NULL,
};

const struct command check_command = {
	.name = "check",
	.operands = "FILE...",
	.completion = "file...",
	.summary = "say whether an overlay would be accepted",
	.description =
		"Judge the overlay in each FILE by the rules that the kernel applies when an add-on is\n"
		"plugged: is it accepted, or for which reason and about what is it refused? Warn about\n"
		"what is legal but unwise. Without --connector, each connector of the overlay's type is\n"
		"tried. The exit status is that of the worst verdict: 0, 7 or 1; or 8 for a FILE that\n"
		"cannot be read.",
	.operands_min = 1,
	.operands_max = OPERANDS_UNLIMITED,
	.options = check_options,
	.standalone = true,
	.run = check,
};
