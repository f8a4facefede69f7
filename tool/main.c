// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree: the command line, from the options to the sub-command.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "common/version.h"
#include "sysfs.h"
#include "text.h"

static enum exit_code usage(const struct command *command)
{
	fprintf(stderr, "Try 'plugtree %s%s--help'.\n", command ? command->name : "",
		command ? " " : "");
	return EXIT_CODE_USAGE;
}

static enum exit_code complain_about_class(int error, const char *sysroot)
{
	if (error == -ENOENT || error == -ENOTDIR) {
		text_complain(
			"%s%ssys/class/plugtree does not exist: the plugtree module is not loaded",
			sysroot, sysroot[strlen(sysroot) - 1] == '/' ? "" : "/");
		return EXIT_CODE_NO_CLASS;
	}
	text_complain("cannot open sys/class/plugtree in %s: %s", sysroot, strerror(-error));
	return exit_code_of_error(error);
}

static enum exit_code run(const struct command *command, const struct settings *settings, int count,
			  char **operands)
{
	struct context context = { .settings = settings, .class = -1 };
	enum exit_code code;

	if (count < command->operands_min || count > command->operands_max) {
		text_complain("%s: %s", command->name,
			      count < command->operands_min ? "an operand is missing" :
							      "too many operands");
		return usage(command);
	}
	if (command->standalone)
		return command->run(&context, count, operands);
	context.class = sysfs_open_class(settings->sysroot);
	if (context.class < 0)
		return complain_about_class(context.class, settings->sysroot);
	code = command->run(&context, count, operands);
	close(context.class);
	return code;
}

static enum exit_code do_command(struct settings *settings, int argc, char **argv)
{
	const struct command *command = command_find(argc, argv);
	int first;

	if (!command) {
		command_complain_unknown(argv[0]);
		return usage(NULL);
	}
	/* The last word of the command's name takes the place of the program's. */
	if (strchr(command->name, ' ')) {
		argc--;
		argv++;
	}
	first = options_parse(settings, command->options, false, argc, argv);
	if (first < 0)
		return usage(command);
	text_setup(settings->color);
	if (settings->help) {
		command_print_help(stdout, command);
		return EXIT_CODE_OK;
	}
	if (settings->version) {
		puts("plugtree " PLUGTREE_VERSION);
		return EXIT_CODE_OK;
	}
	return run(command, settings, argc - first, argv + first);
}

static enum exit_code do_command_line(int argc, char **argv)
{
	struct settings settings;
	int first;

	settings_init(&settings);
	text_setup(settings.color);
	first = options_parse(&settings, NULL, true, argc, argv);
	if (first < 0)
		return usage(NULL);
	text_setup(settings.color);
	if (settings.help) {
		commands_print_help(stdout);
		return EXIT_CODE_OK;
	}
	if (settings.version) {
		puts("plugtree " PLUGTREE_VERSION);
		return EXIT_CODE_OK;
	}
	if (settings.describe)
		return command_describe(settings.describe);
	if (first == argc) {
		commands_print_help(stderr);
		return EXIT_CODE_USAGE;
	}
	return do_command(&settings, argc - first, argv + first);
}

int main(int argc, char **argv)
{
	enum exit_code code = do_command_line(argc, argv);

	if (fflush(stdout) || ferror(stdout)) {
		text_complain("cannot write the output: %s", strerror(errno));
		return code ? (int)code : EXIT_CODE_FAILED;
	}
	return (int)code;
}
