// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * lab-survey: writes the scenarios by which drivers are surveyed, and tells what came of them.
 * lab/survey calls it, and runs the scenarios in between.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "lab/survey_report.h"
#include "lab/survey_scenario.h"

enum { EXIT_NOT_BOUND = 1, EXIT_USAGE = 2 };

static const char usage[] =
	"Usage: lab-survey --write DIR --flavour NAME FILE…\n"
	"       lab-survey --report DIR [OPTION…] FILE…\n"
	"\n"
	"The first form writes the scenario, overlay and add-on of each driver's file into DIR; the\n"
	"second one reads DIR/NAME.tap for each and prints a table.\n"
	"\n"
	"  --flavour NAME   kernel flavour of the scenarios\n"
	"  --json FILE      write the table as JSON, too\n"
	"  --page FILE      write it as a page, too\n"
	"  --kernel TEXT    version of the kernel, for both of them\n"
	"  --date TEXT      date, for both of them\n"
	"  --brief          one short line per driver, no numbers\n"
	"  --help\n"
	"\n"
	"Exit status: 0 all is done, 1 a driver was not bound or its scenario has no end, 2 wrong usage,\n"
	"a mistake in a file, or a file that cannot be written.\n";

/**
 * struct command_line - what is to be done
 * @write: directory to write scenarios to
 * @read: directory to read results from
 * @flavour: kernel flavour
 * @json: file for JSON
 * @page: file for a page
 * @brief: a short line per driver
 */
struct command_line {
	const char *write;
	const char *read;
	const char *flavour;
	const char *json;
	const char *page;
	bool brief;
};

static int write_scenarios(const struct command_line *line, struct survey_report *report)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < report->count; i++)
		ret = survey_scenario_write(&report->rows[i].driver, line->write, line->flavour);
	if (!ret)
		return 0;
	fprintf(stderr, "lab-survey: cannot write to %s: %s\n", line->write, strerror(-ret));
	return EXIT_USAGE;
}

static int write_file(const struct survey_report *report, const char *path,
		      void (*print)(const struct survey_report *report, FILE *out))
{
	FILE *out = path ? fopen(path, "we") : NULL;
	int ret;

	if (!path)
		return 0;
	ret = out ? 0 : -errno;
	if (out) {
		print(report, out);
		ret = fclose(out) ? -errno : 0;
	}
	if (ret)
		fprintf(stderr, "lab-survey: cannot write %s: %s\n", path, strerror(-ret));
	return ret;
}

static void print_brief(const struct survey_report *report)
{
	unsigned int i;

	for (i = 0; i < report->count; i++)
		printf("%s %s\n", report->rows[i].driver.name,
		       survey_kind_name(report->rows[i].verdict.kind));
}

static int tell(const struct command_line *line, struct survey_report *report)
{
	char path[4096];
	unsigned int i;

	for (i = 0; i < report->count; i++) {
		snprintf(path, sizeof(path), "%s/%s.tap", line->read, report->rows[i].driver.name);
		survey_verdict_read(&report->rows[i].verdict, path);
	}
	if (line->brief)
		print_brief(report);
	else
		survey_report_print_text(report, stdout);
	if (write_file(report, line->json, survey_report_print_json) ||
	    write_file(report, line->page, survey_report_print_page))
		return EXIT_USAGE;
	return survey_report_count(report, SURVEY_NOT_BOUND) ||
			       survey_report_count(report, SURVEY_NOT_RUN) ?
		       EXIT_NOT_BOUND :
		       0;
}

/* Return: -1 to go on, otherwise the exit status. */
static int read_options(int argc, char **argv, struct command_line *line,
			struct survey_report *report)
{
	static const struct option options[] = {
		{ "write", required_argument, NULL, 'w' },
		{ "report", required_argument, NULL, 'r' },
		{ "flavour", required_argument, NULL, 'f' },
		{ "json", required_argument, NULL, 'j' },
		{ "page", required_argument, NULL, 'p' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "date", required_argument, NULL, 'd' },
		{ "brief", no_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'w':
			line->write = optarg;
			break;
		case 'r':
			line->read = optarg;
			break;
		case 'f':
			line->flavour = optarg;
			break;
		case 'j':
			line->json = optarg;
			break;
		case 'p':
			line->page = optarg;
			break;
		case 'k':
			report->kernel = optarg;
			break;
		case 'd':
			report->date = optarg;
			break;
		case 'b':
			line->brief = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return 0;
		default:
			return EXIT_USAGE;
		}
	}
	return -1;
}

/* Return: 0 or -EINVAL with the problem said. */
static int read_drivers(struct survey_report *report, char **paths, unsigned int count)
{
	char problem[PROBLEM_SIZE];

	report->rows = calloc(count, sizeof(*report->rows));
	if (!report->rows)
		return -ENOMEM;
	for (; report->count < count; report->count++) {
		struct survey_row *row = &report->rows[report->count];

		if (!survey_driver_read(&row->driver, paths[report->count], problem))
			continue;
		fprintf(stderr, "lab-survey: %s\n", problem);
		survey_driver_free(&row->driver);
		return -EINVAL;
	}
	return 0;
}

static void free_drivers(struct survey_report *report)
{
	while (report->count)
		survey_driver_free(&report->rows[--report->count].driver);
	free(report->rows);
}

int main(int argc, char **argv)
{
	struct survey_report report = { .kernel = "", .date = "" };
	struct command_line line = { 0 };
	int status = read_options(argc, argv, &line, &report);

	if (status >= 0)
		return status;
	if (optind == argc || !line.write == !line.read || (line.write && !line.flavour)) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (read_drivers(&report, argv + optind, argc - optind))
		status = EXIT_USAGE;
	else
		status = line.write ? write_scenarios(&line, &report) : tell(&line, &report);
	free_drivers(&report);
	return status;
}
