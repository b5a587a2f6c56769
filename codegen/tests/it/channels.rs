//! Messages and workflows as a load test knows them: who may send a message, its version, and ids that are unlike.

use codegen::diag::{Diagnostic, render::render_text};
use codegen::emit::Crates;
use codegen::source::SourceMap;
use codegen::text::FileSet;
use codegen::{generate, resolve};

/// A service with one operation that makes a thing.
const REST: &str = "openapi: 3.1.0
info: {title: S, version: '1'}
paths:
  /things:
    post:
      operationId: make
      responses: {'200': {description: d, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}, status: {type: string}}}}}}}
components: {schemas: {Key: {type: string, format: uuid, example: 7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11}}}
";

/// A message with these further keys, and these further properties.
fn message(name: &str, keys: &str, properties: &str) -> String {
    format!(
        "{name}: {{{keys}correlationId: {{location: '$message.payload#/id'}}, payload: {{type: object, required: [id], properties: {{id: {{type: string}}{properties}}}}}}}"
    )
}

/// An AsyncAPI document of one channel with these messages and operations.
fn events(messages: &[String], operations: &str) -> String {
    let messages = messages.join(", ");
    format!(
        "asyncapi: 3.0.0\ninfo: {{title: S, version: 1.0.0}}\nchannels:\n  all: {{messages: {{{messages}}}}}\noperations:\n{operations}"
    )
}

/// An operation on that channel with one message.
fn operation(id: &str, action: &str, message: &str, keys: &str) -> String {
    format!(
        "  {id}: {{action: {action}, {keys}channel: {{$ref: '#/channels/all'}}, messages: [{{$ref: '#/channels/all/messages/{message}'}}]}}\n"
    )
}

/// A workflow document over the service `shop`.
fn arazzo(workflows: &str) -> String {
    format!(
        "arazzo: 1.1.0\ninfo: {{title: W, version: '1'}}\nsourceDescriptions: [{{name: shop, url: ../shop/openapi.yaml, type: openapi}}, {{name: ev, url: ../shop/asyncapi.yaml, type: asyncapi}}]\n{workflows}"
    )
}

/// One workflow of these steps, in flow style, one a line.
fn workflow(steps: &[&str]) -> String {
    let steps: String = steps.iter().map(|step| format!("      - {{{step}}}\n")).collect();
    arazzo(&format!("workflows:\n  - workflowId: w\n    steps:\n{steps}"))
}

const MAKE: &str =
    "stepId: make, operationId: $sourceDescriptions.shop.make, outputs: {id: $response.body#/id}";

fn receive(step: &str, operation: &str, keys: &str) -> String {
    format!(
        "stepId: {step}, operationId: $sourceDescriptions.ev.{operation}, action: receive, correlationId: $steps.make.outputs.id{keys}"
    )
}

fn sources(files: &[(&str, &str)]) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", REST);
    sources.add(
        "spec/defaults.yaml",
        "events: {bus: Events, source: 'com.{service}', detailType: '{service}.{message}'}\n",
    );
    for (path, text) in files {
        sources.add(*path, *text);
    }
    sources
}

fn files(sources: &SourceMap) -> FileSet {
    let resolved = resolve(sources);
    let said = render_text(&resolved.diagnostics, sources, false);
    let system = resolved.system.unwrap_or_else(|| panic!("{said}"));
    generate(sources, &system, &Crates::default())
}

fn file(sources: &SourceMap, name: &str) -> String {
    files(sources).get(&format!("workflows/src/{name}.rs")).unwrap().to_owned()
}

fn said(sources: &SourceMap) -> Vec<String> {
    let line = |one: &Diagnostic| format!("{}: {}; {}", one.code, one.message, one.help.join(" "));
    let all = resolve(sources).diagnostics;
    all.iter().filter(|one| one.code.starts_with("workflow")).map(line).collect()
}

#[test]
fn a_message_of_any_source_is_received_and_cannot_be_sent() {
    let events = events(
        &[message("Paid", "", "")],
        &operation("onPaid", "receive", "Paid", "x-external: true, "),
    );
    let with = |step: &str| {
        let flow = workflow(&[MAKE, step]);
        sources(&[("spec/shop/asyncapi.yaml", &events), ("spec/workflows/w.arazzo.yaml", &flow)])
    };
    let received = file(&with(&receive("paid", "onPaid", "")), "system");
    assert!(received.contains("source: None"), "{received}");
    let send = "stepId: pay, operationId: $sourceDescriptions.ev.onPaid, action: send, requestBody: {payload: {id: a}}";
    let said = said(&with(send));
    let refused = "workflow-target: `Paid` may come from any source, so it cannot be sent";
    assert!(said.iter().any(|one| one.starts_with(refused)), "{said:?}");
    assert!(said.iter().any(|one| one.contains("x-amazon-events-source: …")), "{said:?}");
}

