//! What generated workflows ask of values: comparisons as Arazzo means them, patterns, queries, and typed values.
//!
//! **Source** Arazzo Specification 1.1, "Criterion Object".

use std::cmp::Ordering;
use std::sync::OnceLock;

use jiff::Timestamp;
use runtime::{Decimal, Decode, File};
use serde_json::{Value, json};
use serde_json_path::JsonPath;

use crate::cause::Cause;
pub use crate::request::{at, text};
use crate::system::Sighting;
use crate::visit::Outputs;

/// Nothing where a criterion holds, or else the criterion.
///
/// # Errors
/// The criterion.
pub fn check(holds: bool, criterion: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(criterion.to_owned()) }
}

/// Holds a value against a JSONPath query that values were put in.
///
/// # Errors
/// The criterion, where the query finds nothing, or the values make it invalid, which is said.
pub fn check_query(value: &Value, query: &str, criterion: &str) -> Result<(), String> {
    match JsonPath::parse(query) {
        Ok(path) => check(!path.query(value).is_empty(), criterion),
        Err(_) => Err(format!("a value makes this query invalid: {criterion}")),
    }
}

/// Holds a value as text against a pattern that values were put in.
///
/// # Errors
/// The criterion, where the pattern does not match, or the values make it invalid, which is said.
pub fn check_pattern(value: &Value, pattern: &str, criterion: &str) -> Result<(), String> {
    match scalars::Pattern::new(pattern) {
        Ok(pattern) => check(is_match(value, &pattern), criterion),
        Err(_) => Err(format!("a value makes this pattern invalid: {criterion}")),
    }
}

/// Whether two values are equal: texts without regard to case, a number and its text alike, numbers by their value.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => same_text(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, value)| right.get(name).is_some_and(|other| equal(value, other)))
        }
        (Value::Bool(flag), Value::String(text)) | (Value::String(text), Value::Bool(flag)) => {
            text.eq_ignore_ascii_case(&flag.to_string())
        }
        _ if left == right => true,
        _ => compared(left, right) == Some(Ordering::Equal),
    }
}

fn same_text(left: &str, right: &str) -> bool {
    left == right || left.to_lowercase() == right.to_lowercase()
}

/// How two values compare: as numbers where both are, also in texts, else as texts. Nothing for other values.
#[must_use]
pub fn compared(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (decimal(left), decimal(right)) {
        return Some(left.cmp(&right));
    }
    match (left, right) {
        (Value::String(left), Value::String(right)) => {
            Some(left.to_lowercase().cmp(&right.to_lowercase()))
        }
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Whether a value alone is a condition that holds: it is neither `false` nor `null`.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        // What travels as text, as headers do, writes a truth value.
        Value::String(text) => !text.eq_ignore_ascii_case("false"),
        _ => true,
    }
}

/// A number with as many digits as it is written with.
#[must_use]
pub fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A JSONPath query (RFC 9535) that is read once.
#[derive(Debug)]
pub struct Query {
    text: &'static str,
    path: OnceLock<Option<JsonPath>>,
}

impl Query {
    /// A query. An invalid one finds nothing.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, path: OnceLock::new() }
    }

    fn path(&self) -> Option<&JsonPath> {
        self.path.get_or_init(|| JsonPath::parse(self.text).ok()).as_ref()
    }

    /// Whether it finds something.
    pub fn finds(&self, value: &Value) -> bool {
        self.path().is_some_and(|path| !path.query(value).is_empty())
    }

    /// The first thing that it finds; `null` where it finds nothing.
    pub fn first(&self, value: &Value) -> Value {
        self.path().and_then(|path| path.query(value).first().cloned()).unwrap_or_default()
    }
}

/// A pattern of ECMA-262 that is read once.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    pattern: OnceLock<Option<scalars::Pattern>>,
}

impl Pattern {
    /// A pattern. An invalid one matches nothing.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, pattern: OnceLock::new() }
    }

    /// Whether it matches a value as text, which `null` is not. One that takes too many steps does not.
    pub fn matches(&self, value: &Value) -> bool {
        let pattern = self.pattern.get_or_init(|| scalars::Pattern::new(self.text).ok());
        pattern.as_ref().is_some_and(|pattern| is_match(value, pattern))
    }
}

/// What stands at the last parameter of a path like `/orders/{id}`, with which the path of a URL ends; `null` where it
/// ends otherwise.
#[must_use]
pub fn path_part(url: &Value, path: &str) -> Value {
    let url = url.as_str().unwrap_or_default();
    let url = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let is_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let mut found = Value::Null;
    // A relative URL may have fewer segments than the path.
    for (given, wanted) in url.rsplit('/').zip(path.trim_end_matches('/').rsplit('/')) {
        match is_parameter(wanted) {
            false if given != wanted && !wanted.is_empty() => return Value::Null,
            true if found.is_null() && !given.is_empty() => {
                found = Value::from(scalars::percent::decode_text(given));
            }
            _ => {}
        }
    }
    found
}

