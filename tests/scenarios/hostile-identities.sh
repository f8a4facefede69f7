#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# hostile-identities.sh CONNECTOR REASON: in the guest; is what a hostile identity says nowhere but in the
# attributes that are for it, as one line of printable text, and nowhere raw? Prints what is wrong.
# A process costs much here, so there are few.
reason=$2
cd "/sys/class/plugtree/$1" || exit

cat state presence type vendor model revision serial overlay reason error >/tmp/attributes
[ "$(wc -l </tmp/attributes)" = 10 ] || echo "attributes of more than one line"
read -r value <reason
[ "$value" = "$reason" ] || echo "the reason is $value"
read -r value <overlay
[ -z "$value" ] || echo "an overlay was found: $value"

# What was looked for is below the folder of the connector's type, under a harmless name.
if [ "$reason" = unknown-model ]; then
	read -r kind <./type
	grep -qE ": plugtree/$kind/[a-z0-9_][a-z0-9._-]*(@[a-z0-9_][a-z0-9._-]*)?\.dtbo$" error || cat error
fi

# No key but those that are always there.
for key in CONNECTOR STATE TYPE VENDOR MODEL REVISION SERIAL OVERLAY REASON ERROR INSERTION; do
	echo "PLUGTREE_$key"
done >/tmp/keys
cat uevent >/tmp/uevent
sed 's/=.*//' uevent | diff /tmp/keys -

# Text in quotes, in which quotes and backslashes are escaped.
sed 's/[\\"]/\\&/g' vendor model revision serial >/tmp/values
for key in vendor model revision serial; do
	IFS= read -r value
	[ -n "$value" ] && value="\"$value\"" || value=null
	echo "      \"$key\": $value,"
done </tmp/values >/tmp/members
plugtree status --json "$1" >/tmp/json
grep -E '"(vendor|model|revision|serial)":' /tmp/json | diff /tmp/members -

plugtree status "$1" >/tmp/status
dmesg >/tmp/messages
grep -l '[^	 -~]' /tmp/attributes /tmp/uevent /tmp/json /tmp/status /tmp/messages /tmp/seen
# Names of files that were looked for are in the log, but not what they were made of.
grep -F -e ../ -e '(reboot)' -e '%s%n' -e 'rm -rf' -e '"}]' /tmp/messages
grep -v '^{.*}$' /tmp/seen
true
