// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Add-on boards, made from their files.
 */
#include <errno.h>
#include <limits.h>
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

static int read_strap(struct data_file *file, const struct words *words)
{
	unsigned long number;
	int ret = data_file_number(file, words->word[1], 0xffff, &number);

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
	if (strncmp(words->word[1], "after=", 6))
		return data_file_mistake(file, "powergood never, or powergood after=MS");
	addon->power = ADDON_POWER_LATE;
	if (data_file_number(file, words->word[1] + 6, 60000, &number))
		return -EINVAL;
	addon->power_ms = number;
	return 0;
}

static int fill_image(struct data_file *file, uint8_t *memory, size_t size, const char *name)
{
	char path[4096];
	int directory = strrchr(file->path, '/') - file->path;
	FILE *image;
	bool more;
	size_t used;

	snprintf(path, sizeof(path), "%.*s/%s", directory, file->path, name);
	image = fopen(path, "re");
	if (!image)
		return data_file_mistake(file, "cannot read %s", path);
	used = fread(memory, 1, size, image);
	more = fgetc(image) != EOF;
	fclose(image);
	if (more)
		return data_file_mistake(file, "%s has more than the chip's %zu bytes", path, size);
	return used ? 0 : data_file_mistake(file, "%s is empty", path);
}

/* What a memory chip holds. Return: 1 if the word is about something else. */
static int read_content(struct data_file *file, struct chip *chip, const char *word)
{
	const struct identity *identity = &((struct addon_reader *)file->data)->identity;
	bool damaged = !strcmp(word, "corrupt");
	uint8_t *memory;
	size_t size;

	if (strcmp(word, "id") && !damaged && strcmp(word, "blank") && strncmp(word, "image=", 6))
		return 1;
	if (!chip->type->memory)
		return data_file_mistake(file, "a %s holds no data", chip->type->name);
	memory = chip->type->memory(chip, &size);
	if (!strcmp(word, "blank"))
		return 0;
	if (!strncmp(word, "image=", 6))
		return fill_image(file, memory, size, word + 6);
	if (!identity->format[0])
		return data_file_mistake(file, "the line with the id has to come before");
	if (identity_write(identity, memory, size, damaged))
		return data_file_mistake(file, "the identity cannot be written into a %s",
					 chip->type->name);
	return 0;
}

static int read_option(struct data_file *file, struct addon_chip *place, char *word)
{
	char *value = strchr(word, '=');
	unsigned long number;
	int ret = read_content(file, place->chip, word);

	if (ret != 1)
		return ret;
	if (!value)
		return data_file_mistake(file, "%s means nothing here", word);
	*value++ = '\0';
	if (!strcmp(word, "int")) {
		ret = data_file_number(file, value, 63, &number);
		place->line = number;
		return ret;
	}
	switch (place->chip->type->set(place->chip, word, value)) {
	case 0:
		return 0;
	case -ENOENT:
		return data_file_mistake(file, "a %s has no %s", place->chip->type->name, word);
	default:
		return data_file_mistake(file, "%s is no %s of a %s", value, word,
					 place->chip->type->name);
	}
}

static int read_chip(struct data_file *file, const struct words *words)
{
	struct addon *addon = ((struct addon_reader *)file->data)->addon;
	struct addon_chip *place = &addon->chips[addon->chip_count];
	unsigned long address;
	int i, ret;

	if (addon->chip_count == ADDON_CHIPS_MAX)
		return data_file_mistake(file, "more than %d chips", ADDON_CHIPS_MAX);
	if (strlen(words->word[1]) >= sizeof(place->bus))
		return data_file_mistake(file, "the name of the bus is too long");
	if (data_file_number(file, words->word[2], UINT_MAX, &address))
		return -EINVAL;
	for (i = 0; (unsigned int)i < addon->chip_count; i++)
		if (addon->chips[i].chip->address == address &&
		    !strcmp(addon->chips[i].bus, words->word[1]))
			return data_file_mistake(file, "there is a chip at 0x%02lx already",
						 address);
	ret = chip_create(words->word[3], address, &place->chip);
	if (ret == -ENOENT)
		return data_file_mistake(file, "there is no chip \"%s\"", words->word[3]);
	if (ret)
		return data_file_mistake(file, "%s", strerror(-ret));
	strcpy(place->bus, words->word[1]);
	place->line = -1;
	addon->chip_count++;
	if (address > place->chip->type->bus->address_max)
		return data_file_mistake(file, "the address of a %s is at most 0x%x",
					 words->word[3], place->chip->type->bus->address_max);
	for (i = 4; !ret && i < words->count; i++)
		ret = read_option(file, place, words->word[i]);
	return ret;
}

static const struct data_line addon_lines[] = {
	{ "type", 1, 0, read_type },
	{ "id", 1, 8, read_identity },
	{ "strap", 1, 0, read_strap },
	{ "powergood", 1, 0, read_powergood },
	{ "chip", 3, 8, read_chip },
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
	struct chip *chip = addon_find_chip(((struct addon_reader *)reader)->addon, name);

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
	while (addon->chip_count)
		chip_destroy(addon->chips[--addon->chip_count].chip);
	free(addon->sockets);
	free(addon);
}

void addon_set_power(struct addon *addon, bool on)
{
	unsigned int i;

	for (i = 0; i < addon->chip_count; i++)
		chip_power(addon->chips[i].chip, on);
}

struct chip *addon_find_chip(struct addon *addon, const char *name)
{
	const char *at = strchr(name, '@');
	unsigned long address;
	unsigned int i;

	if (!at || words_number(at + 1, &address))
		return NULL;
	for (i = 0; i < addon->chip_count; i++) {
		struct chip *chip = addon->chips[i].chip;

		if (chip->address == address && !strncmp(chip->type->name, name, at - name) &&
		    !chip->type->name[at - name])
			return chip;
	}
	return NULL;
}
