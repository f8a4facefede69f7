// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From an errno to an exit status.
 */
#include <errno.h>

#include "exit_code.h"

/**
 * exit_code_of_error() - the exit status for an operation that failed
 * @error: negative errno
 *
 * Return: EXIT_CODE_PERMISSION for a missing permission, EXIT_CODE_TIMEOUT for -ETIMEDOUT,
 * EXIT_CODE_FAILED for anything else.
 */
enum exit_code exit_code_of_error(int error)
{
	switch (error) {
	case -EACCES:
	case -EPERM:
	case -EROFS:
		return EXIT_CODE_PERMISSION;
	case -ETIMEDOUT:
		return EXIT_CODE_TIMEOUT;
	default:
		return EXIT_CODE_FAILED;
	}
}

/**
 * exit_code_of_file_error() - the exit status for a file that cannot be read or written
 * @error: negative errno
 *
 * Return: EXIT_CODE_PERMISSION for a missing permission, EXIT_CODE_UNREADABLE for anything else.
 */
enum exit_code exit_code_of_file_error(int error)
{
	enum exit_code code = exit_code_of_error(error);

	return code == EXIT_CODE_PERMISSION ? code : EXIT_CODE_UNREADABLE;
}
