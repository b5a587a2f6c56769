//! Stands a plan up: opens ports, creates tables, queues and buses, and starts what serves them.
//!
//! Runs once, on the stage's own thread. What it starts ends with that thread.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock, Weak};

use tokio::net::TcpListener;

use crate::access::{Guard, ResourcePolicies};
use crate::account::{ACCOUNT, REGION};
use crate::aws::{Endpoint, Told};
use crate::bus::{self, BusService};
use crate::clock::Clock;
use crate::cloudformation::CloudFormation;
use crate::cpu;
use crate::guardian::Guardian;
use crate::http::Visitors;
use crate::issuer::Issuer;
use crate::lambda::{self, Destinations, Functions};
use crate::log::Log;
use crate::programs::{Finder, Program, Workspace};
use crate::queue::{self, QueueService};
use crate::reload::{RunningParts, open_ports};
use crate::routing;
use crate::secrets::Secrets;
use crate::stage::{ApiUrl, Running, StageError, StageOptions};
use crate::store::Store;
use crate::table::{Proxy, TableContext, Tables};
use crate::template;
use crate::template::{Plan, Stacks, Surroundings};
use crate::topic::Topics;
use crate::way::{self, Way};

/// What is known before anything is created.
struct Prepared {
    plan: Plan,
    programs: Vec<Program>,
    surroundings: Surroundings,
    issuer: Arc<Issuer>,
    secrets: Arc<RwLock<Secrets>>,
    workspace: Workspace,
    store: Option<Store>,
    guard: Option<Arc<Guard>>,
}

/// Stands up what the options say; everything is ready when this returns.
pub(crate) async fn start(options: &StageOptions) -> Result<(Running, RunningParts), StageError> {
    let log = options.journal.beside(&options.log);
    let options = &StageOptions { log, ..options.clone() };
    let endpoint_listener = listen(options.aws_port, "--aws-port").await?;
    let mut prepared = prepare(options, url_of(&endpoint_listener)?)?;
    let (urls, ports) = match options.runs_functions {
        true => open_ports(&[], &mut prepared.plan, options.port).await?,
        false => (Vec::new(), Vec::new()),
    };
    let guard = prepared.guard.clone();
    let plan = prepared.plan.clone();
    let mut standing = stand(options, prepared).map_err(|error| error.placed(&plan))?;
    if options.runs_functions {
        standing.start_pollers().map_err(|error| error.placed(&plan))?;
    }
    standing.serve(ports);
    let front = front(options, &standing, guard.clone());
    tokio::spawn(front.serve(endpoint_listener, standing.visitors.clone()));
    let running = Running {
        plan: standing.plan.clone(),
        apis: urls,
        endpoint: standing.surroundings.endpoint.clone(),
        queues: standing.queues.clone(),
        buses: standing.buses.clone(),
        functions: Arc::clone(&standing.functions),
        tables: Arc::clone(&standing.tables),
        issuer: Arc::clone(&standing.issuer),
        guard,
        thread_name: cpu::this_thread(),
    };
    Ok((running, standing))
}

/// Reads the templates and finds the program of each function.
fn prepare(options: &StageOptions, endpoint: String) -> Result<Prepared, StageError> {
    let stacks = Stacks::read(options.templates(), &options.stack)?;
    let secrets = Secrets::read(options.secrets.as_deref(), &options.template)?;
    let surroundings = Surroundings {
        stored: secrets.stored().clone(),
        region: REGION.to_owned(),
        account: ACCOUNT.to_owned(),
        stack: options.stack.clone(),
        endpoint,
        exports: BTreeMap::new(),
        allow_inert: options.allow_inert,
        languages: options.runtimes.keys().cloned().collect(),
    };
    let issuer = match &options.issuer_key {
        Some(path) => Issuer::of_file(path)?,
        None => Issuer::generate()?,
    };
    let plan = stacks.plan(&options.parameters, &surroundings)?;
    let secrets = Arc::new(RwLock::new(secrets.for_plan(&plan)?));
    let workspace = Workspace::new();
    let programs = match options.runs_functions {
        true => programs(&plan, options, &workspace)?,
        false => Vec::new(),
    };
    let store = options.data_dir.as_deref().map(Store::open).transpose()?;
    let guard = Guard::of(options.access, &plan, &options.log)?.map(Arc::new);
    let issuer = Arc::new(issuer);
    Ok(Prepared { plan, programs, surroundings, issuer, secrets, workspace, store, guard })
}

