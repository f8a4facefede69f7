/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the identity formats share among themselves. Users of identities need id.h only.
 */
#ifndef PLUGTREE_ID_FORMATS_H
#define PLUGTREE_ID_FORMATS_H

#include "id.h"

extern const struct id_format id_format_raw;
extern const struct id_format id_format_number;
extern const struct id_format id_format_rpi_hat;

enum id_verdict id_problem_at(struct id_problem *problem, enum id_verdict verdict,
			      unsigned int offset, const char *what);
bool id_is_blank(const uint8_t *bytes, size_t length);
size_t id_trim_text(const uint8_t *bytes, size_t length);
int id_copy_text(char *text, const uint8_t *bytes, size_t length);
uint16_t id_crc16(const uint8_t *bytes, size_t length, uint16_t crc);

#endif
