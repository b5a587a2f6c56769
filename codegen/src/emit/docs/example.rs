//! Example values of types, made of the examples that the contracts give.
//!
//! An example that might violate the contract is worse than none: where a required part has neither an example nor
//! an obvious value, there is none.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::fitting::fits;
use super::made::{made, texts};
use crate::model::{
    ListType, NumberRules, Scalar, ScalarKind, Service, StructType, TypeDef, TypeKind, TypeRef,
    UnionTag, UnionType, UnionVariant,
};
use crate::values::takes_text;

/// How deep examples go; a type that contains itself ends here.
const MAX_DEPTH: usize = 12;

/// How many values an example has at most, but for the last one that the contract gives. What is optional is left out
/// then; where more is required, there is no example.
const MAX_VALUES: usize = 20_000;

/// An example of a use of a type.
pub(in crate::emit) fn example(service: &Service, ty: &TypeRef) -> Option<Value> {
    use_of(&Making::new(service), ty, 0)
}

/// An example of a named type.
pub(super) fn example_of(service: &Service, def: &TypeDef) -> Option<Value> {
    named(&Making::new(service), def, 0)
}

/// One example in the making.
struct Making<'a> {
    service: &'a Service,
    /// How many values it may still have, or be asked for.
    left: Cell<usize>,
}

impl<'a> Making<'a> {
    const fn new(service: &'a Service) -> Self {
        Self { service, left: Cell::new(MAX_VALUES) }
    }

    /// Takes note of further values; nothing where there are too many already.
    fn take(&self, count: usize) -> Option<()> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(count));
        (left > 0).then_some(())
    }

    /// An example that the contract gives.
    fn given(&self, value: &Value) -> Option<Value> {
        self.take(size(value)).map(|()| value.clone())
    }
}

/// How many values a value holds, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(entries) => entries.values().map(size).sum(),
        _ => 0,
    }
}

fn use_of(of: &Making<'_>, ty: &TypeRef, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    of.take(1)?;
    match ty {
        TypeRef::Named(id) => named(of, of.service.type_def(*id), depth + 1),
        TypeRef::Scalar(kind) => plain(*kind, &NumberRules::default()),
        TypeRef::List(list) => items(of, list, depth + 1),
        TypeRef::Map(map) if map.min_properties.unwrap_or(0) == 0 => Some(json!({})),
        TypeRef::Map(_) => None,
        TypeRef::Json => Some(json!({})),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => use_of(of, inner, depth + 1),
    }
}

fn named(of: &Making<'_>, def: &TypeDef, depth: usize) -> Option<Value> {
    if let Some(given) = &def.example {
        return of.given(given);
    }
    let fits = |value: &Value| fits(of.service, def, value);
    let typed = match &def.kind {
        TypeKind::Struct(object) => fields(of, object, depth).filter(fits),
        TypeKind::Enum(choice) => choice.variants.iter().map(|one| json!(one.wire)).find(fits),
        TypeKind::Union(union) => {
            union.variants.iter().filter_map(|one| variant(of, union, one, depth)).find(fits)
        }
        TypeKind::Newtype(scalar) => constrained(scalar).filter(fits),
        TypeKind::Alias(ty) => use_of(of, ty, depth + 1).filter(fits),
    };
    // What no type expresses is said by a schema.
    typed.or_else(|| {
        let value = made(&of.service.schemas, def.schema.as_ref()?)?;
        of.take(size(&value))?;
        Some(value).filter(fits)
    })
}

/// Required properties must have an example; optional ones are there when the contract gives one.
fn fields(of: &Making<'_>, object: &StructType, depth: usize) -> Option<Value> {
    let mut entries = Map::new();
    for field in &object.fields {
        let own = field.example.as_ref().and_then(|given| of.given(given));
        let is_shown = own.is_some() || field.required || is_given(of, &field.ty, depth + 1);
        if !is_shown {
            continue;
        }
        let value = own.or_else(|| of_type(of, &field.ty)).or_else(|| field.default.clone());
        match value.or_else(|| use_of(of, &field.ty, depth + 1)) {
            Some(value) => {
                entries.insert(field.name.wire.clone(), value);
            }
            None if field.required => return None,
            None => {}
        }
    }
    let n_entries = entries.len() as u64;
    let fits = n_entries >= object.min_properties.unwrap_or(0)
        && n_entries <= object.max_properties.unwrap_or(u64::MAX);
    fits.then_some(Value::Object(entries))
}

