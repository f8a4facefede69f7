// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drivers first, then the graft: after its boot the kernel drops the order between consumers and
 * suppliers for devices whose driver is not there yet.
 */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/xarray.h>

#include "connector.h"
#include "devices.h"
#include "drivers.h"
#include "overlay.h"
#include "sleep.h"
#include "tree.h"

/* More than these are asked for each time. */
#define DRIVERS_MAX_ABSENT 128

/* How soon a connector that waits for the modprobe of another one sees that its add-on is gone. */
#define DRIVERS_LOOK_MS 100

/**
 * struct drivers_absent - compatibles that modprobe knew no driver for
 * @list: in drivers_absent_list
 * @length: bytes of @value
 * @value: the compatible property
 */
struct drivers_absent {
	struct list_head list;
	int length;
	char value[] __counted_by(length);
};

/* Protects the list of absent drivers and its length. */
static DEFINE_MUTEX(drivers_lock);
static LIST_HEAD(drivers_absent_list);
static unsigned int drivers_absent_count;

/**
 * struct drivers_asking - a modprobe that runs
 * @list: in drivers_asking_list
 * @compatible: what it looks for, in the scratch tree of the connector that waits for it
 */
struct drivers_asking {
	struct list_head list;
	const struct property *compatible;
};

static DEFINE_SPINLOCK(drivers_asking_lock);
static LIST_HEAD(drivers_asking_list);
static DECLARE_WAIT_QUEUE_HEAD(drivers_answered);

/**
 * struct drivers_request - one overlay's search for drivers
 * @connector: the connector
 * @asked: compatible properties that were asked for already, by index
 * @count: how many
 */
struct drivers_request {
	struct plugtree_connector *connector;
	struct xarray asked;
	unsigned long count;
};

static int drivers_match(struct device_driver *driver, void *node)
{
	return !!of_match_node(driver->of_match_table, node);
}

static bool drivers_known(const struct bus_type *bus, struct device_node *node)
{
	return bus_for_each_drv(bus, NULL, node, drivers_match);
}

/* True the first time that a node with just these compatibles comes by. */
static bool drivers_first(struct drivers_request *request, const struct property *compatible)
{
	struct property *asked;
	unsigned long index;

	xa_for_each(&request->asked, index, asked) {
		if (asked->length == compatible->length &&
		    !memcmp(asked->value, compatible->value, asked->length))
			return false;
	}
	/* Out of memory only means asking once more. */
	xa_store(&request->asked, request->count++, (void *)compatible, GFP_KERNEL);
	return true;
}

static bool drivers_is_absent(const struct property *compatible)
{
	struct drivers_absent *absent;

	guard(mutex)(&drivers_lock);
	list_for_each_entry(absent, &drivers_absent_list, list) {
		if (absent->length == compatible->length &&
		    !memcmp(absent->value, compatible->value, absent->length))
			return true;
	}
	return false;
}

/* Running modprobe for nothing takes longer than all the rest, so it is done once only. */
static void drivers_note_absent(const struct property *compatible)
{
	struct drivers_absent *absent;

	guard(mutex)(&drivers_lock);
	if (drivers_absent_count == DRIVERS_MAX_ABSENT)
		return;
	/* Out of memory only means asking once more. */
	absent = kmalloc(struct_size(absent, value, compatible->length), GFP_KERNEL);
	if (!absent)
		return;
	absent->length = compatible->length;
	memcpy(absent->value, compatible->value, compatible->length);
	list_add(&absent->list, &drivers_absent_list);
	drivers_absent_count++;
}

/**
 * drivers_forget_absent() - ask again for drivers that were not there
 *
 * Context: Process context, may sleep.
 */
void drivers_forget_absent(void)
{
	struct drivers_absent *absent, *next;

	guard(mutex)(&drivers_lock);
	list_for_each_entry_safe(absent, next, &drivers_absent_list, list)
		kfree(absent);
	INIT_LIST_HEAD(&drivers_absent_list);
	drivers_absent_count = 0;
}

