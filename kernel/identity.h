/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The identity of an add-on, read through the nodes of the ID overlay.
 */
#ifndef PLUGTREE_IDENTITY_H
#define PLUGTREE_IDENTITY_H

#include "common/id/id.h"
#include "common/reasons.h"

struct device_node;

int identity_read(struct device_node *connector, struct id_identity *identity,
		  struct plugtree_refusal *refusal);

#endif
