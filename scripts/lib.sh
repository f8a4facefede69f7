# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# What the scripts share. Progress goes to stderr, results to stdout.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/plugtree
build=$top/build
export LC_ALL=C

# What was compiled before is taken from the cache where there is ccache, in whatever folder it was. Not
# kernels: they have caches of their own, and the first one would take longer. What is not in there yet
# costs nothing more with CCACHE_DEPEND, and a third more without.
export CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=1G CCACHE_DEPEND=1
launcher=$(command -v ccache || true)

say() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
	say "$*"
	exit 1
}

# verdict NAME COMPLAINTS: print the TAP line of one test, which passed if there are no complaints
number=0 failed=0
verdict() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		failed=$((failed + 1))
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
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
# fragments, patch_folders, in_tree (is the project part of its source?), and those of its
# ARCHITECTURE.arch
read_flavour() {
	local parts part
	flavour=$1
	fragments='' in_tree=''
	patch_folders=lab/kernels/patches
	read -r architecture parts < <(
		awk -v name="$1" '$1 == name { $1 = ""; print }' "$top/lab/kernels/flavours") ||
		die "there is no kernel flavour $1 in lab/kernels/flavours"
	for part in $parts; do
		case $part in
		*/*) patch_folders+=" $part" ;;
		*) fragments+=" $part" ;;
		esac
		[ "$part" != in-tree ] || in_tree=1
	done
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

# update_module_lists ROOT FILE: let depmod look again at the kernels of which modules are in a list of
# files, those that are installed below ROOT
update_module_lists() {
	local release
	while read -r release; do
		[ ! -e "$1/lib/modules/$release/modules.order" ] || depmod -b "${1:-/}" "$release"
	done < <(sed -n 's|^/lib/modules/\([^/]*\)/.*\.ko.*|\1|p' "$2" | sort -u)
}

# The archive that this machine's own packages come from.
debian_archive() {
	local codename
	codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $codename" |
		head -n 1
}

# debian_packages DIRECTORY ARCHITECTURE SUITE PACKAGE…: unpack packages into a new directory, with
# package lists and states of their own: nothing is installed. An empty SUITE is this machine's.
debian_packages() {
	local directory=$1 architecture=$2 suite=$3 work=$1.new apt_options
	shift 3
	rm -rf "$work"
	mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial" "$work/root"
	apt_options=(-o Dir::State="$work/apt" -o Dir::State::status=/dev/null -o Dir::Cache="$work/apt"
		-o APT::Architecture="$architecture" -o APT::Architectures="$architecture"
		-o APT::Sandbox::User="$(id -un)")
	if [ -n "$suite" ]; then
		printf 'deb [signed-by=%s] %s %s main\n' /usr/share/keyrings/debian-archive-keyring.gpg \
			"$(debian_archive)" "$suite" >"$work/apt/sources.list"
		apt_options+=(-o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null)
	fi
	# A list of somebody else's packages that cannot be had does no harm.
	apt-get -q "${apt_options[@]}" update >"$directory.log" 2>&1 9>&- || true
	logged "fetching packages" "$directory.log" unpack_packages "$work" "$@"
	mv "$work/root" "$directory"
	rm -rf "$work"
}

# For debian_packages.
unpack_packages() {
	local work=$1 package
	shift
	(cd "$work/apt/archives" && apt-get -q "${apt_options[@]}" download "$@") || return
	for package in "$work"/apt/archives/*.deb; do
		dpkg-deb -x "$package" "$work/root" || return
	done
}
