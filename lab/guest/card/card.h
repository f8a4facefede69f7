/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A card with one pipe, for tests.
 */
#ifndef PLUGTREE_CARD_H
#define PLUGTREE_CARD_H

#include <linux/hrtimer.h>

#include <drm/drm_bridge.h>
#include <drm/drm_crtc.h>
#include <drm/drm_device.h>
#include <drm/drm_mipi_dsi.h>
#include <drm/drm_plane.h>

/**
 * struct card - the card
 * @drm: the card
 * @host: its DSI host
 * @link: what is attached to the host, NULL for nothing
 * @made: the card has been made and registered
 * @bridge: the host, as the first bridge
 * @next: the bridge behind the link
 * @encoder: the encoder
 * @plane: the one plane
 * @crtc: the one CRTC
 * @vblank: fires at the end of each frame
 * @frame: its period
 * @lit: the link carries a picture
 * @sent: messages that went through the link
 * @switched_on: how often the link was switched on
 * @lanes: with how many lanes
 * @mode_flags: in which mode
 */
struct card {
	struct drm_device drm;
	struct mipi_dsi_host host;
	struct mipi_dsi_device *link;
	bool made;
	struct drm_bridge bridge;
	struct drm_bridge *next;
	struct drm_encoder *encoder;
	struct drm_plane *plane;
	struct drm_crtc *crtc;
	struct hrtimer vblank;
	ktime_t frame;
	bool lit;
	atomic_t sent;
	atomic_t switched_on;
	unsigned int lanes;
	unsigned long mode_flags;
};

#define to_card(device) container_of(device, struct card, drm)

int card_make(struct card *card);
int card_host_register(struct card *card);
void card_host_init_bridge(struct card *card);
int card_pipe_create(struct card *card);
void card_capture_init(struct card *card);
void card_capture_exit(struct card *card);

#endif
