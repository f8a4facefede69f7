// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Options: getopt_long() does the work, from the descriptions.
 */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "common/id/id.h"
#include "i2c_part.h"
#include "memory.h"
#include "option.h"
#include "text.h"

/* Common options and those of a command together. */
#define OPTIONS_MAX 16
/* getopt_long() gives this plus the index of the option, out of the way of characters. */
#define OPTION_VALUE_BASE 1000

#define WAIT_DEFAULT_MS 30000
#define SECONDS_MAX 1000000
#define COUNT_MAX 1000000000
#define I2C_BUS_MAX 0xfffff

static int apply_help(struct settings *settings, const char *value)
{
	settings->help = true;
	return 0;
}

static int apply_version(struct settings *settings, const char *value)
{
	settings->version = true;
	return 0;
}

static int apply_sysroot(struct settings *settings, const char *value)
{
	settings->sysroot = value;
	return 0;
}

static int apply_color(struct settings *settings, const char *value)
{
	if (!strcmp(value, "auto"))
		settings->color = COLOR_AUTO;
	else if (!strcmp(value, "always"))
		settings->color = COLOR_ALWAYS;
	else if (!strcmp(value, "never"))
		settings->color = COLOR_NEVER;
	else
		return -EINVAL;
	return 0;
}

static int apply_json(struct settings *settings, const char *value)
{
	settings->json = true;
	return 0;
}

static int apply_svg(struct settings *settings, const char *value)
{
	settings->svg = true;
	return 0;
}

static int apply_lines(struct settings *settings, const char *value)
{
	settings->lines = true;
	return 0;
}

static int apply_syslog(struct settings *settings, const char *value)
{
	settings->syslog = true;
	return 0;
}

static int parse_seconds(const char *value, long long *milliseconds)
{
	double seconds;
	char *end;

	if (*value < '0' || *value > '9')
		return -EINVAL;
	seconds = strtod(value, &end);
	if (*end || !(seconds >= 0 && seconds <= SECONDS_MAX))
		return -EINVAL;
	*milliseconds = (long long)(seconds * 1000 + 0.5);
	return 0;
}

static int apply_limit(struct settings *settings, const char *value)
{
	int error = parse_seconds(value, &settings->limit_ms);

	return error || settings->limit_ms > 3600000 ? -EINVAL : 0;
}

static int apply_wait(struct settings *settings, const char *value)
{
	settings->wait = true;
	return value ? parse_seconds(value, &settings->wait_ms) : 0;
}

static int apply_no_wait(struct settings *settings, const char *value)
{
	settings->wait = false;
	return 0;
}

static int apply_count(struct settings *settings, const char *value)
{
	char *end;

	if (*value < '0' || *value > '9')
		return -EINVAL;
	errno = 0;
	settings->count = strtoll(value, &end, 10);
	return errno || *end || settings->count < 1 || settings->count > COUNT_MAX ? -EINVAL : 0;
}

static int apply_timeout(struct settings *settings, const char *value)
{
	return parse_seconds(value, &settings->timeout_ms);
}

static int apply_format(struct settings *settings, const char *value)
{
	settings->format = id_format_find(value);
	return settings->format ? 0 : -EINVAL;
}

/* BUS:ADDRESS, the address in hexadecimal as in the names of devices. */
static int apply_i2c(struct settings *settings, const char *value)
{
	unsigned long bus, address;
	char *end;

	if (!isdigit((unsigned char)*value))
		return -EINVAL;
	bus = strtoul(value, &end, 10);
	if (*end != ':' || bus > I2C_BUS_MAX || !isxdigit((unsigned char)end[1]))
		return -EINVAL;
	address = strtoul(end + 1, &end, 16);
	if (*end || address < I2C_PART_ADDRESS_MIN || address > I2C_PART_ADDRESS_MAX)
		return -EINVAL;
	settings->i2c = true;
	settings->i2c_bus = (unsigned int)bus;
	settings->i2c_address = (unsigned int)address;
	return 0;
}

