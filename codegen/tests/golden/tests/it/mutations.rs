//! Single mutations of contracts: REST, events and tables that share one schema. What a change is judged to be is held
//! against the validators of both versions, on values drawn at random: no change that makes a valid value invalid is called
//! safe, and none that only takes more, or only less, is called breaking for the side that it cannot hurt.

use std::collections::BTreeSet;

use codegen::compat::{Direction, Level, compare, parse_date};
use codegen::model::System;
use codegen::source::SourceMap;
use runtime::{At, Schemas, Violations};
use serde_json::{Map, Value as Json, json};

/// How many mutations are judged.
const MUTATIONS: usize = 500;

/// How many values are drawn for each.
const VALUES: usize = 60;

/// A source of numbers that a seed repeats (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What a mutation does to the values, as far as it is known by how it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Less,
    More,
    Nothing,
    Unknown,
}

/// A schema in which each property has a name of its own.
fn draw(dice: &mut Dice, n_names: &mut usize, depth: usize) -> Json {
    match dice.below(if depth == 0 { 3 } else { 6 }) {
        0 => json!({"type": "string", "minLength": 1, "maxLength": 3 + dice.below(3)}),
        1 => json!({"type": "integer", "minimum": -2, "maximum": 3 + dice.below(5)}),
        2 => json!({"type": "string", "enum": ["a", "b", "c"]}),
        3 => json!({"type": "array", "maxItems": 3, "items": draw(dice, n_names, depth - 1)}),
        _ => object(dice, n_names, depth - 1),
    }
}

fn object(dice: &mut Dice, n_names: &mut usize, depth: usize) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for _ in 0..2 + dice.below(2) {
        let name = format!("p{n_names}");
        *n_names += 1;
        if dice.below(2) == 0 {
            required.push(name.clone());
        }
        properties.insert(name, draw(dice, n_names, depth));
    }
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    match dice.below(5) {
        0 => schema["additionalProperties"] = json!(false),
        1 => schema["dependentRequired"] = json!({first(&schema): [last(&schema)]}),
        2 => schema["not"] = json!({"required": ["x0", "x1"]}),
        3 => {
            schema["if"] = json!({"required": [first(&schema)]});
            schema["then"] = json!({"maxProperties": 4});
        }
        _ => {}
    }
    schema
}

fn first(schema: &Json) -> String {
    schema["properties"].as_object().unwrap().keys().next().unwrap().clone()
}

fn last(schema: &Json) -> String {
    schema["properties"].as_object().unwrap().keys().next_back().unwrap().clone()
}

/// The pointers of all schemas in a schema.
fn places(schema: &Json, at: String, out: &mut Vec<String>) {
    out.push(at.clone());
    if schema["items"].is_object() {
        places(&schema["items"], format!("{at}/items"), out);
    }
    for (name, below) in schema["properties"].as_object().into_iter().flatten() {
        places(below, format!("{at}/properties/{name}"), out);
    }
}

/// Changes one keyword of a schema.
fn mutate(dice: &mut Dice, root: &mut Json) -> (String, Known) {
    let mut all = Vec::new();
    places(root, String::new(), &mut all);
    let place = dice.pick(&all).clone();
    let schema = root.pointer_mut(&place).unwrap();
    let kind = schema["type"].as_str().unwrap().to_owned();
    let (said, known) = match kind.as_str() {
        "string" if schema.get("enum").is_some() => listed(dice, schema),
        "string" => bounds(dice, schema, "minLength", "maxLength"),
        "integer" => bounds(dice, schema, "minimum", "maximum"),
        "array" => list(dice, schema),
        _ => members(dice, schema, place.is_empty()),
    };
    (format!("{place}: {said}"), known)
}

fn listed(dice: &mut Dice, schema: &mut Json) -> (&'static str, Known) {
    match dice.below(3) {
        0 => {
            schema["enum"] = json!(["a", "b", "c", "d"]);
            ("a value more", Known::More)
        }
        1 => {
            schema["enum"] = json!(["a", "b"]);
            ("a value less", Known::Less)
        }
        _ => {
            schema["enum"] = json!(["c", "b", "a"]);
            ("another order", Known::Nothing)
        }
    }
}

