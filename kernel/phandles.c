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

/**
 * struct phandles - the numbers of one overlay
 * @numbers: from the overlay's to the live ones
 * @next: the next live one
 * @refusal: where a refusal goes
 */
struct phandles {
	struct xarray numbers;
	phandle next;
	struct plugtree_refusal *refusal;
};

/*
 * The number that counts is that of the property "phandle", as for the rules: the unflattener also
 * takes old names of it.
 */
static int phandles_renumber(struct phandles *phandles, struct device_node *node)
{
	u32 number;

	node->phandle = 0;
	if (of_property_read_u32(node, "phandle", &number))
		return 0;
	if (phandles->next == 0xffffffff)
		return plugtree_refuse(phandles->refusal, PLUGTREE_APPLY_FAILED,
				       "the tree has no phandle left");
	if (xa_err(xa_store(&phandles->numbers, number, xa_mk_value(phandles->next), GFP_KERNEL)))
		return plugtree_refuse(phandles->refusal, PLUGTREE_NO_MEMORY, "phandles");
	node->phandle = phandles->next++;
	return 0;
}

/* Only what is added gets numbers: those of other nodes could be the same. */
static int phandles_renumber_subtree(void *arg, tree_node top, tree_node base_parent)
{
	struct device_node *root = tree_to_node(top);
	struct device_node *node;
	int ret = 0;

	for (node = root; node && !ret; node = scratch_next(root, node))
		ret = phandles_renumber(arg, node);
	return ret;
}

static int phandles_set_local(void *arg, const struct rules_fixup *fixup)
{
	struct phandles *phandles = arg;
	u8 *cell = (u8 *)fixup->property.value + fixup->offset;
	void *number = xa_load(&phandles->numbers, get_unaligned_be32(cell));

	put_unaligned_be32(xa_to_value(number), cell);
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
	struct phandles phandles = { .next = phandles_highest() + 1, .refusal = refusal };
	int ret;

	xa_init(&phandles.numbers);
	ret = rules_for_each_new_node(overlay->plan, phandles_renumber_subtree, &phandles);
	ret = ret ?: rules_for_each_local_fixup(overlay->plan, phandles_set_local, &phandles);
	ret = ret ?: rules_for_each_fixup(overlay->plan, phandles_set_label, NULL);
	xa_destroy(&phandles.numbers);
	return ret;
}
