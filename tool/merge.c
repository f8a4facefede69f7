// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What kernel/phandles.c and kernel/graft.c do, on blobs: the overlay's phandles get numbers above
 * the highest of the base tree, references are made live, properties are rewritten by common/live,
 * and each new node goes in front of the children that its parent has, in the overlay's order.
 *
 * fdt_overlay_apply() is no help: it knows neither the labels of a connector nor relative targets.
 */
#include <errno.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "base_tree.h"
#include "common/live/live.h"
#include "common/rules/fdt.h"
#include "merge.h"

/* Room for a beginning; it doubles until the tree fits. */
#define MERGE_SPARE 4096

/**
 * struct addition - a new node directly below a node of the base tree
 * @node: its offset in the overlay
 * @parent: offset of the parent in the base tree
 */
struct addition {
	int node;
	int parent;
};

/**
 * struct number - a phandle of the overlay
 * @old: what the overlay says
 * @new: what it becomes
 */
struct number {
	uint32_t old;
	uint32_t new;
};

/**
 * struct merge - a merge while it is made
 * @base: the base tree
 * @overlay: a copy of the overlay, in which references become live
 * @live: what properties become
 * @additions: the new nodes, in overlay order
 * @addition_count: how many
 * @numbers: the phandles of the overlay, then sorted
 * @number_count: how many
 * @next: the next number to give
 */
struct merge {
	const void *base;
	void *overlay;
	struct live live;
	struct addition *additions;
	size_t addition_count;
	struct number *numbers;
	size_t number_count;
	uint32_t next;
};

