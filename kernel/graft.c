// SPDX-License-Identifier: GPL-2.0-only
/*
 * From an overlay to nodes of the live tree, and back.
 *
 * Why not of_overlay_fdt_apply(): it frees nodes under their users or never, takes the properties
 * away before drivers' remove() runs, and can leave an overlay that nobody can remove. Here whole
 * nodes are built while detached, with all their properties, and a changeset attaches each; on
 * removal they go to the quarantine, which frees each when nobody holds it.
 *
 * Each graft pins the module until its last node is freed.
 */
#include <kunit/visibility.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <linux/xarray.h>

#include "common/live/live.h"
#include "compat.h"
#include "graft.h"
#include "graft_sysfs.h"
#include "overlay.h"
#include "phandles.h"
#include "quarantine.h"
#include "tree.h"

/* Held from the choice of phandles until they are in the tree. */
static DEFINE_MUTEX(graft_lock);

/**
 * struct graft_builder - what building a graft needs to know
 * @graft: the graft
 * @open: the sources whose children are still being walked
 * @order: the scratch nodes to clone, in the order of their attachment
 * @clones: struct graft_node by their scratch node
 * @phandles: struct graft_node by their phandle
 * @live: what properties become
 * @refusal: where a refusal goes
 */
struct graft_builder {
	struct graft *graft;
	struct list_head open;
	struct list_head order;
	struct xarray clones;
	struct xarray phandles;
	struct live live;
	struct plugtree_refusal *refusal;
};

/**
 * struct graft_source - one scratch node to be cloned
 * @list: in graft_builder.open, then in graft_builder.order
 * @scratch: the node of the scratch tree
 * @above: the source above it, NULL where @base_parent is above
 * @base_parent: the node of the live tree above it
 * @clone: the clone, once made
 */
struct graft_source {
	struct list_head list;
	struct device_node *scratch;
	struct graft_source *above;
	struct device_node *base_parent;
	struct graft_node *clone;
};

static void graft_tell(const struct graft_progress *progress)
{
	if (progress)
		progress->tell(progress->arg);
}

static int graft_no_memory(struct graft_builder *builder, const struct device_node *node)
{
	return plugtree_refuse(builder->refusal, PLUGTREE_NO_MEMORY, "%s", node->full_name);
}

static int graft_property_error(struct graft_builder *builder, const struct device_node *node,
				int error)
{
	if (error == -EEXIST)
		return plugtree_refuse(builder->refusal, PLUGTREE_BAD_BLOB,
				       "%s has a property twice", node->full_name);
	return graft_no_memory(builder, node);
}

static int graft_add_property(struct device_node *node, const char *name, const void *value,
			      int size)
{
	struct property *property = kzalloc(sizeof(*property), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!property)
		return -ENOMEM;
	property->name = kstrdup(name, GFP_KERNEL);
	/* An empty property has a value, too: of_get_property() answers NULL for "none". */
	property->value = kmemdup(size ? value : "", size ?: 1, GFP_KERNEL);
	property->length = size;
	of_property_set_flag(property, OF_DYNAMIC);
	if (property->name && property->value)
		ret = of_add_property(node, property);
	if (!ret)
		return 0;
	kfree(property->name);
	kfree(property->value);
	kfree(property);
	return ret;
}

static int graft_add_live_property(struct graft_builder *builder, struct device_node *node,
				   struct device_node *scratch, struct tree_property live)
{
	void *memory;
	int ret;

	ret = live_property(&builder->live, tree_from_node(scratch), &live, &memory);
	if (!ret)
		ret = graft_add_property(node, live.name, live.value, live.size);
	platform_free(memory);
	return ret;
}

static int graft_add_default_name(struct graft_builder *builder, struct device_node *node,
				  struct device_node *scratch)
{
	struct tree_property name;

	if (!live_default_name(&builder->live, tree_from_node(scratch), &name))
		return 0;
	return graft_add_live_property(builder, node, scratch, name);
}

/*
 * Attaching takes the node's name and phandle from its properties, so they must be there before;
 * the scratch tree's own "phandle" has the overlay's number, not the live one.
 */
static int graft_add_properties(struct graft_builder *builder, struct device_node *node,
				struct device_node *scratch)
{
	__be32 number = cpu_to_be32(scratch->phandle);
	const char *name = scratch->full_name;
	char short_name[64];
	const struct property *property;
	int ret;

