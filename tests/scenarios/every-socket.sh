#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# every-socket.sh SOCKET ADDON: in the guest; are the devices in a socket, and their drivers, those of
# the table? every-socket.sh: is every add-on that there is in the table?
table=/lib/firmware/every-socket.txt

if [ $# = 0 ]; then
	for overlay in /lib/firmware/plugtree/*/*.dtbo; do
		# Displays have a board of their own.
		[ "${overlay%/lab,view/*}" = "$overlay" ] || continue
		name=$(basename "$overlay" .dtbo)
		[ "$name" = id ] || grep -q "^$name " "$table" || echo "$name is not in the table"
	done
	exit
fi
for device in /sys/class/plugtree/"$1"/devices/*; do
	node=$(basename "$(readlink -f "$device/of_node")")
	echo "$2 $node $(basename "$(readlink -f "$device/driver")")"
done | sort >/tmp/found
grep "^$2 " "$table" | sort | diff - /tmp/found
