//! Strings, numbers and booleans, with their formats and constraints.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use scalars::Decimal;

use super::parts::{ScalarType, is_value_of};
use super::{Made, Parts, TypeRef, Types};
use crate::diag::catalog::{bindings as binding_fault, schema as fault};
use crate::lower::names::Unique;
use crate::lower::{Reported, Scope};
use crate::model::{
    Bound, EnumType, NumberRules, Scalar, ScalarKind, TextFormat, TextRules, TypeKind,
};
use crate::parse::{Node, Value};
use crate::source::Span;

impl<'a> Types<'a> {
    pub(super) fn make_scalar(&mut self, parts: &Parts<'a>, ty: ScalarType) -> Option<Made> {
        let allowed = self.allowed(parts).map(|values| self.of_type(parts, ty, values));
        if allowed.as_ref().is_some_and(Vec::is_empty) {
            // The schema is checked on the tree, and refuses whatever comes.
            self.scope.sink.report(fault::never_valid(parts.span(), parts.nullable));
            return Some(Made::Plain(TypeRef::Json));
        }
        if allowed.iter().flatten().next().is_some()
            && !allowed.iter().flatten().any(|value| is_within(parts, value))
        {
            self.scope.sink.report(fault::never_valid(parts.span(), parts.nullable));
        }
        match (ty, allowed) {
            (ScalarType::String, Some(values)) => self.make_enum(parts, &values),
            (ScalarType::Integer | ScalarType::Number, Some(values)) => {
                let broken = |node: &&Node| node.number().is_some_and(|text| whole(text).is_none());
                match values.iter().any(broken) {
                    true => self.make_number(parts, ty),
                    false => self.make_numbers(parts, &values),
                }
            }
            (ScalarType::Boolean, _) => Some(Made::Plain(TypeRef::Scalar(ScalarKind::Boolean))),
            (ScalarType::String, None) => self.make_text(parts),
            (ScalarType::Integer | ScalarType::Number, None) => self.make_number(parts, ty),
        }
    }

    /// The values that all of `enum` and `const` allow, each once; nothing where any value will do.
    fn allowed(&self, parts: &Parts<'a>) -> Option<Vec<&'a Node>> {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        let mut once = vec![];
        for node in listed(parts)? {
            match first.entry(node.to_json().to_string()) {
                Entry::Occupied(first) => {
                    self.scope.sink.report(fault::enum_twice(node.span, *first.get()));
                }
                Entry::Vacant(place) => {
                    place.insert(node.span);
                    once.push(node);
                }
            }
        }
        Some(once)
    }

    /// The listed values that the type allows. Those that no type of the schema allows can never be sent, which is said.
    fn of_type(&self, parts: &Parts<'a>, ty: ScalarType, values: Vec<&'a Node>) -> Vec<&'a Node> {
        let own = ty.name();
        let (fits, other): (Vec<&Node>, Vec<&Node>) =
            values.into_iter().partition(|node| is_value_of(own, node));
        // Without a type, the values say which types there are.
        let Some(types) = parts.types() else { return fits };
        let fits_none = |node: &&Node| !types.iter().any(|name| is_value_of(name, node));
        for node in other.into_iter().filter(fits_none) {
            self.scope.sink.report(fault::enum_of_other_type(node.found(), &types));
        }
        fits
    }

