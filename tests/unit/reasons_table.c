// SPDX-License-Identifier: GPL-2.0-or-later
/* The table of reasons, and that a refusal cannot be used to write what is not plain text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/reasons.h"

/* Names are interface: once released they stay. */
static void names(void **state)
{
	int reason;
	int other;

	for (reason = 0; reason < PLUGTREE_REASON_COUNT; reason++) {
		const char *name = plugtree_reason_name(reason);
		const char *sentence = plugtree_reason_sentence(reason);

		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		assert_true(reason == PLUGTREE_NONE || strlen(sentence) > 10);
		assert_true(reason == PLUGTREE_NONE || sentence[strlen(sentence) - 1] != '.');
		for (other = 0; other < reason; other++)
			assert_string_not_equal(name, plugtree_reason_name(other));
	}
	assert_string_equal(plugtree_reason_name(PLUGTREE_NONE), "none");
	assert_string_equal(plugtree_reason_name(PLUGTREE_ADDRESS_CONFLICT), "address-conflict");
	assert_true(plugtree_reason_lasting(PLUGTREE_UNKNOWN_LABEL));
	assert_false(plugtree_reason_lasting(PLUGTREE_PROBE_FAILED));
}

static void numbers_that_are_no_reason(void **state)
{
	static const int wrong[] = { -1, PLUGTREE_REASON_COUNT, 0x7fffffff };
	size_t index;

	for (index = 0; index < sizeof(wrong) / sizeof(wrong[0]); index++) {
		assert_string_equal(plugtree_reason_name(wrong[index]), "invalid");
		assert_string_equal(plugtree_reason_sentence(wrong[index]), "");
		assert_false(plugtree_reason_lasting(wrong[index]));
	}
}

static void subjects(void **state)
{
	struct plugtree_refusal refusal;
	char longer[2 * PLUGTREE_SUBJECT_SIZE];

	assert_int_equal(plugtree_refuse(&refusal, PLUGTREE_BAD_NAME, "%s:%d", "/node", 7),
			 -EINVAL);
	assert_int_equal(refusal.reason, PLUGTREE_BAD_NAME);
	assert_string_equal(refusal.subject, "/node:7");
	plugtree_refuse(&refusal, PLUGTREE_BAD_NAME, "%s", "a\nb\x1b[31m\xc3\xa4");
	assert_string_equal(refusal.subject, "a?b?[31m??");
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	plugtree_refuse(&refusal, PLUGTREE_BAD_NAME, "%s", longer);
	assert_int_equal(strlen(refusal.subject), PLUGTREE_SUBJECT_SIZE - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(numbers_that_are_no_reason),
		cmocka_unit_test(subjects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
