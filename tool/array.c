// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Arrays that grow. The room is the next power of two, so the count alone says when it is used up.
 */
#include <stdlib.h>

#include "array.h"

/**
 * array_grow() - make room for one more element
 * @array: the array, NULL while it is empty; grown by this function only
 * @count: elements that it has
 * @size: bytes per element
 *
 * Return: the array, which may have moved; NULL when out of memory, and then @array is as before.
 */
void *array_grow(void *array, size_t count, size_t size)
{
	if (count & (count - 1))
		return array;
	return reallocarray(array, count ? 2 * count : 1, size);
}
