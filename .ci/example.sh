#!/usr/bin/env bash
# The example `tickets` as a repository of its own: copied into an empty folder, generated, checked and tested there, with the
# profiles and versions of this workspace, so that nothing is compiled twice.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$root/target/ci/tickets
rm -rf "$copy"
mkdir -p "$copy/.cargo"
cp -r "$root/examples/tickets/." "$copy"
rm -rf "$copy/generated" "$copy/target"
sed -i "s|path = \"../../|path = \"$root/|" "$copy/Cargo.toml"
cp "$root/Cargo.lock" "$copy/Cargo.lock"
python3 "$root/docs/run.py" --profiles "$copy/.cargo/config.toml"
cd "$copy"
# The README counts the lines that people wrote.
lines() { cat "$@" | grep -cv '^[[:space:]]*$'; }
counted() { grep -q "$1" README.md || { echo "README.md is wrong: there are $1"; exit 1; }; }
rules=$(ls services/*/src/*.rs | grep -v -e /lib.rs -e /main.rs)
for rule in $rules; do counted "^| $(lines "$rule") | \`${rule#services/}\`"; done
# shellcheck disable=SC2086
counted "^| $(lines $rules) | the nine rules"
counted "other $(lines services/*/src/{lib,main}.rs services/*/src/bin/*.rs) lines"
counted "have $(lines infra/stage/tests/system.rs) lines"
git init --quiet
codegen() { "$root/target/debug/codegen" "$@"; }
codegen
codegen check --deny warnings
cargo fmt --check
export CARGO_TARGET_DIR=$root/target
cargo clippy --quiet --workspace --all-targets -- -D warnings
cargo test --quiet --workspace
# Everybody who may not call is refused, and every answer is as the contracts say.
codegen verify
# Somebody books, with a token, as its owner; every booking is paid once, and told of.
cargo run --quiet -p tickets-loadtest -- --rate 5 --run-time 10s --quiet
