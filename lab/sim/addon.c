// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Add-on boards, made from their files.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/sim/addon.h"
#include "lab/sim/identity.h"
#include "lab/sim/socket_file.h"

/**
 * struct addon_reader - an add-on file being read
 * @sockets: the reader of its sockets; first, see there
 * @addon: what it becomes
 * @identity: what goes into its ID EEPROM
 */
struct addon_reader {
	struct socket_reader sockets;
	struct addon *addon;
	struct identity identity;
};

static int read_type(struct data_file *file, const struct words *words)
{
	struct addon *addon = ((struct addon_reader *)file->data)->addon;

	if (strlen(words->word[1]) >= sizeof(addon->type))
		return data_file_mistake(file, "the type is too long");
	strcpy(addon->type, words->word[1]);
	return 0;
}

static int read_identity(struct data_file *file, const struct words *words)
{
	return identity_read_line(file, words, &((struct addon_reader *)file->data)->identity);
}

/* "strap VALUE" is about the add-on, "strap N DEVICE LINE" about a socket on it. */
static int read_strap(struct data_file *file, const struct words *words)
{
	unsigned long number;
	int ret;

	if (words->count > 2)
		return words->count > 3 ? socket_file_numbered_pin(file, words) :
					  data_file_mistake(file, "strap N DEVICE LINE");
	ret = data_file_number(file, words->word[1], 0xffff, &number);
	((struct addon_reader *)file->data)->addon->strap = number;
	return ret;
}

static int read_powergood(struct data_file *file, const struct words *words)
{
	struct addon *addon = ((struct addon_reader *)file->data)->addon;
	unsigned long number;

	if (!strcmp(words->word[1], "never")) {
		addon->power = ADDON_POWER_NEVER;
		return 0;
	}
	if (!strncmp(words->word[1], "bounces=", 8)) {
		addon->power = ADDON_POWER_BOUNCES;
		if (data_file_number(file, words->word[1] + 8, 1000, &number))
			return -EINVAL;
		addon->power_bounces = number;
		return 0;
	}
	if (strncmp(words->word[1], "after=", 6))
		return data_file_mistake(
			file, "powergood never, powergood after=MS, or powergood bounces=N");
	addon->power = ADDON_POWER_LATE;
	if (data_file_number(file, words->word[1] + 6, 60000, &number))
		return -EINVAL;
	addon->power_ms = number;
	return 0;
}

static int read_chip(struct data_file *file, const struct words *words)
{
	struct addon_reader *reader = file->data;

	return chip_place_read(file, words, &reader->addon->chips, &reader->identity);
}

static const struct data_line addon_lines[] = {
	{ "type", 1, 0, read_type },
	{ "id", 1, 8, read_identity },
	{ "strap", 1, 3, read_strap },
	{ "powergood", 1, 0, read_powergood },
	{ "chip", 3, CHIP_OPTIONS_MAX, read_chip },
	SOCKET_FILE_LINES,
	{ 0 },
};

/* Finds the file. Return: whether there is one; *name is moved behind the type. */
static bool find_file(char *path, size_t size, const char *const *directories, const char *type,
		      const char *name)
{
	for (; *directories; directories++) {
		if (strchr(name, '/'))
			snprintf(path, size, "%s/%s.addon", *directories, name);
		else
			snprintf(path, size, "%s/%s/%s.addon", *directories, type, name);
		if (!access(path, R_OK))
			return true;
	}
	return false;
}

static struct gpio_bank *find_bank(struct socket_reader *reader, const char *name)
{
	const struct addon *addon = ((struct addon_reader *)reader)->addon;
	struct chip *chip = chip_places_find(&addon->chips, name);

	return chip && chip->type->bank ? chip->type->bank(chip) : NULL;
}

static struct addon *addon_alloc(void)
{
	struct addon *addon = calloc(1, sizeof(*addon));

	if (!addon)
		return NULL;
	addon->sockets = calloc(ADDON_SOCKETS_MAX, sizeof(*addon->sockets));
	if (addon->sockets)
		return addon;
	free(addon);
	return NULL;
}

int addon_create(struct addon **result, const char *const *directories, const char *type,
		 const char *name, char *problem)
{
	struct addon_reader reader = { 0 };
	char path[4096];
	int ret;

	if (strstr(name, "..") || strlen(name) >= ADDON_NAME_SIZE ||
	    !find_file(path, sizeof(path), directories, type, name)) {
		snprintf(problem, PROBLEM_SIZE, "there is no add-on \"%.64s\" for %s", name, type);
		return -ENOENT;
	}
	reader.addon = addon_alloc();
	if (!reader.addon) {
		snprintf(problem, PROBLEM_SIZE, "%s", strerror(ENOMEM));
		return -ENOMEM;
	}
	if (strchr(name, '/'))
		snprintf(reader.addon->name, sizeof(reader.addon->name), "%s", name);
	else
		snprintf(reader.addon->name, sizeof(reader.addon->name), "%s/%s", type, name);
	reader.sockets = (struct socket_reader){ .sockets = reader.addon->sockets,
						 .max = ADDON_SOCKETS_MAX,
						 .find_bank = find_bank };
	ret = data_file_read(path, addon_lines, &reader, problem);
	reader.addon->socket_count = reader.sockets.count;
	if (!ret && !reader.addon->type[0]) {
		snprintf(problem, PROBLEM_SIZE, "%.400s: the line with the type is missing", path);
		ret = -EINVAL;
	}
	if (ret)
		addon_destroy(reader.addon);
	else
		*result = reader.addon;
	return ret;
}

void addon_destroy(struct addon *addon)
{
	if (!addon)
		return;
	chip_places_destroy(&addon->chips);
	free(addon->sockets);
	free(addon);
}