/// Creates tables, queues, buses, topics and functions, and what leads from one to another.
fn stand(options: &StageOptions, prepared: Prepared) -> Result<RunningParts, StageError> {
    let Prepared { plan, programs, surroundings, issuer, secrets, workspace, store, guard } =
        prepared;
    let visitors = Visitors::new(&options.allow_hosts, &options.allow_origins);
    let tables = Arc::new(create_tables(&plan, options, &visitors, store.clone())?);
    let queues = create_queues(&plan, options, &surroundings.endpoint, store.clone())?;
    let settings = lambda_settings(options, &surroundings, &tables, guard, store.clone())?;
    let declared = plan.functions.iter().cloned().zip(programs).collect();
    let functions = Arc::new(Functions::start(declared, &settings));
    let found = Arc::default();
    let destinations = destinations(Arc::clone(&found), settings.guard.clone(), &options.log);
    let policies = Arc::new(ResourcePolicies::of(options.access, &plan, &queues, &options.log)?);
    let topics = Topics::new(
        queues.clone(),
        Arc::clone(&functions),
        options.retries,
        destinations.clone(),
        Arc::clone(&policies),
        options.log.clone(),
    );
    topics.replace(&plan.topics, &plan.subscriptions);
    let way = Arc::new(Way {
        topics: topics.clone(),
        queues: queues.clone(),
        functions: Arc::clone(&functions),
        retries: options.retries,
        destinations: destinations.clone(),
        policies: Arc::clone(&policies),
        buses: OnceLock::new(),
        log: options.log.clone(),
    });
    // Nothing was invoked yet, so nobody has asked for the way before it is known.
    let _ = found.set(Arc::downgrade(&way));
    let buses = create_buses(&plan, options, &way, store.clone())?;
    if let Some(store) = &store {
        functions.take_up(store, options.retries, &destinations, &options.log)?;
    }
    Ok(RunningParts {
        options: options.clone(),
        surroundings,
        visitors,
        settings,
        served: Vec::new(),
        pollers: Vec::new(),
        stream_pollers: Vec::new(),
        stream_places: Vec::new(),
        destinations,
        queues,
        buses,
        topics,
        way,
        policies,
        functions,
        tables,
        issuer,
        secrets,
        shown: Arc::new(RwLock::new(plan.clone())),
        plan,
        is_partial: false,
        workspace,
    })
}

/// How functions are run.
fn lambda_settings(
    options: &StageOptions,
    surroundings: &Surroundings,
    tables: &Tables,
    guard: Option<Arc<Guard>>,
    store: Option<Store>,
) -> Result<lambda::Settings, StageError> {
    Ok(lambda::Settings {
        max_environments: options.max_concurrency,
        region: REGION.to_owned(),
        endpoint: surroundings.endpoint.clone(),
        dynamodb_endpoint: (!options.tables_through_endpoint && guard.is_none())
            .then(|| format!("http://{}", tables.address())),
        log: options.log.clone(),
        guard,
        guardian: Guardian::start().map_err(StageError::Start)?,
        freezes: options.freezes,
        limits_memory: options.limits_memory,
        store,
        journal: options.journal.clone(),
        chaos: Arc::clone(&options.chaos),
    })
}

/// The AWS endpoint of what stands.
fn front(options: &StageOptions, standing: &RunningParts, guard: Option<Arc<Guard>>) -> Endpoint {
    let plan = Arc::clone(&standing.shown);
    Endpoint {
        queues: standing.queues.clone(),
        buses: standing.buses.clone(),
        topics: standing.topics.clone(),
        tables: Proxy::new(standing.tables.address(), Arc::clone(&options.chaos)),
        stacks: CloudFormation::of(Arc::clone(&plan)),
        plan,
        log: options.log.clone(),
        told: Told::default(),
        journal: options.journal.clone(),
        switch: options.switch.clone(),
        functions: Arc::clone(&standing.functions),
        retries: options.retries,
        destinations: standing.destinations.clone(),
        issuer: Arc::clone(&standing.issuer),
        secrets: Arc::clone(&standing.secrets),
        access: guard.map(|guard| (guard, standing.surroundings.clone())),
        policies: Arc::clone(&standing.policies),
    }
}

fn create_tables(
    plan: &Plan,
    options: &StageOptions,
    visitors: &Visitors,
    store: Option<Store>,
) -> Result<Tables, StageError> {
    let context = TableContext {
        store,
        journal: options.journal.clone(),
        visitors: visitors.clone(),
        ..TableContext::default()
    };
    let tables = Tables::serve(&plan.tables, options.data_dir.as_deref(), &context, &options.log)?;
    Ok(tables)
}

/// The program of each function; what is to be said of them is said.
pub(crate) fn programs(
    plan: &Plan,
    options: &StageOptions,
    workspace: &Workspace,
) -> Result<Vec<Program>, StageError> {
    let finder = Finder {
        stacks: &plan.stacks,
        bin_dir: options.bin_dir.as_deref(),
        commands: &options.runtimes,
        workspace,
        log: &options.log,
    };
    let found = finder.find(&plan.functions)?;
    for left_out in &plan.left_out {
        options.log.problem("skipped", left_out);
    }
    for (function, note) in &found.notes {
        options.log.problem(function, note);
    }
    Ok(found.programs)
}

pub(crate) async fn listen(port: u16, option: &str) -> Result<TcpListener, StageError> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("the port is in use; choose another with {option}")
            }
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

