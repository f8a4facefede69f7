// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end of the real card's chain.
 *
 * It is there whether an add-on is or not, and repeats each step of a modeset on the tail, if there
 * is one at that moment. Without a tail a modeset that would light it is refused when it is
 * checked; one that was accepted before the add-on went does nothing.
 */
#include <linux/media-bus-format.h>
#include <linux/module.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_state_helper.h>

#include "slot.h"
#include "tail.h"

static struct dsi_slot *slot_of(struct drm_bridge *bridge)
{
	return container_of(bridge, struct dsi_slot, bridge);
}

/* A module that a card's chain ends in must not go. */
static int bridge_attach(struct drm_bridge *bridge, enum drm_bridge_attach_flags flags)
{
	struct dsi_slot *slot = slot_of(bridge);
	int ret;

	slot->drm = bridge->dev;
	slot->bridge_connector = flags & DRM_BRIDGE_ATTACH_NO_CONNECTOR;
	ret = slot->bridge_connector ? 0 : dsi_connector_attach(slot);
	if (ret) {
		slot->drm = NULL;
		return ret;
	}
	__module_get(THIS_MODULE);
	enable_delayed_work(&slot->show);
	queue_delayed_work(slot->queue, &slot->show, 0);
	return 0;
}

static void bridge_detach(struct drm_bridge *bridge)
{
	struct dsi_slot *slot = slot_of(bridge);

	disable_delayed_work_sync(&slot->show);
	dsi_connector_detach(slot);
	slot->drm = NULL;
	module_put(THIS_MODULE);
}

/* What the host sends; what the panel gets is between the add-on's bridges. */
static u32 *bridge_get_input_bus_fmts(struct drm_bridge *bridge, struct drm_bridge_state *state,
				      struct drm_crtc_state *crtc_state,
				      struct drm_connector_state *connector_state, u32 output,
				      unsigned int *count)
{
	u32 *formats = kmalloc(sizeof(*formats), GFP_KERNEL);

	*count = formats ? 1 : 0;
	if (formats)
		*formats = MEDIA_BUS_FMT_RGB888_1X24;
	return formats;
}

static int bridge_atomic_check(struct drm_bridge *bridge, struct drm_bridge_state *state,
			       struct drm_crtc_state *crtc_state,
			       struct drm_connector_state *connector_state)
{
	struct dsi_slot *slot = slot_of(bridge);

	if (!crtc_state->active)
		return 0;
	guard(mutex)(&slot->lock);
	if (!slot->tail)
		return -ENODEV;
	return shadow_check(&slot->tail->shadow, &crtc_state->mode, &crtc_state->adjusted_mode);
}

static struct drm_crtc_state *bridge_crtc_state(struct drm_bridge *bridge,
						struct drm_atomic_state *state)
{
	struct drm_connector *connector =
		drm_atomic_get_new_connector_for_encoder(state, bridge->encoder);
	struct drm_connector_state *connector_state =
		connector ? drm_atomic_get_new_connector_state(state, connector) : NULL;

	if (!connector_state || !connector_state->crtc)
		return NULL;
	return drm_atomic_get_new_crtc_state(state, connector_state->crtc);
}

static void bridge_pre_enable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct drm_crtc_state *crtc_state = bridge_crtc_state(bridge, old->base.state);
	struct dsi_slot *slot = slot_of(bridge);

	guard(mutex)(&slot->lock);
	if (slot->tail && crtc_state)
		dsi_tail_pre_enable(slot->tail, &crtc_state->mode, &crtc_state->adjusted_mode);
}

static void bridge_enable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct dsi_slot *slot = slot_of(bridge);

	guard(mutex)(&slot->lock);
	if (slot->tail)
		dsi_tail_enable(slot->tail);
}

static void bridge_disable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct dsi_slot *slot = slot_of(bridge);

	guard(mutex)(&slot->lock);
	if (slot->tail)
		dsi_tail_disable(slot->tail);
}

static void bridge_post_disable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct dsi_slot *slot = slot_of(bridge);

	guard(mutex)(&slot->lock);
	if (slot->tail)
		dsi_tail_post_disable(slot->tail);
}

static enum drm_mode_status bridge_mode_valid(struct drm_bridge *bridge,
					      const struct drm_display_info *info,
					      const struct drm_display_mode *mode)
{
	struct dsi_slot *slot = slot_of(bridge);

	guard(mutex)(&slot->lock);
	return slot->tail ? shadow_mode_valid(&slot->tail->shadow, info, mode) : MODE_OK;
}

static enum drm_connector_status bridge_detect(struct drm_bridge *bridge)
{
	return dsi_connector_status(slot_of(bridge));
}

static int bridge_get_modes(struct drm_bridge *bridge, struct drm_connector *connector)
{
	return dsi_connector_get_modes(slot_of(bridge), connector);
}

static const struct drm_bridge_funcs bridge_funcs = {
	.attach = bridge_attach,
	.detach = bridge_detach,
	.atomic_check = bridge_atomic_check,
	.atomic_get_input_bus_fmts = bridge_get_input_bus_fmts,
	.atomic_pre_enable = bridge_pre_enable,
	.atomic_enable = bridge_enable,
	.atomic_disable = bridge_disable,
	.atomic_post_disable = bridge_post_disable,
	.mode_valid = bridge_mode_valid,
	.detect = bridge_detect,
	.get_modes = bridge_get_modes,
	.atomic_reset = drm_atomic_helper_bridge_reset,
	.atomic_duplicate_state = drm_atomic_helper_bridge_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_bridge_destroy_state,
};

/**
 * dsi_bridge_init() - what a card will find
 * @slot: the slot
 */
void dsi_bridge_init(struct dsi_slot *slot)
{
	slot->bridge.funcs = &bridge_funcs;
	slot->bridge.of_node = slot->node;
	slot->bridge.type = DRM_MODE_CONNECTOR_DSI;
	slot->bridge.ops = DRM_BRIDGE_OP_DETECT | DRM_BRIDGE_OP_HPD | DRM_BRIDGE_OP_MODES;
	/* The lanes are up before anything is said to the add-on. */
	slot->bridge.pre_enable_prev_first = true;
}
