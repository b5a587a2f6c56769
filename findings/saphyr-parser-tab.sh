#!/usr/bin/env bash
# saphyr-parser takes a tab after a colon before quoted text, and refuses it before plain text.
#
# YAML 1.2.2 separates a key's colon from its value by white space, and white space is a blank or a tab (section 6.2);
# tabs are forbidden for indentation alone. saphyr-parser 0.3.4 reads `"key":<tab>"value"` and says of
# `key:<tab>value` that the colon must be followed by valid YAML white space. PyYAML refuses both; js-yaml and yaml
# read both. The scanner stands under several YAML crates of Rust, so files that editors align with tabs are "not
# YAML" there.
# Here such tabs are read as blanks when that is what stops the scanner: codegen/src/parse/tabs.rs, and
# yaml_is_read_as_yaml in codegen/tests/it/documents.rs.
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
saphyr-parser = "=0.3.4"
TOML
cat >src/main.rs <<'RUST'
use saphyr_parser::Parser;

fn main() {
    for (name, text) in [("quoted", "state:\t\"open\"\n"), ("plain", "state:\topen\n")] {
        match Parser::new_from_str(text).collect::<Result<Vec<_>, _>>() {
            Ok(_) => println!("{name}: read"),
            Err(error) => println!("{name}: {error}"),
        }
    }
}
RUST
CARGO_TARGET_DIR=$work/target cargo run --quiet | sed 's/^/saphyr-parser 0.3.4, /' | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: saphyr-parser treats tabs otherwise now' >&2; exit 1; }
saphyr-parser 0.3.4, quoted: read
saphyr-parser 0.3.4, plain: ':' must be followed by a valid YAML whitespace at byte 7 line 1 column 8
EXPECTED
