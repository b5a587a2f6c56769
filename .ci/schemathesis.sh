#!/usr/bin/env bash
# Schemathesis against every OpenAPI document, on a local stage of its own. Needs target/ci/venv (see .ci/run).
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD out=$PWD/target/ci/schemathesis
mkdir -p "$out"
rm -f "$out/stage.json"

# The build comes first, so that the stage's own output is the first thing on its standard output.
cargo build --quiet -p stage
token=$(cargo run --quiet -p codegen -- token --scope catalogue.write --scope sales.read --scope baskets.all --scope orders.all)
cargo run --quiet -p stage -- --json --port 0 >"$out/stage.json" &
stage=$!
trap 'kill $stage 2>/dev/null; wait $stage 2>/dev/null || true' EXIT
until [ -s "$out/stage.json" ]; do
  kill -0 $stage 2>/dev/null || { echo 'the stage did not start'; exit 1; }
  sleep 0.2
done
url=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["apis"][0]["url"])' "$out/stage.json")

# The judge keeps what it found in the folder that it runs in.
cd "$out"
# Every check is on that the configuration does not turn off; `--checks all` would turn those on too.
failed=()
for contract in "$root"/spec/*/openapi.yaml; do
  "$root/target/ci/venv/bin/st" --config-file "$root/.ci/schemathesis.toml" run "$contract" --url "$url" --header "Authorization: Bearer $token" \
    --phases examples,coverage,fuzzing,stateful --mode all --max-examples 50 \
    --seed 1 --generation-deterministic --no-color || failed+=("${contract#"$root"/}")
done
[ ${#failed[@]} -eq 0 ] || { printf 'refused: %s\n' "${failed[*]}"; exit 1; }
