// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Chips on boards, made from their lines in the files of base boards and add-ons.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chip_place.h"
#include "lab/sim/identity.h"

#define CONNECTOR_LINE_MAX 63

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
static int read_content(struct data_file *file, struct chip *chip, const struct identity *identity,
			const char *word)
{
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
	if (!identity || !identity->format[0])
		return data_file_mistake(file, "the line with the id has to come before");
	if (identity_write(identity, memory, size, damaged))
		return data_file_mistake(file, "the identity cannot be written into a %s",
					 chip->type->name);
	return 0;
}

static int read_name(struct data_file *file, const struct chip_places *places,
		     struct chip_place *place, const char *name)
{
	if (!name[0] || strlen(name) >= sizeof(place->name) || strpbrk(name, "@./"))
		return data_file_mistake(file, "%.64s is not usable as a name", name);
	if (chip_places_find(places, name))
		return data_file_mistake(file, "there is a %s already", name);
	strcpy(place->name, name);
	return 0;
}

static int read_line(struct data_file *file, const char *value, int *line)
{
	unsigned long number;
	int ret = data_file_number(file, value, CONNECTOR_LINE_MAX, &number);

	*line = ret ? -1 : (int)number;
	return ret;
}

/* Where a pin of an add-on's chip goes. Return: 1 if the key is about something else. */
static int read_pin(struct data_file *file, struct chip_place *place, const char *key,
		    const char *value)
{
	if (!strcmp(key, "int"))
		return read_line(file, value, &place->line);
	if (strcmp(key, "reset"))
		return 1;
	if (!place->chip->type->reset)
		return data_file_mistake(file, "a %s has no reset input", place->chip->type->name);
	return read_line(file, value, &place->reset);
}

static int read_option(struct data_file *file, const struct chip_places *places,
		       struct chip_place *place, const struct identity *identity, char *word)
{
	char *value = strchr(word, '=');
	int ret = read_content(file, place->chip, identity, word);

	if (ret != 1)
		return ret;
	if (!value)
		return data_file_mistake(file, "%s means nothing here", word);
	*value++ = '\0';
	if (!strcmp(word, "name"))
		return read_name(file, places, place, value);
	ret = identity ? read_pin(file, place, word, value) : 1;
	if (ret != 1)
		return ret;
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

static bool is_taken(const struct chip_places *places, const char *bus, unsigned long address)
{
	unsigned int i;

	for (i = 0; i < places->count; i++)
		if (places->at[i].chip->address == address && !strcmp(places->at[i].bus, bus))
			return true;
	return false;
}

int chip_place_read(struct data_file *file, const struct words *words, struct chip_places *places,
		    const struct identity *identity)
{
	struct chip_place *place = &places->at[places->count];
	const char *model = words->word[3];
	unsigned long address;
	int i, ret;

	if (places->count == CHIP_PLACES_MAX)
		return data_file_mistake(file, "more than %d chips", CHIP_PLACES_MAX);
	if (strlen(words->word[1]) >= sizeof(place->bus))
		return data_file_mistake(file, "the name of the bus is too long");
	if (data_file_number(file, words->word[2], UINT_MAX, &address))
		return -EINVAL;
	if (is_taken(places, words->word[1], address))
		return data_file_mistake(file, "there is a chip at 0x%02lx already", address);
	ret = chip_create(model, address, &place->chip);
	if (ret == -ENOENT)
		return data_file_mistake(file, "there is no chip \"%s\"", model);
	if (ret)
		return data_file_mistake(file, "%s", strerror(-ret));
	strcpy(place->bus, words->word[1]);
	place->line = -1;
	place->reset = -1;
	places->count++;
	if (address > place->chip->type->bus->address_max)
		return data_file_mistake(file, "the address of a %s is at most 0x%x", model,
					 place->chip->type->bus->address_max);
	for (i = 4; !ret && i < words->count; i++)
		ret = read_option(file, places, place, identity, words->word[i]);
	return ret;
}

void chip_places_power(struct chip_places *places, bool on)
{
	unsigned int i;

	for (i = 0; i < places->count; i++)
		chip_power(places->at[i].chip, on);
}

void chip_places_destroy(struct chip_places *places)
{
	while (places->count)
		chip_destroy(places->at[--places->count].chip);
}

static bool is_model_at(const struct chip *chip, const char *name)
{
	const char *at = strchr(name, '@');
	unsigned long address;

	if (!at || words_number(at + 1, &address) || chip->address != address)
		return false;
	return !strncmp(chip->type->name, name, at - name) && !chip->type->name[at - name];
}

struct chip *chip_places_find(const struct chip_places *places, const char *name)
{
	unsigned int i;

	for (i = 0; name[0] && i < places->count; i++)
		if (!strcmp(places->at[i].name, name) || is_model_at(places->at[i].chip, name))
			return places->at[i].chip;
	return NULL;
}

struct bus *chip_places_bus(const struct chip_places *places, const char *name)
{
	const char *dot = strchr(name, '.');
	char chip_name[CHIP_NAME_SIZE];
	unsigned long channel;
	struct chip *chip;

	if (!dot || dot - name >= CHIP_NAME_SIZE || words_number(dot + 1, &channel) ||
	    channel > UINT_MAX)
		return NULL;
	snprintf(chip_name, sizeof(chip_name), "%.*s", (int)(dot - name), name);
	chip = chip_places_find(places, chip_name);
	return chip && chip->type->channel ? chip->type->channel(chip, channel) : NULL;
}
