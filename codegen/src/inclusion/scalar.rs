//! The walker on scalars and enums: formats, lengths, patterns, bounds, closed sets.

use super::change::Kind;
use super::count::{compare_least, compare_most};
use super::shape::{Family, Shape};
use super::walk::{Changes, Here, Walker};
use crate::model::{Bound, EnumType, NumberRules, Scalar, ScalarKind, TextRules};
use crate::values::{
    excess, is_within_set, loses_digits,
    pattern::{self, Inclusion},
    takes_number, takes_text, text_format,
};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use scalars::Decimal;

impl Walker<'_> {
    /// Two scalars of one family.
    pub(crate) fn compare_scalars(
        &self,
        old: &Scalar,
        new: &Scalar,
        here: Here,
        out: &mut Changes,
    ) {
        let mut found = Changes::default();
        match Shape::Scalar(Cow::Borrowed(old)).family() {
            Some(Family::Number) => compare_numbers(old, new, here, &mut found),
            Some(Family::Text) => compare_texts(old, new, here, &mut found),
            _ => {}
        }
        // A keyword may say less while another one says it still: no value is gained or lost by that.
        let lost = !excess(old, new).is_empty();
        let gained = !excess(new, old).is_empty();
        let mut told = found.list;
        told.retain_mut(|change| {
            change.kind = as_far(change.kind, lost, gained);
            // A decimal may be written as a string, and a double is not: the values are the same, and not their text.
            let is_written_otherwise = change.kind == Kind::TypeChanged;
            let is_empty = (change.kind.may_lose() && !lost) || (change.kind.may_gain() && !gained);
            is_written_otherwise || !is_empty
        });
        let mut found = Changes::from(told);
        let names = [old, new].map(|of| Shape::Scalar(Cow::Borrowed(of)).name());
        let has = |is: fn(Kind) -> bool| found.list.iter().any(|change| is(change.kind));
        let (tells_loss, tells_gain) = (has(Kind::may_lose), has(Kind::may_gain));
        if lost && !tells_loss {
            found.add(Kind::TypeSpecialized, here, names[0], names[1]);
        }
        if loses_digits(old, new) {
            found.add(Kind::DigitsLost, here, names[0], names[1]);
        }
        if gained && !tells_gain {
            found.add(Kind::TypeGeneralized, here, names[0], names[1]);
        }
        out.add_below("", found.list);
    }

    /// Two closed sets of text.
    pub(crate) fn compare_enums(
        &self,
        old: &EnumType,
        new: &EnumType,
        here: Here,
        out: &mut Changes,
    ) {
        let [before, after] = [old, new].map(|of| values(of).collect::<BTreeSet<_>>());
        for value in values(old).filter(|value| !after.contains(value)) {
            out.add(Kind::EnumValueRemoved, here, value, "");
        }
        for value in values(new).filter(|value| !before.contains(value)) {
            out.add(Kind::EnumValueAdded, here, "", value);
        }
    }

    /// A closed set that was opened.
    pub(crate) fn compare_enum_to_text(
        &self,
        old: &EnumType,
        new: &Scalar,
        here: Here,
        out: &mut Changes,
    ) {
        let kept = values(old).filter(|value| takes_text(new, value)).count();
        if kept == 0 {
            let [from, to] = [Shape::Enum(old), Shape::Scalar(Cow::Borrowed(new))];
            return self.compare_families(&from, &to, here, out);
        }
        if !is_within_set(new, old) {
            out.add(Kind::BecameNotEnum, here, listed(old), "");
        }
        for value in values(old).filter(|value| !takes_text(new, value)) {
            out.add(Kind::EnumValueRemoved, here, value, "");
        }
    }

    /// Text that was closed to a set.
    pub(crate) fn compare_text_to_enum(
        &self,
        old: &Scalar,
        new: &EnumType,
        here: Here,
        out: &mut Changes,
    ) {
        let known = values(new).filter(|value| takes_text(old, value)).count();
        if known == 0 {
            let [from, to] = [Shape::Scalar(Cow::Borrowed(old)), Shape::Enum(new)];
            return self.compare_families(&from, &to, here, out);
        }
        if !is_within_set(old, new) {
            out.add(Kind::BecameEnum, here, "", listed(new));
        }
        for value in values(new).filter(|value| !takes_text(old, value)) {
            out.add(Kind::EnumValueAdded, here, "", value);
        }
    }
}

/// A kind of change that tells which way it goes, where the values of the whole scalar tell.
fn as_far(kind: Kind, lost: bool, gained: bool) -> Kind {
    use Kind::{
        FormatChanged, FormatGeneralized, FormatSpecialized, MultipleOfChanged,
        MultipleOfGeneralized, MultipleOfSpecialized, PatternChanged, PatternGeneralized,
        PatternSpecialized,
    };
    match (kind, lost, gained) {
        (FormatChanged, false, true) => FormatGeneralized,
        (FormatChanged, true, false) => FormatSpecialized,
        (PatternChanged, false, true) => PatternGeneralized,
        (PatternChanged, true, false) => PatternSpecialized,
        (MultipleOfChanged, false, true) => MultipleOfGeneralized,
        (MultipleOfChanged, true, false) => MultipleOfSpecialized,
        (kind, ..) => kind,
    }
}

