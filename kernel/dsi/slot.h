/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The slot: what a connector has for displays, whether an add-on is there or not.
 */
#ifndef PLUGTREE_DSI_SLOT_H
#define PLUGTREE_DSI_SLOT_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#include <drm/drm_bridge.h>
#include <drm/drm_mipi_dsi.h>

#include "common/reasons.h"

struct device;
struct dsi_tail;
struct drm_connector;
struct drm_device;

/**
 * struct dsi_slot - the display link of one connector
 * @list: in the list of slots; a slot stays until the module goes, since a card may point at it
 * @node: the connector's child "dsi"
 * @device: the platform device, which is made of @node
 * @bridge: the end of the real card's chain
 * @upstream: the real host; NULL while @device is not bound
 * @link: the one device that the real host ever sees
 * @flexible: that host looks at the parameters of @link at each switch-on, so they may change
 * @lanes: how many there are
 * @format: what the connector gives
 * @mode_flags: the same
 * @host: the host for the add-on's side
 * @lock: protects the next ones, and the callbacks of the add-on's bridges. Taken in modesets of
 *	the real card
 * @attached: the add-on's device on @host, NULL for none
 * @tail: the bridges of the add-on, once they are attached to their shadow card
 * @retired: the add-on is about to go, nothing is attached any more
 * @error: why there is no @tail, a negative errno; 0 if that is not known
 * @refusal: why an add-on's device was not let in
 * @pulls: how often a tail was taken off
 * @connect: makes the tail
 * @queue: ordered, for @show only, which may wait for user space's commits
 * @show: tells the real card and user space; disabled while there is no card
 * @drm: the real card, while @bridge is attached to it
 * @bridge_connector: that card has a connector of its own for the chain
 * @connector: the connector that this slot has made, NULL for none; @show's own after the attach
 * @shown_pulls: what @show has told
 * @shown: the same
 */
struct dsi_slot {
	struct list_head list;
	struct device_node *node;
	struct device *device;
	struct drm_bridge bridge;

	struct mipi_dsi_host *upstream;
	struct mipi_dsi_device *link;
	bool flexible;
	unsigned int lanes;
	enum mipi_dsi_pixel_format format;
	unsigned long mode_flags;
	struct mipi_dsi_host host;

	struct mutex lock; /* see @lock above */
	struct mipi_dsi_device *attached;
	struct dsi_tail *tail;
	bool retired;
	int error;
	struct plugtree_refusal refusal;
	unsigned int pulls;
	struct work_struct connect;

	struct workqueue_struct *queue;
	struct delayed_work show;
	struct drm_device *drm;
	bool bridge_connector;
	struct drm_connector *connector;
	unsigned int shown_pulls;
	bool shown;
};

/* slot.c */
struct dsi_slot *dsi_slot_of(const struct device_node *node);
int dsi_slots_create(void);
void dsi_slots_destroy(void);
int dsi_slots_start(void);
void dsi_slots_stop(void);

/* bridge.c */
void dsi_bridge_init(struct dsi_slot *slot);

/* host.c */
int dsi_host_probe(struct dsi_slot *slot);
void dsi_host_remove(struct dsi_slot *slot);

/* connector.c */
enum drm_connector_status dsi_connector_status(struct dsi_slot *slot);
int dsi_connector_get_modes(struct dsi_slot *slot, struct drm_connector *connector);
int dsi_connector_attach(struct dsi_slot *slot);
void dsi_connector_detach(struct dsi_slot *slot);
void dsi_connector_show(struct work_struct *work);

/* devices.c */
extern struct device_bus dsi_device_bus;

#endif
