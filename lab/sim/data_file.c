// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of words, such as boards and add-ons: one thing per line, # starts a comment.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/data_file.h"

#define LINES_MAX 1000
#define LINE_SIZE 2048

int data_file_mistake(struct data_file *file, const char *format, ...)
{
	int used = snprintf(file->problem, PROBLEM_SIZE, "%s:%u: ", file->path, file->line);
	va_list list;

	if (used < 0 || used >= PROBLEM_SIZE)
		return -EINVAL;
	va_start(list, format);
	vsnprintf(file->problem + used, PROBLEM_SIZE - used, format, list);
	va_end(list);
	return -EINVAL;
}

int data_file_number(struct data_file *file, const char *word, unsigned long most,
		     unsigned long *number)
{
	if (words_number(word, number) || *number > most)
		return data_file_mistake(file, "%s is not a number from 0 to %lu", word, most);
	return 0;
}

static int read_line(struct data_file *file, const struct data_line *lines, char *text)
{
	struct words words;

	if (words_split(text, &words))
		return data_file_mistake(file, "too many words, or an unclosed quote");
	if (!words.count)
		return 0;
	for (; lines->name; lines++) {
		if (strcmp(lines->name, words.word[0]))
			continue;
		if (words.count - 1 < lines->words ||
		    words.count - 1 > lines->words + lines->optional)
			return data_file_mistake(file, "%s has too few or too many words",
						 lines->name);
		return lines->read(file, &words);
	}
	return data_file_mistake(file, "there is no \"%s\"", words.word[0]);
}

int data_file_read(const char *path, const struct data_line *lines, void *data, char *problem)
{
	struct data_file file = { .path = path, .problem = problem, .data = data };
	FILE *stream = fopen(path, "re");
	char text[LINE_SIZE];
	int ret = 0;

	if (!stream) {
		ret = -errno;
		snprintf(problem, PROBLEM_SIZE, "cannot read %s: %s", path, strerror(-ret));
		return ret;
	}
	while (!ret && fgets(text, sizeof(text), stream)) {
		size_t length = strcspn(text, "\n");

		if (++file.line > LINES_MAX)
			ret = data_file_mistake(&file, "the file is too long");
		else if (length == sizeof(text) - 1)
			ret = data_file_mistake(&file, "the line is too long");
		else if (text[length] != '\n' && !feof(stream))
			ret = data_file_mistake(&file, "this is no text");
		if (ret)
			break;
		text[length] = '\0';
		ret = read_line(&file, lines, text);
	}
	if (!ret && ferror(stream))
		ret = data_file_mistake(&file, "cannot be read");
	fclose(stream);
	return ret;
}
