# shellcheck shell=bash
# sandbox.sh: the sandbox of one lab: where its state is, whether it lives, how to get into it, and how to sweep what is left of it.
#
# A lab is one process tree under one `unshare` (network, mount, process, IPC and host name spaces). When that process dies, however
# it dies, the kernel takes all the others and with them the mounts and network namespaces. What the kernel leaves is swept by name:
# the state directory and the cgroups /clarion-lab/NAME-... of every hierarchy.

labs_root=$(realpath -m "${CLARION_LAB_DIR:-/var/tmp/clarion-lab}")
lab_nodes=(n1 n2 n3)

state_dir() { echo "$labs_root/$name"; }
# Two labs of one name in different directories are two labs.
lab_cgroup() { echo "clarion-lab/$name-$(printf '%s' "$labs_root" | cksum | cut -d' ' -f1)"; }
last_logs() { echo "$labs_root/$name.last-logs"; }

# File `sandbox`: "PID START" of unshare, which holds the sandbox, then of the first process inside, both as seen from outside.
sandbox_alive() {
    local pid start
    read -r pid start 2> /dev/null < "$(state_dir)/sandbox" || return 1
    alive "$pid" "$start"
}
sandbox_init() { sed -n "2s/ .*//p" "$(state_dir)/sandbox" 2> /dev/null; }

# lock_lab : one verb at a time may bring a lab up, take it down or change it. The lock is the state directory itself.
lock_lab() {
    local state
    state=$(state_dir)
    while true; do
        mkdir -p "$state" || die "cannot make $state"
        exec 9< "$state"
        flock -n 9 || {
            say "another command is busy with lab '$name'; waiting for it"
            flock 9
        }
        # It may have been removed while we waited.
        if [ /proc/self/fd/9 -ef "$state" ]; then return; fi
    done
}
unlock_lab() { exec 9<&-; }

# Process ids mean something only in the PID namespace that the lab was brought up from: seen from another, a living lab looks dead.
same_pid_namespace() {
    local ours theirs
    theirs=$(cat "$(state_dir)/pid-namespace" 2> /dev/null) || return 0
    ours=$(readlink /proc/self/ns/pid)
    [ "$theirs" = "$ours" ] || die "lab '$name' was brought up from another PID namespace ($theirs, this is $ours): call its verbs from there"
}

# Sweeps what a killed sandbox left. True when there was something.
sweep_if_dead() {
    local state
    state=$(state_dir)
    same_pid_namespace
    if [ ! -d "$state" ] || sandbox_alive; then return 1; fi
    exec 8< "$state"
    if ! flock -n 8; then
        exec 8<&-
        return 1 # somebody is just bringing it up or down
    fi
    if sandbox_alive; then
        exec 8<&-
        return 1
    fi
    local was_up=1
    [ -e "$state/sandbox" ] || was_up=0
    sweep
    exec 8<&-
    [ "$was_up" = 1 ]
}

# Takes away every trace of this lab. Idempotent; the sandbox may still live.
sweep() {
    clear_state
    rm -rf "$(state_dir)"
    rmdir "$labs_root" 2> /dev/null || true
}

# The same, but keeps the state directory itself, on which a lock may be.
clear_state() {
    local state pid start
    state=$(state_dir)
    same_pid_namespace
    thaw_all
    if sandbox_alive; then
        end_guests
        read -r pid start < "$state/sandbox"
        kill -KILL "$pid" 2> /dev/null || true
    fi
    # The first process inside is the last to go: when it is gone, all are.
    if [ -e "$state/sandbox" ]; then
        while read -r pid start; do
            wait_until 20 sandbox_dead "$pid" "$start" || die "process $pid of the sandbox does not end"
        done < "$state/sandbox"
    fi
    end_cgroups
    [ ! -d "$state" ] || find "$state" -mindepth 1 -delete
}
sandbox_dead() { ! alive "$@"; }

# The directories of this lab in every cgroup hierarchy of this machine, version 1 or 2, deepest first.
cgroup_dirs() {
    local base
    for base in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [ ! -d "$base/$(lab_cgroup)" ] || find "$base/$(lab_cgroup)" -depth -type d
    done
}

# A frozen process does not even die of SIGKILL under version 1.
thaw_all() {
    local dir
    while read -r dir; do
        if [ -e "$dir/freezer.state" ]; then echo THAWED > "$dir/freezer.state" 2> /dev/null || true; fi
        if [ -e "$dir/cgroup.freeze" ]; then echo 0 > "$dir/cgroup.freeze" 2> /dev/null || true; fi
    done < <(cgroup_dirs | tac)
}

# A cgroup goes only when its last process is really gone, which takes a moment.
end_cgroups() {
    local dir parent
    wait_until 10 cgroups_removed || warn "$(cgroup_dirs | wc -l) cgroups could not be removed, for instance $(cgroup_dirs | sed -n 1p)"
    for parent in /sys/fs/cgroup/clarion-lab /sys/fs/cgroup/*/clarion-lab; do rmdir "$parent" 2> /dev/null || true; done
}
cgroups_removed() {
    local dir
    while read -r dir; do rmdir "$dir" 2> /dev/null || true; done < <(cgroup_dirs)
    [ -z "$(cgroup_dirs)" ]
}

# Commands that `exec` put into the network of the lab but not among its processes (see lab_exec) end with the lab.
end_guests() {
    local init inodes
    init=$(sandbox_init) || return 0
    [ -n "$init" ] || return 0
    inodes=$({ stat -L -c %i "/proc/$init/ns/net" "/proc/$init/root/run/netns/"* 2> /dev/null || true; } | paste -sd"|" -)
    [ -n "$inodes" ] || return 0
    local pid guests
    guests=$({ stat -L -c '%i %n' /proc/[0-9]*/ns/net 2> /dev/null || true; } | sed -nE "s,^($inodes) /proc/([0-9]+)/.*,\2,p")
    for pid in $guests; do
        if [ "$(readlink "/proc/$pid/ns/pid")" = "$(readlink /proc/self/ns/pid)" ]; then kill -KILL "$pid" 2> /dev/null || true; fi
    done
}