    fn make_enum(&mut self, parts: &Parts<'a>, values: &[&'a Node]) -> Option<Made> {
        let mut names = Unique::default();
        let mut variants = vec![];
        for text in values.iter().filter_map(|node| node.text()) {
            variants.push(names.name(text));
        }
        let mut declared = parts.values("x-transitions");
        let node = declared.next();
        let differs = |other: &&Node| node.is_some_and(|node| node.to_json() != other.to_json());
        if let Some((first, second)) = node.zip(declared.find(differs)) {
            self.scope.sink.report(binding_fault::transitions_twice(first.span, second.span));
            return None;
        }
        let transitions = node.map(|node| {
            let (transitions, are_all) = self.transitions(node, &variants);
            match are_all {
                true => self.check_reached(parts, values, (node, &transitions)),
                false => drop(self.states_left_out.insert(parts.span())),
            }
            transitions
        });
        Some(Made::Named(TypeKind::Enum(EnumType { variants, transitions }), vec![]))
    }

    /// `x-transitions`: what each value may become, all of them values of the enumeration. Others are reported and left
    /// out, so that operations are judged by what remains; the flag tells whether none was.
    fn transitions(
        &self,
        node: &Node,
        variants: &[crate::model::Name],
    ) -> (Vec<(String, Vec<String>)>, bool) {
        let known: Vec<&str> = variants.iter().map(|variant| variant.wire.as_str()).collect();
        let mut are_all = true;
        let mut is_known = |name: &str, span| {
            let is_one = known.contains(&name);
            if !is_one {
                are_all = false;
                self.scope.sink.report(binding_fault::unknown_state(span, name, &known));
            }
            is_one
        };
        let mut transitions = vec![];
        for entry in node.entries() {
            let is_state = is_known(&entry.key, entry.key_span);
            let next = entry.value.items().iter().filter_map(|state| {
                state.text().filter(|name| is_known(name, state.span)).map(str::to_owned)
            });
            let next = next.collect();
            if is_state {
                transitions.push((entry.key.clone(), next));
            }
        }
        (transitions, are_all)
    }

    /// Reports states that nothing leads to from the first one, where the contract says which that is: no client may
    /// set the property, and it has a default.
    fn check_reached(
        &self,
        parts: &Parts<'a>,
        values: &[&Node],
        (place, transitions): (&Node, &[(String, Vec<String>)]),
    ) {
        let is_ours = parts.values("readOnly").any(|node| node.value == Value::Flag(true));
        let Some(first) = parts.values("default").find_map(Node::text).filter(|_| is_ours) else {
            return;
        };
        let mut reached = vec![first];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            let next = transitions.iter().filter(|(from, _)| from == state).flat_map(|(_, to)| to);
            let new: Vec<&str> =
                next.map(String::as_str).filter(|state| !reached.contains(state)).collect();
            reached.extend(new);
            at += 1;
        }
        for node in values {
            if let Some(name) = node.text().filter(|name| !reached.contains(name)) {
                let at = place.span;
                self.scope.sink.report(binding_fault::state_unreached(at, name, first, node.span));
            }
        }
    }

    fn make_numbers(&self, parts: &Parts<'a>, values: &[&'a Node]) -> Option<Made> {
        let one_of: Vec<i64> =
            values.iter().filter_map(|node| node.number().and_then(whole)).collect();
        let int32 = parts.values("format").any(|node| node.text() == Some("int32"))
            && one_of.iter().all(|number| i32::try_from(*number).is_ok());
        let kind = if int32 { ScalarKind::Int32 } else { ScalarKind::Int64 };
        let number = NumberRules { one_of, ..self.number_rules(parts, kind, None)? };
        Some(Made::Named(
            TypeKind::Newtype(Scalar { kind, text: TextRules::default(), number }),
            vec![],
        ))
    }

    fn make_text(&self, parts: &Parts<'a>) -> Option<Made> {
        let format = parts.values("format").next();
        let named = format.and_then(Node::text).unwrap_or_default();
        let (kind, checked) = match named {
            "uuid" => (ScalarKind::Uuid, None),
            "date-time" => (ScalarKind::DateTime, None),
            "date" => (ScalarKind::Date, None),
            "byte" => (ScalarKind::Bytes, None),
            "decimal" => (ScalarKind::DecimalString, None),
            "url" => (ScalarKind::String, Some(TextFormat::URI)),
            "" => (ScalarKind::String, None),
            name => (ScalarKind::String, TextFormat::named(name)),
        };
        parts.check_range(self.scope, "minLength", "maxLength")?;
        let text = TextRules {
            min_length: parts.least_count("minLength").filter(|least| *least > 0),
            max_length: parts.greatest_count("maxLength"),
            pattern: self.pattern(parts).ok()?,
            format: checked,
        };
        if kind != ScalarKind::String && kind != ScalarKind::Bytes {
            let number = if kind == ScalarKind::DecimalString {
                self.number_rules(parts, kind, None)?
            } else {
                NumberRules::default()
            };
            return Some(scalar(Scalar { kind, text: TextRules::default(), number }));
        }
        Some(scalar(Scalar { kind, text, number: NumberRules::default() }))
    }

    fn make_number(&self, parts: &Parts<'a>, ty: ScalarType) -> Option<Made> {
        let format = parts.values("format").next();
        let named = format.and_then(Node::text).unwrap_or_default();
        let range = range_of_format(named);
        let kind = match named {
            "decimal" if ty == ScalarType::Number => ScalarKind::Decimal,
            "float" | "double" if ty == ScalarType::Number => ScalarKind::Double,
            "int32" => ScalarKind::Int32,
            "int64" => ScalarKind::Int64,
            "uint64" => ScalarKind::Integer,
            _ if range.is_some() => ScalarKind::Int64,
            _ if ty == ScalarType::Integer => ScalarKind::Integer,
            _ => ScalarKind::Double,
        };
        let number = self.number_rules(parts, kind, range)?;
        let kind = if kind == ScalarKind::Integer && fits_int64(&number) {
            ScalarKind::Int64
        } else {
            kind
        };
        Some(scalar(Scalar { kind, text: TextRules::default(), number }))
    }

    fn pattern(&self, parts: &Parts<'a>) -> Result<Option<String>, Reported> {
        let mut patterns = parts.values("pattern");
        let Some(first) = patterns.next() else { return Ok(None) };
        let text = first.text().ok_or(Reported)?;
        match scalars::Pattern::new(text) {
            Ok(_) => {
                check_slashes(self.scope, first.span, text);
                Ok(Some(text.to_owned()))
            }
            Err(reason) => {
                self.scope.sink.report(fault::bad_pattern(first.span, &reason.to_string()));
                Err(Reported)
            }
        }
    }

    /// The bounds that all parts set, and the format's own.
    fn number_rules(
        &self,
        parts: &Parts<'a>,
        kind: ScalarKind,
        range: Option<(&str, &str)>,
    ) -> Option<NumberRules> {
        let minimum =
            self.strictest(parts, "minimum", "exclusiveMinimum", Ordering::Greater).ok()?;
        let maximum = self.strictest(parts, "maximum", "exclusiveMaximum", Ordering::Less).ok()?;
        if let (Some(low), Some(high)) = (&minimum, &maximum) {
            let open = low.exclusive || high.exclusive;
            if low.value > high.value || (low.value == high.value && open) {
                let [low_text, high_text] = [low, high].map(|limit| limit.value.to_string());
                let low = ("minimum", low_text.as_str(), low.node.span);
                let high = ("maximum", high_text.as_str(), high.node.span);
                self.scope.sink.report(fault::empty_range(low, high));
                return None;
            }
        }
        let whole = kind.is_integer();
        let bound = |limit: Option<Limit<'_>>, own: Option<&str>, up: bool| {
            let limit = limit.map(|limit| if whole { limit.whole(up) } else { limit });
            let own = own.map(|text| (text, Decimal::constant(text)));
            match (limit, own) {
                (Some(limit), Some((_, own))) if (limit.value > own) == up => Some(limit.bound()),
                (_, Some((text, _))) => Some(Bound { value: text.to_owned(), exclusive: false }),
                (Some(limit), None) => Some(limit.bound()),
                (None, None) => None,
            }
        };
        let step = self.multiple_of(parts).ok()?.filter(|step| !(whole && *step == Decimal::ONE));
        Some(NumberRules {
            minimum: bound(minimum, range.map(|range| range.0), true),
            maximum: bound(maximum, range.map(|range| range.1), false),
            multiple_of: step.map(|step| step.to_string()),
            one_of: vec![],
        })
    }

    /// What every number must be a multiple of: the least common multiple of what the parts say.
    fn multiple_of(&self, parts: &Parts<'a>) -> Result<Option<Decimal>, Reported> {
        let mut common: Option<Decimal> = None;
        for node in parts.values("multipleOf") {
            let step = self.decimal(node).ok_or(Reported)?;
            if step <= Decimal::ZERO {
                self.scope.sink.report(fault::multiple_of_zero(node.span));
                return Err(Reported);
            }
            common = match common {
                None => Some(step),
                Some(before) => match before.common_multiple(step) {
                    Some(both) => Some(both),
                    None => {
                        self.scope.sink.report(fault::too_many_digits(node.found()));
                        return Err(Reported);
                    }
                },
            };
        }
        Ok(common)
    }

    /// A number of the contract, or a fault where it has more digits than are kept.
    fn decimal(&self, node: &Node) -> Option<Decimal> {
        let number = node.number().and_then(Decimal::parse);
        if number.is_none() {
            self.scope.sink.report(fault::too_many_digits(node.found()));
        }
        number
    }

    /// The strictest of the bounds that the parts set, in either notation: the one that lies on a side of the others.
    fn strictest(
        &self,
        parts: &Parts<'a>,
        key: &str,
        exclusive_key: &str,
        side: Ordering,
    ) -> Result<Option<Limit<'a>>, Reported> {
        let mut found: Option<Limit<'_>> = None;
        for part in parts.nodes() {
            let inclusive = part.get(key).map(|node| (node, part.is_set(exclusive_key)));
            let exclusive = part.get(exclusive_key).map(|node| (node, true));
            let numbers = inclusive.into_iter().chain(exclusive);
            for (node, exclusive) in numbers.filter(|(node, _)| node.number().is_some()) {
                let value = self.decimal(node).ok_or(Reported)?;
                let wins = found.as_ref().is_none_or(|old| {
                    let order = value.cmp(&old.value);
                    order == side || (order.is_eq() && exclusive)
                });
                if wins {
                    found = Some(Limit { value, exclusive, node });
                }
            }
        }
        Ok(found)
    }
}

