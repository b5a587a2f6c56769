//! An objectives file against its system: every objective is about something that the system has, and everything that it
//! has has an objective or is exempt. What is wrong is said with its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ChannelLimits, LatencyLimits, Objectives, SloError};
use crate::near::nearest;
use crate::system::System;

/// What may go wrong with promises, as one thing that is exempt or not.
const LEDGER: &str = "ledger";

/// What a system has, by kind.
struct Known {
    operations: Vec<&'static str>,
    /// Those of the operations that the load calls.
    called: Vec<&'static str>,
    channels: Vec<&'static str>,
    workflows: Vec<&'static str>,
    promises: Vec<&'static str>,
}

impl Known {
    fn of(system: &System) -> Self {
        let mut called: Vec<&str> = Vec::new();
        for operation in system.loads().flat_map(|workflow| workflow.operations) {
            if !called.contains(&operation.id) {
                called.push(operation.id);
            }
        }
        Self {
            operations: system.operations.iter().map(|one| one.id).collect(),
            called,
            channels: system.channels.iter().map(|one| one.id).collect(),
            workflows: system.loads().map(|one| one.id).collect(),
            promises: system.promises().iter().map(|one| one.id).collect(),
        }
    }

    /// Everything of a kind; `None` where there is no such kind.
    fn kind(&self, kind: &str) -> Option<&[&'static str]> {
        Some(match kind {
            "operations" => &self.operations,
            "channels" => &self.channels,
            "workflows" => &self.workflows,
            "promises" => &self.promises,
            _ => return None,
        })
    }

    /// That something is there.
    fn has(&self, kind: &str, name: &str) -> Result<(), SloError> {
        let there = self.kind(kind).unwrap_or_default();
        if there.contains(&name) {
            return Ok(());
        }
        let help = match nearest(name, there) {
            Some(near) => format!("did you mean `{near}`?"),
            None if there.is_empty() => format!("it has no {kind}"),
            None => format!("it has {}", there.join(", ")),
        };
        Err(SloError::Unknown { name: format!("{kind}.{name}"), help })
    }

    /// That an exemption is of something: `operations.getNote`, `channels.*`, `*`.
    fn exempts(&self, exempt: &str) -> Result<(), SloError> {
        const KINDS: [&str; 3] = ["operations", "channels", "workflows"];
        if exempt == "*" || exempt == LEDGER {
            return Ok(());
        }
        match exempt.split_once('.') {
            Some((kind, "*")) if KINDS.contains(&kind) => Ok(()),
            Some((kind, name)) if KINDS.contains(&kind) => self.has(kind, name),
            _ => {
                let help = "write `operations.NAME`, `channels.NAME`, `workflows.NAME`, `ledger`, or `*` for \
                            a name or for everything";
                Err(SloError::Unknown { name: exempt.to_owned(), help: help.to_owned() })
            }
        }
    }
}

impl Objectives {
    /// Holds the file against a system.
    ///
    /// # Errors
    /// The first that does not fit.
    pub fn check_for(&self, system: &System) -> Result<(), SloError> {
        let known = Known::of(system);
        let named = [
            ("operations", self.operations.keys().collect::<Vec<_>>()),
            ("channels", self.channels.keys().collect()),
            ("workflows", self.workflows.keys().collect()),
            ("promises", self.promises.keys().collect()),
        ];
        for (kind, names) in named {
            names.into_iter().try_for_each(|name| known.has(kind, name))?;
        }
        self.exempt.iter().try_for_each(|exempt| known.exempts(exempt))?;
        let promises = system.promises();
        let is_promised = |id: &String| {
            let mut kept_by = promises.iter().flat_map(|promise| promise.channels());
            kept_by.any(|channel| channel.id == id)
        };
        let asks = |limits: &ChannelLimits| !limits.asked_to_published.is_empty();
        let unpromised = self.channels.iter().find(|(id, limits)| asks(limits) && !is_promised(id));
        if let Some((id, _)) = unpromised {
            return Err(SloError::Unpromised(format!("channels.{id}.asked_to_published")));
        }
        self.is_complete(known)
    }

