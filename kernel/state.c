// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state of a connector: its names, its changes and how user space learns of them.
 */
#include <linux/kobject.h>
#include <linux/sysfs.h>

#include "connector.h"
#include "state.h"
#include "trace.h"

static const char *const state_names[] = {
	[PLUGTREE_EMPTY] = "empty",	  [PLUGTREE_SETTLING] = "settling",
	[PLUGTREE_POWERING] = "powering", [PLUGTREE_IDENTIFYING] = "identifying",
	[PLUGTREE_LOADING] = "loading",	  [PLUGTREE_READY] = "ready",
	[PLUGTREE_REMOVING] = "removing", [PLUGTREE_DRAINING] = "draining",
	[PLUGTREE_FAILED] = "failed",
};

/**
 * plugtree_state_name() - the name of a state, as in the "state" attribute
 * @state: the state
 *
 * Return: a string constant.
 */
const char *plugtree_state_name(enum plugtree_state state)
{
	return state_names[state];
}

/**
 * state_error() - one sentence about a refusal, with its subject
 * @refusal: the refusal
 * @text: where the sentence goes; "" for PLUGTREE_NONE
 * @size: size of @text in bytes
 *
 * Return: length of the sentence in bytes.
 */
int state_error(const struct plugtree_refusal *refusal, char *text, size_t size)
{
	const char *sentence = plugtree_reason_sentence(refusal->reason);

	if (refusal->subject[0])
		return scnprintf(text, size, "%s: %s", sentence, refusal->subject);
	return scnprintf(text, size, "%s", sentence);
}

/**
 * state_set() - go to a state and tell everybody
 * @connector: the connector
 * @state: the new state
 * @refusal: why; NULL for no reason
 *
 * The uevent is out before this returns, so what the caller does next comes after it for user
 * space, too.
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 */
void state_set(struct plugtree_connector *connector, enum plugtree_state state,
	       const struct plugtree_refusal *refusal)
{
	struct plugtree_status *status = &connector->status;

	scoped_guard(mutex, &connector->lock) {
		status->state = state;
		connector->load_taken = false;
		if (refusal)
			status->refusal = *refusal;
		else
			status->refusal = (struct plugtree_refusal){};
		trace_plugtree_state(dev_name(&connector->dev), plugtree_state_name(state),
				     plugtree_reason_name(status->refusal.reason));
	}
	sysfs_notify(&connector->dev.kobj, NULL, "state");
	kobject_uevent(&connector->dev.kobj, KOBJ_CHANGE);
}

/**
 * state_uevent() - put the state of a connector into a uevent
 * @connector: the connector
 * @env: the uevent's environment
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 * Return: 0, or -ENOMEM when the environment is full.
 */
int state_uevent(struct plugtree_connector *connector, struct kobj_uevent_env *env)
{
	const struct plugtree_status *status = &connector->status;
	char error[256];
	int ret;

	guard(mutex)(&connector->lock);
	state_error(&status->refusal, error, sizeof(error));
	ret = add_uevent_var(env, "PLUGTREE_CONNECTOR=%s", dev_name(&connector->dev));
	ret = ret ?: add_uevent_var(env, "PLUGTREE_STATE=%s", state_names[status->state]);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_TYPE=%s", connector->type);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_VENDOR=%s", status->identity.vendor);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_MODEL=%s", status->identity.model);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_REVISION=%s", status->identity.revision);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_SERIAL=%s", status->identity.serial);
	ret = ret ?: add_uevent_var(env, "PLUGTREE_OVERLAY=%s", status->overlay);
	ret = ret   ?:
		      add_uevent_var(env, "PLUGTREE_REASON=%s",
				     plugtree_reason_name(status->refusal.reason));
	ret = ret ?: add_uevent_var(env, "PLUGTREE_ERROR=%s", error);
	return ret ?: add_uevent_var(env, "PLUGTREE_INSERTION=%u", status->insertions);
}
