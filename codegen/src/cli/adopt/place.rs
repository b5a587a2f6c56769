//! Where a document and the files that it refers to go, so that every reference still leads to the same file.
//!
//! Owns the choice: a document has the name that documents have here where it may, keeps its own where others refer to it
//! by that, and files that would be taken for documents of a service go into a folder of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use crate::lower::{beside, is_read, named_role, references, standard};
use crate::read::{self, Fetched};

/// A document and every file that it refers to, by their full paths.
#[derive(Debug, Default)]
pub(super) struct Closure {
    pub(super) root: String,
    pub(super) files: BTreeMap<String, String>,
}

impl Closure {
    /// Reads a document, with all that it refers to.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn read(document: &Path) -> Result<Self> {
        let root = full(document);
        let sources = read::gather(BTreeSet::from([root.clone()]), |path| {
            let path = Path::new(path);
            match path.is_file() {
                true => read::text_if_there(path)
                    .map(|text| text.map_or(Fetched::Nothing, Fetched::Text)),
                false => Ok(Fetched::Nothing),
            }
        })?;
        let files = sources.files().map(|(_, file)| (file.path.clone(), file.text.to_string()));
        Ok(Self { root, files: files.collect() })
    }

    /// The deepest folder with all of the files.
    fn common(&self) -> &str {
        let mut common = parent(&self.root);
        while !self.files.keys().all(|path| is_below(path, common)) {
            common = parent(common);
        }
        common
    }
}

/// The full path of a file, with `/` between its parts.
pub(super) fn full(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.to_string_lossy().replace('\\', "/")
}

/// The folder of a path.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A folder and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) from: String,
    pub(super) to: String,
}

/// Where everything goes.
#[derive(Debug)]
pub(super) struct Placed {
    /// The document.
    pub(super) root: String,
    /// Each file, by its full path.
    pub(super) places: BTreeMap<String, String>,
    /// The folders, the deepest first.
    pub(super) folders: Vec<Moved>,
}

/// What is known when a document is placed.
pub(super) struct Request<'a> {
    pub(super) closure: &'a Closure,
    /// `openapi` or `asyncapi`.
    pub(super) kind: &'static str,
    pub(super) service: &'a str,
    /// The services of the other documents that are taken over, by their full paths.
    pub(super) services: &'a BTreeMap<String, String>,
}

impl Request<'_> {
    /// The first of the possible places that is right; `holds` says what another document put somewhere.
    pub(super) fn place<'f>(&self, holds: impl Fn(&str) -> Option<&'f str>) -> Option<Placed> {
        let candidates = [self.beside(true), self.beside(false)].into_iter().flatten();
        let candidates = candidates.chain(self.below());
        candidates.into_iter().find(|placed| self.is_right(placed, &holds))
    }

    /// Beside each other in the service's folder; what is above the document, beside that folder.
    fn beside(&self, renamed: bool) -> Option<Placed> {
        let root = &self.closure.root;
        let folder = parent(root);
        let to = format!("spec/{}", self.service);
        let folders = vec![
            Moved { from: folder.to_owned(), to: to.clone() },
            Moved { from: parent(folder).to_owned(), to: "spec".to_owned() },
        ];
        let mut placed = moved(self.closure, folders)?;
        if renamed && !self.is_called_so(&placed.root) {
            let ending = if root.ends_with(".json") { "json" } else { "yaml" };
            placed.root = format!("{to}/{}.{ending}", self.kind);
            placed.places.insert(root.clone(), placed.root.clone());
        }
        Some(placed)
    }

    /// All files as they stand, below the service's folder, or in a folder below that.
    fn below(&self) -> Vec<Placed> {
        let common = self.closure.common();
        let own = format!("spec/{}", self.service);
        let mut from = vec![common];
        from.extend((!parent(common).is_empty()).then(|| parent(common)));
        let targets = |from: &&str| {
            [own.clone(), format!("{own}/contracts")]
                .map(|to| Moved { from: (*from).to_owned(), to })
        };
        let moves = from.iter().flat_map(targets);
        moves.filter_map(|moves| moved(self.closure, vec![moves])).collect()
    }

    /// Whether a place alone says what the document is.
    fn is_called_so(&self, place: &str) -> bool {
        named_role(place).is_some_and(|(_, role)| role == self.kind)
    }

    fn is_right<'f>(&self, placed: &Placed, holds: &impl Fn(&str) -> Option<&'f str>) -> bool {
        let files = || self.closure.files.iter();
        let place = |path: &String| placed.places.get(path).map(String::as_str);
        files().all(|(path, text)| {
            let Some(at) = place(path) else { return false };
            let is_free = holds(at).is_none_or(|known| known == text);
            let leads = |reference: String| {
                let target = beside(path, &reference);
                place(&target).is_none_or(|place| beside(at, &reference) == place)
            };
            is_free && self.may_be(path, at, text) && references(path, text).into_iter().all(leads)
        })
    }

    /// Whether a file may have a place, where its name alone may make it a document of a service.
    fn may_be(&self, path: &str, place: &str, text: &str) -> bool {
        let is_root = path == self.closure.root;
        match named_role(place) {
            Some((_, role)) if is_root => role == self.kind,
            Some((_, "service")) => false,
            Some((service, role)) => {
                let wanted = self.services.get(path).is_none_or(|wanted| wanted == service);
                let is_second = service == self.service && role == self.kind;
                wanted && !is_second && standard(text).is_some_and(|(key, _)| key == role)
            }
            // A name that the system itself has in this folder.
            None => !is_read(place) && place != "spec/policy.yaml",
        }
    }
}

