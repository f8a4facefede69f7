// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What add-on files put into memory chips, read back by the decoders.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab/sim/addon.h"
#include "lab/sim/data_file.h"
#include "tests/sim/test.h"

static char directory[] = "/tmp/plugtree-test-XXXXXX";
static char problem[PROBLEM_SIZE];

static void write_file(const char *name, const void *bytes, size_t size)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/t/%s", directory, name);
	file = fopen(path, "w");
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

/* Return: what addon_create() does. */
static int make(struct addon **addon, const char *text)
{
	const char *const directories[] = { directory, NULL };

	write_file("x.addon", text, strlen(text));
	return addon_create(addon, directories, "t", "x", problem);
}

/**
 * struct memory - a window into a memory chip
 */
struct memory {
	const uint8_t *bytes;
	unsigned int offset;
};

static int read_memory(void *context, unsigned int offset, void *buffer, size_t length)
{
	const struct memory *memory = context;

	memcpy(buffer, memory->bytes + memory->offset + offset, length);
	return 0;
}

/* Decodes the first chip's memory from an offset on; size 0 is all of it. */
static void expect(const char *text, const char *format, unsigned int offset, unsigned int size,
		   enum id_verdict verdict, const char *model)
{
	struct id_identity identity = { 0 };
	struct id_problem what;
	struct memory memory = { .offset = offset };
	struct id_source source = { read_memory, &memory, size };
	struct addon *addon;
	size_t all;

	if (make(&addon, text))
		fail_msg("%s", problem);
	memory.bytes = addon->chips.at[0].chip->type->memory(addon->chips.at[0].chip, &all);
	if (!size)
		source.size = all;
	assert_int_equal(id_format_find(format)->decode(&source, &identity, &what), verdict);
	assert_string_equal(identity.model, model);
	addon_destroy(addon);
}

#define HAT "type t\nid rpi-hat vendor=Acme model=Thermo revision=3 \n"
#define RAW "type t\nid raw offset=0x10 size=8 model=clock\n"

static void decoders_read_what_was_written(void **state)
{
	expect(HAT "chip b 0x50 24c64 id\n", "rpi-hat", 0, 0, ID_GOOD, "Thermo");
	expect(HAT "chip b 0x50 24c02 id\n", "rpi-hat", 0, 0, ID_GOOD, "Thermo");
	expect(RAW "chip b 0x50 24c02 id\n", "raw", 0x10, 8, ID_GOOD, "clock");
}

static void blank_and_corrupt_are_told_apart(void **state)
{
	expect(HAT "chip b 0x50 24c64 corrupt\n", "rpi-hat", 0, 0, ID_CORRUPT, "");
	expect(HAT "chip b 0x50 24c64 blank\n", "rpi-hat", 0, 0, ID_BLANK, "");
	expect(HAT "chip b 0x50 24c64\n", "rpi-hat", 0, 0, ID_BLANK, "");
	expect(RAW "chip b 0x50 24c02 corrupt\n", "raw", 0x10, 8, ID_CORRUPT, "");
	expect(RAW "chip b 0x50 24c02 blank\n", "raw", 0x10, 8, ID_BLANK, "");
}

static void images_come_from_beside_the_file(void **state)
{
	uint8_t image[257];
	struct addon *addon;

	memset(image, 'M', sizeof(image));
	write_file("part.bin", image, 4);
	expect("type t\nchip b 0x50 24c02 image=part.bin\n", "raw", 0, 4, ID_GOOD, "MMMM");
	expect("type t\nchip b 0x50 24c02 image=part.bin\n", "raw", 4, 4, ID_BLANK, "");
	write_file("full.bin", image, 256);
	expect("type t\nchip b 0x50 24c02 image=full.bin\n", "raw", 252, 4, ID_GOOD, "MMMM");
	write_file("large.bin", image, 257);
	assert_int_equal(make(&addon, "type t\nchip b 0x50 24c02 image=large.bin\n"), -EINVAL);
	assert_non_null(strstr(problem, ":2: "));
	assert_non_null(strstr(problem, "more than the chip's 256 bytes"));
	write_file("empty.bin", image, 0);
	assert_int_equal(make(&addon, "type t\nchip b 0x50 24c02 image=empty.bin\n"), -EINVAL);
	assert_non_null(strstr(problem, "is empty"));
}

static void an_address_is_taken_once_per_bus(void **state)
{
	struct addon *addon;

	assert_int_equal(make(&addon, "type t\nchip b 0x48 lm75\nchip c 0x48 lm75\n"), 0);
	addon_destroy(addon);
	assert_int_equal(make(&addon, "type t\nchip b 0x48 lm75\nchip b 0x48 24c02\n"), -EINVAL);
	assert_non_null(strstr(problem, ":3: there is a chip at 0x48 already"));
}

static void files_are_bounded(void **state)
{
	char text[2048];
	struct addon *addon;
	size_t used;

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(make(&addon, text), -EINVAL);
	assert_non_null(strstr(problem, ":1: the line is too long"));
	for (used = 0; used + 1 < sizeof(text); used++)
		text[used] = '\n';
	assert_int_equal(make(&addon, text), -EINVAL);
	assert_non_null(strstr(problem, ":1001: the file is too long"));
	write_file("x.addon", "type\0t\n#\n", 9);
	assert_int_equal(
		addon_create(&addon, (const char *const[]){ directory, NULL }, "t", "x", problem),
		-EINVAL);
	assert_non_null(strstr(problem, ":1: this is no text"));
}

static int setup(void **state)
{
	char path[64];

	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof(path), "%s/t", directory);
	return mkdir(path, 0755);
}

static int teardown(void **state)
{
	static const char *const names[] = { "x.addon", "part.bin", "full.bin", "large.bin",
					     "empty.bin" };
	char path[64];
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/t/%s", directory, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/t", directory);
	rmdir(path);
	return rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decoders_read_what_was_written),
		cmocka_unit_test(blank_and_corrupt_are_told_apart),
		cmocka_unit_test(images_come_from_beside_the_file),
		cmocka_unit_test(an_address_is_taken_once_per_bus),
		cmocka_unit_test(files_are_bounded),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
