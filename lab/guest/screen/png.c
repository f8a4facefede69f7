// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The frame that the lab's card scans out, as a PNG.
 */
#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include "lab/guest/screen/card.h"

#define FRAME "/sys/kernel/debug/lab-card/frame"

static int write_pixels(FILE *frame, unsigned int width, unsigned int height, const char *path)
{
	png_image image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height,
			    .format = PNG_FORMAT_RGB };
	size_t size = (size_t)width * height * 3;
	char *pixels = malloc(size);
	int ret = 0;

	if (!pixels)
		return -ENOMEM;
	if (fread(pixels, 1, size, frame) != size)
		ret = -EIO;
	else if (!png_image_write_to_file(&image, path, 0, pixels, 0, NULL))
		ret = -EIO;
	free(pixels);
	return ret;
}

int png_write(const char *path)
{
	FILE *frame = fopen(FRAME, "rb");
	unsigned int width, height;
	int ret = -ENODATA;

	if (!frame)
		return -errno;
	if (fscanf(frame, "P6 %u %u 255", &width, &height) == 2 && fgetc(frame) == '\n' &&
	    width <= 4096 && height <= 4096)
		ret = write_pixels(frame, width, height, path);
	fclose(frame);
	return ret;
}
