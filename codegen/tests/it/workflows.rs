//! Arazzo documents: what is read, and every single fault that is told, with its place and what to write.
//!
//! `tests/cases/workflows` holds contracts that are right. Each fault is one change of them, and what is said of it stands
//! in `faults.txt` beside them; `UPDATE_EXPECTED=1` writes that anew.

use std::path::{Path, PathBuf};

use codegen::diag::{Diagnostic, Severity, render::render_text};
use codegen::emit::Crates;
use codegen::model::{ActionKind, Goto, System, Target};
use codegen::source::SourceMap;
use codegen::{Resolved, generate, read, resolve};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/workflows")
}

/// The contracts with a piece of the workflows replaced by another, in the first document that has it.
fn with(from: &str, to: &str) -> SourceMap {
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    let documents = ["lending.arazzo.yaml", "find.arazzo.yaml"];
    let has = |document: &&&str| {
        spec.files().any(|(_, file)| file.path.ends_with(**document) && file.text.contains(from))
    };
    let changed = documents.iter().find(has).unwrap_or_else(|| panic!("nowhere stands `{from}`"));
    changed_in(&spec, changed, |text| text.replacen(from, to, 1))
}

/// The contracts with one document changed.
pub(crate) fn changed_in(
    spec: &SourceMap,
    document: &str,
    change: impl Fn(&str) -> String,
) -> SourceMap {
    let mut sources = SourceMap::default();
    for (_, source) in spec.files() {
        let is_it = source.path.ends_with(document);
        let text = if is_it { change(&source.text) } else { source.text.clone() };
        sources.add(source.path.clone(), text);
    }
    sources
}

fn right() -> System {
    let sources = read::read_spec(&folder().join("spec")).unwrap();
    let resolved = resolve(&sources);
    let said = render_text(&resolved.diagnostics, &sources, false);
    assert!(said.is_empty(), "{said}");
    resolved.system.unwrap()
}

/// The module that a workflow of the changed contracts comes to.
pub(crate) fn emitted(sources: &SourceMap, workflow: &str) -> String {
    let system = resolve(sources).system.unwrap();
    let files = generate(sources, &system, &Crates::default());
    files.get(&format!("workflows/src/{workflow}.rs")).unwrap().to_owned()
}

#[test]
fn a_retry_runs_another_step_first_and_makes_its_request_anew() {
    let code = emitted(&with("retryLimit: 3\n", "retryLimit: 3\n      stepId: find\n"), "lending");
    let (_, lend) = code.split_once("pub async fn lend(").unwrap();
    let (before, after) = lend.split_once("loop {").unwrap();
    assert!(before.contains("Tries::default()") && after.contains("loans::Lend::new("), "{lend}");
    assert!(
        after.contains("Some(0) => {") && after.contains("Box::pin(find(visit, state)).await?")
    );
}

#[test]
fn a_retry_may_not_lead_back_to_its_own_step() {
    let to =
        |step: &str| with("retryLimit: 3\n", &format!("retryLimit: 3\n      stepId: {step}\n"));
    let plain = emitted(&to("lend"), "lending");
    assert!(!plain.contains("Tries::default()"), "one that names its own step is a plain retry");
    let circle = changed_in(&to("back"), "lending.arazzo.yaml", |text| {
        let again = "onFailure: [{name: again, type: retry, stepId: lend}]";
        text.replace("- stepId: back\n", &format!("- stepId: back\n        {again}\n"))
    });
    let resolved = resolve(&circle);
    let said = |way: &str| resolved.diagnostics.iter().any(|one| one.message.contains(way));
    assert!(said("`lend` → `back` → `lend`") && said("`back` → `lend` → `back`"));
}

#[test]
fn a_step_has_the_outputs_of_the_workflow_that_it_calls() {
    let (from, to) = ("        outputs: {book: $outputs.book}\n", "");
    let sources = with(from, to);
    let resolved = resolve(&sources);
    let said: Vec<_> = resolved.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(said, ["workflow-notation"], "{:?}", resolved.diagnostics);
    let code = emitted(&sources, "lending");
    assert!(code.contains("state.find_book = named(&outputs, \"book\").clone();"), "{code}");

    // The step itself is named for it, too.
    let own = with(from, "        outputs: {book: $steps.find.outputs.book}\n");
    let resolved = resolve(&own);
    let said: Vec<_> = resolved.diagnostics.iter().map(|one| one.help.join(" ")).collect();
    assert_eq!(said, ["write `$outputs.book`"], "{:?}", resolved.diagnostics);
    assert_eq!(emitted(&own, "lending"), code);
}

