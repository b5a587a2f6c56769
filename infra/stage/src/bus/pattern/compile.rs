//! Owns the reading of patterns: from JSON to alternatives of fields and tests. It refuses what is
//! not sound, with the path of the field.

use super::strict::Strict;
use super::test::{Cidr, Range, Test, fold};
use super::wildcard::Wildcard;
use super::{Field, Object, PatternError};
use serde_json::{Map, Value};

/// The longest pattern, in characters.
const MAX_LENGTH: usize = limits::EVENT_PATTERN as usize;

/// How many alternatives the `$or`s of a pattern may multiply to.
const MAX_ALTERNATIVES: usize = limits::EVENT_PATTERN_CHOICES as usize;

/// Names that a field in a `$or` cannot have, because they would make it look like a list of
/// operators.
const RESERVED: [&str; 22] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
];

type Compiled<T> = Result<T, PatternError>;

pub(super) fn compile(text: &str) -> Compiled<Vec<Object>> {
    if text.chars().count() > MAX_LENGTH {
        return fail("", format!("The pattern is longer than {MAX_LENGTH} characters"));
    }
    let Strict(value) = serde_json::from_str(text).or_else(|error| fail("", error.to_string()))?;
    compile_value(&value)
}

pub(super) fn compile_value(pattern: &Value) -> Compiled<Vec<Object>> {
    match pattern {
        Value::Object(fields) => objects(fields, "", false),
        _ => fail("", "Filter is not an object"),
    }
}

fn fail<T>(path: &str, reason: impl Into<String>) -> Compiled<T> {
    let reason = reason.into();
    Err(PatternError {
        reason: if path.is_empty() { reason } else { format!("{reason} at `{path}`") },
    })
}

/// The alternatives that an object of a pattern stands for.
fn objects(fields: &Map<String, Value>, path: &str, is_in_or: bool) -> Compiled<Vec<Object>> {
    if fields.is_empty() {
        return fail(path, "Empty objects are not allowed");
    }
    let mut alternatives = vec![Object::default()];
    let parent = path;
    for (name, value) in fields {
        let path = join(parent, name);
        let choices = match value {
            Value::Array(branches) if name == "$or" && is_or(branches) => {
                let mut choices = Vec::new();
                for branch in branches.iter().filter_map(Value::as_object) {
                    choices.extend(objects(branch, parent, true)?);
                }
                choices
            }
            _ if is_in_or && RESERVED.contains(&name.as_str()) => {
                return fail(&path, format!("`{name}` is reserved and cannot be used inside $or"));
            }
            Value::Array(values) => {
                vec![Object::of(name, Field { leaf: Some(tests(values, &path)?), inside: None })]
            }
            Value::Object(inner) => objects(inner, &path, is_in_or)?
                .into_iter()
                .map(|object| Object::of(name, Field { leaf: None, inside: Some(object) }))
                .collect(),
            _ => return fail(&path, format!("\"{name}\" must be an object or an array")),
        };
        if alternatives.len() * choices.len() > MAX_ALTERNATIVES {
            return fail(&path, format!("$or makes more than {MAX_ALTERNATIVES} combinations"));
        }
        alternatives = combine(&alternatives, &choices, parent)?;
    }
    Ok(alternatives)
}

/// Whether an array under `$or` is meant as one. Where it is not, `$or` is the name of a field like
/// any other.
pub(crate) fn is_or(branches: &[Value]) -> bool {
    let is_branch = |branch: &Value| {
        let names = |fields: &Map<String, Value>| {
            !fields.keys().any(|name| RESERVED.contains(&name.as_str()))
        };
        branch.as_object().is_some_and(names)
    };
    branches.len() >= 2 && branches.iter().all(is_branch)
}

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

fn combine(ones: &[Object], others: &[Object], parent: &str) -> Compiled<Vec<Object>> {
    let mut all = Vec::with_capacity(ones.len() * others.len());
    for one in ones {
        for other in others {
            let mut both = one.clone();
            both.merge(other, parent)?;
            all.push(both);
        }
    }
    Ok(all)
}

