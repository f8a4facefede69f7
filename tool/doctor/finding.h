/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings: what is wrong with a machine, and what to do about it.
 */
#ifndef TOOL_DOCTOR_FINDING_H
#define TOOL_DOCTOR_FINDING_H

#include <json-c/json.h>
#include <stddef.h>

#include "wording.h"

/**
 * enum severity - how bad a finding is
 * @SEVERITY_NOTE: good to know
 * @SEVERITY_WARNING: will be missed some day
 * @SEVERITY_ERROR: something does not work
 */
enum severity {
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

/**
 * enum finding_kind - the findings of finding_list.h
 */
enum finding_kind {
#define X(identifier, ...) FINDING_##identifier,
#include "finding_list.h"
#undef X
	FINDING_KIND_COUNT
};

/**
 * struct finding - one finding
 * @kind: which
 * @subject: what it is about; allocated
 * @hint: what to do about it; a string constant
 */
struct finding {
	enum finding_kind kind;
	char *subject;
	const char *hint;
};

/**
 * struct findings - all of them
 * @list: in the order in which they were found
 * @count: how many
 */
struct findings {
	struct finding *list;
	size_t count;
};

const struct wording *finding_wording(enum finding_kind kind);
enum severity finding_severity(enum finding_kind kind);
const char *severity_name(enum severity severity);
void findings_add(struct findings *findings, enum finding_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void findings_add_hint(struct findings *findings, enum finding_kind kind, const char *hint,
		       const char *format, ...) __attribute__((format(printf, 4, 5)));
void finding_print(const struct finding *finding);
void finding_print_brief(const struct finding *finding);
struct json_object *finding_json(const struct finding *finding);
void findings_free(struct findings *findings);

#endif
