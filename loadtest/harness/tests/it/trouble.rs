//! What may go wrong around a run: the target, its credentials, the disk, the collector, and Ctrl-C.
//! What was measured is told, and the exit code says what it is worth.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::any;
use harness::report::{Outcome, Report};

use crate::process::{Folder, end, minimal, report, start, text};
use crate::server::{Faults, Server};

const SHORT: [&str; 4] = ["--rate", "20", "--run-time", "2s"];

/// A server that takes this long for everything.
fn server(work: Duration) -> Server {
    Server::start_with(Duration::from_secs(3_600), Duration::ZERO, work, Faults::default())
}

/// A server that answers everything with one status, and what it needs to go on.
fn always(status: StatusCode) -> (String, tokio::runtime::Runtime) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(any(async move || {
        (status, [("x-amzn-requestid", "r-1"), ("x-amzn-trace-id", "Root=1-2-3;Sampled=0")])
    }));
    runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, runtime)
}

#[test]
fn a_slow_target_is_measured_and_not_called_the_generators_fault() {
    let (folder, server) = (Folder::new(), server(Duration::from_millis(1_500)));
    let said = end(start(&folder, "slow", &[&SHORT[..], &["--stage", &server.url]].concat()));
    let report = report(&folder, "slow");
    assert_ne!(report.verdict.outcome, Outcome::Invalid, "{}", said.out);
    let latency = &report.operations[0].latency;
    assert_eq!(latency.count, report.throughput.planned);
    assert!(latency.p50_us >= 1_500_000, "{latency:?}");
    assert!(report.operations[0].first_byte.p50_us >= 1_500_000);
    assert_eq!(report.ledger[0].once, report.ledger[0].sent);
}

#[test]
fn a_wrong_token_is_an_error_of_every_request_with_samples() {
    let (url, _runtime) = always(StatusCode::UNAUTHORIZED);
    let folder = Folder::new();
    let said = end(start(
        &folder,
        "token",
        &[&SHORT[..], &["--stage", &url, "--token", "wrong"]].concat(),
    ));
    assert!(matches!(said.code, Some(1 | 3)), "{:?} {}", said.code, said.out);
    assert!(said.out.contains("status 401") && !said.out.contains("wrong-"), "{}", said.out);
    let report = report(&folder, "token");
    let error = &report.errors[0];
    assert_eq!(error.count, report.throughput.planned, "{error:?}");
    assert_eq!(error.samples.len(), 3);
    let first = &error.samples[0];
    assert_eq!((first.status, first.request_id.as_deref()), (Some(401), Some("r-1")));
    assert_eq!(first.trace_id.as_deref(), Some("1-2-3"));
    let page = std::fs::read_to_string(folder.file("token.html")).unwrap();
    assert!(page.contains("<code>r-1</code>") && !page.contains("Bearer"), "no sample in the page");
}

#[test]
fn what_another_run_left_is_nobodys_promise() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    for name in ["first", "second"] {
        let said = end(start(
            &folder,
            name,
            &[&SHORT[..], &["--stage", &server.url, "--seed", "5"]].concat(),
        ));
        assert_eq!(said.code, Some(0), "{}", said.out);
    }
    let tally = &report(&folder, "second").ledger[0];
    assert_eq!((tally.once, tally.lost, tally.doubled, tally.unpromised), (tally.sent, 0, 0, 0));
}

#[test]
fn a_full_disk_is_told_and_what_fits_elsewhere_is_there() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    for option in ["--report", "--json", "--junit", "--hdr", "--summary"] {
        let others: Vec<(&str, std::path::PathBuf)> = ["--report", "--json"]
            .into_iter()
            .filter(|other| *other != option)
            .map(|other| (other, folder.file(&format!("full{option}{other}"))))
            .collect();
        let mut args =
            vec!["--stage", &server.url, "--rate", "20", "--run-time", "1s", option, "/dev/full"];
        for (other, path) in &others {
            args.extend([*other, text(path)]);
        }
        let said = end(minimal(&args).spawn().unwrap());
        assert_eq!(said.code, Some(3), "{option}: {}", said.out);
        assert!(said.out.contains("/dev/full"), "{option}: {}", said.out);
        assert!(said.out.contains("Ledger"), "{option}: the verdict is not said: {}", said.out);
        for (other, path) in others {
            assert!(path.metadata().is_ok_and(|file| file.len() > 0), "{option}: no {other}");
        }
    }
}

