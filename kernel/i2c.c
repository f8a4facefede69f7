// SPDX-License-Identifier: GPL-2.0-only
/*
 * I2C extension buses: a child of the connector with "i2c-parent" stands for a bus of the base
 * board.
 */
#include <kunit/visibility.h>
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "bind.h"
#include "connector.h"
#include "devices.h"
#include "extension.h"
#include "graft.h"

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

static int i2c_create(struct devices *devices, struct device_node *node,
		      struct plugtree_refusal *refusal)
{
	struct i2c_adapter *adapter __free(i2c_adapter) = i2c_parent_adapter(node->parent);
	struct i2c_board_info info;
	struct i2c_client *client;
	int ret;

	if (!adapter)
		return plugtree_refuse(refusal, PLUGTREE_BUS_MISSING, "%s",
				       node->parent->full_name);
	ret = of_i2c_get_board_info(&devices->connector->dev, node, &info);
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED,
				       "%pOF: no usable compatible or reg", node);
	ret = i2c_check_address(adapter, info.addr, refusal);
	if (ret)
		return ret;
	client = i2c_new_client_device(adapter, &info);
	if (IS_ERR(client))
		return devices_refuse(refusal, node, PTR_ERR(client));
	return devices_add(devices, &i2c_device_bus, &client->dev, refusal);
}

static int i2c_populate(struct devices *devices, struct device_node *container,
			struct plugtree_refusal *refusal)
{
	return devices_populate_each(devices, container, i2c_create, refusal);
}

/* Tried once more, as the other devices are: what it waited for may be there by now. */
static int i2c_check_bound(struct device_node *node, struct plugtree_refusal *refusal)
{
	struct i2c_client *client = of_find_i2c_device_by_node(node);
	int ret = 0;

	if (client && !device_is_bound(&client->dev) && bind_has_driver(&client->dev) &&
	    device_attach(&client->dev) != 1)
		ret = plugtree_refuse(refusal, PLUGTREE_PROBE_FAILED, "i2c:%s",
				      dev_name(&client->dev));
	if (client)
		put_device(&client->dev);
	return ret;
}

static int i2c_check_node(struct device_node *node, struct plugtree_refusal *refusal)
{
	struct i2c_adapter *adapter;

	if (of_node_check_flag(node, OF_POPULATED))
		return i2c_check_bound(node, refusal);
	if (!of_device_is_available(node) || !of_property_present(node, "compatible") ||
	    !of_property_present(node, "reg"))
		return 0;
	adapter = i2c_find_adapter_by_fwnode(of_fwnode_handle(node->parent));
	if (!adapter)
		return 0;
	plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s on %s", node->full_name,
			dev_name(&adapter->dev));
	put_device(&adapter->dev);
	return -EINVAL;
}

/**
 * i2c_check_adapters() - are all devices behind an add-on's own I2C adapters there, and bound?
 * @graft: the graft, its devices bound
 * @refusal: filled on failure
 *
 * The core makes those devices, and only tells the log when it cannot.
 *
 * Context: The connector's worker. Probes drivers.
 * Return: 0, or -EINVAL when one is missing, or its driver refuses it.
 */
int i2c_check_adapters(struct graft *graft, struct plugtree_refusal *refusal)
{
	struct graft_node *item;
	int ret;

	list_for_each_entry(item, &graft->nodes, list) {
		ret = i2c_check_node(item->node, refusal);
		if (ret)
			return ret;
	}
	return 0;
}

static void i2c_destroy(struct device *device)
{
	i2c_unregister_device(to_i2c_client(device));
}

static struct device *i2c_device_of(struct device_node *node)
{
	struct i2c_client *client = of_find_i2c_device_by_node(node);
	struct platform_device *platform;

	if (client)
		return &client->dev;
	platform = of_find_device_by_node(node);
	return platform ? &platform->dev : NULL;
}

/*
 * The multiplexer that a channel belongs to, one reference; NULL if the adapter is no channel. The
 * device above a channel is the adapter above the multiplexer, so the nodes have to tell: a channel
 * is a child of the multiplexer's node, or of "i2c-mux" below it.
 */
static struct device *i2c_multiplexer(struct i2c_adapter *adapter)
{
	struct device_node *node __free(device_node) = of_get_parent(adapter->dev.of_node);
	struct device_node *above __free(device_node) = of_get_parent(node);
	struct device *device;

	if (!node || !i2c_parent_is_i2c_adapter(adapter))
		return NULL;
	device = i2c_device_of(node);
	return device || !above ? device : i2c_device_of(above);
}

/**
 * i2c_depend() - make the front end's device depend on an I2C adapter
 * @consumer: the front end's device, in its probe
 * @adapter: the adapter
 *
 * Return: 0, -EPROBE_DEFER when the adapter or what it is a part of is going already, -EINVAL when
 *         there can be no link.
 */
int i2c_depend(struct device *consumer, struct i2c_adapter *adapter)
{
	struct device *multiplexer = i2c_multiplexer(adapter);
	int ret = devices_depend(consumer, multiplexer ?: &adapter->dev);

	put_device(multiplexer);
	/* A multiplexer without a driver has no channels, and what is above it is no substitute. */
	if (!ret && !device_is_registered(&adapter->dev))
		ret = dev_err_probe(consumer, -EPROBE_DEFER, "%s is going\n",
				    dev_name(&adapter->dev));
	return ret;
}
EXPORT_SYMBOL_IF_KUNIT(i2c_depend);

static int i2c_require(struct device *consumer, struct device_node *container)
{
	struct i2c_adapter *adapter __free(i2c_adapter) = i2c_parent_adapter(container);

	if (!adapter)
		return dev_err_probe(consumer, -EPROBE_DEFER, "%pOF: i2c-parent: no adapter\n",
				     container);
	return i2c_depend(consumer, adapter);
}

const struct device_bus i2c_device_bus = {
	.type = &i2c_bus_type,
	.claims = i2c_claims,
	.require = i2c_require,
	.populate = i2c_populate,
	.destroy = i2c_destroy,
};
