# SPDX-License-Identifier: GPL-2.0-or-later
SUMMARY = "Hot-pluggable add-on boards: the kernel modules"
LICENSE = "GPL-2.0-only & (GPL-2.0-only | BSD-2-Clause)"
require plugtree.inc

inherit module

# Kbuild writes where the sources are: it gets a copy, with the link to common/ resolved.
EXTRA_OEMAKE += "-C ${STAGING_KERNEL_DIR} M=${B}"
MAKE_TARGETS = "modules"

do_configure() {
	for option in OF_OVERLAY I2C GPIOLIB NVMEM; do
		grep -qx "CONFIG_$option=[ym]" ${STAGING_KERNEL_BUILDDIR}/.config ||
			bbfatal "the kernel was configured without CONFIG_$option (see recipes-kernel/linux/files/plugtree.cfg)"
	done
	cp -rL ${S}/kernel/. ${B}/
}
do_configure[cleandirs] = "${B}"
