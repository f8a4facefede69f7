/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The buses that add-ons have devices on.
 */
#ifndef PLUGTREE_DEVICE_BUS_H
#define PLUGTREE_DEVICE_BUS_H

#include <linux/device/bus.h>

#include "common/reasons.h"

/* What there are at the most. */
#define DEVICE_BUSES 5

struct device;
struct device_node;
struct devices;
struct module;
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

const struct device_bus *device_bus_of(const struct device_node *container);
const struct device_bus *device_bus_get(unsigned int place);
void device_bus_put(const struct device_bus *bus);
bool device_bus_request(const struct device_node *container);
int device_bus_register(const struct device_bus *bus);
void device_bus_unregister(const struct device_bus *bus);
void device_bus_changed(const struct device_node *container);
bool device_buses_joinable(const struct plugtree_connector *connector);
int device_buses_join(struct plugtree_connector *connector, struct plugtree_refusal *refusal);
void device_buses_leave(struct plugtree_connector *connector);
void device_buses_explain(struct plugtree_connector *connector, struct plugtree_refusal *refusal);

extern const struct device_bus i2c_device_bus;
extern const struct device_bus platform_device_bus;
extern const struct device_bus spi_device_bus;
/* Its type is known once the slots' driver is registered. */
extern struct device_bus serial_device_bus;

#endif
