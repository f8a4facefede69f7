/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Writing an identity, for the emulated hardware and the tool. User space only.
 */
#ifndef PLUGTREE_ID_ENCODE_H
#define PLUGTREE_ID_ENCODE_H

#include "id.h"

int id_encode(const char *format, const struct id_identity *identity, unsigned int offset,
	      unsigned int size, void *image, size_t image_size);

#endif
