//! Arazzo documents as other people write them, over one service.

use codegen::diag::{Diagnostic, render::render_text};
use codegen::emit::Crates;
use codegen::source::SourceMap;
use codegen::text::FileSet;
use codegen::{Resolved, generate, resolve};

/// A service with a few operations.
const SHOP: &str = "openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /things:
    get:
      operationId: list
      parameters: [{name: 'page[size]', in: query, schema: {type: integer}}]
      responses: {'200': {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
    post:
      operationId: make
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'201': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
  /things/{id}:
    get:
      operationId: read
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties: {id: {type: string}, name: {type: string}, count: {type: integer}, 'a[b]': {type: string}, kind: {type: string, enum: [one, two]}, key: {type: string, format: uuid}}
";

/// The shop with a document of workflows, from `workflows` on.
fn sources(workflows: &str) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", SHOP);
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{workflows}"));
    sources
}

/// One workflow with these inputs and steps.
fn workflow(inputs: &str, steps: &str) -> String {
    format!("workflows:\n  - workflowId: w\n    inputs: {inputs}\n    steps:\n{steps}")
}

/// A step that makes a thing with this payload.
fn makes(payload: &str) -> String {
    format!("      - {{stepId: s, operationId: make, requestBody: {{payload: {payload}}}}}\n")
}

fn line(one: &Diagnostic) -> String {
    let here = Some(one.primary.text.as_str()).filter(|text| !text.is_empty());
    let parts = [one.message.as_str()].into_iter().chain(here);
    let parts = parts.chain(one.help.iter().map(String::as_str));
    format!("{}: {}", one.code, parts.collect::<Vec<_>>().join("; "))
}

fn said(workflows: &str) -> Vec<String> {
    resolve(&sources(workflows)).diagnostics.iter().map(line).collect()
}

fn files(workflows: &str) -> FileSet {
    let sources = sources(workflows);
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    let system = system.unwrap_or_else(|| panic!("{}", render_text(&diagnostics, &sources, false)));
    generate(&sources, &system, &Crates::default())
}

/// The module of the workflow `w`.
fn module(workflows: &str) -> String {
    files(workflows).get("workflows/src/w.rs").unwrap().to_owned()
}

#[test]
fn inputs_are_found_wherever_their_schema_describes_them() {
    let who = "type: object, required: [who], properties: {who: {type: string, minLength: 3}}";
    for inputs in [
        format!("{{{who}}}"),
        format!("{{allOf: [{{{who}}}]}}"),
        "{type: object, properties: {who: {minLength: 3}}, allOf: [{required: [who], properties: {who: {type: string}}}]}".to_owned(),
        format!("{{$ref: '#/components/inputs/Who', {}}}", "properties: {other: {type: string}}"),
        "{type: object, additionalProperties: {type: string, minLength: 3}}".to_owned(),
        "{type: object, oneOf: [{properties: {who: {type: string, minLength: 3}}}, {properties: {other: {type: string}}}]}".to_owned(),
    ] {
        let components = format!("components: {{inputs: {{Who: {{{who}}}}}}}\n");
        let text = workflow(&inputs, &makes("{name: $inputs.who}")) + &components;
        let code = module(&text);
        assert!(code.contains("state.input_who") && code.contains("minLength"), "{inputs}\n{code}");
        // A caller may give it, too.
        let caller = "  - workflowId: caller\n    steps: [{stepId: c, workflowId: w, parameters: [{name: who, value: abc}]}]\n";
        let said = said(&(workflow(&inputs, &makes("{name: $inputs.who}")) + caller + &components));
        assert!(said.iter().all(|one| !one.contains("`who`")), "{inputs}: {said:?}");
    }
}

#[test]
fn an_input_that_nothing_describes_is_told() {
    for inputs in ["{type: object}", "{type: object, additionalProperties: true}"] {
        let said = said(&workflow(inputs, &makes("{name: $inputs.who}")));
        let told = "workflow-unknown: the inputs of `w` do not describe `who`";
        assert!(said.iter().any(|one| one.starts_with(told)), "{inputs}: {said:?}");
    }
    let text = workflow("{properties: {other: {}}}", &makes("{name: $inputs.who}"));
    assert!(said(&text).iter().any(|one| one.contains("there is no input `who`")), "{text}");
    let said = said(&workflow("{allOf: [{type: string}]}", &makes("{name: a}")));
    assert!(said.iter().any(|one| one.contains("must be an object")), "{said:?}");
}

#[test]
fn services_may_be_called_like_the_crates_that_workflows_use() {
    let mut sources = SourceMap::default();
    let mut workflows = String::from("workflows:\n");
    let mut described = vec![];
    for name in ["expect", "expect-service", "harness", "serde-json"] {
        let text = SHOP.replace("/things", &format!("/{name}")).replace("Shop", name);
        sources.add(format!("spec/{name}/openapi.yaml"), text);
        described.push(format!("{{name: {name}, url: ../{name}/openapi.yaml, type: openapi}}"));
        workflows.push_str(&format!(
            "  - workflowId: w-{name}\n    steps: [{{stepId: s, operationId: $sourceDescriptions.{name}.list}}]\n"
        ));
    }
    let head = format!(
        "arazzo: 1.1.0\ninfo: {{title: W, version: '1'}}\nsourceDescriptions: [{}]\n",
        described.join(", ")
    );
    sources.add("spec/workflows/w.arazzo.yaml", head + &workflows);
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    let system = system.unwrap_or_else(|| panic!("{}", render_text(&diagnostics, &sources, false)));
    let files = generate(&sources, &system, &Crates::default());
    for (name, import, call) in [
        ("expect", "use client::expect as expect_service;", "expect_service::List"),
        (
            "expect_service",
            "use client::expect_service as expect_service_service;",
            "expect_service_service::List",
        ),
        ("harness", "use client::harness as harness_service;", "harness_service::List"),
        ("serde_json", "use client::serde_json as serde_json_service;", "serde_json_service::List"),
    ] {
        let code = files.get(&format!("workflows/src/w_{name}.rs")).unwrap();
        assert!(code.contains(import) && code.contains(call), "{code}");
    }
}

#[test]
fn brackets_may_be_part_of_a_name() {
    let list = "      - {stepId: s, operationId: list, parameters: [{name: 'page[size]', in: query, value: '$inputs.page[size]'}]}\n";
    let code =
        module(&workflow("{type: object, properties: {'page[size]': {type: integer}}}", list));
    assert!(code.contains("state.input_page_size"), "{code}");
}

#[test]
fn a_shared_parameter_says_where_it_travels() {
    let text = workflow(
        "{type: object}",
        "      - {stepId: s, operationId: read, parameters: [{name: id, in: path, value: a}, {reference: $components.parameters.page}]}\n",
    ) + "components: {parameters: {page: {name: limit, value: 5}}}\n";
    let said = said(&text);
    assert!(said.iter().any(|one| one.contains("the parameter `limit` has no `in`")), "{said:?}");
}

#[test]
fn a_number_that_is_none_is_told() {
    let load = |load: &str| workflow("{type: object}", &makes("{name: a}")) + load;
    for weight in ["1e400", "-1"] {
        let said = said(&load(&format!("    x-workload: {{weight: {weight}}}\n")));
        assert!(said.iter().any(|one| one.starts_with("workflow-load: a weight")), "{said:?}");
    }
    let skewed =
        "{type: object, properties: {a: {type: string, x-test-data: {values: 3, skew: 1e400}}}}";
    let said_skew = said(&workflow(skewed, &makes("{name: $inputs.a}")));
    assert!(said_skew.iter().any(|one| one.contains("`skew` must be")), "{said_skew:?}");
    let both = said(&load("    x-workload: {before: 3, weight: 1}\n"));
    assert!(both.iter().any(|one| one.contains("`weight` has no effect")), "{both:?}");
    let idle = said(&load("    x-workload: {weight: 0}\n"));
    assert!(idle.iter().any(|one| one.contains("nothing starts `w`")), "{idle:?}");
    let needed = load(
        "    x-workload: {before: 0}\n  - {workflowId: v, dependsOn: [w], steps: [{stepId: s, operationId: list}]}\n",
    );
    assert!(
        said(&needed).iter().any(|one| one.contains("`before: 0` has no effect")),
        "{:?}",
        said(&needed)
    );
}

#[test]
fn a_query_from_the_end_of_a_list_finds_one_value() {
    let selects = |query: &str| {
        let step = format!(
            "      - {{stepId: s, operationId: list, outputs: {{a: {{context: $response.body, selector: '{query}', type: jsonpath}}}}}}\n"
        );
        said(&workflow("{type: object}", &step))
    };
    assert!(selects("$[-1].name").iter().all(|one| !one.contains("several values")));
    assert!(selects("$[-1:].name").iter().any(|one| one.contains("several values")));
    // An output that selects from nothing is no text.
    let step = "      - {stepId: s, operationId: list, outputs: {a: {context: '', selector: $.a, type: jsonpath}}}\n";
    let said = said(&workflow("{type: object}", step));
    assert!(said.iter().any(|one| one.starts_with("workflow-expression")), "{said:?}");
}

#[test]
fn inputs_are_held_against_their_places() {
    let with = |input: &str, place: &str| {
        let inputs = format!("{{type: object, properties: {{a: {input}}}}}");
        said(&workflow(&inputs, &makes(&format!("{{name: a, {place}: $inputs.a}}"))))
    };
    for (input, place, part) in [
        ("{enum: [a, b]}", "key", "no value of the input `a` fits"),
        ("{type: string, format: date}", "key", "no value of the input `a` fits"),
        ("{enum: [one, three]}", "kind", "the value \"three\" of the input `a`"),
        ("{const: three}", "kind", "no value of the input `a` fits"),
        ("{type: string, maxLength: 2, x-test-data: unique}", "name2", "the unique values of `a`"),
    ] {
        let place = if place == "name2" { "id" } else { place };
        let said = with(input, place);
        assert!(said.iter().any(|one| one.contains(part)), "{input}: {said:?}");
    }
    let fine = with("{enum: [one, two]}", "kind");
    assert!(fine.iter().all(|one| !one.contains("input `a`")), "{fine:?}");
    let outside = "{type: string, x-test-data: {file: ../../../etc/names.csv}}";
    let said = with(outside, "id");
    assert!(said.iter().any(|one| one.contains("in the folder of contracts")), "{said:?}");
}

#[test]
fn a_range_of_media_types_is_what_the_body_takes() {
    let mut sources = SourceMap::default();
    let text = SHOP.replace(
        "requestBody: {required: true, content: {application/json:",
        "requestBody: {required: true, content: {'*/*':",
    );
    sources.add("spec/shop/openapi.yaml", text);
    for (kind, fits) in
        [("*/*", true), ("application/*", true), ("application/json", true), ("text/*", false)]
    {
        let mut all = sources.clone();
        let step = format!(
            "      - {{stepId: s, operationId: make, requestBody: {{contentType: '{kind}', payload: {{name: a}}}}}}\n"
        );
        let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
        all.add(
            "spec/workflows/w.arazzo.yaml",
            format!("{head}{}", workflow("{type: object}", &step)),
        );
        let said: Vec<String> = resolve(&all).diagnostics.iter().map(line).collect();
        let is_refused = said.iter().any(|one| one.starts_with("workflow-body"));
        assert_eq!(is_refused, !fits, "{kind}: {said:?}");
    }
}

/// What is said of a value for the whole query, with this schema, and the code of its step where nothing is wrong.
fn whole_query(schema: &str, value: &str) -> Result<String, Vec<String>> {
    let mut sources = SourceMap::default();
    let form = format!("content: {{application/x-www-form-urlencoded: {{schema: {schema}}}}}");
    let text = SHOP.replace("openapi: 3.1.0", "openapi: 3.2.0").replace(
        "{name: 'page[size]', in: query, schema: {type: integer}}",
        &format!("{{name: q, in: querystring, {form}}}"),
    );
    sources.add("spec/shop/openapi.yaml", text);
    let argument = format!("{{name: q, in: querystring, value: {value}}}");
    let step = format!("      - {{stepId: s, operationId: list, parameters: [{argument}]}}\n");
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
    let inputs = "{type: object, properties: {cat: {type: string}}}";
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{}", workflow(inputs, &step)));
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    let system = system.ok_or_else(|| diagnostics.iter().map(line).collect::<Vec<_>>())?;
    let files = generate(&sources, &system, &Crates::default());
    Ok(files.get("workflows/src/w.rs").unwrap().to_owned())
}

#[test]
fn the_whole_query_is_an_object_or_its_text() {
    let flat = "{type: object, properties: {cat: {type: string}, min: {type: integer}}}";
    let deep = "{type: object, properties: {cat: {type: object, properties: {a: {type: string}}}}}";
    for (schema, value) in [
        // One property is written as itself, the other as JSON.
        (flat, "{cat: a}"),
        (deep, "{cat: {a: x}}"),
        (flat, "'cat=a&min=5'"),
        (flat, "'cat={$inputs.cat}&min=5'"),
        (flat, "'{\"cat\": \"a\"}'"),
    ] {
        let code = whole_query(schema, value).unwrap_or_else(|said| panic!("{value}: {said:?}"));
        assert!(code.contains("typed_form(") && code.contains("\"cat\""), "{code}");
    }
    let said = whole_query(flat, "$inputs.cat").unwrap_err();
    assert!(said[0].contains("'name={$inputs.name}&…'"), "{said:?}");
    let said = whole_query(flat, "'min=x'").unwrap_err();
    assert!(said[0].starts_with("workflow-value: "), "{said:?}");
}

/// The load test makes up what a mock takes.
#[test]
fn http_authentication_is_known_by_its_scheme() {
    let mut sources = SourceMap::default();
    let staff = "components:\n  securitySchemes: {staff: {type: http, scheme: basic}}\n";
    let text = SHOP.replacen("components:\n", staff, 1);
    let text = text.replacen("paths:", "security: [{staff: []}]\npaths:", 1);
    sources.add("spec/shop/openapi.yaml", text);
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
    let flow = workflow("{type: object}", "      - {stepId: s, operationId: list}\n");
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{flow}"));
    let system = resolve(&sources).system.unwrap();
    let files = generate(&sources, &system, &Crates::default());
    let code = files.get("workflows/src/system.rs").unwrap();
    assert!(code.contains("Scheme::Http {") && code.contains("scheme: \"Basic\""), "{code}");
}

/// What other validators take, and what it means here.
#[test]
fn the_parts_of_a_query_and_parameters_for_nobody_are_told() {
    let of = |keys: &str| {
        let step = format!("      - {{stepId: s, operationId: list, {keys}}}\n");
        let inputs = "{type: object, properties: {n: {type: integer}}}";
        let sources = sources(&workflow(inputs, &step));
        let Resolved { system, diagnostics, .. } = resolve(&sources);
        let code = system.map(|system| {
            let files = generate(&sources, &system, &Crates::default());
            files.get("workflows/src/w.rs").unwrap().to_owned()
        });
        let said = diagnostics.iter().map(line).filter(|one| one.starts_with("workflow-"));
        (said.collect::<Vec<_>>(), code)
    };
    let whole =
        |value| of(&format!("parameters: [{{name: all, in: querystring, value: {value}}}]"));
    let (said, code) = whole("'page[size]={$inputs.n}'");
    assert!(said.len() == 1 && said[0].starts_with("workflow-notation: `list` has no"), "{said:?}");
    assert!(code.unwrap().contains("page_size"));
    let (said, code) = whole("'pages=5'");
    assert!(said[1].contains("no query parameter `pages`") && code.is_none(), "{said:?}");
    let again = "onFailure: [{name: again, type: retry, parameters: [{name: n, value: 1}]}]";
    let (said, code) = of(again);
    assert!(said.len() == 1 && said[0].contains("so they have no effect"), "{said:?}");
    assert!(code.is_some());
}

#[test]
fn a_text_with_expressions_is_held_against_its_parameter() {
    let said = |schema: &str, value: &str| {
        let mut sources = SourceMap::default();
        let text = SHOP.replace("schema: {type: integer}}]\n      responses: {'200': {description: d, content: {application/json: {schema: {type: array", &format!("{schema}}}]\n      responses: {{'200': {{description: d, content: {{application/json: {{schema: {{type: array"));
        assert!(text.contains(schema));
        sources.add("spec/shop/openapi.yaml", text);
        let argument = format!("{{name: 'page[size]', in: query, value: '{value}'}}");
        let step = format!("      - {{stepId: s, operationId: list, parameters: [{argument}]}}\n");
        let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
        let inputs = "{type: object, properties: {i: {type: integer}}}";
        sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{}", workflow(inputs, &step)));
        let all = resolve(&sources).diagnostics;
        all.iter()
            .filter(|one| one.severity == codegen::diag::Severity::Error)
            .map(line)
            .collect::<Vec<_>>()
    };
    let list = "schema: {type: array, items: {type: integer}}";
    assert_eq!(said(list, "{$inputs.i}"), [""; 0]);
    assert_eq!(said(list, "[{$inputs.i}, 4]"), [""; 0]);
    assert!(
        said(list, "{$inputs.i},4")[0].contains("a string"),
        "{:?}",
        said(list, "{$inputs.i},4")
    );
    assert_eq!(said("schema: {type: integer}", "1{$inputs.i}"), [""; 0]);
    assert!(!said("schema: {type: integer}", "a{$inputs.i}").is_empty());
    let deep =
        "style: deepObject, explode: true, schema: {type: object, properties: {x: {type: string}}}";
    let found = said(deep, "x={$inputs.i}&y=4");
    assert!(found[0].contains("{name: $inputs.name}"), "{found:?}");
}

#[test]
fn an_operation_path_is_a_route() {
    let found = |paths: &str, pointer: &str| {
        let mut sources = SourceMap::default();
        let (head, _) = SHOP.split_once("paths:").unwrap();
        sources.add("spec/shop/openapi.yaml", format!("{head}{paths}"));
        sources.add(
            "spec/shop/b.yaml",
            "post: {operationId: put, responses: {'204': {description: d}}}\n",
        );
        let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\n";
        let path = format!("'{{$sourceDescriptions.shop.url}}#{pointer}'");
        let id = "{name: id, in: path, value: a}";
        let parameters =
            if pointer.contains("id") { format!(", parameters: [{id}]") } else { String::new() };
        let step = format!("      - {{stepId: s, operationPath: {path}{parameters}}}\n");
        sources.add(
            "spec/workflows/w.arazzo.yaml",
            format!("{head}{}", workflow("{type: object}", &step)),
        );
        let all = resolve(&sources).diagnostics;
        all.iter().filter(|one| one.code.starts_with("workflow")).map(line).collect::<Vec<_>>()
    };
    let get = "get: {operationId: get, responses: {'204': {description: d}}}";
    let paths = format!(
        "paths:\n  /a: {{$ref: '#/components/pathItems/A'}}\n  /b: {{$ref: './b.yaml'}}\n  /o/{{id}}: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {}}}\ncomponents: {{pathItems: {{A: {{{get}}}}}}}\n",
        get.replace("operationId: get", "operationId: one")
    );
    for pointer in [
        "/paths/~1a/get",
        "/paths/~1b/post",
        "/paths/~1o~1{id}/get",
        "/paths/~1o~1%7Bid%7D/get",
        "/components/pathItems/A/get",
    ] {
        assert_eq!(found(&paths, pointer), [""; 0], "{pointer}");
    }
    let said = found(&paths, "/paths/~1a/post");
    assert!(said[0].contains("did you mean `/paths/~1b/post`?"), "{said:?}");
    assert!(found(&paths, "/paths/~1b")[0].contains("#/paths/~1b/post"));
}

/// The shop with a message that tells of each thing.
fn with_events(workflows: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", SHOP);
    sources.add("spec/defaults.yaml", "events: {bus: Events, source: 'com.{service}'}\n");
    let events = "asyncapi: 3.0.0\ninfo: {title: Shop, version: 1.0.0}\nchannels:\n  made: {messages: {Made: {correlationId: {location: '$message.payload#/id'}, payload: {type: object, required: [id], properties: {id: {type: string}}}}, Lost: {payload: {type: object, required: [thing], properties: {name: {type: string}, thing: {type: string}}}}}}\noperations:\n  tell: {action: send, channel: {$ref: '#/channels/made'}, messages: [{$ref: '#/channels/made/messages/Made'}]}\n  lose: {action: send, channel: {$ref: '#/channels/made'}, messages: [{$ref: '#/channels/made/messages/Lost'}]}\n";
    sources.add("spec/shop/asyncapi.yaml", events);
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}, {name: events, url: ../shop/asyncapi.yaml, type: asyncapi}]\n";
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{workflows}"));
    let all = resolve(&sources).diagnostics;
    all.iter().filter(|one| one.code.starts_with("workflow")).map(line).collect()
}

