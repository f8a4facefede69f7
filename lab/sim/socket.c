// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A socket: what an add-on's pins do when it goes in, gets power, and comes out.
 *
 * Putting in makes contact in the order of real connectors: buses and lines, then presence. Pulling
 * out is the reverse, with presence first.
 */
#include <stddef.h>
#include <string.h>

#include "lab/sim/hardware_time.h"
#include "lab/sim/socket.h"

/* How long the power of an add-on whose power bounces is bad, and good. */
#define POWER_BOUNCE_US 20000

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

static const struct socket_bus *find_bus(const struct socket *socket, const char *name)
{
	unsigned int i;

	for (i = 0; i < socket->bus_count; i++)
		if (!strcmp(socket->buses[i].name, name))
			return &socket->buses[i];
	return NULL;
}

/* From an address in the socket to that on the bus of the base board. Return: false for none. */
static bool translate(const struct socket *socket, const struct socket_bus *bus,
		      unsigned int *address)
{
	for (; bus; bus = socket ? find_bus(socket, bus->outer) : NULL) {
		if (bus->address_count && *address >= bus->address_count)
			return false;
		if (bus->address_count)
			*address = bus->addresses[*address];
		socket = socket->outer;
	}
	return true;
}

/*
 * The bus that a chip of an add-on gets contact to: the one of that name, of the socket or behind a
 * chip of the add-on itself, if it is of the chip's kind and has the chip's address.
 */
static struct bus *bus_of_chip(const struct socket *socket, const struct chip_places *chips,
			       const struct chip_place *place)
{
	const struct socket_bus *outer = find_bus(socket, place->bus);
	struct bus *bus = outer ? outer->bus : chip_places_bus(chips, place->bus);

	if (!bus || bus->type != place->chip->type->bus)
		return NULL;
	place->chip->contact = place->chip->address;
	return translate(socket, outer, &place->chip->contact) ? bus : NULL;
}

static void update_powergood(struct socket *socket)
{
	bool good = socket->addon && socket->powered && !socket->power_bad &&
		    socket->addon->power != ADDON_POWER_NEVER && !socket->power_timer.armed;

	wire_drive(&socket->powergood, good);
}

static void power_timer_expired(struct event_timer *timer)
{
	update_powergood(container(timer, struct socket, power_timer));
}

static void dip_timer_expired(struct event_timer *timer)
{
	struct socket *socket = container(timer, struct socket, dip_timer);

	socket->power_bad = !socket->power_bad;
	update_powergood(socket);
	if (!socket->power_bad)
		socket->dips--;
	if (socket->dips)
		event_timer_start(socket->loop, timer, socket->dip_us);
}

static void stop_dips(struct socket *socket)
{
	if (!socket->dips)
		return;
	socket->dips = 0;
	socket->power_bad = false;
	event_timer_cancel(&socket->dip_timer);
}

static void attach_chips(struct socket *socket)
{
	struct chip_places *chips = &socket->addon->chips;
	struct bus *bus;
	unsigned int i;

	for (i = 0; i < chips->count; i++) {
		bus = bus_of_chip(socket, chips, &chips->at[i]);
		if (bus)
			bus_attach(bus, chips->at[i].chip);
	}
}

static void detach_chips(struct socket *socket)
{
	struct chip_places *chips = &socket->addon->chips;
	struct bus *bus;
	unsigned int i;

	for (i = 0; i < chips->count; i++) {
		bus = bus_of_chip(socket, chips, &chips->at[i]);
		if (bus)
			bus_detach(bus, chips->at[i].chip);
	}
}

/* The first one has not begun yet. */
static void begin_dips(struct socket *socket, unsigned long dips, unsigned long dip_us)
{
	socket->dips = dips;
	socket->dip_us = dip_us;
	event_timer_start(socket->loop, &socket->dip_timer, dip_us);
}

static void update_power(struct socket *socket);

/*
 * The buses of a socket on an add-on are those of the socket that the add-on is in, or behind one of
 * the add-on's chips.
 */
