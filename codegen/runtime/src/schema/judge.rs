//! Whether a value fits a schema, and every place where it does not.
//!
//! Unions within unions ask the same question again and again, so verdicts are kept for each schema and place: the work
//! grows with the value and the schemas, never with their product over depth.

use std::collections::{BTreeSet, HashMap};

use super::compile::{Id, Keyword, Kind, Properties, Set};
use super::number::Exact;
use crate::decode::canonical;
use crate::decode::node::View;
use crate::json::Tree;
use crate::{At, Bytes, Date, Decode, Pattern, TextFormat, Timestamp, Uuid, Violations};

/// One value that is being checked.
pub(super) struct Judge<'s> {
    pub(super) set: &'s Set,
    /// Verdicts, by schema and by the address of the list or object.
    known: HashMap<(Id, usize), bool>,
    /// Whether it is told why no alternative fits: not of unions inside of such an explanation.
    explains: bool,
    depth: usize,
}

/// Where violations go; nobody listens while an alternative is tried.
type Listener<'o> = Option<&'o mut Violations>;

/// Deeper than JSON that is read, and than a schema leads without going down in the value.
const MAX_DEPTH: usize = 4_000;

impl<'s> Judge<'s> {
    pub(super) fn new(set: &'s Set) -> Self {
        Self { set, known: HashMap::new(), explains: true, depth: 0 }
    }

    /// Reports every violation of a schema; `None` when there is one.
    pub(super) fn check(&mut self, id: Id, at: &At<'_>, out: &mut Violations) -> Option<()> {
        self.schema(id, at, Some(out)).then_some(())
    }

    /// Whether a value fits, without a report.
    pub(super) fn fits(&mut self, id: Id, at: &At<'_>) -> bool {
        let key = at.address().map(|address| (id, address));
        if let Some(known) = key.and_then(|key| self.known.get(&key)) {
            return *known;
        }
        let fits = self.schema(id, at, None);
        if let Some(key) = key {
            self.known.insert(key, fits);
        }
        fits
    }

    fn apply(&mut self, id: Id, at: &At<'_>, out: Listener<'_>) -> bool {
        match out {
            Some(out) => self.schema(id, at, Some(out)),
            None => self.fits(id, at),
        }
    }

    fn schema(&mut self, id: Id, at: &At<'_>, mut out: Listener<'_>) -> bool {
        let schema = self.set.get(id);
        let at = &if schema.secret { at.secret() } else { *at };
        if let View::Text(text) = at.view() {
            return self.text(id, text, at, out);
        }
        if self.depth > MAX_DEPTH {
            return said(out, at, "a value that nests less deep");
        }
        self.depth += 1;
        let mut sound = true;
        for rule in &schema.rules {
            sound &= self.rule(id, rule, at, out.as_deref_mut());
            // A value of the wrong type is not worth more words.
            if !sound && (out.is_none() || matches!(rule, Keyword::Type(_))) {
                break;
            }
        }
        self.depth -= 1;
        sound
    }

    /// The text of a parameter fits where one of the values fits that it may mean.
    fn text(&mut self, id: Id, text: &str, at: &At<'_>, out: Listener<'_>) -> bool {
        let number = crate::json::parse(text.as_bytes()).ok();
        let meaning = number.filter(|value| matches!(value, Tree::Number(_) | Tree::Bool(_)));
        let string = Tree::from(text);
        meaning.is_some_and(|value| self.schema(id, &at.holding(&value), None))
            || self.schema(id, &at.holding(&string), out)
    }

