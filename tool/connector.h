/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The connector as user space sees it: one look at its directory in the class.
 */
#ifndef TOOL_CONNECTOR_H
#define TOOL_CONNECTOR_H

#include <stdbool.h>
#include <stddef.h>

/* The kernel's longest sentence has 256 bytes; what is longer than this is cut off. */
#define CONNECTOR_TEXT_SIZE 512

/* clang-format off */
/* X(member and attribute, key of the uevent) */
#define CONNECTOR_TEXTS(X) \
	X(state, STATE) \
	X(type, TYPE) \
	X(vendor, VENDOR) \
	X(model, MODEL) \
	X(revision, REVISION) \
	X(serial, SERIAL) \
	X(overlay, OVERLAY) \
	X(reason, REASON) \
	X(error, ERROR)
/* clang-format on */

/**
 * struct connector - a connector at one moment
 * @name: its name in the class
 * @insertions: add-ons that came, -1 when unknown
 * @failures: insertions that did not get to ready, -1 when unknown
 * @presence: "present" or "absent"; "unknown" for a connector that cannot tell
 *
 * The other members are the attributes of the same name, each an empty string when unknown.
 */
struct connector {
	char name[CONNECTOR_TEXT_SIZE];
#define X(member, key) char member[CONNECTOR_TEXT_SIZE];
	CONNECTOR_TEXTS(X)
#undef X
	long long insertions;
	long long failures;
	char presence[CONNECTOR_TEXT_SIZE];
};

bool connector_is_name(const char *name);
int connector_open(int class, const char *name);
int connector_read(struct connector *connector, int class, const char *name);
bool connector_is_settled(const char *state);
bool connector_has_reason(const struct connector *connector);
bool connector_has_identity(const struct connector *connector);

#endif
