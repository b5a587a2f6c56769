//! What is planned for contracts of every kind: values that keep them, and values that break them in one place.

use std::collections::{BTreeMap, BTreeSet};

use codegen::model::{Service, TypeRef};
use codegen::source::SourceMap;
use verify::plan::{Cases, Planner, literals};
use verify::request::{Body, Input};
use verify::schema::Contracts;
use verify::value::{Dice, Fill, Sender, make, violations};

use crate::contract::read;

/// A contract whose one operation takes a body of a schema.
fn contract(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
         requestBody:\n        required: true\n        content:\n          application/json:\n            \
         schema:\n              $ref: '#/components/schemas/T'\n      responses:\n        '204':\n          \
         description: Done.\n        '400':\n          description: Refused.\ncomponents:\n  schemas:\n{schemas}"
    )
}

fn planned(sources: &SourceMap, service: &Service, literals: &BTreeSet<String>) -> Cases {
    let known = BTreeMap::new();
    let contracts = Contracts::of(sources);
    let (operation, known) = (&service.operations[0], &known);
    let planner = Planner { service, operation, contracts: &contracts, literals, known };
    planner.cases(30, &mut Dice::new(3))
}

/// Plans for a body of these schemas: every case does what it says, and only these sides of constraints are left out.
#[track_caller]
fn check(schemas: &str, gaps: &[&str]) {
    let (sources, system) = read(&contract(schemas));
    let service = &system.services[0];
    let cases = planned(&sources, service, &literals(&system));
    assert_eq!(cases.impossible, None);
    let body = service.operations[0].body.as_ref().unwrap();
    let mut sides = BTreeSet::new();
    for case in &cases.cases {
        let Some(Input { body: Body::Json(value), .. }) = &case.input else { continue };
        let found = violations(service, Sender::Client, &body.contents[0].ty, &body.origin, value);
        assert_eq!(found.is_empty(), case.keeps, "{}: {value} {found:?}", case.purpose);
        sides.insert(case.keeps);
    }
    assert_eq!(sides.len(), 2, "there are cases of both kinds");
    let left: Vec<_> = cases
        .gaps
        .iter()
        .map(|gap| {
            format!("{} {}", gap.constraint.keyword, if gap.keeps { "kept" } else { "broken" })
        })
        .collect();
    assert_eq!(left, gaps);
}

#[test]
fn every_constraint_has_a_value_on_both_sides() {
    check("    T: {type: string, minLength: 3, maxLength: 5, pattern: '^[a-z]+$'}\n", &[]);
    check("    T: {type: string, format: email, maxLength: 40}\n", &[]);
    check("    T: {type: string, format: date-time}\n", &[]);
    check("    T: {type: integer, format: int32, minimum: -3, maximum: 7, multipleOf: 2}\n", &[]);
    check("    T: {type: integer, enum: [2, 4]}\n", &[]);
    check("    T: {type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.25}\n", &[]);
    check("    T: {type: boolean}\n", &[]);
    check(
        "    T: {type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: {type: integer}}\n",
        &[],
    );
    check(
        "    T: {type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: boolean}}\n",
        &[],
    );
}

/// How many different values are drawn for a number, each of which keeps its bounds.
#[track_caller]
fn n_drawn(schema: &str) -> usize {
    let (sources, system) = read(&contract(&format!("    T: {schema}\n")));
    let cases = planned(&sources, &system.services[0], &literals(&system));
    assert_eq!(cases.impossible, None);
    assert!(cases.doubts.is_empty(), "{schema}: {:?}", cases.doubts);
    cases.cases.iter().filter(|case| case.purpose == "random values").count()
}

#[test]
fn numbers_are_drawn_between_their_bounds_wherever_these_are() {
    for schema in [
        "{type: integer}",
        "{type: integer, minimum: 5000}",
        "{type: integer, maximum: -5000}",
        "{type: integer, maximum: 5000}",
        "{type: number, minimum: -9000, maximum: -5000}",
        "{type: number, maximum: -5000, multipleOf: 0.25}",
        "{type: integer, format: int32, minimum: 2147483000}",
    ] {
        assert!(n_drawn(schema) > 20, "{schema}: {}", n_drawn(schema));
    }
    let between = "minimum: 0, exclusiveMinimum: true, maximum: 0.1, exclusiveMaximum: true";
    assert!(n_drawn(&format!("{{type: number, {between}}}")) > 20);
    assert!(n_drawn("{type: integer, multipleOf: 10, minimum: 1, maximum: 99}") > 3);
}

#[test]
fn objects_unions_and_types_within_themselves() {
    check(
        "    T:\n      type: object\n      additionalProperties: false\n      required: [name, child]\n      properties:\n        \
         name: {type: string, minLength: 1}\n        child: {$ref: '#/components/schemas/Node'}\n    \
         Node:\n      type: object\n      properties:\n        next: {$ref: '#/components/schemas/Node'}\n        \
         size: {type: integer, minimum: 1}\n",
        &[],
    );
    check(
        "    T:\n      oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]\n      \
         discriminator: {propertyName: kind}\n    \
         A: {type: object, required: [kind, a], properties: {kind: {type: string}, a: {type: integer, maximum: 9}}}\n    \
         B: {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: string, maxLength: 9}}}\n",
        &[],
    );
}

