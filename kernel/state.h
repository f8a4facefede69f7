/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of a connector, as user space sees it.
 */
#ifndef PLUGTREE_STATE_H
#define PLUGTREE_STATE_H

#include "common/id/id.h"
#include "common/reasons.h"

struct kobj_uevent_env;
struct plugtree_connector;

/* Long enough for "plugtree/<type>/<vendor>-<model>@<revision>.dtbo". */
#define PLUGTREE_PATH_SIZE 256

/**
 * enum plugtree_state - where an insertion stands
 * @PLUGTREE_EMPTY: nothing inserted (or ejected)
 * @PLUGTREE_SETTLING: an add-on came, its contacts may still bounce
 * @PLUGTREE_POWERING: power and reset
 * @PLUGTREE_IDENTIFYING: stage 1, or strap pins
 * @PLUGTREE_LOADING: stage 2: overlay, devices, drivers
 * @PLUGTREE_READY: every device that has a driver is bound
 * @PLUGTREE_REMOVING: everything is being taken away
 * @PLUGTREE_DRAINING: removing, and something holds it up
 * @PLUGTREE_FAILED: the add-on is in, but not in service; the reason tells why
 */
enum plugtree_state {
	PLUGTREE_EMPTY,
	PLUGTREE_SETTLING,
	PLUGTREE_POWERING,
	PLUGTREE_IDENTIFYING,
	PLUGTREE_LOADING,
	PLUGTREE_READY,
	PLUGTREE_REMOVING,
	PLUGTREE_DRAINING,
	PLUGTREE_FAILED,
};

/**
 * struct plugtree_status - what user space sees of a connector
 * @state: the state
 * @identity: of the add-on, empty strings when unknown
 * @overlay: firmware path of the model overlay, empty when none
 * @refusal: why the connector is failed, draining, or not what one would expect
 * @insertions: add-ons that came and settled
 * @failures: insertions, retries included, that did not get to ready
 */
struct plugtree_status {
	enum plugtree_state state;
	struct id_identity identity;
	char overlay[PLUGTREE_PATH_SIZE];
	struct plugtree_refusal refusal;
	unsigned int insertions;
	unsigned int failures;
};

const char *plugtree_state_name(enum plugtree_state state);
void state_set(struct plugtree_connector *connector, enum plugtree_state state,
	       const struct plugtree_refusal *refusal);
int state_uevent(struct plugtree_connector *connector, struct kobj_uevent_env *env);
int state_error(const struct plugtree_refusal *refusal, char *text, size_t size);

#endif
