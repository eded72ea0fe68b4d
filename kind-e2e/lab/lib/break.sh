# shellcheck shell=bash
# break.sh: the verbs `break` and `heal`. File broken/NODE has a line for each break: HOW LINK FROM BY, the last two in milliseconds
# since the epoch: the break took effect between them.

break_usage() {
    cat << 'TEXT'
lab break NODE [--link lan|mgmt|all] [--how down|blackhole|freeze]

  down       (default) the node's cable is dead: its port on the bridge goes down. Others see no change of carrier, the node does
  blackhole  everything on the cable is dropped and counted, both ways, ARP and neighbour discovery too; nobody sees a change of carrier
  freeze     every process of the node stops (containerd, kubelet, kube-proxy, Pods); its kernel goes on forwarding and answering
  --link     which cable: lan (eth1, services and router), mgmt (eth0, API server and Pods), all (default); freeze has none

lab heal NODE    undo every break of NODE and wait until its addresses are ready again. The node turns Ready when its kubelet says so.
TEXT
}

lab_break() {
    local node='' link=all how=down links at
    while [ $# -gt 0 ]; do
        case "$1" in
            --help) break_usage && return ;;
            --link | --how)
                [ $# -gt 1 ] || die "break $1 wants a value; see lab break --help"
                if [ "$1" = --link ]; then link=$2; else how=$2; fi
                shift
                ;;
            --link=*) link=${1#*=} ;;
            --how=*) how=${1#*=} ;;
            -*) die "break has no option '$1' (--link, --how)" ;;
            *)
                [ -z "$node" ] || die "break one node at a time, not '$node' and '$1'"
                node=$1
                ;;
        esac
        shift
    done
    [ -n "$node" ] || die "break wants a node: ${lab_nodes[*]}"
    need_node "$node"
    case "$link" in
        lan | mgmt) links=("$link") ;;
        all) links=(lan mgmt) ;;
        *) die "there is no link '$link'; there are lan, mgmt and all" ;;
    esac
    case "$how" in
        down | blackhole) ;;
        freeze) links=(-) ;;
        *) die "nothing breaks by '$how'; there are down, blackhole and freeze" ;;
    esac
    need_lab break
    lock_lab
    for link in "${links[@]}"; do
        if grep -qs "^$how $link " "$(broken_file "$node")"; then
            say "$node: $how $link already"
            continue
        fi
        at=$(epoch_millis)
        "break_by_$how" "$node" "$link"
        echo "$how $link $at $(epoch_millis)" >> "$(broken_file "$node")"
        say "$node: $how$([ "$link" = - ] || echo " $link") at $(clock "$at")"
    done
    unlock_lab
}

lab_heal() {
    local node=${1:-} how link from by
    if [ "$node" = --help ]; then
        break_usage
        return
    fi
    [ $# = 1 ] || die "heal wants one node: ${lab_nodes[*]}"
    need_node "$node"
    need_lab heal
    lock_lab
    if [ ! -s "$(broken_file "$node")" ]; then
        say "$node is not broken"
        unlock_lab
        return
    fi
    while read -r how link from by; do
        [ "$how" != blackhole ] || say "$node: the black hole on $link took $(dropped "$node" "$link")"
        "heal_from_$how" "$node" "$link"
        say "$node: $how$([ "$link" = - ] || echo " $link") ended at $(clock "$(epoch_millis)"), after $(seconds_between "$from" "$(epoch_millis)") s"
    done < "$(broken_file "$node")"
    rm "$(broken_file "$node")"
    # A link that comes back makes the node try its addresses anew (duplicate address detection).
    wait_until 10 addresses_ready "$node" || warn "an address of $node is still tentative: lab exec $node ip -6 address"
    unlock_lab
}

broken_file() { echo "$(state_dir)/broken/$1"; }
clock() { date -d "@$(($1 / 1000)).$(printf '%03d' $(($1 % 1000)))" +%H:%M:%S.%3N; }
seconds_between() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b - a) / 1000 }'; }
addresses_ready() {
    local device
    for device in eth0 eth1; do
        [ -z "$(inside host ip -n "$1" -6 address show dev "$device" tentative)" ] || return 1
    done
}

# On the bridge's side: on the node's side its addresses and routes would go too.
break_by_down() { beside host ip link set "$2-$1" down; }
heal_from_down() { beside host ip link set "$2-$1" up; }

# On the bridge's side of the cable, so that captures at the node see nothing either.
break_by_blackhole() {
    beside host nft -f - << NFT
table netdev blackhole_$1_$2 {
    counter from_node { }
    counter to_node { }
    chain from_node {
        type filter hook ingress device "$2-$1" priority -500;
        counter name "from_node" drop
    }
    chain to_node {
        type filter hook egress device "$2-$1" priority -500;
        counter name "to_node" drop
    }
}
NFT
}
heal_from_blackhole() { beside host nft delete table netdev "blackhole_$1_$2"; }
# "12 packets from the node, 34 to it"
dropped() {
    beside host nft list counters table netdev "blackhole_$1_$2" |
        awk '/counter/ { name = $2 } /packets/ { n[name] = $2 } END { printf "%d packets from the node, %d to it\n", n["from_node"], n["to_node"] }'
}

break_by_freeze() {
    local cgroup
    cgroup=$(cat "$(state_dir)/places/$1.cgroup")
    freeze_cgroup "$cgroup"
    wait_until 10 frozen "$cgroup" || die "$1 does not freeze; undo it with: lab heal $1"
}
heal_from_freeze() {
    local cgroup
    cgroup=$(cat "$(state_dir)/places/$1.cgroup")
    if [ -e "$cgroup/freezer.state" ]; then echo THAWED > "$cgroup/freezer.state"; else echo 0 > "$cgroup/cgroup.freeze"; fi
}
freeze_cgroup() { if [ -e "$1/freezer.state" ]; then echo FROZEN > "$1/freezer.state"; else echo 1 > "$1/cgroup.freeze"; fi; }
frozen() {
    if [ -e "$1/freezer.state" ]; then [ "$(cat "$1/freezer.state")" = FROZEN ]; else grep -q 'frozen 1' "$1/cgroup.events"; fi
}
