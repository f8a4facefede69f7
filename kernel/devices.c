// SPDX-License-Identifier: GPL-2.0-only
/*
 * From nodes to devices and back.
 */
#include <kunit/visibility.h>
#include <linux/cleanup.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "common/rules/rules.h"
#include "connector.h"
#include "devices.h"
#include "graft.h"
#include "holders.h"
#include "interrupts.h"
#include "trace.h"
#include "tree.h"

static bool wait_for_holders = true;
module_param(wait_for_holders, bool, 0644);
MODULE_PARM_DESC(wait_for_holders,
		 "Whether to keep a device while something outside of its add-on holds it that would not survive its removal");

/*
 * How soon a device that is held is looked at again, since nothing tells when it is released. The
 * notifiers of NVMEM are about providers and cells that come and go, those of a regulator about its
 * state, and the other subsystems have none. What devres does for the provider comes with its
 * unbinding, which is what waits; and none of these handles holds the device's node.
 */
#define DEVICES_HELD_MS 100

/**
 * devices_begin() - no devices yet
 * @devices: the set
 * @connector: the connector that the set will belong to
 * @wakes_first: they wake before the connector, not after it
 */
void devices_begin(struct devices *devices, struct plugtree_connector *connector, bool wakes_first)
{
	devices->connector = connector;
	devices->wakes_first = wakes_first;
	devices->graft = NULL;
	INIT_LIST_HEAD(&devices->list);
	xa_init(&devices->probes);
}
EXPORT_SYMBOL_IF_KUNIT(devices_begin);

/*
 * Whose driver started later may use what started earlier. Noted is the start of a probe, not its
 * end: what another one waited for is there before its own probe ends, and on another CPU that one
 * may be bound by then. And it is noted from before the first device is made.
 */
static int devices_witness(struct notifier_block *notifier, unsigned long event, void *data)
{
	struct device_witness *witness = container_of(notifier, struct device_witness, notifier);
	struct devices *devices = witness->devices;
	struct device *device = data;
	XA_STATE(probe, &devices->probes, (unsigned long)device->of_node);

	if (event != BUS_NOTIFY_BIND_DRIVER && event != BUS_NOTIFY_DRIVER_NOT_BOUND)
		return NOTIFY_DONE;
	/* What has the node of the device above it is a part of that one. */
	if (!device->of_node || (device->parent && device->parent->of_node == device->of_node))
		return NOTIFY_DONE;
	/* There is a place for each of our nodes, see devices_expect(). */
	xas_lock(&probe);
	if (xas_load(&probe))
		xas_store(&probe, xa_mk_value(event == BUS_NOTIFY_BIND_DRIVER ? ++devices->latest :
										0));
	xas_unlock(&probe);
	return NOTIFY_DONE;
}

/**
 * devices_expect() - a device will be made
 * @devices: the set that it goes into
 * @node: its node
 * @refusal: filled on failure
 *
 * Makes the place where its probe is noted: in the midst of a probe it is too late to find out that
 * there is no memory, and without the note the device might go after what it uses.
 *
 * Context: The connector's worker.
 * Return: 0 or -EINVAL.
 */
int devices_expect(struct devices *devices, struct device_node *node,
		   struct plugtree_refusal *refusal)
{
	if (xa_reserve(&devices->probes, (unsigned long)node, GFP_KERNEL))
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", node->full_name);
	return 0;
}

/**
 * devices_refuse() - a device could not be made
 * @refusal: filled
 * @node: its node
 * @error: what the kernel said, a negative errno
 *
 * Return: -EINVAL always.
 */
int devices_refuse(struct plugtree_refusal *refusal, const struct device_node *node, int error)
{
	if (error == -ENOMEM)
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", node->full_name);
	return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s: error %d", node->full_name,
			       error);
}
EXPORT_SYMBOL_GPL(devices_refuse);

/* Its own file knows nothing of modules. */
EXPORT_SYMBOL_GPL(plugtree_refuse);

static void devices_watch(struct devices *devices)
{
	struct device_witness *witness;
	unsigned int i;

	for (i = 0; i < DEVICE_BUSES; i++) {
		witness = &devices->witnesses[i];
		witness->bus = device_bus_get(i);
		if (!witness->bus)
			continue;
		witness->notifier.notifier_call = devices_witness;
		witness->devices = devices;
		bus_register_notifier(witness->bus->type, &witness->notifier);
	}
}

