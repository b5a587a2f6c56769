//! Owns rules and their targets: what each may be, and how it is made. It refuses to know which bus
//! a rule is on beyond its name, or how a target is reached.

use super::error::BusError;
use super::event::Origin;
use super::path::JsonPath;
use super::pattern::Pattern;
use super::retry::RetryPolicy;
use super::schedule::{Schedule, Scheduler};
use super::service::BusCounts;
use super::transform::Input;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The bus that exists without being created.
pub const DEFAULT_BUS: &str = "default";
/// The most targets of a rule.
pub const MAX_TARGETS: usize = 5;
/// The most rules of a bus.
pub const MAX_RULES: usize = 300;

/// A rule: which events, and where they go.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The name, unique on its bus.
    pub name: String,
    /// The bus.
    pub bus: String,
    /// The ARN.
    pub arn: String,
    /// What events it takes, as text and read.
    pub pattern: Option<(String, Pattern)>,
    /// When it fires by itself, as text and read.
    pub schedule: Option<(String, Schedule)>,
    /// Whether it does anything.
    pub is_enabled: bool,
    /// For people.
    pub description: Option<String>,
    /// The role that would be assumed; kept and shown.
    pub role_arn: Option<String>,
    /// The service that made it for itself.
    pub managed_by: Option<&'static str>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Where events go.
    pub targets: Vec<Arc<Target>>,
    /// When the rule was put last, in milliseconds since the Unix epoch.
    pub since_ms: u64,
    /// When it fires next, in milliseconds since the Unix epoch.
    pub next_ms: Option<u64>,
    /// What is counted on its bus.
    pub(super) counts: Arc<BusCounts>,
}

/// What `PutRule` asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRule {
    /// The name, unique on its bus.
    pub name: String,
    /// The bus, by name or ARN; the default one when absent.
    pub bus: Option<String>,
    /// What events it takes.
    pub pattern: Option<String>,
    /// When it fires by itself.
    pub schedule: Option<String>,
    /// What EventBridge Scheduler adds, where it is a schedule of its own.
    pub scheduler: Option<Scheduler>,
    /// `ENABLED` or `DISABLED`; enabled when absent.
    pub state: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// The role that would be assumed.
    pub role_arn: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// Where a rule sends events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The id, unique in its rule.
    pub id: String,
    /// The ARN of a queue or function.
    pub arn: String,
    /// What it gets.
    pub input: Input,
    /// The message group of a FIFO queue, when the target is one: a text, or a path to a field of
    /// the event (`$.detail.userName`).
    pub message_group_id: Option<String>,
    /// The detail type and the source of the event that a schedule puts on a bus; a rule sends its own event on.
    pub event_of: Option<(String, String)>,
    /// How long it is tried.
    pub retry: RetryPolicy,
    /// The queue for events that could not be delivered.
    pub dead_letter_arn: Option<String>,
    /// The role that would be assumed; kept and shown.
    pub role_arn: Option<String>,
}

impl Rule {
    /// Makes a rule of what was asked for. `bus` is the name of a bus that exists.
    ///
    /// **Errors**: a name that cannot be, neither pattern nor schedule, one that is not sound, a
    /// schedule on a bus that is not the default one.
    pub fn make(new: NewRule, bus: &str, now_ms: u64, origin: &Origin) -> Result<Self, BusError> {
        check_name("name", &new.name, 64, "")?;
        if new.pattern.is_none() && new.schedule.is_none() {
            return Err(BusError::Validation(
                "Parameter(s) EventPattern or ScheduleExpression must be specified.".to_owned(),
            ));
        }
        let pattern = match new.pattern {
            Some(text) => Some((text.clone(), Pattern::parse(&text)?)),
            None => None,
        };
        let scheduler = new.scheduler.as_ref();
        let schedule = new.schedule.map(|text| read_schedule(text, scheduler)).transpose()?;
        if schedule.is_some() && bus != DEFAULT_BUS {
            return Err(BusError::Validation(
                "ScheduleExpression is supported only on the default event bus.".to_owned(),
            ));
        }
        let is_enabled = match new.state.as_deref() {
            None | Some("ENABLED") => true,
            Some("DISABLED") => false,
            Some(other) => {
                return Err(BusError::Validation(format!(
                    "1 validation error detected: Value '{other}' at 'state' failed to satisfy \
                     constraint: the local stage knows ENABLED and DISABLED"
                )));
            }
        };
        let place = if bus == DEFAULT_BUS { String::new() } else { format!("{bus}/") };
        let arn = new.scheduler.map_or_else(
            || {
                let Origin { region, account, .. } = origin;
                format!("arn:aws:events:{region}:{account}:rule/{place}{}", new.name)
            },
            |scheduler| scheduler.arn,
        );
        let mut rule = Self {
            name: new.name,
            bus: bus.to_owned(),
            arn,
            pattern,
            schedule,
            is_enabled,
            description: new.description,
            role_arn: new.role_arn,
            managed_by: None,
            tags: new.tags,
            targets: Vec::new(),
            since_ms: now_ms,
            next_ms: None,
            counts: Arc::default(),
        };
        rule.plan(now_ms);
        Ok(rule)
    }

