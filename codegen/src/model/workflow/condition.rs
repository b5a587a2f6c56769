//! Criteria: what must hold for a step to have succeeded, or for an action to be taken.

use super::{Expression, TextPart};
use crate::source::Span;

/// One criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Where its condition stands.
    pub span: Span,
    /// As the contract writes it.
    pub text: String,
    /// What must hold.
    pub kind: CriterionKind,
}

/// The kinds of criteria.
#[derive(Debug, Clone, PartialEq)]
pub enum CriterionKind {
    /// A condition that is true.
    Simple(Condition),
    /// A pattern (ECMA-262) that the context matches.
    Regex {
        /// The context.
        context: Expression,
        /// The pattern.
        pattern: Vec<TextPart>,
    },
    /// A JSONPath query (RFC 9535) that finds something in the context.
    JsonPath {
        /// The context.
        context: Expression,
        /// The query.
        path: Vec<TextPart>,
        /// Whether its filter looks at the context itself, and not at each member of it.
        of_itself: bool,
    },
}

/// A simple condition as a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A literal.
    Literal(Literal),
    /// What an expression leads to.
    Value(Expression),
    /// `!a`
    Not(Box<Condition>),
    /// `a && b`
    And(Box<Condition>, Box<Condition>),
    /// `a || b`
    Or(Box<Condition>, Box<Condition>),
    /// `a == b`
    Compare(Comparison, Box<Condition>, Box<Condition>),
}

/// A literal of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number as the contract writes it.
    Number(String),
    /// `'text'`
    Text(String),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Criterion {
    /// The expressions in it, in order.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expression> {
        match &self.kind {
            CriterionKind::Simple(condition) => condition.expressions(),
            CriterionKind::Regex { context, pattern: pieces }
            | CriterionKind::JsonPath { context, path: pieces, .. } => {
                let within = pieces.iter().filter_map(TextPart::expression);
                std::iter::once(context).chain(within).collect()
            }
        }
    }
}

impl Criterion {
    /// Whether it cannot hold without one of the expressions that `is_one` tells.
    pub fn needs(&self, is_one: &dyn Fn(&Expression) -> bool) -> bool {
        match &self.kind {
            CriterionKind::Simple(condition) => condition.needs(is_one),
            CriterionKind::Regex { .. } | CriterionKind::JsonPath { .. } => {
                self.expressions().into_iter().any(is_one)
            }
        }
    }
}

impl Condition {
    fn needs(&self, is_one: &dyn Fn(&Expression) -> bool) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Value(expression) => is_one(expression),
            Self::Not(inner) => inner.needs(is_one),
            Self::Or(left, right) => left.needs(is_one) && right.needs(is_one),
            Self::And(left, right) | Self::Compare(_, left, right) => {
                left.needs(is_one) || right.needs(is_one)
            }
        }
    }

    /// The expressions in it, in order.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Literal(_) => vec![],
            Self::Value(expression) => vec![expression],
            Self::Not(inner) => inner.expressions(),
            Self::And(left, right) | Self::Or(left, right) | Self::Compare(_, left, right) => {
                [left.expressions(), right.expressions()].concat()
            }
        }
    }
}
