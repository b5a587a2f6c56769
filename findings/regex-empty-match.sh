#!/usr/bin/env bash
# The regex crate's `is_match` says no where `find` has a match: after an empty match within a character.
#
# `(?-u:\B)` (no boundary of an ASCII word) holds between the two bytes of `É` too. Such an empty match is no match of a
# `&str`, and is passed over. `find` goes on from there, and finds `É`. `is_match` should be `find(…).is_some()`, as its
# documentation has it, but answers that nothing matches. Both ask the same engines: so do regex-automata's PikeVM and its
# lazy DFA. Patterns of ECMA-262 have `\B` by ASCII words, so whoever runs those on this crate refuses values that fit.
# Here patterns with `\B` are asked by `find`: codegen/scalars/src/pattern/linear.rs, and a property test against an
# engine of its own found it (codegen/scalars/tests/it/patterns.rs).
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
regex = "=1.13.2"
regex-automata = "=0.4.19"
TOML
cat >src/main.rs <<'RUST'
use regex_automata::nfa::thompson::pikevm::PikeVM;

fn main() {
    let (pattern, text) = (r"(?-u:\B)|É", "1É_");
    let regex = regex::Regex::new(pattern).unwrap();
    println!("regex: find {:?}, is_match {}", regex.find(text).map(|found| found.range()), regex.is_match(text));
    let vm = PikeVM::new(pattern).unwrap();
    let mut cache = vm.create_cache();
    let found = vm.find(&mut cache, text).map(|found| found.range());
    println!("PikeVM: find {found:?}, is_match {}", vm.is_match(&mut cache, text));
}
RUST
CARGO_TARGET_DIR=$work/target cargo run --quiet | sed 's/^/regex 1.13.2, regex-automata 0.4.19, /' | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: is_match and find agree now, or differ in another way' >&2; exit 1; }
regex 1.13.2, regex-automata 0.4.19, regex: find Some(1..3), is_match false
regex 1.13.2, regex-automata 0.4.19, PikeVM: find Some(1..3), is_match false
EXPECTED
