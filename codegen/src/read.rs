//! From disk to memory: which files make up a folder of contracts.
//!
//! Owns the walk: each folder with a document is a service, and every file that a document refers to comes along,
//! as far as it lies inside of the folder. What a file holds is not looked at but for its references. A file
//! that cannot be used is handed on with the reason, so that it is reported like any other fault of a contract;
//! only a disk that fails is an error here.

mod misplaced;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::lower::{DEFAULTS_FILE, beside, is_document, references};
use crate::source::{FileError, FileId, SourceMap, Stack};

/// The largest file that is read, in bytes.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The largest file beside the contracts that is read, in bytes: records of requests are the largest.
const MAX_GIVEN_BYTES: u64 = 256 * 1024 * 1024;

/// Reads a folder of contracts. Paths in the result begin with the folder's own name: `spec/product/openapi.yaml`.
///
/// # Errors
/// When the folder is not there or the disk fails.
pub fn read_spec(root: &Path) -> Result<SourceMap> {
    let root = root.canonicalize().with_context(|| format!("cannot read {}", root.display()))?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
    let reader = Reader { name: name.unwrap_or_else(|| "spec".to_owned()), root };
    let mut sources = gather(reader.documents()?, |path| reader.read(path))?;
    misplaced::add(&mut sources, &reader.root, &reader.name);
    sources.stacks = stacks(&reader.root)?;
    Ok(sources)
}

/// The stacks that the settings of stages name (`infra/stages/<stage>.toml` beside the folder of contracts). What is
/// wrong with the settings is told when a stage is deployed.
fn stacks(root: &Path) -> Result<Vec<Stack>> {
    let Some(folder) = root.parent().map(|base| base.join("infra/stages")) else {
        return Ok(vec![]);
    };
    if !folder.is_dir() {
        return Ok(vec![]);
    }
    let mut stacks = vec![];
    let is_settings =
        |path: &PathBuf| path.extension().is_some_and(|is| is == "toml") && path.is_file();
    for path in entries(&folder)?.into_iter().filter(is_settings) {
        let settings =
            std::fs::read_to_string(&path).ok().and_then(|text| text.parse::<toml::Table>().ok());
        let name = settings.and_then(|table| table.get("stack")?.as_str().map(str::to_owned));
        let file = path.file_name().map(|name| format!("infra/stages/{}", name.to_string_lossy()));
        stacks.extend(name.zip(file).map(|(name, file)| Stack { name, file }));
    }
    Ok(stacks)
}

/// Adds a file of the folder of contracts that is no contract, if it is there. One that cannot be used is added
/// with the reason.
///
/// # Errors
/// When the disk fails.
pub fn add_beside(sources: &mut SourceMap, root: &Path, name: &str) -> Result<Option<FileId>> {
    let root = root.canonicalize().with_context(|| format!("cannot read {}", root.display()))?;
    let folder = root.file_name().map(|name| name.to_string_lossy().into_owned());
    let reader = Reader { name: folder.unwrap_or_else(|| "spec".to_owned()), root };
    let path = format!("{}/{name}", reader.name);
    Ok(match reader.read(&path)? {
        Fetched::Nothing => None,
        Fetched::Faulty(reason) => Some(sources.add_faulty(path, reason)),
        Fetched::Text(text) => Some(sources.add(path, text)),
    })
}

/// Documents, and every file that they refer to, from wherever `fetch` has them.
///
/// # Errors
/// When `fetch` fails.
pub fn gather(
    mut wanted: BTreeSet<String>,
    mut fetch: impl FnMut(&str) -> Result<Fetched>,
) -> Result<SourceMap> {
    let mut seen = BTreeSet::new();
    let mut sources = SourceMap::default();
    while let Some(path) = wanted.pop_first() {
        if !seen.insert(path.clone()) {
            continue;
        }
        match fetch(&path)? {
            Fetched::Nothing => {}
            Fetched::Faulty(reason) => {
                sources.add_faulty(path, reason);
            }
            Fetched::Text(text) => {
                let named =
                    references(&path, &text).into_iter().map(|reference| beside(&path, &reference));
                wanted.extend(named.filter(|path| !seen.contains(path)));
                sources.add(path, text);
            }
        }
    }
    Ok(sources)
}

/// The folder of contracts.
struct Reader {
    root: PathBuf,
    name: String,
}

/// What became of one file.
#[derive(Debug)]
pub enum Fetched {
    /// It is not there, or not inside of the folder: the reference to it says so.
    Nothing,
    /// It cannot be used, and why.
    Faulty(FileError),
    /// What it holds.
    Text(String),
}

impl Fetched {
    /// What a file holds, if it is text.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let valid = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                let why = format!("line {} is not UTF-8", valid.matches('\n').count() + 1);
                let help = Some("save the file with the encoding UTF-8");
                Self::Faulty(FileError { why, help, shown: valid })
            }
        }
    }
}

