//! Workflows that are derived from contracts without any: what they call, and what is told of the rest.

use std::path::Path;

use codegen::emit::Crates;
use codegen::source::SourceMap;
use codegen::{derive, generate, read, resolve};
use serde_json::Value;

/// The contracts of the shop without their workflows.
fn shop() -> SourceMap {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut sources = SourceMap::default();
    for (_, file) in read::read_spec(&spec).unwrap().files() {
        if !file.path.contains("/workflows/") {
            sources.add(file.path.clone(), file.text.clone());
        }
    }
    sources
}

fn steps(workflows: &[Value], id: &str) -> Vec<String> {
    let found = workflows.iter().find(|one| one["workflowId"] == id);
    let steps = found.unwrap_or_else(|| panic!("no workflow {id}"))["steps"].as_array().unwrap();
    let called = |step: &Value| {
        let operation = step["operationId"].as_str().unwrap().rsplit('.').next().unwrap();
        format!("{} {operation}", step["stepId"].as_str().unwrap())
    };
    steps.iter().map(called).collect()
}

#[test]
fn a_resource_is_created_read_listed_updated_and_deleted() {
    let system = resolve(&shop()).system.unwrap();
    let derived = derive::derive(&system);
    let workflows = &derived.workflows;
    assert_eq!(
        steps(workflows, "product"),
        ["create createProduct", "read getProduct", "list listProducts", "put replaceProduct"]
    );
    assert_eq!(
        steps(workflows, "product-further"),
        ["create createProduct", "listSales listSales"]
    );
    assert_eq!(
        steps(workflows, "product-removed"),
        ["create createProduct", "delete deleteProduct", "gone getProduct"]
    );
    // The key is the customer's own, and the checkout follows by a link.
    assert_eq!(
        steps(workflows, "basket"),
        ["create putBasket", "read getBasket", "list listBaskets"]
    );
    assert_eq!(
        steps(workflows, "basket-further"),
        ["create putBasket", "checkoutBasket checkoutBasket"]
    );
    let told = derived.notes.join("\n");
    assert!(told.contains("GET /order/{userName} (getOrders) is not called"), "{told}");
    assert!(!told.contains("getProduct"), "{told}");
}

#[test]
fn derived_workflows_fit_their_contracts_and_say_that_they_are_derived() {
    let sources = shop();
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(made.contains("derived: Some(") && !made.contains("is left out"), "{made}");
    let product = files.get("workflows/src/product.rs").unwrap();
    assert!(product.contains("id: \"product.read\""), "{product}");
    assert!(files.get("workflows/derived.arazzo.json").is_some());
    // Without a harness there is no load test, and with workflows of people nothing is derived.
    let none = Crates { harness: None, ..Crates::default() };
    assert!(generate(&sources, &system, &none).get("workflows/src/lib.rs").is_none());
}

#[test]
fn workflows_are_derived_of_contracts_in_a_folder_of_any_name() {
    let mut sources = SourceMap::default();
    for (_, file) in shop().files() {
        sources.add(file.path.replacen("spec/", "contracts/", 1), file.text.clone());
    }
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(!made.contains("is left out"), "{made}");
    let product = files.get("workflows/src/product.rs").unwrap();
    assert!(product.contains("`generated/workflows/derived.arazzo.json#/"), "{product}");
}

