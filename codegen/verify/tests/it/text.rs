//! Values judged by the text of the contract: what the generator's reading of it has no part in.

use codegen::source::SourceMap;
use serde_json::{Value, json};
use verify::schema::{Contracts, Verdict};
use verify::value::Sender;

/// A document of a version with schemas of these names.
fn document(version: &str, schemas: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\n"
    )
}

/// Which keywords a value of the schema `T` breaks.
#[track_caller]
fn breaks_as(sender: Sender, files: &[(&str, &str)], value: &Value, expected: &[&str]) {
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(*path, *text);
    }
    let contracts = Contracts::of(&sources);
    let verdict = contracts.verdict_at(files[0].0, "/components/schemas/T", sender, value);
    let found: Vec<_> = match &verdict {
        Verdict::Valid => vec![],
        Verdict::Invalid(found) => found.iter().map(|one| one.keyword).collect(),
        Verdict::Unknown(why) => panic!("{why}"),
    };
    assert_eq!(found, expected, "{files:?} {value} {verdict:?}");
}

#[track_caller]
fn breaks(version: &str, schema: &str, value: &Value, expected: &[&str]) {
    let text = document(version, &format!("    T: {schema}"));
    breaks_as(Sender::Service, &[("spec/a/openapi.yaml", &text)], value, expected);
}

#[test]
fn keywords_of_31_are_those_of_json_schema() {
    breaks("3.1.0", "{not: {type: string}}", &json!("a"), &["not"]);
    breaks("3.1.0", "{if: {minimum: 3}, then: {maximum: 5}}", &json!(6), &["maximum"]);
    breaks("3.1.0", "{dependentRequired: {a: [b]}}", &json!({"a": 1}), &["dependentRequired"]);
    breaks("3.1.0", "{contains: {const: 1}}", &json!([2]), &["contains"]);
    breaks("3.1.0", "{patternProperties: {^a: {type: string}}}", &json!({"ab": 1}), &["type"]);
    breaks("3.1.0", "{type: [string, 'null']}", &Value::Null, &[]);
    breaks("3.1.0", "{type: string, nullable: true}", &Value::Null, &["type"]);
    breaks(
        "3.1.0",
        "{$ref: '#/components/schemas/T/$defs/n', $defs: {n: {minimum: 2}}, maximum: 3}",
        &json!(4),
        &["maximum"],
    );
    breaks(
        "3.1.0",
        "{properties: {a: true}, unevaluatedProperties: false}",
        &json!({"b": 1}),
        &["unevaluatedProperties"],
    );
}

#[test]
fn keywords_of_30_are_those_of_30() {
    breaks("3.0.3", "{type: string, nullable: true}", &Value::Null, &[]);
    breaks("3.0.3", "{type: string, nullable: true, enum: [a]}", &Value::Null, &["enum"]);
    breaks("3.0.3", "{minimum: 2, exclusiveMinimum: true}", &json!(2), &["exclusiveMinimum"]);
    breaks("3.0.3", "{minimum: 2, exclusiveMinimum: false}", &json!(2), &[]);
    // `const` is no keyword there, and a reference stands alone.
    breaks("3.0.3", "{const: 1}", &json!(2), &[]);
    let text = document(
        "3.0.3",
        "    T: {$ref: '#/components/schemas/N', maximum: 3}\n    N: {minimum: 2}",
    );
    breaks_as(Sender::Service, &[("spec/a/openapi.yaml", &text)], &json!(4), &[]);
}

#[test]
fn numbers_patterns_and_formats_are_exact() {
    breaks("3.0.3", "{multipleOf: 0.01}", &json!(950.4), &[]);
    breaks("3.0.3", "{multipleOf: 0.01}", &json!(0.015), &["multipleOf"]);
    breaks("3.1.0", "{pattern: '^(?=.*[0-9])[a-z0-9]+$'}", &json!("abc"), &["pattern"]);
    breaks("3.1.0", "{pattern: '^(?=.*[0-9])[a-z0-9]+$'}", &json!("ab1"), &[]);
    breaks("3.1.0", "{format: int32}", &json!(3_000_000_000_u64), &["format"]);
    breaks("3.1.0", "{format: date-time}", &json!("2026-02-30T00:00:00Z"), &["format"]);
    breaks("3.1.0", "{format: a-format-of-ours}", &json!("anything"), &[]);
}