static int apply_address_width(struct settings *settings, const char *value)
{
	settings->address_width = !strcmp(value, "8") ? 8 : !strcmp(value, "16") ? 16 : 0;
	return settings->address_width ? 0 : -EINVAL;
}

static int parse_bytes(const char *value, unsigned int *bytes)
{
	unsigned long number;
	char *end;

	if (!isdigit((unsigned char)*value))
		return -EINVAL;
	number = strtoul(value, &end, 0);
	if (*end || number > MEMORY_SIZE_MAX)
		return -EINVAL;
	*bytes = (unsigned int)number;
	return 0;
}

static int apply_offset(struct settings *settings, const char *value)
{
	return parse_bytes(value, &settings->offset);
}

static int apply_size(struct settings *settings, const char *value)
{
	int error = parse_bytes(value, &settings->size);

	return error || !settings->size ? -EINVAL : 0;
}

static int apply_brief(struct settings *settings, const char *value)
{
	settings->brief = true;
	return 0;
}

static int apply_base(struct settings *settings, const char *value)
{
	settings->base = value;
	return 0;
}

static int apply_connector(struct settings *settings, const char *value)
{
	settings->connector = value;
	return 0;
}

static int apply_with(struct settings *settings, const char *value)
{
	if (settings->plugged_count == SETTINGS_PLUGGED_MAX)
		return -EINVAL;
	settings->plugged[settings->plugged_count++] = value;
	return 0;
}

static int apply_modules(struct settings *settings, const char *value)
{
	settings->modules = value;
	return 0;
}

static int apply_kernel(struct settings *settings, const char *value)
{
	if (!*value || strchr(value, '/'))
		return -EINVAL;
	settings->kernel = value;
	return 0;
}

static int apply_output(struct settings *settings, const char *value)
{
	settings->output = value;
	return 0;
}

static int apply_key(struct settings *settings, const char *value)
{
	settings->key = value;
	return 0;
}

static int apply_certificate(struct settings *settings, const char *value)
{
	settings->certificate = value;
	return 0;
}

static int apply_describe(struct settings *settings, const char *value)
{
	settings->describe = value;
	return 0;
}

static const struct option_description option_help = {
	"help", 'h', no_argument, NULL, NULL, "print this help and exit", apply_help,
};
static const struct option_description option_version = {
	"version", 'V', no_argument, NULL, NULL, "print the version and exit", apply_version,
};
static const struct option_description option_sysroot = {
	"sysroot", 0, required_argument, "DIR", NULL, "look below DIR instead of /", apply_sysroot,
};
static const struct option_description option_color = {
	"color",
	0,
	required_argument,
	"WHEN",
	"auto always never",
	"colour: auto (on a terminal, unless NO_COLOR is set), always or never",
	apply_color,
};
/* For the completion and for the upkeep of the man page; no help, so it is not shown. */
static const struct option_description option_describe = {
	"describe", 0, required_argument, "WHAT", NULL, NULL, apply_describe,
};
const struct option_description option_json = {
	"json", 'j', no_argument, NULL, NULL, "print JSON", apply_json,
};
const struct option_description option_svg = {
	"svg", 0, no_argument, NULL, NULL, "print a picture: SVG", apply_svg,
};
const struct option_description option_lines = {
	"lines", 'l', no_argument, NULL, NULL, "print lines on a terminal, too", apply_lines,
};
const struct option_description option_limit = {
	"limit",     0,    required_argument,
	"SECONDS",   NULL, "end a hook after SECONDS; 10 without it",
	apply_limit,
};
const struct option_description option_syslog = {
	"syslog", 0, no_argument, NULL, NULL, "complain in the system log, too", apply_syslog,
};
const struct option_description option_wait = {
	"wait",
	'w',
	optional_argument,
	"SECONDS",
	NULL,
	"wait at most SECONDS until the connector has settled; the default, with 30 s",
	apply_wait,
};
const struct option_description option_no_wait = {
	"no-wait",     0,    no_argument,
	NULL,	       NULL, "return as soon as the kernel has taken the request",
	apply_no_wait,
};
const struct option_description option_count = {
	"count", 'n', required_argument, "N", NULL, "end after N events", apply_count,
};
const struct option_description option_timeout = {
	"timeout",     't',  required_argument,
	"SECONDS",     NULL, "end after SECONDS; with --count that is a failure",
	apply_timeout,
};
const struct option_description option_format = {
	"format",     'f',  required_argument,
	"FORMAT",     NULL, "the format that the identity has to be in; without it all are tried",
	apply_format,
};
const struct option_description option_i2c = {
	"i2c",	       'i',  required_argument,
	"BUS:ADDRESS", NULL, "an EEPROM without a driver: /dev/i2c-BUS, ADDRESS 0x50 to 0x57",
	apply_i2c,
};
const struct option_description option_address_width = {
	"address-width",
	'a',
	required_argument,
	"BITS",
	"8 16",
	"width of the addresses inside the EEPROM; without it found out, where it can be",
	apply_address_width,
};
const struct option_description option_offset = {
	"offset",     0,    required_argument,
	"BYTES",      NULL, "where in the memory the identity begins; 0 without it",
	apply_offset,
};
const struct option_description option_size = {
	"size",	    's',  required_argument,
	"BYTES",    NULL, "how many bytes the identity may take; without it all behind the offset",
	apply_size,
};

