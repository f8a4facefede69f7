// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finding out the width of addresses, on made-up parts of every kind: none may come to harm.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tool/address_width.h"

/**
 * enum half - what a part with 16-bit addresses does with a single address byte
 * @HALF_IGNORED: nothing
 * @HALF_UPPER: it is the upper half of the address, the lower one stays
 * @HALF_ALONE: it is the upper half, the lower one is zero
 */
enum half {
	HALF_IGNORED,
	HALF_UPPER,
	HALF_ALONE,
};

/**
 * struct fake - a made-up part
 * @part: what the code under test sees
 * @bytes: its content
 * @size: how many
 * @width: 8 or 16
 * @half: for 16
 * @at: its address counter
 * @page: its page size
 * @immediate: it writes each byte as it comes, like an FRAM, and not at the stop condition
 * @protected: it acknowledges data and forgets them
 * @longest: the longest message that was sent
 * @noise: this many reads are disturbed
 * @dead: it does not answer
 */
struct fake {
	struct i2c_part part;
	uint8_t bytes[65536];
	unsigned int size;
	int width;
	enum half half;
	unsigned int at;
	unsigned int page;
	bool immediate;
	bool protected;
	size_t longest;
	unsigned int noise;
	bool dead;
};

static struct fake fake;

static void take_data(const uint8_t *data, size_t length, bool stop)
{
	unsigned int page = fake.at - fake.at % fake.page;
	size_t index;

	for (index = 0; index < length; index++) {
		if (!fake.protected && (stop || fake.immediate))
			fake.bytes[fake.at] = data[index];
		fake.at = page + (fake.at + 1 - page) % fake.page;
	}
}

static void take(const uint8_t *sent, size_t length, bool stop)
{
	size_t address_bytes = (size_t)fake.width / 8;

	if (length < address_bytes) {
		if (fake.half == HALF_UPPER)
			fake.at = (unsigned int)sent[0] << 8 | (fake.at & 0xff);
		if (fake.half == HALF_ALONE)
			fake.at = (unsigned int)sent[0] << 8;
		fake.at %= fake.size;
		return;
	}
	fake.at = address_bytes == 1 ? sent[0] : (unsigned int)sent[0] << 8 | sent[1];
	fake.at %= fake.size;
	take_data(sent + address_bytes, length - address_bytes, stop);
}

static int transfer(struct i2c_part *part, const uint8_t *sent, size_t sent_length,
		    uint8_t *received, size_t received_length)
{
	size_t index;

	if (fake.dead)
		return -ENXIO;
	if (sent_length > fake.longest)
		fake.longest = sent_length;
	take(sent, sent_length, !received_length);
	for (index = 0; index < received_length; index++) {
		received[index] = fake.bytes[fake.at];
		fake.at = (fake.at + 1) % fake.size;
	}
	if (received_length && fake.noise) {
		fake.noise--;
		received[received_length / 2] ^= 0x10;
	}
	return 0;
}

static void make(int width, unsigned int size, enum half half)
{
	memset(&fake, 0, sizeof(fake));
	fake.part.transfer = transfer;
	memset(fake.bytes, 0xff, sizeof(fake.bytes));
	fake.size = size;
	fake.width = width;
	fake.half = half;
	fake.page = width == 8 ? 8 : 32;
}

/* Finds out, and proves that nothing was sent but single bytes and nothing has changed. */
static struct address_width find(void)
{
	static uint8_t before[sizeof(fake.bytes)];
	struct address_width width;

	memcpy(before, fake.bytes, sizeof(before));
	assert_int_equal(address_width_find(&fake.part, &width), 0);
	assert_int_equal(fake.longest, 1);
	assert_memory_equal(before, fake.bytes, sizeof(before));
	return width;
}

static void fill_start(void)
{
	static const uint8_t start[] = "\1\0\0\1\5\0\0\xf9 what identities look like";

	memcpy(fake.bytes, start, sizeof(start));
}

/* Each kind of content, on the parts that it must not be mistaken on. */
static void fill_pattern(unsigned int period)
{
	unsigned int index;

	for (index = 0; index < fake.size; index++)
		fake.bytes[index] = (uint8_t)(index % period);
}

