// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the real card and user space see of it all.
 *
 * Where the card leaves the connector to the chain, it is one that stays, connected or
 * disconnected, or one that comes and goes with the add-on. Where the card makes its own, that one
 * is told.
 *
 * Everything here may wait for user space's commits and their fences. So it is done by a work of
 * its own, after the add-on has gone, and nothing that the add-on needs waits for that.
 */
#include <linux/moduleparam.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_connector.h>
#include <drm/drm_drv.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <drm/drm_print.h>
#include <drm/drm_probe_helper.h>

#include "slot.h"
#include "tail.h"

/* How soon a card that is not registered yet is looked at again; nobody tells when it is. */
#define CONNECTOR_CARD_MS 100

static bool dynamic_connector;
module_param(dynamic_connector, bool, 0444);
MODULE_PARM_DESC(dynamic_connector,
		 "Whether the DRM connector comes and goes with the add-on, instead of being disconnected");

/**
 * struct dsi_connector - a connector that the slot has made
 * @base: the connector
 * @slot: the slot
 */
struct dsi_connector {
	struct drm_connector base;
	struct dsi_slot *slot;
};

static struct dsi_slot *slot_of(struct drm_connector *connector)
{
	return container_of(connector, struct dsi_connector, base)->slot;
}

/**
 * dsi_connector_status() - is there something that could be lit?
 * @slot: the slot
 */
enum drm_connector_status dsi_connector_status(struct dsi_slot *slot)
{
	guard(mutex)(&slot->lock);
	return slot->tail ? connector_status_connected : connector_status_disconnected;
}

/**
 * dsi_connector_get_modes() - the modes of the panel that is plugged now
 * @slot: the slot
 * @connector: the real card's connector, whether made here or by the card
 *
 * Context: The real card's mode_config.mutex is held.
 * Return: how many there are.
 */
int dsi_connector_get_modes(struct dsi_slot *slot, struct drm_connector *connector)
{
	guard(mutex)(&slot->lock);
	return slot->tail ? shadow_get_modes(&slot->tail->shadow, connector) : 0;
}

static enum drm_connector_status connector_detect(struct drm_connector *connector, bool force)
{
	return dsi_connector_status(slot_of(connector));
}

static int connector_get_modes(struct drm_connector *connector)
{
	return dsi_connector_get_modes(slot_of(connector), connector);
}

static void connector_destroy(struct drm_connector *connector)
{
	drm_connector_cleanup(connector);
	kfree(container_of(connector, struct dsi_connector, base));
}

static const struct drm_connector_funcs connector_funcs = {
	.reset = drm_atomic_helper_connector_reset,
	.detect = connector_detect,
	.fill_modes = drm_helper_probe_single_connector_modes,
	.destroy = connector_destroy,
	.atomic_duplicate_state = drm_atomic_helper_connector_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_connector_destroy_state,
};

static const struct drm_connector_helper_funcs connector_helper_funcs = {
	.get_modes = connector_get_modes,
};

static struct drm_connector *connector_create(struct dsi_slot *slot, int type)
{
	struct dsi_connector *connector = kzalloc(sizeof(*connector), GFP_KERNEL);
	int ret;

	if (!connector)
		return ERR_PTR(-ENOMEM);
	connector->slot = slot;
	ret = drm_connector_init(slot->drm, &connector->base, &connector_funcs, type);
	if (ret) {
		kfree(connector);
		return ERR_PTR(ret);
	}
	connector->base.polled = DRM_CONNECTOR_POLL_HPD;
	drm_connector_helper_add(&connector->base, &connector_helper_funcs);
	drm_atomic_helper_connector_reset(&connector->base);
	ret = drm_connector_attach_encoder(&connector->base, slot->bridge.encoder);
	if (ret) {
		drm_connector_put(&connector->base);
		return ERR_PTR(ret);
	}
	return &connector->base;
}

/**
 * dsi_connector_attach() - the real card leaves the connector to the chain
 * @slot: the slot, whose bridge is being attached
 *
 * Return: 0 or a negative errno.
 */
int dsi_connector_attach(struct dsi_slot *slot)
{
	struct drm_connector *connector;

	if (dynamic_connector)
		return 0;
	connector = connector_create(slot, slot->bridge.type);
	if (IS_ERR(connector))
		return PTR_ERR(connector);
	slot->connector = connector;
	return 0;
}

/**
 * dsi_connector_detach() - the real card is being destroyed
 * @slot: the slot, whose bridge is being detached
 *
 * Connectors that are there go with the card.
 */
void dsi_connector_detach(struct dsi_slot *slot)
{
	slot->connector = NULL;
	slot->shown = false;
}

/* With all modeset locks: the one that the chain's encoder shows something on. */
static struct drm_connector *connector_lit(struct dsi_slot *slot)
{
	struct drm_connector *connector, *lit = NULL;
	struct drm_connector_list_iter iter;

	drm_connector_list_iter_begin(slot->drm, &iter);
	drm_for_each_connector_iter(connector, &iter) {
		if (connector->state && connector->state->crtc &&
		    connector->state->best_encoder == slot->bridge.encoder) {
			drm_connector_get(connector);
			lit = connector;
			break;
		}
	}
	drm_connector_list_iter_end(&iter);
	return lit;
}

static int pipe_disable_planes(struct drm_atomic_state *state, struct drm_crtc *crtc)
{
	struct drm_plane_state *plane_state;
	struct drm_plane *plane;
	int ret, i;

	ret = drm_atomic_add_affected_planes(state, crtc);
	if (ret)
		return ret;
	for_each_new_plane_in_state(state, plane, plane_state, i) {
		if (plane_state->crtc != crtc)
			continue;
		ret = drm_atomic_set_crtc_for_plane(plane_state, NULL);
		if (ret)
			return ret;
		drm_atomic_set_fb_for_plane(plane_state, NULL);
	}
	return 0;
}

