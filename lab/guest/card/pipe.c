// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plane and CRTC. A timer is the vertical blanking; nothing is really sent.
 */
#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>
#include <drm/drm_simple_kms_helper.h>
#include <drm/drm_vblank.h>

#include "card.h"

static const u32 plane_formats[] = { DRM_FORMAT_XRGB8888 };

static int plane_atomic_check(struct drm_plane *plane, struct drm_atomic_state *state)
{
	struct drm_plane_state *plane_state = drm_atomic_get_new_plane_state(state, plane);
	struct drm_crtc_state *crtc_state = NULL;

	if (plane_state->crtc)
		crtc_state = drm_atomic_get_new_crtc_state(state, plane_state->crtc);
	return drm_atomic_helper_check_plane_state(plane_state, crtc_state,
						   DRM_PLANE_NO_SCALING, DRM_PLANE_NO_SCALING,
						   false, false);
}

/* What is scanned out is what the buffer holds. */
static void plane_atomic_update(struct drm_plane *plane, struct drm_atomic_state *state)
{
}

static const struct drm_plane_helper_funcs plane_helper_funcs = {
	DRM_GEM_SHADOW_PLANE_HELPER_FUNCS,
	.atomic_check = plane_atomic_check,
	.atomic_update = plane_atomic_update,
};

static const struct drm_plane_funcs plane_funcs = {
	.update_plane = drm_atomic_helper_update_plane,
	.disable_plane = drm_atomic_helper_disable_plane,
	DRM_GEM_SHADOW_PLANE_FUNCS,
};

static enum hrtimer_restart vblank_end(struct hrtimer *timer)
{
	struct card *card = container_of(timer, struct card, vblank);

	hrtimer_forward_now(timer, card->frame);
	drm_crtc_handle_vblank(card->crtc);
	return HRTIMER_RESTART;
}

static int crtc_enable_vblank(struct drm_crtc *crtc)
{
	struct card *card = to_card(crtc->dev);

	drm_calc_timestamping_constants(crtc, &crtc->mode);
	card->frame = ns_to_ktime(drm_crtc_vblank_crtc(crtc)->framedur_ns);
	hrtimer_start(&card->vblank, card->frame, HRTIMER_MODE_REL);
	return 0;
}

static void crtc_disable_vblank(struct drm_crtc *crtc)
{
	hrtimer_try_to_cancel(&to_card(crtc->dev)->vblank);
}

static int crtc_atomic_check(struct drm_crtc *crtc, struct drm_atomic_state *state)
{
	struct drm_crtc_state *crtc_state = drm_atomic_get_new_crtc_state(state, crtc);

	return crtc_state->enable ? drm_atomic_helper_check_crtc_primary_plane(crtc_state) : 0;
}

static void crtc_send_event(struct drm_crtc *crtc)
{
	struct drm_pending_vblank_event *event = crtc->state->event;

	if (!event)
		return;
	crtc->state->event = NULL;
	spin_lock_irq(&crtc->dev->event_lock);
	if (crtc->state->active && !drm_crtc_vblank_get(crtc))
		drm_crtc_arm_vblank_event(crtc, event);
	else
		drm_crtc_send_vblank_event(crtc, event);
	spin_unlock_irq(&crtc->dev->event_lock);
}

static void crtc_atomic_flush(struct drm_crtc *crtc, struct drm_atomic_state *state)
{
	crtc_send_event(crtc);
}

static void crtc_atomic_enable(struct drm_crtc *crtc, struct drm_atomic_state *state)
{
	drm_crtc_vblank_on(crtc);
}

static void crtc_atomic_disable(struct drm_crtc *crtc, struct drm_atomic_state *state)
{
	drm_crtc_vblank_off(crtc);
	hrtimer_cancel(&to_card(crtc->dev)->vblank);
	if (!crtc->state->active)
		crtc_send_event(crtc);
}

static const struct drm_crtc_helper_funcs crtc_helper_funcs = {
	.atomic_check = crtc_atomic_check,
	.atomic_flush = crtc_atomic_flush,
	.atomic_enable = crtc_atomic_enable,
	.atomic_disable = crtc_atomic_disable,
};

static const struct drm_crtc_funcs crtc_funcs = {
	.reset = drm_atomic_helper_crtc_reset,
	.set_config = drm_atomic_helper_set_config,
	.page_flip = drm_atomic_helper_page_flip,
	.atomic_duplicate_state = drm_atomic_helper_crtc_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_crtc_destroy_state,
	.enable_vblank = crtc_enable_vblank,
	.disable_vblank = crtc_disable_vblank,
};

/**
 * card_pipe_create() - plane, CRTC and encoder
 * @card: the card
 *
 * Return: 0 or a negative errno.
 */
int card_pipe_create(struct card *card)
{
	struct drm_device *drm = &card->drm;
	int ret;

	hrtimer_init(&card->vblank, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	card->vblank.function = vblank_end;
	card->plane = __drmm_universal_plane_alloc(drm, sizeof(*card->plane), 0, 1, &plane_funcs,
						   plane_formats, ARRAY_SIZE(plane_formats), NULL,
						   DRM_PLANE_TYPE_PRIMARY, NULL);
	if (IS_ERR(card->plane))
		return PTR_ERR(card->plane);
	drm_plane_helper_add(card->plane, &plane_helper_funcs);
	drm_plane_enable_fb_damage_clips(card->plane);

	card->crtc = drmm_kzalloc(drm, sizeof(*card->crtc), GFP_KERNEL);
	card->encoder = drmm_kzalloc(drm, sizeof(*card->encoder), GFP_KERNEL);
	if (!card->crtc || !card->encoder)
		return -ENOMEM;
	ret = drmm_crtc_init_with_planes(drm, card->crtc, card->plane, NULL, &crtc_funcs, NULL);
	if (ret)
		return ret;
	drm_crtc_helper_add(card->crtc, &crtc_helper_funcs);
	ret = drmm_encoder_init(drm, card->encoder, NULL, DRM_MODE_ENCODER_DSI, NULL);
	card->encoder->possible_crtcs = drm_crtc_mask(card->crtc);
	return ret;
}
