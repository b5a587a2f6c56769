//! What can be asked of the generator, and the help that teaches it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  cargo run -p codegen
      Generate everything below generated/ from the contracts below spec/.

  cargo run -p codegen -- check
      Tell whether the contracts are right and keep the rules, and whether generated/ is up to date, with a diff
      where it is not. Writes nothing, so it is what a pull request runs.

  cargo run -p codegen -- check --deny warnings --summary summary.md
      The same, refused for warnings too, and told in Markdown beside.

  cargo run -p codegen -- check --format github
      The same as annotations on the lines of a pull request; --format sarif for code scanning.

  cargo run -p codegen -- diff main
      What changed since the branch main, and whom it breaks; a tag, a commit or a folder do as well.

  cargo run -p codegen -- check --base origin/main
      The check of a pull request that also refuses changes that break a client, a receiver or stored data.

  cargo run -p codegen -- check --baseline known-findings.txt --write-baseline
  cargo run -p codegen -- check --baseline known-findings.txt
      Begin with contracts that have findings: list them once, then report only others. --prune takes out what is
      resolved; --new-only origin/main compares with a branch instead.

  cargo run -p codegen -- lint --fix
      Correct what has one right form, with comments and order kept.

  cargo run -p codegen -- rules
  cargo run -p codegen -- explain string-unbounded
      Every rule on contracts and on changes; one of them with the reason and an example.

  cargo run -p codegen -- lint --spec ../somewhere/spec
      Only the rules, for contracts that nothing is generated from here.

  cargo run -p codegen -- package
      Build the functions small, one archive each below target/lambda/, where the template expects them.

  cargo run -p codegen -- deploy dev --bucket artifacts
      Package, then deploy with the settings in infra/stages/dev.toml by the AWS command line; --print only
      prints its commands.

  cargo run -p codegen -- --spec examples/parcels/spec --out target/parcels
      Another system, into another folder.

  cargo run -p codegen -- verify --stage local
      Start a stage, ask every operation everything that its contract says, and check every answer.

