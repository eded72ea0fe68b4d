# shellcheck shell=bash
# supervise.sh: keeps daemons running, their logs bounded. Sourced by the scripts inside the sandbox; $state is the state directory.

log_limit=$((20 * 1024 * 1024))

# keep NAME COMMAND... : starts it in the background; logs/NAME.log is what it says, daemons/NAME its process (as seen inside) and
# since when. While the lab comes up, a daemon that ends is a failure of the whole; later it is started again, as systemd would.
keep() {
    local daemon=$1
    shift
    (
        trap - EXIT
        local code
        while true; do
            "$@" >> "$state/logs/$daemon.log" 2>&1 < /dev/null &
            echo "$! $EPOCHSECONDS" > "$state/daemons/$daemon"
            code=0
            wait $! || code=$?
            if [ ! -e "$state/up" ]; then
                fail "$daemon ended with exit code $code" "$daemon"
                exit
            fi
            echo "lab: $daemon ended with exit code $code; starting it again in 1 s" >> "$state/logs/$daemon.log"
            sleep 1
        done
    ) &
}

# fail SENTENCE [DAEMON] : the first failure is the one that explains the others
fail() { (set -C && printf '%s\n%s\n' "$1" "${2:-}" > "$state/failed") 2> /dev/null || true; }

progress() { printf '%s\n' "$*" >> "$state/progress"; }

# bound_logs : every log that has grown too long begins anew; one old one is kept. All writers append, so truncating is safe.
bound_logs() {
    local log
    for log in "$state"/logs/*.log; do
        if [ "$(stat -c %s "$log")" -gt "$log_limit" ]; then
            cp "$log" "$log.1"
            : > "$log"
        fi
    done
}