static void connect_buses(struct socket *socket)
{
	const struct socket_bus *outer;
	struct socket_bus *bus;
	unsigned int i;

	for (i = 0; i < socket->bus_count; i++) {
		bus = &socket->buses[i];
		outer = find_bus(socket->outer, bus->outer);
		bus->bus = outer ? outer->bus :
				   chip_places_bus(&socket->outer->addon->chips, bus->outer);
		if (bus->bus)
			bus_listen(bus->bus, &bus->listener);
	}
}

static void disconnect_buses(struct socket *socket)
{
	unsigned int i;

	for (i = 0; i < socket->bus_count; i++) {
		if (socket->buses[i].bus)
			bus_unlisten(socket->buses[i].bus, &socket->buses[i].listener);
		socket->buses[i].bus = NULL;
	}
}

static void power_inner_sockets(struct socket *socket)
{
	unsigned int i;

	for (i = 0; i < socket->addon->socket_count; i++) {
		struct socket *inner = &socket->addon->sockets[i];

		if (socket->powered)
			connect_buses(inner);
		update_power(inner);
		if (!socket->powered)
			disconnect_buses(inner);
	}
}

/* Chips without power neither answer nor remember. */
static void update_power(struct socket *socket)
{
	bool powered = socket->addon && (!socket->outer || socket->outer->powered) &&
		       (!socket->vcc.bank || wire_is_active(&socket->vcc));

	if (powered == socket->powered)
		return;
	socket->powered = powered;
	if (powered) {
		chip_places_power(&socket->addon->chips, true);
		attach_chips(socket);
		if (socket->addon->power == ADDON_POWER_LATE)
			event_timer_start(socket->loop, &socket->power_timer,
					  socket->addon->power_ms * 1000);
		if (socket->addon->power == ADDON_POWER_BOUNCES)
			begin_dips(socket, socket->addon->power_bounces, POWER_BOUNCE_US);
		power_inner_sockets(socket);
	} else {
		power_inner_sockets(socket);
		event_timer_cancel(&socket->power_timer);
		stop_dips(socket);
		detach_chips(socket);
		chip_places_power(&socket->addon->chips, false);
	}
	update_powergood(socket);
}

static void vcc_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct socket *socket = container(watcher, struct socket, vcc_watcher);

	if (line == socket->vcc.line)
		update_power(socket);
}

static void reset_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct socket *socket = container(watcher, struct socket, reset_watcher);

	if (line != socket->reset.line || !socket->lost_at || !wire_is_active(&socket->reset))
		return;
	socket->reset_latency_ns = hardware_time_now() - socket->lost_at;
	socket->lost_at = 0;
}

/* The add-on's chips whose reset input is on this line; it is active low. */
static void update_reset(struct socket *socket, unsigned int line)
{
	const struct chip_places *chips = &socket->addon->chips;
	unsigned int i;

	for (i = 0; i < chips->count; i++)
		if (chips->at[i].reset == (int)line)
			chip_set_reset(chips->at[i].chip,
				       !gpio_bank_level(socket->lines[line].bank,
							socket->lines[line].line));
}

static void line_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct socket_line *watched = container(watcher, struct socket_line, watcher);
	struct socket *socket = watched->socket;
	unsigned int number = watched - socket->line_watchers;

	if (socket->addon && line == socket->lines[number].line)
		update_reset(socket, number);
}

/* Open drain: each can only pull down, and the line is released when none does any more. */
static void interrupt_changed(struct chip *chip)
{
	struct socket *socket = chip->owner;
	bool pulled[SOCKET_PINS_MAX] = { false };
	const struct chip_place *place;
	unsigned int i;
	int line = -1;

	for (i = 0; i < socket->addon->chips.count; i++) {
		place = &socket->addon->chips.at[i];
		if (place->chip == chip)
			line = place->line;
		if (place->chip->owner == socket)
			pulled[place->line] |= place->chip->interrupt;
	}
	if (pulled[line])
		gpio_bank_drive(socket->lines[line].bank, socket->lines[line].line, false);
	else
		wire_release(&socket->lines[line]);
}

