/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The quarantine: nodes that are out of the tree, until nobody holds them.
 */
#ifndef PLUGTREE_QUARANTINE_H
#define PLUGTREE_QUARANTINE_H

struct dentry;
struct graft;

void quarantine_init(struct dentry *debugfs);
void quarantine_exit(void);
void quarantine_add(struct graft *graft);
unsigned int quarantine_count(void);

#endif
