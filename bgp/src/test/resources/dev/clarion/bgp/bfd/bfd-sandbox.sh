#!/usr/bin/env bash
# Runs a command with a router beside it and a host behind the router, each in a network namespace of its own. Everything
# lives in the sandbox that this runs in (unshare --net --mount --pid ...) and ends with it.
#   here (192.168.50.11, fd50::11, fe80::11, 10.9.9.1)  -  rtr (.254, ::254, fe80::254, 10.9.9.9)  -  far (192.168.60.2)
#   bfd-sandbox.sh COMMAND...
set -euo pipefail
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir /run/netns
install -d -o frr -g frr /run/frr

ip link set lo up
for ns in rtr far; do
    ip netns add $ns
    ip -n $ns link set lo up
done
# The test's own packets leave these namespaces as BFD's have to.
for ns in rtr far; do
    ip netns exec $ns sysctl -qw net.ipv4.ip_default_ttl=255 net.ipv6.conf.default.hop_limit=255 net.ipv6.conf.all.hop_limit=255
done
sysctl -qw net.ipv6.conf.default.accept_dad=0

ip link add eth0 type veth peer name lan0 netns rtr
ip -n rtr link add wan0 type veth peer name eth0 netns far
ip link set eth0 addrgenmode none
ip -n rtr link set lan0 addrgenmode none
ip addr add 192.168.50.11/24 dev eth0
ip addr add fd50::11/64 dev eth0 nodad
ip addr add fe80::11/64 dev eth0 nodad
ip addr add 10.9.9.1/32 dev lo
ip link set eth0 up
ip -n rtr addr add 192.168.50.254/24 dev lan0
ip -n rtr addr add fd50::254/64 dev lan0 nodad
ip -n rtr addr add fe80::254/64 dev lan0 nodad
ip -n rtr addr add 10.9.9.9/32 dev lo
ip -n rtr link set lan0 up
ip -n rtr addr add 192.168.60.1/24 dev wan0
ip -n rtr link set wan0 up
ip -n far addr add 192.168.60.2/24 dev eth0
ip -n far link set eth0 up
ip -n far route add default via 192.168.60.1
ip netns exec rtr sysctl -qw net.ipv4.ip_forward=1
ip route add 10.9.9.9/32 via 192.168.50.254
ip route add 192.168.60.0/24 via 192.168.50.254
ip -n rtr route add 10.9.9.1/32 via 192.168.50.11
# Whole networks of addresses, for many sessions at once.
ip route add local 10.9.1.0/24 dev lo
ip route add 10.9.2.0/24 via 192.168.50.254
ip -n rtr route add local 10.9.2.0/24 dev lo
ip -n rtr route add 10.9.1.0/24 via 192.168.50.11
ip netns exec rtr nft 'add table inet cut; add chain inet cut in { type filter hook prerouting priority -300; };
    add chain inet cut out { type filter hook postrouting priority 300; }'
"$@"
