// SPDX-License-Identifier: GPL-2.0-only
/*
 * The quarantine.
 *
 * A detached node can be found by nobody new: its parent does not list it and look-ups by phandle
 * skip it. So when its count has come down to our own reference it stays there, and the node can
 * go, after everything below it, since a node keeps no reference on its parent. Pointers into
 * property values are handed out without a reference on the node; the minimum age and the devices
 * that are kept with their nodes are for their users.
 */
#include <kunit/visibility.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "graft.h"
#include "quarantine.h"

static unsigned int quarantine_ms = 1000;
module_param(quarantine_ms, uint, 0644);
MODULE_PARM_DESC(quarantine_ms, "Time for which nodes are kept after their removal, in ms");

/* How soon nodes that are held are looked at again. */
#define QUARANTINE_RETRY_MS 500

static LIST_HEAD(quarantine);

/* Protects the list of grafts in quarantine and their lists of nodes. */
static DEFINE_MUTEX(quarantine_lock);

static void quarantine_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(quarantine_again, quarantine_work);

/* A device that nobody else holds goes first: it may have a reference on its node. */
static bool quarantine_held(struct graft_node *item)
{
	if (item->device && kref_read(&item->device->kobj.kref) > 1)
		return true;
	if (item->device)
		put_device(item->device);
	item->device = NULL;
	return item->pinned || kref_read(&item->node->kobj.kref) > 1;
}

static void quarantine_free_node(struct graft_node *item)
{
	list_del(&item->list);
	of_node_put(item->node);
	kfree(item);
}

/* Frees what nobody holds, leaves first. */
static void quarantine_release(struct graft *graft)
{
	struct graft_node *item, *next;

	list_for_each_entry(item, &graft->nodes, list)
		item->pinned = false;
	list_for_each_entry_safe_reverse(item, next, &graft->nodes, list) {
		if (!quarantine_held(item))
			quarantine_free_node(item);
		else if (item->parent)
			item->parent->pinned = true;
	}
}

static void quarantine_work(struct work_struct *work)
{
	struct graft *graft, *next;
	ktime_t now = ktime_get();
	unsigned int freed = 0;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry_safe(graft, next, &quarantine, list) {
		if (ktime_ms_delta(now, graft->removed_at) < quarantine_ms)
			continue;
		quarantine_release(graft);
		if (!list_empty(&graft->nodes))
			continue;
		list_del(&graft->list);
		kfree(graft);
		freed++;
	}
	if (!list_empty(&quarantine))
		queue_delayed_work(system_wq, &quarantine_again,
				   msecs_to_jiffies(QUARANTINE_RETRY_MS));
	/* quarantine_exit() waits for this work, so the module may go from here on. */
	while (freed--)
		module_put(THIS_MODULE);
}

/**
 * quarantine_add() - keep a graft's nodes until nobody holds them
 * @graft: the graft, out of the tree; belongs to the quarantine from now on
 *
 * Cannot fail: else the nodes would be freed under their users, or never.
 *
 * Context: Process context, may sleep.
 */
void quarantine_add(struct graft *graft)
{
	graft->removed_at = ktime_get();
	scoped_guard(mutex, &quarantine_lock)
		list_add_tail(&graft->list, &quarantine);
	queue_delayed_work(system_wq, &quarantine_again, msecs_to_jiffies(quarantine_ms));
}

/**
 * quarantine_count() - how many nodes are in quarantine
 *
 * Context: Process context, may sleep.
 * Return: the number of nodes.
 */
unsigned int quarantine_count(void)
{
	struct graft *graft;
	unsigned int count = 0;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry(graft, &quarantine, list)
		count += list_count_nodes(&graft->nodes);
	return count;
}
EXPORT_SYMBOL_IF_KUNIT(quarantine_count);

static void quarantine_show_node(struct seq_file *file, const struct graft_node *item, s64 age)
{
	seq_printf(file, "%pOF references=%u ", item->node, kref_read(&item->node->kobj.kref) - 1);
	if (item->device)
		seq_printf(file, "device=%s device-references=%u ", dev_name(item->device),
			   kref_read(&item->device->kobj.kref) - 1);
	seq_printf(file, "age-ms=%lld\n", age);
}

static int quarantine_show(struct seq_file *file, void *data)
{
	struct graft_node *item;
	struct graft *graft;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry(graft, &quarantine, list) {
		s64 age = ktime_ms_delta(ktime_get(), graft->removed_at);

		list_for_each_entry(item, &graft->nodes, list)
			quarantine_show_node(file, item, age);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(quarantine);

/**
 * quarantine_init() - make the quarantine visible
 * @debugfs: the module's debugfs directory
 */
void quarantine_init(struct dentry *debugfs)
{
	debugfs_create_file("quarantine", 0444, debugfs, NULL, &quarantine_fops);
}

/**
 * quarantine_exit() - the module goes; the quarantine is empty, or the module would be in use
 */
void quarantine_exit(void)
{
	cancel_delayed_work_sync(&quarantine_again);
}
