//! The command line as a user meets it: real processes, their output and exit codes.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::output::Folder;

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
      operationId: countParcels
      summary: Count the parcels
      responses:
        '200':
          description: How many there are.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Count'
components:
  schemas:
    Count:
      type: integer
      format: int64
";

/// A repository with one right contract.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder.write("Cargo.toml", "[workspace]\n");
    folder
}

/// The same with a reference that leads nowhere.
fn broken(folder: &Folder) {
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("schemas/Count'", "schemas/Cuont'"));
}

fn codegen(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_codegen"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn generates_then_finds_nothing_to_do() {
    let folder = repository("generates");
    let first = codegen(folder.path(), &[]);
    assert_eq!(code(&first), 0, "{}", text(&first.stderr));
    let line = text(&first.stdout);
    assert!(line.starts_with("1 service, 1 operation, 0 events: "), "{line}");
    assert!(line.contains(" 0 unchanged, 0 removed in ") && line.ends_with(" ms\n"), "{line}");
    assert!(folder.path().join("generated/infra/template.yaml").is_file());
    let second = codegen(folder.path(), &["generate", "--quiet"]);
    assert_eq!((code(&second), text(&second.stdout)), (0, String::new()));
    let check = codegen(folder.path(), &["check"]);
    assert_eq!(code(&check), 0, "{}", text(&check.stderr));
    let line = text(&check.stdout);
    assert!(
        line.contains(" generated files are up to date in ") && !line.contains("written"),
        "{line}"
    );
}

#[test]
fn finds_the_workspace_from_a_folder_below() {
    let folder = repository("below");
    folder.write("services/parcel/src/lib.rs", "");
    let below = folder.path().join("services/parcel");
    assert_eq!(code(&codegen(&below, &[])), 0);
    assert!(folder.path().join("generated/manifest.json").is_file());
    assert!(!below.join("generated").exists());
}

