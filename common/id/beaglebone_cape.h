/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Layout of the ID EEPROM of a BeagleBone cape, shared by the decoder and the encoder.
 *
 * Source: BeagleBone Black System Reference Manual, "EEPROM Data Format", revisions A0 and A1;
 * they differ behind what is read here: A1 has four pin words more. There is no checksum. Where
 * the byte order of numbers matters, manual and software disagree; nothing here depends on one.
 *
 * TI's base boards and daughter cards begin with the same signature (U-Boot,
 * board/ti/common/board_detect.h; TI SPRUIM6 for K3). Bytes 4 and 5 tell them apart.
 */
#ifndef PLUGTREE_ID_BEAGLEBONE_CAPE_H
#define PLUGTREE_ID_BEAGLEBONE_CAPE_H

#define CAPE_SIGNATURE "\xaa\x55\x33\xee"
/* The same number, written by a little-endian processor: DRA7 base boards. */
#define CAPE_SIGNATURE_REVERSED "\xee\x33\x55\xaa"
#define CAPE_SIGNATURE_SIZE 4

#define CAPE_FORMAT 4
#define CAPE_FORMAT_SIZE 2
#define CAPE_FORMAT_A0 "A0"
#define CAPE_FORMAT_A1 "A1"
/* Where a cape has its format, K3 boards have the type of their first record. */
#define CAPE_K3_BOARD_ID 0x01

#define CAPE_BOARD_NAME 6
#define CAPE_BOARD_NAME_SIZE 32
#define CAPE_VERSION 38
#define CAPE_VERSION_SIZE 4
#define CAPE_MANUFACTURER 42
#define CAPE_MANUFACTURER_SIZE 16
#define CAPE_PART_NUMBER 58
#define CAPE_PART_NUMBER_SIZE 16
#define CAPE_SERIAL 76
#define CAPE_SERIAL_SIZE 12
#define CAPE_PINS 88
/* With format A1: 74 pin words and four currents. */
#define CAPE_SIZE 244

#endif
