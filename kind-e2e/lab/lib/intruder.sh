# shellcheck shell=bash
# intruder.sh: the verb `intruder`: a host on the lan that nobody invited.

lab_intruder() {
    if [ "${1:-}" = --help ] || [ $# = 0 ]; then
        cat << 'TEXT'
lab intruder ADDRESS...   a foreign host appears on the lan (MAC 02:00:00:00:50:66), has these addresses, IPv4 or IPv6, says so by announcements, and answers for them
lab intruder off          it goes away
TEXT
        return
    fi
    need_lab intruder
    lock_lab
    if [ "$1" = off ]; then
        inside host ip netns delete intruder || die "there is no intruder"
        say "the intruder has gone"
    else
        [ ! -e "/proc/$(sandbox_init)/root/run/netns/intruder" ] || die "there is an intruder already: lab intruder off"
        local from
        from=$(epoch_millis)
        # shellcheck disable=SC2016 # expanded inside
        inside host bash -ec '
            source "$0"
            namespace intruder net.ipv4.conf.default.arp_notify=1 net.ipv6.conf.default.ndisc_notify=1 net.ipv6.conf.default.accept_dad=0
            ip link add lan-intruder type veth peer name eth0 netns intruder
            ip link set lan-intruder master lan
            for address in "$@"; do
                case "$address" in
                    *:*) ip -n intruder address add "$address/64" dev eth0 nodad ;;
                    *) ip -n intruder address add "$address/24" dev eth0 ;;
                esac
            done
            ip -n intruder link set eth0 up
            ip link set lan-intruder up
            # Who gets another hardware address tells everybody.
            ip -n intruder link set eth0 address 02:00:00:00:50:66' "$lab_home/inside/network.sh" "$@" || die "the intruder could not be made"
        say "an intruder has $* since $(clock "$from")"
    fi
    unlock_lab
}
