# shellcheck shell=bash
# cache.sh: where the programs and images of the lab are, each set under the hash of what it was made from.

cache_root=${CLARION_CACHE:-${HOME:-/root}/.cache/clarion}
kube_programs=(etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl)
container_programs=(containerd containerd-shim-runc-v2 ctr)

key_of() { (cd "$lab_home" && sha256sum -- "$@") | sha256sum | cut -c1-16; }

# The directory of the programs: the ready-made one if it is named, else the one that `build` fills.
kube_bin() {
    if [ -n "${CLARION_KUBE_BIN:-}" ]; then
        echo "$CLARION_KUBE_BIN"
    else
        echo "$cache_root/kube/$(key_of versions kube/go.mod kube/go.sum kube/main.go containerd/go.mod containerd/go.sum lib/make.sh)/bin"
    fi
}

images_dir() {
    echo "$cache_root/lab-images/$(key_of images/go.mod images/pause/main.go images/echo/main.go images/mkimage/main.go lib/make.sh)"
}

# programs_missing DIR PROGRAM... : those that DIR has not got
programs_missing() {
    local dir=$1 program
    shift
    for program in "$@"; do
        [ -x "$dir/$program" ] || echo "$program"
    done
}
