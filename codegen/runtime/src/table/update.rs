//! Changes of attributes of an existing item (`UpdateItem`).

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::atomic::AtomicBool;

use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure,
};

use super::condition::Term;
use super::conditional::Conditional;
use super::expression::{Expression, Placeholders};
use super::field::Path;
use super::same::holds;
use super::states::following;
use super::{Condition, Field, Item, ItemKey as _, Table, TableError, decode};
use crate::aws::Repeat;
use crate::{Attribute, Decimal, Encode, NumberRules, to_item};

/// Changes of an item, which are all made or none.
///
/// ```
/// use runtime::{Field, Update};
///
/// struct Product;
/// const STOCK: Field<Product, i32> = Field::new(&["stock"]);
/// const NAME: Field<Product, String> = Field::new(&["name"]);
///
/// let sold = Update::new()
///     .add(STOCK, &-1)
///     .set(NAME, &"Lamp".to_owned())
///     .when(STOCK.greater_than(&0));
/// # let _ = sold;
/// ```
#[derive(Debug)]
#[must_use]
pub struct Update<T> {
    sets: Vec<(Path, Set)>,
    adds: Vec<(Path, AttributeValue)>,
    removes: Vec<Path>,
    condition: Option<Condition<T>>,
    follows: bool,
    item: PhantomData<fn() -> T>,
}

#[derive(Debug, Clone, PartialEq)]
enum Set {
    To(AttributeValue),
    IfAbsent(AttributeValue),
    Append(AttributeValue),
    /// What is there, or else the first value, and the second one.
    Plus(AttributeValue, AttributeValue),
}

/// The result of an update.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Updated<T> {
    /// The item was changed. Contains the new item.
    Done(T),
    /// The condition was not met, or the item does not exist, and nothing changed. Contains the existing item, if
    /// any.
    Refused(Option<T>),
}

impl<T> Clone for Update<T> {
    fn clone(&self) -> Self {
        Self {
            sets: self.sets.clone(),
            adds: self.adds.clone(),
            removes: self.removes.clone(),
            condition: self.condition.clone(),
            follows: self.follows,
            item: PhantomData,
        }
    }
}

impl<T> Default for Update<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Update<T> {
    /// Creates an update without changes.
    pub const fn new() -> Self {
        Self {
            sets: Vec::new(),
            adds: Vec::new(),
            removes: Vec::new(),
            condition: None,
            follows: false,
            item: PhantomData,
        }
    }

    /// Sets an attribute.
    pub fn set<V: Attribute>(self, field: Field<T, V>, value: &V) -> Self {
        self.set_path(field.path(), Set::To(value.to_attribute()))
    }

    /// Sets an attribute if it is absent. A property that keys of indexes are made of is refused
    /// ([`TableError::KeyIfAbsent`]): use [`Update::set`] on the condition that it is absent.
    pub fn set_if_absent<V: Attribute>(self, field: Field<T, V>, value: &V) -> Self {
        self.set_path(field.path(), Set::IfAbsent(value.to_attribute()))
    }

    /// Appends values to a list; an absent list counts as empty.
    pub fn append<V: Attribute>(self, field: Field<T, Vec<V>>, values: &[V]) -> Self {
        let values = values.iter().map(Attribute::to_attribute).collect();
        self.set_path(field.path(), Set::Append(AttributeValue::L(values)))
    }

    /// Adds to a number; an absent number counts as zero. A negative amount subtracts.
    ///
    /// A call whose response was lost is not repeated, so that the amount is not added twice: see
    /// [`TableError::OutcomeUnknown`].
    pub fn add<V>(mut self, field: Field<T, V>, amount: &impl Attribute) -> Self {
        self.adds.push((field.path(), amount.to_attribute()));
        self
    }

