/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The connector: the socket of a base board, as its front end and user space see it.
 */
#ifndef PLUGTREE_CONNECTOR_H
#define PLUGTREE_CONNECTOR_H

#include <linux/bits.h>
#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/kobject.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "common/id/id.h"
#include "common/reasons.h"
#include "state.h"
#include "timeline.h"
#include "watchdog.h"

/* How many connectors may be in each other. */
#define CONNECTOR_MAX_DEPTH 8

struct insertion;
struct plugtree_connector;

/**
 * struct plugtree_connector_ops - what a front end knows: presence, power, identity
 * @present: is an add-on in the connector now? NULL for connectors that cannot tell
 * @power_on: powers the add-on and takes it out of reset. Process context, may sleep; waits only by
 *	plugtree_connector_wait(). On failure everything is off again. May be NULL.
 * @power_off: asserts reset and takes the power away; the add-on may be gone already. May be NULL.
 * @identify: reads the identity without an ID overlay. NULL where stage 1 is needed.
 * @overlay_name: the name of a model's overlay among all overlays, for connectors whose types have
 *	no folder of their own. 0, or a negative errno if there is none of this specificity.
 *	NULL for id_file_name() in the type's folder
 *
 * All but @present are called by the connector's worker only; @present may be asked from any
 * process context. The functions that can fail return 0, -EINVAL with the refusal filled, or
 * -EINTR when plugtree_connector_interrupted().
 */
struct plugtree_connector_ops {
	bool (*present)(struct plugtree_connector *connector);
	int (*power_on)(struct plugtree_connector *connector, struct plugtree_refusal *refusal);
	void (*power_off)(struct plugtree_connector *connector);
	int (*identify)(struct plugtree_connector *connector, struct id_identity *identity,
			struct plugtree_refusal *refusal);
	int (*overlay_name)(const struct id_identity *identity, enum id_specificity specificity,
			    char *name, size_t size);
};

/**
 * enum plugtree_request - what user space asks for
 * @PLUGTREE_REQUEST_NONE: nothing
 * @PLUGTREE_REQUEST_LOAD: insert the model that is named
 * @PLUGTREE_REQUEST_EJECT: take the add-on out of service
 * @PLUGTREE_REQUEST_RESCAN: forget failures and look again
 */
enum plugtree_request {
	PLUGTREE_REQUEST_NONE,
	PLUGTREE_REQUEST_LOAD,
	PLUGTREE_REQUEST_EJECT,
	PLUGTREE_REQUEST_RESCAN,
};

/* An add-on that is pulled out loses its power, too; so what counts is whether that is all. */
#define PLUGTREE_LOST_CONTACT BIT(0)
#define PLUGTREE_LOST_POWER BIT(1)

/**
 * struct plugtree_connector - one connector
 * @dev: the class device; its parent is the front end's device
 * @ops: the front end's operations
 * @front_end: the front end's own data
 * @node: the connector's device tree node
 * @outer: the connector that holds the add-on that this one is on, one reference; NULL on a base
 *	board
 * @depth: how many connectors this one is in
 * @type: "<vendor>,<type>": first string of the node's compatible
 * @debounce_ms: how long the presence must be stable
 * @signed_overlays: its node, or that of a connector that it is in, asks for signed overlays
 * @devices: sysfs directory with a link for each device of the add-on
 * @queue: the ordered queue of this connector's one worker
 * @queue_map: for lockdep, the same class for all that are in as many others
 * @work: the worker
 * @changed: woken whenever the presence moved or something was requested
 * @moves: how often the presence moved
 * @lost: what the add-on has lost since the insertion settled, PLUGTREE_LOST_*
 * @moved_at: when the presence moved from a stable state; 0 once consumed
 * @started: the front end is ready, so the worker may run
 * @working: the worker is in the middle of something
 * @dying: the connector is being unregistered
 * @lock: protects @request, @requested_model, @load_taken, @status, @timeline and @watchdog's note
 * @request: the request that waits for the worker
 * @requested_model: the model of a load request
 * @load_taken: the worker has taken a load request, of which the state does not tell yet
 * @status: what user space sees
 * @timeline: the steps of the current or last insertion
 * @watchdog: of the step that runs now
 * @insertion: the worker's own, nobody else looks at it
 */
struct plugtree_connector {
	struct device dev;
	const struct plugtree_connector_ops *ops;
	void *front_end;
	struct device_node *node;
	struct plugtree_connector *outer;
	unsigned int depth;
	char type[64];
	unsigned int debounce_ms;
	bool signed_overlays;
	struct kobject *devices;

	struct workqueue_struct *queue;
	struct lockdep_map queue_map;
	struct delayed_work work;
	wait_queue_head_t changed;
	atomic_t moves;
	atomic_t lost;
	atomic64_t moved_at;
	bool started;
	bool working;
	bool dying;

	struct mutex lock; /* see @lock above */
	enum plugtree_request request;
	char requested_model[ID_TEXT_SIZE];
	bool load_taken;
	struct plugtree_status status;
	struct timeline timeline;
	struct watchdog watchdog;

	struct insertion *insertion;
};

#define to_plugtree_connector(device) container_of(device, struct plugtree_connector, dev)

struct plugtree_connector *plugtree_connector_register(struct device *parent,
						       const struct plugtree_connector_ops *ops,
						       void *front_end);
void plugtree_connector_unregister(struct plugtree_connector *connector);

void plugtree_connector_start(struct plugtree_connector *connector);
void plugtree_connector_wake(struct plugtree_connector *connector);
void plugtree_connector_resume(struct plugtree_connector *connector);
void plugtree_connector_moved(struct plugtree_connector *connector);
void plugtree_connector_lost(struct plugtree_connector *connector);
void plugtree_connector_power_lost(struct plugtree_connector *connector);
bool plugtree_connector_interrupted(struct plugtree_connector *connector);
void plugtree_connector_waited(struct plugtree_connector *connector, ktime_t begin);
int plugtree_connector_wait(struct plugtree_connector *connector, unsigned int microseconds);
int plugtree_connector_request(struct plugtree_connector *connector, enum plugtree_request request,
			       const char *model);

int connector_for_each(int (*visit)(struct plugtree_connector *connector, void *data), void *data);
int connector_class_init(void);
void connector_class_exit(void);

extern const struct attribute_group *plugtree_connector_groups[];

#endif
