//! The form of the policy's file.
//!
//! Owns the check of everything in it; nothing is guessed, and each fault is told with its place.

use super::ignore::{Ignore, Scope, fault};
use super::{Kind, PathLevels, Policy, Preset};
use crate::compat::{Compatibility, catalog, parse_date};
use crate::diag::catalog::shape::nearest;
use crate::diag::{self, Diagnostic, Level, Severity, Sink};
use crate::lint;
use crate::parse::{Entry, Node, Value, yaml};
use crate::source::{FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// What an ignore may hold.
const IGNORE_KEYS: [&str; 5] = ["rule", "where", "reason", "until", "consumers"];

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(sources: &SourceMap, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let text = &sources.file(file).text;
        if let Some(fault) = &sources.file(file).fault {
            return Err(vec![diag::catalog::yaml::unreadable(file, fault)]);
        }
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let sink = Sink::default();
        let root = yaml::parse(file, text, &sink);
        let mut faults = sink.into_sorted(sources);
        let mut policy = Self::default();
        for entry in keys(
            root.as_ref(),
            &["preset", "events", "sunsetNotice", "levels", "paths", "ignore"],
            &mut faults,
        ) {
            match entry.key.as_str() {
                "preset" => policy.read_preset(&entry.value, &mut faults),
                "events" => match entry.value.text().and_then(Compatibility::named) {
                    Some(mode) => policy.demands.events = mode,
                    None => {
                        let help = "write `delivery`, `backward`, `forward` or `full`";
                        faults.push(error("invalid mode", entry.value.span, help));
                    }
                },
                "sunsetNotice" => match entry.value.number().and_then(|text| text.parse().ok()) {
                    Some(days) => policy.demands.sunset_notice_days = days,
                    None => {
                        let help = "write a number of days, for example `90`";
                        faults.push(error("invalid number of days", entry.value.span, help));
                    }
                },
                "levels" => policy.levels = read_levels(&entry.value, &mut faults),
                "paths" => policy.read_paths(&entry.value, &mut faults),
                "ignore" => policy.read_ignores(&entry.value, &mut faults),
                _ => {}
            }
        }
        policy.used = vec![false; policy.ignores.len()];
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }

    fn read_preset(&mut self, node: &Node, faults: &mut Vec<Diagnostic>) {
        match node.text().and_then(Preset::named) {
            Some(preset) => self.preset = preset,
            None => {
                let help = "write `minimal`, `recommended` or `strict`";
                faults.push(error("invalid preset", node.span, help));
            }
        }
    }

    fn read_paths(&mut self, node: &Node, faults: &mut Vec<Diagnostic>) {
        if !matches!(node.value, Value::List(_) | Value::Null) {
            let help = "write `- where: legacy/`, with `levels:` below it";
            faults.push(error("`paths` must be a list", node.span, help));
        }
        for item in node.items() {
            let entries = keys(Some(item), &["where", "levels"], faults);
            let find = |key: &str| entries.iter().find(|entry| entry.key == key);
            let (Some(place), Some(levels)) = (find("where"), find("levels")) else {
                let help = "write `where: legacy/`, with `levels:` below it";
                faults.push(error("`where` and `levels` are required", item.span, help));
                continue;
            };
            let levels = read_levels(&levels.value, faults);
            if levels.keys().any(|rule| Kind::of(rule) == Kind::Contract) {
                check_place(&place.value, faults);
            }
            let span = place.value.span;
            let place = place.value.text().unwrap_or_default().to_owned();
            self.paths.push(PathLevels { place, span, levels });
        }
    }

    fn read_ignores(&mut self, node: &Node, faults: &mut Vec<Diagnostic>) {
        if !matches!(node.value, Value::List(_) | Value::Null) {
            faults.push(error("`ignore` must be a list", node.span, "write `- rule: …`"));
        }
        for item in node.items() {
            let entries = keys(Some(item), &IGNORE_KEYS, faults);
            let find = |key: &str| entries.iter().find(|entry| entry.key == key);
            for entry in entries.iter().filter(|entry| entry.key != "consumers") {
                if entry.value.text().is_none_or(|text| text.trim().is_empty()) {
                    let message = format!("`{}` must be a string", entry.key);
                    faults.push(error(message, entry.value.span, ""));
                }
            }
            let text = |key: &str| find(key).and_then(|entry| entry.value.text());
            let Some(rule) = find("rule") else {
                faults.push(error("`rule` is missing", item.span, "write `rule: …`"));
                continue;
            };
            let Some(id) = rule.value.text() else { continue };
            check_rule(id, rule.value.span, faults);
            if find("reason").is_none() {
                let help = "write `reason: …`, to explain the ignore to others";
                faults.push(error("`reason` is missing", item.span, help));
            }
            let until = text("until").and_then(parse_date);
            if let Some(entry) = find("until").filter(|_| until.is_none()) {
                let help = "write a date such as `2027-01-31`";
                faults.push(error("this is not a date", entry.value.span, help));
            }
            if let Some(entry) = find("where").filter(|_| Kind::of(id) == Kind::Contract) {
                check_place(&entry.value, faults);
            }
            let consumers = find("consumers").map(|entry| &entry.value);
            let named = consumers.into_iter().flat_map(Node::items).filter_map(Node::text);
            let named: Vec<String> = named.map(str::to_owned).collect();
            if let Some(node) =
                consumers.filter(|node| named.len() != node.items().len() || named.is_empty())
            {
                let help = "list names of files in `consumers/`: `[web, app]`";
                faults.push(error("`consumers` must be a list of names", node.span, help));
            }
            let scope = text("where").map_or(Scope::All, |place| Scope::Place(place.to_owned()));
            let (rule, span) = (id.to_owned(), rule.value.span);
            let consumers = consumers.into_iter().flat_map(Node::items);
            let places = consumers.map(|node| node.span).collect();
            self.ignores.push(Ignore { rule, scope, until, consumers: named, named: places, span });
        }
    }
}

