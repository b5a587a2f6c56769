//! Archives of events, each with the managed rule that fills it.

use serde_json::{Value, json};

use super::{BusState, Rule};
use crate::bus::archive::{Archive, Archives, NewArchive};
use crate::bus::error::BusError;
use crate::bus::rule::NewRule;

/// The service that makes the rules of archives.
pub(super) const MANAGER: &str = "prod.vhs.events.aws.internal";

/// What the names of the rules of archives begin with.
const ARCHIVE_RULE: &str = "Events-Archive-";

pub(super) fn archive_rule(archive: &str) -> String {
    format!("{ARCHIVE_RULE}{archive}")
}

impl BusState {
    /// The archives and replays.
    pub fn archives(&self) -> &Archives {
        &self.archives
    }

    pub(in crate::bus) fn archives_mut(&mut self) -> &mut Archives {
        &mut self.archives
    }

    /// The archive that a rule is there for.
    pub(in crate::bus) fn archive_of(&self, rule: &Rule) -> Option<&Archive> {
        rule.managed_by?;
        self.archives.archive(rule.name.strip_prefix(ARCHIVE_RULE)?).ok()
    }

    /// Makes an archive of the events of a bus, and the rule by which AWS would feed it.
    ///
    /// **Errors**: a bus that does not exist, and those of [`Archives::create`].
    pub fn create_archive(
        &mut self,
        name: &str,
        bus_arn: &str,
        new: NewArchive,
        now_ms: u64,
    ) -> Result<&Archive, BusError> {
        let (bus, arn) = self.bus(Some(bus_arn)).map(|bus| (bus.name.clone(), bus.arn.clone()))?;
        let pattern = new.pattern.clone();
        self.archives.create(name, &arn, new, now_ms, &self.origin)?;
        self.put_archive_rule(name, &bus, pattern, now_ms)?;
        self.archives.archive(name)
    }

    /// Makes an archive what a template says: a new one, or the one of this name with its events. One of another bus is
    /// replaced.
    ///
    /// **Errors**: as for [`create_archive`](Self::create_archive).
    pub(in crate::bus) fn put_archive(
        &mut self,
        name: &str,
        bus_arn: &str,
        new: NewArchive,
        now_ms: u64,
    ) -> Result<(), BusError> {
        let (bus, arn) = self.bus(Some(bus_arn)).map(|bus| (bus.name.clone(), bus.arn.clone()))?;
        match self.archives.archive(name) {
            Ok(known) if known.bus_arn == arn => {
                let pattern = new.pattern.clone();
                self.archives.replace(name, new)?;
                return self.put_archive_rule(name, &bus, pattern, now_ms);
            }
            Ok(_) => self.delete_archive(name)?,
            Err(_) => {}
        }
        self.create_archive(name, bus_arn, new, now_ms).map(|_| ())
    }

    /// Changes an archive.
    ///
    /// **Errors**: see [`Archives::update`].
    pub fn update_archive(
        &mut self,
        name: &str,
        new: NewArchive,
        now_ms: u64,
    ) -> Result<&Archive, BusError> {
        let archive = self.archives.update(name, new)?;
        let (bus, pattern) = (archive.bus_arn.clone(), archive.pattern.clone());
        self.put_archive_rule(name, &bus, pattern.map(|(text, _)| text), now_ms)?;
        self.archives.archive(name)
    }

    fn put_archive_rule(
        &mut self,
        archive: &str,
        bus: &str,
        pattern: Option<String>,
        now_ms: u64,
    ) -> Result<(), BusError> {
        let mut pattern: Value =
            pattern.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| json!({}));
        pattern["replay-name"] = json!([{ "exists": false }]);
        let new = NewRule {
            name: archive_rule(archive),
            bus: Some(bus.to_owned()),
            pattern: Some(pattern.to_string()),
            ..NewRule::default()
        };
        self.put_rule(new, now_ms)?;
        self.rule_mut(Some(bus), &archive_rule(archive))?.managed_by = Some(MANAGER);
        Ok(())
    }

    /// Removes an archive with its events and its rule.
    ///
    /// **Errors**: an archive that does not exist.
    pub fn delete_archive(&mut self, name: &str) -> Result<(), BusError> {
        let archive = self.archives.delete(name)?;
        // The bus may be gone already, and the rule with it.
        let _ = self.delete_rule(Some(&archive.bus_arn), &archive_rule(name));
        Ok(())
    }
}
