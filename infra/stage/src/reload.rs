//! A template and binaries that changed while the stage runs: taken up in place.
//!
//! Ports, items, messages and what is under way stay. A function that changed finishes what it was invoked for with the
//! program that it began with, and answers everything new with the other.
//!
//! First everything is read, built and rehearsed, and nothing changes when any of it fails. Then each part is brought to
//! the new plan. What one part refuses even so (a full disk, a name that a function has taken) is reported, keeps none of
//! the others from changing, and is tried again by the next reload. What the template no longer has ends last.

mod pollers;
mod ports;
mod rehearsal;

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::task::JoinHandle;

use crate::access::ResourcePolicies;
use crate::bus::{BusError, BusService};
use crate::http::Visitors;
use crate::issuer::Issuer;
use crate::lambda::{self, Destinations, Functions};
use crate::mapping::StreamPosition;
use crate::programs::{Program, Workspace};
use crate::queue::QueueService;
use crate::routing;
use crate::secrets::Secrets;
use crate::stage::{ApiUrl, StageError, StageOptions};
use crate::startup::{programs, put_queue};
use crate::table::Tables;
use crate::template::{Mapping, Plan, Stacks, StreamMapping, Surroundings};
use crate::topic::Topics;
use crate::way::Way;
use pollers::Polling;
pub(crate) use ports::{Port, ServedApi, open_ports};

/// What changed by taking a template up.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// What is stood up now.
    pub plan: Plan,
    /// Every API.
    pub apis: Vec<ApiUrl>,
    /// How many functions are new or have another program.
    pub n_functions: usize,
    /// What could not be kept, what is kept though the template no longer has it, and what could not be changed.
    pub notes: Vec<String>,
}

/// What stands, and can be changed. Lives on the stage's thread.
pub(crate) struct RunningParts {
    pub(crate) options: StageOptions,
    pub(crate) surroundings: Surroundings,
    pub(crate) visitors: Visitors,
    pub(crate) settings: lambda::Settings,
    pub(crate) served: Vec<ServedApi>,
    pub(crate) pollers: Vec<Polling<Mapping, ()>>,
    pub(crate) stream_pollers: Vec<Polling<StreamMapping, StreamPosition>>,
    /// Where the pollers of mappings were that are disabled.
    pub(crate) stream_places: Vec<(StreamMapping, JoinHandle<StreamPosition>)>,
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
    /// Whether some part is not as the plan says.
    pub(crate) is_partial: bool,
    /// Where code is unpacked, as long as anything may run it.
    pub(crate) workspace: Workspace,
}

/// Everything that a new template needs, before anything changes.
struct Next {
    plan: Plan,
    programs: Vec<Program>,
    secrets: Secrets,
    apis: Vec<ApiUrl>,
    ports: Vec<Port>,
}

impl RunningParts {
    /// Takes up the template and the binaries as they are now.
    pub(crate) async fn reload(&mut self) -> Result<Reloaded, StageError> {
        let next = self.prepare().await?;
        Ok(self.apply(next))
    }

    /// Reads and builds everything, and finds out whether it can be stood up.
    async fn prepare(&self) -> Result<Next, StageError> {
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
        self.rehearse(&plan)?;
        let (apis, ports) = open_ports(&self.served, &mut plan, self.options.port).await?;
        Ok(Next { plan, programs, secrets, apis, ports })
    }

    /// Brings each part to the new plan.
    fn apply(&mut self, next: Next) -> Reloaded {
        let Next { plan, programs, secrets, apis, ports } = next;
        *self.secrets.write().unwrap_or_else(PoisonError::into_inner) = secrets;
        let before = std::mem::replace(&mut self.plan, plan);
        let mut notes = left(&before, &self.plan);
        let mut failed = Vec::new();
        let known = if self.is_partial { &[] } else { before.tables.as_slice() };
        match self.tables.update(&self.plan.tables, known) {
            Ok(lost) => notes.extend(lost),
            Err(error) => failed.push(error.into()),
        }
        let puts = self.plan.queues.iter().map(|declared| put_queue(&self.queues, declared));
        failed.extend(puts.filter_map(Result::err));
        let declared = self.plan.functions.iter().cloned().zip(programs).collect();
        let n_functions = self.functions.replace(declared, &self.settings);
        self.topics.replace(&self.plan.topics, &self.plan.subscriptions);
        self.update_buses(&before, &mut notes, &mut failed);
        failed.extend(self.policies.replace(&self.plan).map_err(StageError::from).err());
        failed.extend(self.start_pollers().err());
        self.serve(ports);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = self.plan.clone();
        self.is_partial = !failed.is_empty();
        let told = |error: StageError| {
            format!("not changed: {:#}", anyhow::Error::new(error.placed(&self.plan)))
        };
        notes.extend(failed.into_iter().map(told));
        Reloaded { plan: self.plan.clone(), apis, n_functions, notes }
    }

