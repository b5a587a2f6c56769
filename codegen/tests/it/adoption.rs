//! How a repository with findings begins: known findings, new ones only, suppressions beside the line, levels below a
//! place, presets, corrections. Real processes, as a user meets them.

use std::process::Command;

use serde_json::Value;

use crate::output::Folder;
use crate::programs::codegen;

const CONTRACT: &str = "\
openapi: 3.0.3
info:
  title: Parcel
  version: 1.0.0
  description: Where parcels are.
security: []
paths:
  /parcel:
    get:
      operationId: listParcels
      summary: List parcels
      parameters:
        - name: code
          in: query
          description: Which.
          schema:
            type: string
        - name: note
          in: query
          description: What for.
          schema:
            type: string
      responses:
        '204':
          description: It is on its way.
        '400':
          description: The request is wrong.
          content:
            application/problem+json:
              schema:
                type: object
";

fn lint(folder: &Folder, more: &[&str]) -> (i32, String, String) {
    let arguments = [&["lint", "--today", "2026-11-27", "--deny", "warnings"], more].concat();
    codegen(folder.path(), &arguments)
}

fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder
}

const LISTED: &[&str] = &["--baseline", "known.txt"];

/// A list as far to the left as its key, with one element: what is known of it stays known when the list grows.
#[test]
fn known_findings_of_a_single_element_stay_known() {
    let folder = Folder::new("adoption-single");
    let parameter = |name: &str| {
        format!(
            "      - name: {name}\n        in: query\n        schema:\n          type: string\n"
        )
    };
    let contract = |parameters: &str| {
        let (head, rest) = CONTRACT.split_once("        - name: code").unwrap();
        let (_, tail) = rest.split_once("      responses:").unwrap();
        format!("{head}{parameters}      responses:{tail}")
    };
    folder.write("spec/parcel/openapi.yaml", &contract(&parameter("code")));
    assert_eq!(lint(&folder, &[LISTED, &["--write-baseline"]].concat()).0, 0);
    let known = folder.read("known.txt");
    assert!(known.contains("get/parameters/code\n"), "{known}");
    let both = parameter("first") + &parameter("code");
    folder.write("spec/parcel/openapi.yaml", &contract(&both));
    let (_, _, told) = lint(&folder, LISTED);
    assert!(!told.contains("`code`") && !told.contains("known-finding-gone"), "{told}");
}

/// An operation that comes later is not known with those that were there.
#[test]
fn each_operation_without_security_is_a_finding() {
    let schemes =
        "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: x-api-key}\n";
    for (name, more) in [("security-explicit", ""), ("security-unsaid", schemes)] {
        let folder = repository(&format!("adoption-{name}"));
        let open = CONTRACT.replace("security: []\n", more);
        folder.write("spec/parcel/openapi.yaml", &open);
        assert_eq!(lint(&folder, &[LISTED, &["--write-baseline"]].concat()).0, 0);
        let added = "    delete:\n      operationId: d\n      summary: D\n      responses: {'204': {description: D.}}\n    get:\n";
        folder.write("spec/parcel/openapi.yaml", &open.replace("    get:\n", added));
        let (code, _, told) = lint(&folder, LISTED);
        assert!(code == 1 && told.contains(&format!("error[{name}]")), "{told}");
    }
}

