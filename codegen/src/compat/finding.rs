//! Findings, and the report that collects them.
//!
//! Owns how a rule and a change become words. Finds nothing itself.

use super::Compatibility;
use super::catalog::{self, ChangeRule, Level, SchemaRule, SchemaUse, schema_rule};
use super::lifecycle::{End, EndChange, end_change, end_of, removal_words};
use crate::inclusion::{Change, Kind};
use crate::source::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// Who sends and who reads where a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Clients send, the service reads.
    Request,
    /// The service sends, clients read.
    Response,
    /// The service sends, other services read.
    Sent,
    /// Other services send, the service reads.
    Received,
    /// The service wrote it once and reads it now.
    Stored,
    /// The operation, the queue or the table as such.
    Wiring,
}

impl Direction {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Stored => "stored",
            Self::Wiring => "wiring",
        }
    }
}

/// Whom a change hurts that does not concern delivery.
const READS_OLD: &str = "readers with the new contract that read old messages (from an archive or a queue) with {values}";
const READS_NEW: &str =
    "readers with the old contract that read new messages, which may contain {values}";

/// One change that matters to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it weighs, by the policy.
    pub level: Level,
    /// Who sends and who reads there.
    pub direction: Direction,
    /// What changed: `GET /product/{id}`, `event CheckoutBasket of basket`, `table product`.
    pub subject: String,
    /// What the bus calls the event that changed; empty where none did.
    pub detail_type: String,
    /// The other places in which the same change shows.
    pub also: Vec<String>,
    /// Which part of it: `request body`, `query parameter limit`; may be empty.
    pub part: String,
    /// Where in the part: `/items/*/price`; may be empty.
    pub path: String,
    /// What happened, with the values before and after.
    pub message: String,
    /// Who is affected; empty when nobody is.
    pub affected: String,
    /// The workflows that use what changed, where the change may break somebody.
    pub workflows: BTreeSet<String>,
    /// The registered consumers that it concerns; none where nobody is registered.
    pub consumers: Option<BTreeSet<String>>,
    /// What to do instead; may be empty.
    pub help: String,
    /// The keyword at that place that says it; empty where no single one does.
    pub keyword: &'static str,
    /// The place in the old contracts, where the thing was there.
    pub old_span: Option<Span>,
    /// The place in the new contracts, where the thing is there.
    pub new_span: Option<Span>,
}

impl Finding {
    /// Who is affected in all: those that the rule names, workflows, and registered consumers.
    #[must_use]
    pub fn whom(&self) -> String {
        let mut all = Vec::from_iter(Some(self.affected.clone()).filter(|text| !text.is_empty()));
        if !self.workflows.is_empty() {
            let ids: Vec<String> = self.workflows.iter().map(|id| format!("`{id}`")).collect();
            let noun = if ids.len() == 1 { "workflow" } else { "workflows" };
            all.push(format!("the {noun} {}", ids.join(", ")));
        }
        match &self.consumers {
            None => {}
            Some(names) if names.is_empty() => {
                all.push("none of the registered consumers".to_owned())
            }
            Some(names) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                all.push(format!("registered consumers: {}", names.join(", ")));
            }
        }
        all.join("; ")
    }

    /// Where it is, in one line: `GET /product request body /price`. Ignores name findings by it.
    #[must_use]
    pub fn place(&self) -> String {
        let parts = [&self.subject, &self.part, &self.path];
        let parts: Vec<_> = parts.iter().map(|part| part.as_str()).collect();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Where findings belong: what they are about, and the lines of it.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) subject: String,
    pub(super) part: String,
    pub(super) direction: Direction,
    pub(super) old: Option<Span>,
    pub(super) new: Option<Span>,
    /// Who the event graph says is on the other side.
    pub(super) people: String,
    /// What the bus calls the event that it is about.
    pub(super) detail_type: String,
}

impl Site {
    /// The thing as such.
    pub(super) fn new(
        subject: impl Into<String>,
        direction: Direction,
        old: Option<Span>,
        new: Option<Span>,
    ) -> Self {
        Self {
            subject: subject.into(),
            part: String::new(),
            direction,
            old,
            new,
            people: String::new(),
            detail_type: String::new(),
        }
    }

    /// A part of it.
    pub(super) fn part(
        &self,
        part: impl Into<String>,
        direction: Direction,
        old: Option<Span>,
        new: Option<Span>,
    ) -> Self {
        Self { part: part.into(), direction, old, new, ..self.clone() }
    }
}

