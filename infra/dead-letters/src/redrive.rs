//! Sends dead letters back. What a queue gave up on SQS itself moves; what a rule could not deliver goes to the
//! queue that it was meant for, message by message. What was meant for a function stays, and is named: the caller of
//! a function is not this command's to play.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use anyhow::Context as _;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};

use crate::aws::told;
use crate::letter::Letter;
use crate::list::{let_go, receive};
use crate::queues::{DeadLetterQueue, messages, name_of};

/// How often the progress of SQS is asked for.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// What became of the messages of one queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Redriven {
    /// The queue.
    pub name: String,
    /// How many messages went back.
    pub n_moved: u64,
    /// Why others stay, each reason once, with how many of them.
    pub left: Vec<(String, u64)>,
}

impl Redriven {
    /// Whether nothing stayed that could not be sent back.
    #[must_use]
    pub(crate) fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    fn leave(&mut self, reason: String) {
        match self.left.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, n_messages)) => *n_messages += 1,
            None => self.left.push((reason, 1)),
        }
    }
}

impl Display for Redriven {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.n_moved == 0 && self.left.is_empty() {
            return writeln!(out, "{}: nothing to send back", self.name);
        }
        writeln!(out, "{}: {} sent back", self.name, messages(self.n_moved))?;
        for (reason, n_messages) in &self.left {
            let stay = if *n_messages == 1 { "stays" } else { "stay" };
            writeln!(out, "  {} {stay}: {reason}", messages(*n_messages))?;
        }
        Ok(())
    }
}

/// Empties a dead-letter queue, at no more than `rate` messages a second.
///
/// # Errors
/// When the service does not answer or refuses, for example because a redrive of this queue is under way.
pub(crate) async fn redrive(
    sqs: &Client,
    dead: &DeadLetterQueue,
    rate: Option<i32>,
) -> anyhow::Result<Redriven> {
    let name = dead.queue.name();
    let redriven = if dead.sources.is_empty() {
        send_back(sqs, dead, rate).await
    } else {
        move_back(sqs, dead, rate).await
    };
    redriven.with_context(|| format!("cannot redrive {name}"))
}

/// Lets SQS move everything to where it came from, and waits for the end of it.
async fn move_back(
    sqs: &Client,
    dead: &DeadLetterQueue,
    rate: Option<i32>,
) -> anyhow::Result<Redriven> {
    let arn = &dead.queue.arn;
    let request = sqs.start_message_move_task().source_arn(arn);
    request.set_max_number_of_messages_per_second(rate).send().await.map_err(told)?;
    let mut redriven = Redriven { name: dead.queue.name().to_owned(), ..Redriven::default() };
    loop {
        let answer = sqs.list_message_move_tasks().source_arn(arn).max_results(1).send().await;
        let answer = answer.map_err(told)?;
        let Some(task) = answer.results().first() else { return Ok(redriven) };
        redriven.n_moved = u64::try_from(task.approximate_number_of_messages_moved()).unwrap_or(0);
        match task.status() {
            Some("RUNNING" | "CANCELLING") => tokio::time::sleep(BETWEEN_LOOKS).await,
            Some("COMPLETED") => return Ok(redriven),
            status => {
                let reason = task.failure_reason().or(status).unwrap_or("SQS gives no reason");
                redriven.leave(format!("SQS ended the redrive task: {reason}"));
                return Ok(redriven);
            }
        }
    }
}

/// Sends what a rule could not deliver to the queue that it was meant for.
async fn send_back(
    sqs: &Client,
    dead: &DeadLetterQueue,
    rate: Option<i32>,
) -> anyhow::Result<Redriven> {
    let mut redriven = Redriven { name: dead.queue.name().to_owned(), ..Redriven::default() };
    let pause = rate.map(|rate| Duration::from_secs(1) / u32::try_from(rate).unwrap_or(1));
    let mut kept: Vec<Message> = Vec::new();
    let ended = loop {
        let received = match receive(sqs, &dead.queue.url, 10).await {
            Ok(received) if received.is_empty() => break Ok(()),
            Ok(received) => received,
            Err(error) => break Err(error),
        };
        // What stays is hidden for a while only; once it is seen again, everything has been seen.
        let seen =
            |message: &Message| kept.iter().any(|kept| kept.message_id == message.message_id);
        if received.iter().all(seen) {
            break Ok(());
        }
        for message in received {
            match send_one(sqs, dead, &message).await {
                Ok(()) => redriven.n_moved += 1,
                Err(reason) => {
                    redriven.leave(reason);
                    kept.push(message);
                }
            }
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
        }
    };
    for message in &kept {
        let_go(sqs, &dead.queue.url, message).await;
    }
    ended.map(|()| redriven)
}

/// Sends a message to the queue that it was meant for, and only then removes it; says why it cannot.
async fn send_one(sqs: &Client, dead: &DeadLetterQueue, message: &Message) -> Result<(), String> {
    let letter = Letter::read(message);
    let remedy = letter.remedy();
    let target = letter.back_to.ok_or(remedy)?;
    if target.split(':').nth(2) != Some("sqs") {
        return Err(format!("its target {target} is not a queue; invoke the target with its body"));
    }
    let name = name_of(&target);
    let url = sqs.get_queue_url().queue_name(name).send().await;
    let url = url.map_err(|error| format!("the queue {name} does not exist: {:#}", told(error)))?;
    let system = |name: MessageSystemAttributeName| message.attributes()?.get(&name).cloned();
    let request = sqs
        .send_message()
        .set_queue_url(url.queue_url)
        .message_body(&letter.body)
        .set_message_group_id(system(MessageSystemAttributeName::MessageGroupId));
    let id = name.ends_with(".fifo").then(|| letter.id.clone());
    let sent = request.set_message_deduplication_id(id).send().await;
    sent.map_err(|error| format!("{name} refuses it: {:#}", told(error)))?;
    let request = sqs.delete_message().queue_url(&dead.queue.url);
    let deleted = request.set_receipt_handle(message.receipt_handle.clone()).send().await;
    deleted.map_err(|error| {
        format!("it was sent to {name}, but could not be deleted here: {:#}", told(error))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_once_with_their_count() {
        let mut redriven = Redriven { name: "Q".to_owned(), n_moved: 1, left: Vec::new() };
        assert!(redriven.is_done());
        for reason in ["a", "b", "a"] {
            redriven.leave(reason.to_owned());
        }
        assert!(!redriven.is_done());
        let told = "Q: 1 message sent back\n  2 messages stay: a\n  1 message stays: b\n";
        assert_eq!(redriven.to_string(), told);
        let none = Redriven { name: "Q".to_owned(), ..Redriven::default() };
        assert_eq!(none.to_string(), "Q: nothing to send back\n");
    }
}
