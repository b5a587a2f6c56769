//! What a base is: a git ref or a folder, wherever its contracts, its policy and its settings were. Real processes, real
//! repositories.

use crate::output::Folder;
use crate::programs::{CODEGEN, git, run};

const CONTRACT: &str = "\
openapi: 3.0.3
info: {title: Parcel, version: 1.0.0, description: Where parcels are.}
security: []
paths:
  /parcel:
    get:
      operationId: listParcels
      summary: List parcels
      parameters:
        - {name: code, in: query, description: Which., schema: {type: string}}
        - {name: note, in: query, description: What for., schema: {type: string}}
      responses:
        '204': {description: It is on its way.}
";

/// Both outputs in one.
fn codegen(folder: &Folder, arguments: &[&str]) -> (i32, String) {
    let (code, printed, said) = crate::programs::codegen(folder, arguments);
    (code, printed + &said)
}

/// A repository with one commit.
fn repository(name: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(name);
    for (path, text) in files {
        folder.write(path, text);
    }
    git(&folder, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "a commit"]);
}

/// A folder with the name of a branch does not decide with what contracts are compared.
#[test]
fn a_name_of_a_ref_and_of_a_folder_is_refused() {
    let folder = repository("bases-ambiguous", &[("spec/parcel/openapi.yaml", CONTRACT)]);
    git(&folder, &["branch", "staging"]);
    folder.write("staging/deploy.sh", "exit\n");
    let commit = git(&folder, &["rev-parse", "HEAD"]);
    folder.write(&format!("{commit}/note.txt"), "");
    let other = CONTRACT.replace("operationId: listParcels", "operationId: list");
    folder.write("spec/parcel/openapi.yaml", &other);
    for work in [
        &["check", "--base", "staging"][..],
        &["diff", "--if-comparable", "staging"],
        &["lint", "--new-only", "staging"],
        &["changelog", "staging"],
    ] {
        let (code, told) = codegen(&folder, work);
        assert!(code == 2 && told.contains("write `refs/heads/staging` for the ref"), "{told}");
    }
    let (code, told) = codegen(&folder, &["diff", &commit]);
    assert!(code == 2 && told.contains(&format!("write `{commit}^0` for the ref")), "{told}");
    folder.write("staging/spec/parcel/openapi.yaml", CONTRACT);
    let commit = format!("{commit}^0");
    for base in ["refs/heads/staging", "staging...", &commit, "./staging", "staging/"] {
        let (_, told) = codegen(&folder, &["diff", base]);
        assert!(told.contains("[api-operation-id-removed]"), "{base}: {told}");
    }
}

