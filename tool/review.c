// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks at each node that an overlay adds. Nothing here refuses: that is for the rules.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "offers.h"
#include "review.h"

/* The rules limit depth and names, and base trees with longer paths have other problems. */
#define REVIEW_PATH_SIZE 4096

/**
 * struct reference - a cell of the overlay that refers to a node
 * @cell: where it is in memory, which tells one cell from all others
 * @target: the base node; 0 for a node of the overlay
 */
struct reference {
	const uint8_t *cell;
	tree_node target;
};

/**
 * struct review - a review while it is made
 * @input: the overlay, the base tree and the connector
 * @plan: what the rules have found out about them
 * @drivers: what there are modules for, NULL when nobody asks
 * @warnings: what was found
 * @references: the cells that refer to nodes, sorted
 * @count: how many
 * @path: the path of the node that is looked at, as it would be in the base tree
 */
struct review {
	const struct rules_input *input;
	const struct rules_plan *plan;
	const struct driver_list *drivers;
	struct warnings *warnings;
	struct reference *references;
	size_t count;
	char path[REVIEW_PATH_SIZE];
};

static int add_reference(struct review *review, const struct rules_fixup *fixup, tree_node target)
{
	struct reference *grown = array_grow(review->references, review->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	review->references = grown;
	grown[review->count++] = (struct reference){
		.cell = (const uint8_t *)fixup->property.value + fixup->offset,
		.target = target,
	};
	return 0;
}

static int add_label(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	struct review *review = arg;

	return add_reference(review, fixup, tree_by_phandle(review->input->base, phandle));
}

static int add_local(void *arg, const struct rules_fixup *fixup)
{
	return add_reference(arg, fixup, 0);
}

static int compare_references(const void *one, const void *other)
{
	const uint8_t *first = ((const struct reference *)one)->cell;
	const uint8_t *second = ((const struct reference *)other)->cell;

	return first < second ? -1 : first > second;
}

static int collect_references(struct review *review)
{
	int ret = rules_for_each_fixup(review->plan, add_label, review);

	ret = ret ? ret : rules_for_each_local_fixup(review->plan, add_local, review);
	if (!ret && review->count)
		qsort(review->references, review->count, sizeof(*review->references),
		      compare_references);
	return ret;
}

static const struct reference *find_reference(const struct review *review, const uint8_t *cell)
{
	struct reference key = { .cell = cell };

	if (!review->count)
		return NULL;
	return bsearch(&key, review->references, review->count, sizeof(key), compare_references);
}

static size_t path_push(struct review *review, const char *name)
{
	size_t length = strlen(review->path);

	snprintf(review->path + length, sizeof(review->path) - length, "/%s", name);
	return length;
}

static void path_pop(struct review *review, size_t length)
{
	review->path[length] = '\0';
}

static void path_of_base(struct review *review, tree_node node)
{
	const struct tree *base = review->input->base;

	if (node == base->root) {
		review->path[0] = '\0';
		return;
	}
	path_of_base(review, tree_parent(base, node));
	path_push(review, tree_name(base, node));
}

static int warn(struct review *review, enum warning_kind kind)
{
	return warnings_add(review->warnings, kind, "%s", review->path);
}

static int warn_property(struct review *review, enum warning_kind kind, const char *property)
{
	return warnings_add(review->warnings, kind, "%s:%s", review->path, property);
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length >= strlen(end) && !strcmp(text + length - strlen(end), end);
}

/* A supply is a regulator of the add-on or one that the connector exports, which is elsewhere. */
static int review_supply(struct review *review, const struct tree_property *property)
{
	const struct rules_input *input = review->input;
	const struct reference *reference = NULL;
	tree_node target;

	if (property->size == 4)
		reference = find_reference(review, property->value);
	target = reference ? reference->target : 0;
	if (reference && (!target || (target != input->connector &&
				      tree_parent(input->base, target) != input->connector)))
		return 0;
	return warn_property(review, WARNING_SUPPLY_NOT_EXPORTED, property->name);
}

/* Each reference to the connector in such a list is followed by the cells of one line. */
static int review_lines(struct review *review, const struct line_offer *offer,
			const struct tree_property *property)
{
	const struct rules_input *input = review->input;
	const uint8_t *value = property->value;
	const struct reference *reference;
	int offset;

	for (offset = 0; offset + 4 <= property->size; offset += 4) {
		reference = find_reference(review, value + offset);
		if (!reference || reference->target != input->connector)
			continue;
		if (!line_is_offered(offer, input->base, input->connector, value + offset + 4,
				     (size_t)(property->size - offset - 4)))
			return warn_property(review, offer->kind, property->name);
	}
	return 0;
}

/* As the kernel looks for it: upwards, to a node that names a parent or takes interrupts. */
static bool is_connector_interrupt(const struct review *review, tree_node node)
{
	const struct rules_input *input = review->input;
	struct tree_property parent;

	if (node == input->connector)
		return tree_has(input->base, node, interrupt_offer.map.cells);
	if (tree_find(input->base, node, "interrupt-parent", &parent))
		return parent.size == 4 &&
		       tree_by_phandle(input->base, read_be32(parent.value)) == input->connector;
	return !tree_has(input->base, node, interrupt_offer.map.cells) &&
	       is_connector_interrupt(review, input->connector);
}

/**
 * enum interrupts_go - where interrupts of a node go that do not say it themselves
 * @TO_CONNECTOR: to the connector
 * @ELSEWHERE: to a node of the overlay or of the base board
 */
enum interrupts_go {
	TO_CONNECTOR,
	ELSEWHERE,
};

static enum interrupts_go interrupts_of(const struct review *review, tree_node node,
					enum interrupts_go above)
{
	const struct reference *reference = NULL;
	struct tree_property parent;

	if (!tree_find(review->input->overlay, node, "interrupt-parent", &parent))
		return above;
	if (parent.size == 4)
		reference = find_reference(review, parent.value);
	return reference && reference->target == review->input->connector ? TO_CONNECTOR :
									    ELSEWHERE;
}

static int review_interrupts(struct review *review, const struct tree_property *property)
{
	const struct rules_input *input = review->input;
	struct tree_property cells;
	int size, offset;

	if (!tree_find(input->base, input->connector, interrupt_offer.map.cells, &cells) ||
	    cells.size != 4 || !read_be32(cells.value) || read_be32(cells.value) > 16)
		return warn_property(review, interrupt_offer.kind, property->name);
	size = 4 * (int)read_be32(cells.value);
	for (offset = 0; offset + size <= property->size; offset += size) {
		if (!line_is_offered(&interrupt_offer, input->base, input->connector,
				     (const uint8_t *)property->value + offset, (size_t)size))
			return warn_property(review, interrupt_offer.kind, property->name);
	}
	return 0;
}

static int review_properties(struct review *review, tree_node node, enum interrupts_go interrupts)
{
	const struct tree *overlay = review->input->overlay;
	const struct line_offer *offer;
	struct tree_property property;
	unsigned long cursor = 0;
	int ret = 0;

	while (!ret && (cursor = tree_next_property(overlay, node, cursor, &property))) {
		offer = line_offer_of(property.name);
		if (offer)
			ret = review_lines(review, offer, &property);
		else if (ends_with(property.name, "-supply"))
			ret = review_supply(review, &property);
		else if (!strcmp(property.name, "interrupts") && interrupts == TO_CONNECTOR)
			ret = review_interrupts(review, &property);
	}
	return ret;
}

static bool is_disabled(const struct tree *tree, tree_node node)
{
	struct tree_property status;

	if (!tree_find(tree, node, "status", &status))
		return false;
	return !(status.size == 5 && !memcmp(status.value, "okay", 5)) &&
	       !(status.size == 3 && !memcmp(status.value, "ok", 3));
}

static const char *next_compatible(const struct tree_property *list, const char *text)
{
	const char *end = (const char *)list->value + list->size;

	text = text ? text + strlen(text) + 1 : list->value;
	return text < end && memchr(text, 0, (size_t)(end - text)) ? text : NULL;
}

static bool has_driver(const struct review *review, const struct tree_property *compatible,
		       const struct bus_offer *bus)
{
	const char *text = NULL;

	while ((text = next_compatible(compatible, text))) {
		if (driver_is_known(review->drivers, text, bus->alias))
			return true;
	}
	return false;
}

static bool is_only_a_bus(const struct tree_property *compatible)
{
	const char *text = NULL;

	while ((text = next_compatible(compatible, text))) {
		if (!strcmp(text, "simple-bus") || !strcmp(text, "simple-mfd"))
			return true;
	}
	return false;
}

/* A child of a container. @bus becomes that of its own children, NULL when they are no devices. */
static int review_device(struct review *review, tree_node node, const struct bus_offer **bus)
{
	const struct tree *overlay = review->input->overlay;
	const struct bus_offer *on = *bus;
	struct tree_property compatible;
	bool named = tree_find(overlay, node, "compatible", &compatible);

	*bus = NULL;
	if (!named)
		return on->needs_compatible ? warn(review, WARNING_NO_COMPATIBLE) : 0;
	if (on->nests && is_only_a_bus(&compatible)) {
		*bus = on;
		return 0;
	}
	if (review->drivers && !has_driver(review, &compatible, on))
		return warn(review, WARNING_NO_DRIVER);
	return 0;
}

/* The rules limit the depth, and with it this recursion. */
static int review_node(struct review *review, tree_node node, const struct bus_offer *bus,
		       enum interrupts_go interrupts)
{
	const struct tree *overlay = review->input->overlay;
	size_t length = path_push(review, tree_name(overlay, node));
	tree_node child;
	int ret = 0;

	if (is_disabled(overlay, node)) {
		ret = warn(review, WARNING_DISABLED);
		path_pop(review, length);
		return ret;
	}
	if (bus)
		ret = review_device(review, node, &bus);
	interrupts = interrupts_of(review, node, interrupts);
	ret = ret ? ret : review_properties(review, node, interrupts);
	if (tree_has(overlay, node, interrupt_offer.map.cells))
		interrupts = ELSEWHERE;
	for (child = tree_child(overlay, node); child && !ret; child = tree_sibling(overlay, child))
		ret = review_node(review, child, bus, interrupts);
	path_pop(review, length);
	return ret;
}

/* A whole container that the overlay brings along. */
static int review_container(struct review *review, tree_node node, enum interrupts_go interrupts)
{
	const struct tree *overlay = review->input->overlay;
	const struct bus_offer *bus = bus_offer_of(overlay, node);
	size_t length = path_push(review, tree_name(overlay, node));
	tree_node child;
	int ret = 0;

	interrupts = interrupts_of(review, node, interrupts);
	for (child = tree_child(overlay, node); child && !ret; child = tree_sibling(overlay, child))
		ret = review_node(review, child, bus, interrupts);
	path_pop(review, length);
	return ret;
}

static int review_new_node(void *arg, tree_node node, tree_node base_parent)
{
	struct review *review = arg;
	const struct rules_input *input = review->input;
	const struct bus_offer *bus = bus_offer_of(input->base, base_parent);
	enum interrupts_go interrupts =
		is_connector_interrupt(review, base_parent) ? TO_CONNECTOR : ELSEWHERE;
	int ret = 0;

	path_of_base(review, base_parent);
	if (base_parent == input->connector)
		return review_container(review, node, interrupts);
	if (!bus && tree_has(input->overlay, node, "compatible"))
		ret = warnings_add(review->warnings, WARNING_UNCLAIMED_CONTAINER, "%s/%s",
				   review->path, tree_name(input->overlay, node));
	return ret ? ret : review_node(review, node, bus, interrupts);
}

/**
 * review_overlay() - review an overlay
 * @input: the overlay, which the rules have accepted, and its place
 * @plan: their answer
 * @drivers: what there are modules for; NULL for no warnings about that
 * @warnings: what is found is added
 *
 * Return: 0 or -ENOMEM.
 */
int review_overlay(const struct rules_input *input, const struct rules_plan *plan,
		   const struct driver_list *drivers, struct warnings *warnings)
{
	struct review review = { .input = input,
				 .plan = plan,
				 .drivers = drivers,
				 .warnings = warnings };
	int ret = 0;

	if (!tree_has(input->overlay, input->overlay->root, "compatible"))
		ret = warnings_add(warnings, WARNING_NO_TYPE, "/");
	ret = ret ? ret : collect_references(&review);
	ret = ret ? ret : rules_for_each_new_node(plan, review_new_node, &review);
	free(review.references);
	return ret;
}
