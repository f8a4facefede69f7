// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree id write: put an image into a memory.
 */
#include <errno.h>
#include <string.h>

#include "command.h"
#include "image.h"
#include "json.h"
#include "text.h"

static enum exit_code complain(const struct memory *memory, const struct memory_change *change,
			       int error)
{
	bool width_uncertain = memory->width == 8 && !memory->width_known;
	const char *problem = strerror(-error);

	if (error == -EROFS && width_uncertain)
		problem = "writing has no effect: it is write-protected, or has 16-bit addresses";
	else if (error == -EROFS)
		problem = "writing has no effect: it is write-protected";
	else if (error == -EILSEQ)
		problem = "something else is read back";
	text_complain("%s: byte 0x%x: %s; %u bytes before it were changed", memory->name,
		      change->offset, problem, change->bytes);
	return exit_code_of_error(error);
}

static void print_result(const struct memory *memory, const struct image *image,
			 const struct memory_change *change, bool json)
{
	struct json_object *object;

	if (!json) {
		printf("%s: %zu bytes are in place, %u of them written anew and read back\n",
		       memory->name, image->size, change->bytes);
		return;
	}
	object = json_object_new_object();
	json_add_text(object, "memory", memory->name);
	json_add_number(object, "size", (long long)image->size);
	json_add_number(object, "written", change->bytes);
	json_print(object, true);
}

static enum exit_code id_write(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	struct memory_change change;
	static struct image image;
	struct memory memory;
	enum exit_code code;
	int error;

	code = image_open_memory(&image, &memory, settings, count, operands, true);
	if (code)
		return code;
	error = memory_write(&memory, memory.window, image.bytes, image.size, &change);
	if (error)
		code = complain(&memory, &change, error);
	else
		print_result(&memory, &image, &change, settings->json);
	memory_close(&memory);
	return code;
}

static const struct option_description *const id_write_options[] = {
	&option_i2c, &option_address_width, &option_offset, &option_json, NULL,
};

const struct command id_write_command = {
	.name = "id write",
	.operands = "IMAGE [FILE]",
	.completion = "file file",
	.summary = "put an image into a memory",
	.description =
		"Write IMAGE, or - for standard input, into FILE, best a driver's file of an EEPROM\n"
		"such as /sys/bus/i2c/devices/1-0050/eeprom, or into an EEPROM on an I2C bus. Only\n"
		"what differs is written, and it is read back. With --i2c the width of the part's\n"
		"addresses has to be given, and is refused if the part behaves otherwise.",
	.operands_min = 1,
	.operands_max = 2,
	.options = id_write_options,
	.standalone = true,
	.run = id_write,
};