#[test]
fn known_findings_are_listed_once_and_only_shrink() {
    let folder = repository("adoption-baseline");
    assert_eq!(lint(&folder, &[]).0, 1);
    let (code, _, told) = lint(&folder, LISTED);
    assert!(code == 2 && told.contains("create it with `--write-baseline`"), "{told}");
    let write = [LISTED, &["--write-baseline"]].concat();
    let (code, line, told) = lint(&folder, &write);
    assert_eq!((code, line.as_str()), (0, "wrote 2 known findings to known.txt\n"), "{told}");
    let lines = folder.read("known.txt");
    assert!(
        lines.ends_with(
            "string-unbounded parcel/openapi.yaml#/paths/~1parcel/get/parameters/code/schema/type\n\
             string-unbounded parcel/openapi.yaml#/paths/~1parcel/get/parameters/note/schema/type\n"
        ) || lines.matches("string-unbounded parcel/openapi.yaml#").count() == 2,
        "{lines}"
    );
    assert!(lines.contains("/parameters/code") && lines.contains("/parameters/note"), "{lines}");
    let (code, _, told) = lint(&folder, &write);
    assert!(code == 2 && told.contains("already exists; use `--prune`"), "{told}");

    let clean = (0, "2 known findings are in known.txt\n".to_owned(), String::new());
    assert_eq!(lint(&folder, LISTED), clean);
    // Lines that moved, parameters in another order, a service of another name.
    let (head, rest) = CONTRACT.split_once("        - name: code").unwrap();
    let (first, rest) = rest.split_once("        - name: note").unwrap();
    let (second, tail) = rest.split_once("      responses:").unwrap();
    let turned = format!(
        "# moved\n\n{head}        - name: note{second}        - name: code{first}      responses:{tail}"
    );
    folder.write("spec/parcel/openapi.yaml", &turned);
    assert_eq!(lint(&folder, LISTED), clean);
    std::fs::rename(folder.path().join("spec/parcel"), folder.path().join("spec/post")).unwrap();
    assert_eq!(lint(&folder, LISTED), clean);

    // A new finding is told; one that is gone must leave the list.
    let more = turned.replace("name: note", "name: remark");
    folder.write("spec/post/openapi.yaml", &more);
    let (code, line, told) = lint(&folder, LISTED);
    assert_eq!(code, 1);
    assert!(line.contains("1 known finding is in known.txt"), "{line}");
    assert!(told.contains("`remark`") && !told.contains("`code`"), "{told}");
    assert!(told.contains("error[known-finding-gone]: a known finding no longer occurs"), "{told}");
    assert!(told.contains("--> known.txt:4:1"), "{told}");
    let (code, line, told) = lint(&folder, &[LISTED, &["--prune"]].concat());
    assert!(code == 1 && line.contains("removed 1 known finding from known.txt"), "{line}");
    assert!(!told.contains("known-finding-gone"), "{told}");
    let lines = folder.read("known.txt");
    assert!(lines.contains("post/openapi.yaml#") && !lines.contains("parcel/openapi.yaml#"));
}

/// A copy of what is known is not known.
#[test]
fn a_second_service_with_the_same_findings_is_new() {
    let folder = repository("adoption-copy");
    assert_eq!(lint(&folder, &[LISTED, &["--write-baseline"]].concat()).0, 0);
    let copy = CONTRACT.replace("/parcel:", "/letter:").replace("listParcels", "listLetters");
    folder.write("spec/letter/openapi.yaml", &copy);
    let (code, _, told) = lint(&folder, LISTED);
    assert!(code == 1 && told.contains("spec/letter/openapi.yaml:"), "{told}");
    assert!(!told.contains("spec/parcel/openapi.yaml:"), "{told}");
}

#[test]
fn a_wrong_list_is_refused_with_its_line() {
    let folder = repository("adoption-wrong");
    folder.write("known.txt", "# head\nstring-unbound a#/b\nnothing\n");
    let (code, _, told) = lint(&folder, LISTED);
    assert_eq!(code, 1);
    assert!(told.contains("--> known.txt:2:1") && told.contains("did you mean"), "{told}");
    assert!(told.contains("--> known.txt:3:1") && told.contains("not a known finding"), "{told}");
}

#[test]
fn only_new_findings_since_a_base() {
    let folder = repository("adoption-new-only");
    folder.write("before/parcel/openapi.yaml", CONTRACT);
    let since = &["--new-only", "before"];
    assert_eq!(lint(&folder, since).0, 0);
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("name: note", "name: remark"));
    let (code, line, told) = lint(&folder, since);
    assert!(code == 1 && told.contains("`remark`") && !told.contains("`code`"), "{told}");
    assert!(line.contains("1 finding is in before too"), "{line}");
    folder.write("before/parcel/openapi.yaml", "openapi: [");
    let (code, line, _) = lint(&folder, since);
    assert!(code == 1 && line.contains("before has errors in its contracts"), "{line}");
}

