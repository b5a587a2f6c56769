//! Slips in contracts that are valid: one edit of the example `tickets` each, what is told of it, and that the advice,
//! followed word for word, leads out.

use std::path::Path;

use codegen::diag::{Diagnostic, Severity};
use codegen::read;
use codegen::source::SourceMap;

use crate::output::Folder;

const BOOKINGS: &str = "spec/bookings/openapi.yaml";
const SHOWS: &str = "spec/shows/openapi.yaml";
const WORKFLOWS: &str = "spec/workflows/booking.arazzo.yaml";

/// What is told of `tickets`, beyond notes and what is told of it anyway, when texts of its files are replaced.
fn told(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let anyway = all_told(&[]);
    all_told(edits).into_iter().filter(|one| !anyway.contains(one)).collect()
}

fn all_told(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tickets/spec");
    let original = read::read_spec(&example).unwrap();
    let mut sources = SourceMap::default();
    for (_, file) in original.files() {
        let mut text = file.text.clone();
        for (_, from, to) in edits.iter().filter(|(path, ..)| *path == file.path) {
            assert!(text.contains(from), "{}: {from}", file.path);
            text = text.replacen(from, to, 1);
        }
        sources.add(file.path.clone(), text);
    }
    let found = codegen::check(&sources).diagnostics;
    let is_told = |one: &&Diagnostic| one.severity < Severity::Note;
    let line = |one: &Diagnostic| format!("{}: {}; {}", one.code, one.message, one.help.join("; "));
    found.iter().filter(is_told).map(line).collect()
}

#[test]
fn an_owner_of_some_operations_is_missed_in_others() {
    const PERSON: &str =
        "../schemas/common.yaml#/Person', x-owner: {claim: sub, unless: bookings.all}}";
    let without = (BOOKINGS, PERSON, "../schemas/common.yaml#/Person'}");
    let found = told(&[without]);
    let says = |id: &str| format!("owner-unchecked: `{id}` does not check `person`");
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with(&says("cancelBooking")), "{found:#?}");
    assert!(found[1].starts_with(&says("getBooking")), "{found:#?}");
    let declared = "- {name: person, in: path, required: true, description: Who booked.,";
    let with = format!("{declared} x-owner: {{claim: sub, unless: bookings.all}},");
    assert!(found[0].ends_with("\nx-owner: {claim: sub, unless: bookings.all}"), "{found:#?}");
    assert_eq!(told(&[without, (BOOKINGS, declared, &with)]), [""; 0]);
}

#[test]
fn scopes_of_owners_are_declared() {
    let found = told(&[(SHOWS, "unless: shows.manage}", "unless: shows.manag}")]);
    let expected = "scope-declared: no operation requires the scope `shows.manag`; did you mean `shows.manage`?";
    assert_eq!(found, [expected]);
}

#[test]
fn units_of_workflows_are_told_apart() {
    let retry =
        |seconds: &str| told(&[(WORKFLOWS, "retryAfter: 0.5", &format!("retryAfter: {seconds}"))]);
    let found = retry("500");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].contains("waits 500 seconds") && found[0].contains("`retryAfter: 0.5`"),
        "{found:#?}"
    );
    assert_eq!(retry("60"), [""; 0]);
    let timeout = |ms: &str| told(&[(WORKFLOWS, "timeout: 10000", &format!("timeout: {ms}"))]);
    let found = timeout("10");
    assert!(
        found[0].contains("waits 10 milliseconds") && found[0].contains("`timeout: 10000`"),
        "{found:#?}"
    );
    assert_eq!(timeout("100"), [""; 0]);
}

#[test]
fn unique_values_are_text_that_the_schema_takes() {
    let of = |schema: &str| {
        told(&[(WORKFLOWS, "attempt: {type: string, format: uuid}", &format!("attempt: {schema}"))])
    };
    for (schema, says) in [
        ("{type: string, enum: [a, b], x-test-data: unique}", "`enum` refuses it"),
        ("{type: boolean, x-test-data: unique}", "not `string`"),
        ("{type: integer, minimum: 1, maximum: 3, x-test-data: unique}", "not `string`"),
        ("{type: string, maxLength: 10, x-test-data: unique}", "`maxLength` is less than 18"),
        ("{type: string, x-test-data: {unique: true, values: 2}}", "`values` has no effect"),
        (
            "{type: string, x-test-data: {unique: true, file: p.csv, column: n}}",
            "`file` has no effect",
        ),
    ] {
        let found = of(schema);
        assert!(
            found.iter().any(|one| one.starts_with("workflow-data") && one.contains(says)),
            "{schema}: {found:#?}"
        );
    }
    let found = of("{type: string, maxLength: 64, x-test-data: unique}");
    assert!(!found.iter().any(|one| one.starts_with("workflow-data")), "{found:#?}");
}

