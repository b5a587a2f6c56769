#!/usr/bin/env bash
# jiff cannot hold the last 26 hours that RFC 3339 can write.
#
# A timestamp of RFC 3339 has a year of four digits, so its last second is 9999-12-31T23:59:59Z, which databases and
# contracts use for "never ends". The last Timestamp of jiff 1.0.2 is 9999-12-30T22:00:00.999999999Z, so that every
# instant has a civil time in every offset; the sentinel is refused as out of range. A type generated with jiff
# refuses a value that the contract's `date-time` allows, and only for the records that never end.
# Here timestamps are a type of the project's own with the RFC's range: codegen/runtime/tests/it/scalars.rs has the
# sentinel.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
jiff = { version = "=1.0.2", default-features = false, features = ["std"] }
TOML
cat >src/main.rs <<'RUST'
use jiff::Timestamp;

fn main() {
    println!("the last timestamp: {}", Timestamp::MAX);
    for text in ["9999-12-30T22:00:00Z", "9999-12-31T23:59:59Z"] {
        println!("{text}: {}", if text.parse::<Timestamp>().is_ok() { "read" } else { "refused" });
    }
}
RUST
CARGO_TARGET_DIR=$work/target cargo run --quiet | sed 's/^/jiff 1.0.2, /' | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: jiff has another range now' >&2; exit 1; }
jiff 1.0.2, the last timestamp: 9999-12-30T22:00:00.999999999Z
jiff 1.0.2, 9999-12-30T22:00:00Z: read
jiff 1.0.2, 9999-12-31T23:59:59Z: refused
EXPECTED
