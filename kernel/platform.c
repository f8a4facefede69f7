// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices on no bus: the children of the connector's "devices" node.
 *
 * A child that is only a bus itself ("simple-bus", "simple-mfd") gets no device, its children do.
 */
#include <linux/device.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "common/rules/rules.h"
#include "connector.h"
#include "devices.h"

static const struct of_device_id platform_buses[] = { { .compatible = "simple-bus" },
						      { .compatible = "simple-mfd" },
						      {} };

/* A PCIe endpoint is a bus itself. */
static bool platform_claims(const struct device_node *container)
{
	return of_node_name_eq(container, "devices") ||
	       of_device_is_compatible(container, "plugtree,pci-endpoint");
}

static int platform_create(struct devices *devices, struct device_node *node,
			   struct plugtree_refusal *refusal)
{
	struct platform_device *device;
	int ret;

	if (of_node_check_flag(node, OF_POPULATED))
		return 0;
	watchdog_note(devices->connector, "%s", node->full_name);
	ret = devices_expect(devices, node, refusal);
	if (ret)
		return ret;
	device = of_platform_device_create(node, NULL, devices->connector->dev.parent);
	if (!device)
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s", node->full_name);
	return devices_add(devices, &platform_device_bus, &device->dev, refusal);
}

/* The rules limit the depth of an overlay, and with it this recursion. */
static int platform_populate(struct devices *devices, struct device_node *container,
			     struct plugtree_refusal *refusal)
{
	int ret;

	for_each_available_child_of_node_scoped(container, node) {
		if (plugtree_connector_interrupted(devices->connector))
			return -EINTR;
		if (of_match_node(platform_buses, node))
			ret = platform_populate(devices, node, refusal);
		else
			ret = platform_create(devices, node, refusal);
		if (ret)
			return ret;
	}
	return 0;
}

static void platform_destroy(struct device *device)
{
	/* Clock drivers clear it when they fail, and then the device would stay. */
	of_node_set_flag(device->of_node, OF_POPULATED);
	of_platform_device_destroy(device, NULL);
}

const struct device_bus platform_device_bus = {
	.type = &platform_bus_type,
	.claims = platform_claims,
	.populate = platform_populate,
	.destroy = platform_destroy,
};
