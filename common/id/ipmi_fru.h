/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Layout of an IPMI FRU memory, shared by the decoder and the encoder.
 *
 * Source: IPMI Platform Management FRU Information Storage Definition v1.0, revision 1.3; what an
 * FMC mezzanine has to have of it: ANSI/VITA 57.1. A common header says where the areas begin, in
 * units of eight bytes, 0 for none. Header and areas end with a byte that makes the sum of all
 * their bytes zero. The fields of an area each begin with a byte of type and length; a field with
 * 0xc1 there ends them.
 */
#ifndef PLUGTREE_ID_IPMI_FRU_H
#define PLUGTREE_ID_IPMI_FRU_H

#define FRU_UNIT 8
#define FRU_VERSION 0x01

#define FRU_HEADER_SIZE 8
#define FRU_HEADER_BOARD 3
#define FRU_HEADER_PRODUCT 4
#define FRU_HEADER_CHECKSUM 7

#define FRU_AREA_LENGTH 1
#define FRU_AREA_LANGUAGE 2
#define FRU_LANGUAGE_DEFAULT 0
#define FRU_LANGUAGE_ENGLISH 25
/* Board area: version, length, language, time of manufacture (3). Product area: not the time. */
#define FRU_BOARD_FIELDS 6
#define FRU_PRODUCT_FIELDS 3

#define FRU_FIELDS_END 0xc1
#define FRU_FIELD_TYPE_SHIFT 6
#define FRU_FIELD_LENGTH_MASK 0x3f
#define FRU_FIELD_BINARY 0
#define FRU_FIELD_BCD_PLUS 1
#define FRU_FIELD_SIX_BIT 2
#define FRU_FIELD_TEXT 3

#endif
