/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An overlay file, read and checked, not yet in the tree.
 */
#ifndef PLUGTREE_OVERLAY_H
#define PLUGTREE_OVERLAY_H

#include <linux/of.h>

#include "common/reasons.h"
#include "common/rules/rules.h"

/**
 * struct overlay - an overlay and what it is to be grafted to
 * @blob: our copy of the file; the scratch tree points into it
 * @memory: the scratch tree
 * @root: its root
 * @tree: @root for the rules
 * @base: the live tree for the rules
 * @input: the question to the rules
 * @plan: their answer
 */
struct overlay {
	void *blob;
	void *memory;
	struct device_node *root;
	struct tree tree;
	struct tree base;
	struct rules_input input;
	struct rules_plan *plan;
};

struct overlay *overlay_unpack(const void *data, size_t size, struct plugtree_refusal *refusal);
int overlay_check(struct overlay *overlay, struct device_node *connector,
		  struct plugtree_refusal *refusal);
void overlay_free(struct overlay *overlay);

#endif
