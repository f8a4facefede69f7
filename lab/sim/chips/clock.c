// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/clock.h"
#include "lab/sim/hardware_time.h"
#include "lab/words.h"

static time_t date(void)
{
	return hardware_time_date() / 1000000000;
}

time_t clock_now(const struct clock *clock)
{
	return clock->stopped ? clock->stood_at : date() + clock->offset;
}

void clock_set(struct clock *clock, time_t now)
{
	clock->offset = now - date();
	clock->stood_at = now;
}

void clock_stop(struct clock *clock, bool stop)
{
	time_t now = clock_now(clock);

	clock->stopped = stop;
	clock_set(clock, now);
}

int clock_set_key(struct clock *clock, const char *key, const char *value)
{
	unsigned long number;

	if (strcmp(key, "time"))
		return -ENOENT;
	/* Two digits of the year: 2000 to 2099. */
	if (words_number(value, &number) || number < 946684800 || number > 4102444799)
		return -EINVAL;
	clock_set(clock, number);
	return 0;
}

int clock_get_key(const struct clock *clock, const char *key, FILE *out)
{
	if (key && strcmp(key, "time"))
		return -ENOENT;
	fprintf(out, "%s%lld", key ? "" : "time=", (long long)clock_now(clock));
	return 0;
}

uint8_t bcd_from(unsigned int number)
{
	return number / 10 % 10 << 4 | number % 10;
}

unsigned int bcd_to(uint8_t bcd)
{
	return (bcd >> 4) * 10 + (bcd & 0xf);
}
