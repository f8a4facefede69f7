#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# udev.sh: write a cpio archive with this machine's systemd-udevd, and with the rule as it is installed.
# For the header files-from of scenarios.
set -euo pipefail

# shellcheck source=../../scripts/lib.sh
. "$(dirname "$0")/../../scripts/lib.sh"

need udevadm cpio ldd
rules=$build/user/udev/90-plugtree.rules
udevadm=$(command -v udevadm)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

while read -r library; do
	install -D "$library" "$work$library"
done < <(ldd "$udevadm" | grep -o '/[^ ]*')
install -D "$udevadm" usr/bin/udevadm
# One program; it is what it is called.
ln -s udevadm usr/bin/systemd-udevd

install -D -m 644 "$rules" usr/lib/udev/rules.d/90-plugtree.rules
install -D -m 755 "$top/systemd/systemd-unit" usr/lib/plugtree/hooks.d/systemd-unit
# The rule names the command where it would be installed.
tool=$(sed -n 's/^RUN+="\([^ ]*\) .*/\1/p' "$rules")
mkdir -p "$work$(dirname "$tool")" dev/shm var
ln -s /usr/bin/plugtree "$work$tool"
find . -print0 | sort -z | cpio --quiet -0 -o -H newc --owner=+0:+0
