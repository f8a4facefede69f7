// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The removal survey without a kernel: files of drivers, what is written for the lab, verdicts by
 * what the lab prints.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/survey_report.h"
#include "lab/survey_scenario.h"
#include "tests/sim/test.h"

static char directory[64];

static int setup(void **state)
{
	strcpy(directory, "/tmp/survey-XXXXXX");
	return mkdtemp(directory) ? 0 : -1;
}

static int teardown(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", directory);
	return system(command);
}

static void write_text(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* Return: the text of a file, or of a stream that was printed to; free() it. */
static char *read_text(const char *name)
{
	char path[128], *text = calloc(1, 65536);
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_true(fread(text, 1, 65535, file) > 0);
	fclose(file);
	return text;
}

static int read_driver(struct survey_driver *driver, const char *text, char *problem)
{
	char path[128];

	write_text("part.driver", text);
	snprintf(path, sizeof(path), "%s/part.driver", directory);
	return survey_driver_read(driver, path, problem);
}

#define WHOLE                                                                        \
	"driver part-driver\nsubsystem hwmon\ndevice i2c 0x48\ncompatible acme,part\n" \
	"chip i2c 0x48 registers default@0=1\nuse \"cat $device/temp1_input\"\n"

static void a_driver_is_read(void **state)
{
	char problem[PROBLEM_SIZE], device[SURVEY_NAME_SIZE];
	struct survey_driver driver;

	assert_int_equal(read_driver(&driver, WHOLE "hold /dev/x rw ENODEV\ncause \"why\"\n",
				     problem),
			 0);
	assert_string_equal(driver.name, "part");
	assert_string_equal(driver.driver, "part-driver");
	assert_string_equal(driver.chips.line[0], "\"chip\" \"i2c\" \"0x48\" \"registers\" \"default@0=1\"");
	assert_string_equal(driver.holds[0].error, "ENODEV");
	assert_string_equal(driver.cause, "why");
	survey_driver_device(&driver, device);
	assert_string_equal(device, "0-0048");
	survey_driver_free(&driver);
}

static void mistakes_are_told(void **state)
{
	static const struct {
		const char *text;
		const char *problem;
	} mistakes[] = {
		{ "driver x\n", "have to be said" },
		{ WHOLE "device can 1\n", "there is no bus can" },
		{ WHOLE "device i2c\n", "a device on i2c has an address" },
		{ WHOLE "device devices 1\n", "a device on devices has no address" },
		{ WHOLE "device i2c 0x80\n", "not a number from 0 to 127" },
		{ WHOLE "hold /dev/x w\n", "hold PATH r|rw [ERROR]" },
		{ WHOLE "module x\nmodule y\n", "said already" },
		{ WHOLE "colour red\n", "there is no \"colour\"" },
	};
	char problem[PROBLEM_SIZE];
	struct survey_driver driver;
	unsigned int i;

	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		assert_int_not_equal(read_driver(&driver, mistakes[i].text, problem), 0);
		assert_non_null(strstr(problem, mistakes[i].problem));
		survey_driver_free(&driver);
	}
}

static void expect_lines(const char *name, const char *const *lines)
{
	char *text = read_text(name);

	for (; *lines; lines++)
		assert_non_null(strstr(text, *lines));
	free(text);
}

static void the_lab_gets_its_files(void **state)
{
	static const char *const addon[] = { "type lab,survey\nstrap 1\n",
					     "\"registers\" \"default@0=1\"\n", NULL };
	static const char *const overlay[] = { "&i2c {\n\tpart: part@48 {\n\t\treg = <0x48>;",
					       "compatible = \"acme,part\";", NULL };
	static const char *const scenario[] = {
		"\ngo-on\n",
		"\nexpect-device i2c:0-0048 part-driver\n",
		"\nrun cat /sys/bus/i2c/devices/0-0048/temp1_input\n",
		"\nstart user while { cat /sys/bus/i2c/devices/0-0048/temp1_input; } >/dev/null",
		"\nsim unplug-at survey messages=5\n",
		NULL,
	};
	char problem[PROBLEM_SIZE];
	struct survey_driver driver;

	assert_int_equal(read_driver(&driver, WHOLE, problem), 0);
	assert_int_equal(survey_scenario_write(&driver, directory, "debug"), 0);
	expect_lines("lab,survey/part.addon", addon);
	expect_lines("part.dtso", overlay);
	expect_lines("part.scn", scenario);
	survey_driver_free(&driver);
}

#define GOOD "    ok 1 - start: the guest boots\n    ok 2 - line 5: say bind\n"
#define USED GOOD "    ok 3 - line 6: say use\n    ok 4 - line 7: say busy\n"
#define PLAN "    1..9\n"

