//! The rules of style and safety: each finds what its own example says, and nothing in contracts that keep it.
//!
//! Examples are put into `tests/cases/lint/base.yaml`, which keeps every rule, the ones that are off by default
//! too. What is found stands in `findings.txt` beside it; `UPDATE_EXPECTED=1` writes that anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::diag::{Diagnostic, has_errors, render::render_text};
use codegen::lint::{self, ABSENT};
use codegen::policy::Policy;
use codegen::source::SourceMap;
use codegen::{check, compat, read};
use serde_json::{Map, Value};

/// Which file each part of the base is.
const FILES: [(&str, &str); 5] = [
    ("openapi", "spec/shop/openapi.yaml"),
    ("asyncapi", "spec/shop/asyncapi.yaml"),
    ("mail", "spec/mail/asyncapi.yaml"),
    ("events", "spec/schemas/events.yaml"),
    ("workflows", "spec/workflows/things.arazzo.yaml"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lint")
}

fn base() -> Map<String, Value> {
    let text = std::fs::read_to_string(folder().join("base.yaml")).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// Contracts as a run has them.
fn sources(base: &Map<String, Value>) -> SourceMap {
    let mut sources = SourceMap::default();
    for (part, path) in FILES {
        // Only the example of a rule about workflows has any.
        let Some(text) = base.get(part) else { continue };
        sources.add(path, serde_json::to_string_pretty(text).unwrap());
    }
    sources
}

/// Everything that is found; contracts that mean nothing prove nothing.
fn found(sources: &SourceMap, what: &str) -> Vec<Diagnostic> {
    let checked = check(sources);
    let said = render_text(&checked.diagnostics, sources, false);
    assert!(checked.system.is_some(), "{what}:\n{said}");
    checked.diagnostics
}

/// The base with an example in its place.
fn with(at: &str, example: &str) -> SourceMap {
    let (part, pointer) = at.split_once('#').unwrap();
    let mut base = base();
    if pointer.is_empty() {
        if example != ABSENT {
            base.insert(part.to_owned(), serde_saphyr::from_str(example).unwrap());
        }
        return sources(&base);
    }
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = base[part].pointer_mut(parent).unwrap_or_else(|| {
        // Only the components of a document may have to be made.
        panic!("nothing stands at `{parent}`")
    });
    if example == ABSENT {
        parent.as_object_mut().unwrap().remove(&last).unwrap();
    } else {
        let value: Value = serde_saphyr::from_str(example).unwrap();
        match parent {
            Value::Array(list) => list[last.parse::<usize>().unwrap()] = value,
            Value::Object(object) => drop(object.insert(last, value)),
            other => panic!("{at} is inside of {other}"),
        }
    }
    sources(&base)
}

#[test]
fn contracts_that_keep_every_rule_are_clean() {
    let sources = sources(&base());
    let found = found(&sources, "base");
    assert!(found.is_empty(), "{}", render_text(&found, &sources, false));
}

/// What decides for the whole system is used, although nothing refers to it.
#[test]
fn the_defaults_of_a_system_are_no_unused_component() {
    let mut sources = sources(&base());
    sources.add("spec/defaults.yaml", "events:\n  bus: Events\nalarms: operation\n");
    let found = found(&sources, "defaults");
    assert!(found.is_empty(), "{}", render_text(&found, &sources, false));
}

/// The gateway limits files; a length in characters would be none of a file.
#[test]
fn a_file_of_a_form_needs_no_length() {
    let properties = "{title: {type: string}, file: {type: string, format: binary}}";
    let schema = format!("{{type: object, description: A form., properties: {properties}}}");
    let body = format!("{{content: {{multipart/form-data: {{schema: {schema}}}}}}}");
    let sources = with("openapi#/paths/~1things/post/requestBody", &body);
    let found = found(&sources, "form");
    let unbounded = found.iter().filter(|one| one.code == "string-unbounded");
    let said: Vec<&str> = unbounded.map(|one| one.message.as_str()).collect();
    assert_eq!(said, ["the string `title` has no maximum length"]);
}

/// Names are free, also such as are keywords elsewhere; what stands in examples and defaults is no contract.
#[test]
fn contracts_are_looked_at_wherever_they_stand() {
    let gone = "{type: object, description: Gone., deprecated: true}";
    let list = "{type: [array, 'null'], maxItems: 3, description: A list.}";
    let response = format!(
        "{{description: Refused., content: {{application/json: {{schema: {{type: object, \
         properties: {{value: {list}, const: {gone}}}, default: {{deprecated: true, type: array}}}}}}}}}}"
    );
    let places = [
        ("openapi#/paths/~1things/get/responses/default", response.as_str()),
        ("openapi#/components/schemas/default", gone),
        ("openapi#/components/schemas/Thing/properties/enum", "{type: array, maxItems: 3}"),
        ("openapi#/components/schemas/Thing/example", "{deprecated: true, type: array}"),
    ];
    let n_found: Vec<_> = places
        .map(|(at, text)| {
            let all = found(&with(at, text), at);
            let n = |code| all.iter().filter(|one| one.code == code).count();
            (n("array-items"), n("deprecated-sunset"))
        })
        .to_vec();
    assert_eq!(n_found, [(1, 1), (0, 1), (1, 0), (0, 0)]);
}

/// The generator takes `4xx` for `4XX`, and so do the rules; what is no status declares nothing.
#[test]
fn ranges_of_statuses_are_known_in_either_case() {
    let codes = |key: &str| -> Vec<&str> {
        let responses = format!("{{'204': {{description: Gone.}}, {key}: {{description: No.}}}}");
        let all = check(&with("openapi#/paths/~1things/delete/responses", &responses)).diagnostics;
        let post = format!("{{'201': {{description: Made.}}, {key}: {{description: No.}}}}");
        let more = check(&with("openapi#/paths/~1things/post/responses", &post)).diagnostics;
        let all = all.into_iter().chain(more).map(|one| one.code);
        all.filter(|code| code.starts_with("operation-") && code.ends_with("-response")).collect()
    };
    assert!(!codes("4xx").contains(&"operation-4xx-response"), "{:?}", codes("4xx"));
    assert_eq!(codes("4xx"), codes("4XX"));
    let is_told = |key: &str| {
        let responses = format!("{{'204': {{description: Gone.}}, {key}: {{description: No.}}}}");
        let found = check(&with("openapi#/paths/~1things/delete/responses", &responses));
        found.diagnostics.iter().any(|one| one.code == "status-spelling")
    };
    assert!(is_told("4xx") && !is_told("4XX"));
    assert_eq!(codes("5xx"), codes("5XX"));
    assert!(codes("5foo").contains(&"operation-500-response"), "{:?}", codes("5foo"));
}

/// A binding with an error says nothing of the address.
#[test]
fn a_broken_queue_does_not_make_an_address_wrong() {
    let queue = "{name: ThingQueue, fifoQueue: false, visibilitytimeout: 120}";
    let sources = with("mail#/channels/queue/bindings/sqs", &format!("{{queue: {queue}}}"));
    let codes: Vec<_> = check(&sources).diagnostics.iter().map(|one| one.code).collect();
    assert!(codes.contains(&"unknown-key") && !codes.contains(&"channel-address"), "{codes:?}");
}

#[test]
fn the_parent_of_a_tag_is_another_tag() {
    let said = |tags: &str| -> Vec<String> {
        let found = found(&with("openapi#/tags", tags), "tags");
        let found = found.into_iter().filter(|one| one.code == "tag-declared");
        found.map(|one| one.message).collect()
    };
    let thing = "- {name: thing, description: What there is.}\n";
    let with_thing = |more: &str| said(&format!("{thing}{more}"));
    assert_eq!(with_thing("- {name: a, parent: thing, description: A part of it.}"), [""; 0]);
    assert_eq!(
        with_thing("- {name: a, parent: nowhere, description: A part of it.}"),
        ["the document does not declare the tag `nowhere`"]
    );
    let circle = "- {name: a, parent: b, description: A.}\n- {name: b, parent: a, description: B.}";
    let above = ["the tag `a` is above itself", "the tag `b` is above itself"];
    assert_eq!(with_thing(circle), above);
    let below = "- {name: c, parent: a, description: C.}";
    assert_eq!(with_thing(&format!("{circle}\n{below}")), above);
}

#[test]
fn each_rule_finds_what_its_example_says() {
    let (mut said, mut wrong) = (String::new(), vec![]);
    for rule in lint::all().filter(|rule| rule.is_lint()) {
        let example =
            rule.example.as_ref().unwrap_or_else(|| panic!("{} has no example", rule.code));
        let of = |text: &str| {
            let sources = with(example.at, text);
            let own: Vec<_> = found(&sources, rule.code)
                .into_iter()
                .filter(|one| one.code == rule.code)
                .collect();
            (render_text(&own, &sources, false), own.len())
        };
        let ((bad, n_bad), (good, n_good)) = (of(example.bad), of(example.good));
        if n_bad == 0 || n_good > 0 {
            wrong.push(format!("{}: {n_bad} in the bad, {n_good} in the good\n{good}", rule.code));
        }
        said.push_str(&bad);
        said.push('\n');
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let file = folder().join("findings.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &said).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    for (found, expected) in said.split("\n\n").zip(expected.split("\n\n")) {
        assert_eq!(found, expected);
    }
    assert_eq!(said.len(), expected.len());
}

/// One file holds levels and ignores of all rules, so no two may have one code.
/// Paths that cross: each has a word where the other has a parameter.
#[test]
fn crossing_paths_are_told() {
    let operation = |id: &str, name: &str, kind: &str| {
        format!(
            "{{get: {{operationId: {id}, summary: S, parameters: [{{name: {name}, in: path, required: true, schema: {{type: string, {kind}}}}}], responses: {{'204': {{description: D}}}}}}}}"
        )
    };
    let told = |kind: &str| {
        let paths = format!(
            "/b/{{x}}/c: {}\n/b/c/{{k}}: {}\n",
            operation("one", "x", "maxLength: 5"),
            operation("two", "k", kind)
        );
        found(&with("openapi#/paths", &paths), "crossing")
            .into_iter()
            .find(|one| one.code == "path-shadowed")
    };
    let one = told("maxLength: 5").map(|one| one.message);
    let says =
        "`/b/c/{k}` hides the `{x}` of `/b/{x}/c` with the value `c`, where its own `{k}` is `c`";
    assert_eq!(one.as_deref(), Some(says));
    assert!(told("format: uuid").is_none());
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    let contracts = lint::all().map(|rule| rule.code);
    let changes: Vec<_> = compat::catalog::all().iter().map(|rule| rule.id).collect();
    for code in contracts.chain(changes) {
        assert!(seen.insert(code), "{code} is the code of two rules");
        assert!(
            code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{code}"
        );
    }
}

/// Every code that a constructor of the catalogue gives is known: as an error always, or as a rule with a level.
#[test]
fn every_diagnostic_is_in_a_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diag/catalog");
    let made = regex::Regex::new(r#"Diagnostic::(error|warning)\(\s*"([a-z0-9-]+)""#).unwrap();
    let (mut unknown, mut n_codes) = (vec![], 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for found in made.captures_iter(&text) {
            let (kind, code) = (&found[1], &found[2]);
            n_codes += 1;
            let is_known = match kind {
                "error" => codegen::diag::catalog::index::find(code).is_some(),
                _ => lint::rule(code).is_some_and(|rule| !rule.is_lint()),
            };
            if !is_known {
                unknown.push(format!("{kind} {code}"));
            }
        }
    }
    assert!(n_codes > 100, "{n_codes}");
    assert!(
        unknown.is_empty(),
        "these have no row in `diag::catalog::index` or `lint::resolved`: {unknown:?}"
    );
}

/// Every code that is printed anywhere can be looked up, those of the policy, of the run and of notes too.
#[test]
fn every_code_that_is_printed_can_be_explained() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let made = [
        r#"(?:Diagnostic::(?:error|warning|note)|\bfault|severity)\(?,?\s*"([a-z]+(?:-[a-z0-9]+)*)",\s"#,
        r#"(?:unused|Severity::\w+),\s*"([a-z]+(?:-[a-z0-9]+)+)""#,
        r#"const STALE: &str = "([a-z-]+)""#,
    ];
    let made = made.map(|one| regex::Regex::new(one).unwrap());
    let mut codes = BTreeSet::new();
    let mut open = vec![source];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            for one in &made {
                codes.extend(one.captures_iter(text).map(|found| found[1].to_owned()));
            }
        }
    }
    for code in
        ["verified-by-own-code", "stale-output", "policy-relaxed", "unused-ignore", "policy"]
    {
        assert!(codes.contains(code), "{code} is not found among {codes:?}");
    }
    assert!(codes.len() > 200, "{}", codes.len());
    let explains = |code: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_codegen")).args(["explain", code]).output()
    };
    let in_catalogue = |code: &str| {
        lint::rule(code).is_some() || codegen::diag::catalog::index::find(code).is_some()
    };
    let others: Vec<_> = codes.iter().filter(|code| !in_catalogue(code)).collect();
    assert!(others.len() > 4, "{others:?}");
    let is_silent = |code: &&&String| {
        let output = explains(code).unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        !output.status.success() || !said.starts_with(code.as_str())
    };
    let silent: Vec<_> = others.iter().filter(is_silent).collect();
    assert!(silent.is_empty(), "these have no row in `diag::catalog::index`: {silent:?}");
}

/// The contracts of this repository are what its users imitate.
#[test]
fn the_shop_keeps_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut sources = read::read_spec(&root).unwrap();
    let checked = check(&sources);
    let today = compat::parse_date("2026-11-27").unwrap();
    let policy = read::add_beside(&mut sources, &root, codegen::policy::POLICY_FILE).unwrap();
    let mut policy =
        policy.map_or_else(Policy::default, |file| Policy::parse(&sources, file).unwrap());
    let judged = policy.judge(checked.diagnostics, &sources, today);
    assert!(judged.is_empty() && !has_errors(&judged), "{}", render_text(&judged, &sources, false));
}