    fn rule(&mut self, id: Id, rule: &'s Keyword, at: &At<'_>, out: Listener<'_>) -> bool {
        match rule {
            Keyword::Never => said(out, at, "nothing"),
            Keyword::Reference(id) => self.apply(*id, at, out),
            Keyword::AllOf(list) => self.all(list, at, out),
            Keyword::AnyOf(list) => {
                list.iter().any(|id| self.fits(*id, at)) || self.none_fits(list, at, out)
            }
            Keyword::OneOf(list) => self.one(list, at, out),
            Keyword::Not(id) => {
                !self.fits(*id, at) || said(out, at, "a value that the contract does not exclude")
            }
            Keyword::If { condition, then, otherwise } => {
                let next = if self.fits(*condition, at) { then } else { otherwise };
                next.is_none_or(|id| self.apply(id, at, out))
            }
            Keyword::Items { .. }
            | Keyword::ItemCount { .. }
            | Keyword::UniqueItems
            | Keyword::Contains { .. }
            | Keyword::UnevaluatedItems(_) => self.list_rule(id, rule, at, out),
            Keyword::Properties(_)
            | Keyword::PropertyCount { .. }
            | Keyword::PropertyNames(_)
            | Keyword::Required(_)
            | Keyword::DependentRequired(_)
            | Keyword::DependentSchemas(_)
            | Keyword::UnevaluatedProperties(_) => self.object_rule(id, rule, at, out),
            _ => scalar_rule(rule, at, out),
        }
    }

    fn all(&mut self, list: &[Id], at: &At<'_>, mut out: Listener<'_>) -> bool {
        let mut sound = true;
        for id in list {
            sound &= self.apply(*id, at, out.as_deref_mut());
            if !sound && out.is_none() {
                break;
            }
        }
        sound
    }

    fn one(&mut self, list: &[Id], at: &At<'_>, out: Listener<'_>) -> bool {
        let mut fitting = (1..).zip(list).filter(|(_, id)| self.fits(**id, at)).map(|(nth, _)| nth);
        match (fitting.next(), fitting.next()) {
            (None, _) => {
                drop(fitting);
                self.none_fits(list, at, out)
            }
            (Some(_), None) => true,
            (Some(first), Some(second)) => {
                let expected =
                    format!("what fits only one of the alternatives {first} and {second}");
                said(out, at, &expected)
            }
        }
    }

    /// Reports why no alternative fits, the first reason of each.
    fn none_fits(&mut self, list: &[Id], at: &At<'_>, out: Listener<'_>) -> bool {
        let Some(out) = out else { return false };
        if !self.explains {
            return said(Some(out), at, "what fits an alternative");
        }
        self.explains = false;
        let mut reasons = Vec::new();
        for (nth, id) in (1..).zip(list) {
            let mut violations = Violations::default();
            self.schema(*id, at, Some(&mut violations));
            let first = violations.iter().next();
            reasons.extend(first.map(|why| format!("not {nth}: {}: {}", why.pointer, why.detail)));
        }
        self.explains = true;
        said(Some(out), at, &format!("what fits an alternative ({})", reasons.join("; ")))
    }

    fn list_rule(&mut self, id: Id, rule: &'s Keyword, at: &At<'_>, mut out: Listener<'_>) -> bool {
        let View::List(list) = at.view() else { return true };
        match rule {
            Keyword::ItemCount { min, max } => counted(out, at, list.len(), (*min, *max), ""),
            Keyword::UniqueItems => {
                let mut seen = BTreeSet::new();
                list.iter().all(|node| seen.insert(canonical(node.view())))
                    || said(out, at, "each item only once")
            }
            Keyword::Items { first, rest } => {
                let mut sound = true;
                for (index, node) in list.iter().enumerate() {
                    let Some(id) = first.get(index).or(rest.as_ref()) else { break };
                    sound &= self.apply(*id, &at.element(index, node), out.as_deref_mut());
                    if !sound && out.is_none() {
                        break;
                    }
                }
                sound
            }
            Keyword::Contains { schema, min, max } => {
                let fits = |(index, node)| self.fits(*schema, &at.element(index, node));
                let n_fitting = list.iter().enumerate().map(fits).filter(|fits| *fits).count();
                counted(out, at, n_fitting, (*min, *max), " of one kind that the contract names")
            }
            Keyword::UnevaluatedItems(rest) => {
                let known = self.evaluated_items(id, at);
                let mut sound = true;
                for (index, node) in list.iter().enumerate() {
                    if !known.has(index) {
                        let at = at.element(index, node);
                        sound &= self.apply(*rest, &at, out.as_deref_mut());
                    }
                }
                sound
            }
            _ => true,
        }
    }

