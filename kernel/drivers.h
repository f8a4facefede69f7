/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The drivers of an overlay: asked for before its nodes are in the tree.
 */
#ifndef PLUGTREE_DRIVERS_H
#define PLUGTREE_DRIVERS_H

struct overlay;
struct plugtree_connector;

void drivers_forget_absent(void);
void drivers_request(struct plugtree_connector *connector, struct overlay *overlay);

#endif
