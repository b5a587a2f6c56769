//! Contracts that exist, taken over into a new workspace.
//!
//! Owns how their service is called, and that the files they refer to come along. What they mean is found out later, as
//! for any contracts.

mod sound;
mod workflows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::cli::package::shown;
use crate::lower::DEFAULTS_FILE;
use crate::policy::{CONSUMERS_FOLDER, POLICY_FILE};
use crate::read::{self, Fetched};
use crate::source::SourceMap;
use crate::text::FileSet;

pub(super) use sound::leave_out;

/// Names of files that say nothing of the service.
const SAYS_NOTHING: [&str; 8] =
    ["openapi", "asyncapi", "swagger", "api", "spec", "schema", "index", "main"];

/// Contracts as they come into the workspace.
#[derive(Debug, Default)]
pub(super) struct Adopted {
    /// The files, below `spec/`.
    pub(super) files: FileSet,
    /// The services, in the order of the files.
    pub(super) services: Vec<String>,
    /// Where each file was, as messages name it.
    places: BTreeMap<String, String>,
    /// The documents that were named or referred to by workflows: where each was, and where it is now.
    roots: Vec<(PathBuf, String)>,
}

impl Adopted {
    /// Whether the file of this name is an Arazzo document.
    pub(super) fn is_workflows(&self, named: &str) -> bool {
        let is_it = |(place, name): (&String, &String)| {
            name == named && place.starts_with("spec/workflows/")
        };
        self.places.iter().any(is_it)
    }

    /// The same contracts under the names that they had.
    pub(super) fn named(&self, sources: &SourceMap) -> SourceMap {
        let mut named = SourceMap::default();
        for (_, file) in sources.files() {
            let path = self.places.get(&file.path).unwrap_or(&file.path);
            match &file.fault {
                Some(fault) => named.add_faulty(path, fault.clone()),
                None => named.add(path, &*file.text),
            };
        }
        named
    }
}

/// Reads documents of any name, with all that they refer to.
///
/// # Errors
/// When one cannot be read, or does not say what it is.
pub(super) fn read(documents: &[PathBuf], service: Option<&str>) -> Result<Adopted> {
    let mut adopted = Adopted::default();
    let mut names = Names::default();
    let mut arazzo = Vec::new();
    for (document, folder) in below(documents)? {
        match workflows::is_workflows(&document)? {
            true => arazzo.push(document),
            false => {
                adopt_document(&mut adopted, &mut names, &document, service.or(folder.as_deref()))?
            }
        }
    }
    workflows::adopt(&mut adopted, &mut names, arazzo)?;
    for folder in documents.iter().filter(|path| path.is_dir()) {
        adopt_settings(&mut adopted, folder)?;
    }
    Ok(adopted)
}

/// Takes over what a folder of contracts says beside its documents: defaults, the policy, and what consumers use.
fn adopt_settings(adopted: &mut Adopted, folder: &Path) -> Result<()> {
    let consumers = read::entries_of(&folder.join(CONSUMERS_FOLDER)).into_iter();
    let settings = [DEFAULTS_FILE, POLICY_FILE].map(|name| folder.join(name)).into_iter();
    for path in settings.chain(consumers.filter(|path| path.is_file())) {
        let (Some(text), Ok(below)) = (read::text_if_there(&path)?, path.strip_prefix(folder))
        else {
            continue;
        };
        let root = format!("spec/{}", below.display());
        if adopted.files.get(&root).is_some_and(|known| known != text) {
            bail!("two files would be copied to {root}; copy one of the folders yourself");
        }
        adopted.places.insert(root.clone(), shown(&path));
        adopted.files.insert(root, text);
    }
    Ok(())
}

