// SPDX-License-Identifier: GPL-2.0-only
/*
 * From an overlay file to a scratch tree that the rules have accepted.
 *
 * Who destroys it: whoever read it, as soon as the graft has been made; nothing in the live tree
 * points into it.
 */
#include <kunit/visibility.h>
#include <linux/of_fdt.h>
#include <linux/slab.h>

#include "common/rules/blob.h"
#include "overlay.h"
#include "tree.h"

static int overlay_unflatten(struct overlay *overlay, const void *data, size_t size,
			     struct plugtree_refusal *refusal)
{
	int ret = rules_check_blob(data, size, refusal);

	if (ret)
		return ret;
	overlay->blob = kvmemdup(data, size, GFP_KERNEL);
	if (!overlay->blob)
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "overlay of %zu bytes", size);
	overlay->memory = of_fdt_unflatten_tree(overlay->blob, NULL, &overlay->root);
	if (!overlay->memory || !overlay->root)
		return plugtree_refuse(refusal, PLUGTREE_BAD_BLOB, "cannot be unflattened");
	return 0;
}

/**
 * overlay_read() - read an overlay file and ask the rules
 * @data: the file
 * @size: its size in bytes
 * @connector: the connector's node, which must not go away
 * @refusal: filled when the overlay is refused
 *
 * Context: Process context, may sleep.
 * Return: the overlay, to be freed with overlay_free(); NULL when refused.
 */
struct overlay *overlay_read(const void *data, size_t size, struct device_node *connector,
			     struct plugtree_refusal *refusal)
{
	struct overlay *overlay = kzalloc(sizeof(*overlay), GFP_KERNEL);

	if (!overlay) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "overlay");
		return NULL;
	}
	if (overlay_unflatten(overlay, data, size, refusal))
		goto err_free;
	tree_init(&overlay->tree, overlay->root);
	tree_init(&overlay->base, of_root);
	overlay->input.overlay = &overlay->tree;
	overlay->input.base = &overlay->base;
	overlay->input.connector = tree_from_node(connector);
	overlay->plan = rules_make_plan(&overlay->input, refusal);
	if (!overlay->plan)
		goto err_free;
	return overlay;

err_free:
	overlay_free(overlay);
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(overlay_read);

/**
 * overlay_free() - forget an overlay
 * @overlay: the overlay, may be NULL
 */
void overlay_free(struct overlay *overlay)
{
	if (!overlay)
		return;
	rules_free_plan(overlay->plan);
	kfree(overlay->memory);
	kvfree(overlay->blob);
	kfree(overlay);
}
EXPORT_SYMBOL_IF_KUNIT(overlay_free);
