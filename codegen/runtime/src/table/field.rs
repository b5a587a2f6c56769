//! Attributes of an item by name and type, so that code neither spells names nor compares values of different types.

use std::borrow::Cow;
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::Condition;
use super::condition::Term;
use crate::{Attribute, Encode, to_text};

/// The names that lead from an item to one of its attributes.
pub(super) type Path = Vec<Cow<'static, str>>;

/// An attribute of the items `T`, or of an object within them, with values `V`. Generated code has one for each
/// property: `ProductFields::PRICE`.
#[derive(Debug)]
pub struct Field<T, V> {
    path: Cow<'static, [&'static str]>,
    types: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Clone for Field<T, V> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), types: PhantomData }
    }
}

impl<T, V> Field<T, V> {
    /// Creates the attribute with this path.
    #[must_use]
    pub const fn new(path: &'static [&'static str]) -> Self {
        Self { path: Cow::Borrowed(path), types: PhantomData }
    }

    /// An attribute of the object in this attribute: `BasketFields::CHECKOUT.with(CheckoutFields::ID)`.
    #[must_use]
    pub fn with<W>(self, inner: Field<V, W>) -> Field<T, W> {
        let mut path = self.path.into_owned();
        path.extend_from_slice(&inner.path);
        Field { path: Cow::Owned(path), types: PhantomData }
    }

    pub(super) fn path(&self) -> Path {
        self.path.iter().copied().map(Cow::Borrowed).collect()
    }

    /// The attribute must exist.
    #[must_use]
    pub fn exists(self) -> Condition<T> {
        Condition::of(Term::Exists(self.path()))
    }

    /// The attribute must not exist; also met when the item does not exist.
    #[must_use]
    pub fn absent(self) -> Condition<T> {
        Condition::of(Term::Absent(self.path()))
    }
}

impl<T, V: Attribute> Field<T, V> {
    fn compare(self, sign: &'static str, value: &V) -> Condition<T> {
        Condition::of(Term::Compare(self.path(), sign, value.to_attribute()))
    }

    /// The attribute must have this value.
    #[must_use]
    pub fn equals(self, value: &V) -> Condition<T> {
        self.compare("=", value)
    }

    /// The attribute must have another value, or be absent.
    #[must_use]
    pub fn differs(self, value: &V) -> Condition<T> {
        self.compare("<>", value)
    }

    /// `<`
    #[must_use]
    pub fn less_than(self, value: &V) -> Condition<T> {
        self.compare("<", value)
    }

    /// `<=`
    #[must_use]
    pub fn at_most(self, value: &V) -> Condition<T> {
        self.compare("<=", value)
    }

    /// `>`
    #[must_use]
    pub fn greater_than(self, value: &V) -> Condition<T> {
        self.compare(">", value)
    }

    /// `>=`
    #[must_use]
    pub fn at_least(self, value: &V) -> Condition<T> {
        self.compare(">=", value)
    }

    /// The value must be in this range, including both ends.
    #[must_use]
    pub fn between(self, least: &V, greatest: &V) -> Condition<T> {
        let (least, greatest) = (least.to_attribute(), greatest.to_attribute());
        Condition::of(Term::Between(self.path(), least, greatest))
    }

    /// The value must be one of these; never met by an empty list.
    #[must_use]
    pub fn one_of<'v>(self, values: impl IntoIterator<Item = &'v V>) -> Condition<T>
    where
        V: 'v,
    {
        let values = values.into_iter().map(Attribute::to_attribute).collect();
        Condition::of(Term::OneOf(self.path(), values))
    }

    /// The state must equal `next`, or be allowed to change to it by these transitions.
    #[must_use]
    pub fn may_become(self, next: &impl Encode, transitions: &Transitions) -> Condition<T> {
        Condition::of(transitions.leading_to(&to_text(next), self.path()))
    }

    /// The version must match `If-Match`; met by any version when the header is absent or `*`.
    #[must_use]
    pub fn tagged(self, header: Option<&str>) -> Condition<T> {
        match header.and_then(crate::etag::versions) {
            Some(versions) => {
                let versions = versions.into_iter().map(|text| AttributeValue::N(text.to_owned()));
                Condition::of(Term::OneOf(self.path(), versions.collect()))
            }
            None => Condition::always(),
        }
    }

    /// The string must start with this prefix.
    #[must_use]
    pub fn begins_with(self, prefix: &str) -> Condition<T> {
        Condition::of(Term::Call("begins_with", self.path(), AttributeValue::S(prefix.to_owned())))
    }

    /// The string must contain this part.
    #[must_use]
    pub fn contains_text(self, part: &str) -> Condition<T> {
        Condition::of(Term::Call("contains", self.path(), AttributeValue::S(part.to_owned())))
    }
}

impl<T, V: Attribute> Field<T, Vec<V>> {
    /// The list must contain this value.
    #[must_use]
    pub fn contains(self, value: &V) -> Condition<T> {
        Condition::of(Term::Call("contains", self.path(), value.to_attribute()))
    }
}

/// The allowed transitions of each state (`x-transitions`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transitions(&'static [(&'static str, &'static [&'static str])]);

impl Transitions {
    /// Creates transitions from each state to the states that may follow it.
    #[must_use]
    pub const fn new(of: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self(of)
    }

    /// Whether a state may change to another. Every state may stay the same.
    #[must_use]
    pub fn allow(&self, from: &str, to: &str) -> bool {
        from == to || self.origins(to).contains(&from)
    }

    /// That the state at a path may change to this one, or is it.
    pub(super) fn leading_to(&self, next: &str, path: Path) -> Term {
        let states = self.origins(next).into_iter().chain([next]);
        Term::OneOf(path, states.map(|state| AttributeValue::S(state.to_owned())).collect())
    }

    /// The states that may change to this one.
    fn origins(&self, to: &str) -> Vec<&'static str> {
        let leads = self.0.iter().filter(|(_, next)| next.contains(&to));
        leads.map(|(from, _)| *from).collect()
    }
}
