//! Owns what API calls made of buses, rules and archives where there is a store: what is not as the template has it is
//! kept, and is as it was when the stage starts again. Calls themselves are not kept.
//!
//! Where the template has changed since, the template counts, and that is told.

use super::rule::DEFAULT_BUS;
use super::service::BusService;
use super::state::{Definition, Definitions, Times};
use crate::log::Log;
use crate::store::{Change, Kind, Store, StoreError};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{MutexGuard, PoisonError};

/// What entries are called where they cannot be read.
const WHAT: &str = "a bus or rule";

/// What API calls made of something; at least one of both is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptChange {
    /// What the template makes of it.
    declared: Option<Definition>,
    /// What it is; nothing where a call has deleted it.
    now: Option<(Definition, Times)>,
}

/// What API calls changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// What the template alone comes to.
    declared: Definitions,
    /// What the store has.
    written: BTreeMap<String, KeptChange>,
}

impl Changed {
    /// What there is to keep.
    fn due(&self, now: &Definitions) -> BTreeMap<String, KeptChange> {
        let names: BTreeSet<&String> = self.declared.keys().chain(now.keys()).collect();
        let changes = names.into_iter().filter_map(|name| {
            let declared = self.declared.get(name).map(|(definition, _)| definition);
            let now = now.get(name);
            let change = KeptChange { declared: declared.cloned(), now: now.cloned() };
            (declared != now.map(|(definition, _)| definition)).then(|| (name.clone(), change))
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
        let now = self.state().definitions();
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

    /// The names of what a template defines otherwise than what it came to when it was taken up last. `template` is what the
    /// template alone comes to.
    pub(crate) fn redefined_by(&self, template: &Self) -> BTreeSet<String> {
        let changed = self.changed();
        let all = template.state().definitions().into_iter();
        let new = all.filter(|(key, (new, _))| {
            changed.declared.get(key).is_none_or(|(known, _)| known != new)
        });
        new.map(|(_, (definition, _))| definition.name()).collect()
    }

    /// Takes what another service comes to for what the template does now, after a reload; of its buses, those that the
    /// template declares. What could not be made is as it was declared before, so the next reload makes it.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub(crate) fn declare_as(
        &self,
        template: &Self,
        is_declared: impl Fn(&str) -> bool,
        failed: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let has_failed = |definition: &Definition| failed.contains(&definition.name());
        let mut declared = template.state().definitions();
        declared.retain(|_, (definition, _)| match definition.bus_name() {
            _ if has_failed(definition) => false,
            Some(name) => name == DEFAULT_BUS || is_declared(name),
            None => true,
        });
        {
            let mut changed = self.changed();
            let before = std::mem::take(&mut changed.declared).into_iter();
            declared.extend(before.filter(|(_, (definition, _))| has_failed(definition)));
            changed.declared = declared;
        }
        self.keep_changes()
    }

    /// Takes what there is for what the template comes to.
    pub(super) fn note_template(&self) {
        self.changed().declared = self.state().definitions();
    }

    /// Makes again what API calls had made.
    pub(super) fn take_up_changes(&self, store: &Store, log: &Log) -> Result<(), StoreError> {
        if !store.load::<IgnoredAny>(Kind::Call, WHAT)?.is_empty() {
            return Err(store.unreadable(WHAT, "an older version of the stage wrote it".to_owned()));
        }
        let declared = self.state().definitions();
        let (mut kept, mut gone) = (Vec::new(), Vec::new());
        for (key, change) in store.load::<KeptChange>(Kind::Changed, WHAT)? {
            let key = String::from_utf8_lossy(&key).into_owned();
            let template = declared.get(&key).map(|(definition, _)| definition);
            match (change.now, change.declared) {
                (Some((definition, _)), _) if Some(&definition) == template => {}
                (Some(now), known) if known.as_ref() == template => kept.push(now),
                (None, Some(definition)) if Some(&definition) == template => gone.push(definition),
                (Some((definition, _)), _) => {
                    let text = "changes made by API calls are discarded: the template now declares this differently";
                    log.problem(&definition.name(), text);
                }
                (None, Some(definition)) if template.is_some() => {
                    let text = "restored: an API call had deleted it, but its declaration in the template has changed";
                    log.problem(&definition.name(), text);
                }
                (None, _) => {}
            }
            self.changed().written.insert(key, KeptChange { declared: None, now: None });
        }
        let replaced = kept.iter().map(|(definition, _): &(Definition, Times)| definition.key());
        leave_needed(&mut gone, &declared, replaced.collect(), log);
        self.changed().declared = declared;
        // Rules go before their buses.
        gone.iter().rev().for_each(|one| self.change(|state, _| state.remove_definition(one)));
        for (definition, times) in kept {
            let name = definition.name();
            let put = self.change(|state, now_ms| state.put_definition(definition, times, now_ms));
            if let Err(error) = put {
                log.problem(&name, &format!("changes made by API calls are discarded: {error}"));
            }
        }
        self.keep_changes()
    }
}

/// Takes from what API calls deleted what something that stays as the template has it cannot be without, and tells it.
fn leave_needed(
    gone: &mut Vec<Definition>,
    declared: &Definitions,
    replaced: BTreeSet<String>,
    log: &Log,
) {
    let goes: BTreeSet<String> = gone.iter().map(Definition::key).chain(replaced).collect();
    let stays = declared.iter().filter(|(key, _)| !goes.contains(*key));
    let needed: BTreeMap<String, String> = stays
        .flat_map(|(_, (one, _))| one.needs().into_iter().map(|need| (need, one.name())))
        .collect();
    gone.retain(|one| {
        let by = needed.get(&one.name());
        if let Some(by) = by {
            let text =
                format!("restored: an API call had deleted it, but the template has {by} in it");
            log.problem(&one.name(), &text);
        }
        by.is_none()
    });
}
