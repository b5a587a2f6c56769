//! Completes the crate of a service's business rules: adds missing files, and the methods that call them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{found, shown, text_of, workspace};
use crate::cli::Folders;
use crate::emit::{self, CrateFolders, Implementation, Rules};
use crate::model::{System, Trigger};
use crate::output::{self, Change};
use crate::read::entries_of;
use crate::text::{Addition, with_field, with_rule};

/// What a crate of business rules lacks.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// Files to be made, by path.
    files: Vec<(PathBuf, String)>,
    /// Each `lib.rs` as it is, and as it will be.
    libraries: Vec<(PathBuf, String, String)>,
    /// What has to be done by hand.
    notes: Vec<String>,
}

/// What the crates of services lack.
pub(super) fn missing(folders: &Folders, system: &System, services: &[String]) -> Result<Missing> {
    let mut missing = Missing::default();
    let services: BTreeSet<&String> = services.iter().collect();
    for service in services {
        look(folders, system, service, &mut missing)?;
    }
    look_for_authorizer(folders, system, &mut missing)?;
    Ok(missing)
}

/// The program that verifies what only people can, where no package beside the services has it.
fn look_for_authorizer(folders: &Folders, system: &System, missing: &mut Missing) -> Result<()> {
    let services = crate::cli::package::workspace(folders).join("services");
    let crates = workspace::around(&folders.out)?.crates;
    let begun = emit::own_authorizer(system, &crates, &place(folders), Rules::Open);
    if begun.iter().next().is_none() || has_program(&services, "authorizer")? {
        return Ok(());
    }
    let begun = begun.iter().map(|(path, text)| (services.join(path), text.to_owned()));
    missing.files.extend(begun);
    Ok(())
}

/// Whether a package in a folder has a program of a name.
fn has_program(folder: &Path, name: &str) -> Result<bool> {
    for package in entries_of(folder) {
        let manifest = text_of(&package.join("Cargo.toml"))?.unwrap_or_default();
        let manifest: toml::Table = manifest.parse().unwrap_or_default();
        let named = |one: &toml::Value| one.get("name").and_then(toml::Value::as_str) == Some(name);
        let programs = manifest.get("bin").and_then(toml::Value::as_array);
        let is_named = programs.is_some_and(|programs| programs.iter().any(named));
        let is_plain =
            manifest.get("package").is_some_and(named) && package.join("src/main.rs").is_file();
        let is_beside = ["{}.rs", "{}/main.rs"]
            .map(|place| package.join("src/bin").join(place.replace("{}", name)));
        if is_named || is_plain || is_beside.iter().any(|path| path.is_file()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where the crates of services and the generated crates are.
fn place(folders: &Folders) -> CrateFolders {
    let out = folders.out.file_name().map(|name| name.to_string_lossy().into_owned());
    CrateFolders {
        services: "services".to_owned(),
        generated: format!("../../{}", out.unwrap_or_else(|| "generated".to_owned())),
    }
}

fn look(folders: &Folders, system: &System, service: &str, missing: &mut Missing) -> Result<()> {
    let root = crate::cli::package::workspace(folders);
    let Some(service) = found(system, service) else { return Ok(()) };
    let services = root.join("services");
    let crates = workspace::around(&folders.out)?.crates;
    let library = format!("{}/src/lib.rs", service.name.kebab);
    let there = text_of(&services.join(&library))?;
    let skeleton = emit::skeleton(service, &crates, &place(folders), Rules::Open, there.as_deref());
    for (path, text) in skeleton.files.iter() {
        let path = services.join(path);
        if text_of(&path)?.is_none() {
            missing.files.push((path, text.to_owned()));
        }
    }
    let Some(there) = there else { return Ok(()) };
    let contract = format!("{}_contract", service.name.kebab.replace('-', "_"));
    let mut edited = there.clone();
    for rule in &skeleton.implementations {
        let addition = Addition {
            module: &rule.module,
            of_trait: &rule.of_trait,
            methods: &rule.methods,
            imports: &imports(rule, &contract),
        };
        match with_rule(&edited, &addition) {
            Some(text) => edited = text,
            None => missing.notes.push(by_hand(rule, &shown(&services.join(&library)))),
        }
    }
    for (needed, name, field, docs) in [
        (!service.tables.is_empty(), "Tables", "tables", "The service's tables."),
        (
            !service.sends.is_empty(),
            "Publisher",
            "publisher",
            "Publishes the events of the service.",
        ),
    ] {
        if !needed {
            continue;
        }
        match with_field(&edited, field, name, docs, &contract) {
            Some(text) => edited = text,
            None => missing.notes.push(format!(
                "note: to use it in operations, add a field `pub {field}: {name}` to `Service` in {}, created with `{name}::new(aws)`",
                shown(&services.join(&library))
            )),
        }
    }
    let serving = service.functions.iter().find(|one| one.trigger == Trigger::Api);
    if let Some(function) = serving
        && !has_program(&services, &function.name.wire)?
    {
        missing.notes.push(format!(
            "note: no package has a binary `{}`: rename the one of {}",
            function.name.wire,
            shown(&services.join(format!("{}/Cargo.toml", service.name.kebab)))
        ));
    }
    if emit::lacks_settings(service, &there) {
        missing.notes.push(format!(
            "note: to use the settings of the contract (`x-lambda`), add a field `pub settings: Settings` to `Service` in {}, and pass `Settings::load(&aws).await?` to `Service::new` in each `main`",
            shown(&services.join(&library))
        ));
    }
    if edited != there {
        missing.libraries.push((services.join(&library), there, edited));
    }
    Ok(())
}

fn imports(rule: &Implementation, contract: &str) -> Vec<(String, Vec<String>)> {
    let mut of_contract = rule.contract_imports.clone();
    of_contract.push(rule.of_trait.clone());
    of_contract.sort();
    of_contract.dedup();
    vec![(contract.to_owned(), of_contract), ("runtime".to_owned(), rule.runtime_imports.clone())]
}

fn by_hand(rule: &Implementation, library: &str) -> String {
    let declared =
        if rule.module.is_empty() { String::new() } else { format!("`mod {};` and ", rule.module) };
    let methods: Vec<_> = rule.methods.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!(
        "note: {library} cannot be edited automatically: add {declared}{} of `{}`, as the compiler asks",
        methods.join(", "),
        rule.of_trait
    )
}

impl Missing {
    /// Whether nothing is lacking that can be written.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.libraries.is_empty()
    }

    /// What will be different, by path from the workspace.
    pub(super) fn changes(&self, root: &Path) -> Vec<Change> {
        let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
        let made = self.files.iter().map(|(path, text)| Change {
            path: name(path),
            old: None,
            new: Some(text.as_str().into()),
        });
        let libraries = self.libraries.iter().map(|(path, old, new)| Change {
            path: name(path),
            old: Some(old.clone().into_bytes()),
            new: Some(new.as_str().into()),
        });
        made.chain(libraries).collect()
    }

    /// Writes all of it, and says so; files that are there are left as they are.
    pub(super) fn write(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for (path, text) in &self.files {
            if output::write_once(path, text)? {
                lines.push(format!("wrote   {}", shown(path)));
            }
        }
        for (path, old, new) in &self.libraries {
            output::replace(path, old, new)?;
            lines.push(format!("changed {}", shown(path)));
        }
        lines.extend(self.notes.iter().cloned());
        Ok(lines)
    }
}
