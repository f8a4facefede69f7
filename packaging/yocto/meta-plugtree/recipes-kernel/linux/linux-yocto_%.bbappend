# SPDX-License-Identifier: GPL-2.0-or-later
FILESEXTRAPATHS:prepend := "${THISDIR}/files:"
SRC_URI += "file://plugtree.cfg"
