//! The arguments of the command line, and their help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::model::StreamView;

const EXAMPLES: &str = "\
In a checkout of this program's repository, write `cargo run -p codegen --` instead of `codegen`.

Examples:
  codegen
      Generate code in generated/ from the contracts in spec/.

  codegen check
      Validate and lint the contracts, and check that generated/ is up to date. Print a diff where
      it is not. Write nothing. Run this in every pull request.

  codegen check --deny warnings --summary summary.md
      The same, but fail on warnings too, and append a Markdown summary to a file.

  codegen check --format github
      The same, with annotations in a GitHub pull request. Use --format sarif for code scanning.

  codegen diff main
      List what changed since the branch main, and the consumers that each change breaks. BASE can
      also be a tag, a commit or a folder.

  codegen check --base origin/main
      Check a pull request, and fail on changes that break clients, event receivers or stored
      data.

  codegen check --baseline known-findings.txt --write-baseline
  codegen check --baseline known-findings.txt
      Adopt the rules with existing contracts: record the current findings once, then report only
      new ones. Use --prune to remove fixed findings from the file, or --new-only origin/main to
      compare with a branch instead.

  codegen lint --fix
      Fix findings that have exactly one correct form. Comments and order are kept.

  codegen rules
  codegen explain string-unbounded
      List all rules on contracts and changes, or explain one with its reason and an example.

  codegen lint --spec ../somewhere/spec
      Lint contracts in another folder, without generating code.

  codegen package
      Build the functions for size, and write one archive each to target/lambda/, where the
      template expects it.

  codegen deploy dev --bucket artifacts
      Package the functions, then deploy them with the AWS CLI and the settings in
      infra/stages/dev.toml. Use --print to print the commands only.

  codegen --spec examples/parcels/spec --out target/parcels
      Generate code for another system into another folder.

  codegen verify --stage local
      Start a local stage, send requests to every operation, and validate every response against
      the contracts.

