//! Diagnostics: what is wrong with the contracts, as data.
//!
//! Owns the diagnostic, the sink that collects them and the order in which they are reported. [`catalog`] builds
//! those of contracts that mean nothing; the rules of [`crate::lint`] and [`crate::compat`] bring words of their
//! own. [`render`] is the only place that lays them out. Decides nothing about contracts.

pub mod catalog;
mod level;
pub mod render;

use std::cell::RefCell;

use crate::source::{SourceMap, Span};

pub use level::Level;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is generated, but probably not what was meant.
    Warning,
    /// Worth knowing; nothing is wrong.
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

/// A place in the contracts, and what there is to say of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words that stand beside the marks; may be empty.
    pub text: String,
}

/// A key of a contract, where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The key.
    pub name: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// A value of a contract, where it stands.
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
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to write instead; a help of several lines is YAML to copy.
    pub help: Vec<String>,
    /// How the contract is corrected, where there is one right form.
    pub fix: Option<Fix>,
}

/// A correction that keeps what a contract means but for what is wrong.
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

/// Collects diagnostics. Shared by reference: whoever finds something reports it and goes on.
#[derive(Debug, Default)]
pub struct Sink {
    found: RefCell<Vec<Diagnostic>>,
}

impl Sink {
    /// Takes a diagnostic. One that was reported already (a shared file is read once for each service) is dropped.
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

    /// Everything reported, by file (as its path sorts) and place, each once.
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
