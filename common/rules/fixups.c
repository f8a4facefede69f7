// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The cells of the overlay that refer to nodes, as dtc writes them down for /plugin/ sources.
 *
 * __fixups__ has a property per label; its value is a list of strings "path:property:offset".
 * __local_fixups__ has the same nodes as the overlay as far as they refer to nodes of the overlay;
 * a property there lists, in cells, the offsets of such references in the property of that name.
 */
#include "context.h"

#define CELL_SIZE 4

/**
 * struct fixup_text - one string of __fixups__, in its three parts
 * @path: path of the node, not terminated
 * @path_length: characters in it
 * @property: name of the property
 * @offset: offset of the cell in bytes
 */
struct fixup_text {
	const char *path;
	size_t path_length;
	char property[RULES_MAX_NAME + 1];
	unsigned int offset;
};

static int refuse_text(struct rules_context *context, const char *label, const char *text)
{
	return plugtree_refuse(context->refusal, PLUGTREE_BAD_FIXUP, "%s: \"%s\"", label, text);
}

static int refuse_local(struct rules_context *context, unsigned int position, const char *property)
{
	struct rules_path path;

	return plugtree_refuse(context->refusal, PLUGTREE_BAD_FIXUP, "%s:%s",
			       rules_overlay_path(&path, context, position), property);
}

static bool parse_offset(const char *text, unsigned int *offset)
{
	unsigned int number = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (!is_decimal_digit(*text) || number > RULES_MAX_BLOB)
			return false;
		number = number * 10 + (unsigned int)(*text - '0');
	}
	*offset = number;
	return true;
}

static bool parse_text(const char *text, struct fixup_text *fixup)
{
	const char *property = strchr(text, ':');
	const char *offset;

	if (!property || property == text)
		return false;
	fixup->path = text;
	fixup->path_length = (size_t)(property - text);
	property++;
	offset = strchr(property, ':');
	if (!offset || offset == property || offset - property > RULES_MAX_NAME)
		return false;
	memcpy(fixup->property, property, (size_t)(offset - property));
	fixup->property[offset - property] = '\0';
	return parse_offset(offset + 1, &fixup->offset);
}

/* Position of the node with this path, 0 if there is none. */
static unsigned int find_path(const struct rules_context *context, const char *path, size_t length)
{
	const char *end = path + length;
	unsigned int position = 0;

	while (path < end) {
		const char *name = path + 1;
		const char *slash;

		if (*path != '/' || name == end)
			return 0;
		slash = memchr(name, '/', (size_t)(end - name));
		path = slash ? slash : end;
		if (path == name)
			return 0;
		position = rules_find_child(context, position, name, (size_t)(path - name));
		if (!position)
			return 0;
	}
	return position;
}

/*
 * A phandle in another place, or in a node's own "phandle", would let an overlay take over the
 * number of a base node.
 */
static bool fill_cell(const struct rules_context *context, struct overlay_cell *cell,
		      unsigned int position, const char *property, unsigned int offset)
{
	if (context->nodes[position].area != AREA_FRAGMENT || !strcmp(property, "phandle"))
		return false;
	if (!tree_find(context->input->overlay, context->nodes[position].node, property,
		       &cell->property))
		return false;
	if (cell->property.size < CELL_SIZE ||
	    offset > (unsigned int)cell->property.size - CELL_SIZE)
		return false;
	cell->position = position;
	cell->offset = offset;
	return true;
}

static bool is_target_cell(const struct rules_context *context, const struct overlay_cell *cell)
{
	return context->nodes[cell->position].depth == DEPTH_FRAGMENT &&
	       !strcmp(cell->property.name, "target") && !cell->offset;
}

