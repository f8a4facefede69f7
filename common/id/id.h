/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Who is it? Identity formats: bytes in, vendor, model, revision and serial out.
 *
 * A format is one file with one struct id_format and one line in formats.c.
 */
#ifndef PLUGTREE_ID_H
#define PLUGTREE_ID_H

#include "../platform.h"

#define ID_TEXT_SIZE 64

/**
 * struct id_identity - what an add-on says of itself
 * @vendor: who makes it
 * @model: which model it is; never empty after a good verdict
 * @revision: revision of the model
 * @serial: serial number or UUID
 *
 * NUL-terminated printable ASCII, cut to fit, empty where the format does not say. Still outside
 * data: not to be used as a file name before id_file_name().
 */
struct id_identity {
	char vendor[ID_TEXT_SIZE];
	char model[ID_TEXT_SIZE];
	char revision[ID_TEXT_SIZE];
	char serial[ID_TEXT_SIZE];
};

/**
 * enum id_verdict - what reading an identity came to
 * @ID_GOOD: the identity is valid
 * @ID_ABSENT: a read failed: nothing answered
 * @ID_BLANK: all bytes looked at are 0xff, or all are 0x00
 * @ID_CORRUPT: the format is right, but a checksum, length or character is not
 * @ID_UNKNOWN_FORMAT: something is there, but not in this format
 */
enum id_verdict {
	ID_GOOD,
	ID_ABSENT,
	ID_BLANK,
	ID_CORRUPT,
	ID_UNKNOWN_FORMAT,
};

/**
 * struct id_source - where the bytes come from
 * @read: reads @length bytes (at least 1) at @offset, 0 or negative errno; never asked beyond @size
 * @context: handed to @read
 * @size: how many bytes there are
 */
struct id_source {
	int (*read)(void *context, unsigned int offset, void *buffer, size_t length);
	void *context;
	unsigned int size;
};

/**
 * struct id_problem - what is wrong with an identity
 * @offset: the first byte that is wrong, or the first of those that could not be read
 * @what: a few words, a string constant
 */
struct id_problem {
	unsigned int offset;
	const char *what;
};

/**
 * struct id_format - one identity format
 * @name: as written in device trees, after "plugtree,id-"
 * @decode: reads no byte that it does not need; fills @identity on ID_GOOD and leaves it empty
 *	otherwise; fills @problem unless ID_GOOD
 */
struct id_format {
	const char *name;
	enum id_verdict (*decode)(const struct id_source *source, struct id_identity *identity,
				  struct id_problem *problem);
};

const struct id_format *id_format_find(const char *name);
const struct id_format *id_format_at(unsigned int index);
const char *id_verdict_name(enum id_verdict verdict);

/**
 * enum id_specificity - how much of an identity a firmware file name uses
 * @ID_VENDOR_MODEL_REVISION: <vendor>-<model>@<revision>
 * @ID_VENDOR_MODEL: <vendor>-<model>
 * @ID_MODEL: <model>
 */
enum id_specificity {
	ID_VENDOR_MODEL_REVISION,
	ID_VENDOR_MODEL,
	ID_MODEL,
};

int id_file_name(const struct id_identity *identity, enum id_specificity specificity, char *name,
		 size_t size);
bool id_is_model(const char *text);

#endif
