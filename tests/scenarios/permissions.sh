#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# permissions.sh CONNECTOR: in the guest, as root; may somebody who is not root do with the files of a
# connector and of the module what the table says, and is every file in the table?
# permissions.sh --try: as somebody else; lines of "PATH NAME" become lines of the table.
table=/lib/firmware/permissions.txt

# What the driver core and power management add to every device is theirs.
list() {
	find "/sys/class/plugtree/$1/" -maxdepth 1 -type f | while read -r path; do
		echo "$path ${path##*/}"
	done
	find "/sys/class/plugtree/$1/" -mindepth 1 -maxdepth 1 -type d ! -name power | while read -r path; do
		echo "$path/ ${path##*/}/"
	done
	for path in /sys/module/plugtree/parameters/*; do
		echo "$path parameters/${path##*/}"
	done
	for path in /sys/kernel/debug/plugtree/*; do
		echo "$path debugfs/${path##*/}"
	done
}

# A write of something that each of them would take.
try() {
	while read -r path name; do
		may=''
		case $name in
		*/)
			(: >"$path/mine") 2>/dev/null && may=w
			echo "$name${may:+ $may}"
			continue
			;;
		esac
		cat "$path" >/dev/null 2>&1 && may=r
		(echo 1 >"$path") 2>/dev/null && may=${may}w
		echo "$name ${may:--}"
	done
}

if [ "$1" = --try ]; then
	[ "$(id -u)" != 0 ] || exit 1
	try
	exit
fi
grep -q '^guest:' /etc/passwd || echo 'guest:x:1000:1000::/:/bin/sh' >>/etc/passwd
list "$1" | su guest -c "sh $0 --try" | sort >/tmp/found
[ -s /tmp/found ] || exit 1
grep -v '^#' $table | sort | diff - /tmp/found
