//! The policy on findings, and the commands around the rules, as a user meets them: real processes, exit codes.

use codegen::policy::Policy;
use codegen::source::SourceMap;
use codegen::{check, compat, lint};
use proptest::prelude::*;
use serde_json::Value;

use crate::output::Folder;
use crate::programs::codegen;

/// A contract with two texts that are not bounded, and nothing else to find fault with.
const CONTRACT: &str = "\
openapi: 3.0.3
info:
  title: Parcel
  version: 1.0.0
  description: Where parcels are.
security: []
paths:
  /parcel:
    post:
      operationId: sendParcel
      summary: Send a parcel
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Parcel'
      responses:
        '204':
          description: It is on its way.
        '400':
          description: The request is wrong.
          content:
            application/problem+json:
              schema:
                $ref: '#/components/schemas/Problem'
components:
  schemas:
    Problem:
      type: object
      properties:
        title:
          type: string
    Parcel:
      type: object
      properties:
        code:
          type: string
        note:
          type: string
";

fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder
}

/// What is found with a policy, on a certain day.
fn with(folder: &Folder, policy: &str) -> (i32, String, String) {
    folder.write("spec/policy.yaml", policy);
    codegen(folder.path(), &["lint", "--today", "2026-11-27"])
}

#[test]
fn findings_are_warnings_until_a_policy_says_otherwise() {
    let folder = repository("policy-levels");
    let (code, line, told) = with(&folder, "");
    assert_eq!((code, line.as_str()), (0, "found 0 errors, 2 warnings, 0 notes\n"), "{told}");
    assert!(
        told.contains("warning[string-unbounded]: the string `code` has no maximum length"),
        "{told}"
    );
    assert!(told.contains("--> spec/parcel/openapi.yaml:36:9"), "{told}");
    let (code, line, _) = with(&folder, "levels:\n  string-unbounded: error\n");
    assert_eq!((code, line.as_str()), (1, "found 2 errors, 0 warnings, 0 notes\n"));
    assert_eq!(
        with(&folder, "levels:\n  string-unbounded: info\n").1,
        "found 0 errors, 0 warnings, 2 notes\n"
    );
    for off in ["off", "'off'", "false"] {
        let clean = (0, String::new(), String::new());
        assert_eq!(with(&folder, &format!("levels: {{string-unbounded: {off}}}")), clean);
    }
    let (_, line, told) =
        with(&folder, "levels:\n  string-unbounded: off\n  info-contact: warning\n");
    assert!(line.contains("1 warning") && told.contains("warning[info-contact]"), "{told}");
}

#[test]
fn an_ignore_names_a_place_for_a_reason() {
    let folder = repository("policy-ignore");
    let ignore = |more: &str| {
        with(
            &folder,
            &format!("ignore:\n  - rule: string-unbounded\n    reason: short anyway\n{more}"),
        )
    };
    let clean = (0, String::new(), String::new());
    for place in ["", "parcel", "parcel/", "parcel/openapi.yaml", "spec/parcel/openapi.yaml"] {
        let more = if place.is_empty() { String::new() } else { format!("    where: {place}\n") };
        assert_eq!(ignore(&more), clean, "{place}");
    }
    let pointer = |pointer: &str| ignore(&format!("    where: 'parcel/openapi.yaml#{pointer}'\n"));
    assert_eq!(pointer("/components/schemas/Parcel"), clean);
    let (_, line, told) = pointer("/components/schemas/Parcel/properties/code");
    assert!(
        line.contains("1 warning") && told.contains("`note`") && !told.contains("`code`"),
        "{told}"
    );
    let (_, line, told) = pointer("/components/schemas/Parc");
    assert!(line.contains("3 warnings") && told.contains("warning[unused-ignore]"), "{told}");
    assert!(told.contains("--> spec/policy.yaml:2:11"), "{told}");
    let (_, line, told) = ignore("    until: 2026-11-26\n");
    assert!(
        line.contains("1 error, 2 warnings") && told.contains("error[expired-ignore]"),
        "{told}"
    );
    assert_eq!(ignore("    until: 2026-11-27\n"), clean);

    // Levels below a place that does not exist, and a consumer that is told where it is named.
    let levels = |place: &str| {
        with(&folder, &format!("paths: [{{where: {place}, levels: {{string-unbounded: off}}}}]"))
    };
    assert_eq!(levels("parcel/"), clean);
    let (_, _, told) = levels("fed/");
    assert!(
        told.contains("warning[unused-levels]: no file of the contracts is below `fed/`"),
        "{told}"
    );
    let (_, _, told) = ignore("    consumers: [web]\n");
    assert!(told.contains("unknown consumer `web`") && told.contains("policy.yaml:4:17"), "{told}");
}

