# shellcheck shell=bash
# make.sh: builds the programs and the images. Part of the key of the cache: a change here builds anew.

# Refuses when Go is missing or too old for go.mod (Go fetches a newer one by itself where it may).
need_go() {
    command -v go > /dev/null ||
        die "Kubernetes is built from source and Go is missing. Install Go 1.26 or newer (https://go.dev/dl), or name a directory with ready-made programs in CLARION_KUBE_BIN."
    local why
    why=$(cd "$lab_home/$1" && go list -m 2>&1 > /dev/null) ||
        die "this Go cannot build $1: $why. Install a newer Go (https://go.dev/dl), or allow it to fetch one (GOTOOLCHAIN=auto)."
}

# into DIR FUNCTION : runs FUNCTION NEW-DIR and renames NEW-DIR to DIR; one at a time, and never half a DIR.
into() {
    local target=$1 lock new
    shift
    mkdir -p "$(dirname "$target")"
    exec {lock}> "$target.lock"
    if ! flock -n "$lock"; then
        say "another build of the same is on its way; waiting for it"
        flock "$lock"
    fi
    if [ ! -d "$target" ]; then
        new=$(mktemp -d "$target.new.XXXXXX")
        if ! "$@" "$new"; then
            rm -rf "$new"
            exec {lock}>&-
            return 1
        fi
        chmod 755 "$new"
        mv -T "$new" "$target"
    fi
    exec {lock}>&-
}

# go_build WHAT ARGUMENTS... : go build with what it compiled counted out loud, since it can take minutes
go_build() {
    local what=$1 log status=0 begin=$SECONDS told=$SECONDS
    shift
    log=$(mktemp)
    CGO_ENABLED=0 GOFLAGS='' go build -v -mod=readonly -trimpath -buildvcs=false "$@" > "$log" 2>&1 &
    local pid=$!
    while kill -0 "$pid" 2> /dev/null; do
        sleep 0.5
        if [ $((SECONDS - told)) -ge 15 ]; then
            told=$SECONDS
            say "  $what: $((SECONDS - begin)) s, $(grep -cE '^[a-z0-9.-]+(/|$)' "$log" || true) packages compiled, now $(tail -n 1 "$log")"
        fi
    done
    wait "$pid" || status=$?
    if [ "$status" != 0 ]; then
        warn "building $what failed:"
        tail -n 20 "$log" >&2
    else
        say "  $what: built in $((SECONDS - begin)) s"
    fi
    rm -f "$log"
    return "$status"
}

make_kube() {
    local out=$1/bin program version=k8s.io/component-base/version
    # shellcheck source=../versions
    source "$lab_home/versions"
    mkdir -p "$out"
    # Without a version Kubernetes calls itself v0.0.0-master and its clients choke.
    (cd "$lab_home/kube" && go_build "Kubernetes $KUBERNETES" -o "$out/kube" -ldflags "-s -w -X $version.gitVersion=v$KUBERNETES \
        -X $version.gitMajor=1 -X $version.gitMinor=$(cut -d. -f2 <<< "$KUBERNETES") -X $version.gitTreeState=clean") || return 1
    for program in "${kube_programs[@]}"; do ln -s kube "$out/$program"; done
    for program in "${container_programs[@]}"; do
        (cd "$lab_home/containerd" && go_build "$program $CONTAINERD" -o "$out/$program" -ldflags '-s -w' \
            "github.com/containerd/containerd/v2/cmd/$program") || return 1
    done
}

make_images() {
    local out=$1 work
    work=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" RETURN
    (cd "$lab_home/images" && go_build 'the images of the lab' -o "$work/" -ldflags '-s -w' ./pause ./echo ./mkimage) || return 1
    "$work/mkimage" lab.local/pause:1 "$out/pause.tar" 65535:65535 /pause "$work/pause=/pause" || return 1
    "$work/mkimage" lab.local/echo:1 "$out/echo.tar" 65534:65534 /echo "$work/echo=/echo" || return 1
}

# build_kube PROGRAM... : sees to it that these programs are there
build_kube() {
    local bin missing
    bin=$(kube_bin)
    missing=$(programs_missing "$bin" "$@" | xargs)
    [ -n "$missing" ] || return 0
    [ -z "${CLARION_KUBE_BIN:-}" ] ||
        die "CLARION_KUBE_BIN=$CLARION_KUBE_BIN has no $missing. Put them there, or unset CLARION_KUBE_BIN to have everything built from source."
    need_go kube
    need_go containerd
    say "building Kubernetes and containerd from source, once: some 6 minutes with empty Go caches (into $(dirname "$bin"))"
    into "$(dirname "$bin")" make_kube || exit 1
}

build_images() {
    [ ! -d "$(images_dir)" ] || return 0
    need_go images
    into "$(images_dir)" make_images || exit 1
}
