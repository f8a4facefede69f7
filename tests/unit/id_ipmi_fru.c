// SPDX-License-Identifier: GPL-2.0-or-later
/* The IPMI FRU format: board and product area, all types of fields, every damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/encode.h"
#include "id_support.h"

static const struct id_identity acme = { "Acme", "FMC-Thermo", "1.2", "0042" };

static struct memory memory;
static struct id_identity identity;
static struct id_problem problem;
static unsigned int length;

static enum id_verdict decode(void)
{
	return memory_decode(&memory, "ipmi-fru", &identity, &problem);
}

static int write_fru(void **state)
{
	int ret;

	memory_init(&memory, 256);
	ret = id_encode("ipmi-fru", &acme, 0, 0, memory.bytes, 256);
	length = (unsigned int)ret;
	return ret < 0;
}

static void assert_verdict_at(enum id_verdict verdict, unsigned int offset)
{
	assert_int_equal(decode(), verdict);
	assert_int_equal(problem.offset, offset);
}

static void fix_checksum(unsigned int start, unsigned int size)
{
	uint8_t sum = 0;
	unsigned int index;

	for (index = 0; index < size - 1; index++)
		sum = (uint8_t)(sum + memory.bytes[start + index]);
	memory.bytes[start + size - 1] = (uint8_t)-sum;
}

/* A memory with one area of our own making: board in unit 1 or product in unit 1. */
static void put_area(bool board, const void *fields, unsigned int size)
{
	unsigned int at = 8 + (board ? 6 : 3);

	memory_init(&memory, 256);
	memset(memory.bytes, 0, 8);
	memory.bytes[0] = 1;
	memory.bytes[board ? 3 : 4] = 1;
	fix_checksum(0, 8);
	memset(memory.bytes + 8, 0, 64);
	memory.bytes[8] = 1;
	memory.bytes[9] = 8;
	memcpy(memory.bytes + at, fields, size);
	fix_checksum(8, 64);
}

/* Byte by byte, so that encoder and decoder cannot be wrong together. */
static void the_layout(void **state)
{
	static const uint8_t expected[] = {
		1,    0,   0,	1,   5,	   0,	 0,   0xf9, /* header */
		1,    4,   0,	0,   0,	   0, /* board area, unspecified time */
		0xc4, 'A', 'c', 'm', 'e',  0xca, 'F', 'M',  'C', '-',  'T',  'h',
		'e',  'r', 'm', 'o', 0xc4, '0',	 '0', '4',  '2', 0xc0, 0xc0, 0xc1,
	};

	assert_memory_equal(memory.bytes, expected, sizeof(expected));
	assert_int_equal(length, 8 + 32 + 40);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &acme, sizeof(acme));
	assert_int_equal(memory.bytes_read, length);
}

/* No product area without a revision, and nothing is read but header and board area. */
static void board_area_alone(void **state)
{
	struct id_identity written = acme;

	memset(written.revision, 0, sizeof(written.revision));
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 0, memory.bytes, 256), 40);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &written, sizeof(written));
	assert_int_equal(memory.bytes_read, 40);
}

static void product_area_alone(void **state)
{
	static const char fields[] = "\xc2Va\xc2Na\xc2Pa\xc2Ra\xc2Sa\xc0\xc0\xc1";

	put_area(false, fields, sizeof(fields) - 1);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "Va");
	assert_string_equal(identity.model, "Na");
	assert_string_equal(identity.revision, "Ra");
	assert_string_equal(identity.serial, "Sa");
}

/* Where there is no name there may be a part number. */
static void part_numbers(void **state)
{
	static const char board[] = "\xc2Va\xc0\xc0\xc2Pa\xc1", product[] = "\xc0\xc0\xc2Pa\xc1";

	put_area(true, board, sizeof(board) - 1);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "Pa");
	put_area(false, product, sizeof(product) - 1);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "Pa");
	put_area(true, "\xc1", 1);
	assert_verdict_at(ID_CORRUPT, 3);
}

/* The example of the specification: "IPMI" in six-bit ASCII is 29 dc a6. */
static void types_of_fields(void **state)
{
	static const char fields[] = "\x04\x0b\xad\xca\xfe" /* binary */
				     "\x83\x29\xdc\xa6" /* six-bit ASCII */
				     "\x44\x12\x3b\x4c\x5a" /* BCD plus, a blank at its end */
				     "\xc1";
	static const char others[] = "\x82\x29\xdc" /* two six-bit characters */
				     "\xc6M\xfcller\xc1"; /* Latin-1 */

	put_area(true, fields, sizeof(fields) - 1);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "0badcafe");
	assert_string_equal(identity.model, "IPMI");
	assert_string_equal(identity.serial, "123-4.5");
	put_area(true, others, sizeof(others) - 1);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "IP");
	assert_string_equal(identity.model, "M?ller");
	put_area(true, "\xc0\xc2\x1bx\xc1", 5);
	assert_verdict_at(ID_CORRUPT, 8 + 6 + 2);
	put_area(true, "\xc0\xc2x\x9f\xc1", 5);
	assert_verdict_at(ID_CORRUPT, 8 + 6 + 3);
	put_area(true, "\xc0\x42\x12\x3d\xc1", 5);
	assert_verdict_at(ID_CORRUPT, 8 + 6 + 3);
}