/// Every file with its place; nothing where one is in none of the folders.
fn moved(closure: &Closure, folders: Vec<Moved>) -> Option<Placed> {
    let place = |path: &str| {
        let folder = folders.iter().find(|folder| is_below(path, &folder.from))?;
        Some(format!("{}{}", folder.to, path.strip_prefix(&folder.from)?))
    };
    let places: Option<BTreeMap<String, String>> =
        closure.files.keys().map(|path| Some((path.clone(), place(path)?))).collect();
    Some(Placed { root: place(&closure.root)?, places: places?, folders })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closure(root: &str, files: &[(&str, &str)]) -> Closure {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Closure { root: root.to_owned(), files: files.collect() }
    }

    fn places(closure: &Closure) -> Vec<String> {
        let services = BTreeMap::new();
        let request = Request { closure, kind: "openapi", service: "pets", services: &services };
        let placed = request.place(|_| None);
        placed.map(|placed| placed.places.into_values().collect()).unwrap_or_default()
    }

    #[test]
    fn a_document_is_renamed_where_nothing_refers_to_it() {
        let alone = [("/x/pets.yml", "openapi: 3.1.0"), ("/x/types/pet.yaml", "{}")];
        assert_eq!(
            places(&closure("/x/pets.yml", &alone)),
            ["spec/pets/openapi.yaml", "spec/pets/types/pet.yaml"]
        );
        let back = [("/x/pets.yml", "{}"), ("/x/a/b.yaml", "$ref: '../pets.yml#/c'")];
        assert_eq!(
            places(&closure("/x/pets.yml", &back)),
            ["spec/pets/a/b.yaml", "spec/pets/pets.yml"]
        );
        let called = [("/x/openapi.yml", "{}"), ("/x/a/b.yaml", "$ref: '../openapi.yml#/c'")];
        assert_eq!(
            places(&closure("/x/openapi.yml", &called)),
            ["spec/pets/a/b.yaml", "spec/pets/openapi.yml"]
        );
    }

    #[test]
    fn what_would_be_another_document_goes_deeper() {
        let other = [("/x/pets.yaml", "$ref: 'openapi.yaml'"), ("/x/openapi.yaml", "openapi: 3")];
        assert_eq!(
            places(&closure("/x/pets.yaml", &other)),
            ["spec/pets/contracts/openapi.yaml", "spec/pets/contracts/pets.yaml"]
        );
        let far = [("/x/a/b/c/pets.yaml", "$ref: '../../../s/t.yaml'"), ("/x/s/t.yaml", "{}")];
        assert_eq!(
            places(&closure("/x/a/b/c/pets.yaml", &far)),
            ["spec/pets/a/b/c/pets.yaml", "spec/pets/s/t.yaml"]
        );
    }

    #[test]
    fn a_folder_that_is_referred_to_by_its_name_keeps_it() {
        let named = [("/x/shop/m.yaml", "{}"), ("/x/t.yaml", "$ref: 'shop/m.yaml#/a'")];
        assert_eq!(
            places(&closure("/x/shop/m.yaml", &named)),
            ["spec/pets/shop/m.yaml", "spec/pets/t.yaml"]
        );
    }
}
