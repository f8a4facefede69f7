// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a board looks like at the moment, for people and for programs.
 */
#include <json-c/json.h>

#include "lab/sim/report.h"

static void list_chips(const struct chip_places *chips, FILE *out)
{
	unsigned int i;

	for (i = 0; i < chips->count; i++) {
		const struct chip_place *place = &chips->at[i];

		fprintf(out, "-   %s%s%s@0x%02x on %s: ", place->name, place->name[0] ? " = " : "",
			place->chip->type->name, place->chip->address, place->bus);
		place->chip->type->get(place->chip, NULL, out);
		fprintf(out, "%s%s%s\n", place->chip->deaf ? ", does not answer" : "",
			place->chip->in_reset ? ", in reset" : "",
			place->chip->interrupt ? ", interrupt active" : "");
	}
}

static void list_wire(const char *name, int number, const struct wire *wire, FILE *out)
{
	if (!wire->bank)
		return;
	fprintf(out, "-   %s", name);
	if (number >= 0)
		fprintf(out, " %d", number);
	fprintf(out, ": %s%s\n", gpio_bank_level(wire->bank, wire->line) ? "high" : "low",
		gpio_bank_direction(wire->bank, wire->line) == GPIO_OUTPUT ?
			", driven by the board" :
			"");
}

static void list_socket(const char *above, const struct socket *socket, FILE *out)
{
	char name[4 * ADDON_NAME_SIZE];
	unsigned int n;
	int i;

	snprintf(name, sizeof(name), "%s%s%s", above, *above ? "." : "", socket->name);
	fprintf(out, "- %s (%s): %s%s%s%s\n", name, socket->type,
		socket->addon ? socket->addon->name : "empty", socket->powered ? ", has power" : "",
		wire_is_active(&socket->powergood) ? ", power-good" : "",
		wire_is_active(&socket->reset) ? ", in reset" : "");
	if (socket->addon)
		list_chips(&socket->addon->chips, out);
	list_wire("present", -1, &socket->present, out);
	list_wire("powergood", -1, &socket->powergood, out);
	list_wire("reset", -1, &socket->reset, out);
	list_wire("vcc", -1, &socket->vcc, out);
	for (i = 0; i < SOCKET_PINS_MAX; i++)
		list_wire("strap", i, &socket->straps[i], out);
	for (i = 0; i < SOCKET_PINS_MAX; i++)
		list_wire("line", i, &socket->lines[i], out);
	for (n = 0; socket->addon && n < socket->addon->socket_count; n++)
		list_socket(name, &socket->addon->sockets[n], out);
}

void report_list(const struct board *board, FILE *out)
{
	unsigned int i;

	if (board->chips.count)
		fprintf(out, "- %s\n", BOARD_ITSELF);
	list_chips(&board->chips, out);
	for (i = 0; i < board->socket_count; i++)
		list_socket("", &board->sockets[i], out);
}

static json_object *socket_statistics(struct socket *socket, bool reset)
{
	json_object *object = json_object_new_object();

	json_object_object_add(object, "plugs", json_object_new_int64(socket->plugs));
	json_object_object_add(object, "reset_latency_us",
			       socket->reset_latency_ns < 0 ?
				       NULL :
				       json_object_new_double(socket->reset_latency_ns / 1000.0));
	if (reset) {
		socket->plugs = 0;
		socket->reset_latency_ns = -1;
	}
	return object;
}

void report_statistics(struct board *board, bool reset, FILE *out)
{
	json_object *all = json_object_new_object(), *buses = json_object_new_object(),
		    *sockets = json_object_new_object();
	unsigned int i;

	for (i = 0; i < board->device_count; i++) {
		struct board_device *device = &board->devices[i];

		if (device->kind->statistics)
			json_object_object_add(buses, device->name,
					       device->kind->statistics(device, reset));
	}
	for (i = 0; i < board->socket_count; i++)
		json_object_object_add(sockets, board->sockets[i].name,
				       socket_statistics(&board->sockets[i], reset));
	json_object_object_add(all, "buses", buses);
	json_object_object_add(all, "sockets", sockets);
	fprintf(out, "- %s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
	json_object_put(all);
}
