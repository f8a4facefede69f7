// SPDX-License-Identifier: GPL-2.0-or-later
/* The Raspberry Pi HAT and HAT+ format: good images, every truncation, every damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/encode.h"
#include "common/id/formats.h"
#include "id_support.h"

#define SERIAL "12345678-9abc-def0-0fed-cba987654321"

static const struct id_identity acme = { "Acme", "Thermo", "513", SERIAL };

static struct memory memory;
static struct id_identity identity;
static struct id_problem problem;

static enum id_verdict decode(void)
{
	return memory_decode(&memory, "rpi-hat", &identity, &problem);
}

static void assert_corrupt_at(unsigned int offset)
{
	assert_int_equal(decode(), ID_CORRUPT);
	assert_int_equal(problem.offset, offset);
}

static int write_plus(void **state)
{
	memory_init(&memory, MEMORY_SIZE);
	return id_encode("rpi-hat", &acme, 0, 0, memory.bytes, MEMORY_SIZE) < 0;
}

static int write_v1(void **state)
{
	memory_init(&memory, MEMORY_SIZE);
	return id_encode("rpi-hat-v1", &acme, 0, 0, memory.bytes, MEMORY_SIZE) < 0;
}

static unsigned int image_length(void)
{
	return read_le32(memory.bytes + 8);
}

static void put16(unsigned int offset, unsigned int value)
{
	memory.bytes[offset] = (uint8_t)value;
	memory.bytes[offset + 1] = (uint8_t)(value >> 8);
}

/* An atom of our own making at @offset; the offset behind it. */
static unsigned int put_atom(unsigned int offset, unsigned int type, const void *data,
			     unsigned int length)
{
	put16(offset, type);
	put16(offset + 2, 0);
	put16(offset + 4, length + 2);
	put16(offset + 6, 0);
	memcpy(memory.bytes + offset + 8, data, length);
	put16(offset + 8 + length, id_crc16(memory.bytes + offset, 8 + length, 0));
	return offset + 10 + length;
}

static void put_header(unsigned int version, unsigned int atoms, unsigned int length)
{
	memcpy(memory.bytes, "R-Pi", 4);
	memory.bytes[4] = (uint8_t)version;
	memory.bytes[5] = 0;
	put16(6, atoms);
	put16(8, length);
	put16(10, length >> 16);
}

static void assert_acme(void)
{
	assert_string_equal(identity.vendor, "Acme");
	assert_string_equal(identity.model, "Thermo");
	assert_string_equal(identity.revision, "513");
	assert_string_equal(identity.serial, SERIAL);
}

/* The layout byte by byte, so that encoder and decoder cannot be wrong together. */
static void the_layout(void **state)
{
	static const uint8_t expected[] = {
		'R',  '-',  'P',  'i',	2,    0,    1,	  0,	54,  0,	  0, 0, /* header */
		1,    0,    0,	  0,	34,   0,    0,	  0, /* atom */
		0x21, 0x43, 0x65, 0x87, 0xa9, 0xcb, 0xed, 0x0f, /* UUID, the last word first */
		0xf0, 0xde, 0xbc, 0x9a, 0x78, 0x56, 0x34, 0x12, 0,   0, /* product id */
		1,    2,    4,	  6, /* version 0x0201 = 513, lengths */
		'A',  'c',  'm',  'e',	'T',  'h',  'e',  'r',	'm', 'o',
	};

	assert_int_equal(image_length(), sizeof(expected) + 2);
	assert_memory_equal(memory.bytes, expected, sizeof(expected));
	assert_int_equal(id_crc16((const uint8_t *)"123456789", 9, 0), 0xbb3d);
}

static void good_images(void **state)
{
	write_plus(state);
	assert_int_equal(decode(), ID_GOOD);
	assert_acme();
	write_v1(state);
	assert_int_equal(decode(), ID_GOOD);
	assert_acme();
	assert_int_equal(image_length(), 54 + 40);
}

/* The header, the header of the vendor atom, and its data: nothing else, in two reads. */
static void no_byte_too_many(void **state)
{
	assert_int_equal(decode(), ID_GOOD);
	assert_int_equal(memory.reads, 2);
	assert_int_equal(memory.bytes_read, 54);
}

