//! A stage from start to end: what stands where, and who starts whom.
//!
//! A stage runs on a thread of its own, so it works alike in a command, in a load test that keeps its own threads busy,
//! and in several tests of one process. Owns that thread; everything on it ends when the stage is dropped.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::access::{Access, AccessError, Call, Guard};
use crate::binaries::BinaryError;
use crate::bus::{BusError, BusService};
use crate::cpu;
use crate::fault::{Calm, Chaos, Seeded, Site, Switch};
use crate::issuer::{Issuer, IssuerError};
use crate::journal::Journal;
use crate::lambda::{Functions, Retries};
use crate::log::Log;
use crate::metrics::{BusMetrics, Metrics, QueueMetrics};
use crate::programs::Commands;
use crate::queue::{QueueError, QueueService};
use crate::reload::Reloaded;
use crate::secrets::SecretsError;
use crate::startup::start;
use crate::store::StoreError;
use crate::table::{TableError, Tables};
use crate::tap::{Nobody, Tap};
use crate::template::{Plan, TemplateError};

/// The region that everything local is in.
pub const REGION: &str = "us-east-1";

/// How long the processes of functions are waited for when the stage ends.
const PATIENCE: Duration = Duration::from_secs(2);

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

/// Why a stage cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The template cannot be stood up.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A function has no program.
    #[error(transparent)]
    Binary(#[from] BinaryError),
    /// A table cannot be created.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A queue cannot be created.
    #[error("cannot create the queue `{name}`")]
    Queue {
        /// Its name.
        name: String,
        /// Why.
        source: QueueError,
    },
    /// A bus, rule or filter cannot be created.
    #[error("cannot create the rule or bus `{name}`")]
    Bus {
        /// Its name.
        name: String,
        /// Why.
        source: BusError,
    },
    /// What an earlier stage left in the data folder cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Functions read secrets that have no value on this machine.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The local issuer has no key.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// Permissions cannot be judged, or are missing.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// A port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}: {reason}")]
    Listen {
        /// The port.
        port: u16,
        /// Why, and what to do.
        reason: String,
    },
    /// The roles of functions are enforced, and those of a running stage stay as they are.
    #[error("a stage with --enforce-iam cannot reload the template; restart it")]
    Fixed,
    /// The machine does not let the stage have a thread, a process or a timer.
    #[error("cannot start the stage")]
    Start(#[source] std::io::Error),
    /// The stage's thread ended before it was ready, which is a fault of the stage.
    #[error("the stage ended while it started")]
    Ended,
}

/// An API that is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUrl {
    /// Its logical id.
    pub id: String,
    /// `http://127.0.0.1:3000/dev`
    pub url: String,
    /// Its routes: method and path.
    pub routes: Vec<(String, String)>,
}

/// A stage that runs; dropping it ends it.
pub struct Stage {
    running: Running,
    stop: Option<oneshot::Sender<()>>,
    reload: mpsc::UnboundedSender<oneshot::Sender<Result<Reloaded, StageError>>>,
    thread: Option<JoinHandle<()>>,
}

/// What is known of a stage that runs.
pub(crate) struct Running {
    pub(crate) plan: Plan,
    pub(crate) apis: Vec<ApiUrl>,
    pub(crate) endpoint: String,
    pub(crate) queues: QueueService,
    pub(crate) buses: BusService,
    pub(crate) functions: Arc<Functions>,
    pub(crate) tables: Arc<Tables>,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) guard: Option<Arc<Guard>>,
    /// Names the stage's thread, for its CPU time.
    pub(crate) thread_name: Option<String>,
}

impl Stage {
    /// Stands a template up; it is ready when this returns.
    ///
    /// # Errors
    /// Whatever keeps it from being stood up, and nothing is left running then.
    pub async fn start(options: StageOptions) -> Result<Self, StageError> {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let (reload, reloads) = mpsc::unbounded_channel();
        let thread = std::thread::Builder::new().name("stage".to_owned());
        let thread = thread
            .spawn(move || run(&options, ready, stopped, reloads))
            .map_err(StageError::Start)?;
        let running = match started.await {
            Ok(running) => running?,
            Err(_) => return Err(StageError::Ended),
        };
        Ok(Self { running, stop: Some(stop), reload, thread: Some(thread) })
    }

    /// Takes up the template and the binaries as they are now. Ports, items, messages and what is under way stay;
    /// functions that changed finish what they were invoked for, and take nothing new.
    ///
    /// # Errors
    /// Whatever keeps it from being stood up; the stage goes on as it was, as far as the error does not come from
    /// making a table, queue or rule.
    pub async fn reload(&mut self) -> Result<Reloaded, StageError> {
        let (reply, answer) = oneshot::channel();
        self.reload.send(reply).map_err(|_| StageError::Ended)?;
        let reloaded = answer.await.map_err(|_| StageError::Ended)??;
        self.running.plan = reloaded.plan.clone();
        self.running.apis = reloaded.apis.clone();
        Ok(reloaded)
    }

    /// The base URL of the first API, to be put before `/product`; of the AWS endpoint where there is no API.
    #[must_use]
    pub fn api_url(&self) -> &str {
        self.running.apis.first().map_or(&self.running.endpoint, |api| &api.url)
    }

