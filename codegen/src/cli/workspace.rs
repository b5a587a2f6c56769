//! The Cargo workspace around the generated crates, as far as their manifests depend on it.
//!
//! Owns the settings in `[workspace.metadata.codegen]` and what generated manifests inherit: only what the workspace
//! has. Knows nothing of contracts.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use toml::{Table, Value};

use crate::diag::catalog::shape::nearest;
use crate::emit::Crates;
use crate::read;

/// The keys of `[package]` that generated crates take from the workspace where it has them.
const INHERITED: [&str; 7] =
    ["version", "license", "license-file", "authors", "repository", "homepage", "publish"];

/// What `[workspace.metadata.codegen]` may hold.
const SETTINGS: [&str; 2] = ["prefix", "runtime"];

/// What it may hold besides: the same for a system, by the folder that its code is generated into.
const SYSTEMS: &str = "systems";

/// How the settings of one system are written.
const OF_ONE: &str = "[workspace.metadata.codegen.systems.\"shop/generated\"]";

/// Generated code calls a runtime of the same version.
const OWN_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The edition of generated code. Under another one it might mean something else.
const EDITION: &str = "2024";

/// The workspace around a folder.
#[derive(Debug)]
pub(super) struct Workspace {
    /// How generated crates fit into it.
    pub(super) crates: Crates,
    /// Whether it says where the runtime comes from, without which generated crates do not build.
    pub(super) has_runtime: bool,
    /// Its manifest; none where there is no workspace.
    pub(super) manifest: Option<PathBuf>,
    /// The version of the runtime that it has locked, where that is not this generator's.
    pub(super) other_runtime: Option<String>,
}

impl Workspace {
    /// What to do where generated crates would not find the runtime.
    pub(super) fn note(&self) -> Option<String> {
        if self.has_runtime {
            return self.other_runtime.as_ref().map(|version| {
                format!(
                    "note: this is codegen {OWN_VERSION}, and the workspace has locked `runtime` {version}: generated code may not compile\n  \
                     = help: take both from one release: install codegen {version}, or update `runtime`, `stage` and `harness` in Cargo.toml\n\n"
                )
            });
        }
        let Some(manifest) = &self.manifest else {
            return Some(
                "note: the generated crates are not in a Cargo workspace, and need one with a dependency `runtime`\n  \
         = help: list them in `members` of a workspace; `codegen new` creates one\n\n"
                    .to_owned(),
            );
        };
        Some(format!(
            "note: the workspace has no dependency `runtime`, which generated crates need\n  \
         --> {}\n  = help: add to [workspace.dependencies]: runtime = {}\n\n",
            super::package::shown(manifest),
            super::origin::dependency("runtime"),
        ))
    }
}

/// What to do where workflows come to no code, because there is no harness to run them.
pub(super) fn no_harness() -> String {
    "note: the contracts have workflows, but the workspace has no dependency `harness`, so no load test is generated\n  \
         = help: add it to [workspace.dependencies]\n\n"
        .to_owned()
}

/// Finds the workspace that crates in a folder belong to.
///
/// # Errors
/// When a manifest cannot be read, or holds settings that mean nothing.
pub(super) fn around(out: &Path) -> Result<Workspace> {
    let out = std::path::absolute(out).with_context(|| format!("cannot find {}", out.display()))?;
    for folder in out.ancestors() {
        let path = folder.join("Cargo.toml");
        let Some(text) = read::text_if_there(&path)? else { continue };
        let shown = super::package::shown(&path);
        let manifest: Table = text.parse().with_context(|| format!("{shown} is not valid TOML"))?;
        let Some(workspace) = manifest.get("workspace").and_then(Value::as_table) else { continue };
        let below = out.strip_prefix(folder).unwrap_or(Path::new(""));
        if !is_excluded(workspace, below) {
            let lock = read::text_if_there(&folder.join("Cargo.lock"))?;
            let other_runtime = lock.as_deref().and_then(other_runtime).map(str::to_owned);
            return Ok(Workspace {
                other_runtime,
                ..read_workspace(&shown, workspace, below, path)?
            });
        }
    }
    Ok(Workspace { crates: alone(), has_runtime: false, manifest: None, other_runtime: None })
}

/// The version of the runtime in a lock file, unless it is this generator's. The public registry has another package of
/// that name, so it is the one from where the stage is from.
fn other_runtime(lock: &str) -> Option<&str> {
    let packages = lock.split("[[package]]").map(|package| {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key))?;
            line.strip_prefix(" = ").map(|text| text.trim_matches('"'))
        };
        (value("name"), value("version"), value("source"))
    });
    let packages: Vec<_> = packages.collect();
    let (.., origin) = packages.iter().find(|(name, ..)| *name == Some("stage"))?;
    let is_it = |(name, _, source): &&(_, _, _)| *name == Some("runtime") && source == origin;
    let (_, version, _) = packages.iter().find(is_it)?;
    version.filter(|version| *version != OWN_VERSION)
}