impl Object {
    /// A name with dots leads to a field within a field, as on AWS.
    fn of(name: &str, field: Field) -> Self {
        let (first, field) = match name.split_once('.') {
            None => (name, field),
            Some((first, rest)) => {
                (first, Field { leaf: None, inside: Some(Self::of(rest, field)) })
            }
        };
        Self { fields: [(first.to_owned(), field)].into() }
    }

    /// Adds the fields of another object under the same parent.
    fn merge(&mut self, other: &Self, parent: &str) -> Compiled<()> {
        for (name, field) in &other.fields {
            let path = join(parent, name);
            let known = self.fields.entry(name.clone()).or_default();
            match (&mut known.leaf, &field.leaf) {
                (Some(_), Some(_)) => {
                    return fail("", format!("Path `{path}` cannot be allowed multiple times"));
                }
                (leaf @ None, Some(tests)) => *leaf = Some(tests.clone()),
                (_, None) => {}
            }
            match (&mut known.inside, &field.inside) {
                (Some(object), Some(other)) => object.merge(other, &path)?,
                (inside @ None, Some(other)) => *inside = Some(other.clone()),
                (_, None) => {}
            }
        }
        Ok(())
    }
}

fn tests(values: &[Value], path: &str) -> Compiled<Vec<Test>> {
    if values.is_empty() {
        return fail(path, "Empty arrays are not allowed");
    }
    values.iter().map(|value| test(value, path)).collect()
}

fn test(value: &Value, path: &str) -> Compiled<Test> {
    match value {
        Value::Object(operator) => {
            let (name, operand) = only(operator, path)?;
            operation(name, operand, path)
        }
        Value::Array(_) => fail(path, "Match value must be String, number, true, false, or null"),
        scalar => Ok(exact(scalar)),
    }
}

fn exact(scalar: &Value) -> Test {
    match scalar {
        Value::String(text) => Test::Text(text.clone()),
        Value::Number(number) => Test::Number(number.clone()),
        other => Test::Same(other.clone()),
    }
}

fn only<'a>(operator: &'a Map<String, Value>, path: &str) -> Compiled<(&'a str, &'a Value)> {
    let mut fields = operator.iter();
    match (fields.next(), fields.next()) {
        (Some((name, operand)), None) => Ok((name, operand)),
        (None, _) => fail(path, "Match expression name not found"),
        (Some(_), Some(_)) => fail(path, "Only one key allowed in match expression"),
    }
}

fn operation(name: &str, operand: &Value, path: &str) -> Compiled<Test> {
    match name {
        "exactly" => text(name, operand, path).map(|text| Test::Text(text.to_owned())),
        "prefix" | "suffix" => affix(name, operand, path),
        "equals-ignore-case" => {
            text(name, operand, path).map(|text| Test::EqualsIgnoreCase(fold(text)))
        }
        "wildcard" => wildcard(operand, path),
        "cidr" => match Cidr::parse(text(name, operand, path)?) {
            Ok(cidr) => Ok(Test::Cidr(cidr)),
            Err(reason) => fail(path, reason),
        },
        "exists" => match operand {
            Value::Bool(wanted) => Ok(Test::Exists(*wanted)),
            _ => fail(path, "exists match pattern must be either true or false"),
        },
        "numeric" => match operand {
            Value::Array(terms) => numeric(terms, path),
            _ => fail(path, "Value of numeric must be an array"),
        },
        "anything-but" => anything_but(operand, path).map(Test::AnythingBut),
        _ => fail(path, format!("Unrecognized match type {name}")),
    }
}

fn text<'a>(name: &str, operand: &'a Value, path: &str) -> Compiled<&'a str> {
    operand
        .as_str()
        .map_or_else(|| fail(path, format!("{name} match pattern must be a string")), Ok)
}

