/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the properties of an accepted overlay become in the live tree.
 *
 * Phandles apart, a property stays as it is unless a rewriter of the table in live.c has another
 * value for it. The kernel asks while it clones, the tool while it merges.
 */
#ifndef PLUGTREE_LIVE_H
#define PLUGTREE_LIVE_H

#include "../rules/rules.h"

/**
 * struct live - one overlay on its way to the live tree
 * @overlay: the overlay
 * @plan: the rules' answer on it, its references made live already
 * @connector: name of the connector
 * @follows_pwm_map: does the kernel's PWM core know pwm-map?
 */
struct live {
	const struct tree *overlay;
	const struct rules_plan *plan;
	const char *connector;
	bool follows_pwm_map;
};

int live_property(const struct live *live, tree_node node, struct tree_property *property,
		  void **memory);
bool live_default_name(const struct live *live, tree_node node, struct tree_property *property);
int live_own_name(const struct tree *base, tree_node connector, char *name, size_t size);

/* The rewriters, each with live_property()'s contract; @memory is NULL when they are called. */
int live_pwm_map(const struct live *live, tree_node node, struct tree_property *property,
		 void **memory);
int live_global_names(const struct live *live, tree_node node, struct tree_property *property,
		      void **memory);

#endif
