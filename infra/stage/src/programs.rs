//! What is started for each function: its binary, or the interpreter of its language with the stage's client of the
//! Runtime API.
//!
//! Owns the folder in which archives and inline code are unpacked, which is gone with the stage. Installs nothing: an
//! interpreter that is missing is an error that says what to install.

mod handlers;
mod java;
mod modules;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::binaries::BinaryError;
use crate::interpreter::{Interpreter, Interpreters};
use crate::log::Log;
use crate::template::{Code, Function, Runtime, Stack};

/// Commands that run a language instead of the stage's own clients, by language: program and arguments.
pub(crate) type Commands = BTreeMap<String, Vec<String>>;

/// The most that code may take unpacked, layers included, in bytes (Lambda quota).
const MAX_UNPACKED_BYTES: u64 = 262_144_000;

/// What is started for a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The executable.
    pub(crate) command: PathBuf,
    /// Its arguments.
    pub(crate) arguments: Vec<OsString>,
    /// `LAMBDA_TASK_ROOT`, where it is started.
    pub(crate) root: PathBuf,
    /// `AWS_EXECUTION_ENV` and where modules are looked for; what the template says of the same goes before it.
    pub(crate) environment: Vec<(&'static str, OsString)>,
    /// Folders that `PATH` begins with.
    pub(crate) path: Vec<PathBuf>,
    /// Tells the code from what may take its place.
    stamp: Stamp,
}

/// The latest change, and the size of all files.
type Stamp = (Option<SystemTime>, u64);

/// The folder of what is unpacked, made when it is first needed.
#[derive(Debug)]
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    /// A folder that nothing else uses.
    pub(crate) fn new() -> Self {
        let name = format!("stage-{}", uuid::Uuid::new_v4().simple());
        Self(std::env::temp_dir().join(name))
    }

    /// Makes a folder in it that only this user can read.
    fn folder(&self, name: &str) -> std::io::Result<PathBuf> {
        use std::os::unix::fs::DirBuilderExt as _;
        let folder = self.0.join(name);
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        Ok(folder)
    }

    /// Writes a file in a folder and returns its path.
    fn file(&self, folder: &str, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let path = self.folder(folder)?.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            std::fs::write(&path, text)?;
        }
        Ok(path)
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Modules that Lambda lays beside inline code: their files and sources.
const CFNRESPONSE: (&str, &str) =
    ("cfnresponse.py", include_str!("lambda/runtimes/cfnresponse.py"));
const CFN_RESPONSE: (&str, &str) =
    ("node_modules/cfn-response.js", include_str!("lambda/runtimes/cfn-response.js"));

/// Finds the program of each function.
pub(crate) struct Finder<'s> {
    pub(crate) stacks: &'s [Stack],
    /// Where binaries are that functions name.
    pub(crate) bin_dir: Option<&'s Path>,
    pub(crate) commands: &'s Commands,
    pub(crate) workspace: &'s Workspace,
    pub(crate) log: &'s Log,
}

/// The programs of functions, and what is to be said of them.
pub(crate) struct Found {
    pub(crate) programs: Vec<Program>,
    /// About which function, and what.
    pub(crate) notes: Vec<(String, String)>,
}

