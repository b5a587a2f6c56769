//! What happens at each step of a run: publisher, bus, queue, poller and consumer, and what goes wrong with each.

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::store::Crashed;
use super::{Step, World, order_of};
use crate::bus::event::Event;
use crate::bus::{NewEvent, RetryPolicy};
use crate::fault::Dice;
use crate::mapping::state::{Batch, Verdict, verdict};
use crate::queue::exchange::Taken;
use crate::queue::{NewMessage, ReceiveOptions, Received};
use crate::simulation::bug::Bug;

impl World {
    /// The publisher asks until it is answered.
    pub(super) fn publish(&mut self, order: u64) -> Result<(), Crashed> {
        self.at(self.now_ms + 500, Step::Publish(order));
        let again = (self.now_ms + 500, self.n_steps);
        let fault = self.fault("publish", &["the bus throttles", "the answer of the bus is lost"]);
        if fault == 1 {
            return Ok(());
        }
        let new = NewEvent {
            source: Some("shop".to_owned()),
            detail_type: Some("Placed".to_owned()),
            detail: Some(json!({ "order": order }).to_string()),
            ..NewEvent::default()
        };
        let id = self.id();
        let Ok(event) = new.seal(id, self.now_ms, self.bus.origin()) else { return Ok(()) };
        let rules = self.bus.route(None, &event);
        self.tell(|| format!("order {order} is published as {id}"));
        self.judge.published(order);
        if self.has(Bug::AnswersBeforeWriting) {
            self.judge.acknowledged(order);
            self.steps.remove(&again);
        }
        for _ in rules.iter().flat_map(|rule| &rule.targets) {
            let kept = (event.clone(), self.now_ms);
            self.written(|durable| {
                durable.journeys.insert(id, kept);
            })?;
            let (life, journey) = (self.life, id);
            self.at(self.now_ms, Step::Deliver { life, journey, n_retries: 0 });
        }
        if fault != 2 {
            self.judge.acknowledged(order);
            self.steps.remove(&again);
        }
        Ok(())
    }

    /// One attempt of the bus to deliver an event.
    pub(super) fn deliver(&mut self, journey: Uuid, n_retries: u32) -> Result<(), Crashed> {
        let Some((event, first_ms)) = self.durable.journeys.get(&journey).cloned() else {
            return Ok(());
        };
        let fault = self.fault(
            "deliver",
            &[
                "the delivery fails",
                "the answer to the delivery is lost",
                "the event is delivered twice",
            ],
        );
        if self.has(Bug::ForgetsBeforeDelivering) {
            self.written(|durable| {
                durable.journeys.remove(&journey);
            })?;
        }
        if fault != 1 {
            self.send(&event)?;
        }
        if fault == 3 {
            self.send(&event)?;
        }
        if fault == 0 || fault == 3 {
            return self.written(|durable| {
                durable.journeys.remove(&journey);
            });
        }
        let mut dice = Dice::seeded(journey.as_u128() as u64);
        let policy = RetryPolicy { max_retries: 20, max_age_s: 240 };
        match policy.next(n_retries, first_ms, self.now_ms, &mut dice) {
            Ok(wait) => {
                let (life, n_retries) = (self.life, n_retries + 1);
                let at_ms = self.now_ms + wait.as_millis() as u64;
                self.at(at_ms, Step::Deliver { life, journey, n_retries });
                Ok(())
            }
            Err(_) => {
                self.judge.buried(order_of(&event.json));
                self.written(|durable| {
                    durable.journeys.remove(&journey);
                })
            }
        }
    }

    pub(super) fn send(&mut self, event: &Event) -> Result<(), Crashed> {
        let order = order_of(&event.json);
        let group = self.is_fifo.then(|| format!("group-{}", order % 2));
        let message = NewMessage { group_id: group, ..NewMessage::text(&*event.json) };
        let id = self.id();
        let now_ms = self.now_ms;
        let sent = self.changed(|queue| queue.send(now_ms, id, message, 0))?;
        let sent = sent.unwrap_or_else(|error| panic!("{error}"));
        self.tell(|| format!("order {order} is in the queue (repeated: {})", sent.is_repetition));
        Ok(())
    }

