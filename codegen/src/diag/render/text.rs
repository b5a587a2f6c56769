//! For people, on a terminal.
//!
//! Owns the layout of a finding, and that there is never more of it than somebody can read: equal findings are told
//! once with their places, long lines are cut around what they are about, and of many findings the rest is counted.

use super::excerpt::{Excerpt, cut, visible, visible_lines};
use super::group::{Entry, Group, entries};
use crate::diag::{Diagnostic, Label, Severity, count};
use crate::source::{SourceMap, Span};

/// How much is written in all.
const MAX_BYTES: usize = 56 * 1024;

/// How many lines there are where many findings are told.
const MAX_LINES: usize = 96;

/// How much is left of a message, and of a line of a help.
const MAX_MESSAGE: usize = 300;

/// How much is left of a message that shares its line.
const MAX_SHORT: usize = 120;

/// How many lines of a help are written.
const MAX_HELP_LINES: usize = 24;

/// How many places of equal findings are listed.
const MAX_PLACES: usize = 5;

/// How many characters a list of places has before the rest is counted; with what is around it, less than [`MAX_MESSAGE`].
const MAX_LISTED: usize = 250;

/// The diagnostics one after another, each with the lines it is about. With `colours`, in ANSI colours.
#[must_use]
pub fn render_text(diagnostics: &[Diagnostic], sources: &SourceMap, colours: bool) -> String {
    let page = Page { sources, paint: Paint { colours } };
    let mut out = String::new();
    let mut left_out = Counts::default();
    for entry in entries(diagnostics, MAX_LINES, |entry| page.entry(entry).lines().count()) {
        let text = page.entry(&entry);
        if out.len() + text.len() > MAX_BYTES {
            left_out.add(&entry);
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&text);
    }
    if let Some(line) = left_out.line() {
        out.push_str(&format!("\n{line}\n"));
    }
    out
}

/// Findings that are not written, by severity.
#[derive(Debug, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn add(&mut self, entry: &Entry<'_>) {
        let (severity, n) = match entry {
            Entry::Group(group) => (group.first.severity, 1 + group.others.len()),
            Entry::Rest { first, places, .. } => (first.severity, places.len()),
        };
        match severity {
            Severity::Error => self.errors += n,
            Severity::Warning => self.warnings += n,
            Severity::Note => self.notes += n,
        }
    }

    fn line(&self) -> Option<String> {
        let named = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let named = named.iter().filter(|(n, _)| *n > 0);
        let named: Vec<_> = named.map(|(n, of)| count(*n, of)).collect();
        (!named.is_empty()).then(|| {
            format!(
                "not shown: {}; `--format json` or `sarif` lists all findings",
                named.join(", ")
            )
        })
    }
}

/// What every part of the layout needs.
#[derive(Clone, Copy)]
struct Page<'a> {
    sources: &'a SourceMap,
    paint: Paint,
}

