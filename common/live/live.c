// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The table of those who rewrite properties.
 */
#include "live.h"

typedef int (*live_rewriter)(const struct live *live, tree_node node,
			     struct tree_property *property, void **memory);

static const live_rewriter rewriters[] = { live_pwm_map, live_global_names };

/**
 * live_property() - a property as it is to be in the live tree
 * @live: the overlay
 * @node: the node of the overlay that has it
 * @property: the property; its value and size are replaced when they change
 * @memory: to be given to platform_free() once the value is no longer needed
 *
 * Return: 0, or -ENOMEM.
 */
int live_property(const struct live *live, tree_node node, struct tree_property *property,
		  void **memory)
{
	size_t index;
	int error = 0;

	*memory = NULL;
	for (index = 0; !error && !*memory && index < ARRAY_SIZE(rewriters); index++)
		error = rewriters[index](live, node, property, memory);
	return error;
}