static int add_number(struct merge *merge, int node)
{
	int size;
	fdt32_t *phandle = fdt_getprop_w(merge->overlay, node, "phandle", &size);
	struct number *grown;

	if (!phandle || size != sizeof(*phandle))
		return 0;
	if (merge->next > FDT_MAX_PHANDLE)
		return -ENOSPC;
	grown = array_grow(merge->numbers, merge->number_count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	merge->numbers = grown;
	grown[merge->number_count++] = (struct number){ fdt32_ld(phandle), merge->next };
	fdt32_st(phandle, merge->next++);
	return 0;
}

static int add_numbers(struct merge *merge, int top)
{
	int depth = 0;
	int node;
	int ret = 0;

	for (node = top; !ret && node >= 0 && depth >= 0;
	     node = fdt_next_node(merge->overlay, node, &depth))
		ret = add_number(merge, node);
	return ret;
}

static int add_addition(void *arg, tree_node node, tree_node base_parent)
{
	struct merge *merge = arg;
	struct addition *grown;

	grown = array_grow(merge->additions, merge->addition_count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	merge->additions = grown;
	grown[merge->addition_count++] =
		(struct addition){ fdt_tree_offset(node), fdt_tree_offset(base_parent) };
	return add_numbers(merge, fdt_tree_offset(node));
}

static int compare_numbers(const void *one, const void *other)
{
	uint32_t first = ((const struct number *)one)->old;
	uint32_t second = ((const struct number *)other)->old;

	return first < second ? -1 : first > second;
}

static int set_label(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	fdt32_st((uint8_t *)fixup->property.value + fixup->offset, phandle);
	return 0;
}

static int set_local(void *arg, const struct rules_fixup *fixup)
{
	struct merge *merge = arg;
	uint8_t *cell = (uint8_t *)fixup->property.value + fixup->offset;
	struct number key = { .old = read_be32(cell) };
	const struct number *found =
		bsearch(&key, merge->numbers, merge->number_count, sizeof(key), compare_numbers);

	/* The rules have seen to it that there is one. */
	if (!found)
		return -EINVAL;
	fdt32_st(cell, found->new);
	return 0;
}

/* Makes the copy of the overlay live and finds its new nodes. */
static int resolve(struct merge *merge)
{
	const struct rules_plan *plan = merge->live.plan;
	int ret;

	if (fdt_find_max_phandle(merge->base, &merge->next))
		return -EINVAL;
	merge->next++;
	ret = rules_for_each_new_node(plan, add_addition, merge);
	if (!ret && merge->number_count)
		qsort(merge->numbers, merge->number_count, sizeof(*merge->numbers),
		      compare_numbers);
	ret = ret ? ret : rules_for_each_local_fixup(plan, set_local, merge);
	return ret ? ret : rules_for_each_fixup(plan, set_label, NULL);
}

static int write_property(void *tree, const void *source, int offset)
{
	const char *name;
	int size;
	const void *value = fdt_getprop_by_offset(source, offset, &name, &size);

	return value ? fdt_property(tree, name, value, size) : size;
}

static int write_live_property(void *tree, const struct merge *merge, int node,
			       struct tree_property *property)
{
	void *memory;
	int ret;

	if (live_property(&merge->live, fdt_tree_node(node), property, &memory))
		return -FDT_ERR_INTERNAL;
	ret = fdt_property(tree, property->name, property->value, property->size);
	platform_free(memory);
	return ret;
}

static int write_new_property(void *tree, const struct merge *merge, int node, int offset)
{
	struct tree_property property;

	property.value =
		fdt_getprop_by_offset(merge->overlay, offset, &property.name, &property.size);
	return property.value ? write_live_property(tree, merge, node, &property) : property.size;
}

static int write_default_name(void *tree, const struct merge *merge, int node)
{
	struct tree_property name;

	if (!live_default_name(&merge->live, fdt_tree_node(node), &name))
		return 0;
	return write_live_property(tree, merge, node, &name);
}

/* What no reader shows is not part of a new node either. */
static bool is_hidden(const void *source, int offset)
{
	const char *name = NULL;

	fdt_getprop_by_offset(source, offset, &name, NULL);
	return !name || !strcmp(name, "name") || !strcmp(name, "linux,phandle");
}

/* A node of the overlay and everything below it; a node's properties come before its children. */
static int write_new_node(void *tree, const struct merge *merge, int node)
{
	const void *overlay = merge->overlay;
	int offset = node, next, depth = 0, ret = 0;

	do {
		switch (fdt_next_tag(overlay, offset, &next)) {
		case FDT_BEGIN_NODE:
			depth++;
			node = offset;
			ret = fdt_begin_node(tree, fdt_get_name(overlay, offset, NULL));
			ret = ret ? ret : write_default_name(tree, merge, node);
			break;
		case FDT_END_NODE:
			depth--;
			ret = fdt_end_node(tree);
			break;
		case FDT_PROP:
			if (!is_hidden(overlay, offset))
				ret = write_new_property(tree, merge, node, offset);
			break;
		case FDT_END:
			return -FDT_ERR_BADSTRUCTURE;
		}
		offset = next;
	} while (!ret && depth);
	return ret;
}

static int write_additions(void *tree, const struct merge *merge, int parent)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < merge->addition_count; i++) {
		if (merge->additions[i].parent == parent)
			ret = write_new_node(tree, merge, merge->additions[i].node);
	}
	return ret;
}

/* All of the base tree. What is new comes between the properties and the children of its parent. */
static int write_nodes(void *tree, const struct merge *merge)
{
	const void *base = merge->base;
	int offset = 0, next, open = -1, ret = 0;

	for (; !ret; offset = next) {
		uint32_t tag = fdt_next_tag(base, offset, &next);

		if (open >= 0 && (tag == FDT_BEGIN_NODE || tag == FDT_END_NODE)) {
			ret = write_additions(tree, merge, open);
			open = -1;
		}
		if (ret || tag == FDT_END)
			break;
		if (tag == FDT_BEGIN_NODE) {
			open = offset;
			ret = fdt_begin_node(tree, fdt_get_name(base, offset, NULL));
		} else if (tag == FDT_END_NODE) {
			ret = fdt_end_node(tree);
		} else if (tag == FDT_PROP) {
			ret = write_property(tree, base, offset);
		}
	}
	return ret;
}

