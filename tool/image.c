// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The image of an identity, and the memory that it is for.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "image.h"
#include "text.h"

/**
 * image_read() - read an image
 * @image: filled
 * @path: the file, "-" for standard input
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code image_read(struct image *image, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	const char *problem = NULL;

	if (!file) {
		text_complain("%s: %s", path, strerror(errno));
		return exit_code_of_error(-errno);
	}
	image->size = fread(image->bytes, 1, sizeof(image->bytes), file);
	if (ferror(file))
		problem = strerror(errno);
	else if (!image->size)
		problem = "it is empty";
	else if (fgetc(file) != EOF)
		problem = "it is larger than any memory";
	if (file != stdin)
		fclose(file);
	if (problem)
		text_complain("%s: %s", path, problem);
	return problem ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}

/**
 * image_open_memory() - read an image and open the memory that it is for
 * @image: filled
 * @memory: filled; to be closed after success
 * @settings: the settings
 * @count: number of operands, 1 or 2
 * @operands: the image's file; the memory's, if it is one
 * @writing: for writing, too
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code image_open_memory(struct image *image, struct memory *memory,
				 const struct settings *settings, int count, char **operands,
				 bool writing)
{
	enum exit_code code = image_read(image, operands[0]);

	if (!code)
		code = memory_open(memory, settings, count > 1 ? operands[1] : NULL, writing);
	if (code)
		return code;
	if (image->size > memory->size - memory->window) {
		text_complain("%s: %zu bytes do not fit, there is room for %u", memory->name,
			      image->size, memory->size - memory->window);
		memory_close(memory);
		return EXIT_CODE_FAILED;
	}
	return EXIT_CODE_OK;
}
