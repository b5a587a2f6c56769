//! A stage from start to end: what stands where, and who starts whom.
//!
//! A stage runs on a thread of its own, so it works alike in a command, in a load test that keeps its own threads busy,
//! and in several tests of one process. Owns that thread; everything on it ends when the stage is dropped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::aws::Endpoint;
use crate::binaries::{self, BinaryError};
use crate::clock::Clock;
use crate::cpu;
use crate::fault::{Calm, Chaos};
use crate::gateway::Gateway;
use crate::guardian::Guardian;
use crate::lambda::{self, Destinations, Functions, Retries};
use crate::log::Log;
use crate::mapping::Poller;
use crate::metrics::{Metrics, QueueMetrics};
use crate::queue::{self, NewMessage, QueueError, QueueService};
use crate::table::{Proxy, TableError, Tables};
use crate::template::{ACCOUNT, Plan, Surroundings, Template, TemplateError};

/// The region that everything local is in.
pub const REGION: &str = "us-east-1";

/// How long the processes of functions are waited for when the stage ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a stage is made from.
#[derive(Clone)]
pub struct StageOptions {
    /// The template.
    pub template: PathBuf,
    /// Values of the template's parameters.
    pub parameters: BTreeMap<String, String>,
    /// `AWS::StackName`
    pub stack: String,
    /// The port of the first API, the next ones following; 0 for any.
    pub port: u16,
    /// The port of the AWS endpoint; 0 for any.
    pub aws_port: u16,
    /// Where tables are kept; in memory without.
    pub data_dir: Option<PathBuf>,
    /// Environments of a function at a time.
    pub max_concurrency: usize,
    /// The folder of the functions' binaries.
    pub bin_dir: Option<PathBuf>,
    /// Where the stage and functions say what happens.
    pub log: Log,
    /// How long asynchronous invocations wait before they are tried again.
    pub retries: Retries,
    /// What goes wrong on purpose.
    pub chaos: Arc<dyn Chaos>,
    /// Whether functions reach the tables through the AWS endpoint, where faults can come in between, instead of
    /// directly, which costs less CPU.
    pub tables_through_endpoint: bool,
}

impl StageOptions {
    /// Options for a template, with defaults for the rest: any ports, tables in memory, problems on standard error.
    #[must_use]
    pub fn new(template: impl Into<PathBuf>) -> Self {
        Self {
            template: template.into(),
            parameters: BTreeMap::new(),
            stack: "local".to_owned(),
            port: 0,
            aws_port: 0,
            data_dir: None,
            max_concurrency: 10,
            bin_dir: None,
            log: Log::stderr(false),
            retries: Retries::default(),
            chaos: Arc::new(Calm),
            tables_through_endpoint: false,
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
    /// A port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}: {reason}")]
    Listen {
        /// The port.
        port: u16,
        /// Why, and what to do.
        reason: String,
    },
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
    thread: Option<JoinHandle<()>>,
}

/// What is known of a stage that runs.
struct Running {
    plan: Plan,
    apis: Vec<ApiUrl>,
    endpoint: String,
    queues: QueueService,
    functions: Arc<Functions>,
    tables: Tables,
    thread_name: Option<String>,
}

impl Stage {
    /// Stands a template up; it is ready when this returns.
    ///
    /// # Errors
    /// Whatever keeps it from being stood up, and nothing is left running then.
    pub async fn start(options: StageOptions) -> Result<Self, StageError> {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("stage".to_owned());
        let thread = thread.spawn(move || run(&options, ready, stopped)).map_err(StageError::Start)?;
        let running = match started.await {
            Ok(running) => running?,
            Err(_) => return Err(StageError::Ended),
        };
        Ok(Self { running, stop: Some(stop), thread: Some(thread) })
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
        self.running.plan.tables.iter().find(|table| table.id == id).map(|table| table.name.as_str())
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

    /// An output of the template; URLs of APIs are those of the stage.
    #[must_use]
    pub fn output(&self, name: &str) -> Option<&str> {
        self.running.plan.outputs.get(name).map(String::as_str)
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
            stage_cpu_time: running.thread_name.as_deref().and_then(cpu::of_thread).unwrap_or_default(),
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
fn run(options: &StageOptions, ready: Ready, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = ready.send(Err(StageError::Start(error)));
            return;
        }
    };
    runtime.block_on(async {
        match stand_up(options).await {
            Err(error) => {
                let _ = ready.send(Err(error));
            }
            Ok(running) => {
                let functions = Arc::clone(&running.functions);
                if ready.send(Ok(running)).is_ok() {
                    let _ = stopped.await;
                }
                functions.close(PATIENCE).await;
            }
        }
    });
}

async fn stand_up(options: &StageOptions) -> Result<Running, StageError> {
    let template = Template::read(&options.template)?;
    let endpoint_listener = listen(options.aws_port, "--aws-port").await?;
    let endpoint = url_of(&endpoint_listener)?;
    let surroundings = Surroundings {
        region: REGION.to_owned(),
        account: ACCOUNT.to_owned(),
        stack: options.stack.clone(),
        endpoint: endpoint.clone(),
    };
    let mut plan = template.plan(&options.parameters, &surroundings)?;
    let programs = binaries::locate(&plan.functions, options.bin_dir.as_deref(), template.folder())?;
    let apis = open_apis(&mut plan, options.port).await?;

    let tables = Tables::start(&plan.tables, options.data_dir.as_deref(), &options.log)?;
    let queues = create_queues(&plan, options, &endpoint)?;
    let settings = lambda::Settings {
        max_environments: options.max_concurrency,
        region: REGION.to_owned(),
        endpoint: endpoint.clone(),
        dynamodb_endpoint: (!options.tables_through_endpoint).then(|| format!("http://{}", tables.address())),
        log: options.log.clone(),
        guardian: Guardian::start().map_err(StageError::Start)?,
    };
    let declared = plan.functions.iter().cloned().zip(programs).collect();
    let functions = Arc::new(Functions::start(declared, &settings));
    let destinations = destinations(&queues, &options.log);

    start_pollers(&plan, &queues, &functions, options)?;
    let (urls, gateways): (Vec<_>, Vec<_>) = apis.into_iter().unzip();
    for ((listener, port), api) in gateways.into_iter().zip(&plan.apis) {
        let gateway = Gateway::new(api, port, Arc::clone(&functions), options.log.clone());
        tokio::spawn(gateway.serve(listener));
    }
    let front = Endpoint {
        queues: queues.clone(),
        tables: Proxy::new(tables.address()),
        functions: Arc::clone(&functions),
        retries: options.retries,
        destinations,
    };
    tokio::spawn(front.serve(endpoint_listener));
    Ok(Running { plan, apis: urls, endpoint, queues, functions, tables, thread_name: cpu::this_thread() })
}

async fn listen(port: u16, option: &str) -> Result<TcpListener, StageError> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("something else listens there; choose another with {option}"),
            _ => error.to_string(),
        };
        StageError::Listen { port, reason }
    })
}

