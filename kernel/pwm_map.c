// SPDX-License-Identifier: GPL-2.0-only
/*
 * PWMs of a connector, on kernels whose PWM core does not know pwm-map.
 *
 * There "pwms = <&connector 1 period flags>" is written as what the connector's map makes of it, a
 * channel of the real PWM chip, while the property is cloned. Where the PWM core follows the map
 * itself the property stays as it is.
 */
#include <linux/err.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/unaligned.h>

#include "compat.h"
#include "overlay.h"
#include "pwm_map.h"
#include "tree.h"

/**
 * struct pwm_map_entry - one entry of a "pwms" property, as it is to be
 * @list: in pwm_map.entries
 * @mapping: which entry, and what it becomes
 */
struct pwm_map_entry {
	struct list_head list;
	struct rules_mapping mapping;
};

static int pwm_map_add(void *arg, const struct rules_mapping *mapping)
{
	struct pwm_map *map = arg;
	struct pwm_map_entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	entry->mapping = *mapping;
	list_add_tail(&entry->list, &map->entries);
	return 0;
}

/**
 * pwm_map_read() - find out where the PWMs of an accepted overlay lead
 * @map: filled; pwm_map_free() is due in all cases
 * @overlay: the overlay, its references not yet made live
 * @refusal: filled on failure
 *
 * Context: Process context, may sleep.
 * Return: 0 or -EINVAL.
 */
int pwm_map_read(struct pwm_map *map, struct overlay *overlay, struct plugtree_refusal *refusal)
{
	INIT_LIST_HEAD(&map->entries);
	if (COMPAT_HAS_PWM_MAP)
		return 0;
	/* That each leads somewhere was part of the verdict; only memory can be missing. */
	if (rules_for_each_mapping(&overlay->input, pwm_map_add, map))
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "pwm-map");
	return 0;
}

static u8 *pwm_map_write(u8 *at, const struct rules_mapping *mapping)
{
	unsigned int i;

	put_unaligned_be32(mapping->phandle, at);
	for (i = 0; i < mapping->count; i++)
		put_unaligned_be32(mapping->cells[i], at + (i + 1) * sizeof(__be32));
	return at + (mapping->count + 1) * sizeof(__be32);
}

/* Bytes of the property as it is to be; as it is if nothing of it is mapped. */
static size_t pwm_map_size(const struct pwm_map *map, tree_node node,
			   const struct property *property)
{
	const struct pwm_map_entry *entry;
	size_t size = property->length;

	list_for_each_entry(entry, &map->entries, list) {
		if (entry->mapping.node == node)
			size += (entry->mapping.count + 1) * sizeof(__be32) - entry->mapping.size;
	}
	return size;
}

/**
 * pwm_map_property() - a property as it is to be in the live tree
 * @map: where PWMs lead
 * @scratch: node of the scratch tree that has the property
 * @property: any property of it, with its references live
 * @size: its size; set to the new one unless NULL is returned
 *
 * Return: the value, to be freed with kfree(); NULL if the property stays as it is; an ERR_PTR()
 *         without memory.
 */
void *pwm_map_property(const struct pwm_map *map, const struct device_node *scratch,
		       const struct property *property, int *size)
{
	tree_node node = tree_from_node((struct device_node *)scratch);
	const struct pwm_map_entry *entry;
	const u8 *from = property->value;
	unsigned int done = 0;
	u8 *value, *at;

	if (list_empty(&map->entries) || strcmp(property->name, "pwms"))
		return NULL;
	*size = pwm_map_size(map, node, property);
	value = kmalloc(*size, GFP_KERNEL);
	if (!value)
		return ERR_PTR(-ENOMEM);
	at = value;
	list_for_each_entry(entry, &map->entries, list) {
		if (entry->mapping.node != node)
			continue;
		/* What is between is not mapped: a PWM of the add-on's own, or an empty entry. */
		memcpy(at, from + done, entry->mapping.offset - done);
		at = pwm_map_write(at + entry->mapping.offset - done, &entry->mapping);
		done = entry->mapping.offset + entry->mapping.size;
	}
	memcpy(at, from + done, property->length - done);
	return value;
}

/**
 * pwm_map_free() - forget where PWMs lead
 * @map: the map
 */
void pwm_map_free(struct pwm_map *map)
{
	struct pwm_map_entry *entry, *next;

	list_for_each_entry_safe(entry, next, &map->entries, list)
		kfree(entry);
}
