//! A template and binaries that changed while the stage runs: taken up in place.
//!
//! Ports, items, messages and what is under way stay. A function that changed finishes what it was invoked for with the
//! program that it began with, and answers everything new with the other. Whatever is wrong is found out before anything
//! changes, as far as it can be, so a template that cannot be stood up leaves the stage as it is.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::access::{Guard, ResourcePolicies};
use crate::bus::{BusError, BusService, BusSettings};
use crate::gateway::{Front, Gateway, Served, Services};
use crate::http::Visitors;
use crate::issuer::Issuer;
use crate::lambda::{self, Destinations, Functions};
use crate::mapping::{Pipe, Poller, StreamPoller};
use crate::programs::Workspace;
use crate::queue::QueueService;
use crate::routing;
use crate::secrets::Secrets;
use crate::stage::{ApiUrl, REGION, StageError, StageOptions};
use crate::startup::{listen, localize, programs, put_queue};
use crate::table::Tables;
use crate::template::{Mapping, Plan, Stacks, StreamMapping, Surroundings};
use crate::topic::Topics;
use crate::way::Way;

/// What changed by taking a template up.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// What is stood up now.
    pub plan: Plan,
    /// Every API.
    pub apis: Vec<ApiUrl>,
    /// How many functions are new or have another program.
    pub n_functions: usize,
    /// What could not be kept.
    pub notes: Vec<String>,
}

/// What stands, and can be changed. Lives on the stage's thread.
pub(crate) struct RunningParts {
    pub(crate) options: StageOptions,
    pub(crate) surroundings: Surroundings,
    pub(crate) visitors: Visitors,
    pub(crate) settings: lambda::Settings,
    pub(crate) served: Vec<(Arc<Served>, u16)>,
    pub(crate) pollers: Vec<(Mapping, JoinHandle<()>)>,
    pub(crate) stream_pollers: Vec<(StreamMapping, JoinHandle<()>)>,
    pub(crate) destinations: Destinations,
    pub(crate) queues: QueueService,
    pub(crate) buses: BusService,
    pub(crate) topics: Topics,
    pub(crate) way: Arc<Way>,
    pub(crate) policies: Arc<ResourcePolicies>,
    pub(crate) functions: Arc<Functions>,
    pub(crate) tables: Arc<Tables>,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) secrets: Arc<RwLock<Secrets>>,
    /// The plan, for those who look.
    pub(crate) shown: Arc<RwLock<Plan>>,
    pub(crate) plan: Plan,
    /// Where code is unpacked, as long as anything may run it.
    pub(crate) workspace: Workspace,
}

impl RunningParts {
    /// Takes up the template and the binaries as they are now.
    pub(crate) async fn reload(&mut self) -> Result<Reloaded, StageError> {
        if self.settings.guard.is_some() {
            return Err(StageError::Fixed);
        }
        let stacks = Stacks::read(self.options.templates(), &self.options.stack)?;
        let (file, path) = (self.options.secrets.as_deref(), &self.options.template);
        let secrets = Secrets::read(file, path)?;
        let surroundings =
            Surroundings { stored: secrets.stored().clone(), ..self.surroundings.clone() };
        let mut plan = stacks.plan(&self.options.parameters, &surroundings)?;
        let secrets = secrets.for_plan(&plan)?;
        let programs = programs(&plan, &self.options, &self.workspace)?;
        let listeners = self.open_more(plan.apis.len()).await?;
        let ports = self.served.iter().map(|(_, port)| *port);
        let ports: Vec<u16> = ports.chain(listeners.iter().map(|(_, port)| *port)).collect();
        let apis: Vec<ApiUrl> = (0..plan.apis.len())
            .zip(ports)
            .map(|(index, port)| localize(&mut plan, index, port))
            .collect();

        *self.secrets.write().unwrap_or_else(PoisonError::into_inner) = secrets;
        let notes = self.tables.update(&plan.tables)?;
        self.update_queues(&plan)?;
        let declared = plan.functions.iter().cloned().zip(programs).collect();
        let n_functions = self.functions.replace(declared, &self.settings);
        let before = std::mem::replace(&mut self.plan, plan);
        self.topics
            .replace(&self.plan.topics, &self.plan.subscriptions)
            .map_err(|(name, source)| StageError::Bus { name, source })?;
        self.update_buses(&before)?;
        self.policies.replace(&self.plan)?;
        self.start_pollers(None)?;
        self.serve(listeners);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = self.plan.clone();
        Ok(Reloaded { plan: self.plan.clone(), apis, n_functions, notes })
    }

    /// Opens a port for each API that is new.
    async fn open_more(&self, n_apis: usize) -> Result<Vec<(TcpListener, u16)>, StageError> {
        let mut opened = Vec::new();
        for index in self.served.len()..n_apis {
            let offset = u16::try_from(index).unwrap_or(u16::MAX);
            let port = self.options.port;
            let port = if port == 0 { 0 } else { port.saturating_add(offset) };
            let listener = listen(port, "--port").await?;
            let port = listener.local_addr().map_err(StageError::Start)?.port();
            opened.push((listener, port));
        }
        Ok(opened)
    }

