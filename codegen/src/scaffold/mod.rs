//! A new workspace around contracts: what people keep editing once it is there.
//!
//! Owns the texts that a workspace begins with, and the example service of one that begins without contracts. The crates
//! of business rules are [`crate::emit`]'s; what is written where is the command line's business.

use askama::Template;

use crate::text::{FileSet, rendered};

/// A workspace to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Its name in kebab case: packages and stacks begin with it.
    pub name: String,
    /// Where `runtime`, `stage` and the generator come from.
    pub source: Source,
    /// Whether it begins with the example service, instead of contracts that exist.
    pub is_example: bool,
}

/// Where the crates come from that a workspace depends on, as its files say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// The dependency on `runtime`, as TOML has it.
    pub runtime: String,
    /// The dependency on `stage`.
    pub stage: String,
    /// The dependency on `harness`.
    pub harness: String,
    /// The command that installs the generator.
    pub install: String,
    /// Whether that works on this machine alone.
    pub is_local: bool,
}

/// The name of the example's service.
pub(crate) const EXAMPLE: &str = "notes";

impl Plan {
    /// What packages begin with.
    #[must_use]
    pub(crate) fn prefix(&self) -> String {
        format!("{}-", self.name)
    }

    /// All files but the contracts, the services and what is generated.
    #[must_use]
    pub(crate) fn workspace(&self) -> FileSet {
        let prefix = self.prefix();
        let mut files = FileSet::default();
        let manifest = Manifest {
            prefix: &prefix,
            runtime: &self.source.runtime,
            stage: &self.source.stage,
            harness: &self.source.harness,
        };
        let about = if self.is_example {
            "A sample service that stores notes, publishes an event for each one, and receives that event."
        } else {
            "A system from existing contracts."
        };
        let readme = Readme {
            name: &self.name,
            about,
            install_hint: &format!("`{}`", self.source.install),
            is_example: self.is_example,
            is_local: self.source.is_local,
        };
        let stage = StageManifest { prefix: &prefix, has_client: self.is_example };
        let workflow = Workflow { install: &self.source.install, is_example: self.is_example };
        files.insert("Cargo.toml", file(&manifest));
        files.insert("README.md", file(&readme));
        files.insert(".gitignore", include_str!("../../templates/new/gitignore"));
        files.insert(".github/workflows/checks.yml", file(&workflow));
        files.insert(
            ".vscode/settings.json",
            include_str!("../../templates/new/vscode/settings.json"),
        );
        files.insert(
            ".vscode/extensions.json",
            include_str!("../../templates/new/vscode/extensions.json"),
        );
        files.insert(
            "infra/local.secrets.toml",
            include_str!("../../templates/new/local.secrets.toml"),
        );
        files.insert("infra/stage/Cargo.toml", file(&stage));
        files.insert("loadtest/Cargo.toml", file(&LoadManifest { prefix: &prefix }));
        files.insert("loadtest/src/main.rs", file(&LoadProgram { prefix: &prefix }));
        files.insert("loadtest/slo.toml", include_str!("../../templates/new/slo.toml"));
        files.insert("infra/stage/src/main.rs", include_str!("../../templates/new/stage.rs"));
        let test = if self.is_example {
            include_str!("../../templates/new/notes/system.rs")
        } else {
            include_str!("../../templates/new/system.rs")
        };
        files.insert("infra/stage/tests/system.rs", test);
        files
    }

    /// The settings of two stages, of the parameters that the template has: CloudFormation refuses any other.
    #[must_use]
    pub(crate) fn stages(&self, template: &str) -> FileSet {
        let is_setting = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
        let fits = |line: &&str| match line.split_once(" = ") {
            Some((name, _)) if is_setting(name) => template.contains(&format!("\n  {name}:\n")),
            _ => true,
        };
        let mut files = FileSet::default();
        let stages =
            [("dev", file(&Dev { name: &self.name })), ("prod", file(&Prod { name: &self.name }))];
        for (stage, settings) in stages {
            let settings: String = settings.split_inclusive('\n').filter(fits).collect();
            files.insert(format!("infra/stages/{stage}.toml"), settings);
        }
        files
    }