static void long_fields(void **state)
{
	uint8_t fields[70];

	memset(fields, 0xff, sizeof(fields));
	fields[0] = 0xbf;
	memory_init(&memory, 256);
	put_area(true, fields, 1);
	memset(memory.bytes + 8, 0xff, 80);
	memcpy(memory.bytes + 8, "\1\12\0\0\0\0\xbf", 7);
	memory.bytes[8 + 6 + 64] = 0xc1;
	fix_checksum(8, 80);
	/* 84 characters '_' of six bits as vendor, no model. */
	assert_verdict_at(ID_CORRUPT, 3);
	memcpy(memory.bytes + 8, "\1\12\0\0\0\0\xc0\xbe", 8);
	fix_checksum(8, 80);
	assert_int_equal(decode(), ID_GOOD);
	assert_int_equal(strlen(identity.model), ID_TEXT_SIZE - 1);
}

static void lies_of_areas(void **state)
{
	put_area(true, "\xc0\xff\xc1", 3);
	assert_verdict_at(ID_CORRUPT, 8 + 7);
	put_area(true, "\xc0\xf7x", 3);
	assert_verdict_at(ID_CORRUPT, 8 + 63);
	put_area(true, "\xc0\xf8x", 3);
	assert_verdict_at(ID_CORRUPT, 8 + 7);
	put_area(true, "\xc0\xc2xy\xc1", 5);
	memory.bytes[8] = 2;
	fix_checksum(8, 64);
	assert_verdict_at(ID_UNKNOWN_FORMAT, 8);
	memory.bytes[8] = 1;
	memory.bytes[10] = 26;
	fix_checksum(8, 64);
	assert_verdict_at(ID_UNKNOWN_FORMAT, 10);
	memory.bytes[10] = 25;
	fix_checksum(8, 64);
	assert_int_equal(decode(), ID_GOOD);
	memory.bytes[9] = 0;
	assert_verdict_at(ID_CORRUPT, 9);
	memory.bytes[9] = 32;
	assert_verdict_at(ID_CORRUPT, 9);
	memory.bytes[9] = 1;
	fix_checksum(8, 8);
	assert_verdict_at(ID_CORRUPT, 8 + 7);
}

static void lies_of_the_header(void **state)
{
	memory.bytes[4] = 0xff;
	fix_checksum(0, 8);
	assert_verdict_at(ID_CORRUPT, 4);
	memory.bytes[3] = 32;
	fix_checksum(0, 8);
	assert_verdict_at(ID_CORRUPT, 3);
	memory.size = 255;
	memory.bytes[3] = 31;
	fix_checksum(0, 8);
	assert_verdict_at(ID_CORRUPT, 255);
	memory.bytes[3] = 0;
	memory.bytes[4] = 0;
	fix_checksum(0, 8);
	assert_verdict_at(ID_CORRUPT, 3);
}

static void every_truncation(void **state)
{
	for (memory.size = 1; memory.size < length; memory.size++)
		assert_int_equal(decode(), ID_CORRUPT);
	assert_int_equal(decode(), ID_GOOD);
	memory.size = 0;
	assert_verdict_at(ID_UNKNOWN_FORMAT, 0);
}

static void every_failing_read(void **state)
{
	assert_every_failing_read(&memory, "ipmi-fru");
}

/* A sum notices each flipped bit; the first byte is the signature. */
static void every_flipped_bit(void **state)
{
	assert_every_flipped_bit(&memory, "ipmi-fru", 0, 1, ID_UNKNOWN_FORMAT);
	assert_every_flipped_bit(&memory, "ipmi-fru", 1, length, ID_CORRUPT);
}

static void blank_and_foreign(void **state)
{
	memory_init(&memory, 256);
	assert_verdict_at(ID_BLANK, 0);
	memset(memory.bytes, 0, 256);
	assert_verdict_at(ID_BLANK, 0);
	memcpy(memory.bytes, "\xaa\x55\x33\xee", 4);
	assert_verdict_at(ID_UNKNOWN_FORMAT, 0);
}

static void what_can_be_written(void **state)
{
	struct id_identity written = { "V", "m", "r", "s" };

	/* With length 1 each of these would be the end of the fields. */
	assert_true(id_encode("ipmi-fru", &written, 0, 0, memory.bytes, 256) > 0);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &written, sizeof(written));
	memset(written.vendor, 'v', ID_TEXT_SIZE - 1);
	memset(written.model, 'm', ID_TEXT_SIZE - 1);
	memset(written.revision, 'r', ID_TEXT_SIZE - 1);
	memset(written.serial, 's', ID_TEXT_SIZE - 1);
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 0, memory.bytes, 256), -ENOSPC);
	memory.size = 512;
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 0, memory.bytes, 512), 480);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &written, sizeof(written));
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 480, memory.bytes, 512), 480);
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 479, memory.bytes, 512), -ENOSPC);
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 7, memory.bytes, 512), -ENOSPC);
	written.model[0] = '\0';
	assert_int_equal(id_encode("ipmi-fru", &written, 0, 0, memory.bytes, 512), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_layout, write_fru),
		cmocka_unit_test_setup(board_area_alone, write_fru),
		cmocka_unit_test(product_area_alone),
		cmocka_unit_test(part_numbers),
		cmocka_unit_test(types_of_fields),
		cmocka_unit_test(long_fields),
		cmocka_unit_test(lies_of_areas),
		cmocka_unit_test_setup(lies_of_the_header, write_fru),
		cmocka_unit_test_setup(every_truncation, write_fru),
		cmocka_unit_test_setup(every_failing_read, write_fru),
		cmocka_unit_test_setup(every_flipped_bit, write_fru),
		cmocka_unit_test(blank_and_foreign),
		cmocka_unit_test_setup(what_can_be_written, write_fru),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
