// SPDX-License-Identifier: GPL-2.0-only
/*
 * The system goes to sleep and wakes.
 *
 * A step of an insertion may need modprobe, files, and drivers that probe, and a step of a removal
 * may wait for user space to close a file. None of that works once user space is frozen. So the
 * workers stop before: an insertion that is under way is taken down, as if the add-on had been
 * pulled, and begins anew after the sleep; one that is ready stays as it is. A step that does not
 * end keeps the system from sleeping, since a device that is held by a driver's remove() would
 * hang the suspend for good.
 */
#include <linux/device.h>
#include <linux/jiffies.h>
#include <linux/notifier.h>
#include <linux/suspend.h>
#include <linux/wait.h>

#include "connector.h"
#include "sleep.h"
#include "turn.h"

/* Probes take milliseconds, and the longest waits of a step end at once. */
#define SLEEP_PATIENCE_MS 5000

static bool sleep_near;

/**
 * sleep_is_near() - must the workers rest?
 *
 * Context: Any.
 * Return: true from before user space is frozen until it is back.
 */
bool sleep_is_near(void)
{
	return READ_ONCE(sleep_near);
}

static int sleep_interrupt(struct plugtree_connector *connector, void *data)
{
	wake_up(&connector->changed);
	return 0;
}

static int sleep_await(struct plugtree_connector *connector, void *data)
{
	unsigned long *deadline = data;
	long left = max_t(long, *deadline - jiffies, 0);

	if (wait_event_timeout(connector->changed, !READ_ONCE(connector->working), left))
		return 0;
	guard(mutex)(&connector->lock);
	dev_warn(&connector->dev, "no sleep before %s ends\n", connector->watchdog.step);
	return -EBUSY;
}

static int sleep_end(struct plugtree_connector *connector, void *data)
{
	plugtree_connector_wake(connector);
	return 0;
}

static void sleep_finish(void)
{
	WRITE_ONCE(sleep_near, false);
	connector_for_each(sleep_end, NULL);
}

static int sleep_prepare(void)
{
	unsigned long deadline = jiffies + msecs_to_jiffies(SLEEP_PATIENCE_MS);
	int ret;

	/* Pairs with insertion_work(): either it sees this, or its work is seen below. */
	smp_store_mb(sleep_near, true);
	connector_for_each(sleep_interrupt, NULL);
	turn_wake();
	ret = connector_for_each(sleep_await, &deadline);
	/* Whoever refuses is not told that the sleep is over. */
	if (ret)
		sleep_finish();
	return ret;
}

static int sleep_notify(struct notifier_block *notifier, unsigned long event, void *data)
{
	switch (event) {
	case PM_SUSPEND_PREPARE:
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		return notifier_from_errno(sleep_prepare());
	case PM_POST_SUSPEND:
	case PM_POST_HIBERNATION:
	case PM_POST_RESTORE:
		sleep_finish();
		return NOTIFY_OK;
	default:
		return NOTIFY_DONE;
	}
}

/* One for all connectors: a step that registers a connector may run while the notifier waits. */
static struct notifier_block sleep_notifier = {
	.notifier_call = sleep_notify,
};

/**
 * sleep_init() - watch for sleep, before there is a connector
 *
 * Return: 0 or a negative errno.
 */
int sleep_init(void)
{
	return register_pm_notifier(&sleep_notifier);
}

/**
 * sleep_exit() - stop watching; no connector is left
 */
void sleep_exit(void)
{
	unregister_pm_notifier(&sleep_notifier);
}
