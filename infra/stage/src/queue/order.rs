//! Owns the order in which messages leave a queue: by arrival in a standard one, by group in a FIFO
//! one. It refuses to know messages: it handles their numbers and groups alone.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
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
    /// The groups whose first message is visible, in the order in which they became so.
    open: BTreeSet<(u64, Arc<str>)>,
    /// How often a group became open.
    n_opened: u64,
}

/// The group that a receive takes from, and the number of the last message that it took.
pub(super) type Held = Option<(Arc<str>, u64)>;

#[derive(Debug, Default)]
struct Group {
    /// Every message of the group that is in the queue, with whether it is visible.
    messages: std::collections::BTreeMap<u64, bool>,
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

    /// A hidden message has become visible.
    pub(super) fn show(&mut self, number: u64, since: u64, group: Option<&Arc<str>>) {
        match (self, group) {
            (Self::Standard(ready), _) => {
                ready.insert((since, number));
            }
            (Self::Fifo(groups), Some(name)) => groups.change(name, |group| {
                group.messages.insert(number, true);
            }),
            (Self::Fifo(_), None) => {}
        }
    }

    /// The next message that may be received, which leaves the order; `None` when there is none.
    ///
    /// `held` is what this receive has taken already: it may go on with the group, although messages of it are in
    /// flight now.
    pub(super) fn next(&mut self, held: &mut Held) -> Option<u64> {
        match self {
            Self::Standard(ready) => ready.pop_first().map(|(_, number)| number),
            Self::Fifo(groups) => groups.next(held),
        }
    }

    /// A message has left the queue for good. `shown` is since when it was visible, if it was.
    pub(super) fn leave(&mut self, number: u64, shown: Option<u64>, group: Option<&Arc<str>>) {
        match (self, group) {
            (Self::Standard(ready), _) => {
                if let Some(since) = shown {
                    ready.remove(&(since, number));
                }
            }
            (Self::Fifo(groups), Some(name)) => groups.change(name, |group| {
                group.messages.remove(&number);
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
    /// Changes a group and puts it behind the open ones, or takes it from there, as it is afterwards. A group is open
    /// while its first message is visible: what follows a message in flight waits for it, what precedes it does not.
    fn change(&mut self, name: &Arc<str>, change: impl FnOnce(&mut Group)) {
        let group = self.groups.entry(name.clone()).or_default();
        change(group);
        let is_open = group.messages.first_key_value().is_some_and(|(_, visible)| *visible);
        match (is_open, group.opened_at) {
            (true, None) => {
                group.opened_at = Some(self.n_opened);
                self.open.insert((self.n_opened, name.clone()));
                self.n_opened += 1;
            }
            (false, Some(at)) => {
                group.opened_at = None;
                self.open.remove(&(at, name.clone()));
            }
            _ => {}
        }
        if group.messages.is_empty() {
            self.groups.remove(name);
        }
    }

    fn next(&mut self, held: &mut Held) -> Option<u64> {
        if let Some((name, last)) = held.take()
            && let Some(number) = self.take_after(&name, Some(last))
        {
            *held = Some((name, number));
            return Some(number);
        }
        let (_, name) = self.open.first().cloned()?;
        let number = self.take_after(&name, None)?;
        *held = Some((name, number));
        Some(number)
    }

    /// Takes the message of a group that comes after another one, or its first, if that is visible.
    fn take_after(&mut self, name: &Arc<str>, last: Option<u64>) -> Option<u64> {
        let from = last.map_or(Bound::Unbounded, Bound::Excluded);
        let mut following = self.groups.get(name)?.messages.range((from, Bound::Unbounded));
        let (number, _) = following.next().filter(|(_, visible)| **visible)?;
        let number = *number;
        self.change(name, |group| {
            group.messages.insert(number, false);
        });
        Some(number)
    }
}
