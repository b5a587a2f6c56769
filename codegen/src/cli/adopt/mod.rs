//! Contracts that exist, taken over into a new workspace.
//!
//! Owns how their service is called, and that the files they refer to come along. What they mean is found out later, as
//! for any contracts.

mod names;
mod place;
mod sound;
mod workflows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use self::names::{Names, fit, free, given};
use self::place::{Closure, Moved, Request, full, parent};
use crate::cli::package::shown;
use crate::diag::Diagnostic;
use crate::lower::{DEFAULTS_FILE, named_role};
use crate::policy::{CONSUMERS_FOLDER, POLICY_FILE};
use crate::read;
use crate::source::SourceMap;
use crate::text::FileSet;

pub(super) use sound::leave_out;

/// Contracts as they come into the workspace.
#[derive(Debug, Default)]
pub(super) struct Adopted {
    /// The files, below `spec/`.
    pub(super) files: FileSet,
    /// The services, in the order of the files.
    pub(super) services: Vec<String>,
    /// Where each file was, as messages name it.
    places: BTreeMap<String, String>,
    /// The documents that were named or referred to by workflows.
    roots: Vec<Root>,
    /// Where each file is now, by its full path.
    known: BTreeMap<String, String>,
    /// Folders that files came from.
    folders: Vec<Moved>,
}

/// A document that was taken over.
#[derive(Debug)]
struct Root {
    /// Its full path, where it was.
    path: String,
    /// Its path now.
    place: String,
    /// `openapi` or `asyncapi`.
    kind: &'static str,
    service: String,
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

    /// What is said of the contracts, with the files called as they were.
    pub(super) fn said(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        for one in &mut diagnostics {
            let labels = std::iter::once(&mut one.primary).chain(&mut one.secondary);
            let texts = labels.map(|label| &mut label.text);
            for text in texts.chain([&mut one.message]).chain(&mut one.help) {
                *text = self.said_of_files(text);
            }
            if one.code == "bad-service-name" {
                one.help = one
                    .help
                    .iter()
                    .map(|help| help.replace("rename the folder to `", "pass `--service "))
                    .collect();
            }
        }
        diagnostics
    }

    /// A text with the paths in it as they were, each of which stands between backticks.
    fn said_of_files(&self, text: &str) -> String {
        let was = |(at, part): (usize, &str)| match at % 2 {
            1 if part.starts_with("spec/") => self.was(part),
            _ => None,
        };
        let parts = text.split('`').enumerate();
        let parts: Vec<String> =
            parts.map(|(at, part)| was((at, part)).unwrap_or_else(|| part.to_owned())).collect();
        parts.join("`")
    }

    /// Where a file was, whether it was there or not.
    fn was(&self, path: &str) -> Option<String> {
        let below = |folder: &Moved| {
            Some(folder.to.len())
                .filter(|_| path.strip_prefix(&folder.to).is_some_and(|rest| rest.starts_with('/')))
        };
        let nearest = || {
            let folder = self.folders.iter().rev().max_by_key(|folder| below(folder))?;
            let was = format!("{}{}", folder.from, &path[below(folder)?..]);
            Some(shown(Path::new(&was)))
        };
        self.places.get(path).cloned().or_else(nearest)
    }
}

