/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Phandles: new numbers for the overlay's own, live numbers for its labels.
 */
#ifndef PLUGTREE_PHANDLES_H
#define PLUGTREE_PHANDLES_H

#include "common/reasons.h"

struct overlay;

int phandles_resolve(struct overlay *overlay, struct plugtree_refusal *refusal);

#endif
