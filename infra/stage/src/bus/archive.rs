//! Owns archives of events and their replays: what is kept, for how long, and what is sent again. It refuses to deliver:
//! the service sends what a replay finds.
//!
//! An archive is fed by the bus itself; the rule that AWS puts on the bus for it is there to be seen, with a target that
//! nobody reaches. A replay ends before the call that started it is answered, so it is never found at work.

use super::error::BusError;
use super::event::{Event, Origin};
use super::pattern::Pattern;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The longest name of an archive; a rule is named after it.
const MAX_NAME: usize = 48;
/// The longest name of a replay.
const MAX_REPLAY_NAME: usize = 64;
const DAY_MS: u64 = 86_400_000;

/// All archives and replays of a stage.
#[derive(Debug, Default)]
pub struct Archives {
    archives: BTreeMap<String, Archive>,
    replays: BTreeMap<String, Replay>,
}

/// An archive.
#[derive(Debug)]
pub struct Archive {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// The ARN of the bus whose events it keeps.
    pub bus_arn: String,
    /// For people.
    pub description: Option<String>,
    /// Which events it keeps, as text and read; all without.
    pub pattern: Option<(String, Pattern)>,
    /// How long it keeps them, in days; for ever when 0.
    pub retention_days: u32,
    /// When it was created, in milliseconds since the Unix epoch.
    pub created_ms: u64,
    events: VecDeque<Event>,
    n_bytes: u64,
}

/// What an archive is made or changed with; what is absent stays.
#[derive(Debug, Default)]
pub struct NewArchive {
    /// For people.
    pub description: Option<String>,
    /// Which events it keeps.
    pub pattern: Option<String>,
    /// How long it keeps them, in days.
    pub retention_days: Option<u32>,
}

/// A replay, which has ended.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// For people.
    pub description: Option<String>,
    /// The ARN of the archive.
    pub archive_arn: String,
    /// The ARN of the bus.
    pub bus_arn: String,
    /// The ARNs of the rules that get the events; all rules without.
    pub rule_arns: BTreeSet<String>,
    /// The first and the last time of what is sent again, in milliseconds since the Unix epoch.
    pub window_ms: (u64, u64),
    /// The time of the last event, in milliseconds since the Unix epoch.
    pub last_ms: Option<u64>,
    /// When it ran, in milliseconds since the Unix epoch.
    pub ran_ms: u64,
}

impl Archive {
    /// How many events it holds.
    pub fn n_events(&self) -> usize {
        self.events.len()
    }

    /// How large its events are together, in bytes.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    fn configure(&mut self, new: NewArchive) -> Result<(), BusError> {
        if let Some(text) = new.pattern {
            let pattern = Pattern::parse(&text)?;
            self.pattern = Some((text, pattern));
        }
        self.description = new.description.or(self.description.take());
        self.retention_days = new.retention_days.unwrap_or(self.retention_days);
        Ok(())
    }

    fn keep(&mut self, event: &Event, now_ms: u64) {
        let is_replayed = event.value.get("replay-name").is_some();
        if is_replayed
            || self
                .pattern
                .as_ref()
                .is_some_and(|(_, pattern)| !pattern.matches_plain(&event.plain))
        {
            return;
        }
        self.n_bytes += event.json.len() as u64;
        self.events.push_back(event.clone());
        self.expire(now_ms);
    }

    /// Drops what is older than its retention.
    fn expire(&mut self, now_ms: u64) {
        let kept_ms = u64::from(self.retention_days) * DAY_MS;
        while kept_ms > 0
            && self.events.front().is_some_and(|event| event.taken_ms + kept_ms < now_ms)
            && let Some(old) = self.events.pop_front()
        {
            self.n_bytes -= old.json.len() as u64;
        }
    }
}

impl Archives {
    /// Whether nothing is kept anywhere.
    pub fn is_empty(&self) -> bool {
        self.archives.is_empty()
    }

    /// Makes an archive of the events of a bus, and returns it.
    ///
    /// **Errors**: a name that cannot be or is taken, a pattern that is not sound.
    pub fn create(
        &mut self,
        name: &str,
        bus_arn: &str,
        new: NewArchive,
        now_ms: u64,
        origin: &Origin,
    ) -> Result<&Archive, BusError> {
        check_length("archiveName", name, MAX_NAME)?;
        super::rule::check_name("archiveName", name, MAX_NAME, "")?;
        if self.archives.contains_key(name) {
            return Err(BusError::ResourceAlreadyExists(format!("Archive {name}")));
        }
        let mut archive = Archive {
            name: name.to_owned(),
            arn: format!("arn:aws:events:{}:{}:archive/{name}", origin.region, origin.account),
            bus_arn: bus_arn.to_owned(),
            description: None,
            pattern: None,
            retention_days: 0,
            created_ms: now_ms,
            events: VecDeque::new(),
            n_bytes: 0,
        };
        archive.configure(new)?;
        Ok(self.archives.entry(name.to_owned()).or_insert(archive))
    }

