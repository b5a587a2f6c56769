//! `diff` and `check --base` as a user meets them: real processes, a real repository, exit codes.

use std::process::Command;

use serde_json::Value;

use crate::output::Folder;
use crate::programs::{codegen, git};

const CONTRACT: &str = "\
openapi: 3.0.3
info:
  title: Parcel
  version: 1.0.0
paths:
  /parcel/{code}:
    parameters:
      - name: code
        in: path
        required: true
        description: Which parcel.
        schema:
          $ref: ../schemas/parcel.yaml#/Code
    get:
      operationId: findParcel
      summary: Find a parcel
      responses:
        '204':
          description: It is there.
";

const CODE: &str = "\
Code:
  description: What stands on the label.
  type: string
  minLength: 1
  maxLength: 12
";

/// A repository whose first commit holds the contracts and what they come to.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder.write("spec/schemas/parcel.yaml", CODE);
    assert_eq!(codegen(folder.path(), &[]).0, 0);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=First"]);
    folder
}

fn narrow(folder: &Folder) {
    folder.write("spec/schemas/parcel.yaml", &CODE.replace("maxLength: 12", "maxLength: 8"));
}

#[test]
fn finds_nothing_where_nothing_changed() {
    let folder = repository("diff-same");
    let line = "since main: 0 breaking changes, 0 warnings, 0 compatible changes\n";
    assert_eq!(codegen(folder.path(), &["diff", "main"]), (0, line.into(), String::new()));
}

#[test]
fn finds_a_change_in_a_file_that_the_contract_refers_to() {
    let folder = repository("diff-narrow");
    narrow(&folder);
    let (code, line, told) = codegen(folder.path(), &["diff", "HEAD"]);
    assert_eq!(code, 1, "{told}");
    assert_eq!(line, "since HEAD: 1 breaking change, 0 warnings, 0 compatible changes\n");
    assert!(told.contains("error[request-parameter-max-length-decreased]"), "{told}");
    assert!(told.contains("--> spec/schemas/parcel.yaml:5:"), "{told}");
    assert!(told.contains("::: HEAD:spec/schemas/parcel.yaml:5:"), "{told}");
    assert!(told.contains("help: affects clients that send longer strings"), "{told}");
}

#[test]
fn compares_with_a_folder_too() {
    let folder = repository("diff-folder");
    let before = repository("diff-folder-before");
    narrow(&before);
    let whole = before.path().to_str().unwrap();
    let (code, line, told) = codegen(folder.path(), &["diff", whole]);
    assert_eq!(code, 0, "{told}");
    assert!(line.ends_with(": 0 breaking changes, 0 warnings, 1 compatible change\n"), "{line}");
    assert!(told.contains("note[request-parameter-max-length-increased]"), "{told}");
}

#[test]
fn people_find_the_files_from_where_they_are() {
    let folder = Folder::new("diff-shown");
    folder.write("services/shop/contracts/parcel/openapi.yaml", CONTRACT);
    folder.write("services/shop/contracts/schemas/parcel.yaml", CODE);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=First"]);
    let narrow = CODE.replace("maxLength: 12", "maxLength: 9");
    folder.write("services/shop/contracts/schemas/parcel.yaml", &narrow);
    let shown = |here: &str, spec: &str, place: &str, base: &str| {
        let arguments = ["diff", "main", "--spec", spec];
        let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
        command.args(arguments).current_dir(folder.path().join(here));
        let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(&format!("--> {place}:5:3")), "{place}: {told}");
        assert!(told.contains(&format!("::: {base}:5:3")), "{base}: {told}");
    };
    let below = "services/shop/contracts";
    let file = "schemas/parcel.yaml";
    shown(".", below, &format!("{below}/{file}"), &format!("main:{below}/{file}"));
    shown(
        "services/shop",
        "./contracts/",
        &format!("contracts/{file}"),
        &format!("main:contracts/{file}"),
    );
    shown(below, ".", file, &format!("main:{file}"));
    shown(
        "services",
        "shop/contracts",
        &format!("shop/contracts/{file}"),
        &format!("main:shop/contracts/{file}"),
    );
}

#[test]
fn check_refuses_breaking_changes_since_a_base() {
    let folder = repository("check-base");
    narrow(&folder);
    assert_eq!(codegen(folder.path(), &[]).0, 0);
    assert_eq!(codegen(folder.path(), &["check"]).0, 0, "without a base, it is right and fresh");
    let (code, _, told) = codegen(folder.path(), &["check", "--base", "main"]);
    assert_eq!(code, 1);
    assert!(told.contains("request-parameter-max-length-decreased"), "{told}");
    git(folder.path(), &["commit", "--quiet", "--all", "--message=Narrow"]);
    assert_eq!(codegen(folder.path(), &["check", "--base", "main"]).0, 0);
    assert_eq!(codegen(folder.path(), &["check", "--base", "HEAD~1"]).0, 1);
}

