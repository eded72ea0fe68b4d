#!/usr/bin/env bash
# bgpd.sh INDEX : runs a BGP daemon at node INDEX that announces 203.0.113.10/32 and 2001:db8:113::10/128 to the lab's router, one session of
# each family, as a speaker would. Inside the node: lab exec nINDEX bash bgpd.sh INDEX
set -euo pipefail
index=$1
dir=/run/frr/speaker
install -d -o frr -g frr /run/frr "$dir"
cat > "$dir/bgpd.conf" << CONF
frr defaults datacenter
router bgp 64513
 bgp router-id 192.168.50.1$index
 no bgp default ipv4-unicast
 no bgp network import-check
 neighbor 192.168.50.254 remote-as 64512
 neighbor 192.168.50.254 timers connect 1
 neighbor fd50::254 remote-as 64512
 neighbor fd50::254 timers connect 1
 address-family ipv4 unicast
  network 203.0.113.10/32
  neighbor 192.168.50.254 activate
 exit-address-family
 address-family ipv6 unicast
  network 2001:db8:113::10/128
  neighbor fd50::254 activate
 exit-address-family
CONF
chown frr:frr "$dir/bgpd.conf"
exec /usr/lib/frr/bgpd -N speaker --no_zebra --no_kernel --listenon 192.168.50.1"$index" -P 0 -f "$dir/bgpd.conf" -i "$dir/bgpd.pid" --log stdout