/// The emitted code of a step that has a credential of its own, and the system's, for a scheme of security.
fn with_credential(scheme: &str, argument: &str) -> [String; 2] {
    let own = "value: '{$steps.lend.outputs.loan#/id}'}]";
    let sources = with(own, &own.replace("'}]", &format!("'}}, {argument}]")));
    let secured = changed_in(&sources, "openapi.yaml", |text| {
        let schemes = format!("components:\n  securitySchemes: {{staff: {scheme}}}\n");
        let text = text.replace("components:\n", &schemes);
        text.replace(
            "operationId: return\n",
            "operationId: return\n      security: [{staff: []}]\n",
        )
    });
    ["lending", "system"].map(|module| emitted(&secured, module))
}

#[test]
fn a_credential_that_is_not_spelt_out_may_be_replaced() {
    let code = |value: &str| {
        let argument = format!("{{name: Authorization, in: header, value: {value}}}");
        let [code, _] = with_credential("{type: http, scheme: bearer}", &argument);
        code
    };
    let found = code("'Bearer {$steps.lend.outputs.loan#/note}'");
    assert!(found.contains(".credential(") && found.contains("\"authorization\""), "{found}");
    let spelt = code("Bearer none");
    assert!(!spelt.contains(".credential(") && spelt.contains("\"authorization\""), "{spelt}");
}

#[test]
fn api_keys_are_sent_where_the_contract_has_them() {
    for place in ["query", "cookie", "header"] {
        let scheme = format!("{{type: apiKey, in: {place}, name: staff-key}}");
        let argument =
            format!("{{name: staff-key, in: {place}, value: $steps.lend.outputs.loan#/note}}");
        let [code, system] = with_credential(&scheme, &argument);
        let carrier = match place {
            "query" => "Carrier::Query",
            "cookie" => "Carrier::Cookie",
            _ => "Carrier::Header",
        };
        let plain = |code: &str| code.split_whitespace().collect::<String>();
        assert!(plain(&code).contains(&format!(".credential({carrier},\"staff-key\"")), "{code}");
        assert!(
            plain(&system).contains(&format!("carrier:{carrier},name:\"staff-key\"")),
            "{system}"
        );
    }
}

#[test]
fn a_step_waits_for_any_of_several_messages() {
    let both = changed_in(
        &with(
            "operationId: $sourceDescriptions.events.publishLent",
            "channelPath: '{$sourceDescriptions.events.url}#/channels/bus'",
        ),
        "asyncapi.yaml",
        |text| {
            text.replace("detail-type: Returned\n", "detail-type: Returned\n      correlationId: {location: '$message.payload#/loan'}\n").replace(
            "required: [loan]\n        properties: {loan: {type: integer, format: int64}}",
            "required: [loan]\n        properties: {loan: {type: integer, format: int64}, reader: {type: string, maxLength: 40}}",
        )
        },
    );
    let code = emitted(&both, "lending");
    assert!(code.contains("receive_any(") && code.contains("KeptBy::OneOf("), "{code}");
    assert!(code.contains("&[&LENT_CHANNEL, &RETURNED_CHANNEL]"), "{code}");
}

