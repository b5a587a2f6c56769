//! Criteria and correlations of workflows that never hold, and what a step sends beside what the typed client does.

use codegen::emit::Crates;
use codegen::source::SourceMap;
use codegen::{Resolved, generate, resolve};

const OPENAPI: &str = "openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /a:
    get:
      operationId: list
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
    patch:
      operationId: change
      requestBody: {content: {'application/*': {schema: {$ref: '#/components/schemas/Item'}}}}
      responses: {'204': {description: d}}
    post:
      operationId: add
      responses: {'201': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}
components:
  schemas:
    Page: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Item'}}}}
    Item: {type: object, required: [id, name], properties: {id: {type: string, format: uuid}, name: {type: string}, n: {type: integer}, at: {type: string, format: date-time}}}
";

const ASYNCAPI: &str = "asyncapi: 3.0.0
info: {title: Shop, version: '1'}
channels:
  c:
    messages:
      Added: {x-amazon-events-source: shop, correlationId: {location: '$message.payload#/key'}, payload: {type: object, required: [key], properties: {key: {type: string, format: uuid}}}}
operations:
  hear: {action: receive, channel: {$ref: '#/channels/c'}, x-external: true}
";

/// A workflow with these inputs and steps.
fn sources(inputs: &str, steps: &str) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/defaults.yaml", "events: {bus: Events, source: 'com.{service}'}\n");
    sources.add("spec/shop/openapi.yaml", OPENAPI);
    sources.add("spec/shop/asyncapi.yaml", ASYNCAPI);
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions:\n  - {name: shop, url: ../shop/openapi.yaml, type: openapi}\n  - {name: bus, url: ../shop/asyncapi.yaml, type: asyncapi}\nworkflows:\n  - workflowId: w\n";
    let inputs = format!("    inputs: {{type: object, properties: {{{inputs}}}}}\n    steps:\n");
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{inputs}{steps}"));
    sources
}

/// What is said of the workflow in its document.
fn said(sources: &SourceMap) -> Vec<String> {
    let found = resolve(sources).diagnostics.into_iter();
    let own = found.filter(|one| sources.file(one.primary.span.file).path.contains("/workflows/"));
    own.map(|one| format!("{}: {}", one.code, one.message)).collect()
}

/// What is said of a criterion of a step that calls an operation.
fn of_criterion(operation: &str, criterion: &str) -> Vec<String> {
    let call = format!("operationId: $sourceDescriptions.shop.{operation}");
    said(&sources("", &format!("      - {{stepId: s, {call}, successCriteria: [{criterion}]}}\n")))
}

fn of_query(path: &str) -> Vec<String> {
    let criterion = format!("{{context: $response.body, type: jsonpath, condition: \"{path}\"}}");
    of_criterion("list", &criterion)
}

#[test]
fn a_filter_that_asks_for_what_nothing_has_is_told() {
    let nothing = |path: &str, name: &str| {
        format!(
            "criterion-never-holds: the filter of `{path}` finds nothing: no value that it looks at has `{name}`"
        )
    };
    for (path, name) in [
        ("$[?count(@.nope) > 0]", "nope"),
        ("$.items[?@.nope == 1]", "nope"),
        ("$.items[?@.id == 'a' && @.no.way]", "no"),
    ] {
        assert_eq!(of_query(path), [nothing(path, name)]);
    }
    for path in ["$.items[?@.n == 1]", "$[?@[0].id == 'a']", "$.items[?@.name == '@.nope']"] {
        assert_eq!(of_query(path), [""; 0], "{path}");
    }
}

/// Other tools put the value into a list before they look for something in it.
#[test]
fn a_filter_of_an_object_that_means_the_object_is_read_so() {
    let read = |path: &str| {
        format!(
            "workflow-notation: the filter of `{path}` is read as one of the object itself, as some tools do"
        )
    };
    let with_input = "$[?@.items[0].id == '{$inputs.id}']";
    let criterion = |path: &str| {
        let call = "operationId: $sourceDescriptions.shop.list";
        let criterion =
            format!("{{context: $response.body, type: jsonpath, condition: \"{path}\"}}");
        sources(
            "id: {type: string}",
            &format!("      - {{stepId: s, {call}, successCriteria: [{criterion}]}}\n"),
        )
    };
    for path in ["$[?count(@.items) > 0]", "$[?@.items]", with_input] {
        let sources = criterion(path);
        assert_eq!(said(&sources), [read(path)]);
        let system = resolve(&sources).system.unwrap();
        let files = generate(&sources, &system, &Crates::default());
        let code = files.get("workflows/src/w.rs").unwrap();
        assert!(
            code.contains("&json!([answer.body_value()])") || code.contains("&json!(["),
            "{code}"
        );
    }
    // What some member has is asked of the members.
    let sources = criterion("$[?@[0].id == 'a']");
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    assert!(!files.get("workflows/src/w.rs").unwrap().contains("json!(["));
}