Contracts:
  spec/<service>/openapi.yaml     the REST API of a service (OpenAPI 3.0 to 3.2)
  spec/<service>/asyncapi.yaml    the events that it sends and receives (AsyncAPI 3.0 and 3.1)
  spec/workflows/*.arazzo.yaml    what clients do, step by step (Arazzo 1.0 and 1.1)
  spec/schemas/*.yaml             schemas that several services share by $ref
  spec/defaults.yaml              bus, event source and delivery of the whole system
  spec/policy.yaml                levels of rules, and findings to ignore with a reason
  spec/consumers/*.yaml           what each consumer uses of the contracts, for `diff`

Exit codes:
  0  success: the contracts are valid, generated files are up to date, and nothing breaks
  1  the contracts are invalid (nothing is written) or violate a rule of level error,
     generated files are stale, a change breaks a consumer, or an archive exceeds --at-most
  2  wrong usage, a file that cannot be read or written, or a failed build or deployment";

/// Generate the handlers, wiring and infrastructure of serverless services from OpenAPI and AsyncAPI contracts
#[derive(Debug, Parser)]
#[command(name = "codegen", version, about, after_long_help = EXAMPLES, after_help = "Try --help for examples.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

/// The command; `generate` when there is none.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum Command {
    /// Generate code from the contracts (the default)
    Generate,
    /// Validate and lint the contracts, and check that generated files are up to date; write nothing
    Check {
        /// Also fail on breaking changes since this git ref or folder; `diff --help` lists every form of BASE
        #[arg(long, value_name = "BASE")]
        base: Option<String>,
        #[command(flatten)]
        adoption: Adoption,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// Lint the contracts only; ignore generated files
    Lint {
        #[command(flatten)]
        adoption: Adoption,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// List the changes of the contracts since BASE, and the consumers that they break; write nothing
    Diff {
        /// The earlier contracts: a git ref (branch, tag or commit) or a folder. `tags:v*` compares with every
        /// matching tag and `releases:FOLDER` with every folder in FOLDER, newest first; events are compared with all
        /// of these versions. `stack:NAME` compares with the contracts of a deployed stack
        #[arg(value_name = "BASE")]
        base: String,
        /// Succeed if BASE contains no contracts or invalid ones, so that a pull request can add or repair them
        #[arg(long)]
        if_comparable: bool,
        #[command(flatten)]
        strictness: Strictness,
        #[command(flatten)]
        day: Day,
    },
    /// Print a changelog since BASE, by service, with the semantic version that each service needs
    Changelog {
        /// The earlier contracts, as for `diff`; `tags:v*` prints one section for each version
        #[arg(value_name = "BASE")]
        base: String,
        /// The output format
        #[arg(long = "as", value_enum, default_value_t = ChangelogForm::Markdown)]
        form: ChangelogForm,
        #[command(flatten)]
        day: Day,
    },
    /// Compare a deployed stack with the contracts: queues, rules, tables, functions and routes
    Drift {
        /// The name of the stack
        #[arg(value_name = "STACK")]
        stack: String,
    },
    /// Record which consumers use what, so that `diff` names the consumers that a change affects
    Consumers {
        #[command(subcommand)]
        action: ConsumersAction,
    },
    /// List all rules on contracts and on changes, with their levels
    Rules,
    /// Explain a code: what it means, why it matters, and how to fix it
    Explain {
        /// The code, as printed with a finding
        #[arg(value_name = "CODE")]
        code: String,
    },
    /// Test a running stage against the contracts; see `verify --help`
    #[command(disable_help_flag = true)]
    Verify {
        /// The arguments; see `verify --help`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
    /// Print an access token for a local stage; see `token --help`
    #[command(disable_help_flag = true)]
    Token {
        /// The arguments; see `token --help`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
    /// Build the functions for size and package them where the template expects them
    Package {
        /// The architecture of the functions [default: this machine's architecture]
        #[arg(long, value_enum)]
        arch: Option<Arch>,
        /// Fail when an archive is larger than this number of megabytes
        #[arg(long, value_name = "MB")]
        at_most: Option<u32>,
    },
    /// Generate code from each OpenAPI and AsyncAPI document in a folder, and report why others are refused
    Survey(Surveyed),
    /// Package the functions and deploy them with the AWS CLI
    Deploy(Deployment),
    /// Create a new workspace: contracts, business rules, tests, stages and CI checks
    #[command(after_long_help = NEW_EXAMPLES)]
    New(NewSystem),
    /// Add a service, operation, event, table, stream receiver or workflow to the contracts
    #[command(after_long_help = ADD_EXAMPLES)]
    Add(Addition),
    /// Run the system locally, and reload contracts and code when they are saved
    #[command(after_long_help = DEV_HELP)]
    Dev(Dev),
    /// Write JSON Schemas, with which editors complete and validate the contracts
    Schema {
        /// Print the schema for this kind of document instead
        #[arg(value_enum)]
        kind: Option<DocumentKind>,
    },
    /// Print services, routes, events, queues and tables as a diagram
    Graph {
        /// The diagram language
        #[arg(long = "as", value_enum, default_value_t = GraphLanguage::Mermaid)]
        language: GraphLanguage,
    },
    /// Print shell completions for this command
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What to do with the list of consumers.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum ConsumersAction {
    /// Write `consumers/NAME.yaml` from recorded requests and responses
    Record {
        /// The name of the consumer
        name: String,
        /// An HTTP archive (HAR), from a browser, a proxy or a test; repeatable
        #[arg(long, value_name = "FILE", required_unless_present = "stage")]
        har: Vec<PathBuf>,
        /// The requests that a running local stage has received lately: the URL of its AWS endpoint, or `local` for the
        /// stage that was started in this folder
        #[arg(long, value_name = "STAGE")]
        stage: Option<String>,
    },
}

/// The output format of a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangelogForm {
    /// Markdown
    Markdown,
    /// A single HTML page
    Html,
}

/// A kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentKind {
    /// An OpenAPI document
    #[value(name = "openapi")]
    OpenApi,
    /// An AsyncAPI document
    #[value(name = "asyncapi")]
    AsyncApi,
    /// An Arazzo document
    #[value(name = "arazzo")]
    Arazzo,
}

/// The language of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphLanguage {
    /// Mermaid, which GitHub and many editors render
    Mermaid,
    /// DOT, for Graphviz
    Dot,
    /// A picture (SVG), which every browser shows
    Svg,
}

const NEW_EXAMPLES: &str = "\
Examples:
  codegen new library
      Create a workspace in the folder `library`, with a service of two functions, an event, and
      a sample business rule.

  codegen new --from petstore.yaml
      Create a workspace around an existing OpenAPI document, with a file for each operation that
      is to be implemented. Files that the document refers to are copied too.

  codegen new --from museum.yaml --from tickets.arazzo.yaml --mock
      The same with operations that return the examples of the document, and a load test that runs
      the workflows of the Arazzo document: cargo run -p museum-loadtest.

  codegen new library --git https://git.example.com/contracts.git --rev v1.2.0
      Depend on `runtime` and `stage` in a git repository, instead of the checkout that built this
      program.

Existing files are never replaced. The command can be repeated after an interruption, and it can
be run in a folder that contains other files.";

const ADD_EXAMPLES: &str = "\
Examples:
  codegen add service loans
  codegen add table loans Loan --key loanId
  codegen add operation loans getLoan --table Loan --action get
  codegen add operation loans returnBook --method post --path /loans/{loanId}/return
  codegen add event loans BookReturned --on returnBook --to notes
  codegen add event loans BookReturned --to letters       # a second receiver
  codegen add stream loans Loan --view NEW_IMAGE
  codegen add workflow lend loans.getLoan loans.returnBook

Contracts are edited in place. Comments and order are kept, and an edit that would make the
contracts invalid is refused. A file for an operation's implementation is created once and never
overwritten. What a contract has already is completed: after you edited the contract of `loans`
by hand, `codegen add service loans` creates the missing files and methods. Use --print to show
all changes without writing them.";

/// What to add.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Addition {
    #[command(subcommand)]
    pub(super) what: What,
    /// Print the changes as a diff; write nothing
    #[arg(long, global = true)]
    pub(super) print: bool,
}

impl Addition {
    /// Whether a service is added, which needs no other contract.
    pub(super) fn is_service(&self) -> bool {
        matches!(self.what, What::Service { .. })
    }
}

/// What can be added.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum What {
    /// Add a service: an OpenAPI document and a crate for its business rules
    Service {
        /// The name of the service, and of its folder
        name: String,
    },
    /// Add an operation to a service: bound to a table, or implemented by hand
    Operation {
        /// The service
        service: String,
        /// The `operationId`
        #[arg(value_name = "ID")]
        id: String,
        /// The HTTP method [default: the one that goes with the action, or `get`]
        #[arg(long)]
        method: Option<String>,
        /// The path [default: the name of the service or, after its first table, of the table, with the
        /// key of --table]
        #[arg(long)]
        path: Option<String>,
        /// The table that the operation uses, by the schema of its items
        #[arg(long, value_name = "SCHEMA", requires = "action")]
        table: Option<String>,
        /// What the operation does with the table
        #[arg(long, value_enum, requires = "table")]
        action: Option<TableAction>,
        /// The index that the actions `query` and `count` read instead of the table
        #[arg(long, value_name = "NAME", requires = "action")]
        index: Option<String>,
        /// An event that the operation publishes; repeatable
        #[arg(long, value_name = "EVENT")]
        publishes: Vec<String>,
    },
    /// Add an event that a service publishes, and optionally services that receive it, each through a queue
    Event {
        /// The service that publishes the event
        service: String,
        /// The name of the event, such as `BookReturned`
        name: String,
        /// The operation that publishes the event
        #[arg(long, value_name = "ID")]
        on: Option<String>,
        /// A service that receives the event, which may be there already; repeatable
        #[arg(long, value_name = "SERVICE")]
        to: Vec<String>,
    },
    /// Add a table to a service: a schema whose objects are the items
    Table {
        /// The service
        service: String,
        /// The name of the schema
        #[arg(value_name = "SCHEMA")]
        name: String,
        /// The property that is the partition key
        #[arg(long, default_value = "id")]
        key: String,
        /// The property that is the sort key
        #[arg(long, value_name = "KEY")]
        sort: Option<String>,
    },
    /// Add a function that receives the changes of a table, from its stream
    Stream {
        /// The service
        service: String,
        /// The table, by the schema of its items
        #[arg(value_name = "SCHEMA")]
        table: String,
        /// What the function gets of an item: before and after the change, one of both, or its key
        #[arg(long, value_parser = StreamView::ALL.map(|(name, _)| name))]
        view: Option<String>,
    },
    /// Add a workflow: an Arazzo document that calls operations in order
    Workflow {
        /// The name of the workflow
        name: String,
        /// The operations in order, such as `notes.addNote`
        #[arg(value_name = "SERVICE.OPERATION", required = true)]
        steps: Vec<String>,
    },
}

/// What an operation does with its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are those of `x-dynamodb`")]
pub(super) enum TableAction {
    Get,
    BatchGet,
    Create,
    Put,
    Upsert,
    Replace,
    Patch,
    Update,
    Increment,
    Delete,
    Query,
    List,
    Count,
}

impl TableAction {
    /// The action as it is written in contracts.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::BatchGet => "batchGet",
            Self::Create => "create",
            Self::Put => "put",
            Self::Upsert => "upsert",
            Self::Replace => "replace",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Increment => "increment",
            Self::Delete => "delete",
            Self::Query => "query",
            Self::List => "list",
            Self::Count => "count",
        }
    }

    /// Whether it may read an index.
    pub(super) fn reads_index(self) -> bool {
        matches!(self, Self::Query | Self::Count)
    }
}

const DEV_HELP: &str = "\
When you save a contract, it is checked, and generated files, functions and the template are
updated. When you save Rust code, it is compiled, and the functions that use it are replaced.

The port, table items and queued messages are kept. Requests in flight finish in the old program.
If something does not compile, the error is printed and the last working version keeps running.

Tables are kept in memory, or in a folder with --data-dir. Press Ctrl-C to stop.";

/// How to run the system locally.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Dev {
    /// The port of the API; 0 for any free port
    #[arg(long, default_value_t = 3000)]
    pub(super) port: u16,
    /// Keep tables in this folder instead of in memory
    #[arg(long, value_name = "FOLDER")]
    pub(super) data_dir: Option<PathBuf>,
    /// Print all log lines of functions, not only warnings and errors
    #[arg(long)]
    pub(super) logs: bool,
}

/// The workspace to create.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct NewSystem {
    /// The folder to create; packages and stacks are named after it. `.` is the current folder [default: the service
    /// of --from]
    #[arg(value_name = "NAME")]
    pub(super) name: Option<PathBuf>,
    /// Start from this OpenAPI, AsyncAPI or Arazzo document, or from a folder of contracts; repeatable. The load test
    /// runs the workflows of Arazzo documents
    #[arg(long, value_name = "FILE OR FOLDER")]
    pub(super) from: Vec<PathBuf>,
    /// Implement each operation by the example of its success response, with the properties that the request has too
    #[arg(long, requires = "from")]
    pub(super) mock: bool,
    /// Leave out the workflows of Arazzo documents that have errors, instead of refusing the documents
    #[arg(long, requires = "from")]
    pub(super) skip_invalid_workflows: bool,
    /// The name of the document's service [default: the file name or the document's title]
    #[arg(long, value_name = "NAME", requires = "from")]
    pub(super) service: Option<String>,
    /// Depend on `runtime`, `stage` and the generator in this checkout [default: the checkout that built this
    /// program]
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["git", "release"])]
    pub(super) path: Option<PathBuf>,
    /// Depend on them in this git repository
    #[arg(long, value_name = "URL", conflicts_with = "release")]
    pub(super) git: Option<String>,
    /// The commit, tag or branch of the git repository
    #[arg(long, value_name = "REV", requires = "git")]
    pub(super) rev: Option<String>,
    /// Depend on this version of them in the registry of --registry
    #[arg(long, value_name = "VERSION", requires = "registry")]
    pub(super) release: Option<String>,
    /// The registry that has them, by its name in Cargo's configuration. On the public one, `runtime` and `stage` are
    /// packages of others
    #[arg(long, value_name = "NAME", requires = "release")]
    pub(super) registry: Option<String>,
}

/// The documents to survey.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Surveyed {
    /// The folder with the documents
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// A file that is used as `spec/defaults.yaml` with each document
    #[arg(long, value_name = "FILE")]
    pub(super) defaults: Option<PathBuf>,
    /// Keep the generated code in this folder, one folder for each document
    #[arg(long, value_name = "FOLDER")]
    pub(super) keep: Option<PathBuf>,
    /// The maximum processor time for a document, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub(super) limit: u64,
}

/// How to deploy.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(super) struct Deployment {
    /// The stage: the name of a settings file in infra/stages, without `.toml`
    #[arg(value_name = "STAGE")]
    pub(super) stage: String,
    /// The S3 bucket for archives and template [default: `bucket` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(super) bucket: Option<String>,
    /// The name of the stack [default: `stack` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(super) stack: Option<String>,
    /// Set a template parameter; overrides the settings; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub(super) parameter: Vec<(String, String)>,
    /// The architecture of the functions [default: `Architecture` in the settings, or this machine's architecture]
    #[arg(long, value_enum)]
    pub(super) arch: Option<Arch>,
    /// Print the commands without running them; build and deploy nothing
    #[arg(long)]
    pub(super) print: bool,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("must be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The architecture that functions are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Arch {
    /// AWS Graviton
    Arm64,
    /// Intel and AMD
    #[value(name = "x86_64")]
    X86_64,
    /// The architecture that each function's contract names
    Contract,
}

/// Which findings fail a run, in addition to the policy file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Strictness {
    /// Report this rule as an error, or `warnings` for every rule of level warning; repeatable. With `check`,
    /// `warnings` covers rules on contracts and not rules on changes
    #[arg(long, value_name = "RULE")]
    pub(super) deny: Vec<String>,
    /// Turn a rule off; repeatable
    #[arg(long, value_name = "RULE")]
    pub(super) allow: Vec<String>,
    /// Which events must stay readable [default: from the policy, or delivery]
    #[arg(long, value_enum)]
    pub(super) events: Option<Mode>,
    /// The default levels of rules on contracts [default: from the policy, or recommended]
    #[arg(long, value_enum)]
    pub(super) preset: Option<PresetName>,
    /// Append the findings to this file as Markdown
    #[arg(long, value_name = "FILE")]
    pub(super) summary: Option<PathBuf>,
}

/// Which events must stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Mode {
    /// Old receivers read new events, and new receivers read events that are in flight
    Delivery,
    /// The new contract reads old events
    Backward,
    /// The old contract reads new events
    Forward,
    /// Both backward and forward
    Full,
}

/// Default levels for all rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PresetName {
    /// Only what is wrong or unsafe; nothing about wording, naming, limits or error formats
    Minimal,
    /// Every rule at the level that `rules` lists
    Recommended,
    /// Every rule: warnings become errors; notes, and rules that are off, become warnings
    Strict,
}

/// How to adopt the rules with contracts that already have findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Adoption {
    /// Report only findings that are not in this file; a listed finding that no longer occurs is an error
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the current findings to the file of --baseline, which must not exist yet
    #[arg(long, requires = "baseline", conflicts_with = "prune")]
    pub(super) write_baseline: bool,
    /// Remove findings that no longer occur from the file of --baseline
    #[arg(long, requires = "baseline")]
    pub(super) prune: bool,
    /// Refuse findings in the file of --baseline that it did not list at this git ref; `check --base` does the same
    #[arg(long, requires = "baseline", value_name = "REF")]
    pub(super) baseline_since: Option<String>,
    /// Report only findings that the contracts of this git ref or folder do not have
    #[arg(long, value_name = "REF OR FOLDER")]
    pub(super) new_only: Option<String>,
    /// Fix in place what has exactly one correct form; keep comments and order
    #[arg(long)]
    pub(super) fix: bool,
}

/// The date that a run uses as today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(super) struct Day {
    /// The date used as today, to decide which sunset dates have passed, such as 2027-01-31 [default: today, in UTC]
    #[arg(long, value_name = "DAY")]
    pub(super) today: Option<String>,
}

/// The options of every command.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with the contracts [default: spec, in this folder or in the workspace above it]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) spec: Option<PathBuf>,
    /// The folder for generated files [default: generated, next to the contracts]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// The output format of findings
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// When to use colors
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Print errors only: no warnings, no notes, no summary
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

/// The output format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text for people
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub workflow commands, shown as annotations in a pull request
    Github,
    /// Markdown, for a job summary
    Markdown,
    /// JUnit XML, for GitLab and most build servers
    Junit,
}

/// When to use colors.
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
    /// The arguments of this process; ends it with a message when they are wrong, or ask for help.
    pub(super) fn of(given: impl IntoIterator<Item = OsString>) -> Self {
        let arguments = Self::parse_from(given);
        if let Some(instead) = arguments.command().instead_of(arguments.format) {
            let name = arguments.format.to_possible_value();
            let name = name.map(|name| name.get_name().to_owned()).unwrap_or_default();
            let message = format!("this command does not print {name}: {instead}");
            <Self as CommandFactory>::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        arguments
    }

    /// The command.
    pub(super) fn command(&self) -> &Command {
        self.command.as_ref().unwrap_or(&Command::Generate)
    }
}

impl Command {
    /// What to do where the command does not print in a format; nothing where it does.
    fn instead_of(&self, format: Format) -> Option<&'static str> {
        match (self, format) {
            (_, Format::Human)
            | (Self::Rules, Format::Json | Format::Markdown)
            | (Self::Survey(_), Format::Json) => None,
            (Self::Rules, _) => Some("its formats are human, json and markdown"),
            (Self::Survey(_), _) => Some("its formats are human and json"),
            (Self::Graph { .. } | Self::Changelog { .. }, _) => Some("choose its format with --as"),
            (Self::Explain { .. } | Self::Schema { .. } | Self::Completions { .. }, _) => {
                Some("it has one format, so leave --format out")
            }
            _ => None,
        }
    }
}

impl Options {
    /// The options as they are passed to a command that is a separate program.
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