impl Reader {
    /// The documents of all services.
    fn documents(&self) -> Result<BTreeSet<String>> {
        let mut documents = BTreeSet::from([format!("{}/{DEFAULTS_FILE}", self.name)]);
        for folder in entries(&self.root)? {
            if !folder.is_dir() {
                continue;
            }
            let Some(service) = folder.file_name().and_then(OsStr::to_str) else {
                bail!(
                    "{} cannot name a service, because it is not UTF-8; rename the folder",
                    folder.display()
                );
            };
            for file in entries(&folder)? {
                let Some(file) = file.file_name().map(|name| name.to_string_lossy().into_owned())
                else {
                    continue;
                };
                let path = format!("{}/{service}/{file}", self.name);
                if is_document(&path) {
                    documents.insert(path);
                }
            }
        }
        self.add_below(&self.root.join("workflows"), 0, &mut documents)?;
        Ok(documents)
    }

    /// The documents in a folder of workflows and in those below it. No link to a folder is followed.
    fn add_below(
        &self,
        folder: &Path,
        depth: usize,
        documents: &mut BTreeSet<String>,
    ) -> Result<()> {
        const MAX_DEPTH: usize = 16;
        if !folder.is_dir() || depth > MAX_DEPTH {
            return Ok(());
        }
        for path in entries(folder)? {
            if path.is_dir() && !path.is_symlink() {
                self.add_below(&path, depth + 1, documents)?;
                continue;
            }
            let Ok(below) = path.strip_prefix(&self.root) else { continue };
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            let path = format!("{}/{}", self.name, parts.join("/"));
            if is_document(&path) {
                documents.insert(path);
            }
        }
        Ok(())
    }

    fn read(&self, path: &str) -> Result<Fetched> {
        let Some(inside) = path.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix('/'))
        else {
            return Ok(Fetched::Nothing);
        };
        let named = self.root.join(inside);
        let Ok(full) = named.canonicalize() else {
            let why = "it is a symbolic link that leads to no file";
            let is_link = named.is_symlink();
            return Ok(if is_link {
                Fetched::Faulty(FileError::whole(why))
            } else {
                Fetched::Nothing
            });
        };
        if !full.starts_with(&self.root) {
            let why = "it is a symbolic link to a file outside the contracts folder";
            return Ok(Fetched::Faulty(FileError::whole(why)));
        }
        let about = || format!("cannot read {}", full.display());
        let metadata = full.metadata().with_context(about)?;
        if !metadata.is_file() {
            return Ok(Fetched::Faulty(FileError::whole("it is not a file")));
        }
        if metadata.len() > MAX_FILE_BYTES {
            let limit = MAX_FILE_BYTES / 1024 / 1024;
            return Ok(Fetched::Faulty(FileError::whole(format!("it is larger than {limit} MiB"))));
        }
        let bytes = std::fs::read(&full).with_context(about)?;
        Ok(Fetched::from_bytes(bytes))
    }
}

/// What stands in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let about = || format!("cannot read {}", folder.display());
    let mut paths = vec![];
    for entry in std::fs::read_dir(folder).with_context(about)? {
        paths.push(entry.with_context(about)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// The text of a file that is no contract; none where there is no such file. A pipe or device, which may never end, is
/// not opened.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub fn text_if_there(path: &Path) -> Result<Option<String>> {
    let is_other = path.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir());
    if is_other {
        bail!("{} is not a regular file", path.display());
    }
    given_text(path)
}

/// The text of a file that the user names, which may be a pipe; none where there is no such file.
///
/// # Errors
/// When it cannot be read, is not UTF-8, does not end, or is a named pipe.
pub fn given_text(path: &Path) -> Result<Option<String>> {
    refuse_named_pipe(path)?;
    let about = || format!("cannot read {}", path.display());
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(about),
    };
    let mut text = String::new();
    let n_bytes = file.take(MAX_GIVEN_BYTES + 1).read_to_string(&mut text).with_context(about)?;
    if n_bytes as u64 > MAX_GIVEN_BYTES {
        bail!("{} is larger than {} MiB", path.display(), MAX_GIVEN_BYTES / 1024 / 1024);
    }
    Ok(Some(text))
}

/// Refuses a named pipe, which waits for a program at its other end, perhaps forever. What the shell makes of `<(command)`
/// has one.
///
/// # Errors
/// When it is one.
pub fn refuse_named_pipe(path: &Path) -> Result<()> {
    let is_of_process = path.starts_with("/dev") || path.starts_with("/proc");
    if !is_of_process && path.metadata().is_ok_and(|about| is_pipe(&about)) {
        bail!("{} is a named pipe: pass a file, or `<(command)`", path.display());
    }
    Ok(())
}

#[cfg(unix)]
fn is_pipe(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    about.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: &std::fs::Metadata) -> bool {
    false
}

/// What stands in a folder; nothing where there is no such folder.
#[must_use]
pub fn entries_of(folder: &Path) -> Vec<PathBuf> {
    entries(folder).unwrap_or_default()
}