#[test]
fn versions_of_an_event_are_told_apart() {
    let version = |number| format!(", version: {{type: integer, enum: [{number}]}}");
    let versioned = |name: &str, keys: &str, number| {
        message(name, keys, &version(number)).replace("required: [id]", "required: [id, version]")
    };
    let of = "x-amazon-events-detail-type: Placed, ";
    let events = events(
        &[versioned("Placed", of, 1), versioned("PlacedV2", of, 2)],
        &[operation("one", "send", "Placed", ""), operation("two", "send", "PlacedV2", "")]
            .concat(),
    );
    let flow = workflow(&[MAKE, &receive("told", "two", "")]);
    let sources =
        sources(&[("spec/shop/asyncapi.yaml", &events), ("spec/workflows/w.arazzo.yaml", &flow)]);
    let system = file(&sources, "system");
    assert!(system.contains("version: Some(1)") && system.contains("version: Some(2)"), "{system}");
}

#[test]
fn messages_of_two_services_have_ids_of_their_own() {
    let events = events(&[message("Placed", "", "")], &operation("tell", "send", "Placed", ""));
    let flow = workflow(&[MAKE, &receive("told", "tell", "")]);
    let sources = sources(&[
        ("spec/shop/asyncapi.yaml", &events),
        ("spec/bank/asyncapi.yaml", &events),
        ("spec/workflows/w.arazzo.yaml", &flow),
    ]);
    let system = file(&sources, "system");
    for id in ["id: \"shop.Placed\"", "id: \"bank.Placed\""] {
        assert!(system.contains(id), "{id}: {system}");
    }
}

#[test]
fn workflows_of_two_documents_have_ids_of_their_own() {
    let events = events(&[message("Placed", "", "")], &operation("tell", "send", "Placed", ""));
    let flow = workflow(&[MAKE, &receive("told", "tell", "")]);
    let sources = sources(&[
        ("spec/shop/asyncapi.yaml", &events),
        ("spec/workflows/one.arazzo.yaml", &flow),
        ("spec/workflows/two.arazzo.yaml", &flow),
    ]);
    for (module, id) in [("w", "one.w"), ("w_2", "two.w")] {
        let code = file(&sources, module);
        assert!(code.contains(&format!("id: \"{id}\"")), "{code}");
        assert!(code.contains(&format!("id: \"{id}.told\"")), "{code}");
    }
}

/// The shop, where it tells of a thing that was made, with these steps after the one that makes it.
fn flow(make: &str, steps: &[&str]) -> SourceMap {
    let status = message("Placed", "", ", status: {type: string}");
    let other = message("Refused", "", "");
    let operations =
        [operation("tell", "send", "Placed", ""), operation("refuse", "send", "Refused", "")];
    let events = events(&[status, other], &operations.concat());
    let first = format!("{MAKE}{make}");
    let steps: Vec<&str> = std::iter::once(first.as_str()).chain(steps.iter().copied()).collect();
    let flow = workflow(&steps);
    sources(&[("spec/shop/asyncapi.yaml", &events), ("spec/workflows/w.arazzo.yaml", &flow)])
}

const DONE: &str = ", onSuccess: [{name: done, type: end, criteria: [{condition: \"$response.body#/status == 'DONE'\"}]}]";

#[test]
fn a_promise_is_owed_where_the_way_leads_to_its_step() {
    let told = receive("told", "tell", "");
    let always = file(&flow("", &[&told]), "w");
    assert!(always.contains("visit.accept(told_debt"), "{always}");
    // The step's own action ends the workflow: nothing is owed then.
    let sources = flow(DONE, &[&told]);
    assert_eq!(said(&sources), [""; 0]);
    let code = file(&sources, "w");
    let (before, after) = code.split_once("return Ok(Next::End);").unwrap();
    assert!(!before.contains("visit.accept") && after.contains("visit.accept(told_debt"), "{code}");
    // A step in between may end it.
    let between = "stepId: look, operationId: $sourceDescriptions.shop.make";
    let sources = flow(
        "",
        &[&format!("{between}{DONE}"), &told.replace("told,", "told, x-promise: {step: make},")],
    );
    assert!(file(&sources, "w").contains("visit.accept(told_debt"));
    let sources = flow("", &[&format!("{between}{DONE}"), &told]);
    let found = said(&sources);
    assert!(
        found[0].starts_with("workflow-unpromised: ")
            && found[0].ends_with("x-promise: {step: make}"),
        "{found:?}"
    );
    assert!(!file(&sources, "w").contains("visit.accept"));
}

