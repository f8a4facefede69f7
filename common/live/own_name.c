// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What a connector is called among those of its board or add-on.
 */
#include "../id/id.h"
#include "live.h"

/**
 * live_own_name() - the name of a connector, without those of the connectors that it is behind
 * @base: the tree
 * @connector: the connector's node
 * @name: filled: the node's "label", or its own name without one, as far as it is good in a path
 *	and a uevent
 * @size: bytes of @name
 *
 * Return: 0; -ENOENT when nothing usable is in it; -ENOSPC when @name is too small.
 */
int live_own_name(const struct tree *base, tree_node connector, char *name, size_t size)
{
	struct id_identity identity = {};
	const char *text = tree_name(base, connector);
	struct tree_property label;

	if (tree_find(base, connector, "label", &label) && label.size > 0 &&
	    memchr(label.value, 0, (size_t)label.size))
		text = label.value;
	snprintf(identity.model, sizeof(identity.model), "%s", text);
	return id_file_name(&identity, ID_MODEL, name, size);
}
