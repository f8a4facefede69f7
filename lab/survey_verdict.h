/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SURVEY_VERDICT_H
#define LAB_SURVEY_VERDICT_H

/**
 * enum survey_kind - what a driver's removal is like, the worst last
 *
 * SURVEY_NOT_RUN and SURVEY_NOT_BOUND are mistakes of the driver's file or of the lab, not verdicts.
 */
enum survey_kind {
	SURVEY_CLEAN, /* nothing to be said */
	SURVEY_NOISY, /* lines at warning level or worse that it does not write at each plug */
	SURVEY_FAILS, /* it was bound and used, and later could not be */
	SURVEY_LEAKS, /* memory, or nodes of the device tree that are held or still there */
	SURVEY_HANGS, /* it does not go while a file is open, or at all */
	SURVEY_CRASHES, /* KASAN, an oops, a WARN or another detector of the kernel */
	SURVEY_NOT_BOUND, /* it was not bound, or could not be used, in the first place */
	SURVEY_NOT_RUN, /* the scenario did not come to its end */
	SURVEY_KINDS,
};

/**
 * struct survey_verdict - what became of a driver
 * @kind: the worst that was found
 * @phase: of the scenario, in which that was first
 * @evidence: its first line; "" if there is none
 * @bad_lines: lines of the kernel log that nobody announced
 */
struct survey_verdict {
	enum survey_kind kind;
	char phase[16];
	char evidence[256];
	unsigned int bad_lines;
};

/**
 * survey_verdict_read() - judge what lab-run printed
 * @verdict: the result; SURVEY_NOT_RUN if there is no such file or it has no end
 * @path: file with the TAP of one scenario
 */
void survey_verdict_read(struct survey_verdict *verdict, const char *path);

/** survey_kind_name() - one or two words for it */
const char *survey_kind_name(enum survey_kind kind);

/** survey_kind_meaning() - a sentence for it */
const char *survey_kind_meaning(enum survey_kind kind);

#endif