    fn object_rule(
        &mut self,
        id: Id,
        rule: &'s Keyword,
        at: &At<'_>,
        mut out: Listener<'_>,
    ) -> bool {
        let View::Map(map) = at.view() else { return true };
        let mut sound = true;
        match rule {
            Keyword::PropertyCount { min, max } => {
                return counted(out, at, map.len(), (*min, *max), " in number");
            }
            Keyword::Required(names) => {
                for name in names.iter().filter(|name| map.get(name).is_none()) {
                    sound = missing(out.as_deref_mut(), at, name);
                }
            }
            Keyword::DependentRequired(pairs) => {
                let due = pairs.iter().filter(|(name, _)| map.get(name).is_some());
                for name in due.flat_map(|(_, names)| names).filter(|name| map.get(name).is_none())
                {
                    sound = missing(out.as_deref_mut(), at, name);
                }
            }
            Keyword::DependentSchemas(pairs) => {
                for (_, id) in pairs.iter().filter(|(name, _)| map.get(name).is_some()) {
                    sound &= self.apply(*id, at, out.as_deref_mut());
                }
            }
            Keyword::PropertyNames(names) => {
                for key in map.keys() {
                    let name = Tree::from(key);
                    let at = at.member(key, crate::decode::node::Node::Json(&name));
                    sound &= self.apply(*names, &at, out.as_deref_mut());
                }
            }
            Keyword::Properties(properties) => {
                for key in map.keys() {
                    let Some(node) = map.get(key) else { continue };
                    let at = at.member(key, node);
                    sound &= self.property(properties, key, &at, out.as_deref_mut());
                    if !sound && out.is_none() {
                        break;
                    }
                }
            }
            Keyword::UnevaluatedProperties(rest) => {
                let known = self.evaluated_properties(id, at);
                for key in map.keys().into_iter().filter(|key| !known.contains(*key)) {
                    let Some(node) = map.get(key) else { continue };
                    sound &= self.apply(*rest, &at.member(key, node), out.as_deref_mut());
                }
            }
            _ => {}
        }
        sound
    }

    fn property(
        &mut self,
        properties: &Properties,
        key: &str,
        at: &At<'_>,
        mut out: Listener<'_>,
    ) -> bool {
        let mut sound = true;
        let named = properties.named.get(key);
        let matching = properties.patterns.iter().filter(|(pattern, _)| occurs(pattern, key));
        let mut known = named.is_some();
        for id in named.into_iter().chain(matching.map(|(_, id)| id).inspect(|_| known = true)) {
            sound &= self.apply(*id, at, out.as_deref_mut());
        }
        match properties.rest {
            Some(rest) if !known => sound & self.apply(rest, at, out),
            _ => sound,
        }
    }
}

