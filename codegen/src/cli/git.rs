//! Contracts as a git ref holds them.
//!
//! Owns the calls of `git`, which only reads here. A ref that is none, and a folder that is in no repository, are
//! errors that say so. How a commit is read is for [`tree`].

mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::read::{self, Fetched};
use crate::source::SourceMap;
use tree::{Reader, Tree};

/// The files that a commit has where this folder is, or where it was when it had another place.
pub(super) struct Contracts {
    /// The folder's name as it is now, with which paths begin, as those do that are read from disk.
    name: String,
    tree: Tree,
    /// Where the folder is in the whole commit.
    place: String,
    /// The files and links below it.
    files: BTreeSet<String>,
}

impl Contracts {
    /// Those of the commit that a ref names.
    pub(super) fn at(spec: &Path, reference: &str) -> Result<Self> {
        let folder =
            spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| "spec".to_owned());
        let home = home(spec, reference)?;
        let commit = commit(&home, reference)?;
        let place = below(&folder, &home);
        let mut tree = Tree::new(home, commit);
        let files = tree.files(&place)?;
        let mut contracts = Self { name, tree, place, files };
        if contracts.documents()?.is_empty() {
            contracts.follow(spec)?;
        }
        Ok(contracts)
    }

    /// The contracts, and every file that they refer to; none where the commit has no contracts.
    pub(super) fn sources(&self) -> Result<SourceMap> {
        let documents = self.documents()?;
        if documents.is_empty() {
            return Ok(SourceMap::default());
        }
        let defaults = format!("{}/{}", self.name, crate::lower::DEFAULTS_FILE);
        let wanted = documents.into_iter().chain([defaults]);
        let mut reader = self.tree.reader();
        let sources = read::gather(wanted.collect(), |path| match self.within(path) {
            Some(path) => reader.read(&path),
            None => Ok(Fetched::Nothing),
        })?;
        reader.close()?;
        Ok(sources)
    }

    /// What a file below the folder held; nothing where it was not there.
    pub(super) fn text(&self, below: &str) -> Result<Option<String>> {
        let file = (self.at_place(below), below.to_owned());
        Ok(texts(self.tree.reader(), [file])?.pop().map(|(_, text)| text))
    }

    /// The files directly in a folder beside this one, by their path beside this one.
    pub(super) fn texts_beside(&self, beside: &str) -> Result<Vec<(String, String)>> {
        if self.place.is_empty() {
            return Ok(Vec::new());
        }
        let above = self.place.rsplit_once('/').map(|(above, _)| format!("{above}/"));
        let above = above.unwrap_or_default();
        let mut reader = self.tree.reader();
        let names = reader.entries(&format!("{above}{beside}"))?;
        let file = |name| (format!("{above}{beside}/{name}"), format!("{beside}/{name}"));
        texts(reader, names.into_iter().map(file))
    }

    /// The files directly in a folder below this one, by their path below this one.
    pub(super) fn texts_in(&self, below: &str) -> Result<Vec<(String, String)>> {
        let mut reader = self.tree.reader();
        let names = reader.entries(&self.at_place(below))?;
        let file = |name| format!("{below}/{name}");
        let files = names.into_iter().map(file);
        texts(reader, files.map(|below| (self.at_place(&below), below)))
    }

    /// The path in the whole commit of a file whose path begins with the folder's name.
    fn within(&self, path: &str) -> Option<String> {
        let below = path.strip_prefix(&self.name)?.strip_prefix('/')?;
        Some(self.at_place(below))
    }

    fn at_place(&self, below: &str) -> String {
        tree::joined(&self.place, below)
    }

    /// The contracts among the files: the name of the folder, a service, a document. A folder of a service may be a link.
    fn documents(&self) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let mut reader = self.tree.reader();
        let is_document = |path: &String| crate::lower::is_document(path);
        for file in &self.files {
            let below = file.strip_prefix(&self.place).unwrap_or(file).trim_start_matches('/');
            let path = format!("{}/{below}", self.name);
            if !below.contains('/') && self.tree.is_link(file) {
                let inside = reader.entries(file)?.into_iter();
                found.extend(inside.map(|name| format!("{path}/{name}")).filter(is_document));
            }
            found.extend(Some(path).filter(is_document));
        }
        reader.close()?;
        Ok(found)
    }

    /// Looks for the folder that the contracts were moved from: of the whole commit, the one that holds the most of the
    /// documents that stand here now, and where none holds any, the one with the most documents that are gone from where
    /// they were.
    fn follow(&mut self, spec: &Path) -> Result<()> {
        let here = read::read_spec(spec)?;
        let here: BTreeSet<&str> =
            here.files().filter_map(|(_, file)| Some(file.path.split_once('/')?.1)).collect();
        let all = self.tree.all_files(&self.place)?;
        // A document that still is where it was has not moved: the other folder is another system's, or was copied.
        let gone: Vec<&str> =
            all.iter().map(String::as_str).filter(|path| !self.tree.is_there_now(path)).collect();
        let count = |is_it: &dyn Fn(&str) -> bool| {
            let mut folders: BTreeMap<String, usize> = BTreeMap::new();
            for path in &gone {
                let mut steps = path.rmatch_indices('/').map(|(at, _)| at).skip(1);
                let Some(at) = steps.next() else { continue };
                let document = &path[at + 1..];
                if is_it(document)
                    && crate::lower::is_document(&format!("{}/{document}", self.name))
                {
                    *folders.entry(path[..at].to_owned()).or_default() += 1;
                }
            }
            // Of two that hold as many, one is right: what the other had is told as removed, and nothing passes unseen.
            folders.into_iter().max_by_key(|(_, count)| *count)
        };
        let most = count(&|document| here.contains(document)).or_else(|| count(&|_| true));
        let Some((folder, _)) = most else { return Ok(()) };
        let is_in =
            |path: &&String| path.strip_prefix(&folder).is_some_and(|is| is.starts_with('/'));
        self.files = all.iter().filter(is_in).cloned().collect();
        self.place = folder;
        Ok(())
    }
}

