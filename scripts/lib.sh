# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# What the scripts share. Progress goes to stderr, results to stdout.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/plugtree
build=$top/build
export LC_ALL=C

say() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
	say "$*"
	exit 1
}

# need PROGRAM...: fail with one sentence when a program is missing
need() {
	local program
	for program; do
		command -v "$program" >/dev/null ||
			die "$program is missing; 'make check' or 'make demo' installs it (scripts/packages)"
	done
}

# hash_of FILE...: a short key for the contents of files and of stdin
hash_of() {
	{ cat; cat -- "$@" </dev/null; } | sha256sum | cut -c1-16
}

# read_flavour FLAVOUR: what lab/kernels says about a kernel flavour, in variables: architecture,
# fragments, and those of its ARCHITECTURE.arch
read_flavour() {
	flavour=$1
	read -r architecture fragments < <(
		awk -v name="$1" '$1 == name { $1 = ""; print }' "$top/lab/kernels/flavours") ||
		die "there is no kernel flavour $1 in lab/kernels/flavours"
	# shellcheck source=../lab/kernels/um.arch
	. "$top/lab/kernels/$architecture.arch"
}

# kernel_make ARGUMENT…: make for the architecture of the flavour that was read
kernel_make() {
	make ARCH="$make_arch" CROSS_COMPILE="$cross" "$@"
}

# with_lock NAME: hold a lock of the cache until this script ends
with_lock() {
	mkdir -p "$cache"
	exec 9>"$cache/$1.lock"
	if ! flock -n 9; then
		say "waiting for another build that holds $cache/$1.lock"
		flock 9
	fi
}

# progress LABEL LOG PATTERN TOTAL PID: show how far a build is until process PID ends
progress() {
	local label=$1 log=$2 pattern=$3 total=$4 pid=$5 start=$SECONDS next=30 count elapsed
	while kill -0 "$pid" 2>/dev/null; do
		sleep 1
		elapsed=$((SECONDS - start))
		count=$(grep -c "$pattern" "$log" 2>/dev/null || true)
		if [ -t 2 ]; then
			printf '\r%s: %d:%02d, %d of about %d objects\033[K' \
				"$label" $((elapsed / 60)) $((elapsed % 60)) "${count:-0}" "$total" >&2
		elif [ "$elapsed" -ge "$next" ]; then
			printf '%s: %d:%02d, %d of about %d objects\n' \
				"$label" $((elapsed / 60)) $((elapsed % 60)) "${count:-0}" "$total" >&2
			next=$((elapsed + 30))
		fi
	done
	if [ -t 2 ]; then
		printf '\r\033[K' >&2
	fi
}

# logged LABEL LOG COMMAND...: run with the output in LOG, whose end is shown on failure
logged() {
	local label=$1 log=$2
	shift 2
	if ! "$@" >"$log" 2>&1 9>&-; then
		tail -n 40 "$log" >&2
		die "$label failed; the whole log is $log"
	fi
}
