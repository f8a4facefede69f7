// SPDX-License-Identifier: GPL-2.0-only
/*
 * The steps of an insertion, each beside its reverse.
 */
#include <linux/firmware.h>

#include "bind.h"
#include "connector.h"
#include "device_bus.h"
#include "drivers.h"
#include "firmware.h"
#include "graft.h"
#include "identity.h"
#include "insertion.h"
#include "overlay.h"
#include "signature.h"
#include "sleep.h"
#include "turn.h"

/* Contacts bounce: the presence counts once it has been stable for the debounce time. */
static int step_settle(struct insertion *insertion, struct insertion_stage *stage,
		       struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = insertion->connector;
	ktime_t begin = ktime_get();
	int moves;

	do {
		/* What was lost before the contacts are stable is part of the bouncing. */
		atomic_set(&connector->lost, 0);
		moves = atomic_read(&connector->moves);
		wait_event_hrtimeout(connector->changed,
				     atomic_read(&connector->moves) != moves ||
					     plugtree_connector_interrupted(connector),
				     ms_to_ktime(connector->debounce_ms));
		if (READ_ONCE(connector->dying) || READ_ONCE(connector->request) || sleep_is_near())
			break;
		/* Gone for good is seen by the level, bouncing by the edges. */
		if (connector->ops->present && !connector->ops->present(connector)) {
			plugtree_connector_lost(connector);
			break;
		}
	} while (atomic_read(&connector->moves) != moves);

	scoped_guard(mutex, &connector->lock)
		timeline_waited(&connector->timeline, ktime_to_ns(ktime_sub(ktime_get(), begin)));
	return plugtree_connector_interrupted(connector) ? -EINTR : 0;
}

static bool skip_settle(const struct insertion *insertion)
{
	return !insertion->connector->ops->present;
}

static int step_power_on(struct insertion *insertion, struct insertion_stage *stage,
			 struct plugtree_refusal *refusal)
{
	const struct plugtree_connector_ops *ops = insertion->connector->ops;

	return ops->power_on ? ops->power_on(insertion->connector, refusal) : 0;
}

static void step_power_off(struct insertion *insertion, struct insertion_stage *stage)
{
	const struct plugtree_connector_ops *ops = insertion->connector->ops;

	if (ops->power_off)
		ops->power_off(insertion->connector);
}

/* A model that user space names needs no identity, strap pins need no ID overlay. */
static bool skip_identify(const struct insertion *insertion)
{
	return insertion->loaded || !insertion->connector->ops->identify;
}

static bool skip_id_overlay(const struct insertion *insertion)
{
	return insertion->loaded || insertion->connector->ops->identify;
}

static void insertion_publish(struct insertion *insertion)
{
	struct plugtree_connector *connector = insertion->connector;

	guard(mutex)(&connector->lock);
	connector->status.identity = insertion->identity;
	strscpy(connector->status.overlay, insertion->stages[STAGE_MODEL].path);
}

static int step_identify(struct insertion *insertion, struct insertion_stage *stage,
			 struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = insertion->connector;
	int ret = connector->ops->identify(connector, &insertion->identity, refusal);

	if (!ret)
		insertion_publish(insertion);
	return ret;
}

static int step_find_id_overlay(struct insertion *insertion, struct insertion_stage *stage,
				struct plugtree_refusal *refusal)
{
	stage->firmware = firmware_id_overlay(insertion->connector, stage->path,
					      sizeof(stage->path), refusal);
	return stage->firmware ? 0 : -EINVAL;
}

static int step_find_model_overlay(struct insertion *insertion, struct insertion_stage *stage,
				   struct plugtree_refusal *refusal)
{
	stage->firmware = firmware_model_overlay(insertion->connector, &insertion->identity,
						 stage->path, sizeof(stage->path), refusal);
	insertion_publish(insertion);
	return stage->firmware ? 0 : -EINVAL;
}

static void step_release_firmware(struct insertion *insertion, struct insertion_stage *stage)
{
	release_firmware(stage->firmware);
	stage->firmware = NULL;
}

static bool skip_verify(const struct insertion *insertion)
{
	return !signature_required(insertion->connector);
}

static bool skip_verify_id(const struct insertion *insertion)
{
	return skip_id_overlay(insertion) || skip_verify(insertion);
}

/* Before anybody looks at what is in the file; what was read once is what is unpacked next. */
static int step_verify(struct insertion *insertion, struct insertion_stage *stage,
		       struct plugtree_refusal *refusal)
{
	return signature_check(insertion->connector, stage->firmware, stage->path, refusal);
}

static int step_unpack(struct insertion *insertion, struct insertion_stage *stage,
		       struct plugtree_refusal *refusal)
{
	stage->overlay = overlay_unpack(stage->firmware->data, stage->firmware->size, refusal);
	step_release_firmware(insertion, stage);
	return stage->overlay ? 0 : -EINVAL;
}

static void step_free_overlay(struct insertion *insertion, struct insertion_stage *stage)
{
	overlay_free(stage->overlay);
	stage->overlay = NULL;
}