#[test]
fn what_other_tools_accept_is_read_with_a_warning() {
    let said = |from: &str, to: &str| {
        let resolved = resolve(&with(from, to));
        assert!(resolved.system.is_some(), "{from} -> {to}: {:?}", resolved.diagnostics);
        resolved
            .diagnostics
            .iter()
            .map(|one| format!("{}: {}", one.code, one.help.join(" ")))
            .collect::<Vec<_>>()
    };
    let lend = "workflow-notation: write `$sourceDescriptions.loans.lend`";
    assert_eq!(said("$sourceDescriptions.loans.lend", "loans.lend"), [lend]);
    let path = "'{$sourceDescriptions.loans.url}#/paths/~1loans~1{loan}/delete'";
    let proper = format!("workflow-notation: write `{path}`");
    for other in ["$sourceDescriptions.loans", "loans"] {
        let written = format!("'{other}#/paths/~1loans~1{{loan}}/delete'");
        assert_eq!(said(path, &written), [proper.as_str()]);
    }
    let quotes = "workflow-notation: write `'open'`";
    assert_eq!(
        said("$response.body#/state == 'open'", "'$response.body#/state == \"open\"'"),
        [quotes]
    );
    let query = "{condition: \"$.state == 'open'\", context: $response.body, type: jsonpath}";
    let proper = "workflow-notation: write `$response.body#/state == 'open'` without `type`";
    assert_eq!(
        said(
            "condition: $response.body#/state == 'open'",
            &query[1..query.len() - 1].replace(", ", "\n            ")
        ),
        [proper]
    );
    let workflow = "workflow-notation: write `$sourceDescriptions.find.find`";
    assert_eq!(
        said("$sourceDescriptions.find.find", "$sourceDescriptions.find.workflows.find"),
        [workflow]
    );
    assert_eq!(
        said("operationId: $sourceDescriptions.loans.list", "operationId: list"),
        ["workflow-notation: write `$sourceDescriptions.loans.list`"]
    );
    let literal = "workflow-literal: write `$inputs.title`";
    assert_eq!(said("value: $inputs.title}", "value: inputs.title}"), [literal]);
    let header = "workflow-extra-header: declare it as a parameter of the operation, or remove it";
    let book = "{name: loan, in: path, value: $steps.lend.outputs.loan#/id}]\n        dependsOn";
    let added = book.replace("}]", "}, {name: X-Tenant, in: header, value: a}]");
    assert_eq!(said(book, &added), [header]);
    assert_eq!(said("name: X-Trace", "name: Internal-Key"), [header]);
    let output = "workflow-notation: write `$steps.lend.outputs.loan#/id`";
    assert_eq!(
        said(
            "$steps.lend.outputs.loan#/id}]\n        dependsOn",
            "$steps.lend.loan#/id}]\n        dependsOn"
        ),
        [output]
    );
    let fixed = "workflow-notation: an output is an expression like `$response.body#/id`";
    for value in ["open", "2", "null"] {
        assert_eq!(said("state: $response.body#/state", &format!("state: {value}")), [fixed]);
    }
    let plural = "workflow-notation: write `$response.header.Content-Type`";
    let state = "          state: $response.body#/state\n";
    let kind = format!("{state}          kind: $response.headers.Content-Type\n");
    assert_eq!(said(state, &kind), [plural]);
    let flags = "workflow-notation: write `(?i:^B-[0-9]+$)`";
    assert_eq!(said("'^b-[0-9]+$'", "'(?i)^B-[0-9]+$'"), [flags]);
    let other = "workflow-notation: a visit whose value cannot be converted fails; declare the type that is expected";
    for days in ["$inputs.title", "$steps.find.outputs.book#/title"] {
        assert_eq!(said("/days, value: 7", &format!("/days, value: {days}")), [other]);
    }
    let version = "version: draft-goessner-dispatch-jsonpath-00";
    let proper = format!("workflow-notation: write `type: {{type: jsonpath, {version}}}`");
    let (from, to) = (
        "{context: $response.body, type: jsonpath",
        format!("{{context: $response.body, type: jsonpath, {version}"),
    );
    assert_eq!(said(from, &to), [proper]);
}

#[test]
fn what_the_standard_and_its_readers_have_is_read() {
    let fine = |from: &str, to: &str| {
        let resolved = resolve(&with(from, to));
        let said = &resolved.diagnostics;
        assert!(resolved.system.is_some() && said.is_empty(), "{from} -> {to}: {said:?}");
    };
    // The version of JSONPath that Arazzo 1.0 names.
    let draft = "type: {type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}";
    fine("selector: '$.items[0]', type: jsonpath", &format!("selector: '$.items[0]', {draft}"));
    fine(
        "arazzo: 1.1.0\n",
        "arazzo: 1.1.0\n$schema: https://spec.openapis.org/arazzo/1.1/schema/x\n",
    );
    // A header that every response has.
    let state = "          state: $response.body#/state\n";
    fine(state, &format!("{state}          kind: $response.header.Content-Type\n"));
    // A way below an output, without a pointer.
    fine("'{$steps.lend.outputs.loan#/id}'", "'{$steps.lend.outputs.loan.id}'");
}

/// The thirteen faults that other tools mostly miss.
const KNOWN: [(&str, &str, &str); 13] = [
    ("a misspelt key", "successCriteria:", "succesCriteria:"),
    ("no such operation", "$sourceDescriptions.loans.lend", "$sourceDescriptions.loans.lent"),
    ("no such source", "$sourceDescriptions.loans.lend", "$sourceDescriptions.loan.lend"),
    ("a missing step", "$steps.lend.outputs.loan#/id", "$steps.lent.outputs.loan#/id"),
    ("a missing output", "$steps.lend.outputs.loan#/id", "$steps.lend.outputs.lone#/id"),
    ("a missing input", "value: $inputs.title}", "value: $inputs.titel}"),
    (
        "a missing parameter",
        "parameters: [{name: loan, in: path, value: $steps.lend.outputs.loan#/id}]",
        "parameters: []",
    ),
    ("a forward reference", "reader: $inputs.reader", "reader: $steps.back.outputs.state"),
    ("= for ==", "$statusCode == 201", "$statusCode = 201"),
    ("goto nowhere", "            stepId: look\n", "            stepId: loook\n"),
    (
        "action on a request",
        "- stepId: lend\n        operationId",
        "- stepId: lend\n        action: send\n        operationId",
    ),
    (
        "a correlation on a send",
        "action: send\n",
        "action: send\n        correlationId: $inputs.reader\n",
    ),
    ("a doubled step", "- stepId: look\n", "- stepId: lend\n"),
];