#[test]
fn a_selector_below_all_inputs_leads_to_one_of_them() {
    let call = "operationId: $sourceDescriptions.shop.list";
    let of = |selector: &str, kind: &str| {
        let output = format!("{{context: $inputs, selector: '{selector}', type: {kind}}}");
        said(&sources(
            "id: {type: object, properties: {a: {type: string}}}",
            &format!("      - {{stepId: s, {call}, outputs: {{a: {output}}}}}\n"),
        ))
    };
    let read = "workflow-notation: `context: $inputs` is not a notation of Arazzo, although some tools accept it";
    assert_eq!(of("$.id.a", "jsonpath"), [read]);
    assert_eq!(of("/id/a", "jsonpointer"), [read]);
    assert!(of("$.id.b", "jsonpath").iter().any(|one| one.starts_with("workflow-unknown: ")));
    assert!(of("$..id", "jsonpath")[0].starts_with("workflow-expression: `$inputs` is not"));
    // The selector names what does not exist, and the context does not.
    let output = "{context: $inputs, selector: '$.id.b', type: jsonpath}";
    let sources = sources(
        "id: {type: object, properties: {a: {type: string}}}",
        &format!("      - {{stepId: s, {call}, outputs: {{a: {output}}}}}\n"),
    );
    let found = resolve(&sources).diagnostics;
    let found = found.iter().find(|one| one.code == "workflow-unknown").unwrap().primary.span;
    let text = &sources.file(found.file).text[found.start as usize..found.end as usize];
    assert_eq!(text.trim_matches('\''), "$.id.b");
}