static int write_reservations(void *tree, const void *base)
{
	int count = fdt_num_mem_rsv(base);
	uint64_t address, size;
	int i, ret = count < 0 ? count : 0;

	for (i = 0; !ret && i < count; i++) {
		ret = fdt_get_mem_rsv(base, i, &address, &size);
		ret = ret ? ret : fdt_add_reservemap_entry(tree, address, size);
	}
	return ret ? ret : fdt_finish_reservemap(tree);
}

static int write_tree(const struct merge *merge, struct blob *merged)
{
	void *tree = merged->bytes;
	int ret = fdt_create(tree, (int)merged->size);

	ret = ret ? ret : write_reservations(tree, merge->base);
	ret = ret ? ret : write_nodes(tree, merge);
	ret = ret ? ret : fdt_finish(tree);
	if (ret)
		return ret;
	fdt_set_boot_cpuid_phys(tree, fdt_boot_cpuid_phys(merge->base));
	merged->size = fdt_totalsize(tree);
	return 0;
}

/* The new tree is as large as both together, give or take how names are stored. */
static int write_fitting(const struct merge *merge, struct blob *merged)
{
	size_t room = fdt_totalsize(merge->base) + fdt_totalsize(merge->overlay) + MERGE_SPARE;
	int ret;

	do {
		blob_free(merged);
		merged->bytes = malloc(room);
		merged->size = room;
		if (!merged->bytes)
			return -ENOMEM;
		ret = write_tree(merge, merged);
		room *= 2;
	} while (ret == -FDT_ERR_NOSPACE && room <= INT_MAX);
	return ret ? -EINVAL : 0;
}

static int merge_by_plan(struct merge *merge, const char *connector, struct blob *merged,
			 struct plugtree_refusal *refusal)
{
	struct tree overlay, base;
	struct rules_input input = {
		.overlay = &overlay,
		.base = &base,
		.connector = fdt_tree_node(fdt_path_offset(merge->base, connector)),
	};
	struct rules_plan *plan;
	char name[CONNECTOR_NAME_SIZE];
	int ret;

	fdt_tree_init(&overlay, merge->overlay);
	fdt_tree_init(&base, merge->base);
	ret = base_tree_connector_name(&base, input.connector, name);
	if (ret)
		return ret;
	plan = rules_make_plan(&input, refusal);
	if (!plan)
		return refusal->reason == PLUGTREE_NO_MEMORY ? -ENOMEM : -EINVAL;
	merge->live.overlay = &overlay;
	merge->live.plan = plan;
	merge->live.connector = name;
	ret = resolve(merge);
	ret = ret ? ret : write_fitting(merge, merged);
	rules_free_plan(plan);
	return ret;
}

/**
 * merge_overlay() - the base tree with an overlay in it
 * @base: the base tree
 * @connector: path of the connector in it
 * @overlay: the overlay, which the rules have accepted for this connector
 * @merged: filled, to be given to blob_free() whatever the result
 * @refusal: filled when the overlay cannot be merged although the rules accept it
 *
 * The tree is as Linux 6.12 has it, whose PWM core does not know pwm-map.
 *
 * Return: 0 or a negative errno.
 */
int merge_overlay(const struct blob *base, const char *connector, const struct blob *overlay,
		  struct blob *merged, struct plugtree_refusal *refusal)
{
	struct merge merge = { .base = base->bytes, .overlay = malloc(overlay->size) };
	int ret = -ENOMEM;

	*merged = (struct blob){};
	if (merge.overlay) {
		memcpy(merge.overlay, overlay->bytes, overlay->size);
		ret = merge_by_plan(&merge, connector, merged, refusal);
	}
	if (ret == -ENOSPC)
		plugtree_refuse(refusal, PLUGTREE_APPLY_FAILED, "the tree has no phandle left");
	else if (ret)
		plugtree_refuse(refusal, PLUGTREE_APPLY_FAILED, "error %d", ret);
	free(merge.overlay);
	free(merge.additions);
	free(merge.numbers);
	return ret;
}
