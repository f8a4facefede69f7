/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The insertion: one stay of one add-on in one connector, from plug to the last thing gone.
 */
#ifndef PLUGTREE_INSERTION_H
#define PLUGTREE_INSERTION_H

#include <linux/workqueue.h>

#include "common/id/id.h"
#include "devices.h"
#include "state.h"

struct firmware;
struct graft;
struct insertion;
struct overlay;
struct plugtree_connector;

/**
 * struct insertion_stage - what one overlay brings
 * @path: where the file is below /lib/firmware
 * @firmware: the file, until the overlay is read
 * @overlay: the overlay, until it is grafted
 * @graft: its nodes
 * @devices: its devices
 */
struct insertion_stage {
	char path[PLUGTREE_PATH_SIZE];
	const struct firmware *firmware;
	struct overlay *overlay;
	struct graft *graft;
	struct devices devices;
};

/**
 * enum insertion_stage_index - the two stages
 * @STAGE_ID: the ID overlay
 * @STAGE_MODEL: the model overlay
 */
enum insertion_stage_index {
	STAGE_ID,
	STAGE_MODEL,
	STAGE_COUNT,
};

/**
 * struct insertion - what the worker knows of its connector; nobody else looks at it
 * @connector: the connector
 * @stages: what the overlays brought
 * @done: how many steps are done and not undone
 * @ejected: user space wants nothing in, although an add-on is present
 * @loaded: a load request named the model
 * @counted: this stay of the add-on is in the count of insertions
 * @tries: attempts that failed since the add-on came
 * @next_try: when the next attempt is due, in jiffies
 * @quarantined: no further attempt
 * @identity: of the add-on
 */
struct insertion {
	struct plugtree_connector *connector;
	struct insertion_stage stages[STAGE_COUNT];
	unsigned int done;
	bool ejected;
	bool loaded;
	bool counted;
	unsigned int tries;
	unsigned long next_try;
	bool quarantined;
	struct id_identity identity;
};

/**
 * struct insertion_step - one step and its reverse
 * @name: for the timeline
 * @undo_name: for the timeline
 * @state: what user space sees while it runs
 * @stage: the stage that it works on
 * @skip: true if this insertion does not need the step; NULL means never
 * @run: 0, -EINVAL with the refusal filled, or -EINTR. Leaves nothing behind on failure. May fill
 *	the refusal on success, too: that is then what "ready" is seen with.
 * @undo: cannot fail; NULL when there is nothing to undo
 */
struct insertion_step {
	const char *name;
	const char *undo_name;
	enum plugtree_state state;
	enum insertion_stage_index stage;
	bool (*skip)(const struct insertion *insertion);
	int (*run)(struct insertion *insertion, struct insertion_stage *stage,
		   struct plugtree_refusal *refusal);
	void (*undo)(struct insertion *insertion, struct insertion_stage *stage);
};

extern const struct insertion_step insertion_steps[];
extern const unsigned int insertion_step_count;

struct insertion *insertion_alloc(struct plugtree_connector *connector);
void insertion_free(struct insertion *insertion);
void insertion_resume(struct insertion *insertion);
void insertion_work(struct work_struct *work);

#endif
