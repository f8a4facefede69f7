// SPDX-License-Identifier: GPL-2.0-or-later
/* From an identity to a file name that can name nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/id/id.h"

static char name[256];

static int make(const char *vendor, const char *model, const char *revision,
		enum id_specificity specificity)
{
	struct id_identity identity = { .serial = "" };
	int error;

	snprintf(identity.vendor, sizeof(identity.vendor), "%s", vendor);
	snprintf(identity.model, sizeof(identity.model), "%s", model);
	snprintf(identity.revision, sizeof(identity.revision), "%s", revision);
	error = id_file_name(&identity, specificity, name, sizeof(name));
	if (error)
		assert_string_equal(name, "");
	return error;
}

static void the_three_names(void **state)
{
	assert_int_equal(make("Acme", "Thermo", "1", ID_VENDOR_MODEL_REVISION), 0);
	assert_string_equal(name, "acme-thermo@1");
	assert_int_equal(make("Acme", "Thermo", "1", ID_VENDOR_MODEL), 0);
	assert_string_equal(name, "acme-thermo");
	assert_int_equal(make("Acme", "Thermo", "1", ID_MODEL), 0);
	assert_string_equal(name, "thermo");
}

static void reduced(const char *text, const char *expected)
{
	assert_int_equal(make("", text, "", ID_MODEL), 0);
	assert_string_equal(name, expected);
}

static void everything_else_becomes_a_dash(void **state)
{
	reduced("Big Board (rev. B)", "big-board-rev.-b");
	reduced("a/b\\c:d@e", "a-b-c-d-e");
	reduced("--a----b--", "a-b");
	reduced("../../etc/passwd", "etc-passwd");
	reduced("...hidden", "hidden");
	reduced("-.-x", "x");
	reduced("a..b", "a..b");
	reduced("under_score", "under_score");
	reduced("\x01\xffx\x80y", "x-y");
	reduced("%s%n", "s-n");
}

static void parts_that_are_missing(void **state)
{
	assert_int_equal(make("", "m", "1", ID_VENDOR_MODEL_REVISION), -ENOENT);
	assert_int_equal(make("", "m", "1", ID_VENDOR_MODEL), -ENOENT);
	assert_int_equal(make("v", "m", "", ID_VENDOR_MODEL_REVISION), -ENOENT);
	assert_int_equal(make("v", "m", "", ID_VENDOR_MODEL), 0);
	assert_int_equal(make("v", "", "1", ID_VENDOR_MODEL), -ENOENT);
	assert_int_equal(make("v", "", "1", ID_MODEL), -ENOENT);
	assert_int_equal(make("v", "///", "1", ID_MODEL), -ENOENT);
	assert_int_equal(make("v", "..", "1", ID_MODEL), -ENOENT);
	assert_int_equal(make("..", "m", "1", ID_VENDOR_MODEL), -ENOENT);
	assert_int_equal(make("v", "m", "#", ID_VENDOR_MODEL_REVISION), -ENOENT);
}

/* "id" is the ID overlay's own name. */
static void reserved(void **state)
{
	assert_int_equal(make("", "ID", "", ID_MODEL), -ENOENT);
	assert_int_equal(make("", "-id-", "", ID_MODEL), -ENOENT);
	assert_int_equal(make("v", "id", "", ID_VENDOR_MODEL), 0);
	assert_int_equal(make("", "ids", "", ID_MODEL), 0);
}

static void every_character(void **state)
{
	int character;

	for (character = 1; character < 256; character++) {
		const char text[] = { 'a', (char)character, 'b', '\0' };

		assert_int_equal(make(text, text, text, ID_VENDOR_MODEL_REVISION), 0);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-@"),
				 strlen(name));
		assert_ptr_equal(strchr(name, '@'), strrchr(name, '@'));
	}
}

static void too_small(void **state)
{
	struct id_identity identity = { "vendor", "model", "1", "" };
	char small[sizeof("vendor-model@1")];
	size_t size;

	for (size = 0; size < sizeof(small); size++) {
		small[0] = 'x';
		assert_int_equal(id_file_name(&identity, ID_VENDOR_MODEL_REVISION, small, size),
				 -ENOSPC);
		assert_int_equal(small[0], size ? '\0' : 'x');
	}
	assert_int_equal(id_file_name(&identity, ID_VENDOR_MODEL_REVISION, small, size), 0);
}

static void names_of_models(void **state)
{
	char longest[ID_TEXT_SIZE + 1];

	memset(longest, 'm', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_false(id_is_model(longest));
	longest[sizeof(longest) - 2] = '\0';
	assert_true(id_is_model(longest));
	assert_true(id_is_model("Relay 4 Click"));
	assert_false(id_is_model(""));
	assert_false(id_is_model("id"));
	assert_false(id_is_model("../"));
	assert_false(id_is_model("a\x1b[31m"));
	assert_false(id_is_model("caf\xc3\xa9"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_three_names),
		cmocka_unit_test(everything_else_becomes_a_dash),
		cmocka_unit_test(parts_that_are_missing),
		cmocka_unit_test(reserved),
		cmocka_unit_test(every_character),
		cmocka_unit_test(too_small),
		cmocka_unit_test(names_of_models),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