/// Takes one document over, as part of a service of this name or of the one that it tells of.
fn adopt_document(
    adopted: &mut Adopted,
    names: &mut Names,
    document: &Path,
    service: Option<&str>,
) -> Result<()> {
    let path = document.canonicalize().unwrap_or_else(|_| document.to_owned());
    if adopted.roots.iter().any(|(known, _)| *known == path) {
        return Ok(());
    }
    let text = read::text_if_there(document)?
        .with_context(|| format!("the file {} does not exist", document.display()))?;
    let kind = kind_of(document, &text)?;
    let service = match service {
        Some(service) => fit(service).with_context(|| {
            format!("`{service}` is not a valid service name: use letters, digits and `-`")
        })?,
        None => names.of(document, &text)?,
    };
    let extension =
        if document.extension().is_some_and(|one| one == "json") { "json" } else { "yaml" };
    let root = format!("spec/{service}/{kind}.{extension}");
    // One that another refers to has come along already.
    if adopted.files.get(&root).is_some_and(|known| known != text) {
        bail!(
            "two documents would be copied to {root}; copy them separately, or name the services with --service"
        );
    }
    adopt(adopted, document, &root, &service)?;
    if !adopted.services.contains(&service) {
        adopted.services.push(service);
    }
    adopted.roots.push((path, root));
    Ok(())
}

/// The documents: files as they are named, and of a folder those that it or the folders in it hold under the names that
/// documents have here; with the folder, whose name their service has.
fn below(named: &[PathBuf]) -> Result<Vec<(PathBuf, Option<String>)>> {
    let mut found = Vec::new();
    for path in named {
        if !path.is_dir() {
            found.push((path.clone(), None));
            continue;
        }
        let n_before = found.len();
        let mut folders = vec![path.clone()];
        folders.extend(read::entries_of(path).into_iter().filter(|one| one.is_dir()));
        for folder in folders {
            // `.` has no name of its own.
            let name =
                folder.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned());
            let names = ["openapi", "asyncapi"]
                .iter()
                .flat_map(|kind| ["yaml", "yml", "json"].map(|ending| format!("{kind}.{ending}")));
            let files = names.map(|file| folder.join(file)).filter(|file| file.is_file());
            let workflows = read::entries_of(&folder).into_iter().filter(|file| {
                let text = file.to_string_lossy();
                file.is_file()
                    && [".arazzo.yaml", ".arazzo.yml", ".arazzo.json"]
                        .iter()
                        .any(|ending| text.ends_with(ending))
            });
            found.extend(files.chain(workflows).map(|file| (file, name.clone())));
        }
        if found.len() == n_before {
            bail!(
                "{} and its subfolders contain no `openapi.yaml` or `asyncapi.yaml`; name the documents themselves",
                path.display()
            );
        }
    }
    Ok(found)
}

/// Names of services, so that documents whose own names say nothing are one service where they stand in one folder.
#[derive(Debug, Default)]
struct Names {
    folders: BTreeMap<PathBuf, String>,
}

impl Names {
    /// What the service of a document is called.
    fn of(&mut self, document: &Path, text: &str) -> Result<String> {
        if fit(&told(document)).is_some() {
            return service_of(document, text);
        }
        let folder = document.parent().unwrap_or(Path::new("")).to_owned();
        if let Some(service) = self.folders.get(&folder) {
            return Ok(service.clone());
        }
        let service = service_of(document, text)?;
        self.folders.insert(folder, service.clone());
        Ok(service)
    }
}

/// Takes a document over with all that it refers to.
fn adopt(adopted: &mut Adopted, document: &Path, root: &str, service: &str) -> Result<()> {
    let folder = document.parent().unwrap_or(Path::new(""));
    let below = format!("spec/{service}/");
    let place = |path: &str| -> PathBuf {
        if path == root {
            return document.to_owned();
        }
        match (path.strip_prefix(&below), path.strip_prefix("spec/")) {
            (Some(rest), _) => folder.join(rest),
            (None, Some(rest)) => folder.join("..").join(rest),
            (None, None) => PathBuf::new(),
        }
    };
    let sources = read::gather(BTreeSet::from([root.to_owned()]), |path| {
        let place = place(path);
        if place.as_os_str().is_empty() || !place.is_file() {
            return Ok(Fetched::Nothing);
        }
        read::text_if_there(&place).map(|text| text.map_or(Fetched::Nothing, Fetched::Text))
    })?;
    for (_, file) in sources.files() {
        if adopted.files.get(&file.path).is_none() {
            adopted.places.insert(file.path.clone(), shown(&place(&file.path)));
            adopted.files.insert(&*file.path, &*file.text);
        }
    }
    Ok(())
}

