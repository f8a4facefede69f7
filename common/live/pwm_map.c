// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * PWMs of a connector, for kernels whose PWM core does not know pwm-map.
 *
 * There "pwms = <&connector 1 period flags>" is written as what the connector's map makes of it, a
 * channel of the real PWM chip. Where the PWM core follows the map itself the property stays as it
 * is.
 */
#include "live.h"

#define CELL_SIZE 4

static uint8_t *write_cell(uint8_t *at, uint32_t cell)
{
	*at++ = (uint8_t)(cell >> 24);
	*at++ = (uint8_t)(cell >> 16);
	*at++ = (uint8_t)(cell >> 8);
	*at++ = (uint8_t)cell;
	return at;
}

static uint8_t *write_mapping(uint8_t *at, const struct rules_mapping *mapping)
{
	unsigned int index;

	at = write_cell(at, mapping->phandle);
	for (index = 0; index < mapping->count; index++)
		at = write_cell(at, mapping->cells[index]);
	return at;
}

/* The mappings of @node, which are next to each other: they are in overlay order. */
static const struct rules_mapping *find_mappings(const struct rules_plan *plan, tree_node node,
						 unsigned int *count)
{
	const struct rules_mapping *mapping = rules_mappings(plan, count);

	for (; *count && mapping->node != node; mapping++)
		(*count)--;
	while (*count && mapping[*count - 1].node != node)
		(*count)--;
	return mapping;
}

/* Bytes of the property as it is to be. */
static size_t mapped_size(const struct tree_property *property, const struct rules_mapping *mapping,
			  unsigned int count)
{
	size_t size = (size_t)property->size;

	for (; count; count--, mapping++)
		size = size - mapping->size + (mapping->count + 1) * CELL_SIZE;
	return size;
}

/**
 * live_pwm_map() - write where the PWMs of a node lead
 * @live: the overlay
 * @node: the node
 * @property: any property of it
 * @memory: the new value, if there is one
 *
 * Return: 0, or -ENOMEM.
 */
int live_pwm_map(const struct live *live, tree_node node, struct tree_property *property,
		 void **memory)
{
	const struct rules_mapping *mapping;
	const uint8_t *from = property->value;
	unsigned int count;
	unsigned int done = 0;
	uint8_t *at;

	if (live->follows_pwm_map || strcmp(property->name, "pwms"))
		return 0;
	mapping = find_mappings(live->plan, node, &count);
	if (!count)
		return 0;
	*memory = platform_alloc(mapped_size(property, mapping, count), 1);
	if (!*memory)
		return -ENOMEM;
	for (at = *memory; count; count--, mapping++) {
		/* What is between is not mapped: a PWM of the add-on's own, or an empty entry. */
		memcpy(at, from + done, mapping->offset - done);
		at = write_mapping(at + mapping->offset - done, mapping);
		done = mapping->offset + mapping->size;
	}
	memcpy(at, from + done, (size_t)property->size - done);
	at += (size_t)property->size - done;
	property->value = *memory;
	property->size = (int)(at - (uint8_t *)*memory);
	return 0;
}
