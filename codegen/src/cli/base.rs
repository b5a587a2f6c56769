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
    /// Where its policy and consumers are; none where the base is several versions or a stack.
    pub(super) base: Option<Base>,
}

/// The versions that a base names, the newest first. There is at least one.
pub(super) fn versions(spec: &Path, base: &str) -> Result<Vec<Version>> {
    let versions = match base.split_once(':') {
        Some(("tags", pattern)) => {
            let mut tags = git::tags(spec, pattern)?;
            tags.sort_by_key(|tag| std::cmp::Reverse(parts(tag)));
            let read = |name: String| {
                let sources = git::Contracts::at(spec, &name)?.sources()?;
                Ok(Version { name, sources, base: None })
            };
            tags.into_iter().map(read).collect::<Result<Vec<_>>>()?
        }
        Some(("releases", folder)) => releases(Path::new(folder))?,
        Some(("stack", name)) => {
            let sources = stack::contracts(name)?;
            vec![Version { name: base.to_owned(), sources, base: None }]
        }
        _ => {
            let found = Base::open(spec, base)?;
            let sources = found.sources()?;
            vec![Version { name: base.to_owned(), sources, base: Some(found) }]
        }
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

/// One folder or git ref: contracts, and what stands beside them.
pub(super) enum Base {
    /// A folder of contracts.
    Folder(PathBuf),
    /// The contracts of a commit.
    Commit(git::Contracts),
}

impl Base {
    /// What a name means: a folder, or a git ref. One that means both is refused, because adding a folder would
    /// otherwise decide with what contracts are compared.
    pub(super) fn open(spec: &Path, base: &str) -> Result<Self> {
        let folder = Path::new(base);
        if !folder.is_dir() {
            return Ok(Self::Commit(git::Contracts::at(spec, base)?));
        }
        let is_path = base.starts_with(['.', '/', '\\']) || base.ends_with(['/', '\\']);
        if !is_path && let Some(name) = git::full_name(spec, base) {
            bail!(
                "`{base}` is a git ref and a folder; write `{name}` for the ref, or `./{base}` for the folder"
            );
        }
        Ok(Self::Folder(contracts_in(folder)))
    }

    /// The contracts; `None` if there are none.
    pub(super) fn sources(&self) -> Result<SourceMap> {
        match self {
            Self::Folder(folder) => read::read_spec(folder),
            Self::Commit(contracts) => contracts.sources(),
        }
    }

    /// The policy.
    pub(super) fn policy_text(&self) -> Result<Option<String>> {
        match self {
            Self::Folder(folder) => read::text_if_there(&folder.join(POLICY_FILE)),
            Self::Commit(contracts) => contracts.text(POLICY_FILE),
        }
    }

    /// The settings of stages, by their path beside the folder of contracts.
    pub(super) fn stages(&self) -> Result<Vec<(String, String)>> {
        match self {
            // What is beside a copy of contracts alone belongs to others.
            Self::Folder(folder) if folder.file_name().is_none_or(|name| name != "spec") => {
                Ok(Vec::new())
            }
            Self::Folder(folder) => stages_beside(folder),
            Self::Commit(contracts) => contracts.texts_beside(STAGES),
        }
    }

    /// The files of consumers, by their path below the folder of contracts.
    pub(super) fn consumers(&self) -> Result<Vec<(String, String)>> {
        let folder = match self {
            Self::Folder(folder) => folder,
            Self::Commit(contracts) => return contracts.texts_in(CONSUMERS_FOLDER),
        };
        let mut found = Vec::new();
        for path in read::entries_of(&folder.join(CONSUMERS_FOLDER)) {
            let Some(name) = path.file_name() else { continue };
            let below = format!("{CONSUMERS_FOLDER}/{}", name.to_string_lossy());
            found.extend(read::text_if_there(&path)?.map(|text| (below, text)));
        }
        Ok(found)
    }
}

/// The folder of the settings of stages, beside that of contracts.
const STAGES: &str = "infra/stages";

/// The settings of stages beside a folder of contracts, by their path there.
pub(super) fn stages_beside(spec: &Path) -> Result<Vec<(String, String)>> {
    let spec = spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
    let Some(above) = spec.parent() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for path in read::entries_of(&above.join(STAGES)).into_iter().filter(|path| path.is_file()) {
        let Some(name) = path.file_name() else { continue };
        let name = format!("{STAGES}/{}", name.to_string_lossy());
        found.extend(read::text_if_there(&path)?.map(|text| (name, text)));
    }
    Ok(found)
}

/// The folder of contracts: `spec` in a folder, or the folder itself.
fn contracts_in(folder: &Path) -> PathBuf {
    let below = folder.join("spec");
    if below.is_dir() { below } else { folder.to_owned() }
}

/// The folders in a folder, by version.
fn releases(folder: &Path) -> Result<Vec<Version>> {
    if !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let mut found = Vec::new();
    for path in read::entries_of(folder).into_iter().filter(|path| path.is_dir()) {
        let name = path.file_name().context("a folder has a name")?.to_string_lossy().into_owned();
        let sources = read::read_spec(&contracts_in(&path))?;
        found.push(Version { name, sources, base: None });
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
