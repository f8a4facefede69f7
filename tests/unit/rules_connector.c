// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A connector's own node: what is wrong with it is said with node and property.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/rules/connector.h"
#include "rules_support.h"

/* What stands around the connector. */
#define BEFORE                                                                                      \
	"/dts-v1/; / { i2c0: i2c { }; gpio0: gpio { #gpio-cells = <2>; #interrupt-cells = <2>; }; " \
	"pwm0: pwm { #pwm-cells = <3>; }; other: other { }; c: connector { "
#define AFTER " }; };"

/**
 * struct example - a connector
 * @body: what is in its node
 * @subject: what the refusal is about; empty if all is well
 */
struct example {
	const char *body;
	const char *subject;
};

#define GPIO_MAP "#gpio-cells = <2>; gpio-map-mask = <15 0>; gpio-map = "
#define INTERRUPT_MAP "#address-cells = <0>; #interrupt-cells = <2>; interrupt-map = "
#define BUS(name, rest) name " { compatible = \"i2c-bus-extension\"; " rest " }; "

static const struct example examples[] = {
	{ "", "" },
	{ GPIO_MAP "<0 0 &gpio0 8 0>, <1 0 &gpio0 9 0>;", "" },
	{ "#gpio-cells = <2>; gpio-map = <0 0 &gpio0 8 0>;", "" },
	{ INTERRUPT_MAP "<0 8 &gpio0 8 8>; interrupt-map-mask = <15 15>;", "" },
	{ "#pwm-cells = <3>; pwm-map = <0 0 0 &pwm0 4 0 0>; pwm-map-mask = <15 0 0>;", "" },
	{ BUS("i2c-a", "i2c-parent = <&i2c0>;") "devices { };", "" },
	{ "export-symbols { i2c0 = <&i2c0>; };", "" },

	{ "gpio-map = <0 0 &gpio0 8 0>;", "/connector:#gpio-cells: is missing or too large" },
	{ "#gpio-cells = <99>; gpio-map = <0>;",
	  "/connector:#gpio-cells: is missing or too large" },
	{ "#gpio-cells = <2>; gpio-map;", "/connector:gpio-map: is empty" },
	{ GPIO_MAP "<0 0>;", "/connector:gpio-map: ends in the middle of an entry" },
	{ GPIO_MAP "<0 0 &gpio0 8>;", "/connector:gpio-map: ends in the middle of an entry" },
	{ GPIO_MAP "<0 0 &gpio0 8 0>, <1>;",
	  "/connector:gpio-map: ends in the middle of an entry" },
	{ GPIO_MAP "<0 0 0 8 0>;", "/connector:gpio-map: an entry leads to no node" },
	{ GPIO_MAP "<0 0 0xdead 8 0>;", "/connector:gpio-map: an entry leads to no node" },
	{ GPIO_MAP "<0 0 &other 8 0>;", "/connector:gpio-map: an entry leads to no provider" },
	{ "#gpio-cells = <2>; gpio-map = <0 0 &gpio0 8 0>; gpio-map-mask = <15>;",
	  "/connector:gpio-map-mask: has another number of cells" },
	{ "#interrupt-cells = <2>; interrupt-map = <0 8 &gpio0 8 8>;",
	  "/connector:#address-cells: is missing" },
	{ INTERRUPT_MAP "<0 8 &i2c0 8 8>;",
	  "/connector:interrupt-map: an entry leads to no provider" },
	{ "#pwm-cells = <3>; pwm-map = <0 0 &pwm0 4 0 0>;",
	  "/connector:pwm-map: an entry leads to no node" },

	{ BUS("i2c-a", ""), "/connector/i2c-a:compatible: is a bus, but there is no parent" },
	{ BUS("i2c-a", "i2c-parent = <0xdead>;"), "/connector/i2c-a:i2c-parent: leads to no node" },
	{ BUS("i2c-a", "i2c-parent;"), "/connector/i2c-a:i2c-parent: leads to no node" },
	{ "a: " BUS("i2c-a", "i2c-parent = <&a>;"),
	  "/connector/i2c-a:i2c-parent: leads in a circle" },
	{ "a: " BUS("i2c-a", "i2c-parent = <&b>;") "b: " BUS("i2c-b", "i2c-parent = <&a>;"),
	  "/connector/i2c-a:i2c-parent: leads in a circle" },

	{ "export-symbols { vcc; };", "/connector/export-symbols:vcc: is not one phandle" },
	{ "export-symbols { vcc = <&i2c0>, <&gpio0>; };",
	  "/connector/export-symbols:vcc: is not one phandle" },
	{ "export-symbols { vcc = <0xdead>; };",
	  "/connector/export-symbols:vcc: leads to no node" },
	{ "export-symbols { vcc = <0>; };", "/connector/export-symbols:vcc: leads to no node" },
};

static void is_judged(void **state)
{
	const struct example *example = *state;
	struct plugtree_refusal refusal;
	struct question question;
	struct blob base;
	char command[2048];
	int error;

	snprintf(command, sizeof(command), "echo '%s%s%s' | dtc -q -f -I dts -O dtb", BEFORE,
		 example->body, AFTER);
	base = blob_from_command(command);
	question_init(&question, base.bytes, base.bytes, "/connector");
	error = rules_check_connector(&question.base, question.input.connector, &refusal);
	assert_string_equal(refusal.subject, example->subject);
	assert_int_equal(refusal.reason,
			 example->subject[0] ? PLUGTREE_BAD_CONNECTOR : PLUGTREE_NONE);
	assert_int_equal(error, example->subject[0] ? -EINVAL : 0);
	blob_free(&base);
}

#define EXAMPLES (sizeof(examples) / sizeof(examples[0]))

int main(void)
{
	struct CMUnitTest tests[EXAMPLES] = { 0 };
	size_t index;

	for (index = 0; index < EXAMPLES; index++) {
		tests[index].name = examples[index].body;
		tests[index].test_func = is_judged;
		tests[index].initial_state = (void *)&examples[index];
	}
	return _cmocka_run_group_tests("rules_connector", tests, EXAMPLES, NULL, NULL);
}
