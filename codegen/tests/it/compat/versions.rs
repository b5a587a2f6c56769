//! Events in every mode, over versions in git tags and folders, and the changelog: real processes.

use std::process::Command;

use crate::output::Folder;
use crate::programs::{codegen, git};

const EVENTS: &str = "\
asyncapi: 3.0.0
info: {title: Parcels, version: VERSION}
channels:
  shared:
    messages:
      Sent: {$ref: '#/components/messages/Sent'}
    bindings: {x-eventbridge: {bus: Events}}
operations:
  tell:
    action: send
    channel: {$ref: '#/channels/shared'}
    x-external: true
components:
  messages:
    Sent:
      x-amazon-events-source: com.example.parcels
      x-amazon-events-detail-type: Sent
      payload:
        type: object
        required: [code]
        properties:
          code: {type: string, minLength: 1, maxLength: LENGTH}
";

fn events(version: &str, length: &str) -> String {
    EVENTS.replace("VERSION", version).replace("LENGTH", length)
}

/// How each mode judges a payload that takes more, and one that takes less.
#[test]
fn a_mode_says_who_must_read_what() {
    let folder = Folder::new("versions-modes");
    folder.write("before/parcels/asyncapi.yaml", &events("1.0.0", "10"));
    let judged = |length: &str, mode: &[&str]| {
        folder.write("spec/parcels/asyncapi.yaml", &events("1.0.0", length));
        let (code, _, told) = codegen(&folder, &[&["diff", "before"], mode].concat());
        (code, told)
    };
    for (mode, longer, shorter) in
        [("delivery", 1, 0), ("forward", 1, 0), ("backward", 0, 1), ("full", 1, 1)]
    {
        let (code, told) = judged("20", &["--events", mode]);
        assert_eq!(code, longer, "{mode}: {told}");
        assert!(told.contains("[sent-event-max-length-increased]"), "{told}");
        let (code, told) = judged("5", &["--events", mode]);
        assert_eq!(code, shorter, "{mode}: {told}");
        assert!(told.contains("[sent-event-max-length-decreased]"), "{told}");
        let says = told.contains("readers with the new contract that read old messages");
        assert_eq!(says, shorter == 1, "{told}");
    }
    folder.write("spec/policy.yaml", "events: backward");
    assert_eq!(judged("5", &[]).0, 1);
    assert_eq!(judged("5", &["--events", "delivery"]).0, 0, "the command line says more");
    folder.write("spec/policy.yaml", "events: sideways");
    assert!(judged("5", &[]).1.contains("invalid mode"));
}

/// Step by step nothing breaks; over two steps it does.
#[test]
fn events_are_compared_with_every_version() {
    let folder = Folder::new("versions-tags");
    folder.write("spec/parcels/asyncapi.yaml", &events("1.9.0", "10"));
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    for (tag, length) in [("v1.9.0", "10"), ("v1.10.0", "20")] {
        folder.write("spec/parcels/asyncapi.yaml", &events(&tag[1..], length));
        folder.write(&format!("past/{tag}/spec/parcels/asyncapi.yaml"), &events(&tag[1..], length));
        git(&folder, &["add", "spec"]);
        git(&folder, &["commit", "--quiet", "--message", tag]);
        git(&folder, &["tag", tag]);
    }
    folder.write("spec/parcels/asyncapi.yaml", &events("1.11.0", "20"));
    assert_eq!(codegen(&folder, &["diff", "v1.10.0"]).0, 0);
    for base in ["tags:v*", "releases:past"] {
        let (code, line, told) = codegen(&folder, &["diff", base]);
        assert_eq!(code, 1, "{told}");
        assert!(line.contains(&format!("since {base} (2 versions): 1 breaking change")), "{line}");
        assert!(told.contains("::: v1.9.0:spec/parcels/asyncapi.yaml:"), "{told}");
    }
    let (code, _, told) = codegen(&folder, &["diff", "tags:w*"]);
    assert!(code == 2 && told.contains("`tags:w*` matches no version"), "{told}");
    let (code, _, told) = codegen(&folder, &["diff", "releases:nowhere"]);
    assert!(code == 2 && told.contains("is not a folder"), "{told}");

    let (code, text, told) = codegen(&folder, &["changelog", "tags:v*"]);
    assert_eq!(code, 0, "{told}");
    let (unreleased, older) = text.split_once("## v1.10.0, since v1.9.0").unwrap();
    assert!(unreleased.contains("## Unreleased, since v1.10.0"), "{text}");
    assert!(unreleased.contains("- **parcels**: 1.11.0, no visible change"), "{text}");
    let due = "- **parcels**: breaking, 1.9.0 → 2.0.0 required, but the contract says 1.10.0";
    assert!(older.contains(due), "{text}");
    assert!(
        older.contains("### Breaking changes\n\n- `event Sent of parcels payload /code`"),
        "{text}"
    );
    let (_, page, _) = codegen(&folder, &["changelog", "v1.9.0", "--as", "html"]);
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("<code>maxLength</code>"),
        "{page}"
    );
}

