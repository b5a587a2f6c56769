#!/usr/bin/env bash
# The parcel carrier on a stage keeps its contracts, its refusals of callers included, and its promises under load. Its
# functions are one program, which `codegen verify` would not find by itself. Needs built programs:
# `cargo build -p codegen -p verify -p stage -p parcels -p parcels-loadtest --bins --examples`.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/target/debug work=$(mktemp -d)
for name in $(sed -n 's/^ *Binary: //p' examples/parcels/generated/infra/template.yaml); do ln -s "$bin/examples/functions" "$work/$name"; done
"$bin/stage" --template examples/parcels/generated/infra/template.yaml --bin-dir "$work" --no-build --port 0 --json \
  --secrets examples/parcels/services/tests/secrets.toml >"$work/summary" &
stage=$!
trap 'kill $stage 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/summary" ] && break; sleep 0.1; done
api=$(python3 -c "import json,sys; print(json.load(open(sys.argv[1]))['apis'][0]['url'])" "$work/summary")
"$bin/codegen" verify --spec examples/parcels/spec --stage "$api"
"$bin/parcels-loadtest" --bin-dir "$work" --secrets examples/parcels/services/tests/secrets.toml --rate 5 --run-time 5s \
  --quiet --report "$work/report.html" --json "$work/report.json"