    /// Adds to a number if the sum is within the bounds of `rules`. An absent number counts as `absent`, its default; if
    /// there is none, as zero.
    pub fn add_within<V>(
        self,
        field: Field<T, V>,
        amount: &impl Attribute,
        rules: NumberRules,
        absent: Option<&str>,
    ) -> Self {
        let amount = amount.to_attribute();
        let Some(added) = amount.as_n().ok().and_then(|text| Decimal::parse(text)) else {
            // DynamoDB says what is wrong with it.
            let mut update = self;
            update.adds.push((field.path(), amount));
            return update;
        };
        if added == Decimal::default() {
            return self;
        }
        let first = absent.and_then(Decimal::parse).unwrap_or_default();
        let is_fine = first.checked_add(added).is_some_and(|sum| rules.bounds(sum));
        let condition = match rules.before_adding(added) {
            Some((sign, before)) => {
                let before = AttributeValue::N(before.to_string());
                let within = Condition::of(Term::Compare(field.path(), sign, before));
                if is_fine { within.or(field.clone().absent()) } else { within }
            }
            None if is_fine => Condition::always(),
            None => field.clone().exists(),
        };
        let path = field.path();
        let update = match absent {
            Some(absent) => {
                self.set_path(path, Set::Plus(AttributeValue::N(absent.to_owned()), amount))
            }
            None => {
                let mut update = self;
                update.adds.push((path, amount));
                update
            }
        };
        update.when(condition)
    }

    /// Gives the attributes the values of a body's properties. Those of `known` that the body does not have are
    /// removed, and those of `kept` stay as they are.
    ///
    /// # Errors
    /// The body holds a number that no table does, or a property under the name of an attribute that holds something
    /// else ([`TableError::Reserved`]).
    pub fn replace(
        mut self,
        body: &impl Encode,
        known: &[&str],
        kept: &[&str],
    ) -> Result<Self, TableError>
    where
        T: Item,
    {
        let body = to_item(body);
        let body = body.map_err(|source| TableError::Unstorable { table: T::TABLE, source })?;
        T::LAYOUT.check(T::TABLE, body.keys())?;
        for name in known.iter().filter(|name| !body.contains_key(**name)) {
            self = self.put(T::LAYOUT.attribute(name), None);
        }
        let mut body: Vec<_> = body.into_iter().collect();
        body.sort_by(|(one, _), (other, _)| one.cmp(other));
        let sent = body.into_iter().filter(|(name, _)| !kept.contains(&name.as_str()));
        Ok(sent.fold(self, |update, (name, value)| {
            update.put(T::LAYOUT.attribute(&name), Some(value))
        }))
    }

    /// Removes an attribute, if it is there.
    pub fn remove<V>(mut self, field: Field<T, V>) -> Self {
        self.removes.push(field.path());
        self
    }

    /// Only if this holds, besides what was asked before.
    pub fn when(self, condition: Condition<T>) -> Self {
        let condition = match self.condition {
            Some(before) => before.and(condition),
            None => condition,
        };
        Self { condition: Some(condition), ..self }
    }

    /// Only if the states in what this update sets or removes may change so (`x-transitions`): a state becomes one that
    /// may follow it, and does not get lost.
    pub fn follow_states(self) -> Self {
        Self { follows: true, ..self }
    }

    fn set_path(mut self, path: Path, set: Set) -> Self {
        self.sets.push((path, set));
        self
    }

    /// Gives an attribute of the item itself this value, or removes it.
    pub(super) fn put(mut self, name: &str, value: Option<AttributeValue>) -> Self {
        let path = vec![Cow::Owned(name.to_owned())];
        match value {
            Some(value) => self.sets.push((path, Set::To(value))),
            None => self.removes.push(path),
        }
        self
    }
}

impl<T: Item> Update<T> {
    /// A change counts, where the items have a version, unless the update says itself what becomes of it.
    fn count(&mut self) {
        let Some(version) = T::VERSION else { return };
        let path = vec![Cow::Borrowed(T::LAYOUT.attribute(version))];
        let mut changed = self.sets.iter().map(|(path, _)| path);
        let says_so = changed.any(|one| *one == path)
            || self.adds.iter().any(|(one, _)| *one == path)
            || self.removes.contains(&path);
        let is_empty = self.sets.is_empty() && self.adds.is_empty() && self.removes.is_empty();
        if !says_so && !is_empty {
            self.adds.push((path, AttributeValue::N("1".to_owned())));
        }
    }

