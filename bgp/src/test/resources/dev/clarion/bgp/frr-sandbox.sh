#!/usr/bin/env bash
# Runs a command beside a real router: FRR in a network namespace of its own, on one segment with us. Everything lives
# in the sandbox that this runs in (unshare --net --mount --pid ...) and ends with it.
#   frr-sandbox.sh COMMAND...
set -euo pipefail
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir /run/netns
install -d -o frr -g frr /run/frr

ip link set lo up
ip netns add rtr
ip link add eth0 type veth peer name lan0 netns rtr
ip addr add 192.168.50.11/24 dev eth0
ip addr add fd50::11/64 dev eth0 nodad
ip link set eth0 up
ip -n rtr link set lo up
ip -n rtr addr add 192.168.50.254/24 dev lan0
ip -n rtr addr add fd50::254/64 dev lan0 nodad
ip -n rtr link set lan0 up

cat > /run/frr/frr.conf << 'CONF'
frr defaults datacenter
hostname rtr
router bgp 64512
 bgp router-id 192.168.50.254
 bgp log-neighbor-changes
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 neighbor NODES peer-group
 neighbor NODES remote-as 64513
 bgp listen range 192.168.50.0/24 peer-group NODES
 bgp listen range fd50::/64 peer-group NODES
 address-family ipv4 unicast
  neighbor NODES activate
 exit-address-family
 address-family ipv6 unicast
  neighbor NODES activate
 exit-address-family
CONF
chown frr:frr /run/frr/frr.conf

# The tests end bgpd and start it anew by the same script.
cat > /run/start-frr << 'START'
#!/bin/sh
for daemon in "$@"; do
    ip netns exec rtr /usr/lib/frr/$daemon -d -f /run/frr/frr.conf -i /run/frr/$daemon.pid -A 127.0.0.1 \
        --log file:/run/frr/$daemon.log --log-level info
done
START
chmod +x /run/start-frr
/run/start-frr zebra bgpd
"$@"