/// Every other fault.
const OTHERS: &[(&str, &str, &str)] = &[
    (
        "an input of another workflow",
        "{context: $workflows.stock.outputs.book#/id,",
        "{context: $workflows.stock.inputs.book,",
    ),
    ("`$self` of a document without one", "state: $response.body#/state\n", "state: $self\n"),
    ("a URL before there is a request", "reader: $inputs.reader", "reader: $url"),
    ("a request that is made of itself", "reader: $inputs.reader", "reader: $request.body#/book"),
    ("a replacement in no place", "{target: /days, value: 7}", "{target: /days/0, value: 7}"),
    (
        "a replacement of nothing that there is",
        "{target: /days, value: 7}",
        "{target: /dayz, value: 7}",
    ),
    (
        "a selector that leads nowhere",
        "selector: '$.items[0]', type",
        "selector: '$.itemz[0]', type",
    ),
    ("a query that begins nowhere", "'$.items[0].id'", "'$.itemz[?@.id]'"),
    ("no time for a step", "timeout: 2000", "timeout: 0"),
    (
        "a step that leads to itself",
        "        outputs:\n          state: $response.body#/state\n",
        "        onSuccess: [{name: on, type: goto, stepId: back}]\n",
    ),
    (
        "a component that leads to no step",
        "components:\n  parameters",
        "components:\n  successActions: {on: {name: on, type: goto, stepId: nowhere}}\n  parameters",
    ),
    (
        "an order among different kinds",
        "$inputs.kept == 0",
        "$inputs.reader == 'a' || $statusCode > 'abc'",
    ),
    (
        "an action of a workflow that is wrong for one of its steps",
        "    parameters:\n      - reference: $components.parameters.trace\n",
        "    failureActions: [{name: no, type: end, criteria: [{condition: $response.body#/state == 'x'}]}]\n",
    ),
    ("no such workflow", "$sourceDescriptions.find.find", "$sourceDescriptions.find.fund"),
    ("a misspelt kind of components", "  failureActions:\n    busy", "  failureAction:\n    busy"),
    ("no such component", "$components.failureActions.busy", "$components.failureActions.buzy"),
    (
        "a component of another kind",
        "reference: $components.failureActions.busy",
        "reference: $components.parameters.trace",
    ),
    ("a misspelt word of an expression", "$response.body#/state", "$respons.body#/state"),
    ("a property that no answer has", "$response.body#/state", "$response.body#/stat"),
    ("a property of an error", "$response.body#/state", "$response.body#/title"),
    (
        "a property that no message has",
        "$message.payload#/reader == $inputs.reader",
        "$message.payload#/readr == $inputs.reader",
    ),
    (
        "a header of an event",
        "$message.payload#/reader == $inputs.reader",
        "$message.header.reader == $inputs.reader",
    ),
    (
        "a parameter in another place",
        "{name: loan, in: path, value: $steps",
        "{name: loan, in: query, value: $steps",
    ),
    (
        "a parameter that nobody knows",
        "{name: book, in: query, value: $inputs.title}",
        "{name: bok, in: query, value: $inputs.title}",
    ),
    (
        "a parameter without a place",
        "{name: book, in: query, value: $inputs.title}",
        "{name: book, value: $inputs.title}",
    ),
    (
        "a doubled parameter",
        "{name: book, in: query, value: $inputs.title}",
        "{name: book, in: query, value: a}, {name: book, in: query, value: b}",
    ),
    (
        "an input that a workflow does not have",
        "{name: title, value: $inputs.title}",
        "{name: titel, value: $inputs.title}",
    ),
    (
        "an input that a workflow needs",
        "parameters: [{name: title, value: $inputs.title}]",
        "parameters: []",
    ),
    ("a shared parameter that no step takes", "name: X-Trace", "name: X-Track"),
    ("a field that a body does not have", "days: 14", "weeks: 2"),
    ("a field that a body needs", "            book: $steps.find.outputs.book#/id\n", ""),
    ("a value of another type", "/days, value: 7", "/days, value: fourteen"),
    ("a value out of range", "/days, value: 7", "/days, value: 400"),
    ("a value that is none of those allowed", "kind: paper", "kind: papier"),
    ("an expression of another type", "/days, value: 7", "/days, value: $inputs.reader"),
    (
        "a body of an operation without one",
        "operationId: find\n",
        "operationId: find\n        requestBody: {payload: {}}\n",
    ),
    (
        "no body for an operation with one",
        "          payload:\n            reader: $inputs.reader\n            book: $steps.find.outputs.book#/id\n            kind: paper\n            days: 14\n          replacements:\n            - {target: /days, value: 7}\n",
        "",
    ),
    ("another media type", "contentType: application/json", "contentType: application/xml"),
    ("a replacement nowhere", "target: /days", "target: /day"),
    ("a status that is not declared", "$statusCode == 201", "$statusCode == 200"),
    ("a string in double quotes without an end", "== 'open'", "== \"open"),
    ("a value that is never equal", "== 'open'", "== 'opened'"),
    (
        "a number that is never a string",
        "$response.body#/state == 'open'",
        "$response.body#/id == true",
    ),
    ("an operator too many", "$statusCode == 201", "$statusCode === 201"),
    ("a parenthesis too many", "$statusCode == 201", "($statusCode == 201"),
    ("a pattern that is none", "'^b-[0-9]+$'", "'^b-[0-9+$'"),
    ("a query that is none", "$.items[0].id", "$.items[0"),
    ("a comparison in the place of a query", "'$.items[0].id'}", "\"$.items[*].id == 'b'\"}"),
    ("a query that leads nowhere", "$.items[0].id", "$.items[0].ids"),
    ("XPath", "type: jsonpath", "type: xpath"),
    (
        "a criterion without context",
        "{context: $response.body, type: jsonpath, condition",
        "{type: jsonpath, condition",
    ),
    (
        "an empty list of criteria",
        "successCriteria:\n          - condition: $message.payload#/reader == $inputs.reader",
        "successCriteria: []",
    ),
    ("a workflow that comes too early", "    dependsOn: [stock]\n", ""),
    ("a circle of steps", "dependsOn: [lend]", "dependsOn: [look]"),
    ("a circle of workflows", "dependsOn: [stock]", "dependsOn: [lending]"),
    ("a step that depends on nothing there", "dependsOn: [lend]", "dependsOn: [lent]"),
    ("a step by an expression", "dependsOn: [lend]", "dependsOn: [$steps.lend]"),
    (
        "a correlation that no message declares",
        "operationId: $sourceDescriptions.events.publishLent",
        "operationId: $sourceDescriptions.events.publishReturned",
    ),
    ("no action", "        action: receive\n", ""),
    ("an action that is none", "action: receive", "action: recieve"),
    ("no such channel", "#/channels/shelf", "#/channels/shelv"),
    ("no such path", "#/paths/~1loans~1{loan}/delete", "#/paths/~1loan~1{loan}/delete"),
    ("two targets", "channelPath: ", "operationId: publishLent\n        channelPath: "),
    ("no target", "operationId: $sourceDescriptions.loans.lend\n", "description: Nothing.\n"),
    (
        "a body of a step that receives",
        "action: receive\n",
        "action: receive\n        requestBody: {payload: {}}\n",
    ),
    (
        "a source that is no document",
        "../loans/openapi.yaml, type: openapi",
        "../loans/nothing.yaml, type: openapi",
    ),
    (
        "a source on another host",
        "../loans/openapi.yaml, type: openapi",
        "https://example.org/loans.yaml, type: openapi",
    ),
    (
        "a source of another type",
        "../loans/openapi.yaml, type: openapi",
        "../loans/openapi.yaml, type: asyncapi",
    ),
    (
        "criteria that are no list",
        "successCriteria:\n          - condition: $message.payload#/reader == $inputs.reader\n",
        "successCriteria: none\n",
    ),
    ("a doubled source", "{name: events,", "{name: loans,"),
    ("a doubled workflow", "workflowId: lending", "workflowId: stock"),
    ("an action with a key of another", "type: retry", "type: end"),
    (
        "an action that is never taken",
        "        onSuccess:\n",
        "        onSuccess:\n          - {name: over, type: end}\n",
    ),
    ("an output without its sign", "state: $response.body#/state", "state: response.body#/state"),
    (
        "a response in the outputs of a workflow",
        "loan: $steps.lend.outputs.loan",
        "loan: $response.body",
    ),
    (
        "an expression with a brace that is not closed",
        "'{$sourceDescriptions.loans.url}#/paths",
        "'{$sourceDescriptions.loans.url#/paths",
    ),
    ("a key of 1.1 in 1.0", "arazzo: 1.1.0", "arazzo: 1.0.1"),
    ("a version that is not read", "arazzo: 1.1.0", "arazzo: 2.0.0"),
    ("an id that expressions cannot name", "- stepId: look\n", "- stepId: lo.ok\n"),
    ("a promise of no step", "x-promise: {step: lend,", "x-promise: {step: borrow,"),
    ("a promise without a key", "key: $steps.lend.outputs.loan#/id, id", "id"),
    (
        "a promise on a step that sends",
        "action: send\n",
        "action: send\n        x-promise: {step: lend}\n",
    ),
    (
        "a promise of a message under a key",
        "timeout: 5000\n",
        "timeout: 5000\n        x-promise: {key: $inputs.reader}\n",
    ),
    ("a promise whose things have no such id", "id: /id, equals", "id: /number, equals"),
    (
        "a promise whose things are no part of the answer",
        "id: /id, equals",
        "items: $inputs.reader, id: /id, equals",
    ),
    (
        "a promise whose request knows more than the key",
        "key: $steps.lend.outputs.loan#/id, id",
        "key: $inputs.reader, id",
    ),
    (
        "a promise that is listed by what needs a key",
        "id: /id, equals",
        "list: {operationId: $sourceDescriptions.loans.look, key: /id}, id: /id, equals",
    ),
    ("a look back at nothing", "after: lending", "after: stock"),
    ("a look back at nobody", "after: lending", "after: lend"),
    ("a look back with a weight", "after: lending", "after: lending, weight: 2"),
    ("a look back with an input that nobody gives", "        kept: {type", "        slept: {type"),
    ("data that mean nothing", "x-test-data: unique", "x-test-data: {unique: true, skew: 1}"),
];