    /// Refuses what no update says: whether a key is absent need not be whether the property that it is made of is.
    pub(super) fn check(&self) -> Result<(), TableError> {
        let keyed = |(path, set): &(Path, Set)| match (path.as_slice(), set) {
            ([name], Set::IfAbsent(_)) => {
                let is_keyed = T::LAYOUT.made_of(name).any(|key| !T::KEY.has(key.attribute));
                is_keyed.then(|| name.to_string())
            }
            _ => None,
        };
        match self.sets.iter().find_map(keyed) {
            Some(attribute) => Err(TableError::KeyIfAbsent { table: T::TABLE, attribute }),
            None => Ok(()),
        }
    }

    /// What the changes ask of the stored states. One that is set if absent begins.
    fn states(&self) -> Condition<T> {
        if !self.follows {
            return Condition::always();
        }
        let sets = self.sets.iter().filter_map(|(path, set)| match set {
            Set::To(value) => Some((path, Some(value))),
            Set::IfAbsent(_) | Set::Append(_) | Set::Plus(..) => None,
        });
        let changes = sets.chain(self.removes.iter().map(|path| (path, None)));
        let terms = changes.flat_map(|(path, value)| following::<T>(path, value));
        Condition::of(Term::All(terms.collect()))
    }

    /// What follows from the changes: lists become sets, and keys that are made of a property change with it.
    fn follow(&mut self) {
        let layout = T::LAYOUT;
        for (path, set) in std::mem::take(&mut self.sets) {
            match (path.as_slice(), set) {
                // What is appended to a set is added to it.
                ([name], Set::Append(values)) if layout.is_set(name) => {
                    let values = layout.value(name, values);
                    self.adds.extend(values.map(|values| (path, values)));
                }
                ([name], Set::IfAbsent(value)) => {
                    let Some(value) = layout.value(name, value) else { continue };
                    self.sets.push((path, Set::IfAbsent(value)));
                }
                ([name], Set::To(value)) => {
                    let Some(value) = layout.value(name, value) else {
                        self.removes.push(path);
                        continue;
                    };
                    for key in layout.made_of(name).filter(|key| !T::KEY.has(key.attribute)) {
                        let key_path = vec![Cow::Borrowed(key.attribute)];
                        self.sets.push((key_path, Set::To(key.compose(&value))));
                    }
                    self.sets.push((path, Set::To(value)));
                }
                (_, set) => self.sets.push((path, set)),
            }
        }
        let gone = self.removes.iter().filter_map(|path| match path.as_slice() {
            [name] => Some(layout.made_of(name)),
            _ => None,
        });
        let gone: Vec<Path> =
            gone.flatten().map(|key| vec![Cow::Borrowed(key.attribute)]).collect();
        self.removes.extend(gone);
    }

    /// What an item holds when all is done: nothing where not all of it can be seen there, and `None` where doing it twice
    /// is not the same as doing it once. That the version counts twice changes nothing.
    fn effects(&self) -> Option<Vec<(Path, Option<AttributeValue>)>> {
        let is_version = |path: &Path| {
            T::VERSION.is_some_and(|name| path.as_slice() == [T::LAYOUT.attribute(name)])
        };
        let counts = |(path, amount): &(Path, AttributeValue)| amount.is_n() && !is_version(path);
        let is_counted = |(_, set): &(Path, Set)| matches!(set, Set::Append(_) | Set::Plus(..));
        if self.adds.iter().any(counts) || self.sets.iter().any(is_counted) {
            return None;
        }
        // Elements of a set, and what was there before, tell nothing.
        if self.adds.iter().any(|(path, _)| !is_version(path)) {
            return Some(vec![]);
        }
        let mut effects = vec![];
        for (path, set) in &self.sets {
            let Set::To(value) = set else { return Some(vec![]) };
            effects.push((path.clone(), Some(value.clone())));
        }
        effects.extend(self.removes.iter().map(|path| (path.clone(), None)));
        Some(effects)
    }

    /// The update expression, and the condition under which it is done.
    pub(super) fn render(mut self) -> (Option<String>, Expression) {
        let condition = self.complete();
        self.render_under(condition)
    }

