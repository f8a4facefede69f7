// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The flattened form: every field wrong in turn. What is accepted here is accepted by libfdt too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <libfdt.h>

#include <cmocka.h>

#include "rules_support.h"

#define SIZE 4096
#define WORD(value) (value) >> 24 & 0xff, (value) >> 16 & 0xff, (value) >> 8 & 0xff, (value)&0xff
#define HEADER 40
#define STRUCTURE 56

/* "/" with the property "p" = <1> and the node "a". */
static const uint8_t structure[] = {
	WORD(1), WORD(0), /* 0: root */
	WORD(3), WORD(4), WORD(0), WORD(1), /* 8: property */
	WORD(1), 'a',	  0,	   0,	    0, WORD(2), WORD(2), /* 24: node, its end, root's */
	WORD(9),
};

static const char strings[] = "p";

static uint8_t bytes[SIZE];
static size_t size;

static void put(unsigned int offset, uint32_t value)
{
	fdt32_st(bytes + offset, value);
}

static void make(const uint8_t *tokens, size_t length)
{
	memset(bytes, 0, sizeof(bytes));
	size = STRUCTURE + length + sizeof(strings);
	put(0, FDT_MAGIC);
	put(4, (uint32_t)size);
	put(8, STRUCTURE);
	put(12, (uint32_t)(STRUCTURE + length));
	put(16, HEADER);
	put(20, 17);
	put(24, 16);
	put(32, sizeof(strings));
	put(36, (uint32_t)length);
	memcpy(bytes + STRUCTURE, tokens, length);
	memcpy(bytes + STRUCTURE + length, strings, sizeof(strings));
}

static int set_up(void **state)
{
	make(structure, sizeof(structure));
	return 0;
}

static enum plugtree_reason verdict(void)
{
	struct blob blob = blob_copy(bytes, size);
	struct plugtree_refusal refusal = { PLUGTREE_NONE, "" };
	int error = rules_check_blob(blob.bytes, blob.size, &refusal);

	assert_int_equal(error, refusal.reason == PLUGTREE_NONE ? 0 : -EINVAL);
	if (!error)
		assert_int_equal(fdt_check_full(blob.bytes, blob.size), 0);
	blob_free(&blob);
	return refusal.reason;
}

static void a_good_blob(void **state)
{
	assert_int_equal(verdict(), PLUGTREE_NONE);
	size += 7;
	assert_int_equal(verdict(), PLUGTREE_NONE);
}

static void every_truncation(void **state)
{
	size_t whole = size;

	for (size = 0; size < whole; size++)
		assert_int_equal(verdict(), PLUGTREE_BAD_BLOB);
}

static void every_header_field(void **state)
{
	static const uint32_t values[] = { 0,  1,  3,	       15,	   18,	       39,
					   41, 42, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff };
	unsigned int field;
	size_t index;

	for (field = 0; field < HEADER; field += 4) {
		if (field == 28)
			continue; /* the boot CPU means nothing */
		for (index = 0; index < sizeof(values) / sizeof(values[0]); index++) {
			set_up(state);
			put(field, values[index]);
			if (field == 20 && values[index] >= 17)
				continue; /* a later version may be compatible */
			if (field == 24 && values[index] <= 17)
				continue;
			if (field == 12 && (values[index] == 41 || values[index] == 42))
				continue; /* odd, but inside: strings may be anywhere */
			assert_int_equal(verdict(), PLUGTREE_BAD_BLOB);
		}
	}
}

static void every_word_of_the_structure(void **state)
{
	static const uint32_t values[] = { 0, 1, 2, 3, 4, 5, 9, 0xffffffff };
	size_t offset;
	size_t index;

	/* Some are good; that libfdt agrees is checked with each verdict. */
	for (offset = 0; offset < sizeof(structure); offset += 4) {
		for (index = 0; index < sizeof(values) / sizeof(values[0]); index++) {
			set_up(state);
			put((unsigned int)(STRUCTURE + offset), values[index]);
			verdict();
		}
	}
}

#define assert_structure(reason, ...)                            \
	do {                                                     \
		static const uint8_t tokens[] = { __VA_ARGS__ }; \
		make(tokens, sizeof(tokens));                    \
		assert_int_equal(verdict(), reason);             \
	} while (false)

static void structures(void **state)
{
	assert_structure(PLUGTREE_NONE, WORD(1), WORD(0), WORD(4), WORD(2), WORD(9));
	/* a NOP behind the root */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(2), WORD(4), WORD(9));
	/* a root with a name */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), 'a', 0, 0, 0, WORD(2), WORD(9));
	/* a NOP before the root */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(4), WORD(1), WORD(0), WORD(2), WORD(9));
	/* no root */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(9));
	/* two roots */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(2), WORD(1), WORD(0), WORD(2),
			 WORD(9));
	/* a property behind a subnode */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(1), WORD(0), WORD(2), WORD(3),
			 WORD(0), WORD(0), WORD(2), WORD(9));
	/* a property outside */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(3), WORD(0), WORD(0), WORD(9));
	/* an end too early, too late, missing */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(9));
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(2), WORD(9), WORD(9));
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(2));
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(2), WORD(2), WORD(9));
	/* a name without end, a value without padding */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), 'a', 'a', 'a', 'a');
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(3), WORD(13), WORD(0), WORD(2),
			 WORD(9), WORD(0));
	/* values that claim to be longer than all there is, with good tokens behind */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(3), WORD(0x7ffffff0), WORD(0),
			 WORD(2), WORD(9));
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(3), WORD(0xfffffffd), WORD(0),
			 WORD(2), WORD(9));
	/* the name of a property is not there */
	assert_structure(PLUGTREE_BAD_BLOB, WORD(1), WORD(0), WORD(3), WORD(0), WORD(2), WORD(2),
			 WORD(9));
}

static void the_last_string_has_no_end(void **state)
{
	bytes[size - 1] = 'p';
	assert_int_equal(verdict(), PLUGTREE_BAD_BLOB);
}

static void limits(void **state)
{
	void *large = calloc(1, RULES_MAX_BLOB + 1);
	struct plugtree_refusal refusal;

	assert_int_equal(rules_check_blob(large, RULES_MAX_BLOB + 1, &refusal), -EINVAL);
	assert_int_equal(refusal.reason, PLUGTREE_TOO_BIG);
	memcpy(large, bytes, size);
	assert_int_equal(rules_check_blob(large, RULES_MAX_BLOB, &refusal), 0);
	free(large);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_good_blob, set_up),
		cmocka_unit_test_setup(every_truncation, set_up),
		cmocka_unit_test_setup(every_header_field, set_up),
		cmocka_unit_test_setup(every_word_of_the_structure, set_up),
		cmocka_unit_test_setup(structures, set_up),
		cmocka_unit_test_setup(the_last_string_has_no_end, set_up),
		cmocka_unit_test_setup(limits, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