/* One string of the list, which is terminated. */
static int add_label_cell(struct rules_context *context, const char *label, tree_node base,
			  const char *text)
{
	struct overlay_cell *cell = &context->cells[context->cell_count];
	struct fixup_text fixup;

	if (!parse_text(text, &fixup) ||
	    !fill_cell(context, cell, find_path(context, fixup.path, fixup.path_length),
		       fixup.property, fixup.offset))
		return refuse_text(context, label, text);
	if (!base)
		return plugtree_refuse(context->refusal, PLUGTREE_UNKNOWN_LABEL, "%s", label);
	cell->phandle = rules_phandle(context->input->base, base);
	if (!cell->phandle && !is_target_cell(context, cell))
		return plugtree_refuse(context->refusal, PLUGTREE_NO_PHANDLE, "%s", label);
	cell->label = label;
	cell->base = base;
	context->cell_count++;
	return 0;
}

static int add_label_cells(struct rules_context *context, const struct tree_property *list)
{
	const char *text = list->value;
	const char *end = text + list->size;
	tree_node base = rules_resolve_label(context->input, list->name, strlen(list->name));
	int error;

	for (; text < end; text += strlen(text) + 1) {
		error = add_label_cell(context, list->name, base, text);
		if (error)
			return error;
	}
	return 0;
}

static int add_local_cells(struct rules_context *context, unsigned int mirror,
			   const struct tree_property *list)
{
	unsigned int position = context->nodes[mirror].mirror;
	const uint8_t *offset = list->value;
	int left;

	for (left = list->size; left; left -= CELL_SIZE, offset += CELL_SIZE) {
		struct overlay_cell *cell = &context->cells[context->cell_count];

		if (!fill_cell(context, cell, position, list->name, read_be32(offset)))
			return refuse_local(context, mirror, list->name);
		cell->label = NULL;
		cell->base = 0;
		context->cell_count++;
	}
	return 0;
}

/* How many references a list of strings holds; 0 if it is no such list. */
static unsigned int count_texts(const struct tree_property *list)
{
	const char *text = list->value;
	unsigned int count = 0;
	int index;

	if (!list->size || text[list->size - 1])
		return 0;
	for (index = 0; index < list->size; index++)
		count += !text[index];
	return count;
}

static unsigned int count_references(enum overlay_area area, const struct tree_property *list)
{
	if (area == AREA_FIXUPS)
		return count_texts(list);
	return list->size % CELL_SIZE ? 0 : (unsigned int)list->size / CELL_SIZE;
}

/**
 * struct list_visit - what to do with each list of references
 * @visit: called for the list in the bookkeeping node at @position
 * @count: references seen so far, for the visitor that counts
 */
struct list_visit {
	int (*visit)(struct rules_context *context, struct list_visit *visit, unsigned int position,
		     const struct tree_property *list);
	unsigned int count;
};

static int visit_node(struct rules_context *context, struct list_visit *visit,
		      unsigned int position)
{
	struct tree_property list;
	unsigned long cursor = 0;
	int error;

	while (true) {
		cursor = tree_next_property(context->input->overlay, context->nodes[position].node,
					    cursor, &list);
		if (!cursor)
			return 0;
		error = visit->visit(context, visit, position, &list);
		if (error)
			return error;
	}
}

/* Each list of __fixups__ itself and of __local_fixups__ and everything below. */
static int visit_lists(struct rules_context *context, struct list_visit *visit)
{
	unsigned int position;
	int error = 0;

	for (position = 0; !error && position < context->node_count; position++) {
		const struct overlay_node *node = &context->nodes[position];

		if (node->area == AREA_FIXUPS && node->depth > 1)
			return refuse_local(context, position, "");
		if (node->area == AREA_FIXUPS || node->area == AREA_LOCAL_FIXUPS)
			error = visit_node(context, visit, position);
	}
	return error;
}

static int count_list(struct rules_context *context, struct list_visit *visit,
		      unsigned int position, const struct tree_property *list)
{
	unsigned int count = count_references(context->nodes[position].area, list);

	if (!count)
		return refuse_local(context, position, list->name);
	visit->count += count;
	if (visit->count > RULES_MAX_FIXUPS)
		return plugtree_refuse(context->refusal, PLUGTREE_TOO_BIG,
				       "more than %d references", RULES_MAX_FIXUPS);
	return 0;
}

static int add_list(struct rules_context *context, struct list_visit *visit, unsigned int position,
		    const struct tree_property *list)
{
	if (context->nodes[position].area == AREA_FIXUPS)
		return add_label_cells(context, list);
	return add_local_cells(context, position, list);
}

