//! Is the generated code what the contracts come to? A load test of stale code would measure another system than
//! the one that the contracts describe.

use std::path::Path;

use anyhow::{Context, bail};
use codegen::{compile, output, read};

/// How many stale files are named.
const MAX_NAMED: usize = 5;

/// Compares `generated/` with what `spec/` comes to, and says how many files there are.
///
/// # Errors
/// When the contracts are wrong, or a generated file is stale.
pub fn check(workspace: &Path) -> anyhow::Result<usize> {
    let sources = read::read_spec(&workspace.join("spec")).context("cannot read the contracts")?;
    let Ok(compiled) = compile(&sources) else {
        bail!("the contracts are wrong; `cargo run -p codegen` says where");
    };
    let comparison = output::compare(&workspace.join("generated"), &compiled.files)?;
    if !comparison.is_fresh() {
        let stale: Vec<_> =
            comparison.changes.iter().map(|change| change.path.as_str()).take(MAX_NAMED).collect();
        let more = comparison.changes.len().saturating_sub(MAX_NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        bail!("generated code is stale: {}{more}; run `cargo run -p codegen`", stale.join(", "));
    }
    Ok(comparison.n_unchanged)
}
