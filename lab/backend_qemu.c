// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * QEMU's machine "virt" for 64-bit Arm, every instruction emulated.
 *
 * The agent's channel is a virtio-serial port, which neither loses nor changes a byte; the kernel's
 * console is the UART, and only ever goes to the log. A power-off ends QEMU with status 0, a crash
 * of the kernel (by way of pvpanic) with status 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/backend.h"
#include "lab/base_tree.h"
#include "lab/machine.h"

#define DUMP_TIMEOUT_MS 20000
#define PATH_SIZE 512
#define MEMORY "256M"
#define DEVICES_MAX 16
/* The first function on the bus, so that its ports are those of the first virtio device. */
#define SERIAL_SLOT 1
#define CRASH_SLOT 31
#define QUIET_MS 1000

/* What decides how the base tree looks. */
static void add_machine(struct arguments *arguments, const char *emulator, unsigned int cpus,
			const char *further)
{
	arguments_add(arguments, "%s", emulator);
	arguments_add(arguments, "-nodefaults");
	arguments_add(arguments, "-no-user-config");
	arguments_add(arguments, "-display");
	arguments_add(arguments, "none");
	arguments_add(arguments, "-machine");
	arguments_add(arguments, "virt,gic-version=3,highmem=off,%s", further);
	arguments_add(arguments, "-cpu");
	arguments_add(arguments, "cortex-a57");
	arguments_add(arguments, "-smp");
	arguments_add(arguments, "%u", cpus);
	arguments_add(arguments, "-m");
	arguments_add(arguments, MEMORY);
}

/* The machine describes itself; a board's tree is an overlay that says what is on top of it. */
static int qemu_fit_tree(const char *blob, const char *directory, const char *emulator,
			 unsigned int cpus)
{
	struct arguments arguments = { 0 };
	char machine[PATH_SIZE], log[PATH_SIZE], dump[PATH_SIZE + 16];
	int ret, output;

	snprintf(machine, sizeof(machine), "%s/machine.dtb", directory);
	snprintf(log, sizeof(log), "%s/qemu.log", directory);
	snprintf(dump, sizeof(dump), "dumpdtb=%s", machine);
	output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (output < 0)
		return -errno;
	add_machine(&arguments, emulator, cpus, dump);
	ret = process_run(output, arguments.word, DUMP_TIMEOUT_MS);
	arguments_free(&arguments);
	close(output);
	if (ret > 0)
		ret = -EIO;
	return ret ? ret : merge_tree(machine, blob);
}

static void add_boot(struct arguments *arguments, const struct machine_settings *settings,
		     const char *kernel)
{
	/* The hardware server looks into the guest's memory. */
	arguments_add(arguments, "-object");
	arguments_add(arguments, "memory-backend-memfd,id=ram,size=" MEMORY ",share=on");
	arguments_add(arguments, "-kernel");
	arguments_add(arguments, "%s", settings->kernel);
	arguments_add(arguments, "-initrd");
	arguments_add(arguments, "%s", settings->initramfs);
	arguments_add(arguments, "-dtb");
	arguments_add(arguments, "%s", settings->tree);
	arguments_add(arguments, "-append");
	arguments_add(arguments, "console=ttyAMA0 %s", kernel);
	arguments_add(arguments, "-no-reboot");
	arguments_add(arguments, "-action");
	arguments_add(arguments, "panic=exit-failure");
	arguments_add(arguments, "-device");
	arguments_add(arguments, "pvpanic-pci,addr=0x%x", CRASH_SLOT);
}

/* A multiplexer, though there is nothing else on the line: it is what can send a break. */
static void add_console(struct arguments *arguments, const struct machine_settings *settings)
{
	arguments_add(arguments, "-chardev");
	arguments_add(arguments,
		      "socket,id=console,path=%s/%s,server=on,wait=off,mux=on,logfile=%s,"
		      "logappend=on",
		      settings->directory, backend_qemu.console, settings->log);
	arguments_add(arguments, "-serial");
	arguments_add(arguments, "chardev:console");
}

/* By which devices come and go. */
static void add_monitor(struct arguments *arguments, const struct machine_settings *settings)
{
	arguments_add(arguments, "-qmp");
	arguments_add(arguments, "unix:%s/%s,server=on,wait=off", settings->directory,
		      backend_qemu.monitor);
}

static void add_port(struct arguments *arguments, const char *kind, const char *name,
		     unsigned int number)
{
	arguments_add(arguments, "-device");
	arguments_add(arguments, "%s,chardev=%s,nr=%u", kind, name, number);
}