#[test]
fn writes_nothing_for_a_broken_contract() {
    let folder = repository("broken");
    assert_eq!(code(&codegen(folder.path(), &[])), 0);
    broken(&folder);
    let before = folder.snapshot();
    let output = codegen(folder.path(), &[]);
    let line = "found 1 error, 0 warnings, 0 notes\n".to_owned();
    assert_eq!((code(&output), text(&output.stdout)), (1, line));
    let error = text(&output.stderr);
    assert!(error.contains("--> spec/parcel/openapi.yaml:18:"), "{error}");
    assert!(error.contains("Count"), "the nearest name is suggested: {error}");
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn check_names_stale_files_with_a_diff_and_writes_nothing() {
    let folder = repository("stale");
    assert_eq!(code(&codegen(folder.path(), &[])), 0);
    let template = folder.read("generated/infra/template.yaml");
    folder.write("generated/infra/template.yaml", &template.replace("Default: dev", "Default: qa"));
    let before = folder.snapshot();
    let output = codegen(folder.path(), &["check"]);
    assert_eq!(code(&output), 1);
    let error = text(&output.stderr);
    assert!(error.contains("error[stale-output]: 1 generated file is out of date"), "{error}");
    assert!(error.contains("  outdated  generated/infra/template.yaml\n"), "{error}");
    assert!(error.contains("-    Default: qa\n+    Default: dev\n"), "{error}");
    assert!(error.contains("help: run `codegen` and commit"), "{error}");
    assert_eq!(folder.snapshot(), before);
}

/// A repository that holds contracts only has nothing to compare, and sixty new files are no news.
#[test]
fn check_without_generated_files_says_what_to_do_instead() {
    let folder = repository("contracts-only");
    let output = codegen(folder.path(), &["check"]);
    let error = text(&output.stderr);
    assert_eq!(code(&output), 1, "{error}");
    assert!(
        error.contains("error[stale-output]: `generated` contains no generated files"),
        "{error}"
    );
    assert!(error.contains("`codegen lint`") && error.contains("`codegen diff BASE`"), "{error}");
    assert!(!error.contains("@@") && !error.contains("template.yaml"), "{error}");
    let output = codegen(folder.path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let [only] = json["stale"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!(only["path"], "generated/manifest.json", "the manifest stands for all files");
}

/// `created[gt]=` is another name than `created=`, and the name of an object whose properties are sent is free.
#[test]
fn parameters_are_told_apart_by_what_requests_have() {
    let parameter = |name: &str, style: &str, property: &str| {
        format!(
            "        - {{in: query, name: {name}, {style}schema: {{type: object, properties: {{{property}: {{type: string}}}}}}}}\n"
        )
    };
    let with = |parameters: &[String]| {
        let list = format!("      parameters:\n{}", parameters.concat());
        CONTRACT.replace("      responses:\n", &format!("{list}      responses:\n"))
    };
    let deep = parameter("created", "style: deepObject, explode: true, ", "gt");
    let folder = repository("told-apart");
    for (parameters, fault) in [
        (vec![deep, parameter("sort_by", "", "created")], None),
        (vec![parameter("filter", "", "a"), parameter("sort_by", "", "filter")], None),
        (vec![parameter("filter", "", "a"), parameter("sort_by", "", "a")], Some("property `a`")),
    ] {
        folder.write("spec/parcel/openapi.yaml", &with(&parameters));
        let output = codegen(folder.path(), &["--quiet"]);
        let error = text(&output.stderr);
        match fault {
            None => assert_eq!(code(&output), 0, "{error}"),
            Some(fault) => {
                assert!(error.contains("not-told-apart") && error.contains(fault), "{error}");
            }
        }
    }
}

/// A list of places that is too long ends with a whole place, and counts the rest.
#[test]
fn a_long_list_of_places_is_cut_between_them() {
    let folder = repository("places");
    let mut paths = String::new();
    for number in 0..8 {
        let file =
            format!("schemas/a-folder-with-a-long-name-{number}/another-folder/operations.yaml");
        folder.write(
            &format!("spec/parcel/{file}"),
            "get: {operationId: get, responses: {'200': {description: ok, contnt: {}}}}\n",
        );
        paths.push_str(&format!("  /p{number}: {{$ref: '{file}'}}\n"));
    }
    let contract = CONTRACT.replace("paths:\n", &format!("paths:\n{paths}"));
    folder.write("spec/parcel/openapi.yaml", &contract);
    let error = text(&codegen(folder.path(), &["lint"]).stderr);
    let places: Vec<&str> = error.lines().filter(|line| line.contains("= also at ")).collect();
    assert!(!places.is_empty(), "{error}");
    for line in places {
        assert!(!line.contains('…'), "{line}");
        assert!(line.contains(" more place") || line.matches(".yaml:").count() > 6, "{line}");
    }
}

#[test]
fn a_format_that_a_command_does_not_print_is_refused() {
    let folder = repository("no-such-format");
    for [command, format, instead] in [
        ["graph", "json", "choose its format with --as"],
        ["graph", "svg", "the format of `graph` is set by `--as`"],
        ["changelog", "html", "the format of `changelog` is set by `--as`"],
        ["rules", "junit", "its formats are human, json and markdown"],
        ["schema", "sarif", "leave --format out"],
    ] {
        let output = codegen(folder.path(), &[command, "--format", format]);
        assert_eq!(code(&output), 2, "{command}");
        let said = text(&output.stderr);
        assert!(said.contains(instead) && said.contains(format), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn tells_programs_in_their_formats() {
    let folder = repository("formats");
    // Programs get paths from the root of the repository.
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    broken(&folder);
    let document = |format: &str| {
        let output = codegen(folder.path(), &["check", "--format", format]);
        assert_eq!((code(&output), text(&output.stderr)), (1, String::new()));
        text(&output.stdout)
    };
    let json: Value = serde_json::from_str(&document("json")).unwrap();
    assert_eq!(json["outcome"], "rejected");
    assert_eq!(json["diagnostics"][0]["primary"]["file"], "spec/parcel/openapi.yaml");
    assert_eq!(json["diagnostics"][0]["primary"]["line"], 18);
    let sarif: Value = serde_json::from_str(&document("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], json["diagnostics"][0]["code"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "spec/parcel/openapi.yaml");
    assert_eq!(place["region"]["startLine"], 18);
    let github = document("github");
    let line = github.lines().next().unwrap();
    assert!(
        line.starts_with("::error file=spec/parcel/openapi.yaml,line=18,endLine=18,"),
        "{line}"
    );
    let is_annotation = |line: &str| line.starts_with("::");
    assert!(github.lines().all(is_annotation), "help is part of the annotation: {github}");
    assert!(!github.lines().skip(1).any(|line| line.starts_with("::error")), "{github}");
}

#[test]
fn tells_programs_of_stale_files() {
    let folder = repository("stale-formats");
    assert_eq!(code(&codegen(folder.path(), &["--format", "json"])), 0);
    folder.write("generated/docs/architecture.md", "stale");
    let run = |format: &str| text(&codegen(folder.path(), &["check", "--format", format]).stdout);
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["outcome"], "stale");
    let path = "generated/docs/architecture.md";
    assert_eq!(json["stale"], serde_json::json!([{ "path": path, "state": "outdated" }]));
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "stale-output");
    assert!(
        run("github").starts_with(&format!("::error file={path},title=stale-output::outdated"))
    );
}

#[test]
fn colors_on_demand_only() {
    let folder = repository("colors");
    broken(&folder);
    let error = |arguments: &[&str]| text(&codegen(folder.path(), arguments).stderr);
    assert!(!error(&[]).contains('\x1b'), "no terminal, no colors");
    assert!(error(&["--color", "always"]).contains('\x1b'));
    assert!(!error(&["--color", "never"]).contains('\x1b'));
}

#[test]
fn wrong_usage_and_failing_disks_are_told_apart_from_wrong_contracts() {
    let folder = repository("usage");
    let fails = |arguments: &[&str], says: &str| {
        let output = codegen(folder.path(), arguments);
        let error = text(&output.stderr);
        assert_eq!(code(&output), 2, "{arguments:?}: {error}");
        assert!(error.contains(says), "{arguments:?}: {error}");
    };
    fails(&["chekc"], "check");
    fails(&["--format", "xml"], "possible values");
    fails(&["--spec", "nowhere"], "nowhere");
    fails(&["--spec", "generated"], "generated");
    folder.write("empty/readme.txt", "");
    fails(&["--spec", "empty"], "contains no contracts");
    folder.write("file", "");
    fails(&["--out", "file"], "file");
    assert!(!folder.path().join("generated").exists());
}

#[test]
fn help_teaches() {
    let folder = Folder::new("help");
    let help = text(&codegen(folder.path(), &["--help"]).stdout);
    for taught in [
        "codegen check",
        "cargo run -p codegen --",
        "Exit codes",
        "spec/<service>/openapi.yaml",
        "--format",
    ] {
        assert!(help.contains(taught), "{taught}: {help}");
    }
    assert!(text(&codegen(folder.path(), &["-h"]).stdout).contains("--help"));
}

#[test]
fn the_operations_of_a_second_table_have_a_path_of_their_own() {
    let folder = repository("add-tables");
    for addition in [
        "table parcel Parcel --key parcelId",
        "operation parcel getParcel --table Parcel --action get",
        "table parcel LetterBox",
        "operation parcel getLetterBox --table LetterBox --action get",
    ] {
        let arguments: Vec<&str> = ["add"].into_iter().chain(addition.split(' ')).collect();
        let output = codegen(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "{addition}: {}", text(&output.stderr));
    }
    let contract = folder.read("spec/parcel/openapi.yaml");
    for path in ["  /parcel/{parcelId}:\n", "  /letter-box/{id}:\n"] {
        assert!(contract.contains(path), "{path}: {contract}");
    }
}

#[test]
fn without_contracts_the_answer_says_where_they_were_looked_for() {
    let output = Command::new(env!("CARGO_BIN_EXE_codegen")).current_dir("/").output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("no folder `spec`"), "{}", text(&output.stderr));
}

/// A workspace with the function that the contract asks for; it builds in a moment, for it does nothing.
fn workspace(name: &str) -> Folder {
    let folder = repository(name);
    folder.write(
        "Cargo.toml",
        "[workspace]\n[package]\nname = \"parcel\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    folder.write("src/main.rs", "fn main() {}\n");
    assert_eq!(code(&codegen(folder.path(), &[])), 0);
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn packages_what_is_built_and_leaves_alone_what_is_packaged() {
    let folder = workspace("packages");
    let first = codegen(folder.path(), &["package", "--at-most", "1"]);
    let (out, err) = (text(&first.stdout), text(&first.stderr));
    assert_eq!(code(&first), 0, "{out}{err}");
    assert!(
        out.starts_with("parcel  ") && out.contains(" MB zipped  target/lambda/parcel.zip\n"),
        "{out}"
    );
    let archive = folder.path().join("target/lambda/parcel.zip");
    let bytes = std::fs::read(&archive).unwrap();
    // Archives that others make of the folder are alike too, for modes and times are.
    let bootstrap = folder.path().join("target/lambda/parcel/bootstrap").metadata().unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&bootstrap.permissions()) & 0o777, 0o755);
    let modified = bootstrap.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(modified.as_secs(), 946_728_000);

    let again = codegen(folder.path(), &["package", "--format", "json"]);
    let document: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(document["functions"][0]["unchanged"], true, "{document}");
    assert_eq!(document["functions"][0]["archiveBytes"], bytes.len());
    let large = codegen(folder.path(), &["package", "--at-most", "0"]);
    assert_eq!(code(&large), 1);
    assert!(text(&large.stderr).contains("parcel is "), "{}", text(&large.stderr));

    folder.write("generated/docs/architecture.md", "stale");
    let stale = codegen(folder.path(), &["package"]);
    assert_eq!(code(&stale), 1);
    assert!(text(&stale.stderr).contains("stale-output"), "{}", text(&stale.stderr));
    folder.write("src/main.rs", "fn main() { missing() }\n");
    assert_eq!(code(&codegen(folder.path(), &[])), 0);
    let broken = codegen(folder.path(), &["package"]);
    let error = text(&broken.stderr);
    assert_eq!(code(&broken), 2);
    assert!(error.contains("missing") && error.contains("cargo build --profile size"), "{error}");
    assert_eq!(std::fs::read(&archive).unwrap(), bytes);
}

#[test]
fn prints_the_commands_of_a_deployment() {
    let folder = workspace("deploys");
    let settings =
        "stack = \"parcel-dev\"\n[parameters]\nStageName = \"dev\"\nArchitecture = \"arm64\"\n";
    folder.write("infra/stages/dev.toml", settings);
    let printed = codegen(folder.path(), &["deploy", "dev", "--bucket", "b", "--print"]);
    let out = text(&printed.stdout);
    assert_eq!(code(&printed), 0, "{}", text(&printed.stderr));
    let lines: Vec<_> = out.lines().filter(|line| !line.starts_with("# ")).collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(
        lines[0].contains("--template-file generated/infra/template.yaml --s3-bucket b"),
        "{out}"
    );
    assert!(lines[1].ends_with("--parameter-overrides Architecture=arm64 StageName=dev"), "{out}");
    assert!(!folder.path().join("target/lambda").exists());

    let bare = workspace("deploys-nothing");
    let refused = codegen(bare.path(), &["deploy", "dev", "--bucket", "b", "--print"]);
    let error = text(&refused.stderr);
    assert!(error.contains("the stage `dev` has no settings: write `stack = "), "{error}");

    for (arguments, says) in [
        (&["deploy", "prod", "--bucket", "b"][..], "infra/stages/prod.toml"),
        (&["deploy", "../dev", "--bucket", "b"], "is not a stage"),
        (&["deploy", "dev"], "--bucket"),
        (&["deploy", "dev", "--parameter", "StageName"], "NAME=VALUE"),
    ] {
        let output = codegen(folder.path(), arguments);
        let error = text(&output.stderr);
        assert_eq!(code(&output), 2, "{arguments:?}: {error}");
        assert!(error.contains(says), "{arguments:?}: {error}");
    }
}

/// `verify` is a program beside this one: it gets the arguments, and its exit code is the command's.
#[cfg(unix)]
#[test]
fn verify_is_a_program_of_its_own() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = repository("cli-verify");
    let program = folder.path().join("codegen");
    std::fs::copy(env!("CARGO_BIN_EXE_codegen"), &program).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).env_remove("CARGO").env("PATH", folder.path());
        command.current_dir(folder.path()).output().unwrap()
    };

    let alone = run(&["verify"]);
    assert_eq!(alone.status.code(), Some(2));
    let said = text(&alone.stderr);
    assert!(said.starts_with("error: the program `codegen-verify` is neither in"), "{said}");
    assert!(said.contains("`cargo install --locked --path codegen/verify`"), "{said}");

    let beside = folder.path().join("codegen-verify");
    folder.write("codegen-verify", "#!/bin/sh\necho \"$@\"\nexit 7\n");
    std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(0o755)).unwrap();
    let found = run(&["verify", "--seed", "4", "--format", "json", "--help"]);
    assert_eq!(found.status.code(), Some(7), "{}", text(&found.stderr));
    // What comes later overrides.
    assert_eq!(text(&found.stdout), "--format human --color auto --seed 4 --format json --help\n");
    let found = run(&["--spec", "elsewhere", "--quiet", "verify", "--stage", "http://a"]);
    assert_eq!(
        text(&found.stdout),
        "--spec elsewhere --format human --color auto --quiet --stage http://a\n"
    );
}

/// Names of files and arguments may come from strangers; a log that runs them, or a terminal, is not to obey them.
#[test]
fn no_name_is_a_command_of_a_terminal_or_a_runner() {
    let folder = repository("names");
    folder.write("spec/a\u{1b}]0;x\u{7}\n::error file=x::y.arazzo.yaml", "arazzo: 1.0.1\n");
    let name = "spec/workflows/a\u{1b}]0;x\u{7}\n::error file=x::y.arazzo.yaml";
    folder.write(name, "arazzo: 1.0.1\n");
    let given = "a\u{1b}[31m\n::error::x";
    for arguments in [
        ["check", "--format", "human"].as_slice(),
        &["check", "--format", "markdown"],
        &["explain", given],
        &["check", given],
        &["check", "--spec", given],
    ] {
        let output = codegen(folder.path(), arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("::"), "{arguments:?}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{arguments:?}: {said:?}");
        let is_command = |line: &&str| line.trim_start().starts_with("::");
        assert_eq!(said.lines().find(is_command), None, "{arguments:?}");
    }
}

/// A pipe that nobody writes into, where a file of our own is expected.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_holds_nobody_up() {
    let folder = repository("pipe");
    std::fs::create_dir_all(folder.path().join("generated/infra")).unwrap();
    let pipe = folder.path().join("generated/infra/template.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = codegen(folder.path(), &["check"]);
    let said = text(&output.stderr);
    assert!(said.contains("generated/infra/template.yaml is not a regular file"), "{said}");
    let output = codegen(folder.path(), &["check", "--baseline", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let pipe = pipe.to_str().unwrap();
    for arguments in [
        &["lint", "--baseline", pipe][..],
        &["lint", "--summary", pipe],
        &["new", "system", "--from", pipe],
        &["consumers", "record", "web", "--har", pipe],
    ] {
        let output = codegen(folder.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("is a named pipe"), "{arguments:?}: {said}");
    }
}

/// What the shell makes of `<(command)` is a pipe as well, which has a program at its other end.
#[cfg(target_os = "linux")]
#[test]
fn the_output_of_a_command_is_read() {
    use std::process::Stdio;
    let folder = repository("piped");
    let mut program = Command::new(env!("CARGO_BIN_EXE_codegen"));
    program.args(["lint", "--baseline", "/dev/stdin"]).current_dir(folder.path());
    let output = program.stdin(Stdio::piped()).output().unwrap();
    assert!(!text(&output.stderr).contains("named pipe"), "{}", text(&output.stderr));
}