#[test]
fn a_comment_accepts_a_finding_beside_its_line() {
    let folder = repository("adoption-beside");
    let with = |comment: &str| {
        let above = format!("        {comment}\n        - name: code");
        let contract = CONTRACT
            .replace("        - name: code", &above)
            .replace("name: note\n", "name: note # codegen-ignore string-unbounded: cut\n");
        folder.write("spec/parcel/openapi.yaml", &contract);
        lint(&folder, &[])
    };
    let clean = (0, String::new(), String::new());
    for comment in [
        "# codegen-ignore string-unbounded: the carrier's own",
        "# codegen-ignore string-unbounded until 2026-11-27: the carrier's own",
        "## codegen-ignore string-unbounded, parameter-casing: the carrier's own",
    ] {
        let (code, _, told) = with(comment);
        let unused = comment.contains("casing");
        assert_eq!((code, told.contains("unused-ignore")), (i32::from(unused), unused), "{told}");
    }
    assert_eq!(with("# codegen-ignore string-unbounded: the carrier's own"), clean);
    let (code, _, told) = with("# codegen-ignore string-unbounded until 2026-11-26: soon");
    assert_eq!(code, 1);
    assert!(told.contains("error[expired-ignore]") && told.contains("`code`"), "{told}");
    for (comment, says) in [
        ("# codegen-ignore string-unbounded", "a reason is missing"),
        ("# codegen-ignore: why", "the name of a rule is missing"),
        ("# codegen-ignore string-unbounded until soon: r", "this is not a date"),
        ("# codegen-ignore string-unbound: r", "did you mean `string-unbounded`?"),
        ("# codegen-ignore endpoint-added: r", "is a rule on changes"),
    ] {
        let (code, _, told) = with(comment);
        assert!(code == 1 && told.contains(says), "{comment}: {told}");
        assert!(told.contains("--> spec/parcel/openapi.yaml:13:9"), "{comment}: {told}");
    }
    // What stands in a text is no comment.
    let text = "# codegen-ignore string-unbounded: in a text";
    let contract =
        CONTRACT.replace("List parcels\n", &format!("|\n        List\n        {text}\n"));
    folder.write("spec/parcel/openapi.yaml", &contract);
    assert!(lint(&folder, &[]).2.contains("`code`"));
}

#[test]
fn levels_below_a_place_and_presets() {
    let folder = repository("adoption-levels");
    let with = |policy: &str, more: &[&str]| {
        folder.write("spec/policy.yaml", policy);
        codegen(folder.path(), &[&["lint"], more].concat())
    };
    let (_, line, _) = with("", &[]);
    assert_eq!(line, "found 0 errors, 2 warnings, 0 notes\n");
    let below = |place: &str| {
        with(
            &format!("paths:\n  - where: '{place}'\n    levels: {{string-unbounded: error}}\n"),
            &[],
        )
    };
    for place in ["parcel/", "spec/parcel", "parcel/openapi.yaml#/paths"] {
        assert_eq!(below(place).1, "found 2 errors, 0 warnings, 0 notes\n", "{place}");
    }
    let (_, counted, told) = below("letter/");
    assert!(told.contains("unused-levels"), "{told}");
    assert_eq!(counted, line.replace("2 warnings", "3 warnings"));
    let two = "paths:\n  - {where: parcel, levels: {string-unbounded: error}}\n  - {where: parcel/openapi.yaml, levels: {string-unbounded: off}}\n";
    assert_eq!(with(two, &[]).1, "");
    assert_eq!(with(two, &["--deny", "string-unbounded"]).0, 1, "the command line says more");
    let (code, _, told) =
        with("paths: [{where: GET /parcel, levels: {string-unbounded: off}}]", &[]);
    assert!(code == 1 && told.contains("this is not a location in a contract"), "{told}");
    let (code, _, told) = with("paths: [{where: parcel}]", &[]);
    assert!(code == 1 && told.contains("`where` and `levels` are required"), "{told}");

    assert_eq!(with("preset: minimal", &[]).1, "");
    assert_eq!(with("preset: minimal\nlevels: {string-unbounded: warning}", &[]).1, line);
    let (code, strict, told) = with("preset: strict", &[]);
    assert!(code == 1 && told.contains("error[string-unbounded]"), "{strict}");
    assert!(told.contains("warning[info-contact]"), "{told}");
    assert_eq!(with("preset: strict", &["--preset", "recommended"]).1, line);
    let (code, _, told) = with("preset: harsh", &[]);
    assert!(code == 1 && told.contains("invalid preset"), "{told}");
}

