# shellcheck shell=bash
# down.sh: the verb `down`.

lab_down() {
    local keep=
    case "${1:-}" in
        '') ;;
        --keep-logs) keep=1 ;;
        --help)
            cat << 'TEXT'
lab down [--keep-logs]   take the lab down: processes, mounts, network namespaces, cgroups and files; nothing stays

  --keep-logs   but keep the logs, beside where the state was; the next up or down removes them
TEXT
            return
            ;;
        *) die "down takes no argument '$1'" ;;
    esac
    need_root down
    rm -rf "$(last_logs)"
    if [ ! -d "$(state_dir)" ] && [ -z "$(cgroup_dirs)" ]; then
        rmdir "$labs_root" 2> /dev/null || true
        say "lab '$name' is not up"
        return
    fi
    lock_lab
    trap '' INT TERM
    if [ -n "$keep" ]; then keep_logs; fi
    sweep
    unlock_lab
    say "lab '$name' is down$([ -z "$keep" ] || echo "; its logs: $(last_logs)")"
}