/// Whether a workspace excludes a folder from its members.
fn is_excluded(workspace: &Table, below: &Path) -> bool {
    let excluded = workspace.get("exclude").and_then(Value::as_array);
    excluded.into_iter().flatten().filter_map(Value::as_str).any(|path| below.starts_with(path))
}

fn read_workspace(
    name: &str,
    workspace: &Table,
    below: &Path,
    manifest: PathBuf,
) -> Result<Workspace> {
    let root = manifest.parent().unwrap_or(Path::new(""));
    let settings = settings(name, workspace, root, below)?;
    let runtime = match settings.get("runtime") {
        Some(dependency) => Some(format!("runtime = {}", moved(name, dependency, below)?)),
        None => at(workspace, &["dependencies"])
            .is_some_and(|dependencies| dependencies.contains_key("runtime"))
            .then(|| Crates::default().runtime),
    };
    let dependencies = at(workspace, &["dependencies"]);
    // What the workspace does not have, its crates do without.
    let where_there = |name: &str, dependency: Option<String>| {
        dependency.filter(|_| dependencies.is_some_and(|there| there.contains_key(name)))
    };
    let Crates { harness, stage, .. } = Crates::default();
    let crates = Crates {
        prefix: prefix(name, &settings)?,
        package: package_lines(at(workspace, &["package"])),
        inherits_lints: workspace.contains_key("lints"),
        runtime: runtime.clone().unwrap_or_else(|| Crates::default().runtime),
        harness: where_there("harness", harness),
        stage: where_there("stage", stage),
    };
    let manifest = Some(manifest);
    Ok(Workspace { crates, has_runtime: runtime.is_some(), manifest, other_runtime: None })
}

/// What the workspace says of all that is generated in it, and of what is generated into this folder: a workspace of
/// several systems gives the packages of each a prefix of its own.
fn settings(name: &str, workspace: &Table, root: &Path, below: &Path) -> Result<Table> {
    check_table(name, workspace)?;
    let mut settings = at(workspace, &["metadata", "codegen"]).cloned().unwrap_or_default();
    let below = plain(&below.to_string_lossy());
    let systems = match settings.remove(SYSTEMS) {
        None => Table::new(),
        Some(Value::Table(systems)) => systems,
        Some(_) => bail!("{name}: `{SYSTEMS}` must be a table of output folders, such as {OF_ONE}"),
    };
    check_folders(name, root, &systems, &below)?;
    for (folder, own) in systems {
        let Value::Table(own) = own else {
            bail!("{name}: the settings of `{folder}` must be a table, such as {OF_ONE}");
        };
        if let Some(key) = own.keys().find(|key| !SETTINGS.contains(&key.as_str())) {
            bail!(
                "{name}: `{SYSTEMS}.\"{folder}\"` has no key `{key}`; valid keys are {}",
                SETTINGS.join(", ")
            );
        }
        if plain(&folder) == below {
            settings.extend(own);
        }
    }
    if let Some(key) = settings.keys().find(|key| !SETTINGS.contains(&key.as_str())) {
        bail!(
            "{name}: [workspace.metadata.codegen] has no key `{key}`; valid keys are {}, {SYSTEMS}",
            SETTINGS.join(", ")
        );
    }
    Ok(settings)
}

/// Refuses a table that is meant for the generator by its keys and almost by its name.
fn check_table(name: &str, workspace: &Table) -> Result<()> {
    let is_meant = |(key, value): &(&String, &Value)| {
        let known = |key: &String| SETTINGS.contains(&key.as_str()) || key == SYSTEMS;
        let is_ours = value.as_table().is_some_and(|own| !own.is_empty() && own.keys().all(known));
        *key != "codegen" && nearest(key, ["codegen"]).is_some() && is_ours
    };
    let mut tables = at(workspace, &["metadata"]).into_iter().flatten();
    match tables.find(is_meant) {
        Some((key, _)) => bail!(
            "{name}: nothing reads [workspace.metadata.{key}]; did you mean [workspace.metadata.codegen]?"
        ),
        None => Ok(()),
    }
}