#[test]
fn what_has_one_right_form_is_corrected_in_place() {
    let folder = Folder::new("adoption-fix");
    let contract = "\
openapi: 3.0.3 # the version
info: {title: Parcel, version: 1.0.0, description: Where parcels are.}
servers:
  - url: https://api.example.com/ # production
security: []
tags:
  # Twice.
  - name: old
    description: Old.
  - name: old
paths:
  /parcel:
    get:
      # Without an id.
      summary: List parcels
      tags: [parcels, old]
      responses:
        '200':
          description: '' # to be written
          content:
            application/json:
              schema:
                type: array
                maxItems: 5
        '204':
          description: Nothing.
";
    folder.write("spec/parcel/openapi.yaml", contract);
    folder.write("spec/policy.yaml", "ignore:\n  # one\n  - {rule: path-verb, reason: r}\n  - {rule: tag-twice, reason: r, where: letter}\n");
    let (_, line, told) = codegen(folder.path(), &["lint", "--fix"]);
    assert!(line.contains("fixed 8 findings"), "{line}{told}");
    assert_eq!(folder.read("spec/policy.yaml"), "ignore: []\n  # one\n");
    assert_eq!(
        folder.read("spec/parcel/openapi.yaml"),
        "\
openapi: 3.0.3 # the version
info: {title: Parcel, version: 1.0.0, description: Where parcels are.}
servers:
  - url: https://api.example.com # production
security: []
tags:
  # Twice.
  - name: old
    description: Old.
  - name: \"parcels\"
paths:
  /parcel:
    get:
      # Without an id.
      summary: List parcels
      tags: [parcels, old]
      responses:
        '200':
          description: \"OK\" # to be written
          content:
            application/json:
              schema:
                type: array
                maxItems: 5
                items: {}
        '204':
          description: Nothing.
      operationId: getParcel
"
    );
    let (_, line, _) = codegen(folder.path(), &["lint", "--fix"]);
    assert!(line.contains("fixed 0 findings"), "{line}");
}

/// What a person wrote is not lost: words that another declaration lacks, a body, comments, and ignores that this run alone
/// does not need.
#[test]
fn a_correction_loses_nothing() {
    let folder = Folder::new("adoption-fix-keeps");
    let tags = "tags:\n  - {name: pets, description: Public pets.}\n  - {name: pets, description: How to adopt one., externalDocs: {url: 'https://example.com'}}\n  - {name: dogs, description: Dogs.}\n  - name: dogs # as well\n";
    let contract = CONTRACT
        .replace("          description: It is on its way.", "          description: It is on its way.\n          content: {application/json: {schema: {type: string, maxLength: 9}}}")
        .replace("        - name: note", "        # codegen-ignore string-unbounded, path-verb: the printer cuts it\n        - name: note")
        + tags;
    let policy = "ignore:\n  - {rule: string-unbounded, where: parcel/openapi.yaml#/paths/~1parcel/get/parameters/0, reason: r}\n  - rule: path-verb # for later\n    reason: r\n";
    folder.write("spec/parcel/openapi.yaml", &contract);
    folder.write("spec/policy.yaml", policy);
    for more in [&["--preset", "minimal"][..], &[], &["--allow", "string-unbounded"]] {
        let (_, line, told) = codegen(folder.path(), &[&["lint", "--fix"], more].concat());
        assert!(line.contains("fixed 0 findings"), "{more:?}: {line}{told}");
        assert_eq!(folder.read("spec/parcel/openapi.yaml"), contract, "{more:?}");
        assert_eq!(folder.read("spec/policy.yaml"), policy, "{more:?}");
    }
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    for code in ["tag-twice", "response-204-content", "unused-ignore"] {
        assert!(told.contains(code), "{code}: {told}");
    }
    let (_, _, told) = codegen(folder.path(), &["lint", "--preset", "minimal"]);
    assert!(!told.contains("ignore of `string-unbounded`"), "{told}");
}

