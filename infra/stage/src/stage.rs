//! A stage from start to end: what stands where, and who starts whom.
//!
//! A stage runs on a thread of its own, so it works alike in a command, in a load test that keeps its own threads busy,
//! and in several tests of one process. Owns that thread; everything on it ends when the stage is dropped.

mod options;

pub(crate) use crate::account::REGION;
pub use options::StageOptions;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::access::{AccessError, Call, Guard};
use crate::binaries::BinaryError;
use crate::bus::{BusError, BusService};
use crate::cpu;
use crate::issuer::{Issuer, IssuerError};
use crate::lambda::Functions;
use crate::metrics::{BusMetrics, Metrics, QueueMetrics};
use crate::queue::{QueueError, QueueService};
use crate::reload::Reloaded;
use crate::secrets::SecretsError;
use crate::startup::start;
use crate::store::StoreError;
use crate::table::{TableError, Tables};
use crate::template::{Plan, TemplateError};

/// How long the processes of functions are waited for when the stage ends.
const PATIENCE: Duration = Duration::from_secs(2);

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
    #[error("cannot create the rule, bus or pipe `{name}`")]
    Bus {
        /// Its name.
        name: String,
        /// Why.
        source: BusError,
    },
    /// A resource of the template cannot be created.
    #[error("{place}")]
    Resource {
        /// Where it is, and what: ``template.yaml:3: resource `Orders` (AWS::SQS::Queue)``.
        place: String,
        /// Why.
        source: Box<StageError>,
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

impl StageError {
    /// The same with the place of the resource that it is about, where a template declares one.
    pub(crate) fn placed(self, plan: &Plan) -> Self {
        let place = match &self {
            Self::Table(TableError::Create { name, .. })
            | Self::Queue { name, .. }
            | Self::Bus { name, .. } => plan.stacks.iter().find_map(|stack| stack.declares(name)),
            _ => None,
        };
        match place {
            Some(place) => Self::Resource { place, source: Box::new(self) },
            None => self,
        }
    }

    /// A bus, rule or filter that cannot be created.
    pub(crate) fn of_bus(name: &str, source: BusError) -> Self {
        Self::Bus { name: name.to_owned(), source }
    }

    /// A queue that cannot be created or found.
    pub(crate) fn of_queue(name: &str, source: QueueError) -> Self {
        Self::Queue { name: name.to_owned(), source }
    }
}

/// An API that is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUrl {
    /// What it is: `REST API`, `HTTP API`, `function URL`.
    pub kind: &'static str,
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
    /// Whatever keeps it from being stood up; the stage goes on as it was.
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

    /// The physical name of a table, by its logical id; of a nested stack's by `Data.Things`, or by `Things` if no other
    /// stack has such a table. So it is with queues, functions and rules.
    #[must_use]
    pub fn table_name(&self, id: &str) -> Option<&str> {
        with_id(&self.running.plan.tables, |one| &one.id, id).map(|table| table.name.as_str())
    }

    /// The URL of a queue, by its logical id.
    #[must_use]
    pub fn queue_url(&self, id: &str) -> Option<&str> {
        with_id(&self.running.plan.queues, |one| &one.id, id).map(|queue| queue.url.as_str())
    }

    /// The physical name of a function, by its logical id.
    #[must_use]
    pub fn function_name(&self, id: &str) -> Option<&str> {
        with_id(&self.running.plan.functions, |one| &one.id, id).map(|one| one.name.as_str())
    }

    /// The physical name of a rule, by its logical id.
    #[must_use]
    pub fn rule_name(&self, id: &str) -> Option<&str> {
        with_id(&self.running.plan.rules, |one| &one.id, id).map(|rule| rule.name.as_str())
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

    /// What functions have done with AWS so far, each call once; nothing with
    /// [`Access::Off`](crate::access::Access::Off).
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

/// What has a logical id: that id as a whole, or that id in the only nested stack that has such a thing.
fn with_id<'p, T>(all: &'p [T], id_of: impl Fn(&T) -> &str, id: &str) -> Option<&'p T> {
    let is_nested = |one: &&T| id_of(one).rsplit_once('.').is_some_and(|(_, own)| own == id);
    let whole = all.iter().find(|one| id_of(one) == id);
    whole.or_else(|| {
        let mut nested = all.iter().filter(is_nested);
        nested.next().filter(|_| nested.next().is_none())
    })
}