fn first_error(found: &[Diagnostic]) -> Option<&Diagnostic> {
    found.iter().find(|one| one.severity == Severity::Error)
}

#[test]
fn every_single_fault_is_told() {
    let (mut said, mut missed) = (String::new(), vec![]);
    for (name, from, to) in KNOWN.iter().chain(OTHERS) {
        let sources = with(from, to);
        let resolved = resolve(&sources);
        let Some(error) = first_error(&resolved.diagnostics) else {
            missed.push(*name);
            continue;
        };
        assert!(resolved.system.is_none(), "{name}");
        let path = &sources.file(error.primary.span.file).path;
        assert!(path.contains("/workflows/"), "{name}: {path}");
        said.push_str(&format!(
            "== {name}\n{}\n",
            render_text(&resolved.diagnostics, &sources, false)
        ));
    }
    assert!(missed.is_empty(), "nothing is said of: {missed:?}");
    let file = folder().join("faults.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &said).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    for (found, expected) in said.split("== ").zip(expected.split("== ")) {
        assert_eq!(found, expected);
    }
    assert_eq!(said.len(), expected.len());
}

#[test]
fn every_key_that_is_misspelt_is_told() {
    let text =
        std::fs::read_to_string(folder().join("spec/workflows/lending.arazzo.yaml")).unwrap();
    let key = regex::Regex::new(r"(?m)^[ -]*([a-zA-Z]{5,}):").unwrap();
    // Names of the workflow's own: inputs, outputs, fields of payloads and components.
    let own = ["reader", "title", "trace", "state", "outcome"];
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    let mut n_keys = 0;
    for found in key.captures_iter(&text) {
        let found = found.get(1).unwrap();
        if own.contains(&found.as_str()) {
            continue;
        }
        n_keys += 1;
        let mut wrong = text.clone();
        wrong.replace_range(found.range(), &format!("{}x", found.as_str()));
        let sources = changed_in(&spec, "lending.arazzo.yaml", |_| wrong.clone());
        let resolved = resolve(&sources);
        let line = text[..found.start()].lines().count() + 1;
        let errors = resolved.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let lines: Vec<u32> = errors.map(|one| sources.position(one.primary.span).line).collect();
        assert!(!lines.is_empty(), "`{}x` in line {line} is not told", found.as_str());
    }
    assert!(n_keys > 30, "{n_keys}");
}