/* For each node of __local_fixups__ the node that it speaks about; parents come first. */
static int find_mirrored(struct rules_context *context)
{
	unsigned int position;

	for (position = 1; position < context->node_count; position++) {
		struct overlay_node *node = &context->nodes[position];
		unsigned int above = context->nodes[node->parent].mirror;

		if (node->area != AREA_LOCAL_FIXUPS || node->depth == 1)
			continue;
		node->mirror = rules_find_child(context, above, node->name, strlen(node->name));
		if (!node->mirror || context->nodes[node->mirror].area != AREA_FRAGMENT)
			return refuse_local(context, position, "");
	}
	return 0;
}

/* Negative, zero or positive as the property of @cell comes before, is or comes after this one. */
static int compare_property(const struct overlay_cell *cell, unsigned int position,
			    const char *property)
{
	if (cell->position != position)
		return cell->position < position ? -1 : 1;
	return strcmp(cell->property.name, property);
}

static int compare_cells(const void *first, const void *second)
{
	const struct overlay_cell *one = first;
	const struct overlay_cell *other = second;
	int order = compare_property(one, other->position, other->property.name);

	if (order)
		return order;
	return one->offset < other->offset ? -1 : one->offset > other->offset;
}

static int check_overlaps(struct rules_context *context)
{
	unsigned int index;

	for (index = 1; index < context->cell_count; index++) {
		const struct overlay_cell *one = &context->cells[index - 1];
		const struct overlay_cell *other = &context->cells[index];

		if (!compare_property(one, other->position, other->property.name) &&
		    other->offset - one->offset < CELL_SIZE)
			return refuse_local(context, other->position, other->property.name);
	}
	return 0;
}

/**
 * rules_collect_cells() - collect and check the references of the overlay
 * @context: the question, after rules_build_index()
 *
 * What the cells hold is not looked at: a caller that has the verdict may have written them.
 *
 * Return: 0; -EINVAL with one of bad-fixup, unknown-label, no-phandle, too-big; -ENOMEM with
 * no-memory.
 */
int rules_collect_cells(struct rules_context *context)
{
	struct list_visit counter = { .visit = count_list };
	struct list_visit adder = { .visit = add_list };
	int error;

	error = find_mirrored(context);
	if (error)
		return error;
	error = visit_lists(context, &counter);
	if (error || !counter.count)
		return error;
	context->cells = platform_alloc(counter.count, sizeof(*context->cells));
	if (!context->cells)
		return rules_no_memory(context);
	error = visit_lists(context, &adder);
	if (error)
		return error;
	platform_sort(context->cells, context->cell_count, sizeof(*context->cells), compare_cells);
	return check_overlaps(context);
}

/**
 * rules_find_cell() - is this cell a reference?
 * @context: the question, after rules_collect_cells()
 * @position: the node
 * @property: name of its property
 * @offset: offset of the cell in bytes
 *
 * Return: what the overlay says about the cell; NULL when it is an ordinary number.
 */
const struct overlay_cell *rules_find_cell(const struct rules_context *context,
					   unsigned int position, const char *property,
					   unsigned int offset)
{
	unsigned int low = 0;
	unsigned int high = context->cell_count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const struct overlay_cell *cell = &context->cells[middle];
		int order = compare_property(cell, position, property);

		if (!order && cell->offset == offset)
			return cell;
		if (order < 0 || (!order && cell->offset < offset))
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/**
 * rules_check_local_cells() - does each reference within the overlay lead to a node?
 * @context: the question, after rules_collect_cells() and rules_collect_phandles()
 *
 * Return: 0; -EINVAL with bad-fixup.
 */
int rules_check_local_cells(struct rules_context *context)
{
	unsigned int index;

	for (index = 0; index < context->cell_count; index++) {
		const struct overlay_cell *cell = &context->cells[index];
		const uint8_t *value = cell->property.value;

		if (!cell->label && !rules_find_phandle(context, read_be32(value + cell->offset)))
			return refuse_local(context, cell->position, cell->property.name);
	}
	return 0;
}
