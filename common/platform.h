/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The one place in common/ that knows whether it is built for the kernel or for user space.
 *
 * Everything else in common/ uses what this header provides and nothing more: fixed-width types,
 * errno values, the string functions, snprintf()/vsnprintf(), and the few helpers below.
 */
#ifndef PLUGTREE_PLATFORM_H
#define PLUGTREE_PLATFORM_H

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <linux/types.h>
#else
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

#ifndef __printf
#define __printf(text, first) __attribute__((format(printf, text, first)))
#endif
#endif

/**
 * platform_alloc() - allocate scratch memory that does not outlive the call it serves
 * @count: number of elements, at least 1
 * @size: bytes per element
 *
 * Context: may sleep in the kernel.
 * Return: zeroed memory, to be given to platform_free(); NULL when there is none.
 */
static inline void *platform_alloc(size_t count, size_t size)
{
#ifdef __KERNEL__
	return kvcalloc(count, size, GFP_KERNEL);
#else
	return calloc(count, size);
#endif
}

/**
 * platform_free() - give back memory of platform_alloc()
 * @memory: the memory, or NULL
 */
static inline void platform_free(void *memory)
{
#ifdef __KERNEL__
	kvfree(memory);
#else
	free(memory);
#endif
}

static inline bool platform_is_sorted(const void *array, size_t count, size_t size,
				      int (*compare)(const void *first, const void *second))
{
	const char *element = array;

	for (; count > 1; count--, element += size) {
		if (compare(element, element + size) > 0)
			return false;
	}
	return true;
}

/**
 * platform_sort() - sort an array in place, without recursion on a kernel stack
 * @array: first element
 * @count: number of elements
 * @size: bytes per element
 * @compare: below, equal to or above zero as the first element comes before, with or after the
 *	second
 *
 * What is sorted already, as much of what people write is, costs one pass.
 */
static inline void platform_sort(void *array, size_t count, size_t size,
				 int (*compare)(const void *first, const void *second))
{
	if (platform_is_sorted(array, count, size, compare))
		return;
#ifdef __KERNEL__
	sort(array, count, size, compare, NULL);
#else
	qsort(array, count, size, compare);
#endif
}

/* The kernel's isprint() takes Latin-1 for printable and libc's depends on the locale. */
static inline bool is_printable_ascii(unsigned char character)
{
	return character >= 0x20 && character < 0x7f;
}

static inline bool is_decimal_digit(char character)
{
	return character >= '0' && character <= '9';
}

static inline uint16_t read_le16(const uint8_t *bytes)
{
	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t read_le32(const uint8_t *bytes)
{
	return read_le16(bytes) | (uint32_t)read_le16(bytes + 2) << 16;
}

static inline uint32_t read_be32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

#endif
