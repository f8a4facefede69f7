// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * GNSS receiver with MediaTek's command set, such as the GlobalTop PA6H.
 *
 * It sends NMEA 0183 sentences, "$...*CHECKSUM", by itself once per interval, and takes commands of
 * the same shape: 000 test, 220 interval, 251 speed of the line, 605 release, and the query "GPQ" of
 * the standard for one sentence. Without power it forgets everything but where it is.
 */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/hardware_time.h"

#define SENTENCE_SIZE 83
#define DEFAULT_SPEED 9600
#define DEFAULT_INTERVAL_MS 1000
#define INTERVAL_MIN_MS 100
#define INTERVAL_MAX_MS 10000

/* What a command is answered with. */
enum { ACK_INVALID = 0, ACK_UNSUPPORTED = 1, ACK_DONE = 3 };

/**
 * struct gnss_mtk - the receiver
 * @chip: the chip
 * @latitude: degrees, north is positive
 * @longitude: degrees, east is positive
 * @fix: it knows where it is
 * @speed: bits per second
 * @interval_ms: between two positions
 * @line: the command being received
 * @length: bytes of @line
 * @command: the latest command that was complete and right
 * @commands: how many there were
 */
struct gnss_mtk {
	struct chip chip;
	double latitude;
	double longitude;
	bool fix;
	unsigned int speed;
	unsigned int interval_ms;
	char line[SENTENCE_SIZE];
	size_t length;
	char command[SENTENCE_SIZE];
	unsigned long commands;
};

static uint8_t checksum(const char *text, size_t length)
{
	uint8_t sum = 0;

	while (length--)
		sum ^= *text++;
	return sum;
}

__attribute__((format(printf, 2, 3))) static void send(struct gnss_mtk *gnss, const char *format,
						       ...)
{
	char body[SENTENCE_SIZE], sentence[SENTENCE_SIZE + 8];
	va_list list;
	int length;

	va_start(list, format);
	vsnprintf(body, sizeof(body), format, list);
	va_end(list);
	length = snprintf(sentence, sizeof(sentence), "$%s*%02X\r\n", body,
			  checksum(body, strlen(body)));
	serial_bus_send(&gnss->chip, sentence, length);
}

/* Degrees as in sentences: whole degrees, then minutes, then the hemisphere. */
static void print_angle(char *text, size_t size, double angle, int digits, const char *hemispheres)
{
	/* In units of 0.0001 minutes, so that minutes never round up to 60. */
	long units = lround(fabs(angle) * 600000);

	snprintf(text, size, "%0*ld%07.4f,%c", digits, units / 600000, units % 600000 / 10000.0,
		 hemispheres[angle < 0]);
}

static void print_position(const struct gnss_mtk *gnss, char *text, size_t size)
{
	char latitude[24], longitude[24];

	print_angle(latitude, sizeof(latitude), gnss->latitude, 2, "NS");
	print_angle(longitude, sizeof(longitude), gnss->longitude, 3, "EW");
	snprintf(text, size, gnss->fix ? "%s,%s" : ",,,", latitude, longitude);
}

static void now(struct tm *time)
{
	time_t date = hardware_time_date() / 1000000000;

	gmtime_r(&date, time);
}

static void send_gga(struct gnss_mtk *gnss)
{
	char position[56];
	struct tm time;

	now(&time);
	print_position(gnss, position, sizeof(position));
	send(gnss, "GPGGA,%02d%02d%02d.000,%s,%d,%02d,1.0,0.0,M,0.0,M,,", time.tm_hour, time.tm_min,
	     time.tm_sec, position, gnss->fix, gnss->fix ? 8 : 0);
}

static void send_rmc(struct gnss_mtk *gnss)
{
	char position[56];
	struct tm time;

	now(&time);
	print_position(gnss, position, sizeof(position));
	send(gnss, "GPRMC,%02d%02d%02d.000,%c,%s,0.00,0.00,%02d%02d%02d,,,%c", time.tm_hour,
	     time.tm_min, time.tm_sec, gnss->fix ? 'A' : 'V', position, time.tm_mday,
	     time.tm_mon + 1, time.tm_year % 100, gnss->fix ? 'A' : 'N');
}

static void gnss_due(struct chip *chip)
{
	struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	send_gga(gnss);
	send_rmc(gnss);
	serial_bus_set_alarm(chip, gnss->interval_ms * 1000ULL);
}

static int set_interval(struct gnss_mtk *gnss, const char *argument)
{
	char *end;
	long value = strtol(argument, &end, 10);

	if (end == argument || *end || value < INTERVAL_MIN_MS || value > INTERVAL_MAX_MS)
		return ACK_INVALID;
	gnss->interval_ms = value;
	serial_bus_set_alarm(&gnss->chip, value * 1000ULL);
	return ACK_DONE;
}