impl Finder<'_> {
    /// The program of every function.
    ///
    /// # Errors
    /// Every function that has none, with its place in the template.
    pub(crate) fn find(&self, functions: &[Function]) -> Result<Found, BinaryError> {
        let mut interpreters = Interpreters::default();
        let mut found = Found { programs: Vec::new(), notes: Vec::new() };
        let mut missing = Vec::new();
        for function in functions {
            match self.program(function, &mut interpreters) {
                Ok((program, notes)) => {
                    found.programs.push(program);
                    let notes = notes.into_iter().map(|note| (function.name.clone(), note));
                    found.notes.extend(notes);
                }
                Err(reason) => {
                    let stack = self.stack_of(function);
                    let place = stack.map(|one| one.place(&function.id)).unwrap_or_default();
                    missing.push(format!("{place}: function `{}` {reason}", function.name));
                }
            }
        }
        if missing.is_empty() { Ok(found) } else { Err(BinaryError::Missing(missing)) }
    }

    /// The stack that declares a function.
    fn stack_of(&self, function: &Function) -> Option<&Stack> {
        self.stacks.iter().find(|stack| stack.name == function.stack)
    }

    fn program(
        &self,
        function: &Function,
        interpreters: &mut Interpreters,
    ) -> Result<(Program, Vec<String>), String> {
        let layers = function.layers.iter().map(|layer| self.unpacked(layer));
        let layers: Vec<PathBuf> = layers.collect::<Result<_, _>>()?;
        let (program, mut notes) = match &function.runtime {
            Runtime::Binary => (self.binary(function, &layers)?, Vec::new()),
            Runtime::Managed(name) => self.managed(function, name, &layers, interpreters)?,
        };
        if function.logging.json_level.is_some() && !self.writes_json(function) {
            let note = "`LogFormat: JSON` has no effect on text lines here; on AWS, Lambda's runtime converts them";
            notes.push(note.to_owned());
        }
        notes.extend(extensions(&layers).map(|name| {
            format!("has the extension `{name}` in a layer, which the stage does not start")
        }));
        Ok((program, notes))
    }

    /// Whether the lines of a function's log become JSON as on AWS: by the stage's clients for Node.js and Python, or by
    /// the program itself.
    fn writes_json(&self, function: &Function) -> bool {
        if matches!(function.runtime, Runtime::Binary) {
            return true;
        }
        let language = function.runtime.language().unwrap_or_default();
        matches!(language, "nodejs" | "python") && !self.commands.contains_key(language)
    }

    /// The binary that the metadata names, or `bootstrap` in the folder of the code or in a layer.
    fn binary(&self, function: &Function, layers: &[PathBuf]) -> Result<Program, String> {
        let mut candidates = Vec::new();
        if let (Some(binary), Some(folder)) = (&function.binary, self.bin_dir) {
            candidates.push(folder.join(format!("{binary}{}", std::env::consts::EXE_SUFFIX)));
        }
        let mut code = None;
        if let Some(Code::Local(path)) = &function.code {
            let path = self.unpacked(path)?;
            candidates.push(path.join("bootstrap"));
            candidates.push(path.clone());
            code = Some(path).filter(|path| path.is_dir());
        }
        let in_layers: Vec<PathBuf> =
            layers.iter().rev().map(|layer| layer.join("bootstrap")).collect();
        candidates.extend(in_layers.iter().cloned());
        let Some(path) = candidates.iter().find(|path| is_program(path)) else {
            let places: Vec<String> =
                candidates.iter().map(|path| path.display().to_string()).collect();
            return Err(format!(
                "has no binary; looked for {}; build the functions first, or pass their folder with --bin-dir",
                places.join(", ")
            ));
        };
        let command = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        // A runtime in a layer looks for the code that it runs.
        let root = code.and_then(|code| std::path::absolute(code).ok());
        let root = root.or_else(|| command.parent().map(Path::to_owned)).unwrap_or_default();
        let mut stamp = stamp_of(&command);
        if in_layers.contains(path) {
            let code = stamp_of(&root);
            stamp = (stamp.0.max(code.0), stamp.1 + code.1);
        }
        let environment = libraries(layers).into_iter().collect();
        let path = folders(layers, "bin");
        Ok(Program { command, arguments: Vec::new(), root, environment, path, stamp })
    }

    /// The interpreter with the client of the Runtime API, or the command that was given for the language.
    fn managed(
        &self,
        function: &Function,
        name: &str,
        layers: &[PathBuf],
        interpreters: &mut Interpreters,
    ) -> Result<(Program, Vec<String>), String> {
        let language = function.runtime.language().unwrap_or_default();
        let root = self.task_root(function, language)?;
        let (command, arguments, mut notes) = match self.commands.get(language).map(Vec::as_slice) {
            Some([command, arguments @ ..]) => {
                let handler = std::iter::once(&function.handler);
                let arguments = arguments.iter().chain(handler).map(OsString::from).collect();
                (PathBuf::from(command), arguments, Vec::new())
            }
            _ => {
                let interpreter = interpreters.get(language, function.runtime.version())?;
                let absent = handlers::look(language, &function.handler, &root, layers)?;
                let absent = absent.map(|absent| match function.code {
                    Some(Code::Inline(_)) => format!(
                        "has the handler `{}`, but inline code is the file `index`: its handler begins with `index.`",
                        function.handler
                    ),
                    _ => absent,
                });
                let notes = interpreter
                    .differs_from(name, function.runtime.version())
                    .into_iter()
                    .chain(absent);
                let notes = notes.collect::<Vec<String>>();
                let arguments = self.client(function, &interpreter, &root, layers)?;
                (interpreter.path, arguments, notes)
            }
        };
        let mut environment =
            vec![("AWS_EXECUTION_ENV", OsString::from(format!("AWS_Lambda_{name}")))];
        environment.extend(libraries(layers));
        let folder = self.stack_of(function).and_then(|stack| stack.path.parent());
        environment.extend(modules::places(&function.runtime, &root, layers, folder));
        let stamp = stamp_of(&root);
        let path = folders(layers, "bin");
        let program = Program { command, arguments, root, environment, path, stamp };
        let Some(wrapper) = function.environment.get(WRAPPER) else { return Ok((program, notes)) };
        match in_environment(wrapper, &program.root, layers) {
            Some(wrapper) => Ok((wrapped(program, wrapper), notes)),
            None => {
                notes.push(format!(
                    "runs without its `{WRAPPER}`: {wrapper} is not a program in its code or in a layer"
                ));
                Ok((program, notes))
            }
        }
    }

    /// The folder of a function's code.
    fn task_root(&self, function: &Function, language: &str) -> Result<PathBuf, String> {
        match &function.code {
            None => Err("has no code".to_owned()),
            Some(Code::Inline(text)) => {
                let (name, module) = if language == "python" {
                    ("index.py", CFNRESPONSE)
                } else {
                    ("index.js", CFN_RESPONSE)
                };
                let folder = format!("{:x}", md5::compute(text));
                let written = self.workspace.file(&folder, module.0, module.1);
                let file = written.and_then(|_| self.workspace.file(&folder, name, text));
                let file =
                    file.map_err(|error| format!("has code that cannot be written: {error}"))?;
                Ok(file.parent().unwrap_or(Path::new("/")).to_owned())
            }
            Some(Code::Local(path)) => {
                let folder = self.unpacked(path)?;
                if !folder.is_dir() {
                    return Err(format!(
                        "needs a folder or an archive as its code; looked for {}",
                        folder.display()
                    ));
                }
                std::path::absolute(&folder).map_err(|error| format!("has no folder: {error}"))
            }
        }
    }

    /// What an interpreter starts: the client of the Runtime API.
    fn client(
        &self,
        function: &Function,
        interpreter: &Interpreter,
        root: &Path,
        layers: &[PathBuf],
    ) -> Result<Vec<OsString>, String> {
        let written = interpreter.client.iter().map(|(name, text)| {
            self.workspace
                .file("runtimes", name, text)
                .map_err(|error| format!("has no runtime client: it cannot be written: {error}"))
        });
        let files: Vec<PathBuf> = written.collect::<Result<_, _>>()?;
        if function.runtime.language() == Some("java") {
            if interpreter.major() < java::OLDEST {
                return Err(format!(
                    "runs on Java {}, and the stage's runtime client needs Java {} or newer ({}); functions made for \
                     Java 8 run on a newer one",
                    interpreter.major(),
                    java::OLDEST,
                    interpreter.path.display()
                ));
            }
            let classes = java::compile(&interpreter.path, &files, self.log)?;
            return Ok(java::arguments(function.memory_mib, root, layers, &classes));
        }
        // As in Lambda, also where this machine has not the locale that `LANG` names.
        let encoding: &[&str] =
            if function.runtime.language() == Some("ruby") { &["-E", "UTF-8"] } else { &[] };
        let encoding = encoding.iter().map(OsString::from);
        Ok(encoding.chain(files.first().map(OsString::from)).collect())
    }

    /// The folder of an archive's contents; any other path as it is.
    fn unpacked(&self, path: &Path) -> Result<PathBuf, String> {
        if !is_archive(path) {
            return Ok(path.to_owned());
        }
        let failed = |error: String| {
            format!("has an archive that cannot be read: {}: {error}", path.display())
        };
        let key = format!("{:x}", md5::compute(format!("{}{:?}", path.display(), stamp_of(path))));
        let target = self.workspace.0.join(&key);
        if target.is_dir() {
            return Ok(target);
        }
        let file = std::fs::File::open(path).map_err(|error| failed(error.to_string()))?;
        let mut archive = zip::ZipArchive::new(file).map_err(|error| failed(error.to_string()))?;
        if archive.decompressed_size().is_some_and(|size| size > MAX_UNPACKED_BYTES.into()) {
            return Err(failed(format!(
                "it has more than {MAX_UNPACKED_BYTES} bytes, which is the maximum of Lambda"
            )));
        }
        // It has its name when all of it is there, so that no part is taken for the whole by the next who asks.
        let part = format!("{key}.part");
        let part = self.workspace.folder(&part).map_err(|error| failed(error.to_string()))?;
        let whole = archive.extract(&part).map_err(|error| error.to_string());
        let whole =
            whole.and_then(|()| std::fs::rename(&part, &target).map_err(|error| error.to_string()));
        whole.map(|()| target).map_err(|error| {
            // What stays behind goes with the workspace.
            let _ = std::fs::remove_dir_all(&part);
            failed(error)
        })
    }
}