/// Nobody passes another value than the one that the workflow gives.
#[test]
fn a_default_of_an_input_is_its_value() {
    let code = |input: &str| {
        let steps = "      - {stepId: s, operationId: $sourceDescriptions.shop.list}\n";
        let sources = sources(&format!("a: {{{input}}}"), steps);
        let system = resolve(&sources).system.unwrap();
        let files = generate(&sources, &system, &Crates::default());
        files.get("workflows/src/w.rs").unwrap().to_owned()
    };
    assert!(code("type: string, default: bob").contains(r#""examples":["bob"]"#));
    for other in [", enum: [bob, eve]", ", example: eve", ", x-test-data: {values: 9}"] {
        let code = code(&format!("type: string, default: bob{other}"));
        assert!(!code.contains(r#"["bob"]"#), "{other}: {code}");
    }
}

#[test]
fn a_request_that_its_step_does_not_send_is_told() {
    let simple = |operation, condition: &str| {
        of_criterion(operation, &format!("{{condition: \"{condition}\"}}"))
    };
    let none = "workflow-unknown: the request of `list` has no body";
    assert_eq!(simple("list", "$request.body#/a == 1"), [none]);
    let limit = "criterion-never-holds: `$request.query.limit` is always null: the step sends no query parameter `limit`";
    assert_eq!(simple("list", "$request.query.limit == 5"), [limit]);
    let body = "criterion-never-holds: `$request.body#/n` is always null: the step sends no body";
    assert_eq!(simple("change", "$request.body#/n == 5"), [body]);
    let method = "workflow-criterion: `$method` is `GET`, which never equals 'POST'";
    assert_eq!(simple("list", "$method == 'POST'"), [method]);
    assert_eq!(simple("list", "$method == 'get'"), [""; 0]);
    let zero = "workflow-unknown: `$response.body#/items/01/id` does not exist: there is no `01`";
    assert_eq!(simple("list", "$response.body#/items/01/id == 'a'"), [zero]);
    assert_eq!(simple("list", "$response.body#/items/10/id == 'a'"), [""; 0]);
}

#[test]
fn an_output_that_a_failed_step_does_not_set_is_told() {
    let add = "      - {stepId: add, operationId: $sourceDescriptions.shop.add, outputs: {n: $response.body#/n}, onFailure: [{name: on, type: goto, stepId: list}]}\n";
    let list = "      - {stepId: list, operationId: $sourceDescriptions.shop.list, parameters: [{name: limit, in: query, value: $steps.add.outputs.n}]}\n";
    let expected =
        "criterion-never-holds: `$steps.add.outputs.n` is null when `add` failed and led here";
    assert_eq!(said(&sources("", &format!("{add}{list}"))), [expected]);
    let elsewhere = add.replace("stepId: list}", "stepId: add}");
    assert!(said(&sources("", &format!("{elsewhere}{list}"))).iter().all(|one| one != expected));
}

#[test]
fn an_expression_in_the_place_of_a_pattern_is_told() {
    let pattern = "{context: $response.body, type: regex, condition: '$response.body#/name'}";
    let found = of_criterion("add", pattern);
    let expected = "workflow-criterion: `$response.body#/name` is an expression, and matches nothing as a pattern: `$` is the end of a text";
    assert_eq!(found, [expected]);
}

#[test]
fn a_correlation_by_another_form_than_the_messages_is_an_error() {
    let heard = |key: &str| {
        let add = "      - {stepId: add, operationId: $sourceDescriptions.shop.add, outputs: {id: $response.body#/id, name: $response.body#/name, n: $response.body#/n, at: $response.body#/at}}\n";
        let hear = format!(
            "      - {{stepId: hear, operationId: $sourceDescriptions.bus.hear, action: receive, correlationId: {key}}}\n"
        );
        said(&sources(
            "u: {type: string, x-test-data: unique}, t: {type: string}",
            &format!("{add}{hear}"),
        ))
    };
    let differs = |key: &str, given: &str| {
        vec![format!("workflow-value: `{key}` is {given}, but a UUID is expected")]
    };
    for (key, given) in [
        ("$steps.add.outputs.n", "a number"),
        ("$steps.add.outputs.at", "a date-time"),
        ("$inputs.u", "a unique name"),
    ] {
        assert_eq!(heard(key), differs(key, given));
    }
    for key in ["$steps.add.outputs.id", "$steps.add.outputs.name", "$inputs.t"] {
        assert_eq!(heard(key), [""; 0], "{key}");
    }
}

#[test]
fn a_header_of_all_steps_that_none_declares_names_the_operations() {
    let steps = "      - {stepId: s, operationId: $sourceDescriptions.shop.add}\n    parameters: [{name: X-Trace, in: header, value: a}]\n";
    let expected = "workflow-extra-header: no operation that `w` calls declares the header `X-Trace`, which is sent with each request nevertheless";
    assert_eq!(said(&sources("", steps)), [expected]);
}

#[test]
fn a_body_is_sent_as_the_media_type_that_the_step_names() {
    let code = |media_type: &str| {
        let step = format!(
            "      - {{stepId: s, operationId: $sourceDescriptions.shop.change, requestBody: {{contentType: {media_type}, payload: {{id: 5c3b1a9e-7d0a-4b55-8a3c-2c1d5f2d7f10, name: a}}}}}}\n"
        );
        let sources = sources("", &step);
        let Resolved { system, diagnostics, .. } = resolve(&sources);
        let system = system.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let files = generate(&sources, &system, &Crates::default());
        files.get("workflows/src/w.rs").unwrap().split_whitespace().collect::<String>()
    };
    let patch = code("application/merge-patch+json");
    assert!(patch.contains(".sent_as(\"application/merge-patch+json\")"), "{patch}");
    assert!(!code("application/json").contains("sent_as"));
}

#[test]
fn a_query_that_is_made_of_values_tells_what_it_came_to() {
    let step = "      - {stepId: s, operationId: $sourceDescriptions.shop.list, successCriteria: [{context: $response.body, type: jsonpath, condition: \"$.items[?@.name == '{$inputs.t}']\"}]}\n";
    let sources = sources("t: {type: string}", step);
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    let code = files.get("workflows/src/w.rs").unwrap();
    assert!(code.contains("check_query("), "{code}");
}
