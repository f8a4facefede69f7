// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The latest events of the hardware, as a logic analyser would show them.
 *
 * Text is made when somebody asks for it, so that a bus costs no more than copying a few bytes.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/hardware_time.h"
#include "lab/sim/history.h"

#define TEXT_SIZE 80
#define BYTES_SHOWN SPI_BYTES_KEPT

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

enum event_kind { EVENT_NOTE, EVENT_MESSAGE, EVENT_EXCHANGE, EVENT_LEVEL };

/**
 * struct event - something that happened
 * @kind: which of the other members say what
 * @at: when, nanoseconds
 * @name: bus or bank
 * @number: address, chip select or line
 * @length: bytes of a message
 * @flag: a message reads; the level of a line is high
 * @answered: a chip acknowledged the message
 * @bytes: the first bytes of a message, for an exchange those in one direction and then those in
 *	the other, or the text of a note
 */
struct event {
	enum event_kind kind;
	uint64_t at;
	const char *name;
	unsigned int number;
	size_t length;
	bool flag;
	bool answered;
	uint8_t bytes[TEXT_SIZE];
};

/**
 * struct witness - what looks at one bus or bank
 * @history: where it tells
 * @name: of the bus or bank
 * @i2c: on an I2C bus
 * @spi: on an SPI bus
 * @serial: on a serial line
 * @bank: where @watcher is
 * @watcher: on a bank
 * @next: of the history
 */
struct witness {
	struct history *history;
	const char *name;
	struct i2c_witness i2c;
	struct spi_witness spi;
	struct serial_witness serial;
	struct gpio_bank *bank;
	struct gpio_watcher watcher;
	struct witness *next;
};

/**
 * struct history - the latest events
 * @start: when it began, nanoseconds
 * @count: number of events so far; event n is in @events at n modulo HISTORY_EVENTS
 * @events: the latest
 * @witnesses: those who tell
 */
struct history {
	uint64_t start;
	unsigned long count;
	struct event events[HISTORY_EVENTS];
	struct witness *witnesses;
};

struct history *history_create(void)
{
	struct history *history = calloc(1, sizeof(*history));

	if (history)
		history->start = hardware_time_now();
	return history;
}

void history_destroy(struct history *history)
{
	struct witness *witness;

	if (!history)
		return;
	while ((witness = history->witnesses)) {
		history->witnesses = witness->next;
		free(witness);
	}
	free(history);
}

static struct event *next_event(struct history *history, enum event_kind kind)
{
	struct event *event = &history->events[history->count++ % HISTORY_EVENTS];

	event->kind = kind;
	event->at = hardware_time_now();
	return event;
}

static void message_done(struct i2c_witness *i2c, const struct i2c_message *message, bool answered)
{
	struct witness *witness = container(i2c, struct witness, i2c);
	struct event *event = next_event(witness->history, EVENT_MESSAGE);
	size_t shown = message->length < BYTES_SHOWN ? message->length : BYTES_SHOWN;

	event->name = witness->name;
	event->number = message->address;
	event->length = message->length;
	event->flag = message->read;
	event->answered = answered;
	if (answered && shown)
		memcpy(event->bytes, message->data, shown);
}

static void exchange_done(struct spi_witness *spi, const struct spi_message *message, bool answered)
{
	struct witness *witness = container(spi, struct witness, spi);
	struct event *event = next_event(witness->history, EVENT_EXCHANGE);

	event->name = witness->name;
	event->number = message->select;
	event->length = message->length;
	event->answered = answered;
	memcpy(event->bytes, message->to_chip, SPI_BYTES_KEPT);
	memcpy(event->bytes + SPI_BYTES_KEPT, message->from_chip, SPI_BYTES_KEPT);
}

static void serial_done(struct serial_witness *serial, const struct serial_message *message)
{
	struct witness *witness = container(serial, struct witness, serial);
	struct event *event = next_event(witness->history, EVENT_MESSAGE);
	size_t shown = message->length < BYTES_SHOWN ? message->length : BYTES_SHOWN;

	event->name = witness->name;
	event->number = 0;
	event->length = message->length;
	event->flag = message->from_chip;
	event->answered = message->received;
	memcpy(event->bytes, message->data, shown);
}