/// Reads documents of any name, with all that they refer to.
///
/// # Errors
/// When one cannot be read, or does not say what it is.
pub(super) fn read(documents: &[PathBuf], service: Option<&str>) -> Result<Adopted> {
    let mut adopted = Adopted::default();
    let mut names = Names::default();
    let (mut arazzo, mut others) = (Vec::new(), Vec::new());
    for (document, folder) in below(documents)? {
        match workflows::is_workflows(&document)? {
            true => arazzo.push(document),
            false => {
                others.push(Document::read(&mut names, &document, service, folder.as_deref())?)
            }
        }
    }
    let wanted = others.iter().map(|one| (one.closure.root.clone(), one.service.clone())).collect();
    // One that another refers to comes along with that.
    let is_part = |one: &Document| {
        let root = &one.closure.root;
        others
            .iter()
            .any(|other| other.closure.root != *root && other.closure.files.contains_key(root))
    };
    let (parts, wholes): (Vec<_>, Vec<_>) = others.iter().partition(|one| is_part(one));
    for document in wholes.into_iter().chain(parts) {
        adopt(&mut adopted, document, &wanted)?;
    }
    for document in &others {
        let root = adopted.roots.iter().find(|root| root.path == document.closure.root);
        adopted.services.extend(root.map(|root| root.service.clone()));
    }
    workflows::adopt(&mut adopted, &mut names, arazzo)?;
    adopted.services = unique(std::mem::take(&mut adopted.services));
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

/// A document to take over.
struct Document {
    /// As it was named.
    named: PathBuf,
    kind: &'static str,
    service: String,
    closure: Closure,
}

impl Document {
    /// Reads a document, which is part of a service of the given name, of its folder's, or of the one that it tells of.
    fn read(
        names: &mut Names,
        document: &Path,
        service: Option<&str>,
        folder: Option<&str>,
    ) -> Result<Self> {
        let text = read::given_text(document)?
            .with_context(|| format!("the file {} does not exist", document.display()))?;
        let kind = kind_of(document, &text)?;
        let service = match (service, folder.and_then(fit)) {
            (Some(service), _) => given(service)?,
            (None, Some(folder)) => free(folder),
            (None, None) => names.of(document, &text)?,
        };
        Ok(Self { named: document.to_owned(), kind, service, closure: Closure::read(document)? })
    }
}

/// Takes a document over with all that it refers to; `wanted` are the services of all.
fn adopt(
    adopted: &mut Adopted,
    document: &Document,
    wanted: &BTreeMap<String, String>,
) -> Result<()> {
    let Document { closure, kind, service, .. } = document;
    let path = closure.root.clone();
    if adopted.roots.iter().any(|known| known.path == path) {
        return Ok(());
    }
    let (place, service) = match adopted.known.get(&path).cloned() {
        // One that another refers to has come along already, and may be a document of a service by its name.
        Some(place) => match named_role(&place) {
            Some((service, role)) if role == *kind => (place.clone(), service.to_owned()),
            _ => (place, service.clone()),
        },
        None if is_there(adopted, document)? => return Ok(()),
        None => (copy(adopted, document, wanted)?, service.clone()),
    };
    if named_role(&place) != Some((service.as_str(), kind)) {
        if is_there(adopted, document)? {
            return Ok(());
        }
        name_document(&mut adopted.files, &service, kind, &place);
    }
    adopted.roots.push(Root { path, place, kind, service });
    Ok(())
}

/// Whether the service has this document already, under another name.
///
/// # Errors
/// When it has another one.
fn is_there(adopted: &Adopted, document: &Document) -> Result<bool> {
    let Document { named, kind, service, closure } = document;
    let same = |root: &&Root| root.service == *service && root.kind == *kind;
    let Some(first) = adopted.roots.iter().find(same) else { return Ok(false) };
    let text = closure.files.get(&closure.root).map(String::as_str);
    if adopted.files.get(&first.place) == text {
        return Ok(true);
    }
    bail!(
        "{} and {} would both be the {kind} document of the service `{service}`; copy them separately, or name the services with --service",
        shown(Path::new(&first.path)),
        named.display()
    )
}

/// Copies a document and the files that it refers to, and answers with its place.
fn copy(
    adopted: &mut Adopted,
    document: &Document,
    wanted: &BTreeMap<String, String>,
) -> Result<String> {
    let Document { named, kind, service, closure } = document;
    let request = Request { closure, kind, service, services: wanted };
    let placed = request.place(|place| adopted.files.get(place)).with_context(|| {
        format!(
            "{} has references for which its files cannot be copied; copy them yourself",
            named.display()
        )
    })?;
    for (path, text) in &closure.files {
        let Some(place) = placed.places.get(path) else { continue };
        adopted.places.insert(place.clone(), shown(Path::new(path)));
        adopted.files.insert(&**place, &**text);
        adopted.known.insert(path.clone(), place.clone());
    }
    adopted.folders.extend(placed.folders);
    Ok(placed.root)
}

/// Writes into a service's file where its document is.
fn name_document(files: &mut FileSet, service: &str, kind: &str, place: &str) {
    let file = format!("spec/{service}/service.yaml");
    let folder = format!("{}/", parent(&file));
    let name = match (place.strip_prefix(&folder), place.strip_prefix("spec/")) {
        (Some(below), _) => below.to_owned(),
        (None, rest) => format!("../{}", rest.unwrap_or(place)),
    };
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._-".contains(char);
    let name = match name.chars().all(is_plain) {
        true => name,
        false => serde_json::Value::from(name).to_string(),
    };
    let before = files.get(&file).unwrap_or_default().to_owned();
    files.insert(file, format!("{before}{kind}: {name}\n"));
}

/// Each of some names once, in their order.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The documents: files as they are named, and of a folder those that it or the folders in it hold under the names that
/// documents have here; with the folder, whose name their service has.
fn below(named: &[PathBuf]) -> Result<Vec<(PathBuf, Option<String>)>> {
    let mut found = Vec::new();
    for path in named {
        let text = path.to_string_lossy();
        if text.contains("://") {
            bail!("{text} is on another machine; download it, and pass the file");
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

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
