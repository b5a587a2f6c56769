//! Arazzo documents that exist, taken over into a new workspace.
//!
//! Owns where they go, and which of the other documents each of their sources is: their `url` is rewritten, because the
//! documents have other places in the workspace. Sources that stand beside a document come along.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{Adopted, Document, Names, Root, fit, full, shown};
use crate::diag::Sink;
use crate::parse::{Node, yaml};
use crate::read;
use crate::source::{SourceMap, Span};

/// A source description: what it says, and where its URL stands in the text.
struct Source {
    name: String,
    url: String,
    kind: Option<String>,
    at: Span,
}

/// Takes Arazzo documents over, with the documents that their sources lead to.
pub(super) fn adopt(adopted: &mut Adopted, names: &mut Names, named: Vec<PathBuf>) -> Result<()> {
    let mut open: Vec<PathBuf> = named.into_iter().rev().collect();
    let mut done = BTreeSet::new();
    while let Some(document) = open.pop() {
        let document = real(&document);
        if !done.insert(document.clone()) {
            continue;
        }
        let text = read::given_text(&document)?
            .with_context(|| format!("the file {} does not exist", shown(&document)))?;
        let place = place(adopted, &document)?;
        let mut edited = text.clone();
        let mut sources = sources(&text);
        // From the end, so that places before stay as they are.
        sources.sort_by_key(|source| std::cmp::Reverse(source.at.start));
        for source in sources {
            let url = match beside(&document, &source.url) {
                Some(path) if is_workflows(&path)? => {
                    let url = self_place(&path);
                    open.push(path);
                    url
                }
                Some(path) => {
                    if relative(adopted, &path).is_none() {
                        let document = Document::read(names, &path, None, None)?;
                        super::adopt(adopted, &document, &BTreeMap::new())?;
                        let service = adopted.roots.last().map(|root| root.service.clone());
                        adopted.services.extend(service);
                    }
                    relative(adopted, &path).unwrap_or_else(|| source.url.clone())
                }
                None => elsewhere(adopted, &document, &source)?,
            };
            let span = source.at.start as usize..source.at.end as usize;
            edited.replace_range(span, &serde_json::Value::from(url).to_string());
        }
        adopted.places.insert(place.clone(), shown(&document));
        adopted.files.insert(place, edited);
    }
    Ok(())
}

/// Where a document goes, which no other may have taken.
fn place(adopted: &Adopted, document: &Path) -> Result<String> {
    let place = format!("spec/workflows/{}", self_place(document));
    match adopted.places.get(&place).filter(|known| **known != shown(document)) {
        Some(known) => bail!(
            "{known} and {} would both be copied to {place}; rename one of them",
            shown(document)
        ),
        None => Ok(place),
    }
}

/// The name of a document among the workflows.
fn self_place(document: &Path) -> String {
    let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default();
    let stem = stem.trim_end_matches(".arazzo");
    let name = fit(stem).or_else(|| fit(&format!("workflows-{stem}")));
    let name = name.unwrap_or_else(|| "workflows".to_owned());
    let is_json = document.extension().is_some_and(|one| one == "json");
    format!("{name}.arazzo.{}", if is_json { "json" } else { "yaml" })
}

/// Whether a file is an Arazzo document.
pub(super) fn is_workflows(path: &Path) -> Result<bool> {
    let text = read::given_text(path)?.unwrap_or_default();
    Ok(crate::lower::outline(&text).iter().any(|(key, _)| key == "arazzo"))
}