#[test]
fn what_nothing_is_found_for_is_said() {
    // Nothing is shorter than this pattern's texts and one character long.
    check("    T: {type: string, maxLength: 2, pattern: '^(ab)+$'}\n", &["maxLength broken"]);
}

/// Values of every kind that the dice draw.
#[test]
fn what_is_drawn_keeps_the_contract() {
    let (_, system) = read(&contract(
        "    T:\n      type: object\n      required: [a]\n      properties:\n        \
         a: {type: array, maxItems: 2, items: {type: string, pattern: '^x[0-9]{0,20}$'}}\n        \
         b: {type: number, format: decimal, minimum: 0, maximum: 9, multipleOf: 0.01}\n        \
         c: {type: string, nullable: true, enum: [p, q]}\n        \
         d: {type: object, additionalProperties: {type: integer, format: int32}}\n        \
         e: {type: string, format: hostname}\n",
    ));
    let service = &system.services[0];
    let body = service.operations[0].body.as_ref().unwrap();
    let ty: &TypeRef = &body.contents[0].ty;
    let mut dice = Dice::new(11);
    let mut different = BTreeSet::new();
    for _ in 0..300 {
        let value = make(service, ty, Fill::Drawn(&mut dice)).unwrap();
        let found = violations(service, Sender::Client, ty, &body.origin, &value);
        assert_eq!(found, [], "{value}");
        different.insert(value.to_string());
    }
    assert!(different.len() > 200, "{}", different.len());
}

/// A bound operation refuses a key in the path that is another than the body's, though each is valid.
#[test]
fn a_key_in_the_path_is_that_of_the_body() {
    let text = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /things/{id}:
    put:
      operationId: a
      x-dynamodb: {action: upsert, table: Thing}
      parameters: [{name: id, in: path, required: true, schema: {type: string, minLength: 2, maxLength: 6}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [id]
      x-dynamodb-table: {name: thing, partitionKey: id}
      properties: {id: {type: string, minLength: 1, maxLength: 8, example: abc}, rank: {type: integer, maximum: 9}}
";
    let (sources, system) = read(text);
    let cases = planned(&sources, &system.services[0], &literals(&system));
    let kept: Vec<_> = cases.cases.iter().filter(|case| case.keeps).collect();
    for case in &kept {
        let input = case.input.as_ref().unwrap();
        let Body::Json(body) = &input.body else { panic!("{} has no body", case.purpose) };
        assert_eq!(input.parameters[0].as_ref(), Some(&body["id"]), "{}", case.purpose);
    }
    for length in [2, 6] {
        let has = |value: &serde_json::Value| value.as_str().is_some_and(|id| id.len() == length);
        let is = |input: &Input| input.parameters[0].as_ref().is_some_and(has);
        assert!(kept.iter().any(|case| case.input.as_ref().is_some_and(is)), "{length}");
    }
}

/// One text is a list of one item, no bytes are no body, and the text of the contract says more than a type.
#[test]
fn what_travels_as_text_is_judged_as_what_it_says() {
    let text = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /things:
    post:
      operationId: a
      parameters:
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: counts, in: query, schema: {type: array, items: {type: integer}}}
        - {name: filter, in: query, schema: {required: [role], properties: {role: {type: string}}}}
      requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: Done.}, '400': {description: Refused.}}
";
    let (sources, system) = read(text);
    let cases = planned(&sources, &system.services[0], &literals(&system)).cases;
    let broken: Vec<_> =
        cases.iter().filter(|case| !case.keeps).map(|case| &case.purpose).collect();
    assert!(!broken.iter().any(|purpose| purpose.contains("`tags` violates `type`")), "{broken:?}");
    assert!(
        broken.iter().any(|purpose| purpose.contains("`counts` violates `type`")),
        "{broken:?}"
    );
    for case in cases.iter().filter(|case| case.keeps) {
        let input = case.input.as_ref().unwrap();
        assert_ne!(input.body, Body::Json(serde_json::json!("")), "{}", case.purpose);
        let filter = input.parameters[2].as_ref();
        let is_told = |value: &serde_json::Value| !value.is_object() || value.get("role").is_some();
        assert!(filter.is_none_or(is_told), "{}: {filter:?}", case.purpose);
    }
}

/// Bytes that are no UTF-8 reach a function as other characters, which some contracts take.
#[test]
fn bytes_that_are_no_text_are_sent_where_no_text_fits() {
    for (schema, n) in
        [("{type: string}", 0), ("{type: object}", 1), ("{type: string, maxLength: 1}", 1)]
    {
        let (sources, system) = read(&contract(&format!("    T: {schema}\n")));
        let cases = planned(&sources, &system.services[0], &literals(&system)).cases;
        let found = cases.iter().filter(|case| case.purpose.contains("UTF-8")).count();
        assert_eq!(found, n, "{schema}");
    }
}
