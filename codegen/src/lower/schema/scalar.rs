//! Strings, numbers and booleans, with their formats and constraints.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::parts::ScalarType;
use super::{Made, Parts, TypeRef, Types};
use crate::diag::catalog::schema as fault;
use crate::lower::names::Unique;
use crate::lower::pattern;
use crate::model::{
    Bound, EnumType, NumberRules, Scalar, ScalarKind, TextFormat, TextRules, TypeKind,
};
use crate::parse::{Node, Value};

impl<'a> Types<'a> {
    pub(super) fn make_scalar(&mut self, parts: &Parts<'a>, ty: ScalarType) -> Option<Made> {
        self.check_other_constraints(parts, ty);
        let allowed = self.allowed(parts)?;
        match (ty, allowed) {
            (ScalarType::String, Some(values)) => self.make_enum(&values),
            (ScalarType::Integer | ScalarType::Number, Some(values)) => {
                self.make_numbers(parts, &values)
            }
            (ScalarType::Boolean, Some(values)) => {
                for node in &values {
                    if !matches!(node.value, Value::Flag(_)) {
                        self.scope.sink.report(fault::enum_of_other_type(node.found(), "boolean"));
                        return None;
                    }
                }
                if values.len() == 1 {
                    self.scope.sink.report(fault::unchecked_enum(values[0].span));
                }
                Some(Made::Plain(TypeRef::Scalar(ScalarKind::Boolean)))
            }
            (ScalarType::Boolean, None) => Some(Made::Plain(TypeRef::Scalar(ScalarKind::Boolean))),
            (ScalarType::String, None) => self.make_text(parts),
            (ScalarType::Integer | ScalarType::Number, None) => self.make_number(parts, ty),
        }
    }

