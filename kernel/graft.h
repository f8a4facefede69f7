/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The graft: the set of nodes that one overlay added. Owned by one connector, removed as a whole.
 */
#ifndef PLUGTREE_GRAFT_H
#define PLUGTREE_GRAFT_H

#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/of.h>

#include "common/reasons.h"
#include "common/rules/tree.h"

struct device;
struct device_entry;
struct overlay;

/**
 * struct graft_node - one node of a graft
 * @list: in graft.nodes
 * @node: the node; this structure holds one reference
 * @changeset: one entry, which attaches the node
 * @parent: the graft's node above it, NULL where the base tree is above
 * @device: the device that was made of it, after its removal; one reference
 * @pinned: somebody holds the node or something below it (quarantine only)
 */
struct graft_node {
	struct list_head list;
	struct device_node *node;
	struct of_changeset changeset;
	struct graft_node *parent;
	struct device *device;
	bool pinned;
};

/**
 * struct graft_use - one node of a graft that refers to another one
 * @list: in graft.uses
 * @from: the node with the reference
 * @to: the node that it refers to
 * @consumer: the device of @from or of what is above it; NULL if there is none, or if there is no
 *	other one for @to. While the devices are being removed only, as the next
 * @supplier: the device of @to, or of what is above it
 */
struct graft_use {
	struct list_head list;
	struct graft_node *from;
	struct graft_node *to;
	struct device_entry *consumer;
	struct device_entry *supplier;
};

/**
 * struct graft - a graft
 * @list: in the quarantine
 * @removed_at: when it came into the quarantine
 * @nodes: struct graft_node, parents before children
 * @uses: struct graft_use; empty once the graft is out of the tree
 * @count: number of nodes
 */
struct graft {
	struct list_head list;
	ktime_t removed_at;
	struct list_head nodes;
	struct list_head uses;
	unsigned int count;
};

/**
 * struct graft_progress - who is told that a graft goes on
 * @tell: called for each node when it is built and when it is attached; must be quick, may sleep
 * @arg: handed to @tell
 */
struct graft_progress {
	void (*tell)(void *arg);
	void *arg;
};

struct graft *graft_apply(struct overlay *overlay, const char *connector,
			  const struct graft_progress *progress, struct plugtree_refusal *refusal);
struct graft *graft_add_node(struct device_node *parent, const char *name,
			     const struct tree_property *properties, unsigned int count,
			     struct plugtree_refusal *refusal);
struct device_node *graft_first_node(const struct graft *graft);
void graft_remove(struct graft *graft);
void graft_keep_device(struct graft *graft, struct device_node *node, struct device *device);

#endif
