// SPDX-License-Identifier: GPL-2.0-only
/*
 * The insertion: brings an add-on into service step by step, and takes it out in reverse.
 *
 * All of it runs in the connector's one worker, so nothing here is locked but what others see.
 * Whoever wants something sets a request or a flag and wakes the worker; it looks between any two
 * steps and in every wait. An add-on that goes in the middle of anything is thus taken down from
 * where it got to.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

#include "connector.h"
#include "drivers.h"
#include "identity.h"
#include "insertion.h"
#include "sleep.h"
#include "trace.h"
#include "turn.h"

/* How soon a connector sees that user space runs; nobody tells. */
#define INSERTION_BOOT_MS 100

static unsigned int retries = 3;
module_param(retries, uint, 0644);
MODULE_PARM_DESC(retries, "How often an insertion that failed is tried again before quarantine");

static unsigned int retry_ms = 500;
module_param(retry_ms, uint, 0644);
MODULE_PARM_DESC(retry_ms, "Time before the first retry, in ms; doubles with each");

/**
 * insertion_alloc() - make the worker's data of a connector
 * @connector: the connector
 *
 * Return: the data, to be freed with insertion_free(); NULL if out of memory.
 */
struct insertion *insertion_alloc(struct plugtree_connector *connector)
{
	struct insertion *insertion = kzalloc(sizeof(*insertion), GFP_KERNEL);

	if (!insertion)
		return NULL;
	insertion->connector = connector;
	devices_begin(&insertion->stages[STAGE_ID].devices, connector, true);
	devices_begin(&insertion->stages[STAGE_MODEL].devices, connector, false);
	return insertion;
}

/**
 * insertion_free() - free the worker's data; nothing is inserted any more
 * @insertion: the data
 */
void insertion_free(struct insertion *insertion)
{
	kfree(insertion);
}

static void step_begin(struct insertion *insertion, const char *name)
{
	struct plugtree_connector *connector = insertion->connector;

	trace_plugtree_step_begin(dev_name(&connector->dev), name);
	scoped_guard(mutex, &connector->lock)
		timeline_begin(&connector->timeline, name);
	watchdog_start(connector, name);
}

static void step_end(struct insertion *insertion, const char *name, enum plugtree_reason result)
{
	struct plugtree_connector *connector = insertion->connector;

	watchdog_stop(connector);
	scoped_guard(mutex, &connector->lock)
		timeline_end(&connector->timeline, result);
	trace_plugtree_step_end(dev_name(&connector->dev), name, plugtree_reason_name(result));
}

static void insertion_undo_step(struct insertion *insertion, const struct insertion_step *step)
{
	if (!step->undo || (step->skip && step->skip(insertion)))
		return;
	if (step->undo_name)
		step_begin(insertion, step->undo_name);
	step->undo(insertion, &insertion->stages[step->stage]);
	if (step->undo_name)
		step_end(insertion, step->undo_name, PLUGTREE_NONE);
}

static void insertion_forget(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;

	insertion->loaded = false;
	insertion->stages[STAGE_MODEL].path[0] = '\0';
	insertion->identity = (struct id_identity){};
	guard(mutex)(&connector->lock);
	connector->status.overlay[0] = '\0';
	connector->status.identity = insertion->identity;
}

static void insertion_take_down(struct insertion *insertion, const struct plugtree_refusal *why)
{
	const struct insertion_step *step;
	bool told = false;

	while (insertion->done) {
		step = &insertion_steps[insertion->done - 1];
		/* User space hears of it before the first device goes. */
		if (step->undo_name && !told) {
			state_set(insertion->connector, PLUGTREE_REMOVING, why);
			told = true;
		}
		insertion_undo_step(insertion, step);
		insertion->done--;
	}
}

static void insertion_fail(struct insertion *insertion, const struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = insertion->connector;
	bool lasting = plugtree_reason_lasting(refusal->reason);

	insertion->tries++;
	insertion->quarantined = lasting || insertion->tries > retries;
	insertion->next_try =
		jiffies + msecs_to_jiffies(retry_ms << min(max(insertion->tries, 1U) - 1, 10U));
	scoped_guard(mutex, &connector->lock)
		connector->status.failures++;
	state_set(connector, PLUGTREE_FAILED, refusal);
}

static int insertion_run_step(struct insertion *insertion, const struct insertion_step *step,
			      struct plugtree_refusal *refusal)
{
	int ret;

	step_begin(insertion, step->name);
	ret = step->run(insertion, &insertion->stages[step->stage], refusal);
	step_end(insertion, step->name, ret == -EINVAL ? refusal->reason : PLUGTREE_NONE);
	return ret;
}

