//! What the stage of a run writes, and what a crash leaves of it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{LETTERS, QUEUE, Step, World, config};
use crate::bus::event::Event;
use crate::queue::QueueError;
use crate::queue::state::QueueState;
use crate::simulation::bug::Bug;
use crate::store::{Change, Kind};

/// What survives a crash.
#[derive(Default)]
pub(super) struct Durable {
    pub(super) entries: BTreeMap<(u8, Vec<u8>), Vec<u8>>,
    pub(super) n_taken: u64,
    pub(super) journeys: BTreeMap<Uuid, (Event, u64)>,
}

/// The stage has crashed, and runs again.
pub(super) struct Crashed;

impl World {
    /// Changes the queue, and writes the change before anybody hears of it.
    pub(super) fn changed<R>(
        &mut self,
        change: impl FnOnce(&mut QueueState) -> Result<R, QueueError>,
    ) -> Result<Result<R, QueueError>, Crashed> {
        let result = change(&mut self.queue);
        self.write_queues()?;
        Ok(result)
    }

    /// Writes what has changed in the queues, in one go.
    pub(super) fn write_queues(&mut self) -> Result<(), Crashed> {
        let queues = [&mut self.queue, &mut self.letters];
        let n_taken = queues.iter().map(|queue| queue.n_taken()).max().unwrap_or(0);
        let changes = queues.into_iter().flat_map(QueueState::take_changes).collect();
        self.written(|durable| durable.apply(changes, n_taken))
    }

    pub(super) fn written(&mut self, write: impl FnOnce(&mut Durable)) -> Result<(), Crashed> {
        let kills = ["the stage is killed before a write", "the stage is killed after a write"];
        match self.fault("store", &kills) {
            0 => write(&mut self.durable),
            2 => {
                write(&mut self.durable);
                return Err(self.crash());
            }
            _ => return Err(self.crash()),
        }
        Ok(())
    }

    /// The stage dies and stands again, with what was written.
    pub(super) fn crash(&mut self) -> Crashed {
        self.life += 1;
        let forgets = self.has(Bug::ForgetsDeduplication);
        let kept = self.durable.entries.iter();
        let kept = kept.filter(|((kind, _), _)| !(forgets && *kind == Kind::Seen as u8));
        let kept = kept.map(|((kind, key), value)| (*kind, key.as_slice(), value.as_slice()));
        let again = |number| {
            QueueState::made_again(number, config(self.is_fifo), self.durable.n_taken, kept.clone())
        };
        (self.queue, self.letters) = (again(QUEUE), again(LETTERS));
        let (life, now_ms) = (self.life, self.now_ms);
        for journey in self.durable.journeys.keys().copied().collect::<Vec<_>>() {
            self.at(now_ms, Step::Deliver { life, journey, n_retries: 0 });
        }
        self.poll_ms = None;
        Crashed
    }
}

impl Durable {
    fn apply(&mut self, changes: Vec<Change>, n_taken: u64) {
        for change in changes {
            let (kind, key, value) = change.into_parts();
            let key = (kind as u8, key);
            match value {
                Some(value) => self.entries.insert(key, value),
                None => self.entries.remove(&key),
            };
        }
        self.n_taken = n_taken;
    }
}
