// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Identities of emulated add-ons, written by the encoder of common/id.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "common/id/encode.h"
#include "lab/sim/identity.h"

/* The value of KEY=VALUE if the key is this one, else NULL. */
static const char *value_of(const char *word, const char *key)
{
	size_t length = strlen(key);

	return strncmp(word, key, length) || word[length] != '=' ? NULL : word + length + 1;
}

static int read_unsigned(struct data_file *file, const char *value, unsigned int *result)
{
	unsigned long number;
	int ret = data_file_number(file, value, 0xffff, &number);

	*result = number;
	return ret;
}

static int read_pair(struct data_file *file, const char *word, struct identity *identity)
{
	static const struct {
		const char *key;
		size_t offset;
	} texts[] = {
		{ "vendor", offsetof(struct id_identity, vendor) },
		{ "model", offsetof(struct id_identity, model) },
		{ "revision", offsetof(struct id_identity, revision) },
		{ "serial", offsetof(struct id_identity, serial) },
	};
	const char *value;
	unsigned int i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		value = value_of(word, texts[i].key);
		if (!value)
			continue;
		if (strlen(value) >= ID_TEXT_SIZE)
			return data_file_mistake(file, "the %s is too long", texts[i].key);
		strcpy((char *)&identity->text + texts[i].offset, value);
		return 0;
	}
	value = value_of(word, "offset");
	if (value)
		return read_unsigned(file, value, &identity->offset);
	value = value_of(word, "size");
	if (value)
		return read_unsigned(file, value, &identity->size);
	return data_file_mistake(file, "%s is not a part of an identity", word);
}

int identity_read_line(struct data_file *file, const struct words *words, struct identity *identity)
{
	int i, ret = 0;

	if (!id_encoder_find(words->word[1]) || strlen(words->word[1]) >= sizeof(identity->format))
		return data_file_mistake(file, "there is no identity format \"%s\"",
					 words->word[1]);
	strcpy(identity->format, words->word[1]);
	for (i = 2; !ret && i < words->count; i++)
		ret = read_pair(file, words->word[i], identity);
	return ret;
}

int identity_write(const struct identity *identity, uint8_t *memory, size_t size, bool damaged)
{
	uint8_t *model;
	int ret;

	ret = id_encode(identity->format, &identity->text, identity->offset, identity->size, memory,
			size);
	if (ret < 0)
		return ret;
	if (!damaged)
		return 0;
	model = memmem(memory, size, identity->text.model, strlen(identity->text.model));
	if (!model)
		return -EINVAL;
	*model ^= 0x80;
	return 0;
}