/// Gives an API that is served on a port its URL, which is also put where the template computes the one in AWS.
pub(crate) fn localize(plan: &mut Plan, index: usize, port: u16) -> ApiUrl {
    let api = &mut plan.apis[index];
    let base = format!("http://127.0.0.1:{port}");
    let functions = plan.functions.iter_mut();
    let environments = functions.flat_map(|function| function.environment.values_mut());
    let of_stacks = plan.stacks.iter_mut().flat_map(|stack| stack.outputs.values_mut());
    for value in plan.outputs.values_mut().chain(of_stacks).chain(environments) {
        *value = with_local_url(value, &api.api_id, &base);
    }
    let routes =
        api.routes.iter().map(|route| (route.method.clone(), route.path.clone())).collect();
    let url = match api.stage.as_str() {
        "$default" => base,
        stage => format!("{base}/{stage}"),
    };
    api.url.clone_from(&url);
    ApiUrl { kind: api.kind(), id: api.id.clone(), url, routes }
}

/// A text in which the URL that an API has in AWS, in whatever region, is the one it has here.
fn with_local_url(text: &str, api_id: &str, base: &str) -> String {
    let start = format!("https://{api_id}.execute-api.");
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&start) {
        let in_region = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let host = after.trim_start_matches(in_region).strip_prefix(".amazonaws.com");
        out.push_str(before);
        match host {
            Some(host) => {
                out.push_str(base);
                rest = host.strip_prefix(".cn").unwrap_or(host);
            }
            None => {
                out.push_str(&start);
                rest = after;
            }
        }
    }
    out + rest
}

fn create_queues(
    plan: &Plan,
    options: &StageOptions,
    endpoint: &str,
    store: Option<Store>,
) -> Result<QueueService, StageError> {
    let settings = queue::Settings {
        region: REGION.to_owned(),
        account: ACCOUNT.to_owned(),
        base_url: endpoint.to_owned(),
    };
    let (clock, chaos) = (Clock::system(), Arc::clone(&options.chaos));
    let queues = match store {
        Some(store) => QueueService::kept_in(store, settings, clock, chaos)?,
        None => QueueService::new(settings, clock, chaos),
    };
    for declared in &plan.queues {
        put_queue(&queues, declared)?;
    }
    Ok(queues)
}

/// Creates a queue, or gives one that is there the attributes that the template says, and to all others their defaults; its
/// messages stay.
pub(crate) fn put_queue(
    queues: &QueueService,
    declared: &template::Queue,
) -> Result<(), StageError> {
    let failed = |source| StageError::of_queue(&declared.name, source);
    let put = match queues.queue(&declared.name) {
        // What somebody set by the API stays until the template says something else.
        Ok(queue) if queue.is_declared_as(&declared.attributes) => return Ok(()),
        Ok(queue) => queue.set_all(&declared.attributes).map(|()| queue),
        Err(_) => queues.create(&declared.name, &declared.attributes, BTreeMap::new()),
    };
    put.and_then(|queue| queue.declare(&declared.attributes)).map_err(failed)
}

fn create_buses(
    plan: &Plan,
    options: &StageOptions,
    way: &Arc<Way>,
    store: Option<Store>,
) -> Result<BusService, StageError> {
    let origin = bus::Origin { region: REGION.to_owned(), account: ACCOUNT.to_owned() };
    let (clock, chaos) = (Clock::system(), Arc::clone(&options.chaos));
    let buses = BusService::kept_in(store, origin, clock, chaos, Arc::<Way>::clone(way))
        .noted_in(options.journal.clone())
        .telling(options.log.clone())
        .watched_by(Arc::clone(&options.tap));
    let _ = way.buses.set(buses.downgrade());
    routing::put_all(&buses, plan)?;
    buses.take_up(&options.log)?;
    Ok(buses)
}

/// Records of asynchronous invocations go the way that all messages go.
fn destinations(
    way: Arc<OnceLock<Weak<Way>>>,
    guard: Option<Arc<Guard>>,
    log: &Log,
) -> Destinations {
    let log = log.clone();
    Destinations::new(move |function, arn, record| {
        let action = way::action_on(arn);
        if guard.as_ref().is_some_and(|guard| !guard.lets(function, action, arn)) {
            return;
        }
        let Some(way) = way.get().and_then(Weak::upgrade) else { return };
        if let Err(error) = way.record(arn, record) {
            log.problem(arn, &format!("a record of an asynchronous invocation is lost: {error}"));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::with_local_url;

    #[test]
    fn the_url_of_an_api_is_local_whatever_region_it_is_written_with() {
        for (written, expected) in [
            ("https://a1.execute-api.us-east-1.amazonaws.com/v1/", "L/v1/"),
            ("https://a1.execute-api.eu-west-1.amazonaws.com", "L"),
            ("https://a1.execute-api.cn-north-1.amazonaws.com.cn/v1", "L/v1"),
            (
                "https://b2.execute-api.eu-west-1.amazonaws.com",
                "https://b2.execute-api.eu-west-1.amazonaws.com",
            ),
            ("https://a1.execute-api.example", "https://a1.execute-api.example"),
            (
                "x https://a1.execute-api.eu-west-1.amazonaws.com,https://a1.execute-api.us-east-1.amazonaws.com",
                "x L,L",
            ),
        ] {
            assert_eq!(with_local_url(written, "a1", "L"), expected);
        }
    }
}