/// `prefix` and `suffix`, of a string or of `{"equals-ignore-case": …}`.
fn affix(name: &str, operand: &Value, path: &str) -> Compiled<Test> {
    let is_prefix = name == "prefix";
    if let Value::Object(inner) = operand {
        let (inner_name, operand) = only(inner, path)?;
        if inner_name != "equals-ignore-case" {
            return fail(path, format!("Unsupported {name} pattern: {inner_name}"));
        }
        let folded = fold(text(inner_name, operand, path)?);
        let make = if is_prefix { Test::PrefixIgnoreCase } else { Test::SuffixIgnoreCase };
        return Ok(make(folded));
    }
    let plain = text(name, operand, path)?.to_owned();
    Ok(if is_prefix { Test::Prefix(plain) } else { Test::Suffix(plain) })
}

fn wildcard(operand: &Value, path: &str) -> Compiled<Test> {
    Wildcard::parse(text("wildcard", operand, path)?)
        .map(Test::Wildcard)
        .or_else(|reason| fail(path, reason))
}

fn anything_but(operand: &Value, path: &str) -> Compiled<Vec<Test>> {
    let Value::Object(inner) = operand else {
        let values = one_or_many(operand);
        let all = |kind: fn(&Value) -> bool| values.iter().all(kind);
        if values.is_empty() || !(all(Value::is_string) || all(Value::is_number)) {
            return fail(
                path,
                "Inside anything-but, either all values are numbers or all are strings: lists, null \
                 and booleans are not supported",
            );
        }
        return Ok(values.iter().map(exact).collect());
    };
    let (name, operand) = only(inner, path)?;
    if !matches!(name, "prefix" | "suffix" | "equals-ignore-case" | "wildcard") {
        return fail(path, format!("Unsupported anything-but pattern: {name}"));
    }
    let values = one_or_many(operand);
    if values.is_empty() {
        return fail(path, format!("Inside anything-but, {name} must name at least one string"));
    }
    let operation = |value: &Value| match value.as_str() {
        Some("") if !matches!(name, "equals-ignore-case" | "wildcard") => {
            fail(path, format!("Empty {name} not allowed"))
        }
        Some(_) => operation(name, value, path),
        None => fail(path, format!("Inside anything-but, {name} must be a string or strings")),
    };
    values.iter().map(operation).collect()
}

fn one_or_many(operand: &Value) -> &[Value] {
    match operand {
        Value::Array(values) => values,
        one => std::slice::from_ref(one),
    }
}

fn numeric(terms: &[Value], path: &str) -> Compiled<Test> {
    let mut range = Range::ALL;
    let mut bounds = Vec::new();
    for pair in terms.chunks(2) {
        let [Value::String(operator), Value::Number(bound)] = pair else {
            return fail(path, "numeric takes an operator and a number, once or twice");
        };
        let bound = bound.as_f64().unwrap_or(f64::INFINITY);
        if bound.abs() > Range::LIMIT {
            return fail(path, "Value must be between -5.0E9 and 5.0E9, inclusive");
        }
        match operator.as_str() {
            "=" => (range.least, range.most) = (bound, bound),
            ">" | ">=" => (range.least, range.is_least_in) = (bound, operator == ">="),
            "<" | "<=" => (range.most, range.is_most_in) = (bound, operator == "<="),
            _ => return fail(path, format!("Unrecognized numeric range operator: {operator}")),
        }
        bounds.push(operator.as_str());
    }
    match bounds.as_slice() {
        ["=" | ">" | ">=" | "<" | "<="] => {}
        [">" | ">=", "<" | "<="] if range.least < range.most => {}
        [">" | ">=", "<" | "<="] => return fail(path, "Bottom must be less than top"),
        [] => return fail(path, "Invalid member in numeric match: there is none"),
        _ => return fail(path, "Bad numeric range: a lower bound, then an upper one"),
    }
    Ok(Test::Numeric(range))
}
