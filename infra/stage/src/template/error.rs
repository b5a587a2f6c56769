//! What is wrong with a template: faults as data, all of one run together.

use std::fmt;
use std::path::PathBuf;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The file, where it is not the template itself but one that is nested in it.
    pub file: Option<PathBuf>,
    /// What is at fault: ``resource `OrderQueue` (AWS::SQS::Queue)``.
    pub subject: String,
    /// What is wrong with it.
    pub message: String,
    /// Whether it is only that the stage does not have this: the rest can stand without it (`--allow-inert`).
    pub can_be_left_out: bool,
}

impl Fault {
    /// A fault without a line.
    #[must_use]
    pub fn new(subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            line: None,
            file: None,
            subject: subject.into(),
            message: message.into(),
            can_be_left_out: false,
        }
    }

    /// The same at a line, unless it has one already: the innermost place is the best.
    #[must_use]
    pub fn at(mut self, line: usize) -> Self {
        self.line.get_or_insert(line);
        self
    }

    /// The fault with its place: `template.yaml:3: resource …`.
    #[must_use]
    pub(super) fn located(&self, path: &std::path::Path) -> String {
        let path = self.file.as_deref().unwrap_or(path);
        match self.line {
            Some(line) => format!("{}:{line}: {self}", path.display()),
            None => format!("{}: {self}", path.display()),
        }
    }

    /// The fault of what was left out on request, with its place: what that means, instead of how to ask for it.
    #[must_use]
    pub(super) fn left_out(&self, path: &std::path::Path) -> String {
        let kept = Self { can_be_left_out: false, ..self.clone() };
        format!("{}; it has no effect here, so what runs differs from AWS", kept.located(path))
    }

    /// The same in a file, unless it is in another one already.
    #[must_use]
    pub(super) fn in_file(mut self, path: &std::path::Path) -> Self {
        self.file.get_or_insert_with(|| path.to_owned());
        self
    }

    /// The same about something that the rest can stand without.
    #[must_use]
    pub fn left_out_on_request(mut self) -> Self {
        self.can_be_left_out = true;
        self
    }

    /// The same about a larger thing, when all that is known so far is that the template is at fault.
    #[must_use]
    pub fn within(mut self, subject: &str) -> Self {
        if self.subject == "template" {
            subject.clone_into(&mut self.subject);
        }
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.message)?;
        if self.can_be_left_out { f.write_str("; use --allow-inert to skip it") } else { Ok(()) }
    }
}

/// Why a template cannot be stood up.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The file cannot be read.
    #[error("cannot read the template {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder that holds no template to stand up, or more than one.
    #[error("{path}: {reason}", path = .path.display())]
    Assembly {
        /// The folder or file.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// It can be read, but not stood up.
    #[error("{}", render(.path, .faults))]
    Refused {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it, by line; never empty.
        faults: Vec<Fault>,
    },
}

fn render(path: &std::path::Path, faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| fault.located(path)).collect();
    lines.join("\n")
}
