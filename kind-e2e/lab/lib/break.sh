# shellcheck shell=bash
# break.sh: the verbs `break` and `heal`. File broken/NODE has a line for each break: HOW LINK FROM BY, the last two in milliseconds
# since the epoch: the break took effect between them. NODE may also be `api` and `segment`.

break_usage() {
    cat << 'TEXT'
lab break NODE [--link lan|mgmt|all] [--how down|blackhole|heartbeats|loss=PERCENT|freeze]

  down        (default) the node's cable is dead: its port on the bridge goes down. Others see no change of carrier, the node does
  blackhole   everything on the cable is dropped and counted, both ways, ARP and neighbour discovery too; nobody sees a change of carrier
  heartbeats  only the heartbeats of speakers (UDP 7482) are dropped and counted, both ways
  loss=N      N of a hundred frames are dropped and counted, in each direction, at random
  freeze      every process of the node stops (containerd, kubelet, kube-proxy, Pods); its kernel goes on forwarding and answering
  --link      which cable: lan (eth1, services and router), mgmt (eth0, API server and Pods), all (default: both at once); freeze has none

lab break api [--how down|blackhole]   the API server refuses everybody (down), or whatever is sent to it and by it is dropped and counted
lab break segment NAME...              the lan is split: these (of n1 n2 n3 near router) on one side, the others on the other

lab heal NODE|api|segment              undo every break of it; of a node: wait until its addresses are ready again. The node turns Ready when its kubelet says so.
TEXT
}

lab_break() {
    local node link=all how='' names=() ports
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
            *) names+=("$1") ;;
        esac
        shift
    done
    node=${names[0]:-}
    [ -n "$node" ] || die "break wants a node: ${lab_nodes[*]}, or api, or segment"
    [ "${#names[@]}" = 1 ] || [ "$node" = segment ] || die "break one node at a time, not '${names[0]}' and '${names[1]}'"
    case "$node" in
        api) break_it api "${how:-down}" api - ;;
        segment)
            ports=$(sides "${names[@]:1}") || exit 1
            break_it segment split "$ports" -
            ;;
        *) break_node "$node" "$link" "${how:-down}" ;;
    esac
}

break_node() {
    local node=$1 links
    need_node "$node"
    case "$2" in
        lan | mgmt) links=("$2") ;;
        # The lan last: whoever sees it fall has no other cable left to tell of it.
        all) links=(mgmt lan) ;;
        *) die "there is no link '$2'; there are lan, mgmt and all" ;;
    esac
    case "$3" in
        down | blackhole | heartbeats) ;;
        loss=*) [[ ${3#loss=} =~ ^[1-9][0-9]?$ ]] || die "loss wants whole percents, 1 to 99, as in --how loss=5" ;;
        freeze) links=(-) ;;
        *) die "nothing breaks by '$3'; there are down, blackhole, heartbeats, loss=PERCENT and freeze" ;;
    esac
    break_it "$node" "$3" "$node" "${links[@]}"
}

# break_it FILE HOW WHAT LINK... : what of it is not broken yet, all at once
break_it() {
    local file=$1 how=$2 what=$3 link links=() from by
    shift 3
    if [ "$file" = api ] && [ "$how" != down ] && [ "$how" != blackhole ]; then die "the API server breaks by down and by blackhole, not by '$how'"; fi
    need_lab break
    lock_lab
    for link in "$@"; do
        if grep -qs "^$how $link " "$(broken_file "$file")"; then say "$file: $how $link already"; else links+=("$link"); fi
    done
    if [ "${#links[@]}" -gt 0 ]; then
        from=$(epoch_millis)
        case "$file" in
            api) break_api "$how" ;;
            segment) break_segment "$what" ;;
            *) "break_by_${how%=*}" "$what" "$how" "${links[@]}" ;;
        esac
        by=$(epoch_millis)
        for link in "${links[@]}"; do
            echo "$how $link $from $by" >> "$(broken_file "$file")"
            say "$file: $how$([ "$link" = - ] || echo " $link") at $(clock "$from")"
        done
    fi
    unlock_lab
}