#[test]
fn a_policy_that_accepts_more_than_before_is_told() {
    let folder = repository("policy-relaxed");
    let base = folder.path().join("before");
    for file in ["parcel/openapi.yaml", "policy.yaml"] {
        let text =
            std::fs::read_to_string(folder.path().join("spec").join(file)).unwrap_or_default();
        folder.write(&format!("before/{file}"), &text);
    }
    let changes = ["diff", "before"];
    let told = |before: &str, after: &str| {
        std::fs::write(base.join("policy.yaml"), before).unwrap();
        folder.write("spec/policy.yaml", after);
        let (code, _, told) = codegen(folder.path(), &changes);
        assert_eq!(code, 0, "{told}");
        told
    };
    let ignore =
        "ignore: [{rule: request-body-removed, where: GET /a, reason: r, until: 2099-01-01}]";
    for (before, after, says) in [
        ("", ignore, "`request-body-removed` at `GET /a` is accepted now, but not in `before`"),
        (
            "",
            "levels: {request-body-removed: warning}",
            "is `warning` now, and `error` in `before`",
        ),
        ("levels: {endpoint-added: error}", "", "is `info` now, and `error` in `before`"),
        (
            "",
            "paths: [{where: a/, levels: {request-body-removed: off}}]",
            "below `a/` is `off` now",
        ),
        ("preset: strict", "preset: recommended", "the preset demands less"),
        ("events: full", "events: backward", "the mode of `events` differs"),
        ("sunsetNotice: 90", "sunsetNotice: 9", "9 days ahead now, and 90 in `before`"),
        (
            "paths: [{where: a/, levels: {endpoint-added: error}}]",
            "",
            "below `a/` is `info` now, and `error` in `before`",
        ),
        ("levels: [", "", "the policy of `before` is invalid"),
    ] {
        let said = told(before, after);
        assert!(said.contains("note[policy-relaxed]") && said.contains(says), "{after}: {said}");
    }
    for (before, after) in [
        (ignore, ignore),
        (
            "ignore: [{rule: string-unbounded, where: 'x/o.yaml#/paths/~1a/get', reason: r}]",
            "ignore: [{rule: string-unbounded, where: 'x/o.yaml#/paths/~1a/get/operationId', reason: r}]",
        ),
        (ignore, &ignore.replace("GET /a", "GET /a request body")),
        (ignore, ""),
        ("", "levels: {endpoint-added: error}"),
        ("events: backward", "events: full"),
        ("sunsetNotice: 9", "sunsetNotice: 90"),
    ] {
        let said = told(before, after);
        assert!(!said.contains("policy-relaxed"), "{after}: {said}");
    }
    let said = told(ignore, &ignore.replace("GET /a", "GET /a/b"));
    assert!(said.contains("`request-body-removed` at `GET /a/b` is accepted now"), "{said}");
    // Without a file there is no place of this policy to show.
    std::fs::write(
        base.join("policy.yaml"),
        "levels: {request-body-removed: error}\npreset: strict\n",
    )
    .unwrap();
    std::fs::remove_file(folder.path().join("spec/policy.yaml")).unwrap();
    let (_, _, said) = codegen(folder.path(), &changes);
    assert!(said.contains("the preset demands less than in `before`"), "{said}");
    assert!(said.contains("--> before:spec/policy.yaml:2:1"), "{said}");
    let commented = std::fs::read_to_string(base.join("parcel/openapi.yaml")).unwrap()
        + "# codegen-ignore string-unbounded: none of ours\nx-a: {}\n";
    folder.write("spec/parcel/openapi.yaml", &commented);
    let said = told("", "");
    assert!(said.contains("this comment is not in `before`: string-unbounded: none"), "{said}");
}

