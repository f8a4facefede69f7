// SPDX-License-Identifier: GPL-2.0-or-later
/* The mikroBUS ClickID format: page 0 and the manifest's header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/encode.h"
#include "id_support.h"

static const struct id_identity click = { "MikroE", "Weather", "1.7", "4711" };

static struct memory memory;
static struct id_identity identity;
static struct id_problem problem;

static enum id_verdict decode(void)
{
	return memory_decode(&memory, "mikrobus-click", &identity, &problem);
}

static int write_click(void **state)
{
	memory_init(&memory, 704);
	return id_encode("mikrobus-click", &click, 0, 0, memory.bytes, 704) != 36;
}

static void assert_verdict_at(enum id_verdict verdict, unsigned int offset)
{
	assert_int_equal(decode(), verdict);
	assert_int_equal(problem.offset, offset);
}

static void the_layout(void **state)
{
	static const uint8_t expected[] = {
		1, 7, 0, 0, 0x67, 0x12, 'W', 'e', 'a', 't', 'h', 'e', 'r', 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0,	  0,	0,   0,	  0,   0,   0,	 0,   0,   0, 4, 0, 0, 1,
	};

	assert_memory_equal(memory.bytes, expected, sizeof(expected));
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &click, sizeof(click));
	assert_int_equal(memory.reads, 1);
	assert_int_equal(memory.bytes_read, 36);
}

static void made_for_a_customer(void **state)
{
	memory.bytes[2] = 0x80;
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "");
	memory.bytes[2] = 0x7f;
	memory.bytes[3] = 0xff;
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.vendor, "MikroE");
}

static void every_truncation(void **state)
{
	for (memory.size = 1; memory.size < 36; memory.size++)
		assert_verdict_at(ID_CORRUPT, memory.size);
	assert_int_equal(decode(), ID_GOOD);
	memory.size = 0;
	assert_verdict_at(ID_UNKNOWN_FORMAT, 0);
}

static void every_failing_read(void **state)
{
	assert_every_failing_read(&memory, "mikrobus-click");
}

static void names(void **state)
{
	memory.bytes[7] = 0x1f;
	assert_verdict_at(ID_CORRUPT, 7);
	memset(memory.bytes + 6, 0xff, 20);
	assert_verdict_at(ID_CORRUPT, 6);
	memcpy(memory.bytes + 6, "10DOF 2 has 20 chars", 20);
	assert_int_equal(decode(), ID_GOOD);
	assert_string_equal(identity.model, "10DOF 2 has 20 chars");
}

static void the_header_of_the_manifest(void **state)
{
	memory.bytes[34] = 1;
	assert_verdict_at(ID_UNKNOWN_FORMAT, 34);
	memory.bytes[34] = 0;
	memory.bytes[32] = 3;
	assert_verdict_at(ID_CORRUPT, 32);
	memory.bytes[32] = 0xa0;
	memory.bytes[33] = 0x02;
	assert_int_equal(decode(), ID_GOOD);
	memory.size--;
	assert_verdict_at(ID_CORRUPT, 32);
	memory.size = MEMORY_SIZE;
	memory.bytes[32]++;
	assert_verdict_at(ID_CORRUPT, 32);
	memset(memory.bytes + 32, 0xff, 4);
	assert_verdict_at(ID_BLANK, 32);
	memset(memory.bytes + 32, 0, 4);
	assert_verdict_at(ID_BLANK, 32);
}

static void blank_and_foreign(void **state)
{
	memory_init(&memory, 704);
	assert_verdict_at(ID_BLANK, 0);
	memset(memory.bytes, 0, 704);
	assert_verdict_at(ID_BLANK, 0);
	memset(memory.bytes, 'x', 704);
	assert_verdict_at(ID_UNKNOWN_FORMAT, 34);
}

static void what_cannot_be_written(void **state)
{
	static const struct {
		struct id_identity identity;
		int expected;
	} cases[] = {
		{ { "MikroE", "", "", "" }, -EINVAL },
		{ { "Acme", "x", "", "" }, -EINVAL },
		{ { "", "x", "A", "" }, -EINVAL },
		{ { "", "x", "1.", "" }, -EINVAL },
		{ { "", "x", ".1", "" }, -EINVAL },
		{ { "", "x", "1.2.3", "" }, -EINVAL },
		{ { "", "x", "256", "" }, -EINVAL },
		{ { "", "x", "1.256", "" }, -EINVAL },
		{ { "", "x", "", "65536" }, -EINVAL },
		{ { "", "twenty-one characters", "", "" }, -ENOSPC },
		{ { "", "x", "255.255", "65535" }, 36 },
	};
	size_t index;

	for (index = 0; index < sizeof(cases) / sizeof(cases[0]); index++)
		assert_int_equal(id_encode("mikrobus-click", &cases[index].identity, 0, 0,
					   memory.bytes, 704),
				 cases[index].expected);
	assert_int_equal(decode(), ID_GOOD);
	assert_memory_equal(&identity, &cases[10].identity, sizeof(identity));
	assert_int_equal(id_encode("mikrobus-click", &click, 0, 35, memory.bytes, 704), -ENOSPC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_layout, write_click),
		cmocka_unit_test_setup(made_for_a_customer, write_click),
		cmocka_unit_test_setup(every_truncation, write_click),
		cmocka_unit_test_setup(every_failing_read, write_click),
		cmocka_unit_test_setup(names, write_click),
		cmocka_unit_test_setup(the_header_of_the_manifest, write_click),
		cmocka_unit_test(blank_and_foreign),
		cmocka_unit_test_setup(what_cannot_be_written, write_click),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