fn port_of(listener: &TcpListener) -> Result<u16, StageError> {
    listener.local_addr().map(|address| address.port()).map_err(StageError::Start)
}

fn url_of(listener: &TcpListener) -> Result<String, StageError> {
    port_of(listener).map(|port| format!("http://127.0.0.1:{port}"))
}

/// Opens a port for each API, and puts the local URL where the template computes the one in AWS.
async fn open_apis(plan: &mut Plan, port: u16) -> Result<Vec<(ApiUrl, (TcpListener, u16))>, StageError> {
    let mut opened = Vec::new();
    for (index, api) in (0_u16..).zip(&plan.apis) {
        let port = if port == 0 { 0 } else { port.saturating_add(index) };
        let listener = listen(port, "--port").await?;
        let base = url_of(&listener)?;
        let in_aws = format!("https://{}.execute-api.{REGION}.amazonaws.com", api.api_id);
        for value in plan.outputs.values_mut() {
            *value = value.replace(&in_aws, &base);
        }
        for value in plan.functions.iter_mut().flat_map(|function| function.environment.values_mut()) {
            *value = value.replace(&in_aws, &base);
        }
        let routes = api.routes.iter().map(|route| (route.method.clone(), route.path.clone())).collect();
        let url = ApiUrl { id: api.id.clone(), url: format!("{base}/{}", api.stage), routes };
        let port = port_of(&listener)?;
        opened.push((url, (listener, port)));
    }
    Ok(opened)
}

fn create_queues(plan: &Plan, options: &StageOptions, endpoint: &str) -> Result<QueueService, StageError> {
    let settings = queue::Settings {
        region: REGION.to_owned(),
        account: ACCOUNT.to_owned(),
        base_url: endpoint.to_owned(),
    };
    let queues = QueueService::new(settings, Clock::system(), Arc::clone(&options.chaos));
    for declared in &plan.queues {
        queues
            .create(&declared.name, &declared.attributes, BTreeMap::new())
            .map_err(|source| StageError::Queue { name: declared.name.clone(), source })?;
    }
    Ok(queues)
}

/// Records of asynchronous invocations go to queues.
fn destinations(queues: &QueueService, log: &Log) -> Destinations {
    let (queues, log) = (queues.clone(), log.clone());
    Destinations::new(move |arn, body, attributes| {
        let mut message = NewMessage::text(body);
        for (name, value) in attributes {
            message.attributes.insert(name.to_owned(), queue::Attribute::text(value));
        }
        let sent = queues.queue_by_arn(arn).and_then(|queue| queue.send(message));
        if let Err(error) = sent {
            log.problem(arn, &format!("a record of an asynchronous invocation is lost: {error}"));
        }
    })
}

fn start_pollers(
    plan: &Plan,
    queues: &QueueService,
    functions: &Functions,
    options: &StageOptions,
) -> Result<(), StageError> {
    for mapping in plan.mappings.iter().filter(|mapping| mapping.enabled) {
        let queue = queues
            .queue_by_arn(&mapping.queue)
            .map_err(|source| StageError::Queue { name: mapping.queue.clone(), source })?;
        // The plan holds only mappings whose function exists.
        let Some(function) = functions.get(&mapping.function) else { continue };
        let poller = Poller {
            declared: mapping.clone(),
            queue,
            function: Arc::clone(function),
            filter: None,
            default_concurrency: options.max_concurrency,
            region: REGION.to_owned(),
            log: options.log.clone(),
        };
        tokio::spawn(poller.run());
    }
    Ok(())
}
