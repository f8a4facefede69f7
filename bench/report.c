// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-report: tables and JSON from what a benchmark recorded.
 *
 * A step's time is split in three: waiting on purpose (the kernel's own account), bus (from the
 * first message of each I2C transfer to its result, by the tracepoints of the i2c core; with
 * emulated hardware this is the emulation's time), and the rest, which is software.
 */
#include <getopt.h>
#include <json-c/json.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/median.h"
#include "bench/record.h"

#define STEPS_MAX 32
#define NAME_SIZE 32

/**
 * struct step - a step of a plug, over all rounds
 * @name: its name
 * @total: microseconds that it took
 * @waited: of these, waiting
 * @bus: of these, on the bus
 * @software: the rest
 */
struct step {
	char name[NAME_SIZE];
	struct samples total;
	struct samples waited;
	struct samples bus;
	struct samples software;
};

/**
 * struct plug - all plugs of the benchmark
 * @steps: their steps
 * @count: number of @steps
 * @software: software from the end of the debounce to ready, per plug
 * @rules: what checking the rules took of it, in all stages
 */
struct plug {
	struct step steps[STEPS_MAX];
	size_t count;
	struct samples software;
	struct samples rules;
};

/* Times of I2C transfers within a span of a trace, in microseconds. */
static double bus_time(const char *trace, double from, double to)
{
	double begin = NAN, sum = 0, at;
	const char *line, *mark;

	for (line = trace; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		mark = strstr(line, ": i2c_");
		if (!mark || (strchr(line, '\n') && mark > strchr(line, '\n')))
			continue;
		while (mark > line && mark[-1] != ' ')
			mark--;
		at = strtod(mark, NULL) * 1e6;
		mark = strstr(mark, "i2c_");
		if (at < from || at > to)
			continue;
		if (!strncmp(mark, "i2c_result", 10)) {
			if (!isnan(begin))
				sum += at - begin;
			begin = NAN;
		} else if (isnan(begin)) {
			begin = at;
		}
	}
	return sum;
}

/* When an event of a step came, in microseconds, or NaN. */
static double step_event(const char *trace, const char *event, const char *step)
{
	char text[128];
	const char *mark;

	snprintf(text, sizeof(text), ": plugtree_step_%s: main %s", event, step);
	for (mark = strstr(trace, text); mark; mark = strstr(mark + 1, text)) {
		if (!strchr(" \n", mark[strlen(text)]))
			continue;
		while (mark > trace && mark[-1] != ' ')
			mark--;
		return strtod(mark, NULL) * 1e6;
	}
	return NAN;
}

static struct step *find_step(struct plug *plug, const char *name)
{
	size_t i;

	for (i = 0; i < plug->count; i++)
		if (!strcmp(plug->steps[i].name, name))
			return &plug->steps[i];
	if (plug->count == STEPS_MAX)
		return NULL;
	strcpy(plug->steps[plug->count].name, name);
	return &plug->steps[plug->count++];
}

/* Adds one plug: its timeline and its trace. Return: whether both were understood. */
static bool add_plug(struct plug *plug, const char *timeline, const char *trace)
{
	double begin, end, waited, bus, software = 0, rules = 0;
	char name[NAME_SIZE], result[NAME_SIZE];
	struct step *step;

	for (; *timeline; timeline = strchr(timeline, '\n') + 1) {
		if (sscanf(timeline, "%31s %lf %lf %lf %31s", name, &begin, &end, &waited,
			   result) != 5)
			break;
		step = find_step(plug, name);
		if (strcmp(result, "ok") || !step || isnan(step_event(trace, "begin", name)))
			return false;
		bus = bus_time(trace, step_event(trace, "begin", name),
			       step_event(trace, "end", name));
		samples_add(&step->total, end - begin);
		samples_add(&step->waited, waited);
		samples_add(&step->bus, bus);
		samples_add(&step->software, fmax(end - begin - waited - bus, 0));
		/* What settles contacts and switches power talks to lines, not to the tree. */
		if (strcmp(name, "settle") && strcmp(name, "power"))
			software += fmax(end - begin - waited - bus, 0);
		if (!strcmp(name, "check") || !strcmp(name, "check-id"))
			rules += end - begin;
		if (!strchr(timeline, '\n'))
			break;
	}
	samples_add(&plug->software, software);
	samples_add(&plug->rules, rules);
	return software > 0;
}

/**
 * struct stock - the stock calls
 * @read: microseconds for reading the file
 * @apply: for of_overlay_fdt_apply(), without the bus
 * @remove: for of_overlay_remove()
 */
struct stock {
	struct samples read;
	struct samples apply;
	struct samples remove;
};

static void add_stock(struct stock *stock, const char *times, double bus)
{
	double read, apply, remove;

	while (times && sscanf(times, "%lf %lf %lf", &read, &apply, &remove) == 3) {
		samples_add(&stock->read, read / 1000);
		samples_add(&stock->apply, fmax(apply / 1000 - bus, 0));
		samples_add(&stock->remove, remove / 1000);
		times = strchr(times, '\n');
		times += !!times;
	}
}

/* The stock calls for real devices; the transfers of the drivers are not theirs. */
static void read_stock(struct stock *stock, const struct record *record, const char *label)
{
	const char *times, *trace;
	char name[64];
	size_t round;

	snprintf(name, sizeof(name), "%s-trace", label);
	for (round = 0; (times = record_find(record, label, round)); round++) {
		trace = record_find(record, name, round);
		add_stock(stock, times, trace ? bus_time(trace, 0, INFINITY) : 0);
	}
}

static void add_double(json_object *object, const char *name, double value)
{
	json_object_object_add(
		object, name, isnan(value) ? NULL : json_object_new_double(round(value * 10) / 10));
}

static json_object *report_steps(struct plug *plug)
{
	json_object *array = json_object_new_array(), *object;
	size_t i;

	printf("One plug of a two-device add-on, medians of %zu, in microseconds\n\n",
	       plug->software.count);
	printf("  %-12s %10s %10s %10s %10s\n", "step", "total", "waiting", "bus", "software");
	for (i = 0; i < plug->count; i++) {
		struct step *step = &plug->steps[i];

		printf("  %-12s %10.0f %10.0f %10.0f %10.0f\n", step->name,
		       samples_median(&step->total), samples_median(&step->waited),
		       samples_median(&step->bus), samples_median(&step->software));
		object = json_object_new_object();
		json_object_object_add(object, "step", json_object_new_string(step->name));
		add_double(object, "total_us", samples_median(&step->total));
		add_double(object, "waiting_us", samples_median(&step->waited));
		add_double(object, "bus_us", samples_median(&step->bus));
		add_double(object, "software_us", samples_median(&step->software));
		json_object_array_add(array, object);
	}
	return array;
}

/* Software of a plug against the stock calls with the same drivers' probes. */
static json_object *report_ratio(struct plug *plug, const struct record *record)
{
	json_object *object = json_object_new_object();
	struct stock id = { 0 }, model = { 0 };
	double software = samples_median(&plug->software), reference;

	read_stock(&id, record, "stock-id");
	read_stock(&model, record, "stock-model");
	reference = samples_median(&id.read) + samples_median(&id.apply) +
		    samples_median(&model.read) + samples_median(&model.apply);
	printf("\nSoftware from the debounced plug to ready, in microseconds\n\n");
	printf("  %-44s %10.0f  (90%%: %.0f)\n", "plugtree, both stages", software,
	       samples_quantile(&plug->software, 0.9));
	printf("  %-44s %10.0f\n", "stock calls and the same drivers' probes", reference);
	printf("  %-44s %10.2f\n", "ratio", software / reference);
	printf("  %-44s %10.3f\n", "share of the rules of both stages",
	       samples_median(&plug->rules) / software);
	add_double(object, "plugtree_us", software);
	add_double(object, "stock_us", reference);
	add_double(object, "rules_us", samples_median(&plug->rules));
	json_object_object_add(object, "ratio",
			       json_object_new_double(round(software / reference * 100) / 100));
	return object;
}

static const unsigned int node_counts[] = { 1, 10, 100, 1000 };

/* Sums of steps of one timeline. */
static double sum_steps(const char *timeline, const char *const *names)
{
	double begin, end, sum = 0;
	char name[NAME_SIZE];
	size_t i;

	while (timeline && sscanf(timeline, "%31s %lf %lf", name, &begin, &end) == 3) {
		for (i = 0; names[i]; i++)
			if (!strcmp(names[i], name))
				sum += end - begin;
		timeline = strchr(timeline, '\n');
		timeline += !!timeline;
	}
	return sum;
}

/* What the rules cost in the kernel, against what they let through. */
static json_object *report_check_step(const struct record *record)
{
	static const char *const unpack_steps[] = { "unpack", NULL };
	static const char *const check_steps[] = { "check", NULL };
	static const char *const graft_steps[] = { "graft", NULL };
	json_object *array = json_object_new_array(), *object;
	const char *timeline;
	char label[32];
	size_t i, round;

	printf("\nThe rules, medians, in microseconds\n\n");
	printf("  %6s %10s %10s %10s %12s %12s\n", "nodes", "unpack", "check", "graft",
	       "check/graft", "check/node");
	for (i = 0; i < sizeof(node_counts) / sizeof(node_counts[0]); i++) {
		struct samples unpack = { 0 }, check = { 0 }, graft = { 0 };

		snprintf(label, sizeof(label), "nodes-%u", node_counts[i]);
		for (round = 0; (timeline = record_find(record, label, round)); round++) {
			samples_add(&unpack, sum_steps(timeline, unpack_steps));
			samples_add(&check, sum_steps(timeline, check_steps));
			samples_add(&graft, sum_steps(timeline, graft_steps));
		}
		printf("  %6u %10.0f %10.0f %10.0f %12.2f %12.2f\n", node_counts[i],
		       samples_median(&unpack), samples_median(&check), samples_median(&graft),
		       samples_median(&check) / samples_median(&graft),
		       samples_median(&check) / node_counts[i]);
		object = json_object_new_object();
		json_object_object_add(object, "nodes", json_object_new_int64(node_counts[i]));
		add_double(object, "unpack_us", samples_median(&unpack));
		add_double(object, "check_us", samples_median(&check));
		add_double(object, "graft_us", samples_median(&graft));
		json_object_array_add(array, object);
	}
	return array;
}

/* The tool's own, on the host: one large overlay, and many in one call. */
static json_object *report_tool(const struct record *record)
{
	static const struct {
		const char *label;
		const char *text;
	} rows[] = {
		{ "check-large", "plugtree check, an overlay of 1,000 nodes" },
		{ "check-many", "plugtree check, 1,000 overlays in one call" },
	};
	json_object *object = json_object_new_object();
	const char *time;
	size_t i, round;

	printf("\nThe tool, medians of processor time, in microseconds\n\n");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct samples samples = { 0 };

		for (round = 0; (time = record_find(record, rows[i].label, round)); round++)
			samples_add(&samples, strtod(time, NULL));
		printf("  %-44s %10.0f\n", rows[i].text, samples_median(&samples));
		add_double(object, i ? "many_us" : "large_us", samples_median(&samples));
	}
	return object;
}

