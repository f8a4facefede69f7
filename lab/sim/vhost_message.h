/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VHOST_MESSAGE_H
#define SIM_VHOST_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#define VHOST_PAYLOAD_MAX 512
#define VHOST_FILES_MAX 8

#define VHOST_FLAG_VERSION 0x1
#define VHOST_FLAG_VERSION_MASK 0x3
#define VHOST_FLAG_REPLY 0x4
#define VHOST_FLAG_NEED_REPLY 0x8

/** enum vhost_request - requests of the vhost-user protocol that this server knows */
enum vhost_request {
	VHOST_GET_FEATURES = 1,
	VHOST_SET_FEATURES = 2,
	VHOST_SET_OWNER = 3,
	VHOST_RESET_OWNER = 4,
	VHOST_SET_MEM_TABLE = 5,
	VHOST_SET_VRING_NUM = 8,
	VHOST_SET_VRING_ADDR = 9,
	VHOST_SET_VRING_BASE = 10,
	VHOST_GET_VRING_BASE = 11,
	VHOST_SET_VRING_KICK = 12,
	VHOST_SET_VRING_CALL = 13,
	VHOST_SET_VRING_ERR = 14,
	VHOST_GET_PROTOCOL_FEATURES = 15,
	VHOST_SET_PROTOCOL_FEATURES = 16,
	VHOST_GET_QUEUE_NUM = 17,
	VHOST_SET_VRING_ENABLE = 18,
	VHOST_SET_BACKEND_REQ_FD = 21,
	VHOST_GET_CONFIG = 24,
	VHOST_SET_CONFIG = 25,
	VHOST_VRING_KICK = 35,
};

/** enum vhost_backend_request - requests of this server to the other side */
enum vhost_backend_request {
	VHOST_BACKEND_CONFIG_CHANGE = 2,
	VHOST_BACKEND_VRING_CALL = 4,
};

/** struct vhost_header - what comes before the payload (vhost-user specification, "Header") */
struct vhost_header {
	uint32_t request;
	uint32_t flags;
	uint32_t size;
};

/** struct vhost_vring_state - payload of SET_VRING_NUM, _BASE, _ENABLE, GET_VRING_BASE */
struct vhost_vring_state {
	uint32_t index;
	uint32_t number;
};

/** struct vhost_vring_addresses - payload of SET_VRING_ADDR */
struct vhost_vring_addresses {
	uint32_t index;
	uint32_t flags;
	uint64_t descriptors;
	uint64_t used;
	uint64_t available;
	uint64_t log;
};

/** struct vhost_region - one region in the payload of SET_MEM_TABLE */
struct vhost_region {
	uint64_t guest;
	uint64_t size;
	uint64_t user;
	uint64_t offset;
};

/** struct vhost_memory_table - payload of SET_MEM_TABLE */
struct vhost_memory_table {
	uint32_t count;
	uint32_t padding;
	struct vhost_region regions[VHOST_FILES_MAX];
};

/** struct vhost_config - payload of GET_CONFIG */
struct vhost_config {
	uint32_t offset;
	uint32_t size;
	uint32_t flags;
	uint8_t data[256];
};

/**
 * struct vhost_message - one message, with the files that came along
 * @header: its header
 * @payload: its payload, header.size bytes of it
 * @files: descriptors, owned by the message; -1 where one was taken
 * @file_count: number of @files
 */
struct vhost_message {
	struct vhost_header header;
	union {
		uint8_t bytes[VHOST_PAYLOAD_MAX];
		uint64_t number;
		struct vhost_vring_state state;
		struct vhost_vring_addresses addresses;
		struct vhost_memory_table memory;
		struct vhost_config config;
	} payload;
	int files[VHOST_FILES_MAX];
	unsigned int file_count;
};

/**
 * vhost_message_receive() - read one message
 * @socket: blocking stream socket
 * @message: the result; vhost_message_close_files() is due in all cases
 *
 * Return: 0, -ECONNRESET when the other side closed before a message, -EPROTO for one that is cut
 * off, has another version, is too large or brings too many files, or another negative errno.
 */
int vhost_message_receive(int socket, struct vhost_message *message);

/**
 * vhost_message_reply() - answer a message
 * @socket: where it came from
 * @message: the request; its payload and header.size are the answer's
 *
 * Return: 0 or a negative errno.
 */
int vhost_message_reply(int socket, struct vhost_message *message);

/**
 * vhost_message_ask() - a request to the other side
 * @socket: the descriptor that it gave for requests
 * @message: request, payload and header.size; the rest is filled in
 * @timeout: milliseconds for the answer
 *
 * Return: 0 when it was done; -EIO when the other side could not, -ETIMEDOUT, -EPROTO for an answer
 * to something else, or another negative errno.
 */
int vhost_message_ask(int socket, struct vhost_message *message, int timeout);

/** vhost_message_take_file() - take the first file out of a message. Return: it, or -1. */
int vhost_message_take_file(struct vhost_message *message);

/** vhost_message_close_files() - close the files that nobody took */
void vhost_message_close_files(struct vhost_message *message);

#endif