/// A name by which git alone knows what a ref names; none where it names nothing, or where there is no repository.
pub(super) fn full_name(spec: &Path, reference: &str) -> Option<String> {
    let home = home(spec, reference).ok()?;
    let named = |arguments: &[&str]| {
        let mut command = git(&home);
        command.arg("rev-parse").args(arguments);
        let name = output(command).ok()?.ok()?;
        Some(String::from_utf8_lossy(&name).trim().to_owned())
    };
    let options = ["--verify", "--quiet", "--end-of-options"];
    named(&[&options[..], &[&format!("{reference}^{{commit}}")]].concat())?;
    let full =
        named(&["--symbolic-full-name", "--verify", "--quiet", "--end-of-options", reference]);
    // A commit's own id has no longer name; `^0` is the commit itself.
    let full = full.filter(|full| !full.is_empty() && full != reference);
    Some(full.unwrap_or_else(|| format!("{reference}^0")))
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command
}

/// What git writes, or what it complains of.
fn output(mut command: Command) -> Result<Result<Vec<u8>, String>> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            anyhow::anyhow!("git is not installed; use a folder instead of a ref")
        }
        _ => anyhow::Error::new(error).context("cannot start git"),
    })?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    Ok(Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// The commit that a ref names.
fn commit(spec: &Path, reference: &str) -> Result<String> {
    if let Some(other) = reference.strip_suffix("...HEAD").or(reference.strip_suffix("...")) {
        let other = commit(spec, other)?;
        let mut command = git(spec);
        command.args(["merge-base", &other, "HEAD"]);
        return match output(command)? {
            Ok(commit) => Ok(String::from_utf8_lossy(&commit).trim().to_owned()),
            Err(_) => bail!(
                "`{reference}` has no commit in common with HEAD; in a shallow clone, fetch more history"
            ),
        };
    }
    let mut command = git(spec);
    command.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]);
    // What follows `:/` is looked for in messages, to its end.
    let peeled = if reference.starts_with(":/") { "" } else { "^{commit}" };
    command.arg(format!("{reference}{peeled}"));
    match output(command)? {
        Ok(commit) => Ok(String::from_utf8_lossy(&commit).trim().to_owned()),
        Err(_) => bail!(
            "`{reference}` is neither a folder nor a git ref; in a shallow clone, fetch it first"
        ),
    }
}

