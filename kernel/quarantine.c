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

/**
 * struct quarantine_entry - one graft in quarantine
 * @list: in quarantine
 * @graft: the graft
 * @since: when it came
 */
struct quarantine_entry {
	struct list_head list;
	struct graft *graft;
	ktime_t since;
};

static LIST_HEAD(quarantine);

/* Protects the list of grafts in quarantine and their lists of nodes. */
static DEFINE_MUTEX(quarantine_lock);

static void quarantine_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(quarantine_again, quarantine_work);

static bool quarantine_held(const struct graft_node *item)
{
	return item->pinned || (item->device && kref_read(&item->device->kobj.kref) > 1) ||
	       kref_read(&item->node->kobj.kref) > 1;
}

static void quarantine_free_node(struct graft_node *item)
{
	list_del(&item->list);
	if (item->device)
		put_device(item->device);
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
	struct quarantine_entry *entry, *next;
	ktime_t now = ktime_get();
	unsigned int freed = 0;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry_safe(entry, next, &quarantine, list) {
		if (ktime_ms_delta(now, entry->since) < quarantine_ms)
			continue;
		quarantine_release(entry->graft);
		if (!list_empty(&entry->graft->nodes))
			continue;
		list_del(&entry->list);
		kfree(entry->graft);
		kfree(entry);
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
 * Context: Process context, may sleep.
 */
void quarantine_add(struct graft *graft)
{
	/* No failure is allowed here: the nodes would be freed under their users, or never. */
	struct quarantine_entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL | __GFP_NOFAIL);

	entry->graft = graft;
	entry->since = ktime_get();
	scoped_guard(mutex, &quarantine_lock)
		list_add_tail(&entry->list, &quarantine);
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
	struct quarantine_entry *entry;
	unsigned int count = 0;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry(entry, &quarantine, list)
		count += list_count_nodes(&entry->graft->nodes);
	return count;
}
EXPORT_SYMBOL_IF_KUNIT(quarantine_count);

static int quarantine_show(struct seq_file *file, void *data)
{
	struct quarantine_entry *entry;
	struct graft_node *item;

	guard(mutex)(&quarantine_lock);
	list_for_each_entry(entry, &quarantine, list) {
		s64 age = ktime_ms_delta(ktime_get(), entry->since);

		list_for_each_entry(item, &entry->graft->nodes, list)
			seq_printf(
				file,
				"%pOF references=%u device=%s device-references=%u age-ms=%lld\n",
				item->node, kref_read(&item->node->kobj.kref) - 1,
				item->device ? dev_name(item->device) : "-",
				item->device ? kref_read(&item->device->kobj.kref) - 1 : 0, age);
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
