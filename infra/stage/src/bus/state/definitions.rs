//! What a bus, a rule or an archive is, as plain data: to be kept, compared and made again. Events of archives and times
//! of schedules are no part of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::archives::{MANAGER, archive_rule};
use super::{Bus, BusSettings, BusState, bus_name};
use crate::bus::archive::{Archive, NewArchive};
use crate::bus::error::BusError;
use crate::bus::pattern::Pattern;
use crate::bus::rule::{Rule, Target};
use crate::bus::schedule::Schedule;
use crate::bus::wire;

/// A bus, rule or archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::bus) enum Definition {
    Bus(BusDefinition),
    Archive(ArchiveDefinition),
    Rule(RuleDefinition),
}

/// When something was made and changed last, in milliseconds since the Unix epoch; 0 where the API has no such time: both
/// of a rule, and the second of an archive.
pub(in crate::bus) type Times = (u64, u64);

/// Everything that there is, by [`Definition::key`], in the order in which it can be made.
pub(in crate::bus) type Definitions = BTreeMap<String, (Definition, Times)>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::bus) struct BusDefinition {
    name: String,
    description: Option<String>,
    kms_key: Option<String>,
    dead_letter_arn: Option<String>,
    log_config: Option<Value>,
    tags: BTreeMap<String, String>,
    policy: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::bus) struct ArchiveDefinition {
    name: String,
    bus_arn: String,
    description: Option<String>,
    pattern: Option<String>,
    retention_days: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::bus) struct RuleDefinition {
    bus: String,
    name: String,
    arn: String,
    pattern: Option<String>,
    schedule: Option<String>,
    is_enabled: bool,
    description: Option<String>,
    role_arn: Option<String>,
    is_managed: bool,
    tags: BTreeMap<String, String>,
    targets: Vec<TargetDefinition>,
}

/// A target as the API has it, and what only schedules of the template have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetDefinition {
    target: Value,
    event_of: Option<(String, String)>,
}

impl Definition {
    /// What it is called where it is told of.
    pub(in crate::bus) fn name(&self) -> String {
        match self {
            Self::Bus(bus) => format!("bus {}", bus.name),
            Self::Archive(archive) => format!("archive {}", archive.name),
            Self::Rule(rule) => format!("rule {}/{}", rule.bus, rule.name),
        }
    }

    /// The name of a bus, if it is one.
    pub(in crate::bus) fn bus_name(&self) -> Option<&str> {
        match self {
            Self::Bus(bus) => Some(&bus.name),
            Self::Archive(_) | Self::Rule(_) => None,
        }
    }

    /// A bus is there before its archives, and these make rules.
    pub(in crate::bus) fn key(&self) -> String {
        let order = match self {
            Self::Bus(_) => 1,
            Self::Archive(_) => 2,
            Self::Rule(_) => 3,
        };
        format!("{order} {}", self.name())
    }

    /// The names of what it cannot be without: its bus, and of an archive also its rule.
    pub(in crate::bus) fn needs(&self) -> Vec<String> {
        match self {
            Self::Bus(_) => Vec::new(),
            Self::Archive(archive) => {
                let bus = bus_name(Some(&archive.bus_arn));
                let rule = archive_rule(&archive.name);
                vec![format!("bus {bus}"), format!("rule {bus}/{rule}")]
            }
            Self::Rule(rule) => vec![format!("bus {}", rule.bus)],
        }
    }
}

impl BusState {
    /// Everything that there is.
    pub(in crate::bus) fn definitions(&self) -> Definitions {
        let mut definitions = Definitions::new();
        let mut add = |definition: Definition, times| {
            drop(definitions.insert(definition.key(), (definition, times)))
        };
        for bus in self.buses() {
            add(Definition::Bus(BusDefinition::of(bus)), (bus.created_ms, bus.modified_ms));
            bus.rules().for_each(|rule| add(Definition::Rule(RuleDefinition::of(rule)), (0, 0)));
        }
        for archive in self.archives().archives() {
            add(Definition::Archive(ArchiveDefinition::of(archive)), (archive.created_ms, 0));
        }
        definitions
    }

    /// Makes what is defined, or makes it what it was.
    ///
    /// **Errors**: a bus that does not exist, what is no longer sound.
    pub(in crate::bus) fn put_definition(
        &mut self,
        definition: Definition,
        times: Times,
        now_ms: u64,
    ) -> Result<(), BusError> {
        match definition {
            Definition::Bus(bus) => {
                self.put_bus_definition(bus, times);
                Ok(())
            }
            Definition::Archive(archive) => self.put_archive_definition(archive, times, now_ms),
            Definition::Rule(rule) => self.put_rule_definition(rule, now_ms),
        }
    }

    fn put_bus_definition(&mut self, definition: BusDefinition, (created_ms, modified_ms): Times) {
        if !self.buses.contains_key(&definition.name) {
            self.add_bus(&definition.name, BusSettings::default(), created_ms);
        }
        let Some(bus) = self.buses.get_mut(&definition.name) else { return };
        bus.settings = BusSettings {
            description: definition.description,
            kms_key: definition.kms_key,
            dead_letter_arn: definition.dead_letter_arn,
            log_config: definition.log_config,
            event_source: None,
            tags: definition.tags,
        };
        (bus.policy, bus.created_ms, bus.modified_ms) =
            (definition.policy, created_ms, modified_ms);
    }

