// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shadow card.
 *
 * Bridge drivers take for granted that they belong to a card for good: they link themselves into an
 * encoder's chain, have private objects in its atomic state, and ask that state for the connector
 * and the CRTC. The card that user space has must not point at anything of an add-on. So the
 * bridges get a card of their own, of which nobody else knows: it is never registered. Each modeset
 * of the real card is repeated on it, and when the add-on goes, it goes, with the core's own code
 * and while all bridges are still there.
 *
 * It is used in the midst of modesets of the real card, whose locks are of a class that must not be
 * taken twice. So its locks are of a class of their own.
 */
#include <linux/ww_mutex.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_atomic_uapi.h>
#include <drm/drm_bridge.h>
#include <drm/drm_drv.h>
#include <drm/drm_managed.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_modeset_lock.h>

#include "shadow.h"

static DEFINE_WW_CLASS(shadow_ww_class);

static struct lock_class_key shadow_mode_config_key;

static const struct drm_driver shadow_driver = {
	.driver_features = DRIVER_MODESET | DRIVER_ATOMIC,
	.name = "plugtree-shadow",
	.desc = "bridges of an add-on",
	.date = "20261128",
	.major = 1,
};

static const struct drm_mode_config_funcs shadow_mode_config_funcs = {
	.atomic_check = drm_atomic_helper_check,
};

static const struct drm_crtc_funcs shadow_crtc_funcs = {
	.reset = drm_atomic_helper_crtc_reset,
	.atomic_duplicate_state = drm_atomic_helper_crtc_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_crtc_destroy_state,
};

static const struct drm_crtc_helper_funcs shadow_crtc_helper_funcs = {};

static const struct drm_connector_funcs shadow_connector_funcs = {
	.reset = drm_atomic_helper_connector_reset,
	.atomic_duplicate_state = drm_atomic_helper_connector_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_connector_destroy_state,
};

static const struct drm_connector_helper_funcs shadow_connector_helper_funcs = {};

/**
 * shadow_first() - the add-on's first bridge
 * @shadow: the shadow card
 */
struct drm_bridge *shadow_first(struct shadow *shadow)
{
	return drm_bridge_chain_get_first_bridge(shadow->encoder);
}

static struct drm_bridge *shadow_last(struct shadow *shadow)
{
	return list_last_entry(&shadow->encoder->bridge_chain, struct drm_bridge, chain_node);
}

static void shadow_own_lock(struct drm_modeset_lock *lock)
{
	ww_mutex_init(&lock->mutex, &shadow_ww_class);
}

static void shadow_own_locks(struct shadow *shadow)
{
	struct drm_mode_config *config = &shadow->drm->mode_config;
	struct drm_private_obj *object;

	lockdep_set_class(&config->mutex, &shadow_mode_config_key);
	shadow_own_lock(&config->connection_mutex);
	shadow_own_lock(&shadow->crtc->mutex);
	list_for_each_entry(object, &config->privobj_list, head)
		shadow_own_lock(&object->lock);
}

static int shadow_create_pipe(struct shadow *shadow)
{
	struct drm_device *drm = shadow->drm;
	int ret;

	shadow->crtc = drmm_kzalloc(drm, sizeof(*shadow->crtc), GFP_KERNEL);
	shadow->encoder = drmm_kzalloc(drm, sizeof(*shadow->encoder), GFP_KERNEL);
	shadow->connector = drmm_kzalloc(drm, sizeof(*shadow->connector), GFP_KERNEL);
	if (!shadow->crtc || !shadow->encoder || !shadow->connector)
		return -ENOMEM;
	ret = drmm_mode_config_init(drm);
	if (ret)
		return ret;
	drm->mode_config.funcs = &shadow_mode_config_funcs;
	ret = drmm_crtc_init_with_planes(drm, shadow->crtc, NULL, NULL, &shadow_crtc_funcs, NULL);
	if (ret)
		return ret;
	drm_crtc_helper_add(shadow->crtc, &shadow_crtc_helper_funcs);
	ret = drmm_encoder_init(drm, shadow->encoder, NULL, DRM_MODE_ENCODER_DSI, NULL);
	if (ret)
		return ret;
	shadow->encoder->possible_crtcs = drm_crtc_mask(shadow->crtc);
	return 0;
}

static int shadow_create_connector(struct shadow *shadow)
{
	int ret = drmm_connector_init(shadow->drm, shadow->connector, &shadow_connector_funcs,
				      shadow_last(shadow)->type ?: DRM_MODE_CONNECTOR_DSI, NULL);

	if (ret)
		return ret;
	drm_connector_helper_add(shadow->connector, &shadow_connector_helper_funcs);
	return drm_connector_attach_encoder(shadow->connector, shadow->encoder);
}

