// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watchdog of a connector's steps.
 */
#include <kunit/visibility.h>
#include <linux/moduleparam.h>

#include "connector.h"
#include "watchdog.h"

static unsigned int watchdog_ms = 5000;
module_param(watchdog_ms, uint, 0644);
MODULE_PARM_DESC(watchdog_ms, "Time after which a step is reported as hanging, in ms");

static void watchdog_fire(struct work_struct *work)
{
	struct watchdog *watchdog = container_of(to_delayed_work(work), struct watchdog, work);
	struct plugtree_connector *connector =
		container_of(watchdog, struct plugtree_connector, watchdog);
	struct plugtree_refusal refusal;
	enum plugtree_state state;

	scoped_guard(mutex, &connector->lock) {
		watchdog->fired = true;
		state = connector->status.state;
		plugtree_refuse(&refusal, PLUGTREE_STEP_HANGS, "%s%s%s for more than %lld ms",
				watchdog->step, watchdog->note[0] ? " at " : "", watchdog->note,
				ktime_ms_delta(ktime_get(), watchdog->begin));
	}
	dev_warn(&connector->dev, "%s\n", refusal.subject);
	state_set(connector, state == PLUGTREE_REMOVING ? PLUGTREE_DRAINING : state, &refusal);
}

/**
 * watchdog_init() - make a connector's watchdog
 * @connector: the connector
 *
 * Nothing to destroy: after the watchdog_stop() of the last step nothing is left of it.
 */
void watchdog_init(struct plugtree_connector *connector)
{
	INIT_DELAYED_WORK(&connector->watchdog.work, watchdog_fire);
}

/**
 * watchdog_start() - a step begins
 * @connector: the connector
 * @step: name of the step, a string constant
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 */
void watchdog_start(struct plugtree_connector *connector, const char *step)
{
	struct watchdog *watchdog = &connector->watchdog;

	scoped_guard(mutex, &connector->lock) {
		watchdog->step = step;
		watchdog->begin = ktime_get();
		watchdog->fired = false;
		watchdog->note[0] = '\0';
	}
	queue_delayed_work(system_long_wq, &watchdog->work, msecs_to_jiffies(watchdog_ms));
}
EXPORT_SYMBOL_IF_KUNIT(watchdog_start);

/**
 * watchdog_note() - say what the step is busy with
 * @connector: the connector
 * @format: printf format of a short name
 *
 * Another name than before is progress: a step hangs if it has been at the same one for too long.
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 */
void watchdog_note(struct plugtree_connector *connector, const char *format, ...)
{
	struct watchdog *watchdog = &connector->watchdog;
	char note[sizeof(watchdog->note)];
	va_list args;

	va_start(args, format);
	vscnprintf(note, sizeof(note), format, args);
	va_end(args);
	guard(mutex)(&connector->lock);
	if (watchdog->fired || !strcmp(note, watchdog->note))
		return;
	strscpy(watchdog->note, note);
	watchdog->begin = ktime_get();
	mod_delayed_work(system_long_wq, &watchdog->work, msecs_to_jiffies(watchdog_ms));
}

/**
 * watchdog_progress() - the step goes on
 * @connector: the connector
 *
 * For what comes too often for a name. Costs nothing until a good part of the time is over.
 *
 * Context: Process context of the step, may sleep. Takes @connector->lock.
 */
void watchdog_progress(struct plugtree_connector *connector)
{
	struct watchdog *watchdog = &connector->watchdog;

	/* Only the step itself writes it. */
	if (ktime_ms_delta(ktime_get(), watchdog->begin) < watchdog_ms / 8)
		return;
	guard(mutex)(&connector->lock);
	if (watchdog->fired)
		return;
	watchdog->begin = ktime_get();
	mod_delayed_work(system_long_wq, &watchdog->work, msecs_to_jiffies(watchdog_ms));
}

/**
 * watchdog_stop() - the step has ended
 * @connector: the connector
 *
 * If the watchdog had fired, the connector goes back to the state that it had.
 *
 * Context: Process context, may sleep. Takes @connector->lock; must not be held.
 */
void watchdog_stop(struct plugtree_connector *connector)
{
	enum plugtree_state state;

	cancel_delayed_work_sync(&connector->watchdog.work);
	if (!connector->watchdog.fired)
		return;
	connector->watchdog.fired = false;
	scoped_guard(mutex, &connector->lock)
		state = connector->status.state;
	state_set(connector, state == PLUGTREE_DRAINING ? PLUGTREE_REMOVING : state, NULL);
}
EXPORT_SYMBOL_IF_KUNIT(watchdog_stop);
