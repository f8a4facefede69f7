// SPDX-License-Identifier: GPL-2.0-or-later
/* The BeagleBone cape format, and the boards by TI that begin alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/encode.h"
#include "id_support.h"

static const struct id_identity cape = { "CircuitCo", "BB-BONE-LCD7-01", "00A2", "2512BBLL0042" };

static struct memory memory;
static struct id_identity identity;
static struct id_problem problem;

static enum id_verdict decode(void)
{
	return memory_decode(&memory, "beaglebone-cape", &identity, &problem);
}

static int write_cape(void **state)
{
	memory_init(&memory, 256);
	return id_encode("beaglebone-cape", &cape, 0, 0, memory.bytes, 256) != 244;
}

static void assert_verdict_at(enum id_verdict verdict, unsigned int offset)
{
	assert_int_equal(decode(), verdict);
	assert_int_equal(problem.offset, offset);
}

/* The layout of the reference manual, written out. */
static void the_layout(void **state)
{
	assert_memory_equal(memory.bytes,
			    "\xaa\x55\x33\xee"
			    "A1",
			    6);
	assert_memory_equal(memory.bytes + 6, "BB-BONE-LCD7-01\0", 16);
	assert_memory_equal(memory.bytes + 38, "00A2CircuitCo\0", 14);
	assert_memory_equal(memory.bytes + 58, "BB-BONE-LCD7-01\0", 16);
	assert_memory_equal(memory.bytes + 76, "2512BBLL0042\0\0", 14);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &cape, sizeof(cape));
	assert_int_equal(memory.reads, 2);
	assert_int_equal(memory.bytes_read, 6 + 50);
}

static void both_revisions_of_the_format(void **state)
{
	memory.bytes[5] = '0';
	assert_int_equal(decode(), ID_GOOD);
	memory.bytes[5] = '2';
	assert_verdict_at(ID_UNKNOWN_FORMAT, 4);
}

static void every_truncation(void **state)
{
	for (memory.size = 0; memory.size < 88; memory.size++) {
		enum id_verdict verdict = decode();

		assert_int_equal(verdict, memory.size < 4 ? ID_UNKNOWN_FORMAT : ID_CORRUPT);
		assert_int_equal(problem.offset, memory.size);
	}
	assert_int_equal(decode(), ID_GOOD);
}

static void every_failing_read(void **state)
{
	assert_every_failing_read(&memory, "beaglebone-cape");
}

/* There is no checksum: what can be noticed is the signature and what is no text. */
static void damage(void **state)
{
	unsigned int offset;

	assert_every_flipped_bit(&memory, "beaglebone-cape", 0, 4, ID_UNKNOWN_FORMAT);
	for (offset = 38; offset < 88; offset++) {
		uint8_t byte = memory.bytes[offset];

		/* The padding of manufacturer and part number, and the number of pins. */
		if (!byte || offset == 74 || offset == 75)
			continue;
		memory.bytes[offset] ^= 0x80;
		assert_verdict_at(ID_CORRUPT, offset);
		memory.bytes[offset] = byte;
	}
}

static void paddings(void **state)
{
	static const char dots[] = "BB-GPIO.........", mixed[] = "BB-GPIO..\0\xff\xff. \0";

	memcpy(memory.bytes + 58, dots, 16);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "BB-GPIO");
	memcpy(memory.bytes + 58, mixed, 16);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "BB-GPIO");
	memset(memory.bytes + 58, '.', 16);
	assert_verdict_at(ID_CORRUPT, 58);
	memset(memory.bytes + 58, 'x', 16);
	memset(memory.bytes + 42, 0xff, 16);
	memset(memory.bytes + 38, 0xff, 4);
	memset(memory.bytes + 76, 0xff, 12);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "xxxxxxxxxxxxxxxx");
	assert_string_equal(identity.vendor, "");
	assert_string_equal(identity.revision, "");
	assert_string_equal(identity.serial, "");
}

static void blank(void **state)
{
	memory_init(&memory, 256);
	assert_verdict_at(ID_BLANK, 0);
	memset(memory.bytes, 0, 256);
	assert_verdict_at(ID_BLANK, 0);
}

/* Base boards and daughter cards by TI with the same signature, each told by name. */
static void boards_that_begin_alike(void **state)
{
	static const uint8_t am335x[] = "\xaa\x55\x33\xee"
					"A335BNLT00A5"
					"2512BBBK0001";
	static const uint8_t am57x[] = "\xaa\x55\x33\xee"
				       "AM572PM_";
	static const uint8_t k3[] = { 0xaa, 0x55, 0x33, 0xee, 0x01, 0x37, 0x00, 0x10 };
	static const uint8_t dra7[] = { 0xee, 0x33, 0x55, 0xaa, 'D', 'R', 'A', '7' };

	memcpy(memory.bytes, am335x, sizeof(am335x));
	assert_verdict_at(ID_UNKNOWN_FORMAT, 4);
	assert_non_null(strstr(problem.what, "base board by TI"));
	memcpy(memory.bytes, am57x, sizeof(am57x));
	assert_verdict_at(ID_UNKNOWN_FORMAT, 4);
	assert_non_null(strstr(problem.what, "base board by TI"));
	memcpy(memory.bytes, k3, sizeof(k3));
	assert_verdict_at(ID_UNKNOWN_FORMAT, 4);
	assert_non_null(strstr(problem.what, "K3"));
	memcpy(memory.bytes, dra7, sizeof(dra7));
	assert_verdict_at(ID_UNKNOWN_FORMAT, 0);
	assert_non_null(strstr(problem.what, "DRA7"));
	assert_int_equal(memory.bytes_read, 6);
	memory.bytes[0] = 'x';
	assert_verdict_at(ID_UNKNOWN_FORMAT, 0);
}

static void what_cannot_be_written(void **state)
{
	static const struct {
		struct id_identity identity;
		int expected;
	} cases[] = {
		{ { "", "", "", "" }, -EINVAL },
		{ { "", "dots.", "", "" }, -EINVAL },
		{ { "", "a\tb", "", "" }, -EINVAL },
		{ { "seventeen letters", "x", "", "" }, -ENOSPC },
		{ { "", "seventeen letters", "", "" }, -ENOSPC },
		{ { "", "x", "00A2x", "" }, -ENOSPC },
		{ { "", "x", "", "thirteen char" }, -ENOSPC },
		{ { "sixteen letters!", "sixteen letters!", "00A2", "twelve chars" }, 244 },
	};
	size_t index;

	for (index = 0; index < sizeof(cases) / sizeof(cases[0]); index++)
		assert_int_equal(id_encode("beaglebone-cape", &cases[index].identity, 0, 0,
					   memory.bytes, 256),
				 cases[index].expected);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &cases[7].identity, sizeof(identity));
	assert_int_equal(id_encode("beaglebone-cape", &cape, 0, 243, memory.bytes, 256), -ENOSPC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_layout, write_cape),
		cmocka_unit_test_setup(both_revisions_of_the_format, write_cape),
		cmocka_unit_test_setup(every_truncation, write_cape),
		cmocka_unit_test_setup(every_failing_read, write_cape),
		cmocka_unit_test_setup(damage, write_cape),
		cmocka_unit_test_setup(paddings, write_cape),
		cmocka_unit_test(blank),
		cmocka_unit_test_setup(boards_that_begin_alike, write_cape),
		cmocka_unit_test_setup(what_cannot_be_written, write_cape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
