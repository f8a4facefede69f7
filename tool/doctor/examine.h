/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The examinations. A new one is a file here and a line in EXAMINATIONS().
 */
#ifndef TOOL_DOCTOR_EXAMINE_H
#define TOOL_DOCTOR_EXAMINE_H

#include "machine.h"

/* clang-format off */
/* X(name): doctor/<name>.c defines examine_<name>(); they are made in this order. */
#define EXAMINATIONS(X) \
	X(kernel) \
	X(modules) \
	X(connectors) \
	X(firmware) \
	X(configuration) \
	X(permissions) \
	X(signatures)
/* clang-format on */

/* What was looked at, in a line. */
#define SUMMARY_SIZE 256

#define X(name) void examine_##name(struct machine *machine, char summary[SUMMARY_SIZE]);
EXAMINATIONS(X)
#undef X

#endif
