//! The policy of a repository on changes: `spec/compat.yaml`.
//!
//! Owns the file's form, levels that differ from the catalogue's, and findings that are ignored for a reason.
//! Refuses an ignore without a reason, and reports one that has expired or that nothing needs any more.
//!
//! ```yaml
//! levels:
//!   response-optional-property-removed: error      # error, warning, info or off
//! ignore:
//!   - rule: api-removed-without-deprecation
//!     where: DELETE /product/{id}                   # a place, or what it begins with
//!     reason: nobody but our own tests called it
//!     until: 2027-01-31
//! ```

use super::catalog::{self, Level};
use super::date::parse_date;
use super::finding::{Finding, collapse};
use crate::diag::{Diagnostic, Label, Severity, Sink};
use crate::parse::{Entry, Node, Value, yaml};
use crate::source::{FileId, SourceMap, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Where the policy stands, below the folder of contracts.
pub const POLICY_FILE: &str = "compat.yaml";

/// What an ignore may hold.
const IGNORE_KEYS: [&str; 4] = ["rule", "where", "reason", "until"];

/// What a repository thinks of changes.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Rules whose level differs from the catalogue's; none switches a rule off.
    levels: BTreeMap<String, Option<Level>>,
    ignores: Vec<Ignore>,
}

/// A finding that is known and accepted.
#[derive(Debug, Clone)]
struct Ignore {
    rule: String,
    place: Option<String>,
    until: Option<Date>,
    span: Span,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(sources: &SourceMap, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let text = &sources.file(file).text;
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let sink = Sink::default();
        let root = yaml::parse(file, text, &sink);
        let mut faults = sink.into_sorted(sources);
        let mut policy = Self::default();
        for entry in keys(root.as_ref(), &["levels", "ignore"], &mut faults) {
            match entry.key.as_str() {
                "levels" => policy.read_levels(&entry.value, &mut faults),
                _ => policy.read_ignores(&entry.value, &mut faults),
            }
        }
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }

    fn read_levels(&mut self, node: &Node, faults: &mut Vec<Diagnostic>) {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            faults.push(error("`levels` names rules, each with its level", node.span, ""));
        }
        for entry in node.entries() {
            check_rule(&entry.key, entry.key_span, faults);
            let level = match entry.value.text() {
                Some("error") => Some(Level::Error),
                Some("warning") => Some(Level::Warning),
                Some("info") => Some(Level::Info),
                Some("off") => None,
                _ => {
                    let help = "write `error`, `warning`, `info` or `off`";
                    faults.push(error("this is no level", entry.value.span, help));
                    continue;
                }
            };
            self.levels.insert(entry.key.clone(), level);
        }
    }

    fn read_ignores(&mut self, node: &Node, faults: &mut Vec<Diagnostic>) {
        if !matches!(node.value, Value::List(_) | Value::Null) {
            faults.push(error("`ignore` is a list of findings", node.span, "write `- rule: …`"));
        }
        for item in node.items() {
            let entries = keys(Some(item), &IGNORE_KEYS, faults);
            let find = |key: &str| entries.iter().find(|entry| entry.key == key);
            for entry in entries {
                if entry.value.text().is_none_or(|text| text.trim().is_empty()) {
                    let message = format!("`{}` is a text", entry.key);
                    faults.push(error(message, entry.value.span, ""));
                }
            }
            let text = |key: &str| find(key).and_then(|entry| entry.value.text());
            let Some(rule) = find("rule") else {
                faults.push(error("an ignore names a rule", item.span, "write `rule: …`"));
                continue;
            };
            let Some(id) = rule.value.text() else { continue };
            check_rule(id, rule.value.span, faults);
            if find("reason").is_none() {
                let help = "write `reason: …`, for whoever reads it next year";
                faults.push(error("an ignore needs a reason", item.span, help));
            }
            let until = text("until").and_then(parse_date);
            if let Some(entry) = find("until").filter(|_| until.is_none()) {
                let help = "write a day like `2027-01-31`";
                faults.push(error("this is no date", entry.value.span, help));
            }
            let (rule, place, span) =
                (id.to_owned(), text("where").map(str::to_owned), rule.value.span);
            self.ignores.push(Ignore { rule, place, until, span });
        }
    }

    /// Gives findings the levels of this policy and leaves out what it ignores, joins those that are one change
    /// seen from several places, and puts the worst first. Says beside them which ignores have expired or are
    /// not needed.
    #[must_use]
    pub fn apply(&self, findings: Vec<Finding>, today: Date) -> (Vec<Finding>, Vec<Diagnostic>) {
        let mut used = vec![false; self.ignores.len()];
        let mut kept = Vec::new();
        for mut finding in findings {
            match self.levels.get(finding.rule) {
                Some(None) => continue,
                Some(Some(level)) => finding.level = *level,
                None => {}
            }
            let mut ignored = false;
            for (ignore, used) in self.ignores.iter().zip(&mut used) {
                if ignore.matches(&finding) {
                    *used = true;
                    ignored |= !ignore.has_expired(today);
                }
            }
            if !ignored {
                kept.push(finding);
            }
        }
        let mut findings = collapse(kept);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        let faults =
            self.ignores.iter().zip(used).filter_map(|(ignore, used)| ignore.fault(used, today));
        (findings, faults.collect())
    }
}