static void fill_random(unsigned int seed)
{
	unsigned int index;

	srand(seed);
	for (index = 0; index < fake.size; index++)
		fake.bytes[index] = (uint8_t)rand();
}

static void parts_with_8_bit_addresses(void **state)
{
	static const unsigned int sizes[] = { 128, 256, 512, 2048 };
	size_t index;

	for (index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++) {
		make(8, sizes[index], HALF_IGNORED);
		fill_start();
		fake.immediate = index % 2;
		assert_int_equal(find().bits, 8);
		fill_pattern(256);
		assert_int_equal(find().bits, 8);
		fill_random((unsigned int)index);
		assert_int_equal(find().bits, 8);
	}
}

static void parts_with_16_bit_addresses(void **state)
{
	static const unsigned int sizes[] = { 4096, 8192, 32768, 65536 };
	unsigned int half, index, at;

	for (half = HALF_IGNORED; half <= HALF_ALONE; half++) {
		for (index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++) {
			make(16, sizes[index], half);
			fill_start();
			for (at = 0; at < fake.size; at += 509) {
				fake.at = at;
				assert_int_not_equal(find().bits, 8);
				if (half == HALF_IGNORED)
					assert_int_equal(find().bits, 16);
			}
			fill_random(index);
			assert_int_equal(find().bits, 16);
			fill_pattern(256);
			assert_int_equal(find().bits, 16);
			fill_pattern(251);
			assert_int_equal(find().bits, 16);
		}
	}
}

static void nothing_to_tell_it_by(void **state)
{
	struct address_width width;

	make(8, 256, HALF_IGNORED);
	width = find();
	assert_int_equal(width.bits, 0);
	assert_true(width.uniform);
	assert_int_equal(width.filler, 0xff);
	make(16, 8192, HALF_ALONE);
	memset(fake.bytes, 0, sizeof(fake.bytes));
	width = find();
	assert_int_equal(width.bits, 0);
	assert_true(width.uniform);
	assert_int_equal(width.filler, 0);
	/* A single byte at the very start does not tell whether others select anything. */
	make(16, 8192, HALF_ALONE);
	fake.bytes[0] = 1;
	width = find();
	assert_int_equal(width.bits, 0);
	assert_false(width.uniform);
}

/* A disturbed transfer must not make a part with 8-bit addresses one with 16. */
static void disturbances(void **state)
{
	unsigned int noise;

	for (noise = 1; noise < 3; noise++) {
		make(8, 256, HALF_IGNORED);
		fill_start();
		fake.noise = noise;
		assert_int_not_equal(find().bits, 16);
	}
}

static void nothing_answers(void **state)
{
	struct address_width width;

	make(8, 256, HALF_IGNORED);
	fake.dead = true;
	assert_int_equal(address_width_find(&fake.part, &width), -ENXIO);
}

static void proof_on_empty_parts(void **state)
{
	static const uint8_t fillers[] = { 0x00, 0xff, 0x5a };
	static uint8_t before[sizeof(fake.bytes)];
	size_t index;
	int kind;

	for (index = 0; index < sizeof(fillers); index++) {
		memset(before, fillers[index], sizeof(before));
		for (kind = 0; kind < 6; kind++) {
			make(kind < 3 ? 16 : 8, kind < 3 ? 8192 : 256, kind % 3);
			fake.immediate = kind == 4;
			fake.protected = kind == 5 || kind == 2;
			memcpy(fake.bytes, before, sizeof(before));
			assert_int_equal(address_width_prove16(&fake.part, fillers[index]),
					 fake.protected	  ? -EROFS :
					 fake.width == 16 ? 0 :
							    -EPROTO);
			assert_memory_equal(before, fake.bytes, sizeof(before));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_with_8_bit_addresses),
		cmocka_unit_test(parts_with_16_bit_addresses),
		cmocka_unit_test(nothing_to_tell_it_by),
		cmocka_unit_test(disturbances),
		cmocka_unit_test(nothing_answers),
		cmocka_unit_test(proof_on_empty_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
