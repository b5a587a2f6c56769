//! Findings as diagnostics, for whichever renderer.
//!
//! Owns how the two versions of the contracts come to stand in one map of sources, and which line of a schema is
//! shown: the keyword that changed. Lays nothing out.

use super::finding::Finding;
use crate::diag::{Diagnostic, Label, Sink};
use crate::parse::{Entry, Node, Value, yaml};
use crate::source::{FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// How many further places of a change are named.
const MOST_NAMED: usize = 5;

/// Both versions of the contracts, and diagnostics that point into them.
#[derive(Debug, Clone)]
pub struct Diagnosed {
    /// The new files, then the old ones with a prefix before their path.
    pub sources: SourceMap,
    /// One diagnostic for each finding, in the order of the findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Turns findings into diagnostics. Files of the old version are named with `prefix` before their path, for
/// example `main:`.
#[must_use]
pub fn report(findings: &[Finding], old: &SourceMap, new: &SourceMap, prefix: &str) -> Diagnosed {
    let (mut before, mut after) = (Trees::new(old), Trees::new(new));
    let n_new = u32::try_from(new.files().count()).unwrap_or(u32::MAX);
    let moved = |span: Span| Span { file: FileId(span.file.0.saturating_add(n_new)), ..span };
    let diagnostics = findings.iter().map(|finding| {
        let old = finding.old_span.map(|span| moved(before.line(span, finding.keyword)));
        let new = finding.new_span.map(|span| after.line(span, finding.keyword));
        diagnostic(finding, old, new)
    });
    let diagnostics = diagnostics.collect();
    let mut sources = new.clone();
    for (_, file) in old.files() {
        sources.add(format!("{prefix}{}", file.path), file.text.as_str());
    }
    Diagnosed { sources, diagnostics }
}

fn diagnostic(finding: &Finding, old: Option<Span>, new: Option<Span>) -> Diagnostic {
    let label = |span, text: &str| Label { span, text: text.to_owned() };
    let (primary, secondary) = match (new, old) {
        (Some(new), Some(old)) => (label(new, ""), vec![label(old, "before")]),
        (Some(only), None) => (label(only, ""), vec![]),
        (None, only) => (label(only.unwrap_or_default(), "the old contract"), vec![]),
    };
    let mut help = Vec::new();
    let whom = finding.whom();
    if !whom.is_empty() {
        help.push(format!("affects {whom}"));
    }
    if !finding.help.is_empty() {
        help.push(format!("instead: {}", finding.help));
    }
    if !finding.also.is_empty() {
        let named = finding.also.iter().take(MOST_NAMED).map(|place| format!("`{place}`"));
        let named = named.collect::<Vec<_>>().join(", ");
        help.push(match finding.also.len().saturating_sub(MOST_NAMED) {
            0 => format!("the same change occurs in {named}"),
            more => format!("the same change occurs in {named} and {more} more places"),
        });
    }
    Diagnostic {
        code: finding.rule,
        severity: finding.level.severity(),
        message: format!("`{}`: {}", finding.place(), finding.message),
        primary,
        secondary,
        help,
        fix: None,
    }
}

/// The trees of the files that findings point into, each read once.
struct Trees<'a> {
    sources: &'a SourceMap,
    trees: BTreeMap<FileId, Option<Node>>,
}

impl<'a> Trees<'a> {
    fn new(sources: &'a SourceMap) -> Self {
        Self { sources, trees: BTreeMap::new() }
    }

    /// The line that says it: the keyword in the mapping at a span, or else the key that the mapping has.
    fn line(&mut self, span: Span, keyword: &str) -> Span {
        let sources = self.sources;
        let read = || yaml::parse(span.file, &sources.file(span.file).text, &Sink::default());
        let tree = self.trees.entry(span.file).or_insert_with(read);
        let Some(entry) = tree.as_ref().and_then(|tree| find(tree, span)) else { return span };
        let key = |entry: &Entry| entry.key_span;
        match entry.value.entry(keyword).or_else(|| below(&entry.value, keyword)) {
            Some(said) if matches!(said.value.value, Value::List(_) | Value::Map(_)) => key(said),
            Some(said) => Span { end: said.value.span.end, ..said.key_span },
            None if matches!(entry.value.value, Value::Map(_)) => key(entry),
            None => span,
        }
    }
}

/// The only key of a name below a mapping; none where there are several, of which nobody knows which one is meant.
fn below<'a>(node: &'a Node, keyword: &str) -> Option<&'a Entry> {
    fn collect<'a>(node: &'a Node, keyword: &str, found: &mut Vec<&'a Entry>) {
        for entry in node.entries() {
            // Two are as bad as many.
            if found.len() > 1 {
                return;
            }
            found.extend((entry.key == keyword).then_some(entry));
            collect(&entry.value, keyword, found);
        }
        node.items().iter().for_each(|item| collect(item, keyword, found));
    }
    if keyword.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    collect(node, keyword, &mut found);
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The key that stands at a span, or whose value does.
fn find(node: &Node, span: Span) -> Option<&Entry> {
    let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    match &node.value {
        Value::Map(entries) => {
            let whole = |entry: &Entry| Span { end: entry.value.span.end, ..entry.key_span };
            let entry = entries.iter().find(|entry| holds(whole(entry)))?;
            let is_it = [entry.key_span, entry.value.span, whole(entry)].contains(&span);
            if is_it { Some(entry) } else { find(&entry.value, span) }
        }
        Value::List(items) => find(items.iter().find(|item| holds(item.span))?, span),
        _ => None,
    }
}