/* Who of the add-on knows the modes? The last one who says so. */
static struct drm_bridge *shadow_mode_source(struct shadow *shadow)
{
	struct drm_bridge *bridge;

	list_for_each_entry_reverse(bridge, &shadow->encoder->bridge_chain, chain_node) {
		if (bridge->ops & DRM_BRIDGE_OP_MODES)
			return bridge;
	}
	return NULL;
}

/*
 * With the modes, a panel tells its connector what goes over the wires to it, which its bridge asks
 * for. A client may light it without having asked for the modes.
 */
static void shadow_learn(struct shadow *shadow)
{
	struct drm_bridge *source = shadow_mode_source(shadow);
	struct drm_display_mode *mode, *next;

	if (!source)
		return;
	mutex_lock(&shadow->drm->mode_config.mutex);
	drm_bridge_get_modes(source, shadow->connector);
	list_for_each_entry_safe(mode, next, &shadow->connector->probed_modes, head) {
		list_del(&mode->head);
		drm_mode_destroy(shadow->drm, mode);
	}
	mutex_unlock(&shadow->drm->mode_config.mutex);
}

/**
 * shadow_create() - a shadow card for the bridges of an add-on
 * @shadow: filled
 * @parent: the device that it is below
 * @first: the first bridge; it attaches those behind it
 *
 * Context: Process context. The lock of the device that @first belongs to is held, so that it
 * stays.
 *	Takes locks of the class of real cards' modesets: no lock that is taken inside of such
 *	modesets may be held.
 * Return: 0, or a negative errno, and then there is nothing left of it.
 */
int shadow_create(struct shadow *shadow, struct device *parent, struct drm_bridge *first)
{
	int ret;

	shadow->drm = drm_dev_alloc(&shadow_driver, parent);
	if (IS_ERR(shadow->drm))
		return PTR_ERR(shadow->drm);
	ret = shadow_create_pipe(shadow);
	ret = ret ?: drm_bridge_attach(shadow->encoder, first, NULL,
				       DRM_BRIDGE_ATTACH_NO_CONNECTOR);
	ret = ret ?: shadow_create_connector(shadow);
	if (ret) {
		shadow_destroy(shadow);
		return ret;
	}
	drm_mode_config_reset(shadow->drm);
	shadow_own_locks(shadow);
	shadow_learn(shadow);
	return 0;
}

/**
 * shadow_destroy() - the reverse of shadow_create()
 * @shadow: the shadow card, switched off
 *
 * Detaches all bridges, at once, since nobody else has a reference.
 *
 * Context: As shadow_create().
 */
void shadow_destroy(struct shadow *shadow)
{
	drm_dev_put(shadow->drm);
}

static int shadow_fill(struct shadow *shadow, struct drm_atomic_state *state,
		       const struct drm_display_mode *mode)
{
	struct drm_connector_state *connector_state;
	struct drm_crtc_state *crtc_state;
	int ret;

	crtc_state = drm_atomic_get_crtc_state(state, shadow->crtc);
	if (IS_ERR(crtc_state))
		return PTR_ERR(crtc_state);
	connector_state = drm_atomic_get_connector_state(state, shadow->connector);
	if (IS_ERR(connector_state))
		return PTR_ERR(connector_state);
	ret = drm_atomic_set_crtc_for_connector(connector_state, mode ? shadow->crtc : NULL);
	ret = ret ?: drm_atomic_set_mode_for_crtc(crtc_state, mode);
	if (ret)
		return ret;
	crtc_state->active = mode;
	/* Also from on to on: the bridges are asked each time. */
	crtc_state->mode_changed = true;
	return drm_atomic_check_only(state);
}

static int shadow_try(struct shadow *shadow, struct drm_atomic_state *state,
		      const struct drm_display_mode *mode)
{
	struct drm_modeset_acquire_ctx context = {};
	int ret;

	/* drm_modeset_acquire_init() would be of the other class. */
	ww_acquire_init(&context.ww_ctx, &shadow_ww_class);
	INIT_LIST_HEAD(&context.locked);
	state->acquire_ctx = &context;
	state->allow_modeset = true;
	while ((ret = shadow_fill(shadow, state, mode)) == -EDEADLK) {
		drm_atomic_state_clear(state);
		drm_modeset_backoff(&context);
	}
	drm_modeset_drop_locks(&context);
	ww_acquire_fini(&context.ww_ctx);
	state->acquire_ctx = NULL;
	return ret;
}