    /// The values that all of `enum` and `const` allow, `null` left out; `None` inside where any value will do.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn allowed(&self, parts: &Parts<'a>) -> Option<Option<Vec<&'a Node>>> {
        let mut allowed: Option<Vec<&Node>> = None;
        let lists = parts.values("enum").map(|node| node.items().iter().collect::<Vec<_>>());
        for list in lists.chain(parts.values("const").map(|node| vec![node])) {
            let list: Vec<&Node> =
                list.into_iter().filter(|node| node.value != Value::Null).collect();
            allowed = Some(match allowed {
                None => list,
                Some(before) => before
                    .into_iter()
                    .filter(|node| list.iter().any(|other| other.value == node.value))
                    .collect(),
            });
        }
        let Some(values) = allowed else { return Some(None) };
        if values.is_empty() {
            self.scope.sink.report(fault::empty_enum(parts.span()));
            return None;
        }
        let mut seen = BTreeMap::new();
        for node in &values {
            if let Some(first) = seen.insert(node.to_json().to_string(), node.span) {
                self.scope.sink.report(fault::enum_twice(node.span, first));
                return None;
            }
        }
        Some(Some(values))
    }

    fn make_enum(&self, values: &[&'a Node]) -> Option<Made> {
        let mut names = Unique::default();
        let mut variants = vec![];
        for node in values {
            let Some(text) = node.text() else {
                self.scope.sink.report(fault::enum_of_other_type(node.found(), "string"));
                return None;
            };
            variants.push(names.name(text));
        }
        Some(Made::Named(TypeKind::Enum(EnumType { variants }), vec![]))
    }

    fn make_numbers(&self, parts: &Parts<'a>, values: &[&'a Node]) -> Option<Made> {
        let mut one_of = vec![];
        for node in values {
            let number = node.number().and_then(whole);
            let Some(number) = number else {
                self.scope.sink.report(fault::enum_of_other_type(node.found(), "whole number"));
                return None;
            };
            one_of.push(number);
        }
        let int32 = parts.values("format").any(|node| node.text() == Some("int32"))
            && one_of.iter().all(|number| i32::try_from(*number).is_ok());
        let kind = if int32 { ScalarKind::Int32 } else { ScalarKind::Int64 };
        let number = NumberRules { one_of, ..NumberRules::default() };
        Some(Made::Named(
            TypeKind::Newtype(Scalar { kind, text: TextRules::default(), number }),
            vec![],
        ))
    }

    fn make_text(&self, parts: &Parts<'a>) -> Option<Made> {
        let format = self.format(parts)?;
        let named = format.and_then(Node::text).unwrap_or_default();
        let (kind, checked) = match named {
            "uuid" => (ScalarKind::Uuid, None),
            "date-time" => (ScalarKind::DateTime, None),
            "date" => (ScalarKind::Date, None),
            "byte" => (ScalarKind::Bytes, None),
            "decimal" => (ScalarKind::Decimal, None),
            "email" | "idn-email" => (ScalarKind::String, Some(TextFormat::Email)),
            "uri" | "url" => (ScalarKind::String, Some(TextFormat::Uri)),
            "uri-reference" => (ScalarKind::String, Some(TextFormat::UriReference)),
            "hostname" => (ScalarKind::String, Some(TextFormat::Hostname)),
            "ipv4" => (ScalarKind::String, Some(TextFormat::Ipv4)),
            "ipv6" => (ScalarKind::String, Some(TextFormat::Ipv6)),
            "time" => (ScalarKind::String, Some(TextFormat::Time)),
            "duration" => (ScalarKind::String, Some(TextFormat::Duration)),
            "" => (ScalarKind::String, None),
            _ => {
                self.unknown_format(format);
                (ScalarKind::String, None)
            }
        };
        parts.check_range(self.scope, "minLength", "maxLength")?;
        let text = TextRules {
            min_length: parts.least_count("minLength").filter(|least| *least > 0),
            max_length: parts.greatest_count("maxLength"),
            pattern: self.pattern(parts)?,
            format: checked,
        };
        if kind != ScalarKind::String && kind != ScalarKind::Bytes {
            // The type itself says how long such a text is and what it looks like.
            for key in ["minLength", "maxLength", "pattern"] {
                let said = parts.nodes().find_map(|node| node.entry(key));
                if let Some(entry) =
                    said.filter(|entry| !fits_format(named, entry.key.as_str(), &entry.value))
                {
                    self.scope.sink.report(fault::constraint_beside_format(entry.named(), named));
                }
            }
            let number = if kind == ScalarKind::Decimal {
                self.number_rules(parts, kind)?
            } else {
                NumberRules::default()
            };
            return Some(scalar(Scalar { kind, text: TextRules::default(), number }));
        }
        Some(scalar(Scalar { kind, text, number: NumberRules::default() }))
    }

    fn make_number(&self, parts: &Parts<'a>, ty: ScalarType) -> Option<Made> {
        let format = self.format(parts)?;
        let mut implied = None;
        let integer = ty == ScalarType::Integer;
        let kind = match (format.and_then(Node::text), integer) {
            (Some("decimal"), false) => ScalarKind::Decimal,
            (None | Some("float" | "double"), false) => ScalarKind::Double,
            (Some("int32"), _) => ScalarKind::Int32,
            (None | Some("int64" | "uint64"), true) | (Some("int64"), false) => {
                if format.and_then(Node::text) == Some("uint64") {
                    implied = Some((0, i64::MAX));
                }
                ScalarKind::Int64
            }
            (Some(name), _) => {
                implied = match name {
                    "int8" => Some((-128, 127)),
                    "int16" => Some((-32_768, 32_767)),
                    "uint8" => Some((0, 255)),
                    "uint16" => Some((0, 65_535)),
                    "uint32" => Some((0, 4_294_967_295)),
                    _ => {
                        self.unknown_format(format);
                        None
                    }
                };
                if integer || implied.is_some() { ScalarKind::Int64 } else { ScalarKind::Double }
            }
        };
        let mut number = self.number_rules(parts, kind)?;
        if let Some((least, greatest)) = implied {
            let bound = |value: i64| Some(Bound { value: value.to_string(), exclusive: false });
            number.minimum = number.minimum.or_else(|| bound(least));
            number.maximum =
                number.maximum.or_else(|| bound(greatest).filter(|_| greatest < i64::MAX));
        }
        Some(scalar(Scalar { kind, text: TextRules::default(), number }))
    }

    /// The one format of all parts.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn format(&self, parts: &Parts<'a>) -> Option<Option<&'a Node>> {
        let mut formats = parts.values("format");
        let Some(first) = formats.next() else { return Some(None) };
        if let Some(other) = formats.find(|other| other.value != first.value) {
            self.scope.sink.report(fault::contradiction("format", other.span, first.span));
            return None;
        }
        Some(Some(first))
    }

    fn unknown_format(&self, format: Option<&Node>) {
        const UNCHECKED: &[&str] = &[
            "password",
            "binary",
            "iri",
            "iri-reference",
            "idn-hostname",
            "uri-template",
            "json-pointer",
            "relative-json-pointer",
            "regex",
            "float",
            "double",
            "int32",
            "int64",
            "phone",
            "char",
            "html",
            "commonmark",
            "media-range",
            "base64url",
            "http-date",
            "sf-string",
            "sf-token",
        ];
        const CHECKED: &[&str] = &[
            "uuid",
            "date-time",
            "date",
            "byte",
            "decimal",
            "email",
            "uri",
            "uri-reference",
            "hostname",
            "ipv4",
            "ipv6",
            "time",
            "duration",
        ];
        let Some((node, name)) = format.and_then(|node| Some((node, node.text()?))) else { return };
        if !UNCHECKED.contains(&name) {
            let near = crate::diag::catalog::shape::nearest(name, CHECKED.iter().copied());
            self.scope.sink.report(fault::unknown_format(node.span, name, near));
        }
    }

    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn pattern(&self, parts: &Parts<'a>) -> Option<Option<String>> {
        let mut patterns = parts.values("pattern");
        let Some(first) = patterns.next() else { return Some(None) };
        if let Some(other) = patterns.find(|other| other.value != first.value) {
            self.scope.sink.report(fault::contradiction("pattern", other.span, first.span));
            return None;
        }
        match pattern::translated(first.text()?) {
            Ok(pattern) => Some(Some(pattern)),
            Err(reason) => {
                self.scope.sink.report(fault::unsupported_pattern(first.span, &reason));
                Some(None)
            }
        }
    }

    /// The bounds that all parts set.
    fn number_rules(&self, parts: &Parts<'a>, kind: ScalarKind) -> Option<NumberRules> {
        let minimum = strictest(parts, "minimum", "exclusiveMinimum", |new, old| new > old);
        let maximum = strictest(parts, "maximum", "exclusiveMaximum", |new, old| new < old);
        if let (Some(low), Some(high)) = (&minimum, &maximum) {
            let open = low.bound.exclusive || high.bound.exclusive;
            if low.value > high.value || (low.value >= high.value && open) {
                let low = ("minimum", low.bound.value.as_str(), low.node.span);
                let high = ("maximum", high.bound.value.as_str(), high.node.span);
                self.scope.sink.report(fault::empty_range(low, high));
                return None;
            }
        }
        let mut multiple_of = None;
        for node in parts.values("multipleOf") {
            let step = node.number().and_then(decimal).filter(|step| *step > Decimal::ZERO);
            let Some(step) = step else {
                self.scope.sink.report(fault::multiple_of_zero(node.span));
                return None;
            };
            multiple_of.get_or_insert_with(|| step.normalize().to_string());
        }
        let whole = matches!(kind, ScalarKind::Int32 | ScalarKind::Int64);
        let bound = |limit: Option<Limit<'_>>, up: bool| {
            limit.and_then(|limit| if whole { whole_bound(&limit, up) } else { Some(limit.bound) })
        };
        let step = multiple_of.filter(|step| !(whole && step == "1"));
        Some(NumberRules {
            minimum: bound(minimum, true),
            maximum: bound(maximum, false),
            multiple_of: step,
            one_of: vec![],
        })
    }

    /// A constraint that is about another type says nothing: probably not what was meant.
    fn check_other_constraints(&self, parts: &Parts<'a>, ty: ScalarType) {
        const TEXT: &[&str] = &["minLength", "maxLength", "pattern"];
        const NUMBER: &[&str] =
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        const OTHER: &[&str] =
            &["minItems", "maxItems", "uniqueItems", "items", "properties", "required"];
        let decimal = parts.values("format").any(|node| node.text() == Some("decimal"));
        let (name, foreign): (_, Vec<&[&str]>) = match ty {
            ScalarType::String if decimal => ("string", vec![OTHER]),
            ScalarType::String => ("string", vec![NUMBER, OTHER]),
            ScalarType::Number => ("number", vec![TEXT, OTHER]),
            ScalarType::Integer => ("integer", vec![TEXT, OTHER]),
            ScalarType::Boolean => ("boolean", vec![TEXT, NUMBER, OTHER]),
        };
        for key in foreign.into_iter().flatten() {
            if let Some(entry) = parts.nodes().find_map(|node| node.entry(key)) {
                self.scope.sink.report(fault::constraint_of_other_type(entry.named(), name));
            }
        }
    }
}