#[test]
fn actions_for_all_steps_apply_where_their_criteria_can_hold() {
    let steps = |actions: &str, others: &str| {
        format!(
            "workflows:\n  - workflowId: w\n    {actions}\n    inputs: {{type: object, properties: {{id: {{type: string}}}}}}\n    steps:\n{others}      - {{stepId: told, operationId: $sourceDescriptions.events.tell, action: receive, correlationId: $inputs.id}}\n"
        )
    };
    let make = "      - {stepId: make, operationId: $sourceDescriptions.shop.make, requestBody: {payload: {name: a}}}\n";
    let busy =
        "failureActions: [{name: busy, type: retry, criteria: [{condition: $statusCode == 503}]}]";
    let done = "successActions: [{name: done, type: end, criteria: [{condition: $response.body#/count == 0}]}]";
    for actions in [busy, done] {
        assert_eq!(with_events(&steps(actions, make)), [""; 0], "{actions}");
    }
    // Where no step has a response, that is told.
    let said = with_events(&steps(busy, ""));
    assert!(said.iter().any(|one| one.contains("`busy` is never taken")), "{said:?}");
    // What a step with a response does not have stays an error.
    let wrong = done.replace("count", "cuont");
    assert!(with_events(&steps(&wrong, make)).iter().any(|one| one.contains("`cuont`")));
}