# need_lab VERB : the lab must be up
need_lab() {
    need_root "$1"
    if sweep_if_dead; then
        die "the sandbox of lab '$name' was gone (killed, or the machine restarted); swept what it left. Bring it up anew: lab up"
    fi
    if ! sandbox_alive; then die "lab '$name' is not up. Bring it up: lab$(name_option) up"; fi
    [ -e "$(state_dir)/up" ] || die "lab '$name' is still coming up; what it does: $(state_dir)/progress"
    # No proxy of this machine is reachable from the lab, and none is needed.
    unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
}
name_option() { if [ "$name" != lab ]; then echo " --name $name"; fi; }

is_node() { [[ " ${lab_nodes[*]} " == *" $1 "* ]]; }
need_node() { is_node "$1" || die "there is no node '$1'; the nodes are ${lab_nodes[*]}"; }

# path_into PLACE : fills the array `into` with the command that enters all namespaces of the sandbox (processes, mounts, host name) and
# those of a node or the router. What is run by it ends with its caller. PLACE is host, router or a node.
path_into() {
    local holder
    into=(nsenter -t "$(sandbox_init)" --mount --uts --ipc --net --pid setpriv --pdeathsig TERM)
    if [ "$1" != host ]; then
        holder=$(cat "$(state_dir)/places/$1") || die "$1 has not started"
        into+=(nsenter -t "$holder" --mount --uts --net)
    fi
}

inside() {
    local into
    path_into "$1"
    shift
    "${into[@]}" "$@"
}

# beside PLACE COMMAND... : only the network of PLACE. The process stays the caller's: signals, working directory, exit code.
beside() {
    local place=$1 init
    shift
    init=$(sandbox_init)
    if [ "$place" = host ]; then
        nsenter --net="/proc/$init/ns/net" "$@"
    else
        nsenter --net="/proc/$init/root/run/netns/$place" "$@"
    fi
}

lab_exec() {
    if [ "${1:-}" = --help ] || [ $# = 0 ]; then
        cat << 'TEXT'
lab exec NAME CMD...   run CMD at a place of the lab

  n1 n2 n3            a node: its network, mounts, processes and host name (ctr and kubectl are on the PATH)
  near far router     a client on the segment, a client behind the router, the router: their network, the files and processes of this machine
  host                where the API server is (10.0.0.1, fd00::1), which also has the ends of all cables
TEXT
        return
    fi
    need_lab exec
    local place=$1
    shift
    [ $# -gt 0 ] || die "exec $place wants a command, e.g. lab exec $place ip address"
    local path
    path=$(kube_bin):$PATH
    case "$place" in
        near | far | router | host)
            local net
            net=/proc/$(sandbox_init)/root/run/netns/$place
            [ "$place" != host ] || net=/proc/$(sandbox_init)/ns/net
            PATH=$path KUBECONFIG=$(state_dir)/kubeconfig exec nsenter --net="$net" "$@"
            ;;
        *)
            is_node "$place" || die "there is no place '$place'; there are ${lab_nodes[*]}, near, far, router and host"
            local into
            path_into "$place"
            PATH=$path KUBECONFIG=$(state_dir)/kubeconfig exec "${into[@]}" "$@"
            ;;
    esac
}

lab_kubectl() {
    need_lab kubectl
    local state
    state=$(state_dir)
    # Its cache belongs to this lab and goes with it.
    KUBECONFIG=$state/kubeconfig KUBECACHEDIR=$state/kubectl-cache \
        exec nsenter --net="/proc/$(sandbox_init)/ns/net" "$(kube_bin)/kubectl" "$@"
}

lab_vtysh() {
    if [ "${1:-}" = --help ]; then
        cat << 'TEXT'
lab vtysh COMMAND   ask the router, e.g. lab vtysh 'show bgp summary', lab vtysh 'show ip route bgp'; without COMMAND a shell of it
TEXT
        return
    fi
    need_lab vtysh
    local arguments=(-N router) command
    for command in "$@"; do arguments+=(-c "$command"); done
    local into
    path_into router
    exec "${into[@]}" vtysh "${arguments[@]}"
}

lab_images() {
    if [ "${1:-}" = --help ] || [ $# = 0 ]; then
        cat << 'TEXT'
lab images FILE...   load image archives (docker save, or dist/clarion.tar) into the containerd of every node
TEXT
        return
    fi
    need_lab images
    local file node pids=() pid
    for file in "$@"; do
        [ -r "$file" ] || die "there is no image archive '$file'"
        pids=()
        for node in "${lab_nodes[@]}"; do
            inside "$node" "$(kube_bin)/ctr" -n k8s.io images import - < "$file" > /dev/null &
            pids+=($!)
        done
        for pid in "${pids[@]}"; do wait "$pid" || die "$file could not be loaded; is it an image archive?"; done
        say "loaded $file into ${lab_nodes[*]}"
    done
}
