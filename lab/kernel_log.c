// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/kernel_log.h"

#define LEVEL_WARNING 4

/* What detectors print at levels of their own. */
static const char *const detectors[] = {
	"BUG:",
	"WARNING:",
	"KASAN:",
	"UBSAN:",
	"ODEBUG:",
	"OF: ERROR",
	"refcount_t:",
	"INFO: task",
	"INFO: possible",
	"possible circular locking",
	"possible recursive locking",
	"bad unlock balance",
	"suspicious RCU usage",
	"unreferenced object",
	"Call Trace:",
	"------------[ cut here ]",
	"kernel panic",
	"Kernel panic",
	"workqueue lockup",
	"leaked",
};

int kernel_log_announce(struct kernel_log *log, const char *pattern, unsigned long wanted)
{
	struct announcement *announcement = &log->announcements[log->announced];

	if (log->announced == ANNOUNCEMENTS_MAX)
		return -ENOSPC;
	if (regcomp(&announcement->pattern, pattern, REG_EXTENDED | REG_NOSUB))
		return -EINVAL;
	announcement->text = strdup(pattern);
	announcement->wanted = wanted;
	announcement->seen = 0;
	log->announced++;
	return 0;
}

int kernel_log_read_known(struct kernel_log *log, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int ret = 0;

	if (!file)
		return -errno;
	while (!ret && getline(&line, &size, file) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && *line != '#')
			ret = kernel_log_announce(log, line, KERNEL_LOG_MAYBE);
	}
	free(line);
	fclose(file);
	return ret;
}

static bool is_announced(struct kernel_log *log, const char *text)
{
	unsigned int i;

	for (i = 0; i < log->announced; i++) {
		if (!regexec(&log->announcements[i].pattern, text, 0, NULL, 0)) {
			log->announcements[i].seen++;
			return true;
		}
	}
	return false;
}

static bool is_bad(unsigned long level, const char *text)
{
	unsigned int i;

	if (level <= LEVEL_WARNING)
		return true;
	for (i = 0; i < sizeof(detectors) / sizeof(detectors[0]); i++)
		if (strstr(text, detectors[i]))
			return true;
	return false;
}

/*
 * A record is "PRIORITY,NUMBER,MICROSECONDS,FLAGS[,…];TEXT", as
 * Documentation/ABI/testing/dev-kmsg has it; lines that begin with a blank continue it.
 */
static char *next_record(char **records, unsigned long *priority, FILE *copy)
{
	unsigned long microseconds;
	char *line, *text;

	while ((line = strsep(records, "\n"))) {
		text = strchr(line, ';');
		if (*line == ' ' || !text)
			continue;
		text++;
		if (sscanf(line, "%lu,%*u,%lu,", priority, &microseconds) != 2)
			continue;
		if (copy)
			fprintf(copy, "<%lu>[%5lu.%06lu] %s\n", *priority & 7,
				microseconds / 1000000, microseconds % 1000000, text);
		return text;
	}
	return NULL;
}

void kernel_log_copy(char *records, FILE *copy)
{
	unsigned long priority;

	while (next_record(&records, &priority, copy))
		;
}

unsigned long kernel_log_judge(struct kernel_log *log, char *records, FILE *copy, FILE *bad)
{
	unsigned long priority, found = 0;
	char *text;

	while ((text = next_record(&records, &priority, copy))) {
		/* Facility 0 is the kernel; user space may write what it likes. */
		if (is_announced(log, text) || priority >> 3 || !is_bad(priority & 7, text))
			continue;
		fprintf(bad, "%s\n", text);
		found++;
	}
	log->unexpected += found;
	return found;
}

unsigned long kernel_log_missing(const struct kernel_log *log, FILE *missing)
{
	const struct announcement *announcement;
	unsigned long count = 0;
	unsigned int i;

	for (i = 0; i < log->announced; i++) {
		announcement = &log->announcements[i];
		if (announcement->wanted == KERNEL_LOG_MAYBE)
			continue;
		if (announcement->wanted ? announcement->seen == announcement->wanted :
					   announcement->seen)
			continue;
		fprintf(missing, "announced, but seen %lu times: /%s/\n", announcement->seen,
			announcement->text);
		count++;
	}
	return count;
}

void kernel_log_free(struct kernel_log *log)
{
	while (log->announced) {
		log->announced--;
		regfree(&log->announcements[log->announced].pattern);
		free(log->announcements[log->announced].text);
	}
}
