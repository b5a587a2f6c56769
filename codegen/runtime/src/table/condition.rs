//! Conditions on the existing item of a write, and filters of a query.

use std::borrow::Cow;
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::expression::{Expression, Placeholders};
use super::field::Path;
use super::range::Sort;
use super::{Item, KeyNames};

/// A condition on items of type `T` (DynamoDB Developer Guide, "Condition expressions"). The methods of
/// [`Field`](super::Field) create conditions.
///
/// ```
/// use runtime::{Condition, Field};
///
/// struct Product;
/// const STOCK: Field<Product, i32> = Field::new(&["stock"]);
/// const HOLD: Field<Product, bool> = Field::new(&["hold"]);
///
/// let available: Condition<Product> = STOCK.greater_than(&0).and(HOLD.absent());
/// # let _ = available;
/// ```
#[derive(Debug, PartialEq)]
pub struct Condition<T> {
    term: Term,
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Condition<T> {
    fn clone(&self) -> Self {
        Self::of(self.term.clone())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    Exists(Path),
    Absent(Path),
    Compare(Path, &'static str, AttributeValue),
    Between(Path, AttributeValue, AttributeValue),
    OneOf(Path, Vec<AttributeValue>),
    Call(&'static str, Path, AttributeValue),
    Key(&'static str, Sort),
    Written(&'static str, Names, Vec<(&'static str, AttributeValue)>),
    All(Vec<Term>),
    Any(Vec<Term>),
    Not(Box<Term>),
}

/// Placeholders and the attribute names that they stand for.
type Names = &'static [(&'static str, &'static str)];

impl<T> Condition<T> {
    pub(super) const fn of(term: Term) -> Self {
        Self { term, item: PhantomData }
    }

    /// An expression from a contract, with its placeholders (`#checkout`) and their attribute names.
    #[must_use]
    pub const fn written(expression: &'static str, names: Names) -> Self {
        Self::of(Term::Written(expression, names, Vec::new()))
    }

    /// Sets the value of a placeholder (`:limit`) in a written expression.
    #[must_use]
    pub fn value(mut self, mark: &'static str, value: &impl crate::Attribute) -> Self {
        if let Term::Written(_, _, values) = &mut self.term {
            values.push((mark, value.to_attribute()));
        }
        self
    }

    /// A condition that is always met.
    #[must_use]
    pub const fn always() -> Self {
        Self::of(Term::All(Vec::new()))
    }

    fn is_always(&self) -> bool {
        matches!(&self.term, Term::All(terms) if terms.is_empty())
    }

    /// Both conditions must be met.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self.is_always(), other.is_always()) {
            (true, _) => other,
            (false, true) => self,
            (false, false) => Self::of(Term::All(vec![self.term, other.term])),
        }
    }

    /// At least one of the conditions must be met.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self.is_always() || other.is_always() {
            true => Self::always(),
            false => Self::of(Term::Any(vec![self.term, other.term])),
        }
    }

    /// The condition must not be met.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "it stands beside `and` and `or`")]
    pub fn not(self) -> Self {
        Self::of(Term::Not(Box::new(self.term)))
    }

    /// The expression, with the names and values that its placeholders stand for.
    pub(super) fn render(self) -> Expression {
        let mut out = Placeholders::default();
        let text = self.render_into(&mut out);
        out.expression(text)
    }

    /// The expression, its placeholders beside those of others.
    pub(super) fn render_into(self, out: &mut Placeholders) -> String {
        reserve(out, &self.term);
        render(out, self.term)
    }
}

impl<T: Item> Condition<T> {
    /// The item must exist.
    #[must_use]
    pub fn item_exists() -> Self {
        Self::of(Term::Exists(partition::<T>()))
    }

    /// The item must not exist.
    #[must_use]
    pub fn item_absent() -> Self {
        Self::of(Term::Absent(partition::<T>()))
    }

    /// The item must not exist, if `must_be_new`.
    #[must_use]
    pub fn item_absent_if(must_be_new: bool) -> Self {
        if must_be_new { Self::item_absent() } else { Self::always() }
    }
}

fn partition<T: Item>() -> Path {
    let KeyNames { partition, .. } = T::KEY;
    vec![Cow::Borrowed(partition)]
}

/// Takes the placeholders that are fixed already, so that none is made twice.
fn reserve(out: &mut Placeholders, term: &Term) {
    match term {
        Term::Written(_, names, values) => {
            names.iter().for_each(|(mark, name)| out.set_name(mark, name));
            values.iter().for_each(|(mark, value)| out.set_value(mark, value.clone()));
        }
        Term::All(terms) | Term::Any(terms) => terms.iter().for_each(|term| reserve(out, term)),
        Term::Not(term) => reserve(out, term),
        _ => {}
    }
}

