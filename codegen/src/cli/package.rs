//! `package`: the functions as they are deployed, and how large they came out.
//!
//! Owns which architecture is meant when nobody says, where the archives go, and what is told. Building and writing is
//! [`crate::package`]'s.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use super::arguments::{Arch, Arguments, Format};
use super::report::CheckReport;
use super::{Exit, Folders, print, tell, workspace};
use crate::model::{Architecture, System};
use crate::output;
use crate::package::{self, Environment, Packaged};
use crate::source::SourceMap;

/// Bytes of a megabyte, as sizes are told.
const MB: f64 = 1_000_000.0;

/// Packages every function.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    arch: Option<Arch>,
    at_most_mb: Option<u32>,
) -> Result<Exit> {
    let Some(system) = fresh(arguments, folders, sources)? else { return Ok(Exit::Refused) };
    let environment = environment();
    let arch = arch.unwrap_or_else(|| of_host(&environment));
    let packaged = make(folders, &system, arch, &environment)?;
    match arguments.format {
        Format::Json => print(&json(&packaged))?,
        _ if arguments.quiet => {}
        _ => print(&lines(&packaged))?,
    }
    let limit_bytes = at_most_mb.map_or(u64::MAX, |limit| u64::from(limit) * 1_000_000);
    let large: Vec<_> = packaged.iter().filter(|one| one.archive_bytes > limit_bytes).collect();
    for one in &large {
        let (function, size) = (&one.function, megabytes(one.archive_bytes));
        eprintln!(
            "error: {function} is {size} zipped, more than the maximum of {}",
            megabytes(limit_bytes)
        );
    }
    Ok(if large.is_empty() { Exit::Clean } else { Exit::Refused })
}

/// What the contracts mean, when they are right and everything generated is what they come to: functions that were
/// built from stale code would not be those of the contracts. Tells why, when not.
pub(super) fn fresh(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
) -> Result<Option<System>> {
    let resolved = crate::resolve(&sources);
    let mut report = CheckReport::new(sources, &folders.out_name);
    let system = match resolved.system {
        None => {
            report.diagnostics = resolved.diagnostics;
            None
        }
        Some(system) => {
            let crates = workspace::around(&folders.out)?.crates;
            report.stale =
                output::compare(&folders.out, &crate::generate(&report.sources, &system, &crates))?;
            report.stale.is_fresh().then_some(system)
        }
    };
    if system.is_none() {
        tell(arguments, &report)?;
    }
    Ok(system)
}

/// Packages the functions of a system.
pub(super) fn make(
    folders: &Folders,
    system: &System,
    arch: Arch,
    environment: &Environment,
) -> Result<Vec<Packaged>> {
    let items = package::items(system, architecture(arch));
    package::package(&workspace(folders), &archives(folders), &items, environment)
}

/// This machine and what its environment says.
pub(super) fn environment() -> Environment {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    Environment::read(variable, std::env::consts::OS, std::env::consts::ARCH)
}

/// What to build for when nobody says: what needs nothing but this machine, where Lambda has such machines.
pub(super) fn of_host(environment: &Environment) -> Arch {
    match environment.host {
        Some(Architecture::Arm64) => Arch::Arm64,
        Some(Architecture::X86_64) => Arch::X86_64,
        None => Arch::Contract,
    }
}

/// The one architecture for all functions; none leaves it to their contracts.
pub(super) fn architecture(arch: Arch) -> Option<Architecture> {
    match arch {
        Arch::Arm64 => Some(Architecture::Arm64),
        Arch::X86_64 => Some(Architecture::X86_64),
        Arch::Contract => None,
    }
}

/// The folder that holds the generated files, which is the workspace of the functions.
pub(super) fn workspace(folders: &Folders) -> PathBuf {
    match folders.out.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Where the template looks for the functions.
pub(super) fn archives(folders: &Folders) -> PathBuf {
    workspace(folders).join("target/lambda")
}

/// A line for each function.
pub(super) fn lines(packaged: &[Packaged]) -> String {
    let width = packaged.iter().map(|one| one.function.len()).max().unwrap_or_default();
    let mut text = String::new();
    for one in packaged {
        let state = if one.is_unchanged { "unchanged" } else { "" };
        let line = format!(
            "{:width$}  {:<6}  {:>8}  {:>8} zipped  {}  {state}",
            one.function,
            package::name(one.architecture),
            megabytes(one.binary_bytes),
            megabytes(one.archive_bytes),
            shown(&one.archive),
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A path as it is told: from the current folder where it is below that.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    let below = below.unwrap_or(path);
    if below.as_os_str().is_empty() { ".".to_owned() } else { below.display().to_string() }
}

fn json(packaged: &[Packaged]) -> String {
    let one = |one: &Packaged| {
        json!({
            "function": one.function,
            "architecture": package::name(one.architecture),
            "binaryBytes": one.binary_bytes,
            "archiveBytes": one.archive_bytes,
            "archive": shown(&one.archive),
            "unchanged": one.is_unchanged,
        })
    };
    let functions: Vec<_> = packaged.iter().map(one).collect();
    format!("{}\n", json!({ "functions": functions }))
}

fn megabytes(bytes: u64) -> String {
    format!("{:.2} MB", bytes as f64 / MB)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packaged() -> Vec<Packaged> {
        let one = |function: &str, archive_bytes, is_unchanged| Packaged {
            function: function.to_owned(),
            architecture: Architecture::X86_64,
            binary_bytes: 8_123_456,
            archive_bytes,
            archive: PathBuf::from(format!("target/lambda/{function}.zip")),
            is_unchanged,
        };
        vec![one("basket", 2_999_000, false), one("ordering-checkout", 12_345_678, true)]
    }

    #[test]
    fn sizes_stand_below_each_other() {
        assert_eq!(
            lines(&packaged()),
            "basket             x86_64   8.12 MB   3.00 MB zipped  target/lambda/basket.zip\n\
             ordering-checkout  x86_64   8.12 MB  12.35 MB zipped  target/lambda/ordering-checkout.zip  unchanged\n"
        );
    }

    #[test]
    fn programs_get_bytes() {
        let document: serde_json::Value =
            serde_json::from_str(&json(&packaged())).unwrap_or_default();
        assert_eq!(document["functions"][1]["archiveBytes"], 12_345_678);
        assert_eq!(document["functions"][0]["unchanged"], false);
    }

    #[test]
    fn archives_lie_beside_the_generated_files() {
        let at = |out: &str| {
            let folders = Folders { spec: "spec".into(), out: out.into(), out_name: String::new() };
            archives(&folders).display().to_string()
        };
        assert_eq!(at("/home/me/shop/generated"), "/home/me/shop/target/lambda");
        assert_eq!(at("generated"), "./target/lambda");
    }
}
