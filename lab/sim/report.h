/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_REPORT_H
#define SIM_REPORT_H

#include <stdio.h>

#include "lab/sim/board.h"

/** report_list() - print what is in the sockets, the chips, the levels of the lines */
void report_list(const struct board *board, FILE *out);

/**
 * report_statistics() - print what went over the buses and happened to the sockets, as JSON
 * @board: the board
 * @reset: count from zero afterwards
 * @out: one line, behind "- "
 */
void report_statistics(struct board *board, bool reset, FILE *out);

#endif