#[test]
fn a_collector_that_is_late_or_gone_changes_no_verdict() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    // One that takes connections and never answers, and one that nobody listens for.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (name, address) in [("silent", silent.local_addr().unwrap()), ("gone", gone)] {
        let (url, began) = (format!("http://{address}"), Instant::now());
        let args = ["--stage", &server.url, "--otlp", &url];
        let said = end(start(&folder, name, &[&SHORT[..], &args].concat()));
        assert_eq!(said.code, Some(0), "{name}: {}", said.out);
        assert!(said.out.contains("otlp"), "{name}: nothing is said of it: {}", said.out);
        assert!(began.elapsed() < Duration::from_secs(30), "{name} held the run up");
    }
}

#[test]
fn what_cannot_be_written_is_refused_before_the_load() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let file = folder.file("file");
    std::fs::write(&file, "a file, and no folder").unwrap();
    let below = folder.file("file/report");
    for option in ["--report", "--json", "--junit", "--hdr", "--summary"] {
        let said = end(minimal(&["--stage", &server.url, option, text(&below)]).spawn().unwrap());
        assert_eq!(said.code, Some(2), "{option}: {}", said.out);
        assert!(said.out.contains(option) && said.out.contains(text(&below)), "{}", said.out);
    }
    let twice = ["--stage", &server.url, "--json", text(&file), "--junit", text(&file)];
    let said = end(minimal(&twice).spawn().unwrap());
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(said.out.contains("--junit and --json both name"), "{}", said.out);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a file, and no folder");
    assert_eq!(server.done().asked, 0);
}

#[test]
fn what_the_command_line_says_wrong_is_refused_before_the_load() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let late = folder.file("late.txt");
    std::fs::write(&late, "5\n").unwrap();
    let before_any = ["--profile", text(&late), "--run-time", "1s"];
    let cases: [(&[&str], &str); 5] = [
        (&["--input", "name=names.txt"], "unknown input"),
        (&["--skew", "name=1"], "no workflow has this input"),
        (&before_any, "no arrival within 1 s"),
        (&["--bin-dir", "functions"], "--bin-dir needs a local stage"),
        (&["--api-url", "http://127.0.0.1:9"], "--api-url belongs to a stack"),
    ];
    for (args, why) in cases {
        let said = end(minimal(&[&["--stage", &server.url], args].concat()).spawn().unwrap());
        assert_eq!(said.code, Some(2), "{args:?}: {}", said.out);
        assert!(said.out.contains(why), "{args:?}: {}", said.out);
    }
    assert_eq!(server.done().asked, 0);
}

#[test]
fn a_file_of_arrivals_is_the_whole_load() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let file = folder.file("arrivals.txt");
    std::fs::write(&file, "0\n0.5\n1,makeOne\n2\n").unwrap();
    let given = ["--stage", &server.url, "--profile", text(&file)];
    let said = end(start(&folder, "given", &given));
    let whole = report(&folder, "given");
    assert_eq!((said.code, whole.throughput.planned), (Some(0), 4), "{}", said.out);
    // 4 in 2.5 s.
    assert_eq!((whole.settings.rate, whole.settings.workflows["makeOne"]), (1.6, 1.6));
    let page = std::fs::read_to_string(folder.file("given.html")).unwrap();
    assert!(page.contains("Listed, seed 1") && !page.contains("--rate"), "the page names a rate");
    let said = end(start(&folder, "cut", &[&given[..], &["--run-time", "0.7s"]].concat()));
    let cut = report(&folder, "cut");
    assert_eq!((cut.throughput.planned, cut.ledger[0].sent), (2, 2), "{}", said.out);
    let told = |report: &Report| report.run.notes.iter().any(|one| one.starts_with("2 of the 4 "));
    assert!(told(&cut) && !told(&whole), "{:?}", cut.run.notes);
}

