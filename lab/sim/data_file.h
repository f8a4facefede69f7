/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_DATA_FILE_H
#define SIM_DATA_FILE_H

#include "lab/words.h"

#define PROBLEM_SIZE 512

/**
 * struct data_file - a file of words being read
 * @path: the file
 * @line: number of the present line
 * @problem: PROBLEM_SIZE bytes for the sentence that says what is wrong
 * @data: for the one who reads
 */
struct data_file {
	const char *path;
	unsigned int line;
	char *problem;
	void *data;
};

/**
 * struct data_line - a kind of line
 * @name: its first word
 * @words: number of words that it must have behind the name
 * @optional: number of words that it may have beyond
 * @read: what it means; the name is words->word[0]. Return: 0 or a negative errno, with the problem
 *	said
 */
struct data_line {
	const char *name;
	int words;
	int optional;
	int (*read)(struct data_file *file, const struct words *words);
};

/**
 * data_file_read() - read a file line by line
 * @path: the file
 * @lines: the kinds of lines, one without name at the end
 * @data: for their read functions
 * @problem: PROBLEM_SIZE bytes; on error a sentence with file and line
 *
 * Return: 0, -EINVAL for a mistake in the file, another negative errno if it cannot be read.
 */
int data_file_read(const char *path, const struct data_line *lines, void *data, char *problem);

/**
 * data_file_mistake() - say what is wrong with the present line
 *
 * Return: -EINVAL.
 */
__attribute__((format(printf, 2, 3))) int data_file_mistake(struct data_file *file,
							    const char *format, ...);

/**
 * data_file_number() - read a number
 * @file: whose mistake it is if it is none, or larger than @most
 *
 * Return: 0 or -EINVAL.
 */
int data_file_number(struct data_file *file, const char *word, unsigned long most,
		     unsigned long *number);

#endif