static void insertion_enter(struct insertion *insertion, enum plugtree_state state)
{
	struct plugtree_connector *connector = insertion->connector;

	if (connector->status.state == state)
		return;
	if (state == PLUGTREE_POWERING && !insertion->counted) {
		insertion->counted = true;
		scoped_guard(mutex, &connector->lock)
			connector->status.insertions++;
	}
	state_set(connector, state, NULL);
}

static int insertion_run_steps(struct insertion *insertion, struct plugtree_refusal *refusal)
{
	const struct insertion_step *step;
	int ret;

	while (insertion->done < insertion_step_count) {
		step = &insertion_steps[insertion->done];
		if (!step->skip || !step->skip(insertion)) {
			insertion_enter(insertion, step->state);
			ret = insertion_run_step(insertion, step, refusal);
			if (ret)
				return ret;
		}
		insertion->done++;
		if (plugtree_connector_interrupted(insertion->connector))
			return -EINTR;
	}
	return 0;
}

static const struct plugtree_refusal insertion_power_lost = { .reason = PLUGTREE_POWER_LOST };

static bool insertion_lost_only_power(struct plugtree_connector *connector)
{
	return atomic_read(&connector->lost) == PLUGTREE_LOST_POWER;
}

/* Hardware that goes in the middle of a step makes it fail for one reason or another. */
static bool insertion_gone(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;

	if (connector->ops->present && !connector->ops->present(connector))
		return true;
	return plugtree_connector_interrupted(connector) && !insertion_lost_only_power(connector);
}

static void insertion_bring_up(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	struct plugtree_refusal refusal = {};
	ktime_t origin = atomic64_xchg(&connector->moved_at, 0) ?: ktime_get();
	int ret;

	scoped_guard(mutex, &connector->lock)
		timeline_start(&connector->timeline, origin);
	if (!insertion->loaded)
		insertion_forget(insertion);
	ret = insertion_run_steps(insertion, &refusal);
	/* For the steps that did not get as far as to pass it. */
	turn_pass(connector);
	if (!ret) {
		insertion->tries = 0;
		state_set(connector, PLUGTREE_READY, &refusal);
		return;
	}
	if (insertion_gone(insertion)) {
		insertion_take_down(insertion, NULL);
		return;
	}
	if (ret == -EINTR)
		refusal = insertion_power_lost;
	insertion_take_down(insertion, &refusal);
	insertion_fail(insertion, &refusal);
}

/* Another add-on, or the same one again: the failures of the last one are none of its business. */
static void insertion_start_over(struct insertion *insertion)
{
	insertion->tries = 0;
	insertion->quarantined = false;
	insertion->next_try = jiffies;
}

/* Returns whether what is in must be taken down first. */
static bool insertion_take_request(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	enum plugtree_request request;

	guard(mutex)(&connector->lock);
	request = connector->request;
	connector->request = PLUGTREE_REQUEST_NONE;
	if (request == PLUGTREE_REQUEST_NONE)
		return false;
	insertion_start_over(insertion);
	/* Somebody may have installed what was missing. */
	drivers_forget_absent();
	insertion->ejected = request == PLUGTREE_REQUEST_EJECT;
	if (request == PLUGTREE_REQUEST_LOAD) {
		insertion->identity = (struct id_identity){};
		strscpy(insertion->identity.model, connector->requested_model);
		insertion->loaded = true;
		connector->load_taken = true;
		connector->status.identity = insertion->identity;
	}
	return true;
}

static bool insertion_was_away(struct plugtree_connector *connector)
{
	return atomic_read(&connector->lost) & PLUGTREE_LOST_CONTACT;
}

static bool insertion_wanted(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	const struct plugtree_connector_ops *ops = connector->ops;
	bool present = ops->present ? ops->present(connector) : insertion->loaded;

	if (READ_ONCE(connector->dying))
		return false;
	/*
	 * An add-on that was ejected may come back once it has been away, even if it is back by
	 * now; where that cannot be seen, once it is loaded again.
	 */
	if (insertion->ejected && ops->present)
		insertion->ejected = present && !insertion_was_away(connector);
	return present && !insertion->ejected;
}

static void insertion_rest(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	struct plugtree_refusal refusal = {};

	atomic64_set(&connector->moved_at, 0);
	insertion_start_over(insertion);
	insertion->counted = false;
	if (insertion->ejected)
		refusal.reason = PLUGTREE_EJECTED;
	scoped_guard(mutex, &connector->lock)
		connector->load_taken = false;
	if (connector->status.state == PLUGTREE_EMPTY &&
	    connector->status.refusal.reason == refusal.reason)
		return;
	insertion_forget(insertion);
	state_set(connector, PLUGTREE_EMPTY, &refusal);
}

