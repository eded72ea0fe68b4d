# shellcheck shell=bash
# apiserver.sh: how etcd and the API server are started, for the lab and for the control plane alone.

# random_token : 32 hexadecimal digits nobody can guess
random_token() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# etcd_arguments DIR CLIENT-PORT PEER-PORT : one member on loopback that does not wait for the disk (a lab that loses power is begun anew)
etcd_arguments() {
    local client=http://127.0.0.1:$2 peer=http://127.0.0.1:$3
    printf '%s\n' --data-dir="$1" --name=default --listen-client-urls="$client" --advertise-client-urls="$client" \
        --listen-peer-urls="$peer" --initial-advertise-peer-urls="$peer" --initial-cluster="default=$peer" \
        --unsafe-no-fsync --log-level=warn
}

# apiserver_arguments DIR ETCD-PORT : what is the same everywhere; DIR holds keys, certificates and tokens
apiserver_arguments() {
    printf '%s\n' --etcd-servers="http://127.0.0.1:$2" --cert-dir="$1/certs" --token-auth-file="$1/tokens.csv" \
        --service-account-key-file="$1/sa.key" --service-account-signing-key-file="$1/sa.key" \
        --service-account-issuer=https://kubernetes.default.svc --service-cluster-ip-range=10.96.0.0/16,fd96::/108 \
        --allow-privileged=true
}

# apiserver_secrets DIR : the key of the service accounts; the caller writes tokens.csv
apiserver_secrets() {
    mkdir -p "$1/certs"
    openssl ecparam -name prime256v1 -genkey -noout -out "$1/sa.key"
}

# write_kubeconfig FILE SERVER USER TOKEN CA-FILE
write_kubeconfig() {
    (
        umask 077
        cat > "$1.new" << YAML
apiVersion: v1
kind: Config
clusters:
- name: lab
  cluster:
    server: $2
    certificate-authority-data: $(base64 -w0 < "$5")
users:
- name: $3
  user:
    token: $4
contexts:
- name: lab
  context:
    cluster: lab
    user: $3
current-context: lab
YAML
    )
    mv "$1.new" "$1"
}

# api_get SERVER TOKEN PATH : the body, or failure
api_get() { curl -ksf --noproxy '*' -m 5 -H "Authorization: Bearer $2" "$1$3"; }
api_ready() { [ "$(api_get "$1" "$2" /readyz 2> /dev/null)" = ok ]; }
