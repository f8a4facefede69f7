/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SOCKET_H
#define SIM_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/sim/addon.h"
#include "lab/sim/event_loop.h"
#include "lab/sim/bus.h"
#include "lab/sim/waiter.h"
#include "lab/sim/wire.h"

#define SOCKET_BUSES_MAX 8
#define SOCKET_PINS_MAX 16
#define SOCKET_ADDRESSES_MAX 8

/* In commands, in the place of a socket's name: the base board itself. No socket is called so. */
#define BOARD_ITSELF "board"

struct socket;

/**
 * struct socket_bus - a bus that a socket leads to
 * @name: how add-ons call it
 * @outer: what it is called where the socket is
 * @addresses: by an address in the socket, that on @outer
 * @address_count: number of @addresses; 0 if all are the same
 * @bus: the bus; NULL while the socket is on an add-on that has no power
 * @listener: on @bus
 * @socket: the socket
 */
struct socket_bus {
	char name[ADDON_NAME_SIZE];
	char outer[ADDON_NAME_SIZE];
	unsigned int addresses[SOCKET_ADDRESSES_MAX];
	unsigned int address_count;
	struct bus *bus;
	struct bus_listener listener;
	struct socket *socket;
};

/**
 * struct socket_line - who looks at a GPIO line of a socket
 * @watcher: on its bank
 * @socket: the socket
 */
struct socket_line {
	struct gpio_watcher watcher;
	struct socket *socket;
};

/**
 * struct socket - a socket of a base board or an add-on, as the hardware is wired
 * @name: its name
 * @type: which add-ons fit
 * @loop: where its timers run; NULL until it is started
 * @outer: the socket that holds the add-on with this socket, NULL on a base board
 * @present: active while an add-on is in
 * @powergood: active while the add-on has good power
 * @reset: reset of the add-on
 * @vcc: switches the add-on's power; without it there is always power
 * @straps: strap pins
 * @lines: GPIO lines for the add-on, by their number in the connector
 * @passed_lines: by the same number, which line of @outer it is, plus one; 0 if it is none
 * @buses: buses for the add-on
 * @bus_count: number of @buses
 * @addon: what is in it, or NULL
 * @powered: the add-on has power
 * @power_bad: power-good is held inactive by hand
 * @power_timer: until power-good
 * @contact_timer: until the presence pin's next edge
 * @edges: edges of the presence pin to come
 * @gap_us: between two of them
 * @settled: told when the last of them is over
 * @vcc_watcher: on @vcc
 * @reset_watcher: on @reset
 * @line_watchers: on @lines
 * @plugs: how often an add-on was put in
 * @lost_at: when the presence pin became inactive, nanoseconds; 0 once reset is active
 * @reset_latency_ns: from that to active reset, the last time; -1 if never
 * @messages_left: bus messages until it is pulled out, 0 if it is not to be
 */
struct socket {
	char name[ADDON_NAME_SIZE];
	char type[ADDON_NAME_SIZE];
	struct event_loop *loop;
	struct socket *outer;
	struct wire present;
	struct wire powergood;
	struct wire reset;
	struct wire vcc;
	struct wire straps[SOCKET_PINS_MAX];
	struct wire lines[SOCKET_PINS_MAX];
	unsigned int passed_lines[SOCKET_PINS_MAX];
	struct socket_bus buses[SOCKET_BUSES_MAX];
	unsigned int bus_count;

	struct addon *addon;
	bool powered;
	bool power_bad;
	struct event_timer power_timer;
	struct event_timer dip_timer;
	unsigned long dips;
	unsigned long dip_us;
	struct event_timer contact_timer;
	unsigned long edges;
	unsigned long gap_us;
	struct waiter settled;
	struct gpio_watcher vcc_watcher;
	struct gpio_watcher reset_watcher;
	struct socket_line line_watchers[SOCKET_PINS_MAX];

	unsigned long plugs;
	uint64_t lost_at;
	int64_t reset_latency_ns;
	unsigned long messages_left;
};

/**
 * socket_start() - a socket whose wiring is complete begins to work, empty
 * @socket: the socket
 * @loop: where its timers run
 * @outer: the socket that holds its add-on, NULL on a base board
 */
void socket_start(struct socket *socket, struct event_loop *loop, struct socket *outer);

/** socket_stop() - pull out what is in it, at once; nothing happens in it any more */
void socket_stop(struct socket *socket);

/**
 * socket_find() - find a socket by its name
 * @sockets: where to look
 * @count: number of @sockets
 * @name: "socket", or "socket.socket" for one on the add-on in it, and so on
 *
 * Return: the socket or NULL.
 */
struct socket *socket_find(struct socket *sockets, unsigned int count, const char *name);

/**
 * socket_missing_bus() - what keeps an add-on from working in a socket, whatever is in it now
 *
 * Return: name of a bus that the add-on has a chip on and the socket does not lead to, or not to the
 * chip's address, or NULL. The chip would never answer.
 */
const char *socket_missing_bus(const struct socket *socket, const struct addon *addon);

/**
 * socket_plug() - put an add-on in
 * @socket: an empty socket
 * @addon: belongs to the socket from now on
 * @edges: how often the presence pin bounces before it stays; an even number
 * @gap_us: time between two edges
 */
void socket_plug(struct socket *socket, struct addon *addon, unsigned long edges,
		 unsigned long gap_us);

/** socket_unplug() - pull the add-on out; see socket_plug(). An empty socket is fine. */
void socket_unplug(struct socket *socket, unsigned long edges, unsigned long gap_us);

/** socket_glitch() - the presence pin loses contact for a moment; the add-on stays in */
void socket_glitch(struct socket *socket, unsigned long gap_us);

/**
 * socket_dip() - the add-on's power dips: power-good is lost and comes back
 * @socket: the socket
 * @dips: how often
 * @dip_us: for how long it is bad, and then good
 *
 * The chips of an add-on that dips have forgotten everything. Without power nothing happens.
 */
void socket_dip(struct socket *socket, unsigned long dips, unsigned long dip_us);

/** socket_set_power_bad() - hold power-good inactive, or let the add-on decide again */
void socket_set_power_bad(struct socket *socket, bool bad);

#endif
