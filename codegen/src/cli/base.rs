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
            let tags = git::tags(spec, pattern)?;
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

/// The numbers and words of a version, which sort as people count: `v1.10` is after `v1.9`.
fn parts(name: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    for part in name.split(|sign: char| !sign.is_ascii_alphanumeric()) {
        let word: String = part.chars().take_while(|sign| !sign.is_ascii_digit()).collect();
        let number = part[word.len()..].parse().unwrap_or(u64::MAX);
        parts.push((number, word));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_sort_as_people_count() {
        let mut names = ["v1.10.0", "v1.9.0", "v2", "v1.9.1"];
        names.sort_by_key(|name| parts(name));
        assert_eq!(names, ["v1.9.0", "v1.9.1", "v1.10.0", "v2"]);
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
