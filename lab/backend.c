// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "lab/backend.h"

static const struct backend *const backends[] = {
	&backend_um,
	&backend_qemu,
};

const struct backend *backend_find(const char *architecture)
{
	unsigned int i;

	for (i = 0; i < sizeof(backends) / sizeof(backends[0]); i++)
		if (!strcmp(backends[i]->architecture, architecture))
			return backends[i];
	return NULL;
}
