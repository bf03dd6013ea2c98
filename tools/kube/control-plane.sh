#!/bin/bash
# A Kubernetes control plane on the loopback: etcd, kube-apiserver and kube-controller-manager, without nodes.
#
#   control-plane.sh start DIRECTORY   starts it in the background, or says that it runs already
#   control-plane.sh stop DIRECTORY    stops it and removes the directory
#   control-plane.sh hold DIRECTORY    as start, then stops when standard input ends: nothing outlives the caller
#
# DIRECTORY gets everything: data, certificates, logs, process ids, and `kubeconfig` once it is ready.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
loopback=127.0.0.1
services=10.197.0.0/24
# Below the kernel's range for outgoing connections, so that none of those takes a port between choice and use.
first_port=20000
ports_to_try=12000
attempts=5
ready_seconds=60

say() { echo "== $*" >&2; }
fail() { echo "$*" >&2; exit 1; }

alive() { # pid file: answers whether the process that it names runs, and is the one that wrote it
  local pid began
  [ -r "$1" ] && read -r pid began <"$1" && [ "$(birth "$pid")" = "$began" ]
}

birth() { # pid: start time in clock ticks after boot, empty when it does not run
  sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'
}

free_port() {
  local port
  for _ in $(seq 100); do
    port=$((first_port + (RANDOM * 32768 + RANDOM) % ports_to_try))
    if [ -z "$(ss -Htln "sport = :$port")" ]; then
      echo "$port"
      return
    fi
  done
  fail "no free TCP port found between $first_port and $((first_port + ports_to_try))"
}

certificate() { # name subject extensions
  openssl req -new -newkey rsa:2048 -nodes -subj "$2" -keyout "$dir/pki/$1.key" -out "$dir/pki/$1.csr" 2>>"$dir/log/openssl"
  openssl x509 -req -in "$dir/pki/$1.csr" -CA "$dir/pki/ca.crt" -CAkey "$dir/pki/ca.key" -set_serial "0x$(openssl rand -hex 8)" -days 365 \
    -extfile <(printf '%s\n' "$3") -out "$dir/pki/$1.crt" 2>>"$dir/log/openssl"
  rm "$dir/pki/$1.csr"
}

certificates() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=bpfman-kube -keyout "$dir/pki/ca.key" -out "$dir/pki/ca.crt" 2>>"$dir/log/openssl"
  certificate server /CN=kube-apiserver \
    "subjectAltName=IP:$loopback,IP:${services%.*}.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
  certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
  certificate controller-manager /CN=system:kube-controller-manager extendedKeyUsage=clientAuth
  openssl genrsa -out "$dir/pki/service-account.key" 2048 2>>"$dir/log/openssl"
  openssl rsa -in "$dir/pki/service-account.key" -pubout -out "$dir/pki/service-account.pub" 2>>"$dir/log/openssl"
}

kubeconfig() { # file user: credentials inline, so that the file can be copied
  cat >"$1" <<EOF
apiVersion: v1
kind: Config
current-context: bpfman-kube
clusters:
- name: bpfman-kube
  cluster:
    server: https://$loopback:$api_port
    certificate-authority-data: $(base64 -w0 "$dir/pki/ca.crt")
users:
- name: $2
  user:
    client-certificate-data: $(base64 -w0 "$dir/pki/$2.crt")
    client-key-data: $(base64 -w0 "$dir/pki/$2.key")
contexts:
- name: bpfman-kube
  context: {cluster: bpfman-kube, user: $2}
EOF
}

launch() { # name arguments: in a session of its own, so that Ctrl-C on the terminal does not reach it
  local name=$1
  shift
  # Without the caller's descriptors: a lock or a pipe of the caller would stay open as long as the server runs.
  (
    for descriptor in /proc/$BASHPID/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -le 2 ] || [ "$descriptor" -eq 255 ] || eval "exec $descriptor>&-"
    done
    exec setsid "$binaries/$name" "$@"
  ) >"$dir/log/$name" 2>&1 </dev/null &
  echo "$! $(birth $!)" >"$dir/pid/$name"
  disown
}

# Asks until the answer is yes; 1 when the process ends or the time is over.
await() { # name question...
  local name=$1 deadline=$((SECONDS + ready_seconds))
  shift
  until "$@" >/dev/null 2>&1; do
    alive "$dir/pid/$name" || return 1
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}

# With nothing of the user: neither credentials, nor a cache in the home directory.
export KUBECONFIG=/dev/null
kubectl() { "$binaries/kubectl" --kubeconfig "$dir/admin.kubeconfig" --cache-dir "$dir/cache" "$@"; }

port_taken() { grep -q 'address already in use' "$dir/log/$1"; }

