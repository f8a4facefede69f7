// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Plain HTML with one style sheet inside. It asks for nothing over the network, and says so to the
 * browser; light or dark as the reader likes it; one column on a phone.
 */
#include <string.h>

#include "hint.h"
#include "markup.h"
#include "page.h"
#include "picture.h"

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"style-src 'unsafe-inline'\">\n";

static const char style[] =
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--paper);color:var(--ink);"
	"font:1rem/1.45 system-ui,sans-serif}\n"
	"h1{font-size:1.35rem;margin:.3rem 0}h2{font-size:1.15rem;margin:0}"
	"h3{font-size:.95rem;margin:1rem 0 .3rem}\n"
	"p{margin:.2rem 0}.dim,footer{color:var(--dim)}\n"
	".cards{columns:2 24rem;column-gap:1rem}\n"
	"section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;"
	"margin:1rem 0 0;break-inside:avoid;overflow-wrap:anywhere}\n"
	".cards section:first-child{margin-top:0}.cards{margin-top:1rem}\n"
	".title{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline}\n"
	".state{border:1px solid;border-radius:1rem;padding:0 .6rem;font-size:.9rem}\n"
	".good{color:var(--work)}.wrong{color:var(--bad)}.busy{color:var(--wait)}.quiet{color:var(--dim)}\n"
	"table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.25rem .4rem .25rem 0;"
	"border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:normal}td.number{font-variant-numeric:tabular-nums}\n"
	"dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .8rem;margin:.6rem 0}dt{color:var(--dim)}"
	"dd{margin:0}\n"
	"ul{list-style:none;margin:0;padding-left:.9rem;border-left:1px solid var(--line)}"
	"ul.top{border:0;padding:0}li{margin:.15rem 0}\n"
	"code{font:.88em ui-monospace,monospace}.picture{display:block;width:100%;max-width:26rem}\n"
	"svg.defs{position:absolute;width:0;height:0}\n";

static const char *class_of(const char *state)
{
	if (!strcmp(state, "ready"))
		return "good";
	if (!strcmp(state, "failed") || !strcmp(state, "draining"))
		return "wrong";
	return strcmp(state, "empty") ? "busy" : "quiet";
}

static void put_fact(FILE *stream, const char *name, const char *text)
{
	if (!*text)
		return;
	fprintf(stream, "<dt>%s</dt>", name);
	markup_put_element(stream, "dd", "fact", text);
	fputc('\n', stream);
}

static void put_facts(FILE *stream, const struct connector *connector)
{
	const char *hint = hint_for(connector->reason);

	fputs("<dl>\n", stream);
	put_fact(stream, "vendor", connector->vendor);
	put_fact(stream, "model", connector->model);
	put_fact(stream, "revision", connector->revision);
	put_fact(stream, "serial", connector->serial);
	put_fact(stream, "overlay", connector->overlay);
	if (connector_has_reason(connector)) {
		put_fact(stream, "reason", connector->reason);
		put_fact(stream, "error", connector->error);
		put_fact(stream, "hint", hint ? hint : "");
	}
	fputs("</dl>\n", stream);
}

/* Is a node below another one? */
static bool is_below(const char *node, const char *above)
{
	size_t length = strlen(above);

	return length && !strncmp(node, above, length) && node[length] == '/';
}

/* The device whose node is the nearest one above; @count if there is none. */
static size_t parent_of(const struct page_entry *entry, size_t device)
{
	size_t best = entry->device_count, length = 0, i;

	for (i = 0; i < entry->device_count; i++) {
		const char *above = entry->devices[i].node;

		if (is_below(entry->devices[device].node, above) && strlen(above) > length) {
			best = i;
			length = strlen(above);
		}
	}
	return best;
}

static void put_device(FILE *stream, const struct device *device)
{
	markup_put_element(stream, "code", "device", device->name);
	fputs(" ", stream);
	if (*device->driver)
		markup_put_element(stream, "span", "good", device->driver);
	else
		fputs("<span class=\"busy\">no driver</span>", stream);
	if (*device->node) {
		fputs("<br>", stream);
		markup_put_element(stream, "code", "dim", device->node);
	}
}

/* A node is longer than that of its parent, so this ends. */
static void put_devices(FILE *stream, const struct page_entry *entry, size_t parent)
{
	bool open = false;
	size_t i;

	for (i = 0; i < entry->device_count; i++) {
		if (parent_of(entry, i) != parent)
			continue;
		if (!open)
			fputs(parent == entry->device_count ? "<ul class=\"top\">\n" : "<ul>\n",
			      stream);
		open = true;
		fputs("<li>", stream);
		put_device(stream, &entry->devices[i]);
		put_devices(stream, entry, i);
		fputs("</li>\n", stream);
	}
	if (open)
		fputs("</ul>\n", stream);
}

