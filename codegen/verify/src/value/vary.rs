//! Values around every constraint of a type: one that just keeps it, and one that just breaks it.
//!
//! Owns the walk over a type's constraints. Whether a value keeps or breaks what it is meant to, and nothing else, is
//! left to the judge of values; where no value does, there is a gap that says so.

use std::collections::BTreeSet;

use codegen::model::{
    Additional, ListType, Origin, Scalar, ScalarKind, Service, StructType, TypeId, TypeKind,
    TypeRef, UnionTag, UnionType,
};
use codegen::source::Span;
use serde_json::{Value, json};

use super::conform::{Sender, violations};
use super::edit::{Edit, pointer_part};
use super::make::{Fill, list_of, make};
use super::{number, text};

/// One constraint of a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constraint {
    /// The schema: `spec/product/openapi.yaml#/components/schemas/Category`.
    pub schema: String,
    /// The keyword: `maxLength`.
    pub keyword: &'static str,
    /// Where the schema stands.
    pub span: Span,
}

/// A value that is on one side of a constraint, all others kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The constraint.
    pub constraint: Constraint,
    /// Whether the value keeps it.
    pub keeps: bool,
    /// The part that makes the difference, as a JSON Pointer.
    pub pointer: String,
    /// The whole value.
    pub value: Value,
}

/// A side of a constraint that no value was found for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The constraint.
    pub constraint: Constraint,
    /// The side.
    pub keeps: bool,
    /// Why there is none.
    pub why: &'static str,
}

/// What a walk found.
#[derive(Debug, Clone, Default)]
pub struct Varied {
    /// The values.
    pub variants: Vec<Variant>,
    /// What no case covers.
    pub gaps: Vec<Gap>,
}

/// The longest list that is made to reach a bound.
const MAX_ITEMS: u64 = 2000;

/// The values around every constraint of a type. `base` is a value of it with everything in it that may be there.
#[must_use]
pub fn vary(service: &Service, ty: &TypeRef, at: &Origin, base: &Value) -> Varied {
    let mut walk = Walk {
        service,
        base,
        edits: Vec::new(),
        pointer: String::new(),
        within: Vec::new(),
        tried: Vec::new(),
        missed: Vec::new(),
        tags: Vec::new(),
    };
    walk.use_of(ty, at);
    let judge = |value: &Value| {
        let found = violations(service, Sender::Client, ty, at, value);
        found.iter().map(|violation| violation.keyword).collect::<BTreeSet<_>>()
    };
    sort(walk.tried, walk.missed, judge)
}

/// The texts around every constraint of a parameter's type, where `coerced` says what a text means.
#[must_use]
pub fn vary_text(service: &Service, ty: &TypeRef, at: &Origin, base: &Value) -> Varied {
    let mut varied = vary(service, ty, at, base);
    // A number in a parameter is text as well, so some values say on the wire what they should not say.
    let says_so = |variant: &Variant| {
        let meant = coerced(service, ty, &variant.value);
        violations(service, Sender::Client, ty, at, &meant).is_empty() == variant.keeps
    };
    let (kept, lost): (Vec<_>, Vec<_>) = varied.variants.into_iter().partition(says_so);
    for variant in lost {
        let Variant { constraint, keeps, .. } = variant;
        let is_covered =
            kept.iter().any(|other| other.constraint == constraint && other.keeps == keeps);
        // A parameter of text has no value of another type, so there is nothing to cover.
        if !is_covered && constraint.keyword != "type" {
            varied.gaps.push(Gap {
                constraint,
                keeps,
                why: "every value of the parameter satisfies it",
            });
        }
    }
    varied.variants = kept;
    varied
}

/// What a value of a parameter means once it was text: `"5"` is a number where the type is one.
#[must_use]
pub fn coerced(service: &Service, ty: &TypeRef, value: &Value) -> Value {
    let scalar = |kind: ScalarKind| {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match kind {
            ScalarKind::Boolean
            | ScalarKind::Int32
            | ScalarKind::Int64
            | ScalarKind::Integer
            | ScalarKind::Double
            | ScalarKind::Decimal => serde_json::from_str(&text).unwrap_or(Value::String(text)),
            _ => Value::String(text),
        }
    };
    match ty {
        TypeRef::Scalar(kind) => scalar(*kind),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => coerced(service, inner, value),
        TypeRef::List(list) => match value {
            Value::Array(items) => {
                items.iter().map(|item| coerced(service, &list.item, item)).collect()
            }
            // One text is a list of one item.
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                Value::Array(vec![coerced(service, &list.item, value)])
            }
            Value::Null | Value::Object(_) => value.clone(),
        },
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Newtype(one) => scalar(one.kind),
            TypeKind::Enum(_) => scalar(ScalarKind::String),
            TypeKind::Alias(ty) => coerced(service, ty, value),
            TypeKind::Struct(_) | TypeKind::Union(_) => value.clone(),
        },
        TypeRef::Map(_) | TypeRef::Json => value.clone(),
    }
}

