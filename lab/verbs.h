/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_VERBS_H
#define LAB_VERBS_H

#include <stdbool.h>

#include "lab/words.h"

struct run;

/*
 * What an action does. @words: the action's name and arguments, variables replaced. @rest: the
 * line behind the name, as written, for actions that take text.
 * Return: 0, or a negative errno after run_problem() has said what was wrong.
 */
typedef int verb_run(struct run *run, const struct words *words, const char *rest);

/**
 * struct verb - an action that a scenario may contain
 * @name: how it is called
 * @words: number of arguments it must have
 * @optional: how many more it may have
 * @usage: its arguments, for messages and help
 * @run: what it does; NULL for repeat, which the runner does itself
 */
struct verb {
	const char *name;
	int words;
	int optional;
	const char *usage;
	verb_run *run;
};

/**
 * verb_find() - look an action up
 * @name: its name
 *
 * Return: the action or NULL.
 */
const struct verb *verb_find(const char *name);

/** verbs_print() - print the table of actions, one per line */
void verbs_print(void);

/**
 * verb_wait_for() - what the action wait does, for other actions
 * @run: the run
 * @connector: name of the connector
 * @state: name of the state
 *
 * Return: 0, or a negative errno after run_problem() has said what was wrong.
 */
int verb_wait_for(struct run *run, const char *connector, const char *state);

/* verbs_hardware.c */
verb_run verb_plug, verb_unplug, verb_sim, verb_machine, verb_pause;
/* verbs_sweep.c */
verb_run verb_sweep_unplug, verb_sweep_plug, verb_sweep_unplug_outer;
/* verbs_endure.c */
verb_run verb_endure;
/* verbs_sleep.c */
verb_run verb_sleep, verb_wake, verb_wait_woken;
/* verbs_record.c */
verb_run verb_record;
verb_run verb_save;
/* verbs_story.c */
verb_run verb_say, verb_show;
/* verbs_connector.c */
verb_run verb_wait, verb_expect, verb_load, verb_eject, verb_rescan, verb_expect_device,
	verb_expect_no_device;
/**
 * verb_command_ended() - judge a command's answer: its status in the first line, then its output
 * @run: its @output is kept for expect-output
 * @ret: of the request
 * @should_fail: the command has to fail
 *
 * Return: 0, or a negative errno with the problem said.
 */
int verb_command_ended(struct run *run, int ret, bool should_fail);

/* verbs_guest.c */
verb_run verb_expect_file, verb_expect_no_file, verb_wait_file, verb_wait_no_file, verb_write,
	verb_write_fails, verb_run_command, verb_run_command_fails, verb_expect_output, verb_start,
	verb_finish, verb_finish_judge, verb_hold, verb_held_read, verb_held_write, verb_release,
	verb_slab_mark, verb_slab_compare;

#endif
