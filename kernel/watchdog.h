/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The watchdog: makes a step that hangs visible by name. It never interrupts the step.
 */
#ifndef PLUGTREE_WATCHDOG_H
#define PLUGTREE_WATCHDOG_H

#include <linux/ktime.h>
#include <linux/workqueue.h>

#include "common/reasons.h"

struct plugtree_connector;

/**
 * struct watchdog - watches the step that runs now
 * @work: fires when the step takes too long
 * @step: name of the step, a string constant
 * @begin: when it began, or last went on
 * @fired: it took too long and that has been told
 * @note: what the step is busy with, a device's name, and why it waits; protected by the
 *	connector's lock
 */
struct watchdog {
	struct delayed_work work;
	const char *step;
	ktime_t begin;
	bool fired;
	char note[PLUGTREE_SUBJECT_SIZE];
};

void watchdog_init(struct plugtree_connector *connector);
void watchdog_start(struct plugtree_connector *connector, const char *step);
void watchdog_progress(struct plugtree_connector *connector);
void watchdog_note(struct plugtree_connector *connector, const char *format, ...) __printf(2, 3);
void watchdog_stop(struct plugtree_connector *connector);

#endif
