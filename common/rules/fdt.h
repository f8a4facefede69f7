/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The reader over libfdt. User space only.
 */
#ifndef PLUGTREE_RULES_FDT_H
#define PLUGTREE_RULES_FDT_H

#include "tree.h"

void fdt_tree_init(struct tree *tree, const void *blob);
tree_node fdt_tree_node(int offset);
int fdt_tree_offset(tree_node node);

#endif