fn render(out: &mut Placeholders, term: Term) -> String {
    match term {
        Term::Exists(path) => format!("attribute_exists({})", out.path(&path)),
        Term::Absent(path) => format!("attribute_not_exists({})", out.path(&path)),
        Term::Compare(path, sign, value) => {
            format!("{} {sign} {}", out.path(&path), out.value(value))
        }
        // A `BETWEEN` is refused where the first end is the larger one.
        Term::Between(path, least, greatest) => {
            let path = out.path(&path);
            format!("{path} >= {} AND {path} <= {}", out.value(least), out.value(greatest))
        }
        Term::OneOf(path, values) if values.is_empty() => {
            let path = out.path(&path);
            format!("attribute_exists({path}) AND attribute_not_exists({path})")
        }
        // An `IN` takes 100 values.
        Term::OneOf(path, values) => {
            let path = out.path(&path);
            let lists = values.chunks(100).map(|values| {
                let marks: Vec<_> = values.iter().map(|value| out.value(value.clone())).collect();
                format!("{path} IN ({})", marks.join(", "))
            });
            lists.collect::<Vec<_>>().join(" OR ")
        }
        Term::Call(function, path, value) => {
            format!("{function}({}, {})", out.path(&path), out.value(value))
        }
        Term::Key(name, asked) => asked.condition(name, out),
        Term::Written(expression, ..) => expression.to_owned(),
        Term::All(terms) => join(out, terms, " AND "),
        Term::Any(terms) => join(out, terms, " OR "),
        Term::Not(term) => format!("NOT ({})", render(out, *term)),
    }
}

fn join(out: &mut Placeholders, mut terms: Vec<Term>, between: &str) -> String {
    // DynamoDB refuses redundant parentheses.
    if terms.len() == 1
        && let Some(only) = terms.pop()
    {
        return render(out, only);
    }
    let terms: Vec<String> =
        terms.into_iter().map(|term| format!("({})", render(out, term))).collect();
    terms.join(between)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::table::Field;

    struct Basket;

    const CHECKOUT: Field<Basket, Basket> = Field::new(&["checkout"]);
    const ID: Field<Basket, String> = Field::new(&["id"]);
    const SIZE: Field<Basket, i64> = Field::new(&["size"]);

    fn check(condition: Condition<Basket>, expected: &str) {
        assert_eq!(condition.render().text, expected);
    }

    #[test]
    fn names_and_values_stand_beside_the_expression() {
        let id = CHECKOUT.with(ID);
        let condition = CHECKOUT.absent().and(id.equals(&"x".to_owned()).or(SIZE.exists()));
        let Expression { text, names, values } = condition.render();
        assert_eq!(
            text,
            "(attribute_not_exists(#n0)) AND ((#n0.#n1 = :v0) OR (attribute_exists(#n2)))"
        );
        let names = names.unwrap();
        assert_eq!((names["#n0"].as_str(), names["#n1"].as_str()), ("checkout", "id"));
        assert_eq!(values.unwrap()[":v0"], AttributeValue::S("x".to_owned()));
    }

    #[test]
    fn every_comparison_has_its_sign() {
        check(SIZE.differs(&1), "#n0 <> :v0");
        check(SIZE.less_than(&1), "#n0 < :v0");
        check(SIZE.at_most(&1), "#n0 <= :v0");
        check(SIZE.greater_than(&1), "#n0 > :v0");
        check(SIZE.at_least(&1), "#n0 >= :v0");
        check(SIZE.between(&1, &2), "#n0 >= :v0 AND #n0 <= :v1");
        check(SIZE.one_of(&[1, 2]), "#n0 IN (:v0, :v1)");
        check(ID.begins_with("a"), "begins_with(#n0, :v0)");
        check(ID.contains_text("a"), "contains(#n0, :v0)");
        check(SIZE.equals(&1).not(), "NOT (#n0 = :v0)");
    }

    #[test]
    fn what_always_holds_is_not_asked() {
        check(SIZE.exists().and(Condition::always()), "attribute_exists(#n0)");
        check(Condition::always().and(SIZE.exists()), "attribute_exists(#n0)");
        check(SIZE.exists().or(Condition::always()), "");
    }

    #[test]
    fn no_parentheses_are_redundant() {
        let one = Condition::of(Term::All(vec![Term::Any(vec![SIZE.exists().term])]));
        check(ID.exists().and(one.clone()), "(attribute_exists(#n0)) AND (attribute_exists(#n1))");
        check(one.not(), "NOT (attribute_exists(#n0))");
    }

    #[test]
    fn a_value_of_none_is_never_met() {
        check(SIZE.one_of([]), "attribute_exists(#n0) AND attribute_not_exists(#n0)");
    }

    #[test]
    fn written_placeholders_are_not_taken_again() {
        let written = Condition::written("#n0 > :v0", &[("#n0", "size")]).value(":v0", &7_i64);
        let Expression { text, names, values } = ID.equals(&"a".to_owned()).and(written).render();
        assert_eq!(text, "(#n1 = :v1) AND (#n0 > :v0)");
        let (names, values) = (names.unwrap(), values.unwrap());
        assert_eq!((names["#n0"].as_str(), names["#n1"].as_str()), ("size", "id"));
        assert_eq!(values[":v0"], AttributeValue::N("7".to_owned()));
    }
}
