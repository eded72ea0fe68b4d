# shellcheck shell=bash
# status.sh: the verb `status`: what is up, what is broken, what each node owns, where the logs are.

lab_status() {
    if [ "${1:-}" = --help ]; then
        cat << 'TEXT'
lab status   what is up (daemons with their process id on this machine), nodes, broken links with what their black holes dropped,
             what each node owns, the router's sessions and routes, sizes, and where the logs are. Exit code 1 when the lab is not up.
TEXT
        return
    fi
    need_lab status
    local state
    state=$(state_dir)
    say "lab '$name' is up since $(date -d "@$(stat -c %Y "$state/up")" '+%F %T') ($(duration $((EPOCHSECONDS - $(stat -c %Y "$state/up")))))"
    status_daemons
    status_nodes
    status_broken
    status_owned
    status_router
    status_places
}

heading() { printf '\n%s\n' "$*"; }

# Process ids inside the sandbox are not those of this machine; /proc/PID/status has both.
status_daemons() {
    local state file pid since outside rss
    state=$(state_dir)
    heading "DAEMON                PID       SINCE           MEMORY"
    declare -A outer=()
    local namespace
    namespace=$(readlink "/proc/$(sandbox_init)/ns/pid")
    while read -r pid outside; do
        if [ "$(readlink "/proc/$outside/ns/pid" 2> /dev/null)" = "$namespace" ]; then outer[$pid]=$outside; fi
    done < <(awk '/^NSpid:/ && NF == 3 { print $3, $2 }' /proc/[0-9]*/status 2> /dev/null || true) # some have ended since
    for file in "$state"/daemons/*; do
        read -r pid since < "$file"
        outside=${outer[$pid]:-}
        if [ -n "$outside" ]; then
            rss=$(awk '/^VmRSS:/ { printf "%d MB", $2 / 1024 }' "/proc/$outside/status" 2> /dev/null)
            printf '%-20s  %-8s  %-14s  %s\n' "$(basename "$file")" "$outside" "$(duration $((EPOCHSECONDS - since)))" "$rss"
        else
            printf '%-20s  %s\n' "$(basename "$file")" "DEAD; see $state/logs/$(basename "$file").log"
        fi
    done
}

status_nodes() {
    heading "NODES"
    (lab_kubectl --request-timeout=5s get nodes -o wide | cut -c1-100) || echo "the API server does not answer"
}

status_broken() {
    local file node how link from _
    heading "BROKEN"
    if ! compgen -G "$(state_dir)/broken/*" > /dev/null; then
        echo "nothing"
        return
    fi
    for file in "$(state_dir)"/broken/*; do
        node=$(basename "$file")
        while read -r how link from _; do
            printf '%s  %-9s %-4s since %s (%s)%s\n' "$node" "$how" "$link" "$(clock "$from")" "$(duration $((EPOCHSECONDS - from / 1000)))" \
                "$(if is_node "$node" && counted "$how"; then echo "; dropped $(dropped "$how" "$node" "$link")"; fi)"
        done < "$file"
    done
}

# What the speakers write about themselves: the ConfigMaps clarion-node-NODE.
status_owned() {
    local map maps
    heading "OWNED (ConfigMaps clarion-node-* in clarion-system)"
    maps=$(owned get configmaps -o name | sed -n "s,^configmap/clarion-node-,,p") || true
    [ -n "$maps" ] || echo none
    for map in $maps; do
        echo "$map"
        owned get configmap "clarion-node-$map" -o go-template='{{range $key, $value := .data}}{{$key}}: {{$value}}{{"\n"}}{{end}}' | sed "/^$/d; s/^/  /" | cut -c1-160 || true
    done
}
owned() { (lab_kubectl --request-timeout=5s -n clarion-system "$@") 2> /dev/null; }

status_router() {
    heading "ROUTER"
    lab_router_sessions || echo "FRR does not answer"
    inside host ip -n router route show proto bgp || true
    inside host ip -n router -6 route show proto bgp || true
}
lab_router_sessions() {
    inside router vtysh -N router -c 'show bgp summary established' 2> /dev/null |
        awk '/^(IPv4|IPv6) Unicast/ { family = $1 } /^\*[^ ]/ { printf "%s %s up %s, %s prefixes\n", family, substr($1, 2), $9, $10; n++ } END { if (!n) print "no BGP session is established" }'
}

status_places() {
    local state
    state=$(state_dir)
    heading "PLACES"
    echo "logs        $state/logs ($(du -sh "$state/logs" | cut -f1))"
    echo "Pod logs    $state/n1/log/pods, n2, n3"
    echo "state       $state ($(du -sh "$state" 2> /dev/null | cut -f1))"
    echo "kubeconfig  $state/kubeconfig (inside only: lab kubectl, or lab exec host CMD)"
    echo "programs    $(kube_bin)"
}