/* What was ready goes because it must, or comes back because its power went for a moment only. */
static void insertion_leave_ready(struct insertion *insertion, bool wanted)
{
	/* Power goes with the add-on, too, and it may have left since @wanted was asked. */
	bool power_lost = wanted && insertion_lost_only_power(insertion->connector) &&
			  !insertion_gone(insertion);

	insertion_take_down(insertion, power_lost ? &insertion_power_lost : NULL);
	if (power_lost && !insertion_gone(insertion))
		insertion_fail(insertion, &insertion_power_lost);
}

/* What was under way has been taken down, and begins anew after the sleep. */
static void insertion_pause(struct insertion *insertion)
{
	enum plugtree_state state = insertion->connector->status.state;

	if (!insertion->done && state != PLUGTREE_EMPTY && state != PLUGTREE_FAILED)
		state_set(insertion->connector, PLUGTREE_EMPTY, NULL);
}

/* One decision of the worker; true if there may be another one to take. */
static bool insertion_turn(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	bool requested, wanted;

	/* A connector that goes, goes with an outer add-on that is being taken down already. */
	if (sleep_is_near() && !READ_ONCE(connector->dying)) {
		insertion_pause(insertion);
		return false;
	}
	requested = insertion_take_request(insertion);
	wanted = insertion_wanted(insertion);
	if (insertion->done) {
		if (wanted && !requested && !atomic_read(&connector->lost))
			return false;
		insertion_leave_ready(insertion, wanted);
		return true;
	}
	if (!wanted) {
		insertion_rest(insertion);
		return false;
	}
	if (atomic_xchg(&connector->lost, 0) & PLUGTREE_LOST_CONTACT) {
		insertion_start_over(insertion);
		insertion->counted = false;
	}
	if (insertion->quarantined)
		return false;
	/*
	 * Built in, before user space: overlays and drivers may not be there yet, and modules with
	 * static SRCU crash, which the kernel is not ready for until late_initcall.
	 */
	if (system_state < SYSTEM_RUNNING) {
		queue_delayed_work(connector->queue, &connector->work,
				   msecs_to_jiffies(INSERTION_BOOT_MS));
		return false;
	}
	if (time_before(jiffies, insertion->next_try)) {
		queue_delayed_work(connector->queue, &connector->work,
				   insertion->next_try - jiffies);
		return false;
	}
	insertion_bring_up(insertion);
	return true;
}

/**
 * insertion_work() - the worker of a connector
 * @work: the connector's work
 *
 * Context: The connector's ordered queue.
 */
void insertion_work(struct work_struct *work)
{
	struct plugtree_connector *connector =
		container_of(to_delayed_work(work), struct plugtree_connector, work);

	/* Pairs with sleep_prepare(): either it sees this, or the sleep is seen here. */
	smp_store_mb(connector->working, true);
	pm_stay_awake(connector->dev.parent);
	while (insertion_turn(connector->insertion))
		cond_resched();
	pm_relax(connector->dev.parent);
	WRITE_ONCE(connector->working, false);
	wake_up(&connector->changed);
}

static bool insertion_is_same(struct insertion *insertion, struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = insertion->connector;
	const struct id_identity *before = &insertion->identity;
	struct id_identity now = {};
	int ret;

	/* Somebody has named it, and nothing else is known of it. */
	if (insertion->loaded)
		return true;
	ret = connector->ops->identify ? connector->ops->identify(connector, &now, refusal) :
					 identity_read(connector->node, &now, refusal);
	/* Another one of the same model is as it comes out of its reset, not as drivers left it. */
	return !ret && !strcmp(now.vendor, before->vendor) && !strcmp(now.model, before->model) &&
	       !strcmp(now.revision, before->revision) && !strcmp(now.serial, before->serial);
}

/**
 * insertion_resume() - is what was ready before the sleep the same add-on still?
 * @insertion: the data
 *
 * If not, or if it cannot tell who it is, it counts as lost. What had failed is tried again: it may
 * be another one.
 *
 * Context: The front end's resume callback. The worker rests, so that its data may be looked at.
 */
void insertion_resume(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;
	struct plugtree_refusal refusal = {};

	/* A sleep that was not announced: the worker may be at it, and goes on after it. */
	if (!sleep_is_near())
		return;
	if (!insertion->done) {
		insertion_start_over(insertion);
		return;
	}
	if (atomic_read(&connector->lost) || insertion_is_same(insertion, &refusal))
		return;
	dev_info(&connector->dev, "not the add-on that was there before the sleep%s%s\n",
		 refusal.reason ? ": " : "", refusal.reason ? refusal.subject : "");
	plugtree_connector_lost(connector);
}