static void every_truncation(void **state)
{
	unsigned int length = image_length();

	for (memory.size = 0; memory.size < length; memory.size++) {
		enum id_verdict verdict = decode();

		if (memory.size < 4)
			assert_int_equal(verdict, ID_UNKNOWN_FORMAT);
		else
			assert_int_equal(verdict, ID_CORRUPT);
	}
	assert_int_equal(decode(), ID_GOOD);
}

static void every_failing_read(void **state)
{
	assert_every_failing_read(&memory, "rpi-hat");
}

static bool is_acme(void)
{
	return !memcmp(&identity, &acme, sizeof(identity));
}

/* No damage of up to a byte gives another identity; what it gives is told apart from nothing. */
static void every_damaged_byte(void **state)
{
	unsigned int length = image_length();
	unsigned int offset;
	unsigned int value;

	for (offset = 0; offset < length; offset++) {
		for (value = 1; value < 256; value++) {
			enum id_verdict verdict;

			memory.bytes[offset] ^= (uint8_t)value;
			verdict = decode();
			memory.bytes[offset] ^= (uint8_t)value;
			if (verdict == ID_GOOD)
				assert_true(is_acme());
			if (offset >= 12 && offset < 54)
				assert_int_equal(verdict, ID_CORRUPT);
			if (offset < 4)
				assert_int_equal(verdict, ID_UNKNOWN_FORMAT);
		}
	}
}

static void every_flipped_bit_pair(void **state)
{
	unsigned int first;
	unsigned int second;

	for (first = 12 * 8; first < 54 * 8; first++) {
		for (second = first + 1; second < 54 * 8; second++) {
			memory.bytes[first / 8] ^= (uint8_t)(1 << first % 8);
			memory.bytes[second / 8] ^= (uint8_t)(1 << second % 8);
			assert_int_equal(decode(), ID_CORRUPT);
			memory.bytes[first / 8] ^= (uint8_t)(1 << first % 8);
			memory.bytes[second / 8] ^= (uint8_t)(1 << second % 8);
		}
	}
}

static void blank_and_foreign(void **state)
{
	memory_init(&memory, MEMORY_SIZE);
	assert_int_equal(decode(), ID_BLANK);
	memset(memory.bytes, 0, MEMORY_SIZE);
	assert_int_equal(decode(), ID_BLANK);
	memcpy(memory.bytes, "\xaa\x55\x33\xee", 4);
	assert_int_equal(decode(), ID_UNKNOWN_FORMAT);
	assert_int_equal(problem.offset, 0);
	memcpy(memory.bytes, "R-PI", 4);
	assert_int_equal(decode(), ID_UNKNOWN_FORMAT);
	assert_int_equal(problem.offset, 3);
	write_plus(state);
	memory.bytes[4] = 3;
	assert_int_equal(decode(), ID_UNKNOWN_FORMAT);
	assert_int_equal(problem.offset, 4);
}

static void counts_and_lengths(void **state)
{
	put16(6, 0);
	assert_corrupt_at(6);
	put16(6, 0xffff);
	assert_corrupt_at(6);
	write_plus(state);
	put16(8, 19);
	assert_corrupt_at(8);
	put16(8, MEMORY_SIZE + 1);
	assert_corrupt_at(8);
	put16(8, 53);
	assert_corrupt_at(16);
	write_plus(state);
	put16(16, 1);
	assert_corrupt_at(16);
	put16(18, 0xffff);
	assert_corrupt_at(16);
	write_plus(state);
	memory.bytes[53] ^= 1;
	assert_corrupt_at(52);
}

static void vendor_atoms(void **state)
{
	uint8_t data[600] = { 0 };

	put_header(2, 1, put_atom(12, 1, data, 21));
	assert_corrupt_at(16);
	put_header(2, 1, put_atom(12, 1, data, 533));
	assert_corrupt_at(16);
	put_header(2, 1, put_atom(12, 1, data, 22));
	assert_corrupt_at(20 + 21);
	data[20] = 1;
	data[21] = 2;
	memcpy(data + 22, "Vm\n", 3);
	put_header(2, 1, put_atom(12, 1, data, 24));
	assert_corrupt_at(20 + 20);
	put_header(2, 1, put_atom(12, 1, data, 25));
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "V");
	assert_string_equal(identity.model, "m");
	assert_string_equal(identity.revision, "0");
	assert_string_equal(identity.serial, "");
	data[23] = 0x1b;
	put_header(2, 1, put_atom(12, 1, data, 25));
	assert_corrupt_at(20 + 23);
	data[22] = 0x1b;
	put_header(2, 1, put_atom(12, 1, data, 25));
	assert_corrupt_at(20 + 22);
}