    /// Adds what follows from the changes, and returns the whole condition.
    fn complete(&mut self) -> Condition<T> {
        let states = self.states();
        self.count();
        self.follow();
        let condition = Condition::item_exists();
        let condition = match self.condition.take() {
            Some(further) => condition.and(further),
            None => condition,
        };
        condition.and(states)
    }

    fn render_under(self, condition: Condition<T>) -> (Option<String>, Expression) {
        let mut out = Placeholders::default();
        let condition = condition.render_into(&mut out);
        let sets = self.sets.into_iter().map(|(path, set)| {
            let path = out.path(&path);
            match set {
                Set::To(value) => format!("{path} = {}", out.value(value)),
                Set::IfAbsent(value) => {
                    format!("{path} = if_not_exists({path}, {})", out.value(value))
                }
                Set::Plus(absent, amount) => {
                    let (absent, amount) = (out.value(absent), out.value(amount));
                    format!("{path} = if_not_exists({path}, {absent}) + {amount}")
                }
                Set::Append(values) => {
                    let (values, empty) = (out.value(values), AttributeValue::L(Vec::new()));
                    let empty = out.value(empty);
                    format!("{path} = list_append(if_not_exists({path}, {empty}), {values})")
                }
            }
        });
        let sets: Vec<String> = sets.collect();
        let removes: Vec<String> = self.removes.iter().map(|path| out.path(path)).collect();
        let adds = self.adds.into_iter();
        let adds: Vec<String> = adds
            .map(|(path, amount)| format!("{} {}", out.path(&path), out.value(amount)))
            .collect();
        let clauses = [("SET", sets), ("REMOVE", removes), ("ADD", adds)];
        let clauses = clauses.into_iter().filter(|(_, parts)| !parts.is_empty());
        let clauses: Vec<String> =
            clauses.map(|(word, parts)| format!("{word} {}", parts.join(", "))).collect();
        let update = Some(clauses.join(" ")).filter(|text| !text.is_empty());
        (update, out.expression(condition))
    }
}

impl<T: Item> Table<T> {
    /// Changes the item with this key, if there is one and the update's condition holds (`UpdateItem`).
    ///
    /// A call whose response was lost is repeated, unless the repetition would change more: it adds to a number, or
    /// appends to a list. If a repetition is refused and the item has the values that the update sets, the result is
    /// success.
    ///
    /// # Errors
    /// When the table does not answer, what is stored violates the contract, the item grows too large, or the update sets
    /// a property of a key if it is absent.
    pub async fn update(
        &self,
        key: &T::Key,
        mut update: Update<T>,
    ) -> Result<Updated<T>, TableError> {
        update.check()?;
        let condition = update.complete();
        let effects = update.effects();
        let (update, condition) = update.render_under(condition);
        let request = UpdateItemInput::builder()
            .table_name(self.name()?)
            .set_key(Some(key.to_key()))
            .set_update_expression(update)
            .condition_expression(condition.text)
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values)
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(OnFailure::AllOld);
        let unsure = AtomicBool::new(false);
        let repeat = if effects.is_some() { Repeat::Always } else { Repeat::UnlessDone };
        let sent = self.aws.tables().send_noting(request, repeat, &unsure).await;
        let is_unsure = unsure.into_inner();
        let done = match Conditional::of("UpdateItem", T::TABLE, sent) {
            Err(TableError::Call { action, table, reason, .. })
                if is_unsure && repeat == Repeat::UnlessDone =>
            {
                return Err(TableError::OutcomeUnknown { action, table, reason });
            }
            done => done?,
        };
        match done {
            Conditional::Done(output) => {
                Ok(Updated::Done(decode(output.attributes.unwrap_or_default())?))
            }
            // The condition may fail because of what the first attempt did.
            Conditional::Refused(Some(found))
                if is_unsure
                    && effects.as_ref().is_some_and(|all| {
                        let is_there = |(path, value): &(Path, Option<AttributeValue>)| {
                            holds(&found, path, value.as_ref())
                        };
                        !all.is_empty() && all.iter().all(is_there)
                    }) =>
            {
                Ok(Updated::Done(decode(found)?))
            }
            Conditional::Refused(found) => Ok(Updated::Refused(found.map(decode).transpose()?)),
        }
    }
}

#[cfg(test)]
mod tests;
