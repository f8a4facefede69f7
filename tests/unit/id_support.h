/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A source of identity bytes in memory, which notes what was read of it.
 */
#ifndef PLUGTREE_TESTS_ID_SUPPORT_H
#define PLUGTREE_TESTS_ID_SUPPORT_H

#include "common/id/id.h"

#define MEMORY_SIZE 8192

/**
 * struct memory - an emulated ID memory
 * @bytes: its content
 * @size: how many bytes a reader may ask for
 * @bytes_read: how many were asked for
 * @reads: in how many calls
 * @fails_at: reads that touch this offset fail; MEMORY_SIZE for none
 * @misused: a read was empty or went beyond @size
 * @touched: which bytes were asked for
 */
struct memory {
	uint8_t bytes[MEMORY_SIZE];
	unsigned int size;
	unsigned int bytes_read;
	unsigned int reads;
	unsigned int fails_at;
	bool misused;
	bool touched[MEMORY_SIZE];
};

void memory_init(struct memory *memory, unsigned int size);
enum id_verdict memory_decode(struct memory *memory, const char *format,
			      struct id_identity *identity, struct id_problem *problem);
void assert_every_failing_read(struct memory *memory, const char *format);
void assert_every_flipped_bit(struct memory *memory, const char *format, unsigned int first,
			      unsigned int end, enum id_verdict expected);

#endif
