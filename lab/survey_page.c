// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A survey as a page: everything in one file, for screens of any width, bright or dark.
 */
#include <ctype.h>

#include "lab/survey_report.h"

static const char head[] =
	"<!DOCTYPE html>\n"
	"<!-- SPDX-License-Identifier: GPL-2.0-or-later -->\n"
	"<html lang=\"en\">\n"
	"<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<title>Removal survey</title>\n"
	"<style>\n"
	":root { color-scheme: light dark; --ink: #1c1e21; --paper: #fff; --line: #d5d9de; --quiet: #5d646d;\n"
	"  --good: #1a7f37; --fair: #8a5a00; --bad: #c0392b }\n"
	"@media (prefers-color-scheme: dark) { :root { --ink: #e4e6e9; --paper: #16181b; --line: #343a41;\n"
	"  --quiet: #9aa2ab; --good: #56c271; --fair: #dba43a; --bad: #f07467 } }\n"
	"body { margin: 1rem auto; padding: 0 1rem; max-width: 75rem; font: 1rem/1.45 system-ui, sans-serif;\n"
	"  color: var(--ink); background: var(--paper) }\n"
	"h1 { font-size: 1.4rem } p, .cause { color: var(--quiet) }\n"
	"button { font: inherit; color: inherit; background: none; border: 1px solid var(--line);\n"
	"  border-radius: 1rem; padding: .15rem .7rem; margin: .1rem; cursor: pointer }\n"
	"button[aria-pressed=true] { border-color: currentColor; font-weight: 600 }\n"
	"table { width: 100%; border-collapse: collapse; margin-top: 1rem }\n"
	"th { text-align: left } th button { border: 0; padding: 0; margin: 0; font-weight: 600 }\n"
	"th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }\n"
	"code { font-size: .85rem; overflow-wrap: anywhere } .cause { font-size: .9rem }\n"
	".clean { color: var(--good) } .noisy { color: var(--fair) }\n"
	".fails, .leaks, .hangs, .crashes, .not-bound, .not-run { color: var(--bad) }\n"
	"td.verdict { white-space: nowrap; font-weight: 600 }\n"
	"@media (max-width: 40rem) { thead { display: none } tr { display: block; padding: .5rem 0;\n"
	"  border-bottom: 1px solid var(--line) } td { display: inline-block; border: 0; padding: 0 .6rem 0 0 }\n"
	"  td:last-child { display: block } }\n"
	"</style>\n"
	"<h1>What Linux drivers do when their hardware is pulled out</h1>\n";

/* The buttons filter, the headings sort; without scripts there is the whole table. */
static const char script[] =
	"<script>\n"
	"const body = document.querySelector('tbody'), rows = [...body.rows];\n"
	"document.querySelectorAll('p button').forEach(button => button.onclick = () => {\n"
	"  const on = button.getAttribute('aria-pressed') !== 'true';\n"
	"  document.querySelectorAll('p button').forEach(other => other.setAttribute('aria-pressed', on && other === button));\n"
	"  rows.forEach(row => row.hidden = on && row.cells[2].className !== 'verdict ' + button.className);\n"
	"});\n"
	"document.querySelectorAll('th button').forEach((button, column) => button.onclick = () => {\n"
	"  const key = row => row.cells[column].dataset.order || row.cells[column].textContent;\n"
	"  body.append(...rows.sort((a, b) => key(a).localeCompare(key(b))));\n"
	"});\n"
	"</script>\n"
	"</html>\n";

/* For text and for attributes in quotes. */
static void print_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '>')
			fputs("&gt;", out);
		else if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '"')
			fputs("&quot;", out);
		else if (isprint((unsigned char)*text) || (unsigned char)*text >= 0x80)
			fputc(*text, out);
	}
}

/* Names of kinds as names of classes. */
static void print_class(FILE *out, enum survey_kind kind)
{
	const char *name;

	for (name = survey_kind_name(kind); *name; name++)
		fputc(*name == ' ' ? '-' : *name, out);
}

static void print_summary(FILE *out, const struct survey_report *report)
{
	unsigned int i, count;

	fprintf(out, "<p>%u drivers, as they are in Linux ", report->count);
	print_escaped(out, report->kernel);
	fputs(", each bound and used on emulated hardware, pulled out while idle, in use and at several "
	      "points of its probe, and plugged again. Surveyed on ",
	      out);
	print_escaped(out, report->date);
	fputs(" by <code>lab/survey</code>.</p>\n<p>", out);
	for (i = 0; i < SURVEY_KINDS; i++) {
		count = survey_report_count(report, i);
		if (!count)
			continue;
		fputs("<button aria-pressed=\"false\" class=\"", out);
		print_class(out, i);
		fprintf(out, "\" title=\"%s\">%u %s</button>\n", survey_kind_meaning(i), count,
			survey_kind_name(i));
	}
	fputs("</p>\n", out);
}

static void print_row(FILE *out, const struct survey_row *row)
{
	const struct survey_verdict *verdict = &row->verdict;

	fputs("<tr><td>", out);
	print_escaped(out, row->driver.name);
	fputs("<td>", out);
	print_escaped(out, row->driver.subsystem);
	fprintf(out, "<td data-order=\"%d\" class=\"verdict ", verdict->kind);
	print_class(out, verdict->kind);
	fprintf(out, "\">%s<td>", survey_kind_name(verdict->kind));
	if (verdict->kind != SURVEY_CLEAN) {
		print_escaped(out, verdict->phase);
		fputs(": <code>", out);
		print_escaped(out, verdict->evidence);
		fputs("</code>", out);
	}
	if (verdict->kind != SURVEY_CLEAN && row->driver.cause) {
		fputs("<div class=\"cause\">", out);
		print_escaped(out, row->driver.cause);
		fputs("</div>", out);
	}
	fputc('\n', out);
}

void survey_report_print_page(const struct survey_report *report, FILE *out)
{
	static const char *const columns[] = { "Driver", "Subsystem", "Verdict", "Evidence" };
	unsigned int i;

	fputs(head, out);
	print_summary(out, report);
	fputs("<table>\n<thead><tr>", out);
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		fprintf(out, "<th><button>%s</button>", columns[i]);
	fputs("\n<tbody>\n", out);
	for (i = 0; i < report->count; i++)
		print_row(out, &report->rows[i]);
	fputs("</table>\n", out);
	fputs(script, out);
}