impl Ignore {
    fn matches(&self, finding: &Finding) -> bool {
        let begins = |wanted: &String| {
            // `GET /a` is not about `GET /a/b`, but `GET /a request body /x` is about `… /x/y`.
            let (place, wanted) = (finding.place(), wanted.trim());
            let is_below = |rest: &str| match rest.chars().next() {
                None | Some(' ') => true,
                Some('/') => wanted.len() > finding.subject.len(),
                Some(_) => false,
            };
            place.strip_prefix(wanted).is_some_and(is_below)
        };
        self.rule == finding.rule && self.place.as_ref().is_none_or(begins)
    }

    fn has_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    fn fault(&self, used: bool, today: Date) -> Option<Diagnostic> {
        let (code, message, help) = match (used, self.until) {
            (true, Some(until)) if until < today => (
                "expired-ignore",
                format!("the ignore of `{}` ended on {until}", self.rule),
                "resolve the finding, or give the ignore a later day",
            ),
            (true, _) => return None,
            (false, _) => (
                "unused-ignore",
                format!("nothing is found that the ignore of `{}` fits", self.rule),
                "remove it",
            ),
        };
        Some(fault(code, Severity::Warning, message, self.span, Some(help.to_owned())))
    }
}

/// The keys of a mapping, each of which must be a known one.
fn keys<'a>(node: Option<&'a Node>, known: &[&str], faults: &mut Vec<Diagnostic>) -> &'a [Entry] {
    let Some(node) = node else { return &[] };
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    let help = format!("it may have {}", names.join(", "));
    if !matches!(node.value, Value::Map(_)) {
        faults.push(error("this is no mapping", node.span, help));
        return &[];
    }
    for entry in node.entries() {
        if !known.contains(&entry.key.as_str()) {
            let message = format!("there is no `{}` here", entry.key);
            faults.push(error(message, entry.key_span, &help));
        }
    }
    node.entries()
}

fn error(message: impl Into<String>, span: Span, help: impl Into<String>) -> Diagnostic {
    let help = Some(help.into()).filter(|help| !help.is_empty());
    fault("compat-policy", Severity::Error, message.into(), span, help)
}

fn fault(
    code: &'static str,
    severity: Severity,
    message: String,
    span: Span,
    help: Option<String>,
) -> Diagnostic {
    let primary = Label { span, text: String::new() };
    let help = help.into_iter().collect();
    Diagnostic { code, severity, message, primary, secondary: vec![], help }
}

fn check_rule(id: &str, span: Span, faults: &mut Vec<Diagnostic>) {
    let rules = catalog::all();
    if rules.iter().any(|rule| rule.id == id) {
        return;
    }
    let likeness = |rule: &catalog::Rule| similar::TextDiff::from_chars(id, rule.id).ratio();
    let near = rules.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let help = near.map_or_else(String::new, |near| format!("the nearest is `{}`", near.id));
    faults.push(error(format!("there is no rule `{id}`"), span, help));
}
