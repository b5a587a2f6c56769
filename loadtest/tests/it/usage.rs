//! Exit codes, files and streams, as a script sees them.

use std::process::{Command, Stdio};

use harness::report::json;

use crate::command::{Folder, loadtest, orders, run, text};
use crate::mock::{Faults, Shop};

#[test]
fn wrong_usage_is_2_and_says_what_helps() {
    for args in
        [&["--rate", "fast"][..], &["--stage", "no where"], &["--nonsense"], &["compare", "one"]]
    {
        let output = loadtest(args);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("--help"), "{stderr}");
    }
}

#[test]
fn objectives_that_are_none_are_wrong_usage() {
    let folder = Folder::new();
    let slo = folder.write("slo.toml", "[ledger]\nlost = 0\nlost_too = 0\n");
    let output = loadtest(&["--stage", "http://127.0.0.1:9", "--slo", text(&slo)]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("slo.toml") && stderr.contains("line 3"), "{stderr}");
    let output = loadtest(&["--slo", "/nonexistent/slo.toml"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_dead_target_is_3() {
    // A port that was free a moment ago, and that nobody listens on.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let output = loadtest(&["--stage", &url, "--quiet"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("connection failed") && stderr.contains(&url), "{stderr}");
}

#[test]
fn help_is_0() {
    let output = loadtest(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("Exit codes"));
}

#[test]
fn json_goes_to_standard_output_and_nothing_else_does() {
    let shop = Shop::open(Faults::default());
    let folder = Folder::new();
    let html = folder.file("report.html");
    let output = loadtest(&[
        "--stage",
        shop.url(),
        "--rate",
        "20",
        "--run-time",
        "1s",
        "--arrivals",
        "even",
        "--json",
        "-",
        "--report",
        text(&html),
    ]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], 4);
    assert_eq!(report["ledger"][0]["sent"], 20);
    assert!(String::from_utf8(output.stderr).unwrap().contains("Ledger"));
}

#[test]
fn an_interrupt_ends_the_load_and_still_brings_the_verdict() {
    let shop = Shop::open(Faults::default());
    let folder = Folder::new();
    let (html, json) = (folder.file("report.html"), folder.file("report.json"));
    let slo = folder.write(
        "slo.toml",
        "exempt = ['*']\n[ledger]\nlost = 0\n[throughput]\nreached_share = 0.9\n",
    );
    let args = ["--rate", "20", "--run-time", "10m", "--stage", shop.url(), "--slo", text(&slo)];
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadtest"));
    command.args(args).args(["--report", text(&html), "--json", text(&json)]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    shop.wait_for_checkouts(10);
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{stdout}");
    assert!(stdout.contains("INVALID: interrupted"), "{stdout}");
    let report = json::read(&json).unwrap();
    assert!(report.run.interrupted && report.run.load_seconds < 60.0);
    // What fell due before the interrupt is what the throughput is held against, and all of it was served.
    let ledger = orders(&report);
    assert_eq!((ledger.once, ledger.lost), (ledger.sent, 0));
    assert_eq!(report.throughput.planned, ledger.sent);
}

#[test]
fn quiet_prints_the_verdict_only() {
    let shop = Shop::open(Faults::default());
    let run = run(
        shop.url(),
        "exempt = ['*']\n[ledger]\nlost = 0\n",
        &["--rate", "20", "--run-time", "1s", "--quiet"],
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("Ledger") && !run.stdout.contains('\x1b'), "{}", run.stdout);
}

#[test]
fn two_runs_can_be_compared() {
    let shop = Shop::open(Faults::default());
    let folder = Folder::new();
    let files = ["before.json", "after.json"].map(|name| folder.file(name));
    let slo = folder.write("slo.toml", "exempt = ['*']\n[ledger]\nlost = 0\n");
    for file in &files {
        let html = folder.file("report.html");
        let output = loadtest(&[
            "--stage",
            shop.url(),
            "--rate",
            "20",
            "--run-time",
            "1s",
            "--quiet",
            "--slo",
            text(&slo),
            "--json",
            text(file),
            "--report",
            text(&html),
        ]);
        assert!(output.status.code().is_some_and(|code| code < 2));
    }
    let output = loadtest(&["compare", text(&files[0]), text(&files[1])]);
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stdout}");
    assert!(stdout.contains("checkoutBasket p99") && stdout.contains("outcomes lost"), "{stdout}");
    let output = loadtest(&["compare", "/nonexistent/a.json", text(&files[1])]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_report_needs_nothing_from_elsewhere() {
    let shop = Shop::open(Faults::default());
    let run = run(
        shop.url(),
        "exempt = ['*']\n[ledger]\nlost = 0\n",
        &["--rate", "20", "--run-time", "2s", "--quiet"],
    );
    for outside in ["src=", "href=\"http", "@import", "url(", "<script src", "<link"] {
        assert!(!run.html.contains(outside), "{outside}");
    }
    assert!(run.html.starts_with("<!doctype html>") && run.html.trim_end().ends_with("</html>"));
}
