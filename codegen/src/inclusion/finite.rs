//! Types that list their values, whichever way: an enumeration, or alternatives that are constants.

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::Kind;
use super::shape::{Shape, resolve};
use super::walk::{Changes, Here};
use crate::model::{NumberRules, Service, UnionTag};

/// The values of a type as JSON, if it lists them.
pub(super) fn values(service: &Service, shape: &Shape<'_>) -> Option<Vec<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_one_of = false;
    if let Shape::Union(of) = shape {
        is_one_of = of.tag == UnionTag::ExactlyOne;
        for variant in &of.variants {
            let ty = resolve(service, &variant.ty);
            // What is checked beyond a type may take values away.
            let is_checked = ty.named.is_some_and(|id| service.type_def(id).schema.is_some());
            if ty.nullable || is_checked || matches!(of.tag, UnionTag::Property(_)) {
                return None;
            }
            for value in listed(&ty.shape)? {
                *counts.entry(value).or_default() += 1;
            }
        }
    } else {
        counts.extend(listed(shape)?.into_iter().map(|value| (value, 1)));
    }
    let fits = |n_fitting: usize| !is_one_of || n_fitting == 1;
    Some(counts.into_iter().filter(|(_, n)| fits(*n)).map(|(value, _)| value).collect())
}

/// The values of an enumeration.
fn listed(shape: &Shape<'_>) -> Option<Vec<String>> {
    match shape {
        Shape::Enum(of) => {
            let texts = of.variants.iter().map(|each| Value::from(each.wire.as_str()));
            Some(texts.map(|text| text.to_string()).collect())
        }
        Shape::Scalar(of) => {
            let others = NumberRules { one_of: vec![], ..of.number.clone() };
            let is_listed = !of.number.one_of.is_empty() && others == NumberRules::default();
            is_listed.then(|| of.number.one_of.iter().map(ToString::to_string).collect())
        }
        _ => None,
    }
}

/// The values that came and went.
pub(super) fn compare(old: &[String], new: &[String], here: Here, out: &mut Changes) {
    for gone in old.iter().filter(|value| !new.contains(value)) {
        out.add(Kind::EnumValueRemoved, here, gone.trim_matches('"'), "");
    }
    for came in new.iter().filter(|value| !old.contains(value)) {
        out.add(Kind::EnumValueAdded, here, "", came.trim_matches('"'));
    }
}
