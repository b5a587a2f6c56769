//! Promises are kept whatever goes wrong: a few hundred checkouts under each preset, through real processes, from
//! fixed seeds. The whole proof is fifty thousand of them; see the README.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;
use std::sync::{Arc, Mutex, PoisonError};

use harness::report::{Report, json};
use stage::fault::{Preset, Seeded, Tally};
use stage::{Log, Stage, StageOptions, build_functions};

use crate::command::{Folder, loadtest, orders, text};

/// Objectives that only the ledger can miss; how busy the machine is says nothing about promises.
const PROMISES: &str =
    "exempt = [\"*\"]\n[ledger]\nlost = 0\nduplicated = 0\nunexpected = 0\nwrong = 0\n";

/// One run at a time: each keeps the machine busy.
static ONE: Mutex<()> = Mutex::new(());

/// Where the functions are, built once.
fn functions() -> Option<PathBuf> {
    build_functions(&crate::command::workspace()).unwrap()
}

/// Sends 40 customers a second for six seconds.
fn run(args: &[&str]) -> (Output, Report, String) {
    let folder = Folder::new();
    let slo = folder.write("slo.toml", PROMISES);
    let (html, json_path) = (folder.file("report.html"), folder.file("report.json"));
    let mut all = vec!["--rate", "40", "--run-time", "6s", "--mix", "", "--drain", "120s"];
    all.extend(["--arrivals", "even"]);
    all.extend(["--slo", text(&slo), "--report", text(&html), "--json", text(&json_path)]);
    all.extend(args);
    let output = loadtest(&all);
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let report = json::read(&json_path).unwrap_or_else(|error| panic!("{error}\n{said}"));
    let html = std::fs::read_to_string(html).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    for tally in &report.ledger {
        assert!(tally.is_clean() && tally.accepted == tally.once, "{tally:?}\n{said}");
    }
    let tally = orders(&report);
    // After six tries a visit is turned away for good now and then, but not often.
    assert!(tally.accepted * 20 >= tally.sent * 19, "{said}");
    (output, report, html)
}

/// By the command: the stage is its own, and the ledger closes only when nothing is under way any more.
#[track_caller]
fn check(preset: &str, hurt: &[&str]) -> Report {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    functions();
    let (output, report, html) =
        run(&["--no-build", "--faults", preset, "--fault-seed", "20261127"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains(&format!("injected faults: {preset}, --fault-seed 20261127")), "{said}");
    assert!(html.contains(&format!("--faults {preset} --fault-seed 20261127")));
    assert_eq!(orders(&report).sent, 240, "whoever falls due is served: {said}");
    let faults = report.faults.as_ref().unwrap();
    assert_eq!((faults.preset.as_str(), faults.seed), (preset, 20_261_127));
    for name in hurt {
        let site = faults.sites.iter().find(|site| site.site == *name);
        assert!(site.is_some_and(|site| site.hurt > 0), "{name}: {faults:?}");
    }
    report
}

#[test]
fn under_throttles() {
    check("throttle", &["table reads", "table writes"]);
}

#[test]
fn under_errors_of_the_bus() {
    check("bus-errors", &["PutEvents calls", "events published", "event deliveries"]);
}

#[test]
fn under_answers_that_are_lost() {
    let report = check("lost-response", &["PutEvents calls", "table writes", "client requests"]);
    assert!(orders(&report).retries > 0);
}

#[test]
fn under_duplicates() {
    check("duplicates", &["event deliveries", "messages sent"]);
}

#[test]
fn under_delays() {
    check("late", &["event deliveries", "messages sent", "client requests"]);
}

/// On a stage of the test's own, whose queue waits a second and not a minute for whoever died over a message.
#[track_caller]
fn check_impatiently(preset: Preset) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let faults = Arc::new(Seeded::new(20_261_127, preset.plan()));
    let template = crate::command::workspace().join("generated/infra/template.yaml");
    let issuer_key = Some(stage::cli::issuer_key(&crate::command::workspace()));
    let log = Log::silent();
    let options =
        StageOptions { bin_dir: functions(), log, issuer_key, ..StageOptions::new(template) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stage = runtime.block_on(Stage::start(options.with_faults(&faults))).unwrap();
    let soon = BTreeMap::from([("VisibilityTimeout".to_owned(), "1".to_owned())]);
    for queue in stage.queues().queues() {
        queue.set(&soon).unwrap();
    }
    let (_, report, _) = run(&["--stage", stage.api_url()]);
    assert!(orders(&report).sent >= 40 && orders(&report).retries > 0, "{:?}", report.ledger);
    let killed = |tally: &Tally| tally.site.to_string() == "invocations" && tally.hurt > 0;
    assert!(faults.tally().iter().any(killed), "{:?}", faults.tally());
}

#[test]
fn under_environments_that_die() {
    check_impatiently(Preset::Kill);
}

#[test]
fn under_everything_at_once() {
    check_impatiently(Preset::All);
}

#[test]
fn faults_are_not_for_other_peoples_stages() {
    let output = loadtest(&["--faults", "kill", "--stage", "http://127.0.0.1:9"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("--faults needs a local stage"), "{stderr}");
    let output = loadtest(&["--faults", "chaos"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("the presets are `none`, `throttle`"), "{stderr}");
}