    /// The contracts of the example service and its two rules.
    #[must_use]
    pub(crate) fn example(&self) -> FileSet {
        let mut files = FileSet::default();
        let openapi = OpenApi { name: &self.name };
        let bus = pascal(&self.name);
        let asyncapi = AsyncApi { bus: &bus, source: &self.name };
        files.insert("spec/notes/openapi.yaml", file(&openapi));
        files.insert("spec/notes/asyncapi.yaml", file(&asyncapi));
        let own: [(&str, &str); 5] = [
            ("spec/policy.yaml", include_str!("../../templates/new/notes/policy.yaml")),
            ("spec/schemas/note.yaml", include_str!("../../templates/new/notes/note.yaml")),
            ("spec/schemas/problem.yaml", include_str!("../../templates/new/problem.yaml")),
            (
                "services/notes/src/add_note.rs",
                include_str!("../../templates/new/notes/add_note.rs"),
            ),
            (
                "services/notes/src/announce_note.rs",
                include_str!("../../templates/new/notes/announce_note.rs"),
            ),
        ];
        for (path, text) in own {
            files.insert(path, text);
        }
        let library = format!("{}notes", self.prefix()).replace('-', "_");
        files.insert("services/notes/tests/add_note.rs", file(&RuleTest { library: &library }));
        files
    }
}

/// `my-library` as the name of a bus: `MyLibrary`.
fn pascal(kebab: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    kebab.split('-').map(word).collect()
}

/// The text of a template, with one line break at its end.
fn file(template: &impl Template) -> String {
    rendered(template).trim_end().to_owned() + "\n"
}

/// `Cargo.toml` of the workspace.
#[derive(Template)]
#[template(path = "new/Cargo.toml", escape = "none")]
struct Manifest<'a> {
    prefix: &'a str,
    runtime: &'a str,
    stage: &'a str,
    harness: &'a str,
}

/// The package of the load test.
#[derive(Template)]
#[template(path = "new/loadtest.toml", escape = "none")]
struct LoadManifest<'a> {
    prefix: &'a str,
}

/// The program of the load test.
#[derive(Template)]
#[template(path = "new/loadtest.rs", escape = "none")]
struct LoadProgram<'a> {
    prefix: &'a str,
}

/// `README.md`
#[derive(Template)]
#[template(path = "new/README.md", escape = "none")]
struct Readme<'a> {
    name: &'a str,
    about: &'a str,
    install_hint: &'a str,
    is_example: bool,
    is_local: bool,
}

/// The checks of a pull request.
#[derive(Template)]
#[template(path = "new/workflow.yml", escape = "none")]
struct Workflow<'a> {
    install: &'a str,
    is_example: bool,
}

/// The package of the local stage.
#[derive(Template)]
#[template(path = "new/stage.toml", escape = "none")]
struct StageManifest<'a> {
    prefix: &'a str,
    has_client: bool,
}

/// The settings of the stage for development.
#[derive(Template)]
#[template(path = "new/stages/dev.toml", escape = "none")]
struct Dev<'a> {
    name: &'a str,
}

/// The settings of the stage for customers.
#[derive(Template)]
#[template(path = "new/stages/prod.toml", escape = "none")]
struct Prod<'a> {
    name: &'a str,
}

/// The test of one of the example's rules.
#[derive(Template)]
#[template(path = "new/notes/add_note_test.rs", escape = "none")]
struct RuleTest<'a> {
    library: &'a str,
}

/// The example's requests.
#[derive(Template)]
#[template(path = "new/notes/openapi.yaml", escape = "none")]
struct OpenApi<'a> {
    name: &'a str,
}

/// The example's events.
#[derive(Template)]
#[template(path = "new/notes/asyncapi.yaml", escape = "none")]
struct AsyncApi<'a> {
    bus: &'a str,
    source: &'a str,
}
