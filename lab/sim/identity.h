/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_IDENTITY_H
#define SIM_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "common/id/id.h"
#include "lab/sim/data_file.h"

/**
 * struct identity - what is written into an ID EEPROM
 * @format: name of the format; empty if the add-on has no identity
 * @text: the identity
 * @offset: where a raw field begins
 * @size: bytes of a raw field
 */
struct identity {
	char format[32];
	struct id_identity text;
	unsigned int offset;
	unsigned int size;
};

/**
 * identity_read_line() - read "id FORMAT KEY=VALUE…" of an add-on file
 *
 * Return: 0 or -EINVAL with the mistake said.
 */
int identity_read_line(struct data_file *file, const struct words *words,
		       struct identity *identity);

/**
 * identity_write() - write an identity into a chip's memory
 * @identity: what
 * @memory: the chip's bytes
 * @size: their number
 * @damaged: with one bit of the model's name wrong
 *
 * Return: 0, or a negative errno if the format does not take it.
 */
int identity_write(const struct identity *identity, uint8_t *memory, size_t size, bool damaged);

#endif
