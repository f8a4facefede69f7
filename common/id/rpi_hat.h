/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Layout of the Raspberry Pi HAT (V1) and HAT+ ID EEPROM, shared by the decoder and the encoder.
 *
 * Sources: raspberrypi/hats, eeprom-format.md (V1); Raspberry Pi HAT+ Specification (HAT+).
 * All integers are little-endian. A header is followed by atoms; each atom is
 * type (2), count (2), length of data and checksum (4), data, CRC-16/ARC of all before it (2).
 */
#ifndef PLUGTREE_ID_RPI_HAT_H
#define PLUGTREE_ID_RPI_HAT_H

#define HAT_SIGNATURE "R-Pi"
#define HAT_VERSION_V1 1
#define HAT_VERSION_PLUS 2

#define HAT_HEADER_SIZE 12
#define HAT_HEADER_VERSION 4
#define HAT_HEADER_ATOMS 6
#define HAT_HEADER_LENGTH 8

#define HAT_ATOM_HEADER_SIZE 8
#define HAT_ATOM_TYPE 0
#define HAT_ATOM_COUNT 2
#define HAT_ATOM_LENGTH 4
#define HAT_CRC_SIZE 2
#define HAT_ATOM_OVERHEAD (HAT_ATOM_HEADER_SIZE + HAT_CRC_SIZE)

#define HAT_TYPE_VENDOR 1
#define HAT_TYPE_GPIO_MAP 2
#define HAT_TYPE_DEVICE_TREE 3
#define HAT_GPIO_MAP_SIZE 30

/* The vendor atom's data: UUID, product id, product version, two lengths, two strings. */
#define HAT_VENDOR_UUID 0
#define HAT_VENDOR_UUID_SIZE 16
#define HAT_VENDOR_VERSION 18
#define HAT_VENDOR_VENDOR_LENGTH 20
#define HAT_VENDOR_PRODUCT_LENGTH 21
#define HAT_VENDOR_STRINGS 22
#define HAT_VENDOR_MAX_SIZE (HAT_VENDOR_STRINGS + 255 + 255)

/* Far more than any known board; bounds the walk over an image that lies. */
#define HAT_MAX_ATOMS 64

#endif