/* Another connector on the same CRTC goes on showing what it shows. */
static int pipe_disable(struct drm_atomic_state *state, struct drm_connector *connector)
{
	struct drm_crtc *crtc = connector->state->crtc;
	struct drm_connector_state *connector_state;
	struct drm_crtc_state *crtc_state;
	int ret;

	connector_state = drm_atomic_get_connector_state(state, connector);
	if (IS_ERR(connector_state))
		return PTR_ERR(connector_state);
	crtc_state = drm_atomic_get_crtc_state(state, crtc);
	if (IS_ERR(crtc_state))
		return PTR_ERR(crtc_state);
	ret = drm_atomic_set_crtc_for_connector(connector_state, NULL);
	if (ret || crtc_state->connector_mask)
		return ret ?: drm_atomic_commit(state);
	ret = drm_atomic_set_mode_for_crtc(crtc_state, NULL);
	if (ret)
		return ret;
	crtc_state->active = false;
	ret = pipe_disable_planes(state, crtc);
	return ret ?: drm_atomic_commit(state);
}

static bool slot_is_dark(struct dsi_slot *slot)
{
	guard(mutex)(&slot->lock);
	return !slot->tail || slot->tail->phase == DSI_OFF;
}

static int pipe_off_locked(struct dsi_slot *slot, struct drm_modeset_acquire_ctx *context)
{
	struct drm_connector *connector = connector_lit(slot);
	struct drm_atomic_state *state;
	int ret;

	/* A client may have lit the next add-on by now. */
	if (!connector || !slot_is_dark(slot)) {
		if (connector)
			drm_connector_put(connector);
		return 0;
	}
	state = drm_atomic_state_alloc(slot->drm);
	if (!state) {
		drm_connector_put(connector);
		return -ENOMEM;
	}
	state->acquire_ctx = context;
	ret = pipe_disable(state, connector);
	drm_atomic_state_put(state);
	drm_connector_put(connector);
	return ret;
}

/*
 * A pipe that was left on would stay as it is with the next add-on, which would stay dark: to show
 * the same again is no modeset.
 */
static void pipe_off(struct dsi_slot *slot)
{
	struct drm_modeset_acquire_ctx context;
	int ret;

	DRM_MODESET_LOCK_ALL_BEGIN(slot->drm, context, 0, ret);
	ret = pipe_off_locked(slot, &context);
	DRM_MODESET_LOCK_ALL_END(slot->drm, context, ret);
	if (ret)
		drm_err(slot->drm, "the pipe of %pOF stays on: %pe\n", slot->node, ERR_PTR(ret));
}

static void connector_remove(struct dsi_slot *slot)
{
	struct drm_connector *connector = slot->connector;

	slot->connector = NULL;
	drm_connector_unregister(connector);
	drm_kms_helper_hotplug_event(slot->drm);
	drm_connector_put(connector);
}

static int slot_connector_type(struct dsi_slot *slot)
{
	guard(mutex)(&slot->lock);
	return slot->tail ? slot->tail->shadow.connector->connector_type : slot->bridge.type;
}

/* It is in the card's list from its first moment on; with the locks nobody sees it half made. */
static void connector_add(struct dsi_slot *slot)
{
	int type = slot_connector_type(slot), ret;
	struct drm_connector *connector;

	drm_modeset_lock_all(slot->drm);
	connector = connector_create(slot, type);
	drm_modeset_unlock_all(slot->drm);
	if (IS_ERR(connector)) {
		drm_err(slot->drm, "no connector for %pOF: %pe\n", slot->node, connector);
		return;
	}
	ret = drm_connector_register(connector);
	if (ret) {
		drm_err(slot->drm, "no connector for %pOF: %pe\n", slot->node, ERR_PTR(ret));
		drm_connector_put(connector);
		return;
	}
	slot->connector = connector;
	drm_kms_helper_connector_hotplug_event(connector);
}

static void connector_tell(struct dsi_slot *slot, bool present)
{
	if (slot->bridge_connector)
		drm_bridge_hpd_notify(&slot->bridge, present ? connector_status_connected :
							       connector_status_disconnected);
	else if (dynamic_connector && slot->connector && !present)
		connector_remove(slot);
	else if (dynamic_connector && !slot->connector && present)
		connector_add(slot);
	else if (slot->connector && !drm_connector_helper_hpd_irq_event(slot->connector))
		/* Gone and back: the status is what it was, the panel may be another one. */
		drm_kms_helper_connector_hotplug_event(slot->connector);
}

/**
 * dsi_connector_show() - tell the real card and user space what there is
 * @work: the slot's work
 *
 * If an add-on has gone and another one has come since the last time, both are told at once.
 *
 * Context: The slot's queue. May wait for commits of user space, for as long as their fences take.
 */
void dsi_connector_show(struct work_struct *work)
{
	struct dsi_slot *slot = container_of(to_delayed_work(work), struct dsi_slot, show);
	unsigned int pulls;
	bool present;

	if (!slot->drm->registered) {
		queue_delayed_work(slot->queue, &slot->show, msecs_to_jiffies(CONNECTOR_CARD_MS));
		return;
	}
	scoped_guard(mutex, &slot->lock) {
		pulls = slot->pulls;
		present = slot->tail;
	}
	if (pulls == slot->shown_pulls && present == slot->shown)
		return;
	if (pulls != slot->shown_pulls)
		pipe_off(slot);
	/* Another panel is another connector, of another type perhaps. */
	if (pulls != slot->shown_pulls && dynamic_connector && slot->connector)
		connector_remove(slot);
	slot->shown_pulls = pulls;
	slot->shown = present;
	connector_tell(slot, present);
}