/// What files hold, each with the name that is asked for with it. What cannot be read is an error: nobody would miss it.
fn texts(
    mut reader: Reader<'_>,
    files: impl IntoIterator<Item = (String, String)>,
) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (path, name) in files {
        match reader.read(&path)? {
            Fetched::Nothing => {}
            Fetched::Text(text) => found.push((name, text)),
            Fetched::Faulty(fault) => bail!("cannot read {path} of the base: {}", fault.why),
        }
    }
    reader.close()?;
    Ok(found)
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What a file held at a ref; nothing where it was not there.
pub(super) fn text_at(file: &Path, reference: &str) -> Result<Option<String>> {
    let folder = folder_of(file);
    let home = home(folder, reference)?;
    let whole = folder.canonicalize();
    let whole = whole.with_context(|| format!("cannot find {}", folder.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name else { return Ok(None) };
    let (place, commit) = (below(&whole, &home), commit(&home, reference)?);
    let mut tree = Tree::new(home, commit);
    tree.enter(&place)?;
    let mut reader = tree.reader();
    let read = reader.read(&tree::joined(&place, &name))?;
    reader.close()?;
    Ok(match read {
        Fetched::Text(text) => Some(text),
        Fetched::Nothing => None,
        Fetched::Faulty(fault) => bail!("cannot read {name} of {reference}: {}", fault.why),
    })
}

/// What the files of a ref hold that have a line: those that are gone from where they were, wherever in the repository, and
/// those of some folders.
pub(super) fn texts_with(
    folder: &Path,
    line: &str,
    reference: &str,
    folders: &[&Path],
) -> Result<Vec<String>> {
    let home = home(folder, reference)?;
    let commit = commit(&home, reference)?;
    let mut command = git(&home);
    command.args(["grep", "-l", "-z", "-I", "--full-name", "-F", "-e", line, &commit, "--", ":/"]);
    // git fails where it finds nothing.
    let found = output(command)?.unwrap_or_default();
    let whole = |folder: &&Path| folder.canonicalize().ok();
    let folders: Vec<PathBuf> = folders.iter().filter_map(whole).collect();
    let tree = Tree::new(home.clone(), commit);
    let mut reader = tree.reader();
    let mut texts = Vec::new();
    for object in found.split(|byte| *byte == 0) {
        let object = String::from_utf8_lossy(object);
        let Some((_, path)) = object.split_once(':') else { continue };
        let file = home.join(path);
        let is_beside = file.parent().is_some_and(|of| folders.iter().any(|one| one == of));
        if is_beside || !tree.is_there_now(path) {
            let Fetched::Text(text) = reader.read(path)? else { continue };
            texts.push(text);
        }
    }
    reader.close()?;
    Ok(texts)
}

/// The tags of a name, like `v*`.
pub(super) fn tags(spec: &Path, pattern: &str) -> Result<Vec<String>> {
    let mut command = git(&home(spec, pattern)?);
    command.args(["tag", "--list", "--", pattern]);
    let tags = output(command)?.map_err(|said| anyhow::anyhow!("git cannot list tags: {said}"))?;
    Ok(String::from_utf8_lossy(&tags).lines().map(str::to_owned).collect())
}

/// The repository in which refs are looked up: the folder's own, or, where that is a submodule and the run is outside of
/// it, the one that it is a submodule of.
fn home(spec: &Path, reference: &str) -> Result<PathBuf> {
    let mut inside = git(spec);
    inside.args(["rev-parse", "--is-inside-work-tree"]);
    if let Err(said) = output(inside)? {
        bail!(
            "`{reference}` is not a folder, and {} is not in a git repository ({said})",
            spec.display()
        );
    }
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let mut home = named(spec, "--show-toplevel")?;
    let own = home.clone();
    while !here.starts_with(&home) {
        home = named(&home, "--show-superproject-working-tree")?;
        if home.as_os_str().is_empty() {
            return Ok(own);
        }
    }
    Ok(home)
}

/// A folder that git names; empty where there is none.
fn named(folder: &Path, what: &str) -> Result<PathBuf> {
    let mut command = git(folder);
    command.args(["rev-parse", what]);
    let said = output(command)?.map_err(|said| anyhow::anyhow!("git knows no folder: {said}"))?;
    let path = PathBuf::from(String::from_utf8_lossy(&said).trim_end_matches(['\n', '\r']));
    // An empty path would be this folder.
    Ok(if path.as_os_str().is_empty() { path } else { path.canonicalize().unwrap_or(path) })
}

/// Where a folder is in another one, as git writes it.
fn below(folder: &Path, home: &Path) -> String {
    let below = folder.strip_prefix(home).unwrap_or(folder);
    let steps = below.iter().map(|step| step.to_string_lossy());
    steps.collect::<Vec<_>>().join("/")
}
