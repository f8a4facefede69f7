/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tail: the bridges and the panel of an add-on.
 */
#ifndef PLUGTREE_DSI_TAIL_H
#define PLUGTREE_DSI_TAIL_H

#include <drm/drm_bridge.h>

#include "shadow.h"

struct dsi_slot;
struct drm_panel;

/**
 * enum dsi_phase - how far the bridges are switched on
 * @DSI_OFF: not at all
 * @DSI_PRE_ENABLED: half of the way up
 * @DSI_ON: fully
 * @DSI_DISABLED: half of the way down
 *
 * It is written down and not found out: an add-on may go or come between any two steps of a
 * modeset.
 */
enum dsi_phase {
	DSI_OFF,
	DSI_PRE_ENABLED,
	DSI_ON,
	DSI_DISABLED,
};

/**
 * struct dsi_tail - a tail
 * @shadow: its card
 * @panel_bridge: for a panel straight at the connector, a bridge that stands for it
 * @panel: that panel
 * @phase: how far it is
 * @state: of the shadow card, between the two halves of a way
 * @off: the state to switch it off with, from when it is switched on: that must not fail
 */
struct dsi_tail {
	struct shadow shadow;
	struct drm_bridge panel_bridge;
	struct drm_panel *panel;
	enum dsi_phase phase;
	struct drm_atomic_state *state;
	struct drm_atomic_state *off;
};

void dsi_tail_connect(struct work_struct *work);
void dsi_tail_disconnect(struct dsi_slot *slot);
void dsi_tail_pre_enable(struct dsi_tail *tail, const struct drm_display_mode *mode,
			 const struct drm_display_mode *adjusted);
void dsi_tail_enable(struct dsi_tail *tail);
void dsi_tail_disable(struct dsi_tail *tail);
void dsi_tail_post_disable(struct dsi_tail *tail);

#endif
