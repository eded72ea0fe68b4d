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
    local parts real_time=(850000 800000 250000)
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
        if [ -e "$level/$part/cpu.rt_runtime_us" ]; then
            # A second lab finds less than it wants, and does without.
            echo "${real_time[0]}" > "$level/$part/cpu.rt_runtime_us" 2> /dev/null || true
            real_time=("${real_time[@]:1}")
        fi
        level=$level/$part
    done
}

# keep_real_time : gives every container that has CAP_SYS_NICE time to run in real time, as it comes. Where the kernel divides that time among groups
# (CONFIG_RT_GROUP_SCHED, cgroups of version 1) a new group has none, and the capability alone is worth nothing; kernels of distributions do not, and there
# it is enough.
keep_real_time() {
    local cpu=/sys/fs/cgroup/cpu group budget pid key value
    local -A looked=() # Each container once: three nodes doing so for every one, five times a second, cost an eighth of a core.
    [ -e $cpu/cpu.rt_runtime_us ] || return 0
    while sleep 0.2; do
        for group in "$cpu"/k8s.io/*/; do
            [ -z "${looked[$group]:-}" ] || continue
            read -r budget 2> /dev/null < "${group}cpu.rt_runtime_us" || continue
            read -r pid 2> /dev/null < "${group}cgroup.procs" || continue
            while read -r key value; do
                case "$key$value" in Name:runc*) break ;; esac
                [ "$key" = CapEff: ] || continue
                looked[$group]=1
                if [ "$budget" = 0 ] && (((16#$value >> 23) & 1)); then
                    read -r budget < $cpu/k8s.io/cpu.rt_runtime_us
                    [ "$budget" != 0 ] || echo 240000 > $cpu/k8s.io/cpu.rt_runtime_us || true
                    echo 200000 > "${group}cpu.rt_runtime_us" || true
                fi
            done 2> /dev/null < "/proc/$pid/status" || true
        done
    done
}

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
