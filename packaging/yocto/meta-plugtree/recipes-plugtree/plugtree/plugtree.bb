# SPDX-License-Identifier: GPL-2.0-or-later
SUMMARY = "Hot-pluggable add-on boards: the command"
DESCRIPTION = "Shows and controls connectors, with a udev rule, a unit for systemd, the bindings and examples"
LICENSE = "GPL-2.0-or-later & (GPL-2.0-only | BSD-2-Clause)"
require plugtree.inc

DEPENDS = "dtc dtc-native json-c kmod openssl udev zlib"

inherit meson pkgconfig bash-completion

EXTRA_OEMESON = "-Ddevelopment=false"
MESON_INSTALL_TAGS = "tool,man"

# Where systemd and udev look as well if they are not below /usr themselves.
FILES:${PN} += " \
    ${nonarch_libdir}/plugtree \
    ${nonarch_libdir}/systemd/system \
    ${nonarch_libdir}/udev/rules.d \
"
FILES:${PN}-dev += "${datadir}/plugtree"

RRECOMMENDS:${PN} += "plugtree-module"
