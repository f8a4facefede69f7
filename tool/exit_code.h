/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tool's exit status says. --help and the man page are made from this table.
 */
#ifndef TOOL_EXIT_CODE_H
#define TOOL_EXIT_CODE_H

/* clang-format off */
/* X(identifier, number, meaning) */
#define EXIT_CODES(X) \
	X(OK, 0, "everything was done") \
	X(FAILED, 1, "the operation was refused or failed; the reason is printed") \
	X(USAGE, 2, "the command line is wrong") \
	X(NO_CONNECTOR, 3, "there is no connector of that name") \
	X(PERMISSION, 4, "the permission is missing") \
	X(TIMEOUT, 5, "the time is up and what was waited for has not happened") \
	X(NO_CLASS, 6, "there is no plugtree class: the kernel module is not loaded") \
	X(WARNINGS, 7, "it was accepted or found in order, with warnings") \
	X(UNREADABLE, 8, "a file cannot be read or written, or is not what it has to be") \
	X(NO_IDENTITY, 9, "there is no valid identity: absent, blank, corrupt or of another format")
/* clang-format on */

/**
 * enum exit_code - the exit statuses of EXIT_CODES()
 */
enum exit_code {
#define X(identifier, number, meaning) EXIT_CODE_##identifier = number,
	EXIT_CODES(X)
#undef X
};

enum exit_code exit_code_of_error(int error);
enum exit_code exit_code_of_file_error(int error);

#endif