#[test]
fn right_workflows_are_read_with_everything_that_they_say() {
    let system = right();
    let ids: Vec<&str> = system.workflow_list().iter().map(|one| one.id.wire.as_str()).collect();
    assert_eq!(ids, ["find", "stock", "lending", "shelved", "old"]);
    let lending = &system.workflow_list()[2];
    let steps: Vec<&str> = lending.steps.iter().map(|step| step.id.wire.as_str()).collect();
    assert_eq!(steps, ["find", "lend", "told", "look", "back", "shelve"]);
    assert_eq!(lending.depends_on, [1]);
    assert!(matches!(lending.steps[0].target, Target::Workflow(0)));
    assert!(matches!(&lending.steps[2].target, Target::Receive(messages) if messages.len() == 1));
    assert_eq!(lending.steps[2].timeout_ms, Some(5000));
    let retry = &lending.steps[1].on_failure[0];
    assert!(matches!(retry.kind, ActionKind::Retry { after_ms: 250, limit: 3, first: None }));
    let goto = &lending.steps[1].on_success[0];
    assert!(matches!(&goto.kind, ActionKind::Goto(Goto::Step(step, _)) if step == "look"));
    let inputs = lending.inputs.as_ref().unwrap();
    let reader = &inputs.list[0];
    assert!(reader.data.unique && reader.required);
    assert_eq!(reader.schema["maxLength"], 40, "references are followed");
    assert_eq!(system.workflow_list()[1].load.before, Some(5));
}