/* The agent's channel, and lines that a guest may open as often as it likes. */
static void add_serial(struct arguments *arguments, const struct machine_settings *settings,
		       int channel)
{
	arguments_add(arguments, "-device");
	arguments_add(arguments, "virtio-serial-pci,addr=0x%x", SERIAL_SLOT);
	arguments_add(arguments, "-chardev");
	arguments_add(arguments, "socket,id=channel,fd=%d", channel);
	add_port(arguments, "virtserialport", "channel", 1);
	if (settings->control >= 0) {
		arguments_add(arguments, "-chardev");
		arguments_add(arguments, "socket,id=control,fd=%d", settings->control);
		add_port(arguments, "virtconsole", "control", 2);
	}
	if (settings->shell) {
		arguments_add(arguments, "-chardev");
		arguments_add(arguments, "stdio,id=shell,signal=off");
		add_port(arguments, "virtconsole", "shell", 3);
	}
}

/* What has no socket but is a place where a device can be plugged while the machine runs. */
#define SLOT_KIND "pciclass,060400"

static void add_slot(struct arguments *arguments, const struct tree_socket *slot)
{
	arguments_add(arguments, "-device");
	arguments_add(arguments, "pcie-root-port,id=%s,bus=pcie.0,addr=0x%x,chassis=%u,slot=%u",
		      slot->name, slot->slot, slot->slot, slot->slot);
}

/* The emulator's end of a controller, by the controller's compatible. */
static const struct {
	const char *kind;
	const char *device;
} front_ends[] = {
	{ "virtio,device22", "vhost-user-i2c-pci" },
	{ "virtio,device29", "vhost-user-gpio-pci" },
	{ "pci1b36,2", "pci-serial" },
};

static const char *front_end(const char *kind)
{
	unsigned int i;

	for (i = 0; i < sizeof(front_ends) / sizeof(front_ends[0]); i++)
		if (!strcmp(front_ends[i].kind, kind))
			return front_ends[i].device;
	return NULL;
}

/* Every controller of the board's tree, in the slot where the tree has it. */
static int add_hardware(struct arguments *arguments, const struct machine_settings *settings)
{
	struct tree_socket sockets[DEVICES_MAX];
	int count = list_sockets(settings->tree, sockets, DEVICES_MAX), i;

	for (i = 0; i < count; i++) {
		if (!strcmp(sockets[i].kind, SLOT_KIND)) {
			add_slot(arguments, &sockets[i]);
			continue;
		}
		if (!front_end(sockets[i].kind))
			return -ENODEV;
		arguments_add(arguments, "-chardev");
		arguments_add(arguments, "socket,id=board-%s,path=%s/%s", sockets[i].name,
			      settings->directory, sockets[i].name);
		arguments_add(arguments, "-device");
		arguments_add(arguments, "%s,chardev=board-%s,addr=0x%x",
			      front_end(sockets[i].kind), sockets[i].name, sockets[i].slot);
	}
	return count < 0 ? count : 0;
}

static int qemu_command(struct arguments *arguments, struct process_files *files,
			const struct machine_settings *settings, int channel,
			const struct arguments *kernel)
{
	char *line = arguments_join(kernel);

	if (!line)
		return -ENOMEM;
	add_machine(arguments, settings->emulator, settings->cpus, "memory-backend=ram");
	add_boot(arguments, settings, line);
	free(line);
	add_console(arguments, settings);
	add_monitor(arguments, settings);
	add_serial(arguments, settings, channel);
	if (settings->shell) {
		files->input = SHELL_INPUT;
		files->output = SHELL_OUTPUT;
	}
	return add_hardware(arguments, settings);
}

/* A break on the console and a letter are a sysrq; then reads on until the kernel falls silent. */
static void qemu_show_blocked(const char *console)
{
	static const char sysrq[] = "\x01"
				    "bw";
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct pollfd said = { .events = POLLIN };
	char drop[4096];

	said.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (said.fd < 0)
		return;
	strcpy(address.sun_path, console);
	if (!connect(said.fd, (struct sockaddr *)&address, sizeof(address)) &&
	    write(said.fd, sysrq, sizeof(sysrq) - 1) > 0)
		while (poll(&said, 1, QUIET_MS) == 1 && read(said.fd, drop, sizeof(drop)) > 0)
			;
	close(said.fd);
}

const struct backend backend_qemu = {
	.architecture = "arm64",
	.patience = 4,
	.channel = "/dev/vport0p1",
	.control = "/dev/hvc0",
	.shell = "/dev/hvc1",
	.console = "console",
	.monitor = "monitor",
	.fit_tree = qemu_fit_tree,
	.command = qemu_command,
	.show_blocked = qemu_show_blocked,
};
