//! Contracts that nobody would write: whatever they hold, resolving them ends, does not panic, says what is wrong
//! at places that exist, and says the same each time.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use codegen::diag::{self, render::render_text};
use codegen::source::SourceMap;
use codegen::{compile, read, resolve};
use proptest::prelude::*;

use crate::mutation::{Dice, mutated};

/// The shop's contracts, as path and text.
fn shop() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let sources = read::read_spec(&root).unwrap();
    sources.files().map(|(_, file)| (file.path.clone(), file.text.clone())).collect()
}

/// What must hold of any contracts.
fn check(files: &[(String, String)]) {
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(path.clone(), text.clone());
    }
    let resolved = resolve(&sources);
    let errors = diag::has_errors(&resolved.diagnostics);
    assert_eq!(resolved.system.is_none(), errors, "no system without an error, and the reverse");
    for diagnostic in &resolved.diagnostics {
        assert_ne!(diagnostic.code, "unexplained");
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
            let text = &sources.file(label.span.file).text;
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(
                start <= end && text.get(start..end).is_some(),
                "{} at {start}..{end}",
                diagnostic.code
            );
        }
    }
    let said = render_text(&resolved.diagnostics, &sources, true);
    let again = resolve(&sources);
    assert_eq!(said, render_text(&again.diagnostics, &sources, true));
    assert_eq!(resolved.system, again.system);
}

/// Two parts of an `allOf` say of one property that it is the schema itself, or each the other: the type of both is the
/// type that is being made.
#[test]
fn merged_properties_may_lead_back_to_what_they_are_a_part_of() {
    let schemas = [
        "U: {properties: {of: {properties: {by: {$ref: '#/components/schemas/U'}}}}, allOf: [{properties: {of: {properties: \
         {by: {$ref: '#/components/schemas/U'}}}}}]}",
        "U: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n    \
         A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}\n    \
         B: {type: object, properties: {next: {$ref: '#/components/schemas/B'}}}",
        "U: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}\n    \
         A: {type: object, properties: {next: {type: array, items: {$ref: '#/components/schemas/B'}}}}\n    \
         B: {type: object, properties: {next: {type: array, items: {$ref: '#/components/schemas/A'}}}}",
    ];
    for schemas in schemas {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/U'}}}}}}}}\n      \
             responses: {{'204': {{description: Done.}}, '400': {{description: Refused.}}}}\ncomponents:\n  schemas:\n    \
             {schemas}\n"
        );
        let files = [("spec/a/openapi.yaml".to_owned(), text)];
        check(&files);
        let mut sources = SourceMap::default();
        files.into_iter().for_each(|(path, text)| _ = sources.add(path, text));
        assert!(
            resolve(&sources).system.is_some(),
            "{schemas}: {:#?}",
            resolve(&sources).diagnostics
        );
    }
}

