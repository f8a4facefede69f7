// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Listings of connectors.
 */
#include <errno.h>
#include <string.h>

#include "json.h"
#include "listing.h"
#include "selection.h"
#include "text.h"

static enum exit_code show_all(const struct context *context, const struct selection *selection,
			       struct json_object *array, listing_show_t *show)
{
	bool first = true;
	size_t i;
	int ret;

	for (i = 0; i < selection->count; i++) {
		ret = show(context, selection->names[i], array, first);
		/* One that goes while the board is looked at is no longer part of the answer. */
		if (ret == -ENOENT && !selection->named)
			continue;
		if (ret) {
			text_complain("%s: cannot read the connector: %s", selection->names[i],
				      strerror(-ret));
			return ret == -ENOENT ? EXIT_CODE_NO_CONNECTOR : exit_code_of_error(ret);
		}
		first = false;
	}
	if (first && !array)
		puts("This board has no connectors.");
	return EXIT_CODE_OK;
}

/**
 * listing_print() - print something about connectors
 * @context: the context; with --json one object is printed, with one array in it
 * @count: number of operands
 * @operands: names of the connectors, none for all
 * @member: name of the array
 * @show: shows one connector
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code listing_print(const struct context *context, int count, char **operands,
			     const char *member, listing_show_t *show)
{
	struct json_object *object = NULL;
	struct json_object *array = NULL;
	struct selection selection;
	enum exit_code code = selection_make(&selection, context, count, operands);

	if (code)
		return code;
	if (context->settings->json) {
		object = json_object_new_object();
		array = json_object_new_array();
		json_add(object, member, array);
	}
	code = show_all(context, &selection, array, show);
	selection_free(&selection);
	if (object && code)
		json_object_put(object);
	else if (object)
		json_print(object, true);
	return code;
}
