// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-sweep CONNECTOR ADDON [KEY=VALUE…]: in the guest; plugs an add-on again and again, and each
 * time another allocation fails, first in its insertion, then in its removal.
 *
 * One pass: plug with allocation N of the insertion failing, which ends as failed with a reason, or as
 * ready; pull; plug without failures, which must end as ready with all devices; pull with allocation N
 * of the removal failing, which must end as empty. After each pull the device tree, the quarantine and
 * the devices must be as before, and the kernel log may have what the file of allowed lines says.
 *
 * N goes up until neither got as far as to the allocation that was to fail. At last the add-on is pulled
 * while each allocation fails.
 *
 *   first=N every=N  which allocations: N, N + every, … (default: 1, 1)
 *   last=N           no further than that (default: until there are no more)
 *   allowed=FILE     lines of the kernel log: "FUNCTION /REGEX/", where FUNCTION must be among those in
 *                    which the allocation failed, or that of the latest removal; "*" is any. The dump of a stack
 *                    that comes with such a line is allowed with it. Where all fail, all functions are
 *   onwards=1        all allocations that come after it fail, too
 *   unload=MODULE    a driver that has to be loaded anew at each plug
 *   verbose=1        a line for each pass
 *
 * Exit status: 0 all passed, 1 something did not, 2 cannot go on.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lab/channel.h"
#include "lab/kernel_log.h"

#define FAULTS "/sys/kernel/debug/plugtree-faults/"
#define QUARANTINE "/sys/kernel/debug/plugtree/quarantine"
#define WAIT_MS 60000
#define TEXT_SIZE 8192
#define RULES_MAX 128
#define REASONS_MAX 32

/**
 * struct rule - a line of the kernel log that is allowed
 * @function: only if the allocation failed in it; "*" is any
 * @pattern: regular expression
 */
struct rule {
	char function[64];
	char pattern[256];
};

/**
 * struct tally - what the passes of one kind came to
 * @passes: how many had an allocation that failed
 * @allocations: of a run in which none failed, 0 as long as there was none
 * @failed: how many ended as failed, and not in spite of it as ready or empty
 * @unknown: how many failed where no tracepoint is
 */
struct tally {
	unsigned int passes;
	unsigned int allocations;
	unsigned int failed;
	unsigned int unknown;
};

/**
 * struct report - what the module says about one run
 * @hit: an allocation failed
 * @allocations: how many there were up to it, or altogether
 * @failed: how many failed
 * @functions: those of the first one, the innermost first, " < " between them
 */
struct report {
	int hit;
	unsigned int allocations;
	unsigned int failed;
	char functions[TEXT_SIZE];
};

static const char *connector, *addon, *allowed_path, *unload;
static unsigned int first = 1, every = 1, last = ~0U;
static bool onwards, verbose;

static struct rule rules[RULES_MAX];
static unsigned int rule_count;
static struct {
	char name[64];
	unsigned int count;
} reasons[REASONS_MAX];
static int kernel_log_fd = -1;
static unsigned int complaints;

/* Of the latest removal: what that left behind the next insertion may find. */
static char removal_functions[TEXT_SIZE];
static char devices_wanted[TEXT_SIZE], devices_empty[TEXT_SIZE];
static unsigned long tree_wanted;

static void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("plugtree-sweep: ", stderr);
	vfprintf(stderr, format, arguments);
	fputs("\n", stderr);
	va_end(arguments);
	exit(2);
}

static void read_text(const char *path, char *text, size_t size)
{
	size_t end = 0;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	while (end < size - 1 && (got = read(fd, text + end, size - 1 - end)) > 0)
		end += got;
	if (got < 0)
		die("%s: %s", path, strerror(errno));
	close(fd);
	text[end] = '\0';
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die("%s to %s: %s", text, path, strerror(errno));
	close(fd);
}

static void attribute(const char *name, char *text, size_t size)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/class/plugtree/%s/%s", connector, name);
	read_text(path, text, size);
	text[strcspn(text, "\n")] = '\0';
}

