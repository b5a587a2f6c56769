//! What a queue does while somebody waits: wake-ups, deadlines, dead letters, moves. Clocks are
//! manual where time matters.

use stage::clock::Clock;
use stage::fault::{Act, Calm, Chance, Chaos, Decision, Plan, Seeded, Site};
use stage::queue::moves::MoveStatus;
use stage::queue::{NewMessage, Queue, QueueError, QueueService, ReceiveOptions, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) fn service(clock: Clock, chaos: impl Chaos) -> QueueService {
    let settings = Settings {
        region: "eu-west-1".to_owned(),
        account: "123456789012".to_owned(),
        base_url: "http://127.0.0.1:1".to_owned(),
    };
    QueueService::new(settings, clock, Arc::new(chaos))
}

fn create(service: &QueueService, name: &str, attributes: &[(&str, &str)]) -> Queue {
    let attributes: BTreeMap<String, String> =
        attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    service.create(name, &attributes, BTreeMap::new()).unwrap()
}

fn waiting(wait_s: u32) -> ReceiveOptions {
    ReceiveOptions { max_messages: 10, wait_s: Some(wait_s), ..ReceiveOptions::default() }
}

/// What a task comes to, which must not take long: a wake-up that is missing is a failure, not a
/// hang.
async fn within<T>(task: tokio::task::JoinHandle<T>) -> T {
    let limit = Duration::from_secs(20);
    tokio::time::timeout(limit, task).await.expect("nobody woke the receiver").unwrap()
}

/// Lets every task that can run do so.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_send_wakes_a_receiver_that_waits_and_time_need_not_pass() {
    let queue = create(&service(Clock::manual(0), Calm), "q", &[]);
    let receiver = tokio::spawn({
        let queue = queue.clone();
        async move { queue.receive(&waiting(20)).await }
    });
    settle().await;
    assert!(!receiver.is_finished());
    queue.send(NewMessage::text("x")).unwrap();
    let received = within(receiver).await.unwrap();
    assert_eq!(received[0].message.body, "x");
}