    /// The poller gathers a batch, as the stage's own does.
    pub(super) fn poll(&mut self) -> Result<(), Crashed> {
        let life = self.life;
        self.poll_ms = None;
        let now = self.began + Duration::from_millis(self.now_ms);
        let mut batch = Batch::new(2, 1 << 20, Duration::ZERO);
        while let Some((n, _)) = batch.wants(now) {
            let timeout = self.has(Bug::HidesNothing).then_some(0);
            let options = ReceiveOptions {
                max_messages: n,
                visibility_timeout_s: timeout,
                ..ReceiveOptions::default()
            };
            let now_ms = self.now_ms;
            let taken = self.queue.receive(now_ms, &options, true);
            let Ok(Taken { received, dead }) = taken else { break };
            if self.has(Bug::MovesInTwoWrites) {
                self.write_queues()?;
            }
            for letter in dead {
                self.tell(|| format!("order {} is a dead letter", order_of(&letter.message.body)));
                self.judge.died(letter.message.id);
                self.letters.arrive(now_ms, letter, &"arn:aws:sqs:r:1:q".into());
            }
            self.write_queues()?;
            if received.is_empty() {
                break;
            }
            let fault = self.fault("receive", &["the answer to the receive is lost"]);
            for one in received {
                self.judge.received(&one, self.now_ms, 30_000);
                if fault == 0 {
                    batch.push(one, 1, now);
                }
            }
            if fault == 1 {
                break;
            }
        }
        let (batch, _) = batch.finish();
        if batch.is_empty() {
            return Ok(());
        }
        if self.has(Bug::DeletesBeforeHandling) {
            self.delete(&batch, &Verdict::AllDone)?;
        }
        let fault = self.fault("invoke", &["the function takes longer than messages are hidden"]);
        let took_ms = if fault == 1 { 35_000 } else { 50 };
        self.at(self.now_ms + took_ms, Step::Handle { life, batch });
        Ok(())
    }

    /// The function writes each order once, and reports which it could not.
    pub(super) fn handle(&mut self, batch: Vec<Received>) -> Result<(), Crashed> {
        let whole =
            self.fault("answer", &["the function dies", "the answer of the function is lost"]);
        if whole == 1 {
            return Ok(());
        }
        let mut failed = Vec::new();
        for received in &batch {
            let order = order_of(&received.message.body);
            let stops = self.is_fifo && !failed.is_empty() && !self.has(Bug::GoesOnAfterFailure);
            let fault = if stops {
                1
            } else {
                self.fault("write", &["the write is throttled", "the answer to the write is lost"])
            };
            if fault != 1 {
                let blind = self.has(Bug::HandlesTwice);
                self.judge.handled(received, order, blind);
                self.tell(|| format!("order {order} is written"));
            }
            if fault > 0 {
                failed.push(json!({ "itemIdentifier": received.message.id.to_string() }));
            }
        }
        if whole == 2 {
            return Ok(());
        }
        let report = json!({ "batchItemFailures": failed }).to_string();
        let ids: Vec<String> = batch.iter().map(|one| one.message.id.to_string()).collect();
        let verdict = match self.has(Bug::IgnoresReports) {
            true => Verdict::AllDone,
            false => verdict(report.as_bytes(), &ids),
        };
        self.delete(&batch, &verdict)
    }

    pub(super) fn delete(&mut self, batch: &[Received], verdict: &Verdict) -> Result<(), Crashed> {
        for received in batch.iter().filter(|one| verdict.is_done(&one.message.id.to_string())) {
            let fault = self.fault("delete", &["the delete is lost"]);
            if fault == 0 {
                let now_ms = self.now_ms;
                // In a FIFO queue, a receipt that has expired is refused.
                let _ = self.changed(|queue| queue.delete(now_ms, &received.receipt_handle))?;
                self.judge.released(received);
            }
        }
        Ok(())
    }
}
