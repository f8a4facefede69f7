/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The base board's interrupt lines that an add-on's devices used.
 */
#ifndef PLUGTREE_INTERRUPTS_H
#define PLUGTREE_INTERRUPTS_H

struct graft;

void interrupts_release(struct graft *graft);

#endif