#[test]
fn an_ignore_of_a_change_names_a_place_of_the_contracts_or_of_the_change() {
    let folder = repository("policy-change-place");
    folder.write("before/parcel/openapi.yaml", CONTRACT);
    let body = "      requestBody:\n        content:\n          application/json:\n            schema:\n              \
                $ref: '#/components/schemas/Parcel'\n";
    assert!(CONTRACT.contains(body));
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace(body, ""));
    let diff = |place: &str| {
        let ignore = format!(
            "ignore:\n  - rule: request-body-removed\n    reason: nobody sends one\n    where: '{place}'\n"
        );
        folder.write("spec/policy.yaml", &ignore);
        codegen(folder.path(), &["diff", "before"]).0
    };
    for place in [
        "POST /parcel",
        "parcel/openapi.yaml",
        "parcel/",
        "parcel/openapi.yaml#/paths/~1parcel/post",
        "parcel/openapi.yaml#/paths/~1parcel/post/requestBody",
    ] {
        assert_eq!(diff(place), 0, "{place}");
    }
    for place in ["POST /parce", "other/", "parcel/openapi.yaml#/paths/~1parcel/get"] {
        assert_eq!(diff(place), 1, "{place}");
    }
    let levels = "paths: [{where: parcel/, levels: {request-body-removed: warning}}]";
    folder.write("spec/policy.yaml", levels);
    assert_eq!(codegen(folder.path(), &["diff", "before"]).0, 0);
}

/// Nothing says whether an ignore of a change is needed when no change was looked at, and the reverse.
#[test]
fn ignores_are_judged_by_those_who_look() {
    let folder = repository("policy-kinds");
    let change =
        "ignore:\n  - {rule: endpoint-added, reason: r}\n  - {rule: tag-twice, reason: r}\n";
    let (_, _, told) = with(&folder, change);
    assert!(told.contains("`tag-twice`") && !told.contains("endpoint-added"), "{told}");
    let (_, _, told) = codegen(folder.path(), &["diff", "spec"]);
    assert!(told.contains("`endpoint-added`") && !told.contains("tag-twice"), "{told}");
}

#[test]
fn a_wrong_policy_is_refused_with_its_place() {
    let folder = repository("policy-wrong");
    let refused = |policy: &str, says: &[&str]| {
        for command in [&["lint"][..], &["check"], &[], &["diff", "spec"]] {
            folder.write("spec/policy.yaml", policy);
            let (code, _, told) = codegen(folder.path(), command);
            assert_eq!(code, 1, "{policy}: {told}");
            for part in says.iter().chain(&["spec/policy.yaml:"]) {
                assert!(told.contains(part), "{policy}: {told}");
            }
        }
        assert!(!folder.path().join("generated").exists(), "{policy}");
    };
    refused("levels: {string-unbound: off}", &["unknown rule", "did you mean `string-unbounded`?"]);
    refused("levels: {unresolved-ref: off}", &["the level of `unresolved-ref` cannot be changed"]);
    refused("levels: {tag-twice: loud}", &["invalid level", "`error`, `warning`, `info` or `off`"]);
    refused("ignore: [{rule: tag-twice}]", &["`reason` is missing"]);
    refused(
        "ignore: [{rule: tag-twice, reason: r, where: GET /a}]",
        &["this is not a location in a contract"],
    );
    refused("ignore: [{rule: tag-twice, reason: r, where: /paths}]", &["a pointer in it"]);
    refused("ignore: [{rule: tag-twice, reason: [r]}]", &["`reason` must be a string"]);
    refused("ignore: [{rule: tag-twice, reason: r, until: never}]", &["this is not a date"]);
    refused("levels: {tag-twice: off, tag-twice: error}", &["error[duplicate-key]"]);
    refused("ignores: []", &["unknown key `ignores`"]);
    refused("- levels", &["expected a mapping"]);
    refused("levels: [\n", &["error[yaml-syntax]"]);
    refused("a: &a [*a, *a]", &["error["]);
    let path = folder.path().join("spec/policy.yaml");
    std::fs::write(&path, b"levels:\n  \xff: off\n").unwrap();
    let (code, _, told) = codegen(folder.path(), &["lint"]);
    assert!(code == 1 && told.contains("line 2 is not UTF-8"), "{told}");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let (code, _, told) = codegen(folder.path(), &["lint"]);
    assert!(code == 1 && told.contains("it is not a file"), "{told}");
}

/// What is told while files are generated has levels too, and a refusal leaves everything as it is.
#[test]
fn a_policy_rules_over_generating_too() {
    let folder = repository("policy-generate");
    let odd = CONTRACT.replace("        note:\n", "        note:\n          format: odd\n");
    folder.write("spec/parcel/openapi.yaml", &odd);
    folder.write("spec/policy.yaml", "levels: {unknown-format: error}");
    let (code, _, told) = codegen(folder.path(), &[]);
    assert!(code == 1 && told.contains("error[unknown-format]"), "{told}");
    assert!(!folder.path().join("generated").exists());
    folder.write("spec/policy.yaml", "levels: {unknown-format: off}");
    let (code, _, told) = codegen(folder.path(), &[]);
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(codegen(folder.path(), &["check"]).0, 0);
}

