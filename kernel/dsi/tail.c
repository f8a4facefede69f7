// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tail.
 *
 * An add-on's bridge driver announces itself in its probe by attaching to the slot's host. It
 * cannot be used in the midst of that, so a work does the rest, with the lock of the driver's
 * device, which keeps the bridge there. The driver takes its leave by detaching from the host; that
 * is the last moment at which everything is still there, so all is done at once.
 */
#include <linux/device.h>
#include <linux/fwnode.h>
#include <linux/of.h>
#include <linux/of_graph.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_panel.h>
#include <drm/drm_print.h>

#include "../devices.h"
#include "slot.h"
#include "tail.h"

/* Devices in a row; the rules have looked for circles. */
#define TAIL_MAX_LENGTH 8

static struct dsi_tail *tail_of(struct drm_bridge *bridge)
{
	return container_of(bridge, struct dsi_tail, panel_bridge);
}

static void panel_pre_enable(struct drm_bridge *bridge)
{
	drm_panel_prepare(tail_of(bridge)->panel);
}

static void panel_enable(struct drm_bridge *bridge)
{
	drm_panel_enable(tail_of(bridge)->panel);
}

static void panel_disable(struct drm_bridge *bridge)
{
	drm_panel_disable(tail_of(bridge)->panel);
}

static void panel_post_disable(struct drm_bridge *bridge)
{
	drm_panel_unprepare(tail_of(bridge)->panel);
}

static int panel_get_modes(struct drm_bridge *bridge, struct drm_connector *connector)
{
	return drm_panel_get_modes(tail_of(bridge)->panel, connector);
}

static const struct drm_bridge_funcs panel_funcs = {
	.pre_enable = panel_pre_enable,
	.enable = panel_enable,
	.disable = panel_disable,
	.post_disable = panel_post_disable,
	.get_modes = panel_get_modes,
};

/*
 * The core's bridge for panels is freed with the resources of the panel's device, which may be
 * released by then.
 */
static struct drm_bridge *tail_wrap_panel(struct dsi_tail *tail, struct drm_panel *panel)
{
	tail->panel = panel;
	tail->panel_bridge.funcs = &panel_funcs;
	tail->panel_bridge.of_node = panel->dev->of_node;
	tail->panel_bridge.ops = DRM_BRIDGE_OP_MODES;
	tail->panel_bridge.type = panel->connector_type;
	return &tail->panel_bridge;
}

/* The lock of its device keeps what is found here. */
static struct drm_bridge *tail_find_first(struct dsi_tail *tail, struct device *device)
{
	struct drm_bridge *bridge;
	struct drm_panel *panel;

	device_lock_assert(device);
	if (!device_is_bound(device))
		return ERR_PTR(-ENODEV);
	bridge = of_drm_find_bridge(device->of_node);
	if (bridge)
		return bridge;
	panel = of_drm_find_panel(device->of_node);
	return IS_ERR(panel) ? ERR_CAST(panel) : tail_wrap_panel(tail, panel);
}

/* The device behind this one on the way from @before; NULL for the last one. */
static struct device *tail_next(struct device *device, const struct device_node *before)
{
	struct device_node *endpoint, *remote;
	struct device *next;

	for_each_endpoint_of_node(device->of_node, endpoint) {
		remote = of_graph_get_remote_port_parent(endpoint);
		next = remote && remote != before ? get_dev_from_fwnode(&remote->fwnode) : NULL;
		of_node_put(remote);
		if (next) {
			of_node_put(endpoint);
			return next;
		}
	}
	return NULL;
}

/*
 * Each driver uses what is behind it and none of them says so to the driver core, which sees a
 * circle. With the link, whoever unbinds the panel unbinds the bridge first, and gets it back
 * later.
 */
static int tail_link(struct device *first, const struct device_node *before)
{
	struct device *device = get_device(first), *next;
	unsigned int length;
	int ret = 0;

	for (length = 0; !ret && length < TAIL_MAX_LENGTH; length++) {
		next = tail_next(device, before);
		if (!next)
			break;
		if (!device_link_add(device, next, DL_FLAG_AUTOPROBE_CONSUMER))
			ret = -EINVAL;
		before = device->of_node;
		put_device(device);
		device = next;
	}
	put_device(device);
	return ret;
}

static void tail_destroy(struct dsi_tail *tail)
{
	shadow_destroy(&tail->shadow);
	kfree(tail);
}

static struct dsi_tail *tail_create(struct dsi_slot *slot, struct device *device)
{
	struct dsi_tail *tail = kzalloc(sizeof(*tail), GFP_KERNEL);
	struct drm_bridge *first;
	int ret;

	if (!tail)
		return ERR_PTR(-ENOMEM);
	first = tail_find_first(tail, device);
	ret = PTR_ERR_OR_ZERO(first);
	ret = ret ?: tail_link(device, slot->node);
	ret = ret ?: shadow_create(&tail->shadow, slot->device, first);
	if (ret) {
		kfree(tail);
		return ERR_PTR(ret);
	}
	return tail;
}