    /// That every section has a limit, and that nothing is exempt that has one; `latencies` are the sections of everything
    /// but channels, of whose two one may be left out.
    pub(super) fn check_said(&self, latencies: &[(String, LatencyLimits)]) -> Result<(), SloError> {
        let of_channel = |one: &ChannelLimits| {
            one.asked_to_published.is_empty() && one.published_to_received.is_empty()
        };
        let mut channels = self.channels.iter();
        if let Some((name, _)) = channels.find(|(_, limits)| of_channel(limits)) {
            return Err(SloError::Empty(format!("channels.{name}")));
        }
        if self.default.channels.as_ref().is_some_and(of_channel) {
            return Err(SloError::Empty("default.channels".to_owned()));
        }
        if let Some((name, _)) = latencies.iter().find(|(_, limits)| limits.is_empty()) {
            return Err(SloError::Empty(name.clone()));
        }
        let has = |exempt: &&String| match exempt.split_once('.') {
            Some(("operations", name)) => self.operations.contains_key(name),
            Some(("workflows", name)) => self.workflows.contains_key(name),
            Some(("channels", name)) => self.channels.contains_key(name),
            _ => *exempt == LEDGER && !self.ledger.is_empty(),
        };
        match self.exempt.iter().find(has) {
            Some(name) => Err(SloError::Contradiction(name.clone())),
            None => Ok(()),
        }
    }

    /// That everything of the load has an objective.
    fn is_complete(&self, known: Known) -> Result<(), SloError> {
        let default = &self.default;
        let of = [
            ("operations", known.called, default.operations.is_some()),
            ("channels", known.channels, default.channels.is_some()),
            ("workflows", known.workflows, default.workflows.is_some()),
        ];
        let promised = known.promises.join(", ");
        for (kind, names, has_default) in of {
            let is_missing = |name: &&str| {
                let own = match kind {
                    "operations" => self.operations.contains_key(*name),
                    "channels" => self.channels.contains_key(*name),
                    _ => self.workflows.contains_key(*name),
                };
                !own && !has_default && !self.is_exempt(kind, name)
            };
            let missing: Vec<_> = names.into_iter().filter(is_missing).collect();
            if let Some(first) = missing.first() {
                let section = format!("{kind}.{first}");
                let names: Vec<_> = missing.iter().map(|name| format!("{kind}.{name}")).collect();
                return Err(SloError::Missing(names.join(", "), section));
            }
        }
        let is_exempt = self.exempt.iter().any(|exempt| exempt == "*" || exempt == LEDGER);
        if !promised.is_empty() && self.ledger.is_empty() && !is_exempt {
            let missing = format!("the {LEDGER} of {promised}");
            return Err(SloError::Missing(missing, LEDGER.to_owned()));
        }
        Ok(())
    }

    pub(super) fn is_exempt(&self, kind: &str, name: &str) -> bool {
        self.exempt.iter().any(|exempt| {
            exempt == "*"
                || exempt
                    .split_once('.')
                    .is_some_and(|(of, what)| of == kind && (what == "*" || what == name))
        })
    }
}

impl SloError {
    /// The line of the text that is wrong, where one is and the error does not say itself.
    #[must_use]
    pub fn line(&self, text: &str) -> Option<usize> {
        let name = match self {
            Self::Syntax(_) | Self::Missing(..) => return None,
            Self::Contradiction(name) => {
                let table = DeTable::parse(text).ok()?;
                return Some(line_at(text, exemption(table.get_ref(), name)?));
            }
            Self::Value { name, .. }
            | Self::Unknown { name, .. }
            | Self::Unpromised(name)
            | Self::Empty(name) => name,
        };
        let table = DeTable::parse(text).ok()?;
        let at = place(table.get_ref(), name).or_else(|| exemption(table.get_ref(), name))?;
        Some(line_at(text, at))
    }
}

/// The line of a byte.
fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Where a key of a table and those in it stands: `operations.getNote.p99_ms`. `None` where it is not there.
fn place(table: &DeTable<'_>, path: &str) -> Option<usize> {
    table.iter().find_map(|(key, value)| {
        let rest = path.strip_prefix(key.get_ref().as_ref())?;
        let here = Some(key.span().start);
        match (rest.strip_prefix('.'), value.get_ref()) {
            (Some(rest), DeValue::Table(inner)) => place(inner, rest),
            (None, _) if rest.is_empty() => here,
            _ => None,
        }
    })
}

/// Where an entry of `exempt` stands.
fn exemption(table: &DeTable<'_>, name: &str) -> Option<usize> {
    let (_, exempt) = table.iter().find(|(key, _)| key.get_ref() == "exempt")?;
    let DeValue::Array(entries) = exempt.get_ref() else { return None };
    let is_it = |entry: &&Spanned<DeValue<'_>>| match entry.get_ref() {
        DeValue::String(text) => *text == name,
        _ => false,
    };
    entries.iter().find(is_it).map(|entry| entry.span().start)
}
