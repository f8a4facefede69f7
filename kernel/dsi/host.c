// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both sides of the link.
 *
 * The real host sees one device, which is attached when the slot is probed and stays: hosts read
 * its parameters at that moment, build their card, and never let go of it. The add-on's drivers see
 * a host of the slot's own, which passes on what they send.
 */
#include <linux/device.h>
#include <linux/of.h>
#include <linux/of_graph.h>
#include <linux/property.h>

#include <drm/drm_of.h>

#include "../devices.h"
#include "slot.h"
#include "tail.h"

#define LINK_NAME "plugtree-dsi"

static const struct {
	const char *name;
	enum mipi_dsi_pixel_format format;
} host_formats[] = {
	{ "rgb888", MIPI_DSI_FMT_RGB888 },
	{ "rgb666", MIPI_DSI_FMT_RGB666 },
	{ "rgb666-packed", MIPI_DSI_FMT_RGB666_PACKED },
	{ "rgb565", MIPI_DSI_FMT_RGB565 },
};

static const struct {
	const char *name;
	unsigned long flag;
} host_modes[] = {
	{ "video", MIPI_DSI_MODE_VIDEO },
	{ "video-burst", MIPI_DSI_MODE_VIDEO_BURST },
	{ "video-sync-pulse", MIPI_DSI_MODE_VIDEO_SYNC_PULSE },
	{ "video-auto-vert", MIPI_DSI_MODE_VIDEO_AUTO_VERT },
	{ "video-hse", MIPI_DSI_MODE_VIDEO_HSE },
	{ "video-no-hfp", MIPI_DSI_MODE_VIDEO_NO_HFP },
	{ "video-no-hbp", MIPI_DSI_MODE_VIDEO_NO_HBP },
	{ "video-no-hsa", MIPI_DSI_MODE_VIDEO_NO_HSA },
	{ "no-eot-packet", MIPI_DSI_MODE_NO_EOT_PACKET },
	{ "clock-non-continuous", MIPI_DSI_CLOCK_NON_CONTINUOUS },
	{ "low-power", MIPI_DSI_MODE_LPM },
};

static int host_read_format(struct dsi_slot *slot)
{
	const char *name;
	unsigned int i;

	slot->format = MIPI_DSI_FMT_RGB888;
	if (device_property_read_string(slot->device, "dsi-format", &name))
		return 0;
	for (i = 0; i < ARRAY_SIZE(host_formats); i++) {
		if (!strcmp(host_formats[i].name, name)) {
			slot->format = host_formats[i].format;
			return 0;
		}
	}
	return dev_err_probe(slot->device, -EINVAL, "dsi-format: %s\n", name);
}

static int host_read_mode(struct dsi_slot *slot)
{
	const char *property = "dsi-mode";
	unsigned int i, found = 0;
	int count;

	slot->mode_flags = MIPI_DSI_MODE_VIDEO;
	count = device_property_string_array_count(slot->device, property);
	if (count <= 0)
		return 0;
	slot->mode_flags = 0;
	for (i = 0; i < ARRAY_SIZE(host_modes); i++) {
		if (device_property_match_string(slot->device, property, host_modes[i].name) < 0)
			continue;
		slot->mode_flags |= host_modes[i].flag;
		found++;
	}
	if (found != count)
		return dev_err_probe(slot->device, -EINVAL, "%s: unknown words\n", property);
	return 0;
}

static int host_read_link(struct dsi_slot *slot)
{
	struct device_node *endpoint = of_graph_get_endpoint_by_regs(slot->node, 0, -1);
	int lanes = drm_of_get_data_lanes_count(endpoint, 1, 4);
	int ret;

	of_node_put(endpoint);
	if (lanes < 0)
		return dev_err_probe(slot->device, lanes, "data-lanes of port@0\n");
	slot->lanes = lanes;
	slot->flexible = device_property_read_bool(slot->device, "flexible-link");
	ret = host_read_format(slot);
	return ret ?: host_read_mode(slot);
}

/* In the order in which it is told. */
static const char *host_mismatch(const struct dsi_slot *slot, const struct mipi_dsi_device *device)
{
	if (slot->flexible)
		return device->lanes > slot->lanes ? "lanes" : NULL;
	if (device->lanes != slot->lanes)
		return "lanes";
	if (device->format != slot->format)
		return "format";
	return device->mode_flags != slot->mode_flags ? "mode" : NULL;
}

static void host_adopt(struct dsi_slot *slot, const struct mipi_dsi_device *device)
{
	slot->link->lanes = device->lanes;
	slot->link->format = device->format;
	slot->link->mode_flags = device->mode_flags;
	slot->link->hs_rate = device->hs_rate;
	slot->link->lp_rate = device->lp_rate;
}

