//! Where the crates come from that generated code and new workspaces depend on.
//!
//! A generator that was built from a checkout which is still there takes them from it; one of a release takes them
//! from the tag that it was built from. They are never taken from the public registry: there, their names belong to
//! packages of others. The manifest of a workspace may say otherwise at any time.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::arguments::NewSystem;
use crate::read;
use crate::scaffold::Source;

/// The crates, and where each is in a checkout.
const CRATES: [(&str, &str); 3] =
    [("runtime", "codegen/runtime"), ("stage", "infra/stage"), ("harness", "loadtest/harness")];

/// The repository and the tag that a release was built from (`.github/workflows/release.yml`).
const RELEASED: (Option<&str>, Option<&str>) =
    (option_env!("CODEGEN_REPOSITORY"), option_env!("CODEGEN_TAG"));

/// The checkout that this program was built from, if it is still there.
pub(super) fn checkout() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    is_checkout(root).then(|| root.to_owned())
}

fn is_checkout(root: &Path) -> bool {
    CRATES.iter().all(|(_, path)| root.join(path).join("Cargo.toml").is_file())
}

/// The dependency on a crate where nobody says otherwise, as TOML has it.
pub(super) fn dependency(name: &str) -> String {
    match checkout() {
        Some(root) => by_path(&root, name),
        None => {
            let (repository, tag) = RELEASED;
            by_git(repository.unwrap_or("the repository of this generator"), tag)
        }
    }
}

/// The versions that a checkout was tested with, for a workspace that takes its crates from there.
pub(super) fn lock_file(wanted: &NewSystem) -> Result<Option<String>> {
    if wanted.git.is_some() || wanted.release.is_some() {
        return Ok(None);
    }
    match wanted.path.clone().or_else(checkout) {
        Some(root) => read::text_if_there(&root.join("Cargo.lock")),
        None => Ok(None),
    }
}

/// Where a new workspace takes its crates from.
pub(super) fn source(wanted: &NewSystem) -> Result<Source> {
    if let (Some(version), Some(registry)) = (&wanted.release, &wanted.registry) {
        let install =
            format!("cargo install --locked --registry {registry} codegen --version {version}");
        let dependency =
            format!("{{ version = {}, registry = {} }}", quoted(version), quoted(registry));
        return Ok(Source::of(|_| dependency.clone(), install, false));
    }
    if let Some(url) = &wanted.git {
        return Ok(of_git(url, wanted.rev.as_deref()));
    }
    let root = match &wanted.path {
        Some(path) => {
            let whole =
                path.canonicalize().with_context(|| format!("cannot find {}", path.display()))?;
            if !is_checkout(&whole) {
                bail!("{} contains no `codegen/runtime` and `infra/stage`", path.display());
            }
            Some(whole)
        }
        None => checkout(),
    };
    if let Some(root) = root {
        let install = format!("cargo install --locked --path {}", root.join("codegen").display());
        return Ok(Source::of(|name| by_path(&root, name), install, true));
    }
    match RELEASED {
        (Some(repository), tag) => Ok(of_git(repository, tag)),
        (None, _) => bail!(
            "the checkout that built this program is gone: say by --git, --path or --registry where a new workspace \
             takes `runtime`, `stage` and `harness` from"
        ),
    }
}

fn of_git(url: &str, rev: Option<&str>) -> Source {
    let flag = rev.map_or(String::new(), |rev| format!(" --rev {rev}"));
    let install = format!("cargo install --locked --git {url}{flag} codegen");
    Source::of(|_| by_git(url, rev), install, false)
}

impl Source {
    fn of(dependency: impl Fn(&str) -> String, install: String, is_local: bool) -> Self {
        let [runtime, stage, harness] = ["runtime", "stage", "harness"].map(dependency);
        Self { runtime, stage, harness, install, is_local }
    }
}

fn by_path(root: &Path, name: &str) -> String {
    let path = CRATES.iter().find(|(known, _)| *known == name).map_or(name, |(_, path)| *path);
    format!("{{ path = {} }}", quoted(&root.join(path).display().to_string()))
}

fn by_git(url: &str, rev: Option<&str>) -> String {
    let rev = rev.map_or(String::new(), |rev| format!(", rev = {}", quoted(rev)));
    format!("{{ git = {}{rev} }}", quoted(url))
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