#[tokio::test]
async fn a_receiver_that_waits_goes_empty_handed_when_its_time_is_up() {
    let clock = Clock::manual(0);
    let queue =
        create(&service(clock.clone(), Calm), "q", &[("ReceiveMessageWaitTimeSeconds", "5")]);
    let options = ReceiveOptions { wait_s: None, ..waiting(0) };
    let receiver = tokio::spawn({
        let queue = queue.clone();
        async move { queue.receive(&options).await }
    });
    settle().await;
    clock.advance(Duration::from_millis(4_999));
    settle().await;
    assert!(!receiver.is_finished());
    clock.advance(Duration::from_millis(1));
    assert_eq!(within(receiver).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_receiver_that_waits_has_a_hidden_message_at_the_moment_it_shows() {
    let clock = Clock::manual(0);
    let queue = create(&service(clock.clone(), Calm), "q", &[("VisibilityTimeout", "7")]);
    queue.send(NewMessage { delay_s: Some(3), ..NewMessage::text("x") }).unwrap();
    for shows_after_s in [3, 7] {
        let receiver = tokio::spawn({
            let queue = queue.clone();
            async move { queue.receive(&waiting(20)).await }
        });
        settle().await;
        clock.advance(Duration::from_millis(shows_after_s * 1_000 - 1));
        settle().await;
        assert!(!receiver.is_finished(), "not before {shows_after_s} s");
        clock.advance(Duration::from_millis(1));
        assert_eq!(within(receiver).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_timeout_that_is_shortened_wakes_a_receiver_that_waits_for_the_old_one() {
    let clock = Clock::manual(0);
    let queue = create(&service(clock.clone(), Calm), "q", &[]);
    queue.send(NewMessage::text("x")).unwrap();
    let first = queue.receive(&waiting(0)).await.unwrap().remove(0);
    let receiver = tokio::spawn({
        let queue = queue.clone();
        async move { queue.receive(&waiting(20)).await }
    });
    settle().await;
    queue.change_visibility(&first.receipt_handle, 2).unwrap();
    settle().await;
    assert!(!receiver.is_finished());
    clock.advance(Duration::from_secs(2));
    assert_eq!(within(receiver).await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_receiver_gets_its_share_and_no_message_is_given_twice() {
    let queue = create(&service(Clock::manual(0), Calm), "q", &[]);
    let receivers: Vec<_> = (0..8)
        .map(|_| {
            let queue = queue.clone();
            tokio::spawn(async move {
                let mut ids = Vec::new();
                while ids.len() < 125 {
                    let options = ReceiveOptions { max_messages: 1, ..waiting(20) };
                    for received in queue.receive(&options).await.unwrap() {
                        queue.delete(&received.receipt_handle).unwrap();
                        ids.push(received.message.id);
                    }
                }
                ids
            })
        })
        .collect();
    settle().await;
    for n in 0..1_000 {
        queue.send(NewMessage::text(n.to_string())).unwrap();
    }
    let mut seen = BTreeSet::new();
    for receiver in receivers {
        for id in within(receiver).await {
            assert!(seen.insert(id), "given twice");
        }
    }
    assert_eq!(seen.len(), 1_000);
    assert_eq!(queue.ledger().deleted, 1_000);
}

#[tokio::test]
async fn a_receiver_that_goes_away_takes_no_message_with_it() {
    let queue = create(&service(Clock::manual(0), Calm), "q", &[]);
    let mut receivers: Vec<_> = (0..2)
        .map(|_| {
            let queue = queue.clone();
            tokio::spawn(async move { queue.receive(&waiting(20)).await })
        })
        .collect();
    settle().await;
    // The first receiver is woken and goes away before it can look.
    queue.send(NewMessage::text("x")).unwrap();
    receivers[0].abort();
    let gone = receivers.remove(0).await;
    let other = if gone.is_ok() { gone } else { receivers.remove(0).await };
    assert_eq!(other.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_queue_is_gone_for_those_who_wait_too() {
    let service = service(Clock::manual(0), Calm);
    let queue = create(&service, "q", &[]);
    let receiver = tokio::spawn({
        let queue = queue.clone();
        async move { queue.receive(&waiting(20)).await }
    });
    settle().await;
    queue.remove().unwrap();
    assert_eq!(within(receiver).await, Err(QueueError::QueueDoesNotExist));
    assert_eq!(queue.send(NewMessage::text("x")), Err(QueueError::QueueDoesNotExist));
    assert!(service.queue("q").is_err());
    assert_eq!(create(&service, "q", &[]).depth().visible, 0);
}

#[tokio::test]
async fn what_fails_too_often_wakes_whoever_waits_for_dead_letters_and_can_be_moved_back() {
    let clock = Clock::manual(0);
    let service = service(clock.clone(), Calm);
    let dead = create(&service, "dead", &[]);
    let policy = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":2}}"#, dead.arn());
    let queue = create(&service, "q", &[("RedrivePolicy", &policy), ("VisibilityTimeout", "1")]);
    queue.send(NewMessage::text("poison")).unwrap();
    let undertaker = tokio::spawn({
        let dead = dead.clone();
        async move { dead.receive(&waiting(20)).await }
    });
    for n_received in 1..=2 {
        let received = queue.receive(&waiting(0)).await.unwrap();
        assert_eq!(received[0].n_received, n_received);
        clock.advance(Duration::from_secs(1));
    }
    assert!(queue.receive(&waiting(0)).await.unwrap().is_empty());
    let letter = within(undertaker).await.unwrap().remove(0);
    assert_eq!(letter.message.body, "poison");
    assert_eq!(letter.message.dead_letter_source.as_deref(), Some(queue.arn()));
    assert_eq!(dead.peek(10).len(), 0, "a message in flight is not there to be moved");

    clock.advance(Duration::from_secs(30));
    assert_eq!(dead.peek(10).len(), 1);
    assert!(service.start_move(queue.arn(), None, None).is_err(), "nobody's dead-letter queue");
    service.start_move(dead.arn(), None, None).unwrap();
    settle().await;
    let tasks = service.moves_of(dead.arn(), 10).unwrap();
    assert_eq!(
        (tasks[0].status, tasks[0].n_moved, tasks[0].n_to_move),
        (MoveStatus::Completed, 1, 1)
    );
    let again = queue.receive(&waiting(0)).await.unwrap().remove(0);
    assert_eq!((again.n_received, &*again.message.body), (1, "poison"));
    assert_ne!(again.message.id, letter.message.id);
}

#[tokio::test]
async fn several_messages_that_arrive_at_once_wake_several_receivers() {
    let clock = Clock::manual(0);
    let service = service(clock.clone(), Calm);
    let dead = create(&service, "dead", &[]);
    let policy = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":1}}"#, dead.arn());
    let queue = create(&service, "q", &[("RedrivePolicy", &policy), ("VisibilityTimeout", "1")]);
    for _ in 0..3 {
        queue.send(NewMessage::text("poison")).unwrap();
    }
    let undertakers: Vec<_> = (0..3)
        .map(|_| {
            let dead = dead.clone();
            let options = ReceiveOptions { max_messages: 1, ..waiting(20) };
            tokio::spawn(async move { dead.receive(&options).await })
        })
        .collect();
    assert_eq!(queue.receive(&waiting(0)).await.unwrap().len(), 3);
    settle().await;
    clock.advance(Duration::from_secs(1));
    assert!(queue.receive(&waiting(0)).await.unwrap().is_empty(), "all three are buried in one go");
    for undertaker in undertakers {
        assert_eq!(within(undertaker).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_paced_move_keeps_its_pace_and_can_be_cancelled() {
    let clock = Clock::manual(0);
    let service = service(clock.clone(), Calm);
    let dead = create(&service, "dead", &[]);
    let policy = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":1}}"#, dead.arn());
    let queue = create(&service, "q", &[("RedrivePolicy", &policy)]);
    for n in 0..10 {
        dead.send(NewMessage::text(n.to_string())).unwrap();
    }
    assert!(service.start_move(dead.arn(), Some(dead.arn()), None).is_err(), "it never ends");
    let handle = service.start_move(dead.arn(), Some(queue.arn()), Some(3)).unwrap();
    assert!(service.start_move(dead.arn(), None, None).is_err(), "one at a time");
    settle().await;
    assert_eq!(queue.depth().visible, 3);
    clock.advance(Duration::from_secs(1));
    settle().await;
    assert_eq!(queue.depth().visible, 6);
    assert_eq!(service.cancel_move(&handle).unwrap(), 6);
    clock.advance(Duration::from_secs(1));
    settle().await;
    assert_eq!((queue.depth().visible, dead.depth().visible), (6, 4));
    assert_eq!(service.moves_of(dead.arn(), 1).unwrap()[0].status, MoveStatus::Cancelled);
    assert!(service.cancel_move(&handle).is_err());
}

#[tokio::test]
async fn a_move_without_a_way_home_fails_and_loses_nothing() {
    let service = service(Clock::manual(0), Calm);
    let dead = create(&service, "dead", &[]);
    let policy = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":1}}"#, dead.arn());
    create(&service, "q", &[("RedrivePolicy", &policy)]);
    dead.send(NewMessage::text("sent here directly")).unwrap();
    service.start_move(dead.arn(), None, None).unwrap();
    settle().await;
    assert_eq!(service.moves_of(dead.arn(), 1).unwrap()[0].status, MoveStatus::Failed);
    assert_eq!(dead.depth().visible, 1);
}

#[tokio::test]
async fn queues_are_created_once_and_found_by_name_arn_and_address() {
    let service = service(Clock::manual(0), Calm);
    let queue = create(&service, "q", &[("DelaySeconds", "5")]);
    assert_eq!(create(&service, "q", &[("DelaySeconds", "5")]).arn(), queue.arn());
    assert_eq!(create(&service, "q", &[]).arn(), queue.arn(), "what is not said does not differ");
    let other = BTreeMap::from([("DelaySeconds".to_owned(), "6".to_owned())]);
    let refused = service.create("q", &other, BTreeMap::new()).err();
    assert_eq!(refused, Some(QueueError::QueueNameExists("DelaySeconds".to_owned())));
    assert_eq!(queue.arn(), "arn:aws:sqs:eu-west-1:123456789012:q");
    assert_eq!(queue.url(), "http://127.0.0.1:1/123456789012/q");
    assert!(service.queue_by_arn(queue.arn()).is_ok());
    for url in [queue.url().as_str(), "https://sqs.eu-west-1.amazonaws.com/123456789012/q"] {
        assert!(service.queue_by_url(url).is_ok(), "{url}");
    }
    assert!(service.queue_by_url("q").is_ok(), "a name is as good as an address");
    assert_eq!(service.queue_by_url("http://h").err(), Some(QueueError::QueueDoesNotExist));
    assert_eq!(
        service.queue_by_url("h/q").err(),
        Some(QueueError::InvalidAddress("h/q".to_owned()))
    );
    let strange = service.queue_by_url("http://h/999999999999/q").err();
    assert_eq!(strange, Some(QueueError::QueueDoesNotExist));
    let none = format!(r#"{{"deadLetterTargetArn":"{}x","maxReceiveCount":1}}"#, queue.arn());
    let policy = BTreeMap::from([("RedrivePolicy".to_owned(), none)]);
    assert!(queue.set(&policy).is_err(), "a dead-letter queue must exist");
}

/// The same decision at every site.
struct Always(Site, Decision);

impl Chaos for Always {
    fn decide(&self, site: Site) -> Decision {
        if site == self.0 { self.1 } else { Decision::Proceed }
    }
}

#[tokio::test]
async fn copies_arrive_one_after_the_other_under_one_id() {
    let clock = Clock::manual(0);
    let twice = Decision::Duplicate { copies: 2, gap: Duration::from_millis(100) };
    let service = service(clock.clone(), Always(Site::Arrival, twice));
    let queue = create(&service, "q", &[]);
    let sent = queue.send(NewMessage::text("x")).unwrap();
    for n in 0..3 {
        let received = queue.receive(&waiting(0)).await.unwrap();
        assert_eq!(received.len(), 1, "copy {n}");
        assert_eq!(received[0].message.id, sent.id);
        clock.advance(Duration::from_millis(100));
    }
    let fifo =
        create(&service, "q.fifo", &[("FifoQueue", "true"), ("ContentBasedDeduplication", "true")]);
    fifo.send(NewMessage { group_id: Some("g".to_owned()), ..NewMessage::text("x") }).unwrap();
    assert_eq!(fifo.depth().visible + fifo.depth().delayed, 1, "a FIFO queue promises one");
}

#[tokio::test]
async fn faults_on_arrival_lose_nothing_that_was_accepted() {
    let clock = Clock::manual(0);
    let rules = [
        Chance {
            site: Site::Arrival,
            per_mille: 300,
            act: Act::Duplicate(2, Duration::from_secs(1)),
        },
        Chance {
            site: Site::Arrival,
            per_mille: 300,
            act: Act::Delay(Duration::from_millis(1), Duration::from_secs(3)),
        },
        Chance {
            site: Site::Arrival,
            per_mille: 200,
            act: Act::Fail(stage::fault::Failure::Internal),
        },
    ];
    let queue = create(&service(clock.clone(), Seeded::new(11, Plan::new(rules))), "q", &[]);
    let accepted: BTreeSet<String> = (0..500)
        .map(|n: u32| n.to_string())
        .filter(|text| queue.send(NewMessage::text(text.clone())).is_ok())
        .collect();
    assert!((300..450).contains(&accepted.len()), "about four fifths of 500");
    clock.advance(Duration::from_secs(5));
    let mut seen = BTreeSet::new();
    loop {
        let batch = queue.receive(&waiting(0)).await.unwrap();
        if batch.is_empty() {
            break;
        }
        for received in batch {
            queue.delete(&received.receipt_handle).unwrap();
            seen.insert(received.message.body.clone());
        }
    }
    assert_eq!(seen, accepted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_passes_through_in_well_under_a_millisecond() {
    let queue = create(&service(Clock::system(), Calm), "q", &[]);
    let mut passages = Vec::new();
    for _ in 0..200 {
        let receiver = tokio::spawn({
            let queue = queue.clone();
            async move {
                let received = queue.receive(&waiting(5)).await.unwrap();
                (Instant::now(), received)
            }
        });
        tokio::task::yield_now().await;
        let sent = Instant::now();
        queue.send(NewMessage::text("x")).unwrap();
        let (got, received) = within(receiver).await;
        queue.delete(&received[0].receipt_handle).unwrap();
        passages.push(got.saturating_duration_since(sent));
    }
    passages.sort();
    // A poll of any kind would show: the bound leaves room for a machine that is busy with other
    // things.
    assert!(passages[100] < Duration::from_millis(5), "median {:?}", passages[100]);
}
