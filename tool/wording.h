/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How something that has a name of its own is told: what the tables of warnings, of findings and of
 * what is left out have in common.
 */
#ifndef TOOL_WORDING_H
#define TOOL_WORDING_H

/**
 * struct wording - how one kind is told
 * @name: a word such as "no-type"
 * @sentence: what it means, without its subject and without a full stop
 * @hint: what to do about it, without full stop; NULL when that goes by the subject
 */
struct wording {
	const char *name;
	const char *sentence;
	const char *hint;
};

#endif
