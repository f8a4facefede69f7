/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_ARCHIVE_H
#define LAB_ARCHIVE_H

#include <stdio.h>

/**
 * archive_add_file() - append a file to a cpio archive in "newc" format
 * @archive: written to; several archives may follow each other in one file, the kernel unpacks all
 * @name: path in the archive, without leading slash; its directories are added too
 * @from: file with the content
 *
 * Return: 0 or a negative errno.
 */
int archive_add_file(FILE *archive, const char *name, const char *from);

/**
 * archive_end() - write the trailer
 * @archive: written to
 *
 * Return: 0, -EIO.
 */
int archive_end(FILE *archive);

#endif
