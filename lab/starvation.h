/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_STARVATION_H
#define LAB_STARVATION_H

/**
 * starvation() - how long this program's children, and theirs, have waited for a processor
 *
 * What other work of the machine has taken from them, and no sign of one that hangs. The time of
 * those that have ended is not in it any more, so it may get less.
 *
 * Return: milliseconds, of all their threads together; 0 where the kernel does not count them.
 */
long long starvation(void);

#endif
