//! Owns the buses, their rules and targets, and which event goes where. It refuses to deliver, to
//! wait, or to ask the time.

mod archives;
mod definitions;

pub(super) use definitions::{Definition, Definitions, Times};

use super::archive::Archives;
use super::error::BusError;
use super::event::{Event, Origin};
use super::rule::{DEFAULT_BUS, MAX_RULES, MAX_TARGETS, NewRule, Rule, Target, check_name};
use super::service::{BusCounts, BusFigures};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All buses of a stage.
#[derive(Debug)]
pub struct BusState {
    origin: Origin,
    buses: BTreeMap<String, Bus>,
    archives: Archives,
}

/// What a bus can be told besides its name; kept and shown.
#[derive(Debug, Clone, Default)]
pub struct BusSettings {
    /// For people.
    pub description: Option<String>,
    /// The key that events would be encrypted with.
    pub kms_key: Option<String>,
    /// The queue for events that could not be encrypted, which never happens here.
    pub dead_letter_arn: Option<String>,
    /// Which steps would be logged.
    pub log_config: Option<Value>,
    /// The partner whose events it gets, of which there are none here.
    pub event_source: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A bus.
#[derive(Debug, Clone)]
pub struct Bus {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// What it was told.
    pub settings: BusSettings,
    /// Who may publish from other accounts; kept and shown.
    pub policy: Option<Value>,
    /// When it was created, in milliseconds since the Unix epoch.
    pub created_ms: u64,
    /// When it was changed last, in milliseconds since the Unix epoch.
    pub modified_ms: u64,
    /// What is counted of its events.
    pub(super) counts: Arc<BusCounts>,
    rules: BTreeMap<String, Arc<Rule>>,
}

impl BusState {
    /// The default bus, without rules.
    pub fn new(origin: Origin, now_ms: u64) -> Self {
        let archives = Archives::default();
        let mut state = Self { origin, buses: BTreeMap::new(), archives };
        state.add_bus(DEFAULT_BUS, BusSettings::default(), now_ms);
        state
    }

    /// Where the buses say that they are.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn add_bus(&mut self, name: &str, settings: BusSettings, now_ms: u64) -> String {
        let arn = format!(
            "arn:aws:events:{}:{}:event-bus/{name}",
            self.origin.region, self.origin.account
        );
        let bus = Bus {
            name: name.to_owned(),
            arn: arn.clone(),
            settings,
            policy: None,
            created_ms: now_ms,
            modified_ms: now_ms,
            counts: Arc::default(),
            rules: BTreeMap::new(),
        };
        self.buses.insert(name.to_owned(), bus);
        arn
    }

    /// Creates a bus and returns its ARN.
    ///
    /// **Errors**: a name that cannot be or is taken.
    pub fn create_bus(
        &mut self,
        name: &str,
        settings: BusSettings,
        now_ms: u64,
    ) -> Result<String, BusError> {
        check_name("name", name, 256, "/")?;
        if let Some(source) = &settings.event_source {
            return Err(BusError::ResourceNotFound(format!("Event source {source}")));
        }
        if name.contains('/') {
            return Err(BusError::Validation("Event bus name must not contain '/'.".to_owned()));
        }
        if self.buses.contains_key(name) {
            return Err(BusError::ResourceAlreadyExists(format!("Event bus {name}")));
        }
        Ok(self.add_bus(name, settings, now_ms))
    }

    /// Changes what a bus was told; what is absent stays.
    ///
    /// **Errors**: a bus that does not exist.
    pub fn update_bus(
        &mut self,
        name: Option<&str>,
        new: BusSettings,
        now_ms: u64,
    ) -> Result<&Bus, BusError> {
        let bus = self.bus_mut(name)?;
        let known = &mut bus.settings;
        known.description = new.description.or(known.description.take());
        known.kms_key = new.kms_key.or(known.kms_key.take());
        known.dead_letter_arn = new.dead_letter_arn.or(known.dead_letter_arn.take());
        known.log_config = new.log_config.or(known.log_config.take());
        bus.modified_ms = now_ms;
        Ok(bus)
    }

    /// Changes the policy of a bus.
    ///
    /// **Errors**: a bus that does not exist, and those of the change.
    pub fn change_policy(
        &mut self,
        bus: Option<&str>,
        now_ms: u64,
        change: impl FnOnce(&mut Option<Value>, &str) -> Result<(), BusError>,
    ) -> Result<(), BusError> {
        let bus = self.bus_mut(bus)?;
        change(&mut bus.policy, &bus.arn)?;
        bus.modified_ms = now_ms;
        Ok(())
    }

