//! Contracts as a git ref holds them.
//!
//! Owns the calls of `git`, which only reads here. A ref that is none, and a folder that is in no repository, are
//! errors that say so.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::read::{self, Fetched};
use crate::source::SourceMap;

/// The contracts that a ref has where this folder is, or where it was when it had another place; none where the ref has
/// no contracts. Paths begin with the folder's own name, as those do that are read from disk.
pub(super) fn read_spec(spec: &Path, reference: &str) -> Result<SourceMap> {
    let commit = commit(spec, reference)?;
    let whole = spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "spec".to_owned());
    let mut blobs = blobs(&whole, &commit, &name)?;
    let mut documents = documents_of(&blobs);
    if documents.is_empty() {
        blobs = moved(&whole, &commit, &name)?;
        documents = documents_of(&blobs);
    }
    if documents.is_empty() {
        return Ok(SourceMap::default());
    }
    let wanted = documents.into_iter().chain([format!("{name}/{}", crate::lower::DEFAULTS_FILE)]);
    let mut reader = Blobs::open(&whole)?;
    let sources = read::gather(wanted.collect(), |path| match blobs.get(path) {
        Some(id) => reader.read(id).map(Fetched::from_bytes),
        None => Ok(Fetched::Nothing),
    })?;
    reader.close()?;
    Ok(sources)
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

/// What a file held at a ref; nothing where it was not there.
pub(super) fn text_at(file: &Path, reference: &str) -> Result<Option<String>> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let commit = commit(folder, reference)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name else { return Ok(None) };
    let mut command = git(folder);
    command.args(["show", &format!("{commit}:./{name}")]);
    Ok(output(command)?.ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// The files directly in a folder below another one at a ref, by their path below that; none where it was not there.
pub(super) fn texts_below(
    folder: &Path,
    below: &str,
    reference: &str,
) -> Result<Vec<(String, String)>> {
    let commit = commit(folder, reference)?;
    let mut command = git(folder);
    command.args(["ls-tree", "-z", &commit, &format!("{below}/")]);
    let files = listed(command, &commit)?;
    if files.is_empty() {
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
fn moved(spec: &Path, commit: &str, name: &str) -> Result<BTreeMap<String, String>> {
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
        return Ok(BTreeMap::new());
    };
    let inside = |(path, id): &(String, String)| {
        let below = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((format!("{name}/{below}"), id.clone()))
    };
    Ok(all.iter().filter_map(inside).collect())
}

/// The folder of the whole repository.
fn root(spec: &Path) -> Result<std::path::PathBuf> {
    let mut command = git(spec);
    command.args(["rev-parse", "--show-toplevel"]);
    let root = output(command)?.map_err(|said| anyhow::anyhow!("git knows no root: {said}"))?;
    Ok(std::path::PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n')))
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