	strscpy(short_name, name, min(sizeof(short_name), strcspn(name, "@") + 1));
	ret = graft_add_property(node, "name", short_name, strlen(short_name) + 1);
	if (!ret && scratch->phandle)
		ret = graft_add_property(node, "phandle", &number, sizeof(number));
	ret = ret ?: graft_add_default_name(builder, node, scratch);
	for_each_property_of_node(scratch, property) {
		if (ret)
			return ret;
		/* "linux,phandle" is an old name of "phandle", with the overlay's number. */
		if (!strcmp(property->name, "name") || !strcmp(property->name, "phandle") ||
		    !strcmp(property->name, "linux,phandle"))
			continue;
		ret = graft_add_live_property(builder, node, scratch,
					      (struct tree_property){ property->name,
								      property->value,
								      property->length });
	}
	return ret;
}

/* So that references are found again. */
static int graft_note_clone(struct graft_builder *builder, struct device_node *scratch,
			    struct graft_node *clone)
{
	int ret = xa_err(xa_store(&builder->clones, (unsigned long)scratch, clone, GFP_KERNEL));

	if (!ret && scratch->phandle)
		ret = xa_err(xa_store(&builder->phandles, scratch->phandle, clone, GFP_KERNEL));
	return ret;
}

static int graft_clone(struct graft_builder *builder, struct graft_source *source)
{
	struct device_node *parent =
		source->above ? source->above->clone->node : source->base_parent;
	struct graft_node *clone = kzalloc(sizeof(*clone), GFP_KERNEL);
	int ret;

	if (!clone)
		return graft_no_memory(builder, source->scratch);
	of_changeset_init(&clone->changeset);
	clone->node = of_changeset_create_node(&clone->changeset, parent,
					       source->scratch->full_name);
	if (!clone->node) {
		kfree(clone);
		return graft_no_memory(builder, source->scratch);
	}
	clone->parent = source->above ? source->above->clone : NULL;
	list_add_tail(&clone->list, &builder->graft->nodes);
	builder->graft->count++;
	source->clone = clone;
	ret = graft_note_clone(builder, source->scratch, clone);
	ret = ret ?: graft_add_properties(builder, clone->node, source->scratch);
	return ret ? graft_property_error(builder, source->scratch, ret) : 0;
}

static struct graft_source *graft_add_source(struct graft_builder *builder,
					     struct device_node *scratch,
					     struct graft_source *above,
					     struct device_node *base_parent)
{
	struct graft_source *source = kzalloc(sizeof(*source), GFP_KERNEL);

	if (!source)
		return NULL;
	source->scratch = scratch;
	source->above = above;
	source->base_parent = base_parent;
	list_add(&source->list, &builder->open);
	return source;
}

/*
 * Attaching prepends to the parent's children. So that they end up in the overlay's order they are
 * attached last to first, each after its parent: the reverse of a walk that visits children first.
 */
static int graft_add_subtree(void *arg, tree_node top, tree_node base_parent)
{
	struct graft_builder *builder = arg;
	struct device_node *scratch = tree_to_node(top);
	struct graft_source *source;

	source = graft_add_source(builder, scratch, NULL, tree_to_node(base_parent));
	while (source) {
		struct graft_source *above = source->above;

		if (scratch->child) {
			scratch = scratch->child;
			source = graft_add_source(builder, scratch, source, NULL);
			if (!source)
				break;
			continue;
		}
		/* Leave @scratch, and every ancestor whose last child it was. */
		list_move(&source->list, &builder->order);
		while (source->above && !scratch->sibling) {
			source = source->above;
			scratch = source->scratch;
			above = source->above;
			list_move(&source->list, &builder->order);
		}
		if (!source->above)
			return 0;
		scratch = scratch->sibling;
		source = graft_add_source(builder, scratch, above, NULL);
	}
	return graft_no_memory(builder, scratch);
}

static void graft_free_sources(struct graft_builder *builder)
{
	struct graft_source *source, *next;

	list_splice(&builder->open, &builder->order);
	list_for_each_entry_safe(source, next, &builder->order, list)
		kfree(source);
}

/* The reference's cell holds the live phandle already. */
static int graft_add_use(void *arg, const struct rules_fixup *fixup)
{
	struct graft_builder *builder = arg;
	const u8 *cell = (const u8 *)fixup->property.value + fixup->offset;
	struct device_node *scratch = tree_to_node(fixup->node);
	struct graft_node *from = xa_load(&builder->clones, (unsigned long)scratch);
	struct graft_node *to = xa_load(&builder->phandles, get_unaligned_be32(cell));
	struct graft_use *use;

	if (!from || !to)
		return 0;
	use = kzalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return graft_no_memory(builder, scratch);
	use->from = from;
	use->to = to;
	list_add_tail(&use->list, &builder->graft->uses);
	return 0;
}