static void devices_unwatch(struct devices *devices)
{
	struct device_witness *witness;
	unsigned int i;

	for (i = 0; i < DEVICE_BUSES; i++) {
		witness = &devices->witnesses[i];
		if (!witness->bus)
			continue;
		bus_unregister_notifier(witness->bus->type, &witness->notifier);
		device_bus_put(witness->bus);
		witness->bus = NULL;
	}
	xa_destroy(&devices->probes);
}

/**
 * devices_create() - make devices of all nodes of a graft
 * @devices: an empty set
 * @graft: the graft
 * @refusal: filled on failure
 *
 * Context: The connector's worker. Probes drivers.
 * Return: 0, -EINVAL when refused, -EINTR when the insertion must stop. On failure all devices are
 *         gone again.
 */
int devices_create(struct devices *devices, struct graft *graft, struct plugtree_refusal *refusal)
{
	struct device_node *connector = devices->connector->node;
	const struct device_bus *bus;
	int ret;

	devices->graft = graft;
	devices_watch(devices);
	bus = device_bus_of(connector);
	ret = bus ? bus->populate(devices, connector, refusal) : 0;
	if (ret)
		goto err_remove;
	for_each_child_of_node_scoped(connector, container) {
		bus = device_bus_of(container);
		if (!bus)
			continue;
		ret = bus->populate(devices, container, refusal);
		if (ret)
			goto err_remove;
	}
	return 0;

err_remove:
	devices_remove(devices);
	return ret;
}
EXPORT_SYMBOL_IF_KUNIT(devices_create);

/**
 * devices_populate_each() - make devices of the children of a container, one after the other
 * @devices: the set that they go into
 * @container: the container; its available children without a device get one
 * @create: makes one and adds it by devices_add(). 0, or -EINVAL with the refusal filled
 * @refusal: filled on failure
 *
 * For struct device_bus.populate, and returns what that does.
 */
int devices_populate_each(struct devices *devices, struct device_node *container,
			  int (*create)(struct devices *devices, struct device_node *node,
					struct plugtree_refusal *refusal),
			  struct plugtree_refusal *refusal)
{
	struct tree base;
	tree_node ports;
	int ret;

	tree_init(&base, of_root);
	ports = rules_link_ports(&base, tree_from_node(container));
	for_each_available_child_of_node_scoped(container, node) {
		if (plugtree_connector_interrupted(devices->connector))
			return -EINTR;
		/* The base board's own, and no device. */
		if (tree_from_node(node) == ports)
			continue;
		/* The bus clears it when the device goes. */
		if (of_node_test_and_set_flag(node, OF_POPULATED))
			continue;
		watchdog_note(devices->connector, "%s", node->full_name);
		ret = devices_expect(devices, node, refusal);
		ret = ret ?: create(devices, node, refusal);
		if (ret) {
			of_node_clear_flag(node, OF_POPULATED);
			return ret;
		}
	}
	return 0;
}
EXPORT_SYMBOL_GPL(devices_populate_each);

/*
 * The connector wakes before its add-on's devices and falls asleep after them, so that an add-on
 * that has gone or was exchanged is in reset before its drivers resume; but after those through
 * which it reads the identity. It has no say in their probes: the link is for the order of sleep
 * alone. One that hangs on the connector itself cannot wake before it, and has no link.
 */
static int devices_order_sleep(struct devices *devices, struct device *device)
{
	struct device *front_end = devices->connector->dev.parent;

	if (devices->wakes_first) {
		device_link_add(front_end, device, DL_FLAG_STATELESS);
		return 0;
	}
	return device_link_add(device, front_end, DL_FLAG_STATELESS) ? 0 : -ENOMEM;
}

static void devices_forget_sleep(struct devices *devices, struct device *device)
{
	struct device *front_end = devices->connector->dev.parent;

	if (devices->wakes_first)
		device_link_remove(front_end, device);
	else
		device_link_remove(device, front_end);
}

/**
 * devices_add() - a device was made
 * @devices: the set that it belongs to
 * @bus: its bus
 * @device: the device; the set takes its own reference
 * @refusal: filled on failure
 *
 * Return: 0, or -EINVAL, and then the device has been destroyed.
 */