static json_object *report_nodes(const struct record *record)
{
	static const char *const apply_steps[] = { "unpack",  "check", "drivers", "graft",
						   "devices", "bind",  NULL };
	static const char *const remove_steps[] = { "remove-devices", "remove-graft", NULL };
	json_object *array = json_object_new_array(), *object;
	const char *timeline;
	char label[32];
	size_t i, round;

	printf("\nOverlays of many nodes, medians, in microseconds (without reading the file)\n\n");
	printf("  %6s %14s %14s %8s %14s %14s %8s\n", "nodes", "apply", "stock apply", "ratio",
	       "remove", "stock remove", "ratio");
	for (i = 0; i < sizeof(node_counts) / sizeof(node_counts[0]); i++) {
		struct samples apply = { 0 }, remove = { 0 };
		struct stock stock = { 0 };

		snprintf(label, sizeof(label), "nodes-%u", node_counts[i]);
		for (round = 0; (timeline = record_find(record, label, round)); round++) {
			samples_add(&apply, sum_steps(timeline, apply_steps));
			samples_add(&remove, sum_steps(timeline, remove_steps));
		}
		snprintf(label, sizeof(label), "stock-%u", node_counts[i]);
		read_stock(&stock, record, label);
		printf("  %6u %14.0f %14.0f %8.2f %14.0f %14.0f %8.2f\n", node_counts[i],
		       samples_median(&apply), samples_median(&stock.apply),
		       samples_median(&apply) / samples_median(&stock.apply),
		       samples_median(&remove), samples_median(&stock.remove),
		       samples_median(&remove) / samples_median(&stock.remove));
		object = json_object_new_object();
		json_object_object_add(object, "nodes", json_object_new_int64(node_counts[i]));
		add_double(object, "apply_us", samples_median(&apply));
		add_double(object, "stock_apply_us", samples_median(&stock.apply));
		add_double(object, "remove_us", samples_median(&remove));
		add_double(object, "stock_remove_us", samples_median(&stock.remove));
		json_object_array_add(array, object);
	}
	return array;
}