static void level_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct witness *witness = container(watcher, struct witness, watcher);
	struct event *event;

	if (gpio_bank_is_hushed(witness->bank, line))
		return;
	event = next_event(witness->history, EVENT_LEVEL);
	event->name = witness->name;
	event->number = line;
	event->flag = level;
}

static struct witness *add_witness(struct history *history, const char *name)
{
	struct witness *witness = calloc(1, sizeof(*witness));

	if (!witness)
		return NULL;
	witness->history = history;
	witness->name = name;
	witness->i2c.done = message_done;
	witness->serial.done = serial_done;
	witness->spi.done = exchange_done;
	witness->watcher.changed = level_changed;
	witness->next = history->witnesses;
	history->witnesses = witness;
	return witness;
}

int history_watch_bus(struct history *history, const char *name, struct i2c_bus *bus)
{
	struct witness *witness = add_witness(history, name);

	if (!witness)
		return -ENOMEM;
	i2c_bus_watch(bus, &witness->i2c);
	return 0;
}

int history_watch_serial(struct history *history, const char *name, struct serial_bus *bus)
{
	struct witness *witness = add_witness(history, name);

	if (!witness)
		return -ENOMEM;
	serial_bus_watch(bus, &witness->serial);
	return 0;
}

int history_watch_spi(struct history *history, const char *name, struct spi_bus *bus)
{
	struct witness *witness = add_witness(history, name);

	if (!witness)
		return -ENOMEM;
	spi_bus_watch(bus, &witness->spi);
	return 0;
}

int history_watch_bank(struct history *history, const char *name, struct gpio_bank *bank)
{
	struct witness *witness = add_witness(history, name);

	if (!witness)
		return -ENOMEM;
	witness->bank = bank;
	gpio_bank_watch(bank, &witness->watcher);
	return 0;
}

void history_note(struct history *history, const char *text)
{
	struct event *event;

	if (!history)
		return;
	event = next_event(history, EVENT_NOTE);
	snprintf((char *)event->bytes, sizeof(event->bytes), "%s", text);
}

static void print_bytes(const uint8_t *bytes, size_t length, FILE *out)
{
	size_t i;

	for (i = 0; i < length && i < BYTES_SHOWN; i++)
		fprintf(out, " %02x", bytes[i]);
	if (length > BYTES_SHOWN)
		fputs(" ...", out);
}

static void print_message(const struct event *event, FILE *out)
{
	fprintf(out, "%s 0x%02x %s %zu:", event->name, event->number,
		event->flag ? "read" : "write", event->length);
	if (event->answered)
		print_bytes(event->bytes, event->length, out);
	else
		fputs(" no answer", out);
}

static void print_exchange(const struct event *event, FILE *out)
{
	fprintf(out, "%s select %u, %zu:", event->name, event->number, event->length);
	print_bytes(event->bytes, event->length, out);
	fputs(", answer", out);
	if (event->answered)
		print_bytes(event->bytes + SPI_BYTES_KEPT, event->length, out);
	else
		fputs(" none", out);
}

static void print_event(const struct history *history, const struct event *event, FILE *out)
{
	fprintf(out, "- %.6f ", (event->at - history->start) / 1e9);
	switch (event->kind) {
	case EVENT_NOTE:
		fputs((const char *)event->bytes, out);
		break;
	case EVENT_MESSAGE:
		print_message(event, out);
		break;
	case EVENT_EXCHANGE:
		print_exchange(event, out);
		break;
	case EVENT_LEVEL:
		fprintf(out, "%s line %u %s", event->name, event->number,
			event->flag ? "high" : "low");
		break;
	}
	fputc('\n', out);
}

void history_print(const struct history *history, unsigned int events, FILE *out)
{
	unsigned long at;

	if (!history)
		return;
	if (events > HISTORY_EVENTS)
		events = HISTORY_EVENTS;
	at = history->count > events ? history->count - events : 0;
	for (; at < history->count; at++)
		print_event(history, &history->events[at % HISTORY_EVENTS], out);
}