int devices_add(struct devices *devices, const struct device_bus *bus, struct device *device,
		struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = devices->connector;
	struct device_entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	int ret;

	if (!entry || devices_order_sleep(devices, device)) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", dev_name(device));
		kfree(entry);
		bus->destroy(device);
		return -EINVAL;
	}
	entry->bus = bus;
	entry->device = get_device(device);
	entry->node = device->of_node;
	scnprintf(entry->link, sizeof(entry->link), "%s:%s", bus->type->name, dev_name(device));
	list_add_tail(&entry->list, &devices->list);
	trace_plugtree_device(dev_name(&connector->dev), entry->link, true);

	/* Only for show: the add-on works without it. */
	ret = sysfs_create_link(connector->devices, &device->kobj, entry->link);
	if (ret)
		dev_warn(&connector->dev, "no link for %s: %pe\n", entry->link, ERR_PTR(ret));
	return 0;
}
EXPORT_SYMBOL_GPL(devices_add);

/* The device that was made of a node, or of the nearest one above it. */
static struct device_entry *devices_owner(struct xarray *owners, const struct graft_node *item)
{
	struct device_entry *entry = NULL;

	for (; item && !entry; item = item->parent)
		entry = xa_load(owners, (unsigned long)item->node);
	return entry;
}

/* Without memory for it only the order of the probes counts. */
static void devices_count_users(struct devices *devices)
{
	struct device_entry *entry;
	struct graft_use *use;
	struct xarray owners;

	xa_init(&owners);
	list_for_each_entry(entry, &devices->list, list) {
		entry->users = 0;
		xa_store(&owners, (unsigned long)entry->node, entry, GFP_KERNEL);
	}
	list_for_each_entry(use, &devices->graft->uses, list) {
		use->consumer = devices_owner(&owners, use->from);
		use->supplier = devices_owner(&owners, use->to);
		if (use->consumer == use->supplier || !use->supplier)
			use->consumer = NULL;
		if (use->consumer)
			use->supplier->users++;
	}
	xa_destroy(&owners);
}

static void devices_forget_uses(struct devices *devices, const struct device_entry *entry)
{
	struct graft_use *use;

	list_for_each_entry(use, &devices->graft->uses, list) {
		if (!use->consumer || (use->consumer != entry && use->supplier != entry))
			continue;
		use->supplier->users--;
		use->consumer = NULL;
	}
}

/* The hardware may be gone for long: its driver is there and gets errors, which is what it can. */
static void devices_wait_for_holders(struct devices *devices, struct device_entry *entry)
{
	struct plugtree_connector *connector = devices->connector;
	char held[64];

	while (READ_ONCE(wait_for_holders) && holders_find(entry->device, held, sizeof(held))) {
		watchdog_note(connector, "%s: %s is held", entry->link, held);
		msleep(DEVICES_HELD_MS);
	}
	watchdog_note(connector, "%s", entry->link);
}

static void devices_remove_entry(struct devices *devices, struct device_entry *entry)
{
	struct plugtree_connector *connector = devices->connector;

	devices_wait_for_holders(devices, entry);
	sysfs_remove_link(connector->devices, entry->link);
	devices_forget_sleep(devices, entry->device);
	interrupts_release_controller(devices->graft, entry->node);
	/* A controller that went away has unregistered its devices. */
	if (device_is_registered(entry->device))
		entry->bus->destroy(entry->device);
	trace_plugtree_device(dev_name(&connector->dev), entry->link, false);
	graft_keep_device(devices->graft, entry->node, entry->device);
	devices_forget_uses(devices, entry);
	list_del(&entry->list);
	kfree(entry);
}

/*
 * Those without a driver come before the others, the newest first: nobody uses them, and one that
 * was deferred may be probed at any moment and use what is there. Only where devices refer to each
 * other in a circle those are looked at that another one refers to.
 */
static struct device_entry *devices_latest(struct devices *devices, bool used)
{
	struct device_entry *entry, *latest = NULL;
	unsigned long start, latest_start = 0;

	list_for_each_entry_reverse(entry, &devices->list, list) {
		if (entry->users && !used)
			continue;
		start = xa_to_value(xa_load(&devices->probes, (unsigned long)entry->node));
		if (!start)
			return entry;
		if (start <= latest_start)
			continue;
		latest = entry;
		latest_start = start;
	}
	return latest;
}

