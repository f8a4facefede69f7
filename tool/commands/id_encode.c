// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree id encode: from a small text to the image of an identity.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "common/id/encode.h"
#include "id_description.h"
#include "image.h"
#include "text.h"

static enum exit_code encode(const char *path, struct image *image)
{
	struct id_description description;
	int ret = id_description_read(&description, path);

	if (ret)
		return exit_code_of_error(ret);
	ret = id_encode(description.format, &description.identity, 0, description.size,
			image->bytes, sizeof(image->bytes));
	if (!description.size && ret == (int)sizeof(image->bytes)) {
		text_complain("%s: format %s fills its window, whose size is missing", path,
			      description.format);
		return EXIT_CODE_FAILED;
	}
	if (ret < 0) {
		text_complain("%s: format %s %s", path, description.format,
			      ret == -ENOSPC ? "has not so much room" :
					       "cannot express this identity");
		return EXIT_CODE_FAILED;
	}
	image->size = (size_t)ret;
	return EXIT_CODE_OK;
}

static enum exit_code write_file(const struct image *image, const char *path)
{
	FILE *file = fopen(path, "we");
	bool failed = !file || fwrite(image->bytes, 1, image->size, file) != image->size;

	if (file && fclose(file))
		failed = true;
	if (!failed)
		return EXIT_CODE_OK;
	text_complain("%s: %s", path, strerror(errno));
	return exit_code_of_error(-errno);
}

static enum exit_code id_encode_run(const struct context *context, int count, char **operands)
{
	static struct image image;
	enum exit_code code;

	if (count == 1 && isatty(STDOUT_FILENO)) {
		text_complain("an image is nothing for a terminal: name a file");
		return EXIT_CODE_USAGE;
	}
	code = encode(operands[0], &image);
	if (code)
		return code;
	if (count > 1)
		return write_file(&image, operands[1]);
	fwrite(image.bytes, 1, image.size, stdout);
	return EXIT_CODE_OK;
}

static const struct option_description *const id_encode_options[] = { NULL };

const struct command id_encode_command = {
	.name = "id encode",
	.operands = "DESCRIPTION [IMAGE]",
	.completion = "file file",
	.summary = "make the image of an identity from a small text",
	.description =
		"Make the image of an identity, as a file or on standard output. DESCRIPTION, or - for\n"
		"standard input, is a text of lines \"KEY VALUE\" with the keys format, vendor, model,\n"
		"revision, serial and size; all but format and model may be missing. The size is that\n"
		"of the window, for the formats raw and number.",
	.operands_min = 1,
	.operands_max = 2,
	.options = id_encode_options,
	.standalone = true,
	.run = id_encode_run,
};
