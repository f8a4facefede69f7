/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the identity formats share among themselves. Users of identities need id.h only.
 */
#ifndef PLUGTREE_ID_FORMATS_H
#define PLUGTREE_ID_FORMATS_H

#include "id.h"

/* clang-format off */
/* X(name): a file <name>.c defines id_format_<name>; decoding without a format tries them so. */
#define ID_FORMATS(X) \
	X(raw) \
	X(number) \
	X(rpi_hat) \
	X(beaglebone_cape) \
	X(ipmi_fru) \
	X(mikrobus_click)
/* clang-format on */

#define X(name) extern const struct id_format id_format_##name;
ID_FORMATS(X)
#undef X

enum id_verdict id_problem_at(struct id_problem *problem, enum id_verdict verdict,
			      unsigned int offset, const char *what);
enum id_verdict id_read(const struct id_source *source, unsigned int offset, void *buffer,
			size_t length, struct id_problem *problem);
enum id_verdict id_check_signature(const uint8_t *bytes, size_t length, const char *signature,
				   struct id_problem *problem);
enum id_verdict id_take_text(char *text, const uint8_t *bytes, size_t length, unsigned int offset,
			     struct id_problem *problem);
bool id_is_blank(const uint8_t *bytes, size_t length);
size_t id_trim_text(const uint8_t *bytes, size_t length);
int id_copy_text(char *text, const uint8_t *bytes, size_t length);
uint16_t id_crc16(const uint8_t *bytes, size_t length, uint16_t crc);

#endif
