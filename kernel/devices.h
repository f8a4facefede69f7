/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devices of one graft: made of its nodes, per bus, and taken away in reverse.
 */
#ifndef PLUGTREE_DEVICES_H
#define PLUGTREE_DEVICES_H

#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/xarray.h>

#include "common/reasons.h"
#include "device_bus.h"

struct device;
struct device_node;
struct graft;
struct i2c_adapter;
struct plugtree_connector;

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
int i2c_depend(struct device *consumer, struct i2c_adapter *adapter);
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
int devices_require(struct plugtree_connector *connector);
int devices_depend(struct device *consumer, struct device *controller);

#endif