    /// Makes what the template defines otherwise than before, and removes what it no longer has. What API calls made of all
    /// else stays.
    fn update_buses(&self, before: &Plan, notes: &mut Vec<String>, failed: &mut Vec<StageError>) {
        let own = match self.rehearse_buses(&self.plan) {
            Ok(own) => own,
            Err(error) => return failed.push(error),
        };
        let unmade = self.put_redefined(before, &own, failed);
        let has = |plan: &Plan, bus: &str, rule: &str, target: Option<&str>| {
            let mut rules = plan.rules.iter().filter(|one| one.bus == bus && one.name == rule);
            rules.any(|rule| {
                target.is_none_or(|target| rule.targets.iter().any(|one| one.id == target))
            })
        };
        self.buses.retain(|bus, rule, target| {
            has(&self.plan, bus, rule, target) || !has(before, bus, rule, target)
        });
        let is_declared = |name: &str| self.plan.buses.iter().any(|bus| bus.name == name);
        for bus in before.buses.iter().filter(|bus| !is_declared(&bus.name)) {
            if self.buses.delete_bus(&bus.name).is_err() {
                notes.push(format!(
                    "the bus `{}` is no longer in the template; it is kept, because it has rules of archives or API calls",
                    bus.name
                ));
            }
        }
        let kept = self.buses.declare_as(&own, is_declared, &unmade);
        failed.extend(kept.map_err(StageError::from).err());
    }

    /// Makes buses, archives and rules that are defined otherwise than before; the names of those that could not be made.
    fn put_redefined(
        &self,
        before: &Plan,
        own: &BusService,
        failed: &mut Vec<StageError>,
    ) -> BTreeSet<String> {
        let redefined = self.buses.redefined_by(own);
        let mut unmade = BTreeSet::new();
        let mut note = |name: String, of: &str, put: Result<(), BusError>| {
            if let Err(source) = put {
                failed.push(StageError::of_bus(of, source));
                unmade.insert(name);
            }
        };
        // A bus that a call deleted is there again where something in it is made.
        let bus_of = |bus: &str| {
            let name = bus.rsplit('/').next().unwrap_or(bus);
            let declared = self.plan.buses.iter().find(|one| one.name == name);
            declared.map_or(Ok(()), |declared| routing::put_bus(&self.buses, &declared.name))
        };
        for declared in &self.plan.buses {
            let name = format!("bus {}", declared.name);
            if redefined.contains(&name) {
                note(name, &declared.name, routing::put_bus(&self.buses, &declared.name));
            }
        }
        for declared in &self.plan.archives {
            let name = format!("archive {}", declared.name);
            if redefined.contains(&name) {
                let put = bus_of(&declared.bus);
                let put = put.and_then(|()| routing::put_archive(&self.buses, declared));
                note(name, &declared.name, put);
            }
        }
        for declared in &self.plan.rules {
            let name = format!("rule {}/{}", declared.bus, declared.name);
            // Time zones and flexible windows are no part of what is compared.
            if redefined.contains(&name) || !before.rules.contains(declared) {
                let put = bus_of(&declared.bus);
                let put = put.and_then(|()| routing::put_rule(&self.buses, declared));
                note(name, &declared.name, put);
            }
        }
        unmade
    }
}

/// What holds data and is no longer in the template: it stays, as nobody has asked for the data to be deleted.
fn left(before: &Plan, now: &Plan) -> Vec<String> {
    let known = names(now);
    let gone = names(before).into_iter().filter(|one| !known.contains(one));
    let gone = gone.map(|(kind, name)| {
        format!("the {kind} `{name}` is no longer in the template; it is kept with what it holds")
    });
    let moved = now.archives.iter().filter(|archive| {
        let is_other = |one: &&crate::template::Archive| one.name == archive.name;
        before.archives.iter().find(is_other).is_some_and(|one| one.bus != archive.bus)
    });
    let moved = moved.map(|archive| {
        format!("the archive `{}` is of another bus now; its events were removed", archive.name)
    });
    gone.chain(moved).collect()
}

/// Everything that holds data: its kind and name.
fn names(plan: &Plan) -> Vec<(&'static str, &str)> {
    let tables = plan.tables.iter().map(|one| ("table", one.name.as_str()));
    let queues = plan.queues.iter().map(|one| ("queue", one.name.as_str()));
    let archives = plan.archives.iter().map(|one| ("archive", one.name.as_str()));
    tables.chain(queues).chain(archives).collect()
}