#[test]
fn tells_programs_too() {
    let folder = repository("diff-formats");
    narrow(&folder);
    let (code, text, _) = codegen(folder.path(), &["diff", "main", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &document["outcome"]), (1, &"breaking".into()));
    let finding = &document["changes"]["findings"][0];
    assert_eq!(finding["rule"], "request-parameter-max-length-decreased");
    assert_eq!(finding["subject"], "GET /parcel/{code}");
    assert_eq!(finding["direction"], "request");
    let (_, text, _) = codegen(folder.path(), &["diff", "main", "--format", "sarif"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let result = &document["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "request-parameter-max-length-decreased");
    let (_, text, _) = codegen(folder.path(), &["diff", "main", "--format", "github"]);
    assert!(text.starts_with("::error file=spec/schemas/parcel.yaml,line=5,"), "{text}");
}

/// What is gone stood at a line of the base, which means nothing in the file that is there now.
#[test]
fn what_is_gone_is_told_of_the_file_that_is_there() {
    let folder = repository("diff-gone");
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("/parcel/{code}:", "/box/{code}:"));
    let (_, text, _) = codegen(folder.path(), &["diff", "main", "--format", "github"]);
    let gone = text.lines().find(|line| line.contains("api-path-removed")).unwrap();
    assert!(
        gone.starts_with("::error file=spec/parcel/openapi.yaml,title=api-path-removed"),
        "{gone}"
    );
    let (_, text, _) = codegen(folder.path(), &["diff", "main", "--format", "sarif"]);
    assert!(!text.contains("main%3A") && !text.contains("main:"), "{text}");
}

#[test]
fn a_policy_turns_levels_and_ignores_for_a_reason() {
    let folder = repository("diff-policy");
    narrow(&folder);
    let rule = "request-parameter-max-length-decreased";
    folder.write("spec/policy.yaml", &format!("levels:\n  {rule}: warning\n"));
    let (code, line, _) = codegen(folder.path(), &["diff", "main"]);
    assert_eq!((code, line.contains("0 breaking changes, 1 warning,")), (0, true), "{line}");
    let ignore = |more: &str| {
        let text = format!("ignore:\n  - rule: {rule}\n    reason: labels are short\n{more}");
        folder.write("spec/policy.yaml", &text);
        codegen(folder.path(), &["diff", "main", "--today", "2026-11-23"])
    };
    let (code, line, told) = ignore("    where: GET /parcel/{code}\n    until: 2026-12-31\n");
    assert!(code == 0 && line.contains("; the policy accepts 1 breaking change\n"), "{line}");
    assert!(
        told.contains(&format!("note[{rule}]")) && told.contains("the policy accepts"),
        "{told}"
    );
    let (code, line, _) = codegen(folder.path(), &["diff", "main", "--allow", rule]);
    assert!(code == 0 && line.contains("; the policy accepts 1 breaking change\n"), "{line}");
    let (code, _, told) = ignore("    where: GET /parcel\n");
    assert!(code == 1 && told.contains("note[unused-ignore]"), "{told}");
    let (code, _, told) = ignore("    until: 2026-01-31\n");
    assert!(code == 1 && told.contains("error[expired-ignore]"), "{told}");
    let (code, _, told) = ignore("    until: someday\n");
    assert!(code == 1 && told.contains("error[policy]: this is not a date"), "{told}");
}

#[test]
fn a_wrong_policy_is_refused_with_its_place() {
    let folder = repository("diff-wrong-policy");
    let refused = |text: &str| {
        folder.write("spec/policy.yaml", text);
        let (code, _, told) = codegen(folder.path(), &["diff", "main"]);
        assert_eq!(code, 1, "{told}");
        told
    };
    let told = refused("levels:\n  request-parameter-max-len-decreased: error\n");
    assert!(told.contains("--> spec/policy.yaml:2:3"), "{told}");
    assert!(
        told.contains("help: did you mean `request-parameter-max-length-decreased`?"),
        "{told}"
    );
    let told = refused("ignore:\n  - rule: api-removed-without-deprecation\n");
    assert!(told.contains("`reason` is missing"), "{told}");
    let told = refused("levels: [1]\nelse: 2\nignore: {}\n");
    assert!(told.contains("unknown key `else`"), "{told}");
    assert!(refused("{").contains("error["));
}

#[test]
fn what_cannot_be_compared_is_an_error_of_the_tool() {
    let folder = repository("diff-errors");
    let failed = |arguments: &[&str], expected: &str| {
        let (code, _, told) = codegen(folder.path(), arguments);
        assert!(code == 2 && told.contains(expected), "{code}: {told}");
    };
    failed(&["diff", "nowhere"], "`nowhere` is neither a folder nor a git ref");
    failed(&["diff", "--", "--all"], "`--all` is neither a folder nor a git ref");
    failed(&["diff", "main", "--today", "soon"], "`soon` is not a date");
    failed(&["diff", "generated/docs"], "contains no contracts");
    git(folder.path(), &["rm", "--quiet", "-r", "--cached", "spec"]);
    git(folder.path(), &["commit", "--quiet", "--message=Nothing"]);
    failed(&["diff", "HEAD"], "`HEAD` contains no contracts");
    let outside = Folder::new("diff-outside");
    outside.write("spec/parcel/openapi.yaml", CONTRACT);
    outside.write("spec/schemas/parcel.yaml", CODE);
    let (code, _, told) = codegen(outside.path(), &["diff", "main"]);
    assert!(code == 2 && told.contains("is not in a git repository"), "{told}");
}

/// A requirement that is new for every operation is one finding with its places.
#[test]
fn one_change_of_many_operations_is_one_finding() {
    let folder = Folder::new("diff-many");
    let paths: String = (0..9)
        .map(|n| {
            format!("  /p{n}:\n    get:\n      operationId: get{n}\n      summary: s\n      responses: {{'204': {{description: d}}}}\n")
        })
        .collect();
    let contract = |head: &str| {
        format!("openapi: 3.0.3\ninfo: {{title: P, version: 1.0.0}}\n{head}paths:\n{paths}")
    };
    let key = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}}\n";
    folder.write("spec/p/openapi.yaml", &contract(key));
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=First"]);
    folder.write("spec/p/openapi.yaml", &contract(&format!("security: [{{key: []}}]\n{key}")));
    let (code, line, told) = codegen(folder.path(), &["diff", "main"]);
    assert!(code == 1 && line.contains("1 breaking change,"), "{line}{told}");
    assert!(told.contains("and 3 more places"), "{told}");
    let (_, json, _) = codegen(folder.path(), &["diff", "main", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["changes"]["findings"][0]["also"].as_array().unwrap().len(), 8, "{json}");
}

/// Whoever introduces contracts, or repairs them, must get past the check of a pull request.
#[test]
fn a_check_goes_on_where_the_base_has_nothing_to_compare_with() {
    let folder = Folder::new("check-first");
    folder.write("README.md", "To come.");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=Empty"]);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder.write("spec/schemas/parcel.yaml", CODE);
    let (code, _, told) = codegen(folder.path(), &["generate"]);
    assert_eq!(code, 0, "{told}");
    let (code, line, told) = codegen(folder.path(), &["check", "--base", "main"]);
    assert!(
        code == 0 && line.contains("not compared: `main` contains no contracts"),
        "{line}{told}"
    );
    let (code, line, told) = codegen(folder.path(), &["diff", "main", "--if-comparable"]);
    assert!(code == 0 && line.contains("not compared: `main`"), "{line}{told}");
    assert_eq!(codegen(folder.path(), &["diff", "main"]).0, 2);
    folder.write("spec/schemas/parcel.yaml", "{");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=Broken"]);
    folder.write("spec/schemas/parcel.yaml", CODE);
    let (code, line, told) = codegen(folder.path(), &["check", "--base", "main"]);
    assert!(
        code == 0 && line.contains("cannot compare with the contracts of `main`: spec/"),
        "{line}{told}"
    );
}

#[test]
fn contracts_are_followed_to_where_they_were_and_named_where_they_are() {
    let folder = repository("diff-moved");
    std::fs::create_dir_all(folder.path().join("systems/post")).unwrap();
    git(folder.path(), &["mv", "spec", "systems/post/contracts"]);
    let moved = ["--spec", "systems/post/contracts"];
    let (code, line, told) = codegen(folder.path(), &[&["diff", "main"], &moved[..]].concat());
    assert!(code == 0 && line.contains("0 breaking changes, 0 warnings, 0"), "{line}{told}");
    let narrower = CODE.replace("maxLength: 12", "maxLength: 2");
    folder.write("systems/post/contracts/schemas/parcel.yaml", &narrower);
    let arguments = [&["diff", "main", "--format", "github"], &moved[..]].concat();
    let (code, out, told) = codegen(folder.path(), &arguments);
    assert!(code == 1 && out.contains("file=systems/post/contracts/"), "{out}{told}");
}

/// Contracts that the generator does not take any more cannot be compared, which is not a clean outcome.
#[test]
fn old_contracts_that_are_wrong_are_named() {
    let folder = Folder::new("diff-old-wrong");
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=Wrong"]);
    folder.write("spec/schemas/parcel.yaml", CODE);
    let (code, _, told) = codegen(folder.path(), &["diff", "main"]);
    assert!(
        code == 2 && told.contains("cannot compare with the contracts of `main`: spec/"),
        "{told}"
    );
}

/// A sunset must leave clients the time that the policy gives them.
#[test]
fn a_new_sunset_is_as_far_ahead_as_the_policy_demands() {
    let folder = repository("diff-notice");
    let ending = "operationId: findParcel\n      deprecated: true\n      x-sunset: '2026-12-01'\n";
    let sooner = CONTRACT.replace("operationId: findParcel\n", ending);
    assert_ne!(sooner, CONTRACT);
    folder.write("spec/parcel/openapi.yaml", &sooner);
    let diff = || codegen(folder.path(), &["diff", "main", "--today", "2026-11-23"]);
    let (code, line, told) = diff();
    assert_eq!(code, 0, "{line}{told}");
    folder.write("spec/policy.yaml", "sunsetNotice: 30\n");
    let (code, _, told) = diff();
    let wanted = "the sunset 2026-12-01 is before 2026-12-23, the earliest possible date";
    assert!(code == 1 && told.contains(wanted), "{told}");
    folder.write("spec/policy.yaml", "sunsetNotice: long\n");
    let (code, _, told) = diff();
    assert!(code == 1 && told.contains("invalid number of days"), "{told}");
}

/// Whoever moves the contracts and renames the service at once is compared with what they were.
#[test]
fn contracts_under_another_name_in_another_folder_do_not_count_as_new() {
    let folder = repository("diff-moved-and-renamed");
    std::fs::create_dir_all(folder.path().join("systems")).unwrap();
    git(folder.path(), &["mv", "spec", "systems/contracts"]);
    git(folder.path(), &["mv", "systems/contracts/parcel", "systems/contracts/post"]);
    let narrower = CODE.replace("maxLength: 12", "maxLength: 2");
    folder.write("systems/contracts/schemas/parcel.yaml", &narrower);
    let arguments = ["diff", "--if-comparable", "main", "--spec", "systems/contracts"];
    let (code, line, told) = codegen(folder.path(), &arguments);
    assert!(code == 1 && line.contains("1 breaking change"), "{line}{told}");
}

/// What came to the other branch since is no change of this one.
#[test]
fn a_branch_is_compared_with_where_it_began() {
    let folder = repository("diff-merge-base");
    git(folder.path(), &["checkout", "--quiet", "-b", "work"]);
    git(folder.path(), &["checkout", "--quiet", "main"]);
    let more = CONTRACT.replace("/parcel/{code}:", "/parcel/{code}/more:");
    let more = more.replace("findParcel", "findMore");
    folder.write("spec/more/openapi.yaml", &more);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=More"]);
    git(folder.path(), &["checkout", "--quiet", "work"]);
    assert_eq!(codegen(folder.path(), &["diff", "main"]).0, 1, "the other branch has more");
    let (code, line, told) = codegen(folder.path(), &["diff", "main..."]);
    assert!(code == 0 && line.contains("0 breaking changes, 0 warnings, 0"), "{line}{told}");
    narrow(&folder);
    assert_eq!(codegen(folder.path(), &["diff", "main..."]).0, 1);
}

/// Whether `null` is a value is said beside a reference, and not where it leads to.
#[test]
fn a_reference_that_takes_null_is_told_at_its_own_line() {
    let folder = Folder::new("diff-null");
    let contract = "openapi: 3.1.0
info: {title: T, version: 1.0.0}
security: []
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: d
          content:
            application/json:
              schema:
                type: object
                properties:
                  c: {$ref: '#/components/schemas/C'}
                  list: {type: array, items: {$ref: '#/components/schemas/C'}}
components:
  schemas:
    C: {type: object, properties: {d: {type: string}}}
";
    folder.write("before/t/openapi.yaml", contract);
    let reference = "{$ref: '#/components/schemas/C'}";
    let either = format!("{{anyOf: [{reference}, {{type: 'null'}}]}}");
    folder.write("spec/t/openapi.yaml", &contract.replace(reference, &either));
    let (code, _, told) = codegen(folder.path(), &["diff", "before"]);
    assert_eq!(code, 1, "{told}");
    for line in ["--> spec/t/openapi.yaml:16:", "--> spec/t/openapi.yaml:17:"] {
        assert!(told.contains(line), "{told}");
    }
    assert!(!told.contains("--> spec/t/openapi.yaml:20:"), "{told}");
}
