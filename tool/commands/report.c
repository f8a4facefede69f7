// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree report: a page about the connectors, to look at and to send to somebody.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "blob.h"
#include "command.h"
#include "page.h"
#include "selection.h"
#include "sysfs.h"
#include "text.h"

#define BOARD_SIZE 256

static void read_board(char board[BOARD_SIZE], const char *sysroot)
{
	int root = open(sysroot, O_PATH | O_DIRECTORY | O_CLOEXEC);

	*board = '\0';
	if (root < 0)
		return;
	sysfs_read(root, "sys/firmware/devicetree/base/model", board, BOARD_SIZE);
	close(root);
}

/* For pages that are the same each time they are made. */
static time_t time_of_report(void)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");

	return given ? (time_t)strtoll(given, NULL, 10) : time(NULL);
}

/* One that goes while the board is looked at is no longer part of the report. */
static size_t read_entries(struct page_entry *entries, const struct context *context,
			   const struct selection *selection)
{
	size_t count = 0, i;

	for (i = 0; i < selection->count; i++) {
		struct page_entry *entry = &entries[count];
		const char *name = selection->names[i];

		if (connector_read(&entry->connector, context->class, name) ||
		    steps_read(&entry->steps, context->class, name))
			continue;
		/* Without a list there are none to show. */
		device_list(&entry->devices, &entry->device_count, context->class, name);
		count++;
	}
	return count;
}

static enum exit_code put_page(const char *output, char *text, size_t size)
{
	struct blob blob = { .bytes = text, .size = size };
	int ret;

	if (!output) {
		fwrite(text, 1, size, stdout);
		return EXIT_CODE_OK;
	}
	ret = blob_write(&blob, output);
	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot write %s: %s", output, strerror(-ret));
	return exit_code_of_file_error(ret);
}

static enum exit_code write_report(const struct context *context, const struct page_entry *entries,
				   size_t count)
{
	enum exit_code code = EXIT_CODE_FAILED;
	char board[BOARD_SIZE];
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	read_board(board, context->settings->sysroot);
	if (stream)
		page_write(stream, board, time_of_report(), entries, count);
	if (stream && !fclose(stream))
		code = put_page(context->settings->output, text, size);
	else
		text_complain("out of memory");
	free(text);
	return code;
}

static enum exit_code report(const struct context *context, int count, char **operands)
{
	struct selection selection;
	enum exit_code code = selection_make(&selection, context, count, operands);
	struct page_entry *entries;
	size_t filled, i;

	if (code)
		return code;
	entries = calloc(selection.count + 1, sizeof(*entries));
	if (entries) {
		filled = read_entries(entries, context, &selection);
		code = write_report(context, entries, filled);
		for (i = 0; i < filled; i++)
			free(entries[i].devices);
	} else {
		text_complain("out of memory");
		code = EXIT_CODE_FAILED;
	}
	free(entries);
	selection_free(&selection);
	return code;
}

static const struct option_description *const report_options[] = { &option_output_page, NULL };

const struct command report_command = {
	.name = "report",
	.operands = "[CONNECTOR...]",
	.completion = "connector...",
	.summary = "write a page about the connectors: HTML",
	.description =
		"Write one page about each CONNECTOR, or all: what is in it, its devices and drivers as\n"
		"a tree, the timeline of its last insertion, counters, and the last refusals with\n"
		"their reasons. The page is one file and asks for nothing over the network.",
	.operands_max = OPERANDS_UNLIMITED,
	.options = report_options,
	.run = report,
};
