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

/*
 * The most that the unflattener asks for, in one piece: each node and its property "name" with the
 * node's name behind it, and the properties. What is more than the page allocator has is a warning.
 */
#define OVERLAY_NAME_SIZE (RULES_MAX_NAME + 1)
#define OVERLAY_NODE_SIZE                                                       \
	(ALIGN(sizeof(struct device_node) + OVERLAY_NAME_SIZE, sizeof(long)) +  \
	 ALIGN(sizeof(struct property) + OVERLAY_NAME_SIZE, sizeof(long)))
static_assert(2 * RULES_MAX_NODES * OVERLAY_NODE_SIZE +
		      RULES_MAX_ALL_PROPERTIES * sizeof(struct property) <
	      KMALLOC_MAX_SIZE);

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
	/* The rules have been through the whole blob, so it is not that. */
	if (!overlay->memory || !overlay->root)
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "tree of %zu bytes",
				       size);
	return 0;
}

/**
 * overlay_unpack() - an overlay file as a tree
 * @data: the file
 * @size: its size in bytes
 * @refusal: filled when it is no overlay
 *
 * Context: Process context, may sleep.
 * Return: the overlay, to be given to overlay_check() and freed with overlay_free(); NULL when
 *         refused.
 */
struct overlay *overlay_unpack(const void *data, size_t size, struct plugtree_refusal *refusal)
{
	struct overlay *overlay = kzalloc(sizeof(*overlay), GFP_KERNEL);

	if (!overlay) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "overlay");
		return NULL;
	}
	if (overlay_unflatten(overlay, data, size, refusal)) {
		overlay_free(overlay);
		return NULL;
	}
	return overlay;
}
EXPORT_SYMBOL_IF_KUNIT(overlay_unpack);

/**
 * overlay_check() - ask the rules
 * @overlay: the overlay
 * @connector: the connector's node, which must not go away before overlay_free()
 * @refusal: filled when the overlay is refused
 *
 * Context: Process context, may sleep.
 * Return: 0, or -EINVAL when refused.
 */
int overlay_check(struct overlay *overlay, struct device_node *connector,
		  struct plugtree_refusal *refusal)
{
	tree_init(&overlay->tree, overlay->root);
	tree_init(&overlay->base, of_root);
	overlay->input.overlay = &overlay->tree;
	overlay->input.base = &overlay->base;
	overlay->input.connector = tree_from_node(connector);
	overlay->plan = rules_make_plan(&overlay->input, refusal);
	return overlay->plan ? 0 : -EINVAL;
}
EXPORT_SYMBOL_IF_KUNIT(overlay_check);

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
