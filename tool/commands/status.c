// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree status: what is in the connectors.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "connector.h"
#include "device.h"
#include "hint.h"
#include "json.h"
#include "listing.h"
#include "report.h"
#include "text.h"

static void print_device(const struct device *device, int width, bool last)
{
	fputs(last ? text_choose("└─ ", "`- ") : text_choose("├─ ", "|- "), stdout);
	text_put_padded(stdout, device->name, width + 2);
	if (*device->driver)
		text_put_styled(stdout, STYLE_GREEN, device->driver);
	else
		text_put_styled(stdout, STYLE_YELLOW, "no driver");
	putchar('\n');
}

static void print_devices(const struct device *devices, size_t count)
{
	int width = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (text_width(devices[i].name) > width)
			width = text_width(devices[i].name);
	}
	for (i = 0; i < count; i++) {
		report_label(i ? "" : "devices");
		print_device(&devices[i], width, i + 1 == count);
	}
}

static void print_reason(const struct connector *connector)
{
	enum style style = strcmp(connector->state, "empty") ? STYLE_RED : STYLE_YELLOW;
	const char *hint = hint_for(connector->reason);

	if (!connector_has_reason(connector))
		return;
	report_label("reason");
	text_put_styled(stdout, style, connector->reason);
	putchar('\n');
	report_line("error", connector->error);
	if (hint)
		report_line("hint", hint);
}

static void print_count(long long count, const char *singular, const char *plural)
{
	if (count < 0)
		printf("? %s", plural);
	else
		printf("%lld %s", count, count == 1 ? singular : plural);
}

static void print_connector(const struct connector *connector, const struct device *devices,
			    size_t count)
{
	text_put_styled(stdout, STYLE_BOLD, connector->name);
	fputs("  ", stdout);
	report_state(connector->state, REPORT_STATE_WIDTH);
	fputs("  ", stdout);
	text_put(stdout, connector->type);
	putchar('\n');
	if (connector_has_identity(connector)) {
		report_label("add-on");
		report_add_on(connector);
		putchar('\n');
	}
	report_line("overlay", connector->overlay);
	print_devices(devices, count);
	print_reason(connector);
	report_label("counters");
	print_count(connector->insertions, "insertion", "insertions");
	fputs(", ", stdout);
	print_count(connector->failures, "failure", "failures");
	putchar('\n');
}

static int show(const struct context *context, const char *name, struct json_object *array,
		bool first)
{
	struct connector connector;
	struct json_object *object;
	struct device *devices;
	size_t count;
	int ret = connector_read(&connector, context->class, name);

	if (ret)
		return ret;
	/* Without a list there are none to show. */
	device_list(&devices, &count, context->class, name);
	if (array) {
		object = json_connector(&connector);
		json_add(object, "devices", json_devices(devices, count));
		json_object_array_add(array, object);
	} else {
		if (!first)
			putchar('\n');
		print_connector(&connector, devices, count);
	}
	free(devices);
	return 0;
}

static enum exit_code status(const struct context *context, int count, char **operands)
{
	return listing_print(context, count, operands, "connectors", show);
}

static const struct option_description *const status_options[] = { &option_json, NULL };

const struct command status_command = {
	.name = "status",
	.operands = "[CONNECTOR...]",
	.completion = "connector...",
	.summary = "show connectors, add-ons, devices and drivers",
	.description =
		"Show each CONNECTOR, or all: its state, the add-on in it, the overlay, each device\n"
		"with its driver, and if something went wrong the reason and what to do about it.",
	.operands_max = OPERANDS_UNLIMITED,
	.options = status_options,
	.run = status,
};
