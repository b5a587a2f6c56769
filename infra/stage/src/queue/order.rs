//! Owns the order in which messages leave a queue: by arrival in a standard one, by group in a FIFO
//! one. It refuses to know messages: it handles their numbers and groups alone.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The visible messages of a queue in the order in which they are handed out.
#[derive(Debug)]
pub(super) enum Order {
    /// By the time at which each became visible, so that a message that fails again and again lets
    /// others pass.
    Standard(BTreeSet<(u64, u64)>),
    /// By group.
    Fifo(Groups),
}

/// The groups of a FIFO queue.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: HashMap<Arc<str>, Group>,
    /// The groups that may be received from, by the number of their first message.
    open: BTreeSet<(u64, Arc<str>)>,
}

#[derive(Debug, Default)]
struct Group {
    /// Every message of the group that is in the queue, with whether it is visible.
    messages: std::collections::BTreeMap<u64, bool>,
    n_in_flight: u32,
    /// The entry of this group in `Groups::open`.
    opened_at: Option<u64>,
}

impl Order {
    pub(super) fn new(is_fifo: bool) -> Self {
        if is_fifo { Self::Fifo(Groups::default()) } else { Self::Standard(BTreeSet::new()) }
    }

    /// A message has come into the queue, hidden.
    pub(super) fn enter(&mut self, number: u64, group: Option<&Arc<str>>) {
        if let (Self::Fifo(groups), Some(name)) = (self, group) {
            groups.change(name, |group| {
                group.messages.insert(number, false);
            });
        }
    }

    /// A hidden message is in the hands of a receiver, as it was before the stage ended.
    pub(super) fn take_up_in_flight(&mut self, group: Option<&Arc<str>>) {
        if let (Self::Fifo(groups), Some(name)) = (self, group) {
            groups.change(name, |group| group.n_in_flight += 1);
        }
    }

    /// A hidden message has become visible.
    pub(super) fn show(&mut self, number: u64, since: u64, group: Option<&Arc<str>>, flew: bool) {
        match (self, group) {
            (Self::Standard(ready), _) => {
                ready.insert((since, number));
            }
            (Self::Fifo(groups), Some(name)) => groups.change(name, |group| {
                group.messages.insert(number, true);
                group.n_in_flight -= u32::from(flew);
            }),
            (Self::Fifo(_), None) => {}
        }
    }

    /// The next message that may be received, which leaves the order; `None` when there is none.
    ///
    /// `held` are the groups that this receive has taken messages of already: a receive may go on
    /// taking from them, although their messages are in flight now.
    pub(super) fn next(&mut self, held: &mut Option<Arc<str>>) -> Option<u64> {
        match self {
            Self::Standard(ready) => ready.pop_first().map(|(_, number)| number),
            Self::Fifo(groups) => groups.next(held),
        }
    }

    /// A message has left the queue for good. `shown` is since when it was visible, if it was;
    /// `flew` whether it was in flight.
    pub(super) fn leave(
        &mut self,
        number: u64,
        shown: Option<u64>,
        group: Option<&Arc<str>>,
        flew: bool,
    ) {
        match (self, group) {
            (Self::Standard(ready), _) => {
                if let Some(since) = shown {
                    ready.remove(&(since, number));
                }
            }
            (Self::Fifo(groups), Some(name)) => groups.change(name, |group| {
                group.messages.remove(&number);
                group.n_in_flight -= u32::from(flew);
            }),
            (Self::Fifo(_), None) => {}
        }
    }

    /// Whether a receive would find something.
    pub(super) fn has_next(&self) -> bool {
        match self {
            Self::Standard(ready) => !ready.is_empty(),
            Self::Fifo(groups) => !groups.open.is_empty(),
        }
    }
}

impl Groups {
    /// Changes a group and puts it among the open ones, or takes it from there, as it is
    /// afterwards.
    fn change(&mut self, name: &Arc<str>, change: impl FnOnce(&mut Group)) {
        let group = self.groups.entry(name.clone()).or_default();
        change(group);
        let first = match group.messages.first_key_value() {
            Some((number, true)) if group.n_in_flight == 0 => Some(*number),
            _ => None,
        };
        if first != group.opened_at {
            if let Some(number) = group.opened_at.take() {
                self.open.remove(&(number, name.clone()));
            }
            if let Some(number) = first {
                self.open.insert((number, name.clone()));
            }
            group.opened_at = first;
        }
        if group.messages.is_empty() {
            self.groups.remove(name);
        }
    }

    fn next(&mut self, held: &mut Option<Arc<str>>) -> Option<u64> {
        if let Some(name) = held.take()
            && let Some(number) = self.next_of(&name)
        {
            *held = Some(name);
            return Some(number);
        }
        let (_, name) = self.open.first().cloned()?;
        let number = self.next_of(&name);
        *held = Some(name);
        number
    }

    /// Takes the next message of a group: the first that is not in flight, if it is visible.
    fn next_of(&mut self, name: &Arc<str>) -> Option<u64> {
        let group = self.groups.get(name)?;
        let n_taken = group.n_in_flight as usize;
        let (number, _) = group.messages.iter().nth(n_taken).filter(|(_, visible)| **visible)?;
        let number = *number;
        self.change(name, |group| {
            group.messages.insert(number, false);
            group.n_in_flight += 1;
        });
        Some(number)
    }
}