/* Waits until the connector's state is one of two. The attribute can be polled. */
static void wait_for_state(const char *state, const char *or_state, char *found, size_t size)
{
	long long deadline = channel_now() + WAIT_MS;
	struct pollfd news = { .events = POLLPRI | POLLERR };
	char path[256];
	ssize_t got;

	snprintf(path, sizeof(path), "/sys/class/plugtree/%s/state", connector);
	news.fd = open(path, O_RDONLY | O_CLOEXEC);
	if (news.fd < 0)
		die("%s: %s", path, strerror(errno));
	for (;;) {
		got = pread(news.fd, found, size - 1, 0);
		if (got < 0)
			die("%s: %s", path, strerror(errno));
		found[got] = '\0';
		found[strcspn(found, "\n")] = '\0';
		if (!strcmp(found, state) || !strcmp(found, or_state))
			break;
		if (channel_now() > deadline)
			die("%s is %s, not %s", connector, found, state);
		/* Not for ever: the announcement of a change may be what there was no memory for. */
		poll(&news, 1, 100);
	}
	close(news.fd);
}

static void lab(const char *command)
{
	char text[256];

	if (unload && !strcmp(command, "plug")) {
		snprintf(text, sizeof(text), "! grep -q '^%s ' /proc/modules || rmmod %s", unload,
			 unload);
		if (system(text))
			die("%s fails", text);
	}
	snprintf(text, sizeof(text), "lab %s %s %s >/dev/null", command, connector,
		 strcmp(command, "plug") ? "" : addon);
	if (system(text))
		die("%s fails", text);
}

static int add_node(const char *path, const struct stat *info, int type, struct FTW *at)
{
	unsigned long hash = 5381;

	if (type != FTW_D)
		return 0;
	while (*path)
		hash = hash * 33 + (unsigned char)*path++;
	tree_wanted += hash;
	return 0;
}

/* A number for the names of all nodes. */
static unsigned long tree_now(void)
{
	unsigned long kept = tree_wanted, found;

	tree_wanted = 0;
	if (nftw("/sys/firmware/devicetree/base", add_node, 16, FTW_PHYS))
		die("cannot walk the device tree");
	found = tree_wanted;
	tree_wanted = kept;
	return found;
}

static int by_name(const struct dirent **one, const struct dirent **other)
{
	return strcmp((*one)->d_name, (*other)->d_name);
}

static size_t add_devices(const char *folder, char *text, size_t size)
{
	char path[512], driver[512];
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, by_name), i;
	size_t end = 0;
	ssize_t got;

	if (count < 0)
		die("%s: %s", folder, strerror(errno));
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%.128s/driver", folder, entries[i]->d_name);
		got = readlink(path, driver, sizeof(driver) - 1);
		driver[got < 0 ? 0 : got] = '\0';
		if (entries[i]->d_name[0] != '.' && end < size)
			end += snprintf(text + end, size - end, "%s=%s ", entries[i]->d_name,
					got < 0 ? "none" : strrchr(driver, '/') + 1);
		free(entries[i]);
	}
	free(entries);
	return end < size ? end : size - 1;
}

/* With their drivers: the devices of the connector, and all on I2C, for those behind a switch. */
static void devices_now(char *text, size_t size)
{
	char folder[256];
	size_t end;

	snprintf(folder, sizeof(folder), "/sys/class/plugtree/%s/devices", connector);
	text[0] = '\0';
	end = add_devices(folder, text, size);
	add_devices("/sys/bus/i2c/devices", text + end, size - end);
}

static void read_rules(void)
{
	FILE *file = fopen(allowed_path, "re");
	char line[512], *begin, *end;

	if (!file)
		die("%s: %s", allowed_path, strerror(errno));
	while (fgets(line, sizeof(line), file)) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		begin = strchr(line, '/');
		end = strrchr(line, '/');
		if (!begin || end == begin || rule_count == RULES_MAX)
			die("%s: %s", allowed_path, line);
		*end = '\0';
		snprintf(rules[rule_count].pattern, sizeof(rules[0].pattern), "%s", begin + 1);
		snprintf(rules[rule_count].function, sizeof(rules[0].function), "%.*s",
			 (int)strcspn(line, " \t"), line);
		rule_count++;
	}
	fclose(file);
}

