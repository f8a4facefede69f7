# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Completion of plugtree for bash. The program itself says what there is to complete.

# The fields of the lines of "plugtree --describe completion", in $description, whose first ones match.
_plugtree_described() {
	awk -F '\t' -v kind="$1" -v name="$2" -v field="$3" \
		'$1 == kind && (name == "" || $2 == name) { print $field }' <<<"$description"
}

_plugtree_connectors() {
	local path
	for path in "${PLUGTREE_SYSROOT:-}"/sys/class/plugtree/*/; do
		[ -e "$path" ] || continue
		basename "$path"
	done
}

# Models for a connector: the overlays of its type.
_plugtree_models() {
	local root=${PLUGTREE_SYSROOT:-} type path name
	type=$(cat "$root/sys/class/plugtree/$1/type" 2>/dev/null) || return 0
	for path in "$root/lib/firmware/plugtree/$type"/*.dtbo; do
		name=$(basename "$path" .dtbo)
		if [ "$name" = id ] || [ ! -e "$path" ]; then
			continue
		fi
		echo "${name%@*}"
	done
}

# A field about an option of $command that needs a value, by its name or letter; nothing about others.
_plugtree_option() {
	awk -F '\t' -v command="$command" -v option="$1" -v field="$2" '
		$1 == "option" && ($2 == "*" || $2 == command) && $4 == "required" &&
			($3 == option || $7 == option) { print $field; exit }' <<<"$description"
}

# The sub-command and the number of operands before the word that is completed.
_plugtree_look_back() {
	local i
	command='' operands=0 first_operand=''
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-*) [ -z "$(_plugtree_option "${COMP_WORDS[i]}" 6)" ] || i=$((i + 1)) ;;
		*)
			if [ -z "$command" ]; then
				command=${COMP_WORDS[i]}
			elif [ -n "$(_plugtree_described command "$command ${COMP_WORDS[i]}" 2)" ]; then
				command+=" ${COMP_WORDS[i]}"
			else
				operands=$((operands + 1))
				first_operand=${first_operand:-${COMP_WORDS[i]}}
			fi
			;;
		esac
	done
}

# Commands, or the second words of those that begin with $command.
_plugtree_commands() {
	_plugtree_described command '' 2 | sed -n "s/^${command:+$command }\([^ ]*\).*/\1/p" | uniq
}

# What may stand at this place: words of the kind that the command's operand is of.
_plugtree_operands() {
	local kinds kind
	read -ra kinds <<<"$(_plugtree_described command "$command" 3)"
	kind=${kinds[operands]:-}
	# A last "connector..." repeats.
	[ -n "$kind" ] || [[ ${kinds[*]: -1} != *... ]] || kind=${kinds[*]: -1}
	case $kind in
	'') ;;
	connector*) _plugtree_connectors ;;
	model) _plugtree_models "$first_operand" ;;
	file*) compgen -f -- "$current" ;;
	esac
}

_plugtree() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command operands first_operand choices='' value description
	description=$("${COMP_WORDS[0]}" --describe completion 2>/dev/null)
	_plugtree_look_back
	value=$([[ $previous != -* ]] || _plugtree_option "$previous" 6)
	case $value in
	DIR)
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		return
		;;
	*FILE)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	?*) choices=$(_plugtree_option "$previous" 5) ;;
	*)
		if [[ $current == -* ]]; then
			choices=$(_plugtree_described option '*' 3
				[ -z "$command" ] || _plugtree_described option "$command" 3)
		elif [ -z "$command" ]; then
			choices=$(_plugtree_commands)
		elif [ -z "$(_plugtree_described command "$command" 2)" ]; then
			[ "$operands" -gt 0 ] || choices=$(_plugtree_commands)
		else
			choices=$(_plugtree_operands)
		fi
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
}

complete -F _plugtree plugtree
