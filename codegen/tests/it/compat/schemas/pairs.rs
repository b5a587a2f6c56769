//! Chosen pairs of schemas: those that random changes meet too seldom.

use codegen::compat::{Direction, compare, parse_date};
use serde_json::{Value, json};

use super::{errors, system};

/// Whether a change of requests is breaking, and whether the same change backwards is; of responses, the other one is.
fn breaks(old: &Value, new: &Value) -> [bool; 2] {
    let system = |schema| system(schema).unwrap_or_else(|| panic!("{schema} is refused"));
    let [before, after] = [old, new].map(system);
    let today = parse_date("2026-11-29").unwrap();
    let broken = |before, after, direction| {
        let findings = compare(before, after, today);
        !errors(&findings, direction).is_empty()
    };
    let forth = broken(&before, &after, Direction::Request);
    let back = broken(&after, &before, Direction::Request);
    for (breaks, before, after) in [(forth, &after, &before), (back, &before, &after)] {
        assert_eq!(breaks, broken(before, after, Direction::Response), "{old} and {new}");
    }
    [forth, back]
}

fn check(pairs: &[(Value, Value)], expected: [bool; 2]) {
    let told: Vec<String> = pairs
        .iter()
        .map(|(old, new)| (old, new, breaks(old, new)))
        .filter(|(.., found)| *found != expected)
        .map(|(old, new, found)| format!("{old} => {new}: {found:?}"))
        .collect();
    assert!(told.is_empty(), "not {expected:?}:\n{}", told.join("\n"));
}

/// `null` alone is one value.
#[test]
fn null_is_less_than_any_value() {
    let below = |schema: &Value| {
        [
            schema.clone(),
            json!({"type": "object", "properties": {"a": schema}}),
            json!({"type": "array", "items": schema}),
            json!({"type": "object", "additionalProperties": schema}),
        ]
    };
    let pairs = |old: Value, new: Value| -> Vec<(Value, Value)> {
        below(&old).into_iter().zip(below(&new)).collect()
    };
    for null in
        [json!({"type": "null"}), json!({"type": ["null"]}), json!({"oneOf": [{"type": "null"}]})]
    {
        check(&pairs(json!({}), null.clone()), [true, false]);
        check(
            &pairs(json!({"oneOf": [{"type": "null"}, {"type": "number"}]}), null),
            [true, false],
        );
    }
}

fn pairs(table: impl IntoIterator<Item = [Value; 2]>) -> Vec<(Value, Value)> {
    table.into_iter().map(|[old, new]| (old, new)).collect()
}

/// `unevaluatedProperties` closes objects, those without a property of their own as well.
#[test]
fn what_nothing_looked_at_is_refused_too() {
    let closed = || json!({"type": "object", "unevaluatedProperties": false});
    let texts = || json!({"type": "string"});
    check(
        &pairs([
            [closed(), json!({"type": "object", "additionalProperties": false})],
            [closed(), json!({"type": "object", "properties": {}, "unevaluatedProperties": false})],
            [
                json!({"type": "object", "unevaluatedProperties": texts()}),
                json!({"type": "object", "additionalProperties": texts()}),
            ],
        ]),
        [false, false],
    );
    check(
        &pairs([
            [json!({"type": "object"}), closed()],
            [json!({"type": "object", "additionalProperties": {"type": "integer"}}), closed()],
            [json!({"type": "object", "unevaluatedProperties": texts()}), closed()],
            [json!({}), json!({"unevaluatedProperties": texts()})],
            [json!({}), json!({"unevaluatedProperties": false})],
            [
                json!({"type": "object"}),
                json!({"type": "object", "unevaluatedProperties": texts()}),
            ],
            [
                json!({"type": "object", "properties": {"a": texts()}}),
                json!({"type": "object", "properties": {"a": texts()}, "unevaluatedProperties": texts()}),
            ],
            [
                json!({"type": "array", "items": {"type": "object"}}),
                json!({"type": "array", "items": closed()}),
            ],
        ]),
        [true, false],
    );
}

/// Inline alternatives have no names, so their order says nothing.
#[test]
fn the_order_of_alternatives_says_nothing() {
    let object = |anyof: Value| {
        let texts = json!({"a": {"type": "string"}, "b": {"type": "string"}});
        json!({"type": "object", "properties": texts, "anyOf": anyof})
    };
    let closed = |name: &str| {
        json!({
            "type": "object",
            "properties": {name: {"type": "string"}},
            "required": [name],
            "additionalProperties": false,
        })
    };
    let told = |by: Value| json!({"type": "object", "properties": {"k": by}, "required": ["k"]});
    check(
        &pairs([
            [
                object(json!([{"required": ["a"]}, {"required": ["b"]}])),
                object(json!([{"required": ["b"]}, {"required": ["a"]}])),
            ],
            [
                json!({"oneOf": [closed("a"), closed("b")]}),
                json!({"oneOf": [closed("b"), closed("a")]}),
            ],
            [
                json!({"oneOf": [told(json!({"const": "a"})), told(json!({"const": "b"}))]}),
                json!({"oneOf": [told(json!({"const": "b"})), told(json!({"enum": ["a"]}))]}),
            ],
        ]),
        [false, false],
    );
    check(
        &pairs([
            [
                json!({"anyOf": [closed("a"), closed("b")]}),
                json!({"anyOf": [closed("c"), closed("a"), closed("b")]}),
            ],
            [
                json!({"oneOf": [closed("a"), closed("b")]}),
                json!({"oneOf": [closed("c"), closed("a"), closed("b")]}),
            ],
            [
                object(json!([{"required": ["a"]}, {"required": ["b"]}])),
                object(json!([{"required": []}, {"required": ["b"]}, {"required": ["a"]}])),
            ],
        ]),
        [false, true],
    );
}

