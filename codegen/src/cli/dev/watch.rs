//! Which files changed, found by looking.
//!
//! A few hundred files are looked at in a millisecond, on every kind of disk, and nothing is missed that an editor does
//! by renaming: so there is no need for the notifications of an operating system.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folders that nobody writes rules or contracts in.
const IGNORED: [&str; 2] = ["target", "node_modules"];

/// The endings of files that matter.
const ENDINGS: [&str; 8] = ["rs", "toml", "yaml", "yml", "json", "lock", "csv", "txt"];

type Seen = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Files as they were when they were looked at last.
pub(super) struct Watch {
    roots: Vec<PathBuf>,
    ignored: PathBuf,
    seen: Seen,
}

impl Watch {
    /// Looks at all files below some folders, but for one folder.
    pub(super) fn new(roots: &[&Path], ignored: &Path) -> Self {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let roots = roots.iter().map(|root| whole(root)).collect();
        let mut watch = Self { roots, ignored: whole(ignored), seen: Seen::new() };
        watch.seen = watch.look();
        watch
    }

    /// The files that were made, changed or removed since the last call, from the first root.
    pub(super) fn changes(&mut self) -> Vec<String> {
        let now = self.look();
        let changed = now.iter().filter(|(path, state)| self.seen.get(*path) != Some(*state));
        let gone = self.seen.keys().filter(|path| !now.contains_key(*path));
        let paths = changed.map(|(path, _)| path).chain(gone);
        let names = paths.map(|path| self.name(path)).collect();
        self.seen = now;
        names
    }

    fn name(&self, path: &Path) -> String {
        let below = self.roots.iter().find_map(|root| path.strip_prefix(root).ok());
        below.unwrap_or(path).display().to_string()
    }

    fn look(&self) -> Seen {
        let mut seen = Seen::new();
        let mut open = self.roots.clone();
        while let Some(folder) = open.pop() {
            // A folder that is gone or closed holds nothing that could be built.
            for entry in crate::read::entries_of(&folder) {
                let Some(name) = entry.file_name().map(|name| name.to_string_lossy()) else {
                    continue;
                };
                if name.starts_with('.') || IGNORED.contains(&name.as_ref()) {
                    continue;
                }
                let Ok(found) = entry.metadata() else { continue };
                if found.is_dir() {
                    if entry != self.ignored && !entry.is_symlink() {
                        open.push(entry);
                    }
                } else if matters(&entry) {
                    let modified = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                    seen.insert(entry, (modified, found.len()));
                }
            }
        }
        // Cargo writes it itself.
        for root in &self.roots {
            seen.remove(&root.join("Cargo.lock"));
        }
        seen
    }
}

/// Whether a file is one that a run reads.
fn matters(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_data_of_workflows_are_watched() {
        for name in ["shop.yaml", "names.csv", "names.txt", "names.json"] {
            assert!(matters(Path::new(name)), "{name}");
        }
        assert!(!matters(Path::new("notes.md")) && !matters(Path::new("csv")));
    }
}
