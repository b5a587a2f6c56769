//! What a value looks like on the wire, in words, for doc comments.

use super::Scope;
use std::fmt::Write as _;

use crate::model::{
    Bound, Field, ListType, MapType, NumberRules, Scalar, ScalarKind, TextRules, TypeKind, TypeRef,
};

/// What is to be said of a property beside its own words: its shape where its type has no documentation of its own,
/// and its default.
pub(super) fn field_facts(scope: &Scope<'_>, field: &Field) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if !matches!(scope.not_null(&field.ty), TypeRef::Named(_)) {
        facts.push(("Shape", of_type(scope, &field.ty)));
    }
    if let Some(default) = &field.default {
        facts.push(("Default", format!("`{default}`")));
    }
    facts
}

/// A use of a type.
pub(super) fn of_type(scope: &Scope<'_>, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => match &scope.service.type_def(*id).kind {
            TypeKind::Alias(target) => of_type(scope, target),
            _ => format!("`{}`", scope.service.type_def(*id).name.pascal),
        },
        TypeRef::Scalar(kind) => of_kind(*kind).to_owned(),
        TypeRef::List(list) => of_list(scope, list),
        TypeRef::Map(map) => of_map(scope, map),
        TypeRef::Json => "any JSON".to_owned(),
        TypeRef::Nullable(inner) => format!("{}, or `null`", of_type(scope, inner)),
        TypeRef::Boxed(inner) => of_type(scope, inner),
    }
}

fn of_list(scope: &Scope<'_>, list: &ListType) -> String {
    let unique = if list.unique { ", without duplicates" } else { "" };
    let count = count(list.min_items, list.max_items, "items");
    format!("an array{count}; each item is {}{unique}", of_type(scope, &list.item))
}

fn of_map(scope: &Scope<'_>, map: &MapType) -> String {
    let count = count(map.min_properties, map.max_properties, "properties");
    format!("an object{count} with any keys; each value is {}", of_type(scope, &map.value))
}

/// `, 1 to 100 items`
fn count(min: Option<u64>, max: Option<u64>, noun: &str) -> String {
    match (min, max) {
        (None, None) => String::new(),
        (Some(min), None) => format!(" of at least {min} {noun}"),
        (None, Some(max)) => format!(" of at most {max} {noun}"),
        (Some(min), Some(max)) if min == max => format!(" of {min} {noun}"),
        (Some(min), Some(max)) => format!(" of {min} to {max} {noun}"),
    }
}

/// A scalar with its rules.
pub(super) fn of_scalar(scalar: &Scalar) -> String {
    let text = of_text_rules(&scalar.text);
    let number = of_number_rules(&scalar.number);
    format!("{}{text}{number}", of_kind(scalar.kind))
}

fn of_kind(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::String => "a string",
        ScalarKind::Boolean => "`true` or `false`",
        ScalarKind::Int32 => "a 32-bit integer",
        ScalarKind::Int64 => "a 64-bit integer",
        ScalarKind::Integer => "an integer of at most 38 digits",
        ScalarKind::Double => "a double-precision number",
        ScalarKind::Decimal => "an exact decimal number",
        ScalarKind::DecimalString => "an exact decimal number as a string",
        ScalarKind::Uuid => "a UUID (RFC 9562)",
        ScalarKind::DateTime => "a date and time (RFC 3339)",
        ScalarKind::Date => "a date (RFC 3339)",
        ScalarKind::Bytes => "bytes in base64 (RFC 4648)",
    }
}

fn of_text_rules(rules: &TextRules) -> String {
    let mut out = count(rules.min_length, rules.max_length, "characters");
    if let Some(format) = rules.format {
        let _ = write!(out, ", {} ({})", format.what(), format.source());
    }
    if let Some(pattern) = &rules.pattern {
        out.push_str(&format!(" that matches {}", code(pattern)));
    }
    out
}

fn of_number_rules(rules: &NumberRules) -> String {
    let mut out = String::new();
    let end = |bound: &Bound, inclusive: &str, exclusive: &str| {
        format!(" {} {}", if bound.exclusive { exclusive } else { inclusive }, bound.value)
    };
    match (&rules.minimum, &rules.maximum) {
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => {
            out.push_str(&format!(" from {} to {}", min.value, max.value));
        }
        (min, max) => {
            let min = min.as_ref().map(|min| end(min, "of at least", "above"));
            let max = max.as_ref().map(|max| end(max, "of at most", "below"));
            let both: Vec<String> = min.into_iter().chain(max).collect();
            out.push_str(&both.join(" and"));
        }
    }
    if let Some(step) = &rules.multiple_of {
        out.push_str(&format!(", a multiple of {step}"));
    }
    if !rules.one_of.is_empty() {
        let values: Vec<String> = rules.one_of.iter().map(i64::to_string).collect();
        out.push_str(&format!(", {}", values.join(" or ")));
    }
    out
}

/// A code span, fenced with as many backticks as the text needs.
fn code(text: &str) -> String {
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let pad = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
