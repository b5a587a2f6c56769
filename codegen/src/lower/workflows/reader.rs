//! What every part of a document is read with: where it stands, and what is wrong with it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ground;
use super::document::Document;
use super::expression::{self, Section, SyntaxError};
use crate::diag::Diagnostic;
use crate::diag::catalog::workflows as fault;
use crate::model::{Expression, ExpressionKind, TextPart};
use crate::parse::Node;
use crate::source::Span;

/// Reads one document.
pub(super) struct Reader<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) documents: &'a [Document<'a>],
    at: usize,
    n_faults: Cell<usize>,
    /// The schemas of inputs that were read, by the place of what they refer to.
    pub(super) schemas: RefCell<BTreeMap<Span, Arc<serde_json::Value>>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(ground: Ground<'a>, documents: &'a [Document<'a>], at: usize) -> Self {
        Self { ground, documents, at, n_faults: Cell::new(0), schemas: RefCell::default() }
    }

    pub(super) fn document(&self) -> &'a Document<'a> {
        &self.documents[self.at]
    }

    /// Reports what makes the document mean nothing.
    pub(super) fn fault(&self, diagnostic: Diagnostic) {
        self.n_faults.set(self.n_faults.get() + 1);
        self.ground.scope.sink.report(diagnostic);
    }

    /// Reports what has a meaning nevertheless.
    pub(super) fn warn(&self, diagnostic: Diagnostic) {
        self.ground.scope.sink.report(diagnostic);
    }

    /// How many faults there were so far.
    pub(super) fn n_faults(&self) -> usize {
        self.n_faults.get()
    }

    pub(super) fn is_sound(&self) -> bool {
        self.n_faults.get() == 0
    }

    /// A part of a text: its very place where the text stands in the file as it is, or the whole of it.
    pub(super) fn within(&self, node: &Node, at: usize, length: usize) -> Span {
        self.ground.scope.docs.within(node, at, length)
    }

    /// The expression that is the whole of a text.
    pub(super) fn expression(&self, node: &Node) -> Option<Expression> {
        let text = node.text()?;
        self.expression_in(node, text, 0)
    }

    /// An expression that stands in a text from some byte on.
    pub(super) fn expression_in(&self, node: &Node, text: &str, at: usize) -> Option<Expression> {
        match expression::parse(text) {
            Ok(parsed) => {
                let span = self.within(node, at, text.len());
                if let Some(proper) = &parsed.proper {
                    self.warn(fault::other_notation(span, text, proper));
                }
                let (kind, pointer) = (self.known(parsed.kind), parsed.pointer);
                let text = parsed.proper.unwrap_or_else(|| text.to_owned());
                Some(Expression { text, span, kind, pointer })
            }
            Err(found) => {
                self.bad_expression(node, text, &found.shifted(at));
                None
            }
        }
    }

    /// What an expression leads to, with the value that the document itself has.
    fn known(&self, kind: ExpressionKind) -> ExpressionKind {
        let document = self.document();
        match kind {
            ExpressionKind::SelfUri(_) => {
                ExpressionKind::SelfUri(document.tree.text_at("$self").map(str::to_owned))
            }
            ExpressionKind::Source { source, reference, .. } => {
                let node = document.source(&source).map(|source| source.node);
                let value = node.and_then(|node| node.text_at(&reference)).map(str::to_owned);
                ExpressionKind::Source { source, reference, value }
            }
            kind => kind,
        }
    }

    /// The parts of a text with expressions in braces.
    pub(super) fn pieces(&self, node: &Node, text: &str) -> Option<Vec<TextPart>> {
        let sections = match expression::sections(text) {
            Ok(sections) => sections,
            Err(found) => {
                self.bad_expression(node, text, &found);
                return None;
            }
        };
        let piece = |section: Section<'_>| match section {
            Section::Text(text) => Some(TextPart::Text(text.to_owned())),
            Section::Expression(text, at) => {
                self.expression_in(node, text, at).map(TextPart::Expression)
            }
        };
        // Each is looked at, so that all faults are reported.
        let pieces: Vec<Option<TextPart>> = sections.into_iter().map(piece).collect();
        pieces.into_iter().collect()
    }

    fn bad_expression(&self, node: &Node, text: &str, found: &SyntaxError) {
        let at = self.within(node, found.at, found.length);
        self.fault(fault::bad_expression(at, text, &found.why, found.help.as_deref()));
    }
}
