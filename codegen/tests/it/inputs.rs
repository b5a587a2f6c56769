//! Inputs of workflows: their schemas, and what a load test draws of them.

use codegen::diag::render::render_text;
use codegen::source::SourceMap;
use codegen::{Resolved, read, resolve};

use crate::leads::small;
use crate::workflows::{changed_in, emitted, folder};

/// The schemas of a workflow's inputs, where `Node` is an object with these keys.
fn inputs(node: &str) -> Vec<serde_json::Value> {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a: {{post: {{operationId: add, responses: {{'204': {{description: d}}}}}}}}\ncomponents:\n  schemas:\n    Node: {{type: object, {node}}}\n"
    );
    let workflow = "arazzo: 1.0.1\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\nworkflows:\n  - workflowId: w\n    inputs:\n      type: object\n      properties: {node: {$ref: '../shop/openapi.yaml#/components/schemas/Node'}}\n    steps: [{stepId: s, operationId: add}]\n";
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", document);
    sources.add("spec/workflows/w.arazzo.yaml", workflow);
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    let system = system.unwrap_or_else(|| panic!("{}", render_text(&diagnostics, &sources, false)));
    let workflows = system.workflows.unwrap();
    let inputs = workflows.list[0].inputs.as_ref().unwrap();
    inputs.list.iter().map(|input| (*input.schema).clone()).collect()
}

/// How many times the value of a key holds that key again.
fn times(schema: &serde_json::Value, way: &[&str]) -> usize {
    let below = way.iter().try_fold(schema, |at, key| at.get(key));
    below.map_or(0, |below| 1 + times(below, way))
}

#[test]
fn inputs_end_where_no_load_test_draws_values() {
    let node = "{$ref: '#/components/schemas/Node'}";
    // Optional properties are drawn in three objects, lists or alternatives.
    let optional = inputs(&format!("properties: {{next: {node}, key: {{type: string}}}}"));
    assert_eq!(times(&optional[0], &["properties", "next"]), 3);
    assert!(optional[0].pointer("/properties/next/properties/next/properties/key").is_some());
    // What is required is there however deep, and where a schema leads on and on it is left open.
    let required = inputs(&format!(
        "required: [list], properties: {{list: {{type: array, items: {node}}}, key: {{type: string}}}}"
    ));
    let way = ["properties", "list", "items"];
    let n = times(&required[0], &way);
    assert!((5..=24).contains(&n), "{n}");
    let last = (0..n).try_fold(&required[0], |at, _| at.pointer("/properties/list/items"));
    assert_eq!(last, Some(&serde_json::Value::Bool(true)));
    // A part of an `allOf` keeps what another part may require.
    let part = "allOf: [{properties: {deep: {type: string}}}, {required: [deep]}]";
    let parts = inputs(&format!(
        "required: [a], properties: {{a: {{type: object, required: [b], properties: {{b: {{type: object, required: [c], properties: {{c: {{{part}}}}}}}}}}}}}"
    ));
    let c = "/properties/a/properties/b/properties/c/allOf/0/properties/deep";
    assert!(parts[0].pointer(c).is_some(), "{:#}", parts[0]);
}

#[test]
fn inputs_are_drawn_from_what_their_places_allow() {
    let narrowed = |declared: &str| {
        let spec = read::read_spec(&folder().join("spec")).unwrap();
        let sources = changed_in(&spec, "lending.arazzo.yaml", |text| {
            let text = text.replace(
                "        title: {type",
                &format!("        days: {declared}\n        title: {{type"),
            );
            text.replace("/days, value: 7", "/days, value: $inputs.days")
        });
        let Resolved { system, diagnostics, .. } = resolve(&sources);
        let system =
            system.unwrap_or_else(|| panic!("{}", render_text(&diagnostics, &sources, false)));
        let workflows = system.workflows.unwrap();
        let lending = workflows.list.iter().find(|one| one.id.wire == "lending").unwrap();
        let inputs = lending.inputs.as_ref().unwrap();
        let days = inputs.list.iter().find(|one| one.name.wire == "days").unwrap();
        (*days.schema).clone()
    };
    let days = serde_json::json!({"type": "integer", "minimum": 1, "maximum": 30});
    for declared in ["{type: string}", "{}", "{type: integer}", "{type: number}"] {
        assert_eq!(narrowed(declared), days, "{declared}");
    }
    let own = serde_json::json!({"type": "integer", "minimum": 7, "maximum": 30});
    assert_eq!(narrowed("{type: integer, minimum: 7}"), own, "what the workflow says itself stays");
    let apart = serde_json::json!({"type": "integer", "minimum": 40});
    assert_eq!(narrowed("{type: integer, minimum: 40}")["minimum"], apart["minimum"]);
    assert_eq!(narrowed("{type: integer, minimum: 40}").get("maximum"), None, "nothing would fit");
    let chosen = serde_json::json!({"enum": [3, 4]});
    assert_eq!(narrowed("{enum: [3, 4]}"), chosen);
    for wide in ["{type: integer, minimum: 0, maximum: 1000}", "{type: integer, maximum: 31}"] {
        assert_eq!(narrowed(wide), days, "{wide}");
    }
}