    /// The tags of the bus or rule with an ARN.
    ///
    /// **Errors**: an ARN of neither, or of one that does not exist.
    pub fn tags_mut(&mut self, arn: &str) -> Result<&mut BTreeMap<String, String>, BusError> {
        if arn.contains(":event-bus/") {
            return self.bus_mut(Some(arn)).map(|bus| &mut bus.settings.tags);
        }
        let path = arn.split_once(":rule/").map(|(_, path)| path);
        let Some(path) = path.filter(|_| arn.starts_with("arn:")) else {
            let message = format!(
                "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
            );
            return Err(BusError::Validation(message));
        };
        let (bus, name) = path.rsplit_once('/').unwrap_or((DEFAULT_BUS, path));
        self.rule_mut(Some(bus), name).map(|rule| &mut rule.tags)
    }

    /// Deletes a bus. One that does not exist counts as deleted.
    ///
    /// **Errors**: the default bus, a bus with rules.
    pub fn delete_bus(&mut self, name: &str) -> Result<(), BusError> {
        if name == DEFAULT_BUS {
            return Err(BusError::Validation("Cannot delete event bus default.".to_owned()));
        }
        if self.buses.get(name).is_some_and(|bus| !bus.rules.is_empty()) {
            return Err(BusError::Validation(format!(
                "Event bus {name} can't be deleted since it has rules."
            )));
        }
        self.buses.remove(name);
        Ok(())
    }

    /// All buses by name.
    pub fn buses(&self) -> impl Iterator<Item = &Bus> {
        self.buses.values()
    }

    /// A bus by name or ARN; the default one when nothing is said.
    pub fn bus(&self, name_or_arn: Option<&str>) -> Result<&Bus, BusError> {
        let name = bus_name(name_or_arn);
        self.buses
            .get(name)
            .filter(|bus| name_or_arn.is_none_or(|asked| asked == name || asked == bus.arn))
            .ok_or_else(|| BusError::ResourceNotFound(format!("Event bus {name}")))
    }

    fn bus_mut(&mut self, name_or_arn: Option<&str>) -> Result<&mut Bus, BusError> {
        let name = self.bus(name_or_arn)?.name.clone();
        self.buses
            .get_mut(&name)
            .ok_or_else(|| BusError::ResourceNotFound(format!("Event bus {name}")))
    }

    /// Creates a rule, or changes one and leaves its targets. Returns its ARN.
    ///
    /// **Errors**: a bus that does not exist, a rule that is not sound (see [`Rule::make`]), too
    /// many rules.
    pub fn put_rule(&mut self, new: NewRule, now_ms: u64) -> Result<String, BusError> {
        let origin = self.origin.clone();
        let bus = self.bus_mut(new.bus.as_deref())?;
        let mut rule = Rule::make(new, &bus.name, now_ms, &origin)?;
        rule.counts = Arc::clone(&bus.counts);
        match bus.rules.get(&rule.name) {
            Some(old) => {
                rule.targets.clone_from(&old.targets);
                rule.tags.extend(old.tags.clone());
                rule.managed_by = old.managed_by;
            }
            None if bus.rules.len() >= MAX_RULES => {
                return Err(BusError::LimitExceeded(
                    "The requested resource exceeds the maximum number allowed.".to_owned(),
                ));
            }
            None => {}
        }
        let arn = rule.arn.clone();
        bus.rules.insert(rule.name.clone(), Arc::new(rule));
        Ok(arn)
    }

    /// Deletes a rule. One that does not exist counts as deleted.
    ///
    /// **Errors**: a bus that does not exist, a rule with targets.
    pub fn delete_rule(&mut self, bus: Option<&str>, name: &str) -> Result<(), BusError> {
        let bus = self.bus_mut(bus)?;
        if bus.rules.get(name).is_some_and(|rule| !rule.targets.is_empty()) {
            return Err(BusError::Validation(
                "Rule can't be deleted since it has targets.".to_owned(),
            ));
        }
        bus.rules.remove(name);
        Ok(())
    }

    /// A rule.
    pub fn rule(&self, bus: Option<&str>, name: &str) -> Result<&Arc<Rule>, BusError> {
        let bus = self.bus(bus)?;
        bus.rules.get(name).ok_or_else(|| no_rule(name, &bus.name))
    }

    fn rule_mut(&mut self, bus: Option<&str>, name: &str) -> Result<&mut Rule, BusError> {
        let bus = self.bus_mut(bus)?;
        let missing = no_rule(name, &bus.name);
        // Deliveries under way keep the rule as it was when their event came.
        bus.rules.get_mut(name).map(Arc::make_mut).ok_or(missing)
    }

    /// Switches a rule on or off.
    pub fn enable(
        &mut self,
        bus: Option<&str>,
        name: &str,
        is_enabled: bool,
        now_ms: u64,
    ) -> Result<(), BusError> {
        let rule = self.rule_mut(bus, name)?;
        rule.is_enabled = is_enabled;
        rule.plan(now_ms);
        Ok(())
    }

