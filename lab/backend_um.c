// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * User-Mode Linux: the guest is a process, its serial lines are descriptors of it.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/backend.h"
#include "lab/base_tree.h"
#include "lab/machine.h"

static int um_fit_tree(const char *blob, const char *directory, const char *emulator,
		       unsigned int cpus)
{
	int count = connect_tree(blob, directory);

	return count < 0 ? count : 0;
}

static int um_command(struct arguments *arguments, struct process_files *files,
		      const struct machine_settings *settings, int channel,
		      const struct arguments *kernel)
{
	int i;

	arguments_add(arguments, "%s", settings->kernel);
	arguments_add(arguments, "mem=256M");
	arguments_add(arguments, "initrd=%s", settings->initramfs);
	arguments_add(arguments, "dtb=%s", settings->tree);
	arguments_add(arguments, "uml_dir=%s/uml", settings->directory);
	arguments_add(arguments, "umid=guest");
	/* The console goes to the log; a shell has the terminal for itself. */
	arguments_add(arguments, "con=null");
	arguments_add(arguments, "con0=null,fd:2");
	if (settings->shell)
		arguments_add(arguments, "con1=fd:%d,fd:%d", SHELL_INPUT, SHELL_OUTPUT);
	arguments_add(arguments, "con2=fd:%d", channel);
	if (settings->control >= 0)
		arguments_add(arguments, "con3=fd:%d", settings->control);
	if (settings->clock) {
		arguments_add(arguments, "con4=fd:%d", settings->answers);
		arguments_add(arguments, "time-travel=ext:%s/calendar", settings->directory);
	}
	arguments_add(arguments, "kasan_multi_shot");
	/* A read of a register waits for the simulator, which waits for a CPU: 40 ms are not enough. */
	arguments_add(arguments, "virt_pci.max_delay_us=2000000");
	/* Room for UARTs of the board, but none at the address of a PC's, which the driver probes. */
	arguments_add(arguments, "reserve=0x3f8,8");
	arguments_add(arguments, "8250.nr_uarts=1");
	for (i = 0; i < kernel->count; i++)
		arguments_add(arguments, "%s", kernel->word[i]);
	/* Its memory map depends on the address space that it finds. */
	files->pinned = true;
	return 0;
}

/* See arch/um/drivers/mconsole.h for the request. */
static void um_show_blocked(const char *console)
{
	static const char command[] = "sysrq w";
	struct {
		uint32_t magic, version, length;
		char text[512];
	} request = { 0xcafebabe, 2, sizeof(command) - 1, "" };
	struct sockaddr_un to = { .sun_family = AF_UNIX }, from = { .sun_family = AF_UNIX };
	struct timeval patience = { .tv_sec = 2 };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	memcpy(request.text, command, sizeof(command));
	strcpy(to.sun_path, console);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	/* An address of its own, so that the end of the output can be waited for. */
	if (!bind(fd, (struct sockaddr *)&from, sizeof(from.sun_family)) &&
	    sendto(fd, &request, sizeof(request), 0, (struct sockaddr *)&to, sizeof(to)) > 0)
		while (recv(fd, &request, sizeof(request), 0) == sizeof(request) && request.version)
			;
	close(fd);
}

const struct backend backend_um = {
	.architecture = "um",
	/* Guests share their CPUs with other guests, and with compilers. */
	.patience = 2,
	.channel = "/dev/tty2",
	.control = "/dev/tty3",
	.answers = "/dev/tty4",
	.shell = "/dev/tty1",
	.console = "uml/guest/mconsole",
	.fit_tree = um_fit_tree,
	.command = um_command,
	.show_blocked = um_show_blocked,
};
