//! A queue's state with its store: each change is written before it is told.

use std::sync::atomic::Ordering;

use super::{Entry, lock};
use crate::queue::error::QueueError;
use crate::queue::kept::{self, KeptQueue};
use crate::queue::state::QueueState;
use crate::store::{Change, Kind, Store};

impl Entry {
    /// Changes the state, wakes whom it concerns, and writes the change where there is a store.
    ///
    /// **Errors**: those of the change; a store that cannot be written.
    pub(in crate::queue) fn change<R>(
        &self,
        change: impl FnOnce(&mut QueueState) -> Result<R, QueueError>,
    ) -> Result<R, QueueError> {
        let mut changes = Vec::new();
        let result = self.change_unwritten(&mut changes, change);
        commit(self.store.as_ref(), &changes)?;
        result
    }

    /// Changes the state and leaves what is to be written to the caller, who writes more with it.
    pub(in crate::queue) fn change_unwritten<R>(
        &self,
        changes: &mut Vec<Change>,
        change: impl FnOnce(&mut QueueState) -> R,
    ) -> R {
        let (result, is_sooner, has_next) = {
            let mut state = lock(&self.state);
            let before = state.deadline_ms().unwrap_or(u64::MAX);
            let result = change(&mut state);
            self.gather(&mut state, changes);
            (result, state.deadline_ms().is_some_and(|after| after < before), state.has_next())
        };
        if has_next {
            self.changed.notify_one();
        }
        if is_sooner {
            self.changed.notify_waiters();
        }
        result
    }

    /// What the store does not know of the state yet.
    pub(super) fn gather(&self, state: &mut QueueState, changes: &mut Vec<Change>) {
        if self.store.is_none() {
            return;
        }
        changes.extend(state.take_changes());
        if state.n_taken() > self.n_reserved.load(Ordering::Relaxed) {
            self.n_reserved.store(state.n_taken() + kept::BLOCK, Ordering::Relaxed);
            changes.push(self.settings(state));
        }
    }

    /// The settings, as the store keeps them.
    fn settings(&self, state: &QueueState) -> Change {
        let kept = KeptQueue {
            name: self.name.clone(),
            attributes: state
                .config()
                .all()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            tags: lock(&self.tags).clone(),
            created_ms: self.created_ms,
            modified_ms: self.modified_ms.load(Ordering::Relaxed),
            n_reserved: self.n_reserved.load(Ordering::Relaxed),
            purged_ms: state.purged_ms,
            declared: lock(&self.declared).clone(),
        };
        Change::put(Kind::Queue, kept::queue_key(state.number()), &kept)
    }

    /// Writes the settings where there is a store.
    pub(in crate::queue) fn write_settings(&self) -> Result<(), QueueError> {
        if self.store.is_none() {
            return Ok(());
        }
        let change = self.settings(&lock(&self.state));
        commit(self.store.as_ref(), &[change])
    }
}

/// Writes changes where there is a store.
///
/// **Errors**: what cannot be written is not acknowledged.
pub(in crate::queue) fn commit(
    store: Option<&Store>,
    changes: &[Change],
) -> Result<(), QueueError> {
    let Some(store) = store else { return Ok(()) };
    store.commit(changes).map_err(|_| QueueError::InternalError)
}
