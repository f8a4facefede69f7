// SPDX-License-Identifier: GPL-2.0-only
/*
 * Phandles of an overlay.
 *
 * The overlay's own numbers are replaced one by one by numbers above the highest of the live tree,
 * not shifted: what an overlay claims as its numbers is outside data and could wrap.
 */
#include <linux/of.h>
#include <linux/unaligned.h>
#include <linux/xarray.h>

#include "overlay.h"
#include "phandles.h"
#include "tree.h"

static phandle phandles_highest(void)
{
	struct device_node *node;
	phandle highest = 0;

	for (node = of_find_all_nodes(NULL); node; node = of_find_all_nodes(node)) {
		if (node->phandle != (phandle)OF_BAD_ADDR && node->phandle > highest &&
		    node->phandle != 0xffffffff)
			highest = node->phandle;
	}
	return highest;
}

static struct device_node *scratch_next(struct device_node *root, struct device_node *node)
{
	if (node->child)
		return node->child;
	while (node != root && !node->sibling)
		node = node->parent;
	return node == root ? NULL : node->sibling;
}

/* Gives every node of the scratch tree its live number; @numbers maps the old ones to the new. */
static int phandles_renumber(struct overlay *overlay, struct xarray *numbers,
			     struct plugtree_refusal *refusal)
{
	phandle next = phandles_highest() + 1;
	struct device_node *node;

	for (node = overlay->root; node; node = scratch_next(overlay->root, node)) {
		if (!node->phandle)
			continue;
		if (next == 0xffffffff)
			return plugtree_refuse(refusal, PLUGTREE_APPLY_FAILED,
					       "the tree has no phandle left");
		if (xa_err(xa_store(numbers, node->phandle, xa_mk_value(next), GFP_KERNEL)))
			return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "phandles");
		node->phandle = next++;
	}
	return 0;
}

static int phandles_set_local(void *arg, const struct rules_fixup *fixup)
{
	struct xarray *numbers = arg;
	u8 *cell = (u8 *)fixup->property.value + fixup->offset;

	put_unaligned_be32(xa_to_value(xa_load(numbers, get_unaligned_be32(cell))), cell);
	return 0;
}

static int phandles_set_label(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	put_unaligned_be32(phandle, (u8 *)fixup->property.value + fixup->offset);
	return 0;
}

/**
 * phandles_resolve() - make all references of an accepted overlay live
 * @overlay: the overlay; its scratch tree is changed
 * @refusal: filled on failure
 *
 * Context: Process context, may sleep. The caller keeps other grafts away until this one is
 *          applied, else two get the same numbers.
 * Return: 0 or -EINVAL.
 */
int phandles_resolve(struct overlay *overlay, struct plugtree_refusal *refusal)
{
	struct xarray numbers;
	int ret;

	xa_init(&numbers);
	ret = phandles_renumber(overlay, &numbers, refusal);
	ret = ret ?: rules_for_each_local_fixup(&overlay->input, phandles_set_local, &numbers);
	ret = ret ?: rules_for_each_fixup(&overlay->input, phandles_set_label, NULL);
	xa_destroy(&numbers);
	return ret;
}
