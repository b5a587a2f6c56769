//! Owns what API calls made of buses, rules and archives where there is a store: what is not as the template has it is
//! kept, and is as it was when the stage starts again. It refuses to keep calls: what they came to is all that counts.
//!
//! Where the template has changed since, the template counts, and that is told.

use super::rule::DEFAULT_BUS;
use super::service::BusService;
use super::state::{Thing, Things, Times};
use crate::log::Log;
use crate::store::{Change, Kind, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{MutexGuard, PoisonError};

/// What API calls made of a thing; at least one of both is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct KeptChange {
    /// What the template makes of it.
    declared: Option<Thing>,
    /// What it is; nothing where a call has deleted it.
    now: Option<(Thing, Times)>,
}

/// What API calls changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// What the template alone comes to.
    declared: Things,
    /// What the store has.
    written: BTreeMap<String, KeptChange>,
}

impl Changed {
    /// What there is to keep.
    fn due(&self, now: &Things) -> BTreeMap<String, KeptChange> {
        let names: BTreeSet<&String> = self.declared.keys().chain(now.keys()).collect();
        let changes = names.into_iter().filter_map(|name| {
            let declared = self.declared.get(name).map(|(thing, _)| thing);
            let now = now.get(name);
            let change = KeptChange { declared: declared.cloned(), now: now.cloned() };
            (declared != now.map(|(thing, _)| thing)).then(|| (name.clone(), change))
        });
        changes.collect()
    }
}

impl BusService {
    fn changed(&self) -> MutexGuard<'_, Changed> {
        self.shared.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is not as the template has it.
    pub(super) fn keep_changes(&self) -> Result<(), StoreError> {
        let Some(store) = &self.shared.store else { return Ok(()) };
        // Held until all is written, so that an older state never follows a newer one.
        let mut changed = self.changed();
        let now = self.state().things();
        let due = changed.due(&now);
        let written = &changed.written;
        let gone = written.keys().filter(|name| !due.contains_key(*name));
        let mut changes: Vec<Change> =
            gone.map(|name| Change::remove(Kind::Changed, name.as_bytes())).collect();
        let new = due.iter().filter(|(name, change)| written.get(*name) != Some(change));
        changes
            .extend(new.map(|(name, change)| Change::put(Kind::Changed, name.as_bytes(), change)));
        store.commit(&changes)?;
        changed.written = due;
        Ok(())
    }

    /// Takes what another service comes to for what the template does now, after a reload; of its buses, those that the
    /// template declares.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub(crate) fn declare_as(
        &self,
        template: &Self,
        is_declared: impl Fn(&str) -> bool,
    ) -> Result<(), StoreError> {
        let mut declared = template.state().things();
        declared.retain(|_, (thing, _)| match thing.bus_name() {
            Some(name) => name == DEFAULT_BUS || is_declared(name),
            None => true,
        });
        self.changed().declared = declared;
        self.keep_changes()
    }

    /// Makes things again what API calls had made of them.
    pub(super) fn take_up_changes(&self, store: &Store, log: &Log) -> Result<(), StoreError> {
        let declared = self.state().things();
        let (mut kept, mut gone) = (Vec::new(), Vec::new());
        for (key, change) in store.load::<KeptChange>(Kind::Changed, "a bus or rule")? {
            let name = String::from_utf8_lossy(&key).into_owned();
            let template = declared.get(&name).map(|(thing, _)| thing);
            match (change.now, change.declared) {
                (Some((thing, _)), _) if Some(&thing) == template => {}
                (Some(now), known) if known.as_ref() == template => kept.push(now),
                (None, Some(thing)) if Some(&thing) == template => gone.push(thing),
                (Some((thing, _)), _) => {
                    let text =
                        "the template has changed it, so what API calls made of it is dropped";
                    log.problem(&thing.name(), text);
                }
                (None, Some(thing)) if template.is_some() => {
                    let text = "an API call deleted it, and it is there again because the template has changed it";
                    log.problem(&thing.name(), text);
                }
                (None, _) => {}
            }
            self.changed().written.insert(name, KeptChange { declared: None, now: None });
        }
        self.changed().declared = declared;
        // Rules go before their buses.
        gone.iter().rev().for_each(|thing| self.change(|state, _| state.remove_thing(thing)));
        for (thing, times) in kept {
            let name = thing.name();
            let put = self.change(|state, now_ms| state.put_thing(thing, times, now_ms));
            if let Err(error) = put {
                log.problem(&name, &format!("what API calls made of it is dropped: {error}"));
            }
        }
        self.keep_changes()
    }
}