static double get_number(const char *json, const char *const *path)
{
	json_object *object = json ? json_tokener_parse(json) : NULL, *at = object;
	double value;

	for (; *path; path++)
		if (!json_object_object_get_ex(at, *path, &at))
			at = NULL;
	value = at ? json_object_get_double(at) : NAN;
	json_object_put(object);
	return value;
}

static json_object *report_hardware(const struct record *record)
{
	static const char *const latency[] = { "sockets", "main", "reset_latency_us", NULL };
	static const char *const read[] = { "buses", "i2c0", "read", NULL };
	static const char *const written[] = { "buses", "i2c0", "written", NULL };
	static const char *const slow[] = { "buses", "i2c0", "us_at_100khz", NULL };
	static const char *const fast[] = { "buses", "i2c0", "us_at_400khz", NULL };
	/* Header, atom header, vendor atom with "Acme" and "Nobody", checksum. */
	static const double least = 12 + 8 + (22 + 4 + 6) + 2;
	const char *identity = record_find(record, "identity", 0), *text;
	json_object *object = json_object_new_object();
	struct samples latencies = { 0 };
	double memory;
	size_t round;

	for (round = 0; (text = record_find(record, "gone", round)); round++)
		if (!isnan(get_number(text, latency)))
			samples_add(&latencies, get_number(text, latency));
	memory = strtod(record_find(record, "slab-with", 0) ?: "nan", NULL) -
		 strtod(record_find(record, "slab-without", 0) ?: "nan", NULL);
	printf("\nHardware and memory\n\n");
	printf("  %-44s %10.0f us (90%%: %.0f)\n", "presence edge to active reset, median",
	       samples_median(&latencies), samples_quantile(&latencies, 0.9));
	printf("  %-44s %10.0f bytes, of them %.0f by the format\n", "read to identify (RPi HAT)",
	       get_number(identity, read), least);
	printf("  %-44s %10.0f bytes\n", "written to identify", get_number(identity, written));
	printf("  %-44s %10.0f us at 100 kHz, %.0f us at 400 kHz\n", "a real bus would take",
	       get_number(record_find(record, "stats", 0), slow),
	       get_number(record_find(record, "stats", 0), fast));
	printf("  %-44s %10.0f bytes\n", "memory of an idle connector", memory / 3);
	add_double(object, "reset_latency_us", samples_median(&latencies));
	add_double(object, "identity_bytes_read", get_number(identity, read));
	add_double(object, "identity_bytes_least", least);
	add_double(object, "bus_us_at_100khz", get_number(record_find(record, "stats", 0), slow));
	add_double(object, "bus_us_at_400khz", get_number(record_find(record, "stats", 0), fast));
	add_double(object, "idle_connector_bytes", memory / 3);
	return object;
}

