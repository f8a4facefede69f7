#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# signatures.sh: write a cpio archive with signatures of the guest's overlays, good ones and others, as
# /lib/signatures/KIND/TYPE/OVERLAY.p7s, and with overlays that were changed after they were signed. For
# the header files-from of scenarios with the kernel "stress".
set -euo pipefail

# shellcheck source=../../scripts/lib.sh
. "$(dirname "$0")/../../scripts/lib.sh"

need cpio openssl
image=$build/images/stress
# Key and certificate that this kernel was built with.
trusted=$(dirname "$(readlink "$image/linux")")/certs/signing_key.pem
[ -r "$trusted" ] || die "the kernel of $image has no key of its own"
plugtree=$build/user/tool/plugtree
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/lib/signatures"
cd "$work"
(cd root && cpio --quiet -id 'lib/firmware/plugtree/*' <"$image/initramfs.cpio" && mv lib/firmware/plugtree ../good)

# new_key NAME OPTION…: a key and its certificate in NAME.pem
new_key() {
	local name=$1
	shift
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$name.pem" -out "$name.crt" "$@" 2>/dev/null
	cat "$name.crt" >>"$name.pem"
}

# sign_by_hand KIND OPTION…: sign as "plugtree sign" never would
sign_by_hand() {
	local kind=$1 overlay
	shift
	for overlay in "$kind"/lab,wide/*.dtbo; do
		openssl cms -sign -binary -outform DER -in "$overlay" -out "$overlay.p7s" "$@"
	done
}

new_key stranger -subj /CN=stranger
# Somebody who says that his key is the kernel's.
subject=$(openssl x509 -in "$trusted" -noout -subject -nameopt compat)
serial=$(openssl x509 -in "$trusted" -noout -serial)
new_key forger -subj "/${subject#subject=*/}" -set_serial "0x${serial#serial=}"

kinds=(stranger forged attached attributes sha512 noise)
for kind in "${kinds[@]}"; do
	cp -r good "$kind"
done
"$plugtree" sign --key "$trusted" good/*/*.dtbo
"$plugtree" verify --certificate "$trusted" good/*/*.dtbo >&2
"$plugtree" sign --key stranger.pem stranger/lab,wide/*.dtbo
sign_by_hand forged -nocerts -noattr -signer forger.pem
sign_by_hand attached -nodetach -noattr -signer "$trusted"
sign_by_hand attributes -nosmimecap -signer "$trusted"
sign_by_hand sha512 -noattr -md sha512 -signer "$trusted"
for overlay in noise/lab,wide/*.dtbo; do
	head -c 1500 /dev/urandom >"$overlay.p7s"
done
cp -r good modified
for overlay in modified/lab,wide/*.dtbo; do
	printf x >>"$overlay"
done
for kind in good "${kinds[@]}"; do
	rm "$kind"/*/*.dtbo
done
mv good modified "${kinds[@]}" root/lib/signatures
cd root
find . -print0 | sort -z | cpio --quiet -0 -o -H newc --owner=+0:+0