#[test]
fn what_the_other_side_sends_need_not_be_there() {
    let text = document(
        "3.1.0",
        "    T: {type: object, required: [id, secret], additionalProperties: false, allOf: [{required: [id]}],
        properties: {id: {$ref: '#/components/schemas/Id'}, secret: {type: string, writeOnly: true}}}\n    \
         Id: {type: string, readOnly: true}",
    );
    let files = [("spec/a/openapi.yaml", text.as_str())];
    breaks_as(Sender::Client, &files, &json!({"secret": "s"}), &[]);
    breaks_as(Sender::Client, &files, &json!({"id": 1, "secret": "s"}), &[]);
    breaks_as(Sender::Client, &files, &json!({"id": "a"}), &["required"]);
    breaks_as(Sender::Service, &files, &json!({"id": "a"}), &[]);
    breaks_as(Sender::Service, &files, &json!({"id": 1}), &["type"]);
    breaks_as(Sender::Service, &files, &json!({"secret": "s"}), &["required", "required"]);
}

#[test]
fn references_lead_to_other_files_and_to_schemas_by_their_names() {
    let text = document("3.1.0", "    T: {$ref: '../schemas/price%20list.yaml#/Price'}");
    let files = [
        ("spec/a/openapi.yaml", text.as_str()),
        ("spec/schemas/price list.yaml", "Price: {items: {$ref: './amount.json'}}"),
        ("spec/schemas/amount.json", "{\"$id\": \"https://example.com/amount\", \"minimum\": 1}"),
    ];
    breaks_as(Sender::Service, &files, &json!([0]), &["minimum"]);
    let by_name = document(
        "3.1.0",
        "    T: {items: {$ref: 'https://example.com/tree'}}\n    \
         Tree: {$id: 'https://example.com/tree', $defs: {n: {$anchor: n, type: integer}}, $ref: '#n'}",
    );
    breaks_as(Sender::Service, &[("spec/a/openapi.yaml", &by_name)], &json!(["a"]), &["type"]);
}

/// Alternatives that refer to each other are judged in time that does not double with every level.
#[test]
fn deep_values_of_recursive_alternatives_are_judged_at_once() {
    let text = document(
        "3.0.3",
        "    T: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n    \
         A: {type: object, required: [a], properties: {a: {type: integer}, next: {$ref: '#/components/schemas/T'}}}\n    \
         B: {type: object, required: [b], properties: {b: {type: integer}, next: {$ref: '#/components/schemas/T'}}}",
    );
    let (sources, system) = crate::contract::read(
        &text.replace(
            "paths: {}",
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: A, content: {application/json: {schema: \
             {$ref: '#/components/schemas/T'}}}}}}}}",
        ),
    );
    let deep = (0..100).fold(json!({"a": 1}), |inner, _| json!({"a": 1, "next": inner}));
    let wrong = (0..100).fold(json!({"a": "1"}), |inner, _| json!({"b": 1, "next": inner}));
    let service = &system.services[0];
    let ty = &service.operations[0].responses[0].contents[0].ty;
    let found = |value| {
        let at = &service.operations[0].origin;
        verify::value::violations(service, Sender::Service, ty, at, value)
    };
    assert_eq!(found(&deep), []);
    assert!(!found(&wrong).is_empty());
    let contracts = Contracts::of(&sources);
    let verdict = contracts.verdict_at(
        "spec/parcels/openapi.yaml",
        "/components/schemas/T",
        Sender::Service,
        &deep,
    );
    assert!(matches!(verdict, Verdict::Unknown(_)), "{verdict:?}");
}