/// The file that a URL leads to from a document, if there is one.
fn beside(document: &Path, url: &str) -> Option<PathBuf> {
    let path = document.parent()?.join(url);
    path.is_file().then(|| real(&path))
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The way from the workflows to a document that was taken over.
fn relative(adopted: &Adopted, path: &Path) -> Option<String> {
    let path = full(path);
    let root = adopted.roots.iter().find(|root| root.path == path)?;
    Some(url(root))
}

/// A source that is on another machine, or nowhere: the document of `--from` with the same file name, that of the service
/// with the source's name, or the only one.
fn elsewhere(adopted: &Adopted, document: &Path, source: &Source) -> Result<String> {
    let kind = source.kind.as_deref().unwrap_or("openapi");
    let candidates: Vec<_> = adopted.roots.iter().filter(|root| root.kind == kind).collect();
    let file = source.url.rsplit('/').next().unwrap_or_default();
    let file = file.split(['?', '#']).next().unwrap_or_default();
    let same = |root: &&&Root| root.path.rsplit('/').next() == Some(file);
    let service = fit(&source.name);
    let named = |root: &&&Root| Some(&root.service) == service.as_ref();
    let by_name = || candidates.iter().find(named);
    let found = match (candidates.iter().find(same).or_else(by_name), candidates.as_slice()) {
        (Some(found), _) => found,
        (None, [only]) => only,
        _ => bail!(
            "the source `{}` of {} is {}, which is not on this machine; download it, and pass it with --from too",
            source.name,
            shown(document),
            source.url
        ),
    };
    Ok(url(found))
}

/// The way from the workflows to a document.
fn url(root: &Root) -> String {
    format!("../{}", root.place.strip_prefix("spec/").unwrap_or(&root.place))
}

/// The source descriptions of a document, as far as it can be read; what is wrong with it is found out later.
fn sources(text: &str) -> Vec<Source> {
    let mut map = SourceMap::default();
    let file = map.add("document", text);
    let Some(tree) = yaml::parse(file, text, &Sink::default()) else { return vec![] };
    let list = tree.get("sourceDescriptions").into_iter().flat_map(Node::items);
    let read = |node: &Node| {
        let url = node.get("url")?;
        Some(Source {
            name: node.text_at("name").unwrap_or_default().to_owned(),
            url: url.text()?.to_owned(),
            kind: node.text_at("type").map(str::to_owned),
            at: url.span,
        })
    };
    list.filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn sources_are_found_with_the_place_of_their_url() {
        let text = "arazzo: 1.0.1\nsourceDescriptions:\n  - name: a\n    url: './a b.yaml'\n    type: openapi\n  - {url: x}\n";
        let found = sources(text);
        let at = |source: &Source| &text[source.at.start as usize..source.at.end as usize];
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["'./a b.yaml'", "x"]);
        assert_eq!((found[0].name.as_str(), found[0].kind.as_deref()), ("a", Some("openapi")));
        assert!(sources("{").is_empty());
    }

    #[test]
    fn a_document_is_called_after_its_file() {
        let named = |path: &str| self_place(Path::new(path));
        assert_eq!(named("a/Pet-Coupons.arazzo.yaml"), "pet-coupons.arazzo.yaml");
        assert_eq!(named("workflows.json"), "workflows.arazzo.json");
        assert_eq!(named("03-retry.arazzo.yml"), "workflows-03-retry.arazzo.yaml");
    }

    #[test]
    fn a_source_on_another_machine_is_a_document_that_is_passed() {
        let source = |url: &str| Source {
            name: "pets".to_owned(),
            url: url.to_owned(),
            kind: None,
            at: Span::default(),
        };
        let mut adopted = Adopted::default();
        let found = |adopted: &Adopted, url: &str| {
            elsewhere(adopted, Path::new("w.yaml"), &source(url)).map_err(|e| e.to_string())
        };
        let gone = found(&adopted, "https://example.com/pets.yaml").unwrap_err();
        assert!(gone.contains("`pets` of w.yaml") && gone.contains("--from"), "{gone}");
        let add = |adopted: &mut Adopted, path: &str, place: &str| {
            let service = place.split('/').nth(1).unwrap().to_owned();
            let (path, place) = (path.to_owned(), place.to_owned());
            adopted.roots.push(Root { path, place, kind: "openapi", service });
        };
        add(&mut adopted, "/x/api.yaml", "spec/one/openapi.yaml");
        let only = found(&adopted, "https://example.com/pets.yaml");
        assert_eq!(only.as_deref(), Ok("../one/openapi.yaml"));
        add(&mut adopted, "/x/pets.yaml", "spec/pets/openapi.yaml");
        let named = found(&adopted, "https://example.com/pets.yaml?v=1");
        assert_eq!(named.as_deref(), Ok("../pets/openapi.yaml"));
        // `pets` is what the source is called, too.
        let called = found(&adopted, "https://example.com/other.yaml");
        assert_eq!(called.as_deref(), Ok("../pets/openapi.yaml"));
        adopted.roots.pop();
        add(&mut adopted, "/x/cats.yaml", "spec/cats/openapi.yaml");
        assert!(found(&adopted, "https://example.com/other.yaml").is_err());
    }
}
