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
    /// The client of the Runtime API: the names of its files, the first of which is started, and their sources.
    pub(crate) client: &'static [(&'static str, &'static str)],
}

impl Interpreter {
    /// What to say where the interpreter is of another version than the runtime.
    pub(crate) fn differs_from(&self, runtime: &str, wanted: &str) -> Option<String> {
        let rest = self.version.strip_prefix(wanted);
        let is_same = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        (!is_same).then(|| {
            format!("is made for {runtime} and runs on {} ({})", self.version, self.path.display())
        })
    }

    /// The first number of its version; 0 where it has none.
    pub(crate) fn major(&self) -> u32 {
        let digits = self.version.split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }
}

/// How a language is run.
struct Language {
    name: &'static str,
    /// Its executables, the best first; `{}` is the version.
    candidates: &'static [&'static str],
    /// Arguments that make an executable print its own path and version.
    probe: [&'static str; 2],
    client: &'static [(&'static str, &'static str)],
    what: &'static str,
}

/// Files of the client for Java, which is compiled before it is started.
macro_rules! java {
    ($($name:literal),+) => {
        &[$(($name, include_str!(concat!("lambda/runtimes/java/", $name)))),+]
    };
}

const LANGUAGES: [Language; 4] = [
    Language {
        name: "nodejs",
        candidates: &["node"],
        probe: ["-p", "process.execPath + '\\n' + process.versions.node"],
        client: &[("nodejs.cjs", include_str!("lambda/runtimes/nodejs.cjs"))],
        what: "Node.js",
    },
    Language {
        name: "python",
        candidates: &["python{}", "python3", "python"],
        probe: [
            "-c",
            "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])",
        ],
        client: &[("python.py", include_str!("lambda/runtimes/python.py"))],
        what: "Python",
    },
    Language {
        name: "ruby",
        candidates: &["ruby{}", "ruby"],
        probe: ["-e", "puts RbConfig.ruby, RUBY_VERSION"],
        client: &[("ruby.rb", include_str!("lambda/runtimes/ruby.rb"))],
        what: "Ruby",
    },
    Language {
        name: "java",
        candidates: &["java"],
        // Which is not the whole answer: see `java_settings`.
        probe: ["-XshowSettings:properties", "-version"],
        client: java![
            "StageRuntime.java",
            "Json.java",
            "Bind.java",
            "com/amazonaws/services/lambda/runtime/Client.java",
            "com/amazonaws/services/lambda/runtime/ClientContext.java",
            "com/amazonaws/services/lambda/runtime/CognitoIdentity.java",
            "com/amazonaws/services/lambda/runtime/Context.java",
            "com/amazonaws/services/lambda/runtime/LambdaLogger.java",
            "com/amazonaws/services/lambda/runtime/RequestHandler.java",
            "com/amazonaws/services/lambda/runtime/RequestStreamHandler.java"
        ],
        what: "Java (a JDK)",
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
    let named = language.candidates.iter().map(|name| PathBuf::from(name.replace("{}", version)));
    let home = std::env::var_os("JAVA_HOME").filter(|_| language.name == "java");
    let home = home.map(|home| PathBuf::from(home).join("bin/java"));
    home.into_iter().chain(named).find_map(|candidate| {
        let output = Command::new(candidate).args(language.probe).stdin(Stdio::null()).output();
        let output = output.ok().filter(|output| output.status.success())?;
        let (path, version) = match language.name {
            "java" => java_settings(&String::from_utf8_lossy(&output.stderr))?,
            _ => {
                let told = String::from_utf8(output.stdout).ok()?;
                let mut lines = told.lines();
                (PathBuf::from(lines.next()?), lines.next()?.to_owned())
            }
        };
        // Python 2 has the same name on some machines.
        (language.name != "python" || version.starts_with("3.")).then_some(Interpreter {
            path,
            version,
            client: language.client,
        })
    })
}

/// The path and the version of a virtual machine, of its list of settings.
fn java_settings(told: &str) -> Option<(PathBuf, String)> {
    let setting = |name: &str| {
        let mut pairs = told.lines().filter_map(|line| line.split_once('='));
        pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
    };
    let version = setting("java.version")?;
    // Java 8 calls itself 1.8.
    let version = version.strip_prefix("1.").unwrap_or(version).to_owned();
    Some((PathBuf::from(setting("java.home")?).join("bin/java"), version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_machine_tells_its_path_and_version() {
        for (version, expected) in [("17.0.15", "17.0.15"), ("1.8.0_452", "8.0_452")] {
            let told = format!(
                "Property settings:\n    java.home = /opt/jdk\n    java.version = {version}\n    java.version.date = 2025\n"
            );
            let expected = Some((PathBuf::from("/opt/jdk/bin/java"), expected.to_owned()));
            assert_eq!(java_settings(&told), expected);
        }
        assert_eq!(java_settings("openjdk version"), None);
        let old = Interpreter { path: PathBuf::new(), version: "8.0_452".to_owned(), client: &[] };
        assert_eq!((old.differs_from("java8.al2", "8"), old.major()), (None, 8));
        assert!(old.differs_from("java17", "17").is_some());
    }
}