static bool has_function(const char *functions, const char *function)
{
	size_t length = strlen(function);
	const char *at;

	if (!strcmp(function, "*") || !strcmp(functions, "*"))
		return true;
	for (at = functions; (at = strstr(at, function)); at += length)
		if ((at == functions || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
	return false;
}

/* What the kernel prints after a line that comes with a stack, or with a state of its memory. */
static bool is_dump(const char *text)
{
	static const char pattern[] =
		"^$|^CPU: [0-9]|^Tainted: |^Workqueue: |^Stack:$|^ [0-9a-f]{8} |^Call Trace:$|^ \\[<"
		"|^Modules linked in:|^irq event stamp: |^(hard|soft)irqs last |^---\\[ end trace "
		"|^Mem-Info:$|^active_anon:|^(Node|Normal|lowmem_reserve)|^[0-9]+ (total )?page"
		"|^(Free|Total|[0-9]+) (swap|pages)";
	static regex_t compiled;
	static bool ready;

	if (!ready && regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB))
		die("bad pattern of dumps");
	ready = true;
	return !regexec(&compiled, text, 0, NULL, 0);
}

static bool is_allowed(const struct kernel_log *log, const char *text)
{
	unsigned int i;

	for (i = 0; i < log->announced; i++)
		if (!regexec(&log->announcements[i].pattern, text, 0, NULL, 0))
			return true;
	return false;
}

/* Leaves out what is allowed. A warning's first line does not say which it is, the next one does. */
static void leave_out_allowed(const struct kernel_log *log, char *records, FILE *rest)
{
	char *line, *text, *begin = NULL;
	bool in_dump = false;

	while ((line = strsep(&records, "\n"))) {
		text = strchr(line, ';');
		if (*line == ' ' || !text)
			continue;
		text++;
		if (in_dump && is_dump(text))
			continue;
		in_dump = is_allowed(log, text);
		if (begin && !in_dump)
			fprintf(rest, "%s\n", begin);
		begin = strstr(text, "[ cut here ]") ? line : NULL;
		if (!begin && !in_dump)
			fprintf(rest, "%s\n", line);
	}
	if (begin)
		fprintf(rest, "%s\n", begin);
}

static char *log_read(void)
{
	char record[8192], *records = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&records, &size);
	ssize_t got;

	if (!stream)
		die("no memory");
	for (;;) {
		got = read(kernel_log_fd, record, sizeof(record));
		if (got > 0)
			fwrite(record, 1, got, stream);
		else if (got < 0 && errno == EPIPE)
			fputs("3,0,0,-;plugtree-sweep: records of the kernel log were lost\n", stream);
		else if (!got || errno != EINTR)
			break;
	}
	fclose(stream);
	return records;
}

/* Judges the log since the last time. Return: the bad lines, to be freed. */
static char *log_bad(const char *functions)
{
	struct kernel_log *log = calloc(1, sizeof(*log));
	char *records = log_read(), *rest = NULL, *bad = NULL;
	size_t size = 0;
	FILE *stream;
	unsigned int i;

	for (i = 0; log && i < rule_count; i++)
		if ((has_function(functions, rules[i].function) ||
		     has_function(removal_functions, rules[i].function)) &&
		    kernel_log_announce(log, rules[i].pattern, KERNEL_LOG_MAYBE))
			die("%s: %s", allowed_path, rules[i].pattern);
	stream = open_memstream(&rest, &size);
	if (!log || !stream)
		die("no memory");
	leave_out_allowed(log, records, stream);
	fclose(stream);
	stream = open_memstream(&bad, &size);
	if (!stream)
		die("no memory");
	kernel_log_judge(log, rest, NULL, stream);
	fclose(stream);
	for (i = 0; i < log->announced; i++) {
		regfree(&log->announcements[i].pattern);
		free(log->announcements[i].text);
	}
	free(log);
	free(rest);
	free(records);
	return bad;
}

static void arm(const char *what, unsigned int nth)
{
	char text[128];

	if (nth)
		snprintf(text, sizeof(text), "%s %s %u%s", connector, what, nth,
			 onwards ? "+" : "");
	else
		snprintf(text, sizeof(text), "%s %s all", connector, what);
	write_text(FAULTS "arm", text);
}

static void read_report(struct report *report)
{
	char text[TEXT_SIZE], *line, *rest = text;
	size_t end = 0;

	read_text(FAULTS "report", text, sizeof(text));
	*report = (struct report){};
	while ((line = strsep(&rest, "\n"))) {
		if (sscanf(line, "hit %d", &report->hit) == 1 ||
		    sscanf(line, "allocations %u", &report->allocations) == 1 ||
		    sscanf(line, "failed %u", &report->failed) == 1 || !*line)
			continue;
		line[strcspn(line, " ")] = '\0';
		/* Below that all have the same. */
		if (!strcmp(line, "process_one_work"))
			break;
		end += snprintf(report->functions + end, sizeof(report->functions) - end, "%s%s",
				end ? " < " : "", line);
	}
	if (!end)
		strcpy(report->functions, "?");
}