/// Which kind of document it is, by its own word.
fn kind_of(document: &Path, text: &str) -> Result<&'static str> {
    let tree = crate::lower::outline(text);
    let has = |key: &str| tree.iter().any(|(known, _)| known == key);
    match (has("openapi"), has("asyncapi"), has("swagger")) {
        (true, ..) => Ok("openapi"),
        (_, true, _) => Ok("asyncapi"),
        (_, _, true) => bail!(
            "{} is Swagger 2.0; convert it to OpenAPI 3 first, for example with `npx swagger2openapi`",
            document.display()
        ),
        _ => bail!(
            "{} is not an OpenAPI, AsyncAPI or Arazzo document: it has none of `openapi`, `asyncapi` and `arazzo` at its root",
            document.display()
        ),
    }
}

/// What a file's name says of its service: `petstore.openapi.yaml` is about the pet store.
fn told(document: &Path) -> String {
    let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default().to_lowercase();
    let told: Vec<&str> = stem
        .split(['.', '-', '_', ' '])
        .filter(|part| !SAYS_NOTHING.contains(part) && !part.is_empty())
        .collect();
    told.join("-")
}

/// What the service is called: the file's name, or the document's title where that says nothing.
fn service_of(document: &Path, text: &str) -> Result<String> {
    let title = crate::lower::outline(text).into_iter().find(|(key, _)| key == "info.title");
    let candidates = [told(document), title.map(|(_, title)| title).unwrap_or_default()];
    candidates.iter().find_map(|name| fit(name)).with_context(|| {
        format!("{} does not name its service: pass --service", document.display())
    })
}

/// A name as a folder and a package can have it; none where there is nothing of it.
fn fit(name: &str) -> Option<String> {
    let mut fit = String::new();
    for char in name.chars() {
        if char.is_ascii_alphanumeric() {
            fit.push(char.to_ascii_lowercase());
        } else if !fit.ends_with('-') && !fit.is_empty() {
            fit.push('-');
        }
    }
    let fit: String = fit.trim_end_matches('-').chars().take(40).collect();
    let fit = fit.trim_end_matches('-').to_owned();
    fit.starts_with(|first: char| first.is_ascii_lowercase()).then_some(fit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_service_is_called_after_its_file_or_its_title() {
        let text = "openapi: 3.0.3\ninfo: {title: Swagger Petstore - v2, version: 1}\n";
        let named = |file: &str| service_of(Path::new(file), text).unwrap();
        assert_eq!(named("a/petstore.yaml"), "petstore");
        assert_eq!(named("Pet_Store.openapi.json"), "pet-store");
        assert_eq!(named("openapi.yaml"), "swagger-petstore-v2");
        assert!(service_of(Path::new("api.yaml"), "openapi: 3.0.3\n").is_err());
    }

    #[test]
    fn documents_that_say_nothing_are_one_service_in_one_folder() {
        let mut names = Names::default();
        let text = |title: &str| format!("openapi: 3.1.0\ninfo: {{title: {title}, version: 1}}\n");
        let mut named = |file: &str, title: &str| names.of(Path::new(file), &text(title)).unwrap();
        assert_eq!(named("shows/openapi.yaml", "Shows"), "shows");
        assert_eq!(named("shows/asyncapi.yaml", "Events of shows"), "shows");
        assert_eq!(named("bookings/openapi.yaml", "Bookings"), "bookings");
        assert_eq!(named("shows/posters.yaml", "Pictures"), "posters");
    }

    #[test]
    fn a_document_says_what_it_is() {
        let kind =
            |text: &str| kind_of(Path::new("x.yaml"), text).map_err(|error| error.to_string());
        assert_eq!(kind("{\"openapi\": \"3.0.3\"}"), Ok("openapi"));
        assert_eq!(kind("asyncapi: 3.0.0\n"), Ok("asyncapi"));
        assert!(kind("swagger: '2.0'\n").unwrap_err().contains("convert it"));
        assert!(kind("- a\n").unwrap_err().contains("none of"));
    }
}
