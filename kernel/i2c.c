// SPDX-License-Identifier: GPL-2.0-only
/*
 * I2C extension buses: a child of the connector with "i2c-parent" stands for a bus of the base
 * board.
 */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/of.h>

#include "connector.h"
#include "devices.h"
#include "extension.h"

static bool i2c_claims(const struct device_node *container)
{
	return of_property_present(container, "i2c-parent");
}

static struct i2c_adapter *i2c_parent_adapter(struct device_node *container)
{
	struct device_node *parent __free(device_node) = extension_parent(container, "i2c-parent");

	return parent ? i2c_get_adapter_by_fwnode(of_fwnode_handle(parent)) : NULL;
}

DEFINE_FREE(i2c_adapter, struct i2c_adapter *, i2c_put_adapter(_T))

static int i2c_same_address(struct device *device, void *data)
{
	struct i2c_client *client = i2c_verify_client(device);

	return client && client->addr == *(unsigned short *)data;
}

/* Told before the core finds out, which would only say "busy". */
static int i2c_check_address(struct i2c_adapter *adapter, unsigned short address,
			     struct plugtree_refusal *refusal)
{
	struct device *taken __free(put_device) =
		device_find_child(&adapter->dev, &address, i2c_same_address);

	if (!taken)
		return 0;
	return plugtree_refuse(refusal, PLUGTREE_ADDRESS_CONFLICT, "0x%02x on %s: taken by %s (%s)",
			       address, dev_name(&adapter->dev), dev_name(taken),
			       taken->driver ? taken->driver->name : "no driver");
}

static int i2c_create(struct devices *devices, struct i2c_adapter *adapter,
		      struct device_node *node, struct plugtree_refusal *refusal)
{
	struct i2c_board_info info;
	struct i2c_client *client;
	int ret;

	ret = of_i2c_get_board_info(&devices->connector->dev, node, &info);
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED,
				       "%pOF: no usable compatible or reg", node);
	ret = i2c_check_address(adapter, info.addr, refusal);
	if (ret)
		return ret;
	client = i2c_new_client_device(adapter, &info);
	if (IS_ERR(client))
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s: error %ld",
				       node->full_name, PTR_ERR(client));
	return devices_add(devices, &i2c_device_bus, &client->dev, refusal);
}

static int i2c_populate(struct devices *devices, struct device_node *container,
			struct plugtree_refusal *refusal)
{
	struct i2c_adapter *adapter __free(i2c_adapter) = i2c_parent_adapter(container);
	int ret;

	if (!adapter)
		return plugtree_refuse(refusal, PLUGTREE_BUS_MISSING, "%s", container->full_name);

	for_each_available_child_of_node_scoped(container, node) {
		if (plugtree_connector_interrupted(devices->connector))
			return -EINTR;
		if (of_node_test_and_set_flag(node, OF_POPULATED))
			continue;
		watchdog_note(devices->connector, "%s", node->full_name);
		ret = i2c_create(devices, adapter, node, refusal);
		if (ret) {
			of_node_clear_flag(node, OF_POPULATED);
			return ret;
		}
	}
	return 0;
}

static void i2c_destroy(struct device *device)
{
	i2c_unregister_device(to_i2c_client(device));
}

const struct device_bus i2c_device_bus = {
	.type = &i2c_bus_type,
	.claims = i2c_claims,
	.populate = i2c_populate,
	.destroy = i2c_destroy,
};

/* The adapter has no driver of its own; the device that has one is above it. */
static struct device *i2c_controller(struct i2c_adapter *adapter)
{
	struct device *device = adapter->dev.parent;

	while (device && !device->driver)
		device = device->parent;
	return device;
}

/**
 * i2c_device_bus_require() - make a device depend on the controller behind an extension bus
 * @consumer: the device, in its probe
 * @container: the extension bus
 *
 * Return: 0, -EPROBE_DEFER when there is no such adapter (yet), -EINVAL when the link cannot be
 *         made.
 */
int i2c_device_bus_require(struct device *consumer, struct device_node *container)
{
	struct i2c_adapter *adapter __free(i2c_adapter) = i2c_parent_adapter(container);
	struct device *controller;

	if (!adapter)
		return dev_err_probe(consumer, -EPROBE_DEFER, "%pOF: i2c-parent: no adapter\n",
				     container);
	controller = i2c_controller(adapter);
	if (controller && !device_link_add(consumer, controller, DL_FLAG_AUTOPROBE_CONSUMER))
		return dev_err_probe(consumer, -EINVAL, "%pOF: i2c-parent: no link to %s\n",
				     container, dev_name(controller));
	return 0;
}