static void complain(const char *what, unsigned int nth, const struct report *report,
		     const char *format, ...)
{
	va_list arguments;

	printf("FAILED %s %u in %s: ", what, nth, report ? report->functions : "-");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	complaints++;
}

static void check_log(const char *what, unsigned int nth, const struct report *report)
{
	char *bad = log_bad(onwards ? "*" : report->functions);

	if (*bad)
		complain(what, nth, report, "the kernel log:\n%s", bad);
	free(bad);
}

static void wait_for_quarantine(void)
{
	long long deadline = channel_now() + WAIT_MS;
	struct timespec pause = { .tv_nsec = 2000000 };
	char text[TEXT_SIZE];

	/* Nothing announces that it is empty. */
	for (;;) {
		read_text(QUARANTINE, text, sizeof(text));
		if (!*text)
			return;
		if (channel_now() > deadline)
			die("the quarantine is not empty: %s", text);
		nanosleep(&pause, NULL);
	}
}

/* The connector is empty: nothing may be left. */
static void check_empty(const char *what, unsigned int nth, const struct report *report)
{
	char devices[TEXT_SIZE];

	wait_for_quarantine();
	devices_now(devices, sizeof(devices));
	if (strcmp(devices, devices_empty))
		complain(what, nth, report, "devices are left: %s", devices);
	if (tree_now() != tree_wanted)
		complain(what, nth, report, "the device tree is not as before");
}

/* Not what is wrong with an add-on or its files, which it then would be blamed for. */
static bool is_reason(const char *reason)
{
	static const char *const names[] = {
		"no-memory", "device-failed", "probe-failed", "id-absent", "power-failed",
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(reason, names[i]))
			return true;
	return false;
}

static void count_reason(const char *reason)
{
	unsigned int i;

	for (i = 0; i < REASONS_MAX && *reasons[i].name; i++)
		if (!strcmp(reasons[i].name, reason))
			break;
	if (i == REASONS_MAX)
		die("too many reasons");
	snprintf(reasons[i].name, sizeof(reasons[i].name), "%s", reason);
	reasons[i].count++;
}

static void count_pass(struct tally *tally, const struct report *report, bool failed)
{
	if (!report->hit) {
		tally->allocations = report->allocations;
		return;
	}
	tally->passes++;
	tally->failed += failed;
	tally->unknown += !strcmp(report->functions, "?");
}

static void show_pass(const char *what, unsigned int nth, const struct report *report,
		      const char *end)
{
	if (verbose && report->hit)
		printf("%s %u: %s: %s\n", what, nth, end, report->functions);
}

static void pull(void)
{
	char state[64];

	lab("unplug");
	wait_for_state("empty", "empty", state, sizeof(state));
}

/* Return: whether an allocation failed. */
static bool sweep_insertion(unsigned int nth, struct tally *tally)
{
	char state[64], reason[64], error[512], devices[TEXT_SIZE], end[640];
	struct report report;
	bool failed;

	arm("insertion", nth);
	lab("plug");
	wait_for_state("ready", "failed", state, sizeof(state));
	read_report(&report);
	attribute("reason", reason, sizeof(reason));
	attribute("error", error, sizeof(error));
	failed = !strcmp(state, "failed");
	snprintf(end, sizeof(end), "%s %s", state, failed ? error : reason);
	show_pass("insertion", nth, &report, end);
	count_pass(tally, &report, failed);
	if (failed && !is_reason(reason))
		complain("insertion", nth, &report, "failed for the reason %s", reason);
	if (failed && !report.hit)
		complain("insertion", nth, &report, "failed although no allocation did: %s", error);
	if (failed)
		count_reason(reason);
	devices_now(devices, sizeof(devices));
	if (!failed && strcmp(devices, devices_wanted) &&
	    !has_function(report.functions, "sysfs_create_link"))
		complain("insertion", nth, &report, "ready (%s) with %s", reason, devices);
	if (failed && strcmp(devices, devices_empty))
		complain("insertion", nth, &report, "failed with %s", devices);
	pull();
	check_empty("insertion", nth, &report);
	check_log("insertion", nth, &report);
	return report.hit;
}