/// The variable that names a program which starts the runtime of a managed language.
const WRAPPER: &str = "AWS_LAMBDA_EXEC_WRAPPER";

/// The program at a path of the execution environment: in the code, or in the uppermost layer that has it.
fn in_environment(path: &str, root: &Path, layers: &[PathBuf]) -> Option<PathBuf> {
    let places: Vec<PathBuf> = match (path.strip_prefix("/var/task/"), path.strip_prefix("/opt/")) {
        (Some(rest), _) => vec![root.join(rest)],
        (_, Some(rest)) => layers.iter().rev().map(|layer| layer.join(rest)).collect(),
        _ => vec![root.join(path)],
    };
    let found = places.into_iter().find(|path| is_program(path))?;
    std::path::absolute(found).ok()
}

/// The program, started by another one that gets it as its arguments.
fn wrapped(program: Program, wrapper: PathBuf) -> Program {
    let command = std::iter::once(program.command.into_os_string());
    let arguments = command.chain(program.arguments).collect();
    Program { command: wrapper, arguments, ..program }
}

/// The names of the extensions in layers.
fn extensions(layers: &[PathBuf]) -> impl Iterator<Item = String> {
    let entries = folders(layers, "extensions").into_iter().filter_map(|path| path.read_dir().ok());
    let programs = entries.flatten().flatten().filter(|entry| is_program(&entry.path()));
    programs.map(|entry| entry.file_name().to_string_lossy().into_owned())
}

