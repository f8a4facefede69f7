// SPDX-License-Identifier: GPL-2.0-only
/*
 * The base board's interrupt lines that an add-on's devices used.
 *
 * Nobody takes a mapping back when the device it was made for goes, and a mapping keeps its trigger
 * type. So the next add-on, another model that uses the same line with another trigger, would get
 * no interrupt.
 */
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/of_irq.h>

#include "graft.h"
#include "interrupts.h"

static bool interrupts_has(const struct device_node *node)
{
	return of_property_present(node, "interrupts") ||
	       of_property_present(node, "interrupts-extended");
}

static void interrupts_release_node(struct device_node *node)
{
	int irq = 0, index;

	/* A controller on the add-on itself is gone already, with its mappings: -EPROBE_DEFER. */
	for (index = 0; irq >= 0 || irq == -EPROBE_DEFER; index++) {
		irq = of_irq_get(node, index);
		if (irq > 0 && !irq_has_action(irq))
			irq_dispose_mapping(irq);
	}
}

/**
 * interrupts_release() - forget the interrupt mappings that were made for a graft's nodes
 * @graft: the graft; its devices are gone, its nodes still in the tree
 *
 * A line that somebody else has requested stays mapped.
 *
 * Context: Process context, may sleep.
 */
void interrupts_release(struct graft *graft)
{
	struct graft_node *item;

	list_for_each_entry(item, &graft->nodes, list) {
		if (interrupts_has(item->node))
			interrupts_release_node(item->node);
	}
}
