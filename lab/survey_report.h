/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SURVEY_REPORT_H
#define LAB_SURVEY_REPORT_H

#include <stdio.h>

#include "lab/survey_driver.h"
#include "lab/survey_verdict.h"

/**
 * struct survey_row - a driver and its verdict
 * @driver: the driver
 * @verdict: the verdict
 */
struct survey_row {
	struct survey_driver driver;
	struct survey_verdict verdict;
};

/**
 * struct survey_report - a survey
 * @rows: its rows
 * @count: their number
 * @kernel: version of the kernel
 * @date: when it was made
 */
struct survey_report {
	struct survey_row *rows;
	unsigned int count;
	const char *kernel;
	const char *date;
};

/** survey_report_count() - how many rows are of a kind */
unsigned int survey_report_count(const struct survey_report *report, enum survey_kind kind);

/** survey_report_print_text() - a line per driver, and a last line with the numbers */
void survey_report_print_text(const struct survey_report *report, FILE *out);

/** survey_report_print_json() - an object with date, kernel and an array of drivers */
void survey_report_print_json(const struct survey_report *report, FILE *out);

/** survey_report_print_page() - a page for a browser that needs nothing else */
void survey_report_print_page(const struct survey_report *report, FILE *out);

#endif
