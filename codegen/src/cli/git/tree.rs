//! The files of a commit: symbolic links are followed as on disk, and submodules to the commits that they are pinned to.
//!
//! What cannot be followed is an error: a file that is silently missing would pass for one that never was.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context as _, Result, bail};

use super::{git, output};
use crate::read::Fetched;
use crate::source::FileError;

/// How deep submodules are followed.
const MAX_DEPTH: usize = 8;

/// A commit, and those of its submodules.
pub(super) struct Tree {
    /// The folder of the whole repository.
    root: PathBuf,
    /// What each submodule that was met is pinned to, by its path; the commit itself, by the empty path.
    commits: BTreeMap<String, String>,
    links: BTreeSet<String>,
}

/// What a line of a listing is.
enum Entry {
    File(String),
    Link(String),
    Submodule(String, String),
}

impl Tree {
    /// A commit of the repository in a folder.
    pub(super) fn new(root: PathBuf, commit: String) -> Self {
        Self { root, commits: BTreeMap::from([(String::new(), commit)]), links: BTreeSet::new() }
    }

    /// The files and links below a folder, by their path in the whole commit.
    pub(super) fn files(&mut self, place: &str) -> Result<BTreeSet<String>> {
        self.enter(place)?;
        let mut found = BTreeSet::new();
        self.add_below(place, true, 0, &mut found)?;
        Ok(found)
    }

    /// The files and links of the whole commit, and of the submodules that a folder is in.
    pub(super) fn all_files(&mut self, place: &str) -> Result<BTreeSet<String>> {
        self.enter(place)?;
        let mut found = BTreeSet::new();
        for module in self.commits.clone().into_keys() {
            self.add_below(&module, false, 0, &mut found)?;
        }
        Ok(found)
    }

    /// Whether a path of the commit is a symbolic link.
    pub(super) fn is_link(&self, path: &str) -> bool {
        self.links.contains(path)
    }

    /// Whether a path of the commit is there on disk.
    pub(super) fn is_there_now(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Whatever answers with what paths hold.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { tree: self, open: BTreeMap::new() }
    }

