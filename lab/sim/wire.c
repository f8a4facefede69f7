// SPDX-License-Identifier: GPL-2.0-or-later
#include "lab/sim/wire.h"

void wire_drive(const struct wire *wire, bool active)
{
	if (wire->bank)
		gpio_bank_drive(wire->bank, wire->line, active != wire->active_low);
}

void wire_release(const struct wire *wire)
{
	if (wire->bank)
		gpio_bank_release(wire->bank, wire->line);
}

bool wire_is_active(const struct wire *wire)
{
	return wire->bank && gpio_bank_level(wire->bank, wire->line) != wire->active_low;
}
