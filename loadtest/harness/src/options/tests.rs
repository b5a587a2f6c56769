//! Arguments as people give them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use clap::Parser;

use super::*;
use crate::cli::Cli;
use crate::system::Promise;

static PROMISE: Promise = Promise { id: "order", ..Promise::NEW };
static CHECKOUT: Workflow = Workflow { id: "checkout", promises: &[&PROMISE], ..Workflow::NEW };
static BROWSE: Workflow = Workflow { id: "browse", weight: 0.5, ..Workflow::NEW };
static STOCK: Workflow = Workflow { id: "stock", before: 3, ..Workflow::NEW };
static SYSTEM: System = System { workflows: &[&STOCK, &BROWSE, &CHECKOUT], ..System::NEW };

fn rates(args: &[&str]) -> Vec<(&'static str, f64)> {
    let rates = parse(args).unwrap().rates(&SYSTEM);
    rates.into_iter().map(|(workflow, rate)| (workflow.id, rate)).collect()
}

fn parse(args: &[&str]) -> Result<RunArgs, clap::Error> {
    let args = std::iter::once("loadtest").chain(args.iter().copied());
    Cli::try_parse_from(args).map(|cli| cli.run)
}

#[test]
fn no_arguments_are_a_local_run() {
    let args = parse(&[]).unwrap();
    assert_eq!(args.stage, StageChoice::Local);
    assert_eq!((args.run_time(), args.spacing()), (Duration::from_secs(20), Spacing::Poisson));
    assert_eq!(rates(&[]), [("checkout", 50.0), ("browse", 25.0)]);
}

#[test]
fn times_have_units() {
    for (text, ms) in [("90", 90_000), ("250ms", 250), ("1.5m", 90_000), ("1h", 3_600_000)] {
        assert_eq!(super::parse::duration(text).unwrap(), Duration::from_millis(ms), "{text}");
    }
    for text in ["", "s", "-1s", "1d", "nan", "inf", "0", "25h", "1 s s"] {
        assert!(super::parse::duration(text).is_err(), "{text}");
    }
}

#[test]
fn what_makes_no_sense_is_wrong_usage() {
    for args in [
        ["--rate", "0"],
        ["--rate", "-3"],
        ["--rate", "NaN"],
        ["--users", "0"],
        ["--mix", "browse"],
        ["--profile", "sine"],
        ["--arrivals", "uniform"],
        ["--header", "no value"],
        ["--skew", "userName"],
        ["--input", "userName"],
        ["--mix", "browse=1,browse=2"],
        ["--mix", "fill=inf"],
        ["--stage", "ftp://example.com"],
        ["--stage", "a stack"],
        ["--stage", "-stack"],
        ["--stage", "http://"],
        ["--api-url", "example.com"],
        ["--run-time", "soon"],
        ["--color", "pink"],
        ["--faults", "chaos"],
        ["--fault-seed", "1"],
        ["--worker", "0/2"],
        ["--start-at", "noon"],
    ] {
        assert_eq!(parse(&args).unwrap_err().exit_code(), 2, "{args:?}");
    }
}

#[test]
fn faults_are_for_stages_of_ones_own() {
    let here = parse(&["--faults", "kill"]).unwrap();
    assert_eq!((here.faults, here.check(&SYSTEM)), (Some(Preset::Kill), Ok(())));
    assert!(here.drain() > parse(&[]).unwrap().drain());
    let there = parse(&["--faults", "kill", "--stage", "https://example.com"]).unwrap();
    assert!(there.check(&SYSTEM).is_err_and(|reason| reason.contains("--stage")));
}

