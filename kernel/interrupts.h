/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The base board's interrupt lines that an add-on's devices used.
 */
#ifndef PLUGTREE_INTERRUPTS_H
#define PLUGTREE_INTERRUPTS_H

struct device_node;
struct graft;

void interrupts_release(struct graft *graft);
void interrupts_release_controller(struct graft *graft, const struct device_node *controller);

#endif