/// Whether a listed value has the size that the other keywords ask for.
pub(super) fn is_within(parts: &Parts<'_>, value: &Node) -> bool {
    if let Some(text) = value.text() {
        let length = text.chars().count() as u64;
        return parts.least_count("minLength").is_none_or(|least| least <= length)
            && parts.greatest_count("maxLength").is_none_or(|most| length <= most);
    }
    let Some(number) = value.number().and_then(Decimal::parse) else { return true };
    let bounds = |key| parts.values(key).filter_map(Node::number).filter_map(Decimal::parse);
    bounds("minimum").all(|least| least <= number) && bounds("maximum").all(|most| number <= most)
}

/// The values that all of `enum` and `const` allow, `null` left out; nothing where neither is there.
fn listed<'a>(parts: &Parts<'a>) -> Option<Vec<&'a Node>> {
    let mut allowed: Option<Vec<&Node>> = None;
    let lists = parts.values("enum").map(|node| node.items().iter().collect::<Vec<_>>());
    for list in lists.chain(parts.values("const").map(|node| vec![node])) {
        let list: Vec<&Node> = list.into_iter().filter(|node| node.value != Value::Null).collect();
        allowed = Some(match allowed {
            None => list,
            Some(before) => before
                .into_iter()
                .filter(|node| list.iter().any(|other| other.value == node.value))
                .collect(),
        });
    }
    allowed
}

