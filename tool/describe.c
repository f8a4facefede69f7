// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The hidden --describe: everything about the command line in a form for other programs, so that
 * the man page and the completion cannot differ from the help.
 */
#include <getopt.h>
#include <string.h>

#include "command.h"
#include "doctor/finding.h"
#include "port/left_out.h"
#include "text.h"
#include "warning.h"

static void describe_options(const char *command, const struct option_description *const *options)
{
	static const char *const arguments[] = {
		[no_argument] = "none",
		[required_argument] = "required",
		[optional_argument] = "optional",
	};

	for (; *options; options++) {
		if (!(*options)->help)
			continue;
		printf("option\t%s\t--%s\t%s\t%s\t%s\t%s\n", command, (*options)->name,
		       arguments[(*options)->argument],
		       (*options)->choices ? (*options)->choices : "",
		       (*options)->value ? (*options)->value : "",
		       (*options)->letter ? (char[]){ '-', (*options)->letter, '\0' } : "");
	}
}

/*
 * Lines of words separated by tabs: command NAME OPERANDS, option COMMAND NAME ARGUMENT CHOICES
 * VALUE LETTER.
 */
static void describe_for_completion(void)
{
	const struct command *const *command;

	describe_options("*", common_options);
	for (command = commands; *command; command++) {
		printf("command\t%s\t%s\n", (*command)->name, (*command)->completion);
		describe_options((*command)->name, (*command)->options);
	}
}

static void print_roff(const char *text)
{
	for (; *text; text++) {
		if (*text == '-' || *text == '\\')
			putchar('\\');
		if (*text == '\\')
			putchar('e');
		else
			putchar(*text);
	}
}

static void describe_options_for_man(const struct option_description *const *options)
{
	for (; *options; options++) {
		if (!(*options)->help)
			continue;
		printf(".It");
		if ((*options)->letter)
			printf(" Fl %c ,", (*options)->letter);
		printf(" Fl Fl ");
		print_roff((*options)->name);
		if ((*options)->argument == required_argument)
			printf(" Ar %s", (*options)->value);
		if ((*options)->argument == optional_argument)
			printf(" Ns Op = Ns Ar %s", (*options)->value);
		putchar('\n');
		print_roff((*options)->help);
		printf(".\n");
	}
}

static void describe_wording(const struct wording *wording, const char *severity)
{
	printf(".It ");
	print_roff(wording->name);
	if (severity)
		printf(" (%s)", severity);
	printf("\n%s%s%s.\n", wording->sentence, wording->hint ? "; " : "",
	       wording->hint ? wording->hint : "");
}

/* The parts of the man page between its markers, each after a line with its name. */
static void describe_for_man(void)
{
	const struct command *const *command;
	enum finding_kind finding;
	enum left_out_kind left_out;
	enum warning_kind kind;

	printf("commands\n.Bl -tag -width indent\n");
	for (command = commands; *command; command++) {
		printf(".It Cm %s Oo Ar option ... Oc ", (*command)->name);
		print_roff((*command)->operands);
		putchar('\n');
		print_roff((*command)->description);
		printf("\n.Bl -tag -width indent\n");
		describe_options_for_man((*command)->options);
		printf(".El\n");
	}
	printf(".El\noptions\n.Bl -tag -width indent\n");
	describe_options_for_man(common_options);
	printf(".El\nstatus\n.Bl -tag -width 4n\n");
#define X(identifier, number, meaning) printf(".It %d\n%s.\n", number, meaning);
	EXIT_CODES(X)
#undef X
	printf(".El\nwarnings\n.Bl -tag -width indent\n");
	for (kind = 0; kind < WARNING_KIND_COUNT; kind++)
		describe_wording(warning_wording(kind), NULL);
	printf(".El\nfindings\n.Bl -tag -width indent\n");
	for (finding = 0; finding < FINDING_KIND_COUNT; finding++)
		describe_wording(finding_wording(finding),
				 severity_name(finding_severity(finding)));
	printf(".El\nleftovers\n.Bl -tag -width indent\n");
	for (left_out = 0; left_out < LEFT_OUT_KIND_COUNT; left_out++)
		describe_wording(left_out_wording(left_out), NULL);
	printf(".El\n");
}

/**
 * command_describe() - list the commands and options for another program
 * @what: "completion" or "man"
 *
 * Return: EXIT_CODE_OK, or EXIT_CODE_USAGE for anything else.
 */
enum exit_code command_describe(const char *what)
{
	if (!strcmp(what, "completion"))
		describe_for_completion();
	else if (!strcmp(what, "man"))
		describe_for_man();
	else
		return EXIT_CODE_USAGE;
	return EXIT_CODE_OK;
}