/// The example that the contract gives with a named type.
fn of_type(of: &Making<'_>, ty: &TypeRef) -> Option<Value> {
    match ty {
        TypeRef::Named(id) => {
            of.service.type_def(*id).example.as_ref().and_then(|given| of.given(given))
        }
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => of_type(of, inner),
        _ => None,
    }
}

/// Whether the contract itself says what an example holds, so that nothing in it is made up.
fn is_given(of: &Making<'_>, ty: &TypeRef, depth: usize) -> bool {
    if depth > MAX_DEPTH || of.take(1).is_none() {
        return false;
    }
    match ty {
        TypeRef::Named(id) => {
            let def = of.service.type_def(*id);
            def.example.is_some()
                || match &def.kind {
                    TypeKind::Struct(object) => {
                        object.fields.iter().filter(|field| field.required).all(|field| {
                            field.example.is_some() || is_given(of, &field.ty, depth + 1)
                        })
                    }
                    TypeKind::Alias(ty) => is_given(of, ty, depth + 1),
                    TypeKind::Enum(_) => true,
                    TypeKind::Union(_) | TypeKind::Newtype(_) => false,
                }
        }
        TypeRef::List(list) => list.example.is_some() || is_given(of, &list.item, depth + 1),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_given(of, inner, depth + 1),
        TypeRef::Scalar(_) | TypeRef::Map(_) | TypeRef::Json => false,
    }
}

fn items(of: &Making<'_>, list: &ListType, depth: usize) -> Option<Value> {
    let least = list.min_items.unwrap_or(0);
    if list.max_items == Some(0) {
        return Some(json!([]));
    }
    let given = list.example.as_ref().and_then(|given| of.given(given));
    let item = given.or_else(|| use_of(of, &list.item, depth));
    match least {
        // A list of what has no example may still be empty.
        0 => Some(item.map_or_else(|| json!([]), |item| json!([item]))),
        1 => item.map(|item| json!([item])),
        2..=10 if !list.unique => {
            let item = item?;
            of.take(size(&item).saturating_mul(least as usize))?;
            Some(Value::Array((0..least).map(|_| item.clone()).collect()))
        }
        _ => None,
    }
}

fn variant(of: &Making<'_>, union: &UnionType, one: &UnionVariant, depth: usize) -> Option<Value> {
    let mut value = use_of(of, &one.ty, depth + 1)?;
    if let (UnionTag::Property(name), Some(entries)) = (&union.tag, value.as_object_mut())
        && !one.is_default
    {
        entries.insert(name.wire.clone(), json!(one.name.wire));
    }
    Some(value)
}

fn constrained(scalar: &Scalar) -> Option<Value> {
    if scalar.kind != ScalarKind::String {
        return plain(scalar.kind, &scalar.number);
    }
    let rules = &scalar.text;
    if rules.pattern.is_some() || rules.format.is_some() {
        let least = rules.min_length.and_then(|least| usize::try_from(least).ok());
        let known = texts(least.unwrap_or(0)).into_iter().find(|text| takes_text(scalar, text));
        return known.map(Value::from);
    }
    let length = 4.min(rules.max_length.unwrap_or(4)).max(rules.min_length.unwrap_or(0));
    let fits = length <= rules.max_length.unwrap_or(length).min(64);
    fits.then(|| "text".chars().cycle().zip(0..length).map(|(c, _)| c).collect::<String>().into())
}

fn plain(kind: ScalarKind, rules: &NumberRules) -> Option<Value> {
    match kind {
        ScalarKind::String => Some(json!("text")),
        ScalarKind::Boolean => Some(json!(true)),
        ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => {
            integer(rules).map(|number| json!(number))
        }
        ScalarKind::Double | ScalarKind::Decimal => integer(rules).map(|number| json!(number)),
        ScalarKind::DecimalString => integer(rules).map(|number| json!(number.to_string())),
        ScalarKind::Uuid => Some(json!("5f4ad1f6-8a7e-4f26-b7c0-3c5ad36f9a01")),
        ScalarKind::DateTime => Some(json!("2026-11-01T12:00:00Z")),
        ScalarKind::Date => Some(json!("2026-11-01")),
        ScalarKind::Bytes => Some(json!("aGVsbG8=")),
    }
}