lab_heal() {
    local node=${1:-} how link from by
    if [ "$node" = --help ]; then
        break_usage
        return
    fi
    [ $# = 1 ] || die "heal wants one node: ${lab_nodes[*]}, or api, or segment"
    [ "$node" = api ] || [ "$node" = segment ] || need_node "$node"
    need_lab heal
    lock_lab
    if [ ! -s "$(broken_file "$node")" ]; then
        say "$node is not broken"
        unlock_lab
        return
    fi
    while read -r how link from by; do
        if is_node "$node" && counted "$how"; then say "$node: $how on $link took $(dropped "$how" "$node" "$link")"; fi
        case "$node" in
            api) beside host nft delete table inet lab_api ;;
            segment) beside host nft delete table bridge lab_split ;;
            *) "heal_from_${how%=*}" "$node" "$how" "$link" ;;
        esac
        say "$node: $how$([ "$link" = - ] || echo " $link") ended at $(clock "$(epoch_millis)"), after $(seconds_between "$from" "$(epoch_millis)") s"
    done < "$(broken_file "$node")"
    rm "$(broken_file "$node")"
    if is_node "$node"; then
        # A link that comes back makes the node try its addresses anew (duplicate address detection).
        wait_until 10 addresses_ready "$node" || warn "an address of $node is still tentative: lab exec $node ip -6 address"
    fi
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

# All cables of a node in one go. On the bridge's side: on the node's side its addresses and routes would go too.
break_by_down() { printf "link set %s-$1 down\n" "${@:3}" | beside host ip -batch -; }
heal_from_down() { beside host ip link set "$3-$1" up; }

# Rules on the bridge's side of the cable, so that captures at the node see nothing either; those of all cables in one transaction.
break_by_blackhole() { drop_on "$1" "$2" '' "${@:3}"; }
break_by_heartbeats() { drop_on "$1" "$2" 'udp dport 7482' "${@:3}"; }
break_by_loss() { drop_on "$1" "$2" "numgen random mod 100 < ${2#loss=}" "${@:3}"; }
# drop_on NODE HOW WHICH LINK...
drop_on() {
    local node=$1 how=$2 which=$3 link
    for link in "${@:4}"; do
        cat << NFT
table netdev $(table_of "$how" "$node" "$link") {
    counter from_node { }
    counter to_node { }
    chain from_node {
        type filter hook ingress device "$link-$node" priority -500;
        $which counter name "from_node" drop
    }
    chain to_node {
        type filter hook egress device "$link-$node" priority -500;
        $which counter name "to_node" drop
    }
}
NFT
    done | beside host nft -f -
}
table_of() { echo "${1%=*}_$2_$3"; }
heal_from_blackhole() { beside host nft delete table netdev "$(table_of "$2" "$1" "$3")"; }
heal_from_heartbeats() { heal_from_blackhole "$@"; }
heal_from_loss() { heal_from_blackhole "$@"; }
# counted HOW : it drops by rules that count
counted() { case "$1" in blackhole | heartbeats | loss=*) ;; *) false ;; esac; }
# dropped HOW NODE LINK : "12 packets from the node, 34 to it"
dropped() {
    beside host nft list counters table netdev "$(table_of "$@")" |
        awk '/counter/ { name = $2 } /packets/ { n[name] = $2 } END { printf "%d packets from the node, %d to it\n", n["from_node"], n["to_node"] }'
}

# The API server, for everybody: connections that there are end too, or go silent.
break_api() {
    local verdict=drop
    [ "$1" = blackhole ] || verdict='reject with tcp reset'
    beside host nft -f - << NFT
table inet lab_api {
    chain to_it {
        type filter hook input priority -500;
        tcp dport 6443 counter $verdict
    }
    chain from_it {
        type filter hook output priority -500;
        tcp sport 6443 tcp flags & rst == 0 counter drop
    }
}
NFT
}

# sides NAME... : the ports of one side
sides() {
    local side ports=() IFS
    for side in "$@"; do
        is_node "$side" || [ "$side" = near ] || [ "$side" = router ] || die "'$side' is not on the lan; ${lab_nodes[*]}, near and router are"
        ports+=("\"lan-$side\"")
    done
    [ "${#ports[@]}" -gt 0 ] || die "break segment wants the names of one side, e.g. lab break segment n1 near"
    IFS=,
    echo "${ports[*]}"
}
break_segment() {
    beside host nft -f - << NFT
table bridge lab_split {
    chain forward {
        type filter hook forward priority -500;
        iifname { $1 } oifname != { $1 } counter drop
        iifname != { $1 } oifname { $1 } counter drop
    }
}
NFT
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
