// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/median.h"

void samples_add(struct samples *samples, double value)
{
	double *values = realloc(samples->values, (samples->count + 1) * sizeof(*values));

	if (!values) {
		fputs("bench-report: out of memory\n", stderr);
		exit(1);
	}
	samples->values = values;
	values[samples->count++] = value;
}

void samples_free(struct samples *samples)
{
	free(samples->values);
	*samples = (struct samples){ 0 };
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

double samples_quantile(struct samples *samples, double part)
{
	if (!samples->count)
		return NAN;
	qsort(samples->values, samples->count, sizeof(double), compare);
	return samples->values[(size_t)(part * (samples->count - 1) + 0.5)];
}

double samples_median(struct samples *samples)
{
	return samples_quantile(samples, 0.5);
}