/// What was announced in one version and is gone in the next is no break for an older one.
#[test]
fn an_announced_end_counts_for_every_version() {
    let folder = Folder::new("versions-sunset");
    let note = "          note: {type: string}\n";
    let ending = "          note: {type: string, deprecated: true, x-sunset: '2026-01-31'}\n";
    let with = |more: &str| events("1.0.0", "10") + more;
    folder.write("past/v1/spec/parcels/asyncapi.yaml", &with(note));
    folder.write("past/v2/spec/parcels/asyncapi.yaml", &with(ending));
    folder.write("spec/parcels/asyncapi.yaml", &with(""));
    let (_, line, told) = codegen(&folder, &["diff", "releases:past", "--today", "2026-11-23"]);
    assert!(line.contains("0 breaking changes, 0 warnings, 1 compatible change"), "{line}{told}");
}

/// A stack's template tells what it was made of; the AWS command line is asked, whatever stands in for it.
#[cfg(unix)]
#[test]
fn a_stack_without_contracts_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("versions-stack");
    folder.write("spec/parcels/asyncapi.yaml", &events("1.0.0", "10"));
    folder.write(
        "bin/aws",
        "#!/bin/sh\ntest \"$2\" = get-template && echo '{\"TemplateBody\": \"A: 1\"}'\n",
    );
    let aws = folder.path().join("bin/aws");
    std::fs::set_permissions(&aws, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = aws.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    let output = command.args(["diff", "stack:shop"]).current_dir(folder.path()).env("PATH", path);
    let output = output.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.contains("has no contracts in its metadata; `codegen deploy` stores them there"),
        "{told}"
    );
}

/// What belongs to no part with a name of a service is the change of the service in whose contract it stands.
#[test]
fn a_change_beside_the_routes_is_one_of_its_service() {
    let folder = Folder::new("versions-cors");
    let rest = |more: &str, path: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\n{more}paths:\n  {path}:\n    get: {{operationId: {}, security: [], responses: {{'204': {{description: D.}}}}}}\n",
            path.trim_start_matches('/')
        )
    };
    folder.write(
        "before/a/openapi.yaml",
        &rest("x-cors: {origins: ['https://example.com']}\n", "/a"),
    );
    folder.write("before/b/openapi.yaml", &rest("", "/b"));
    folder.write("spec/a/openapi.yaml", &rest("", "/a"));
    folder.write("spec/b/openapi.yaml", &rest("", "/b"));
    let (code, text, told) = codegen(&folder, &["changelog", "before"]);
    assert_eq!(code, 0, "{told}");
    assert!(text.contains("(`cors-removed`)"), "{text}");
    assert!(text.contains("- **a**: breaking, 1.0.0"), "{text}");
    assert!(text.contains("- **b**: 1.0.0, no visible change"), "{text}");
}
