// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Limits and names: what is wrong with an overlay whatever the base tree looks like. Runs first, so
 * that everything after it may rely on a bounded depth and on names that are short and plain.
 */
#include "context.h"

#define MIRROR_DEPTH 1

/**
 * struct shape_walk - a walk over all nodes, each before its children
 * @context: the question
 * @path: the nodes from the root to the one that the walk is at
 * @depth: where that one is in @path
 * @bookkeeping: that one is no fragment and in none
 * @counts: nodes seen so far, bookkeeping apart
 */
struct shape_walk {
	struct rules_context *context;
	tree_node path[RULES_MAX_DEPTH + MIRROR_DEPTH + 2];
	unsigned int depth;
	bool bookkeeping;
	unsigned int counts[2];
};

static const struct tree *overlay_of(const struct shape_walk *walk)
{
	return walk->context->input->overlay;
}

static const char *walk_path(const struct shape_walk *walk, struct rules_path *path)
{
	unsigned int depth;

	rules_path_begin(path);
	for (depth = walk->depth; depth; depth--)
		rules_path_prepend(path, tree_name(overlay_of(walk), walk->path[depth]));
	return rules_path_text(path);
}

#define IN_NODE_NAME 1
#define IN_PROPERTY_NAME 2
#define IN_ANY_NAME (IN_NODE_NAME | IN_PROPERTY_NAME)

/* One look at each character: the names are much of what there is to check. */
static const uint8_t name_characters[256] = {
	['0' ... '9'] = IN_ANY_NAME,
	['A' ... 'Z'] = IN_ANY_NAME,
	['a' ... 'z'] = IN_ANY_NAME,
	[','] = IN_ANY_NAME,
	['.'] = IN_ANY_NAME,
	['_'] = IN_ANY_NAME,
	['+'] = IN_ANY_NAME,
	['-'] = IN_ANY_NAME,
	['?'] = IN_PROPERTY_NAME,
	['#'] = IN_PROPERTY_NAME,
};

/* The end of what may be in a name of that kind. */
static const char *skip_name(const char *name, uint8_t kind)
{
	while (name_characters[(uint8_t)*name] & kind)
		name++;
	return name;
}

/* A name, and perhaps '@' and a unit address of the same characters. */
static bool is_node_name(const char *name)
{
	const char *end = skip_name(name, IN_NODE_NAME);

	if (end == name)
		return false;
	if (*end == '@') {
		const char *address = end + 1;

		end = skip_name(address, IN_NODE_NAME);
		if (end == address)
			return false;
	}
	return !*end && end - name <= RULES_MAX_NAME;
}

static bool is_property_name(const char *name)
{
	const char *end = skip_name(name, IN_PROPERTY_NAME);

	return end != name && !*end && end - name <= RULES_MAX_NAME;
}

static bool is_bookkeeping(const char *name)
{
	return !strcmp(name, "__fixups__") || !strcmp(name, "__local_fixups__") ||
	       !strcmp(name, "__symbols__");
}

static int check_properties(struct shape_walk *walk)
{
	struct rules_context *context = walk->context;
	tree_node node = walk->path[walk->depth];
	struct tree_property property;
	unsigned long cursor = 0;
	struct rules_path path;
	unsigned int count = 0;

	while (true) {
		cursor = tree_next_property(overlay_of(walk), node, cursor, &property);
		if (!cursor)
			break;
		if (!is_property_name(property.name))
			return plugtree_refuse(context->refusal, PLUGTREE_BAD_NAME, "%s:%s",
					       walk_path(walk, &path), property.name);
		count++;
		if (count > RULES_MAX_PROPERTIES)
			return plugtree_refuse(context->refusal, PLUGTREE_TOO_BIG,
					       "%s: more than %d properties",
					       walk_path(walk, &path), RULES_MAX_PROPERTIES);
	}
	if (count > context->max_properties)
		context->max_properties = count;
	return 0;
}

static int check_node(struct shape_walk *walk)
{
	const char *name = tree_name(overlay_of(walk), walk->path[walk->depth]);
	struct plugtree_refusal *refusal = walk->context->refusal;
	struct rules_path path;

	if (walk->depth == 1)
		walk->bookkeeping = is_bookkeeping(name);
	if (walk->depth > RULES_MAX_DEPTH + (walk->bookkeeping ? MIRROR_DEPTH : 0))
		return plugtree_refuse(refusal, PLUGTREE_TOO_DEEP, "%s: more than %d levels", name,
				       RULES_MAX_DEPTH);
	if (walk->depth && !is_node_name(name))
		return plugtree_refuse(refusal, PLUGTREE_BAD_NAME, "%s", walk_path(walk, &path));
	if (++walk->counts[walk->bookkeeping] > RULES_MAX_NODES)
		return plugtree_refuse(refusal, PLUGTREE_TOO_MANY_NODES, "more than %d",
				       RULES_MAX_NODES);
	return check_properties(walk);
}

/* To the next node; check_node() has made sure that a child has room in the path. */
static bool advance(struct shape_walk *walk)
{
	tree_node next = tree_child(overlay_of(walk), walk->path[walk->depth]);

	if (next) {
		walk->path[++walk->depth] = next;
		return true;
	}
	for (; walk->depth; walk->depth--) {
		next = tree_sibling(overlay_of(walk), walk->path[walk->depth]);
		if (next) {
			walk->path[walk->depth] = next;
			return true;
		}
	}
	return false;
}

/**
 * rules_check_shape() - limits and names
 * @context: the question; node_count and max_properties are known afterwards
 *
 * Return: 0; -EINVAL with one of too-deep, too-many-nodes, too-big, bad-name.
 */
int rules_check_shape(struct rules_context *context)
{
	struct shape_walk walk = { .context = context };
	int error;

	walk.path[0] = context->input->overlay->root;
	do {
		error = check_node(&walk);
		if (error)
			return error;
	} while (advance(&walk));
	context->node_count = walk.counts[false] + walk.counts[true];
	return 0;
}
