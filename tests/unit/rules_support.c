// SPDX-License-Identifier: GPL-2.0-or-later
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules_support.h"

#define STEP 65536

static void give_up(const char *what, const char *about)
{
	fprintf(stderr, "%s: %s\n", what, about);
	exit(1);
}

/**
 * blob_copy() - bytes in memory of their exact size
 * @bytes: the bytes
 * @size: how many
 *
 * Return: the copy, to be given to blob_free().
 */
struct blob blob_copy(const void *bytes, size_t size)
{
	struct blob blob = { malloc(size ? size : 1), size };

	if (!blob.bytes)
		give_up("out of memory", "blob");
	memcpy(blob.bytes, bytes, size);
	return blob;
}

/**
 * blob_free() - forget a blob
 * @blob: the blob, empty afterwards
 */
void blob_free(struct blob *blob)
{
	free(blob->bytes);
	blob->bytes = NULL;
	blob->size = 0;
}

/**
 * blob_from_command() - what a command writes
 * @command: for the shell
 *
 * Return: its standard output; ends the test program when the command fails.
 */
struct blob blob_from_command(const char *command)
{
	FILE *pipe = popen(command, "r");
	struct blob blob;
	char *bytes = NULL;
	size_t size = 0;
	size_t count;

	if (!pipe)
		give_up("cannot run", command);
	do {
		bytes = realloc(bytes, size + STEP);
		if (!bytes)
			give_up("out of memory", command);
		count = fread(bytes + size, 1, STEP, pipe);
		size += count;
	} while (count);
	if (pclose(pipe))
		give_up("command failed", command);
	blob = blob_copy(bytes, size);
	free(bytes);
	return blob;
}

/**
 * blob_from_source() - a blob from its source
 * @path: a .dts or .dtso file
 *
 * Return: what dtc makes of it; ends the test program when dtc fails.
 */
struct blob blob_from_source(const char *path)
{
	char command[1024];

	snprintf(command, sizeof(command), "dtc -q -q -I dts -O dtb -o - '%s'", path);
	return blob_from_command(command);
}

/**
 * question_init() - a question about two blobs
 * @question: filled
 * @overlay: the overlay, accepted by rules_check_blob()
 * @base: the base tree
 * @connector: path of the connector in it; ends the test program when it is not there
 */
void question_init(struct question *question, const void *overlay, const void *base,
		   const char *connector)
{
	int offset = fdt_path_offset(base, connector);

	if (offset < 0)
		give_up("no such connector", connector);
	fdt_tree_init(&question->overlay, overlay);
	fdt_tree_init(&question->base, base);
	question->input.overlay = &question->overlay;
	question->input.base = &question->base;
	question->input.connector = fdt_tree_node(offset);
}

/**
 * judge() - the verdict as the tool and the kernel come to it
 * @overlay: the overlay, any bytes
 * @base: the base tree
 * @connector: path of the connector
 * @refusal: filled
 *
 * Return: 0, -EINVAL when the overlay is refused, -ENOMEM with the reason no-memory.
 */
int judge(const struct blob *overlay, const struct blob *base, const char *connector,
	  struct plugtree_refusal *refusal)
{
	struct question question;
	struct rules_plan *plan;
	int error;

	error = rules_check_blob(overlay->bytes, overlay->size, refusal);
	if (error)
		return error;
	question_init(&question, overlay->bytes, base->bytes, connector);
	plan = rules_make_plan(&question.input, refusal);
	rules_free_plan(plan);
	if (plan)
		return 0;
	return refusal->reason == PLUGTREE_NO_MEMORY ? -ENOMEM : -EINVAL;
}
