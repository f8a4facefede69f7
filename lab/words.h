/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_WORDS_H
#define LAB_WORDS_H

#include <stdio.h>

#define WORDS_MAX 64

/**
 * struct words - one line cut into words
 * @count: number of words
 * @word: the words; they point into the line that was cut; the one after the last is NULL
 */
struct words {
	int count;
	char *word[WORDS_MAX + 1];
};

/**
 * words_split() - cut a line into words, in place
 * @line: the line, without newline; it is written to, and must outlive @words
 * @words: the result
 *
 * Blanks separate words. "double quotes" keep blanks together and know the escapes \\ \" \n \t and
 * \xHH. A # where a word would begin starts a comment.
 *
 * Return: 0, -E2BIG for more than WORDS_MAX words, -EINVAL for an unclosed quote or a bad escape.
 */
int words_split(char *line, struct words *words);

/**
 * words_quote() - write one word so that words_split() reads the same word back
 * @out: where to
 * @word: any text without NUL
 */
void words_quote(FILE *out, const char *word);

/**
 * words_number() - read a non-negative decimal or 0x number
 * @word: the word
 * @number: the result
 *
 * Return: 0, -EINVAL if @word is anything else, -ERANGE if it does not fit.
 */
int words_number(const char *word, unsigned long *number);

#endif