    /// Takes the submodules in that a folder is in, or is.
    pub(super) fn enter(&mut self, place: &str) -> Result<()> {
        let ends = place.match_indices('/').map(|(at, _)| at).chain(Some(place.len()));
        for path in ends.map(|end| &place[..end]).filter(|path| !path.is_empty()) {
            let entries = self.list(path, &["--full-tree"], false)?;
            for entry in entries {
                match entry {
                    Entry::Submodule(at, commit) if at == path => self.add_module(at, commit)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn add_below(
        &mut self,
        place: &str,
        follows: bool,
        depth: usize,
        found: &mut BTreeSet<String>,
    ) -> Result<()> {
        for entry in self.list(place, &["-r", "--full-tree"], true)? {
            match entry {
                Entry::File(path) => _ = found.insert(path),
                Entry::Link(path) => {
                    self.links.insert(path.clone());
                    found.insert(path);
                }
                Entry::Submodule(..) if !follows => {}
                Entry::Submodule(path, _) if depth >= MAX_DEPTH => {
                    bail!("the submodule {path} is in too many others")
                }
                Entry::Submodule(path, commit) => {
                    self.add_module(path.clone(), commit)?;
                    self.add_below(&path, follows, depth + 1, found)?;
                }
            }
        }
        Ok(())
    }

    fn add_module(&mut self, path: String, commit: String) -> Result<()> {
        let folder = self.root.join(&path);
        let mut command = git(if folder.is_dir() { &folder } else { &self.root });
        command.args(["cat-file", "-e", &format!("{commit}^{{commit}}")]);
        if output(command)?.is_err() {
            bail!(
                "the submodule {path} is not compared, because its commit {commit} is not here; \
                 run `git submodule update --init {path}` and `git -C {path} fetch origin {commit}`"
            );
        }
        self.commits.insert(path, commit);
        Ok(())
    }

    /// The entries at a path, or below it, with their paths in the whole commit.
    fn list(&self, path: &str, options: &[&str], below: bool) -> Result<Vec<Entry>> {
        let (module, commit, rest) = self.module_of(path, below);
        let mut command = git(&self.root.join(module));
        command.args(["ls-tree", "-z"]).args(options).arg(commit);
        if !rest.is_empty() {
            command.arg("--").arg(if below { format!("{rest}/") } else { rest.to_owned() });
        }
        let listed =
            output(command)?.map_err(|said| anyhow::anyhow!("git cannot list {commit}: {said}"))?;
        let entry = |entry: &[u8]| {
            // `<mode> <type> <id>\t<path>`
            let entry = String::from_utf8_lossy(entry);
            let (head, path) = entry.split_once('\t')?;
            let path = joined(module, path);
            match head.split(' ').collect::<Vec<_>>()[..] {
                ["120000", ..] => Some(Entry::Link(path)),
                [_, "blob", _] => Some(Entry::File(path)),
                [_, "commit", id] => Some(Entry::Submodule(path, id.to_owned())),
                _ => None,
            }
        };
        Ok(listed.split(|byte| *byte == 0).filter_map(entry).collect())
    }

    /// The innermost submodule that a path is in, its commit, and the rest of the path. A submodule is in itself where what
    /// is below it is asked for.
    fn module_of<'a>(&'a self, path: &'a str, below: bool) -> (&'a str, &'a str, &'a str) {
        let modules = self.commits.iter().rev().filter_map(|(module, commit)| {
            let rest = path.strip_prefix(module.as_str())?;
            let rest = match (module.is_empty(), rest.is_empty()) {
                (true, _) => rest,
                (false, true) => Some(rest).filter(|_| below)?,
                (false, false) => rest.strip_prefix('/')?,
            };
            Some((module.as_str(), commit.as_str(), rest))
        });
        modules.max_by_key(|(module, ..)| module.len()).unwrap_or(("", "HEAD", path))
    }
}

/// A path below another one, which may be empty.
pub(super) fn joined(above: &str, below: &str) -> String {
    if above.is_empty() { below.to_owned() } else { format!("{above}/{below}") }
}

/// Processes that answer with what paths hold, one a repository.
pub(super) struct Reader<'a> {
    tree: &'a Tree,
    open: BTreeMap<PathBuf, Objects>,
}

impl Reader<'_> {
    /// What a file holds.
    pub(super) fn read(&mut self, path: &str) -> Result<Fetched> {
        Ok(match self.object(path)? {
            Object::Missing => Fetched::Nothing,
            Object::Blob(bytes) => Fetched::from_bytes(bytes),
            Object::Tree(_) => Fetched::Faulty(FileError::whole("it is not a file")),
            Object::Lost(why) => Fetched::Faulty(FileError::whole(why)),
        })
    }

    /// The names of the files and links directly in a folder; none where there is no such folder.
    pub(super) fn entries(&mut self, path: &str) -> Result<Vec<String>> {
        let Object::Tree(id) = self.object(path)? else { return Ok(Vec::new()) };
        let (module, ..) = self.tree.module_of(path, true);
        let mut command = git(&self.tree.root.join(module));
        command.args(["ls-tree", "-z", &id]);
        let listed =
            output(command)?.map_err(|said| anyhow::anyhow!("git cannot list {path}: {said}"))?;
        let name = |entry: &[u8]| {
            let entry = String::from_utf8_lossy(entry);
            let (head, name) = entry.split_once('\t')?;
            head.contains(" blob ").then(|| name.to_owned())
        };
        Ok(listed.split(|byte| *byte == 0).filter_map(name).collect())
    }

    fn object(&mut self, path: &str) -> Result<Object> {
        let (module, commit, rest) = self.tree.module_of(path, true);
        let folder = self.tree.root.join(module);
        let objects = match self.open.entry(folder) {
            std::collections::btree_map::Entry::Occupied(open) => open.into_mut(),
            std::collections::btree_map::Entry::Vacant(none) => {
                let opened = Objects::open(none.key())?;
                none.insert(opened)
            }
        };
        if rest.contains('\n') {
            return Ok(Object::Missing);
        }
        let object = objects.ask(&format!("{commit}:{rest}"))?;
        if let Object::Lost(why) = &object
            && self.tree.commits.len() > 1
        {
            bail!("{path} is not compared: {why}, and links between repositories are not followed");
        }
        Ok(object)
    }

    pub(super) fn close(self) -> Result<()> {
        self.open.into_values().try_for_each(Objects::close)
    }
}

/// What a path names.
enum Object {
    Missing,
    Blob(Vec<u8>),
    Tree(String),
    /// A link that leads nowhere.
    Lost(&'static str),
}

/// A process that answers with what names stand for, one after another.
struct Objects {
    process: Child,
    asked: ChildStdin,
    answered: BufReader<ChildStdout>,
}

impl Objects {
    fn open(folder: &Path) -> Result<Self> {
        let mut command = git(folder);
        command.args(["cat-file", "--batch", "--follow-symlinks"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start git")?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (asked, answered) = pipes.context("git was started without pipes")?;
        Ok(Self { process, asked, answered: BufReader::new(answered) })
    }

    fn ask(&mut self, name: &str) -> Result<Object> {
        writeln!(self.asked, "{name}")
            .and_then(|()| self.asked.flush())
            .context("git ended unexpectedly")?;
        let mut head = String::new();
        self.answered.read_line(&mut head).context("git ended unexpectedly")?;
        let head = head.trim_end_matches('\n');
        // `<id> <type> <size>` or `<what is wrong> <size>`, then as many bytes and a line feed; `<name> missing` alone.
        if head.strip_suffix(" missing") == Some(name) {
            return Ok(Object::Missing);
        }
        let size = head.rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.with_context(|| format!("git has no {name}: {head}"))?;
        let mut bytes = Vec::new();
        let read = self.answered.by_ref().take(size).read_to_end(&mut bytes);
        let read = read.context("git ended unexpectedly")? as u64;
        if read < size {
            bail!("git returned {read} of the {size} bytes of {name}");
        }
        self.answered.read_exact(&mut [0]).context("git ended unexpectedly")?;
        Ok(match head.split(' ').collect::<Vec<_>>()[..] {
            [_, "blob", _] => Object::Blob(bytes),
            [id, "tree", _] => Object::Tree(id.to_owned()),
            ["symlink", _] => {
                Object::Lost("it is a symbolic link to a file outside the repository")
            }
            ["dangling" | "loop" | "notdir", _] => {
                Object::Lost("it is a symbolic link that leads to no file")
            }
            _ => bail!("git answered {head} for {name}"),
        })
    }

    fn close(self) -> Result<()> {
        let Self { mut process, asked, answered } = self;
        drop((asked, answered));
        process.wait().context("git did not end").map(drop)
    }
}
