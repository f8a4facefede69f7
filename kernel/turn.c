// SPDX-License-Identifier: GPL-2.0-only
/*
 * One connector after the other lets drivers probe.
 *
 * Equal add-ons have devices of equal names, and there are subsystems that look for a free name
 * before they take it, without a lock over both: led_classdev_next_name() of Linux 6.12 and
 * device_create() after it. Two such add-ons that are there when the board boots would get the same
 * name, a warning, and a probe that fails.
 *
 * It is a courtesy and no lock: nobody waits for a driver that hangs.
 */
#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/wait.h>

#include "connector.h"
#include "turn.h"

/* Probes take milliseconds; whoever takes longer than this is not waited for. */
#define TURN_MAX_MS 1000

static struct plugtree_connector *turn_holder;
static DECLARE_WAIT_QUEUE_HEAD(turn_free);

static bool turn_try(struct plugtree_connector *connector)
{
	struct plugtree_connector *holder = cmpxchg(&turn_holder, NULL, connector);

	return !holder || holder == connector;
}

/**
 * turn_take() - wait until no other connector lets drivers probe
 * @connector: the connector; may have the turn already
 *
 * Ends without the turn when the insertion must stop, and after a second. The time is accounted as
 * waiting in the timeline.
 *
 * Context: The connector's worker. turn_pass() is due, also without the turn.
 */
void turn_take(struct plugtree_connector *connector)
{
	ktime_t begin = ktime_get();

	wait_event_timeout(turn_free,
			   turn_try(connector) || plugtree_connector_interrupted(connector),
			   msecs_to_jiffies(TURN_MAX_MS));
	plugtree_connector_waited(connector, begin);
}

/**
 * turn_pass() - let the next connector have the turn
 * @connector: the connector; need not have it
 *
 * Context: The connector's worker.
 */
void turn_pass(struct plugtree_connector *connector)
{
	if (cmpxchg(&turn_holder, connector, NULL) == connector)
		wake_up_all(&turn_free);
}

/**
 * turn_wake() - let those who wait look whether they must stop
 *
 * Context: Any.
 */
void turn_wake(void)
{
	wake_up_all(&turn_free);
}