static int report(const struct record *record, const char *json_path)
{
	json_object *all = json_object_new_object();
	const char *timeline;
	static struct plug plug;
	size_t round;
	int status = 0;

	for (round = 0; (timeline = record_find(record, "timeline", round)); round++) {
		if (!add_plug(&plug, timeline, record_find(record, "trace", round) ?: "")) {
			fprintf(stderr, "bench-report: plug %zu is not complete\n", round + 1);
			status = 1;
		}
	}
	json_object_object_add(all, "rounds", json_object_new_int64(round));
	json_object_object_add(all, "steps", report_steps(&plug));
	json_object_object_add(all, "software", report_ratio(&plug, record));
	json_object_object_add(all, "nodes", report_nodes(record));
	json_object_object_add(all, "check", report_check_step(record));
	json_object_object_add(all, "tool", report_tool(record));
	json_object_object_add(all, "hardware", report_hardware(record));
	if (json_path && json_object_to_file_ext(json_path, all, JSON_C_TO_STRING_PRETTY)) {
		fprintf(stderr, "bench-report: cannot write %s\n", json_path);
		status = 1;
	}
	json_object_put(all);
	return round ? status : 1;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", required_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	static const char usage[] = "Usage: bench-report [--json FILE] RECORD\n"
				    "Prints tables of what a benchmark recorded.\n";
	const char *json_path = NULL;
	struct record record;
	int option, status;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'j') {
			json_path = optarg;
			continue;
		}
		fputs(usage, option == 'h' ? stdout : stderr);
		return option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc) {
		fputs(usage, stderr);
		return 2;
	}
	if (record_read(&record, argv[optind])) {
		fprintf(stderr, "bench-report: cannot read %s\n", argv[optind]);
		return 1;
	}
	status = report(&record, json_path);
	record_free(&record);
	return status;
}
