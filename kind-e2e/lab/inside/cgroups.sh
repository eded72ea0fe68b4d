# shellcheck shell=bash
# cgroups.sh: gives a node a part of every cgroup hierarchy that it takes for the whole. So all that its kubelet and containerd make is
# in one place: `break --how freeze` stops it at one stroke, and `down` finds what is left of it.

# cgroup_mounts : "MOUNTPOINT TYPE" of every hierarchy of this machine, version 1 (one for each controller) or 2
cgroup_mounts() { awk '$3 ~ /^cgroup2?$/ && $2 ~ /^\/sys\/fs\/cgroup/ { print $2, $3 }' /proc/self/mounts; }

# enter_cgroup CGROUP : joins CGROUP everywhere and mounts it over the top. The caller then leaves for a cgroup namespace, which makes
# /proc say the same.
enter_cgroup() {
    local base type
    while read -r base type; do
        make_cgroup "$base" "$type" "$1"
        echo $$ > "$base/$1/cgroup.procs"
        mount --bind "$base/$1" "$base"
    done < <(cgroup_mounts)
}

# make_cgroup BASE TYPE CGROUP : level by level, since a level has to be given what it may hand on
make_cgroup() {
    local level=$1 part file controllers
    local parts
    IFS=/ read -ra parts <<< "$3"
    for part in "${parts[@]}"; do
        if [ "$2" = cgroup2 ]; then
            controllers=$(sed 's/[a-z0-9_]*/+&/g' "$level/cgroup.controllers")
            if [ -n "$controllers" ]; then echo "$controllers" > "$level/cgroup.subtree_control" || true; fi
        fi
        mkdir -p "$level/$part"
        for file in cpuset.cpus cpuset.mems; do # under version 1 nothing may enter while these are empty
            if [ "$2" = cgroup ] && [ -e "$level/$file" ]; then cat "$level/$file" > "$level/$part/$file"; fi
        done
        level=$level/$part
        # All nodes of the lab together, and each of them.
        if [ "$part" = "${parts[-1]}" ]; then give_real_time "$level" 290000; else give_real_time "$level" 900000; fi
    done
}

# give_real_time DIR MICROSECONDS : under version 1 nothing in a group runs in real time unless the group has a budget for that, so much of
# each second. One lab takes nearly all that there is; in a second one beside it nothing does.
give_real_time() { if [ -e "$1/cpu.rt_runtime_us" ]; then echo "$2" 2> /dev/null > "$1/cpu.rt_runtime_us" || true; fi; }

# Under version 2 a group with groups in it has no processes of its own.
leave_top_cgroup() {
    local base type
    while read -r base type; do
        if [ "$type" = cgroup2 ]; then
            mkdir -p "$base/daemons"
            echo $$ > "$base/daemons/cgroup.procs"
        fi
    done < <(cgroup_mounts)
}

# freezer_of CGROUP : the directory by which CGROUP is frozen, as seen from outside
freezer_of() { if [ -d /sys/fs/cgroup/freezer ]; then echo "/sys/fs/cgroup/freezer/$1"; else echo "/sys/fs/cgroup/$1"; fi; }