/// Whether parts list values, and none of them is of the type.
pub(super) fn lists_nothing(parts: &Parts<'_>, ty: ScalarType) -> bool {
    listed(parts).is_some_and(|values| !values.iter().any(|node| is_value_of(ty.name(), node)))
}

/// A type of its own where there is a constraint to keep, the bare scalar where there is none.
fn scalar(scalar: Scalar) -> Made {
    if scalar.text == TextRules::default() && scalar.number == NumberRules::default() {
        return Made::Plain(TypeRef::Scalar(scalar.kind));
    }
    Made::Named(TypeKind::Newtype(scalar), vec![])
}

/// A bound, and where it stands.
struct Limit<'a> {
    value: Decimal,
    exclusive: bool,
    node: &'a Node,
}

impl Limit<'_> {
    fn bound(&self) -> Bound {
        Bound { value: self.value.to_string(), exclusive: self.exclusive }
    }

    /// The same bound for whole numbers.
    fn whole(self, up: bool) -> Self {
        let value = if up { self.value.ceil() } else { self.value.floor() };
        Self { exclusive: self.exclusive && value == self.value, value, ..self }
    }
}

/// The least and the greatest number of a format, where the Rust type does not say so by itself.
pub(super) fn range_of_format(format: &str) -> Option<(&'static str, &'static str)> {
    Some(match format {
        "int8" => ("-128", "127"),
        "int16" => ("-32768", "32767"),
        "uint8" => ("0", "255"),
        "uint16" => ("0", "65535"),
        "uint32" => ("0", "4294967295"),
        "uint64" => ("0", "18446744073709551615"),
        // Double precision keeps every digit that is sent; single precision sets the range.
        "float" => ("-3.4028234663852886e38", "3.4028234663852886e38"),
        _ => return None,
    })
}

/// Whether bounds keep a number within 64 bits.
fn fits_int64(rules: &NumberRules) -> bool {
    let fits = |bound: &Option<Bound>| {
        bound.as_ref().is_some_and(|bound| bound.value.parse::<i64>().is_ok())
    };
    fits(&rules.minimum) && fits(&rules.maximum)
}

pub(super) fn whole(text: &str) -> Option<i64> {
    Decimal::parse(text)?.to_integer()?.try_into().ok()
}

/// Says that the slashes of a pattern count, where they leave nothing that matches: before `^` or after `$`.
pub(super) fn check_slashes(scope: Scope<'_>, at: Span, pattern: &str) {
    let body = pattern.trim_end_matches(|char: char| char.is_ascii_lowercase());
    let Some(inner) = body.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) else {
        return;
    };
    if inner.starts_with('^') || (inner.ends_with('$') && !inner.ends_with("\\$")) {
        scope.sink.report(fault::pattern_in_slashes(at, inner));
    }
}
