// SPDX-License-Identifier: GPL-2.0-only
/*
 * The buses that add-ons have devices on: which there are, and what is more than the devices.
 */
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/of.h>

#include "connector.h"
#include "device_bus.h"

/* The first bus that claims a container gets it. Buses of other modules are at the end. */
static const struct device_bus *device_buses[DEVICE_BUSES] = {
	&i2c_device_bus,
#if IS_ENABLED(CONFIG_SPI)
	&spi_device_bus,
#endif
#if IS_ENABLED(CONFIG_SERIAL_DEV_BUS)
	&serial_device_bus,
#endif
	&platform_device_bus,
};

/* Protects the table. */
static DEFINE_MUTEX(device_buses_lock);

/* Containers whose bus is in a module, which is loaded for the first connector that has one. */
static const struct {
	const char *container;
	const char *module;
} device_bus_modules[] = {
	{ "dsi", "plugtree-dsi" },
};

/**
 * device_bus_of() - the bus behind a child of a connector
 * @container: the child
 *
 * A bus of another module that has the container stays for as long as the connector, which depends
 * on it (devices_require()).
 *
 * Return: the bus, NULL when no devices are made of the container's children.
 */
const struct device_bus *device_bus_of(const struct device_node *container)
{
	unsigned int i;

	guard(mutex)(&device_buses_lock);
	for (i = 0; i < DEVICE_BUSES; i++) {
		if (device_buses[i] && device_buses[i]->claims(container))
			return device_buses[i];
	}
	return NULL;
}

/**
 * device_bus_register() - a bus of another module
 * @bus: the bus
 *
 * Return: 0, -ENOSPC if there are too many.
 */
int device_bus_register(const struct device_bus *bus)
{
	unsigned int i;

	guard(mutex)(&device_buses_lock);
	for (i = 0; i < DEVICE_BUSES; i++) {
		if (!device_buses[i]) {
			device_buses[i] = bus;
			return 0;
		}
	}
	return -ENOSPC;
}
EXPORT_SYMBOL_GPL(device_bus_register);

/**
 * device_bus_unregister() - the reverse of device_bus_register()
 * @bus: the bus; no connector depends on it any more
 */
void device_bus_unregister(const struct device_bus *bus)
{
	unsigned int i;

	guard(mutex)(&device_buses_lock);
	for (i = 0; i < DEVICE_BUSES; i++) {
		if (device_buses[i] == bus)
			device_buses[i] = NULL;
	}
}
EXPORT_SYMBOL_GPL(device_bus_unregister);

/**
 * device_bus_get() - the bus at a place of the table
 * @place: less than DEVICE_BUSES
 *
 * Return: the bus, whose module stays until device_bus_put(); NULL if there is none.
 */
const struct device_bus *device_bus_get(unsigned int place)
{
	const struct device_bus *bus;

	guard(mutex)(&device_buses_lock);
	bus = device_buses[place];
	return bus && try_module_get(bus->owner) ? bus : NULL;
}

/**
 * device_bus_put() - the reverse of device_bus_get()
 * @bus: the bus
 */
void device_bus_put(const struct device_bus *bus)
{
	module_put(bus->owner);
}

/**
 * device_bus_request() - ask for the module of a container's bus
 * @container: the child of a connector, which no bus claims
 *
 * Without waiting: this may be the load of this module, which that one waits for. Its bus brings
 * the connector's probe back.
 *
 * Context: Process context, may sleep.
 * Return: whether there is a module that may claim it.
 */
bool device_bus_request(const struct device_node *container)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(device_bus_modules); i++) {
		if (!of_node_name_eq(container, device_bus_modules[i].container))
			continue;
		request_module_nowait("%s", device_bus_modules[i].module);
		return true;
	}
	return false;
}

static int device_bus_wake(struct plugtree_connector *connector, void *data)
{
	const struct device_node *container = data;

	if (connector->node == container->parent) {
		atomic_inc(&connector->moves);
		wake_up(&connector->changed);
	}
	return 0;
}

/**
 * device_bus_changed() - a bus has another answer for its join()
 * @container: the container that it is about
 *
 * Context: Process context, may sleep.
 */
void device_bus_changed(const struct device_node *container)
{
	connector_for_each(device_bus_wake, (void *)container);
}
EXPORT_SYMBOL_GPL(device_bus_changed);

/**
 * device_buses_joinable() - has a connector a bus on which an add-on can be more than its devices?
 * @connector: the connector
 */
bool device_buses_joinable(const struct plugtree_connector *connector)
{
	const struct device_bus *bus;

	for_each_child_of_node_scoped(connector->node, container) {
		bus = device_bus_of(container);
		if (bus && bus->join)
			return true;
	}
	return false;
}

static int device_bus_join(struct plugtree_connector *connector, const struct device_bus *bus,
			   struct device_node *container, struct plugtree_refusal *refusal)
{
	ktime_t begin = ktime_get();
	int moves, ret;

	watchdog_note(connector, "%s", container->full_name);
	do {
		moves = atomic_read(&connector->moves);
		ret = plugtree_connector_interrupted(connector) ? -EINTR :
								  bus->join(container, refusal);
		if (!ret)
			wait_event(connector->changed,
				   atomic_read(&connector->moves) != moves ||
					   plugtree_connector_interrupted(connector));
	} while (!ret);
	plugtree_connector_waited(connector, begin);
	return ret < 0 ? ret : 0;
}

/**
 * device_buses_join() - wait until what is more than its devices works as a whole
 * @connector: the connector; its add-on's devices are bound
 * @refusal: filled when it does not; may be filled when it does
 *
 * Context: The connector's worker.
 * Return: 0, -EINVAL when refused, -EINTR when the insertion must stop. On failure the buses have
 *         been left again.
 */
int device_buses_join(struct plugtree_connector *connector, struct plugtree_refusal *refusal)
{
	const struct device_bus *bus;
	int ret;

	for_each_child_of_node_scoped(connector->node, container) {
		bus = device_bus_of(container);
		if (!bus || !bus->join)
			continue;
		ret = device_bus_join(connector, bus, container, refusal);
		if (ret) {
			device_buses_leave(connector);
			return ret;
		}
	}
	return 0;
}

/**
 * device_buses_leave() - the reverse of device_buses_join()
 * @connector: the connector; its add-on's devices are all there
 *
 * Context: The connector's worker. The hardware may be gone.
 */
void device_buses_leave(struct plugtree_connector *connector)
{
	const struct device_bus *bus;

	for_each_child_of_node_scoped(connector->node, container) {
		bus = device_bus_of(container);
		if (bus && bus->leave)
			bus->leave(container);
	}
}

/**
 * device_buses_explain() - a driver has refused its device; does a bus know why?
 * @connector: the connector
 * @refusal: what is known; made better by the bus that knows
 *
 * Context: The connector's worker.
 */
void device_buses_explain(struct plugtree_connector *connector, struct plugtree_refusal *refusal)
{
	const struct device_bus *bus;

	for_each_child_of_node_scoped(connector->node, container) {
		bus = device_bus_of(container);
		if (bus && bus->explain)
			bus->explain(container, refusal);
	}
}