/// Whether a JSONPath query finds something.
#[must_use]
pub fn finds(value: &Value, query: &str) -> bool {
    JsonPath::parse(query).is_ok_and(|path| !path.query(value).is_empty())
}

/// Whether a pattern of ECMA-262 matches a value as text. An invalid pattern, and one that takes too many steps,
/// match nothing, as does `null`.
#[must_use]
pub fn matches(value: &Value, pattern: &str) -> bool {
    scalars::Pattern::new(pattern).is_ok_and(|pattern| is_match(value, &pattern))
}

/// Whether a pattern matches a value as text, which `null` is not. One that takes too many steps does not.
fn is_match(value: &Value, pattern: &scalars::Pattern) -> bool {
    !value.is_null() && pattern.is_match(&text(value)) == Ok(true)
}

/// What there is at a place of an answer: each element of a list, or the one thing that stands there.
pub fn things(value: &Value) -> impl Iterator<Item = &Value> {
    let (list, one) = match value {
        Value::Array(items) => (items.as_slice(), None),
        Value::Null => (&[][..], None),
        one => (&[][..], Some(one)),
    };
    list.iter().chain(one)
}

/// A thing that keeps a promise: `id` is where it has what tells it from others, `at` where it says when it came to be.
#[must_use]
pub fn sight(thing: &Value, id: &str, at: Option<&str>) -> Sighting {
    let time = at.and_then(|pointer| instant(thing.pointer(pointer)?));
    Sighting { id: text(self::at(thing, id)), at: time }
}

/// A value as an instant, where it is one.
#[must_use]
pub fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

/// Puts a value in the place that a JSON pointer names; a property may be new.
///
/// # Errors
/// Where nothing stands around the place.
pub fn replace(value: &mut Value, pointer: &str, with: Value) -> Result<(), Cause> {
    if let Some(place) = value.pointer_mut(pointer) {
        *place = with;
        return Ok(());
    }
    if let Some((parent, name)) = pointer.rsplit_once('/')
        && let Some(Value::Object(members)) = value.pointer_mut(parent)
    {
        members.insert(scalars::pointer::unescape(name), with);
        return Ok(());
    }
    Err(Cause::unsent(&format!("the payload has no place `{pointer}` for a replacement")))
}

/// An output of a workflow; `null` where it has none of this name.
#[must_use]
pub fn named<'v>(outputs: &'v Outputs, name: &str) -> &'v Value {
    outputs.get(name).unwrap_or(&Value::Null)
}

/// A file: a text as it is, anything else as JSON.
///
/// # Errors
/// Where there is none.
pub fn file_of(value: &Value, media_type: &str, what: &str) -> Result<File, Cause> {
    match value {
        Value::Null => Err(Cause::unsent(&format!("{what}: expected a file"))),
        value => Ok(File::new(media_type, text(value).into_bytes())),
    }
}

/// The files of a part: each element of a list, or the one thing that stands there.
#[must_use]
pub fn files_of(value: &Value, media_type: &str, name: &str) -> Vec<File> {
    let file = |value| File::new(media_type, text(value).into_bytes()).named(name);
    things(value).map(file).collect()
}

/// A value, or this JSON where there is none.
#[must_use]
pub fn or_default(value: &Value, default: &str) -> Value {
    if value.is_null() { number(default) } else { value.clone() }
}

/// A value of a form as the typed client takes it, as [`typed`] does; one value may stand for a list of one, too.
///
/// # Errors
/// Those of [`typed`].
pub fn typed_form<T: Decode>(value: &Value, what: &str) -> Result<T, Cause> {
    let or_list = |one: &Value| Some(other_kind(one).unwrap_or_else(|| json!([one])));
    let single = || match value {
        Value::Array(_) | Value::Object(_) | Value::Null => None,
        one => typed(&json!([one]), what).ok(),
    };
    decoded(value, or_list).ok().or_else(single).map_or_else(|| typed(value, what), Ok)
}

/// A value as the typed client takes it; `what` says of which it is. Whatever comes from a file of inputs, an answer or a
/// form may be written otherwise: a text may stand for the number or truth value that it writes, and these for a text.
///
/// # Errors
/// Where it does not keep to the contract.
pub fn typed<T: Decode>(value: &Value, what: &str) -> Result<T, Cause> {
    let wrong = match decoded(value, other_kind) {
        Ok(typed) => return Ok(typed),
        Err(wrong) => wrong,
    };
    // A text alone may also be a whole list or object.
    let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let read = read.filter(|read| !read.is_number());
    if let Some(Ok(typed)) = read.map(|read| runtime::decode_json("", &read)) {
        return Ok(typed);
    }
    Err(Cause::unsent(&format!("{what}{wrong}")))
}

