//! Files that are written once and belong to people from then on.
//!
//! Owns that none of them ever replaces anything: what is there already and differs is in the way, and nothing is
//! written then. So a run that was interrupted is completed by the next, and one that is repeated changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::{
    Change, MAX_NAMED, Written, compare, foreign, in_the_way, read_if_there, write, write_whole,
};
use crate::text::FileSet;

/// Files to be written once, below one folder.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// The files: any that is there already must hold the same.
    pub files: FileSet,
    /// Files that are only begun: one that is there already is left as it is.
    pub seeds: Vec<(String, String)>,
    /// Folders of generated files.
    pub generated: Vec<(String, FileSet)>,
}

/// Writes what is not there yet.
///
/// # Errors
/// When something else is in the way, which is named, and nothing is written then; when a file cannot be written.
pub fn write_new(folder: &Path, new: &New) -> Result<Written> {
    let obstacles = obstacles(folder, new)?;
    if !obstacles.is_empty() {
        let named = obstacles.iter().take(MAX_NAMED).map(|name| format!("\n  {name}"));
        let more = obstacles.len().saturating_sub(MAX_NAMED);
        let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
        bail!(
            "these files already exist, and are not replaced; nothing was written:{}{more}\n\
         move or remove them, or choose another folder",
            named.collect::<String>()
        );
    }
    let mut written = Written::default();
    let seeds = new.seeds.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in new.files.iter().chain(seeds) {
        let path = folder.join(path);
        if path.exists() {
            written.n_unchanged += 1;
        } else {
            write_whole(&path, text)?;
            written.n_written += 1;
        }
    }
    for (below, files) in &new.generated {
        let generated = write(&folder.join(below), files)?;
        written.n_written += generated.n_written;
        written.n_unchanged += generated.n_unchanged;
    }
    Ok(written)
}

/// What is there already and is not what would be written.
fn obstacles(folder: &Path, new: &New) -> Result<BTreeSet<String>> {
    let mut obstacles = BTreeSet::new();
    if folder.exists() && !folder.is_dir() {
        return Ok(BTreeSet::from([format!("{} is not a folder", folder.display())]));
    }
    let none = BTreeSet::new();
    for (path, text) in new.files.iter() {
        let old = read_if_there(&folder.join(path))?;
        if old.as_deref() == Some(text.as_bytes()) {
            continue;
        }
        let change = Change { path: path.to_owned(), old, new: Some(text.into()) };
        obstacles.extend(in_the_way(folder, &change, &none));
    }
    for (below, files) in &new.generated {
        let out = folder.join(below);
        obstacles.extend(foreign(&out, &compare(&out, files)?)?);
    }
    Ok(obstacles)
}

/// Writes a file unless one is there, and says whether it did.
///
/// # Errors
/// When it cannot be written.
pub fn write_once(path: &Path, text: &str) -> Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    write_whole(path, text).map(|()| true)
}

/// Puts a new text in the place of a file that still holds the old one.
///
/// # Errors
/// When it holds something else by now, or cannot be written.
pub fn replace(path: &Path, old: &str, text: &str) -> Result<()> {
    if read_if_there(path)?.as_deref() != Some(old.as_bytes()) {
        bail!("{} was changed in the meantime; run the command again", path.display());
    }
    write_whole(path, text)
}