#[test]
fn the_place_of_a_correlation_that_is_missing_is_one_of_the_payload() {
    let text = "workflows:\n  - workflowId: w\n    steps: [{stepId: told, operationId: $sourceDescriptions.events.lose, action: receive, correlationId: a}]\n";
    let said = with_events(text);
    assert!(said.iter().any(|one| one.ends_with("$message.payload#/thing")), "{said:?}");
}

#[test]
fn a_promise_is_owed_before_it_is_kept() {
    let step = |promise: &str| {
        workflow(
            "{type: object}",
            &format!(
                "      - {{stepId: make, operationId: make, requestBody: {{payload: {{name: a}}}}, outputs: {{id: $response.body#/id}}}}\n      - {{stepId: look, operationId: read, parameters: [{{name: id, in: path, value: $steps.make.outputs.id}}], x-promise: {{key: $steps.make.outputs.id, id: /id, {promise}}}}}\n"
            ),
        )
    };
    assert!(said(&step("step: make")).iter().all(|one| !one.starts_with("workflow-promise")));
    for (promise, part) in [
        ("step: look", "does not run before"),
        ("equals: ''", "`equals` is empty"),
        ("createdAt: /kind", "`createdAt` leads to a value that is not a time"),
    ] {
        let said = said(&step(promise));
        assert!(said.iter().any(|one| one.contains(part)), "{promise}: {said:?}");
    }
}

