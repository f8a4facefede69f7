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
# Few processes: each costs more than all that they do here.
cd /sys/class/plugtree/"$1"/devices || exit
# shellcheck disable=SC2012 # the names are the kernel's
ls -ld ./*/of_node ./*/driver | awk -v addon="$2" '
	{ split($(NF - 2), path, "/"); sub(".*/", "", $NF); found[path[3], path[2]] = $NF }
	path[3] == "of_node" { devices[path[2]] }
	END { for (device in devices) print addon, found["of_node", device], found["driver", device] }' |
	sort >/tmp/found
grep "^$2 " "$table" | sort | diff - /tmp/found
