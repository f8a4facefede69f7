// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A chip that is nothing but registers, described by data: what most chips are until their driver is
 * bound, and enough for it to bind.
 *
 * On I2C the first bytes of a write select a register, what follows is written; a read goes on where
 * the selection is. On SPI each message selects anew, and a bit of its first byte says whether it
 * reads. Registers lie behind one another in the order in which their bytes are sent.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

#define VALUE_BYTES_MAX 4
#define SELECT_BYTES_MAX 2
#define SEND_NOTHING 0xff

/**
 * struct registers - the chip
 * @chip: the chip
 * @select_bytes: bytes that select a register; without any there is only register 0
 * @select_mask: bits of them that count
 * @select_shift: how far these are to the left
 * @value_bytes: bytes of a register
 * @little: the lowest byte of a register is sent first
 * @increment: behind a register comes the next one, not the same one again
 * @read_bit: on SPI, bit of the first byte that is set in messages that read
 * @write_bit: on SPI, bit of the first byte that is set in messages that write
 * @size: bytes of each of the following
 * @bytes: the registers
 * @defaults: what they hold when power comes
 * @fixed: bits that writing does not change
 * @pointer: byte that is read or written next
 * @message: bytes of an SPI message so far
 * @reads: the SPI message reads
 */
struct registers {
	struct chip chip;
	unsigned int select_bytes;
	unsigned int select_mask;
	unsigned int select_shift;
	unsigned int value_bytes;
	bool little;
	bool increment;
	unsigned int read_bit;
	unsigned int write_bit;
	size_t size;
	uint8_t *bytes;
	uint8_t *defaults;
	uint8_t *fixed;
	size_t pointer;
	unsigned int message;
	bool reads;
};

static struct registers *registers_of(struct chip *chip)
{
	return (struct registers *)chip;
}

/* Whole registers only, as many as can be selected and the largest value allows. */
static int registers_create(struct chip *chip)
{
	struct registers *registers = registers_of(chip);

	registers->select_bytes = 1;
	registers->select_mask = 0xff;
	registers->value_bytes = 1;
	registers->increment = true;
	registers->size = (size_t)VALUE_BYTES_MAX << (8 * SELECT_BYTES_MAX);
	registers->bytes = calloc(3, registers->size);
	if (!registers->bytes)
		return -ENOMEM;
	registers->defaults = registers->bytes + registers->size;
	registers->fixed = registers->defaults + registers->size;
	return 0;
}

static void registers_destroy(struct chip *chip)
{
	free(registers_of(chip)->bytes);
}

static void registers_power(struct chip *chip, bool on)
{
	struct registers *registers = registers_of(chip);

	memcpy(registers->bytes, registers->defaults, registers->size);
	registers->pointer = 0;
}

static void select_register(struct registers *registers, unsigned int selection)
{
	registers->pointer = ((selection & registers->select_mask) >> registers->select_shift) *
			     registers->value_bytes;
}

static void advance(struct registers *registers)
{
	registers->pointer++;
	if (!(registers->pointer % registers->value_bytes) && !registers->increment)
		registers->pointer -= registers->value_bytes;
	registers->pointer %= registers->size;
}

static void put_byte(struct registers *registers, uint8_t byte)
{
	uint8_t fixed = registers->fixed[registers->pointer];
	uint8_t *at = &registers->bytes[registers->pointer];

	*at = (*at & fixed) | (byte & ~fixed);
	advance(registers);
}

static uint8_t take_byte(struct registers *registers)
{
	uint8_t byte = registers->bytes[registers->pointer];

	advance(registers);
	return byte;
}

static void i2c_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct registers *registers = registers_of(chip);
	unsigned int selection = 0;
	size_t i;

	if (length < registers->select_bytes)
		return;
	for (i = 0; i < registers->select_bytes; i++)
		selection = selection << 8 | data[i];
	select_register(registers, selection);
	for (; i < length; i++)
		put_byte(registers, data[i]);
}

static void i2c_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct registers *registers = registers_of(chip);

	/* Where nothing selects, each read begins at the beginning. */
	if (!registers->select_bytes)
		registers->pointer = 0;
	while (length--)
		*data++ = take_byte(registers);
}

static uint8_t spi_select(struct chip *chip)
{
	struct registers *registers = registers_of(chip);

	registers->message = 0;
	registers->pointer = 0;
	registers->reads = !registers->write_bit;
	return registers->select_bytes ? SEND_NOTHING : registers->bytes[0];
}

/* A byte has come; what goes out meanwhile with the next one is the answer. */
static uint8_t spi_exchange(struct chip *chip, uint8_t byte)
{
	struct registers *registers = registers_of(chip);

	if (registers->message < registers->select_bytes) {
		if (!registers->message && registers->read_bit)
			registers->reads = byte & registers->read_bit;
		else if (!registers->message && registers->write_bit)
			registers->reads = !(byte & registers->write_bit);
		/* Collected where the selection ends up. */
		registers->pointer = registers->pointer << 8 | byte;
		if (++registers->message < registers->select_bytes)
			return SEND_NOTHING;
		select_register(registers, registers->pointer);
		return registers->reads ? registers->bytes[registers->pointer] : SEND_NOTHING;
	}
	if (registers->reads)
		advance(registers);
	else
		put_byte(registers, byte);
	return registers->bytes[registers->pointer];
}

