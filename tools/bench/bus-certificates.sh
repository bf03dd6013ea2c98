#!/bin/bash
# Writes ca.crt, tls.crt and tls.key of one member of the cluster into a new directory, for measuring only: one day, keys of P-256.
set -euo pipefail
dir=$1
mkdir -m 700 "$dir"
cd "$dir"
key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
# Flags are words.
# shellcheck disable=SC2086
openssl req -x509 $key -days 1 -subj /CN=bench-ca -keyout ca.key -out ca.crt 2>/dev/null
# shellcheck disable=SC2086
openssl req -new $key -subj /CN=bench -keyout tls.key -out tls.csr 2>/dev/null
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -set_serial 1 -days 1 -out tls.crt \
  -extfile <(echo "subjectAltName=DNS:member.bpfman,URI:bpfman://member/bench") 2>/dev/null
rm ca.key tls.csr
