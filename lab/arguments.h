/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_ARGUMENTS_H
#define LAB_ARGUMENTS_H

#define ARGUMENTS_MAX 128

/**
 * struct arguments - a command line being put together
 * @word: its words, NULL after the last; they are freed with the list
 * @count: number of words; what is more than ARGUMENTS_MAX is dropped
 */
struct arguments {
	char *word[ARGUMENTS_MAX + 1];
	int count;
};

/**
 * arguments_add() - one more word
 * @arguments: the command line
 * @format: the word, like printf()
 */
__attribute__((format(printf, 2, 3))) void arguments_add(struct arguments *arguments,
							 const char *format, ...);

/**
 * arguments_join() - all words as one text
 * @arguments: the command line
 *
 * Return: allocated text with blanks between the words, or NULL.
 */
char *arguments_join(const struct arguments *arguments);

/** arguments_free() - release the words */
void arguments_free(struct arguments *arguments);

#endif