fn scalar_rule(rule: &Keyword, at: &At<'_>, out: Listener<'_>) -> bool {
    match (rule, at.view()) {
        (Keyword::Type(kinds), _) => {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
            kinds.iter().any(|kind| is(*kind, at)) || said(out, at, &words.join(" or "))
        }
        (Keyword::Enum { canonical: choices, shown }, view) => {
            choices.contains(&canonical(view)) || said(out, at, shown)
        }
        (Keyword::Minimum { limit, exclusive, shown }, View::Number(_)) => {
            let words = if *exclusive { "more than" } else { "at least" };
            exact(at).is_none_or(|n| n.cmp(limit).is_gt() || (!exclusive && n.cmp(limit).is_eq()))
                || said(out, at, &format!("{words} {shown}"))
        }
        (Keyword::Maximum { limit, exclusive, shown }, View::Number(_)) => {
            let words = if *exclusive { "less than" } else { "at most" };
            exact(at).is_none_or(|n| n.cmp(limit).is_lt() || (!exclusive && n.cmp(limit).is_eq()))
                || said(out, at, &format!("{words} {shown}"))
        }
        (Keyword::MultipleOf { step, shown }, View::Number(_)) => {
            exact(at).is_none_or(|number| number.is_multiple_of(step))
                || said(out, at, &format!("a multiple of {shown}"))
        }
        (Keyword::Length { min, max }, View::String(text)) => {
            let n_characters = text.chars().count();
            (*min..=*max).contains(&n_characters)
                || said(out, at, &format!("{} characters", bounds(*min, *max)))
        }
        (Keyword::Pattern(pattern), View::String(text)) => {
            occurs(pattern, text)
                || said(out, at, &format!("a match of the pattern `{}`", pattern.as_str()))
        }
        (Keyword::Format(name), View::String(text)) => format(name, text, at, out),
        _ => true,
    }
}

/// Whether a value is of a type.
fn is(kind: Kind, at: &At<'_>) -> bool {
    match (kind, at.view()) {
        (Kind::Integer, View::Number(_)) => exact(at).is_some_and(|number| number.is_integer()),
        (Kind::Null, View::Null)
        | (Kind::Boolean, View::Boolean(_))
        | (Kind::Number, View::Number(_))
        | (Kind::String, View::String(_) | View::Bytes(_))
        | (Kind::Array, View::List(_))
        | (Kind::Object, View::Map(_)) => true,
        _ => false,
    }
}

fn exact(at: &At<'_>) -> Option<Exact> {
    match at.view() {
        View::Number(digits) => Exact::parse(digits.0),
        _ => None,
    }
}

fn format(name: &str, text: &str, at: &At<'_>, out: Listener<'_>) -> bool {
    let mut scratch = Violations::default();
    let met = match name {
        "uuid" => Uuid::decode(at, &mut scratch).is_some(),
        "date-time" => Timestamp::decode(at, &mut scratch).is_some(),
        "date" => Date::decode(at, &mut scratch).is_some(),
        "byte" => Bytes::decode(at, &mut scratch).is_some(),
        _ => {
            let Some(format) = TextFormat::named(name) else { return true };
            let expected = format!("{} such as {}", format.what(), format.example());
            return format.is_met_by(text) || said(out, at, &expected);
        }
    };
    if let (false, Some(out)) = (met, out) {
        scratch.into_vec().into_iter().for_each(|why| out.add(why.pointer, why.detail));
    }
    met
}

/// Whether a pattern occurs in a text; one that takes too many steps to tell does not.
pub(super) fn occurs(pattern: &Pattern, text: &str) -> bool {
    pattern.is_match(text).unwrap_or(false)
}

/// Reports what was expected; always false, as the verdict of a rule.
fn said(out: Listener<'_>, at: &At<'_>, expected: &str) -> bool {
    if let Some(out) = out {
        out.expected(at, expected);
    }
    false
}

fn missing(out: Listener<'_>, at: &At<'_>, name: &str) -> bool {
    if let Some(out) = out {
        out.missing(at.pointer_of(name));
    }
    false
}

fn counted(
    out: Listener<'_>,
    at: &At<'_>,
    found: usize,
    (min, max): (usize, usize),
    what: &str,
) -> bool {
    if (min..=max).contains(&found) {
        return true;
    }
    if let Some(out) = out {
        out.add(at.pointer(), format!("found {found}{what}, expected {}", bounds(min, max)));
    }
    false
}

fn bounds(min: usize, max: usize) -> String {
    match (min, max) {
        (min, usize::MAX) => format!("at least {min}"),
        (0, max) => format!("at most {max}"),
        (min, max) if min == max => min.to_string(),
        (min, max) => format!("{min} to {max}"),
    }
}
