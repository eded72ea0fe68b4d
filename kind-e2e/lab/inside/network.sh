# shellcheck shell=bash
# network.sh: bridges, cables and addresses of the lab. Runs inside the sandbox.
#
#   near .100 ─┐                                     mgmt 10.0.0.0/24 fd00::/64 : API server .1, nodes .11-.13 (eth0), Pod routes
#   n1 n2 n3 ──┼── lan 192.168.50.0/24 fd50::/64     lan: nodes .11-.13 (eth1), router .254 (lan0), near .100 (eth0)
#   far ── router (FRR)                              far 172.31.0.2 fd31::2 (eth0) behind the router 172.31.0.1 fd31::1 (far0)

# What is set in every namespace. Duplicate address detection stays on. A machine may have strict reverse path filters or none; the lab has none.
namespace() {
    ip netns add "$1"
    ip -n "$1" link set lo up
    nsenter --net="/run/netns/$1" sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
        net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.default.disable_ipv6=0 \
        net.ipv6.conf.all.accept_ra=0 net.ipv6.conf.default.accept_ra=0 "${@:2}"
}

# bridge NAME MAC OPTIONS...
bridge() {
    ip link add "$1" address "$2" type bridge stp_state 0 "${@:3}"
    ip link set "$1" up
}

# plug NAMESPACE BRIDGE DEVICE MAC : a cable; its end on the bridge is called BRIDGE-NAMESPACE
plug() {
    ip link add "$2-$1" type veth peer name "$3" address "$4" netns "$1"
    ip link set "$2-$1" master "$2" up
    ip -n "$1" link set "$3" up
}

# addresses NAMESPACE DEVICE ADDRESS...
addresses() {
    local address
    for address in "${@:3}"; do ip -n "$1" address add "$address" dev "$2"; done
}

# default_routes NAMESPACE VIA-IPV4 VIA-IPV6
default_routes() {
    ip -n "$1" route add default via "$2"
    ip -n "$1" -6 route add default via "$3"
}

make_network() {
    ip link set lo up
    # A switch does not pass its frames through the firewall of anybody.
    sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 net.bridge.bridge-nf-call-arptables=0 2> /dev/null || true
    bridge mgmt 02:00:00:00:00:01
    # The lan snoops multicast as real switches do, and asks for members itself, without which it would flood. It has to ask early and
    # often at first: until its link-local address is ready it cannot ask at all.
    bridge lan 02:00:00:00:50:01 mcast_snooping 1 mcast_query_response_interval 100 mcast_startup_query_interval 100 \
        mcast_startup_query_count 8 mcast_mld_version 2 mcast_querier 1
    ip address add 10.0.0.1/24 dev mgmt
    ip address add fd00::1/64 dev mgmt
    local i
    for i in 1 2 3; do
        make_node_network "$i"
        # The API server answers Pods directly.
        ip route add "10.244.$i.0/24" via "10.0.0.1$i"
        ip -6 route add "fd44:$i::/64" via "fd00::1$i"
    done
    namespace near
    plug near lan eth0 02:00:00:00:50:64
    addresses near eth0 192.168.50.100/24 fd50::100/64
    default_routes near 192.168.50.254 fd50::254
    make_router
}

make_node_network() {
    local i=$1 node=n$1 j
    namespace "$node" net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    plug "$node" mgmt eth0 "02:00:00:00:00:1$i"
    plug "$node" lan eth1 "02:00:00:00:50:1$i"
    addresses "$node" eth0 "10.0.0.1$i/24" "fd00::1$i/64"
    addresses "$node" eth1 "192.168.50.1$i/24" "fd50::1$i/64"
    default_routes "$node" 192.168.50.254 fd50::254
    for j in 1 2 3; do
        if [ "$j" != "$i" ]; then
            ip -n "$node" route add "10.244.$j.0/24" via "10.0.0.1$j"
            ip -n "$node" -6 route add "fd44:$j::/64" via "fd00::1$j"
        fi
    done
}

make_router() {
    namespace router net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
        net.ipv4.fib_multipath_hash_policy=1 net.ipv6.fib_multipath_hash_policy=1
    plug router lan lan0 02:00:00:00:50:fe
    addresses router lan0 192.168.50.254/24 fd50::254/64
    namespace far
    ip -n far link add eth0 address 02:00:00:00:31:02 type veth peer name far0 address 02:00:00:00:31:01 netns router
    ip -n far link set eth0 up
    ip -n router link set far0 up
    addresses far eth0 172.31.0.2/24 fd31::2/64
    addresses router far0 172.31.0.1/24 fd31::1/64
    default_routes far 172.31.0.1 fd31::1
}
