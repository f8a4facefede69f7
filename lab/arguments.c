// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lab/arguments.h"

void arguments_add(struct arguments *arguments, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	if (arguments->count < ARGUMENTS_MAX &&
	    vasprintf(&arguments->word[arguments->count], format, list) >= 0)
		arguments->count++;
	va_end(list);
	arguments->word[arguments->count] = NULL;
}

char *arguments_join(const struct arguments *arguments)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int i;

	if (!out)
		return NULL;
	for (i = 0; i < arguments->count; i++)
		fprintf(out, "%s%s", i ? " " : "", arguments->word[i]);
	fclose(out);
	return text;
}

void arguments_free(struct arguments *arguments)
{
	while (arguments->count)
		free(arguments->word[--arguments->count]);
}