/* FIRST or FIRST-LAST. Return: 0 or -ENOENT. */
static int read_range(const char *text, unsigned long *first, unsigned long *last)
{
	const unsigned long count = 1UL << (8 * SELECT_BYTES_MAX);
	const char *dash = strchr(text, '-');
	char number[16];

	if (!dash) {
		if (words_number(text, first))
			return -ENOENT;
		*last = *first;
	} else if ((size_t)(dash - text) >= sizeof(number)) {
		return -ENOENT;
	} else {
		snprintf(number, sizeof(number), "%.*s", (int)(dash - text), text);
		if (words_number(number, first) || words_number(dash + 1, last))
			return -ENOENT;
	}
	return *first <= *last && *last < count ? 0 : -ENOENT;
}

static void put_value(const struct registers *registers, uint8_t *memory, unsigned long at,
		      unsigned long value)
{
	unsigned int bytes = registers->value_bytes, i;

	for (i = 0; i < bytes; i++)
		memory[at * bytes + i] = value >> 8 * (registers->little ? i : bytes - 1 - i);
}

static unsigned long get_value(const struct registers *registers, unsigned long at)
{
	unsigned int bytes = registers->value_bytes, i;
	unsigned long value = 0;

	for (i = 0; i < bytes; i++)
		value |= (unsigned long)registers->bytes[at * bytes + i]
			 << 8 * (registers->little ? i : bytes - 1 - i);
	return value;
}

/* VALUE, or in a range each of VALUE,VALUE… in turn. Return: 0 or -EINVAL. */
static int set_values(struct registers *registers, unsigned long first, unsigned long last,
		      const char *text, uint8_t *memory)
{
	char list[256], *rest = list, *word;
	unsigned long value;

	if (strlen(text) >= sizeof(list))
		return -EINVAL;
	strcpy(list, text);
	while (first <= last) {
		word = strsep(&rest, ",");
		if (words_number(word, &value) || value >> 8 * registers->value_bytes)
			return -EINVAL;
		do
			put_value(registers, memory, first++, value);
		while (!rest && first <= last);
	}
	return rest ? -EINVAL : 0;
}

/* What the chip is like comes before what its registers hold. */
static int set_shape(struct registers *registers, const char *key, const char *value)
{
	const struct {
		const char *key;
		unsigned int *number;
		unsigned long least, most;
	} numbers[] = {
		{ "select-bytes", &registers->select_bytes, 0, SELECT_BYTES_MAX },
		{ "select-mask", &registers->select_mask, 1, 0xffff },
		{ "select-shift", &registers->select_shift, 0, 15 },
		{ "value-bytes", &registers->value_bytes, 1, VALUE_BYTES_MAX },
		{ "read-bit", &registers->read_bit, 0, 0xff },
		{ "write-bit", &registers->write_bit, 0, 0xff },
	};
	unsigned long number;
	unsigned int i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (strcmp(key, numbers[i].key))
			continue;
		if (words_number(value, &number) || number < numbers[i].least ||
		    number > numbers[i].most)
			return -EINVAL;
		*numbers[i].number = number;
		if (!strcmp(key, "select-bytes"))
			registers->select_mask = number == 2 ? 0xffff : 0xff;
		return 0;
	}
	if (!strcmp(key, "order")) {
		registers->little = !strcmp(value, "little");
		return registers->little || !strcmp(value, "big") ? 0 : -EINVAL;
	}
	if (!strcmp(key, "increment")) {
		registers->increment = !strcmp(value, "1");
		return registers->increment || !strcmp(value, "0") ? 0 : -EINVAL;
	}
	return -ENOENT;
}

/*
 * "default@REGISTERS" is what they hold when power comes, "fixed@REGISTERS" the bits that do not
 * change by writing; "register@REGISTERS" changes what they hold now.
 */
static int registers_set(struct chip *chip, const char *key, const char *value)
{
	struct registers *registers = registers_of(chip);
	const struct {
		const char *prefix;
		uint8_t *memory;
	} memories[] = {
		{ "default@", registers->defaults },
		{ "fixed@", registers->fixed },
		{ "register@", registers->bytes },
	};
	unsigned long first, last;
	unsigned int i;
	size_t length;

	for (i = 0; i < sizeof(memories) / sizeof(memories[0]); i++) {
		length = strlen(memories[i].prefix);
		if (strncmp(key, memories[i].prefix, length))
			continue;
		if (read_range(key + length, &first, &last))
			return -ENOENT;
		return set_values(registers, first, last, value, memories[i].memory);
	}
	return set_shape(registers, key, value);
}

static int registers_get(struct chip *chip, const char *key, FILE *out)
{
	const struct registers *registers = registers_of(chip);
	unsigned long at;

	if (!key) {
		fprintf(out, "value-bytes=%u", registers->value_bytes);
		return 0;
	}
	if (chip_key_number(key, "register@", 1UL << (8 * SELECT_BYTES_MAX), &at))
		return -ENOENT;
	fprintf(out, "0x%0*lx", 2 * (int)registers->value_bytes, get_value(registers, at));
	return 0;
}

#define REGISTERS_TYPE(model, on_bus)                                                      \
	.name = (model), .bus = (on_bus), .size = sizeof(struct registers),                \
	.create = registers_create, .power = registers_power, .destroy = registers_destroy, \
	.set = registers_set, .get = registers_get

const struct chip_type chip_registers = {
	REGISTERS_TYPE("registers", &i2c_bus_type),
	.i2c = { .write = i2c_write, .read = i2c_read },
};

const struct chip_type chip_spi_registers = {
	REGISTERS_TYPE("spi-registers", &spi_bus_type),
	.spi = { .select = spi_select, .exchange = spi_exchange },
};
