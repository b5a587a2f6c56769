#!/usr/bin/env bash
# The oas3 crate reads an OpenAPI 3.2 document and leaves its `query` operation out.
#
# OpenAPI 3.2.0 added the fixed field `query` to the Path Item Object. A reader that knows 3.1 alone should refuse the
# version, or at least the key. oas3 0.22.0 reads the document, keeps "3.2.0" as its version, and lists the `get`
# operation only; writing the document out again loses the other one for good. A generator on top of it makes a server
# without the operation, and nobody is told.
# Here the method is known, and refused at its place because API Gateway routes no such method: "OpenAPI documents" in
# codegen/README.md, and codegen/src/parse/keywords/openapi.rs.
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
oas3 = "=0.22.0"
TOML
cat >src/main.rs <<'RUST'
const DOCUMENT: &str = r#"{
    "openapi": "3.2.0",
    "info": {"title": "Orders", "version": "1.0.0"},
    "paths": {"/orders": {
        "get": {"operationId": "listOrders", "responses": {"200": {"description": "listed"}}},
        "query": {"operationId": "searchOrders", "responses": {"200": {"description": "found"}}}
    }}
}"#;

fn main() {
    let document = oas3::from_json(DOCUMENT).expect("the document is read");
    let operations: Vec<_> =
        document.operations().filter_map(|(_, _, operation)| operation.operation_id.clone()).collect();
    println!("OpenAPI {}: {}", document.openapi, operations.join(" "));
    let written = oas3::to_json(&document).expect("the document is written");
    println!("written again, searchOrders is in it: {}", written.contains("searchOrders"));
}
RUST
CARGO_TARGET_DIR=$work/target cargo run --quiet | sed 's/^/oas3 0.22.0, /' | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: oas3 treats the query method otherwise now' >&2; exit 1; }
oas3 0.22.0, OpenAPI 3.2.0: listOrders
oas3 0.22.0, written again, searchOrders is in it: false
EXPECTED