/// Rooms of a house: paths below others, which have other names for the same key.
const NESTED: &str = "openapi: 3.0.3
info: {title: Houses, version: '1'}
security: []
paths:
  /houses:
    post: {operationId: build, requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}, responses: {'201': {$ref: '#/components/responses/Made'}}}
  /houses/{id}:
    get: {operationId: house, parameters: [{$ref: '#/components/parameters/id'}], responses: {'200': {$ref: '#/components/responses/Made'}}}
  /houses/{houseId}/rooms:
    parameters: [{name: houseId, in: path, required: true, schema: {type: string, maxLength: 40}}]
    post: {operationId: furnish, requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}, responses: {'201': {$ref: '#/components/responses/Made'}}}
    get: {operationId: rooms, responses: {'204': {description: Nothing.}}}
  /houses/{houseId}/rooms/{id}:
    parameters: [{name: houseId, in: path, required: true, schema: {type: string, maxLength: 40}}, {$ref: '#/components/parameters/id'}]
    get: {operationId: room, responses: {'200': {$ref: '#/components/responses/Made'}}}
    delete: {operationId: clear, responses: {'204': {description: Nothing.}}}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: string, maxLength: 40}}}
  responses: {Made: {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Made'}}}}}
  schemas:
    New: {type: object, required: [color], properties: {color: {type: string, maxLength: 9}}}
    Made: {type: object, required: [id], properties: {id: {type: string, maxLength: 40}}}
";

#[test]
fn what_is_below_another_resource_is_created_after_it() {
    let mut sources = SourceMap::default();
    sources.add("spec/houses/openapi.yaml", NESTED);
    let resolved = resolve(&sources);
    let system = resolved.system.unwrap_or_else(|| panic!("{:?}", resolved.diagnostics));
    let derived = derive::derive(&system);
    let workflows = &derived.workflows;
    assert_eq!(
        steps(workflows, "rooms"),
        ["create-houses build", "create furnish", "read room", "list rooms"]
    );
    assert_eq!(
        steps(workflows, "rooms-removed"),
        ["create-houses build", "create furnish", "delete clear"]
    );
    let rooms = workflows.iter().find(|one| one["workflowId"] == "rooms").unwrap();
    let given = |step: usize, at: usize| rooms["steps"][step]["parameters"][at]["value"].clone();
    assert_eq!(given(1, 0), "$steps.create-houses.outputs.id");
    assert_eq!((given(2, 0), given(2, 1)), (given(1, 0), "$steps.create.outputs.id".into()));
    assert!(derived.notes.iter().any(|note| note.contains("rooms is there after the load")));
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(!made.contains("is left out") && !made.contains("is not called"), "{made}");
}

/// Letters are sent as a form, photos in parts.
const FORMS: &str = "openapi: 3.0.3
info: {title: Post, version: '1'}
security: []
paths:
  /letters:
    post: {operationId: write, requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Letter'}}}}, responses: {'201': {$ref: '#/components/responses/Made'}}}
  /letters/{id}:
    get: {operationId: letter, parameters: [{$ref: '#/components/parameters/id'}], responses: {'200': {$ref: '#/components/responses/Made'}}}
  /photos:
    post: {operationId: show, requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Photo'}}}}, responses: {'201': {$ref: '#/components/responses/Made'}}}
  /photos/{id}:
    get: {operationId: photo, parameters: [{$ref: '#/components/parameters/id'}], responses: {'200': {$ref: '#/components/responses/Made'}}}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: string, maxLength: 40}}}
  responses: {Made: {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Made'}}}}}
  schemas:
    Letter: {type: object, required: [text], properties: {text: {type: string, maxLength: 9}, copies: {type: integer, maximum: 9}}}
    Photo: {type: object, required: [picture], properties: {caption: {type: string, maxLength: 9}, picture: {type: string, format: binary}}}
    Made: {type: object, required: [id], properties: {id: {type: string, maxLength: 40}}}
";

#[test]
fn what_is_created_by_a_form_is_a_resource_too() {
    let mut sources = SourceMap::default();
    sources.add("spec/post/openapi.yaml", FORMS);
    let resolved = resolve(&sources);
    let system = resolved.system.unwrap_or_else(|| panic!("{:?}", resolved.diagnostics));
    let workflows = derive::derive(&system).workflows;
    assert_eq!(steps(&workflows, "letters"), ["create write", "read letter"]);
    assert_eq!(steps(&workflows, "photos"), ["create show", "read photo"]);
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(!made.contains("is left out") && !made.contains("is not called"), "{made}");
}

/// What is created is told by a header alone; parts of it can be changed and not read.
pub(crate) const LOCATED: &str = "openapi: 3.0.3
info: {title: Yard, version: '1'}
security: []
paths:
  /boats:
    post: {operationId: launch, responses: {'201': {description: It., headers: {Location: {schema: {type: string, maxLength: 99}}}}}}
  /boats/{boat}:
    parameters: [{$ref: '#/components/parameters/boat'}]
    get: {operationId: boat, responses: {'200': {description: It., headers: {ETag: {schema: {type: string, maxLength: 9}}}}}}
    delete: {operationId: sink, parameters: [{name: If-Match, in: header, required: true, schema: {type: string, maxLength: 9}}], responses: {'204': {description: Gone.}}}
  /boats/{boat}/sails:
    parameters: [{$ref: '#/components/parameters/boat'}]
    post:
      operationId: sew
      responses:
        '201':
          description: It.
          headers: {X-Sail: {schema: {type: integer, minimum: 1}}}
          links: {cut: {operationId: cut, parameters: {sail: $response.header.X-Sail}}}
  /boats/{boat}/sails/{sail}:
    parameters: [{$ref: '#/components/parameters/boat'}, {name: sail, in: path, required: true, schema: {type: integer, minimum: 1}}]
    put: {operationId: cut, responses: {'204': {description: Done.}}}
    delete: {operationId: burn, responses: {'204': {description: Done.}}}
components:
  parameters: {boat: {name: boat, in: path, required: true, schema: {type: integer, minimum: 1}}}
";

#[test]
fn a_key_is_known_from_headers_and_what_nothing_reads_is_changed_and_deleted() {
    let mut sources = SourceMap::default();
    sources.add("spec/yard/openapi.yaml", LOCATED);
    let resolved = resolve(&sources);
    let system = resolved.system.unwrap_or_else(|| panic!("{:?}", resolved.diagnostics));
    let derived = derive::derive(&system);
    let workflows = &derived.workflows;
    assert_eq!(steps(workflows, "boats"), ["create launch", "read boat"]);
    assert_eq!(
        steps(workflows, "boats-removed"),
        ["create launch", "read boat", "delete sink"],
        "the version is read first"
    );
    assert_eq!(steps(workflows, "sails"), ["create-boats launch", "create sew", "put cut"]);
    assert_eq!(
        steps(workflows, "sails-removed"),
        ["create-boats launch", "create sew", "delete burn"]
    );
    let told = derived.notes.join("\n");
    assert!(
        told.contains("of sails is there after the load is not checked: no operation"),
        "{told}"
    );
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(!made.contains("is left out") && !made.contains("is not called"), "{made}");
    let boats = files.get("workflows/src/boats.rs").unwrap();
    assert!(boats.contains("\"/boats/{boat}\"") && boats.contains("path_part"), "{boats}");
}

#[test]
fn a_system_of_which_nothing_can_be_derived_says_so() {
    let mut sources = SourceMap::default();
    let paths = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nsecurity: []\npaths:\n  /a/{b}:\n    get:\n      operationId: look\n      parameters: [{name: b, in: path, required: true, schema: {type: string, maxLength: 9}}]\n      responses: {'204': {description: Nothing.}}\n";
    sources.add("spec/a/openapi.yaml", paths);
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    let made = files.get("workflows/src/system.rs").unwrap();
    assert!(made.contains("workflows: &[]") && made.contains("(look) is not called"), "{made}");
    assert!(made.contains("use harness::System;"), "nothing is imported that is not used: {made}");
}