static int step_check(struct insertion *insertion, struct insertion_stage *stage,
		      struct plugtree_refusal *refusal)
{
	return overlay_check(stage->overlay, insertion->connector->node, refusal);
}

static int step_drivers(struct insertion *insertion, struct insertion_stage *stage,
			struct plugtree_refusal *refusal)
{
	drivers_request(insertion->connector, stage->overlay);
	return 0;
}

static void graft_goes_on(void *connector)
{
	watchdog_progress(connector);
}

static int step_graft(struct insertion *insertion, struct insertion_stage *stage,
		      struct plugtree_refusal *refusal)
{
	const struct graft_progress progress = { graft_goes_on, insertion->connector };

	stage->graft = graft_apply(stage->overlay, dev_name(&insertion->connector->dev), &progress,
				   refusal);
	step_free_overlay(insertion, stage);
	return stage->graft ? 0 : -EINVAL;
}

static void step_remove_graft(struct insertion *insertion, struct insertion_stage *stage)
{
	graft_remove(stage->graft);
	stage->graft = NULL;
}

static int step_devices(struct insertion *insertion, struct insertion_stage *stage,
			struct plugtree_refusal *refusal)
{
	turn_take(insertion->connector);
	return devices_create(&stage->devices, stage->graft, refusal);
}

static void step_remove_devices(struct insertion *insertion, struct insertion_stage *stage)
{
	devices_remove(&stage->devices);
}

static int step_bind(struct insertion *insertion, struct insertion_stage *stage,
		     struct plugtree_refusal *refusal)
{
	int ret = bind_devices(&stage->devices, refusal);

	turn_pass(insertion->connector);
	if (ret == -EINVAL)
		device_buses_explain(insertion->connector, refusal);
	return ret;
}

/* What has no such bus has nothing to show for it in its timeline. */
static bool skip_join(const struct insertion *insertion)
{
	return !device_buses_joinable(insertion->connector);
}

static int step_join(struct insertion *insertion, struct insertion_stage *stage,
		     struct plugtree_refusal *refusal)
{
	return device_buses_join(insertion->connector, refusal);
}

static void step_leave(struct insertion *insertion, struct insertion_stage *stage)
{
	device_buses_leave(insertion->connector);
}

/* That the reader's driver refuses to bind mostly means that nothing answers it. */
static int step_read_id(struct insertion *insertion, struct insertion_stage *stage,
			struct plugtree_refusal *refusal)
{
	int ret = step_bind(insertion, stage, refusal);

	if (ret == -EINTR)
		return ret;
	if (ret) {
		refusal->reason = PLUGTREE_ID_ABSENT;
		return ret;
	}
	refusal->reason = PLUGTREE_NONE;
	ret = identity_read(insertion->connector->node, &insertion->identity, refusal);
	if (!ret)
		insertion_publish(insertion);
	return ret;
}

const struct insertion_step insertion_steps[] = {
	{ "settle", NULL, PLUGTREE_SETTLING, .skip = skip_settle, .run = step_settle },
	{ "power", "power-off", PLUGTREE_POWERING, .run = step_power_on, .undo = step_power_off },

	{ "identify", NULL, PLUGTREE_IDENTIFYING, .skip = skip_identify, .run = step_identify },

	{ "find-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay, step_find_id_overlay,
	  step_release_firmware },
	{ "verify-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_verify_id, step_verify },
	{ "unpack-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay, step_unpack,
	  step_free_overlay },
	{ "check-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay, step_check },
	{ "drivers-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay, step_drivers },
	{ "graft-id", "remove-graft-id", PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay,
	  step_graft, step_remove_graft },
	{ "devices-id", "remove-devices-id", PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay,
	  step_devices, step_remove_devices },
	{ "read-id", NULL, PLUGTREE_IDENTIFYING, STAGE_ID, skip_id_overlay, step_read_id },

	{ "find", NULL, PLUGTREE_LOADING, STAGE_MODEL, NULL, step_find_model_overlay,
	  step_release_firmware },
	{ "verify", NULL, PLUGTREE_LOADING, STAGE_MODEL, skip_verify, step_verify },
	{ "unpack", NULL, PLUGTREE_LOADING, STAGE_MODEL, NULL, step_unpack, step_free_overlay },
	{ "check", NULL, PLUGTREE_LOADING, STAGE_MODEL, NULL, step_check },
	{ "drivers", NULL, PLUGTREE_LOADING, STAGE_MODEL, NULL, step_drivers },
	{ "graft", "remove-graft", PLUGTREE_LOADING, STAGE_MODEL, NULL, step_graft,
	  step_remove_graft },
	{ "devices", "remove-devices", PLUGTREE_LOADING, STAGE_MODEL, NULL, step_devices,
	  step_remove_devices },
	{ "bind", NULL, PLUGTREE_LOADING, STAGE_MODEL, NULL, step_bind },
	{ "join", "leave", PLUGTREE_LOADING, STAGE_MODEL, skip_join, step_join, step_leave },
};

const unsigned int insertion_step_count = ARRAY_SIZE(insertion_steps);