/// One change to a text.
#[derive(Debug, Clone)]
enum Edit {
    DeleteLine(usize),
    RepeatLine(usize),
    SwapLines(usize, usize),
    Indent(usize, usize),
    Cut(usize, usize),
    Insert(usize, String),
    /// Puts a word of the text where another one stands.
    Word(usize, usize),
    /// Puts a small piece of YAML in the place of a value.
    Value(usize, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0..100_000_usize;
    let piece = || {
        prop::sample::select(vec![
            "null",
            "true",
            "-1",
            "1e999",
            "[]",
            "{}",
            "''",
            "\"\\ud83d\"",
            "&a [*a]",
            "*a",
            "!!str 5",
            "- -",
            "? x",
            "$ref: '#'",
            "{$ref: '#/components/schemas/Product'}",
            "{$ref: ''}",
            "oneOf: []",
            "|",
            ">-",
            "\t",
            "%",
            "@",
            "`",
            "9999999999999999999999",
            "0x",
            ".inf",
            "é",
            "\u{feff}",
            "---",
            "...",
            "[string, 'null']",
            "{allOf: [{$ref: '#/components/schemas/Basket'}]}",
            "x-dynamodb-table",
            "readOnly: true",
            "$inputs.userName",
            "$steps.fill.outputs.x#/0",
            "{$response.body#/~2}",
            "$statusCode == 200 && (",
            "{context: $response.body, selector: '$', type: jsonpath}",
            "{reference: $components.failureActions.again}",
        ])
        .prop_map(str::to_owned)
    };
    prop_oneof![
        at().prop_map(Edit::DeleteLine),
        at().prop_map(Edit::RepeatLine),
        (at(), at()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        (at(), 0..6_usize).prop_map(|(at, by)| Edit::Indent(at, by)),
        (at(), 0..40_usize).prop_map(|(at, by)| Edit::Cut(at, by)),
        (at(), piece()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (at(), at()).prop_map(|(a, b)| Edit::Word(a, b)),
        (at(), piece()).prop_map(|(at, piece)| Edit::Value(at, piece)),
    ]
}

/// The text after a change; places beyond it begin again at its start.
fn edited(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let n = lines.len();
    match edit {
        Edit::DeleteLine(at) => drop(lines.remove(at % n)),
        Edit::RepeatLine(at) => lines.insert(at % n, lines[at % n].clone()),
        Edit::SwapLines(a, b) => lines.swap(a % n, b % n),
        Edit::Indent(at, by) => {
            lines[at % n] = format!("{}{}", " ".repeat(*by), lines[at % n].trim_start())
        }
        Edit::Value(at, piece) => {
            let line = &mut lines[at % n];
            if let Some((key, _)) = line.split_once(':') {
                *line = format!("{key}: {piece}");
            }
        }
        Edit::Word(a, b) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            let line = &mut lines[a % n];
            let own: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            if let Some(old) = own.get(b % own.len().max(1)) {
                *line = line.replacen(old.as_str(), words[b % words.len()], 1);
            }
        }
        Edit::Cut(..) | Edit::Insert(..) => {
            let mut chars: Vec<char> = text.chars().collect();
            let n = chars.len();
            match edit {
                Edit::Cut(at, by) => drop(chars.drain(at % n..(at % n + by).min(n))),
                Edit::Insert(at, piece) => {
                    let at = at % n;
                    chars.splice(at..at, piece.chars());
                }
                _ => {}
            }
            return chars.into_iter().collect();
        }
    }
    lines.join("\n") + "\n"
}

fn n_cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: n_cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_taken_or_refused(text in any::<String>(), asyncapi in any::<String>()) {
        check(&[("spec/shop/openapi.yaml".to_owned(), text), ("spec/shop/asyncapi.yaml".to_owned(), asyncapi)]);
    }

    #[test]
    fn any_yaml_is_taken_or_refused(text in r#"[-?:,\[\]{}#&*!|>'"%@` \na-c0-9.~\\]{0,120}"#) {
        check(&[("spec/shop/openapi.yaml".to_owned(), format!("openapi: 3.0.3\n{text}"))]);
    }

    #[test]
    fn any_workflow_is_taken_or_refused(
        value in r#"[${}#/.a-z0-9'"=!&|<>()\[\]@?*~ ]{0,60}"#,
        kind in prop::sample::select(vec!["simple", "regex", "jsonpath"]),
    ) {
        let quoted = value.replace('\'', "''");
        let text = format!(
            "arazzo: 1.1.0\ninfo: {{title: A, version: '1'}}\nsourceDescriptions: [{{name: basket, url: ../basket/openapi.yaml}}]\n\
             workflows:\n  - workflowId: w\n    steps:\n      - stepId: s\n        operationId: listBaskets\n        \
             successCriteria: [{{context: $response.body, type: {kind}, condition: '{quoted}'}}]\n        \
             parameters: [{{name: next, in: query, value: '{quoted}'}}]\n        outputs: {{a: '{quoted}'}}\n"
        );
        let mut files = shop();
        files.retain(|(path, _)| !path.contains("/workflows/"));
        files.push(("spec/workflows/a.arazzo.yaml".to_owned(), text));
        check(&files);
    }

    #[test]
    fn a_damaged_shop_is_taken_or_refused(edits in prop::collection::vec((0..16_usize, edit()), 1..6)) {
        let mut files = shop();
        for (file, edit) in &edits {
            let file = file % files.len();
            let text = &mut files[file].1;
            *text = edited(text, edit);
        }
        check(&files);
    }
}

/// A slice of what `cargo run -p codegen --example mutate` does at length: what is accepted is emitted too.
#[test]
fn mutated_contracts_are_generated_or_refused() {
    let shop = shop();
    for seed in 1..=60 {
        let files = mutated(&shop, &mut Dice::new(seed));
        let mut sources = SourceMap::default();
        for (path, text) in &files {
            sources.add(path.clone(), text.clone());
        }
        if let Err(diagnostics) = compile(&sources) {
            assert!(diag::has_errors(&diagnostics), "seed {seed}");
        }
    }
}

/// A system in few lines, with a part of every kind.
const SMALL: [(&str, &str); 2] = [
    (
        "spec/shop/openapi.yaml",
        r"openapi: 3.0.3
info: {title: Shop, version: '1'}
security: [{login: []}]
paths:
  /thing:
    post:
      operationId: addThing
      x-publishes: [ThingAdded]
      x-dynamodb-access: [{table: Thing, actions: [put]}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              oneOf:
                - type: object
                  required: [name]
                  properties: {name: {type: string, minLength: 1}}
                - type: object
                  required: [kind]
                  properties: {kind: {type: string, enum: [part]}}
      responses:
        '204': {description: Added.}
  /thing/{id}:
    get:
      operationId: getThing
      x-dynamodb:
        action: get
        table: Thing
      parameters:
        - name: id
          in: path
          required: true
          schema: {type: string, format: uuid}
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
        '404': {description: None.}
components:
  securitySchemes:
    login:
      type: openIdConnect
      openIdConnectUrl: https://login.example.com/.well-known/openid-configuration
      x-jwt:
        audience: things
  schemas:
    Thing:
      type: object
      required: [id, name]
      x-dynamodb-table:
        name: thing
        partitionKey: id
        indexes:
          - name: byName
            partitionKey: name
        ttl: until
      properties:
        id: {type: string, format: uuid, x-owner: $claims.sub}
        name:
          allOf:
            - {type: string, minLength: 1}
            - {maxLength: 20, default: none}
        until: {type: integer, minimum: 0}
        parts:
          type: array
          items: {$ref: '#/components/schemas/Thing'}
",
    ),
    (
        "spec/shop/asyncapi.yaml",
        r"asyncapi: 3.0.0
info: {title: Shop, version: '1'}
channels:
  things:
    messages:
      ThingAdded: {$ref: '#/components/messages/ThingAdded'}
    bindings:
      sqs:
        queue:
          name: Things
          fifoQueue: false
          visibilityTimeout: 60
          redrivePolicy:
            deadLetterQueue: {name: ThingsDead}
            maxReceiveCount: 5
        deadLetterQueue: {name: ThingsDead, fifoQueue: false}
      x-eventbridge:
        bus: Things
        pattern: {detail: {id: [{exists: true}]}}
  nightly:
    messages:
      Tidy:
        payload: {type: object, properties: {days: {type: integer}}}
    bindings:
      x-eventbridge:
        bus: default
        schedule: rate(1 day)
        input: {days: 3}
operations:
  tell:
    action: send
    channel: {$ref: '#/channels/things'}
  takeThing:
    action: receive
    channel: {$ref: '#/channels/things'}
    x-event-source:
      batchSize: 10
    x-lambda:
      timeout: 10
  tidy:
    action: receive
    channel: {$ref: '#/channels/nightly'}
components:
  messages:
    ThingAdded:
      x-amazon-events-source: com.example.shop
      correlationId: {location: $message.payload#/id}
      payload: {$ref: openapi.yaml#/components/schemas/Thing}
",
    ),
];

/// Every line left out, every value replaced: of a service whose every part has a line of its own.
#[test]
fn no_line_is_missed_in_silence() {
    let whole: Vec<_> = SMALL.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let mut sources = SourceMap::default();
    for (path, text) in &whole {
        sources.add(path.clone(), text.clone());
    }
    assert!(
        resolve(&sources).system.is_some(),
        "the lines are left out of contracts that are right"
    );
    let values = ["null", "0", "x", "[]", "{}", "[{}]", "{$ref: '#/components/schemas/Thing'}"];
    for (at, (_, text)) in whole.iter().enumerate() {
        for line in 0..text.lines().count() {
            let replaced = values.map(|value| Edit::Value(line, value.to_owned()));
            for edit in replaced.iter().chain([&Edit::DeleteLine(line)]) {
                let mut files = whole.clone();
                files[at].1 = edited(text, edit);
                check(&files);
            }
        }
    }
}

/// Runs a text that is built to hurt, and holds it to a bound that only an explosion exceeds.
fn check_bounded(text: String) {
    let before = spent();
    check(&[("spec/shop/openapi.yaml".to_owned(), text)]);
    let spent = spent().saturating_sub(before);
    assert!(spent < Duration::from_secs(20), "{spent:?}");
}

/// The processor time of this thread where the system tells it, so that a busy machine fails no test; or else any time.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\n";

#[test]
fn what_is_built_to_hurt_ends() {
    check_bounded("[".repeat(1_000_000));
    check_bounded("{a: ".repeat(1_000_000));
    check_bounded("- ".repeat(1_000_000));
    check_bounded("a:\n".repeat(200_000));
    check_bounded("\u{0}".repeat(100_000));
    check_bounded("'".repeat(1_000_001));
    check_bounded(format!("{HEAD}x-long: {}", "a".repeat(10_000_000)));
    check_bounded(format!("{HEAD}x-many: [{}]", "1, ".repeat(1_000_000)));
}

#[test]
fn schemas_that_lead_to_each_other_end() {
    let mut doubling = format!("{HEAD}components:\n  schemas:\n    S0: {{type: string}}\n");
    let mut tower = doubling.clone();
    for n in 1..=60 {
        let below = n - 1;
        let twice = format!(
            "[{{$ref: '#/components/schemas/S{below}'}}, {{$ref: '#/components/schemas/S{below}'}}]"
        );
        doubling.push_str(&format!("    S{n}: {{allOf: {twice}}}\n"));
        tower.push_str(&format!("    S{n}: {{oneOf: {twice}}}\n"));
    }
    check_bounded(doubling);
    check_bounded(tower);
    let mut chain = format!("{HEAD}components:\n  schemas:\n    S0: {{type: string}}\n");
    for n in 1..=3000 {
        chain.push_str(&format!(
            "    S{n}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/S{}'}}}}}}\n",
            n - 1
        ));
    }
    check_bounded(chain);
    let mut parts = format!("{HEAD}components:\n  schemas:\n    S0: {{type: object}}\n");
    for n in 1..=3000 {
        parts.push_str(&format!(
            "    S{n}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}, {{properties: {{p{n}: {{type: string}}}}}}]}}\n",
            n - 1
        ));
    }
    check_bounded(parts);
    let mut base =
        format!("{HEAD}components:\n  schemas:\n    Base:\n      type: object\n      oneOf:\n");
    for n in 0..10 {
        base.push_str(&format!("        - {{$ref: '#/components/schemas/S{n}'}}\n"));
    }
    for n in 0..10 {
        base.push_str(&format!(
            "    S{n}: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{p{n}: {{type: string, default: a}}}}}}]}}\n"
        ));
    }
    check_bounded(base);
}

#[test]
fn many_operations_are_resolved_in_time() {
    let mut text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n".to_owned();
    for n in 0..1000 {
        text.push_str(&format!(
            "  /thing{n}/{{id}}:\n    get:\n      operationId: readThing{n}\n      parameters:\n        - {{name: id, in: path, required: true, schema: {{type: string, format: uuid}}}}\n      responses:\n        '200':\n          description: A thing.\n          content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/Thing{n}'}}\n"
        ));
    }
    text.push_str("components:\n  schemas:\n");
    for n in 0..1000 {
        text.push_str(&format!(
            "    Thing{n}:\n      type: object\n      required: [id]\n      properties:\n        id: {{type: string, format: uuid}}\n        name: {{type: string, maxLength: 64}}\n        parts: {{type: array, items: {{type: object, properties: {{n: {{type: integer, minimum: 0}}}}}}}}\n"
        ));
    }
    check_bounded(text);
}

/// A service whose folder's name is no text is not left out in silence.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_name_a_service_is_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = crate::output::Folder::new("names");
    let name = std::ffi::OsStr::from_bytes(b"pet\xff");
    std::fs::create_dir_all(folder.path().join("spec").join(name)).unwrap();
    let error = read::read_spec(&folder.path().join("spec")).unwrap_err();
    assert!(format!("{error:#}").contains("cannot name a service"), "{error:#}");
}

/// A contract that is a link to nowhere, or to itself, is a fault at its place, and not a service without requests.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told() {
    use std::os::unix::fs::symlink;
    let folder = crate::output::Folder::new("links");
    folder.write("spec/pets/asyncapi.yaml", "asyncapi: 3.0.0\ninfo: {title: Pets, version: '1'}\n");
    for target in ["nothing.yaml", "openapi.yaml"] {
        let link = folder.path().join("spec/pets/openapi.yaml");
        symlink(target, &link).unwrap();
        let sources = read::read_spec(&folder.path().join("spec")).unwrap();
        let said = render_text(&resolve(&sources).diagnostics, &sources, false);
        assert!(said.contains("symbolic link that leads to no file"), "{target}: {said}");
        assert!(said.contains("spec/pets/openapi.yaml:1:1"), "{target}: {said}");
        std::fs::remove_file(&link).unwrap();
    }
}