#[test]
fn a_message_without_which_a_step_goes_elsewhere_is_not_owed() {
    let told = receive("told", "tell", ", onFailure: [{name: ask, type: goto, stepId: poll}]");
    let poll = "stepId: poll, operationId: $sourceDescriptions.shop.make";
    let sources = flow("", &[&told, poll]);
    assert!(said(&sources)[0].contains("the step says what to do without one"));
    assert!(!file(&sources, "w").contains("visit.accept"));
    // Trying again is no other way.
    let again = told.replace("type: goto, stepId: poll", "type: retry, retryLimit: 2");
    assert!(file(&flow("", &[&again, poll]), "w").contains("visit.accept(told_debt"));
}

#[test]
fn steps_share_the_messages_of_a_channel() {
    let plain =
        file(&flow("", &[&receive("paid", "tell", ""), &receive("shipped", "tell", "")]), "w");
    for share in ["Share { after: 0, is_last: false }", "Share { after: 1, is_last: true }"] {
        assert!(plain.contains(share), "{share}: {plain}");
    }
    let when = |status: &str| {
        format!(", successCriteria: [{{condition: \"$message.payload#/status == '{status}'\"}}]")
    };
    let (paid, shipped) =
        (receive("paid", "tell", &when("PAID")), receive("shipped", "tell", &when("SHIPPED")));
    let told = file(&flow("", &[&paid, &shipped]), "w");
    assert!(told.contains("keeps: Some(|payload| equal(") && !told.contains("Share"), "{told}");
    // Another message is nobody's share.
    let two = [receive("paid", "tell", ""), receive("refused", "refuse", "")];
    assert!(!file(&flow("", &[&two[0], &two[1]]), "w").contains("Share"));
}

#[test]
fn what_an_attempt_left_is_forgotten_before_the_next() {
    let keys = ", timeout: 5, successCriteria: [{condition: \"$message.payload#/status == 'PAID'\"}], onFailure: [{name: again, type: retry, retryLimit: 3}, {name: other, type: end, criteria: [{condition: \"$message.payload#/status == 'LOST'\"}]}]";
    let code = file(&flow("", &[&receive("told", "tell", keys)]), "w");
    let (_, attempt) = code.split_once("async {").unwrap();
    assert!(attempt.trim_start().starts_with("payload = Value::Null;"), "{code}");
}

#[test]
fn failures_that_lead_to_each_other_are_told() {
    let to = |step: &str, to: &str| {
        format!(
            "stepId: {step}, operationId: $sourceDescriptions.shop.make, onFailure: [{{name: on, type: goto, stepId: {to}}}]"
        )
    };
    let found = said(&flow("", &[&to("a", "z"), &to("z", "a")]));
    assert!(found.iter().any(|one| one.contains("that never ends: `a` → `z` → `a`")), "{found:?}");
    let found = said(&flow("", &[&to("b", "b")]));
    assert!(found.iter().any(|one| one.contains("`b` → `b`")), "{found:?}");
    // What a workflow does after each step does not lead from a step to itself.
    let steps = "      - {stepId: a, operationId: $sourceDescriptions.shop.make}\n      - {stepId: tidy, operationId: $sourceDescriptions.shop.make}\n";
    let text = arazzo(&format!(
        "workflows:\n  - workflowId: w\n    failureActions: [{{name: tidy, type: goto, stepId: tidy}}]\n    steps:\n{steps}"
    ));
    let events = events(&[message("Placed", "", "")], &operation("tell", "send", "Placed", ""));
    let sources =
        sources(&[("spec/shop/asyncapi.yaml", &events), ("spec/workflows/w.arazzo.yaml", &text)]);
    assert_eq!(said(&sources), [""; 0]);
}

