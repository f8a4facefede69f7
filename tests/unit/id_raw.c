// SPDX-License-Identifier: GPL-2.0-or-later
/* The formats without structure, "raw" and "number", and the table of formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/encode.h"
#include "id_support.h"

static struct memory memory;
static struct id_identity identity;
static struct id_problem problem;

static enum id_verdict decode(const char *format)
{
	enum id_verdict verdict = memory_decode(&memory, format, &identity, &problem);

	assert_string_equal(identity.vendor, "");
	assert_string_equal(identity.revision, "");
	assert_string_equal(identity.serial, "");
	return verdict;
}

static enum id_verdict decode_text(const char *text, size_t length, unsigned int size, int padding)
{
	memory_init(&memory, size);
	memset(memory.bytes, padding, size);
	memcpy(memory.bytes, text, length);
	return decode("raw");
}

static void text_and_padding(void **state)
{
	static const int paddings[] = { 0x00, 0xff, ' ', '\n' };
	size_t index;

	for (index = 0; index < sizeof(paddings) / sizeof(paddings[0]); index++) {
		assert_int_equal(decode_text("clock", 5, 16, paddings[index]), ID_GOOD);
		assert_string_equal(identity.model, "clock");
	}
	assert_int_equal(decode_text("two words", 9, 9, 0), ID_GOOD);
	assert_string_equal(identity.model, "two words");
	assert_int_equal(decode_text("x", 1, 1, 0), ID_GOOD);
}

static void text_that_is_none(void **state)
{
	assert_int_equal(decode_text("", 0, 16, 0xff), ID_BLANK);
	assert_int_equal(decode_text("", 0, 16, 0x00), ID_BLANK);
	assert_int_equal(decode_text("", 0, 16, ' '), ID_CORRUPT);
	assert_int_equal(problem.offset, 0);
	assert_int_equal(decode_text("clo\0ck", 6, 16, 0xff), ID_CORRUPT);
	assert_int_equal(problem.offset, 3);
	assert_int_equal(decode_text("\xc3\xbchr", 4, 16, 0xff), ID_CORRUPT);
	assert_int_equal(problem.offset, 0);
	assert_int_equal(decode_text("a\x7f", 2, 16, 0xff), ID_CORRUPT);
	assert_int_equal(problem.offset, 1);
	assert_int_equal(decode_text("", 0, 0, 0), ID_UNKNOWN_FORMAT);
}

static void text_length(void **state)
{
	char text[ID_TEXT_SIZE + 1];

	memset(text, 'm', sizeof(text));
	assert_int_equal(decode_text(text, ID_TEXT_SIZE - 1, 256, 0xff), ID_GOOD);
	assert_int_equal(strlen(identity.model), ID_TEXT_SIZE - 1);
	assert_int_equal(memory.bytes_read, ID_TEXT_SIZE);
	assert_int_equal(decode_text(text, ID_TEXT_SIZE, 256, 0xff), ID_CORRUPT);
	assert_int_equal(problem.offset, ID_TEXT_SIZE - 1);
	assert_int_equal(decode_text(text, ID_TEXT_SIZE, ID_TEXT_SIZE, 0xff), ID_CORRUPT);
}

static void nothing_answers(void **state)
{
	memory_init(&memory, 16);
	memory.fails_at = 15;
	assert_int_equal(decode("raw"), ID_ABSENT);
	assert_int_equal(problem.offset, 0);
	memory_init(&memory, 2);
	memory.fails_at = 1;
	assert_int_equal(decode("number"), ID_ABSENT);
}

static enum id_verdict decode_number(uint64_t number, unsigned int size)
{
	unsigned int index;

	memory_init(&memory, size);
	for (index = 0; index < size; index++)
		memory.bytes[index] = (uint8_t)(number >> (8 * (size - 1 - index)));
	return decode("number");
}

static void numbers(void **state)
{
	assert_int_equal(decode_number(7, 1), ID_GOOD);
	assert_string_equal(identity.model, "7");
	assert_int_equal(decode_number(0x0102, 2), ID_GOOD);
	assert_string_equal(identity.model, "258");
	assert_int_equal(decode_number(0xfffffffe, 4), ID_GOOD);
	assert_string_equal(identity.model, "4294967294");
	assert_int_equal(decode_number(0xff, 1), ID_BLANK);
	assert_int_equal(decode_number(0, 3), ID_BLANK);
	assert_int_equal(decode_number(1, 5), ID_UNKNOWN_FORMAT);
	assert_int_equal(decode_number(1, 0), ID_UNKNOWN_FORMAT);
}

static void what_is_written_is_read(void **state)
{
	struct id_identity written = { .model = "4711" };

	memory_init(&memory, 64);
	assert_int_equal(id_encode("raw", &written, 16, 16, memory.bytes, 64), 16);
	assert_int_equal(memory.bytes[15], 0xff);
	assert_int_equal(memory.bytes[32], 0xff);
	memmove(memory.bytes, memory.bytes + 16, 16);
	memory.size = 16;
	assert_int_equal(decode("raw"), ID_GOOD);
	assert_string_equal(identity.model, "4711");
	assert_int_equal(id_encode("raw", &written, 60, 0, memory.bytes, 64), 4);
	assert_memory_equal(memory.bytes + 60, "4711", 4);
	assert_int_equal(id_encode("number", &written, 0, 2, memory.bytes, 64), 2);
	memory.size = 2;
	assert_int_equal(decode("number"), ID_GOOD);
	assert_string_equal(identity.model, "4711");
}

static void what_cannot_be_written(void **state)
{
	struct id_identity written = { .model = "300" };

	assert_int_equal(id_encode("raw", &written, 0, 2, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("raw", &written, 65, 0, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("raw", &written, 60, 5, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("raw", &written, 1, ~0u, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("number", &written, 0, 1, memory.bytes, 64), -ENOSPC);
	assert_int_equal(id_encode("number", &written, 0, 5, memory.bytes, 64), -EINVAL);
	assert_int_equal(id_encode("morse", &written, 0, 0, memory.bytes, 64), -ENOENT);
	strcpy(written.model, "4294967296");
	assert_int_equal(id_encode("number", &written, 0, 4, memory.bytes, 64), -EINVAL);
	strcpy(written.model, "1e3");
	assert_int_equal(id_encode("number", &written, 0, 4, memory.bytes, 64), -EINVAL);
	strcpy(written.model, "a\tb");
	assert_int_equal(id_encode("raw", &written, 0, 0, memory.bytes, 64), -EINVAL);
	strcpy(written.model, "");
	assert_int_equal(id_encode("number", &written, 0, 4, memory.bytes, 64), -EINVAL);
	assert_int_equal(id_encode("raw", &written, 0, 0, memory.bytes, 64), -EINVAL);
}

static void table(void **state)
{
	unsigned int index;

	for (index = 0; id_format_at(index); index++)
		assert_ptr_equal(id_format_find(id_format_at(index)->name), id_format_at(index));
	assert_int_equal(index, 6);
	assert_null(id_format_at(~0u));
	assert_null(id_format_find(""));
	assert_null(id_format_find("raw "));
	assert_string_equal(id_verdict_name(ID_GOOD), "good");
	assert_string_equal(id_verdict_name(ID_ABSENT), "absent");
	assert_string_equal(id_verdict_name(ID_BLANK), "blank");
	assert_string_equal(id_verdict_name(ID_CORRUPT), "corrupt");
	assert_string_equal(id_verdict_name(ID_UNKNOWN_FORMAT), "unknown-format");
	assert_string_equal(id_verdict_name(99), "invalid");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_padding),
		cmocka_unit_test(text_that_is_none),
		cmocka_unit_test(text_length),
		cmocka_unit_test(nothing_answers),
		cmocka_unit_test(numbers),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_cannot_be_written),
		cmocka_unit_test(table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
