/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_MEDIAN_H
#define BENCH_MEDIAN_H

#include <stddef.h>

/**
 * struct samples - measured values
 * @values: the values
 * @count: number of @values
 */
struct samples {
	double *values;
	size_t count;
};

/** samples_add() - add a value; the program ends without memory */
void samples_add(struct samples *samples, double value);

/** samples_free() - free the values */
void samples_free(struct samples *samples);

/** samples_median() - the median, NaN without values; puts the values in order */
double samples_median(struct samples *samples);

/** samples_quantile() - the value that a part (0 to 1) of the values is not above */
double samples_quantile(struct samples *samples, double part);

#endif