    /// Every API.
    #[must_use]
    pub fn apis(&self) -> &[ApiUrl] {
        &self.running.apis
    }

    /// The URL of the AWS endpoint, for SDK clients; any credentials do.
    #[must_use]
    pub fn aws_endpoint(&self) -> &str {
        &self.running.endpoint
    }

    /// The URL at which DynamoDB alone is served, which costs less than the AWS endpoint.
    #[must_use]
    pub fn dynamodb_endpoint(&self) -> String {
        format!("http://{}", self.running.tables.address())
    }

    /// The physical name of a table, by its logical id.
    #[must_use]
    pub fn table_name(&self, id: &str) -> Option<&str> {
        self.running
            .plan
            .tables
            .iter()
            .find(|table| table.id == id)
            .map(|table| table.name.as_str())
    }

    /// The URL of a queue, by its logical id.
    #[must_use]
    pub fn queue_url(&self, id: &str) -> Option<&str> {
        self.running.plan.queues.iter().find(|queue| queue.id == id).map(|queue| queue.url.as_str())
    }

    /// The physical name of a function, by its logical id.
    #[must_use]
    pub fn function_name(&self, id: &str) -> Option<&str> {
        self.running.plan.functions.iter().find(|one| one.id == id).map(|one| one.name.as_str())
    }

    /// The physical name of a rule, by its logical id.
    #[must_use]
    pub fn rule_name(&self, id: &str) -> Option<&str> {
        self.running.plan.rules.iter().find(|rule| rule.id == id).map(|rule| rule.name.as_str())
    }

    /// Fires a scheduled rule now, by its logical id, beside its own times.
    ///
    /// # Errors
    /// When there is no such rule, or it has no schedule.
    pub fn fire_schedule(&self, id: &str) -> Result<(), BusError> {
        let missing = || BusError::ResourceNotFound(format!("Rule {id} in the template"));
        self.running.buses.fire_now(self.rule_name(id).ok_or_else(missing)?)
    }

    /// An output of the template; URLs of APIs are those of the stage.
    #[must_use]
    pub fn output(&self, name: &str) -> Option<&str> {
        self.running.plan.outputs.get(name).map(String::as_str)
    }

    /// The issuer whose tokens the stage takes.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        &self.running.issuer
    }

    /// What callers send for an API key, by its logical id.
    #[must_use]
    pub fn api_key(&self, id: &str) -> Option<&str> {
        let keys = &self.running.plan.api_keys;
        keys.iter().find(|key| key.id == id).map(|key| key.value.as_str())
    }

    /// What was stood up, and what knowingly was not.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.running.plan
    }

    /// The queues, to look at them without the network.
    #[must_use]
    pub fn queues(&self) -> &QueueService {
        &self.running.queues
    }

    /// The buses, to look at them without the network.
    #[must_use]
    pub fn buses(&self) -> &BusService {
        &self.running.buses
    }

    /// What functions have done with AWS so far, each call once; nothing with [`Access::Off`].
    #[must_use]
    pub fn calls(&self) -> BTreeSet<Call> {
        self.running.guard.as_ref().map(|guard| guard.calls()).unwrap_or_default()
    }

    /// The figures as they are now.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let running = &self.running;
        let queues = running.queues.queues().into_iter().map(|queue| {
            let (depth, ledger) = (queue.depth(), queue.ledger());
            let metrics = QueueMetrics {
                n_visible: depth.visible,
                n_in_flight: depth.in_flight,
                n_delayed: depth.delayed,
                oldest_age: Duration::from_millis(depth.oldest_age_ms),
                n_sent: ledger.sent,
                n_arrived: ledger.arrived,
                n_deleted: ledger.deleted,
            };
            (queue.name().to_owned(), metrics)
        });
        Metrics {
            functions: running.functions.metrics(),
            queues: queues.collect(),
            tables: running.tables.units(),
            buses: BusMetrics::from(running.buses.stats()),
            stage_cpu_time: running
                .thread_name
                .as_deref()
                .and_then(cpu::of_thread)
                .unwrap_or_default(),
            table_cpu_time: running.tables.cpu_time(),
        }
    }

    /// Ends every process and returns when nothing is left.
    pub async fn shutdown(mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // Joining blocks, which the caller's runtime must not.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Ready = oneshot::Sender<Result<Running, StageError>>;

/// The stage's thread. One is enough: what takes time happens in functions and tables.
fn run(
    options: &StageOptions,
    ready: Ready,
    mut stopped: oneshot::Receiver<()>,
    mut reloads: mpsc::UnboundedReceiver<oneshot::Sender<Result<Reloaded, StageError>>>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = ready.send(Err(StageError::Start(error)));
            return;
        }
    };
    runtime.block_on(async {
        match start(options).await {
            Err(error) => {
                let _ = ready.send(Err(error));
            }
            Ok((running, mut standing)) => {
                let functions = Arc::clone(&running.functions);
                if ready.send(Ok(running)).is_ok() {
                    loop {
                        tokio::select! {
                            _ = &mut stopped => break,
                            Some(reply) = reloads.recv() => {
                                // Nobody listens any more when the caller gave up.
                                let _ = reply.send(standing.reload().await);
                            }
                        }
                    }
                }
                functions.close(PATIENCE).await;
            }
        }
    });
}
