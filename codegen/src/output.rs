//! Generated files on disk: written, compared, removed. The only writer.
//!
//! Owns the output folder's manifest, which lists every file that a run made, so that the next run can remove what
//! is no longer made. Replaces and removes only files that the manifest lists, and follows no symbolic link below the
//! output folder: anything else that is in the way is an error, and nothing is written. Knows nothing of contracts.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use similar::TextDiff;

use crate::text::FileSet;

mod new;

pub use new::{New, replace, write_new, write_once};

/// The manifest's path below the output folder.
pub const MANIFEST: &str = "manifest.json";

/// What the manifest says of itself; a file of that name without it is somebody else's.
const ABOUT: &str = "Files that the generator made; it removes what it no longer makes.";

/// How many files are named that are in the way.
const MAX_NAMED: usize = 10;

/// How the files on disk differ from those that the contracts come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The differences, by path.
    pub changes: Vec<Change>,
    /// How many files are as they should be.
    pub n_unchanged: usize,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path below the output folder.
    pub path: String,
    /// What it holds; none when it is missing.
    pub old: Option<Vec<u8>>,
    /// What it should hold; none when it should not be there.
    pub new: Option<Arc<str>>,
}

/// What a run did to the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files made or changed.
    pub n_written: usize,
    /// Files that were right already and were not touched.
    pub n_unchanged: usize,
    /// Files removed.
    pub n_removed: usize,
}

/// Compares the output folder with the files that it should hold, the manifest included.
///
/// # Errors
/// When a file cannot be read, or the manifest is not one that this generator wrote.
pub fn compare(out: &Path, files: &FileSet) -> Result<Comparison> {
    let manifest = manifest_text(files.iter().map(|(path, _)| path)).into();
    let old_paths = read_manifest(out)?;
    let mut comparison = Comparison::default();
    for (path, new) in files.shared().chain([(MANIFEST, &manifest)]) {
        let old = read_if_there(&out.join(path))?;
        if old.as_deref() == Some(new.as_bytes()) {
            comparison.n_unchanged += 1;
        } else {
            comparison.changes.push(Change { path: path.into(), old, new: Some(Arc::clone(new)) });
        }
    }
    for path in old_paths.into_iter().filter(|path| files.get(path).is_none()) {
        if let Some(old) = read_if_there(&out.join(&path))? {
            comparison.changes.push(Change { path, old: Some(old), new: None });
        }
    }
    comparison.changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(comparison)
}

/// Whether the output folder holds nothing, or is not there: then every file is missing, whatever it should hold.
#[must_use]
pub fn is_empty(out: &Path) -> bool {
    match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

/// Brings the output folder to hold the given files. What is right already is not touched, so its time stays and
/// nothing that depends on it is built again.
///
/// # Errors
/// When something is in the way that this generator did not make; nothing is written then. When a file cannot be
/// read, written or removed. What was done until then stays, each file whole, and the manifest names it, so the next
/// run completes the work.
pub fn write(out: &Path, files: &FileSet) -> Result<Written> {
    if out.canonicalize().is_ok_and(|whole| whole.parent().is_none()) {
        bail!("{} is the root of the file system; name a folder with --out", out.display());
    }
    let comparison = compare(out, files)?;
    refuse_foreign(out, &comparison)?;
    let (manifest, changes): (Vec<_>, Vec<_>) =
        comparison.changes.iter().partition(|change| change.path == MANIFEST);
    if !manifest.is_empty() {
        // Until all is done, the manifest names old and new files, so that none is forgotten after an interruption.
        let old = read_manifest(out)?;
        let both = files.iter().map(|(path, _)| path).chain(old.iter().map(String::as_str));
        write_whole(&out.join(MANIFEST), &manifest_text(both))?;
    }
    let mut written = Written { n_unchanged: comparison.n_unchanged, ..Written::default() };
    for change in &changes {
        let path = out.join(&change.path);
        if let Some(text) = &change.new {
            write_whole(&path, text)?;
            written.n_written += 1;
        } else {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            remove_empty_folders(out, &path);
            written.n_removed += 1;
        }
    }
    for change in &manifest {
        write_whole(&out.join(MANIFEST), change.new.as_deref().unwrap_or_default())?;
        written.n_written += 1;
    }
    Ok(written)
}

/// Fails when a change would replace or remove what this generator did not make: a file that no manifest lists, a
/// folder, or anything behind a symbolic link.
fn refuse_foreign(out: &Path, comparison: &Comparison) -> Result<()> {
    let foreign = foreign(out, comparison)?;
    if foreign.is_empty() {
        return Ok(());
    }
    let named = foreign.iter().take(MAX_NAMED).map(|name| format!("\n  {name}"));
    let more = foreign.len().saturating_sub(MAX_NAMED);
    let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
    bail!(
        "{} contains files that were not generated, at paths that would be generated; nothing was written:{}{more}\n\
         move or remove them, or generate into another folder with --out",
        out.display(),
        named.collect::<String>()
    );
}

/// What is in the way of changes.
fn foreign(out: &Path, comparison: &Comparison) -> Result<BTreeSet<String>> {
    let made: BTreeSet<String> = read_manifest(out)?.into_iter().collect();
    let changes = comparison.changes.iter();
    Ok(changes.filter_map(|change| in_the_way(out, change, &made)).collect())
}

/// What keeps a change from being made, if this generator did not make it.
fn in_the_way(out: &Path, change: &Change, made: &BTreeSet<String>) -> Option<String> {
    let mut path = out.to_path_buf();
    let mut below = String::new();
    for part in change.path.split('/') {
        path.push(part);
        below.push_str(part);
        let is_last = below == change.path;
        let Ok(found) = fs::symlink_metadata(&path) else { break };
        if found.is_symlink() {
            return Some(format!("{} is a symbolic link", path.display()));
        }
        if is_last && found.is_dir() {
            return Some(format!("{} is a folder", path.display()));
        }
        let is_ours = made.contains(&below) || below == MANIFEST;
        if !found.is_dir() && !is_ours {
            return Some(path.display().to_string());
        }
        below.push('/');
    }
    None
}

/// Adds text to the end of a file, which is made where there is none.
///
/// # Errors
/// When the file cannot be written.
pub fn append(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("cannot write {}", path.display()))
}

