// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture: eight bars, and a white mark on them that moves on with each frame.
 */
#include "lab/guest/screen/card.h"

#define MARK 32

static const uint32_t bars[] = { 0xc0c0c0, 0xc0c000, 0x00c0c0, 0x00c000,
				 0xc000c0, 0xc00000, 0x0000c0, 0x202020 };

#define BARS (sizeof(bars) / sizeof(bars[0]))

void picture_paint(const struct screen_buffer *buffer, unsigned int width, unsigned int height,
		   unsigned long frame)
{
	unsigned int left = frame * 4 % (width - MARK), top = height / 2;
	unsigned int x, y;

	for (x = 0; x < width; x++)
		buffer->pixels[x] = bars[x * BARS / width];
	for (y = 1; y < height; y++) {
		uint32_t *line = (uint32_t *)((char *)buffer->pixels + (uint64_t)y * buffer->pitch);

		__builtin_memcpy(line, buffer->pixels, width * sizeof(*line));
		for (x = left; y >= top && y < top + MARK && x < left + MARK; x++)
			line[x] = 0xffffff;
	}
}
