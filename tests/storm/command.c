// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The role "command=MODEL,MODEL…": loads models, ejects, and looks anew, at connectors at random.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "storm.h"

enum { ACCEPTED, REFUSED, NONE };

#define NAMES_MAX 16

/* Return: false if there is no connector. */
static bool choose_connector(struct actor *actor, char name[static 64])
{
	DIR *directory = opendir(CONNECTORS);
	unsigned int count = 0;
	struct dirent *entry;

	/* Each is taken with the same probability, however many there are. */
	while (directory && (entry = readdir(directory)))
		if (entry->d_name[0] != '.' && !storm_below(actor, ++count))
			snprintf(name, 64, "%.63s", entry->d_name);
	if (directory)
		closedir(directory);
	return count;
}

static void choose_model(struct actor *actor, char model[static 64])
{
	char list[256], *rest = list, *names[NAMES_MAX];
	unsigned int count = 0;

	snprintf(list, sizeof(list), "%s", actor->argument);
	while (count < NAMES_MAX && (names[count] = strsep(&rest, ",")))
		count++;
	snprintf(model, 64, "%s", names[storm_below(actor, count)]);
}

static void command(struct actor *actor)
{
	static const char *const attributes[] = { "load", "eject", "rescan" };
	unsigned int which = storm_below(actor, 3);
	char name[64], path[160], text[64] = "1";

	if (!choose_connector(actor, name)) {
		actor->counts[NONE]++;
		return;
	}
	if (!which)
		choose_model(actor, text);
	snprintf(path, sizeof(path), CONNECTORS "/%s/%s", name, attributes[which]);
	actor->counts[storm_write(path, text) ? REFUSED : ACCEPTED]++;
}

const struct role command_role = {
	.name = "command",
	.counts = { "accepted", "refused", "without a connector" },
	.act = command,
	.pause_ms = 200,
};
