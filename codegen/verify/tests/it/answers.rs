//! Single answers, judged.

use codegen::model::Operation;
use serde_json::{Value, json};
use verify::finding::Shown;
use verify::http::Answer;
use verify::judge::{Judge, answered, judge};
use verify::schema::Contracts;
use verify::value::{Sender, violations};

use crate::contract::{parcels, read};

fn operation<'s>(service: &'s codegen::model::Service, id: &str) -> &'s Operation {
    service.operations.iter().find(|one| one.id.wire == id).unwrap()
}

/// What is found in an answer of an operation.
#[track_caller]
fn check(id: &str, status: u16, headers: &[(&str, &str)], body: &str, expected: &[&str]) {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    let text = |text: &&str| (*text).to_owned();
    let headers = headers.iter().map(|(name, value)| (text(name), text(value))).collect();
    let answer = Answer { status, headers, body: body.as_bytes().to_vec() };
    let shown = Shown { curl: "curl", purpose: "a test", answered: None };
    let judged =
        judge(Judge { service, contracts: &contracts }, operation(service, id), &answer, shown);
    let found: Vec<_> = judged.findings.iter().map(|one| one.code).collect();
    assert_eq!(found, expected, "{:#?}", judged.findings);
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn answers_are_what_the_contract_says() {
    let parcel = r#"{"code":"AB-1","grams":1,"insured":null,"sentOn":"2026-11-01"}"#;
    let charset = ("content-type", "Application/JSON; charset=utf-8");
    check("getParcel", 200, &[charset], parcel, &[]);
    check("getParcel", 200, &[], parcel, &["undeclared-media-type"]);
    check("getParcel", 200, &[JSON], "", &["unreadable-body"]);
    check("getParcel", 200, &[JSON], r#"{"code":"ab","grams":30000}"#, &["bad-body"]);
    check("getParcel", 204, &[], "", &["undeclared-status"]);
    check("getParcel", 503, &[], "", &["server-error"]);
    check("recallParcel", 204, &[JSON], "", &[]);
    check("recallParcel", 204, &[JSON], "{}", &["undeclared-body"]);
    check("sendParcel", 201, &[JSON, ("location", "/parcel/AB-1")], parcel, &[]);
    check("sendParcel", 201, &[JSON], parcel, &["missing-header"]);
}

#[test]
fn every_violation_of_a_body_is_named_with_its_schema() {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    let body = r#"[{"code":"AB-1","grams":0,"marks":["a","a"]},{"code":"AB-1","sentOn":"soon"}]"#;
    let answer =
        Answer { status: 200, headers: vec![(JSON.0.into(), JSON.1.into())], body: body.into() };
    let shown = Shown { curl: "curl -i", purpose: "a test", answered: None };
    let judged = judge(
        Judge { service, contracts: &contracts },
        operation(service, "listParcels"),
        &answer,
        shown,
    );
    let labels = &judged.findings[0].secondary;
    let said: Vec<_> = labels
        .iter()
        .map(|label| (sources.position(label.span).line, label.text.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (136, "/0/grams: 0 is below the minimum 1"),
            (143, "/0/marks: duplicate of item 1"),
            (136, "/1: the required property `grams` is missing"),
            (155, "/1/sentOn: `soon` is not a date of RFC 3339"),
        ]
    );
    assert!(judged.findings[0].help.contains(&"reproduce: curl -i".to_owned()));
}

/// The most specific key counts, whatever the order (OpenAPI, Response Object).
#[test]
fn the_narrowest_media_type_judges_a_body() {
    let (sources, system) = read(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '200':\n          description: A.\n          content:\n            \
         '*/*': {schema: {type: array, items: {type: string}}}\n            \
         application/*: {schema: {type: array, items: {type: string}}}\n            \
         application/json: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}\n",
    );
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    let of = |media_type: &str, body: &str| {
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        let answer = Answer { status: 200, headers, body: body.as_bytes().to_vec() };
        let shown = Shown { curl: "curl", purpose: "a test", answered: None };
        let judge_of = Judge { service, contracts: &contracts };
        let judged = judge(judge_of, &service.operations[0], &answer, shown);
        judged.findings.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(of("application/json", r#"{"a":1}"#), [""; 0]);
    assert_eq!(of("application/json; charset=utf-8", "[]"), ["bad-body"]);
    assert_eq!(of("application/ld+json", "[]"), [""; 0]);
    assert_eq!(of("application/ld+json", r#"{"a":1}"#), ["bad-body"]);
}

/// Which keywords a value of a schema breaks.
#[track_caller]
fn breaks(schema: &str, value: &Value, expected: &[&str]) {
    let contract = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '200':\n          description: A.\n          content:\n            \
         application/json:\n              schema:\n                $ref: '#/components/schemas/T'\n\
         components:\n  schemas:\n    T: {schema}\n    \
         A: {{type: object, required: [kind], properties: {{kind: {{type: string}}, a: {{type: integer}}}}}}\n    \
         B: {{type: object, required: [kind], properties: {{kind: {{type: string}}, b: {{type: integer}}}}}}\n"
    );
    let (_, system) = read(&contract);
    let service = &system.services[0];
    let response = &service.operations[0].responses[0];
    let ty = &response.contents[0].ty;
    let found = violations(service, Sender::Service, ty, &response.origin, value);
    let found: Vec<_> = found.iter().map(|one| one.keyword).collect();
    assert_eq!(found, expected, "{schema} {value}");
}

#[test]
fn keywords_mean_what_json_schema_says() {
    breaks("{type: integer}", &json!(2.0), &[]);
    breaks("{type: integer}", &json!(2.5), &["type"]);
    breaks("{type: integer, format: int32}", &json!(3_000_000_000_u64), &["format"]);
    breaks("{type: integer, enum: [1, 3]}", &json!(2), &["enum"]);
    breaks("{type: number, multipleOf: 0.01}", &json!(950.4), &[]);
    breaks("{type: number, multipleOf: 0.01}", &json!(0.015), &["multipleOf"]);
    breaks("{type: number, minimum: 0, exclusiveMinimum: true}", &json!(0), &["minimum"]);
    breaks("{type: number, format: decimal}", &json!("1"), &["type"]);
    breaks("{type: string, maxLength: 1}", &json!("\u{1f4e6}"), &[]);
    breaks("{type: string, maxLength: 1}", &json!("ab"), &["maxLength"]);
    breaks("{type: string, minLength: 1, pattern: '^a'}", &json!(""), &["minLength", "pattern"]);
    breaks("{type: string, nullable: true, format: uuid}", &Value::Null, &[]);
    breaks("{type: string, format: uuid}", &Value::Null, &["type"]);
    breaks("{type: string, format: date-time}", &json!("2026-02-30T00:00:00Z"), &["format"]);
    breaks("{type: array, minItems: 1, items: {type: boolean}}", &json!([]), &["minItems"]);
    breaks("{type: array, items: {type: boolean}}", &json!([true, "true"]), &["type"]);
    breaks(
        "{type: object, maxProperties: 1, additionalProperties: {type: integer}}",
        &json!({ "a": 1, "b": "2" }),
        &["maxProperties", "type"],
    );
    let kinds = "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], \
                 discriminator: {propertyName: kind}}";
    breaks(kinds, &json!({ "kind": "A", "a": 1 }), &[]);
    breaks(kinds, &json!({ "kind": "A", "a": "1" }), &["type"]);
    breaks(kinds, &json!({ "kind": "C" }), &["discriminator"]);
    breaks(kinds, &json!({}), &["discriminator"]);
}

/// What is sensitive stands in no finding, neither as what came back nor as what is wrong with it.
#[test]
fn what_is_sensitive_is_not_told() {
    let (sources, system) = read(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '200':\n          description: A.\n          content:\n            \
         application/json:\n              schema:\n                type: array\n                items:\n                  \
         $ref: '#/components/schemas/T'\ncomponents:\n  schemas:\n    T:\n      type: object\n      properties:\n        \
         name: {type: string, maxLength: 3}\n        \
         email: {type: string, maxLength: 3, x-sensitive: true}\n        \
         card: {$ref: '#/components/schemas/Card'}\n    \
         Card: {type: string, pattern: '^tok', x-sensitive: true}\n",
    );
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    let operation = &service.operations[0];
    let body = r#"[{"name":"Adele","email":"secret-1","card":"secret-2","other":"secret-3"}]"#;
    let answer =
        Answer { status: 200, headers: vec![(JSON.0.into(), JSON.1.into())], body: body.into() };
    let line = answered(service, operation, &answer);
    assert!(line.contains("Adele") && !line.contains("secret"), "{line}");
    let shown = Shown { curl: "curl", purpose: "a test", answered: Some(&line) };
    let judged = judge(Judge { service, contracts: &contracts }, operation, &answer, shown);
    assert_eq!(judged.findings[0].secondary.len(), 3);
    assert!(!format!("{:?}", judged.findings).contains("secret-"));
    let text = Answer { body: b"secret-4".to_vec(), ..answer };
    assert!(!answered(service, operation, &text).contains("secret"));
}

/// Of a response without `content`, a problem document tells more; anything else is a body that nothing declares.
#[test]
fn errors_without_content_may_be_problem_documents() {
    let (sources, system) = read(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '204': {description: Done.}\n        '404': {description: Nothing.}\n",
    );
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    for (status, media_type, expected) in [
        (404, "application/problem+json", &[][..]),
        (404, "application/json", &["undeclared-body"]),
        (204, "application/problem+json", &["undeclared-body"]),
    ] {
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        let answer = Answer { status, headers, body: b"{}".to_vec() };
        let shown = Shown { curl: "curl", purpose: "a test", answered: None };
        let judged = judge(
            Judge { service, contracts: &contracts },
            operation(service, "a"),
            &answer,
            shown,
        );
        let found: Vec<_> = judged.findings.iter().map(|one| one.code).collect();
        assert_eq!(found, expected, "{status} {media_type}");
    }
}

/// Which alternative a value is, its discriminator says, although others look the same.
#[test]
fn alternatives_that_look_the_same_are_told_by_their_discriminator() {
    let (sources, system) = read(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '200':\n          description: It.\n          content:\n            application/json:\n              \
         schema:\n                oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]\n                \
         discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}\n\
         components:\n  schemas:\n    A: {type: object, required: [kind], properties: {kind: {type: string}}}\n    \
         B: {type: object, required: [kind], properties: {kind: {type: string}, n: {type: integer}}}\n",
    );
    let contracts = Contracts::of(&sources);
    let service = &system.services[0];
    for (body, expected) in [(r#"{"kind":"a"}"#, &[][..]), (r#"{"n":1}"#, &["bad-body"])] {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let answer = Answer { status: 200, headers, body: body.as_bytes().to_vec() };
        let shown = Shown { curl: "curl", purpose: "a test", answered: None };
        let judged = judge(
            Judge { service, contracts: &contracts },
            operation(service, "a"),
            &answer,
            shown,
        );
        let found: Vec<_> = judged.findings.iter().map(|one| one.code).collect();
        assert_eq!(found, expected, "{body}");
    }
}
