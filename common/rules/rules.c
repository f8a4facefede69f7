// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The verdict: the order of the checks, and what may be asked after it.
 *
 * The order is interface, too: the first reason found is the one that is shown, and of an overlay
 * that is wrong in several ways the kernel and the tool must show the same.
 */
#include "rules.h"
#include "context.h"

static void release(struct rules_context *context)
{
	platform_free(context->nodes);
	platform_free(context->by_name);
	platform_free(context->phandles);
	platform_free(context->cells);
	platform_free(context->fragments);
	platform_free(context->placements);
}

typedef int (*rules_step)(struct rules_context *context);

/* The verdict, in the order in which the reasons come. */
static const rules_step check_steps[] = {
	rules_check_shape,	 rules_build_index,    rules_check_duplicates,
	rules_check_root,	 rules_collect_cells,  rules_find_targets,
	rules_place_content,	 rules_check_content,  rules_collect_phandles,
	rules_check_local_cells, rules_check_mappings, rules_check_addresses,
};

/* After the verdict: what is needed to know where new nodes and references are. */
static const rules_step look_up_steps[] = {
	rules_check_shape,   rules_build_index,	 rules_check_root,
	rules_collect_cells, rules_find_targets, rules_place_content,
};

/* Where maps lead, as long as the overlay's own references are as they came. */
static const rules_step mapping_steps[] = {
	rules_check_shape,  rules_build_index,	 rules_check_root,	 rules_collect_cells,
	rules_find_targets, rules_place_content, rules_collect_phandles,
};

static int run(struct rules_context *context, const rules_step *steps, size_t count)
{
	int error = 0;
	size_t index;

	for (index = 0; !error && index < count; index++)
		error = steps[index](context);
	return error;
}

static int look_up(struct rules_context *context)
{
	return run(context, look_up_steps, ARRAY_SIZE(look_up_steps));
}

/**
 * rules_check() - the whole verdict
 * @input: the question
 * @refusal: filled when the overlay is refused, reason PLUGTREE_NONE otherwise
 *
 * Reads only; safe on hostile overlays as far as the readers are. Takes time about in proportion to
 * the size of the overlay.
 *
 * Context: may sleep in the kernel. The part of the base tree at and below the connector must not
 * change meanwhile.
 * Return: 0 when the overlay may be grafted, -EINVAL when not, -ENOMEM with the reason no-memory.
 */
int rules_check(const struct rules_input *input, struct plugtree_refusal *refusal)
{
	struct rules_context context = { .input = input, .refusal = refusal };
	int error;

	refusal->reason = PLUGTREE_NONE;
	refusal->subject[0] = '\0';
	error = run(&context, check_steps, ARRAY_SIZE(check_steps));
	release(&context);
	return error;
}

/**
 * rules_for_each_new_node() - the roots of what an accepted overlay adds
 * @input: the question that rules_check() has answered with 0
 * @fn: called in overlay order for each new node that hangs directly below a node of the base tree,
 *	with that node; not for nodes of the overlay that name an existing node
 * @arg: handed to @fn
 *
 * Context: as rules_check().
 * Return: 0, the first answer of @fn other than 0, or a negative errno as rules_check().
 */
int rules_for_each_new_node(const struct rules_input *input, rules_new_node_fn fn, void *arg)
{
	struct plugtree_refusal refusal;
	struct rules_context context = { .input = input, .refusal = &refusal };
	unsigned int index;
	int result;

	result = look_up(&context);
	for (index = 0; !result && index < context.placement_count; index++) {
		const struct overlay_placement *placement = &context.placements[index];

		result = fn(arg, context.nodes[placement->position].node, placement->parent);
	}
	release(&context);
	return result;
}

/* Calls one of both for each reference in what the overlay adds. */
static int visit_cells(const struct rules_input *input, rules_fixup_fn label,
		       rules_local_fixup_fn local, void *arg)
{
	struct plugtree_refusal refusal;
	struct rules_context context = { .input = input, .refusal = &refusal };
	unsigned int index;
	int result;

	result = look_up(&context);
	for (index = 0; !result && index < context.cell_count; index++) {
		const struct overlay_cell *cell = &context.cells[index];
		const struct overlay_node *node = &context.nodes[cell->position];
		struct rules_fixup fixup = { node->node, cell->property, cell->offset };

		if (node->depth < DEPTH_CONTENT)
			continue;
		if (cell->label && label)
			result = label(arg, &fixup, rules_phandle(input->base, cell->base));
		else if (!cell->label && local)
			result = local(arg, &fixup);
	}
	release(&context);
	return result;
}

/**
 * rules_for_each_fixup() - the cells of an accepted overlay that refer to labels
 * @input: the question that rules_check() has answered with 0
 * @fn: called for each cell with the phandle of the base node that the label stands for; may write
 *	the cell; not called for the fragments' own "target" cells
 * @arg: handed to @fn
 *
 * Context: as rules_check().
 * Return: 0, the first answer of @fn other than 0, or a negative errno as rules_check().
 */
int rules_for_each_fixup(const struct rules_input *input, rules_fixup_fn fn, void *arg)
{
	return visit_cells(input, fn, NULL, arg);
}

/**
 * rules_for_each_local_fixup() - the cells of an accepted overlay that hold a phandle of its own
 * @input: the question that rules_check() has answered with 0
 * @fn: called for each cell; may write it
 * @arg: handed to @fn
 *
 * Context: as rules_check().
 * Return: 0, the first answer of @fn other than 0, or a negative errno as rules_check().
 */
int rules_for_each_local_fixup(const struct rules_input *input, rules_local_fixup_fn fn, void *arg)
{
	return visit_cells(input, NULL, fn, arg);
}

/**
 * rules_for_each_mapping() - what the nodes of an accepted overlay get through maps of the base tree
 * @input: the question that rules_check() has answered with 0
 * @fn: called in overlay order for each entry of "pwms" that names a nexus, with what the nexus
 *	leads to; must not write the overlay
 * @arg: handed to @fn
 *
 * To be asked before any reference of the overlay is written.
 *
 * Context: as rules_check().
 * Return: 0, the first answer of @fn other than 0, or a negative errno as rules_check().
 */
int rules_for_each_mapping(const struct rules_input *input, rules_mapping_fn fn, void *arg)
{
	struct plugtree_refusal refusal;
	struct rules_context context = { .input = input, .refusal = &refusal };
	int result;

	result = run(&context, mapping_steps, ARRAY_SIZE(mapping_steps));
	if (!result)
		result = rules_visit_mappings(&context, fn, arg);
	release(&context);
	return result;
}