    fn put_archive_definition(
        &mut self,
        definition: ArchiveDefinition,
        (created_ms, _): Times,
        now_ms: u64,
    ) -> Result<(), BusError> {
        let new = NewArchive {
            description: definition.description,
            pattern: definition.pattern,
            retention_days: Some(definition.retention_days),
        };
        self.put_archive(&definition.name, &definition.bus_arn, new, now_ms)?;
        self.archives.created_at(&definition.name, created_ms);
        Ok(())
    }

    fn put_rule_definition(
        &mut self,
        definition: RuleDefinition,
        now_ms: u64,
    ) -> Result<(), BusError> {
        let bus = self.bus_mut(Some(&definition.bus))?;
        let standing = bus.rules.get(&definition.name).cloned();
        let mut rule = definition.read(standing.as_deref(), now_ms)?;
        rule.counts = Arc::clone(&bus.counts);
        rule.plan(now_ms);
        bus.rules.insert(rule.name.clone(), Arc::new(rule));
        Ok(())
    }

    /// Removes what is defined, and what belongs to it.
    pub(in crate::bus) fn remove_definition(&mut self, definition: &Definition) {
        match definition {
            Definition::Bus(bus) => drop(self.buses.remove(&bus.name)),
            Definition::Archive(archive) => drop(self.archives.delete(&archive.name)),
            Definition::Rule(rule) => {
                if let Some(bus) = self.buses.get_mut(&rule.bus) {
                    bus.rules.remove(&rule.name);
                }
            }
        }
    }
}

impl BusDefinition {
    fn of(bus: &Bus) -> Self {
        let settings = bus.settings.clone();
        Self {
            name: bus.name.clone(),
            description: settings.description,
            kms_key: settings.kms_key,
            dead_letter_arn: settings.dead_letter_arn,
            log_config: settings.log_config,
            tags: settings.tags,
            policy: bus.policy.clone(),
        }
    }
}

impl ArchiveDefinition {
    fn of(archive: &Archive) -> Self {
        Self {
            name: archive.name.clone(),
            bus_arn: archive.bus_arn.clone(),
            description: archive.description.clone(),
            pattern: archive.pattern.as_ref().map(|(text, _)| text.clone()),
            retention_days: archive.retention_days,
        }
    }
}

impl RuleDefinition {
    fn of(rule: &Rule) -> Self {
        Self {
            bus: rule.bus.clone(),
            name: rule.name.clone(),
            arn: rule.arn.clone(),
            pattern: rule.pattern.as_ref().map(|(text, _)| text.clone()),
            schedule: rule.schedule.as_ref().map(|(text, _)| text.clone()),
            is_enabled: rule.is_enabled,
            description: rule.description.clone(),
            role_arn: rule.role_arn.clone(),
            is_managed: rule.managed_by.is_some(),
            tags: rule.tags.clone(),
            targets: rule.targets.iter().map(|target| TargetDefinition::of(target)).collect(),
        }
    }

    /// The rule. What the template has and the API cannot say is that of the rule that stands.
    fn read(self, standing: Option<&Rule>, now_ms: u64) -> Result<Rule, BusError> {
        let pattern = match self.pattern {
            Some(text) => Some((text.clone(), Pattern::parse(&text)?)),
            None => None,
        };
        let known = standing.and_then(|rule| rule.schedule.clone());
        let schedule = match self.schedule {
            Some(text) if known.as_ref().is_some_and(|(known, _)| *known == text) => known,
            Some(text) => {
                let read = Schedule::parse(&text).ok_or_else(|| {
                    BusError::Validation(format!("the schedule `{text}` is not valid"))
                })?;
                Some((text, read))
            }
            None => None,
        };
        let targets = self.targets.into_iter().map(|target| target.read(standing));
        Ok(Rule {
            name: self.name,
            bus: self.bus,
            arn: self.arn,
            pattern,
            schedule,
            is_enabled: self.is_enabled,
            description: self.description,
            role_arn: self.role_arn,
            managed_by: self.is_managed.then_some(MANAGER),
            tags: self.tags,
            targets: targets.collect::<Result<_, _>>()?,
            since_ms: standing.map_or(now_ms, |rule| rule.since_ms),
            next_ms: None,
            counts: Arc::default(),
        })
    }
}

impl TargetDefinition {
    fn of(target: &Target) -> Self {
        Self { target: wire::target_value(target), event_of: target.event_of.clone() }
    }

    fn read(self, standing: Option<&Rule>) -> Result<Arc<Target>, BusError> {
        let mut known = standing.iter().flat_map(|rule| &rule.targets);
        if let Some(known) = known.find(|target| Self::of(target) == self) {
            return Ok(Arc::clone(known));
        }
        let target = wire::target_of(self.target)?;
        Ok(Arc::new(Target { event_of: self.event_of, ..target }))
    }
}