static void graft_free_uses(struct graft *graft)
{
	struct graft_use *use, *next;

	list_for_each_entry_safe(use, next, &graft->uses, list)
		kfree(use);
	INIT_LIST_HEAD(&graft->uses);
}

static int graft_build(struct graft *graft, struct overlay *overlay, const char *connector,
		       const struct graft_progress *progress, struct plugtree_refusal *refusal)
{
	struct graft_builder builder = {
		.graft = graft,
		.live = { .overlay = &overlay->tree,
			  .plan = overlay->plan,
			  .connector = connector,
			  .follows_pwm_map = COMPAT_HAS_PWM_MAP },
		.refusal = refusal,
	};
	struct graft_source *source;
	int ret;

	INIT_LIST_HEAD(&builder.open);
	INIT_LIST_HEAD(&builder.order);
	xa_init(&builder.clones);
	xa_init(&builder.phandles);
	ret = rules_for_each_new_node(overlay->plan, graft_add_subtree, &builder);
	list_for_each_entry(source, &builder.order, list) {
		if (ret)
			break;
		graft_tell(progress);
		ret = graft_clone(&builder, source);
	}
	ret = ret ?: rules_for_each_local_fixup(overlay->plan, graft_add_use, &builder);
	xa_destroy(&builder.phandles);
	xa_destroy(&builder.clones);
	graft_free_sources(&builder);
	return ret;
}

/* Entries that attach cannot fail; an error comes from a notifier and the node is in. */
static int graft_attach_node(struct graft_node *item, struct plugtree_refusal *refusal)
{
	int ret = of_changeset_apply(&item->changeset);
	bool complete = graft_sysfs_complete(item->node);

	if (!ret && complete)
		return 0;
	of_changeset_revert(&item->changeset);
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_APPLY_FAILED, "%s: error %d",
				       item->node->full_name, ret);
	return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s in sysfs", item->node->full_name);
}

/*
 * Not all with one changeset: below a node that there was no memory for in sysfs none must be
 * attached, the kernel would look for it there.
 */
static int graft_attach(struct graft *graft, const struct graft_progress *progress,
			struct plugtree_refusal *refusal)
{
	struct graft_node *item;
	int ret;

	list_for_each_entry(item, &graft->nodes, list) {
		graft_tell(progress);
		ret = graft_attach_node(item, refusal);
		if (ret) {
			list_for_each_entry_continue_reverse(item, &graft->nodes, list)
				of_changeset_revert(&item->changeset);
			return ret;
		}
	}
	return 0;
}

/* What was never attached, or is detached by now, loses its entries and stays with the graft. */
static void graft_retire(struct graft *graft)
{
	struct graft_node *item;

	graft_free_uses(graft);
	list_for_each_entry_reverse(item, &graft->nodes, list)
		of_changeset_destroy(&item->changeset);
	quarantine_add(graft);
}

/*
 * A connector may be busy while the module goes and has not come to it yet. Then it is too late for
 * a graft: nobody would wait for the quarantine that it ends in.
 */
static struct graft *graft_alloc(struct plugtree_refusal *refusal)
{
	struct graft *graft;

	if (!try_module_get(THIS_MODULE)) {
		plugtree_refuse(refusal, PLUGTREE_APPLY_FAILED, "the module is being unloaded");
		return NULL;
	}
	graft = kzalloc(sizeof(*graft), GFP_KERNEL);
	if (!graft) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "graft");
		module_put(THIS_MODULE);
		return NULL;
	}
	INIT_LIST_HEAD(&graft->nodes);
	INIT_LIST_HEAD(&graft->uses);
	return graft;
}

/**
 * graft_apply() - graft an accepted overlay
 * @overlay: the overlay; its scratch tree is changed and of no use afterwards
 * @connector: name of the connector
 * @progress: who is told that it goes on, or NULL
 * @refusal: filled on failure; the live tree is as before then
 *
 * Context: Process context, may sleep. Runs the notifiers of the device tree.
 * Return: the graft, to be removed with graft_remove(); NULL on failure.
 */
