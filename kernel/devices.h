/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devices of one graft: made of its nodes, per bus, and taken away in reverse.
 */
#ifndef PLUGTREE_DEVICES_H
#define PLUGTREE_DEVICES_H

#include <linux/device/bus.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/xarray.h>

#include "common/reasons.h"

/* What there are at the most. */
#define DEVICE_BUSES 5

struct device;
struct device_node;
struct devices;
struct module;
struct graft;
struct plugtree_connector;

/**
 * struct device_bus - how devices of one bus come and go
 * @owner: the module that it is in; NULL for this one
 * @type: the bus that the devices are on
 * @claims: does this child of a connector hold devices of this bus?
 * @require: makes the front end's device, in its probe, depend on what is behind the container, by
 *	devices_depend(). 0, or -EPROBE_DEFER if it is not there yet, or another errno. NULL if
 *	there is nothing behind
 * @populate: makes a device of each available child of the container that has none yet, by
 *	devices_add(). 0, or -EINVAL with the refusal filled, or -EINTR when interrupted; what was
 *	added stays and is removed by devices_remove().
 * @destroy: unregisters one device. The caller holds a reference.
 * @join: asked when all drivers are bound, and again after each device_bus_changed(): does what the
 *	add-on has there work as a whole? 1, 0 if that is not known yet, or -EINVAL with the refusal
 *	filled. May fill the refusal with 1, too: that is then what "ready" is seen with. NULL if
 *	bound is all that there is
 * @leave: takes the whole out of service while all of its parts are there still; for every
 *	insertion that got as far as @join, whatever the answer. Cannot fail. NULL if @join is
 * @explain: a driver has refused its device: if the bus knows better why, it fills the refusal.
 *	May be NULL
 */
struct device_bus {
	struct module *owner;
	const struct bus_type *type;
	bool (*claims)(const struct device_node *container);
	int (*require)(struct device *consumer, struct device_node *container);
	int (*populate)(struct devices *devices, struct device_node *container,
			struct plugtree_refusal *refusal);
	void (*destroy)(struct device *device);
	int (*join)(struct device_node *container, struct plugtree_refusal *refusal);
	void (*leave)(struct device_node *container);
	void (*explain)(struct device_node *container, struct plugtree_refusal *refusal);
};

/**
 * struct device_entry - one device of an add-on
 * @list: in devices.list
 * @bus: its bus
 * @device: the device, one reference
 * @node: its node; the graft keeps it
 * @users: references to it by other devices that are still there, while they are being removed
 * @link: name of its link in the connector's devices directory
 */
struct device_entry {
	struct list_head list;
	const struct device_bus *bus;
	struct device *device;
	struct device_node *node;
	unsigned int users;
	char link[96];
};

/**
 * struct device_witness - sees devices of one bus being probed
 * @bus: the bus, whose module it keeps; NULL for none
 * @notifier: on the bus
 * @devices: whose they may be
 */
struct device_witness {
	const struct device_bus *bus;
	struct notifier_block notifier;
	struct devices *devices;
};

/**
 * struct devices - the devices of one graft
 * @connector: the connector
 * @wakes_first: they wake before the connector, which needs them to read the identity; else
 *	after it
 * @graft: the graft
 * @list: struct device_entry in the order of creation
 * @witnesses: one for each bus, while there are devices
 * @probes: for the node of each device, when its latest probe began: a value from @latest; a
 *	reserved entry before that
 * @latest: counts them; under the lock of @probes
 */
struct devices {
	struct plugtree_connector *connector;
	bool wakes_first;
	struct graft *graft;
	struct list_head list;
	struct device_witness witnesses[DEVICE_BUSES];
	struct xarray probes;
	unsigned long latest;
};

void devices_begin(struct devices *devices, struct plugtree_connector *connector, bool wakes_first);
int devices_create(struct devices *devices, struct graft *graft, struct plugtree_refusal *refusal);
void devices_remove(struct devices *devices);
int i2c_check_adapters(struct graft *graft, struct plugtree_refusal *refusal);
int devices_expect(struct devices *devices, struct device_node *node,
		   struct plugtree_refusal *refusal);
int devices_refuse(struct plugtree_refusal *refusal, const struct device_node *node, int error);
int devices_add(struct devices *devices, const struct device_bus *bus, struct device *device,
		struct plugtree_refusal *refusal);
int devices_populate_each(struct devices *devices, struct device_node *container,
			  int (*create)(struct devices *devices, struct device_node *node,
					struct plugtree_refusal *refusal),
			  struct plugtree_refusal *refusal);
const struct device_bus *device_bus_of(const struct device_node *container);
int device_bus_register(const struct device_bus *bus);
void device_bus_unregister(const struct device_bus *bus);
void device_bus_changed(const struct device_node *container);
bool devices_joinable(const struct plugtree_connector *connector);
int devices_join(struct devices *devices, struct plugtree_refusal *refusal);
void devices_leave(struct devices *devices);
void devices_explain(struct devices *devices, struct plugtree_refusal *refusal);
int devices_require(struct plugtree_connector *connector);
int devices_depend(struct device *consumer, struct device *controller);

extern const struct device_bus i2c_device_bus;
extern const struct device_bus platform_device_bus;
extern const struct device_bus spi_device_bus;
/* Its type is known once the slots' driver is registered. */
extern struct device_bus serial_device_bus;

#endif