fn bounds(dice: &mut Dice, schema: &mut Json, low: &str, high: &str) -> (&'static str, Known) {
    let number = |schema: &Json, key: &str| schema[key].as_i64().unwrap();
    match dice.below(6) {
        0 => {
            schema[low] = json!(number(schema, low) + 1);
            ("a higher lower bound", Known::Less)
        }
        1 => {
            schema[high] = json!(number(schema, high) - 1);
            ("a lower upper bound", Known::Less)
        }
        2 => {
            schema[high] = json!(number(schema, high) + 1);
            ("a higher upper bound", Known::More)
        }
        3 => {
            schema.as_object_mut().unwrap().remove(low);
            ("no lower bound", Known::More)
        }
        4 => {
            schema["description"] = json!("Described.");
            ("a description", Known::Nothing)
        }
        _ => {
            let other = if low == "minimum" { "string" } else { "integer" };
            *schema = json!({ "type": other });
            ("another type", Known::Unknown)
        }
    }
}

fn list(dice: &mut Dice, schema: &mut Json) -> (&'static str, Known) {
    match dice.below(6) {
        0 => {
            schema["maxItems"] = json!(2);
            ("fewer items", Known::Less)
        }
        1 => {
            schema["maxItems"] = json!(4);
            ("more items", Known::More)
        }
        2 => {
            schema["uniqueItems"] = json!(true);
            ("unique items", Known::Less)
        }
        3 => {
            schema["contains"] = json!({"enum": ["a", 0, {}]});
            ("an element that must be there", Known::Less)
        }
        4 => {
            schema["contains"] = json!({"enum": ["a", 0]});
            schema["minContains"] = json!(0);
            schema["maxContains"] = json!(1);
            ("an element that may be there once", Known::Less)
        }
        _ => {
            schema["minItems"] = json!(1);
            ("no empty list", Known::Less)
        }
    }
}

fn members(dice: &mut Dice, schema: &mut Json, is_root: bool) -> (&'static str, Known) {
    let is_closed = schema.get("additionalProperties").is_some();
    let (one, other) = (first(schema), last(schema));
    let required = |schema: &Json, name: &str| {
        schema["required"].as_array().unwrap().iter().any(|each| each == name)
    };
    match dice.below(14) {
        // The key of the table stays.
        0 if !required(schema, &one) => {
            schema["required"].as_array_mut().unwrap().push(json!(one));
            ("a property becomes required", Known::Less)
        }
        1 if required(schema, &other) => {
            schema["required"].as_array_mut().unwrap().retain(|each| *each != json!(other));
            ("a property becomes optional", Known::More)
        }
        2 => {
            schema["properties"]["new"] = json!({"type": "string"});
            ("a property more", if is_closed { Known::More } else { Known::Unknown })
        }
        3 => {
            schema["properties"]["new"] = json!({"type": "string"});
            schema["required"].as_array_mut().unwrap().push(json!("new"));
            ("a required property more", Known::Unknown)
        }
        4 if one != other => {
            schema["properties"].as_object_mut().unwrap().remove(&other);
            schema["required"].as_array_mut().unwrap().retain(|each| *each != json!(other));
            schema.as_object_mut().unwrap().remove("dependentRequired");
            ("a property less", Known::Unknown)
        }
        5 if !is_closed => {
            schema["additionalProperties"] = json!(false);
            ("no other properties", Known::Less)
        }
        6 if is_closed => {
            schema.as_object_mut().unwrap().remove("additionalProperties");
            ("other properties", Known::More)
        }
        7 if schema.get("not").is_none() => {
            schema["not"] = json!({"required": [one, other]});
            ("a combination is forbidden", Known::Less)
        }
        8 if schema.get("not").is_some() => {
            schema["not"] = json!({"required": ["x0"]});
            ("more is forbidden", Known::Less)
        }
        9 if schema.get("not").is_some() => {
            schema.as_object_mut().unwrap().remove("not");
            ("nothing is forbidden", Known::More)
        }
        10 if schema.get("if").is_some() => {
            schema["then"] = json!({"maxProperties": 3});
            ("fewer properties under a condition", Known::Less)
        }
        11 if schema.get("if").is_some() => {
            schema.as_object_mut().unwrap().remove("if");
            schema.as_object_mut().unwrap().remove("then");
            ("no condition", Known::More)
        }
        12 if schema.get("dependentRequired").is_some() => {
            schema["dependentRequired"] = json!({});
            ("no dependency", Known::More)
        }
        13 if !is_closed && !is_root => {
            schema["propertyNames"] = json!({"maxLength": 3});
            ("short names", Known::Less)
        }
        _ => {
            schema["title"] = json!("Thing");
            ("a title", Known::Nothing)
        }
    }
}

