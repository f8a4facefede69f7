/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_BASE_BOARD_H
#define LAB_BASE_BOARD_H

#include <stdbool.h>

#include "lab/backend.h"

#define BOARD_PATH_SIZE 512
#define BOARD_VARIABLES_MAX 32
#define BOARD_PROBLEM_SIZE 256

/** struct board_variable - a name by which scenarios know something that differs between boards */
struct board_variable {
	char name[32];
	char value[96];
};

/**
 * struct base_board - a board file, as far as the launcher needs it
 * @path: the file
 * @tree: its device tree source
 * @backend: what runs its kernel
 * @flavour: the kernel that it runs
 * @cpus: number of CPUs
 * @has_devices: there is emulated hardware on it
 * @variables: for scenarios
 * @variable_count: number of @variables
 * @depth: files that wait for the end of the one that is being read
 */
struct base_board {
	char path[BOARD_PATH_SIZE];
	char tree[BOARD_PATH_SIZE];
	const struct backend *backend;
	char flavour[32];
	unsigned int cpus;
	bool has_devices;
	struct board_variable variables[BOARD_VARIABLES_MAX];
	unsigned int variable_count;
	unsigned int depth;
};

/**
 * base_board_read() - read a board file
 * @board: the result, without @flavour
 * @directory: where the boards are
 * @name: name of one of them, or the path of a board file
 * @problem: BOARD_PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0; -EINVAL for a mistake in the file, another negative errno if it cannot be read.
 */
int base_board_read(struct base_board *board, const char *directory, const char *name,
		    char *problem);

/**
 * base_board_choose_flavour() - which kernel does it run?
 * @board: its @flavour is set
 * @table: the file kernels/flavours
 * @wanted: name of a flavour, or NULL for the first of the board's architecture
 * @problem: BOARD_PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0; -EINVAL if there is no such flavour, or it is for another architecture; another
 * negative errno if the table cannot be read.
 */
int base_board_choose_flavour(struct base_board *board, const char *table, const char *wanted,
			      char *problem);

/** base_board_variable() - the value of a variable. Return: it, or NULL. */
const char *base_board_variable(const struct base_board *board, const char *name, size_t length);

#endif
