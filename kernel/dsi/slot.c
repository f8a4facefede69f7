// SPDX-License-Identifier: GPL-2.0-only
/*
 * The slots, and their devices.
 *
 * A card keeps a pointer to the bridge at the connector for as long as it lives, and the core has
 * no way to take that from it. So a slot is made for each connector of the base board that has a
 * link, and freed when the module goes, which is not before all cards have let go. Only its device
 * comes and goes with the real host.
 */
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "slot.h"
#include "tail.h"

#define SLOT_DEVICE "plugtree-dsi"

/* Changed while the module is loaded and unloaded only. */
static LIST_HEAD(dsi_slots);

/**
 * dsi_slot_of() - the slot of a connector's link
 * @node: the connector's child "dsi"
 *
 * Return: the slot; NULL if there is none.
 */
struct dsi_slot *dsi_slot_of(const struct device_node *node)
{
	struct dsi_slot *slot;

	list_for_each_entry(slot, &dsi_slots, list) {
		if (slot->node == node)
			return slot;
	}
	return NULL;
}

static int dsi_slot_probe(struct platform_device *device)
{
	struct dsi_slot *slot = dsi_slot_of(device->dev.of_node);
	int ret;

	if (!slot)
		return -ENODEV;
	slot->device = &device->dev;
	platform_set_drvdata(device, slot);
	ret = dsi_host_probe(slot);
	if (ret)
		slot->device = NULL;
	return ret;
}

static void dsi_slot_remove(struct platform_device *device)
{
	struct dsi_slot *slot = platform_get_drvdata(device);

	dsi_host_remove(slot);
	slot->device = NULL;
}

static struct platform_driver dsi_slot_driver = {
	.probe = dsi_slot_probe,
	.remove = dsi_slot_remove,
	.driver = {
		.name = SLOT_DEVICE,
		.suppress_bind_attrs = true,
	},
};

static void dsi_slot_destroy(struct dsi_slot *slot)
{
	list_del(&slot->list);
	destroy_workqueue(slot->queue);
	mutex_destroy(&slot->lock);
	of_node_put(slot->node);
	kfree(slot);
}

static int dsi_slot_create(struct device_node *node)
{
	struct dsi_slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);

	if (!slot)
		return -ENOMEM;
	slot->queue = alloc_ordered_workqueue("plugtree-dsi", 0);
	if (!slot->queue) {
		kfree(slot);
		return -ENOMEM;
	}
	slot->node = of_node_get(node);
	mutex_init(&slot->lock);
	INIT_WORK(&slot->connect, dsi_tail_connect);
	INIT_DELAYED_WORK(&slot->show, dsi_connector_show);
	/* Until there is a card to be told. */
	disable_delayed_work(&slot->show);
	dsi_bridge_init(slot);
	list_add_tail(&slot->list, &dsi_slots);
	return 0;
}

static int dsi_slots_find(void)
{
	struct device_node *connector, *node;
	int ret = 0;

	for_each_compatible_node(connector, NULL, "plugtree,connector") {
		node = of_get_child_by_name(connector, "dsi");
		if (node && of_device_is_available(connector))
			ret = dsi_slot_create(node);
		of_node_put(node);
		if (ret) {
			of_node_put(connector);
			return ret;
		}
	}
	return 0;
}

static int dsi_slot_make_device(struct dsi_slot *slot)
{
	const struct platform_device_info info = {
		.name = SLOT_DEVICE,
		.id = PLATFORM_DEVID_AUTO,
		.fwnode = of_fwnode_handle(slot->node),
	};

	return PTR_ERR_OR_ZERO(platform_device_register_full(&info));
}

/* Bound or not: those that wait for their host have to go, too. */
static void dsi_slot_forget_device(struct dsi_slot *slot)
{
	struct device *device = bus_find_device_by_of_node(&platform_bus_type, slot->node);

	if (!device)
		return;
	platform_device_unregister(to_platform_device(device));
	put_device(device);
}

/**
 * dsi_slots_create() - a slot for each link of the base board
 *
 * Return: 0 or a negative errno, and then there is none.
 */
int dsi_slots_create(void)
{
	int ret = dsi_slots_find();

	if (ret)
		dsi_slots_destroy();
	return ret;
}

/**
 * dsi_slots_destroy() - the reverse of dsi_slots_create(); no card has any of the bridges any more
 */
void dsi_slots_destroy(void)
{
	struct dsi_slot *slot, *next;

	list_for_each_entry_safe(slot, next, &dsi_slots, list)
		dsi_slot_destroy(slot);
}

/**
 * dsi_slots_start() - a device for each slot, and the driver for them
 *
 * Return: 0 or a negative errno, and then there is none.
 */
int dsi_slots_start(void)
{
	struct dsi_slot *slot;
	int ret;

	ret = platform_driver_register(&dsi_slot_driver);
	if (ret)
		return ret;
	list_for_each_entry(slot, &dsi_slots, list) {
		ret = dsi_slot_make_device(slot);
		if (ret) {
			dsi_slots_stop();
			return ret;
		}
	}
	return 0;
}

/**
 * dsi_slots_stop() - the reverse of dsi_slots_start()
 */
void dsi_slots_stop(void)
{
	struct dsi_slot *slot;

	list_for_each_entry(slot, &dsi_slots, list)
		dsi_slot_forget_device(slot);
	platform_driver_unregister(&dsi_slot_driver);
}
