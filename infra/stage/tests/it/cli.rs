//! The command: what it prints, how it ends, and that nothing is left behind.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::support::{bin_dir, eventually, get, is_alive, template};

fn command() -> Command {
    let mut command = bare_command();
    command.arg("--template").arg(template()).arg("--bin-dir").arg(bin_dir());
    command
}

fn bare_command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stage"));
    command.arg("--no-build");
    command
}

/// Starts the command on any port and reads where everything is.
fn start() -> (Child, Value) {
    let mut child =
        command().args(["--port", "0", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

fn signal(child: &Child, name: &str) {
    let status =
        Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
}

async fn pid(summary: &Value) -> u64 {
    let url = summary["apis"][0]["url"].as_str().unwrap();
    get(&format!("{url}/all/who")).await.json()["pid"].as_u64().unwrap()
}

#[tokio::test]
async fn ctrl_c_ends_every_process_and_is_no_failure() {
    let (mut child, summary) = start();
    let function = pid(&summary).await;
    assert!(is_alive(function));
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(!is_alive(function));
}

#[tokio::test]
async fn even_a_stage_that_is_killed_leaves_no_process_behind() {
    let (mut child, summary) = start();
    let function = pid(&summary).await;
    signal(&child, "KILL");
    child.wait().unwrap();
    eventually("the function is gone", async || (!is_alive(function)).then_some(())).await;
}

#[tokio::test]
async fn the_summary_names_everything() {
    let (mut child, summary) = start();
    assert_eq!(summary["tables"]["ItemTable"], "local-ItemTable");
    assert!(
        summary["queues"]["WorkQueue"].as_str().unwrap().ends_with("/000000000000/local-WorkQueue")
    );
    assert_eq!(summary["functions"]["EchoFunction"], "local-echo");
    assert_eq!(summary["outputs"]["ApiUrl"], summary["apis"][0]["url"]);
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn faults_are_told_at_the_start_and_counted_at_the_end() {
    let mut child = command()
        .args(["--port", "0", "--json", "--faults", "kill", "--seed", "5"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let summary: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(summary["faults"], serde_json::json!({ "preset": "kill", "seed": 5 }));
    let url = summary["apis"][0]["url"].as_str().unwrap();
    let mut n_killed = 0;
    for _ in 0..100 {
        n_killed += u32::from(get(&format!("{url}/all/who")).await.status == 502);
    }
    assert!(n_killed > 0);
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let tally =
        format!("injected faults (kill, seed 5):\n  invocations {n_killed:>19} of {:>9}", 100);
    assert!(said.contains(&tally), "{tally}\nis not in\n{said}");
}

#[test]
fn help_teaches_the_presets_and_an_unknown_one_is_wrong_usage() {
    let help = command().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for line in ["lost-response", "6% of table writes succeed, but their response is lost"] {
        assert!(help.contains(line), "{line} is not in\n{help}");
    }
    let output = command().args(["--faults", "chaos"]).output().unwrap();
    check_fails(
        &output,
        2,
        "the presets are `none`, `throttle`, `bus-errors`, `kill`, `lost-response`",
    );
    check_fails(&command().args(["--seed", "5"]).output().unwrap(), 2, "--faults");
}

#[track_caller]
fn check_fails(output: &Output, code: i32, message: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(message), "{said}");
}

/// A reader of the log that goes away, as `head` does, stops nothing.
#[test]
fn nobody_has_to_read_what_is_said() {
    let mut command = bare_command();
    let mut child =
        command.args(["--template", "nope.yaml"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command().args(["--port", &port]).output().unwrap();
    check_fails(&output, 2, &format!("cannot listen on 127.0.0.1:{port}: the port is in use"));
}

#[test]
fn wrong_input_is_1_and_wrong_usage_2() {
    let output = bare_command().args(["--template", "missing.yaml"]).output().unwrap();
    check_fails(&output, 1, "cannot read the template missing.yaml");
    let output = command().args(["--port", "0", "--parameter", "Nobody=1"]).output().unwrap();
    check_fails(&output, 1, "parameter `Nobody`: the template has no such parameter");
    let output = bare_command()
        .arg("--template")
        .arg(template())
        .args(["--port", "0", "--bin-dir", "nowhere"])
        .output();
    let output = output.unwrap();
    check_fails(&output, 1, "function `local-echo` has no binary; looked for nowhere/fixture");
    check_fails(&command().arg("--nonsense").output().unwrap(), 2, "--nonsense");
}
