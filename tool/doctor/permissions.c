// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an add-on becomes is decided by files. Who may write them?
 */
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>

#include "examine.h"

/* Where files decide; what is not there is no fault here. */
static const char *const places[] = {
	"lib/firmware/plugtree",
	"etc/plugtree",
	"usr/lib/plugtree",
};

static bool is_writable(const struct machine *machine, const FTSENT *entry)
{
	if (entry->fts_info != FTS_F && entry->fts_info != FTS_D)
		return false;
	return entry->fts_statp->st_uid != machine->owner ||
	       entry->fts_statp->st_mode & (S_IWGRP | S_IWOTH);
}

static size_t examine_place(struct machine *machine, const char *place)
{
	char *path = machine_path(machine, "%s", place);
	char *roots[] = { path, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	size_t count = 0;
	FTSENT *entry;

	while (walk && (entry = fts_read(walk))) {
		count += entry->fts_info == FTS_F;
		if (is_writable(machine, entry))
			findings_add(&machine->findings, FINDING_WRITABLE, "%s", entry->fts_path);
	}
	if (walk)
		fts_close(walk);
	free(path);
	return count;
}

/**
 * examine_permissions() - permissions
 * @machine: the machine
 * @summary: filled
 */
void examine_permissions(struct machine *machine, char summary[SUMMARY_SIZE])
{
	size_t count = 0, i;

	for (i = 0; i < ARRAY_SIZE(places); i++)
		count += examine_place(machine, places[i]);
	snprintf(summary, SUMMARY_SIZE, "%zu files that decide about add-ons", count);
}
