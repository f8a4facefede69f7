/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_KERNEL_LOG_H
#define LAB_KERNEL_LOG_H

#include <regex.h>
#include <stdbool.h>
#include <stdio.h>

#define ANNOUNCEMENTS_MAX 128

/* For lines that may come, but need not. */
#define KERNEL_LOG_MAYBE (~0UL)

/**
 * struct announcement - a kernel log line that a scenario expects
 * @pattern: extended regular expression
 * @text: its source
 * @wanted: exact number of lines, 0 for one or more, or KERNEL_LOG_MAYBE
 * @seen: number of lines so far
 */
struct announcement {
	regex_t pattern;
	char *text;
	unsigned long wanted;
	unsigned long seen;
};

/**
 * struct kernel_log - judges the lines of the kernel log
 * @announcements: what the scenario expects
 * @announced: number of @announcements
 * @unexpected: number of bad lines that nobody announced
 */
struct kernel_log {
	struct announcement announcements[ANNOUNCEMENTS_MAX];
	unsigned int announced;
	unsigned long unexpected;
};

/**
 * kernel_log_announce() - expect a line
 * @log: the judge
 * @pattern: extended regular expression
 * @wanted: exact number of lines, 0 for one or more, or KERNEL_LOG_MAYBE
 *
 * Return: 0, -EINVAL if @pattern is no regular expression, -ENOSPC.
 */
int kernel_log_announce(struct kernel_log *log, const char *pattern, unsigned long wanted);

/**
 * kernel_log_read_known() - accept the lines that are explained in a file
 * @log: the judge
 * @path: file with one extended regular expression per line; # starts a line of explanation
 *
 * Return: 0, -EINVAL for a line that is no regular expression, -ENOSPC, or the negative errno of
 * reading the file.
 */
int kernel_log_read_known(struct kernel_log *log, const char *path);

/**
 * kernel_log_copy() - keep records that somebody else has judged
 * @records: text as /dev/kmsg gives it; written to
 * @copy: receives them in readable form, or NULL
 */
void kernel_log_copy(char *records, FILE *copy);

/**
 * kernel_log_judge() - look at new records
 * @log: the judge
 * @records: text as /dev/kmsg gives it; written to
 * @copy: receives all records in readable form, or NULL
 * @bad: receives the lines that are bad and not announced
 *
 * A line is bad when its level is "warning" or graver, or when it has the words of a detector at
 * whatever level.
 *
 * Return: the number of lines written to @bad.
 */
unsigned long kernel_log_judge(struct kernel_log *log, char *records, FILE *copy, FILE *bad);

/**
 * kernel_log_missing() - what was announced and did not come, or not as often
 * @log: the judge
 * @missing: receives one line for each
 *
 * Return: the number of announcements that were not met.
 */
unsigned long kernel_log_missing(const struct kernel_log *log, FILE *missing);

/** kernel_log_free() - release all announcements */
void kernel_log_free(struct kernel_log *log);

#endif
