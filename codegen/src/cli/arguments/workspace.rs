//! What is made of a whole workspace: a new one, its local stage, its deployment; and other people's documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(super) const NEW_EXAMPLES: &str = "\
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

pub(super) const DEV_HELP: &str = "\
When you save a contract, it is checked, and generated files, functions and the template are
updated. When you save Rust code, it is compiled, and the functions that use it are replaced.

The port, table items and queued messages are kept. Requests in flight finish in the old program.
If something does not compile, the error is printed and the last working version keeps running.

Tables are kept in memory, or in a folder with --data-dir. Press Ctrl-C to stop.";

/// How to run the system locally.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct Dev {
    /// The port of the API; 0 for any free port
    #[arg(long, default_value_t = 3000)]
    pub(in crate::cli) port: u16,
    /// Keep tables in this folder instead of in memory
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) data_dir: Option<PathBuf>,
    /// Print all log lines of functions, not only warnings and errors
    #[arg(long)]
    pub(in crate::cli) logs: bool,
}

/// The workspace to create.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct NewSystem {
    /// The folder to create; packages and stacks are named after it. `.` is the current folder [default: the service
    /// of --from]
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: Option<PathBuf>,
    /// Start from this OpenAPI, AsyncAPI or Arazzo document, or from a folder of contracts; repeatable. The load test
    /// runs the workflows of Arazzo documents
    #[arg(long, value_name = "FILE OR FOLDER")]
    pub(in crate::cli) from: Vec<PathBuf>,
    /// Implement each operation by the example of its success response, with the properties that the request has too
    #[arg(long, requires = "from")]
    pub(in crate::cli) mock: bool,
    /// Leave out the workflows of Arazzo documents that have errors, instead of refusing the documents
    #[arg(long, requires = "from")]
    pub(in crate::cli) skip_invalid_workflows: bool,
    /// The name of the document's service [default: the file name or the document's title]
    #[arg(long, value_name = "NAME", requires = "from")]
    pub(in crate::cli) service: Option<String>,
    /// Depend on `runtime`, `stage` and the generator in this checkout [default: the checkout that built this
    /// program]
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["git", "release"])]
    pub(in crate::cli) path: Option<PathBuf>,
    /// Depend on them in this git repository
    #[arg(long, value_name = "URL", conflicts_with = "release")]
    pub(in crate::cli) git: Option<String>,
    /// The commit, tag or branch of the git repository
    #[arg(long, value_name = "REV", requires = "git")]
    pub(in crate::cli) rev: Option<String>,
    /// Depend on this version of them in the registry of --registry
    #[arg(long, value_name = "VERSION", requires = "registry")]
    pub(in crate::cli) release: Option<String>,
    /// The registry that has them, by its name in Cargo's configuration. On the public one, `runtime` and `stage` are
    /// packages of others
    #[arg(long, value_name = "NAME", requires = "release")]
    pub(in crate::cli) registry: Option<String>,
}

/// The documents to survey.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct Surveyed {
    /// The folder with the documents
    #[arg(value_name = "FOLDER")]
    pub(in crate::cli) folder: PathBuf,
    /// A file that is used as `spec/defaults.yaml` with each document
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) defaults: Option<PathBuf>,
    /// Keep the generated code in this folder, one folder for each document
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) keep: Option<PathBuf>,
    /// The maximum processor time for a document, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub(in crate::cli) limit: u64,
}

/// How to deploy.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct Deployment {
    /// The stage: the name of a settings file in infra/stages, without `.toml`
    #[arg(value_name = "STAGE")]
    pub(in crate::cli) stage: String,
    /// The S3 bucket for archives and template [default: `bucket` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) bucket: Option<String>,
    /// The name of the stack [default: `stack` in the settings]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) stack: Option<String>,
    /// Set a template parameter; overrides the settings; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub(in crate::cli) parameter: Vec<(String, String)>,
    /// The architecture of the functions [default: `Architecture` in the settings, or this machine's architecture]
    #[arg(long, value_enum)]
    pub(in crate::cli) arch: Option<Arch>,
    /// Print the commands without running them, and as comments what else is done; build and deploy nothing
    #[arg(long)]
    pub(in crate::cli) print: bool,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("must be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The architecture that functions are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Arch {
    /// AWS Graviton
    Arm64,
    /// Intel and AMD
    #[value(name = "x86_64")]
    X86_64,
    /// The architecture that each function's contract names
    Contract,
}