#[test]
fn parameters_of_a_workflow_are_inputs_of_those_that_it_calls() {
    let sub = "  - workflowId: sub\n    inputs: {type: object, required: [id], properties: {id: {type: string}}}\n    steps:\n      - {stepId: s, operationId: $sourceDescriptions.shop.make}\n";
    let with = |parameters: &str, own: &str| {
        let text = arazzo(&format!(
            "workflows:\n  - workflowId: w\n    parameters: {parameters}\n    steps:\n      - {{stepId: call, workflowId: sub{own}}}\n{sub}"
        ));
        let events = events(&[message("Placed", "", "")], &operation("tell", "send", "Placed", ""));
        sources(&[("spec/shop/asyncapi.yaml", &events), ("spec/workflows/w.arazzo.yaml", &text)])
    };
    let given = with("[{name: id, in: path, value: o1}]", "");
    assert_eq!(said(&given), [""; 0]);
    assert!(file(&given, "w").contains("vec![(\"id\", json!(\"o1\"))]"), "{}", file(&given, "w"));
    // A place of the step's own has no effect.
    let own = with("[]", ", parameters: [{name: id, in: path, value: o1}]");
    assert!(said(&own)[0].starts_with("workflow-notation: `id` is an input"), "{:?}", said(&own));
    assert!(file(&own, "w").contains("vec![(\"id\", json!(\"o1\"))]"));
    // One that nothing takes is told.
    let none = with("[{name: other, in: path, value: o1}]", "");
    assert!(
        said(&none).iter().any(|one| one.contains("no step of `w` uses the parameter `other`"))
    );
}

#[test]
fn a_string_of_a_condition_has_no_expressions() {
    let when = |text: &str| {
        let make =
            format!(", successCriteria: [{{condition: \"$response.body#/status == '{text}'\"}}]");
        said(&flow(&make, &[&receive("told", "tell", "")]))
    };
    assert_eq!(when("DONE"), [""; 0]);
    assert_eq!(when("a {b} $5"), [""; 0]);
    let whole = when("{$statusCode}");
    assert!(
        whole[0].starts_with("workflow-literal: ")
            && whole[0].ends_with("write `$statusCode` without quotes and braces"),
        "{whole:?}"
    );
    assert!(when("is $inputs.want")[0].contains("type: regex"));
}

/// What is owed is counted by its key.
#[test]
fn a_key_that_several_runs_have_is_told() {
    let events = events(&[message("Told", "", "")], &operation("tell", "send", "Told", ""));
    let said_of = |key: &str, inputs: &str| {
        let told = receive("told", "tell", "").replace("$steps.make.outputs.id", key);
        let flow = workflow(&[MAKE, &told]).replacen(
            "    steps:",
            &format!("    inputs: {{type: object, properties: {{{inputs}}}}}\n    steps:"),
            1,
        );
        let files =
            [("spec/shop/asyncapi.yaml", &*events), ("spec/workflows/w.arazzo.yaml", &flow)];
        said(&sources(&files)).into_iter().filter(|one| one.starts_with("workflow-key-")).collect()
    };
    let none: [String; 0] = [];
    let start = |one: Vec<String>| one.first().map(|one| one.split(',').next().unwrap().to_owned());
    for (key, inputs, n) in [
        ("$inputs.a", "a: {type: string, enum: [x, y]}", "has only 2 different values"),
        ("$inputs.a", "a: {type: string, maxLength: 2}", "has only 676 different values"),
        (
            "$inputs.a",
            "a: {type: string, x-test-data: {values: 50}}",
            "has only 50 different values",
        ),
        ("$inputs.a", "a: {type: string, const: x}", "is the same in each run"),
        ("'{$inputs.a}-1'", "a: {type: integer}", "has only 1000 different values"),
    ] {
        let found = start(said_of(key, inputs));
        assert_eq!(found, Some(format!("workflow-key-repeats: `$inputs.a` {n}")), "{inputs}");
    }
    let fixed = start(said_of("always", ""));
    assert_eq!(fixed.as_deref(), Some("workflow-key-repeats: the key is the same in each run"));
    for (key, inputs) in [
        ("$inputs.a", "a: {type: string, x-test-data: unique}"),
        // The only example is the contract's, and others are drawn.
        ("$inputs.a", "a: {$ref: '../shop/openapi.yaml#/components/schemas/Key'}"),
        ("$inputs.a", "a: {type: string, maxLength: 40}"),
        ("'{$inputs.b}-{$inputs.a}'", "a: {type: string}, b: {type: string, enum: [x]}"),
        ("$steps.make.outputs.id", ""),
    ] {
        assert_eq!(said_of(key, inputs), none, "{inputs}");
    }
}