Contracts:
  spec/<service>/openapi.yaml     the REST interface of a service (OpenAPI 3.0 to 3.2)
  spec/<service>/asyncapi.yaml    the events it sends and receives (AsyncAPI 3.0)
  spec/schemas/*.yaml             schemas that services share by $ref
  spec/policy.yaml                levels of rules, and findings that are ignored for a reason

Exit codes:
  0  the contracts are right, the files are what they come to, and no change breaks anybody
  1  the contracts are wrong (nothing was written) or break a rule of level error, files are stale, a change breaks
     somebody, or an archive is larger than --at-most
  2  the command line is wrong, a file could not be read or written, or a build or deployment failed";

/// From OpenAPI and AsyncAPI contracts to everything between them and the business rule.
#[derive(Debug, Parser)]
#[command(name = "codegen", version, about, after_long_help = EXAMPLES, after_help = "Try --help for examples.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

/// What to do; without one, generate.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum Command {
    /// Write the files that the contracts come to (the default)
    Generate,
    /// Tell whether the contracts are right and keep the rules, and the files are up to date; write nothing
    Check {
        /// Also refuse changes since this git ref or folder that break somebody; `diff --help` says what else may be named
        #[arg(long, value_name = "BASE")]
        base: Option<String>,
        #[command(flatten)]
        adoption: Adoption,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// Tell which rules the contracts break; look at no generated file
    Lint {
        #[command(flatten)]
        adoption: Adoption,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// Tell what changed in the contracts since a git ref or a folder, and whom it breaks; write nothing
    Diff {
        /// The contracts as they were: a git ref (branch, tag, commit) or a folder; `tags:v*` for all tags of such a name and
        /// `releases:FOLDER` for all folders in one, the newest first, where events are compared with every version;
        /// `stack:NAME` for what a deployed stack was made of
        #[arg(value_name = "BASE")]
        base: String,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// Print what changed since a base by service, with the version that is due
    Changelog {
        /// The contracts as they were, as `diff` takes them; `tags:v*` tells the changes of each version
        #[arg(value_name = "BASE")]
        base: String,
        /// The form
        #[arg(long = "as", value_enum, default_value_t = ChangelogForm::Markdown)]
        form: ChangelogForm,
        #[command(flatten)]
        day: Day,
    },
    /// Compare what runs as a stack with the contracts: queues, rules, tables, functions and routes
    Drift {
        /// The stack's name
        #[arg(value_name = "STACK")]
        stack: String,
    },
    /// Register who uses what, so that `diff` tells whom a change concerns
    Consumers {
        #[command(subcommand)]
        action: ConsumersAction,
    },
    /// List every rule, on contracts and on changes of them, with its level
    Rules,
    /// Tell what a code means, why it matters, and what to write instead
    Explain {
        /// The code, as a finding names it
        #[arg(value_name = "CODE")]
        code: String,
    },
    /// Tell whether a running stage keeps the contracts; `verify --help` says how
    #[command(disable_help_flag = true)]
    Verify {
        /// What `verify --help` lists
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
    /// Print a token that a stage on this machine takes; `token --help` says how
    #[command(disable_help_flag = true)]
    Token {
        /// What `token --help` lists
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
    /// Build the functions small and package them where the template expects them
    Package {
        /// What to build for [default: this machine's architecture]
        #[arg(long, value_enum)]
        arch: Option<Arch>,
        /// Fail when an archive is larger than this, in MB
        #[arg(long, value_name = "MB")]
        at_most: Option<u32>,
    },
    /// Tell which of anybody's OpenAPI and AsyncAPI documents in a folder are accepted, and why the others are not
    #[command(hide = true)]
    Survey(Surveyed),
    /// Package the functions and deploy them as a stage, by the AWS command line
    Deploy(Deployment),
    /// Make a new workspace: contracts, rules, tests, stages and checks
    #[command(after_long_help = NEW_EXAMPLES)]
    New(NewSystem),
    /// Add a service, an operation, an event, a table or a workflow to the contracts
    #[command(after_long_help = ADD_EXAMPLES)]
    Add(Addition),
    /// Serve the system on this machine, and take up every contract and rule that is saved
    #[command(after_long_help = DEV_HELP)]
    Dev(Dev),
    /// Write the JSON Schemas by which editors complete and check the contracts
    Schema {
        /// Print the schema of this kind of document instead
        #[arg(value_enum)]
        kind: Option<DocumentKind>,
    },
    /// Print the services, routes, events, queues and tables as a diagram
    Graph {
        /// The language of the diagram
        #[arg(long = "as", value_enum, default_value_t = GraphLanguage::Mermaid)]
        language: GraphLanguage,
    },
    /// Print the completions of a shell for this command
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What to do with registered consumers.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum ConsumersAction {
    /// Write `consumers/NAME.yaml` from exchanges that a browser, a proxy or a test recorded
    Record {
        /// Its name
        name: String,
        /// An HTTP archive (HAR); may be given several times
        #[arg(long, value_name = "FILE", required = true)]
        har: Vec<PathBuf>,
    },
}

/// The form of a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangelogForm {
    /// Markdown
    Markdown,
    /// One page of HTML
    Html,
}

/// A kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentKind {
    /// Requests
    #[value(name = "openapi")]
    OpenApi,
    /// Events
    #[value(name = "asyncapi")]
    AsyncApi,
}

/// The language of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphLanguage {
    /// Mermaid, which GitHub and many editors draw
    Mermaid,
    /// DOT, for Graphviz
    Dot,
}

const NEW_EXAMPLES: &str = "\
Examples:
  codegen new library
      A workspace in the folder `library`: a service with two functions, an event, and the rules to begin with.

  codegen new --from petstore.yaml
      The same around an OpenAPI document that exists, with a file for each rule that is to be written. Files that it
      refers to come along.

  codegen new library --git https://git.example.com/contracts.git --rev v1.2.0
      With `runtime` and `stage` from a git repository instead of from where this program was built.

Nothing that is there is ever replaced: run it again after an interruption, or in a folder that holds other files.";

const ADD_EXAMPLES: &str = "\
Examples:
  codegen add service loans
  codegen add table loans Loan --key loanId
  codegen add operation loans getLoan --table Loan --action get
  codegen add operation loans returnBook --method post --path /loans/{loanId}/return
  codegen add event loans BookReturned --on returnBook --to notes
  codegen add workflow lend loans.getLoan loans.returnBook

Contracts are edited in place: comments and order stay, and an edit that would make them wrong is refused. A rule's file
is written once and never over one that is there. --print shows all changes and writes nothing.";

/// What to add.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Addition {
    #[command(subcommand)]
    pub(super) what: What,
    /// Print the changes as a diff; write nothing
    #[arg(long, global = true)]
    pub(super) print: bool,
}

/// What can be added.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum What {
    /// A service with an OpenAPI document, and the crate of its rules
    Service {
        /// Its name, which is its folder's
        name: String,
    },
    /// An operation of a service: bound to a table, or with a rule to write
    Operation {
        /// The service
        service: String,
        /// The `operationId`
        #[arg(value_name = "ID")]
        id: String,
        /// The HTTP method
        #[arg(long, default_value = "get")]
        method: String,
        /// The path [default: the service's name, with the key of --table]
        #[arg(long)]
        path: Option<String>,
        /// The table that it is bound to, by the schema of its items
        #[arg(long, value_name = "SCHEMA", requires = "action")]
        table: Option<String>,
        /// What it does with the table
        #[arg(long, value_enum, requires = "table")]
        action: Option<TableAction>,
        /// An event that it publishes; may be given several times
        #[arg(long, value_name = "EVENT")]
        publishes: Vec<String>,
    },
    /// An event that a service publishes, and the service that receives it through a queue
    Event {
        /// The service that publishes it
        service: String,
        /// Its name, like `BookReturned`
        name: String,
        /// The operation that publishes it
        #[arg(long, value_name = "ID")]
        on: Option<String>,
        /// The service that receives it
        #[arg(long, value_name = "SERVICE")]
        to: Option<String>,
    },
    /// A table of a service: a schema whose objects are its items
    Table {
        /// The service
        service: String,
        /// The schema
        #[arg(value_name = "SCHEMA")]
        name: String,
        /// The property that is the partition key
        #[arg(long, default_value = "id")]
        key: String,
        /// The property that is the sort key
        #[arg(long, value_name = "KEY")]
        sort: Option<String>,
    },
    /// A workflow over operations, as an Arazzo document
    Workflow {
        /// Its name
        name: String,
        /// The operations in their order, like `notes.addNote`
        #[arg(value_name = "SERVICE.OPERATION", required = true)]
        steps: Vec<String>,
    },
}

/// What an operation does with its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names are those of `x-dynamodb`")]
pub(super) enum TableAction {
    Get,
    Create,
    Put,
    Replace,
    Delete,
}

impl TableAction {
    /// The action as contracts spell it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Create => "create",
            Self::Put => "put",
            Self::Replace => "replace",
            Self::Delete => "delete",
        }
    }
}

const DEV_HELP: &str = "\
What happens when a file is saved:
  a contract  is checked; generated files, functions and the template follow
  a rule      is compiled; the function that it belongs to is replaced
  The port, the items in tables and the messages in queues stay; what is under way is finished by the old program.
  While something is wrong, it is told, and what was right last goes on being served.

Tables are kept in memory, and with --data-dir in a folder. Ctrl-C ends everything.";

/// How to serve while files change.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Dev {
    /// The port of the API; 0 for any that is free
    #[arg(long, default_value_t = 3000)]
    pub(super) port: u16,
    /// Keep tables in this folder instead of in memory
    #[arg(long, value_name = "FOLDER")]
    pub(super) data_dir: Option<PathBuf>,
    /// Show all that functions write, and not only warnings and errors
    #[arg(long)]
    pub(super) logs: bool,
}

/// A workspace to make.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct NewSystem {
    /// The folder to make, whose name packages and stacks begin with; `.` for this folder [default: the service of --from]
    #[arg(value_name = "NAME")]
    pub(super) name: Option<PathBuf>,
    /// An OpenAPI or AsyncAPI document to begin with, of any name, or a folder of contracts; may be given several times
    #[arg(long, value_name = "FILE OR FOLDER")]
    pub(super) from: Vec<PathBuf>,
    /// What the service of the document is called [default: the file's name, or the document's title]
    #[arg(long, value_name = "NAME", requires = "from")]
    pub(super) service: Option<String>,
    /// The checkout that `runtime`, `stage` and the generator are in [default: the one that this program was built from]
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["git", "release"])]
    pub(super) path: Option<PathBuf>,
    /// The git repository that they are in
    #[arg(long, value_name = "URL", conflicts_with = "release")]
    pub(super) git: Option<String>,
    /// The commit, tag or branch of the git repository
    #[arg(long, value_name = "REV", requires = "git")]
    pub(super) rev: Option<String>,
    /// Their release in the registry
    #[arg(long, value_name = "VERSION")]
    pub(super) release: Option<String>,
}

/// What to survey.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Surveyed {
    /// The folder with the documents
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// A file of defaults that every document gets as `spec/defaults.yaml`
    #[arg(long, value_name = "FILE")]
    pub(super) defaults: Option<PathBuf>,
    /// Leave what is generated in this folder, a folder for each document
    #[arg(long, value_name = "FOLDER")]
    pub(super) keep: Option<PathBuf>,
    /// The seconds of processor time that a document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub(super) limit: u64,
}

/// How to deploy.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Deployment {
    /// The stage: the name of a file of settings in infra/stages, without `.toml`
    #[arg(value_name = "STAGE")]
    pub(super) stage: String,
    /// The S3 bucket for the archives and the template [default: `bucket` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(super) bucket: Option<String>,
    /// The stack's name [default: `stack` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(super) stack: Option<String>,
    /// A parameter of the template, in place of or beside those in the settings; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub(super) parameter: Vec<(String, String)>,
    /// What to build for [default: `Architecture` in the settings, or this machine's architecture]
    #[arg(long, value_enum)]
    pub(super) arch: Option<Arch>,
    /// Print the commands that would be run; build and deploy nothing
    #[arg(long)]
    pub(super) print: bool,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("must be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// What functions are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Arch {
    /// AWS Graviton
    Arm64,
    /// Intel and AMD
    #[value(name = "x86_64")]
    X86_64,
    /// Each function for what its contract says
    Contract,
}

/// What is refused, over what the policy's file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Strictness {
    /// Take a rule for an error, or `warnings` for all that are warnings (of `check`: all on contracts, none on
    /// changes); may be given several times
    #[arg(long, value_name = "RULE")]
    pub(super) deny: Vec<String>,
    /// Switch a rule off; may be given several times
    #[arg(long, value_name = "RULE")]
    pub(super) allow: Vec<String>,
    /// Which events must stay readable [default: what the policy says, or delivery]
    #[arg(long, value_enum)]
    pub(super) events: Option<Mode>,
    /// The levels that rules on contracts have where nothing else sets one [default: what the policy says, or recommended]
    #[arg(long, value_enum)]
    pub(super) preset: Option<PresetName>,
    /// Add what was found to this file, in Markdown
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
}

/// Which events must stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Mode {
    /// New events by old receivers, events under way by new receivers
    Delivery,
    /// Events of before by the new contract
    Backward,
    /// New events by the old contract
    Forward,
    /// Both
    Full,
}

/// Levels of all rules at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PresetName {
    /// What is wrong or unsafe; nothing on words, names, limits and forms of errors
    Minimal,
    /// Every rule at the level that `rules` lists
    Recommended,
    /// Every rule, and warnings are errors
    Strict,
}

/// How a repository begins that has findings already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Adoption {
    /// Report only findings that this file does not list; a listed finding that is gone is an error
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the findings of today into the file of --baseline, which must not be there yet
    #[arg(long, requires = "baseline", conflicts_with = "prune")]
    pub(super) write_baseline: bool,
    /// Remove what is gone from the file of --baseline
    #[arg(long, requires = "baseline")]
    pub(super) prune: bool,
    /// Report only findings that the contracts of this git ref or folder do not have
    #[arg(long, value_name = "REF OR FOLDER")]
    pub(super) new_only: Option<String>,
    /// Correct in place what has one right form; comments and order stay
    #[arg(long)]
    pub(super) fix: bool,
}

/// The day that a run takes for today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Day {
    /// The day that decides which sunsets have passed, like 2027-01-31 [default: today, in UTC]
    #[arg(long, value_name = "DAY")]
    pub(super) today: Option<String>,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with the contracts [default: spec, here or in the workspace around this folder]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) spec: Option<PathBuf>,
    /// The folder for the generated files [default: generated, beside the contracts]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// How findings are told
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Whether findings are colored; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Print errors only: no warnings, no notes, no summary
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub shows on the lines of a pull request
    Github,
    /// Markdown, for the summary of a job
    Markdown,
    /// JUnit's XML, which most build servers and GitLab show
    Junit,
}

/// Whether findings are colored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Arguments {
    /// What to do.
    pub(super) fn command(&self) -> &Command {
        self.command.as_ref().unwrap_or(&Command::Generate)
    }
}

impl Options {
    /// The options as they are given to a command that is a program of its own.
    pub(super) fn forwarded(&self) -> Vec<OsString> {
        let mut out: Vec<OsString> = Vec::new();
        if let Some(spec) = &self.spec {
            out.extend(["--spec".into(), spec.clone().into()]);
        }
        let name = |value: Option<clap::builder::PossibleValue>| {
            value.map(|value| value.get_name().to_owned()).unwrap_or_default()
        };
        out.extend(["--format".into(), name(self.format.to_possible_value()).into()]);
        out.extend(["--color".into(), name(self.color.to_possible_value()).into()]);
        out.extend(self.quiet.then(|| "--quiet".into()));
        out
    }
}

impl std::ops::Deref for Arguments {
    type Target = Options;

    fn deref(&self) -> &Options {
        &self.options
    }
}