/// The diagnostics of the contracts with an input that is given to `days`, an integer from 1 to 30.
fn said_of_days(declared: &str) -> Vec<String> {
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    let sources = changed_in(&spec, "lending.arazzo.yaml", |text| {
        let days = format!("        days: {declared}\n        title: {{type");
        let text = text.replace("        title: {type", &days);
        text.replace("/days, value: 7", "/days, value: $inputs.days")
    });
    let found = resolve(&sources).diagnostics.into_iter();
    found.map(|one| format!("{}: {}", one.message, one.help.join(" "))).collect()
}

#[test]
fn inputs_that_allow_more_than_their_places_are_told() {
    let narrowed = |place: &str| {
        format!(
            "the input `days` allows values that a place which it is given to does not take: write `{place}`"
        )
    };
    let least = [narrowed("minimum: 1")];
    for wide in ["{type: integer, minimum: 0}", "{type: integer, exclusiveMinimum: -1}"] {
        assert_eq!(said_of_days(wide), least, "{wide}");
    }
    assert_eq!(said_of_days("{type: integer, maximum: 1000}"), [narrowed("maximum: 30")]);
    for narrow in ["{type: integer}", "{type: integer, exclusiveMinimum: 1, maximum: 30}"] {
        assert_eq!(said_of_days(narrow), [""; 0], "{narrow}");
    }
    let listed = said_of_days("{type: integer, examples: [7, 70]}");
    assert!(listed[0].starts_with("the value 70 of the input `days` does not fit"), "{listed:?}");
    // Unique values have at least the names of the run and of the workflow.
    let unique = |rules: &str| {
        let to = format!("reader: {{type: string, {rules}, x-test-data: unique}}");
        let resolved = resolve(&small(&format!(
            "  - workflowId: w\n    inputs: {{type: object, properties: {{{to}}}}}\n    steps: [{{stepId: s, operationId: add}}]\n"
        )));
        resolved.diagnostics.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    let short =
        "unique values of `reader` may have only 15 characters, but at least 50 are required";
    assert_eq!(unique("minLength: 50"), [short]);
    assert_eq!(unique("minLength: 15"), [""; 0]);
}

#[test]
fn inputs_are_drawn_from_their_examples_and_bounds() {
    let code = |version: &str, schema: &str, input: &str| {
        let mut sources = SourceMap::default();
        let document = format!(
            "openapi: {version}\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a: {{post: {{operationId: add, responses: {{'204': {{description: d}}}}}}}}\ncomponents:\n  schemas:\n    Q: {schema}\n"
        );
        sources.add("spec/shop/openapi.yaml", document);
        let head = "arazzo: 1.0.1\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\nworkflows:\n";
        sources.add("spec/workflows/w.arazzo.yaml", format!("{head}  - workflowId: w\n    inputs: {{type: object, properties: {{q: {input}}}}}\n    steps: [{{stepId: s, operationId: add}}]\n"));
        emitted(&sources, "w")
    };
    let q = "{$ref: '../shop/openapi.yaml#/components/schemas/Q'}";
    let flags =
        "{type: integer, minimum: 0, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true}";
    let found = code("3.0.3", flags, q);
    assert!(
        found.contains(r#"{"exclusiveMaximum":3,"exclusiveMinimum":0,"type":"integer"}"#),
        "{found}"
    );
    let closed = code("3.0.3", "{type: integer, minimum: 0, exclusiveMinimum: false}", q);
    assert!(closed.contains(r#"{"minimum":0,"type":"integer"}"#), "{closed}");
    let listed = r#""examples":["sku-1","sku-2"]"#;
    let own = "{type: string, examples: [sku-1, sku-2]}";
    assert!(code("3.1.0", "{type: string}", own).contains(listed));
    assert!(code("3.1.0", own, q).contains(listed));
    let one = code("3.0.3", "{type: string, example: sku-1}", q);
    assert!(one.contains(r#""example":"sku-1""#), "{one}");
    let number = "{type: integer, example: 5}";
    assert!(!code("3.0.3", number, q).contains("example"), "numbers are drawn from their bounds");
    assert!(code("3.0.3", "{}", number).contains(r#""example":5"#), "the workflow itself says so");
    // A single example of a part is no reason to send the same each time, unless nothing else can be drawn.
    let part = |part: &str| {
        code("3.1.0", &format!("{{type: object, required: [a], properties: {{a: {part}}}}}"), q)
    };
    assert!(!part("{type: string, examples: [x]}").contains("examples"));
    assert!(part("{type: string, examples: [x, y]}").contains("examples"));
    assert!(part("{type: string, format: iban, examples: [x]}").contains("examples"));
}