static bool drivers_try_ask(struct drivers_asking *asking)
{
	const struct property *compatible = asking->compatible;
	struct drivers_asking *other;
	bool free = true;

	spin_lock(&drivers_asking_lock);
	list_for_each_entry(other, &drivers_asking_list, list) {
		if (other->compatible->length == compatible->length &&
		    !memcmp(other->compatible->value, compatible->value, compatible->length))
			free = false;
	}
	if (free)
		list_add(&asking->list, &drivers_asking_list);
	spin_unlock(&drivers_asking_lock);
	return free;
}

/*
 * Equal add-ons that come at the same time let one modprobe run, not one each: the kernel runs 50
 * at once, and lets whoever waits for longer than five seconds go without an answer.
 *
 * Return: false when the add-on is gone meanwhile.
 */
static bool drivers_begin_asking(struct drivers_request *request, struct drivers_asking *asking)
{
	ktime_t begin = ktime_get();
	bool asks = false;

	while (!wait_event_timeout(drivers_answered,
				   (asks = drivers_try_ask(asking)) ||
					   plugtree_connector_interrupted(request->connector),
				   msecs_to_jiffies(DRIVERS_LOOK_MS)))
		;
	plugtree_connector_waited(request->connector, begin);
	return asks;
}

static void drivers_end_asking(struct drivers_asking *asking)
{
	scoped_guard(spinlock, &drivers_asking_lock)
		list_del(&asking->list);
	wake_up_all(&drivers_answered);
}

/*
 * Where modprobe could not be run it said nothing, unless there is none. On the way to sleep it
 * is not run.
 */
static void drivers_ask(struct device_node *node, const struct bus_type *bus,
			const struct drivers_asking *asking)
{
	int ret = of_request_module(node);

	if (!drivers_known(bus, node) && (ret >= 0 || ret == -ENOENT) && !sleep_is_near())
		drivers_note_absent(asking->compatible);
}

static void drivers_request_node(struct drivers_request *request, struct device_node *node,
				 const struct bus_type *bus)
{
	struct drivers_asking asking = {
		.compatible = of_find_property(node, "compatible", NULL),
	};

	if (!asking.compatible || !drivers_first(request, asking.compatible))
		return;
	if (drivers_known(bus, node) || drivers_is_absent(asking.compatible))
		return;
	watchdog_note(request->connector, "%s", node->full_name);
	if (!drivers_begin_asking(request, &asking))
		return;
	/* Unless somebody else has asked meanwhile. */
	if (!drivers_known(bus, node) && !drivers_is_absent(asking.compatible))
		drivers_ask(node, bus, &asking);
	drivers_end_asking(&asking);
}

static int drivers_request_subtree(void *arg, tree_node top, tree_node base_parent)
{
	struct drivers_request *request = arg;
	struct device_node *root = tree_to_node(top);
	const struct device_bus *bus = device_bus_of(tree_to_node(base_parent));
	struct device_node *node = root;

	while (node) {
		if (plugtree_connector_interrupted(request->connector))
			return -EINTR;
		drivers_request_node(request, node,
				     bus && node == root ? bus->type : &platform_bus_type);
		if (node->child) {
			node = node->child;
			continue;
		}
		while (node != root && !node->sibling)
			node = node->parent;
		node = node == root ? NULL : node->sibling;
	}
	return 0;
}

/**
 * drivers_request() - load the driver modules for an overlay's nodes
 * @connector: the connector
 * @overlay: an accepted overlay
 *
 * A module that is missing is no failure: its devices are listed without a driver, and it is not
 * asked for again before drivers_forget_absent(). What is loaded already costs nothing.
 *
 * Context: The connector's worker. Runs modprobe and waits for it.
 */
void drivers_request(struct plugtree_connector *connector, struct overlay *overlay)
{
	struct drivers_request request = { .connector = connector };

	xa_init(&request.asked);
	rules_for_each_new_node(overlay->plan, drivers_request_subtree, &request);
	xa_destroy(&request.asked);
}
