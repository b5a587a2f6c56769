//! Is the generated code made of the contracts as they are? A load test of stale code would measure another system
//! than the one that the contracts describe.
//!
//! Compares sums that the generator wrote beside what it made. So nobody compiles the generator for it, and whether
//! what it made was edited since is for `cargo run -p codegen -- check` to say.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

/// The sums, below the workspace.
const SUMS: &str = "generated/contracts.sum";

/// How many stale files are named.
const MAX_NAMED: usize = 5;

/// Compares the contracts with the sums of those that `generated/` was made of, and says how many there are.
///
/// # Errors
/// When there are no sums, or a contract was changed, added or removed since.
pub(crate) fn check(workspace: &Path) -> anyhow::Result<usize> {
    // Where the generator is a package of the workspace, it need not be installed.
    let advice = match workspace.join("codegen/Cargo.toml").is_file() {
        true => "run `cargo run -p codegen`",
        false => "run `codegen`",
    };
    let known = std::fs::read_to_string(workspace.join(SUMS))
        .with_context(|| format!("{SUMS} cannot be read; {advice}"))?;
    let known = parse(&known)
        .with_context(|| format!("{SUMS} was not written by the generator; {advice}"))?;
    let mut stale = Vec::new();
    for (path, sum) in &known {
        let text = std::fs::read_to_string(workspace.join(path));
        if text.map_or(true, |text| self::sum(&text) != *sum) {
            stale.push((*path).to_owned());
        }
    }
    let is_new = |path: &String| !known.contains_key(path.as_str());
    stale.extend(documents(workspace)?.into_iter().filter(is_new));
    if stale.is_empty() {
        return Ok(known.len());
    }
    let more = stale.len().saturating_sub(MAX_NAMED);
    stale.truncate(MAX_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    bail!("contracts changed since the code was generated: {}{more}; {advice}", stale.join(", "))
}

/// The sum of each contract, by its path below the workspace.
fn parse(text: &str) -> Option<BTreeMap<&str, u64>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| {
        let (sum, path) = line.split_once("  ")?;
        Some((path, u64::from_str_radix(sum, 16).ok()?))
    });
    pairs.collect()
}

/// FNV-1a, whatever ends the lines, as the generator counts it.
fn sum(text: &str) -> u64 {
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The OpenAPI and AsyncAPI documents of all services and the Arazzo documents, by their paths below the workspace. Only
/// those that the generator finds by their names: of the others it says that it leaves them out.
fn documents(workspace: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let unreadable = "cannot read the contracts";
    for service in std::fs::read_dir(workspace.join("spec")).context(unreadable)? {
        let folder = service?.path();
        let is_any_depth = folder.ends_with("spec/workflows");
        let known: &[&str] = if is_any_depth { &["arazzo"] } else { &["openapi", "asyncapi"] };
        let is_read = |file: &Path| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            match is_any_depth {
                true => [".yaml", ".yml", ".arazzo.json"].iter().any(|end| name.ends_with(end)),
                false => name.rsplit_once('.').is_some_and(|(stem, ending)| {
                    known.contains(&stem) && ["yaml", "yml", "json"].contains(&ending)
                }),
            }
        };
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            for file in std::fs::read_dir(&folder).into_iter().flatten() {
                let file = file?.path();
                let is_document = is_read(&file)
                    && std::fs::read_to_string(&file).is_ok_and(|text| is_document(&text, known));
                match file.strip_prefix(workspace) {
                    Ok(path) if is_document => {
                        found.push(path.to_string_lossy().replace('\\', "/"));
                    }
                    _ if is_any_depth && file.is_dir() && !file.is_symlink() => open.push(file),
                    _ => {}
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a text says of itself that it is a document of one of the known kinds, in YAML or JSON.
fn is_document(text: &str, known: &[&str]) -> bool {
    let says = |line: &str| {
        let name = line.trim_start_matches(['{', ' ', '"']);
        known.iter().any(|known| {
            name.strip_prefix(known)
                .is_some_and(|rest| rest.trim_start_matches('"').starts_with(':'))
        })
    };
    text.lines().any(says)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn a_contract_that_was_touched_makes_what_was_generated_stale() {
        let folder = std::env::temp_dir().join(format!("fresh-{}", uuid::Uuid::new_v4()));
        let write = |path: &str, text: &str| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("spec/a/openapi.yaml", "a");
        write("spec/policy.yaml", "levels: {}");
        write("spec/a/notes.yaml", "about: openapi");
        write(SUMS, "# @generated\naf63dc4c8601ec8c  spec/a/openapi.yaml\n");
        assert_eq!(check(&folder).unwrap(), 1);
        write("spec/a/visit.arazzo.yaml", "arazzo: 1.0.1");
        write("spec/a/openapi.old.yaml", "openapi: 3.1.0");
        write("spec/workflows/README.md", "arazzo: 1.0.1");
        assert_eq!(check(&folder).unwrap(), 1, "what the generator leaves out");
        write("spec/b/asyncapi.json", "{\"asyncapi\": \"3.0.0\"}");
        let told = check(&folder).unwrap_err().to_string();
        assert!(told.contains("spec/b/asyncapi.json") && !told.contains("spec/a/"), "{told}");
        write("spec/workflows/more/visit.yaml", "arazzo: 1.0.1");
        let told = check(&folder).unwrap_err().to_string();
        assert!(
            told.contains("spec/workflows/more/visit.yaml") && told.ends_with("`codegen`"),
            "{told}"
        );
        write("spec/a/openapi.yaml", "c");
        assert!(check(&folder).unwrap_err().to_string().contains("spec/a/openapi.yaml"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
