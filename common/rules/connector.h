/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Is a connector's own node what an overlay may rely on?
 */
#ifndef PLUGTREE_RULES_CONNECTOR_H
#define PLUGTREE_RULES_CONNECTOR_H

#include "../reasons.h"
#include "tree.h"

int rules_check_connector(const struct tree *base, tree_node connector,
			  struct plugtree_refusal *refusal);

#endif
