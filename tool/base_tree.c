// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Base trees: from a file, checked as a whole, so that libfdt may be trusted with them.
 */
#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "base_tree.h"
#include "common/live/live.h"
#include "text.h"

/* The first version of the format in which a node has its name, not its path. */
#define VERSION_OF_SHORT_NAMES 16

/* No board has this many connectors. */
#define CONNECTORS_MAX 1024

static const char *what_is_wrong(const struct blob *base)
{
	if (base->size < sizeof(struct fdt_header))
		return "too short for a device tree blob";
	if (fdt_magic(base->bytes) != FDT_MAGIC)
		return "no device tree blob";
	if (fdt_totalsize(base->bytes) > base->size)
		return "the blob is truncated";
	/* With older ones fdt_check_full() of libfdt 1.6 may read through a null pointer. */
	if (fdt_version(base->bytes) < VERSION_OF_SHORT_NAMES)
		return "the version of the blob is too old";
	return fdt_check_full(base->bytes, base->size) ? "the blob is damaged" : NULL;
}

/**
 * base_tree_read() - read a base tree
 * @base: filled, to be given to blob_free() whatever the result
 * @path: the file
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code base_tree_read(struct blob *base, const char *path)
{
	int ret = blob_read(base, path);
	const char *wrong;

	if (ret) {
		text_complain("cannot read the base tree %s: %s", path, strerror(-ret));
		return exit_code_of_file_error(ret);
	}
	wrong = what_is_wrong(base);
	if (!wrong)
		return EXIT_CODE_OK;
	text_complain("cannot use the base tree %s: %s", path, wrong);
	return EXIT_CODE_UNREADABLE;
}

/**
 * overlay_read() - read an overlay
 * @overlay: filled with whatever is in the file, to be given to blob_free()
 * @file: its name
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code overlay_read(struct blob *overlay, const char *file)
{
	int ret = blob_read(overlay, file);

	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot read %s: %s", file, strerror(-ret));
	return exit_code_of_file_error(ret);
}

static int add_connector(struct socket_list *list, const void *base, int node)
{
	void *grown = array_grow(list->paths, list->count, sizeof(*list->paths));

	if (!grown)
		return -ENOMEM;
	list->paths = grown;
	if (!fdt_get_path(base, node, list->paths[list->count], sizeof(*list->paths)))
		list->count++;
	return 0;
}

static int list_all(struct socket_list *list, const void *base)
{
	int node = fdt_node_offset_by_compatible(base, -1, "plugtree,connector");
	int ret = 0;

	while (!ret && node >= 0 && list->count < CONNECTORS_MAX) {
		ret = add_connector(list, base, node);
		node = fdt_node_offset_by_compatible(base, node, "plugtree,connector");
	}
	return ret;
}

static void complain_about_connector(const struct socket_list *all, const char *wanted)
{
	char *names = NULL;
	size_t i, size;
	FILE *stream = open_memstream(&names, &size);

	for (i = 0; stream && i < all->count; i++)
		fprintf(stream, "%s%s", i ? ", " : "", all->paths[i]);
	if (stream)
		fclose(stream);
	if (wanted)
		text_complain("there is no connector \"%s\"; the base tree has: %s", wanted,
			      names && *names ? names : "none");
	else
		text_complain("the base tree has no connector");
	free(names);
}

/* Leaves the one that is wanted, if it is there. */
static bool choose(struct socket_list *list, const char *wanted)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (strcmp(list->paths[i], wanted))
			continue;
		memmove(list->paths[0], list->paths[i], sizeof(*list->paths));
		list->count = 1;
		return true;
	}
	return false;
}

/**
 * base_tree_list_connectors() - all connectors of a base tree
 * @base: the base tree
 * @list: filled, to be given to socket_list_free() whatever the result
 *
 * Return: EXIT_CODE_OK, also when there is none, or another code after a complaint.
 */
enum exit_code base_tree_list_connectors(const struct blob *base, struct socket_list *list)
{
	*list = (struct socket_list){};
	if (!list_all(list, base->bytes))
		return EXIT_CODE_OK;
	text_complain("out of memory");
	return EXIT_CODE_FAILED;
}

/**
 * base_tree_connectors() - the connectors of a base tree
 * @base: the base tree
 * @wanted: path of the only one to take; NULL for all
 * @list: filled, to be given to socket_list_free() whatever the result
 *
 * Return: EXIT_CODE_OK when there is one at least, or another code after a complaint.
 */
enum exit_code base_tree_connectors(const struct blob *base, const char *wanted,
				    struct socket_list *list)
{
	enum exit_code code = base_tree_list_connectors(base, list);

	if (code || (wanted ? choose(list, wanted) : list->count > 0))
		return code;
	complain_about_connector(list, wanted);
	return EXIT_CODE_NO_CONNECTOR;
}

static bool is_connector(const struct tree *base, tree_node node)
{
	struct tree_property compatible;

	return tree_find(base, node, "compatible", &compatible) &&
	       rules_has_string(&compatible, "plugtree,connector");
}

/* Puts the name of a connector and a dot in front. */
static int prepend_name(const struct tree *base, tree_node outer, char name[CONNECTOR_NAME_SIZE])
{
	char own[ID_TEXT_SIZE], all[CONNECTOR_NAME_SIZE];
	int ret = live_own_name(base, outer, own, sizeof(own));

	if (ret)
		return ret;
	if (snprintf(all, sizeof(all), "%s.%s", own, name) >= (int)sizeof(all))
		return -ENOSPC;
	memcpy(name, all, sizeof(all));
	return 0;
}

/**
 * base_tree_connector_name() - what the kernel calls a connector
 * @base: the base tree
 * @connector: the connector
 * @name: filled: its own name, behind those of the connectors whose add-ons it is on: "main.mezz"
 *
 * Return: 0, or as live_own_name().
 */
int base_tree_connector_name(const struct tree *base, tree_node connector,
			     char name[CONNECTOR_NAME_SIZE])
{
	int ret = live_own_name(base, connector, name, CONNECTOR_NAME_SIZE);
	tree_node above = tree_parent(base, connector);

	for (; !ret && above; above = tree_parent(base, above)) {
		if (is_connector(base, above))
			ret = prepend_name(base, above, name);
	}
	return ret;
}

/**
 * socket_list_free() - free the paths
 * @list: the list; empty afterwards
 */
void socket_list_free(struct socket_list *list)
{
	free(list->paths);
	*list = (struct socket_list){};
}