#[test]
fn the_command_line_says_more() {
    let folder = repository("policy-deny");
    let run = |arguments: &[&str]| codegen(folder.path(), &[&["lint"], arguments].concat());
    assert_eq!(run(&["--deny", "warnings"]).0, 1);
    assert_eq!(run(&["--deny", "string-unbounded"]).0, 1);
    assert_eq!(run(&["--deny", "tag-twice"]).0, 0);
    assert_eq!(run(&["--deny", "warnings", "--allow", "string-unbounded"]).0, 0);
    assert_eq!(run(&["--deny", "operation-description"]).0, 1, "one that is off by default");
    let (code, _, told) = run(&["--allow", "string-unbound"]);
    assert!(code == 2 && told.contains("unknown rule `string-unbound`"), "{told}");
    // What a run turns off leaves the ignores of the rule as they are.
    let ignored =
        "ignore: [{rule: string-unbounded, where: parcel/openapi.yaml, reason: They are short.}]";
    folder.write("spec/policy.yaml", ignored);
    assert_eq!(run(&["--deny", "warnings"]).0, 0);
    assert_eq!(run(&["--deny", "warnings", "--allow", "string-unbounded"]).0, 0);
    std::fs::remove_file(folder.path().join("spec/policy.yaml")).unwrap();
    let (code, text, _) = run(&["--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let first = &document["diagnostics"][0];
    assert_eq!((code, &first["code"]), (0, &"string-unbounded".into()));
    assert_eq!(
        first["place"],
        "spec/parcel/openapi.yaml#/components/schemas/Parcel/properties/code"
    );
    let (_, text, _) = run(&["--format", "sarif"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let rule = &document["runs"][0]["tool"]["driver"]["rules"][0];
    assert!(
        rule["shortDescription"]["text"].is_string() && rule["help"]["text"].is_string(),
        "{rule}"
    );
}

/// A change that may hurt somebody is told of, and refused only by a policy or by `diff`.
#[test]
fn warnings_on_changes_are_no_warnings_on_contracts() {
    let folder = repository("policy-deny-changes");
    folder.write("spec/policy.yaml", "levels: {string-unbounded: off}");
    assert_eq!(codegen(folder.path(), &[]).0, 0);
    let renamed = CONTRACT.replace("sendParcel", "postParcel");
    folder.write("before/parcel/openapi.yaml", &renamed);
    let run =
        |arguments: &[&str]| codegen(folder.path(), &[arguments, &["--deny", "warnings"]].concat());
    let (code, _, told) = run(&["check", "--base", "before"]);
    assert!(code == 0 && told.contains("warning[api-operation-id-removed]"), "{told}");
    let (code, _, told) = run(&["diff", "before"]);
    assert!(code == 1 && told.contains("error[api-operation-id-removed]"), "{told}");
}

#[test]
fn a_summary_is_written_beside() {
    let folder = repository("policy-summary");
    assert_eq!(codegen(folder.path(), &[]).0, 0);
    let before = folder.path().join("before");
    std::fs::create_dir(&before).unwrap();
    folder.write(
        "before/parcel/openapi.yaml",
        &CONTRACT.replace(
            "          type: string\n        note",
            "          type: integer\n        note",
        ),
    );
    folder.write("generated/docs/architecture.md", "stale");
    let check = ["check", "--base", "before", "--summary", "summary.md"];
    assert_eq!(codegen(folder.path(), &check).0, 1);
    assert_eq!(codegen(folder.path(), &check).0, 1);
    let text = folder.read("summary.md");
    assert_eq!(text.matches("## Contracts: breaking").count(), 2, "each run adds to it: {text}");
    for part in [
        "Changes since before: ",
        "| ❌ | `POST /parcel request body /code` | ",
        "(`request-property-type-changed`)",
        "2 findings in the contracts.",
        "| ⚠️ | `spec/parcel/openapi.yaml:36` | the string `code` has no maximum length (`string-unbounded`) |",
        "1 generated file not up to date",
        "| outdated | `generated/docs/architecture.md` |",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (code, text, told) = codegen(folder.path(), &["check", "--format", "markdown"]);
    assert!(code == 1 && told.is_empty() && text.starts_with("## Contracts: stale\n"), "{text}");
    let (code, _, told) = codegen(folder.path(), &["lint", "--summary", "nowhere/summary.md"]);
    assert!(code == 2 && told.contains("nowhere/summary.md"), "{told}");
}

#[test]
fn the_catalogue_teaches() {
    let folder = Folder::new("policy-catalogue");
    let (code, table, _) = codegen(folder.path(), &["rules"]);
    assert_eq!(code, 0);
    let (_, json, _) = codegen(folder.path(), &["rules", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let (_, markdown, _) = codegen(folder.path(), &["rules", "--format", "markdown"]);
    let of = |kind: &str| json[kind].as_array().unwrap().clone();
    assert_eq!(of("contracts").len(), lint::all().count());
    assert_eq!(of("changes").len(), compat::catalog::all().len());
    for rule in of("contracts").iter().chain(&of("changes")) {
        let code = rule["code"].as_str().unwrap();
        assert!(
            table.contains(&format!(" {code} ")) && markdown.contains(&format!("`{code}`")),
            "{code}"
        );
        assert!(
            ["error", "warning", "info", "off"].contains(&rule["level"].as_str().unwrap()),
            "{rule}"
        );
    }
    let explain = |code: &str| codegen(folder.path(), &["explain", code]);
    let (code, text, _) = explain("string-unbounded");
    assert!(
        code == 0 && text.contains("Instead of\n") && text.contains("    maxLength: 100\n"),
        "{text}"
    );
    assert!(explain("request-property-removed").1.contains("(a change)"));
    assert!(explain("unresolved-ref").1.contains("always an error"));
    let (code, _, told) = explain("string-unbound");
    assert!(code == 2 && told.contains("did you mean `string-unbounded`?"), "{told}");
}

/// What must hold of any policy: it is taken, or refused at places that exist.
fn judge_any(text: &str) {
    let mut sources = SourceMap::default();
    sources.add("spec/parcel/openapi.yaml", CONTRACT);
    let checked = check(&sources);
    let file = sources.add("spec/policy.yaml", text);
    let today = compat::parse_date("2026-11-27").unwrap();
    match Policy::parse(&sources, file) {
        Ok(mut policy) => {
            let n_found = checked.diagnostics.len();
            assert!(policy.judge(checked.diagnostics, &sources, today).len() <= n_found);
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                let span = fault.primary.span;
                assert_eq!(span.file, file);
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{fault:?}");
            }
        }
    }
}

const GOOD: &str = "\
levels:
  string-unbounded: error
  tag-twice: off
ignore:
  - rule: string-unbounded
    where: parcel/openapi.yaml#/components
    reason: short anyway
    until: 2027-01-31
";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_policy_or_refused(text in any::<String>()) {
        judge_any(&text);
    }

    #[test]
    fn any_yaml_is_a_policy_or_refused(text in r#"[-?:,\[\]{}#&*!|>'"%@` \na-c0-9.~\\]{0,80}"#, key in "levels|ignore|x") {
        judge_any(&format!("{key}: {text}"));
        judge_any(&format!("{key}:\n{text}"));
    }

    #[test]
    fn a_damaged_policy_is_taken_or_refused(at in 0..GOOD.len(), n in 0..12_usize, piece in r#"[-:\[\]{}#&*!|>'" \nérulews0-9]{0,6}"#) {
        let mut text = GOOD.to_owned();
        text.replace_range(at..(at + n).min(GOOD.len()), &piece);
        judge_any(&text);
    }
}

/// A change that the policy accepts is shown beside one of the same rule that it does not.
#[test]
fn a_summary_has_what_the_policy_accepts() {
    let folder = repository("policy-summary-accepted");
    let changed = "          type: string\n        note";
    let old = CONTRACT.replace(changed, &changed.replace("string", "integer"));
    folder.write("before/parcel/openapi.yaml", &old);
    folder.write(
        "before/other/openapi.yaml",
        &old.replace("/parcel", "/other").replace("Parcel", "Other"),
    );
    folder.write(
        "spec/other/openapi.yaml",
        &CONTRACT.replace("/parcel", "/other").replace("Parcel", "Other"),
    );
    let (_, all, _) = codegen(folder.path(), &["diff", "before", "--format", "markdown"]);
    let places: Vec<&str> = all
        .lines()
        .filter(|line| line.contains("(`request-property-type-changed`)"))
        .filter_map(|line| line.split('`').nth(1))
        .collect();
    let [accepted, kept] = places[..] else { panic!("{all}") };
    folder.write(
        "spec/policy.yaml",
        &format!("ignore: [{{rule: request-property-type-changed, where: '{accepted}', reason: known}}]\n"),
    );
    let (code, text, _) = codegen(folder.path(), &["diff", "before", "--format", "markdown"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains(&format!("| ❌ | `{kept}` |")), "{text}");
    let (_, below) = text.split_once("Accepted by the policy:").unwrap();
    assert!(below.contains(&format!("| ℹ️ | `{accepted}` |")), "{text}");
}