/// What stands beside the contracts is followed to where the contracts were.
#[test]
fn a_policy_and_consumers_are_found_where_moved_contracts_were() {
    let ignore = "ignore:\n  - {rule: string-unbounded, where: parcel/, reason: r}\n";
    let policy = format!("levels: {{request-parameter-removed: error}}\n{ignore}");
    let folder = repository(
        "bases-moved",
        &[
            ("spec/parcel/openapi.yaml", CONTRACT),
            ("spec/policy.yaml", &policy),
            ("spec/consumers/web.yaml", "operations: {'GET /parcel': {}}\n"),
            ("infra/stages/dev.toml", "stack = 'parcel-dev'\n"),
        ],
    );
    git(&folder, &["mv", "spec", "contracts"]);
    let diff = ["diff", "HEAD", "--spec", "contracts"];
    let (code, told) = codegen(&folder, &diff);
    assert!(code == 0 && !told.contains("policy-relaxed") && !told.contains("stage"), "{told}");
    std::fs::remove_file(folder.path().join("contracts/consumers/web.yaml")).unwrap();
    folder.write("contracts/policy.yaml", ignore);
    folder.write("infra/stages/dev.toml", "stack = 'parcel-test'\n");
    let (_, told) = codegen(&folder, &diff);
    for says in [
        "the consumer `web` of `HEAD` is no longer registered",
        "the level of `request-parameter-removed` is `warning` now, and `error` in `HEAD`",
        "warning[stage-stack-changed]",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
    assert!(!told.contains("is accepted now"), "{told}");
}

/// Settings of a stage that came, went and changed, key by key.
#[test]
fn settings_of_stages_are_compared() {
    let dev = "stack = 'parcel-dev'\n[parameters]\nLogLevel = 'DEBUG'\nThrottleRate = 5\n";
    let prod = "stack = 'parcel-prod'\nbucket = 'parcel-code'\n[parameters]\nPointInTimeRecovery = 'true'\n[tags]\nteam = 'one'\n";
    let folder = repository(
        "bases-stages",
        &[
            ("spec/parcel/openapi.yaml", CONTRACT),
            ("infra/stages/dev.toml", dev),
            ("infra/stages/prod.toml", prod),
        ],
    );
    let (_, told) = codegen(&folder, &["diff", "HEAD"]);
    assert!(told.contains("0 warnings, 0 compatible"), "{told}");
    let changed = |from: &str, to: &str| {
        folder.write("infra/stages/dev.toml", &dev.replace(from, to));
        folder.write("infra/stages/prod.toml", &prod.replace(from, to));
        codegen(&folder, &["diff", "HEAD", "--today", "2026-11-27"]).1
    };
    for (from, to, says) in [
        ("'parcel-dev'", "'parcel-test'", "warning[stage-stack-changed]: `stage dev stack`"),
        ("stack = 'parcel-prod'\n", "", "info[stage-setting-removed]: `stage prod stack`"),
        ("'parcel-code'", "'other'", "[stage-setting-changed]: `stage prod bucket`"),
        ("'DEBUG'", "'INFO'", "the setting changed from `DEBUG` to `INFO`"),
        ("ThrottleRate = 5", "", "[stage-setting-removed]: `stage dev parameters.ThrottleRate`"),
        ("ThrottleRate = 5", "ThrottleRate = 6", "from `5` to `6`"),
        (
            "[tags]",
            "ThrottleBurst = 2\n[tags]",
            "[stage-setting-added]: `stage prod parameters.ThrottleBurst`",
        ),
        ("'one'", "'other'", "[stage-setting-changed]: `stage prod tags.team`"),
        ("'true'", "'false'", "warning[stage-protection-removed]"),
        ("PointInTimeRecovery = 'true'", "", "warning[stage-protection-removed]"),
        ("stack = 'parcel-dev'", "stack = ", "warning[stage-not-compared]: `stage dev`"),
    ] {
        let told = changed(from, to);
        assert!(
            told.contains(says) || told.contains(&says.replace("info[", "note[")),
            "{says}: {told}"
        );
    }
    folder.write("infra/stages/dev.toml", dev);
    std::fs::rename(
        folder.path().join("infra/stages/prod.toml"),
        folder.path().join("infra/stages/live.toml"),
    )
    .unwrap();
    let (_, told) = codegen(&folder, &["diff", "HEAD"]);
    assert!(told.contains("[stage-removed]: `stage prod`"), "{told}");
    assert!(told.contains("[stage-added]: `stage live`"), "{told}");
}

/// A folder of contracts that is added beside another one is new, though the other has documents of the same names.
#[test]
fn a_folder_that_is_added_is_no_moved_one() {
    let path = "services/x/contracts/notes/openapi.yaml";
    let folder = repository("bases-added", &[(path, CONTRACT)]);
    let other = CONTRACT.replace("name: note", "name: remark");
    folder.write("services/pay/contracts/notes/openapi.yaml", &other);
    let diff = ["diff", "main", "--spec", "services/pay/contracts"];
    let (_, told) = codegen(&folder, &diff);
    assert!(told.contains("contains no contracts"), "{told}");
    std::fs::remove_dir_all(folder.path().join("services/x")).unwrap();
    let (code, told) = codegen(&folder, &diff);
    assert!(code != 2 && !told.contains("contains no contracts"), "{told}");
}

/// One rule may say several things of one place, and the same thing of several places.
#[test]
fn each_finding_of_a_rule_at_a_place_is_told() {
    let kind = |values: &str| {
        let parameter = format!("{{type: string, enum: [{values}]}}}}\n      responses:");
        CONTRACT.replace("{type: string}}\n      responses:", &parameter)
    };
    let two = |first: &str, second: &str| {
        let paths = kind(second).split_once("paths:\n").unwrap().1.to_owned();
        let paths = paths.replace("/parcel:", "/parcels:").replace("listParcels", "listAll");
        kind(first) + &paths
    };
    let folder = repository("bases-each", &[("spec/parcel/openapi.yaml", &two("a, b, c", "b, c"))]);
    folder.write("spec/parcel/openapi.yaml", &two("c", "c"));
    let (code, told) = codegen(&folder, &["diff", "HEAD"]);
    assert!(code == 1 && told.contains("3 breaking changes"), "{told}");
    for (path, value) in [("/parcel", 'a'), ("/parcel", 'b'), ("/parcels", 'b')] {
        let says = format!("`GET {path} query parameter note`: the value `{value}` was removed");
        assert!(told.contains(&says), "{says}: {told}");
    }
}

/// A contract without its second parameter.
fn without_note() -> String {
    let is_note = |line: &&str| line.contains("name: note");
    CONTRACT.lines().filter(|line| !is_note(line)).map(|line| format!("{line}\n")).collect()
}

/// A link is read as on disk: to a document, to a folder of a service, to schemas, to settings.
#[cfg(unix)]
#[test]
fn links_of_a_ref_are_followed() {
    use std::os::unix::fs::symlink;
    let schema = CONTRACT
        .replace("schema: {type: string}", "schema: {$ref: kinds.yaml#/Kind}")
        .replace("listParcels", "listOthers")
        .replace("/parcel:", "/other:");
    let folder = repository(
        "bases-links",
        &[
            ("spec/parcel/v1.yaml", CONTRACT),
            ("spec/other/openapi.yaml", &schema),
            ("spec/schemas/kinds.yaml", "Kind: {type: string}\n"),
            ("common/dev.toml", "stack = 'one'\n"),
            ("infra/stages/none.txt", ""),
        ],
    );
    let link = |to: &str, at: &str| symlink(to, folder.path().join(at)).unwrap();
    link("v1.yaml", "spec/parcel/openapi.yaml");
    link("../schemas/kinds.yaml", "spec/other/kinds.yaml");
    link("../../common/dev.toml", "infra/stages/dev.toml");
    commit(&folder);
    let (code, told) = codegen(&folder, &["diff", "HEAD"]);
    assert!(code == 0 && told.contains("0 warnings, 0 compatible"), "{told}");
    folder.write("spec/parcel/v1.yaml", &without_note());
    folder.write("spec/schemas/kinds.yaml", "Kind: {type: string, maxLength: 3}\n");
    folder.write("common/dev.toml", "stack = 'two'\n");
    let (code, told) = codegen(&folder, &["diff", "--if-comparable", "HEAD"]);
    assert!(code == 1, "{told}");
    for rule in ["request-parameter-removed", "parameter-max-length", "stage-stack-changed"] {
        assert!(told.contains(rule), "{rule}: {told}");
    }
    git(&folder, &["checkout", "--quiet", "."]);
    git(&folder, &["mv", "spec/parcel", "spec/schemas/v1"]);
    link("schemas/v1", "spec/parcel");
    commit(&folder);
    folder.write("spec/schemas/v1/v1.yaml", &without_note());
    let (_, told) = codegen(&folder, &["diff", "HEAD"]);
    assert!(told.contains("request-parameter-removed"), "{told}");
}

/// A submodule below the contracts is read at the commit that it is pinned to.
#[test]
fn submodules_are_compared() {
    let text = "Kind: {type: string}\n";
    let shared = repository("bases-submodule-shared", &[("kinds.yaml", text)]);
    let contract = CONTRACT.replace("{type: string}", "{$ref: ../shared/kinds.yaml#/Kind}");
    let folder = repository("bases-submodule", &[("spec/parcel/openapi.yaml", &contract)]);
    let from = shared.path().to_str().unwrap();
    let local = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"];
    git(&folder, &[&local[..], &[from, "spec/shared"]].concat());
    commit(&folder);
    shared.write("kinds.yaml", "Kind: {type: string, maxLength: 3}\n");
    commit(&shared);
    let inner = folder.path().join("spec/shared");
    assert!(run(&inner, "git", &["pull", "--quiet"]).status.success());
    let diff = ["diff", "--if-comparable", "HEAD"];
    let (code, told) = codegen(&folder, &diff);
    assert!(code == 1 && told.contains("parameter-max-length"), "{told}");
    git(&folder, &["submodule", "--quiet", "deinit", "--force", "spec/shared"]);
    std::fs::remove_dir_all(folder.path().join(".git/modules")).unwrap();
    folder.write("spec/shared/kinds.yaml", text);
    let (code, told) = codegen(&folder, &diff);
    assert!(code == 2 && told.contains("the submodule spec/shared is not compared"), "{told}");
}

/// Where the contracts are a submodule, a ref is one of the repository that the run is in.
#[test]
fn contracts_that_are_a_submodule_are_compared_with_what_was_pinned() {
    let contracts = repository("bases-pinned-contracts", &[("parcel/openapi.yaml", CONTRACT)]);
    let folder = repository("bases-pinned", &[("infra/stages/dev.toml", "stack = 'one'\n")]);
    let from = contracts.path().to_str().unwrap();
    let local = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"];
    git(&folder, &[&local[..], &[from, "spec"]].concat());
    commit(&folder);
    contracts.write("parcel/openapi.yaml", &without_note());
    commit(&contracts);
    let inner = folder.path().join("spec");
    assert!(run(&inner, "git", &["pull", "--quiet"]).status.success());
    folder.write("infra/stages/dev.toml", "stack = 'two'\n");
    let (code, told) = codegen(&folder, &["diff", "main", "--deny", "request-parameter-removed"]);
    assert!(code == 1 && told.contains("[request-parameter-removed]"), "{told}");
    assert!(told.contains("[stage-stack-changed]"), "{told}");
    let inside = run(&inner, CODEGEN, &["diff", "main", "--spec", "."]);
    assert!(inside.status.success(), "{inside:?}");
}

/// The list of another system of the repository is no earlier form of this one's; a copy beside it is.
#[test]
fn a_second_system_begins_with_a_list_of_its_own() {
    let folder = repository("bases-two", &[("one/spec/parcel/openapi.yaml", CONTRACT)]);
    let write = |system: &str, list: &str| {
        let (spec, list) = (format!("{system}/spec"), format!("{system}/{list}"));
        let options = ["lint", "--spec", &spec, "--baseline", &list, "--write-baseline"];
        let (code, told) = codegen(&folder, &options);
        assert_eq!(code, 0, "{told}");
    };
    let since_main = |system: &str, list: &str| {
        let (spec, list) = (format!("{system}/spec"), format!("{system}/{list}"));
        let since = ["--baseline-since", "main", "--baseline", &list];
        codegen(&folder, &[&["lint", "--spec", &spec], &since[..]].concat())
    };
    write("one", "known.txt");
    commit(&folder);
    let more =
        CONTRACT.to_owned() + "  /lost:\n    get:\n      responses: {'204': {description: .}}\n";
    folder.write("two/spec/parcel/openapi.yaml", &more);
    write("two", "known.txt");
    let (code, told) = since_main("two", "known.txt");
    assert!(code == 0 && told.contains("`main` has no two/known.txt"), "{told}");
    folder.write("one/spec/parcel/openapi.yaml", &more);
    write("one", "copy.txt");
    let (code, told) = since_main("one", "copy.txt");
    assert!(code == 1 && told.contains("error[baseline-grew]"), "{told}");
}
