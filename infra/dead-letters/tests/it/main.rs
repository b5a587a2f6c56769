//! The command against a local stage: what it shows, what it sends back, and what it refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is a failed test")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use stage::queue::{Attribute, NewMessage, Queue, ReceiveOptions};
use stage::{Log, Stage, StageOptions};

const ACCOUNT: &str = "000000000000";

async fn stage() -> Stage {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/queues.yaml");
    let options = StageOptions {
        stack: "shop".to_owned(),
        log: Log::silent(),
        ..StageOptions::new(template)
    };
    Stage::start(options).await.unwrap()
}

fn queue(stage: &Stage, name: &str) -> Queue {
    stage.queues().queue(name).unwrap()
}

/// Runs the command on a thread of its own, so that the stage of the test is not kept from answering.
async fn run(stage: &Stage, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dead-letters"));
    command.args(args).args(["--stack", "shop", "--endpoint", stage.aws_endpoint()]);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32) -> String {
    let (said, problems) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}{problems}");
    format!("{said}{problems}")
}

/// Lets a message die in the queue of work: it may be received once, and is seen a second time.
async fn die(stage: &Stage, bodies: &[&str]) {
    let work = queue(stage, "shop-Work");
    for body in bodies {
        work.send(NewMessage::text((*body).to_owned())).unwrap();
    }
    let all = ReceiveOptions { max_messages: 10, wait_s: Some(0), ..ReceiveOptions::default() };
    while !work.receive(&all).await.unwrap().is_empty() {}
    assert_eq!(queue(stage, "shop-WorkDeadLetters").depth().visible, bodies.len());
}

/// Puts a letter of a rule into its queue, as a bus does.
fn bury(stage: &Stage, body: &str, target: &str) {
    let mut message = NewMessage::text(body.to_owned());
    for (name, value) in [("ERROR_CODE", "NO_PERMISSIONS"), ("TARGET_ARN", target)] {
        message.attributes.insert(name.to_owned(), Attribute::text(value.to_owned()));
    }
    queue(stage, "shop-RuleDeadLetters").send(message).unwrap();
}

fn bodies(queue: &Queue) -> Vec<String> {
    let mut bodies: Vec<_> =
        queue.peek(10).iter().map(|message| message.body.to_string()).collect();
    bodies.sort_unstable();
    bodies
}

#[tokio::test]
async fn a_list_shows_every_letter_with_its_reason_and_hides_none() {
    let stage = stage().await;
    die(&stage, &["one", "two"]).await;
    bury(&stage, "three", &format!("arn:aws:sqs:us-east-1:{ACCOUNT}:shop-Work"));
    for _ in 0..2 {
        let said = check(&run(&stage, &["list"]).await, 0);
        for part in [
            "shop-WorkDeadLetters  2 messages; failed in shop-Work after being received once",
            "body: one",
            "body: two",
            "source queue: shop-Work",
            "shop-RuleDeadLetters  1 message",
            "error: NO_PERMISSIONS",
            "body: three",
        ] {
            assert!(said.contains(part), "{part} is not in\n{said}");
        }
    }
    assert_eq!(bodies(&queue(&stage, "shop-WorkDeadLetters")), ["one", "two"]);

    let said = check(&run(&stage, &["list", "--json", "--queue", "shop-RuleDeadLetters"]).await, 0);
    let line: Value = serde_json::from_str(said.trim_end()).unwrap();
    assert_eq!((&line["body"], &line["why"]["error"]), (&json!("three"), &json!("NO_PERMISSIONS")));
    let said = check(&run(&stage, &["list", "--limit", "1"]).await, 0);
    assert!(said.contains("and 1 more; use --limit to show more"), "{said}");
}

#[tokio::test]
async fn what_a_queue_gave_up_on_goes_back_to_it() {
    let stage = stage().await;
    die(&stage, &["one", "two", "three"]).await;
    let args = ["redrive", "--queue", "shop-WorkDeadLetters", "--rate", "500"];
    let said = check(&run(&stage, &args).await, 0);
    assert_eq!(said, "shop-WorkDeadLetters: 3 messages sent back\n");
    assert_eq!(bodies(&queue(&stage, "shop-Work")), ["one", "three", "two"]);
    assert_eq!(bodies(&queue(&stage, "shop-WorkDeadLetters")), [""; 0]);
    let said = check(&run(&stage, &args).await, 0);
    assert_eq!(said, "shop-WorkDeadLetters: nothing to send back\n");
}