/// The folder of each layer by this name, those of upper layers first; only where there is one.
fn folders(layers: &[PathBuf], name: &str) -> Vec<PathBuf> {
    let all = layers.iter().rev().map(|layer| layer.join(name));
    all.filter(|path| path.is_dir()).filter_map(|path| std::path::absolute(path).ok()).collect()
}

fn libraries(layers: &[PathBuf]) -> Option<(&'static str, OsString)> {
    let folders = folders(layers, "lib");
    if folders.is_empty() {
        return None;
    }
    Some(("LD_LIBRARY_PATH", std::env::join_paths(folders).ok()?))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

fn is_archive(path: &Path) -> bool {
    // A pipe would be read for ever.
    if !path.is_file() {
        return false;
    }
    let mut start = [0; 4];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *b"PK\x03\x04"
}

/// The stamp of a file, or of all files of a folder but installed packages and what tools make for themselves. A link
/// to a folder is followed once, and not where it leads back: it could be a circle.
fn stamp_of(path: &Path) -> Stamp {
    stamp_below(path, false)
}

fn stamp_below(path: &Path, is_linked: bool) -> Stamp {
    let Ok(found) = path.metadata() else { return (None, 0) };
    if !found.is_dir() {
        return (found.modified().ok(), found.len());
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let skipped = |entry: &std::fs::DirEntry| {
        let name = entry.file_name();
        name == "node_modules"
            || name == "__pycache__"
            || name == ".git"
            || entry.path().join("CACHEDIR.TAG").is_file()
    };
    entries.filter(|entry| !skipped(entry)).fold(
        (found.modified().ok(), 0),
        |(latest, size), entry| {
            let below = entry.path();
            let is_link = below.is_symlink() && below.is_dir();
            if is_link && (is_linked || leads_back(&below, path)) {
                return (latest, size);
            }
            let (changed, more) = stamp_below(&below, is_linked || is_link);
            (latest.max(changed), size + more)
        },
    )
}

/// Whether a link in a folder leads to the folder or to what is above it.
fn leads_back(link: &Path, folder: &Path) -> bool {
    let (Ok(target), Ok(folder)) = (link.canonicalize(), folder.canonicalize()) else {
        return true;
    };
    folder.starts_with(target)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn a_stamp_follows_a_link_to_a_folder_and_none_that_leads_back() {
        let workspace = Workspace::new();
        let code = workspace.folder("code").unwrap();
        let shared = workspace.folder("shared").unwrap();
        workspace.file("code", "a", "1").unwrap();
        workspace.file("shared", "b", "22").unwrap();
        workspace.file("code/target", "CACHEDIR.TAG", "333").unwrap();
        for (target, link) in [("..", "up"), ("..", "up2"), (".", "here"), ("../shared", "shared")]
        {
            std::os::unix::fs::symlink(target, code.join(link)).unwrap();
        }
        std::os::unix::fs::symlink("../code", shared.join("back")).unwrap();
        assert_eq!(stamp_of(&code).1, 3);
    }
}