static void plug_well(unsigned int nth)
{
	char state[64], error[512], devices[TEXT_SIZE];

	lab("plug");
	wait_for_state("ready", "failed", state, sizeof(state));
	attribute("error", error, sizeof(error));
	devices_now(devices, sizeof(devices));
	if (strcmp(state, "ready") || strcmp(devices, devices_wanted))
		complain("the plug after", nth, NULL, "%s %s with %s", state, error, devices);
}

/* @nth: 0 for all. Return: whether an allocation failed. */
static bool sweep_removal(unsigned int nth, struct tally *tally)
{
	struct report report;

	plug_well(nth);
	arm("removal", nth);
	pull();
	read_report(&report);
	if (!nth)
		strcpy(report.functions, "*");
	show_pass("removal", nth, &report, "empty");
	count_pass(tally, &report, false);
	check_empty("removal", nth, &report);
	check_log("removal", nth, &report);
	strcpy(removal_functions, report.functions);
	return report.hit;
}

static void learn(void)
{
	char state[64];
	char *bad;

	wait_for_state("empty", "empty", state, sizeof(state));
	wait_for_quarantine();
	tree_wanted = tree_now();
	devices_now(devices_empty, sizeof(devices_empty));
	lab("plug");
	wait_for_state("ready", "failed", state, sizeof(state));
	if (strcmp(state, "ready"))
		die("%s %s: %s", connector, addon, state);
	devices_now(devices_wanted, sizeof(devices_wanted));
	pull();
	wait_for_quarantine();
	if (tree_now() != tree_wanted)
		die("the device tree is not as before");
	bad = log_bad("-");
	if (*bad)
		die("the kernel log: %s", bad);
	free(bad);
}

static void read_arguments(int argc, char **argv)
{
	int i;

	if (argc < 3)
		die("plugtree-sweep CONNECTOR ADDON [KEY=VALUE…]");
	connector = argv[1];
	addon = argv[2];
	for (i = 3; i < argc; i++) {
		if (!strncmp(argv[i], "allowed=", 8))
			allowed_path = argv[i] + 8;
		else if (!strncmp(argv[i], "unload=", 7))
			unload = argv[i] + 7;
		else if (!strcmp(argv[i], "onwards=1"))
			onwards = true;
		else if (!strcmp(argv[i], "verbose=1"))
			verbose = true;
		else if (sscanf(argv[i], "first=%u", &first) != 1 &&
			 sscanf(argv[i], "every=%u", &every) != 1 &&
			 sscanf(argv[i], "last=%u", &last) != 1)
			die("what is %s?", argv[i]);
	}
	if (!first || !every)
		die("allocations are counted from 1");
}

int main(int argc, char **argv)
{
	struct tally insertions = {}, removals = {}, all = {};
	bool inserting = true, removing = true;
	long long begin = channel_now();
	unsigned int nth, i;

	read_arguments(argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	kernel_log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kernel_log_fd < 0 || lseek(kernel_log_fd, 0, SEEK_END) < 0)
		die("/dev/kmsg: %s", strerror(errno));
	if (allowed_path)
		read_rules();
	learn();
	for (nth = first; nth <= last && (inserting || removing); nth += every) {
		if (inserting)
			inserting = sweep_insertion(nth, &insertions);
		if (removing)
			removing = sweep_removal(nth, &removals);
	}
	sweep_removal(0, &all);
	if (!all.passes)
		complain("removal", 0, NULL, "no allocation failed although all should");
	printf("%s %s: from %u every %u%s, %lld s\n", connector, addon, first, every,
	       onwards ? " and all after it" : "", (channel_now() - begin) / 1000);
	printf("insertion: %u allocations, %u failed one by one: %u times failed, %u times ready; "
	       "%u unknown\n",
	       insertions.allocations, insertions.passes, insertions.failed,
	       insertions.passes - insertions.failed, insertions.unknown);
	for (i = 0; i < REASONS_MAX && *reasons[i].name; i++)
		printf("  %s %u\n", reasons[i].name, reasons[i].count);
	printf("removal: %u allocations, %u failed one by one, and all at once: always empty; "
	       "%u unknown\n",
	       removals.allocations, removals.passes, removals.unknown);
	printf("%u complaints\n", complaints);
	return complaints ? 1 : 0;
}
