//! Contracts as a git ref holds them.
//!
//! Owns the calls of `git`, which only reads here. A ref that is none, and a folder that is in no repository, are
//! errors that say so.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::read::{self, Fetched};
use crate::source::SourceMap;

/// The files that a commit has where this folder is, or where it was when it had another place.
pub(super) struct Contracts {
    /// The folder as it is now, whose name paths begin with, as those do that are read from disk.
    folder: PathBuf,
    name: String,
    commit: String,
    /// Where the folder is in the whole commit.
    place: String,
    /// The ids of what files hold, by path.
    blobs: BTreeMap<String, String>,
}

impl Contracts {
    /// Those of the commit that a ref names.
    pub(super) fn at(spec: &Path, reference: &str) -> Result<Self> {
        let commit = commit(spec, reference)?;
        let folder =
            spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| "spec".to_owned());
        let (mut place, mut blobs) = (place(&folder)?, blobs(&folder, &commit, &name)?);
        if documents_of(&blobs).is_empty() {
            (place, blobs) = moved(&folder, &commit, &name)?;
        }
        Ok(Self { folder, name, commit, place, blobs })
    }

    /// The contracts, and every file that they refer to; none where the commit has no contracts.
    pub(super) fn sources(&self) -> Result<SourceMap> {
        let documents = documents_of(&self.blobs);
        if documents.is_empty() {
            return Ok(SourceMap::default());
        }
        let defaults = format!("{}/{}", self.name, crate::lower::DEFAULTS_FILE);
        let wanted = documents.into_iter().chain([defaults]);
        let mut reader = Blobs::open(&self.folder)?;
        let sources = read::gather(wanted.collect(), |path| match self.blobs.get(path) {
            Some(id) => reader.read(id).map(Fetched::from_bytes),
            None => Ok(Fetched::Nothing),
        })?;
        reader.close()?;
        Ok(sources)
    }

    /// What a file below the folder held; nothing where it was not there.
    pub(super) fn text(&self, below: &str) -> Result<Option<String>> {
        let path = format!("{}/{below}", self.name);
        let Some(id) = self.blobs.get(&path) else { return Ok(None) };
        Ok(texts(&self.folder, [(path, id.clone())])?.pop().map(|(_, text)| text))
    }

    /// The files directly in a folder beside this one, by their path beside this one.
    pub(super) fn texts_beside(&self, beside: &str) -> Result<Vec<(String, String)>> {
        if self.place.is_empty() {
            return Ok(Vec::new());
        }
        let above = self.place.rsplit_once('/').map(|(above, _)| format!("{above}/"));
        let above = above.unwrap_or_default();
        let mut command = git(&self.folder);
        command.args(["ls-tree", "-z", "--full-tree", &self.commit]);
        command.arg(format!("{above}{beside}/"));
        let files = listed(command, &self.commit)?.into_iter();
        let below =
            |(path, id): (String, String)| Some((path.strip_prefix(&above)?.to_owned(), id));
        texts(&self.folder, files.filter_map(below))
    }

    /// The files directly in a folder below this one, by their path below this one.
    pub(super) fn texts_in(&self, below: &str) -> Result<Vec<(String, String)>> {
        let within = |(path, id): (&String, &String)| {
            let file = path.strip_prefix(&self.name)?.strip_prefix('/')?;
            let name = file.strip_prefix(below)?.strip_prefix('/')?;
            (!name.contains('/')).then(|| (file.to_owned(), id.clone()))
        };
        texts(&self.folder, self.blobs.iter().filter_map(within))
    }
}

/// What ids hold, each with its path.
fn texts(
    folder: &Path,
    files: impl IntoIterator<Item = (String, String)>,
) -> Result<Vec<(String, String)>> {
    let mut files = files.into_iter().peekable();
    if files.peek().is_none() {
        return Ok(Vec::new());
    }
    let mut reader = Blobs::open(folder)?;
    let mut found = Vec::new();
    for (path, id) in files {
        let text = String::from_utf8_lossy(&reader.read(&id)?).into_owned();
        found.push((path, text));
    }
    reader.close()?;
    Ok(found)
}

