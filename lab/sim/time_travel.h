/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_TIME_TRAVEL_H
#define SIM_TIME_TRAVEL_H

#include <stdint.h>

/*
 * What User-Mode Linux and its calendar say to each other, by include/uapi/linux/um_timetravel.h of
 * Linux 6.12. That of Debian's linux-libc-dev is older and knows no shared memory.
 */

/** enum time_travel_operation - kinds of messages, those that the shared memory leaves */
enum time_travel_operation {
	TIME_TRAVEL_ACK = 0,
	TIME_TRAVEL_START = 1,
	TIME_TRAVEL_WAIT = 3,
	TIME_TRAVEL_RUN = 6,
	TIME_TRAVEL_GET_TOD = 8,
};

/**
 * struct time_travel_message - a message
 * @operation: its kind
 * @sequence: an answer has that of its question
 * @time: nanoseconds
 */
struct time_travel_message {
	uint32_t operation;
	uint32_t sequence;
	uint64_t time;
};

/* With the answer to TIME_TRAVEL_START: the memory, and a file for a log. */
#define TIME_TRAVEL_FILES 2

#define TIME_TRAVEL_MEMORY_VERSION 2
#define TIME_TRAVEL_HEADER_SIZE 4096
#define TIME_TRAVEL_CLIENT_SIZE 128

/* It keeps its request in the memory, needs no answer to WAIT and gives none to RUN. */
#define TIME_TRAVEL_SHARES_TIME 0x1
/* Its request is valid. */
#define TIME_TRAVEL_WANTS_TO_RUN 0x1

/**
 * union time_travel_client - what one of those who share the memory says
 * @abilities: TIME_TRAVEL_SHARES_TIME
 * @flags: TIME_TRAVEL_WANTS_TO_RUN
 * @request: when it wants to run, nanoseconds
 * @name: what it calls itself
 */
union time_travel_client {
	struct {
		uint32_t abilities;
		uint32_t flags;
		uint64_t request;
		uint64_t name;
	};
	uint8_t size[TIME_TRAVEL_CLIENT_SIZE];
};

/**
 * struct time_travel_memory - the shared memory
 * @version: TIME_TRAVEL_MEMORY_VERSION
 * @size: bytes of the memory
 * @free_until: who runs may go on up to here without asking, nanoseconds
 * @now: written by who runs, nanoseconds
 * @running: who runs, an index of @clients
 * @client_count: number of @clients
 * @clients: those who share it
 */
struct time_travel_memory {
	union {
		struct {
			uint32_t version;
			uint32_t size;
			uint64_t free_until;
			uint64_t now;
			uint16_t running;
			uint16_t client_count;
		};
		uint8_t header[TIME_TRAVEL_HEADER_SIZE];
	};
	union time_travel_client clients[];
};

#endif
