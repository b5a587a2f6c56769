//! What a rule finds, on its way to the sink.

use super::catalog::Rule;
use crate::diag::{Diagnostic, Edit, Fix, Label, Level, Sink};
use crate::source::Span;

/// Takes the findings of one rule.
pub(super) struct Found<'a> {
    rule: &'static Rule,
    sink: &'a Sink,
}

impl<'a> Found<'a> {
    pub(super) fn new(rule: &'static Rule, sink: &'a Sink) -> Self {
        Self { rule, sink }
    }

    /// Something to find fault with; `help` is what to write instead.
    pub(super) fn add(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.report(span, message.into(), help.into(), None);
    }

    /// The same where one form is right: what becomes of the value at a place.
    pub(super) fn add_fixable(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        at: Span,
        edit: Edit,
    ) {
        self.report(span, message.into(), help.into(), Some(Fix { at, edit }));
    }

    fn report(&mut self, span: Span, message: String, help: String, fix: Option<Fix>) {
        self.sink.report(Diagnostic {
            code: self.rule.code,
            severity: self.rule.level.unwrap_or(Level::Info).severity(),
            message,
            primary: Label { span, text: String::new() },
            secondary: vec![],
            help: vec![help],
            fix,
        });
    }
}