static void put_timeline(FILE *stream, const struct page_entry *entry)
{
	char title[CONNECTOR_TEXT_SIZE + 32];

	if (!entry->steps.count)
		return;
	fputs("<h3>Last insertion</h3>\n", stream);
	snprintf(title, sizeof(title), "Timeline of %s", entry->connector.name);
	picture_begin(stream, picture_height(&entry->steps), title);
	picture_draw(stream, &entry->steps, 0);
	picture_end(stream);
}

static void put_entry(FILE *stream, const struct page_entry *entry)
{
	const struct connector *connector = &entry->connector;

	fputs("<section>\n<div class=\"title\">", stream);
	markup_put_element(stream, "h2", "name", connector->name);
	fprintf(stream, "<span class=\"state %s\">", class_of(connector->state));
	markup_put(stream, connector->state);
	fputs("</span>", stream);
	markup_put_element(stream, "span", "dim", connector->type);
	fputs("</div>\n", stream);
	put_facts(stream, connector);
	if (entry->device_count) {
		fputs("<h3>Devices</h3>\n", stream);
		put_devices(stream, entry, entry->device_count);
	}
	put_timeline(stream, entry);
	fputs("</section>\n", stream);
}

static void put_number(FILE *stream, long long number)
{
	if (number < 0)
		fputs("<td class=\"number\">?</td>", stream);
	else
		fprintf(stream, "<td class=\"number\">%lld</td>", number);
}

static void put_counters(FILE *stream, const struct page_entry *entries, size_t count)
{
	size_t i;

	fputs("<section><h2>Counters</h2>\n<table><tr><th>connector</th><th>state</th>"
	      "<th>insertions</th><th>failures</th></tr>\n",
	      stream);
	for (i = 0; i < count; i++) {
		const struct connector *connector = &entries[i].connector;

		fputs("<tr>", stream);
		markup_put_element(stream, "td", "name", connector->name);
		markup_put_element(stream, "td", class_of(connector->state), connector->state);
		put_number(stream, connector->insertions);
		put_number(stream, connector->failures);
		fputs("</tr>\n", stream);
	}
	fputs("</table></section>\n", stream);
}

static void put_refusals(FILE *stream, const struct page_entry *entries, size_t count)
{
	bool open = false;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct connector *connector = &entries[i].connector;

		if (!connector_has_reason(connector))
			continue;
		if (!open)
			fputs("<section><h2>Last refusals</h2>\n<table><tr><th>connector</th>"
			      "<th>reason</th><th></th></tr>\n",
			      stream);
		open = true;
		fputs("<tr>", stream);
		markup_put_element(stream, "td", "name", connector->name);
		markup_put_element(stream, "td", "wrong", connector->reason);
		markup_put_element(stream, "td", "error", connector->error);
		fputs("</tr>\n", stream);
	}
	if (open)
		fputs("</table></section>\n", stream);
}

static void put_header(FILE *stream, const char *board, time_t time)
{
	struct tm broken_down;
	char text[64];

	fputs("<header><h1>Add-ons", stream);
	if (*board) {
		fputs(" of ", stream);
		markup_put(stream, board);
	}
	gmtime_r(&time, &broken_down);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &broken_down);
	fprintf(stream, "</h1>\n<p class=\"dim\">%s</p></header>\n", text);
}

/**
 * page_write() - write the page
 * @stream: where to
 * @board: what the board calls itself, empty when unknown
 * @time: when all of this was so
 * @entries: the connectors
 * @count: how many
 */
void page_write(FILE *stream, const char *board, time_t time, const struct page_entry *entries,
		size_t count)
{
	size_t i;

	fprintf(stream, "%s<title>plugtree: ", head);
	markup_put(stream, *board ? board : "add-ons");
	fprintf(stream, "</title>\n<style>\n%s%s%s</style>\n</head>\n<body>\n", picture_colors,
		style, picture_style);
	fputs("<svg class=\"defs\" aria-hidden=\"true\">", stream);
	picture_define(stream);
	fputs("</svg>\n", stream);
	put_header(stream, board, time);
	fputs("<main>\n<div class=\"cards\">\n", stream);
	for (i = 0; i < count; i++)
		put_entry(stream, &entries[i]);
	fputs("</div>\n", stream);
	if (!count)
		fputs("<p>This board has no connectors.</p>\n", stream);
	put_counters(stream, entries, count);
	put_refusals(stream, entries, count);
	fputs("</main>\n</body>\n</html>\n", stream);
}
