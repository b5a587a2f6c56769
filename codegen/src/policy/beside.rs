//! Findings that are accepted beside the line that they are about.
//!
//! ```yaml
//! # codegen-ignore string-unbounded until 2027-01-31: the bank's reference has no length
//! reference:
//!   type: string
//! note: {type: string} # codegen-ignore string-unbounded: cut by the printer
//! ```
//!
//! A comment accepts what is found in the key or element that begins on its line or, where it has a line of its own, on
//! the next one. Owns the form of the comments. Contracts as JSON have none: the policy's file names places in them.

use super::ignore::{Ignore, Scope, fault};
use super::read::check_rule;
use super::{Kind, Policy};
use crate::compat::parse_date;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::parse::{Node, Value, yaml};
use crate::source::{FileId, SourceMap, Span};
use jiff::civil::Date;

/// What begins such a comment.
const WORD: &str = "codegen-ignore";

/// How one is written.
const FORM: &str =
    "write `# codegen-ignore RULE: reason`, or `# codegen-ignore RULE until 2027-01-31: reason`";

impl Policy {
    /// Takes the comments of contracts in; answers with what is wrong with them.
    #[must_use]
    pub fn read_comments(&mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for (id, file) in sources.files().filter(|(_, file)| file.text.contains(WORD)) {
            let Some(tree) = yaml::parse(id, &file.text, &Sink::default()) else { continue };
            for comment in comments(id, &file.text, &tree) {
                self.read_comment(&comment, &tree, &mut faults);
            }
        }
        self.used.resize(self.ignores.len(), false);
        faults
    }

    fn read_comment(&mut self, comment: &Comment<'_>, tree: &Node, faults: &mut Vec<Diagnostic>) {
        let read = match Read::of(comment) {
            Ok(read) => read,
            Err(why) => return faults.push(comment.fault(why.to_owned(), FORM)),
        };
        let Some(scope) = beginning_on(tree, comment.about) else {
            let why = "there is no part of the contract on this line or the next".to_owned();
            return faults.push(comment.fault(why, FORM));
        };
        for rule in read.rules {
            let n_faults = faults.len();
            check_rule(rule, comment.span, faults);
            if faults.len() == n_faults && Kind::of(rule) == Kind::Change {
                let why =
                    format!("`{rule}` is a rule on changes, which cannot be ignored on a line");
                faults.push(
                    comment.fault(why, "ignore the change in spec/policy.yaml, with `where`"),
                );
            }
            let (rule, scope) = (rule.to_owned(), Scope::Lines(scope));
            self.ignores.push(Ignore {
                rule,
                scope,
                until: read.until,
                consumers: Vec::new(),
                named: Vec::new(),
                span: comment.span,
            });
        }
    }
}

/// All such comments, each with its text.
pub(super) fn all(sources: &SourceMap) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for (id, file) in sources.files().filter(|(_, file)| file.text.contains(WORD)) {
        let Some(tree) = yaml::parse(id, &file.text, &Sink::default()) else { continue };
        let comments = comments(id, &file.text, &tree);
        found.extend(comments.iter().map(|comment| (comment.span, comment.text.to_owned())));
    }
    found
}

/// What a comment says.
struct Read<'a> {
    rules: Vec<&'a str>,
    until: Option<Date>,
}

impl<'a> Read<'a> {
    /// What a comment says, or what is wrong with it.
    fn of(comment: &Comment<'a>) -> Result<Self, &'static str> {
        let (head, reason) = comment.text.split_once(':').unwrap_or((comment.text, ""));
        if reason.trim().is_empty() {
            return Err("a reason is missing");
        }
        let (rules, until) = match head.split_once(" until ") {
            None => (head, None),
            Some((rules, day)) => {
                (rules, Some(parse_date(day.trim()).ok_or("this is not a date")?))
            }
        };
        let rules: Vec<&str> = rules.split(',').map(str::trim).collect();
        if rules.iter().any(|rule| rule.is_empty() || rule.contains(' ')) {
            return Err("the name of a rule is missing");
        }
        Ok(Self { rules, until })
    }
}

/// A comment that accepts something.
struct Comment<'a> {
    /// Where it stands, from its sign to the end of its line.
    span: Span,
    /// What follows the word.
    text: &'a str,
    /// The bytes of the line that it is about.
    about: (usize, usize),
}

impl Comment<'_> {
    fn fault(&self, message: String, help: &str) -> Diagnostic {
        fault("policy", Severity::Error, message, self.span, Some(help.to_owned()))
    }
}

/// The comments of a file. What looks like a comment inside a quoted text is not one.
fn comments<'a>(file: FileId, text: &'a str, tree: &Node) -> Vec<Comment<'a>> {
    let mut found = Vec::new();
    let mut start = 0;
    let lines: Vec<(usize, &str)> = text
        .split('\n')
        .map(|line| {
            let at = start;
            start += line.len() + 1;
            (at, line)
        })
        .collect();
    for (index, (start, line)) in lines.iter().enumerate() {
        let Some((at, after)) = marked(line) else { continue };
        let sign = start + at;
        if is_in_text(tree, sign) {
            continue;
        }
        let is_alone = line[..at].trim().is_empty();
        let holds = |(_, line): &&(usize, &str)| {
            let line = line.trim_start();
            !is_alone || !(line.trim().is_empty() || line.starts_with('#'))
        };
        let about = lines.iter().skip(index).find(holds).unwrap_or(&lines[index]);
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        found.push(Comment {
            span: Span { file, start: byte(sign), end: byte(start + line.trim_end().len()) },
            text: after.trim(),
            about: (about.0, about.0 + about.1.len()),
        });
    }
    found
}

/// Where a comment begins whose first word is ours, and what follows the word.
fn marked(line: &str) -> Option<(usize, &str)> {
    let signs = line
        .match_indices('#')
        .filter(|(at, _)| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
    signs
        .filter_map(|(at, _)| {
            let rest = line[at..].trim_start_matches('#').trim_start();
            Some((at, rest.strip_prefix(WORD)?))
        })
        .find(|(_, rest)| rest.is_empty() || rest.starts_with([' ', ':']))
}

/// Whether a byte is within a text of the tree, or one of its keys.
fn is_in_text(node: &Node, at: usize) -> bool {
    let inside = |span: Span| (span.start as usize..span.end as usize).contains(&at);
    match &node.value {
        Value::Map(entries) => {
            entries.iter().any(|entry| inside(entry.key_span) || is_in_text(&entry.value, at))
        }
        Value::List(items) => items.iter().any(|item| is_in_text(item, at)),
        _ => inside(node.span),
    }
}

/// The outermost key, with its value, or element that begins within these bytes.
fn beginning_on(node: &Node, (start, end): (usize, usize)) -> Option<Span> {
    let begins = |span: Span| (start..=end).contains(&(span.start as usize));
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|entry| {
            let whole =
                Span { end: entry.value.span.end.max(entry.key_span.end), ..entry.key_span };
            if begins(whole) { Some(whole) } else { beginning_on(&entry.value, (start, end)) }
        }),
        Value::List(items) => items.iter().find_map(|item| {
            if begins(item.span) { Some(item.span) } else { beginning_on(item, (start, end)) }
        }),
        _ => None,
    }
}