static void connect_interrupts(struct socket *socket)
{
	struct chip_place *place;
	unsigned int i;

	for (i = 0; i < socket->addon->chips.count; i++) {
		place = &socket->addon->chips.at[i];
		if (place->line < 0 || place->line >= SOCKET_PINS_MAX ||
		    !socket->lines[place->line].bank)
			continue;
		place->chip->owner = socket;
		place->chip->interrupt_changed = interrupt_changed;
	}
}

static void connect_resets(struct socket *socket)
{
	unsigned int i;

	for (i = 0; i < SOCKET_PINS_MAX; i++)
		if (socket->lines[i].bank)
			update_reset(socket, i);
}

/* What was driven by hand, such as a key that is held. */
static void release_lines(struct socket *socket)
{
	unsigned int i;

	for (i = 0; i < SOCKET_PINS_MAX; i++)
		wire_release(&socket->lines[i]);
}

static void set_straps(struct socket *socket)
{
	unsigned int i;

	for (i = 0; i < SOCKET_PINS_MAX; i++) {
		if (socket->addon)
			wire_drive(&socket->straps[i], socket->addon->strap >> i & 1);
		else
			wire_release(&socket->straps[i]);
	}
}

static void set_presence(struct socket *socket, bool present)
{
	if (!present && wire_is_active(&socket->present)) {
		/* Reset that is active already is nobody's reaction. */
		socket->lost_at = wire_is_active(&socket->reset) ? 0 : hardware_time_now();
	}
	wire_drive(&socket->present, present);
}

static void contact_timer_expired(struct event_timer *timer)
{
	struct socket *socket = container(timer, struct socket, contact_timer);

	set_presence(socket, !wire_is_active(&socket->present));
	if (--socket->edges) {
		event_timer_start(socket->loop, timer, socket->gap_us);
		return;
	}
	waiter_tell(&socket->settled);
}

static void bounce(struct socket *socket, unsigned long edges, unsigned long gap_us)
{
	event_timer_cancel(&socket->contact_timer);
	socket->edges = edges;
	socket->gap_us = gap_us;
	if (edges)
		event_timer_start(socket->loop, &socket->contact_timer, gap_us);
}

const char *socket_missing_bus(const struct socket *socket, const struct addon *addon)
{
	unsigned int i;

	for (i = 0; i < addon->chips.count; i++) {
		const struct chip_place *place = &addon->chips.at[i];
		const struct socket_bus *bus = find_bus(socket, place->bus);

		/* One of a socket without power has no kind yet. */
		if (bus && !bus->bus)
			continue;
		if (!bus_of_chip(socket, &addon->chips, place))
			return place->bus;
	}
	return NULL;
}

void socket_plug(struct socket *socket, struct addon *addon, unsigned long edges,
		 unsigned long gap_us)
{
	unsigned int i;

	socket->addon = addon;
	socket->plugs++;
	for (i = 0; i < addon->socket_count; i++)
		socket_start(&addon->sockets[i], socket->loop, socket);
	connect_interrupts(socket);
	connect_resets(socket);
	set_straps(socket);
	update_power(socket);
	set_presence(socket, true);
	bounce(socket, edges, gap_us);
}

void socket_unplug(struct socket *socket, unsigned long edges, unsigned long gap_us)
{
	struct addon *addon = socket->addon;
	unsigned int i;

	if (!addon)
		return;
	socket->messages_left = 0;
	set_presence(socket, false);
	bounce(socket, edges, gap_us);
	if (socket->powered) {
		socket->powered = false;
		power_inner_sockets(socket);
		event_timer_cancel(&socket->power_timer);
		stop_dips(socket);
		detach_chips(socket);
		chip_places_power(&addon->chips, false);
	}
	for (i = 0; i < addon->socket_count; i++)
		socket_stop(&addon->sockets[i]);
	socket->addon = NULL;
	update_powergood(socket);
	release_lines(socket);
	set_straps(socket);
	addon_destroy(addon);
	/* Whoever waited for contacts that do not bounce any more. Last: it may plug again. */
	if (!edges)
		waiter_tell(&socket->settled);
}

