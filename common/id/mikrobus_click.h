/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Layout of a mikroBUS ClickID memory, shared by the decoder and the encoder.
 *
 * Sources: MikroElektronika, click_id, README ("ClickID Memory Organization"); the manifest's
 * header is the Greybus specification's. Page 0 is written and locked when the board is made:
 * version of the board (major, minor), product id, name, reserved. From page 1 on comes the
 * manifest, whose header is its size with the header (little-endian) and version (major, minor).
 *
 * Product id: one bit "made for a customer", ten bits type, five bits reserved (big-endian), then
 * the product's number (16 bits, little-endian).
 */
#ifndef PLUGTREE_ID_MIKROBUS_CLICK_H
#define PLUGTREE_ID_MIKROBUS_CLICK_H

#define CLICK_VERSION_MAJOR 0
#define CLICK_VERSION_MINOR 1
#define CLICK_KIND 2
#define CLICK_KIND_CUSTOM 0x80
#define CLICK_NUMBER 4
#define CLICK_NAME 6
#define CLICK_NAME_SIZE 20
#define CLICK_PAGE_SIZE 32

#define CLICK_MANIFEST CLICK_PAGE_SIZE
#define CLICK_MANIFEST_SIZE CLICK_MANIFEST
#define CLICK_MANIFEST_VERSION_MAJOR (CLICK_MANIFEST + 2)
#define CLICK_MANIFEST_VERSION_MINOR (CLICK_MANIFEST + 3)
#define CLICK_MANIFEST_HEADER_SIZE 4
/* Pages 1 to 21. */
#define CLICK_MANIFEST_MAX_SIZE (21 * CLICK_PAGE_SIZE)

/* Whose boards they are that were not made for a customer. */
#define CLICK_VENDOR "MikroE"

#endif
