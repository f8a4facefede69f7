// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Framing: what a peer may send, and what it must not.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/vhost_message.h"
#include "tests/sim/test.h"

/**
 * struct pair - two ends of a connection
 * @peer: the tests' end
 * @ours: the server's end
 * @open_files: descriptors that were open before
 */
struct pair {
	int peer;
	int ours;
	unsigned int open_files;
};

static unsigned int count_files(void)
{
	DIR *directory = opendir("/proc/self/fd");
	unsigned int count = 0;

	assert_non_null(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static int setup(void **state)
{
	static struct pair pair;
	int ends[2];

	pair.open_files = count_files();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return -1;
	pair.peer = ends[0];
	pair.ours = ends[1];
	*state = &pair;
	return 0;
}

/* No test may leave a descriptor behind. */
static int teardown(void **state)
{
	struct pair *pair = *state;

	if (pair->peer >= 0)
		close(pair->peer);
	close(pair->ours);
	return count_files() == pair->open_files ? 0 : -1;
}

static void send_with_files(int socket, const void *data, size_t size, unsigned int files)
{
	union {
		char space[CMSG_SPACE(64 * sizeof(int))];
		struct cmsghdr alignment;
	} control = { 0 };
	struct iovec vector = { (void *)data, size };
	struct msghdr header = { .msg_iov = &vector, .msg_iovlen = 1 };
	struct cmsghdr *message;
	unsigned int i;
	int fd = 0;

	if (files) {
		header.msg_control = control.space;
		header.msg_controllen = CMSG_SPACE(files * sizeof(int));
		message = CMSG_FIRSTHDR(&header);
		message->cmsg_level = SOL_SOCKET;
		message->cmsg_type = SCM_RIGHTS;
		message->cmsg_len = CMSG_LEN(files * sizeof(int));
		for (i = 0; i < files; i++)
			memcpy(CMSG_DATA(message) + i * sizeof(int), &fd, sizeof(int));
	}
	assert_int_equal(sendmsg(socket, &header, 0), size);
}

static void a_message_arrives(void **state)
{
	const struct pair *pair = *state;
	struct {
		struct vhost_header header;
		uint64_t number;
	} sent = { { VHOST_SET_FEATURES, VHOST_FLAG_VERSION, 8 }, 42 };
	struct vhost_message message;
	int file;

	send_with_files(pair->peer, &sent, 12, 1);
	assert_int_equal(send(pair->peer, &sent.number, 8, 0), 8);
	assert_int_equal(vhost_message_receive(pair->ours, &message), 0);
	assert_int_equal(message.header.request, VHOST_SET_FEATURES);
	assert_int_equal(message.payload.number, 42);
	assert_int_equal(message.file_count, 1);
	file = vhost_message_take_file(&message);
	assert_true(file >= 0);
	close(file);
	assert_int_equal(vhost_message_take_file(&message), -1);
	vhost_message_close_files(&message);
}

static void a_reply_goes_back(void **state)
{
	const struct pair *pair = *state;
	struct vhost_message message = { .header = { VHOST_GET_FEATURES, VHOST_FLAG_VERSION, 8 } };
	struct vhost_header header;
	uint64_t number;

	message.payload.number = 7;
	assert_int_equal(vhost_message_reply(pair->ours, &message), 0);
	assert_int_equal(recv(pair->peer, &header, 12, 0), 12);
	assert_int_equal(header.flags, VHOST_FLAG_VERSION | VHOST_FLAG_REPLY);
	assert_int_equal(recv(pair->peer, &number, 8, 0), 8);
	assert_int_equal(number, 7);
}

static int receive(const struct pair *pair)
{
	struct vhost_message message;
	int ret = vhost_message_receive(pair->ours, &message);

	vhost_message_close_files(&message);
	return ret;
}

static void bad_headers_are_refused(void **state)
{
	static const struct vhost_header headers[] = {
		{ 1, 0, 0 },
		{ 1, 2, 0 },
		{ 1, VHOST_FLAG_VERSION | VHOST_FLAG_REPLY, 0 },
		{ 1, VHOST_FLAG_VERSION, VHOST_PAYLOAD_MAX + 1 },
		{ 1, VHOST_FLAG_VERSION, UINT32_MAX },
	};
	const struct pair *pair = *state;
	unsigned int i;

	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		send_with_files(pair->peer, &headers[i], 12, 2);
		assert_int_equal(receive(pair), -EPROTO);
	}
}

static void too_many_files_are_refused_and_closed(void **state)
{
	const struct vhost_header header = { 1, VHOST_FLAG_VERSION, 0 };
	const struct pair *pair = *state;

	send_with_files(pair->peer, &header, 12, VHOST_FILES_MAX + 1);
	assert_int_equal(receive(pair), -EPROTO);
	send_with_files(pair->peer, &header, 12, 60);
	assert_int_equal(receive(pair), -EPROTO);
}

static void a_message_that_is_cut_off_is_refused(void **state)
{
	const struct vhost_header header = { 1, VHOST_FLAG_VERSION, 8 };
	struct pair *pair = *state;

	send_with_files(pair->peer, &header, 12, 1);
	send_with_files(pair->peer, "1234", 4, 0);
	close(pair->peer);
	pair->peer = -1;
	assert_int_equal(receive(pair), -EPROTO);
}

static void a_header_that_is_cut_off_is_refused(void **state)
{
	struct pair *pair = *state;

	send_with_files(pair->peer, "12345", 5, 0);
	close(pair->peer);
	pair->peer = -1;
	assert_int_equal(receive(pair), -EPROTO);
}

static void the_end_is_told_apart(void **state)
{
	struct pair *pair = *state;

	close(pair->peer);
	pair->peer = -1;
	assert_int_equal(receive(pair), -ECONNRESET);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_arrives),
		TEST(a_reply_goes_back),
		TEST(bad_headers_are_refused),
		TEST(too_many_files_are_refused_and_closed),
		TEST(a_message_that_is_cut_off_is_refused),
		TEST(a_header_that_is_cut_off_is_refused),
		TEST(the_end_is_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