/// A value that is likely to be near to a schema.
fn value(dice: &mut Dice, schema: &Json) -> Json {
    if dice.below(25) == 0 {
        return dice.pick(&[json!(null), json!(1), json!("a"), json!([]), json!({})]).clone();
    }
    match schema["type"].as_str().unwrap_or("string") {
        "string" if schema.get("enum").is_some() => {
            json!(dice.pick(&["a", "b", "c", "d"]))
        }
        "string" => json!("aaaaaaaaa"[..dice.below(9)]),
        "integer" => json!(dice.below(14) as i64 - 4),
        "array" => {
            let n = dice.below(6);
            (0..n).map(|_| value(dice, &schema["items"])).collect()
        }
        _ => {
            let mut map = Map::new();
            for (name, below) in schema["properties"].as_object().into_iter().flatten() {
                if dice.below(5) > 0 {
                    map.insert(name.clone(), value(dice, below));
                }
            }
            for name in ["x0", "x1", "longer"] {
                if dice.below(7) == 0 {
                    map.insert(name.to_owned(), json!(1));
                }
            }
            Json::Object(map)
        }
    }
}

/// The names that a schema gives to properties.
fn names(schema: &Json, out: &mut BTreeSet<String>) {
    for (name, below) in schema["properties"].as_object().into_iter().flatten() {
        out.insert(name.clone());
        names(below, out);
    }
    if schema["items"].is_object() {
        names(&schema["items"], out);
    }
}

/// Whether a value names only what a contract names, or what no version does.
fn is_named(value: &Json, known: &BTreeSet<String>) -> bool {
    match value {
        Json::Object(map) => map.iter().all(|(name, below)| {
            (known.contains(name) || ["x0", "x1", "longer"].contains(&name.as_str()))
                && is_named(below, known)
        }),
        Json::Array(items) => items.iter().all(|item| is_named(item, known)),
        _ => true,
    }
}

