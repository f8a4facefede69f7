// SPDX-License-Identifier: GPL-2.0-only
/*
 * The base board's interrupt lines that an add-on's devices used.
 *
 * Nobody takes a mapping back when the device it was made for goes, and a mapping keeps its trigger
 * type. So the next add-on, another model that uses the same line with another trigger, would get
 * no interrupt. A driver that makes an interrupt of a GPIO line leaves such a mapping just the
 * same.
 */
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/of_irq.h>
#include <linux/string.h>

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

static bool interrupts_is_gpio(const char *property)
{
	static const char *const suffixes[] = { "-gpios", "-gpio" };
	size_t length = strlen(property), end;
	unsigned int i;

	if (!strcmp(property, "gpios") || !strcmp(property, "gpio"))
		return true;
	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		end = strlen(suffixes[i]);
		if (length > end && !strcmp(property + length - end, suffixes[i]))
			return !strstr(property, ",nr-gpios");
	}
	return false;
}

/* A GPIO controller's interrupts have the numbers of its lines. */
static void interrupts_release_line(const struct of_phandle_args *line)
{
	struct irq_domain *domain = irq_find_host(line->np);
	unsigned int irq = domain ? irq_find_mapping(domain, line->args[0]) : 0;

	if (irq && !irq_has_action(irq))
		irq_dispose_mapping(irq);
}

static void interrupts_release_lines(struct device_node *node, const char *property)
{
	int count = of_count_phandle_with_args(node, property, "#gpio-cells");
	struct of_phandle_args line;
	int index;

	for (index = 0; index < count; index++) {
		if (of_parse_phandle_with_args_map(node, property, "gpio", index, &line))
			continue;
		if (line.args_count)
			interrupts_release_line(&line);
		of_node_put(line.np);
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
	const struct property *property;
	struct graft_node *item;

	list_for_each_entry(item, &graft->nodes, list) {
		if (interrupts_has(item->node))
			interrupts_release_node(item->node);
		/* Below a hog "gpios" has no phandle, and no driver. */
		if (of_property_present(item->node, "gpio-hog"))
			continue;
		for_each_property_of_node(item->node, property) {
			if (interrupts_is_gpio(property->name))
				interrupts_release_lines(item->node, property->name);
		}
	}
}

static bool interrupts_is_at(const struct device_node *node, const struct device_node *top)
{
	while (node && node != top)
		node = node->parent;
	return node;
}

/**
 * interrupts_release_controller() - forget the mappings that an add-on's own controller has
 * @graft: the graft; the devices that use the controller are gone
 * @controller: the node of the controller, or one above it; nothing happens if there is none
 *
 * A domain that is removed does not take its mappings along. Once it is gone they cannot be found.
 *
 * Context: Process context, may sleep, before the controller's device goes.
 */
void interrupts_release_controller(struct graft *graft, const struct device_node *controller)
{
	struct of_phandle_args args;
	struct graft_node *item;
	unsigned int irq;
	int index;

	list_for_each_entry(item, &graft->nodes, list) {
		if (!interrupts_has(item->node))
			continue;
		for (index = 0; !of_irq_parse_one(item->node, index, &args); index++) {
			irq = 0;
			if (interrupts_is_at(args.np, controller) && irq_find_host(args.np))
				irq = irq_create_of_mapping(&args);
			if (irq && !irq_has_action(irq))
				irq_dispose_mapping(irq);
			of_node_put(args.np);
		}
	}
}
