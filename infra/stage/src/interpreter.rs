//! Interpreters of this machine: which one runs a language, and the client of the Runtime API that goes with it.
//!
//! The clients are the stage's own (`lambda/runtimes`): those that AWS publishes are not there on a machine like this,
//! and the one for JavaScript needs a native build and a newer Node.js than many runtimes have.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// An interpreter that was found.
#[derive(Debug, Clone)]
pub(crate) struct Interpreter {
    /// The executable itself, without the scripts of version managers before it.
    pub(crate) path: PathBuf,
    /// `20.11.1`
    version: String,
    /// The file name of the client.
    pub(crate) client_name: &'static str,
    /// The client of the Runtime API, its source.
    pub(crate) client: &'static str,
}

impl Interpreter {
    /// What to say where the interpreter is of another version than the runtime.
    pub(crate) fn differs_from(&self, runtime: &str) -> Option<String> {
        let wanted = runtime.trim_start_matches(char::is_alphabetic).trim_end_matches(".x");
        let rest = self.version.strip_prefix(wanted);
        let is_same = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        (!is_same).then(|| {
            format!("is made for {runtime} and runs on {} ({})", self.version, self.path.display())
        })
    }
}

/// How a language is run.
struct Language {
    name: &'static str,
    /// Its executables, the best first; `{}` is the version.
    candidates: &'static [&'static str],
    /// Arguments that make an executable print its own path and version.
    probe: [&'static str; 2],
    client_name: &'static str,
    client: &'static str,
    what: &'static str,
}

const LANGUAGES: [Language; 2] = [
    Language {
        name: "nodejs",
        candidates: &["node"],
        probe: ["-p", "process.execPath + '\\n' + process.versions.node"],
        client_name: "nodejs.cjs",
        client: include_str!("lambda/runtimes/nodejs.cjs"),
        what: "Node.js",
    },
    Language {
        name: "python",
        candidates: &["python{}", "python3", "python"],
        probe: [
            "-c",
            "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])",
        ],
        client_name: "python.py",
        client: include_str!("lambda/runtimes/python.py"),
        what: "Python",
    },
];

/// Interpreters that were looked for, by language and version.
#[derive(Debug, Default)]
pub(crate) struct Interpreters(BTreeMap<(String, String), Option<Interpreter>>);

impl Interpreters {
    /// The interpreter of a language, of the version that is wanted if there is one.
    ///
    /// # Errors
    /// What to install where there is none.
    pub(crate) fn get(&mut self, language: &str, version: &str) -> Result<Interpreter, String> {
        let key = (language.to_owned(), version.to_owned());
        let found = self.0.entry(key).or_insert_with(|| look_for(language, version));
        found.clone().ok_or_else(|| {
            let what =
                LANGUAGES.iter().find(|one| one.name == language).map_or(language, |one| one.what);
            format!(
                "runs on {language}{version}, and nothing on the PATH runs {what}: install {what} {version}, or give the \
                 command of another client with --runtime '{language}=COMMAND'"
            )
        })
    }
}

fn look_for(language: &str, version: &str) -> Option<Interpreter> {
    let language = LANGUAGES.iter().find(|one| one.name == language)?;
    language.candidates.iter().find_map(|candidate| {
        let output = Command::new(candidate.replace("{}", version))
            .args(language.probe)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        let told = String::from_utf8(output.stdout).ok()?;
        let mut lines = told.lines();
        let (path, version) = (lines.next()?, lines.next()?);
        // Python 2 has the same name on some machines.
        (language.name != "python" || version.starts_with("3.")).then(|| Interpreter {
            path: PathBuf::from(path),
            version: version.to_owned(),
            client_name: language.client_name,
            client: language.client,
        })
    })
}