/// Four users, a second each, and two hundred visits: most of them are not even begun when the patience is over.
#[test]
fn a_system_that_is_far_behind_does_not_hold_the_run_up() {
    let (folder, server) = (Folder::new(), server(Duration::from_secs(1)));
    let load = ["--rate", "200", "--run-time", "1s", "--users", "4", "--drain", "3s"];
    let began = Instant::now();
    let said = end(start(&folder, "behind", &[&load[..], &["--stage", &server.url]].concat()));
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("were left out") && said.out.contains("--drain"), "{}", said.out);
    let behind = report(&folder, "behind");
    assert!(behind.run.complete && behind.generator.started < behind.generator.planned);
    assert_eq!(behind.ledger[0].once, behind.ledger[0].sent);
}

#[test]
fn a_target_that_nobody_reaches_is_one_sentence() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, why) in [
        (format!("http://{gone}"), "refused"),
        ("http://no-such-host.invalid/v1".to_owned(), "lookup"),
    ] {
        let said = end(minimal(&["--stage", &url, "--quiet"]).spawn().unwrap());
        assert_eq!(said.code, Some(3), "{}", said.out);
        assert!(said.out.contains("connection failed") && said.out.contains(why), "{}", said.out);
        assert!(said.out.contains(&url) && said.out.trim().lines().count() == 1, "{}", said.out);
    }
}

/// A server that answers whatever it is asked with these bytes, and closes the connection.
fn says(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4_096]).and_then(|_| stream.write_all(answer));
            });
        }
    });
    url
}

#[test]
fn what_is_wrong_with_a_response_is_told() {
    let many =
        Vec::leak([&b"HTTP/1.1 201 Created\r\n"[..], &b"x: y\r\n".repeat(500), b"\r\n"].concat());
    for (answer, why) in [
        (&b"SSH-2.0-OpenSSH_9\r\n"[..], "not HTTP/1.1"),
        (b"HTTP/1.1 201 Created\r\ncontent-length: nine\r\n\r\n", "not HTTP/1.1"),
        (many, "too many headers"),
        (b"HTTP/1.1 201 Created\r\ncontent-length: 90\r\n\r\n{", "ended early"),
        (b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "is broken"),
        (b"HTTP/1.1 201 Created\r\ncontent-length: 16777217\r\n\r\n{", "longer than 16 MiB"),
    ] {
        let (folder, url) = (Folder::new(), says(answer));
        let load = ["--rate", "20", "--run-time", "1s", "--drain", "1s", "--stage", &url];
        let said = end(start(&folder, "broken", &load));
        let broken = report(&folder, "broken");
        assert_eq!(
            (said.code, broken.verdict.outcome),
            (Some(3), Outcome::Invalid),
            "{}",
            said.out
        );
        let error = &broken.errors[0];
        assert!(error.cause.contains(why) && error.count > 0, "{why}: {}", error.cause);
        assert!(!said.out.contains("no request got a response"), "{}", said.out);
    }
}

/// The rest of what was promised cannot be seen any more, so nobody says that it is lost.
#[test]
fn a_target_that_dies_midway_is_told_and_nothing_of_it_is_lost() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let load = ["--rate", "50", "--run-time", "4s", "--drain", "2s", "--stage", &server.url];
    let child = start(&folder, "died", &load);
    server.wait_for(20);
    drop(server);
    let said = end(child);
    let died = report(&folder, "died");
    assert_eq!((said.code, died.verdict.outcome), (Some(3), Outcome::Invalid), "{}", said.out);
    assert!(said.out.contains("the final check failed"), "{}", said.out);
    let tally = &died.ledger[0];
    assert!(tally.lost == 0 && tally.open >= 20 && tally.unknown > 0, "{tally:?}");
    assert!(died.errors.iter().any(|error| error.cause == "connection failed"));
}