/// The first whole number that obeys the rules, if it is near at hand.
fn integer(rules: &NumberRules) -> Option<i64> {
    let bound = |bound: &Option<crate::model::Bound>| {
        bound.as_ref().map(|bound| (bound.value.parse::<f64>(), bound.exclusive))
    };
    let step = rules.multiple_of.as_ref().map(|step| step.parse::<f64>());
    let fits = |number: &i64| {
        let value = *number as f64;
        let above = match bound(&rules.minimum) {
            None => true,
            Some((Ok(least), exclusive)) => value > least || (!exclusive && value == least),
            Some((Err(_), _)) => false,
        };
        let below = match bound(&rules.maximum) {
            None => true,
            Some((Ok(most), exclusive)) => value < most || (!exclusive && value == most),
            Some((Err(_), _)) => false,
        };
        let whole = match &step {
            None => true,
            // Whole numbers are multiples of any step that divides one.
            Some(Ok(step)) => (value / step).fract() == 0.0,
            Some(Err(_)) => false,
        };
        let listed = rules.one_of.is_empty() || rules.one_of.contains(number);
        above && below && whole && listed
    };
    let least = match bound(&rules.minimum) {
        Some((Ok(least), _)) if least.abs() < 1e15 => least.ceil() as i64,
        _ => 1,
    };
    rules.one_of.iter().copied().chain(1..=10).chain(least..=least.saturating_add(100)).find(fits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::emit::sample;
    use crate::model::{Bound, TextRules};

    fn number(minimum: &str, exclusive: bool, multiple_of: Option<&str>) -> NumberRules {
        NumberRules {
            minimum: Some(Bound { value: minimum.into(), exclusive }),
            multiple_of: multiple_of.map(Into::into),
            ..NumberRules::default()
        }
    }

    #[test]
    fn made_up_numbers_obey_the_rules() {
        assert_eq!(integer(&NumberRules::default()), Some(1));
        assert_eq!(integer(&number("10", true, None)), Some(11));
        assert_eq!(integer(&number("10", false, Some("7"))), Some(14));
        assert_eq!(integer(&number("0.01", false, Some("0.01"))), Some(1));
        assert_eq!(integer(&number("1e30", false, None)), None);
    }

    #[test]
    fn made_up_text_obeys_the_rules() {
        let text = |min_length, max_length, pattern: Option<&str>| {
            let pattern = pattern.map(Into::into);
            let text = TextRules { min_length, max_length, pattern, format: None };
            constrained(&Scalar { kind: ScalarKind::String, text, number: NumberRules::default() })
        };
        assert_eq!(text(Some(1), Some(2), None), Some(json!("te")));
        assert_eq!(text(Some(6), None, None), Some(json!("textte")));
        assert_eq!(text(Some(100), None, None), None, "nobody wants to read that");
        assert_eq!(text(None, None, Some("^x$")), None, "whatever fits a pattern is not guessed");
    }

    #[test]
    fn a_type_that_contains_itself_has_an_end() {
        let catalogue = sample::catalogue();
        let found = example_of(&catalogue, &catalogue.types[0]);
        let expected = json!({ "name": "text", "price": 1, "shelf": "top" });
        assert_eq!(found, Some(expected), "optional parts are not made up");
    }

    #[test]
    fn an_example_has_a_size() {
        let mut catalogue = sample::catalogue();
        let TypeKind::Struct(object) = &mut catalogue.types[0].kind else { panic!("an object") };
        for field in &mut object.fields {
            (field.required, field.ty) = (false, TypeRef::Json);
            field.example = Some(vec![1; MAX_VALUES].into());
        }
        assert!(object.fields.len() > 1);
        let found = example_of(&catalogue, &catalogue.types[0]).unwrap();
        assert_eq!(found.as_object().unwrap().len(), 1, "one is enough");
    }
}
