//! Every keyword of the specifications' own schemas, and what becomes of it: none falls through in silence.

use runtime::Json;

use crate::judge::{GroupOutcome, Version, judge};

/// What becomes of a keyword.
enum Fate {
    /// A value that fits the schema, and one that does not because of the keyword.
    Honoured(&'static str, &'static str, &'static str),
    /// It asks nothing of values, and documents them or names schemas.
    Annotates,
    /// A schema with it is an error that names it.
    Refused(&'static str),
}

use Fate::{Annotates, Honoured, Refused};

/// The keywords of the Schema Object (OpenAPI 3.0.3, section 4.7.24).
const OPENAPI_30: &[(&str, Fate)] = &[
    ("title", Annotates),
    ("multipleOf", Honoured(r#"{"multipleOf": 2}"#, "4", "3")),
    ("maximum", Honoured(r#"{"maximum": 2}"#, "2", "3")),
    ("exclusiveMaximum", Honoured(r#"{"maximum": 2, "exclusiveMaximum": true}"#, "1", "2")),
    ("minimum", Honoured(r#"{"minimum": 2}"#, "2", "1")),
    ("exclusiveMinimum", Honoured(r#"{"minimum": 2, "exclusiveMinimum": true}"#, "3", "2")),
    ("maxLength", Honoured(r#"{"maxLength": 1}"#, r#""a""#, r#""ab""#)),
    ("minLength", Honoured(r#"{"minLength": 2}"#, r#""ab""#, r#""a""#)),
    ("pattern", Honoured(r#"{"pattern": "^a"}"#, r#""ab""#, r#""b""#)),
    ("maxItems", Honoured(r#"{"maxItems": 1}"#, "[1]", "[1, 2]")),
    ("minItems", Honoured(r#"{"minItems": 2}"#, "[1, 2]", "[1]")),
    ("uniqueItems", Honoured(r#"{"uniqueItems": true}"#, "[1, 2]", "[1, 1.0]")),
    ("maxProperties", Honoured(r#"{"maxProperties": 1}"#, r#"{"a": 1}"#, r#"{"a": 1, "b": 2}"#)),
    ("minProperties", Honoured(r#"{"minProperties": 1}"#, r#"{"a": 1}"#, "{}")),
    ("required", Honoured(r#"{"required": ["a"]}"#, r#"{"a": 1}"#, "{}")),
    ("enum", Honoured(r#"{"enum": [[1], "a"]}"#, "[1]", "[2]")),
    ("type", Honoured(r#"{"type": "integer"}"#, "1.0", "1.5")),
    ("not", Honoured(r#"{"not": {"type": "string"}}"#, "1", r#""a""#)),
    ("allOf", Honoured(r#"{"allOf": [{"minimum": 2}, {"maximum": 3}]}"#, "2", "4")),
    ("oneOf", Honoured(r#"{"oneOf": [{"minimum": 2}, {"maximum": 3}]}"#, "1", "2")),
    ("anyOf", Honoured(r#"{"anyOf": [{"minimum": 3}, {"maximum": 1}]}"#, "1", "2")),
    ("items", Honoured(r#"{"items": {"type": "string"}}"#, r#"["a"]"#, "[1]")),
    (
        "properties",
        Honoured(r#"{"properties": {"a": {"type": "string"}}}"#, r#"{"b": 1}"#, r#"{"a": 1}"#),
    ),
    ("additionalProperties", Honoured(r#"{"additionalProperties": false}"#, "{}", r#"{"a": 1}"#)),
    ("format", Honoured(r#"{"format": "date"}"#, r#""2026-11-01""#, r#""2026-13-01""#)),
    ("nullable", Honoured(r#"{"type": "string", "nullable": true}"#, "null", "1")),
    (
        "discriminator",
        Honoured(
            r#"{"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"enum": ["a"]}}},
            {"type": "object", "required": ["k", "n"], "properties": {"k": {"enum": ["b"]}}}],
            "discriminator": {"propertyName": "k"}}"#,
            r#"{"k": "b", "n": 1}"#,
            r#"{"k": "b"}"#,
        ),
    ),
    ("description", Annotates),
    ("default", Annotates),
    ("readOnly", Annotates),
    ("writeOnly", Annotates),
    ("xml", Annotates),
    ("externalDocs", Annotates),
    ("example", Annotates),
    ("deprecated", Annotates),
];

/// The keywords of the vocabularies of 2020-12 that 3.0 has not, or has otherwise.
const DRAFT_2020: &[(&str, Fate)] = &[
    ("$schema", Annotates),
    ("$vocabulary", Annotates),
    ("$comment", Annotates),
    ("$defs", Annotates),
    (
        "$anchor",
        Honoured(r##"{"$defs": {"n": {"$anchor": "n", "minimum": 2}}, "$ref": "#n"}"##, "2", "1"),
    ),
    (
        "$ref",
        Honoured(
            r##"{"$defs": {"n": {"minimum": 2}}, "$ref": "#/$defs/n", "maximum": 3}"##,
            "2",
            "4",
        ),
    ),
    (
        "$id",
        Honoured(
            r##"{"properties": {"a": {"$id": "https://example.com/b", "$defs": {"n": {"minimum": 2}}, "$ref": "#/$defs/n"}}}"##,
            r#"{"a": 2}"#,
            r#"{"a": 1}"#,
        ),
    ),
    (
        "$dynamicRef",
        Honoured(
            r##"{"$defs": {"n": {"$dynamicAnchor": "n", "minimum": 2}}, "$dynamicRef": "#n"}"##,
            "2",
            "1",
        ),
    ),
    (
        "$dynamicAnchor",
        Honoured(
            r##"{"$defs": {"n": {"$dynamicAnchor": "n", "minimum": 2}}, "$ref": "#n"}"##,
            "2",
            "1",
        ),
    ),
    ("$recursiveRef", Refused(r##"{"$recursiveRef": "#"}"##)),
    ("prefixItems", Honoured(r#"{"prefixItems": [{"type": "string"}]}"#, r#"["a", 1]"#, "[1]")),
    ("contains", Honoured(r#"{"contains": {"const": 1}}"#, "[2, 1]", "[2]")),
    ("minContains", Honoured(r#"{"contains": {"const": 1}, "minContains": 2}"#, "[1, 1]", "[1]")),
    ("maxContains", Honoured(r#"{"contains": {"const": 1}, "maxContains": 1}"#, "[1]", "[1, 1]")),
    (
        "patternProperties",
        Honoured(
            r#"{"patternProperties": {"^a": {"type": "string"}}}"#,
            r#"{"b": 1}"#,
            r#"{"ab": 1}"#,
        ),
    ),
    (
        "propertyNames",
        Honoured(r#"{"propertyNames": {"maxLength": 1}}"#, r#"{"a": 1}"#, r#"{"ab": 1}"#),
    ),
    (
        "dependentSchemas",
        Honoured(
            r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#,
            r#"{"b": 1}"#,
            r#"{"a": 1}"#,
        ),
    ),
    (
        "dependentRequired",
        Honoured(r#"{"dependentRequired": {"a": ["b"]}}"#, r#"{"b": 1}"#, r#"{"a": 1}"#),
    ),
    ("if", Honoured(r#"{"if": {"type": "integer"}, "then": {"minimum": 2}}"#, "2", "1")),
    ("then", Honoured(r#"{"if": true, "then": {"minimum": 2}}"#, "2", "1")),
    ("else", Honoured(r#"{"if": false, "else": {"minimum": 2}}"#, "2", "1")),
    (
        "unevaluatedItems",
        Honoured(
            r#"{"allOf": [{"prefixItems": [true]}], "unevaluatedItems": false}"#,
            "[1]",
            "[1, 2]",
        ),
    ),
    (
        "unevaluatedProperties",
        Honoured(
            r#"{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}"#,
            r#"{"a": 1}"#,
            r#"{"b": 1}"#,
        ),
    ),
    ("const", Honoured(r#"{"const": {"a": 1}}"#, r#"{"a": 1.0}"#, r#"{"a": 2}"#)),
    ("type", Honoured(r#"{"type": ["string", "null"]}"#, "null", "1")),
    ("exclusiveMaximum", Honoured(r#"{"exclusiveMaximum": 2}"#, "1", "2")),
    ("exclusiveMinimum", Honoured(r#"{"exclusiveMinimum": 2}"#, "3", "2")),
    ("contentEncoding", Annotates),
    ("contentMediaType", Annotates),
    ("contentSchema", Annotates),
    ("examples", Annotates),
];

fn check(version: Version, keyword: &str, fate: &Fate) {
    match fate {
        Annotates => {}
        Refused(schema) => {
            let GroupOutcome::Refused(reason) = outcome(version, schema, "null", true) else {
                panic!("`{keyword}` is accepted");
            };
            assert!(reason.contains(keyword), "{keyword}: {reason}");
        }
        Honoured(schema, good, bad) => {
            let right = GroupOutcome::Judged { n_tests: 1, wrong: vec![] };
            assert_eq!(outcome(version, schema, good, true), right, "{keyword}: {good}");
            assert_eq!(outcome(version, schema, bad, false), right, "{keyword}: {bad}");
        }
    }
}

fn outcome(version: Version, schema: &str, value: &str, valid: bool) -> GroupOutcome {
    let test = format!(r#"{{"description": "value", "data": {value}, "valid": {valid}}}"#);
    let group = format!(r#"{{"schema": {schema}, "tests": [{test}]}}"#);
    judge(version, &Json::parse(&group).unwrap(), &[])
}

#[test]
fn every_keyword_of_openapi_30_has_its_effect() {
    OPENAPI_30.iter().for_each(|(keyword, fate)| check(Version::OpenApi30, keyword, fate));
}

#[test]
fn every_keyword_of_2020_12_has_its_effect_or_is_refused_by_name() {
    let older = OPENAPI_30.iter().filter(|(keyword, _)| {
        *keyword != "nullable" && !DRAFT_2020.iter().any(|(later, _)| later == keyword)
    });
    for (keyword, fate) in older.chain(DRAFT_2020) {
        check(Version::OpenApi31, keyword, fate);
    }
}
