# shellcheck shell=bash
# control-plane.sh: the verb `control-plane`: etcd and an API server alone, on free loopback ports, without root and without a sandbox.

control_plane_usage() {
    cat << 'TEXT'
lab control-plane up DIR     start etcd and a kube-apiserver on free ports of 127.0.0.1; returns when the API server is ready
lab control-plane down DIR   end exactly those two and empty DIR

  DIR/kubeconfig   an administrator (bearer token and CA); DIR/pids the two processes; DIR/*.log what they say
  DIR must be empty or not exist. Needs no root. Any number can run side by side. They outlive the caller until `down`.
  RBAC is on, Services are dual stack (10.96.0.0/16, fd96::/108). There is no controller manager: nobody makes ServiceAccounts,
  EndpointSlices or tokens of Pods, and Pods are accepted without a ServiceAccount.
TEXT
}

control_plane() {
    local verb=${1:-} dir=${2:-}
    case "$verb" in
        -h | --help | '') control_plane_usage ;;
        up | down)
            if [ "$dir" = --help ]; then
                control_plane_usage
                return
            fi
            if [ $# != 2 ] || [ -z "$dir" ]; then die "control-plane $verb wants one directory: lab control-plane $verb DIR"; fi
            "control_plane_$verb" "$(realpath -m "$dir")"
            ;;
        *) die "control-plane knows up and down, not '$verb'" ;;
    esac
}

# True when both processes in DIR/pids are alive.
control_plane_alive() {
    local _ pid start count=0
    [ -e "$1/pids" ] || return 1
    while read -r _ pid start; do
        alive "$pid" "$start" || return 1
        count=$((count + 1))
    done < "$1/pids"
    [ "$count" = 2 ]
}

control_plane_up() {
    local dir=$1 begin=$EPOCHREALTIME _
    need_programs openssl=openssl curl=curl util-linux=setsid
    build_kube etcd kube-apiserver
    mkdir -p "$dir" || die "cannot make $dir"
    chmod 700 "$dir"
    if control_plane_alive "$dir"; then
        say "the control plane in $dir is up already"
        return
    fi
    if [ -e "$dir/pids" ]; then control_plane_down "$dir" > /dev/null; fi
    [ -z "$(ls -A "$dir")" ] || die "$dir is not empty and not a control plane of ours; name another directory"
    trap 'control_plane_down "$dir" > /dev/null; exit 130' INT TERM
    for _ in 1 2 3 4 5; do
        if control_plane_start "$dir"; then
            trap - INT TERM
            say "control plane ready in $(seconds_since "$begin") s: $dir/kubeconfig"
            return
        fi
        grep -qs 'address already in use' "$dir/etcd.log" "$dir/apiserver.log" || break
        warn "a port was taken meanwhile; trying others"
        control_plane_down "$dir" > /dev/null
    done
    warn "the control plane did not start. The last lines of its logs:"
    tail -n 12 "$dir/etcd.log" "$dir/apiserver.log" >&2 || true
    control_plane_down "$dir" > /dev/null
    exit 1
}

control_plane_start() {
    local dir=$1 bin token server ports arguments
    bin=$(kube_bin)
    token=$(random_token)
    mapfile -t ports < <(free_ports 3)
    [ "${#ports[@]}" = 3 ] || die "no three free ports on 127.0.0.1 between 20000 and 29999"
    server=https://127.0.0.1:${ports[2]}
    apiserver_secrets "$dir"
    (umask 077 && echo "$token,admin,admin,system:masters" > "$dir/tokens.csv")
    : > "$dir/pids"
    mapfile -t arguments < <(etcd_arguments "$dir/etcd" "${ports[0]}" "${ports[1]}")
    control_plane_spawn "$dir" etcd "$bin/etcd" "${arguments[@]}"
    mapfile -t arguments < <(apiserver_arguments "$dir" "${ports[0]}")
    # No Pod runs here and nobody makes ServiceAccounts, so a Pod must not have to name one. The endpoint of the Service
    # `kubernetes` may not be a loopback address, so it has none.
    control_plane_spawn "$dir" apiserver "$bin/kube-apiserver" "${arguments[@]}" --bind-address=127.0.0.1 --secure-port="${ports[2]}" \
        --advertise-address=127.0.0.1 --endpoint-reconciler-type=none --authorization-mode=RBAC --disable-admission-plugins=ServiceAccount
    local end=$((SECONDS + 180)) # seconds when idle, but builds may run beside it
    until api_ready "$server" "$token"; do
        if ! control_plane_alive "$dir" || [ "$SECONDS" -ge "$end" ]; then return 1; fi
        sleep 0.05
    done
    write_kubeconfig "$dir/kubeconfig" "$server" admin "$token" "$dir/certs/apiserver.crt"
}

# control_plane_spawn DIR NAME COMMAND... : in a session of its own and with no descriptor of the caller's
control_plane_spawn() {
    local dir=$1 name=$2 pid
    shift 2
    (
        close_inherited
        exec setsid "$@" > "$dir/$name.log" 2>&1 < /dev/null
    ) &
    pid=$!
    disown "$pid"
    echo "$name $pid $(start_of "$pid")" >> "$dir/pids"
}

control_plane_down() {
    local dir=$1 name pid start
    if [ ! -e "$dir/pids" ]; then
        if [ ! -d "$dir" ] || [ -z "$(ls -A "$dir")" ]; then
            say "there is no control plane in $dir"
            return
        fi
        die "$dir/pids is not there, so $dir is not a control plane of ours; nothing is removed"
    fi
    # It keeps nothing worth a graceful end.
    while read -r name pid start; do
        if alive "$pid" "$start"; then kill -KILL "$pid" 2> /dev/null || true; fi
    done < "$dir/pids"
    while read -r name pid start; do
        wait_until 10 not_alive "$pid" "$start" || die "$name (process $pid) does not end"
    done < "$dir/pids"
    find "$dir" -mindepth 1 -delete
    say "the control plane in $dir is down"
}
not_alive() { ! alive "$@"; }

# free_ports N : ports of 127.0.0.1 on which nobody listens, below the range that the kernel hands out
free_ports() {
    local port found=0 tries=0
    declare -A taken=()
    while read -r port; do taken[$port]=1; done < <(cat /proc/net/tcp /proc/net/tcp6 2> /dev/null | awk '$2 ~ /:/ { sub(/.*:/, "", $2); print $2 }')
    while [ "$found" -lt "$1" ] && [ "$tries" -lt 1000 ]; do
        tries=$((tries + 1))
        port=$((20000 + SRANDOM % 10000))
        [ -z "${taken[$(printf '%04X' "$port")]:-}" ] || continue
        taken[$(printf '%04X' "$port")]=1
        found=$((found + 1))
        echo "$port"
    done
}

seconds_since() { awk -v a="${1/,/.}" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", b - a }'; }