    /// Puts the gateways of the plan behind the ports that are open, and serves further ones.
    pub(crate) fn serve(&mut self, listeners: Vec<(TcpListener, u16)>) {
        let gateway = |api, port| {
            let (functions, chaos) = (Arc::clone(&self.functions), Arc::clone(&self.options.chaos));
            let guard = self.settings.guard.clone();
            let services =
                Services::new(self.queues.clone(), self.buses.clone(), &self.surroundings.endpoint);
            let (issuer, policies) = (Arc::clone(&self.issuer), Arc::clone(&self.policies));
            let front = Front::of(&self.plan, api, issuer, guard, policies, services);
            let log = self.options.log.clone();
            Gateway::new(api, port, functions, chaos, log, front, self.visitors.clone())
                .noted_in(self.options.journal.clone())
        };
        let mut apis = self.plan.apis.iter();
        for ((served, port), api) in self.served.iter().zip(apis.by_ref().take(self.served.len())) {
            served.replace(gateway(api, *port));
        }
        let mut further = Vec::new();
        for ((listener, port), api) in listeners.into_iter().zip(apis) {
            let served = Arc::new(Served::new(gateway(api, port)));
            tokio::spawn(Arc::clone(&served).serve(listener));
            further.push((served, port));
        }
        self.served.extend(further);
    }

    /// Creates queues that are new and changes the others; their messages stay.
    fn update_queues(&self, plan: &Plan) -> Result<(), StageError> {
        for declared in &plan.queues {
            put_queue(&self.queues, declared)?;
        }
        Ok(())
    }

    /// Creates buses that are new, puts every rule of the plan, and removes those that were of the plan before.
    fn update_buses(&self, before: &Plan) -> Result<(), StageError> {
        for declared in &self.plan.buses {
            if before.buses.iter().any(|known| known.name == declared.name) {
                continue;
            }
            self.buses
                .create_bus(&declared.name, BusSettings::default())
                .map_err(|source| StageError::Bus { name: declared.name.clone(), source })?;
        }
        for declared in &self.plan.archives {
            routing::make_archive(&self.buses, declared)
                .map_err(|source| StageError::Bus { name: declared.name.clone(), source })?;
        }
        // A schedule that stays goes on; to be put again, it would begin anew.
        for declared in self.plan.rules.iter().filter(|rule| !before.rules.contains(rule)) {
            routing::put_rule(&self.buses, declared)
                .map_err(|source| StageError::Bus { name: declared.name.clone(), source })?;
        }
        let has = |plan: &Plan, bus: &str, rule: &str, target: Option<&str>| {
            let mut rules = plan.rules.iter().filter(|one| one.bus == bus && one.name == rule);
            rules.any(|rule| {
                target.is_none_or(|target| rule.targets.iter().any(|one| one.id == target))
            })
        };
        self.buses.retain(|bus, rule, target| {
            has(&self.plan, bus, rule, target) || !has(before, bus, rule, target)
        });
        Ok(())
    }

    /// Starts the poller of each mapping that is new or changed, and ends those of the others. A batch that was taken
    /// is processed all the same; what a poller was about to take stays in its queue.
    pub(crate) fn start_pollers(&mut self, guard: Option<&Arc<Guard>>) -> Result<(), StageError> {
        let mut before = std::mem::take(&mut self.pollers);
        for mapping in self.plan.mappings.iter().filter(|mapping| mapping.enabled) {
            if let Some(at) = before.iter().position(|(known, _)| known == mapping) {
                self.pollers.push(before.swap_remove(at));
                continue;
            }
            let queue = self
                .queues
                .queue_by_arn(&mapping.queue)
                .map_err(|source| StageError::Queue { name: mapping.queue.clone(), source })?;
            // The plan holds only mappings whose function exists.
            let poller = Poller {
                declared: mapping.clone(),
                queue,
                functions: Arc::clone(&self.functions),
                filter: routing::filter(&mapping.filters)
                    .map_err(|source| StageError::Bus { name: mapping.id.clone(), source })?,
                default_concurrency: self.options.max_concurrency,
                region: REGION.to_owned(),
                log: self.options.log.clone(),
                guard: guard.cloned(),
                tap: Arc::clone(&self.options.tap),
                journal: self.options.journal.clone(),
                pipe: self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:sqs")?,
            };
            self.pollers.push((mapping.clone(), tokio::spawn(poller.run())));
        }
        for (_, poller) in before {
            poller.abort();
        }
        self.start_stream_pollers(guard)
    }

    /// The pipe of a mapping that is one.
    fn pipe(
        &self,
        id: &str,
        declared: Option<&crate::template::Pipe>,
        source: &'static str,
    ) -> Result<Option<Pipe>, StageError> {
        let pipe = declared.map(|pipe| Pipe::new(pipe, source, &self.functions, &self.way));
        pipe.transpose().map_err(|reason| StageError::Bus {
            name: id.to_owned(),
            source: BusError::Validation(reason),
        })
    }

    /// As [`start_pollers`](Self::start_pollers), for streams of tables.
    fn start_stream_pollers(&mut self, guard: Option<&Arc<Guard>>) -> Result<(), StageError> {
        let mut before = std::mem::take(&mut self.stream_pollers);
        for mapping in self.plan.stream_mappings.iter().filter(|mapping| mapping.enabled) {
            if let Some(at) = before.iter().position(|(known, _)| known == mapping) {
                self.stream_pollers.push(before.swap_remove(at));
                continue;
            }
            let poller = StreamPoller {
                declared: mapping.clone(),
                tables: Arc::clone(&self.tables),
                functions: Arc::clone(&self.functions),
                filter: routing::record_filter(&mapping.filters)
                    .map_err(|source| StageError::Bus { name: mapping.id.clone(), source })?,
                destinations: self.destinations.clone(),
                region: REGION.to_owned(),
                log: self.options.log.clone(),
                guard: guard.cloned(),
                pipe: self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:dynamodb")?,
            };
            self.stream_pollers.push((mapping.clone(), tokio::spawn(poller.run())));
        }
        for (_, poller) in before {
            poller.abort();
        }
        Ok(())
    }
}