#[test]
fn build_servers_read_junit() {
    let folder = repository("adoption-junit");
    let (code, text, told) = lint(&folder, &["--format", "junit"]);
    assert!(code == 1 && told.is_empty(), "{told}");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"), "{text}");
    assert!(text.contains("spec/parcel/openapi.yaml\" tests=\"2\" failures=\"2\""), "{text}");
    assert!(text.contains("spec/parcel/openapi.yaml\" name=\"string-unbounded at "), "{text}");
    assert_eq!(text.matches("</failure>").count(), 2);
    let (_, text, _) = codegen(folder.path(), &["lint", "--format", "junit"]);
    assert!(text.contains("failures=\"0\"") && text.contains("<system-out>warning: "), "{text}");
    let (_, text, _) =
        codegen(folder.path(), &["lint", "--format", "junit", "--preset", "minimal"]);
    assert!(text.contains("<testcase classname=\"contracts\" name=\"check\""), "{text}");
}

#[test]
fn code_scanning_learns_what_is_new() {
    let folder = repository("adoption-sarif");
    let run = |more: &[&str]| -> Value {
        let (_, text, _) = lint(&folder, &[&["--format", "sarif"], more].concat());
        serde_json::from_str::<Value>(&text).unwrap()["runs"][0].clone()
    };
    let plain = run(&[]);
    assert!(plain["results"][0].get("baselineState").is_none());
    let location = &plain["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    let root = location["uriBaseId"].as_str().unwrap();
    assert!(plain["originalUriBaseIds"][root].is_object());
    assert_eq!(lint(&folder, &[LISTED, &["--write-baseline"]].concat()).0, 0);
    let moved = format!("# moved\n{}", CONTRACT.replace("name: note", "name: remark"));
    folder.write("spec/parcel/openapi.yaml", &moved);
    let compared = run(LISTED);
    let states = |run: &Value| -> Vec<(String, String)> {
        let of = |one: &Value| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&one["baselineState"]), text(&one["partialFingerprints"]["place/v1"]))
        };
        run["results"].as_array().unwrap().iter().map(of).collect()
    };
    let old = states(&plain);
    let unchanged = states(&compared).into_iter().find(|(state, _)| state == "unchanged").unwrap();
    assert!(old.contains(&(String::new(), unchanged.1)), "the fingerprint stays");
    let states = states(&compared);
    assert!(states.iter().any(|(state, place)| state == "new" && place.contains("remark")));
}

#[test]
fn contracts_with_errors_are_linted_as_far_as_they_can_be() {
    let folder = repository("adoption-with-errors");
    let wrong = CONTRACT.replacen("in: query", "in: nowhere", 1);
    folder.write("spec/parcel/openapi.yaml", &wrong);
    let (code, line, told) = codegen(folder.path(), &["lint", "--preset", "strict"]);
    assert_eq!(code, 1, "{told}");
    let first = told.lines().find(|line| line.contains("]: ")).unwrap_or_default();
    assert!(told.contains("nowhere") && first.starts_with("error["), "first things first: {told}");
    assert!(told.contains("[info-contact]"), "style is told of all the same: {told}");
    assert!(told.contains("rules need contracts without errors"), "{told}");
    let (code, _, told) = lint(&folder, &["--baseline", "known.txt", "--write-baseline"]);
    assert_eq!(code, 2, "{line}{told}");
}