/**
 * shadow_prepare() - a state in which the add-on shows a mode, or nothing
 * @shadow: the shadow card
 * @mode: the mode; NULL for off
 *
 * Context: Process context, may sleep, also in a modeset of a real card. The caller sees to it that
 *	the card's state stays as it is until the new one is swapped in.
 * Return: the state, for shadow_swap() or to be given to drm_atomic_state_put(); an ERR_PTR if the
 *	add-on cannot do it.
 */
struct drm_atomic_state *shadow_prepare(struct shadow *shadow, const struct drm_display_mode *mode)
{
	struct drm_atomic_state *state = drm_atomic_state_alloc(shadow->drm);
	int ret;

	if (!state)
		return ERR_PTR(-ENOMEM);
	ret = shadow_try(shadow, state, mode);
	if (ret) {
		drm_atomic_state_put(state);
		return ERR_PTR(ret);
	}
	return state;
}

/**
 * shadow_swap() - make a state that was prepared that of the card
 * @shadow: the shadow card
 * @state: the state; from now on it is what the functions of the bridge chain ask for
 * @on: the add-on shows something with it
 *
 * Context: Process context. Needs no memory and cannot fail.
 */
void shadow_swap(struct shadow *shadow, struct drm_atomic_state *state, bool on)
{
	/* Only the wait for earlier commits can fail, and is not asked for. */
	WARN_ON(drm_atomic_helper_swap_state(state, false));
	/* Older bridges look there. */
	shadow->encoder->crtc = on ? shadow->crtc : NULL;
	shadow->connector->encoder = on ? shadow->encoder : NULL;
}

/**
 * shadow_check() - could the add-on show a mode?
 * @shadow: the shadow card
 * @mode: the mode
 * @adjusted: filled with what the bridges make of it; may be @mode
 *
 * Context: As shadow_prepare().
 * Return: 0 or a negative errno.
 */
int shadow_check(struct shadow *shadow, const struct drm_display_mode *mode,
		 struct drm_display_mode *adjusted)
{
	struct drm_atomic_state *state = shadow_prepare(shadow, mode);

	if (IS_ERR(state))
		return PTR_ERR(state);
	drm_mode_copy(adjusted,
		      &drm_atomic_get_new_crtc_state(state, shadow->crtc)->adjusted_mode);
	drm_atomic_state_put(state);
	return 0;
}

/* Returns how many were moved. */
static int shadow_move_modes(struct drm_connector *from, struct drm_connector *to)
{
	struct drm_display_mode *mode, *next, *copy;
	int count = 0;

	list_for_each_entry_safe(mode, next, &from->probed_modes, head) {
		copy = drm_mode_duplicate(to->dev, mode);
		if (copy) {
			drm_mode_probed_add(to, copy);
			count++;
		}
		list_del(&mode->head);
		drm_mode_destroy(from->dev, mode);
	}
	return count;
}

/**
 * shadow_get_modes() - the modes and the size of the panel
 * @shadow: the shadow card
 * @connector: the real card's connector, which gets them
 *
 * They go through the shadow's own connector: some drivers give a connector properties with them,
 * for which it is too late once it is registered.
 *
 * Context: The real card's mode_config.mutex is held.
 * Return: how many there are.
 */
int shadow_get_modes(struct shadow *shadow, struct drm_connector *connector)
{
	struct drm_bridge *source = shadow_mode_source(shadow);
	int count = 0;

	if (!source)
		return 0;
	mutex_lock(&shadow->drm->mode_config.mutex);
	if (drm_bridge_get_modes(source, shadow->connector) > 0)
		count = shadow_move_modes(shadow->connector, connector);
	connector->display_info.width_mm = shadow->connector->display_info.width_mm;
	connector->display_info.height_mm = shadow->connector->display_info.height_mm;
	mutex_unlock(&shadow->drm->mode_config.mutex);
	return count;
}

/**
 * shadow_mode_valid() - is a mode within what the bridges can do?
 * @shadow: the shadow card
 * @info: of the real connector
 * @mode: the mode
 *
 * Return: MODE_OK or why not.
 */
enum drm_mode_status shadow_mode_valid(struct shadow *shadow, const struct drm_display_info *info,
				       const struct drm_display_mode *mode)
{
	return drm_bridge_chain_mode_valid(shadow_first(shadow), info, mode);
}