static int host_attach(struct mipi_dsi_host *host, struct mipi_dsi_device *device)
{
	struct dsi_slot *slot = container_of(host, struct dsi_slot, host);
	const char *mismatch = host_mismatch(slot, device);

	guard(mutex)(&slot->lock);
	if (mismatch)
		return plugtree_refuse(&slot->refusal, PLUGTREE_LINK_MISMATCH,
				       "%s: %s (%u lanes, format %u, mode 0x%lx)", device->name,
				       mismatch, device->lanes, device->format,
				       device->mode_flags);
	if (slot->attached)
		return plugtree_refuse(&slot->refusal, PLUGTREE_BAD_GRAPH,
				       "%s: the link is taken by %s", device->name,
				       slot->attached->name);
	if (slot->flexible)
		host_adopt(slot, device);
	slot->attached = device;
	slot->error = 0;
	queue_work(system_unbound_wq, &slot->connect);
	return 0;
}

static int host_detach(struct mipi_dsi_host *host, struct mipi_dsi_device *device)
{
	struct dsi_slot *slot = container_of(host, struct dsi_slot, host);

	scoped_guard(mutex, &slot->lock) {
		if (slot->attached != device)
			return 0;
		slot->attached = NULL;
	}
	dsi_tail_disconnect(slot);
	return 0;
}

static ssize_t host_transfer(struct mipi_dsi_host *host, const struct mipi_dsi_msg *message)
{
	struct dsi_slot *slot = container_of(host, struct dsi_slot, host);
	const struct mipi_dsi_host_ops *ops = slot->upstream->ops;

	return ops->transfer ? ops->transfer(slot->upstream, message) : -EOPNOTSUPP;
}

static const struct mipi_dsi_host_ops host_ops = {
	.attach = host_attach,
	.detach = host_detach,
	.transfer = host_transfer,
};

static int host_find_upstream(struct dsi_slot *slot)
{
	struct device_node *node = of_graph_get_remote_node(slot->node, 0, 0);

	if (!node)
		return dev_err_probe(slot->device, -ENODEV, "port@0 leads nowhere\n");
	slot->upstream = of_find_mipi_dsi_host_by_node(node);
	of_node_put(node);
	if (!slot->upstream)
		return -EPROBE_DEFER;
	return devices_depend(slot->device, slot->upstream->dev);
}

static int host_attach_link(struct dsi_slot *slot)
{
	const struct mipi_dsi_device_info info = { .type = LINK_NAME };

	slot->link = mipi_dsi_device_register_full(slot->upstream, &info);
	if (IS_ERR(slot->link))
		return PTR_ERR(slot->link);
	slot->link->lanes = slot->lanes;
	slot->link->format = slot->format;
	slot->link->mode_flags = slot->mode_flags;
	return mipi_dsi_attach(slot->link);
}

/**
 * dsi_host_probe() - connect a slot to the real host, and open it for add-ons
 * @slot: the slot, with its device in its probe
 *
 * The real host's card may be made in the midst of this.
 *
 * Return: 0, -EPROBE_DEFER while the real host is not there, or another negative errno, and then
 *	nothing is left.
 */
int dsi_host_probe(struct dsi_slot *slot)
{
	int ret;

	/* A card from before still has the bridge. */
	if (slot->bridge.dev)
		return -EPROBE_DEFER;
	ret = host_read_link(slot);
	ret = ret ?: host_find_upstream(slot);
	if (ret)
		return ret;
	drm_bridge_add(&slot->bridge);
	ret = host_attach_link(slot);
	if (ret)
		goto err_unregister_link;
	slot->host.dev = slot->device;
	slot->host.ops = &host_ops;
	ret = mipi_dsi_host_register(&slot->host);
	if (ret)
		goto err_detach_link;
	return 0;

err_detach_link:
	mipi_dsi_detach(slot->link);
err_unregister_link:
	if (!IS_ERR(slot->link))
		mipi_dsi_device_unregister(slot->link);
	drm_bridge_remove(&slot->bridge);
	return ret;
}

/**
 * dsi_host_remove() - the reverse of dsi_host_probe(); the connector is not bound any more
 * @slot: the slot
 *
 * The real host goes next, and with it its card. Until then the card keeps the bridge, behind which
 * nothing is any more.
 */
void dsi_host_remove(struct dsi_slot *slot)
{
	mipi_dsi_host_unregister(&slot->host);
	cancel_work_sync(&slot->connect);
	mipi_dsi_detach(slot->link);
	mipi_dsi_device_unregister(slot->link);
	drm_bridge_remove(&slot->bridge);
	slot->upstream = NULL;
}
