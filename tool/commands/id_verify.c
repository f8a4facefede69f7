// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree id verify: does a memory hold an image?
 */
#include <string.h>

#include "command.h"
#include "image.h"
#include "json.h"
#include "text.h"

static void print_result(const struct memory *memory, const struct image *image,
			 const struct memory_change *difference, bool equal, bool json)
{
	struct json_object *object;

	if (!json && equal)
		printf("%s: all %zu bytes are as in the image\n", memory->name, image->size);
	else if (!json)
		text_complain("%s: byte 0x%x is not as in the image", memory->name,
			      difference->offset);
	if (!json)
		return;
	object = json_object_new_object();
	json_add_text(object, "memory", memory->name);
	json_add(object, "equal", json_object_new_boolean(equal));
	json_add_number(object, "offset", equal ? -1 : (long long)difference->offset);
	json_print(object, true);
}

static enum exit_code id_verify(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	struct memory_change difference = { .bytes = 0 };
	static struct image image;
	struct memory memory;
	enum exit_code code;
	int ret;

	code = image_open_memory(&image, &memory, settings, count, operands, false);
	if (code)
		return code;
	ret = memory_compare(&memory, memory.window, image.bytes, image.size, &difference);
	if (ret < 0)
		text_complain("%s: byte 0x%x: %s", memory.name, difference.offset, strerror(-ret));
	else
		print_result(&memory, &image, &difference, !ret, settings->json);
	memory_close(&memory);
	if (ret < 0)
		return exit_code_of_error(ret);
	return ret ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}

static const struct option_description *const id_verify_options[] = {
	&option_i2c, &option_address_width, &option_offset, &option_json, NULL,
};

const struct command id_verify_command = {
	.name = "id verify",
	.operands = "IMAGE [FILE]",
	.completion = "file file",
	.summary = "compare a memory with an image",
	.description =
		"Compare FILE, or an EEPROM on an I2C bus, with IMAGE, or - for standard input, byte\n"
		"for byte; what is behind the image does not matter. Nothing is ever written.",
	.operands_min = 1,
	.operands_max = 2,
	.options = id_verify_options,
	.standalone = true,
	.run = id_verify,
};