start_etcd() {
  for _ in $(seq $attempts); do
    local peer_port
    etcd_port=$(free_port) peer_port=$(free_port)
    # Data that is thrown away needs no fsync.
    launch etcd --name bpfman --data-dir "$dir/etcd" --unsafe-no-fsync --log-level warn \
      --listen-client-urls "http://$loopback:$etcd_port" --advertise-client-urls "http://$loopback:$etcd_port" \
      --listen-peer-urls "http://$loopback:$peer_port" --initial-advertise-peer-urls "http://$loopback:$peer_port" \
      --initial-cluster "bpfman=http://$loopback:$peer_port"
    if await etcd "$binaries/kubectl" --server "http://$loopback:$etcd_port" get --raw /readyz; then
      return
    fi
    port_taken etcd || break
    rm -rf "$dir/etcd"
  done
  not_ready etcd
}

start_apiserver() {
  for _ in $(seq $attempts); do
    api_port=$(free_port)
    kubeconfig "$dir/admin.kubeconfig" admin
    launch kube-apiserver --etcd-servers "http://$loopback:$etcd_port" --bind-address "$loopback" --secure-port "$api_port" \
      --advertise-address "$loopback" --endpoint-reconciler-type none --cert-dir "$dir/pki" \
      --tls-cert-file "$dir/pki/server.crt" --tls-private-key-file "$dir/pki/server.key" --client-ca-file "$dir/pki/ca.crt" \
      --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$dir/pki/service-account.pub" \
      --service-account-signing-key-file "$dir/pki/service-account.key" --service-cluster-ip-range "$services" \
      --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --allow-privileged=true --profiling=false
    if await kube-apiserver kubectl get --raw /readyz; then
      return
    fi
    port_taken kube-apiserver || break
  done
  not_ready kube-apiserver
}

start_controller_manager() {
  kubeconfig "$dir/controller-manager.kubeconfig" controller-manager
  launch kube-controller-manager --kubeconfig "$dir/controller-manager.kubeconfig" --secure-port 0 --leader-elect=false \
    --use-service-account-credentials --service-account-private-key-file "$dir/pki/service-account.key" --root-ca-file "$dir/pki/ca.crt" \
    --cluster-signing-cert-file "$dir/pki/ca.crt" --cluster-signing-key-file "$dir/pki/ca.key" \
    --kube-api-qps 500 --kube-api-burst 1000 --profiling=false
  # It makes this one for every namespace, so it works when this one is there.
  await kube-controller-manager kubectl -n default get serviceaccount default || not_ready kube-controller-manager
}

not_ready() {
  tail -n 5 "$dir/log/$1" >&2
  stop_processes
  fail "$1 did not become ready; the end of $dir/log/$1 stands above"
}

running() {
  [ -r "$dir/kubeconfig" ] && alive "$dir/pid/etcd" && alive "$dir/pid/kube-apiserver" && alive "$dir/pid/kube-controller-manager"
}

start() {
  if running; then
    say "already running; KUBECONFIG=$dir/kubeconfig"
    return
  fi
  binaries=$("$here/build.sh")
  local began=$SECONDS
  mkdir -p "$dir"
  clear_directory
  chmod 0700 "$dir"
  # The first of them marks the directory as ours: only such a one is ever removed.
  mkdir "$dir/pid" "$dir/log" "$dir/pki"
  certificates
  say "starting etcd"
  start_etcd
  say "starting kube-apiserver"
  start_apiserver
  say "starting kube-controller-manager"
  start_controller_manager
  ln -sf "$binaries/kubectl" "$dir/kubectl"
  mv "$dir/admin.kubeconfig" "$dir/kubeconfig"
  say "Kubernetes $(binaries_version) is ready after $((SECONDS - began)) s; KUBECONFIG=$dir/kubeconfig (kubectl: $dir/kubectl)"
}

binaries_version() { basename "$binaries" | sed 's/^kubernetes-\(v[^-]*\)-.*/\1/'; }

# Clients before servers, so that none of them fails on the way out.
stop_processes() {
  local name pid
  for name in kube-controller-manager kube-apiserver etcd; do
    if alive "$dir/pid/$name"; then
      read -r pid _ <"$dir/pid/$name"
      kill "$pid"
      for _ in $(seq 50); do
        alive "$dir/pid/$name" || break
        sleep 0.1
      done
      if alive "$dir/pid/$name"; then
        kill -KILL "$pid"
      fi
    fi
  done
}

# Stops what runs and empties the directory; refuses one that is neither empty nor ours.
clear_directory() {
  if [ ! -d "$dir/pid" ] && [ -n "$(ls -A "$dir")" ]; then
    fail "$dir is not empty and not a directory of $(basename "$0"), so it is left alone"
  fi
  stop_processes
  find "$dir" -mindepth 1 -delete
}

stop() {
  if [ -d "$dir" ]; then
    clear_directory
    rmdir "$dir"
  fi
}

[ $# -eq 2 ] || fail "usage: $(basename "$0") start|stop|hold DIRECTORY"
mkdir -p "$(dirname "$2")"
dir=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
case $1 in
  start) start ;;
  stop)
    if [ -d "$dir/pid" ]; then
      stop
      say "stopped, and $dir removed"
    else
      say "not running"
    fi
    ;;
  hold)
    trap stop EXIT
    trap 'exit 130' INT TERM
    start
    echo "ready $dir/kubeconfig"
    cat >/dev/null
    ;;
  *) fail "unknown word \"$1\"; known: start, stop, hold" ;;
esac
