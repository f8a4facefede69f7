/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shadow card: where the bridges of an add-on are attached.
 */
#ifndef PLUGTREE_DSI_SHADOW_H
#define PLUGTREE_DSI_SHADOW_H

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_encoder.h>

struct drm_atomic_state;
struct drm_bridge;
struct drm_device;

/**
 * struct shadow - a card that nobody sees
 * @drm: the card; never registered, the only reference is here
 * @crtc: its CRTC, without planes
 * @encoder: its encoder, with the add-on's bridges
 * @connector: its connector
 */
struct shadow {
	struct drm_device *drm;
	struct drm_crtc *crtc;
	struct drm_encoder *encoder;
	struct drm_connector *connector;
};

int shadow_create(struct shadow *shadow, struct device *parent, struct drm_bridge *first);
void shadow_destroy(struct shadow *shadow);
int shadow_check(struct shadow *shadow, const struct drm_display_mode *mode,
		 struct drm_display_mode *adjusted);
struct drm_atomic_state *shadow_prepare(struct shadow *shadow, const struct drm_display_mode *mode);
void shadow_swap(struct shadow *shadow, struct drm_atomic_state *state, bool on);
int shadow_get_modes(struct shadow *shadow, struct drm_connector *connector);
enum drm_mode_status shadow_mode_valid(struct shadow *shadow, const struct drm_display_info *info,
				       const struct drm_display_mode *mode);
struct drm_bridge *shadow_first(struct shadow *shadow);

#endif
