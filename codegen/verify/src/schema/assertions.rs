//! What `boon` is told beside its own keywords: the formats of OpenAPI, and two keywords that it takes for less than the
//! standards say.
//!
//! It matches patterns by the rules of Rust, where JSON Schema asks for those of ECMA-262, and divides doubles for
//! `multipleOf`, where 0.3 is no multiple of 0.1. Both become formats of their own here. A format is a plain function that
//! knows nothing but the value, so there are as many functions as there can be different patterns and steps; contracts that
//! have more leave the rest to `boon`.

use std::error::Error;
use std::sync::{PoisonError, RwLock};

use boon::Format;
use rust_decimal::Decimal;
use scalars::Pattern;
use serde_json::{Map, Value, json};

use crate::value::{decimal, is_base64, is_integer};

/// What a value is asked, if it is of the type that the keyword is about.
enum Assertion {
    Pattern(Pattern),
    MultipleOf(Decimal),
}

struct Known {
    keyword: &'static str,
    text: String,
    assertion: Assertion,
    format: Format,
}

/// All that were needed so far, each at the place of its function.
static KNOWN: RwLock<Vec<Known>> = RwLock::new(Vec::new());

/// Takes out of a schema what `boon` would judge wrongly; answers the schemas that say it instead.
pub(super) fn exact(schema: &mut Map<String, Value>) -> Vec<Value> {
    let pattern = schema.get("pattern").and_then(Value::as_str).map(str::to_owned);
    let pattern =
        pattern.and_then(|text| Some((Assertion::Pattern(Pattern::new(&text).ok()?), text)));
    let step = schema.get("multipleOf").filter(|step| !step.is_u64()).map(Value::to_string);
    let step = step.and_then(|text| Some((Assertion::MultipleOf(decimal(&text)?), text)));
    let found = [("pattern", pattern), ("multipleOf", step)];
    let mut parts = vec![];
    for (keyword, found) in found {
        let Some((assertion, text)) = found else { continue };
        if let Some(name) = named(keyword, text, assertion) {
            schema.remove(keyword);
            parts.push(json!({ "format": name }));
        }
    }
    parts
}

/// The name of the format for an assertion, if there is a function left for it.
fn named(keyword: &'static str, text: String, assertion: Assertion) -> Option<&'static str> {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(one) = known.iter().find(|one| one.keyword == keyword && one.text == text) {
        return Some(one.format.name);
    }
    let func = *FUNCTIONS.get(known.len())?;
    // As many as there are functions, for as long as the process runs.
    let name: &'static str = Box::leak(format!("{keyword} `{text}`").into_boxed_str());
    known.push(Known { keyword, text, assertion, format: Format { name, func } });
    Some(name)
}

/// All formats beside those of JSON Schema.
pub(super) fn formats() -> Vec<Format> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let own = OPENAPI.iter().map(|(name, func)| Format { name, func: *func });
    known.iter().map(|one| one.format).chain(own).collect()
}

/// The keyword that a format stands for.
pub(super) fn keyword_of(format: &str) -> &'static str {
    ["pattern", "multipleOf"]
        .into_iter()
        .find(|keyword| format.strip_prefix(keyword).is_some_and(|rest| rest.starts_with(" `")))
        .unwrap_or("format")
}

fn assert<const AT: usize>(value: &Value) -> Result<(), Box<dyn Error>> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let holds = match (known.get(AT).map(|one| &one.assertion), value) {
        // A text that takes too many steps is no proof of anything.
        (Some(Assertion::Pattern(pattern)), Value::String(text)) => {
            pattern.is_match(text) != Ok(false)
        }
        (Some(Assertion::MultipleOf(step)), Value::Number(number)) => decimal(&number.to_string())
            .and_then(|value| value.checked_rem(*step))
            .is_none_or(|rest| rest.is_zero()),
        _ => true,
    };
    if holds { Ok(()) } else { Err("it is not met".into()) }
}

type Function = fn(&Value) -> Result<(), Box<dyn Error>>;

macro_rules! functions {
    ($($row:literal)*) => { [$(
        assert::<{ $row * 8 }>, assert::<{ $row * 8 + 1 }>, assert::<{ $row * 8 + 2 }>, assert::<{ $row * 8 + 3 }>,
        assert::<{ $row * 8 + 4 }>, assert::<{ $row * 8 + 5 }>, assert::<{ $row * 8 + 6 }>, assert::<{ $row * 8 + 7 }>,
    )*] };
}

static FUNCTIONS: [Function; 256] = functions!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
);

/// The formats of OpenAPI's registry that say which values there are.
static OPENAPI: &[(&str, Function)] = &[
    ("int8", |value| within(value, i8::MIN.into(), i8::MAX.into())),
    ("int16", |value| within(value, i16::MIN.into(), i16::MAX.into())),
    ("uint8", |value| within(value, 0.into(), u8::MAX.into())),
    ("uint16", |value| within(value, 0.into(), u16::MAX.into())),
    ("int32", |value| within(value, i32::MIN.into(), i32::MAX.into())),
    ("int64", |value| within(value, i64::MIN.into(), i64::MAX.into())),
    ("uint32", |value| within(value, 0.into(), u32::MAX.into())),
    ("uint64", |value| within(value, 0.into(), u64::MAX.into())),
    ("byte", |value| match value.as_str() {
        Some(text) if !is_base64(text) => Err("it is not base64".into()),
        _ => Ok(()),
    }),
];

fn within(value: &Value, least: Decimal, most: Decimal) -> Result<(), Box<dyn Error>> {
    let Value::Number(number) = value else { return Ok(()) };
    let exact = decimal(&number.to_string());
    match is_integer(number) && exact.is_some_and(|value| least <= value && value <= most) {
        true => Ok(()),
        false => Err("it does not fit".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_steps_are_exact() {
        let schema = json!({ "pattern": "^(?=.*\\d)a", "multipleOf": 0.01, "minLength": 1 });
        let Value::Object(mut schema) = schema else { unreachable!() };
        let parts = exact(&mut schema);
        assert_eq!(Value::from(schema), json!({ "minLength": 1 }));
        let names: Vec<_> = parts.iter().filter_map(|part| part["format"].as_str()).collect();
        assert_eq!(names, ["pattern `^(?=.*\\d)a`", "multipleOf `0.01`"]);
        let formats = formats();
        let check = |name: &str, value: Value| {
            formats
                .iter()
                .find(|one| one.name == name)
                .is_some_and(|one| (one.func)(&value).is_ok())
        };
        assert!(check(names[0], json!("ab1")) && !check(names[0], json!("ab")));
        assert!(check(names[1], json!(950.4)) && !check(names[1], json!(0.015)));
        assert!(check("int32", json!(1.0)) && !check("int32", json!(3_000_000_000_u64)));
        assert_eq!(keyword_of(names[1]), "multipleOf");
        assert_eq!(keyword_of("date"), "format");
    }
}
