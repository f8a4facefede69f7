// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Names of an add-on that the kernel keeps in one list for the whole system.
 *
 * The same model may be in two connectors, and a clock whose name is taken is refused by the clock
 * core. So names of this kind get the connector's in front, "left:crystal". Nobody finds anything
 * by them: consumers have phandles.
 */
#include "live.h"

static bool is_global(const char *property)
{
	static const char *const names[] = { "clock-output-names", "regulator-name" };
	size_t index;

	for (index = 0; index < ARRAY_SIZE(names); index++) {
		if (!strcmp(property, names[index]))
			return true;
	}
	return false;
}

/* Strings of the list; 0 if it is none. */
static unsigned int count_strings(const struct tree_property *property)
{
	const char *text = property->value;
	unsigned int count = 0;
	int index;

	if (property->size <= 0 || text[property->size - 1])
		return 0;
	for (index = 0; index < property->size; index++)
		count += !text[index];
	return count;
}

/**
 * live_default_name() - the global name of a node whose driver would take the node's own
 * @live: the overlay
 * @node: a new node
 * @property: filled, to be given to live_property() like those that the node has
 *
 * Return: true if it is such a node, and has no global name.
 */
bool live_default_name(const struct live *live, tree_node node, struct tree_property *property)
{
	static const char *const clocks[] = { "fixed-clock", "fixed-factor-clock", "pwm-clock" };
	struct tree_property compatible;
	size_t index = 0;

	if (!tree_find(live->overlay, node, "compatible", &compatible) ||
	    tree_has(live->overlay, node, "clock-output-names"))
		return false;
	while (index < ARRAY_SIZE(clocks) && !rules_has_string(&compatible, clocks[index]))
		index++;
	if (index == ARRAY_SIZE(clocks))
		return false;
	property->name = "clock-output-names";
	property->value = tree_name(live->overlay, node);
	property->size = (int)strlen(property->value) + 1;
	return true;
}

/**
 * live_global_names() - put the connector's name in front of global names
 * @live: the overlay
 * @node: not used
 * @property: any property of it
 * @memory: the new value, if there is one
 *
 * Return: 0, or -ENOMEM.
 */
int live_global_names(const struct live *live, tree_node node, struct tree_property *property,
		      void **memory)
{
	unsigned int count = is_global(property->name) ? count_strings(property) : 0;
	size_t prefix = strlen(live->connector) + 1;
	const char *from = property->value;
	char *at;

	if (!count)
		return 0;
	*memory = platform_alloc((size_t)property->size + count * prefix, 1);
	if (!*memory)
		return -ENOMEM;
	for (at = *memory; count; count--) {
		size_t size = strlen(from) + 1;

		memcpy(at, live->connector, prefix - 1);
		at[prefix - 1] = ':';
		memcpy(at + prefix, from, size);
		at += prefix + size;
		from += size;
	}
	property->value = *memory;
	property->size = (int)(at - (char *)*memory);
	return 0;
}