/// A newtype where there is a constraint to keep, the bare scalar where there is none.
fn scalar(scalar: Scalar) -> Made {
    if scalar.text == TextRules::default() && scalar.number == NumberRules::default() {
        return Made::Plain(TypeRef::Scalar(scalar.kind));
    }
    Made::Named(TypeKind::Newtype(scalar), vec![])
}

/// A bound with what it takes to compare it.
struct Limit<'a> {
    bound: Bound,
    value: f64,
    node: &'a Node,
}

/// The strictest of the bounds that the parts set, in either notation.
fn strictest<'a>(
    parts: &Parts<'a>,
    key: &str,
    exclusive_key: &str,
    stricter: impl Fn(f64, f64) -> bool,
) -> Option<Limit<'a>> {
    let mut found: Option<Limit<'_>> = None;
    for part in parts.nodes() {
        let inclusive = part.get(key).map(|node| (node, part.is_set(exclusive_key)));
        let exclusive =
            part.get(exclusive_key).filter(|node| node.number().is_some()).map(|node| (node, true));
        for (node, exclusive) in inclusive.into_iter().chain(exclusive) {
            let Some(text) = node.number() else { continue };
            let Ok(value) = text.parse::<f64>() else { continue };
            let wins = found.as_ref().is_none_or(|old| {
                stricter(value, old.value) || (!stricter(old.value, value) && exclusive)
            });
            if wins {
                let plain =
                    decimal(text).map_or_else(|| text.to_owned(), |n| n.normalize().to_string());
                found = Some(Limit { bound: Bound { value: plain, exclusive }, value, node });
            }
        }
    }
    found
}

/// A bound as a whole number, rounded into the range; nothing where every integer is inside.
fn whole_bound(limit: &Limit<'_>, up: bool) -> Option<Bound> {
    let value = decimal(&limit.bound.value)?;
    let rounded = if up { value.ceil() } else { value.floor() };
    let exclusive = limit.bound.exclusive && rounded == value;
    let number: i64 = rounded.try_into().ok()?;
    Some(Bound { value: number.to_string(), exclusive })
}

/// A number of the contract, exactly; `None` beyond 28 digits.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

fn whole(text: &str) -> Option<i64> {
    let number = decimal(text)?;
    number.fract().is_zero().then(|| number.try_into().ok()).flatten()
}

/// Whether a length says no more of a text than its format does.
fn fits_format(format: &str, key: &str, value: &Node) -> bool {
    let (least, greatest) = match format {
        "uuid" => (36, 36),
        "date" => (10, 10),
        "date-time" => (20, 35),
        _ => (0, u64::MAX),
    };
    match (key, value.count()) {
        ("minLength", Some(length)) => length <= least,
        ("maxLength", Some(length)) => length >= greatest.min(1024),
        _ => false,
    }
}