/// A type beside the one that a keyword is about takes nothing away.
#[test]
fn a_type_more_beside_a_keyword_of_another_is_wider() {
    let both =
        |schema: &Value| [schema.clone(), json!({"type": "object", "properties": {"p": schema}})];
    let table = [
        [
            json!({"type": "string", "maxLength": 10}),
            json!({"type": ["string", "integer"], "maxLength": 10}),
        ],
        [
            json!({"type": "string", "pattern": "^a"}),
            json!({"type": ["string", "integer"], "pattern": "^a"}),
        ],
        [
            json!({"type": "string", "format": "date"}),
            json!({"type": ["string", "integer"], "format": "date"}),
        ],
        [
            json!({"type": "integer", "minimum": 3}),
            json!({"type": ["integer", "string"], "minimum": 3}),
        ],
        [
            json!({"type": "array", "items": {"type": "string"}}),
            json!({"type": ["array", "string"], "items": {"type": "string"}}),
        ],
        [
            json!({"type": "integer", "exclusiveMinimum": 1, "minimum": 0}),
            json!({"type": ["integer", "string"], "exclusiveMinimum": 1, "minimum": 0}),
        ],
        [json!({"type": "string", "maxLength": 10}), json!({"maxLength": 10})],
        [json!({"type": "string", "enum": ["a"]}), json!({"enum": ["a", 1]})],
        [
            json!({"type": "string", "maxLength": 10}),
            json!({"type": ["string", "integer"], "maxLength": 12}),
        ],
    ];
    let table: Vec<_> =
        table.iter().flat_map(|[old, new]| both(old).into_iter().zip(both(new))).collect();
    check(&table, [false, true]);
    check(
        &pairs([[
            json!({"type": "string", "maxLength": 10}),
            json!({"type": ["string", "integer"], "maxLength": 8}),
        ]]),
        [true, true],
    );
}

/// The same values, said otherwise.
#[test]
fn the_same_said_otherwise_is_no_change() {
    let text = || json!({"type": "string"});
    let list = |mut rest: Value| {
        rest["type"] = json!("array");
        rest
    };
    let object = |mut rest: Value| {
        rest["type"] = json!("object");
        rest
    };
    check(
        &pairs([
            [
                list(json!({"items": text()})),
                list(json!({"prefixItems": [text()], "items": text()})),
            ],
            [
                list(json!({"items": text(), "maxItems": 2})),
                list(json!({"prefixItems": [text(), text()], "items": false})),
            ],
            [list(json!({"items": false})), list(json!({"maxItems": 0}))],
            [list(json!({"items": text()})), list(json!({"unevaluatedItems": text()}))],
            [
                object(
                    json!({"patternProperties": {"^a$": text()}, "additionalProperties": false}),
                ),
                object(json!({"properties": {"a": text()}, "additionalProperties": false})),
            ],
            [
                object(json!({"properties": {"a": text()}, "propertyNames": {"enum": ["a"]}})),
                object(json!({"properties": {"a": text()}, "additionalProperties": false})),
            ],
            [
                object(json!({"additionalProperties": text()})),
                object(json!({"patternProperties": {"": text()}})),
            ],
            [
                object(json!({"properties": {"a": text()}, "dependentRequired": {"a": ["b"]}})),
                object(
                    json!({"properties": {"a": text()}, "dependentSchemas": {"a": {"required": ["b"]}}}),
                ),
            ],
            [
                object(json!({"properties": {"a": text()}, "not": false})),
                object(json!({"properties": {"a": text()}})),
            ],
            [
                object(json!({"properties": {"a": text()}, "if": {"required": ["a"]}})),
                object(json!({"properties": {"a": text()}})),
            ],
            [json!({"type": "boolean"}), json!({"oneOf": [{"const": true}, {"const": false}]})],
            [
                json!({"type": "integer", "multipleOf": 6}),
                json!({"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]}),
            ],
        ]),
        [false, false],
    );
    let bytes = [
        json!({"type": "string", "format": "byte"}),
        json!({"type": "string", "contentEncoding": "base64"}),
    ];
    check(&pairs([bytes]), [false, false]);
}
