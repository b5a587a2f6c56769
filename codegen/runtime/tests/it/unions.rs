//! Unions: told apart by a property, or by trying.

use runtime::{Alternative, At, Decode, Encode, Json, Sink, Violations, decode_body, to_json};

#[derive(Debug, Clone, PartialEq)]
struct Card {
    token: String,
    kind: String,
}

impl Decode for Card {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let token = object.required("token");
        let kind = object.or("kind", "\"none\"");
        Some(Self { token: token?, kind: kind? })
    }
}

impl Encode for Card {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("token", &self.token);
        out.field("kind", &self.kind);
        out.end_map();
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Payment {
    Card(Card),
    Amount(i64),
    Text(String),
}

/// A variant's name, and the function that reads it.
const ALTERNATIVES: &[Alternative<'static, Payment>] = &[
    ("card", |at, out| Decode::decode(at, out).map(Payment::Card)),
    ("amount", |at, out| Decode::decode(at, out).map(Payment::Amount)),
    ("text", |at, out| Decode::decode(at, out).map(Payment::Text)),
];

type Read = fn(&At<'_>, &mut Violations) -> Option<Payment>;

fn check(read: Read, body: &str, expected: Result<Payment, &[&str]>) {
    let value = Json::parse(body).unwrap();
    let mut out = Violations::default();
    let found = read(&At::json("", &value), &mut out);
    let violations: Vec<String> = out
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer, violation.detail))
        .collect();
    match expected {
        Ok(expected) => assert_eq!((found, violations.as_slice()), (Some(expected), &[][..])),
        Err(expected) => {
            assert_eq!(found, None);
            assert_eq!(violations, expected);
        }
    }
}

#[test]
fn a_property_names_the_variant() {
    let read: Read = |at, out| runtime::tagged(at, out, "kind", ALTERNATIVES);
    let card = Card { token: "t".to_owned(), kind: "card".to_owned() };
    check(read, r#"{"kind": "card", "token": "t"}"#, Ok(Payment::Card(card)));
    check(
        read,
        r#"{"kind": "gold"}"#,
        Err(&[r#"/kind: found "gold", expected one of `card`, `amount`, `text`"#]),
    );
    check(read, "{}", Err(&["/kind: found nothing, expected a value: the contract requires it"]));
    check(read, "[]", Err(&[": found an array of 0 items, expected an object"]));
    check(
        read,
        r#"{"kind": 1}"#,
        Err(&["/kind: found 1, expected a string that names the variant"]),
    );
    check(read, r#"{"kind": "card", "token": 1}"#, Err(&["/token: found 1, expected a string"]));
}

#[test]
fn the_union_writes_the_property_itself() {
    let write = |card: &Card| {
        struct Tagged<'a>(&'a Card);
        impl Encode for Tagged<'_> {
            fn encode(&self, out: &mut dyn Sink) {
                runtime::encode_tagged(out, "kind", "card", self.0);
            }
        }
        to_json(&vec![Tagged(card), Tagged(card)])
    };
    let card = Card { token: "t".to_owned(), kind: "something else".to_owned() };
    assert_eq!(write(&card), r#"[{"kind":"card","token":"t"},{"kind":"card","token":"t"}]"#);
}

#[test]
fn a_nested_value_of_the_property_is_replaced_whole() {
    struct Odd;
    impl Encode for Odd {
        fn encode(&self, out: &mut dyn Sink) {
            let value = serde_json::json!({"a": {"kind": [1, {"kind": 2}]}, "kind": {"x": [{}, []]}, "z": [{"kind": 3}]});
            runtime::encode_tagged(out, "kind", "odd", &value);
        }
    }
    assert_eq!(to_json(&Odd), r#"{"kind":"odd","a":{"kind":[1,{"kind":2}]},"z":[{"kind":3}]}"#);
}

#[test]
fn exactly_one_fits() {
    let read: Read = |at, out| runtime::exactly_one(at, out, ALTERNATIVES);
    check(read, "7", Ok(Payment::Amount(7)));
    check(read, "\"a\"", Ok(Payment::Text("a".to_owned())));
    check(
        read,
        "true",
        Err(&[
            ": found true, expected what fits an alternative (not `card`: : found true, expected an object; \
               not `amount`: : found true, expected an integer from -9223372036854775808 to 9223372036854775807; \
               not `text`: : found true, expected a string)",
        ]),
    );
    let twice: Read = |at, out| runtime::exactly_one(at, out, &[ALTERNATIVES[1], ALTERNATIVES[1]]);
    check(twice, "7", Err(&[": found 7, expected what fits only one of `amount` and `amount`"]));
}

#[test]
fn the_first_that_fits_counts() {
    let read: Read = |at, out| runtime::first(at, out, &[ALTERNATIVES[1], ALTERNATIVES[1]]);
    check(read, "7", Ok(Payment::Amount(7)));
}

/// Each level offers two alternatives that both read the level below: trying them all would take 2^100 attempts.
struct Nest(usize);

impl Encode for Nest {
    fn encode(&self, out: &mut dyn Sink) {
        out.integer(self.0 as i64);
    }
}

impl Decode for Nest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        fn depth(at: &At<'_>, out: &mut Violations, mark: &str) -> Option<Nest> {
            let mut object = at.object(out)?;
            let below = object.optional::<Nest>("in");
            let mark = object.required::<bool>(mark);
            mark?;
            Some(Nest(below?.map_or(1, |below| below.0 + 1)))
        }
        let one: fn(&At<'_>, &mut Violations) -> Option<Self> = |at, out| depth(at, out, "a");
        let two: fn(&At<'_>, &mut Violations) -> Option<Self> = |at, out| depth(at, out, "b");
        runtime::exactly_one(at, out, &[("a", one), ("b", two)])
    }
}

#[test]
fn alternatives_within_alternatives_are_decided_however_deep() {
    let body = |marks: &str| {
        let levels: String = (0..100).map(|_| format!("{{{marks},\"in\":")).collect();
        format!("{levels}{{{marks}}}{}", "}".repeat(100))
    };
    let mut out = Violations::default();
    let nest = decode_body::<Nest>(body("\"b\":true").as_bytes(), &mut out);
    assert_eq!((nest.map(|nest| nest.0), out.len()), (Some(101), 0));
    for marks in ["\"c\":true", "\"a\":true,\"b\":true"] {
        let mut out = Violations::default();
        assert!(decode_body::<Nest>(body(marks).as_bytes(), &mut out).is_none());
        assert_eq!(out.len(), 1, "{out}");
    }
}

/// What was found out of one tree says nothing of another one, even where it takes the place of the first in memory.
#[test]
fn what_was_tried_of_a_value_is_forgotten_with_it() {
    let mut out = Violations::default();
    for marks in ["{\"a\":true}", "{\"c\":true}", "{\"b\":true}"] {
        let before = out.len();
        let nest = decode_body::<Nest>(marks.as_bytes(), &mut out);
        assert_eq!(nest.is_some(), out.len() == before);
        assert_eq!(nest.is_some(), !marks.contains('c'));
    }
}
