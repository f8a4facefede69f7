// SPDX-License-Identifier: GPL-2.0-only
/*
 * Extension buses.
 *
 * The parent of an extension bus is a controller, or, for a connector on an add-on, an extension
 * bus of the connector that this add-on is in.
 */
#include <linux/of.h>

#include "extension.h"

/* As deep as connectors may be nested; more is a circle. */
#define EXTENSION_MAX_CHAIN 8

static bool is_extension(const struct device_node *node)
{
	struct device_node *above __free(device_node) = of_get_parent(node);

	/* What is below a PCIe endpoint is a device. */
	return above && of_device_is_compatible(above, "plugtree,connector") &&
	       !of_device_is_compatible(above, "plugtree,pci-endpoint");
}

/**
 * extension_parent() - the controller behind an extension bus
 * @extension: the extension bus
 * @property: names its parent: "i2c-parent", "spi-parent", "serial-parent"
 *
 * Context: Any.
 * Return: the controller's node with a reference; NULL if the property leads nowhere, or in a
 *         circle.
 */
struct device_node *extension_parent(const struct device_node *extension, const char *property)
{
	struct device_node *node = of_parse_phandle(extension, property, 0);
	unsigned int links;

	for (links = 0; node && is_extension(node); links++) {
		struct device_node *next =
			links < EXTENSION_MAX_CHAIN ? of_parse_phandle(node, property, 0) : NULL;

		of_node_put(node);
		node = next;
	}
	return node;
}