/*
 * The driver core tries again in a thread of its own. A probe that runs while what it refers to is
 * deleted has a link to that in a state in which no link may go, and one that begins in the midst
 * of a removal would use what is half gone. So those that run are awaited, and no other one begins.
 */
static void devices_end_probes(struct devices *devices)
{
	struct device_entry *entry;

	list_for_each_entry(entry, &devices->list, list) {
		watchdog_note(devices->connector, "%s", entry->link);
		device_lock(entry->device);
		kill_device(entry->device);
		device_unlock(entry->device);
	}
}

/**
 * devices_remove() - take all devices away, each before what it uses
 * @devices: the set; empty afterwards
 *
 * The one that was probed last goes first, among those that no other one refers to.
 *
 * Not the newest first: what was made before the thing that it uses is only probed with success
 * after that, and the driver core has no link for most of such uses (the GPIO of a LED is named in
 * a child of the device). Nor the order of the probes alone: a probe may use what another one has
 * made that began later. The driver core's links do not keep it from that for good: ten seconds
 * after the last driver has come it gives up those to devices that have none at that moment.
 *
 * Context: The connector's worker. Takes as long as the drivers' remove().
 */
void devices_remove(struct devices *devices)
{
	struct device_entry *entry;

	devices_end_probes(devices);
	devices_count_users(devices);
	while ((entry = devices_latest(devices, false) ?: devices_latest(devices, true)))
		devices_remove_entry(devices, entry);
	devices_unwatch(devices);
	interrupts_release(devices->graft);
	devices->graft = NULL;
}
EXPORT_SYMBOL_IF_KUNIT(devices_remove);

/**
 * devices_require() - are the controllers behind a connector's extension buses there?
 * @connector: the connector
 *
 * Makes the front end's device depend on them.
 *
 * Context: The front end's probe.
 * Return: 0, -EPROBE_DEFER if one is not there yet, another errno if a container leads nowhere.
 */
int devices_require(struct plugtree_connector *connector)
{
	const struct device_bus *bus;
	int ret;

	for_each_child_of_node_scoped(connector->node, container) {
		bus = device_bus_of(container);
		if (!bus && device_bus_request(container))
			return dev_err_probe(connector->dev.parent, -EPROBE_DEFER,
					     "%pOF: its module is not there yet\n", container);
		if (!bus || !bus->require)
			continue;
		ret = bus->require(connector->dev.parent, container);
		if (ret)
			return ret;
	}
	return 0;
}

/*
 * A link to a controller that is going already does not unbind anybody: its driver asked for its
 * consumers before. Whoever goes from now on finds the link, and waits for the end of our probe.
 */
static bool devices_is_going(struct device *controller, struct device *supplier)
{
	enum dl_dev_state state = READ_ONCE(supplier->links.status);

	return !device_is_registered(controller) || state == DL_DEV_UNBINDING ||
	       state == DL_DEV_NO_DRIVER;
}

static bool devices_is_above(const struct device *above, const struct device *device)
{
	while (device && device != above)
		device = device->parent;
	return device;
}

/**
 * devices_depend() - make the front end's device depend on a controller
 * @consumer: the front end's device, in its probe
 * @controller: the controller
 *
 * @consumer is unbound, and with it everything that is plugged taken away, before the controller
 * goes. A controller's device has no driver of its own, so the links are to those above that have:
 * to all of them, since a link ends with the device that it leads to. When the driver of a host
 * goes, the devices that it made go with it, and the host's link is what brings @consumer back.
 *
 * Return: 0, -EPROBE_DEFER when it is going already, -EINVAL when there can be no link.
 */
int devices_depend(struct device *consumer, struct device *controller)
{
	struct device *supplier;

	for (supplier = controller; supplier; supplier = supplier->parent) {
		/* What is above the front end takes that away itself. */
		if (!supplier->driver || devices_is_above(supplier, consumer))
			continue;
		if (!device_link_add(consumer, supplier, DL_FLAG_AUTOPROBE_CONSUMER))
			return dev_err_probe(consumer, -EINVAL, "no link to %s\n",
					     dev_name(supplier));
		if (devices_is_going(controller, supplier))
			return dev_err_probe(consumer, -EPROBE_DEFER, "%s is going\n",
					     dev_name(controller));
	}
	return 0;
}
EXPORT_SYMBOL_GPL(devices_depend);