/// Rules, each with its level; none switches it off.
fn read_levels(node: &Node, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, Option<Level>> {
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        faults.push(error("`levels` must map rules to levels", node.span, ""));
    }
    let mut levels = BTreeMap::new();
    for entry in node.entries() {
        check_rule(&entry.key, entry.key_span, faults);
        // YAML of old takes `off` for `false`.
        let is_off =
            entry.value.text() == Some("off") || matches!(entry.value.value, Value::Flag(false));
        let level = entry.value.text().and_then(Level::parse);
        if !is_off && level.is_none() {
            let help = "write `error`, `warning`, `info` or `off`";
            faults.push(error("invalid level", entry.value.span, help));
            continue;
        }
        levels.insert(entry.key.clone(), level);
    }
    levels
}

/// The keys of a mapping, each of which must be a known one.
fn keys<'a>(node: Option<&'a Node>, known: &[&str], faults: &mut Vec<Diagnostic>) -> &'a [Entry] {
    let Some(node) = node else { return &[] };
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    let help = format!("valid keys are {}", names.join(", "));
    if !matches!(node.value, Value::Map(_)) {
        faults.push(error("expected a mapping", node.span, help));
        return &[];
    }
    for entry in node.entries() {
        if !known.contains(&entry.key.as_str()) {
            let message = format!("unknown key `{}`", entry.key);
            let near = nearest(&entry.key, known.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`?"));
            faults.push(error(message, entry.key_span, near.as_ref().unwrap_or(&help)));
        }
    }
    node.entries()
}

fn error(message: impl Into<String>, span: Span, help: impl Into<String>) -> Diagnostic {
    let help = Some(help.into()).filter(|help| !help.is_empty());
    fault("policy", Severity::Error, message.into(), span, help)
}

/// A rule must be one that a policy can decide on.
pub(super) fn check_rule(id: &str, span: Span, faults: &mut Vec<Diagnostic>) {
    let changes = catalog::all();
    let known = changes.iter().map(|rule| rule.id).chain(lint::all().map(|rule| rule.code));
    let known: Vec<&str> = known.collect();
    if known.contains(&id) {
        return;
    }
    if diag::catalog::index::find(id).is_some() {
        let message = format!("the level of `{id}` cannot be changed");
        faults.push(error(
            message,
            span,
            "no code can be generated from contracts with this error",
        ));
        return;
    }
    let help = nearest_rule(id, &known);
    faults.push(error(format!("unknown rule `{id}`"), span, help));
}

/// The rule that somebody may have meant.
fn nearest_rule(id: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(id, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let likeness = |rule: &str| similar::TextDiff::from_chars(id, rule).ratio();
    let near = known.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    near.map_or_else(String::new, |near| format!("a similar rule is `{near}`"))
}

/// A place of a contract begins with a folder or a file, and not with a method.
fn check_place(node: &Node, faults: &mut Vec<Diagnostic>) {
    let place = node.text().unwrap_or_default();
    let file = place.split('#').next().unwrap_or_default();
    if file.contains(' ') || file.is_empty() || place.starts_with('/') {
        let help = "write a file in the contracts folder, and a pointer in it: `product/openapi.yaml#/paths/~1product`";
        faults.push(error("this is not a location in a contract", node.span, help));
    }
}