static void set_speed(struct gnss_mtk *gnss, const char *argument)
{
	static const unsigned int speeds[] = { 4800, 9600, 14400, 19200, 38400, 57600, 115200 };
	long value = strtol(argument, NULL, 10);
	size_t i;

	for (i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
		if (value == speeds[i])
			gnss->speed = value;
	if (!value)
		gnss->speed = DEFAULT_SPEED;
}

/* A packet "PMTKnnn" or "PMTKnnn,argument". */
static void do_packet(struct gnss_mtk *gnss, const char *packet)
{
	char *end;
	long number = strtol(packet, &end, 10);
	const char *argument = *end == ',' ? end + 1 : end;
	int done = ACK_UNSUPPORTED;

	switch (number) {
	case 0:
		done = ACK_DONE;
		break;
	case 220:
		done = set_interval(gnss, argument);
		break;
	case 251:
		/* Without an answer: at which speed? */
		set_speed(gnss, argument);
		return;
	case 605:
		send(gnss, "PMTK705,AXN_2.31_3339_13101700,5632,PA6H,1.0");
		return;
	}
	send(gnss, "PMTK001,%ld,%d", number, done);
}

static void do_command(struct gnss_mtk *gnss, const char *command)
{
	snprintf(gnss->command, sizeof(gnss->command), "%s", command);
	gnss->commands++;
	if (!strncmp(command, "PMTK", 4) && isdigit(command[4]))
		do_packet(gnss, command + 4);
	else if (!strcmp(command + 2, "GPQ,GGA"))
		send_gga(gnss);
	else if (!strcmp(command + 2, "GPQ,RMC"))
		send_rmc(gnss);
}

/* What is damaged is not answered. */
static void line_received(struct gnss_mtk *gnss)
{
	char *star = strrchr(gnss->line, '*'), *end;

	if (gnss->line[0] != '$' || !star || star - gnss->line < 3 || strlen(star) != 3)
		return;
	if (strtoul(star + 1, &end, 16) != checksum(gnss->line + 1, star - gnss->line - 1) || *end)
		return;
	*star = '\0';
	do_command(gnss, gnss->line + 1);
}

static void gnss_receive(struct chip *chip, const uint8_t *data, size_t length)
{
	struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	for (; length; length--, data++) {
		if (*data == '$')
			gnss->length = 0;
		if (*data == '\r' || *data == '\n') {
			gnss->line[gnss->length] = '\0';
			line_received(gnss);
			gnss->length = 0;
		} else if (gnss->length < sizeof(gnss->line) - 1) {
			gnss->line[gnss->length++] = isprint(*data) ? *data : '?';
		}
	}
}

static unsigned int gnss_speed(struct chip *chip)
{
	return ((struct gnss_mtk *)chip)->speed;
}

static int gnss_create(struct chip *chip)
{
	struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	gnss->latitude = 48.137;
	gnss->longitude = 11.575;
	gnss->fix = true;
	return 0;
}

static void gnss_power(struct chip *chip, bool on)
{
	struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	gnss->speed = DEFAULT_SPEED;
	gnss->interval_ms = DEFAULT_INTERVAL_MS;
	gnss->length = 0;
	gnss->command[0] = '\0';
	gnss->commands = 0;
}

static int read_position(struct gnss_mtk *gnss, const char *value)
{
	double latitude, longitude;
	char end;

	if (sscanf(value, "%lf,%lf%c", &latitude, &longitude, &end) != 2 ||
	    !(fabs(latitude) <= 90 && fabs(longitude) <= 180))
		return -EINVAL;
	gnss->latitude = latitude;
	gnss->longitude = longitude;
	return 0;
}

static int gnss_set(struct chip *chip, const char *key, const char *value)
{
	struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	if (!strcmp(key, "position"))
		return read_position(gnss, value);
	if (strcmp(key, "fix"))
		return -ENOENT;
	if (strcmp(value, "0") && strcmp(value, "1"))
		return -EINVAL;
	gnss->fix = *value == '1';
	return 0;
}

static int gnss_get(struct chip *chip, const char *key, FILE *out)
{
	const struct gnss_mtk *gnss = (struct gnss_mtk *)chip;

	if (!key)
		fprintf(out, "position=%.5f,%.5f fix=%d speed=%u interval=%u commands=%lu",
			gnss->latitude, gnss->longitude, gnss->fix, gnss->speed, gnss->interval_ms,
			gnss->commands);
	else if (!strcmp(key, "position"))
		fprintf(out, "%.5f,%.5f", gnss->latitude, gnss->longitude);
	else if (!strcmp(key, "fix"))
		fprintf(out, "%d", gnss->fix);
	else if (!strcmp(key, "speed"))
		fprintf(out, "%u", gnss->speed);
	else if (!strcmp(key, "interval"))
		fprintf(out, "%u", gnss->interval_ms);
	else if (!strcmp(key, "command"))
		fprintf(out, "%s", gnss->command);
	else if (!strcmp(key, "commands"))
		fprintf(out, "%lu", gnss->commands);
	else
		return -ENOENT;
	return 0;
}

const struct chip_type chip_gnss_mtk = {
	.name = "gnss-mtk",
	.bus = &serial_bus_type,
	.size = sizeof(struct gnss_mtk),
	.create = gnss_create,
	.power = gnss_power,
	.serial = { .speed = gnss_speed, .receive = gnss_receive, .due = gnss_due },
	.set = gnss_set,
	.get = gnss_get,
};