/// The findings of one comparison.
pub(super) struct Findings {
    pub(super) today: Date,
    /// The first day that a new sunset may name.
    pub(super) earliest_sunset: Date,
    /// Which events must stay readable.
    pub(super) events: Compatibility,
    pub(super) findings: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(today: Date) -> Self {
        Self {
            today,
            earliest_sunset: today,
            events: Compatibility::Delivery,
            findings: Vec::new(),
        }
    }

    /// Adds a finding by a rule that is not about a schema.
    pub(super) fn add(
        &mut self,
        id: &'static str,
        site: &Site,
        old: impl Display,
        new: impl Display,
    ) {
        let rule = catalog::rule(id);
        let (old, new) = (old.to_string(), new.to_string());
        let fill = |words: &str| fill(words, &old, &new, "", &site.people);
        self.findings.push(Finding {
            rule: id,
            level: rule.level,
            direction: site.direction,
            subject: site.subject.clone(),
            detail_type: site.detail_type.clone(),
            also: Vec::new(),
            part: site.part.clone(),
            path: String::new(),
            message: fill(rule.what),
            affected: fill(rule.affected),
            help: fill(rule.help),
            workflows: BTreeSet::new(),
            consumers: None,
            keyword: keyword(rule.what),
            old_span: site.old,
            new_span: site.new,
        });
    }

    /// Adds what the walker found at a place: `root` names the schema itself, `below` what is in it.
    pub(super) fn add_changes(
        &mut self,
        root: SchemaUse,
        below: SchemaUse,
        site: &Site,
        changes: Vec<Change>,
    ) {
        for change in changes {
            let place = if change.path.is_empty() { root } else { below };
            self.add_change(place, site, &change);
        }
    }

    /// The change as it counts today, where a property has an announced end, and a note on an end that does not count.
    /// None where nothing changed for anybody.
    fn dated(&self, change: &Change) -> Option<(Change, String)> {
        if change.kind == Kind::PropertyDeprecated {
            return Some((end_of_property(change, self.earliest_sunset)?, String::new()));
        }
        let removed = |kind, date: Date| Change { kind, new: date.to_string(), ..change.clone() };
        let end = match change.kind.is_removal() {
            true => end_of(change.ends[0].as_ref(), self.today),
            false => End::None,
        };
        Some(match end {
            End::Passed(date) => {
                (removed(Kind::PropertyRemovedWithDeprecation, date), String::new())
            }
            End::Ahead(date) => (removed(Kind::PropertyRemovedBeforeSunset, date), String::new()),
            End::Undated(why) => (change.clone(), format!("; it was deprecated, but {why}")),
            End::None => (change.clone(), String::new()),
        })
    }

    /// The rule for a change at a place. Of an event, each direction that the mode demands has a say, and the worse
    /// counts, under the name of the place's own rule.
    fn schema_rule(&self, place: SchemaUse, kind: Kind) -> Option<SchemaRule> {
        let own = schema_rule(place, kind);
        let (backward, forward) = match (self.events, place) {
            (_, place) if !place.is_event() => return own,
            (Compatibility::Delivery, _) => return own,
            (Compatibility::Backward, _) => (true, false),
            (Compatibility::Forward, _) => (false, true),
            (Compatibility::Full, _) => (true, true),
        };
        let asked = [(SchemaUse::ReceivedEvent, backward), (SchemaUse::SentEvent, forward)];
        let judged = asked.into_iter().filter(|(_, is_asked)| *is_asked);
        let judged = judged.filter_map(|(asked, _)| Some((asked, schema_rule(asked, kind)?)));
        // Of two that weigh the same, the place's own says it better.
        let worst = judged.max_by_key(|(asked, found)| (found.rule.level, *asked == place));
        let (asked, found) = worst?;
        if asked == place {
            return Some(found);
        }
        let id = own.map_or(found.rule.id, |own| own.rule.id);
        let affected = match (found.rule.affected.is_empty(), asked) {
            (true, _) => "",
            (false, SchemaUse::ReceivedEvent) => READS_OLD,
            (false, _) => READS_NEW,
        };
        Some(SchemaRule { rule: ChangeRule { id, affected, ..found.rule }, ..found })
    }