const struct option_description option_brief = {
	"brief",     0, no_argument, NULL, NULL, "print one line for each verdict and warning",
	apply_brief,
};
const struct option_description option_base = {
	"base",	    'b',  required_argument,
	"FILE",	    NULL, "the base tree; without it that of the running system",
	apply_base,
};
const struct option_description option_connector = {
	"connector",	 'c',  required_argument,
	"PATH",		 NULL, "the connector's node; without it each that fits is tried",
	apply_connector,
};
const struct option_description option_with = {
	"with",	       'w',  required_argument,
	"[PATH:]FILE", NULL, "an overlay that is plugged already, in that connector or another",
	apply_with,
};
const struct option_description option_modules = {
	"modules",     'm',  required_argument,
	"FILE",	       NULL, "look for drivers in these modules: modules.alias, or its directory",
	apply_modules,
};
const struct option_description option_kernel = {
	"kernel",	 'k',  required_argument,
	"RELEASE",	 NULL, "the kernel that is meant; without it the one that runs, or the only one",
	apply_kernel,
};
const struct option_description option_output = {
	"output",     'o',  required_argument,
	"FILE",	      NULL, "write the tree as it would be after the plug",
	apply_output,
};
const struct option_description option_output_page = {
	"output",     'o',  required_argument,
	"FILE",	      NULL, "where the page goes; without it to the standard output",
	apply_output,
};
const struct option_description option_output_source = {
	"output",     'o',  required_argument,
	"FILE",	      NULL, "where the source of the add-on's overlay goes",
	apply_output,
};
const struct option_description option_key = {
	"key",	   'k',	 required_argument,
	"FILE",	   NULL, "the private key to sign with: PEM, DER, PKCS #12, or a URI of a provider",
	apply_key,
};
const struct option_description option_certificate = {
	"certificate", 'C',  required_argument,
	"FILE",	       NULL, "the certificate of the key; without it that in the key's file",
	apply_certificate,
};
const struct option_description option_trust = {
	"certificate", 'C',  required_argument,
	"FILE",	       NULL, "the certificates to trust, as the kernel trusts those of its keyring",
	apply_certificate,
};

const struct option_description *const common_options[] = {
	&option_sysroot, &option_color, &option_help, &option_version, &option_describe, NULL,
};

/**
 * settings_init() - the settings before any option
 * @settings: filled
 */
void settings_init(struct settings *settings)
{
	*settings = (struct settings){
		.sysroot = "/",
		.wait = true,
		.wait_ms = WAIT_DEFAULT_MS,
		.timeout_ms = -1,
		.limit_ms = -1,
	};
}

