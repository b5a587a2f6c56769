//! Contract coverage: what of the contracts was exercised, and why the rest was not.

use std::collections::BTreeMap;

use codegen::model::{Link, Operation, Parameter, Response, Status, System};
use codegen::source::Span;

use crate::value::{Constraint, Gap};

/// What kinds of things are covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Operations that answered with success.
    Operation,
    /// Responses that were given.
    Response,
    /// Parameters: given, left out, refused.
    Parameter,
    /// Constraints of requests: just kept, and broken.
    Constraint,
    /// Unusable bodies: missing, of another media type, malformed, too large; and undeclared methods.
    Protocol,
    /// Credentials that are not enough.
    Caller,
    /// Links that were followed.
    Link,
}

impl Group {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Operation,
        Self::Response,
        Self::Parameter,
        Self::Constraint,
        Self::Protocol,
        Self::Caller,
        Self::Link,
    ];

    /// The group's name: `operations`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operations",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Constraint => "constraints",
            Self::Protocol => "protocol",
            Self::Caller => "callers",
            Self::Link => "links",
        }
    }
}

/// One thing that can be covered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// What kind of thing it is.
    pub group: Group,
    /// Where it is declared.
    pub span: Span,
    /// What it is, in words.
    pub words: String,
}

impl Mark {
    fn new(group: Group, span: Span, words: String) -> Self {
        Self { group, span, words }
    }

    /// An operation that answers with success.
    #[must_use]
    pub fn operation(operation: &Operation) -> Self {
        let words = format!("`{}` succeeds", operation.id.wire);
        Self::new(Group::Operation, operation.origin.span, words)
    }

    /// A response of an operation.
    #[must_use]
    pub fn response(operation: &Operation, response: &Response) -> Self {
        // Operations share responses, so the operation's place tells more.
        let words = format!("`{}` returns {}", operation.id.wire, response.status);
        Self::new(Group::Response, operation.origin.span, words)
    }

    /// An answer that is judged by the text of the contract.
    #[must_use]
    pub fn judged(operation: &Operation, status: u16) -> Self {
        let words =
            format!("response {status} of `{}` is validated by its schema", operation.id.wire);
        Self::new(Group::Response, operation.origin.span, words)
    }

    /// A request that should keep the contract.
    #[must_use]
    pub fn planned(operation: &Operation, purpose: &str) -> Self {
        let words = format!("{purpose} at `{}`", operation.id.wire);
        Self::new(Group::Constraint, operation.origin.span, words)
    }

    /// Credentials that are not enough.
    #[must_use]
    pub fn caller(operation: &Operation, what: &str) -> Self {
        let words = format!("`{}` refuses {what}", operation.id.wire);
        Self::new(Group::Caller, operation.origin.span, words)
    }

    /// A parameter that keeps its contract or breaks it.
    #[must_use]
    pub fn parameter(operation: &Operation, place: usize, keeps: bool) -> Self {
        Self::of_parameter(operation, place, if keeps { "given" } else { "refused" })
    }

    /// A parameter that is left out.
    #[must_use]
    pub fn left_out(operation: &Operation, place: usize) -> Self {
        Self::of_parameter(operation, place, "omitted")
    }

    fn of_parameter(operation: &Operation, place: usize, side: &str) -> Self {
        let (name, span) = match operation.parameters.get(place) {
            Some(parameter) => (parameter.name.wire.as_str(), parameter.origin.span),
            None => ("", operation.origin.span),
        };
        let words = format!("parameter `{name}` of `{}` {side}", operation.id.wire);
        Self::new(Group::Parameter, span, words)
    }

    /// A required parameter that is missing.
    #[must_use]
    pub fn missing(parameter: &Parameter) -> Self {
        let words = format!("`required` of the parameter `{}` violated", parameter.name.wire);
        Self::new(Group::Constraint, parameter.origin.span, words)
    }

    /// One side of a constraint.
    #[must_use]
    pub fn constraint(constraint: &Constraint, keeps: bool) -> Self {
        let side = if keeps { "at its limit" } else { "violated" };
        let says_nothing = |part: &&str| !matches!(*part, "schema" | "items" | "content");
        let name = constraint.schema.rsplit('/').find(says_nothing).unwrap_or_default();
        let words = format!("`{}` of `{name}` {side}", constraint.keyword);
        Self::new(Group::Constraint, constraint.span, words)
    }