/// Refuses settings of a folder that is not there, where those of the folder in use are missing and it has almost that
/// name.
fn check_folders(name: &str, root: &Path, systems: &Table, below: &str) -> Result<()> {
    if systems.keys().any(|folder| plain(folder) == below) {
        return Ok(());
    }
    // Another system whose code was not generated yet has a folder of contracts beside its output.
    let missing = systems.keys().filter(|folder| {
        let path = root.join(folder.as_str());
        let is_beside = Path::new(&plain(folder)).parent() == Path::new(below).parent();
        !path.exists() && (is_beside || !path.parent().is_some_and(Path::exists))
    });
    match missing.into_iter().find(|folder| resembles(&plain(folder), below)) {
        Some(folder) => bail!(
            "{name}: `{SYSTEMS}.\"{folder}\"` names a folder that does not exist; did you mean `{below}`?"
        ),
        None => Ok(()),
    }
}

/// Whether a path is another one but for slips in its names.
fn resembles(path: &str, meant: &str) -> bool {
    let (path, meant): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), meant.split('/').collect());
    path.len() == meant.len()
        && path.iter().zip(meant).all(|(one, other)| nearest(one, [other]).is_some())
}

/// A folder below another, however it is written.
fn plain(folder: &str) -> String {
    let folder = folder.replace('\\', "/");
    folder.trim_start_matches("./").trim_end_matches('/').to_owned()
}

/// The table at the end of a way of keys.
fn at<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a Table> {
    keys.iter().try_fold(table, |table, key| table.get(*key)?.as_table())
}

fn prefix(name: &str, settings: &Table) -> Result<String> {
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    match settings.get("prefix") {
        None => Ok(String::new()),
        Some(Value::String(text)) if text.is_empty() || is_name(text) => Ok(text.clone()),
        Some(_) => bail!(
            "{name}: `prefix` must be the start of a package name, such as \"library-\": a letter, then letters, digits, `-` and `_`"
        ),
    }
}

/// The lines of `[package]` after the name: inherited where the workspace has the key.
fn package_lines(shared: Option<&Table>) -> Vec<String> {
    let has = |key: &str| shared.is_some_and(|shared| shared.contains_key(key));
    let inherited = |key: &str| format!("{key}.workspace = true");
    let is_edition =
        shared.and_then(|shared| shared.get("edition")).and_then(Value::as_str) == Some(EDITION);
    let mut lines =
        vec![if has("version") { inherited("version") } else { "version = \"0.1.0\"".to_owned() }];
    if is_edition {
        lines.push(inherited("edition"));
        // A workspace of an older edition may promise a compiler that does not know this one.
        lines.extend(has("rust-version").then(|| inherited("rust-version")));
    } else {
        lines.push(format!("edition = \"{EDITION}\""));
    }
    lines.extend(INHERITED.iter().skip(1).filter(|key| has(key)).map(|key| inherited(key)));
    if !has("publish") {
        lines.push("publish = false".to_owned());
    }
    lines
}

/// The manifests of crates that belong to no workspace.
fn alone() -> Crates {
    Crates { package: package_lines(None), inherits_lints: false, ..Crates::default() }
}