/* Whether it is wanted still is decided under the lock under which it is published. */
static void tail_publish(struct dsi_slot *slot, struct dsi_tail *tail)
{
	scoped_guard(mutex, &slot->lock) {
		if (IS_ERR(tail)) {
			slot->error = PTR_ERR(tail);
			return;
		}
		if (slot->attached && !slot->tail && !slot->retired) {
			slot->tail = tail;
			return;
		}
	}
	tail_destroy(tail);
}

/**
 * dsi_tail_connect() - make a tail of what has attached to the slot's host
 * @work: the slot's work
 *
 * Context: A work of the system, so that it waits for nobody who waits for user space.
 */
void dsi_tail_connect(struct work_struct *work)
{
	struct dsi_slot *slot = container_of(work, struct dsi_slot, connect);
	struct device_node *remote = of_graph_get_remote_node(slot->node, 1, 0);
	struct device *device = remote ? get_dev_from_fwnode(&remote->fwnode) : NULL;

	of_node_put(remote);
	if (device) {
		device_lock(device);
		tail_publish(slot, tail_create(slot, device));
		device_unlock(device);
		put_device(device);
	} else {
		tail_publish(slot, ERR_PTR(-ENODEV));
	}
	device_bus_changed(slot->node);
	queue_delayed_work(slot->queue, &slot->show, 0);
}

/* Each half that was done is followed by the one that balances it. */
static void tail_switch_off(struct dsi_tail *tail)
{
	dsi_tail_enable(tail);
	dsi_tail_disable(tail);
	dsi_tail_post_disable(tail);
}

/**
 * dsi_tail_disconnect() - take the tail off, if there is one
 * @slot: the slot
 *
 * Never waits for user space, or for a commit of the real card; only for a callback of the tail
 * that runs at this moment.
 *
 * Context: Process context, may sleep. All drivers of the tail are bound or about to be unbound,
 * with
 *	their data there.
 */
void dsi_tail_disconnect(struct dsi_slot *slot)
{
	struct dsi_tail *tail;

	scoped_guard(mutex, &slot->lock) {
		tail = slot->tail;
		slot->tail = NULL;
		if (!tail)
			return;
		tail_switch_off(tail);
		slot->pulls++;
	}
	/* Not under the lock, which is taken in modesets. */
	tail_destroy(tail);
	queue_delayed_work(slot->queue, &slot->show, 0);
}

static int tail_prepare(struct dsi_tail *tail, const struct drm_display_mode *mode)
{
	struct drm_atomic_state *on = shadow_prepare(&tail->shadow, mode), *off;

	if (IS_ERR(on))
		return PTR_ERR(on);
	shadow_swap(&tail->shadow, on, true);
	off = shadow_prepare(&tail->shadow, NULL);
	if (IS_ERR(off)) {
		drm_atomic_state_put(on);
		return PTR_ERR(off);
	}
	tail->state = on;
	tail->off = off;
	return 0;
}

/**
 * dsi_tail_pre_enable() - first half of the way up
 * @tail: the tail
 * @mode: what the real card shows from now on
 * @adjusted: the same, as its bridges have made it
 *
 * Context: As the other three: the slot's lock is held. What does not fit the phase is not done.
 */
void dsi_tail_pre_enable(struct dsi_tail *tail, const struct drm_display_mode *mode,
			 const struct drm_display_mode *adjusted)
{
	int ret;

	if (tail->phase != DSI_OFF)
		return;
	ret = tail_prepare(tail, mode);
	if (ret) {
		drm_err(tail->shadow.drm, "the add-on stays dark: %pe\n", ERR_PTR(ret));
		return;
	}
	drm_bridge_chain_mode_set(shadow_first(&tail->shadow), mode, adjusted);
	drm_atomic_bridge_chain_pre_enable(shadow_first(&tail->shadow), tail->state);
	tail->phase = DSI_PRE_ENABLED;
}

/**
 * dsi_tail_enable() - second half of the way up
 * @tail: the tail
 */
void dsi_tail_enable(struct dsi_tail *tail)
{
	if (tail->phase != DSI_PRE_ENABLED)
		return;
	drm_atomic_bridge_chain_enable(shadow_first(&tail->shadow), tail->state);
	drm_atomic_state_put(tail->state);
	tail->phase = DSI_ON;
}

/**
 * dsi_tail_disable() - first half of the way down
 * @tail: the tail
 */
void dsi_tail_disable(struct dsi_tail *tail)
{
	if (tail->phase != DSI_ON)
		return;
	tail->state = tail->off;
	shadow_swap(&tail->shadow, tail->state, false);
	drm_atomic_bridge_chain_disable(shadow_first(&tail->shadow), tail->state);
	tail->phase = DSI_DISABLED;
}

/**
 * dsi_tail_post_disable() - second half of the way down
 * @tail: the tail
 */
void dsi_tail_post_disable(struct dsi_tail *tail)
{
	if (tail->phase != DSI_DISABLED)
		return;
	drm_atomic_bridge_chain_post_disable(shadow_first(&tail->shadow), tail->state);
	drm_atomic_state_put(tail->state);
	tail->phase = DSI_OFF;
}
