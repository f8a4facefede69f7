// SPDX-License-Identifier: GPL-2.0-only
/*
 * How add-ons use the link: devices that are controlled through it, and its part in an insertion.
 */
#include <linux/of.h>
#include <linux/of_graph.h>
#include <linux/slab.h>

#include "../devices.h"
#include "slot.h"
#include "tail.h"

static bool dsi_claims(const struct device_node *container)
{
	return dsi_slot_of(container);
}

static int dsi_require(struct device *consumer, struct device_node *container)
{
	struct dsi_slot *slot = dsi_slot_of(container);

	return slot->device ? devices_depend(consumer, slot->device) : -EPROBE_DEFER;
}

static int dsi_create(struct devices *devices, struct device_node *node,
		      struct plugtree_refusal *refusal)
{
	struct dsi_slot *slot = dsi_slot_of(node->parent);
	struct mipi_dsi_device_info info = { .node = of_node_get(node) };
	struct mipi_dsi_device *device;
	int ret;

	ret = of_property_read_u32(node, "reg", &info.channel);
	if (!ret && of_alias_from_compatible(node, info.type, sizeof(info.type)) < 0)
		ret = -EINVAL;
	device = ret ? ERR_PTR(ret) : mipi_dsi_device_register_full(&slot->host, &info);
	if (IS_ERR(device)) {
		of_node_put(node);
		return devices_refuse(refusal, node, PTR_ERR(device));
	}
	return devices_add(devices, &dsi_device_bus, &device->dev, refusal);
}

/* What the last add-on was refused for is none of the business of this one. */
static int dsi_populate(struct devices *devices, struct device_node *container,
			struct plugtree_refusal *refusal)
{
	struct dsi_slot *slot = dsi_slot_of(container);

	scoped_guard(mutex, &slot->lock) {
		slot->retired = false;
		slot->error = 0;
		slot->refusal.reason = PLUGTREE_NONE;
	}
	return devices_populate_each(devices, container, dsi_create, refusal);
}

static void dsi_destroy(struct device *device)
{
	struct device_node *node = device->of_node;

	mipi_dsi_device_unregister(to_mipi_dsi_device(device));
	of_node_clear_flag(node, OF_POPULATED);
}

static bool dsi_is_used(const struct device_node *container)
{
	struct device_node *remote = of_graph_get_remote_node(container, 1, 0);

	of_node_put(remote);
	return remote;
}

static int dsi_join(struct device_node *container, struct plugtree_refusal *refusal)
{
	struct dsi_slot *slot = dsi_slot_of(container);

	if (!dsi_is_used(container))
		return 1;
	guard(mutex)(&slot->lock);
	if (slot->tail)
		return 1;
	if (slot->error)
		return plugtree_refuse(refusal, PLUGTREE_TAIL_FAILED, "%s: error %d",
				       container->full_name, slot->error);
	if (slot->attached)
		return 0;
	/* Who has no driver is known already, and the rest of the add-on works. */
	if (refusal->reason == PLUGTREE_NO_DRIVER)
		return 1;
	return plugtree_refuse(refusal, PLUGTREE_TAIL_ABSENT, "%s", container->full_name);
}

static void dsi_leave(struct device_node *container)
{
	struct dsi_slot *slot = dsi_slot_of(container);

	scoped_guard(mutex, &slot->lock)
		slot->retired = true;
	/* It looks at nodes, which go soon. */
	cancel_work_sync(&slot->connect);
	dsi_tail_disconnect(slot);
}

static void dsi_explain(struct device_node *container, struct plugtree_refusal *refusal)
{
	struct dsi_slot *slot = dsi_slot_of(container);

	guard(mutex)(&slot->lock);
	if (slot->refusal.reason != PLUGTREE_NONE)
		*refusal = slot->refusal;
}

/* Its type is known once a driver of that bus is registered: the core keeps it to itself. */
struct device_bus dsi_device_bus = {
	.owner = THIS_MODULE,
	.claims = dsi_claims,
	.require = dsi_require,
	.populate = dsi_populate,
	.destroy = dsi_destroy,
	.join = dsi_join,
	.leave = dsi_leave,
	.explain = dsi_explain,
};
