//! What a stage is started with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::access::Access;
use crate::fault::{Calm, Chaos, Seeded, Site, Switch};
use crate::journal::Journal;
use crate::lambda::Retries;
use crate::log::Log;
use crate::programs::Commands;
use crate::tap::{Nobody, Tap};

/// What a stage is made from.
#[derive(Clone)]
pub struct StageOptions {
    /// The template.
    pub template: PathBuf,
    /// Further templates, each a stack of its own that may import what those before it export.
    pub beside: Vec<PathBuf>,
    /// Values of the template's parameters.
    pub parameters: BTreeMap<String, String>,
    /// `AWS::StackName`
    pub stack: String,
    /// The port of the first API, the next ones following; 0 for any.
    pub port: u16,
    /// The port of the AWS endpoint; 0 for any.
    pub aws_port: u16,
    /// Where tables, queues and events on their way are kept; in memory without.
    pub data_dir: Option<PathBuf>,
    /// Environments of a function at a time.
    pub max_concurrency: usize,
    /// Whether functions run, and APIs are served; [`Doubles`](crate::Doubles) does without.
    pub runs_functions: bool,
    /// Whether environments are stopped while they wait for an invocation.
    pub freezes: bool,
    /// Whether an environment that holds more memory than its function's `MemorySize` is ended.
    pub limits_memory: bool,
    /// The folder of the functions' binaries.
    pub bin_dir: Option<PathBuf>,
    /// Commands that run the functions of a language, by language; the handler is their last argument.
    pub runtimes: Commands,
    /// Where the stage and functions say what happens.
    pub log: Log,
    /// How long asynchronous invocations wait before they are tried again.
    pub retries: Retries,
    /// Whether what the stage does not have is left out, and told, instead of refused.
    pub allow_inert: bool,
    /// What goes wrong on purpose. Tables are hurt only where functions reach them through the AWS endpoint.
    pub chaos: Arc<dyn Chaos>,
    /// Who is told of messages.
    pub tap: Arc<dyn Tap>,
    /// What is done about the permissions of functions. Anything but [`Access::Off`] leads functions to the tables
    /// through the AWS endpoint.
    pub access: Access,
    /// The file with the values of secrets and parameters; `infra/local.secrets.toml` of the workspace without.
    pub secrets: Option<PathBuf>,
    /// The file with the key of the local issuer, made where there is none; a key of the stage's own without.
    pub issuer_key: Option<PathBuf>,
    /// Whether functions reach the tables through the AWS endpoint, where faults can come in between, instead of
    /// directly, which costs less CPU.
    pub tables_through_endpoint: bool,
    /// What happened lately, for the console and the commands that ask a running stage.
    pub journal: Journal,
    /// Faults that the console switches; those of `chaos` are fixed without.
    pub switch: Option<Arc<Switch>>,
    /// Names besides loopback's under which requests may ask for the stage; `*` for any.
    pub allow_hosts: Vec<String>,
    /// Origins of pages besides this machine's that may send requests; `*` for any.
    pub allow_origins: Vec<String>,
}

impl StageOptions {
    /// Lets things go wrong on purpose, at every site of the faults' plan.
    #[must_use]
    pub fn with_faults(self, faults: &Arc<Seeded>) -> Self {
        let hurts_tables = faults.plan().hurts(&[Site::TableRead, Site::TableWrite]);
        Self {
            chaos: Arc::<Seeded>::clone(faults),
            tables_through_endpoint: self.tables_through_endpoint || hurts_tables,
            ..self
        }
    }

    /// All templates, in order.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.template).chain(&self.beside)
    }

    /// Options for a template, with defaults for the rest: any ports, tables in memory, problems on standard error.
    #[must_use]
    pub fn new(template: impl Into<PathBuf>) -> Self {
        Self {
            template: template.into(),
            beside: Vec::new(),
            parameters: BTreeMap::new(),
            stack: "local".to_owned(),
            port: 0,
            aws_port: 0,
            data_dir: None,
            max_concurrency: 10,
            runs_functions: true,
            freezes: true,
            limits_memory: true,
            bin_dir: None,
            runtimes: Commands::new(),
            log: Log::stderr(false),
            retries: Retries::default(),
            allow_inert: false,
            chaos: Arc::new(Calm),
            tap: Arc::new(Nobody),
            access: Access::Off,
            secrets: None,
            issuer_key: None,
            tables_through_endpoint: false,
            journal: Journal::default(),
            switch: None,
            allow_hosts: Vec::new(),
            allow_origins: Vec::new(),
        }
    }
}