impl Page<'_> {
    fn entry(self, entry: &Entry<'_>) -> String {
        match entry {
            Entry::Group(group) => self.group(group),
            Entry::Rest { first, places, is_more } => self.rest(first, places, *is_more),
        }
    }

    /// A finding, and the other places of equal ones.
    fn group(self, group: &Group<'_>) -> String {
        let diagnostic = group.first;
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let line = |label: &Label| self.sources.position(label.span).line.to_string().len();
        let width = labels.map(line).max().unwrap_or(1);
        let mut out = self.title(diagnostic, &diagnostic.message);
        self.label(&mut out, &diagnostic.primary, Some(diagnostic.severity), width);
        for label in &diagnostic.secondary {
            self.label(&mut out, label, None, width);
        }
        if !group.others.is_empty() {
            let places = self.places(diagnostic.primary.span, &group.others);
            out.push_str(&self.note("also at", &places, width));
        }
        for help in &diagnostic.help {
            out.push_str(&self.note("help:", help, width));
        }
        out
    }

    /// The findings of a kind that are not written in full, on one line.
    fn rest(self, first: &Diagnostic, places: &[Span], is_more: bool) -> String {
        let all = self.places(Span::default(), places);
        let message = match is_more {
            true => format!("{} more of this kind at {all}", places.len()),
            false => {
                let count = if places.len() == 1 {
                    String::new()
                } else {
                    format!(" ({} times)", places.len())
                };
                format!("{}{count} at {all}", cut(&first.message, MAX_SHORT))
            }
        };
        self.title(first, &message)
    }

    fn title(self, diagnostic: &Diagnostic, message: &str) -> String {
        let severity = diagnostic.severity;
        let title = format!("{}[{}]", severity.as_str(), diagnostic.code);
        let message = visible(&cut(message, MAX_MESSAGE));
        format!("{}: {}\n", self.paint.severity(severity, &title), self.paint.bold(&message))
    }

    fn note(self, word: &str, text: &str, width: usize) -> String {
        let (indent, margin) = (" ".repeat(width), self.paint.margin("="));
        let mut lines = text.lines().map(|line| visible_lines(&cut(line, MAX_MESSAGE)));
        let first = lines.next().unwrap_or_default();
        let mut out = format!("{indent} {margin} {} {first}\n", self.paint.bold(word));
        for line in lines.by_ref().take(MAX_HELP_LINES) {
            out.push_str(&format!("{indent}         {line}\n"));
        }
        if lines.next().is_some() {
            out.push_str(&format!("{indent}         …\n"));
        }
        out
    }

    /// Places as lines and columns, with the file where it is not that of the first.
    fn places(self, first: Span, others: &[Span]) -> String {
        let mut file = first.file;
        let mut named: Vec<String> = Vec::new();
        for span in others.iter().take(MAX_PLACES) {
            let position = self.sources.position(*span);
            let place = format!("{}:{}", position.line, position.column);
            let is_new = span.file != file || first == Span::default() && named.is_empty();
            file = span.file;
            let place = match is_new {
                true => format!("{}:{place}", visible(&self.sources.file(file).path)),
                false => place,
            };
            let n_chars: usize =
                named.iter().chain([&place]).map(|one| one.chars().count() + 2).sum();
            // A list that is too long ends with a whole place.
            if n_chars > MAX_LISTED && !named.is_empty() {
                break;
            }
            named.push(place);
        }
        match others.len() - named.len() {
            0 => named.join(", "),
            1 => format!("{} and 1 more place", named.join(", ")),
            n => format!("{} and {n} more places", named.join(", ")),
        }
    }

    /// The place, its line, and marks below what it is about; of several lines, the first. A label without severity is
    /// a secondary one.
    fn label(self, out: &mut String, label: &Label, severity: Option<Severity>, width: usize) {
        let file = self.sources.file(label.span.file);
        let start = file.position(label.span.start);
        let (arrow, mark) = if severity.is_some() { ("-->", "^") } else { (":::", "-") };
        let indent = " ".repeat(width);
        let arrow = self.paint.margin(arrow);
        let path = visible(&file.path);
        out.push_str(&format!("{indent}{arrow} {path}:{}:{}\n", start.line, start.column));
        let excerpt = Excerpt::of(file, label.span, start.line);
        let number = self.paint.margin(&format!("{:>width$} |", start.line));
        out.push_str(format!("{number} {}", excerpt.line).trim_end());
        out.push('\n');
        let text = visible(&cut(&label.text, MAX_MESSAGE));
        let marked = format!("{} {text}", mark.repeat(excerpt.n_marks));
        let marked = match severity {
            Some(severity) => self.paint.severity(severity, marked.trim_end()),
            None => self.paint.margin(marked.trim_end()),
        };
        out.push_str(&format!("{indent} {} {}{marked}\n", self.paint.margin("|"), excerpt.before));
    }
}

/// Colours, or none.
#[derive(Clone, Copy)]
struct Paint {
    colours: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.with(code, text)
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn margin(self, text: &str) -> String {
        self.with("1;34", text)
    }
}
