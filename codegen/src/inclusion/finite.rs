//! Types that list their values, whichever way: an enumeration, or alternatives that are constants.

mod schema;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::Kind;
use super::shape::{Shape, resolve};
use super::walk::{Changes, Here};
use crate::model::{NumberRules, Scalar, ScalarKind, Service, UnionTag};
use crate::values::takes_text;

pub(super) use schema::compare_listed;

/// How deep alternatives are looked for within others.
const MOST_DEEP: u8 = 3;

/// The values of a type as JSON, if it lists them.
pub(crate) fn values(service: &Service, shape: &Shape<'_>) -> Option<Vec<Value>> {
    values_below(service, shape, MOST_DEEP)
}

fn values_below(service: &Service, shape: &Shape<'_>, deep: u8) -> Option<Vec<Value>> {
    let Shape::Union(of) = shape else { return listed(shape) };
    let mut counts: BTreeMap<String, (Value, usize)> = BTreeMap::new();
    for variant in &of.variants {
        let ty = resolve(service, &variant.ty);
        // What is checked beyond a type may take values away.
        let is_tagged = matches!(of.tag, UnionTag::Property(_));
        if deep == 0 || ty.nullable || ty.is_checked(service) || is_tagged {
            return None;
        }
        // A value that an alternative lists twice makes it no two alternatives.
        let listed = values_below(service, &ty.shape, deep - 1)?.into_iter();
        let listed: BTreeMap<_, _> = listed.map(|value| (value.to_string(), value)).collect();
        for (text, value) in listed {
            counts.entry(text).or_insert((value, 0)).1 += 1;
        }
    }
    let fits = |n_fitting: usize| of.tag != UnionTag::ExactlyOne || n_fitting == 1;
    Some(counts.into_values().filter(|(_, n)| fits(*n)).map(|(value, _)| value).collect())
}

/// The values of an enumeration.
fn listed(shape: &Shape<'_>) -> Option<Vec<Value>> {
    match shape {
        Shape::Enum(of) => {
            Some(of.variants.iter().map(|each| Value::from(each.wire.as_str())).collect())
        }
        Shape::Scalar(of) => {
            let others = NumberRules { one_of: vec![], ..of.number.clone() };
            let is_listed = !of.number.one_of.is_empty() && others == NumberRules::default();
            is_listed.then(|| of.number.one_of.iter().copied().map(Value::from).collect())
        }
        _ => None,
    }
}

/// The values that came and went.
pub(super) fn compare(old: &[Value], new: &[Value], here: Here, out: &mut Changes) {
    let [before, after] =
        [old, new].map(|all| all.iter().map(Value::to_string).collect::<BTreeSet<_>>());
    for gone in old.iter().filter(|value| !after.contains(&value.to_string())) {
        out.add(Kind::EnumValueRemoved, here, text(gone), "");
    }
    for came in new.iter().filter(|value| !before.contains(&value.to_string())) {
        out.add(Kind::EnumValueAdded, here, "", text(came));
    }
}

/// The same of two types of which at least one is no text, as text carries them. The answer is whether they could be
/// compared.
pub(super) fn compare_as_texts(
    (old_service, old): (&Service, &Shape<'_>),
    (new_service, new): (&Service, &Shape<'_>),
    here: Here,
    out: &mut Changes,
) -> bool {
    let (before, after) = (texts(old_service, old), texts(new_service, new));
    let names = [old.name(), new.name()];
    match (before, after, old, new) {
        (Some(before), Some(after), ..) => {
            let is_met = before.iter().any(|value| after.contains(value));
            if is_met {
                compare(&before, &after, here, out);
            }
            is_met
        }
        (Some(before), None, _, Shape::Scalar(taking)) => {
            let (kept, gone) = split(before, taking);
            if kept.is_empty() {
                return false;
            }
            out.add(Kind::TypeGeneralized, here, names[0], names[1]);
            gone.iter().for_each(|value| out.add(Kind::EnumValueRemoved, here, text(value), ""));
            true
        }
        (None, Some(after), Shape::Scalar(took), _) => {
            let (known, came) = split(after, took);
            if known.is_empty() {
                return false;
            }
            out.add(Kind::TypeSpecialized, here, names[0], names[1]);
            came.iter().for_each(|value| out.add(Kind::EnumValueAdded, here, "", text(value)));
            true
        }
        _ => false,
    }
}

/// Those of some texts that a scalar takes, and the others.
fn split(texts: Vec<Value>, scalar: &Scalar) -> (Vec<Value>, Vec<Value>) {
    let is_text = Shape::Scalar(std::borrow::Cow::Borrowed(scalar)).family()
        == Some(super::shape::Family::Text);
    texts.into_iter().partition(|value| is_text && takes_text(scalar, &text(value)))
}

/// The values of a type as text carries them, if it lists them.
fn texts(service: &Service, shape: &Shape<'_>) -> Option<Vec<Value>> {
    let values = match shape {
        Shape::Scalar(of) if of.kind == ScalarKind::Boolean => vec![true.into(), false.into()],
        shape => values(service, shape)?,
    };
    Some(values.iter().map(|value| Value::from(text(value))).collect())
}

/// A value without quotation marks.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
