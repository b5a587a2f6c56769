//! The contract of the tests: parcels.

use codegen::model::System;
use codegen::source::SourceMap;

/// Everything that has a fault of its own below.
pub(crate) const CONTRACT: &str = include_str!("parcels.yaml");

/// The contract, read.
pub(crate) fn parcels() -> (SourceMap, System) {
    read(CONTRACT)
}

/// Any contract, read.
pub(crate) fn read(text: &str) -> (SourceMap, System) {
    let mut sources = SourceMap::default();
    sources.add("spec/parcels/openapi.yaml", text);
    let resolved = codegen::resolve(&sources);
    let said: Vec<_> = resolved.diagnostics.iter().map(|one| &one.message).collect();
    let system = resolved.system.unwrap_or_else(|| panic!("the contract is wrong: {said:?}"));
    (sources, system)
}
