//! APIs and their ports: an API keeps its port as long as the template has it.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::RunningParts;
use crate::gateway::{Front, Gateway, Served, Services};
use crate::stage::{ApiUrl, StageError};
use crate::startup::{listen, localize};
use crate::template::Plan;

/// An API behind its port, until it is dropped.
pub(crate) struct ServedApi {
    id: String,
    port: u16,
    served: Arc<Served>,
    task: JoinHandle<()>,
}

impl Drop for ServedApi {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A port for an API, with what listens on it where it is new.
pub(crate) type Port = (u16, Option<TcpListener>);

/// Finds a port for each API of a plan, and gives the APIs their URLs. Nothing is served yet.
pub(crate) async fn open_ports(
    known: &[ServedApi],
    plan: &mut Plan,
    first: u16,
) -> Result<(Vec<ApiUrl>, Vec<Port>), StageError> {
    let held: Vec<(&str, u16)> = known.iter().map(|one| (one.id.as_str(), one.port)).collect();
    let ids: Vec<&str> = plan.apis.iter().map(|api| api.api_id.as_str()).collect();
    let mut ports: Vec<Port> = Vec::new();
    for (index, kept) in kept_ports(&held, &ids).into_iter().enumerate() {
        if let Some(port) = kept {
            ports.push((port, None));
            continue;
        }
        let is_held = |port: u16| {
            let opened = ports.iter().map(|(port, _)| *port);
            held.iter().map(|(_, port)| *port).chain(opened).any(|one| one == port)
        };
        let offset = u16::try_from(index).unwrap_or(u16::MAX);
        let port = match first {
            0 => 0,
            first => (first.saturating_add(offset)..u16::MAX)
                .find(|port| !is_held(*port))
                .unwrap_or(u16::MAX),
        };
        let listener = listen(port, "--port").await?;
        let port = listener.local_addr().map_err(StageError::Start)?.port();
        ports.push((port, Some(listener)));
    }
    let urls = ports.iter().enumerate().map(|(index, (port, _))| localize(plan, index, *port));
    Ok((urls.collect(), ports))
}

/// The port of each API: its own, or that of an API which is gone, in their order.
fn kept_ports(held: &[(&str, u16)], ids: &[&str]) -> Vec<Option<u16>> {
    let own = |id: &str| held.iter().find(|(known, _)| *known == id).map(|(_, port)| *port);
    let mut left = held.iter().filter(|(known, _)| !ids.contains(known)).map(|(_, port)| *port);
    ids.iter().map(|id| own(id).or_else(|| left.next())).collect()
}

impl RunningParts {
    /// Puts the gateways of the plan behind their ports, and closes the ports of APIs that are gone.
    pub(crate) fn serve(&mut self, ports: Vec<Port>) {
        let mut before = std::mem::take(&mut self.served);
        for (api, (port, listener)) in self.plan.apis.iter().zip(ports) {
            let gateway = self.gateway(api, port);
            let known = before.iter().position(|one| one.port == port);
            let mut served = match (known.map(|at| before.swap_remove(at)), listener) {
                (Some(known), _) => {
                    known.served.replace(gateway);
                    known
                }
                (None, Some(listener)) => {
                    let served = Arc::new(Served::new(gateway));
                    let task = tokio::spawn(Arc::clone(&served).serve(listener));
                    ServedApi { id: String::new(), port, served, task }
                }
                // A port is either held or new.
                (None, None) => continue,
            };
            served.id.clone_from(&api.api_id);
            self.served.push(served);
        }
    }

    fn gateway(&self, api: &crate::template::Api, port: u16) -> Gateway {
        let (functions, chaos) = (Arc::clone(&self.functions), Arc::clone(&self.options.chaos));
        let guard = self.settings.guard.clone();
        let later = (self.options.retries, self.destinations.clone());
        let (queues, buses) = (self.queues.clone(), self.buses.clone());
        let services = Services::new(queues, buses, later, &self.surroundings.endpoint);
        let (issuer, policies) = (Arc::clone(&self.issuer), Arc::clone(&self.policies));
        let front = Front::of(&self.plan, api, issuer, guard, policies, services);
        let log = self.options.log.clone();
        Gateway::new(api, port, functions, chaos, log, front, self.visitors.clone())
            .noted_in(self.options.journal.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_keeps_its_port_and_a_new_one_gets_that_of_one_that_is_gone() {
        let held = [("a", 1), ("b", 2), ("c", 3)];
        assert_eq!(kept_ports(&held, &["c", "new", "b"]), [Some(3), Some(1), Some(2)]);
        assert_eq!(kept_ports(&held, &["b"]), [Some(2)]);
        assert_eq!(kept_ports(&held, &["n", "a", "b", "c"]), [None, Some(1), Some(2), Some(3)]);
    }
}