#[test]
fn an_arazzo_document_decides_no_dialect_and_is_found_by_its_first_key() {
    let mut sources = SourceMap::default();
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    for (_, source) in spec.files() {
        // A document further below, and without `arazzo` in its name.
        let text = match source.path.contains("lending") {
            true => source
                .text
                .replace("../loans", "../../../loans")
                .replace("find.arazzo.yaml", "../../find.arazzo.yaml"),
            false => source.text.clone(),
        };
        sources.add(source.path.replace("lending.arazzo.yaml", "deep/er/lending.yaml"), text);
    }
    let resolved = resolve(&sources);
    let said = render_text(&resolved.diagnostics, &sources, false);
    assert!(resolved.system.is_some_and(|system| system.workflow_list().len() == 5), "{said}");
}

/// A change of an operation names the workflows that use it.
#[test]
fn a_comparison_names_the_workflows_that_a_change_breaks() {
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    let narrowed = changed_in(&spec, "loans/openapi.yaml", |text| {
        text.replace(
            "days: {type: integer, minimum: 1, maximum: 30}",
            "days: {type: integer, minimum: 1, maximum: 20}",
        )
    });
    let new = resolve(&narrowed).system.unwrap();
    let today = codegen::compat::parse_date("2026-11-23").unwrap();
    let found = codegen::compat::compare(&right(), &new, today);
    let affected: Vec<String> = found.iter().map(|one| one.whom()).collect();
    assert!(
        affected.iter().any(|one| one.ends_with("the workflows `lending`, `old`")),
        "{affected:?}"
    );
    // A removed operation, which a workflow still calls, makes the new contracts wrong.
    let removed = changed_in(&spec, "loans/openapi.yaml", |text| {
        text.replace("operationId: look", "operationId: peek")
    });
    let resolved = resolve(&removed);
    let first = first_error(&resolved.diagnostics).unwrap();
    assert_eq!(first.message, "there is no operation `look`");
}

#[test]
fn what_is_built_to_hurt_ends() {
    let head = "arazzo: 1.1.0\ninfo: {title: A, version: '1'}\nsourceDescriptions: [{name: loans, url: ../loans/openapi.yaml}]\nworkflows:\n  - workflowId: w\n    steps:\n      - stepId: s\n        operationId: list\n";
    let deep = "[".repeat(5000);
    let spec = read::read_spec(&folder().join("spec")).unwrap();
    for more in [
        format!("        successCriteria: [{{condition: '{}'}}]\n", "(".repeat(100_000)),
        format!("        successCriteria: [{{condition: '{}1'}}]\n", "1 && ".repeat(100_000)),
        format!(
            "        successCriteria: [{{context: $response.body, type: jsonpath, condition: '$[?{}'}}]\n",
            "(".repeat(100_000)
        ),
        format!(
            "        successCriteria: [{{context: $response.body, type: regex, condition: '{}'}}]\n",
            "(".repeat(100_000)
        ),
        format!("        outputs: {{a: '$response.body{}'}}\n", "[0]".repeat(100_000)),
        format!("        outputs: {{a: '$response.body#{}'}}\n", "/a".repeat(100_000)),
        format!("        requestBody: {{payload: '{deep}'}}\n"),
        format!("        requestBody: {{payload: '{}'}}\n", "{$inputs.a}".repeat(50_000)),
    ] {
        let sources = changed_in(&spec, "lending.arazzo.yaml", |_| format!("{head}{more}"));
        let resolved = resolve(&sources);
        assert!(resolved.system.is_none(), "{}", &more[..60]);
    }
    // Outputs that are made of each other, many times over.
    let mut outputs = head.to_owned() + "        outputs:\n          o0: $response.body\n";
    for n in 1..200 {
        outputs.push_str(&format!(
            "      - stepId: s{n}\n        operationId: list\n        outputs:\n"
        ));
        let before = if n == 1 { "s".to_owned() } else { format!("s{}", n - 1) };
        outputs.push_str(&format!("          o{n}: $steps.{before}.outputs.o{}\n", n - 1));
    }
    let sources = changed_in(&spec, "lending.arazzo.yaml", |_| outputs.clone());
    let resolved = resolve(&sources);
    assert!(resolved.system.is_some(), "{}", render_text(&resolved.diagnostics, &sources, false));
}

