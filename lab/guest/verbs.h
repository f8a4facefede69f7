/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GUEST_VERBS_H
#define GUEST_VERBS_H

#include <stdbool.h>
#include <stdio.h>

#include "lab/words.h"

/*
 * Every verb has the same shape. @request: the words of the request, the verb itself first; their
 * number has been checked against the table in agent.c. @reply: the text to answer with, or, when
 * the verb fails, the sentence that says what was wrong.
 * Return: 0 or a negative errno.
 */
typedef int verb_function(const struct words *request, FILE *reply);

/* files.c */
verb_function verb_read, verb_write, verb_list, verb_stat, verb_link, verb_nodes;
/* waits.c */
verb_function verb_wait, verb_wait_exists, verb_wait_gone;
/* commands.c */
verb_function verb_run, verb_start, verb_finish;
/* holds.c */
verb_function verb_hold, verb_held_read, verb_held_write, verb_release;
/* detectors.c */
verb_function verb_klog, verb_leaks, verb_leaks_clear;
/* slab.c */
verb_function verb_slab;

/** waits_be_patient() - let every wait take so many times longer than it is asked to */
void waits_be_patient(unsigned long patience);

/**
 * waits_time() - read how long a wait may take here
 * @word: milliseconds on the fastest machine
 * @time: the result
 * @reply: gets a sentence when @word is no time
 *
 * Return: 0 or -EINVAL.
 */
int waits_time(const char *word, unsigned long *time, FILE *reply);

/**
 * waits_for_file() - wait until a file is there, or is not
 * @path: the file
 * @wanted: what to wait for
 * @deadline: channel_now() value
 *
 * Return: 0 or -ETIMEDOUT.
 */
int waits_for_file(const char *path, bool wanted, long long deadline);

#endif