/// Reads a value; where a part is not as expected, it is what `other` makes of that part, if everything fits then. Else
/// what is wrong in any case: what was expected and not what was found, for equal causes are counted together, and
/// values may be secret.
fn decoded<T: Decode>(value: &Value, other: impl Fn(&Value) -> Option<Value>) -> Result<T, String> {
    let violations = match runtime::decode_json("", value) {
        Ok(typed) => return Ok(typed),
        Err(violations) => violations,
    };
    let mut mended = value.clone();
    for violation in violations.iter() {
        let found = value.pointer(&violation.pointer);
        if found.is_some_and(Value::is_null) {
            // An expression that leads to nothing stands for a property that is not sent.
            omit(&mut mended, &violation.pointer);
        }
        let part = found.and_then(&other);
        if let (Some(place), Some(part)) = (mended.pointer_mut(&violation.pointer), part) {
            *place = part;
        }
    }
    let still = match runtime::decode_json("", &mended) {
        Ok(typed) => return Ok(typed),
        Err(still) => still,
    };
    let stays = |pointer: &str| still.iter().any(|one| one.pointer == pointer);
    let first = violations.iter().find(|one| stays(&one.pointer)).or_else(|| still.iter().next());
    Err(first.map_or_else(String::new, |one| {
        let expected =
            one.detail.rsplit_once("expected ").map_or("another value", |(_, what)| what);
        format!("{}: expected {expected}", one.pointer)
    }))
}

/// Takes a property out of the object that has it.
fn omit(value: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(members)) = value.pointer_mut(parent) {
        members.remove(&scalars::pointer::unescape(name));
    }
}

