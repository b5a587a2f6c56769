//! Measures queues and buses in process and over HTTP, and prints a table. Nothing is asserted: the
//! figures are those of the machine that runs it.
//!
//! `cargo run -p stage --example messaging`
#![allow(clippy::print_stdout, reason = "printing figures is what it is for")]

use anyhow::{Context, Result};
use stage::bus::{
    Attempt, BusService, Deliver, Delivery, DeliveryError, NewEvent, NewRule, Origin, Pattern,
    Target,
};
use stage::clock::Clock;
use stage::fault::Calm;
use stage::queue::{NewMessage, Queue, QueueService, ReceiveOptions, Settings};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Delivers to queues alone.
struct ToQueues(QueueService);

impl Deliver for ToQueues {
    fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
        Box::pin(async move {
            if delivery.arn.contains(":sqs:") {
                return self.0.accept(delivery);
            }
            Err(DeliveryError::hopeless("RESOURCE_NOT_FOUND", "there are no functions here"))
        })
    }
}

const N: u32 = 50_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let settings = Settings {
        region: "eu-west-1".to_owned(),
        account: "123456789012".to_owned(),
        base_url: "http://127.0.0.1".to_owned(),
    };
    let queues = QueueService::new(settings, Clock::system(), Arc::new(Calm));
    let queue = queues.create("orders", &BTreeMap::new(), BTreeMap::new())?;
    println!("{:<52}{:>12}{:>14}", "", "per second", "each");
    send_receive_delete(&queue).await?;
    over_the_wire(&queues, &queue).await?;
    handover(&queue).await?;
    matching()?;
    through_the_bus(&queues, &queue).await
}

fn report(what: &str, n: u32, took: Duration) {
    println!("{what:<52}{:>12.0}{:>14.2?}", f64::from(n) / took.as_secs_f64(), took / n);
}

fn body() -> String {
    format!(r#"{{"detail":{{"text":"{}"}}}}"#, "x".repeat(1_000))
}

async fn send_receive_delete(queue: &Queue) -> Result<()> {
    let begin = Instant::now();
    for _ in 0..N {
        queue.send(NewMessage::text(body()))?;
    }
    report("send 1 kB, in process", N, begin.elapsed());
    let begin = Instant::now();
    let options = ReceiveOptions { max_messages: 10, wait_s: Some(0), ..ReceiveOptions::default() };
    for _ in 0..N / 10 {
        for received in queue.receive(&options).await? {
            queue.delete(&received.receipt_handle)?;
        }
    }
    report("receive by tens and delete, in process", N, begin.elapsed());
    Ok(())
}

/// The protocol without the network: reading the request, writing the answer.
async fn over_the_wire(queues: &QueueService, queue: &Queue) -> Result<()> {
    let url = queue.url();
    let send = serde_json::json!({"QueueUrl": url, "MessageBody": body()}).to_string();
    let begin = Instant::now();
    for _ in 0..N {
        queues.handle("SendMessage", send.as_bytes()).await;
    }
    report("SendMessage 1 kB, protocol included", N, begin.elapsed());
    let receive = serde_json::json!({"QueueUrl": url, "MaxNumberOfMessages": 10}).to_string();
    let begin = Instant::now();
    for _ in 0..N / 10 {
        queues.handle("ReceiveMessage", receive.as_bytes()).await;
    }
    report("ReceiveMessage by tens, protocol included", N, begin.elapsed());
    queue.purge()?;
    Ok(())
}

/// How long a message takes from its sender to a receiver that waits on another thread.
async fn handover(queue: &Queue) -> Result<()> {
    let mut passages = Vec::new();
    for _ in 0..2_000 {
        let receiver = tokio::spawn({
            let queue = queue.clone();
            async move {
                let options = ReceiveOptions { wait_s: Some(5), ..ReceiveOptions::default() };
                let received = queue.receive(&options).await;
                (Instant::now(), received)
            }
        });
        tokio::time::sleep(Duration::from_micros(200)).await;
        let sent = Instant::now();
        queue.send(NewMessage::text("x"))?;
        let (got, received) = receiver.await?;
        for received in received? {
            queue.delete(&received.receipt_handle)?;
        }
        passages.push(got.saturating_duration_since(sent));
    }
    passages.sort();
    let at = |share: usize| passages[passages.len() * share / 100];
    println!("{:<52}{:>12}{:>14.2?}", "hand-over to a waiting receiver, p50", "", at(50));
    println!("{:<52}{:>12}{:>14.2?}", "hand-over to a waiting receiver, p99", "", at(99));
    Ok(())
}

fn matching() -> Result<()> {
    let pattern = Pattern::parse(
        r#"{"source":["shop.basket"],"detail-type":[{"prefix":"Checkout"}],
            "detail":{"total":[{"numeric":[">",0]}],"items":{"color":[{"wildcard":"r*d"}]}}}"#,
    )?;
    let event = serde_json::json!({
        "source": "shop.basket", "detail-type": "CheckoutBasket",
        "detail": {"total": 5, "items": [{"color": "blue"}, {"color": "red"}]},
    });
    let begin = Instant::now();
    let n_matches = (0..N * 10).filter(|_| pattern.matches(&event)).count();
    report("match an event against four conditions", n_matches as u32, begin.elapsed());
    Ok(())
}

async fn through_the_bus(queues: &QueueService, queue: &Queue) -> Result<()> {
    let origin = Origin { region: "eu-west-1".to_owned(), account: "123456789012".to_owned() };
    let deliver = Arc::new(ToQueues(queues.clone()));
    let bus = BusService::new(origin, Clock::system(), Arc::new(Calm), deliver);
    let pattern = Some(r#"{"source":["shop.basket"]}"#.to_owned());
    bus.put_rule(NewRule { name: "checkout".to_owned(), pattern, ..NewRule::default() })?;
    bus.put_targets(None, "checkout", vec![Target::new("orders", queue.arn())])?;
    let event = NewEvent {
        source: Some("shop.basket".to_owned()),
        detail_type: Some("CheckoutBasket".to_owned()),
        detail: Some(body()),
        ..NewEvent::default()
    };
    let begin = Instant::now();
    for _ in 0..N {
        let outcomes = bus.put_events(std::slice::from_ref(&event))?;
        outcomes.into_iter().next().and_then(Result::ok).context("the event was refused")?;
    }
    while bus.stats().under_way > 0 {
        tokio::task::yield_now().await;
    }
    report("PutEvents 1 kB to a queue, delivery included", N, begin.elapsed());
    Ok(())
}