impl Shape<'_> {
    /// Whether every text is a value.
    pub(crate) fn is_any_text(&self) -> bool {
        matches!(self, Self::Scalar(scalar)
            if scalar.kind == ScalarKind::String && scalar.text == TextRules::default())
    }
}

fn values(of: &EnumType) -> impl Iterator<Item = &str> {
    of.variants.iter().map(|variant| variant.wire.as_str())
}

fn listed(of: &EnumType) -> String {
    values(of).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

fn compare_texts(old: &Scalar, new: &Scalar, here: Here, out: &mut Changes) {
    let (from, to) = (text_format(old.kind, &old.text), text_format(new.kind, &new.text));
    match (from, to) {
        (None, Some(format)) => out.add(Kind::FormatAdded, here, "", format!("`{format}`")),
        (Some(format), None) => out.add(Kind::FormatRemoved, here, format!("`{format}`"), ""),
        (Some(from), Some(to)) if from != to => {
            out.add(Kind::FormatChanged, here, format!("`{from}`"), format!("`{to}`"));
        }
        _ => {}
    }
    // Of decimals in strings; other texts have none.
    compare_ranges(&old.number, &new.number, here, out);
    let (old, new) = (&old.text, &new.text);
    let (from, to) = (old.min_length.unwrap_or(0), new.min_length.unwrap_or(0));
    compare_least(from, to, [Kind::MinLengthIncreased, Kind::MinLengthDecreased], here, out);
    compare_most(
        old.max_length,
        new.max_length,
        [
            Kind::MaxLengthSet,
            Kind::MaxLengthUnset,
            Kind::MaxLengthIncreased,
            Kind::MaxLengthDecreased,
        ],
        here,
        out,
    );
    let pattern = |rules: &TextRules| rules.pattern.clone();
    match (pattern(old), pattern(new)) {
        (None, Some(new)) if !is_any(&new) => out.add(Kind::PatternAdded, here, "", new),
        (Some(old), None) if !is_any(&old) => out.add(Kind::PatternRemoved, here, old, ""),
        (Some(old), Some(new)) if old != new => match (is_any(&old), is_any(&new)) {
            (true, true) => {}
            (true, false) => out.add(Kind::PatternAdded, here, "", new),
            (false, true) => out.add(Kind::PatternGeneralized, here, old, new),
            (false, false) => {
                let kind = match pattern::compare(&old, &new) {
                    Inclusion::Same => return,
                    Inclusion::Narrowed => Kind::PatternSpecialized,
                    Inclusion::Widened => Kind::PatternGeneralized,
                    Inclusion::Different | Inclusion::Unknown => Kind::PatternChanged,
                };
                out.add(kind, here, old, new);
            }
        },
        _ => {}
    }
}

/// Patterns that are known to match every text, since they match the empty text anywhere in it.
fn is_any(pattern: &str) -> bool {
    matches!(pattern, "" | ".*" | "^" | "$" | "^.*" | "(.*)")
}

fn compare_numbers(old: &Scalar, new: &Scalar, here: Here, out: &mut Changes) {
    if !old.number.one_of.is_empty() || !new.number.one_of.is_empty() {
        return compare_closed(old, new, here, out);
    }
    compare_number_kinds(old, new, here, out);
    compare_ranges(&unimplied(old, new), &unimplied(new, old), here, out);
}

/// The rules of a number without the bounds that the format of another one says as well, where that names none.
fn unimplied(of: &Scalar, other: &Scalar) -> NumberRules {
    let mut rules = of.number.clone();
    let Some((least, greatest)) = other.kind.range() else { return rules };
    let (least, greatest) = (Decimal::from(least), Decimal::from(greatest));
    let is_met = |bound: &Bound, meets: &dyn Fn(Decimal) -> bool| {
        !bound.exclusive && Decimal::parse(&bound.value).is_some_and(meets)
    };
    if other.number.minimum.is_none() {
        rules.minimum = rules.minimum.filter(|bound| !is_met(bound, &|end| end <= least));
    }
    if other.number.maximum.is_none() {
        rules.maximum = rules.maximum.filter(|bound| !is_met(bound, &|end| end >= greatest));
    }
    rules
}

/// Bounds and steps.
fn compare_ranges(old: &NumberRules, new: &NumberRules, here: Here, out: &mut Changes) {
    let least = [Kind::MinSet, Kind::MinUnset, Kind::MinIncreased, Kind::MinDecreased];
    let most = [Kind::MaxSet, Kind::MaxUnset, Kind::MaxIncreased, Kind::MaxDecreased];
    compare_bounds(&old.minimum, &new.minimum, least, true, here, out);
    compare_bounds(&old.maximum, &new.maximum, most, false, here, out);
    compare_multiples(old, new, here, out);
}

fn compare_number_kinds(old: &Scalar, new: &Scalar, here: Here, out: &mut Changes) {
    use ScalarKind::{Decimal, Double, Int32, Int64, Integer};
    let name = |scalar: &Scalar| Shape::Scalar(Cow::Owned(scalar.clone())).name();
    let kind = match (old.kind, new.kind) {
        (from, to) if from == to => return,
        (Int32, Int64 | Integer) if keeps(Int32, &new.number) => return,
        (Int64 | Integer, Int32) if keeps(Int32, &old.number) => return,
        (Int64, Integer) if keeps(Int64, &new.number) => return,
        (Integer, Int64) if keeps(Int64, &old.number) => return,
        (Int32, Int64 | Integer) | (Int64, Integer) => Kind::TypeGeneralized,
        (Int64 | Integer, Int32) | (Integer, Int64) => Kind::TypeSpecialized,
        (Int32 | Int64 | Integer, Decimal | Double) => Kind::TypeGeneralized,
        (Decimal | Double, Int32 | Int64 | Integer) => Kind::TypeSpecialized,
        _ => Kind::TypeChanged,
    };
    out.add(kind, here, name(old), name(new));
}

/// Whether bounds keep a number within the range of a type anyway.
fn keeps(kind: ScalarKind, rules: &NumberRules) -> bool {
    let end = |bound: &Option<Bound>| bound.as_ref().and_then(|end| Decimal::parse(&end.value));
    kind.range().is_some_and(|(least, greatest)| {
        end(&rules.minimum).is_some_and(|end| end >= Decimal::from(least))
            && end(&rules.maximum).is_some_and(|end| end <= Decimal::from(greatest))
    })
}

/// Compares one end of a range; `kinds` are set, unset, increased, decreased.
fn compare_bounds(
    old: &Option<Bound>,
    new: &Option<Bound>,
    [set, unset, up, down]: [Kind; 4],
    is_lower: bool,
    here: Here,
    out: &mut Changes,
) {
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => out.add(set, here, "", words(new)),
        (Some(old), None) => out.add(unset, here, words(old), ""),
        (Some(old), Some(new)) => match compare_ends(old, new, is_lower) {
            Some(Ordering::Equal) => {}
            Some(Ordering::Less) => out.add(up, here, words(old), words(new)),
            Some(Ordering::Greater) => out.add(down, here, words(old), words(new)),
            // Numbers too far apart to compare exactly: both directions, which is the worst.
            None if old == new => {}
            None => {
                out.add(up, here, words(old), words(new));
                out.add(down, here, words(old), words(new));
            }
        },
    }
}

