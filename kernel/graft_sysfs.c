// SPDX-License-Identifier: GPL-2.0-only
/*
 * What sysfs has of a graft.
 *
 * Attaching nodes does not tell whether there was memory for their files, and detaching them takes
 * for granted that there was: it puts the reference that only __of_attach_node_sysfs() of a node
 * that got its directory has taken, and looks for the files of all properties by names that
 * __of_add_property_sysfs() may have had no memory for (drivers/of/kobj.c).
 */
#include <linux/of.h>
#include <linux/slab.h>

#include "graft_sysfs.h"

static bool graft_sysfs_has_names(struct device_node *node)
{
	struct property *property;
	bool complete = true;

	for_each_property_of_node(node, property) {
		if (property->attr.attr.name)
			continue;
		/* Without a name the node could never be detached, so this has to wait. */
		property->attr.attr.name = kstrdup(property->name, GFP_KERNEL | __GFP_NOFAIL);
		complete = false;
	}
	return complete;
}

/**
 * graft_sysfs_complete() - did sysfs take a node?
 * @node: the node, which was just attached
 *
 * Where it did not, the node is put right for being detached, which is all that may be done with it
 * then: no node may be attached below it. That the file of a property is missing, but not its name,
 * does no harm.
 *
 * Context: Process context, may sleep. Nobody else detaches the node.
 * Return: true if nothing is amiss.
 */
bool graft_sysfs_complete(struct device_node *node)
{
	if (node->kobj.state_in_sysfs)
		return graft_sysfs_has_names(node);
	of_node_get(node);
	return false;
}
