//! Diagnostics: problems of contracts, as data.
//!
//! This module owns the diagnostic, the sink that collects them, and their order. [`catalog`] creates those of
//! invalid contracts; the rules of [`crate::lint`] and [`crate::compat`] have their own texts. [`render`] is the only
//! module that lays them out. Nothing here decides about contracts.

pub mod catalog;
mod level;
pub mod render;

use std::cell::RefCell;

use crate::source::{SourceMap, Span};

pub use level::Level;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Code is generated, but probably not what was intended.
    Warning,
    /// Information; nothing is wrong.
    Note,
}

impl Severity {
    /// The word that renderers print: `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A number of things, such as `1 file` and `2 files`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A location in the contracts, with a short text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A short text next to the marked code; may be empty.
    pub text: String,
}

/// A key of a contract, with its location.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The key.
    pub name: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// A value of a contract, with its location.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// What it is: `a string`.
    pub kind: &'static str,
    /// Its text, where it is a string or a number.
    pub text: Option<&'a str>,
    /// Where it stands.
    pub span: Span,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Names the kind of finding, in kebab case; stable.
    pub code: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// The message: lower case, no full stop, names in backticks.
    pub message: String,
    /// The location of the problem.
    pub primary: Label,
    /// Other locations that explain it.
    pub secondary: Vec<Label>,
    /// How to fix it; a help of several lines is YAML to copy.
    pub help: Vec<String>,
    /// An automatic fix, when there is exactly one correct form.
    pub fix: Option<Fix>,
}

/// A fix that preserves everything else in the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The value that it is about; the place of a key stands for what the key holds.
    pub at: Span,
    /// What becomes of it.
    pub edit: Edit,
}

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A mapping gets a key; the block is YAML without indentation.
    Insert {
        /// The key.
        key: String,
        /// What it holds.
        block: String,
    },
    /// The list at a key of the document gets an element.
    Append {
        /// The key.
        key: &'static str,
        /// The element, as YAML without indentation.
        item: String,
    },
    /// A text is replaced.
    Set(String),
    /// A key with its value, or an element, is removed.
    Remove,
    /// The element that holds it is removed.
    RemoveAround,
    /// A comment is removed: what stands there, and its line where nothing else is on it.
    Erase,
}

impl Diagnostic {
    /// An error at a place.
    fn error(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        let primary = Label { span, text: String::new() };
        let message = message.into();
        Self {
            code,
            severity: Severity::Error,
            message,
            primary,
            secondary: vec![],
            help: vec![],
            fix: None,
        }
    }

    /// A warning at a place.
    fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, span) }
    }

    /// A note at a place.
    fn note(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message, span) }
    }

    /// Says something beside the primary place.
    fn here(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place.
    fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a help.
    fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a help, where there is one.
    fn maybe_help(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.help(text),
            None => self,
        }
    }
}

/// Collects diagnostics. Shared by reference: a finding is reported, and the work goes on.
#[derive(Debug, Default)]
pub struct Sink {
    found: RefCell<Vec<Diagnostic>>,
}

impl Sink {
    /// Adds a diagnostic. A duplicate is dropped, because a shared file is read once for each service.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Hands everything on to another sink.
    pub fn into_other(self, other: &Self) {
        other.found.borrow_mut().append(&mut self.found.into_inner());
    }

    /// Moves every place that was reported to the narrowest one that stands for it.
    pub fn narrow(&self, narrowed: impl Fn(Span) -> Span) {
        for diagnostic in self.found.borrow_mut().iter_mut() {
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            labels.for_each(|label| label.span = narrowed(label.span));
        }
    }

    /// Whether an error was reported.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.found.borrow())
    }

    /// The place of the first error that was reported.
    #[must_use]
    pub fn first_error(&self) -> Option<Span> {
        let found = self.found.borrow();
        let error = found.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        error.map(|diagnostic| diagnostic.primary.span)
    }

    /// All diagnostics, by file path and position, without duplicates.
    #[must_use]
    pub fn into_sorted(self, sources: &SourceMap) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        let path = |span: Span| sources.file(span.file).path.as_str();
        found.sort_by(|a, b| {
            let place = |d: &Diagnostic| (d.primary.span.start, d.severity, d.primary.span.end);
            path(a.primary.span)
                .cmp(path(b.primary.span))
                .then_with(|| place(a).cmp(&place(b)))
                .then_with(|| (a.code, &a.message).cmp(&(b.code, &b.message)))
        });
        found.dedup_by(|a, b| {
            (a.code, &a.message, a.primary.span) == (b.code, &b.message, b.primary.span)
        });
        found
    }
}

/// Whether any of the diagnostics is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
