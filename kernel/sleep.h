/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The system goes to sleep and wakes: workers rest from before user space is frozen until it is
 * back.
 */
#ifndef PLUGTREE_SLEEP_H
#define PLUGTREE_SLEEP_H

#include <linux/types.h>

bool sleep_is_near(void);
int sleep_init(void);
void sleep_exit(void);

#endif
