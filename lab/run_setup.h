/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_RUN_SETUP_H
#define LAB_RUN_SETUP_H

#include "lab/run.h"

/**
 * run_set_up() - make the run directory and start the hardware
 * @run: with settings and scenario
 *
 * Return: 0, or a negative errno with the problem said. run_tear_down() is due in all cases.
 */
int run_set_up(struct run *run);

/**
 * run_boot() - put the guest's files together and boot it
 * @run: set up
 * @shell: with a shell on the terminal
 *
 * Return: 0, or a negative errno with the problem said.
 */
int run_boot(struct run *run, bool shell);

/**
 * run_load_modules() - remove the absent modules, load the project's one
 * @run: booted
 *
 * Return: 0, or a negative errno with the problem said.
 */
int run_load_modules(struct run *run);

/**
 * run_console_tail() - the end of the guest's console
 * @run: booted
 * @lines: how many
 *
 * Return: allocated text or NULL.
 */
char *run_console_tail(const struct run *run, unsigned int lines);

/**
 * run_console_from() - what the guest's console has said since some moment
 * @run: booted
 * @from: bytes of the console until then
 *
 * Return: allocated text or NULL.
 */
char *run_console_from(const struct run *run, long from);

/**
 * run_console_size() - how much the guest's console has said until now
 * @run: booted
 *
 * Return: bytes.
 */
long run_console_size(const struct run *run);

/**
 * run_tear_down() - end guest and hardware, release everything
 * @run: in whatever state
 * @failed: keep the run directory and say where it is; without it, it is removed, unless the
 *          settings ask to keep it
 */
void run_tear_down(struct run *run, bool failed);

#endif