/// The crate that a load test is made of. `generated/workflows` of the shop is compiled as part of this workspace.
#[test]
fn what_is_emitted_is_what_was_read() {
    let files = codegen::emit::emit(&right(), &codegen::emit::Crates::default());
    let mut different = vec![];
    for name in ["lib", "system", "lending", "find", "stock", "old"] {
        let said = files.get(&format!("workflows/src/{name}.rs")).unwrap();
        let file = folder().join(format!("expected/{name}.rs.txt"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::create_dir_all(folder().join("expected")).unwrap();
            std::fs::write(&file, said).unwrap();
        }
        if std::fs::read_to_string(&file).unwrap_or_default() != said {
            different.push(format!("== {name}\n{said}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    let none = codegen::emit::Crates { harness: None, ..codegen::emit::Crates::default() };
    assert!(codegen::emit::emit(&right(), &none).get("workflows/src/lib.rs").is_none());
}

/// Workflows of every form, over the contracts of this repository. The package `golden` compiles them against their
/// client, with warnings denied.
#[test]
fn forms_of_every_kind_are_emitted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let spec = read::read_spec(&root.join("spec")).unwrap();
    let mut sources = SourceMap::default();
    for (_, source) in spec.files().filter(|(_, file)| !file.path.contains("/workflows/")) {
        sources.add(source.path.clone(), source.text.clone());
    }
    let case = folder().join("forms");
    let document = std::fs::read_to_string(case.join("forms.arazzo.yaml")).unwrap();
    sources.add("spec/workflows/forms.arazzo.yaml", document);
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    let said = render_text(&diagnostics, &sources, false);
    let system = system.unwrap_or_else(|| panic!("{said}"));
    let files = codegen::emit::emit(&system, &Crates::default());
    let found: Vec<(String, &str)> = files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("workflows/src/")?.to_owned(), text)))
        .collect();
    let expected = case.join("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let _ = std::fs::remove_dir_all(&expected);
        std::fs::create_dir_all(&expected).unwrap();
        for (name, text) in &found {
            std::fs::write(expected.join(name), text).unwrap();
        }
    }
    assert_eq!(std::fs::read_dir(&expected).unwrap().count(), found.len());
    for (name, text) in found {
        let known = std::fs::read_to_string(expected.join(&name)).unwrap_or_default();
        let diff = similar::TextDiff::from_lines(known.as_str(), text);
        let unified = diff.unified_diff().header("expected", "found").to_string();
        assert!(unified.is_empty(), "{name}:\n{unified}");
    }
}

#[test]
fn what_has_another_effect_than_it_looks_is_told() {
    let said = |from: &str, to: &str| -> Vec<String> {
        let resolved = resolve(&with(from, to));
        let found = resolved.diagnostics.into_iter();
        found.map(|one| format!("{}: {}", one.code, one.message)).collect()
    };
    assert_eq!(
        said("reader: $inputs.reader", "reader: a-$inputs.reader"),
        [
            "workflow-literal: `$inputs.reader` within a string needs braces; without them it is sent as it is"
        ]
    );
    assert_eq!(
        said("selector: '$.items[0]', type", "selector: '$.items[*]', type"),
        ["workflow-notation: `$.items[*]` may select several values, of which the first is used"]
    );
    let state = "        outputs:\n          state: $response.body#/state\n";
    assert_eq!(
        said(state, &format!("{state}        onSuccess: [{{name: over, type: end}}]\n")),
        [
            "workflow-unreachable: the step `shelve` never runs: the steps before it always end or go elsewhere"
        ]
    );
    let correlation = "        correlationId: $steps.lend.outputs.loan#/id\n";
    assert_eq!(
        said(correlation, ""),
        [
            "workflow-uncorrelated: the step `told` accepts any message, so the load test does not wait for one; `successCriteria`, `timeout` of the step: without effect"
        ]
    );
    let outputs = "        outputs: {who: $message.payload#/reader}\n";
    let read = said(
        correlation,
        &format!(
            "{outputs}        onSuccess: [{{name: on, type: end, criteria: [{{condition: $steps.told.outputs.who == 'a'}}]}}]\n"
        ),
    );
    assert!(read.iter().any(|one| one.contains("its output `who` has no value")), "{read:?}");
    let shared = "    failureActions: [{name: over, type: end}]\n    parameters:\n";
    assert_eq!(said("    parameters:\n", shared), [""; 0]);
}

/// What a step gives to a workflow that an action leads to, and how long that may take.
#[test]
fn the_time_of_a_step_is_not_that_of_where_it_leads() {
    let (from, to) = (
        "          - {name: slow, type: retry,",
        "          - {name: on, type: goto, workflowId: stock, criteria: [{condition: $statusCode == 409}]}\n          - {name: slow, type: retry,",
    );
    let code = emitted(&with(from, to), "shelved");
    assert!(code.contains("visit.goto(&crate::STOCK, vec![]);"), "{code}");
    assert_eq!(code.matches("at_most").count(), 1, "{code}");
}
