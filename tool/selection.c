// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which connectors a command is about: those that the user names, else all.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connector.h"
#include "selection.h"
#include "sysfs.h"
#include "text.h"

static enum exit_code list_all(struct selection *selection, const struct context *context)
{
	int ret = sysfs_list(context->class, &selection->names, &selection->count);

	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot list the connectors: %s", strerror(-ret));
	return exit_code_of_error(ret);
}

static void complain_about_name(const struct context *context, const char *name)
{
	struct selection all = {};
	char *list = NULL;
	size_t i, size;
	FILE *stream;

	if (sysfs_list(context->class, &all.names, &all.count))
		return;
	stream = open_memstream(&list, &size);
	for (i = 0; stream && i < all.count; i++)
		fprintf(stream, "%s%s", i ? ", " : "", all.names[i]);
	if (stream)
		fclose(stream);
	text_complain("there is no connector \"%s\"; this board has: %s", name,
		      list && *list ? list : "none");
	free(list);
	selection_free(&all);
}

static enum exit_code check_name(const struct context *context, const char *name)
{
	int fd = connector_open(context->class, name);

	if (fd >= 0) {
		close(fd);
		return EXIT_CODE_OK;
	}
	complain_about_name(context, name);
	return EXIT_CODE_NO_CONNECTOR;
}

static enum exit_code add_name(struct selection *selection, const struct context *context,
			       const char *name)
{
	enum exit_code code = check_name(context, name);

	if (code)
		return code;
	selection->names[selection->count] = strdup(name);
	if (!selection->names[selection->count]) {
		text_complain("out of memory");
		return EXIT_CODE_FAILED;
	}
	selection->count++;
	return EXIT_CODE_OK;
}

/**
 * selection_make() - the connectors that the operands name, or all
 * @selection: filled, to be freed with selection_free() unless this fails
 * @context: the context
 * @count: number of operands
 * @operands: names of connectors
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code selection_make(struct selection *selection, const struct context *context, int count,
			      char **operands)
{
	enum exit_code code = EXIT_CODE_OK;
	int i;

	*selection = (struct selection){ .named = count > 0 };
	if (!count)
		return list_all(selection, context);
	selection->names = calloc((size_t)count, sizeof(*selection->names));
	if (!selection->names) {
		text_complain("out of memory");
		return EXIT_CODE_FAILED;
	}
	for (i = 0; !code && i < count; i++)
		code = add_name(selection, context, operands[i]);
	if (code)
		selection_free(selection);
	return code;
}

/**
 * selection_make_one() - the connector that the operand names, or the only one
 * @selection: filled with one name, to be freed with selection_free() unless this fails
 * @context: the context
 * @operand: name of the connector; NULL for the only one of the board
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code selection_make_one(struct selection *selection, const struct context *context,
				  const char *operand)
{
	char *operands[] = { (char *)operand };
	enum exit_code code = selection_make(selection, context, operand ? 1 : 0, operands);

	if (code || selection->count == 1)
		return code;
	if (selection->count)
		text_complain("this board has %zu connectors: say which one", selection->count);
	else
		text_complain("this board has no connector");
	code = selection->count ? EXIT_CODE_USAGE : EXIT_CODE_NO_CONNECTOR;
	selection_free(selection);
	return code;
}

/**
 * selection_free() - free the names
 * @selection: the selection; empty afterwards
 */
void selection_free(struct selection *selection)
{
	sysfs_free_list(selection->names, selection->count);
	*selection = (struct selection){};
}