    /// Adds targets to a rule, replacing those with the same ids; all or none.
    ///
    /// **Errors**: a rule that does not exist, a target that is not sound, too many targets.
    pub fn put_targets(
        &mut self,
        bus: Option<&str>,
        rule: &str,
        targets: Vec<Target>,
    ) -> Result<(), BusError> {
        for target in &targets {
            target.check_form()?;
        }
        let rule = self.rule_mut(bus, rule)?;
        for target in &targets {
            target.check()?;
        }
        let mut all = rule.targets.clone();
        for target in targets {
            all.retain(|old| old.id != target.id);
            all.push(Arc::new(target));
        }
        if all.len() > MAX_TARGETS {
            return Err(BusError::LimitExceeded(
                "The requested resource exceeds the maximum number allowed.".to_owned(),
            ));
        }
        rule.targets = all;
        Ok(())
    }

    /// Removes targets from a rule and returns the ids that it did not have.
    ///
    /// **Errors**: a rule that does not exist.
    pub fn remove_targets(
        &mut self,
        bus: Option<&str>,
        rule: &str,
        ids: &[String],
    ) -> Result<Vec<String>, BusError> {
        let rule = self.rule_mut(bus, rule)?;
        let has = |id: &String| rule.targets.iter().any(|target| target.id == *id);
        let missing = ids.iter().filter(|id| !has(id)).cloned().collect();
        rule.targets.retain(|target| !ids.contains(&target.id));
        Ok(missing)
    }

    /// The rules that take an event on a bus; none when there is no such bus.
    pub fn route(&self, bus: Option<&str>, event: &Event) -> Vec<Arc<Rule>> {
        let Ok(bus) = self.bus(bus) else { return Vec::new() };
        let takes = |rule: &&Arc<Rule>| {
            let pattern = rule.pattern.as_ref();
            rule.is_enabled
                && pattern.is_some_and(|(_, pattern)| pattern.matches_plain(&event.plain))
        };
        bus.rules.values().filter(takes).cloned().collect()
    }

    /// When the next rule fires by itself, in milliseconds since the Unix epoch.
    pub fn next_ms(&self) -> Option<u64> {
        let rules = self.buses.values().flat_map(Bus::rules);
        rules.filter_map(|rule| rule.next_ms).min()
    }

    /// Lets a scheduled rule fire when it would have if nothing had ended in between. A rule with another schedule by now
    /// goes by its own.
    pub(super) fn plan_as_before(
        &mut self,
        bus: &str,
        name: &str,
        schedule: &str,
        (since_ms, next_ms): (u64, Option<u64>),
    ) {
        let Ok(rule) = self.rule_mut(Some(bus), name) else { return };
        if rule.schedule.as_ref().is_none_or(|(text, _)| text != schedule) {
            return;
        }
        rule.since_ms = since_ms;
        if rule.is_enabled {
            rule.next_ms = next_ms.or(rule.next_ms);
        }
    }

    /// Makes a scheduled rule due, as if its time had come; what it is planned for stays.
    ///
    /// **Errors**: a rule that does not exist, that is switched off or that has no schedule.
    pub fn make_due(&mut self, name: &str, now_ms: u64) -> Result<(), BusError> {
        let rule = self.rule_mut(None, name)?;
        if rule.schedule.is_none() || !rule.is_enabled {
            let why = if rule.is_enabled { "has no schedule" } else { "is switched off" };
            return Err(BusError::Validation(format!("Rule {name} {why}.")));
        }
        rule.next_ms = Some(now_ms);
        Ok(())
    }

    /// The rules whose time has come, which are planned anew. Firings that were missed are made up
    /// for by one.
    pub fn due(&mut self, now_ms: u64) -> Vec<Arc<Rule>> {
        let mut due = Vec::new();
        for rule in self.buses.values_mut().flat_map(|bus| bus.rules.values_mut()) {
            if rule.next_ms.is_some_and(|next_ms| next_ms <= now_ms) {
                due.push(rule.clone());
                Arc::make_mut(rule).plan(now_ms);
            }
        }
        due
    }
}

impl Bus {
    /// What has happened on it so far.
    pub(crate) fn figures(&self) -> BusFigures {
        self.counts.read()
    }

    /// The rules by name.
    pub fn rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.values()
    }
}

fn bus_name(name_or_arn: Option<&str>) -> &str {
    let Some(text) = name_or_arn else { return DEFAULT_BUS };
    match text.split_once(":event-bus/") {
        Some((_, name)) if text.starts_with("arn:") => name,
        _ => text,
    }
}

fn no_rule(name: &str, bus: &str) -> BusError {
    BusError::NotFound(format!("Rule {name} does not exist on EventBus {bus}."))
}

#[cfg(test)]
mod tests;
