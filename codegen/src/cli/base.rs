//! Where contracts of before come from: a folder, a git ref, all versions of a name, a deployed stack.
//!
//! Owns what may be written as a base. Reads through [`crate::read`] and git; compares nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{git, stack};
use crate::policy::{CONSUMERS_FOLDER, POLICY_FILE};
use crate::read;
use crate::source::SourceMap;

/// One version of the contracts.
pub(super) struct Version {
    /// What it is called: the ref, the folder, the stack.
    pub(super) name: String,
    /// Its contracts; none where it has none.
    pub(super) sources: SourceMap,
}

/// The versions that a base names, the newest first. There is at least one.
pub(super) fn versions(spec: &Path, base: &str) -> Result<Vec<Version>> {
    let one = |sources| vec![Version { name: base.to_owned(), sources }];
    let versions = match base.split_once(':') {
        Some(("tags", pattern)) => {
            let mut tags = git::tags(spec, pattern)?;
            tags.sort_by_key(|tag| std::cmp::Reverse(parts(tag)));
            let read = |name: String| Ok(Version { sources: git::read_spec(spec, &name)?, name });
            tags.into_iter().map(read).collect::<Result<Vec<_>>>()?
        }
        Some(("releases", folder)) => releases(Path::new(folder))?,
        Some(("stack", name)) => one(stack::contracts(name)?),
        _ => one(read_one(spec, base)?),
    };
    if versions.is_empty() {
        bail!("`{base}` matches no version");
    }
    Ok(versions)
}

/// Whether a base is one folder or git ref, which has a policy and consumers beside its contracts.
pub(super) fn is_one_folder(base: &str) -> bool {
    !matches!(base.split_once(':'), Some(("tags" | "releases" | "stack", _)))
}

/// The contracts of one folder or git ref: a folder where there is one of that name.
pub(super) fn read_one(spec: &Path, base: &str) -> Result<SourceMap> {
    let folder = Path::new(base);
    if !folder.is_dir() {
        return git::read_spec(spec, base);
    }
    read_folder(folder)
}

/// The policy of one folder or git ref.
pub(super) fn policy_text(spec: &Path, base: &str) -> Result<Option<String>> {
    let folder = Path::new(base);
    if !folder.is_dir() {
        return git::text_at(&spec.join(POLICY_FILE), base);
    }
    read::text_if_there(&contracts_in(folder).join(POLICY_FILE))
}

/// The files of consumers in one folder or git ref, by their path below the folder of contracts.
pub(super) fn consumers(spec: &Path, base: &str) -> Result<Vec<(String, String)>> {
    let folder = Path::new(base);
    if !folder.is_dir() {
        return git::texts_below(spec, CONSUMERS_FOLDER, base);
    }
    let mut found = Vec::new();
    for path in read::entries_of(&contracts_in(folder).join(CONSUMERS_FOLDER)) {
        let Some(name) = path.file_name() else { continue };
        let below = format!("{CONSUMERS_FOLDER}/{}", name.to_string_lossy());
        found.extend(read::text_if_there(&path)?.map(|text| (below, text)));
    }
    Ok(found)
}

/// The folder of contracts: `spec` in a folder, or the folder itself.
fn contracts_in(folder: &Path) -> PathBuf {
    let below = folder.join("spec");
    if below.is_dir() { below } else { folder.to_owned() }
}

fn read_folder(folder: &Path) -> Result<SourceMap> {
    read::read_spec(&contracts_in(folder))
}

/// The folders in a folder, by version.
fn releases(folder: &Path) -> Result<Vec<Version>> {
    if !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let mut found = Vec::new();
    for path in read::entries_of(folder).into_iter().filter(|path| path.is_dir()) {
        let name = path.file_name().context("a folder has a name")?.to_string_lossy().into_owned();
        found.push(Version { name, sources: read_folder(&path)? });
    }
    found.sort_by_key(|version| std::cmp::Reverse(parts(&version.name)));
    Ok(found)
}

/// A part of a version, in the order in which versions follow each other: `1.0-rc1`, `1.0`, `1.0.1`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// What follows is of a pre-release, so it is before the version without it.
    Before,
    /// The version ends.
    End,
    /// Digits without leading zeros, after their number: their value is not bounded.
    Number(usize, String),
    /// Letters.
    Word(String),
}

/// The parts of a version, which sort as people count: `v1.10` is after `v1.9`, and `v1.10-rc1` between them. A
/// pre-release is what follows the first letters, or the first `-` of a version with dots; what follows a `+` is not part
/// of the version (Semantic Versioning, sections 9 to 11).
fn parts(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let version = name.split('+').next().unwrap_or_default();
    let mut rest = version.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let name = version[..version.len() - rest.len()].to_lowercase();
    parts.push(Part::Word(name.trim_end_matches('v').to_owned()));
    let has_dots = rest.split('-').next().is_some_and(|core| core.contains('.'));
    let mut is_before = false;
    while let Some(first) = rest.chars().next() {
        if !is_before && (first.is_alphabetic() || (first == '-' && has_dots)) {
            parts.push(Part::Before);
            is_before = true;
        }
        let is_number = first.is_ascii_digit();
        let is_in = |sign: char| {
            sign.is_alphanumeric() && sign.is_ascii_digit() == is_number && first.is_alphanumeric()
        };
        let end = rest.find(|sign| !is_in(sign)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end.max(first.len_utf8()));
        if is_number {
            let digits = part.trim_start_matches('0');
            parts.push(Part::Number(digits.len(), digits.to_owned()));
        } else if first.is_alphanumeric() {
            parts.push(Part::Word(part.to_lowercase()));
        }
        rest = after;
    }
    parts.push(Part::End);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_sort_as_people_count() {
        let sorted = [
            "v1.9.0",
            "v1.9.1",
            "v1.10.0-0",
            "v1.10.0-alpha",
            "v1.10.0-alpha.2",
            "v1.10.0-alpha.beta",
            "v1.10.0-rc1",
            "v1.10.0rc2",
            "v1.10.0-rc10",
            "v1.10.0",
            "v1.10.0.1",
            "v2-beta",
            "v2",
            "v2.0",
            "v99999999999999999999999",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| parts(name));
        assert_eq!(names, sorted);
        assert_eq!(parts("v1.0+build.7"), parts("1.0"));
        assert!(parts("2024-05-01") < parts("2024-05-12"));
    }

    #[test]
    fn a_ref_with_a_colon_is_one_folder() {
        for base in ["main", "HEAD^{/fix: that}", ":/fix", "a:b"] {
            assert!(is_one_folder(base), "{base}");
        }
        for base in ["tags:v*", "releases:old", "stack:shop"] {
            assert!(!is_one_folder(base), "{base}");
        }
    }
}
