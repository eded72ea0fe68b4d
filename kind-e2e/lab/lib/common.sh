# shellcheck shell=bash
# common.sh: what every verb uses: where things are, how to speak, how to recognise a process of ours.

# The directory of the lab's scripts, absolute.
lab_home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf 'lab: %s\n' "$*"; }
warn() { printf 'lab: %s\n' "$*" >&2; }
die() {
    warn "$*"
    exit 1
}

need_root() {
    [ "$(id -u)" = 0 ] || die "'$1' needs root: it makes network namespaces, mounts and cgroups. Call it as root (sudo $lab_home/lab ...)."
}

# need_programs PACKAGE=PROGRAM... : refuses with the line that installs what is missing.
need_programs() {
    local pair program missing=() packages=()
    for pair in "$@"; do
        program=${pair#*=}
        if ! command -v "$program" > /dev/null; then
            missing+=("$program")
            packages+=("${pair%%=*}")
        fi
    done
    [ "${#missing[@]}" = 0 ] ||
        die "missing: ${missing[*]}. Install what the lab needs with $lab_home/prerequisites, or: apt-get install --no-install-recommends $(printf '%s\n' "${packages[@]}" | sort -u | paste -sd" " -)"
}

# A process is known by its id and its start time (clock ticks since boot): ids are used again, pairs are not.
start_of() {
    local stat
    stat=$(cat "/proc/$1/stat" 2> /dev/null) || return 1
    stat=${stat##*) } # the name in brackets may hold anything
    # shellcheck disable=SC2086
    set -- $stat
    [ "$1" != Z ] || return 1
    echo "${20}"
}
alive() { [ -n "${1:-}" ] && [ "$(start_of "$1")" = "${2:-}" ]; }

# wait_until SECONDS COMMAND... : true as soon as the command is.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

epoch_millis() {
    local now=$EPOCHREALTIME
    echo $((${now/[.,]/} / 1000))
}

# 75 -> 1 min 15 s
duration() {
    local s=$1
    if [ "$s" -ge 86400 ]; then
        echo "$((s / 86400)) d $((s % 86400 / 3600)) h"
    elif [ "$s" -ge 3600 ]; then
        echo "$((s / 3600)) h $((s % 3600 / 60)) min"
    elif [ "$s" -ge 60 ]; then
        echo "$((s / 60)) min $((s % 60)) s"
    else
        echo "$s s"
    fi
}

# What outlives its caller must hold none of the caller's pipes or locks.
close_inherited() {
    local fd
    for fd in "/proc/$BASHPID/fd/"*; do
        fd=${fd##*/}
        if [ "$fd" -gt 2 ] && [ "$fd" != 255 ]; then exec {fd}>&-; fi # 255 is bash's own
    done
}