    fn add_change(&mut self, place: SchemaUse, site: &Site, change: &Change) {
        let Some((change, note)) = self.dated(change) else { return };
        let Some(schema) = self.schema_rule(place, change.kind) else { return };
        let rule = schema.rule;
        let fill_in = |words: &str| {
            let values = fill(schema.values, &change.old, &change.new, "", "");
            fill(words, &change.old, &change.new, &values, &site.people)
        };
        let mut message = fill_in(rule.what);
        message.push_str(&note);
        if change.also > 0 {
            message = format!("{message} (and at {} more places below)", change.also);
        }
        let mut affected = fill_in(rule.affected);
        if !affected.is_empty() && !site.people.is_empty() {
            affected = format!("{affected}: {}", site.people);
        }
        self.findings.push(Finding {
            rule: rule.id,
            level: rule.level,
            direction: site.direction,
            subject: site.subject.clone(),
            detail_type: site.detail_type.clone(),
            also: Vec::new(),
            part: site.part.clone(),
            path: change.path.clone(),
            message,
            affected,
            help: fill_in(rule.help),
            workflows: BTreeSet::new(),
            consumers: None,
            keyword: change.kind.keyword(),
            old_span: Some(change.old_span),
            new_span: Some(change.new_span),
        });
    }
}

/// The keyword of the contract that a rule is about, if its words name one.
fn keyword(what: &'static str) -> &'static str {
    what.split('`').nth(1).filter(|word| !word.contains(['{', ' '])).unwrap_or_default()
}

/// A change of the announced end of a property: which one it is, and the days that it is about.
fn end_of_property(change: &Change, earliest: Date) -> Option<Change> {
    let [old, new] = change.ends.each_ref().map(Option::as_ref);
    let name = change.old.clone();
    let (kind, old, new) = match end_change(old, new, earliest) {
        EndChange::None => return None,
        EndChange::Announced => (Kind::PropertyDeprecated, name, String::new()),
        EndChange::AnnouncedFor(date) => (Kind::PropertyDeprecated, name, removal_words(date)),
        EndChange::Late(date) => (Kind::PropertySunsetLate, earliest.to_string(), date.to_string()),
        EndChange::Earlier(was, is) => {
            (Kind::PropertySunsetEarlier, was.to_string(), is.to_string())
        }
        EndChange::Deleted(was) => (Kind::PropertySunsetDeleted, was.to_string(), String::new()),
        EndChange::Unreadable(text) => (Kind::PropertySunsetUnreadable, name, text),
        EndChange::Revoked => (Kind::PropertyReactivated, name.clone(), name),
    };
    Some(Change { kind, old, new, ..change.clone() })
}

fn fill(words: &str, old: &str, new: &str, values: &str, people: &str) -> String {
    let people = if people.is_empty() { "any that are not in the contracts" } else { people };
    let mut out = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(match name {
            "old" => old,
            "new" => new,
            "values" => values,
            _ => people,
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How many equal findings are told one by one, each with its own line.
const MOST_EQUAL: usize = 3;

/// Joins findings that are one change seen from several places: those about the same lines of the contracts, and those
/// that say the same of more than a few places.
#[must_use]
pub fn collapse(findings: Vec<Finding>) -> Vec<Finding> {
    let spans = |finding: &Finding| (finding.old_span, finding.new_span);
    let joined = join(findings, 1, |finding| (said(finding), spans(finding)));
    join(joined, MOST_EQUAL, |finding| (said(finding), finding.part.clone(), finding.path.clone()))
}

/// What a finding says, without its place.
fn said(finding: &Finding) -> (&'static str, Level, String, String) {
    (finding.rule, finding.level, finding.message.clone(), finding.affected.clone())
}

/// Joins findings of one key where more than a few have it; the first stands for all.
fn join<K: Ord>(findings: Vec<Finding>, most: usize, key: impl Fn(&Finding) -> K) -> Vec<Finding> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    for finding in &findings {
        *counts.entry(key(finding)).or_default() += 1;
    }
    let mut out: Vec<Finding> = Vec::new();
    let mut firsts: BTreeMap<K, usize> = BTreeMap::new();
    for mut finding in findings {
        let key = key(&finding);
        if counts.get(&key).is_none_or(|count| *count <= most) {
            out.push(finding);
        } else if let Some(first) = firsts.get(&key).and_then(|first| out.get_mut(*first)) {
            first.also.push(finding.place());
            first.also.append(&mut finding.also);
            first.workflows.append(&mut finding.workflows);
            if let (Some(first), Some(more)) = (&mut first.consumers, &mut finding.consumers) {
                first.append(more);
            }
        } else {
            firsts.insert(key, out.len());
            out.push(finding);
        }
    }
    out
}