struct graft *graft_apply(struct overlay *overlay, const char *connector,
			  const struct graft_progress *progress, struct plugtree_refusal *refusal)
{
	struct graft *graft = graft_alloc(refusal);
	int ret;

	if (!graft)
		return NULL;
	mutex_lock(&graft_lock);
	ret = phandles_resolve(overlay, refusal);
	ret = ret ?: graft_build(graft, overlay, connector, progress, refusal);
	ret = ret ?: graft_attach(graft, progress, refusal);
	mutex_unlock(&graft_lock);
	if (ret) {
		graft_retire(graft);
		return NULL;
	}
	return graft;
}
EXPORT_SYMBOL_IF_KUNIT(graft_apply);

static int graft_build_node(struct graft *graft, struct device_node *parent, const char *name,
			    const struct tree_property *properties, unsigned int count)
{
	struct graft_node *item = kzalloc(sizeof(*item), GFP_KERNEL);
	unsigned int index;
	int ret;

	if (!item)
		return -ENOMEM;
	of_changeset_init(&item->changeset);
	item->node = of_changeset_create_node(&item->changeset, parent, name);
	if (!item->node) {
		kfree(item);
		return -ENOMEM;
	}
	list_add_tail(&item->list, &graft->nodes);
	graft->count++;
	/* Its device is there already; the platform bus must not make one as well. */
	of_node_set_flag(item->node, OF_POPULATED);
	ret = graft_add_property(item->node, "name", name, strlen(name) + 1);
	for (index = 0; !ret && index < count; index++) {
		if (properties[index].name)
			ret = graft_add_property(item->node, properties[index].name,
						 properties[index].value, properties[index].size);
	}
	return ret;
}

/**
 * graft_add_node() - graft one node that no overlay has: that of a connector that was discovered
 * @parent: the node above it
 * @name: its name, without a unit address
 * @properties: its properties, all but "name"; those without a name are left out
 * @count: how many
 * @refusal: filled on failure; the live tree is as before then
 *
 * Context: Process context, may sleep. Runs the notifiers of the device tree.
 * Return: the graft, to be removed with graft_remove(); NULL on failure.
 */
struct graft *graft_add_node(struct device_node *parent, const char *name,
			     const struct tree_property *properties, unsigned int count,
			     struct plugtree_refusal *refusal)
{
	struct graft *graft = graft_alloc(refusal);
	int ret;

	if (!graft)
		return NULL;
	ret = graft_build_node(graft, parent, name, properties, count);
	if (ret)
		ret = plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", name);
	ret = ret ?: graft_attach(graft, NULL, refusal);
	if (ret) {
		graft_retire(graft);
		return NULL;
	}
	return graft;
}
EXPORT_SYMBOL_GPL(graft_add_node);

/**
 * graft_first_node() - the first node of a graft
 * @graft: the graft
 *
 * Return: the node, which the graft keeps.
 */
struct device_node *graft_first_node(const struct graft *graft)
{
	return list_first_entry(&graft->nodes, struct graft_node, list)->node;
}
EXPORT_SYMBOL_GPL(graft_first_node);

/**
 * graft_remove() - take a graft out of the tree
 * @graft: the graft; belongs to the quarantine afterwards
 *
 * The devices made of its nodes must be gone. The nodes keep their properties until they are freed.
 *
 * Context: Process context, may sleep. Runs the notifiers of the device tree.
 */
void graft_remove(struct graft *graft)
{
	struct graft_node *item;
	int ret;

	list_for_each_entry_reverse(item, &graft->nodes, list) {
		ret = of_changeset_revert(&item->changeset);
		if (ret)
			pr_err("plugtree: a notifier failed at the removal of %s: %pe\n",
			       item->node->full_name, ERR_PTR(ret));
	}
	graft_retire(graft);
}
EXPORT_SYMBOL_GPL(graft_remove);

/**
 * graft_keep_device() - remember a device that was removed
 * @graft: the graft
 * @node: the node that the device was made of
 * @device: the device; the reference goes to the graft
 *
 * Not every bus keeps a reference on the node until the last user of the device is gone, so the
 * quarantine keeps the node as long as the device is held.
 */
void graft_keep_device(struct graft *graft, struct device_node *node, struct device *device)
{
	struct graft_node *item;

	list_for_each_entry(item, &graft->nodes, list) {
		if (item->node == node && !item->device) {
			item->device = device;
			return;
		}
	}
	put_device(device);
}