/// How one end compares with the other; an exclusive lower end is above the same inclusive one.
fn compare_ends(old: &Bound, new: &Bound, is_lower: bool) -> Option<Ordering> {
    let by_value = Decimal::parse(&old.value)?.cmp(&Decimal::parse(&new.value)?);
    let by_edge = if is_lower {
        old.exclusive.cmp(&new.exclusive)
    } else {
        new.exclusive.cmp(&old.exclusive)
    };
    Some(by_value.then(by_edge))
}

fn words(bound: &Bound) -> String {
    if bound.exclusive { format!("{} (exclusive)", bound.value) } else { bound.value.clone() }
}

fn compare_multiples(old: &NumberRules, new: &NumberRules, here: Here, out: &mut Changes) {
    let kind = match (&old.multiple_of, &new.multiple_of) {
        (None, None) => return,
        (None, Some(_)) => Kind::MultipleOfAdded,
        (Some(_), None) => Kind::MultipleOfRemoved,
        (Some(old), Some(new)) => {
            let of = |one: &str, other: &str| {
                Decimal::parse(one)
                    .zip(Decimal::parse(other))
                    .map(|(one, other)| one.is_multiple_of(other))
            };
            match (of(old, new), of(new, old)) {
                _ if old == new => return,
                (Some(true), Some(true)) => return,
                (Some(true), _) => Kind::MultipleOfGeneralized,
                (_, Some(true)) => Kind::MultipleOfSpecialized,
                _ => Kind::MultipleOfChanged,
            }
        }
    };
    let text = |rules: &NumberRules| rules.multiple_of.clone().unwrap_or_default();
    out.add(kind, here, text(old), text(new));
}

/// Numbers of which at least one side is a closed set: compared value by value.
fn compare_closed(old: &Scalar, new: &Scalar, here: Here, out: &mut Changes) {
    let allows = |of: &Scalar, value: &i64| takes_number(of, &value.to_string());
    let set = |of: &Scalar| {
        let list: Vec<_> = of.number.one_of.iter().map(|value| format!("`{value}`")).collect();
        list.join(", ")
    };
    match (old.number.one_of.is_empty(), new.number.one_of.is_empty()) {
        (true, _) => out.add(Kind::BecameEnum, here, "", set(new)),
        (_, true) => out.add(Kind::BecameNotEnum, here, set(old), ""),
        _ => {}
    }
    for value in &old.number.one_of {
        if allows(old, value) && !allows(new, value) {
            out.add(Kind::EnumValueRemoved, here, value, "");
        }
    }
    for value in &new.number.one_of {
        if allows(new, value) && !allows(old, value) {
            out.add(Kind::EnumValueAdded, here, "", value);
        }
    }
}
