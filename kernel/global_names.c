// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of an add-on that the kernel keeps in one list for the whole system.
 *
 * The same model may be in two connectors, and a clock whose name is taken is refused by the clock
 * core. So names of this kind get the connector's in front, "left:crystal", while their property is
 * cloned. Nobody finds anything by them: consumers have phandles.
 */
#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "global_names.h"

static bool global_names_has(const struct property *property)
{
	static const char *const names[] = { "clock-output-names", "regulator-name" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(property->name, names[i]))
			return true;
	}
	return false;
}

/* Strings of the list; 0 if it is none. */
static unsigned int global_names_count(const struct property *property)
{
	const char *text = property->value;
	unsigned int count = 0;
	int i;

	if (property->length <= 0 || text[property->length - 1])
		return 0;
	for (i = 0; i < property->length; i++)
		count += !text[i];
	return count;
}

/**
 * global_names_property() - a property as it is to be in the live tree
 * @connector: name of the connector
 * @property: any property of an overlay
 * @size: its size; set to the new one unless NULL is returned
 *
 * Return: the value, to be freed with kfree(); NULL if the property stays as it is; an ERR_PTR()
 *         without memory.
 */
void *global_names_property(const char *connector, const struct property *property, int *size)
{
	unsigned int count = global_names_has(property) ? global_names_count(property) : 0;
	const char *from = property->value;
	char *value, *at;

	if (!count)
		return NULL;
	*size = property->length + count * (strlen(connector) + 1);
	value = kmalloc(*size, GFP_KERNEL);
	if (!value)
		return ERR_PTR(-ENOMEM);
	for (at = value; count; count--) {
		at += sprintf(at, "%s:%s", connector, from) + 1;
		from += strlen(from) + 1;
	}
	return value;
}
