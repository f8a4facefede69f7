// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The verdict: the order of the checks, and the plan that an accepted overlay makes.
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
	platform_free(context->mappings);
}

typedef int (*rules_step)(struct rules_context *context);

/* The verdict, in the order in which the reasons come. */
static const rules_step check_steps[] = {
	rules_check_shape,	 rules_build_index,	 rules_check_duplicates,
	rules_check_root,	 rules_collect_cells,	 rules_find_targets,
	rules_place_content,	 rules_check_content,	 rules_collect_phandles,
	rules_check_local_cells, rules_collect_mappings, rules_check_addresses,
	rules_check_graph,	 rules_check_endpoint,
};

/**
 * struct rules_plan - an accepted overlay
 * @context: what the checks have found out
 */
struct rules_plan {
	struct rules_context context;
};

static int run(struct rules_context *context)
{
	int error = 0;
	size_t index;

	context->refusal->reason = PLUGTREE_NONE;
	context->refusal->subject[0] = '\0';
	for (index = 0; !error && index < ARRAY_SIZE(check_steps); index++)
		error = check_steps[index](context);
	return error;
}

/**
 * rules_make_plan() - the whole verdict, and what it found out
 * @input: the question, which must outlive the plan
 * @refusal: filled when the overlay is refused, reason PLUGTREE_NONE otherwise
 *
 * Reads only; safe on hostile overlays as far as the readers are. Takes time about in proportion to
 * the size of the overlay.
 *
 * Context: may sleep in the kernel. The part of the base tree at and below the connector must not
 * change before the plan is freed.
 * Return: the plan, to be given to rules_free_plan(); NULL when the overlay is refused.
 */
struct rules_plan *rules_make_plan(const struct rules_input *input,
				   struct plugtree_refusal *refusal)
{
	struct rules_plan *plan = platform_alloc(1, sizeof(*plan));

	if (!plan) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "checking the overlay");
		return NULL;
	}
	plan->context.input = input;
	plan->context.refusal = refusal;
	if (run(&plan->context)) {
		rules_free_plan(plan);
		return NULL;
	}
	plan->context.refusal = NULL;
	return plan;
}

/**
 * rules_free_plan() - forget a plan
 * @plan: the plan, or NULL
 */
void rules_free_plan(struct rules_plan *plan)
{
	if (!plan)
		return;
	release(&plan->context);
	platform_free(plan);
}

/**
 * rules_for_each_new_node() - the roots of what an accepted overlay adds
 * @plan: the plan
 * @fn: called in overlay order for each new node that hangs directly below a node of the base tree,
 *	with that node; not for nodes of the overlay that name an existing node
 * @arg: handed to @fn
 *
 * Return: 0, or the first answer of @fn other than 0.
 */
int rules_for_each_new_node(const struct rules_plan *plan, rules_new_node_fn fn, void *arg)
{
	const struct rules_context *context = &plan->context;
	unsigned int index;
	int result = 0;

	for (index = 0; !result && index < context->placement_count; index++) {
		const struct overlay_placement *placement = &context->placements[index];

		result = fn(arg, context->nodes[placement->position].node, placement->parent);
	}
	return result;
}

/* Calls one of both for each reference in what the overlay adds. */
static int visit_cells(const struct rules_context *context, rules_fixup_fn label,
		       rules_local_fixup_fn local, void *arg)
{
	unsigned int index;
	int result = 0;

	for (index = 0; !result && index < context->cell_count; index++) {
		const struct overlay_cell *cell = &context->cells[index];
		const struct overlay_node *node = &context->nodes[cell->position];
		struct rules_fixup fixup = { node->node, cell->property, cell->offset };

		if (node->depth < DEPTH_CONTENT)
			continue;
		if (cell->label && label)
			result = label(arg, &fixup, cell->phandle);
		else if (!cell->label && local)
			result = local(arg, &fixup);
	}
	return result;
}

/**
 * rules_for_each_fixup() - the cells of an accepted overlay that refer to labels
 * @plan: the plan
 * @fn: called for each cell with the phandle of the base node that the label stands for; may write
 *	the cell; not called for the fragments' own "target" cells
 * @arg: handed to @fn
 *
 * Return: 0, or the first answer of @fn other than 0.
 */
int rules_for_each_fixup(const struct rules_plan *plan, rules_fixup_fn fn, void *arg)
{
	return visit_cells(&plan->context, fn, NULL, arg);
}

/**
 * rules_for_each_local_fixup() - the cells of an accepted overlay that hold a phandle of its own
 * @plan: the plan
 * @fn: called for each cell; may write it
 * @arg: handed to @fn
 *
 * Return: 0, or the first answer of @fn other than 0.
 */
int rules_for_each_local_fixup(const struct rules_plan *plan, rules_local_fixup_fn fn, void *arg)
{
	return visit_cells(&plan->context, NULL, fn, arg);
}

/**
 * rules_mappings() - what the nodes of an accepted overlay get through maps of the base tree
 * @plan: the plan
 * @count: how many there are
 *
 * Return: them, in overlay order: each entry of "pwms" that names a nexus, with what the nexus
 * leads to. They live as long as @plan.
 */
const struct rules_mapping *rules_mappings(const struct rules_plan *plan, unsigned int *count)
{
	*count = plan->context.mapping_count;
	return plan->context.mappings;
}
