// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree id decode: whose identity is in a memory?
 */
#include <string.h>

#include "command.h"
#include "json.h"
#include "memory.h"
#include "text.h"

#define LABEL_WIDTH 10
#define FORMAT_WIDTH 17
#define VERDICT_WIDTH 16
#define NAME_SIZE (3 * ID_TEXT_SIZE)

/**
 * struct attempt - what came of decoding in one format
 * @format: the format
 * @verdict: the verdict
 * @identity: the identity, if that is good
 * @problem: what is wrong, if not
 */
struct attempt {
	const struct id_format *format;
	enum id_verdict verdict;
	struct id_identity identity;
	struct id_problem problem;
};

static void print_line(const char *label, const char *text)
{
	if (!*text)
		return;
	text_style_begin(stdout, STYLE_DIM);
	printf("%-*s", LABEL_WIDTH, label);
	text_style_end(stdout, STYLE_DIM);
	text_put(stdout, text);
	putchar('\n');
}

/* The name of an overlay that the kernel would look for, NAME_SIZE bytes; false for none. */
static bool overlay_name(const struct id_identity *identity, enum id_specificity specificity,
			 char *name)
{
	if (id_file_name(identity, specificity, name, NAME_SIZE - strlen(".dtbo")))
		return false;
	strcat(name, ".dtbo");
	return true;
}

static void print_identity(const struct attempt *attempt)
{
	const struct id_identity *identity = &attempt->identity;
	const char *label = "overlays";
	char name[NAME_SIZE];
	int specificity;

	print_line("format", attempt->format->name);
	print_line("vendor", identity->vendor);
	print_line("model", identity->model);
	print_line("revision", identity->revision);
	print_line("serial", identity->serial);
	for (specificity = ID_VENDOR_MODEL_REVISION; specificity <= ID_MODEL; specificity++) {
		if (!overlay_name(identity, specificity, name))
			continue;
		print_line(label, name);
		label = " ";
	}
}

static void print_problem(const struct attempt *attempt)
{
	fprintf(stderr, "  %-*s", FORMAT_WIDTH, attempt->format->name);
	fprintf(stderr, "%-*s", VERDICT_WIDTH, id_verdict_name(attempt->verdict));
	fprintf(stderr, "byte 0x%x: %s\n", attempt->problem.offset, attempt->problem.what);
}

static struct json_object *json_attempt(const struct attempt *attempt)
{
	const struct id_identity *identity = &attempt->identity;
	bool good = attempt->verdict == ID_GOOD;
	struct json_object *object = json_object_new_object();
	struct json_object *names = json_object_new_array();
	char name[NAME_SIZE];
	int specificity;

	json_add_text(object, "format", attempt->format->name);
	json_add_text(object, "verdict", id_verdict_name(attempt->verdict));
	json_add_text(object, "vendor", identity->vendor);
	json_add_text(object, "model", identity->model);
	json_add_text(object, "revision", identity->revision);
	json_add_text(object, "serial", identity->serial);
	for (specificity = ID_VENDOR_MODEL_REVISION; good && specificity <= ID_MODEL;
	     specificity++) {
		if (!overlay_name(identity, specificity, name))
			continue;
		json_object_array_add(names, json_object_new_string(name));
	}
	json_add(object, "overlays", names);
	json_add_number(object, "offset", good ? -1 : (long long)attempt->problem.offset);
	json_add_text(object, "problem", good ? "" : attempt->problem.what);
	return object;
}

static void attempt_make(struct attempt *attempt, const struct id_source *source,
			 const struct id_format *format)
{
	*attempt = (struct attempt){ .format = format };
	attempt->verdict = format->decode(source, &attempt->identity, &attempt->problem);
}

/* Tries the wanted format, or all; shows those that fit. How many do. */
static unsigned int show_good(const struct settings *settings, const struct id_source *source,
			      struct json_object *array)
{
	const struct id_format *format;
	unsigned int index, fits = 0;
	struct attempt attempt;

	for (index = 0; (format = id_format_at(index)); index++) {
		if (settings->format && settings->format != format)
			continue;
		attempt_make(&attempt, source, format);
		if (array)
			json_object_array_add(array, json_attempt(&attempt));
		if (attempt.verdict != ID_GOOD)
			continue;
		if (!array && fits)
			putchar('\n');
		if (!array)
			print_identity(&attempt);
		fits++;
	}
	return fits;
}

static void show_problems(const struct memory *memory, const struct settings *settings,
			  const struct id_source *source)
{
	const struct id_format *format;
	struct attempt attempt;
	unsigned int index;

	text_complain("%s: there is no valid identity", memory->name);
	for (index = 0; (format = id_format_at(index)); index++) {
		if (settings->format && settings->format != format)
			continue;
		attempt_make(&attempt, source, format);
		print_problem(&attempt);
	}
}

static enum exit_code id_decode(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	struct json_object *object = NULL;
	struct json_object *array = NULL;
	struct id_source source;
	struct memory memory;
	unsigned int fits;
	enum exit_code code = memory_open(&memory, settings, count ? operands[0] : NULL, false);

	if (code)
		return code;
	memory_source(&memory, settings, &source);
	if (settings->json) {
		object = json_object_new_object();
		array = json_object_new_array();
		json_add_text(object, "memory", memory.name);
		json_add(object, "formats", array);
	}
	fits = show_good(settings, &source, array);
	if (object)
		json_print(object, true);
	else if (!fits)
		show_problems(&memory, settings, &source);
	memory_close(&memory);
	return fits ? EXIT_CODE_OK : EXIT_CODE_NO_IDENTITY;
}

static const struct option_description *const id_decode_options[] = {
	&option_i2c,  &option_address_width, &option_format, &option_offset,
	&option_size, &option_json,	     NULL,
};

const struct command id_decode_command = {
	.name = "id decode",
	.operands = "[FILE]",
	.completion = "file",
	.summary = "show whose identity is in a memory",
	.description =
		"Show the identity in FILE, which is an image or a driver's file of an EEPROM such as\n"
		"/sys/bus/i2c/devices/1-0050/eeprom, or in an EEPROM on an I2C bus; and the names of\n"
		"the overlays that it selects, the first one that is there. Without --format all\n"
		"formats are tried. Nothing is ever written.",
	.operands_max = 1,
	.options = id_decode_options,
	.standalone = true,
	.run = id_decode,
};
