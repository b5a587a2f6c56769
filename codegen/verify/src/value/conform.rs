//! Whether a value is one of a type's values, and every place where it is not.
//!
//! Owns the meaning of the contract's constraints for values on the wire. It is written from the standards and
//! shares nothing with the code that services check requests with, so that neither hides a fault of the other.

use std::collections::BTreeMap;

use codegen::model::{
    Additional, ListType, MapType, Origin, Scalar, ScalarKind, Service, StructType, TypeId,
    TypeKind, TypeRef, UnionTag, UnionType,
};
use codegen::source::Span;
use serde_json::Value;

use super::number::{check_number, is_integer};
use super::text::{check_text, kind_fault};

/// A place where a value violates the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Where in the value, as a JSON Pointer; empty for the whole.
    pub pointer: String,
    /// The keyword that is violated: `maxLength`.
    pub keyword: &'static str,
    /// What is wrong, in words.
    pub detail: String,
    /// The schema that says so.
    pub span: Span,
    /// Whether it is one of the alternative that a discriminator names, of which JSON Schema knows nothing.
    pub by_tag: bool,
}

/// Who sends a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A client: read-only properties are ignored, and a decimal may come as text.
    Client,
    /// The service, which has to keep to the letter of the contract.
    Service,
}

/// What is said of a sensitive value.
const SECRET: &str = "the value is sensitive, and not shown";

/// Deeper than any value that is sent or read here: JSON of 128 levels, each with a few types.
const MAX_DEPTH: usize = 600;

/// Every place where a value violates a type. `at` is where the use of the type is declared.
#[must_use]
pub fn violations(
    service: &Service,
    sender: Sender,
    ty: &TypeRef,
    at: &Origin,
    value: &Value,
) -> Vec<Violation> {
    let mut check = Check {
        service,
        sender,
        pointer: String::new(),
        depth: 0,
        is_secret: false,
        by_tag: false,
        judged: BTreeMap::new(),
        found: Vec::new(),
    };
    check.value(ty, at.span, value);
    check.found
}

struct Check<'s> {
    service: &'s Service,
    sender: Sender,
    pointer: String,
    depth: usize,
    /// Whether the value is sensitive, so that nothing may be said of what it is.
    is_secret: bool,
    /// Whether a discriminator chose what the value is judged by.
    by_tag: bool,
    /// What was found in a value by a named type: unions that refer to each other ask the same again and again.
    judged: BTreeMap<(TypeId, *const Value, bool, bool), Vec<Violation>>,
    found: Vec<Violation>,
}

