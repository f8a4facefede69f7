/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The options: each is described once, for parsing, --help, the man page and the completion.
 */
#ifndef TOOL_OPTION_H
#define TOOL_OPTION_H

#include <stdbool.h>
#include <stdio.h>

#include "text.h"

#define SETTINGS_PLUGGED_MAX 64

struct id_format;

/**
 * struct settings - what the options say
 * @sysroot: directory that has sys/ in it
 * @color: when to use colour
 * @help: print help and do nothing
 * @version: print the version and do nothing
 * @json: JSON instead of text
 * @limit_ms: how long a hook may take in milliseconds, -1 for the default
 * @lines: a line for each event, also on a terminal
 * @svg: a picture instead of text
 * @syslog: complain in the system log, too
 * @wait: wait until the connector has settled
 * @wait_ms: for how long at the most, in milliseconds
 * @count: how many events to watch, 0 for no limit
 * @timeout_ms: how long to watch in milliseconds, -1 for no limit
 * @format: the identity format to expect, NULL for any
 * @i2c: the memory is on an I2C bus
 * @i2c_bus: number of the bus
 * @i2c_address: address of the part
 * @address_width: bits of the part's addresses, 0 if not given
 * @offset: where in the memory the identity begins
 * @size: how many bytes it may take, 0 for all
 * @brief: one line for each thing that there is to say
 * @base: file of the base tree, NULL for that of the running system
 * @connector: path of the connector in the base tree, NULL for all that fit
 * @plugged: overlays that are plugged already, "FILE" or "CONNECTOR:FILE"
 * @plugged_count: how many
 * @modules: the modules of a kernel: their directory or their aliases; NULL if not asked about
 * @kernel: release of the kernel that is meant, NULL for the one that runs or is the only one
 * @output: file for the tree as it would be, or NULL
 * @key: where the private key to sign with is, or NULL
 * @certificate: where certificates are, or NULL
 * @describe: what the hidden option asks to be listed, or NULL
 */
struct settings {
	const char *sysroot;
	enum color_mode color;
	bool help;
	bool version;
	bool json;
	long long limit_ms;
	bool lines;
	bool svg;
	bool syslog;
	bool wait;
	long long wait_ms;
	long long count;
	long long timeout_ms;
	const struct id_format *format;
	bool i2c;
	unsigned int i2c_bus;
	unsigned int i2c_address;
	int address_width;
	unsigned int offset;
	unsigned int size;
	bool brief;
	const char *base;
	const char *connector;
	const char *plugged[SETTINGS_PLUGGED_MAX];
	size_t plugged_count;
	const char *modules;
	const char *kernel;
	const char *output;
	const char *key;
	const char *certificate;
	const char *describe;
};

/**
 * struct option_description - an option
 * @name: its long name
 * @letter: its short name, 0 for none
 * @argument: whether a value follows: no_argument, required_argument, optional_argument
 * @value: what the value is called in the help, NULL without value; FILE and DIR are completed
 * @choices: the values that there are, separated by blanks; NULL when not from a list
 * @help: one sentence
 * @apply: takes it into the settings; returns 0, or -EINVAL for a bad value
 */
struct option_description {
	const char *name;
	char letter;
	int argument;
	const char *value;
	const char *choices;
	const char *help;
	int (*apply)(struct settings *settings, const char *value);
};

extern const struct option_description option_json;
extern const struct option_description option_svg;
extern const struct option_description option_lines;
extern const struct option_description option_limit;
extern const struct option_description option_syslog;
extern const struct option_description option_wait;
extern const struct option_description option_no_wait;
extern const struct option_description option_count;
extern const struct option_description option_timeout;
extern const struct option_description option_format;
extern const struct option_description option_i2c;
extern const struct option_description option_address_width;
extern const struct option_description option_offset;
extern const struct option_description option_size;
extern const struct option_description option_brief;
extern const struct option_description option_base;
extern const struct option_description option_connector;
extern const struct option_description option_with;
extern const struct option_description option_modules;
extern const struct option_description option_kernel;
extern const struct option_description option_output;
extern const struct option_description option_output_page;
extern const struct option_description option_output_source;
extern const struct option_description option_key;
extern const struct option_description option_certificate;
extern const struct option_description option_trust;

/* The options of every command; ends with NULL, as each list of options does. */
extern const struct option_description *const common_options[];

void settings_init(struct settings *settings);
int options_parse(struct settings *settings, const struct option_description *const *options,
		  bool stop_at_operand, int argc, char **argv);
void option_print_synopsis(FILE *stream, const struct option_description *option);

#endif
