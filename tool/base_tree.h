/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device tree of a base board, and the connectors in it.
 */
#ifndef TOOL_BASE_TREE_H
#define TOOL_BASE_TREE_H

#include <limits.h>

#include "blob.h"
#include "common/id/id.h"
#include "common/rules/tree.h"
#include "exit_code.h"

/* Bytes of a connector's name, with those of the connectors that it is behind. */
#define CONNECTOR_NAME_SIZE (8 * ID_TEXT_SIZE)

/**
 * struct socket_list - connectors of a base tree
 * @paths: the paths of their nodes
 * @count: how many
 */
struct socket_list {
	char (*paths)[PATH_MAX];
	size_t count;
};

enum exit_code base_tree_read(struct blob *base, const char *path);
enum exit_code overlay_read(struct blob *overlay, const char *file);
enum exit_code base_tree_list_connectors(const struct blob *base, struct socket_list *list);
enum exit_code base_tree_connectors(const struct blob *base, const char *wanted,
				    struct socket_list *list);
int base_tree_connector_name(const struct tree *base, tree_node connector,
			     char name[CONNECTOR_NAME_SIZE]);
void socket_list_free(struct socket_list *list);

#endif