static void verdicts_are_by_what_the_lab_prints(void **state)
{
	static const struct {
		const char *tap;
		enum survey_kind kind;
		const char *phase;
		const char *evidence;
	} cases[] = {
		{ USED PLAN, SURVEY_CLEAN, "", "" },
		{ USED, SURVEY_NOT_RUN, "busy", "" },
		{ "lab-run: a mistake\n", SURVEY_NOT_RUN, "start", "" },
		{ "    not ok 1 - start: the guest boots\n      # the guest does not answer\n" PLAN,
		  SURVEY_NOT_RUN, "start", "start: the guest boots: the guest does not answer" },
		{ GOOD "    not ok 3 - line 6: expect-device i2c:0-0048 x\n      # driver of it: none\n" PLAN,
		  SURVEY_NOT_BOUND, "bind", "expect-device i2c:0-0048 x: driver of it: none" },
		{ USED "    not ok 5 - line 8: hold file0 /dev/x r\n      # cannot open /dev/x\n" PLAN,
		  SURVEY_NOT_BOUND, "busy", "hold file0 /dev/x r: cannot open /dev/x" },
		/* What the log says at the beginning of a phase is from the one before. */
		{ USED "    not ok 5 - line 8: say probe\n"
		       "      # 1 unannounced bad lines in the kernel log:\n      # x 0-0048: read error\n" PLAN,
		  SURVEY_NOISY, "busy", "x 0-0048: read error" },
		/* What it says at each plug is not about the removal. */
		{ GOOD "    not ok 3 - line 6: wait survey ready\n"
		       "      # 1 unannounced bad lines in the kernel log:\n      # x 0-0048: slow\n"
		       "    ok 4 - line 7: say use\n    ok 5 - line 8: say busy\n"
		       "    not ok 6 - line 9: wait survey ready\n"
		       "      # 1 unannounced bad lines in the kernel log:\n      # x 0-0048: slow\n" PLAN,
		  SURVEY_CLEAN, "", "" },
		{ USED "    not ok 5 - line 8: unplug survey\n"
		       "      # 2 unannounced bad lines in the kernel log:\n      # x 0-0048: read error\n"
		       "      # BUG: KASAN: slab-use-after-free in x_read\n" PLAN,
		  SURVEY_CRASHES, "busy", "BUG: KASAN: slab-use-after-free in x_read" },
		{ USED "    not ok 5 - end: no leaks\n      # kmemleak found 1 objects:\n"
		       "      # unreferenced object 0x60 (size 8):\n      #     [<0>] kmalloc+0x1/0x2\n"
		       "      #     [<0>] x_probe+0x1/0x2 [x]\n" PLAN,
		  SURVEY_LEAKS, "busy",
		  "end: no leaks: kmemleak found 1 objects: [<0>] x_probe+0x1/0x2 [x]" },
		{ USED "    not ok 5 - line 8: wait survey empty\n      # not in time\n"
		       "    ok 6 - line 9: say closed\n    ok 7 - line 10: wait survey empty\n" PLAN,
		  SURVEY_HANGS, "busy", "draining until its files were closed" },
		{ USED "    not ok 5 - line 8: wait survey empty\n      # not in time\n"
		       "    ok 6 - line 9: say closed\n    not ok 7 - line 10: wait survey empty\n"
		       "      # not in time\n" PLAN,
		  SURVEY_HANGS, "busy", "draining even after its files were closed" },
		{ USED "    not ok 5 - the guest lives\n      # signal 6; the end of its console:\n"
		       "      # [ 1.0] usual\n      # [ 1.1] Kernel panic - not syncing: x\n" PLAN,
		  SURVEY_CRASHES, "busy", "[ 1.1] Kernel panic - not syncing: x" },
		{ USED "    not ok 5 - line 8: run cat x\n      # the command ended with exit 1\n" PLAN,
		  SURVEY_FAILS, "busy", "run cat x: the command ended with exit 1" },
	};
	struct survey_verdict verdict;
	char path[128];
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_text("part.tap", cases[i].tap);
		snprintf(path, sizeof(path), "%s/part.tap", directory);
		survey_verdict_read(&verdict, path);
		assert_string_equal(survey_kind_name(verdict.kind), survey_kind_name(cases[i].kind));
		assert_string_equal(verdict.phase, cases[i].kind ? cases[i].phase : "");
		assert_string_equal(verdict.evidence, cases[i].evidence);
	}
	survey_verdict_read(&verdict, "/nowhere");
	assert_int_equal(verdict.kind, SURVEY_NOT_RUN);
}

/* What drivers and kernels say may look like a language that the reader of the table speaks. */
static void texts_stay_texts(void **state)
{
	struct survey_row row = { .verdict = { .kind = SURVEY_NOISY,
					       .phase = "busy",
					       .evidence = "<script>\"&\x1b[1m" } };
	struct survey_report report = { &row, 1, "6.12", "today" };
	char problem[PROBLEM_SIZE], *text = NULL;
	size_t size = 0;
	FILE *out;

	assert_int_equal(read_driver(&row.driver, WHOLE, problem), 0);
	out = open_memstream(&text, &size);
	survey_report_print_page(&report, out);
	fclose(out);
	assert_non_null(strstr(text, "<code>&lt;script&gt;&quot;&amp;[1m</code>"));
	free(text);
	out = open_memstream(&text, &size);
	survey_report_print_json(&report, out);
	fclose(out);
	assert_non_null(strstr(text, "\"evidence\": \"<script>\\\"&\\u001b[1m\""));
	free(text);
	out = open_memstream(&text, &size);
	survey_report_print_text(&report, out);
	fclose(out);
	assert_non_null(strstr(text, "1 drivers: 1 noisy\n"));
	free(text);
	survey_driver_free(&row.driver);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_is_read),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(the_lab_gets_its_files),
		cmocka_unit_test(verdicts_are_by_what_the_lab_prints),
		cmocka_unit_test(texts_stay_texts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
