// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes through every decoder: what must hold of each verdict, each failing read and each
 * identity, which is then written and read again.
 */
#include <stdint.h>

#include "common/id/encode.h"
#include "common/id/id.h"
#include "tests/fuzz/must.h"

/* No image is looked at beyond this: header and two areas of a FRU are the most. */
#define IMAGE_SIZE 8192
#define NAME_SIZE (3 * ID_TEXT_SIZE)

/**
 * struct image - the bytes that a decoder reads
 * @bytes: they
 * @size: their number
 * @reads: how often it read
 * @failing: which of the reads fails, counted from 0
 */
struct image {
	const uint8_t *bytes;
	size_t size;
	unsigned int reads;
	unsigned int failing;
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int read_image(void *context, unsigned int offset, void *buffer, size_t length)
{
	struct image *image = context;

	MUST(length && offset <= image->size && length <= image->size - offset);
	if (image->reads++ == image->failing)
		return -EIO;
	memcpy(buffer, image->bytes + offset, length);
	return 0;
}

static bool is_text(const char *text)
{
	size_t length = strnlen(text, ID_TEXT_SIZE), index;

	for (index = 0; index < length; index++) {
		if (!is_printable_ascii((unsigned char)text[index]))
			return false;
	}
	return length < ID_TEXT_SIZE;
}

static void check_file_names(const struct id_identity *identity)
{
	char name[NAME_SIZE];
	int specificity;

	for (specificity = ID_VENDOR_MODEL_REVISION; specificity <= ID_MODEL; specificity++) {
		if (id_file_name(identity, specificity, name, sizeof(name)))
			continue;
		MUST(*name && *name != '.' && strcmp(name, "id"));
		MUST(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-@") == strlen(name));
	}
}

static enum id_verdict decode(const struct id_format *format, struct image *image,
			      struct id_identity *identity)
{
	struct id_source source = { read_image, image, (unsigned int)image->size };
	static const struct id_identity nobody;
	struct id_problem problem = { ~0u, NULL };
	enum id_verdict verdict;

	image->reads = 0;
	memset(identity, 'x', sizeof(*identity));
	verdict = format->decode(&source, identity, &problem);
	if (verdict == ID_GOOD) {
		MUST(*identity->model);
		MUST(is_text(identity->vendor) && is_text(identity->model));
		MUST(is_text(identity->revision) && is_text(identity->serial));
		check_file_names(identity);
	} else {
		MUST(!memcmp(identity, &nobody, sizeof(nobody)));
		MUST(problem.what && problem.offset <= image->size);
	}
	return verdict;
}

/* A single read that fails is noticed, whichever it is. */
static void fail_each_read(const struct id_format *format, const struct image *image)
{
	struct image failing = *image;
	struct id_identity identity;

	for (failing.failing = 0; failing.failing < image->reads; failing.failing++)
		MUST(decode(format, &failing, &identity) == ID_ABSENT);
}

static bool is_same(const struct id_identity *first, const struct id_identity *second)
{
	return !strcmp(first->vendor, second->vendor) && !strcmp(first->model, second->model) &&
	       !strcmp(first->revision, second->revision) && !strcmp(first->serial, second->serial);
}

/* What was decoded can be written, and is the same when it is read again. */
static void write_again(const struct id_format *format, const struct id_identity *identity,
			size_t size)
{
	static uint8_t bytes[IMAGE_SIZE];
	struct image image = { .bytes = bytes, .failing = ~0u };
	struct id_identity again;
	int written;

	/* These two fill their window. A HAT that only names its overlay has no way to say so. */
	if (strcmp(format->name, "raw") && strcmp(format->name, "number"))
		size = 0;
	if (!strcmp(format->name, "rpi-hat") && !*identity->revision)
		return;
	written = id_encode(format->name, identity, 0, (unsigned int)size, bytes, sizeof(bytes));
	MUST(written > 0);
	image.size = (size_t)written;
	MUST(decode(format, &image, &again) == ID_GOOD);
	MUST(is_same(identity, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct image image = { .bytes = bytes, .size = size, .failing = ~0u };
	const struct id_format *format;
	struct id_identity identity;
	unsigned int index;

	if (size > IMAGE_SIZE)
		return -1;
	for (index = 0; (format = id_format_at(index)); index++) {
		bool good = decode(format, &image, &identity) == ID_GOOD;

		fail_each_read(format, &image);
		if (good)
			write_again(format, &identity, size);
	}
	return 0;
}
