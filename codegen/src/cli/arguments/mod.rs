//! The arguments of the command line.

mod addition;
mod help;
mod strictness;
mod workspace;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub(super) use addition::{Addition, TableAction, What};
pub(super) use strictness::{Adoption, Day, Mode, PresetName, Strictness};
pub(super) use workspace::{Arch, Deployment, Dev, NewSystem, Surveyed};

use crate::diag::render::visible_lines;

/// Generate the handlers, wiring and infrastructure of serverless services from OpenAPI and AsyncAPI contracts
#[derive(Debug, Parser)]
#[command(name = "codegen", version, about, after_long_help = help::EXAMPLES, after_help = "Try --help for examples.")]
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
    #[command(after_long_help = workspace::NEW_EXAMPLES)]
    New(NewSystem),
    /// Add a service, operation, event, table, stream receiver or workflow to the contracts
    #[command(after_long_help = addition::EXAMPLES)]
    Add(Addition),
    /// Run the system locally, and reload contracts and code when they are saved
    #[command(after_long_help = workspace::DEV_HELP)]
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
        let given: Vec<OsString> = given.into_iter().collect();
        let arguments = Self::try_parse_from(&given).unwrap_or_else(|error| {
            let error = with_own_format(error, &given);
            // The message repeats what was given.
            let is_plain = |one: &OsString| !one.to_string_lossy().contains(char::is_control);
            if given.iter().all(is_plain) {
                error.exit();
            }
            let _ = writeln!(std::io::stderr(), "{}", visible_lines(error.to_string().trim_end()));
            std::process::exit(error.exit_code());
        });
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

/// An error, which names `--as` where a command has formats of its own and `--format` was given one of them.
fn with_own_format(mut error: clap::Error, given: &[OsString]) -> clap::Error {
    let is_format = matches!(
        error.get(ContextKind::InvalidArg),
        Some(ContextValue::String(argument)) if argument.starts_with("--format")
    );
    let owns = |argument: &OsString| argument == "graph" || argument == "changelog";
    if is_format && let Some(command) = given.iter().find(|one| owns(one)) {
        let tip = format!("the format of `{}` is set by `--as`", command.to_string_lossy());
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
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
    /// A command line of this program: these options, and another command.
    pub(super) fn before(&self, command: Vec<OsString>) -> Vec<OsString> {
        let mut out = vec!["codegen".into()];
        out.extend(self.forwarded());
        if let Some(folder) = &self.out {
            out.extend(["--out".into(), folder.clone().into()]);
        }
        out.extend(command);
        out
    }

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
