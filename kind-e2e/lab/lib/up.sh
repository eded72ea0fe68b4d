# shellcheck shell=bash
# up.sh: the verb `up`.

lab_up() {
    if [ "${1:-}" = --help ]; then
        cat << 'TEXT'
lab up [FILE...]   bring the lab up: three nodes, an FRR router, the clients near and far; builds first what is not built yet

  FILEs are image archives (docker save, or dist/clarion.tar) that every node is to have. Loaded here, while the API server starts, they take less time
  than by `lab images` afterwards.
  Returns when all nodes are Ready and no address is tentative any more. The lab goes on without a terminal until `lab down`.
  When something cannot start it shows the log that explains it, clears up, and fails.
TEXT
        return
    fi
    local file
    for file in "$@"; do [ -r "$file" ] || die "there is no image archive '$file'"; done
    need_root up
    need_packages
    hidden_paths
    build_kube "${kube_programs[@]}" "${container_programs[@]}"
    build_images
    if sweep_if_dead; then say "swept what a killed lab '$name' had left"; fi
    lock_lab
    if sandbox_alive && [ -e "$(state_dir)/up" ]; then
        say "lab '$name' is up already, since $(duration $((EPOCHSECONDS - $(stat -c %Y "$(state_dir)/up"))))"
        unlock_lab
        if [ $# -gt 0 ]; then lab_images "$@"; fi
        return
    fi
    rm -rf "$(last_logs)"
    # A start that was interrupted is begun anew.
    if [ -n "$(ls -A "$(state_dir)")" ]; then clear_state; fi
    local begin=$EPOCHREALTIME
    trap 'give_up "interrupted"' INT TERM
    start_sandbox "$@"
    follow_start
    trap - INT TERM
    unlock_lab
    say "lab '$name' is up after $(seconds_since "$begin") s; state and logs in $(state_dir)"
}

need_packages() {
    need_programs frr=/usr/lib/frr/zebra frr=/usr/lib/frr/bgpd frr=vtysh runc=runc containernetworking-plugins=/usr/lib/cni/ptp \
        nftables=nft iproute2=ip procps=sysctl util-linux=unshare util-linux=nsenter util-linux=setpriv util-linux=setsid \
        openssl=openssl curl=curl
    [ -d /etc/frr ] || die "/etc/frr is missing; install the package frr"
}

# A node mounts over these, so nothing that it needs may be under them.
hidden_paths() {
    local path
    for path in "$labs_root" "$(kube_bin)" "$lab_home"; do
        case "$(realpath -m "$path")/" in
            /run/* | /var/run/* | /var/lib/* | /var/log/*)
                die "$path is under a directory that each node has for itself (/run, /var/lib, /var/log). Name another place: CLARION_LAB_DIR for state, CLARION_CACHE for programs."
                ;;
        esac
    done
}

# start_sandbox [IMAGE...]
start_sandbox() {
    local state pid children
    state=$(state_dir)
    chmod 755 "$state"
    mkdir -p "$state"/{logs,daemons,places,broken,images,control}
    chmod 700 "$state/control"
    cp "$(images_dir)"/*.tar "$state/images/"
    if [ $# -gt 0 ]; then cp "$@" "$state/images/"; fi
    # unshare stays outside as the parent: killing it kills everything inside.
    (
        close_inherited
        exec env -i PATH="$PATH" HOME=/root LANG=C.UTF-8 setsid unshare --net --mount --pid --ipc --uts --fork --kill-child --mount-proc \
            bash "$lab_home/inside/init" "$state" "$(kube_bin)" "$(lab_cgroup)" \
            < /dev/null >> "$state/logs/sandbox.log" 2>&1
    ) &
    pid=$!
    disown "$pid"
    readlink /proc/self/ns/pid > "$state/pid-namespace"
    echo "$pid $(start_of "$pid")" > "$state/sandbox"
    local init="" child
    until [ -n "$init" ]; do
        sandbox_alive || give_up "unshare cannot make the sandbox" sandbox
        # unshare has helpers for a moment; the first process inside calls itself 1.
        read -ra children 2> /dev/null < "/proc/$pid/task/$pid/children" || true
        for child in "${children[@]}"; do
            if grep -qsE "^NSpid:.*\s1$" "/proc/$child/status"; then init=$child; fi
        done
    done
    echo "$init $(start_of "$init")" >> "$state/sandbox"
}

# Shows progress until it is up; on a failure shows why, clears up and ends.
follow_start() {
    local state line shown=0
    state=$(state_dir)
    while true; do
        if [ -e "$state/progress" ]; then
            while read -r line; do
                shown=$((shown + 1))
                say "  $line"
            done < <(tail -n +$((shown + 1)) "$state/progress")
        fi
        if [ -e "$state/failed" ]; then give_up "$(head -n 1 "$state/failed")" "$(sed -n 2p "$state/failed")"; fi
        if ! sandbox_alive; then give_up "the sandbox ended" sandbox; fi
        if [ -e "$state/up" ]; then return; fi
        sleep 0.1
    done
}

# give_up WHY [DAEMON]
give_up() {
    local state log
    trap '' INT TERM
    state=$(state_dir)
    log=$state/logs/${2:-none}.log
    warn "lab '$name' did not come up: $1"
    if [ -s "$log" ]; then
        warn "the last lines of $(basename "$log"):"
        tail -n 15 "$log" | cut -c1-300 >&2
    fi
    keep_logs
    sweep
    warn "everything is cleared up; all logs of this start: $(last_logs)"
    exit 1
}

keep_logs() {
    rm -rf "$(last_logs)"
    if [ -d "$(state_dir)/logs" ]; then mv "$(state_dir)/logs" "$(last_logs)"; fi
}