#[test]
fn faults_are_for_loads_that_promise_something() {
    static ONLY_BROWSE: System = System { workflows: &[&BROWSE], ..System::NEW };
    let said = parse(&["--faults", "all"]).unwrap().check(&ONLY_BROWSE).unwrap_err();
    assert!(said.starts_with("--faults: only promises") && said.contains("x-promise"), "{said}");
    let file = std::env::temp_dir().join(format!("browse-{}.txt", std::process::id()));
    std::fs::write(&file, "0.5,browse\n").unwrap();
    let args = ["--faults", "all", "--profile", file.to_str().unwrap()];
    let said = parse(&args).unwrap().check(&SYSTEM).unwrap_err();
    assert!(said.contains("--profile run checkout"), "{said}");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn the_mix_counts_for_each_visit_of_the_main_workflow() {
    let mixed = rates(&["--rate", "100", "--mix", "browse=0.25"]);
    assert_eq!(mixed, [("checkout", 100.0), ("browse", 25.0)]);
    assert_eq!(rates(&["--mix", ""]), [("checkout", 50.0)]);
    for (mix, why) in [("steal=1", "browse, checkout"), ("checkout=1", "--rate")] {
        let refused = parse(&["--mix", mix]).unwrap().check(&SYSTEM).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}

#[test]
fn every_workflow_begins_with_a_user() {
    let few = parse(&["--users", "1"]).unwrap().first_users(&SYSTEM);
    assert!(few.iter().all(|(_, users)| *users == 1) && few.len() == 2);
    let many = parse(&["--rate", "200"]).unwrap().first_users(&SYSTEM);
    assert_eq!(many[0].1, 50);
}

#[test]
fn a_soak_takes_an_hour_and_a_search_its_own_rates() {
    assert_eq!(parse(&["--profile", "soak"]).unwrap().run_time(), SOAK);
    let search = parse(&["--find-limit", "--profile", "ramp"]).unwrap();
    assert!(search.check(&SYSTEM).unwrap_err().contains("--profile"));
}

/// A report of a file says what the file has, for that is what was made.
#[test]
fn a_file_of_arrivals_takes_the_place_of_rates() {
    let file = std::env::temp_dir().join(format!("rates-{}.txt", std::process::id()));
    std::fs::write(&file, "0.5,browse\n1.5,browse\n3,checkout\n").unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(rates(&["--profile", path, "--run-time", "2s"]), [("browse", 1.0)]);
    let args = parse(&["--profile", path, "--run-time", "4s"]).unwrap();
    assert_eq!((args.spacing(), args.check(&SYSTEM)), (Spacing::Listed, Ok(())));
    let ids = |args: &RunArgs| args.schedules(&SYSTEM).unwrap().iter().map(|one| one.0).collect();
    assert_eq!(
        rates(&["--profile", path, "--run-time", "4s"]),
        [("checkout", 0.25), ("browse", 0.5)]
    );
    let named: Vec<_> = ids(&args);
    assert_eq!(named, ["checkout", "browse"]);
    for option in [["--rate", "7"], ["--mix", ""], ["--arrivals", "even"]] {
        let args = [&["--profile", path][..], &option[..]].concat();
        let refused = parse(&args).unwrap().check(&SYSTEM).unwrap_err();
        assert!(refused.starts_with(&format!("{} has no effect", option[0])), "{refused}");
    }
    std::fs::remove_file(file).unwrap();
}

#[test]
fn workers_share_one_target_and_start_together() {
    let parse = |worker, more: &[&str]| {
        let args = ["--start-at", "2026-12-01T12:00:00Z", "--worker", worker];
        self::parse(&[&args[..], more].concat())
    };
    let there = parse("3/4", &["--stage", "https://example.com"]).unwrap();
    assert_eq!((there.part(), there.check(&SYSTEM)), (Part { index: 3, of: 4 }, Ok(())));
    assert!(parse("0/1", &[]).unwrap().check(&SYSTEM).unwrap_err().contains("--stage"));
    for worker in ["4/4", "0/0", "1", "-1/2", "0/20000"] {
        assert_eq!(parse(worker, &[]).unwrap_err().exit_code(), 2, "{worker}");
    }
}

#[test]
fn a_system_without_workflows_says_why_and_what_to_write() {
    let system = System { derived: Some(&["GET /a (getA) is not called: why"]), ..System::NEW };
    let said = parse(&[]).unwrap().check(&system).unwrap_err();
    assert!(said.contains("(getA) is not called: why\nDescribe one in spec/workflows/"), "{said}");
}

#[test]
fn what_no_request_can_carry_is_refused() {
    let refused = |args: &[&str]| parse(args).unwrap_err().to_string();
    for token in ["", " ", "a\nb", "a b", "ü"] {
        assert!(refused(&["--token", token]).contains("visible ASCII"), "{token}");
    }
    assert_eq!(parse(&["--token", "abc\n"]).unwrap().token.as_deref(), Some("abc"));
    for header in ["Content-Length: 5", "transfer-encoding: chunked"] {
        assert!(refused(&["--header", header]).contains("leave it out"), "{header}");
    }
    assert!(parse(&["--header", "host: a.example"]).is_ok());
}

#[test]
fn a_stack_has_a_name_or_an_arn() {
    let arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev/00aa-11bb";
    for name in ["shop-dev", "Production", arn] {
        let args = parse(&["--stage", name]).unwrap();
        assert_eq!(args.stage, StageChoice::Stack(name.to_owned()));
    }
}

#[test]
fn a_url_loses_its_last_slash() {
    let args = parse(&["--stage", "https://example.com/prod/"]).unwrap();
    assert_eq!(args.stage, StageChoice::Url("https://example.com/prod".to_owned()));
}