#[test]
fn a_variable_is_what_the_contract_writes() {
    let lambda = "x-lambda: {environment: {ACCOUNT: 012345678901, PAGE: {default: 0x10}}}\npaths:";
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tickets/spec");
    let original = read::read_spec(&example).unwrap();
    let mut sources = SourceMap::default();
    for (_, file) in original.files() {
        let text = match file.path == SHOWS {
            true => file.text.replacen("paths:", lambda, 1),
            false => file.text.clone(),
        };
        sources.add(file.path.clone(), text);
    }
    let files = codegen::compile(&sources).unwrap().files;
    let template = files.get("infra/template.yaml").unwrap();
    assert!(template.contains("ACCOUNT: '012345678901'"), "the zero is lost");
    assert!(
        template.contains("Default: '0x10'") || template.contains("Default: 0x10"),
        "{template}"
    );
}

const SHARED_INPUTS: &str = "arazzo: 1.0.1
info: {title: Shared, version: 1.0.0}
sourceDescriptions: [{name: shows, url: ../shows/openapi.yaml, type: openapi}]
workflows:
  - workflowId: one
    inputs: {$ref: '#/components/inputs/place'}
    steps: [{stepId: find, operationId: findShows, parameters: [{name: city, in: query, value: $inputs.city}]}]
  - workflowId: other
    inputs: {$ref: '#/components/inputs/place'}
    steps: [{stepId: find, operationId: findShows, parameters: [{name: city, in: query, value: $inputs.city}]}]
components:
  inputs: {place: {type: object, properties: {city: {type: string, x-test-data: {file: shared.csv}}}}}
";

#[test]
fn what_lies_beside_the_contracts_is_checked() {
    let folder = Folder::new("slips-beside");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tickets/spec");
    for (_, file) in read::read_spec(&example).unwrap().files() {
        let text = file.text.replacen(
            "attempt: {type: string, format: uuid}",
            "attempt: {type: string, format: uuid, x-test-data: {file: people.csv, column: name}}",
            1,
        );
        folder.write(&file.path, &text);
    }
    for stage in ["dev", "prod"] {
        let settings = "stack = \"tickets\"\nbucket = \"archives\"\n";
        folder.write(&format!("infra/stages/{stage}.toml"), settings);
    }
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_codegen"));
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let found = run(&["check"]);
    assert!(
        found.contains(
            "`spec/workflows/people.csv` has no values for this input: the file does not exist"
        ),
        "{found}"
    );
    assert!(
        found.contains("infra/stages/prod.toml:1:9") && found.contains("stack of `dev.toml`, too"),
        "{found}"
    );
    assert!(run(&["deploy", "dev", "--print"]).contains("the stages `dev` and `prod`"));
    assert!(run(&["deploy", "dev", "--print", "--stack", "mine"]).contains("--stack-name mine"));
    folder.write("spec/workflows/people.csv", "nam\na\n");
    assert!(run(&["check"]).contains("did you mean `nam`?"));
    // Workflows that share their inputs share what is wrong with them.
    let flow = "spec/workflows/shared.arazzo.yaml";
    folder.write(flow, SHARED_INPUTS);
    assert_eq!(run(&["check"]).matches("shared.csv` has no values").count(), 1);
    std::fs::remove_file(folder.path().join(flow)).unwrap();
    folder.write("spec/workflows/people.csv", "name\n0b0d3c3e-8f3b-4f39-9d0c-4a9c6f0c2a11\n");
    folder.write("infra/stages/prod.toml", "stack = \"tickets-prod\"\n");
    let found = run(&["check"]);
    assert!(!found.contains("people.csv") && !found.contains("tickets-prod"), "{found}");
}