#[test]
fn links_read_what_there_is() {
    let with = |link: &str| {
        let mut sources = SourceMap::default();
        let links = format!("responses: {{'201': {{description: d, links: {{l: {{{link}}}}},");
        let text = SHOP.replace("responses: {'201': {description: d,", &links);
        sources.add("spec/shop/openapi.yaml", text);
        let all = resolve(&sources).diagnostics;
        let found = all.iter().filter(|one| one.code.starts_with("link-")).map(line);
        found.collect::<Vec<_>>()
    };
    let fine = "operationId: read, parameters: {path.id: $response.body#/id}";
    assert_eq!(with(fine), [""; 0]);
    for (link, part) in [
        ("operationId: read, parameters: {id: $response.body#/idd}", "has no `idd`"),
        ("operationId: read, parameters: {id: $respose.body#/id}", "`$response`"),
        ("operationId: read, parameters: {id: $response.body/id}", "begins with `#`"),
        ("operationId: read, parameters: {id: $response.header.ETag}", "`ETag`"),
        ("operationId: read, parameters: {id: $request.query.x}", "no query parameter `x`"),
        ("operationId: read, parameters: {query.id: $response.body#/id}", "no such parameter"),
        ("operationId: read, parameters: {limit: 3}", "does not set `id`"),
        ("description: Reads it.", "names no operation"),
    ] {
        let said = with(link);
        assert!(said.iter().any(|one| one.contains(part)), "{link}: {said:?}");
    }
}