/// A value that may be on one side of a constraint.
struct Tried {
    constraint: Constraint,
    keeps: bool,
    pointer: String,
    value: Value,
    /// How many values of the same side are worth sending; the first that does what it should is, and more of a
    /// kind whose every value is another case (the values of an `enum`).
    every: bool,
}

struct Walk<'s> {
    service: &'s Service,
    base: &'s Value,
    /// What is changed in the base before a part of it is looked at: the choice of a union's variant.
    edits: Vec<Edit>,
    pointer: String,
    within: Vec<TypeId>,
    tried: Vec<Tried>,
    /// Sides of constraints that there was nothing to try for.
    missed: Vec<(Constraint, bool)>,
    /// Where properties stand that tell the kind of a union; other rules for them do not come first.
    tags: Vec<String>,
}

impl Walk<'_> {
    fn whole(&self, edit: Edit) -> Value {
        let mut value = self.base.clone();
        self.edits.iter().for_each(|edit| edit.apply(&mut value));
        edit.apply(&mut value);
        value
    }

    fn try_edit(&mut self, at: &Origin, keyword: &'static str, keeps: bool, edit: Edit) {
        let pointer = match &edit {
            Edit::Set(pointer, _) | Edit::Remove(pointer) => pointer.clone(),
        };
        let value = self.whole(edit);
        let constraint = Constraint { schema: at.pointer.clone(), keyword, span: at.span };
        let every = keeps && matches!(keyword, "enum" | "oneOf" | "anyOf" | "discriminator");
        self.tried.push(Tried { constraint, keeps, pointer, value, every });
    }

    fn set(&mut self, at: &Origin, keyword: &'static str, keeps: bool, value: Value) {
        let edit = Edit::Set(self.pointer.clone(), value);
        self.try_edit(at, keyword, keeps, edit);
    }

    /// As `set`, where there may be no value to try.
    fn maybe(&mut self, at: &Origin, keyword: &'static str, keeps: bool, value: Option<Value>) {
        match value {
            Some(value) => self.set(at, keyword, keeps, value),
            None => {
                let constraint = Constraint { schema: at.pointer.clone(), keyword, span: at.span };
                self.missed.push((constraint, keeps));
            }
        }
    }

    fn part(&mut self, key: &str, ty: &TypeRef, at: &Origin) {
        let length = self.pointer.len();
        self.pointer.push_str(&pointer_part(key));
        self.use_of(ty, at);
        self.pointer.truncate(length);
    }

    /// Values of another type than the one that is asked for.
    fn wrong_types(&mut self, at: &Origin, values: &[Value]) {
        for value in values {
            self.set(at, "type", false, value.clone());
        }
    }

    fn use_of(&mut self, ty: &TypeRef, at: &Origin) {
        match ty {
            TypeRef::Json => {}
            TypeRef::Boxed(inner) => self.use_of(inner, at),
            TypeRef::Nullable(inner) => {
                self.set(at, "nullable", true, Value::Null);
                self.use_of(inner, at);
            }
            TypeRef::Scalar(kind) => self.scalar(
                &Scalar { kind: *kind, text: Default::default(), number: Default::default() },
                at,
            ),
            TypeRef::List(list) => self.list(list, at),
            TypeRef::Map(map) => {
                self.wrong_types(at, &[json!([]), json!("text")]);
                for (keyword, bound, beyond) in [
                    ("minProperties", map.min_properties, -1_i64),
                    ("maxProperties", map.max_properties, 1),
                ] {
                    let Some(bound) = bound.filter(|bound| *bound <= MAX_ITEMS) else { continue };
                    let Some(value) = make(self.service, &map.value, Fill::Full) else { continue };
                    let of = |n: u64| -> Value {
                        let entry = |at: u64| (format!("key{at}"), value.clone());
                        Value::Object((0..n).map(entry).collect())
                    };
                    self.set(at, keyword, true, of(bound));
                    if let Some(n) = bound.checked_add_signed(beyond) {
                        self.set(at, keyword, false, of(n));
                    }
                }
                self.part("key0", &map.value, at);
            }
            TypeRef::Named(id) => {
                if self.within.contains(id) {
                    return;
                }
                self.within.push(*id);
                let def = self.service.type_def(*id);
                match &def.kind {
                    TypeKind::Alias(ty) => self.use_of(ty, &def.origin),
                    TypeKind::Newtype(scalar) => self.scalar(scalar, &def.origin),
                    TypeKind::Enum(choice) => {
                        for one in &choice.variants {
                            self.set(&def.origin, "enum", true, json!(one.wire));
                        }
                        self.set(&def.origin, "enum", false, json!("no-such-value"));
                        self.wrong_types(&def.origin, &[json!(12345), Value::Null]);
                    }
                    TypeKind::Struct(object) => self.object(object, &def.origin),
                    TypeKind::Union(union) => self.union(union, &def.origin),
                }
                self.within.pop();
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar, at: &Origin) {
        match scalar.kind {
            ScalarKind::Boolean => {
                self.set(at, "type", true, json!(true));
                self.set(at, "type", true, json!(false));
                self.wrong_types(at, &[json!("perhaps"), json!(1), Value::Null]);
            }
            ScalarKind::Int32
            | ScalarKind::Int64
            | ScalarKind::Integer
            | ScalarKind::Double
            | ScalarKind::Decimal => {
                for one in number::candidates(scalar) {
                    self.maybe(at, one.keyword, one.keeps, one.value);
                }
                self.wrong_types(at, &[json!("twelve"), json!(true), json!({}), Value::Null]);
            }
            ScalarKind::DecimalString => {
                for one in number::candidates(scalar) {
                    let text = one.value.map(|number| Value::from(number.to_string()));
                    self.maybe(at, one.keyword, one.keeps, text);
                }
                self.wrong_types(at, &[json!(12345), json!("twelve"), Value::Null]);
            }
            _ => {
                for one in text::candidates(scalar) {
                    self.maybe(at, one.keyword, one.keeps, one.text.map(Value::from));
                }
                self.wrong_types(at, &[json!(12345), json!([]), Value::Null]);
            }
        }
    }

    fn list(&mut self, list: &ListType, at: &Origin) {
        self.wrong_types(at, &[json!({}), json!("text"), Value::Null]);
        let service = self.service;
        let of = |n| list_of(list, n, || make(service, &list.item, Fill::Least));
        for (keyword, bound, beyond) in
            [("minItems", list.min_items, -1_i64), ("maxItems", list.max_items, 1)]
        {
            let Some(bound) = bound.filter(|bound| *bound <= MAX_ITEMS) else { continue };
            self.maybe(at, keyword, true, of(bound));
            // Nothing is fewer than none.
            if let Some(n) = bound.checked_add_signed(beyond) {
                self.maybe(at, keyword, false, of(n));
            }
        }
        if list.unique
            && let Some(item) = make(service, &list.item, Fill::Least)
        {
            let n = list.min_items.unwrap_or(0).max(2);
            let twice = Value::Array((0..n).map(|_| item.clone()).collect());
            self.set(at, "uniqueItems", false, twice);
            self.maybe(at, "uniqueItems", true, of(n));
        }
        self.part("0", &list.item, at);
    }

    fn object(&mut self, object: &StructType, at: &Origin) {
        self.wrong_types(at, &[json!([]), json!("text"), Value::Null]);
        for field in &object.fields {
            let pointer = format!("{}{}", self.pointer, pointer_part(&field.name.wire));
            if self.tags.contains(&pointer) {
                continue;
            }
            if field.required {
                self.try_edit(&field.origin, "required", false, Edit::Remove(pointer));
            } else {
                self.try_edit(&field.origin, "optional", true, Edit::Remove(pointer));
            }
            self.part(&field.name.wire, &field.ty, &field.origin);
        }
        let stranger = format!("{}/notInTheContract", self.pointer);
        match &object.additional {
            Additional::Refused => {
                let edit = Edit::Set(stranger, json!(1));
                self.try_edit(at, "additionalProperties", false, edit);
            }
            Additional::Open => {
                let edit = Edit::Set(stranger, json!({ "a": [1] }));
                self.try_edit(at, "additionalProperties", true, edit);
            }
            Additional::Typed(ty) => {
                if let Some(value) = make(self.service, ty, Fill::Least) {
                    let edit = Edit::Set(stranger, value);
                    self.try_edit(at, "additionalProperties", true, edit);
                }
            }
        }
        if object.min_properties.is_some_and(|least| least > 0) {
            self.set(at, "minProperties", false, json!({}));
        }
    }

    fn union(&mut self, union: &UnionType, at: &Origin) {
        self.wrong_types(at, &[json!([]), json!(12345), Value::Null]);
        let keyword = match &union.tag {
            UnionTag::Property(name) => {
                let pointer = format!("{}{}", self.pointer, pointer_part(&name.wire));
                // What names no alternative is the default, where there is one.
                if union.default().is_none() {
                    let unknown = Edit::Set(pointer.clone(), json!("no-such-kind"));
                    self.try_edit(at, "discriminator", false, unknown);
                    self.try_edit(at, "discriminator", false, Edit::Remove(pointer));
                }
                "discriminator"
            }
            UnionTag::ExactlyOne => "oneOf",
            UnionTag::First => "anyOf",
        };
        for variant in &union.variants {
            let Some(mut value) = make(self.service, &variant.ty, Fill::Full) else { continue };
            if let (UnionTag::Property(tag), Value::Object(entries)) = (&union.tag, &mut value)
                && !variant.is_default
            {
                entries.insert(tag.wire.clone(), json!(variant.name.wire));
            }
            self.set(at, keyword, true, value.clone());
            self.edits.push(Edit::Set(self.pointer.clone(), value));
            if let UnionTag::Property(tag) = &union.tag {
                self.tags.push(format!("{}{}", self.pointer, pointer_part(&tag.wire)));
            }
            self.use_of(&variant.ty, at);
            if matches!(union.tag, UnionTag::Property(_)) {
                self.tags.pop();
            }
            self.edits.pop();
        }
    }
}

/// Parts what was tried into values that do what they should, and gaps.
fn sort(
    tried: Vec<Tried>,
    missed: Vec<(Constraint, bool)>,
    judge: impl Fn(&Value) -> BTreeSet<&'static str>,
) -> Varied {
    let mut varied = Varied::default();
    let mut asked: BTreeSet<(Constraint, bool)> = missed.into_iter().collect();
    let mut had: BTreeSet<(Constraint, bool, String)> = BTreeSet::new();
    for one in tried {
        let Tried { constraint, keeps, pointer, value, every } = one;
        let side = (constraint.clone(), keeps);
        let place = (constraint.clone(), keeps, pointer.clone());
        asked.insert(side);
        // Of a side, one value for each place is enough; a wrong type is a case of its own each time.
        let enough = !every && constraint.keyword != "type" && constraint.keyword != "format";
        if enough && had.contains(&place) {
            continue;
        }
        let broken = judge(&value);
        let does = match keeps {
            true => broken.is_empty(),
            false => is_cause(&broken, constraint.keyword),
        };
        if does {
            had.insert(place);
            varied.variants.push(Variant { constraint, keeps, pointer, value });
        }
    }
    let met: BTreeSet<_> =
        had.into_iter().map(|(constraint, keeps, _)| (constraint, keeps)).collect();
    for (constraint, keeps) in asked.difference(&met) {
        let why = match keeps {
            true => "no value at its limit was found",
            false => "no value that violates only this was found",
        };
        varied.gaps.push(Gap { constraint: constraint.clone(), keeps: *keeps, why });
    }
    varied
}

/// What a value may break besides when its format is broken: the format of a number is its range.
const NARROWER: [&str; 6] = ["minimum", "maximum", "multipleOf", "enum", "minLength", "maxLength"];

/// Whether a value is refused for this keyword, and for others only where they follow from it.
fn is_cause(broken: &BTreeSet<&'static str>, keyword: &'static str) -> bool {
    let follows = |other: &&str| {
        *other == keyword
            || matches!(*other, "oneOf" | "anyOf")
            || (keyword == "minLength" && *other == "pattern")
            || (keyword == "discriminator" && *other == "required")
            || (keyword == "format" && NARROWER.contains(other))
            || (keyword == "minProperties" && *other == "required")
    };
    !broken.is_empty()
        && broken.iter().all(follows)
        && (broken.contains(keyword)
            || broken.iter().any(|other| matches!(*other, "oneOf" | "anyOf")))
}
