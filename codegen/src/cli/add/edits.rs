//! Contract files that are about to change.
//!
//! Nothing is written before everything is known to be right. A file that changed on disk meanwhile is not overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{shown, text_of};
use crate::output::{self, Change};
use crate::read::{self, Fetched};
use crate::source::{SourceMap, Stack};

/// The folder of the schemas that new services share.
const SCHEMAS: &str = "schemas";

/// A file: what it holds, and what it will.
#[derive(Debug, Clone)]
struct File {
    old: Option<String>,
    new: String,
}

/// Files below the folder of contracts.
#[derive(Debug)]
pub(in crate::cli) struct Edits {
    spec: PathBuf,
    /// The name of the folder, with which paths in messages begin.
    name: String,
    /// The documents that are there already, as they are read.
    documents: BTreeSet<String>,
    /// The folders of files that contracts share, and that are no documents.
    shared: BTreeSet<String>,
    /// What they are deployed as.
    stacks: Vec<Stack>,
    files: BTreeMap<String, File>,
    /// Their paths, in the order in which they are written: each leads to nothing that is written after it.
    order: Vec<String>,
}

impl Edits {
    /// No edit yet.
    pub(in crate::cli) fn of(spec: &Path, sources: &SourceMap) -> Result<Self> {
        let spec =
            spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
        let name = spec.file_name().map(|name| name.to_string_lossy().into_owned());
        let documents = sources.files().map(|(_, file)| file.path.clone());
        let others = sources.files().map(|(_, file)| file.path.as_str());
        let others = others.filter(|path| !crate::lower::is_read(path));
        let shared = others.filter_map(|path| path.split('/').nth(1)).map(str::to_owned);
        Ok(Self {
            shared: shared.collect(),
            name: name.unwrap_or_else(|| "spec".to_owned()),
            documents: documents.filter(|path| crate::lower::is_read(path)).collect(),
            stacks: sources.stacks.clone(),
            files: BTreeMap::new(),
            order: vec![],
            spec,
        })
    }

    /// The text of a file as it will be.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>> {
        match self.files.get(path) {
            Some(file) => Ok(Some(file.new.clone())),
            None => text_of(&self.spec.join(path)),
        }
    }

    /// Whether a folder holds files that contracts share.
    pub(super) fn shares(&self, folder: &str) -> bool {
        folder == SCHEMAS || self.shared.contains(folder)
    }

    /// The path of a service's document: `notes/openapi.yaml`, or as its `service.yaml` names it.
    pub(super) fn document(&self, service: &str, kind: &str) -> Result<Option<String>> {
        for ending in ["yaml", "yml", "json"] {
            let path = format!("{service}/{kind}.{ending}");
            if self.text(&path)?.is_some() {
                return Ok(Some(path));
            }
            if let Some(text) = self.text(&format!("{service}/service.{ending}"))? {
                let named = crate::lower::outline(&text).into_iter().find(|(key, _)| key == kind);
                if let Some((_, name)) = named {
                    return Ok(Some(crate::lower::beside(&format!("{service}/service"), &name)));
                }
            }
        }
        Ok(None)
    }

    /// Changes a file that is there.
    pub(in crate::cli) fn edit(
        &mut self,
        path: &str,
        edit: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<()> {
        let Some(text) = self.text(path)? else { bail!("{}/{path} does not exist", self.name) };
        let new = edit(&text).map_err(|why| anyhow::anyhow!("{}/{path}: {why}", self.name))?;
        let old = self.files.get(path).map_or(Some(text), |file| file.old.clone());
        self.set(path, File { old, new });
        Ok(())
    }

    /// Makes a file that must not be there.
    pub(super) fn make(&mut self, path: &str, text: String) -> Result<()> {
        if self.text(path)?.is_some() {
            bail!("{}/{path} already exists", self.name);
        }
        self.set(path, File { old: None, new: text });
        Ok(())
    }

    fn set(&mut self, path: &str, file: File) {
        if self.files.insert(path.to_owned(), file).is_none() {
            self.order.push(path.to_owned());
        }
    }

    /// Whether nothing would be different.
    pub(super) fn is_empty(&self) -> bool {
        self.files.values().all(|file| file.old.as_deref() == Some(&file.new))
    }

    /// The contracts as they will be.
    pub(in crate::cli) fn sources(&self) -> Result<SourceMap> {
        let mut documents = self.documents.clone();
        let made = self.files.keys().map(|path| format!("{}/{path}", self.name));
        documents.extend(made.filter(|path| crate::lower::is_document(path)));
        let mut sources = read::gather(documents, |path| {
            let Some(below) = path.strip_prefix(&format!("{}/", self.name)) else {
                return Ok(Fetched::Nothing);
            };
            Ok(self.text(below)?.map_or(Fetched::Nothing, Fetched::Text))
        })?;
        sources.stacks.clone_from(&self.stacks);
        Ok(sources)
    }

    /// What will be different, by path.
    pub(super) fn changes(&self) -> Vec<Change> {
        let change = |(path, file): (&String, &File)| Change {
            path: format!("{}/{path}", self.name),
            old: file.old.clone().map(String::into_bytes),
            new: Some(file.new.as_str().into()),
        };
        self.files.iter().map(change).collect()
    }

    /// Writes all of it, and says so.
    pub(in crate::cli) fn write(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for (path, file) in self.order.iter().filter_map(|path| self.files.get_key_value(path)) {
            let place = self.spec.join(path);
            let name = shown(&place);
            match &file.old {
                Some(old) if *old == file.new => continue,
                Some(old) => {
                    output::replace(&place, old, &file.new)?;
                    lines.push(format!("changed {name}"));
                }
                None => {
                    if !output::write_once(&place, &file.new)? {
                        bail!("{name} was created in the meantime; run the command again");
                    }
                    lines.push(format!("wrote   {name}"));
                }
            }
        }
        Ok(lines)
    }
}