    /// A request that is no request of the contract at all.
    #[must_use]
    pub fn protocol(operation: &Operation, what: &str) -> Self {
        let words = format!("{what} at `{}`", operation.id.wire);
        Self::new(Group::Protocol, operation.origin.span, words)
    }

    /// A method that a path does not have.
    #[must_use]
    pub fn method(operation: &Operation, method: &str) -> Self {
        let words = format!("`{method} {}` refused", operation.path.text);
        Self::new(Group::Protocol, operation.origin.span, words)
    }

    /// A link that is followed.
    #[must_use]
    pub fn link(operation: &Operation, link: &Link) -> Self {
        let words =
            format!("link `{}` from `{}` to `{}`", link.name, operation.id.wire, link.operation_id);
        Self::new(Group::Link, link.origin.span, words)
    }
}

/// How far a thing is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Covered,
    /// Not, for this reason.
    Open(String),
}

/// What can be covered, and what is.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    marks: BTreeMap<Mark, State>,
}

impl Coverage {
    /// Everything that the contracts themselves name: operations, responses, parameters and links.
    #[must_use]
    pub fn of(system: &System) -> Self {
        let mut coverage = Self::default();
        let operations = system.services.iter().flat_map(|service| &service.operations);
        for operation in operations {
            coverage.want(Mark::operation(operation), "no request succeeded");
            for response in &operation.responses {
                let why = match response.status {
                    Status::Code(429) => "it needs too many requests at once",
                    Status::Code(500..) | Status::Range(5) => "it needs an internal error",
                    Status::Default => "every status has its own response",
                    _ => "no request led to it",
                };
                coverage.want(Mark::response(operation, response), why);
                for link in &response.links {
                    coverage.want(Mark::link(operation, link), "no response led to it");
                }
            }
            for (place, parameter) in operation.parameters.iter().enumerate() {
                coverage.want(Mark::parameter(operation, place, true), "no value was sent");
                if !parameter.required {
                    coverage.want(Mark::left_out(operation, place), "it was always sent");
                }
            }
        }
        coverage
    }

    /// Takes a thing up that can be covered, and why it is not so far.
    pub fn want(&mut self, mark: Mark, why: &str) {
        self.marks.entry(mark).or_insert_with(|| State::Open(why.to_owned()));
    }

    /// A thing is covered.
    pub fn cover(&mut self, mark: Mark) {
        self.marks.insert(mark, State::Covered);
    }

    /// Whether a thing is covered.
    #[must_use]
    pub fn is_covered(&self, mark: &Mark) -> bool {
        self.marks.get(mark) == Some(&State::Covered)
    }

    /// Says why a thing is not covered, unless it is.
    pub fn explain(&mut self, mark: Mark, why: &str) {
        let state = self.marks.entry(mark).or_insert_with(|| State::Open(String::new()));
        if let State::Open(reason) = state {
            why.clone_into(reason);
        }
    }

    /// Takes up the sides of constraints that no value was found for.
    pub fn gaps(&mut self, gaps: &[Gap]) {
        for gap in gaps {
            self.want(Mark::constraint(&gap.constraint, gap.keeps), gap.why);
        }
    }

    /// How many things of a group are covered, and how many there are.
    #[must_use]
    pub fn count(&self, group: Group) -> (usize, usize) {
        let of_group = || self.marks.iter().filter(|(mark, _)| mark.group == group);
        let covered = of_group().filter(|(_, state)| **state == State::Covered).count();
        (covered, of_group().count())
    }

    /// What is not covered, and why.
    pub fn open(&self) -> impl Iterator<Item = (&Mark, &str)> {
        self.marks.iter().filter_map(|(mark, state)| match state {
            State::Covered => None,
            State::Open(why) => Some((mark, why.as_str())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_stays_covered() {
        let mark = || Mark::new(Group::Link, Span::default(), "a link".to_owned());
        let mut coverage = Coverage::default();
        coverage.want(mark(), "nothing led there");
        assert_eq!(coverage.count(Group::Link), (0, 1));
        coverage.explain(mark(), "an empty page");
        assert_eq!(coverage.open().map(|(_, why)| why).collect::<Vec<_>>(), ["an empty page"]);
        coverage.cover(mark());
        coverage.explain(mark(), "too late");
        coverage.want(mark(), "too late");
        assert_eq!(coverage.count(Group::Link), (1, 1));
        assert_eq!(coverage.open().count(), 0);
        assert_eq!(coverage.count(Group::Operation), (0, 0));
    }
}