    /// Notes when the rule fires next, after `now_ms`.
    pub fn plan(&mut self, now_ms: u64) {
        let schedule = self.schedule.as_ref().filter(|_| self.is_enabled);
        self.next_ms = schedule.and_then(|(_, schedule)| schedule.next_ms(self.since_ms, now_ms));
    }

    /// The name of its state on the wire.
    pub fn state(&self) -> &'static str {
        if self.is_enabled { "ENABLED" } else { "DISABLED" }
    }
}

fn read_schedule(
    text: String,
    scheduler: Option<&Scheduler>,
) -> Result<(String, Schedule), BusError> {
    if let Some(scheduler) = scheduler {
        let times = scheduler.read(&text);
        let times = times.map_err(|(name, why)| BusError::Validation(format!("{name} {why}")))?;
        return Ok((scheduler.text(&text), Schedule::Scheduler(Box::new(times))));
    }
    let schedule = Schedule::parse(&text).ok_or_else(|| {
        BusError::Validation("Parameter ScheduleExpression is not valid.".to_owned())
    })?;
    Ok((text, schedule))
}

impl Target {
    /// A target that gets the event as it is and is tried as long as AWS tries by default.
    pub fn new(id: impl Into<String>, arn: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            arn: arn.into(),
            input: Input::Whole,
            message_group_id: None,
            event_of: None,
            retry: RetryPolicy::default(),
            dead_letter_arn: None,
            role_arn: None,
        }
    }

    /// Checks what can be known without the rule.
    ///
    /// **Errors**: not an ARN, a FIFO queue without a message group.
    pub fn check_form(&self) -> Result<(), BusError> {
        if !self.arn.starts_with("arn:") {
            return Err(BusError::Validation(format!(
                "Parameter {} is not valid. Reason: Provided Arn is not in correct format.",
                self.arn
            )));
        }
        let is_fifo = self.arn.starts_with("arn:aws:sqs:") && self.arn.ends_with(".fifo");
        if is_fifo == self.message_group_id.is_some() {
            return Ok(());
        }
        let fault = if is_fifo { " must be specified" } else { ".MessageGroupId is not valid" };
        let message = format!("Parameter(s) SqsParameters{fault} for target: {}.", self.id);
        Err(BusError::Validation(message))
    }

    /// Checks what can be known without asking the target.
    ///
    /// **Errors**: those of [`Target::check_form`], an id that cannot be, a target of a kind that the stage does not
    /// have, a retry policy that cannot be, a dead-letter queue that is no queue.
    pub fn check(&self) -> Result<(), BusError> {
        self.check_form()?;
        check_name("targets.id", &self.id, 64, "")?;
        let refuse = |reason: String| Err(BusError::Validation(reason));
        let service = self.arn.split(':').nth(2).unwrap_or_default();
        let is_known = matches!(service, "sqs" | "lambda" | "sns")
            || self.arn.contains(":event-bus/")
            || self.arn.contains(":log-group:");
        if !is_known {
            return refuse(format!(
                "Target {} is not supported by the local stage, which knows queues, functions, topics, buses and log groups: {}",
                self.id, self.arn
            ));
        }
        if let Some(path) = self.message_group_id.as_deref().filter(|named| named.starts_with('$'))
        {
            JsonPath::parse(path).map_err(BusError::Validation)?;
        }
        if self.retry.max_retries > limits::EVENT_RULE_TRIES
            || !(limits::EVENT_RULE_AGE_LEAST..=limits::EVENT_RULE_AGE)
                .contains(&self.retry.max_age_s)
        {
            return refuse(format!(
                "RetryPolicy of target {} is not valid: 0 to 185 attempts, 60 to 86400 seconds.",
                self.id
            ));
        }
        match &self.dead_letter_arn {
            Some(arn) if arn.split(':').nth(2) != Some("sqs") || arn.ends_with(".fifo") => refuse(
                format!("DeadLetterConfig of target {} must name a standard queue.", self.id),
            ),
            _ => Ok(()),
        }
    }
}

/// Checks a name: letters, digits, `.`, `-`, `_` and what `more` allows.
pub(super) fn check_name(
    field: &str,
    name: &str,
    longest: usize,
    more: &str,
) -> Result<(), BusError> {
    let legal = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c) || more.contains(c);
    if (1..=longest).contains(&name.len()) && name.chars().all(legal) {
        return Ok(());
    }
    Err(BusError::Validation(format!(
        "1 validation error detected: Value '{name}' at '{field}' failed to satisfy constraint: \
         1 to {longest} of the characters A-Z, a-z, 0-9 and .-_{more}"
    )))
}
