//! Changes of attributes of an existing item (`UpdateItem`).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure,
};

use super::condition::Term;
use super::conditional::Conditional;
use super::expression::{Expression, Placeholders};
use super::field::Path;
use super::states::following;
use super::{Condition, Field, Item, ItemKey as _, Table, TableError, decode};
use crate::{Attribute, Decimal, Encode, to_item};

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
    /// A call whose response was lost is repeated, so the amount may be added twice. A condition on a version
    /// prevents that.
    pub fn add<V>(mut self, field: Field<T, V>, amount: &impl Attribute) -> Self {
        self.adds.push((field.path(), amount.to_attribute()));
        self
    }

    /// Like [`Update::add`], if the sum is within these limits, which are decimal numbers.
    pub fn add_within<V>(
        self,
        field: Field<T, V>,
        amount: &impl Attribute,
        least: Option<&str>,
        greatest: Option<&str>,
    ) -> Self {
        let AttributeValue::N(text) = amount.to_attribute() else { return self.add(field, amount) };
        let Some(added) = Decimal::parse(&text) else { return self.add(field, amount) };
        let zero = Decimal::default();
        // Only in the direction of the change can a bound be passed.
        let (sign, bound) = match added.cmp(&zero) {
            Ordering::Less => (">=", least),
            Ordering::Greater => ("<=", greatest),
            Ordering::Equal => return self,
        };
        let Some(bound) = bound.and_then(Decimal::parse) else { return self.add(field, amount) };
        let before = bound.checked_sub(added).unwrap_or(bound);
        let value = AttributeValue::N(before.to_string());
        let mut condition = Condition::of(Term::Compare(field.path(), sign, value));
        let from_zero = match sign {
            "<=" => added <= bound,
            _ => added >= bound,
        };
        if from_zero {
            condition = condition.or(field.clone().absent());
        }
        self.add(field, amount).when(condition)
    }

    /// Gives the attributes the values of a body's properties. Those of `known` that the body does not have are
    /// removed, and those of `kept` stay as they are.
    ///
    /// # Errors
    /// The body holds a number that no table does.
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
            Set::IfAbsent(_) | Set::Append(_) => None,
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

    /// The update expression, and the condition under which it is done.
    pub(super) fn render(mut self) -> (Option<String>, Expression) {
        let states = self.states();
        self.count();
        self.follow();
        let mut out = Placeholders::default();
        let condition = Condition::item_exists();
        let condition = match self.condition {
            Some(further) => condition.and(further),
            None => condition,
        };
        let condition = condition.and(states);
        let condition = condition.render_into(&mut out);
        let sets = self.sets.into_iter().map(|(path, set)| {
            let path = out.path(&path);
            match set {
                Set::To(value) => format!("{path} = {}", out.value(value)),
                Set::IfAbsent(value) => {
                    format!("{path} = if_not_exists({path}, {})", out.value(value))
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
    /// # Errors
    /// When the table does not answer, what is stored violates the contract, the item grows too large, or the update sets
    /// a property of a key if it is absent.
    pub async fn update(&self, key: &T::Key, update: Update<T>) -> Result<Updated<T>, TableError> {
        update.check()?;
        let (update, condition) = update.render();
        let request = UpdateItemInput::builder()
            .table_name(self.name()?)
            .set_key(Some(key.to_key()))
            .set_update_expression(update)
            .condition_expression(condition.text)
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values)
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(OnFailure::AllOld);
        let sent = self.aws.tables().send(request).await;
        match Conditional::of("UpdateItem", T::TABLE, sent)? {
            Conditional::Done(output) => {
                Ok(Updated::Done(decode(output.attributes.unwrap_or_default())?))
            }
            Conditional::Refused(found) => Ok(Updated::Refused(found.map(decode).transpose()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::table::seat::Seat;
    use crate::table::{Composed, KeyNames, Layout};
    use crate::{Json, Sink};

    /// The same with a version, which is stored under another name.
    struct Show;
    impl crate::Encode for Show {
        fn encode(&self, out: &mut dyn Sink) {
            out.null();
        }
    }
    impl crate::Decode for Show {
        fn decode(_: &crate::At<'_>, _: &mut crate::Violations) -> Option<Self> {
            Some(Self)
        }
    }
    impl Item for Show {
        type Key = Seat;
        const TABLE: &'static str = "SHOW_TABLE";
        const KEY: KeyNames = KeyNames { partition: "id", sort: None };
        const LAYOUT: Layout = Layout { renamed: &[("version", "v")], ..Layout::PLAIN };
        const VERSION: Option<&'static str> = Some("version");
        fn key(&self) -> Seat {
            Seat
        }
    }

    #[test]
    fn every_update_counts() {
        const STATUS: Field<Show, String> = Field::new(&["status"]);
        const VERSION: Field<Show, i64> = Field::new(&["v"]);
        let check = |update: Update<Show>, expected: Option<&str>| {
            let (text, condition) = update.render();
            let names = condition.names.unwrap_or_default();
            let named = |text: String| {
                names.iter().fold(text, |text, (mark, name)| text.replace(mark.as_str(), name))
            };
            assert_eq!(text.map(named).as_deref(), expected);
        };
        let open = || Update::new().set(STATUS, &"open".to_owned());
        check(open(), Some("SET status = :v0 ADD v :v1"));
        check(open().add(VERSION, &2), Some("SET status = :v0 ADD v :v1"));
        check(open().set(VERSION, &7), Some("SET status = :v0, v = :v1"));
        check(Update::new(), None);
    }

    /// Its items are in an index by what their key composes of the status.
    struct Stand;
    impl crate::Encode for Stand {
        fn encode(&self, out: &mut dyn Sink) {
            out.null();
        }
    }
    impl crate::Decode for Stand {
        fn decode(_: &crate::At<'_>, _: &mut crate::Violations) -> Option<Self> {
            Some(Self)
        }
    }
    impl Item for Stand {
        type Key = Seat;
        const TABLE: &'static str = "STAND_TABLE";
        const KEY: KeyNames = KeyNames { partition: "id", sort: None };
        const LAYOUT: Layout = Layout {
            composed: &[Composed {
                attribute: "GSI1PK",
                before: "STATUS#",
                of: Some("status"),
                after: "",
                is_number: false,
            }],
            ..Layout::PLAIN
        };
        fn key(&self) -> Seat {
            Seat
        }
    }

    #[test]
    fn composed_keys_follow_their_property() {
        const STATUS: Field<Stand, String> = Field::new(&["status"]);
        let open = || "open".to_owned();
        let check = |update: Update<Stand>, expected: &str| {
            let (text, condition) = update.render();
            assert_eq!(text.as_deref(), Some(expected));
            let values = condition.values.unwrap_or_default();
            let composed = AttributeValue::S("STATUS#open".to_owned());
            assert_eq!(values.get(":v0"), Some(&composed));
        };
        check(Update::new().set(STATUS, &open()), "SET #n1 = :v0, #n2 = :v1");
        // The key may be absent where the property is not, and the other way round.
        let refused = Update::new().set_if_absent(STATUS, &open()).check().unwrap_err();
        assert!(refused.to_string().contains("`status` if it is absent"), "{refused}");
        let note = Field::<Stand, String>::new(&["note"]);
        assert!(Update::new().set_if_absent(note, &open()).set(STATUS, &open()).check().is_ok());
        let (text, _) = Update::<Stand>::new().remove(STATUS).render();
        assert_eq!(text.as_deref(), Some("REMOVE #n1, #n2"));
    }

    const STATUS: Field<Seat, String> = Field::new(&["status"]);
    const SOLD: Field<Seat, i64> = Field::new(&["sold"]);
    const TAGS: Field<Seat, Vec<String>> = Field::new(&["tags"]);
    const HOLD: Field<Seat, Json> = Field::new(&["hold"]);

    #[test]
    fn all_changes_stand_in_one_expression() {
        let update = Update::new()
            .set(STATUS, &"sold".to_owned())
            .append(TAGS, &["a".to_owned()])
            .remove(HOLD)
            .add(SOLD, &-2)
            .when(STATUS.equals(&"held".to_owned()));
        let (text, condition) = update.render();
        assert_eq!(
            text.unwrap(),
            "SET #n1 = :v1, #n2 = list_append(if_not_exists(#n2, :v3), :v2) REMOVE #n3 ADD #n4 :v4"
        );
        assert_eq!(condition.text, "(attribute_exists(#n0)) AND (#n1 = :v0)");
        assert_eq!(condition.values.unwrap()[":v4"], AttributeValue::N("-2".to_owned()));
    }

    #[test]
    fn a_sum_stays_within_its_bounds() {
        let bounded = |amount: i64, least, greatest| {
            let update = Update::new().add_within(SOLD, &amount, least, greatest);
            let (_, condition) = update.render();
            (condition.text, condition.values)
        };
        let (text, values) = bounded(3, Some("0"), Some("10"));
        assert_eq!(
            text,
            "(attribute_exists(#n0)) AND ((#n1 <= :v0) OR (attribute_not_exists(#n1)))"
        );
        assert_eq!(values.unwrap()[":v0"], AttributeValue::N("7".to_owned()));
        let (text, values) = bounded(-3, Some("0"), Some("10"));
        assert_eq!(text, "(attribute_exists(#n0)) AND (#n1 >= :v0)");
        assert_eq!(values.unwrap()[":v0"], AttributeValue::N("3".to_owned()));
        assert_eq!(bounded(3, Some("0"), None).0, "attribute_exists(#n0)");
    }

    #[test]
    fn what_a_body_does_not_have_is_removed() {
        let body = serde_json::json!({"id": "1", "price": 5});
        let update = Update::<Seat>::new().replace(&body, &["price", "note"], &["id"]).unwrap();
        assert_eq!(update.render().0.unwrap(), "SET #n1 = :v0 REMOVE #n2");
    }

    #[test]
    fn no_change_is_no_expression() {
        let (text, condition) = Update::<Seat>::new().render();
        assert_eq!((text, condition.text.as_str()), (None, "attribute_exists(#n0)"));
    }
}