/// A name by which git alone knows what a ref names; none where it names nothing, or where there is no repository.
pub(super) fn full_name(spec: &Path, reference: &str) -> Option<String> {
    let named = |arguments: &[&str]| {
        let mut command = git(spec);
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
    let mut inside = git(spec);
    inside.args(["rev-parse", "--is-inside-work-tree"]);
    if let Err(said) = output(inside)? {
        bail!(
            "`{reference}` is not a folder, and {} is not in a git repository ({said})",
            spec.display()
        );
    }
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
    let commit = commit(folder, reference)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name else { return Ok(None) };
    let mut command = git(folder);
    command.args(["show", &format!("{commit}:./{name}")]);
    Ok(output(command)?.ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// What the files of a ref hold that have a line, wherever in the repository they are.
pub(super) fn texts_with(folder: &Path, line: &str, reference: &str) -> Result<Vec<String>> {
    let commit = commit(folder, reference)?;
    let mut command = git(folder);
    command.args(["grep", "-l", "-z", "-I", "--full-name", "-F", "-e", line, &commit, "--", ":/"]);
    // git fails where it finds nothing.
    let found = output(command)?.unwrap_or_default();
    let mut texts = Vec::new();
    for object in found.split(|byte| *byte == 0).filter(|object| !object.is_empty()) {
        let mut command = git(folder);
        command.args(["cat-file", "blob", &String::from_utf8_lossy(object)]);
        texts.extend(output(command)?.ok());
    }
    Ok(texts.into_iter().map(|text| String::from_utf8_lossy(&text).into_owned()).collect())
}

/// The tags of a name, like `v*`.
pub(super) fn tags(spec: &Path, pattern: &str) -> Result<Vec<String>> {
    let mut command = git(spec);
    command.args(["tag", "--list", "--", pattern]);
    let tags = output(command)?.map_err(|said| anyhow::anyhow!("git cannot list tags: {said}"))?;
    Ok(String::from_utf8_lossy(&tags).lines().map(str::to_owned).collect())
}

/// The files of a commit below the folder, with the ids of what they hold.
fn blobs(spec: &Path, commit: &str, name: &str) -> Result<BTreeMap<String, String>> {
    let mut command = git(spec);
    command.args(["ls-tree", "-r", "-z", commit]);
    let files = listed(command, commit)?;
    Ok(files.into_iter().map(|(path, id)| (format!("{name}/{path}"), id)).collect())
}

/// The files that `git ls-tree` lists, with the ids of what they hold.
fn listed(command: Command, commit: &str) -> Result<Vec<(String, String)>> {
    let listed =
        output(command)?.map_err(|said| anyhow::anyhow!("git cannot list {commit}: {said}"))?;
    let mut files = Vec::new();
    for entry in listed.split(|byte| *byte == 0) {
        // `<mode> <type> <id>\t<path>`; links and submodules have other modes.
        let entry = String::from_utf8_lossy(entry);
        let Some((head, path)) = entry.split_once('\t') else { continue };
        if let ["100644" | "100755", "blob", id] = head.split(' ').collect::<Vec<_>>()[..] {
            files.push((path.to_owned(), id.to_owned()));
        }
    }
    Ok(files)
}

/// The contracts among files: the name of the folder, a service, a document.
fn documents_of(blobs: &BTreeMap<String, String>) -> BTreeSet<String> {
    blobs.keys().filter(|path| crate::lower::is_document(path)).cloned().collect()
}

/// The files of the folder that the contracts were moved from, under the name that the folder has now: of the whole
/// commit, the folder that holds the most of the documents that stand here now, and where none holds any, the one with
/// the most documents that are gone from where they were.
fn moved(spec: &Path, commit: &str, name: &str) -> Result<(String, BTreeMap<String, String>)> {
    let here = read::read_spec(spec)?;
    let here: BTreeSet<&str> =
        here.files().filter_map(|(_, file)| Some(file.path.split_once('/')?.1)).collect();
    let mut command = git(spec);
    command.args(["ls-tree", "-r", "-z", "--full-tree", commit]);
    let all = listed(command, commit)?;
    let root = root(spec)?;
    let is_gone = |path: &str| !root.join(path).exists();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, _) in &all {
        let mut steps = path.rmatch_indices('/').map(|(at, _)| at).skip(1);
        let Some((folder, document)) = steps.next().map(|at| (&path[..at], &path[at + 1..])) else {
            continue;
        };
        // A document that still is where it was has not moved: the other folder is another system's, or was copied.
        if here.contains(document)
            && crate::lower::is_document(&format!("{name}/{document}"))
            && is_gone(path)
        {
            *folders.entry(folder).or_default() += 1;
        }
    }
    if folders.is_empty() {
        for (path, _) in all.iter().filter(|(path, _)| is_gone(path)) {
            let mut steps = path.rmatch_indices('/').map(|(at, _)| at).skip(1);
            let Some(folder) = steps.next().map(|at| &path[..at]) else { continue };
            if crate::lower::is_document(&format!("{name}{}", &path[folder.len()..])) {
                *folders.entry(folder).or_default() += 1;
            }
        }
    }
    // Of two that hold as many, one is right: what the other had is told as removed, and nothing passes unseen.
    let Some((folder, _)) = folders.iter().max_by_key(|(_, count)| **count) else {
        return Ok((String::new(), BTreeMap::new()));
    };
    let inside = |(path, id): &(String, String)| {
        let below = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((format!("{name}/{below}"), id.clone()))
    };
    Ok(((*folder).to_owned(), all.iter().filter_map(inside).collect()))
}

/// Where a folder is in its repository; empty for the repository itself.
fn place(folder: &Path) -> Result<String> {
    let mut command = git(folder);
    command.args(["rev-parse", "--show-prefix"]);
    let said = output(command)?.map_err(|said| anyhow::anyhow!("git knows no place: {said}"))?;
    Ok(String::from_utf8_lossy(&said).trim_end_matches(['\n', '/']).to_owned())
}

/// The folder of the whole repository.
fn root(spec: &Path) -> Result<PathBuf> {
    let mut command = git(spec);
    command.args(["rev-parse", "--show-toplevel"]);
    let root = output(command)?.map_err(|said| anyhow::anyhow!("git knows no root: {said}"))?;
    Ok(PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n')))
}

/// A process that answers with what an id holds, one after another.
struct Blobs {
    process: std::process::Child,
    asked: std::process::ChildStdin,
    answered: BufReader<std::process::ChildStdout>,
}

impl Blobs {
    fn open(spec: &Path) -> Result<Self> {
        let mut command = git(spec);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start git")?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (asked, answered) = pipes.context("git was started without pipes")?;
        Ok(Self { process, asked, answered: BufReader::new(answered) })
    }

    fn read(&mut self, id: &str) -> Result<Vec<u8>> {
        writeln!(self.asked, "{id}")
            .and_then(|()| self.asked.flush())
            .context("git ended unexpectedly")?;
        let mut head = String::new();
        self.answered.read_line(&mut head).context("git ended unexpectedly")?;
        // `<id> <type> <size>`, then as many bytes and a line feed.
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.with_context(|| format!("git has no {id}: {}", head.trim_end()))?;
        let mut bytes = Vec::new();
        let read = self.answered.by_ref().take(size).read_to_end(&mut bytes);
        let read = read.context("git ended unexpectedly")? as u64;
        if read < size {
            bail!("git returned {read} of the {size} bytes of {id}");
        }
        self.answered.read_exact(&mut [0]).context("git ended unexpectedly")?;
        Ok(bytes)
    }

    fn close(self) -> Result<()> {
        let Self { mut process, asked, answered } = self;
        drop((asked, answered));
        process.wait().context("git did not end").map(drop)
    }
}