impl Check<'_> {
    fn say(&mut self, keyword: &'static str, span: Span, detail: impl Into<String>) {
        let pointer = self.pointer.clone();
        let detail = if self.is_secret { SECRET.to_owned() } else { detail.into() };
        let by_tag = self.by_tag;
        self.found.push(Violation { pointer, keyword, detail, span, by_tag });
    }

    fn expected(&mut self, span: Span, expected: &str, value: &Value) {
        self.say("type", span, format!("expected {expected}, found {}", kind(value)));
    }

    /// Checks a part of the value, which is called like this in its whole.
    fn part(&mut self, name: &str, ty: &TypeRef, span: Span, value: &Value) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&scalars::pointer::escape(name));
        self.value(ty, span, value);
        self.pointer.truncate(length);
    }

    fn value(&mut self, ty: &TypeRef, span: Span, value: &Value) {
        if self.depth > MAX_DEPTH {
            return self.say("type", span, "nested too deeply to be validated");
        }
        self.depth += 1;
        match ty {
            TypeRef::Json => {}
            TypeRef::Nullable(_) if value.is_null() => {}
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.value(inner, span, value),
            TypeRef::Scalar(kind) => {
                let plain =
                    Scalar { kind: *kind, text: Default::default(), number: Default::default() };
                self.scalar(&plain, span, value);
            }
            TypeRef::List(list) => self.list(list, span, value),
            TypeRef::Map(map) => self.map(map, span, value),
            TypeRef::Named(id) => {
                let def = self.service.type_def(*id);
                // The schema of a named type says more than the place that uses it.
                let span = def.origin.span;
                let was_secret = self.is_secret;
                self.is_secret |= def.sensitive;
                let asked = (*id, std::ptr::from_ref(value), self.is_secret, self.by_tag);
                if let Some(known) = self.judged.get(&asked) {
                    self.found.extend(known.iter().cloned());
                    self.is_secret = was_secret;
                    self.depth -= 1;
                    return;
                }
                let before = self.found.len();
                match &def.kind {
                    TypeKind::Alias(ty) => self.value(ty, span, value),
                    TypeKind::Newtype(scalar) => self.scalar(scalar, span, value),
                    TypeKind::Enum(choice) => {
                        let known: Vec<_> =
                            choice.variants.iter().map(|one| one.wire.as_str()).collect();
                        match value.as_str() {
                            None => self.expected(span, "a string", value),
                            Some(text) if known.contains(&text) => {}
                            Some(text) => self.say(
                                "enum",
                                span,
                                format!("`{}` is not one of {}", clipped(text), known.join(", ")),
                            ),
                        }
                    }
                    TypeKind::Struct(object) => self.object(object, span, value),
                    TypeKind::Union(union) => self.union(union, span, value),
                }
                self.judged.insert(asked, self.found[before..].to_vec());
                self.is_secret = was_secret;
            }
        }
        self.depth -= 1;
    }

    fn scalar(&mut self, scalar: &Scalar, span: Span, value: &Value) {
        let mut say = |keyword, detail: String| {
            let pointer = self.pointer.clone();
            let detail = if self.is_secret { SECRET.to_owned() } else { detail };
            let by_tag = self.by_tag;
            self.found.push(Violation { pointer, keyword, detail, span, by_tag });
        };
        match scalar.kind {
            ScalarKind::Boolean => match value {
                Value::Bool(_) => {}
                _ => self.expected(span, "a boolean", value),
            },
            ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => match value {
                Value::Number(number) if is_integer(number) => {
                    check_number(number, scalar, &mut say);
                }
                Value::Number(number) => say("type", format!("{number} is not an integer")),
                _ => self.expected(span, "an integer", value),
            },
            ScalarKind::Double | ScalarKind::Decimal => match value {
                Value::Number(number) => check_number(number, scalar, &mut say),
                _ => self.expected(span, "a number", value),
            },
            ScalarKind::DecimalString => match value {
                Value::String(text) => match serde_json::from_str(text) {
                    Ok(Value::Number(number)) => check_number(&number, scalar, &mut say),
                    _ => self.expected(span, "a number in a string", value),
                },
                _ => self.expected(span, "a string", value),
            },
            kind => match value {
                Value::String(text) => {
                    if let Some(expected) = kind_fault(kind, text) {
                        say("format", format!("`{}` is not {expected}", clipped(text)));
                    }
                    check_text(text, &scalar.text, &mut say);
                }
                _ => self.expected(span, "a string", value),
            },
        }
    }

    fn list(&mut self, list: &ListType, span: Span, value: &Value) {
        let Value::Array(items) = value else { return self.expected(span, "an array", value) };
        self.count(span, items.len(), "item", (list.min_items, list.max_items));
        if list.unique {
            let twice = (1..items.len()).find(|at| items[..*at].contains(&items[*at]));
            if let Some(at) = twice {
                self.say("uniqueItems", span, format!("duplicate of item {at}"));
            }
        }
        for (at, item) in items.iter().enumerate() {
            self.part(&at.to_string(), &list.item, span, item);
        }
    }

    fn map(&mut self, map: &MapType, span: Span, value: &Value) {
        let Value::Object(entries) = value else { return self.expected(span, "an object", value) };
        self.count(span, entries.len(), "property", (map.min_properties, map.max_properties));
        for (key, value) in entries {
            self.part(key, &map.value, span, value);
        }
    }

    fn object(&mut self, object: &StructType, span: Span, value: &Value) {
        let Value::Object(entries) = value else { return self.expected(span, "an object", value) };
        for field in &object.fields {
            match entries.get(&field.name.wire) {
                Some(value) => {
                    let was_secret = self.is_secret;
                    self.is_secret |= field.sensitive;
                    self.part(&field.name.wire, &field.ty, field.origin.span, value);
                    self.is_secret = was_secret;
                }
                None if field.required => {
                    let detail = format!("the required property `{}` is missing", field.name.wire);
                    self.say("required", field.origin.span, detail);
                }
                None => {}
            }
        }
        let named = |key: &String| object.fields.iter().any(|field| field.name.wire == *key);
        let ignored = |key: &String| self.sender == Sender::Client && object.ignored.contains(key);
        let others: Vec<_> =
            entries.iter().filter(|(key, _)| !named(key) && !ignored(key)).collect();
        for (key, value) in others {
            match &object.additional {
                Additional::Open => {}
                Additional::Refused => {
                    let detail = format!("the contract has no property `{}`", clipped(key));
                    self.say("additionalProperties", span, detail);
                }
                Additional::Typed(ty) => self.part(key, ty, span, value),
            }
        }
        let n_entries = entries.len();
        self.count(span, n_entries, "property", (object.min_properties, object.max_properties));
    }

    fn union(&mut self, union: &UnionType, span: Span, value: &Value) {
        if let UnionTag::Property(name) = &union.tag {
            if !value.is_object() {
                return self.expected(span, "an object", value);
            }
            let tag = value.get(&name.wire).and_then(Value::as_str);
            if let (None, Some(default)) = (tag, union.default()) {
                return self.value(&default.ty, span, value);
            }
            let Some(tag) = tag else {
                let detail = format!("the discriminator `{}` is missing", name.wire);
                return self.say("discriminator", span, detail);
            };
            match union.by_tag(tag) {
                Some(variant) => {
                    let was_by_tag = std::mem::replace(&mut self.by_tag, true);
                    self.value(&variant.ty, span, value);
                    self.by_tag = was_by_tag;
                }
                None => {
                    let detail = format!("`{}` is not a value of the discriminator", clipped(tag));
                    self.say("discriminator", span, detail);
                }
            }
            return;
        }
        let before = self.found.len();
        let mut nearest: Option<Vec<Violation>> = None;
        let mut n_fitting = 0;
        for variant in &union.variants {
            self.value(&variant.ty, span, value);
            let here = self.found.split_off(before);
            if here.is_empty() {
                n_fitting += 1;
            } else if nearest.as_ref().is_none_or(|nearest| here.len() < nearest.len()) {
                nearest = Some(here);
            }
        }
        match (n_fitting, &union.tag) {
            (0, UnionTag::First) => self.alternatives("anyOf", span, nearest),
            (0, _) => self.alternatives("oneOf", span, nearest),
            (2.., UnionTag::ExactlyOne) => {
                self.say("oneOf", span, "it matches more than one alternative");
            }
            _ => {}
        }
    }

    /// No alternative fits: says so, and where the nearest does not.
    fn alternatives(&mut self, keyword: &'static str, span: Span, nearest: Option<Vec<Violation>>) {
        self.say(keyword, span, "it matches no alternative");
        self.found.extend(nearest.unwrap_or_default());
    }

    fn count(
        &mut self,
        span: Span,
        n: usize,
        noun: &str,
        (least, most): (Option<u64>, Option<u64>),
    ) {
        let keywords = match noun {
            "item" => ("minItems", "maxItems"),
            _ => ("minProperties", "maxProperties"),
        };
        let plural = if noun == "item" { "items" } else { "properties" };
        let n = n as u64;
        if let Some(least) = least.filter(|least| n < *least) {
            self.say(
                keywords.0,
                span,
                format!("{n} {plural} are fewer than the minimum of {least}"),
            );
        }
        if let Some(most) = most.filter(|most| n > *most) {
            self.say(keywords.1, span, format!("{n} {plural} are more than the maximum of {most}"));
        }
    }
}

/// What a value is.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A text that may be long or have line ends, for a sentence.
pub(crate) fn clipped(text: &str) -> String {
    const MAX_CHARACTERS: usize = 60;
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut out: String = text.chars().take(MAX_CHARACTERS).map(clean).collect();
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        out.push('…');
    }
    out
}
