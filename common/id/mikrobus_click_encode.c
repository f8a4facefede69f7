// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "mikrobus-click", with an empty manifest behind it. User space only.
 */
#include "encode.h"
#include "mikrobus_click.h"

/* "MAJOR.MINOR" or "MAJOR", each up to 255; nothing is 0.0. */
static int write_version(const char *text, uint8_t *page)
{
	uint32_t major, minor = 0;
	char part[ID_TEXT_SIZE];
	const char *dot = strchr(text, '.');
	size_t length = dot ? (size_t)(dot - text) : strlen(text);
	int error;

	if (length >= sizeof(part))
		return -EINVAL;
	memcpy(part, text, length);
	part[length] = '\0';
	error = id_parse_decimal(part, 0xff, !dot, &major);
	if (!error && dot)
		error = id_parse_decimal(dot + 1, 0xff, false, &minor);
	if (error)
		return error;
	page[CLICK_VERSION_MAJOR] = (uint8_t)major;
	page[CLICK_VERSION_MINOR] = (uint8_t)minor;
	return 0;
}

static int encode_click(const struct id_identity *identity, uint8_t *window, size_t size)
{
	size_t length = CLICK_MANIFEST + CLICK_MANIFEST_HEADER_SIZE;
	uint32_t number;
	int error;

	if (!*identity->model || (*identity->vendor && strcmp(identity->vendor, CLICK_VENDOR)))
		return -EINVAL;
	if (size < length)
		return -ENOSPC;
	memset(window, 0, length);
	error = write_version(identity->revision, window);
	if (!error)
		error = id_parse_decimal(identity->serial, 0xffff, true, &number);
	if (!error)
		error = id_write_field(window + CLICK_NAME, CLICK_NAME_SIZE, identity->model);
	if (error)
		return error;
	window[CLICK_KIND] = *identity->vendor ? 0 : CLICK_KIND_CUSTOM;
	write_le16(window + CLICK_NUMBER, number);
	write_le16(window + CLICK_MANIFEST_SIZE, CLICK_MANIFEST_HEADER_SIZE);
	window[CLICK_MANIFEST_VERSION_MINOR] = 1;
	return (int)length;
}

const struct id_encoder id_encoder_mikrobus_click = {
	.name = "mikrobus-click",
	.encode = encode_click,
};
