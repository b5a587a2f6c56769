//! The responses of a bound operation, and its body, against what its action does.

use super::Binder;
use crate::diag::catalog::tables as fault;
use crate::model::{Codec, Content, Response, Status};
use crate::parse::Node;
use crate::source::Span;

impl Binder<'_, '_> {
    pub(super) fn span(&self) -> Span {
        self.node.get("action").map_or(self.node.span, |node| node.span)
    }

    pub(super) fn response(&self, status: u16) -> Option<&Response> {
        let code = Status::Code(status);
        self.draft.operation.responses.iter().find(|response| response.status == code)
    }

    /// The one answer for success.
    pub(super) fn success(&self) -> Option<&Response> {
        let mut answers =
            self.draft.operation.responses.iter().filter(|response| response.is_success());
        let answer = answers.next();
        match (answer, answers.next()) {
            (Some(answer), None) if matches!(answer.status, Status::Code(_)) => Some(answer),
            (_, other) => {
                let why = "a generated operation needs exactly one success response, with a single status";
                let at = other.map_or(self.span(), |other| other.origin.span);
                self.scope.sink.report(fault::needs_response(at, self.action, "2XX", why));
                None
            }
        }
    }

    /// Whether a response tells of a refusal with this status: its own, or one for a range or for everything else.
    pub(super) fn refuses_with(&self, status: u16) -> bool {
        status >= 400
            && self.draft.operation.answering(status).is_some_and(|response| !response.is_success())
    }

    pub(super) fn needs(&self, status: u16, why: &str) -> Option<()> {
        if self.refuses_with(status) {
            return Some(());
        }
        self.scope.sink.report(fault::needs_response(
            self.span(),
            self.action,
            &status.to_string(),
            why,
        ));
        None
    }

    /// The success response must hold the item, or nothing where that is allowed.
    pub(super) fn answers_item(&self, or_nothing: bool) -> Option<()> {
        let success = self.success()?;
        let fits = match success.contents.as_slice() {
            [] => or_nothing,
            [only] => self.is_item(only),
            _ => false,
        };
        if !fits {
            let expected = format!("`{}`", self.item);
            let report = fault::response_of_other_type(
                success.origin.span,
                self.action,
                &expected,
                self.node.span,
            );
            self.scope.sink.report(report);
        }
        fits.then_some(())
    }

    /// As [`Binder::answers_item`], where `201` may stand for an item that was created, beside another success.
    pub(super) fn answers_upsert(&self) -> Option<()> {
        let mut answers =
            self.draft.operation.responses.iter().filter(|response| response.is_success());
        let both = [answers.next(), answers.next()];
        let [Some(one), Some(other)] = both else { return self.answers_item(true) };
        let is_created = |response: &Response| response.status == Status::Code(201);
        let other_status = if is_created(one) { other.status } else { one.status };
        let fits = |response: &Response| match response.contents.as_slice() {
            [] => true,
            [only] => self.is_item(only),
            _ => false,
        };
        let is_pair = is_created(one) != is_created(other) && answers.next().is_none();
        if is_pair && matches!(other_status, Status::Code(_)) && fits(one) && fits(other) {
            return Some(());
        }
        let expected = format!(
            "`201` for a created item and `200` or `204` for a replaced one, each with `{}` or no content",
            self.item
        );
        self.scope.sink.report(fault::response_of_other_type(
            other.origin.span,
            self.action,
            &expected,
            self.node.span,
        ));
        None
    }

    /// Whether a body is an item of the table, as JSON.
    pub(super) fn is_item(&self, content: &Content) -> bool {
        content.codec == Codec::Json && self.types.id_of(&content.ty) == Some(self.table.item)
    }

    pub(super) fn answers_nothing(&self) -> Option<()> {
        let success = self.success()?;
        if !success.contents.is_empty() {
            let report = fault::response_of_other_type(
                success.origin.span,
                self.action,
                "no body (`'204'`)",
                self.node.span,
            );
            self.scope.sink.report(report);
            return None;
        }
        Some(())
    }

    /// The request body must be the item.
    pub(super) fn takes_item(&self) -> Option<()> {
        let body = self.draft.operation.body.as_ref();
        let fits = body.is_some_and(|body| {
            body.required && matches!(body.contents.as_slice(), [only] if self.is_item(only))
        });
        if !fits {
            let at = body.map_or(self.span(), |body| body.origin.span);
            let item = if body.is_some_and(|body| !body.required) {
                format!("{}`, with `required: true", self.item)
            } else {
                self.item.to_owned()
            };
            self.scope.sink.report(fault::body_not_item(at, self.action, &item));
        }
        fits.then_some(())
    }

    pub(super) fn takes_nothing(&self) -> Option<()> {
        let Some(body) = &self.draft.operation.body else { return Some(()) };
        self.scope.sink.report(fault::body_unused(body.origin.span, self.action));
        None
    }

    /// The status of a declared response that tells of a refusal.
    pub(super) fn refusal(&self, node: &Node) -> Option<u16> {
        let text = node.text().or_else(|| node.number()).unwrap_or_default();
        let declared = self.draft.operation.responses.iter().filter_map(|one| match one.status {
            Status::Code(code) => Some(code),
            Status::Range(_) | Status::Default => None,
        });
        let (refusals, others): (Vec<u16>, Vec<u16>) = declared.partition(|code| *code >= 400);
        let status = text.parse().ok();
        let known = status.filter(|status| *status < 600 && self.refuses_with(*status));
        if known.is_none() {
            let is_declared = status.is_some_and(|status| others.contains(&status));
            self.scope.sink.report(fault::no_refusal(node.span, text, is_declared, &refusals));
        }
        known
    }
}
