//! An independent judge of which value fits which type: it knows the meaning of contracts, and no rule of changes.

use super::worlds::STRANGERS;
use codegen::model::{
    Additional, Bound, NumberRules, Scalar, ScalarKind, Service, StructType, TextRules, TypeKind,
    TypeRef, UnionTag, UnionType,
};
use serde_json::Value;

/// How a value stands to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is not one of its values.
    No,
    /// It is, but only since the contract ignores properties that it does not name.
    Loosely,
    /// It is, and whatever it holds is named by the contract or by no contract at all.
    Fully,
}

impl Fit {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Loosely, _) | (_, Self::Loosely) => Self::Loosely,
            _ => Self::Fully,
        }
    }

    fn when(holds: bool) -> Self {
        if holds { Self::Fully } else { Self::No }
    }
}

/// In which form a value is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As JSON.
    Json,
    /// As a stored item, where what the contract does not name is left alone.
    Stored,
}

/// Judges a value.
pub(super) fn judge(form: Form, service: &Service, ty: &TypeRef, value: &Value) -> Fit {
    match ty {
        TypeRef::Boxed(inner) => judge(form, service, inner, value),
        TypeRef::Nullable(_) if value.is_null() => Fit::Fully,
        TypeRef::Nullable(inner) => judge(form, service, inner, value),
        TypeRef::Json => Fit::Fully,
        TypeRef::Scalar(kind) => Fit::when(is_bare(*kind, value)),
        TypeRef::List(list) => {
            let Value::Array(items) = value else { return Fit::No };
            let fits = items.iter().map(|item| judge(form, service, &list.item, item));
            let repeated = list.unique
                && items.iter().enumerate().any(|(at, item)| items[..at].contains(item));
            let counted = within(items.len(), list.min_items, list.max_items);
            fits.fold(Fit::when(counted && !repeated), Fit::and)
        }
        TypeRef::Map(map) => {
            let Value::Object(object) = value else { return Fit::No };
            let fits = object.values().map(|value| judge(form, service, &map.value, value));
            let counted = within(object.len(), map.min_properties, map.max_properties);
            fits.fold(Fit::when(counted), Fit::and)
        }
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Alias(ty) => judge(form, service, ty, value),
            TypeKind::Enum(of) => {
                Fit::when(of.variants.iter().any(|each| Some(each.wire.as_str()) == value.as_str()))
            }
            TypeKind::Newtype(scalar) => Fit::when(is_scalar(scalar, value)),
            TypeKind::Struct(of) => judge_struct(form, service, of, value),
            TypeKind::Union(of) => judge_union(form, service, of, value),
        },
    }
}

fn within(n: usize, least: Option<u64>, most: Option<u64>) -> bool {
    let n = n as u64;
    least.is_none_or(|least| n >= least) && most.is_none_or(|most| n <= most)
}

fn judge_struct(form: Form, service: &Service, of: &StructType, value: &Value) -> Fit {
    let Value::Object(object) = value else { return Fit::No };
    let mut fit = Fit::when(within(object.len(), of.min_properties, of.max_properties));
    for field in &of.fields {
        fit = fit.and(match object.get(&field.name.wire) {
            Some(value) => judge(form, service, &field.ty, value),
            None => Fit::when(!field.required),
        });
    }
    for (key, value) in object {
        let named = of.fields.iter().any(|field| field.name.wire == *key);
        if of.ignored.contains(key) {
            // The contract says that it is not for others to send.
            fit = fit.and(Fit::Loosely);
        } else if !named {
            fit = fit.and(match &of.additional {
                Additional::Open | Additional::Refused
                    if form == Form::Stored && STRANGERS.contains(&key.as_str()) =>
                {
                    Fit::Fully
                }
                Additional::Open if STRANGERS.contains(&key.as_str()) => Fit::Fully,
                Additional::Open => Fit::Loosely,
                Additional::Refused if form == Form::Json => Fit::No,
                Additional::Refused => Fit::Loosely,
                Additional::Typed(ty) => judge(form, service, ty, value),
            });
        }
    }
    fit
}

fn judge_union(form: Form, service: &Service, of: &UnionType, value: &Value) -> Fit {
    if let UnionTag::Property(tag) = &of.tag {
        let told = value.get(&tag.wire).and_then(Value::as_str);
        let variant = of.variants.iter().find(|variant| Some(variant.name.wire.as_str()) == told);
        return variant.map_or(Fit::No, |variant| judge(form, service, &variant.ty, value));
    }
    let fits = of.variants.iter().map(|variant| judge(form, service, &variant.ty, value));
    let fits: Vec<_> = fits.filter(|fit| *fit != Fit::No).collect();
    match (&of.tag, fits.as_slice()) {
        (_, []) => Fit::No,
        (UnionTag::ExactlyOne, [fit]) => *fit,
        (UnionTag::ExactlyOne, _) => Fit::No,
        (_, fits) if fits.contains(&Fit::Fully) => Fit::Fully,
        _ => Fit::Loosely,
    }
}

fn is_bare(kind: ScalarKind, value: &Value) -> bool {
    is_scalar(&Scalar { kind, text: TextRules::default(), number: NumberRules::default() }, value)
}

fn is_scalar(scalar: &Scalar, value: &Value) -> bool {
    match scalar.kind {
        ScalarKind::Boolean => value.is_boolean(),
        ScalarKind::Int32 => {
            value.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
                && is_number(scalar, value)
        }
        ScalarKind::Int64 => value.as_i64().is_some() && is_number(scalar, value),
        ScalarKind::Double => value.is_number() && is_number(scalar, value),
        // A decimal may be written as a string too.
        ScalarKind::Decimal => {
            let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            let number = read.as_ref().unwrap_or(value);
            number.is_number() && is_number(scalar, number)
        }
        kind => value.as_str().is_some_and(|text| {
            let formed = match kind {
                ScalarKind::Uuid => text.len() == 36,
                ScalarKind::Date => text.len() == 10 && text.contains('-'),
                _ => scalar.text.format.is_none() || text.contains('@'),
            };
            formed && is_text(&scalar.text, text)
        }),
    }
}

fn is_text(rules: &TextRules, text: &str) -> bool {
    let matched = match rules.pattern.as_deref() {
        None | Some(".*") => true,
        Some("a") => text.contains('a'),
        Some("^a") => text.starts_with('a'),
        Some("^[a-c]*$") => text.chars().all(|each| ('a'..='c').contains(&each)),
        Some(other) => unreachable!("no test draws the pattern `{other}`"),
    };
    matched && within(text.chars().count(), rules.min_length, rules.max_length)
}

/// In hundredths, which hold every number that is drawn.
fn hundredths(text: &str) -> i64 {
    (text.parse::<f64>().unwrap() * 100.0).round() as i64
}

fn is_number(scalar: &Scalar, value: &Value) -> bool {
    let rules = &scalar.number;
    let number = hundredths(&value.to_string());
    let above = |bound: &Bound| number > hundredths(&bound.value) - i64::from(!bound.exclusive);
    let below = |bound: &Bound| number < hundredths(&bound.value) + i64::from(!bound.exclusive);
    rules.minimum.as_ref().is_none_or(above)
        && rules.maximum.as_ref().is_none_or(below)
        && rules.multiple_of.as_ref().is_none_or(|step| number % hundredths(step) == 0)
        && (rules.one_of.is_empty() || rules.one_of.iter().any(|one| one * 100 == number))
}
