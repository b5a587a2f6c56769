//! Findings that are known and accepted.

use super::Kind;
use crate::compat::Finding;
use crate::diag::{Diagnostic, Edit, Fix, Label, Severity};
use crate::source::Span;
use jiff::civil::Date;

/// A finding that is known and accepted.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    pub(super) rule: String,
    pub(super) scope: Scope,
    pub(super) until: Option<Date>,
    /// Consumers that must not be concerned for a change to be accepted.
    pub(super) consumers: Vec<String>,
    /// Where each of them is named.
    pub(super) named: Vec<Span>,
    pub(super) span: Span,
}

/// Where a finding is accepted.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// Everywhere.
    All,
    /// At a place, or what that begins with.
    Place(String),
    /// In these lines of a contract, beside which a comment says so.
    Lines(Span),
}

/// Whether a place of the contracts is meant by a wanted one (`product/openapi.yaml#/paths/~1product`, a file or a
/// folder), with the name of the folder of contracts or without.
pub(super) fn is_place(place: &str, wanted: &str) -> bool {
    let wanted = wanted.trim();
    let begins = |place: &str| {
        place.strip_prefix(wanted).is_some_and(|rest| {
            rest.is_empty() || wanted.ends_with(['/', '#']) || rest.starts_with(['/', '#'])
        })
    };
    begins(place) || place.split_once('/').is_some_and(|(_, below)| begins(below))
}

/// Whether a change is meant: by its place, or what that begins with.
pub(super) fn is_change(finding: &Finding, wanted: &str) -> bool {
    // `GET /a` is not about `GET /a/b`, but `GET /a request body /x` is about `… /x/y`.
    let (place, wanted) = (finding.place(), wanted.trim());
    let is_below = |rest: &str| match rest.chars().next() {
        None | Some(' ') => true,
        Some('/') => wanted.len() > finding.subject.len(),
        Some(_) => false,
    };
    place.strip_prefix(wanted).is_some_and(is_below)
}

impl Ignore {
    /// Whether a finding of contracts is meant.
    pub(super) fn fits_place(&self, place: &str, span: Span) -> bool {
        match &self.scope {
            Scope::All => true,
            Scope::Place(wanted) => is_place(place, wanted),
            Scope::Lines(lines) => {
                lines.file == span.file && lines.start <= span.start && span.start < lines.end
            }
        }
    }

    /// Whether a change is meant.
    pub(super) fn fits_change(&self, is_there: impl FnOnce(&str) -> bool) -> bool {
        match &self.scope {
            Scope::All => true,
            Scope::Place(wanted) => is_there(wanted),
            Scope::Lines(_) => false,
        }
    }

    /// Whether none of the consumers that it names is concerned.
    pub(super) fn suits(&self, concerned: &[String]) -> bool {
        !self.consumers.iter().any(|name| concerned.contains(name))
    }

    /// How it is removed: a comment is erased, a rule's name in the policy goes with all that stands beside it.
    fn removal(&self) -> Edit {
        match self.scope {
            Scope::Lines(_) => Edit::Erase,
            Scope::All | Scope::Place(_) => Edit::RemoveAround,
        }
    }

    pub(super) fn has_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// What there is to say of it once everything was judged.
    pub(super) fn fault(&self, used: bool, today: Date) -> Option<Diagnostic> {
        // A change that was accepted is no change any more once it is merged, so its ignore is left over by no fault.
        let unused = match Kind::of(&self.rule) {
            Kind::Contract => Severity::Warning,
            Kind::Change => Severity::Note,
        };
        let (severity, code, message, help) = match (used, self.until) {
            (true, Some(until)) if until < today => (
                Severity::Error,
                "expired-ignore",
                format!("the ignore of `{}` expired on {until}", self.rule),
                "fix the finding, or set a later date",
            ),
            (true, _) => return None,
            (false, _) => (
                unused,
                "unused-ignore",
                format!("the ignore of `{}` matches no finding", self.rule),
                "remove it",
            ),
        };
        let fix = (!used).then_some(Fix { at: self.span, edit: self.removal() });
        Some(Diagnostic { fix, ..fault(code, severity, message, self.span, Some(help.to_owned())) })
    }
}

/// A diagnostic of the policy itself.
pub(super) fn fault(
    code: &'static str,
    severity: Severity,
    message: String,
    span: Span,
    help: Option<String>,
) -> Diagnostic {
    let primary = Label { span, text: String::new() };
    let help = help.into_iter().collect();
    Diagnostic { code, severity, message, primary, secondary: vec![], help, fix: None }
}