/// The number or truth value that a text writes, where it keeps each digit; the text of a number or truth value.
fn other_kind(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => {
            let read = serde_json::from_str::<Value>(text).ok()?;
            let is_same = read.is_number() && decimal(&read) == decimal(value);
            (is_same || read.is_boolean()).then_some(read)
        }
        Value::Number(_) | Value::Bool(_) => Some(Value::from(text(value))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_value_that_makes_a_query_invalid_is_told() {
        let value = json!([{"category": "Kid's"}]);
        let query = |category: &str| format!("$[?@.category == '{category}']");
        let check = |category| check_query(&value, &query(category), "$[?...]");
        assert_eq!(check("Kid\\'s"), Ok(()));
        assert_eq!(check("Toys").unwrap_err(), "$[?...]");
        assert_eq!(check("Kid's").unwrap_err(), "a value makes this query invalid: $[?...]");
        let value = json!("a(b");
        assert_eq!(check_pattern(&value, "^a", "^{x}"), Ok(()));
        assert_eq!(check_pattern(&value, "^b", "^{x}").unwrap_err(), "^{x}");
        assert!(check_pattern(&value, "^(", "^{x}").unwrap_err().contains("pattern invalid"));
    }

    #[test]
    fn values_compare_as_the_standard_says() {
        for (left, right, are_equal) in [
            (json!("Open"), json!("oPEN"), true),
            (json!("7"), json!(7), true),
            (json!(7.0), json!(7), true),
            (json!(null), json!(null), true),
            (json!(null), json!(0), false),
            (json!(true), json!("TRUE"), true),
            (json!([{"a": 1.50}]), json!([{"a": 1.5}]), true),
            (json!({"a": 1}), json!({"a": 1, "b": 2}), false),
            (json!("a"), json!("b"), false),
        ] {
            assert_eq!(equal(&left, &right), are_equal, "{left} {right}");
            assert_eq!(equal(&right, &left), are_equal, "{right} {left}");
        }
        assert_eq!(compared(&json!("10"), &json!(9)), Some(Ordering::Greater));
        assert_eq!(compared(&json!("b"), &json!("A")), Some(Ordering::Greater));
        assert_eq!(compared(&json!(null), &json!(1)), None);
        assert!(is_true(&json!("x")) && is_true(&json!([])) && is_true(&json!(0)));
        assert!(!is_true(&json!("False")) && !is_true(&json!(false)) && !is_true(&json!(null)));
    }

    #[test]
    fn queries_and_patterns_find_what_is_there() {
        let page = json!({"items": [{"id": "b-1", "n": 2}]});
        assert!(finds(&page, "$.items[?@.n > 1]") && !finds(&page, "$.items[?@.n > 2]"));
        let ids = Query::new("$..id");
        assert!(ids.finds(&page) && ids.first(&page) == "b-1" && !ids.finds(&json!(1)));
        assert!(
            Pattern::new("^b").matches(&json!("b-1")) && !Pattern::new("(").matches(&json!("("))
        );
        assert!(matches(&json!(200), "^2\\d\\d$") && !matches(&json!(null), ".*"));
    }

    #[test]
    fn a_place_is_replaced_or_made() {
        let mut value = json!({"items": [{"n": 1}]});
        replace(&mut value, "/items/0/n", json!(7)).unwrap();
        replace(&mut value, "/a~1b", json!(1)).unwrap();
        assert_eq!(value, json!({"items": [{"n": 7}], "a/b": 1}));
        assert!(replace(&mut value, "/items/5", json!(1)).is_err());
        assert!(replace(&mut value, "/c/d", json!(1)).is_err());
    }

    #[test]
    fn a_form_may_say_everything_as_text() {
        assert_eq!(typed_form::<i64>(&json!("7"), "a").unwrap(), 7);
        assert_eq!(typed_form::<Vec<String>>(&json!("one"), "a").unwrap(), ["one"]);
        assert_eq!(typed_form::<Option<String>>(&json!(7), "a").unwrap().as_deref(), Some("7"));
        assert!(typed_form::<i64>(&json!({"a": 1}), "a").is_err());
        assert_eq!(or_default(&json!(null), "[1]"), json!([1]));
    }

    #[test]
    fn a_part_is_a_file_of_its_text() {
        let files = files_of(&json!(["a", {"b": 1}]), "text/plain", "f");
        assert_eq!(
            files.iter().map(|file| &file.content[..]).collect::<Vec<_>>(),
            [&b"a"[..], b"{\"b\":1}"]
        );
        assert!(
            files_of(&json!(null), "a/b", "f").is_empty()
                && file_of(&json!(null), "a/b", "f").is_err()
        );
    }

    #[test]
    fn values_travel_as_text_and_wrong_ones_are_told_without_the_value() {
        assert_eq!(typed::<String>(&json!(7), "a").unwrap(), "7");
        assert_eq!(typed::<i64>(&json!("7"), "a").unwrap(), 7);
        let cause = typed::<i64>(&json!("secret"), "w.s: n").unwrap_err();
        assert!(
            cause.to_string().contains("w.s: n") && !cause.to_string().contains("secret"),
            "{cause}"
        );
    }

    #[test]
    fn a_part_of_a_url_is_found_by_its_path() {
        for (url, path, part) in [
            ("https://a.example/v1/orders/7?x=1", "/orders/{id}", json!("7")),
            ("/orders/a%20b/", "/orders/{id}", json!("a b")),
            ("7", "/orders/{id}", json!("7")),
            ("/shops/1/orders/2/lines", "/shops/{shop}/orders/{id}/lines", json!("2")),
            ("/baskets/7", "/orders/{id}", Value::Null),
            ("", "/orders/{id}", Value::Null),
        ] {
            assert_eq!(path_part(&json!(url), path), part, "{url}");
        }
        assert_eq!(path_part(&Value::Null, "/orders/{id}"), Value::Null);
    }

    #[test]
    fn a_property_that_is_null_is_not_sent_where_it_cannot_be() {
        let inputs = json!({"a": null, "b": "1"});
        let body = typed::<BTreeMap<String, Decimal>>(&inputs, "w.s").unwrap();
        assert_eq!(body.keys().collect::<Vec<_>>(), ["b"]);
        assert!(typed::<Vec<String>>(&json!([null]), "w.s").is_err());
    }

    #[test]
    fn a_text_in_a_body_is_the_number_that_it_writes() {
        let cells = json!({"a": "1.10", "b": "899.90", "c": "1e5", "d": 7});
        let body = typed::<BTreeMap<String, Decimal>>(&cells, "w.s").unwrap();
        let expected = ["1.1", "899.9", "100000", "7"].map(|one| one.parse().unwrap());
        assert!(body.values().eq(&expected), "{body:?}");
        assert_eq!(typed::<Vec<f64>>(&json!(["2E3", 1]), "w.s").unwrap(), [2000.0, 1.0]);
        assert_eq!(typed::<Vec<bool>>(&json!(["true", false]), "w.s").unwrap(), [true, false]);
        assert_eq!(typed::<Vec<String>>(&json!(["1.10", 8001]), "w.s").unwrap(), ["1.10", "8001"]);
        // What is right after all is not blamed, and what loses digits is not taken.
        let wrong = json!({"a": "1.10", "b": "x"});
        let cause = typed::<BTreeMap<String, Decimal>>(&wrong, "w.s: ").unwrap_err();
        assert!(cause.to_string().contains("/b: expected a decimal number"), "{cause}");
        assert!(typed::<Vec<Decimal>>(&json!(["1234567890.12345678901234567"]), "w.s").is_err());
        assert!(typed::<Decimal>(&json!("1234567890.12345678901234567"), "w.s").is_err());
        assert_eq!(typed::<Vec<i64>>(&json!("[1, 2]"), "w.s").unwrap(), [1, 2]);
        assert!(typed::<Option<i64>>(&json!("seven"), "w.s").is_err());
    }
}
