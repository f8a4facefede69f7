/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An identity as a small text, to be encoded.
 */
#ifndef TOOL_ID_DESCRIPTION_H
#define TOOL_ID_DESCRIPTION_H

#include "common/id/id.h"

/**
 * struct id_description - what such a text says
 * @format: name of an encoder
 * @identity: the identity
 * @size: size of the window in bytes, 0 for as much as it takes
 */
struct id_description {
	char format[ID_TEXT_SIZE];
	struct id_identity identity;
	unsigned int size;
};

int id_description_read(struct id_description *description, const char *path);

#endif