/**
 * struct option_set - options in the form that getopt_long() wants
 * @descriptions: the options
 * @long_options: the same
 * @letters: the short ones of them
 * @count: how many there are
 */
struct option_set {
	const struct option_description *descriptions[OPTIONS_MAX];
	struct option long_options[OPTIONS_MAX + 1];
	char letters[4 + 3 * OPTIONS_MAX];
	size_t count;
};

static void option_set_add(struct option_set *set, const struct option_description *const *options)
{
	static const char *const colons[] = {
		[no_argument] = "",
		[required_argument] = ":",
		[optional_argument] = "::",
	};
	char letter[2] = "";

	for (; *options && set->count < OPTIONS_MAX; options++) {
		set->long_options[set->count] = (struct option){
			.name = (*options)->name,
			.has_arg = (*options)->argument,
			.val = OPTION_VALUE_BASE + (int)set->count,
		};
		set->descriptions[set->count++] = *options;
		letter[0] = (*options)->letter;
		strcat(set->letters, letter);
		if (*letter)
			strcat(set->letters, colons[(*options)->argument]);
	}
}

static const struct option_description *option_set_find(const struct option_set *set, int value)
{
	size_t i;

	if (value >= OPTION_VALUE_BASE && value - OPTION_VALUE_BASE < (int)set->count)
		return set->descriptions[value - OPTION_VALUE_BASE];
	for (i = 0; i < set->count; i++) {
		if (value && set->descriptions[i]->letter == value)
			return set->descriptions[i];
	}
	return NULL;
}

static int bad_option(const struct option_set *set, int value, char **argv)
{
	const struct option_description *option = option_set_find(set, optopt);

	if (value == ':' && option)
		text_complain("option --%s needs a value: %s", option->name, option->value);
	else if (option)
		text_complain("option --%s takes no value", option->name);
	else if (optopt && optopt < OPTION_VALUE_BASE)
		text_complain("unknown option -%c", optopt);
	else
		text_complain("unknown or ambiguous option %s", argv[optind - 1]);
	return -EINVAL;
}

/**
 * options_parse() - take the options on the command line into the settings
 * @settings: changed
 * @options: options besides the common ones, ended by NULL; NULL for none
 * @stop_at_operand: stop at the first word that is no option, else move all those to the end
 * @argc: number of words
 * @argv: the words; the first is not looked at
 *
 * Return: index of the first operand; -EINVAL, after a complaint, for a bad command line.
 */
int options_parse(struct settings *settings, const struct option_description *const *options,
		  bool stop_at_operand, int argc, char **argv)
{
	const struct option_description *option;
	struct option_set set = {};
	int value;

	strcpy(set.letters, stop_at_operand ? "+:" : ":");
	option_set_add(&set, common_options);
	if (options)
		option_set_add(&set, options);
	/* 0 makes it forget an earlier command line, too. */
	optind = 0;
	opterr = 0;
	while ((value = getopt_long(argc, argv, set.letters, set.long_options, NULL)) != -1) {
		option = option_set_find(&set, value);
		if (!option)
			return bad_option(&set, value, argv);
		if (option->apply(settings, optarg)) {
			text_complain("option --%s: bad value \"%s\"%s%s", option->name, optarg,
				      option->choices ? ", it must be one of: " : "",
				      option->choices ? option->choices : "");
			return -EINVAL;
		}
	}
	return optind;
}

/**
 * option_print_synopsis() - print an option as it is written
 * @stream: where to
 * @option: the option
 */
void option_print_synopsis(FILE *stream, const struct option_description *option)
{
	if (option->letter)
		fprintf(stream, "-%c, ", option->letter);
	fprintf(stream, "--%s", option->name);
	if (option->argument == required_argument)
		fprintf(stream, " %s", option->value);
	if (option->argument == optional_argument)
		fprintf(stream, "[=%s]", option->value);
}