void socket_glitch(struct socket *socket, unsigned long gap_us)
{
	set_presence(socket, !wire_is_active(&socket->present));
	bounce(socket, 1, gap_us);
}

void socket_dip(struct socket *socket, unsigned long dips, unsigned long dip_us)
{
	if (!socket->powered || !dips)
		return;
	stop_dips(socket);
	chip_places_power(&socket->addon->chips, false);
	chip_places_power(&socket->addon->chips, true);
	begin_dips(socket, dips, dip_us);
	socket->power_bad = true;
	update_powergood(socket);
}

void socket_set_power_bad(struct socket *socket, bool bad)
{
	socket->power_bad = bad;
	update_powergood(socket);
}

static void bus_message(struct bus_listener *listener)
{
	struct socket_bus *bus = container(listener, struct socket_bus, listener);

	if (bus->socket->messages_left && !--bus->socket->messages_left)
		socket_unplug(bus->socket, 0, 0);
}

void socket_start(struct socket *socket, struct event_loop *loop, struct socket *outer)
{
	unsigned int i;

	socket->loop = loop;
	socket->outer = outer;
	socket->reset_latency_ns = -1;
	socket->power_timer.expired = power_timer_expired;
	socket->dip_timer.expired = dip_timer_expired;
	socket->contact_timer.expired = contact_timer_expired;
	wire_drive(&socket->present, false);
	wire_drive(&socket->powergood, false);
	/* Whatever switches the power is off until somebody drives it. */
	wire_drive(&socket->vcc, false);
	for (i = 0; i < socket->bus_count; i++) {
		socket->buses[i].socket = socket;
		socket->buses[i].listener.message = bus_message;
		if (socket->buses[i].bus)
			bus_listen(socket->buses[i].bus, &socket->buses[i].listener);
	}
	for (i = 0; i < SOCKET_PINS_MAX; i++) {
		if (socket->passed_lines[i])
			socket->lines[i] = outer->lines[socket->passed_lines[i] - 1];
		socket->line_watchers[i].socket = socket;
		socket->line_watchers[i].watcher.changed = line_changed;
		if (socket->lines[i].bank)
			gpio_bank_watch(socket->lines[i].bank, &socket->line_watchers[i].watcher);
	}
	socket->vcc_watcher.changed = vcc_changed;
	if (socket->vcc.bank)
		gpio_bank_watch(socket->vcc.bank, &socket->vcc_watcher);
	socket->reset_watcher.changed = reset_changed;
	if (socket->reset.bank)
		gpio_bank_watch(socket->reset.bank, &socket->reset_watcher);
}

void socket_stop(struct socket *socket)
{
	unsigned int i;

	socket_unplug(socket, 0, 0);
	event_timer_cancel(&socket->contact_timer);
	waiter_tell(&socket->settled);
	for (i = 0; i < SOCKET_PINS_MAX; i++)
		if (socket->lines[i].bank)
			gpio_bank_unwatch(socket->lines[i].bank, &socket->line_watchers[i].watcher);
	if (socket->reset.bank)
		gpio_bank_unwatch(socket->reset.bank, &socket->reset_watcher);
	if (socket->vcc.bank)
		gpio_bank_unwatch(socket->vcc.bank, &socket->vcc_watcher);
}

struct socket *socket_find(struct socket *sockets, unsigned int count, const char *name)
{
	size_t length = strcspn(name, ".");
	unsigned int i;

	for (i = 0; i < count; i++) {
		struct socket *socket = &sockets[i];

		if (strncmp(socket->name, name, length) || socket->name[length])
			continue;
		if (!name[length])
			return socket;
		return socket->addon ? socket_find(socket->addon->sockets,
						   socket->addon->socket_count, name + length + 1) :
				       NULL;
	}
	return NULL;
}