/// A dependency as a generated crate has it: a path leads from there to the same place.
fn moved(name: &str, dependency: &Value, below: &Path) -> Result<Value> {
    let table = match dependency {
        Value::String(_) => return Ok(dependency.clone()),
        Value::Table(table) => table,
        _ => bail!(
            "{name}: `runtime` must be a dependency, such as {{ version = \"0.1\" }}, {{ git = \"…\" }} or {{ path = \"…\" }}"
        ),
    };
    let mut table = table.clone();
    if let Some(Value::String(path)) = table.get_mut("path")
        && Path::new(path).is_relative()
    {
        // From a crate in the output folder up to the workspace.
        let n_up =
            below.components().filter(|part| matches!(part, Component::Normal(_))).count() + 1;
        *path = format!("{}{path}", "../".repeat(n_up));
    }
    Ok(Value::Table(table))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_runtime_of_another_release_is_told() {
        let package = |name: &str, version: &str, source: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{source}\n")
        };
        let lock = |version: &str| {
            let public = package("runtime", "9.9.9", "source = \"registry\"\n");
            public + &package("runtime", version, "") + &package("stage", version, "")
        };
        assert_eq!(other_runtime(&lock("9.1.0")), Some("9.1.0"));
        assert_eq!(other_runtime(&lock(OWN_VERSION)), None);
        assert_eq!(other_runtime(&package("x", "1.0.0", "")), None);
    }

    fn crates(text: &str) -> Result<Crates> {
        let manifest: Table = text.parse().unwrap();
        let workspace = manifest["workspace"].as_table().unwrap();
        read_workspace("Cargo.toml", workspace, Path::new("out/code"), PathBuf::new())
            .map(|workspace| workspace.crates)
    }

    #[test]
    fn a_workspace_that_has_everything_is_inherited_from() {
        let all = "[workspace.package]\nversion = '1.0.0'\nedition = '2024'\nrust-version = '1.94'\n\
                   license = 'MIT'\npublish = false\n[workspace.lints.rust]\n[workspace.dependencies]\nruntime = '1'\nharness = '1'\nstage = '1'\n";
        assert_eq!(crates(all).unwrap(), Crates::default());
    }

    #[test]
    fn what_a_workspace_does_not_have_is_written_out() {
        let bare = crates("[workspace]\nmembers = []\n").unwrap();
        assert_eq!(bare.package, ["version = \"0.1.0\"", "edition = \"2024\"", "publish = false"]);
        assert!(!bare.inherits_lints);
        let old =
            "[workspace.package]\nedition = '2021'\nrust-version = '1.70'\npublish = ['mine']\n";
        let old = crates(old).unwrap();
        assert_eq!(
            old.package,
            ["version = \"0.1.0\"", "edition = \"2024\"", "publish.workspace = true"]
        );
    }

    #[test]
    fn settings_name_the_packages_and_the_runtime() {
        let of = |settings: &str| crates(&format!("[workspace.metadata.codegen]\n{settings}\n"));
        let named =
            of("prefix = 'acme-'\nruntime = { package = 'r', path = 'vendor/runtime' }").unwrap();
        assert_eq!(named.prefix, "acme-");
        let expected = "runtime = { package = \"r\", path = \"../../../vendor/runtime\" }";
        assert_eq!(named.runtime, expected);
        assert_eq!(of("runtime = '1.2'").unwrap().runtime, "runtime = \"1.2\"");
        for (wrong, says) in [
            ("systems = 'a'", "`systems` must"),
            ("systems.'a/generated' = 'b-'", "`a/generated` must be a table"),
            ("systems.'a/generated' = { prefx = 'b-' }", "no key `prefx`"),
            ("prefix = 'a b'", "`prefix` must"),
            ("prefix = '-'", "`prefix` must"),
            ("runtime = 3", "`runtime` must"),
            ("prefx = 'a'", "has no key `prefx`"),
        ] {
            let error = format!("{:#}", of(wrong).unwrap_err());
            assert!(error.contains(says) && error.contains("Cargo.toml"), "{error}");
        }
    }

    #[test]
    fn each_system_of_a_workspace_has_settings_of_its_own() {
        let all = "[workspace.metadata.codegen]\nprefix = 'a-'\n\
                   [workspace.metadata.codegen.systems.'b/generated']\nprefix = 'b-'\n";
        let whole: Table = all.parse().unwrap();
        let workspace = whole["workspace"].as_table().unwrap();
        let prefix = |below: &str| {
            settings("Cargo.toml", workspace, Path::new("nowhere"), Path::new(below)).unwrap()["prefix"].clone()
        };
        assert_eq!(prefix("generated").as_str(), Some("a-"));
        assert_eq!(prefix("b/generated").as_str(), Some("b-"));
    }

    #[test]
    fn settings_that_nothing_reads_are_refused() {
        let read = |text: &str| {
            let whole: Table = text.parse().unwrap();
            let workspace = whole["workspace"].as_table().unwrap();
            let read = settings(
                "Cargo.toml",
                workspace,
                Path::new("nowhere"),
                Path::new("shop/generated"),
            );
            read.err().map(|error| error.to_string()).unwrap_or_default()
        };
        let folder = "[workspace.metadata.codegen.systems.'shop/generatd']\nprefix = 'b-'\n";
        assert!(read(folder).contains("did you mean `shop/generated`?"));
        let table = "[workspace.metadata.codgen]\nprefix = 'b-'\n";
        assert!(read(table).contains("did you mean [workspace.metadata.codegen]?"));
        for other in [
            "[workspace.metadata.codegen.systems.'mail/generated']\nprefix = 'b-'\n",
            "[workspace.metadata.codegen.systems.'generated']\nprefix = 'b-'\n",
            "[workspace.metadata.codecov]\nprefix = 'b-'\n",
            "[workspace.metadata.release]\nshared = true\n",
        ] {
            assert_eq!(read(other), "", "{other}");
        }
    }

    #[test]
    fn a_folder_that_a_workspace_excludes_is_none_of_its_members() {
        let workspace: Table = "exclude = ['out']".parse().unwrap();
        assert!(is_excluded(&workspace, Path::new("out/code")));
        assert!(!is_excluded(&workspace, Path::new("output")));
    }
}