#[test]
fn a_list_of_known_findings_does_not_grow() {
    let folder = repository("adoption-grows");
    let git = |arguments: &[&str]| {
        let name = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        let done = Command::new("git")
            .current_dir(folder.path())
            .args(name)
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    let (code, _, told) = lint(&folder, &[LISTED, &["--write-baseline"]].concat());
    assert_eq!(code, 0, "{told}");
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "before"]);
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("name: note", "name: remark"));
    let known = std::fs::read_to_string(folder.path().join("known.txt")).unwrap();
    assert!(known.contains("/note"), "{known}");
    folder.write("known.txt", &known.replace("/note", "/remark"));
    let (code, _, told) = lint(&folder, LISTED);
    assert_eq!(code, 0, "without a base nobody can tell: {told}");
    let check = ["check", "--base", "HEAD", "--baseline", "known.txt"];
    let (code, _, told) = codegen(folder.path(), &check);
    assert!(code == 1 && told.contains("error[baseline-grew]"), "{told}");
    for base in ["HEAD", ":/before", "HEAD^{/before}"] {
        let (code, _, told) = lint(&folder, &[LISTED, &["--baseline-since", base]].concat());
        assert!(code == 1 && told.contains("error[baseline-grew]"), "{base}: {told}");
    }
    // Another name makes no other list.
    std::fs::rename(folder.path().join("known.txt"), folder.path().join("list.txt")).unwrap();
    let renamed = ["lint", "--baseline", "list.txt", "--baseline-since", "HEAD"];
    let (code, _, told) = codegen(folder.path(), &renamed);
    assert!(code == 1 && told.contains("error[baseline-grew]"), "{told}");
    folder.write("list.txt", "string-unbounded parcel/openapi.yaml#/other\n");
    let (_, _, told) = codegen(folder.path(), &renamed);
    assert!(told.contains("note[baseline-not-compared]: `HEAD` has no list.txt"), "{told}");
    let (_, _, told) =
        lint(&folder, &[&["--baseline", "list.txt"], &["--baseline-since", "./spec"][..]].concat());
    assert!(told.contains("`./spec` is a folder, not a git ref"), "{told}");
    folder.write("known.txt", &known);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    let (_, _, told) = codegen(folder.path(), &check);
    assert!(!told.contains("baseline-grew"), "{told}");
    let noted = known.replace("string-unbounded", "# Ours.\nstring-unbounded");
    folder.write("known.txt", &noted);
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("name: note", "name: remark"));
    codegen(folder.path(), &["lint", "--baseline", "known.txt", "--prune"]);
    let pruned = folder.read("known.txt");
    assert!(pruned.matches("# Ours.").count() == 2 && !pruned.contains("/note"), "{pruned}");
    folder.write("known.txt", &known);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder.write("known.txt", "nothing\n");
    git(&["commit", "--quiet", "--all", "--message", "wrong"]);
    folder.write("known.txt", &known);
    let (code, _, told) = codegen(folder.path(), &check);
    assert!(code == 2 && told.contains("known.txt of HEAD is not a list"), "{told}");
}

/// What the job for GitLab installs is the commit of a branch or a tag: cargo takes neither by its name.
#[test]
fn the_job_for_gitlab_finds_the_commit_of_a_branch_and_a_tag() {
    let folder = Folder::new("adoption-gitlab");
    folder.write("a.txt", "a");
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        let mut command = std::process::Command::new("git");
        let output = command.args(who).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message=First"]);
    git(&["tag", "v1"]);
    git(&["tag", "--annotate", "--message=Second", "v2"]);
    let head = git(&["rev-parse", "HEAD"]);
    let job = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.gitlab/contracts.yml");
    let job = std::fs::read_to_string(job).unwrap();
    let line = job.lines().find_map(|line| line.trim().strip_prefix("- commit=")).unwrap();
    for reference in ["main", "v1", "v2", &head] {
        let mut command = std::process::Command::new("bash");
        command.args(["-euc", &format!("commit={line}; echo \"${{commit:-$CODEGEN_REF}}\"")]);
        command.env("CODEGEN_REPOSITORY", folder.path()).env("CODEGEN_REF", reference);
        let output = command.output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), head, "{reference}");
    }
}
