//! The command as it is typed.

use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::contract::{CONTRACT, parcels};
use crate::server::{Fault, start};

/// A folder with the contract, or with a text in its place.
fn spec(name: &str, contract: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).join("spec");
    std::fs::create_dir_all(folder.join("parcels")).unwrap();
    std::fs::write(folder.join("parcels/openapi.yaml"), contract).unwrap();
    folder
}

async fn verify(name: &str, fault: Fault, arguments: &[&str]) -> (Output, String) {
    let (_, system) = parcels();
    let server = start(&system, fault).await;
    let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_codegen-verify"))
        .args(["--stage", &server.url, "--spec"])
        .arg(spec(name, CONTRACT))
        .args(arguments)
        .output()
        .await
        .unwrap();
    (output, server.url.clone())
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[tokio::test]
async fn for_people() {
    let (output, url) = verify("people", Fault::None, &[]).await;
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", err(&output));
    assert_eq!(err(&output), "");
    assert!(
        text.starts_with(&format!("contract coverage of {url} (seed 1)\n  operations   4 of 4\n")),
        "{text}"
    );
    assert!(text.contains("links        3 of 3\n"), "{text}");
    assert!(text.contains("data: changed by sendParcel "), "{text}");
    assert!(text.ends_with(" requests, 0 findings\n"), "{text}");
}

/// Cases of a header that the command line fixes cannot be sent.
#[tokio::test]
async fn a_fixed_header_is_not_varied() {
    let (output, _) = verify("fixed", Fault::None, &["--header", "X-Reason: broken"]).await;
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", err(&output));
    assert!(text.contains("fixed by --header"), "{text}");
}

#[tokio::test]
async fn a_finding_is_shown_at_its_line_with_a_command_that_works() {
    let (output, url) = verify("finding", Fault::OtherStatus, &["--quiet"]).await;
    let text = err(&output);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(text.starts_with("error[undeclared-status]: `getParcel` returned 418"), "{text}");
    assert!(text.contains("--> spec/parcels/openapi.yaml:82:5"), "{text}");
    assert!(text.contains(&format!("reproduce: curl -i -X GET {url}/parcel/")), "{text}");
}

#[tokio::test]
async fn for_programs() {
    let (output, url) =
        verify("json", Fault::NoLocation, &["--format", "json", "--seed", "5"]).await;
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["outcome"], "rejected");
    assert_eq!(document["diagnostics"][0]["code"], "missing-header");
    assert_eq!(document["diagnostics"][0]["primary"]["line"], 48);
    assert_eq!((&document["stage"], &document["seed"]), (&Value::from(url), &Value::from(5)));
    assert_eq!(document["coverage"]["groups"]["operations"]["covered"], 4);
    assert_eq!(document["data"]["left"], 0);

    let twice = ["-q", "--format", "human", "--quiet", "--format", "sarif"];
    let (output, _) = verify("sarif", Fault::NoLocation, &twice).await;
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "missing-header");

    let (output, _) = verify("github", Fault::NoLocation, &["--format", "github"]).await;
    assert!(out(&output).starts_with("::error file=spec/parcels/openapi.yaml,line=48,"));

    let (output, _) = verify("markdown", Fault::NoLocation, &["--format", "markdown"]).await;
    let text = out(&output);
    assert!(text.contains("missing-header") && text.contains("| operations | 4 | 4 |\n"), "{text}");
}

#[tokio::test]
async fn wrong_contracts_wrong_usage_and_nobody_there() {
    let run = |arguments: Vec<String>| async move {
        tokio::process::Command::new(env!("CARGO_BIN_EXE_codegen-verify"))
            .args(arguments)
            .output()
            .await
            .unwrap()
    };
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let wrong = spec("wrong", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: []\n");
    let output =
        run(vec!["--spec".into(), text(wrong), "--stage".into(), "http://127.0.0.1:1".into()])
            .await;
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("spec/parcels/openapi.yaml:3:1"), "{}", err(&output));

    let right = text(spec("right", CONTRACT));
    let cases: [(&[&str], &str); 5] = [
        (&["--spec", "no/such/folder"], "is not a folder"),
        (&["--spec", &right, "--stage", "ftp://a"], "is not a URL"),
        (&["--spec", &right, "--stage", "shop-dev"], "use `codegen drift shop-dev`"),
        (&["--spec", &right, "--template", "none.yaml"], "the template none.yaml does not exist"),
        (&["--spec", &right, "--header", "nothing"], "must be `NAME: VALUE`"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments.iter().map(|one| (*one).to_owned()).collect()).await;
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(expected), "{arguments:?}: {}", err(&output));
    }
}

/// Clocks may differ, so a token that expired a moment ago is still accepted: that is told.
#[tokio::test]
async fn a_token_that_expired_within_the_clock_skew_is_made_with_a_warning() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("skew");
    std::fs::create_dir_all(&folder).unwrap();
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    for (seconds, warns) in [("-5", true), ("0", true), ("-60", false), ("10", false)] {
        let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_codegen-token"))
            .args(["--expires-in", seconds, "--spec"])
            .arg(&spec)
            .arg("--issuer-key")
            .arg(folder.join("issuer.pem"))
            .output()
            .await
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let is_told = err(&output).contains("because the scheme allows a clock skew of 60 s");
        assert_eq!(is_told, warns, "{seconds}: {}", err(&output));
    }
}

/// A misspelt scope makes a valid token that nobody lets in, so it is told.
#[tokio::test]
async fn a_token_with_a_scope_that_nobody_asks_for_is_made_with_a_warning() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("token");
    std::fs::create_dir_all(&folder).unwrap();
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let key = folder.join("issuer.pem");
    for (scope, warns) in [("orders.all", false), ("catalogue.write", false), ("ordres.all", true)]
    {
        let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_codegen-token"))
            .args(["--scope", scope, "--spec"])
            .arg(&spec)
            .arg("--issuer-key")
            .arg(&key)
            .output()
            .await
            .unwrap();
        assert_eq!((output.status.code(), out(&output).matches('.').count()), (Some(0), 2));
        let warning = format!("warning: no operation asks for the scope `{scope}`");
        assert_eq!(err(&output).starts_with(&warning), warns, "{}", err(&output));
        assert_eq!(err(&output).contains("baskets.all, catalogue.write"), warns);
    }
}