#[tokio::test]
async fn what_a_rule_could_not_deliver_goes_to_its_target_and_the_rest_stays_and_is_named() {
    let stage = stage().await;
    bury(&stage, "deliverable", &format!("arn:aws:sqs:us-east-1:{ACCOUNT}:shop-Work"));
    bury(&stage, "nowhere", &format!("arn:aws:sqs:us-east-1:{ACCOUNT}:shop-Gone"));
    let function = format!("arn:aws:lambda:us-east-1:{ACCOUNT}:function:mailer");
    bury(&stage, "for a function", &function);
    queue(&stage, "shop-RuleDeadLetters").send(NewMessage::text("mute".to_owned())).unwrap();

    let said = check(&run(&stage, &["redrive", "--all"]).await, 1);
    for part in [
        "shop-RuleDeadLetters: 1 message sent back",
        "1 message stays: the queue shop-Gone does not exist",
        &format!("1 message stays: its target {function} is not a queue"),
        "1 message stays: it has no source queue",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert_eq!(bodies(&queue(&stage, "shop-Work")), ["deliverable"]);
    let left = bodies(&queue(&stage, "shop-RuleDeadLetters"));
    assert_eq!(left, ["for a function", "mute", "nowhere"]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_with_what_could() {
    let stage = stage().await;
    let said = check(&run(&stage, &["redrive"]).await, 2);
    assert!(
        said.contains("name a queue with --queue NAME, or use --all for every dead-letter queue"),
        "{said}"
    );
    assert!(said.contains("`shop-WorkDeadLetters` (0 messages)"), "{said}");
    let said = check(&run(&stage, &["redrive", "--queue", "shop-Work"]).await, 2);
    assert!(
        said.contains("`shop-Work` is not a dead-letter queue; the dead-letter queues are"),
        "{said}"
    );
    check(&run(&stage, &["redrive", "--all", "--rate", "0"]).await, 2);

    let mut other = Command::new(env!("CARGO_BIN_EXE_dead-letters"));
    other.args(["list", "--stack", "other", "--endpoint", stage.aws_endpoint()]);
    let output = tokio::task::spawn_blocking(move || other.output().unwrap()).await.unwrap();
    let said = check(&output, 2);
    assert!(said.contains("no queue has a name that starts with `other-`"), "{said}");
}

#[test]
fn an_endpoint_at_which_nobody_is_and_a_region_that_nobody_names_are_told() {
    // A port that was free a moment ago, and that nobody listens on.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dead-letters"));
        command.env_clear().env("AWS_EC2_METADATA_DISABLED", "true").arg("list");
        command
    };
    let output = command().args(["--endpoint", &url]).output().unwrap();
    assert!(check(&output, 2).contains("cannot list the queues"));
    let output = command().output().unwrap();
    assert!(check(&output, 2).contains("no region: set AWS_REGION"));
}

#[test]
fn region_and_key_of_the_environment_count_at_any_endpoint() {
    use std::io::{Read as _, Write as _};

    let scope = |variables: &[(&str, &str)]| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut head = vec![0; 8192];
            let n = connection.read(&mut head).unwrap();
            connection.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").unwrap();
            String::from_utf8_lossy(&head[..n]).into_owned()
        });
        let mut command = Command::new(env!("CARGO_BIN_EXE_dead-letters"));
        command
            .env_clear()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(variables.iter().copied());
        check(&command.args(["list", "--endpoint", &url]).output().unwrap(), 2);
        let head = asked.join().unwrap();
        let scope = head.split("Credential=").nth(1).unwrap_or(&head);
        let parts: Vec<_> = scope.split('/').collect();
        format!("{} {}", parts[0], parts[2])
    };
    assert_eq!(scope(&[]), "local us-east-1");
    let key = [("AWS_ACCESS_KEY_ID", "111122223333"), ("AWS_SECRET_ACCESS_KEY", "x")];
    assert_eq!(
        scope(&[&key[..], &[("AWS_REGION", "eu-west-1")]].concat()),
        "111122223333 eu-west-1"
    );
}