static void the_longest_strings(void **state)
{
	uint8_t data[532];

	memset(data, 'z', sizeof(data));
	data[20] = 255;
	data[21] = 255;
	put_header(1, 1, put_atom(12, 1, data, sizeof(data)));
	assert_int_equal(decode(), ID_GOOD);
	assert_int_equal(strlen(identity.vendor), ID_TEXT_SIZE - 1);
	assert_int_equal(strlen(identity.model), ID_TEXT_SIZE - 1);
}

static void other_atoms_before(void **state)
{
	uint8_t vendor[] = "................\0\0\7\0\1\1Vm";
	unsigned int end;

	end = put_atom(12, 4, "custom", 6);
	end = put_atom(end, 3, "overlay", 7);
	end = put_atom(end, 1, vendor, sizeof(vendor) - 1);
	put_header(2, 3, end);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "m");
	assert_string_equal(identity.revision, "7");
	put_header(2, 2, end);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "overlay");
	put_header(2, 64, end);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.revision, "7");
}

static void only_the_name_of_an_overlay(void **state)
{
	char name[ID_TEXT_SIZE];
	unsigned int end = put_atom(12, 3, "m2-hat-plus\n", 12);

	put_header(2, 1, end);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "");
	assert_string_equal(identity.model, "m2-hat-plus");
	assert_string_equal(identity.revision, "");
	memory.bytes[20] ^= 1;
	assert_corrupt_at(end - 2);
	/* V1 without a vendor atom says nothing: its device tree atom may hold a blob. */
	memory.bytes[20] ^= 1;
	put_header(1, 1, end);
	assert_corrupt_at(6);
	put_header(2, 1, put_atom(12, 3, " \n", 2));
	assert_corrupt_at(20);
	put_header(2, 1, put_atom(12, 3, "\xd0\x0d\xfe\xed", 4));
	assert_corrupt_at(20);
	memset(name, 'n', sizeof(name));
	put_header(2, 1, put_atom(12, 3, name, sizeof(name)));
	assert_corrupt_at(16);
	put_header(2, 1, put_atom(12, 3, name, sizeof(name) - 1));
	assert_int_equal(decode(), ID_GOOD);
	put_header(2, 1, put_atom(12, 4, name, 3));
	assert_corrupt_at(6);
	put_header(2, 1, put_atom(12, 4, name, 0));
	assert_corrupt_at(6);
}

static void what_cannot_be_written(void **state)
{
	struct id_identity written = acme;

	assert_int_equal(id_encode("rpi-hat", &acme, 0, 53, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("rpi-hat", &acme, 10, 54, memory.bytes, 64), 54);
	assert_int_equal(id_encode("rpi-hat-v1", &acme, 0, 93, memory.bytes, 128), -ENOSPC);
	strcpy(written.revision, "65536");
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), -EINVAL);
	strcpy(written.revision, "B");
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), -EINVAL);
	strcpy(written.revision, "");
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), 54);
	strcpy(written.serial, "123");
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), -EINVAL);
	strcpy(written.serial, SERIAL "0");
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), -EINVAL);
	strcpy(written.serial, "");
	written.model[0] = '\0';
	assert_int_equal(id_encode("rpi-hat", &written, 0, 0, memory.bytes, 64), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_layout, write_plus),
		cmocka_unit_test(good_images),
		cmocka_unit_test_setup(no_byte_too_many, write_plus),
		{ "every_truncation, HAT+", every_truncation, write_plus, NULL, NULL },
		{ "every_truncation, V1", every_truncation, write_v1, NULL, NULL },
		cmocka_unit_test_setup(every_failing_read, write_plus),
		{ "every_damaged_byte, HAT+", every_damaged_byte, write_plus, NULL, NULL },
		{ "every_damaged_byte, V1", every_damaged_byte, write_v1, NULL, NULL },
		cmocka_unit_test_setup(every_flipped_bit_pair, write_plus),
		cmocka_unit_test(blank_and_foreign),
		cmocka_unit_test_setup(counts_and_lengths, write_plus),
		cmocka_unit_test_setup(vendor_atoms, write_plus),
		cmocka_unit_test_setup(the_longest_strings, write_plus),
		cmocka_unit_test_setup(other_atoms_before, write_plus),
		cmocka_unit_test_setup(only_the_name_of_an_overlay, write_plus),
		cmocka_unit_test(what_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
