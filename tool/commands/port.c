// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree port: a classic overlay becomes one of an add-on.
 */
#include <errno.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "base_tree.h"
#include "command.h"
#include "common/rules/fdt.h"
#include "port/port.h"
#include "text.h"

static enum exit_code write_addon(const char *path, char *text, size_t size)
{
	struct blob blob = { .bytes = text, .size = size };
	int ret = blob_write(&blob, path);

	if (!ret)
		return EXIT_CODE_OK;
	text_complain("cannot write %s: %s", path, strerror(-ret));
	return exit_code_of_file_error(ret);
}

static enum exit_code finish(const struct port *port, const char *output, char *text, size_t size)
{
	enum exit_code code;

	if (!port->ported) {
		text_complain("nothing is left for an add-on");
		return EXIT_CODE_FAILED;
	}
	code = write_addon(output, text, size);
	return code ? code : port->left_out ? EXIT_CODE_WARNINGS : EXIT_CODE_OK;
}

static enum exit_code port_to(struct port *port, const char *output)
{
	enum exit_code code = EXIT_CODE_FAILED;
	char *text = NULL;
	size_t size;
	bool done = false;

	port->proposal = (struct dts){ .stream = stdout, .fresh = true };
	port->addon.stream = open_memstream(&text, &size);
	if (port->addon.stream) {
		done = port_all(port);
		fclose(port->addon.stream);
	}
	if (done)
		code = finish(port, output, text, size);
	else
		text_complain("out of memory");
	free(text);
	return code;
}

static enum exit_code port_file(const struct settings *settings, const struct blob *base,
				const char *path, const char *file)
{
	struct port port = {};
	struct blob overlay;
	enum exit_code code = overlay_read(&overlay, file);

	if (!code)
		code = classic_open(&port.classic, &overlay, base, file);
	if (!code) {
		fdt_tree_init(&port.base, base->bytes);
		port.connector = fdt_tree_node(fdt_path_offset(base->bytes, path));
		code = port_to(&port, settings->output);
	}
	classic_close(&port.classic);
	free(port.places);
	free(port.exports);
	blob_free(&overlay);
	return code;
}

static enum exit_code choose(const struct blob *base, const struct settings *settings,
			     struct socket_list *connectors)
{
	enum exit_code code = base_tree_connectors(base, settings->connector, connectors);

	if (code || connectors->count == 1)
		return code;
	text_complain("the base tree has more than one connector, say --connector");
	return EXIT_CODE_USAGE;
}

static enum exit_code port(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	struct socket_list connectors = {};
	struct blob base = {};
	enum exit_code code;

	if (!settings->base || !settings->output) {
		text_complain("port: --base and --output are needed");
		return EXIT_CODE_USAGE;
	}
	code = base_tree_read(&base, settings->base);
	if (!code && fdt_path_offset(base.bytes, "/__symbols__") < 0) {
		text_complain("%s has no symbols: compile it with dtc -@", settings->base);
		code = EXIT_CODE_UNREADABLE;
	}
	if (!code)
		code = choose(&base, settings, &connectors);
	if (!code)
		code = port_file(settings, &base, connectors.paths[0], operands[0]);
	socket_list_free(&connectors);
	blob_free(&base);
	return code;
}

static const struct option_description *const port_options[] = {
	&option_base,
	&option_connector,
	&option_output_source,
	NULL,
};

const struct command port_command = {
	.name = "port",
	.operands = "FILE",
	.completion = "file",
	.summary = "make an add-on's overlay of one for a single base board",
	.description =
		"Rewrite the classic overlay in FILE, which was written for the board of --base, into\n"
		"the source of an add-on's overlay for a connector there: controllers become the\n"
		"connector's buses, GPIOs, interrupts and PWMs its lines, supplies and clocks symbols\n"
		"that it exports. What the base board itself has to have, enabled controllers, pin\n"
		"groups and exports, is printed as an addition to its source. What cannot be brought\n"
		"along is named; the exit status is then 7, or 1 if nothing is left.",
	.operands_min = 1,
	.operands_max = 1,
	.options = port_options,
	.standalone = true,
	.run = port,
};
