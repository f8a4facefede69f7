/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Extension buses: children of a connector that stand for a bus of the base board.
 */
#ifndef PLUGTREE_EXTENSION_H
#define PLUGTREE_EXTENSION_H

struct device_node;

struct device_node *extension_parent(const struct device_node *extension, const char *property);

#endif