/// Contracts that send, answer, publish, receive and store things of a schema.
fn system(schema: &Json) -> System {
    let reference = json!({"$ref": "../schemas/thing.yaml#/Thing"});
    let item = json!({"type": "object", "required": ["id"], "x-dynamodb-table": {"name": "things", "partitionKey": "id"},
        "properties": {"id": {"type": "string", "minLength": 1, "maxLength": 9}, "thing": reference}});
    let message = json!({"x-amazon-events-source": "a.b", "x-amazon-events-detail-type": "Told", "payload": reference});
    let openapi = json!({
        "openapi": "3.1.0", "info": {"title": "A", "version": "1.0.0"},
        "paths": {"/things": {"post": {"operationId": "makeThing", "x-publishes": ["Told"],
            "requestBody": {"required": true, "content": {"application/json": {"schema": reference}}},
            "responses": {"200": {"description": "Made.", "content": {"application/json": {"schema": reference}}}}}}},
        "components": {"schemas": {"Item": item}},
    });
    let sender = json!({
        "asyncapi": "3.0.0", "info": {"title": "A", "version": "1.0.0"},
        "channels": {"told": {"messages": {"Told": message}, "bindings": {"x-eventbridge": {"bus": "Bus"}}}},
        "operations": {"tell": {"action": "send", "channel": {"$ref": "#/channels/told"}}},
    });
    let mut receiver = sender.clone();
    receiver["operations"] =
        json!({"take": {"action": "receive", "channel": {"$ref": "#/channels/told"}}});
    let shared =
        json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "Thing": schema});
    let mut sources = SourceMap::default();
    sources.add("spec/a/openapi.yaml", openapi.to_string());
    sources.add("spec/a/asyncapi.yaml", sender.to_string());
    sources.add("spec/b/asyncapi.yaml", receiver.to_string());
    sources.add("spec/schemas/thing.yaml", shared.to_string());
    let resolved = codegen::resolve(&sources);
    resolved.system.unwrap_or_else(|| panic!("{schema}: {:#?}", resolved.diagnostics))
}

/// The validator of a schema.
fn validator(schema: &Json) -> Schemas {
    let text = json!({"$defs": {"Thing": schema}}).to_string();
    Schemas::new(Box::leak(text.into_boxed_str()))
}

fn takes(validator: &Schemas, value: &Json) -> bool {
    validator.check("Thing", &At::json("", &value.into()), &mut Violations::default()).is_some()
}

#[test]
fn no_break_is_called_safe_and_none_is_invented() {
    let mut dice = Dice(0x1e37_79b9_7f4a_7c15);
    let (mut n_broken, mut n_errors, mut n_known) = (0, 0, 0);
    for _ in 0..MUTATIONS {
        let old = object(&mut dice, &mut 0, 2);
        let mut new = old.clone();
        let (said, known) = mutate(&mut dice, &mut new);
        let findings = compare(&system(&old), &system(&new), parse_date("2026-11-23").unwrap());
        let breaks = |directions: &[Direction]| {
            let is_error = |one: &&codegen::compat::Finding| {
                one.level == Level::Error && directions.contains(&one.direction)
            };
            findings.iter().find(is_error).map(|found| format!("{}: {}", found.rule, found.message))
        };
        let written = breaks(&[Direction::Request, Direction::Received]);
        let read = breaks(&[Direction::Response, Direction::Sent]);
        let stored = breaks(&[Direction::Stored]);
        n_errors += usize::from(written.is_some()) + usize::from(read.is_some());
        let context = || format!("{said}\nold {old}\nnew {new}\nfound {findings:#?}");
        n_known += usize::from(known != Known::Unknown);
        match known {
            Known::Less => assert!(read.is_none(), "{read:?} {}", context()),
            Known::More => assert!(
                written.is_none() && stored.is_none(),
                "{written:?} {stored:?} {}",
                context()
            ),
            Known::Nothing => {
                assert!(written.or(read).or(stored).is_none(), "{}", context());
                continue;
            }
            Known::Unknown => {}
        }
        let validators = [validator(&old), validator(&new)];
        let (mut named_by_old, mut named_by_new) = (BTreeSet::new(), BTreeSet::new());
        names(&old, &mut named_by_old);
        names(&new, &mut named_by_new);
        for at in 0..VALUES {
            let value = value(&mut dice, if at % 2 == 0 { &old } else { &new });
            let [before, after] = validators.each_ref().map(|validator| takes(validator, &value));
            n_broken += usize::from(before != after);
            if before && !after && is_named(&value, &named_by_old) {
                assert!(written.is_some(), "a request with {value} fails: {}", context());
            }
            if after && !before && is_named(&value, &named_by_new) {
                assert!(read.is_some(), "an answer of {value} surprises: {}", context());
            }
        }
    }
    // The test has something to judge.
    assert!(n_broken > 500 && n_errors > 200 && n_known > 300, "{n_broken} {n_errors} {n_known}");
}
