//! Conditions on the item that a write finds.
//!
//! Owns the placeholders: every attribute name and value of an expression goes beside it, so that no name is a
//! reserved word and no value is ever part of the text.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Item, KeyNames};
use crate::Attribute;

/// A condition on the item that a write finds (DynamoDB Developer Guide, "Condition expressions").
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Term);

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Exists(String),
    Absent(String),
    Equals(String, AttributeValue),
    Written(&'static str, &'static [(&'static str, &'static str)]),
    All(Vec<Term>),
    Any(Vec<Term>),
}

type Rendered = (String, Option<HashMap<String, String>>, Option<HashMap<String, AttributeValue>>);

impl Condition {
    /// The item has this attribute; a path leads into objects: `checkout.checkoutId`.
    #[must_use]
    pub fn exists(path: &str) -> Self {
        Self(Term::Exists(path.to_owned()))
    }

    /// The item does not have this attribute, or there is no item.
    #[must_use]
    pub fn absent(path: &str) -> Self {
        Self(Term::Absent(path.to_owned()))
    }

    /// The attribute is there and has this value.
    #[must_use]
    pub fn equals(path: &str, value: &impl Attribute) -> Self {
        Self(Term::Equals(path.to_owned(), value.to_attribute()))
    }

    /// There is an item.
    #[must_use]
    pub fn item_exists<T: Item>() -> Self {
        let KeyNames { partition, .. } = T::KEY;
        Self::exists(partition)
    }

    /// There is no item.
    #[must_use]
    pub fn item_absent<T: Item>() -> Self {
        let KeyNames { partition, .. } = T::KEY;
        Self::absent(partition)
    }

    /// An expression that a contract gives, with its placeholders (`#checkout`) and the names that they stand for.
    #[must_use]
    pub const fn written(
        expression: &'static str,
        names: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self(Term::Written(expression, names))
    }

    /// Both conditions hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Term::All(vec![self.0, other.0]))
    }

    /// One of the conditions holds, or both do.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(Term::Any(vec![self.0, other.0]))
    }

    /// The expression, with the names and values that its placeholders stand for.
    pub(super) fn render(self) -> Rendered {
        let mut out = Renderer::default();
        out.take_written(&self.0);
        let expression = out.render(self.0);
        let (names, values) = (out.names, out.values);
        let expression_values = Some(values).filter(|values| !values.is_empty());
        (expression, Some(names).filter(|names| !names.is_empty()), expression_values)
    }
}

#[derive(Default)]
struct Renderer {
    /// Placeholder → attribute name.
    names: HashMap<String, String>,
    /// Placeholder → value.
    values: HashMap<String, AttributeValue>,
}

impl Renderer {
    /// Takes the placeholders that are fixed already, so that none is made twice.
    fn take_written(&mut self, term: &Term) {
        match term {
            Term::Written(_, names) => {
                let names =
                    names.iter().map(|(mark, name)| ((*mark).to_owned(), (*name).to_owned()));
                self.names.extend(names);
            }
            Term::All(terms) | Term::Any(terms) => {
                terms.iter().for_each(|term| self.take_written(term))
            }
            Term::Exists(_) | Term::Absent(_) | Term::Equals(..) => {}
        }
    }

    fn render(&mut self, term: Term) -> String {
        match term {
            Term::Exists(path) => format!("attribute_exists({})", self.path(&path)),
            Term::Absent(path) => format!("attribute_not_exists({})", self.path(&path)),
            Term::Equals(path, value) => {
                let mark = format!(":v{}", self.values.len());
                self.values.insert(mark.clone(), value);
                format!("{} = {mark}", self.path(&path))
            }
            Term::Written(expression, _) => expression.to_owned(),
            Term::All(terms) => self.join(terms, " AND "),
            Term::Any(terms) => self.join(terms, " OR "),
        }
    }

    fn join(&mut self, terms: Vec<Term>, between: &str) -> String {
        let terms: Vec<String> =
            terms.into_iter().map(|term| format!("({})", self.render(term))).collect();
        terms.join(between)
    }

    fn path(&mut self, path: &str) -> String {
        path.split('.').map(|name| self.mark(name)).collect::<Vec<_>>().join(".")
    }

    /// The placeholder of a name; the same name has one only.
    fn mark(&mut self, name: &str) -> String {
        let mut n = 0;
        loop {
            let mark = format!("#n{n}");
            match self.names.get(&mark) {
                Some(known) if known == name => return mark,
                Some(_) => n += 1,
                None => {
                    self.names.insert(mark.clone(), name.to_owned());
                    return mark;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn names_and_values_stand_beside_the_expression() {
        let condition = Condition::absent("checkout")
            .and(Condition::equals("checkout.id", &"x".to_owned()).or(Condition::exists("items")));
        let (expression, names, values) = condition.render();
        assert_eq!(
            expression,
            "(attribute_not_exists(#n0)) AND ((#n0.#n1 = :v0) OR (attribute_exists(#n2)))"
        );
        let names = names.unwrap();
        assert_eq!((names["#n0"].as_str(), names["#n1"].as_str()), ("checkout", "id"));
        assert_eq!(values.unwrap()[":v0"], AttributeValue::S("x".to_owned()));
    }

    #[test]
    fn written_placeholders_are_not_taken_again() {
        let written = Condition::written("attribute_exists(#n0)", &[("#n0", "size")]);
        let (expression, names, values) = Condition::exists("name").and(written).render();
        assert_eq!(expression, "(attribute_exists(#n1)) AND (attribute_exists(#n0))");
        let names = names.unwrap();
        assert_eq!((names["#n0"].as_str(), names["#n1"].as_str()), ("size", "name"));
        assert!(values.is_none());
    }
}