    /// Changes an archive.
    ///
    /// **Errors**: an archive that does not exist, a pattern that is not sound.
    pub fn update(&mut self, name: &str, new: NewArchive) -> Result<&Archive, BusError> {
        let archive = self.archives.get_mut(name).ok_or_else(|| no_archive(name))?;
        archive.configure(new)?;
        Ok(archive)
    }

    /// Gives an archive this configuration; what is absent gets its default.
    ///
    /// **Errors**: as for [`update`](Self::update).
    pub(super) fn replace(&mut self, name: &str, new: NewArchive) -> Result<(), BusError> {
        let archive = self.archives.get_mut(name).ok_or_else(|| no_archive(name))?;
        let pattern = new.pattern.as_deref().map(Pattern::parse).transpose()?;
        archive.pattern = new.pattern.zip(pattern);
        archive.description = new.description;
        archive.retention_days = new.retention_days.unwrap_or_default();
        Ok(())
    }

    /// Says when an archive was created, if there is one.
    pub(super) fn created_at(&mut self, name: &str, created_ms: u64) {
        if let Some(archive) = self.archives.get_mut(name) {
            archive.created_ms = created_ms;
        }
    }

    /// Removes an archive with its events.
    ///
    /// **Errors**: an archive that does not exist.
    pub fn delete(&mut self, name: &str) -> Result<Archive, BusError> {
        self.archives.remove(name).ok_or_else(|| no_archive(name))
    }

    /// An archive.
    pub fn archive(&self, name: &str) -> Result<&Archive, BusError> {
        self.archives.get(name).ok_or_else(|| no_archive(name))
    }

    /// All archives by name.
    pub fn archives(&self) -> impl Iterator<Item = &Archive> {
        self.archives.values()
    }

    /// Keeps an event of a bus in each of its archives that wants it.
    pub fn keep(&mut self, bus_arn: &str, event: &Event, now_ms: u64) {
        for archive in self.archives.values_mut().filter(|archive| archive.bus_arn == bus_arn) {
            archive.keep(event, now_ms);
        }
    }

    /// Notes a replay and returns the events that it sends again, each with the name of the replay in it.
    ///
    /// **Errors**: a name that cannot be or is taken, an archive that does not exist or is of another bus, a window that
    /// is none.
    pub fn replay(&mut self, replay: Replay) -> Result<Vec<Event>, BusError> {
        super::rule::check_name("replayName", &replay.name, MAX_REPLAY_NAME, "")?;
        let invalid = |field: &str, reason: &str| {
            Err(BusError::Validation(format!("Parameter {field} is not valid. Reason: {reason}")))
        };
        let archive = self.archives.values_mut().find(|archive| archive.arn == replay.archive_arn);
        let Some(archive) = archive else {
            let name = replay.archive_arn.rsplit('/').next().unwrap_or_default();
            return invalid("EventSourceArn", &format!("Archive {name} does not exist."));
        };
        let (first_ms, last_ms) = replay.window_ms;
        if first_ms >= last_ms {
            return invalid("EventEndTime", "EventStartTime must be before EventEndTime.");
        }
        if archive.bus_arn != replay.bus_arn {
            return invalid("Destination.Arn", "Cross event bus replay is not permitted.");
        }
        if self.replays.contains_key(&replay.name) {
            return Err(BusError::ResourceAlreadyExists(format!("Replay {}", replay.name)));
        }
        archive.expire(replay.ran_ms);
        let chosen: Vec<&Event> = archive
            .events
            .iter()
            .filter(|event| (first_ms..=last_ms).contains(&event.time_ms()))
            .collect();
        let sent = chosen.iter().filter_map(|event| event.replayed(&replay.name)).collect();
        let last_ms = chosen.iter().map(|event| event.time_ms()).max();
        self.replays.insert(replay.name.clone(), Replay { last_ms, ..replay });
        Ok(sent)
    }

    /// A replay.
    pub fn replay_named(&self, name: &str) -> Result<&Replay, BusError> {
        self.replays.get(name).ok_or_else(|| BusError::ResourceNotFound(format!("Replay {name}")))
    }

    /// All replays by name.
    pub fn replays(&self) -> impl Iterator<Item = &Replay> {
        self.replays.values()
    }
}

fn no_archive(name: &str) -> BusError {
    BusError::ResourceNotFound(format!("Archive {name}"))
}

fn check_length(field: &str, text: &str, most: usize) -> Result<(), BusError> {
    if text.len() <= most {
        return Ok(());
    }
    Err(BusError::Validation(format!(
        "1 validation error detected: Value '{text}' at '{field}' failed to satisfy constraint: Member must have length \
         less than or equal to {most}"
    )))
}