impl Comparison {
    /// What an empty output folder differs by: the manifest, for all files that it would list.
    #[must_use]
    pub fn with_nothing() -> Self {
        let manifest = manifest_text(std::iter::empty()).into();
        let change = Change { path: MANIFEST.into(), old: None, new: Some(manifest) };
        Self { changes: vec![change], n_unchanged: 0 }
    }

    /// Whether the output folder is as it should be.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty()
    }

    /// A unified diff from what is there to what should be, at most so many lines; the rest is counted.
    #[must_use]
    pub fn diff(&self, folder: &str, max_lines: usize) -> String {
        let mut out = String::new();
        let mut n_left_out = 0;
        let mut n_lines = 0;
        for text in self.changes.iter().map(|change| change.diff(folder)) {
            for line in text.lines() {
                if n_lines < max_lines {
                    out.push_str(line);
                    out.push('\n');
                    n_lines += 1;
                } else {
                    n_left_out += 1;
                }
            }
        }
        if n_left_out > 0 {
            out.push_str(&format!("... {n_left_out} more lines\n"));
        }
        out
    }
}

impl Change {
    /// What is the matter, in one word.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "missing",
            (Some(_), None) => "left over",
            (Some(_), Some(_)) => "outdated",
        }
    }

    fn diff(&self, folder: &str) -> String {
        let old = self.old.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let new = self.new.as_deref().unwrap_or_default();
        let name = |there: bool| {
            if there { format!("{folder}/{}", self.path) } else { "/dev/null".into() }
        };
        // A time limit only coarsens the diff of huge files; whether there is one does not depend on it.
        TextDiff::configure()
            .timeout(Duration::from_millis(200))
            .diff_lines(old.as_ref(), new)
            .unified_diff()
            .header(&name(self.old.is_some()), &name(self.new.is_some()))
            .to_string()
    }
}

/// The manifest that names these files.
fn manifest_text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let paths: BTreeSet<&str> = paths.collect();
    let lines: Vec<_> =
        paths.iter().map(|path| format!("    {}", serde_json::Value::from(*path))).collect();
    format!("{{\n  \"about\": \"{ABOUT}\",\n  \"files\": [\n{}\n  ]\n}}\n", lines.join(",\n"))
}

/// The files that the last run made; none when there was no run.
fn read_manifest(out: &Path) -> Result<Vec<String>> {
    let path = out.join(MANIFEST);
    let Some(bytes) = read_if_there(&path)? else { return Ok(Vec::new()) };
    let wrong = || {
        format!(
            "{} is not a manifest of this generator: restore it, or remove it together with the generated files",
            path.display()
        )
    };
    let json: serde_json::Value = serde_json::from_slice(&bytes).with_context(wrong)?;
    let files = json["files"].as_array().filter(|_| json["about"] == ABOUT).with_context(wrong)?;
    let mut paths = Vec::new();
    for file in files {
        let file = file.as_str().with_context(wrong)?;
        // A manifest is only text in a folder: it must not lead the generator to delete anything outside.
        let stays_below = Path::new(file).components().all(|c| matches!(c, Component::Normal(_)));
        if !stays_below || file.is_empty() {
            bail!("{}: it names `{file}`", wrong());
        }
        paths.push(file.to_owned());
    }
    Ok(paths)
}

/// The bytes of a file, or none when there is no such file. A pipe or device, which may never end, is not opened.
fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    let is_other = fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
    if is_other {
        bail!("{} is not a regular file; remove it", path.display());
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) if error.kind() == ErrorKind::IsADirectory => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Writes a file so that it is there whole or not at all: beside its place first, then moved.
fn write_whole(path: &Path, text: &str) -> Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        bail!("{} is not the path of a file", path.display());
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let beside = folder.join(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    let result = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&beside, path));
    if result.is_err() {
        // The first error is the one to tell; when nothing was made there is nothing to remove either.
        let _ = fs::remove_file(&beside);
    }
    result.with_context(|| format!("cannot write {}", path.display()))
}

/// Removes the folders above a removed file, as far as they are empty.
fn remove_empty_folders(out: &Path, file: &Path) {
    let mut folder: Option<PathBuf> = file.parent().map(Path::to_path_buf);
    while let Some(path) = folder.filter(|path| path != out && path.starts_with(out)) {
        // Fails where something else is left, which is the end of it.
        if fs::remove_dir(&path).is_err() {
            break;
        }
        folder = path.parent().map(Path::to_path_buf);
    }
}
