//! Shows what is in dead-letter queues. A look hides messages for a moment, as there is no other way to read a queue;
//! whatever was hidden is let go again at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context as _;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};

use crate::aws::told;
use crate::letter::Letter;
use crate::queues::{DeadLetterQueue, messages};

/// How long messages are hidden in case this command dies before it lets them go, in seconds.
const HIDDEN_S: i32 = 30;

/// The most characters of a body that are shown unless asked for all.
const MAX_BODY_CHARS: usize = 400;

/// A queue, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The queue.
    pub queue: DeadLetterQueue,
    /// The messages that were looked at.
    pub letters: Vec<Letter>,
}

/// Looks into queues, at no more than `limit` messages of each.
///
/// # Errors
/// When the service does not answer or refuses.
pub(crate) async fn list(
    sqs: &Client,
    queues: &[DeadLetterQueue],
    limit: u32,
) -> anyhow::Result<Vec<Shown>> {
    let mut shown = Vec::new();
    for queue in queues {
        let taken = take(sqs, &queue.queue.url, limit as usize).await;
        let taken = taken.with_context(|| format!("cannot read {}", queue.queue.name()))?;
        let letters = taken.iter().map(Letter::read).collect();
        for message in &taken {
            let_go(sqs, &queue.queue.url, message).await;
        }
        shown.push(Shown { queue: queue.clone(), letters });
    }
    Ok(shown)
}

/// Receives messages until there are no more, or as many as asked for.
async fn take(sqs: &Client, url: &str, limit: usize) -> anyhow::Result<Vec<Message>> {
    let mut taken: BTreeMap<String, Message> = BTreeMap::new();
    while taken.len() < limit {
        let received = receive(sqs, url, limit - taken.len()).await?;
        if received.is_empty() {
            break;
        }
        for message in received {
            let id = message.message_id().unwrap_or_default().to_owned();
            // The latest receipt is the one that lets it go.
            taken.insert(id, message);
        }
    }
    let mut taken: Vec<_> = taken.into_values().collect();
    taken.sort_by_key(|message| Letter::read(message).sent_ms);
    Ok(taken)
}

/// Receives a few messages with all that came with them; none when there are none.
pub(crate) async fn receive(
    sqs: &Client,
    url: &str,
    at_most: usize,
) -> anyhow::Result<Vec<Message>> {
    let request = sqs
        .receive_message()
        .queue_url(url)
        .max_number_of_messages(i32::try_from(at_most.min(10)).unwrap_or(10))
        .visibility_timeout(HIDDEN_S)
        // A wait makes SQS ask all of its servers, and not only some of them.
        .wait_time_seconds(1)
        .message_system_attribute_names(MessageSystemAttributeName::All)
        .message_attribute_names("All");
    let answer = request.send().await.map_err(told)?;
    Ok(answer.messages.unwrap_or_default())
}

/// Lets others see a message again.
pub(crate) async fn let_go(sqs: &Client, url: &str, message: &Message) {
    let request = sqs.change_message_visibility().queue_url(url).visibility_timeout(0);
    // One that cannot be let go now is visible again soon.
    let _ = request.set_receipt_handle(message.receipt_handle.clone()).send().await;
}

/// One object a message, a line each.
#[must_use]
pub(crate) fn to_json(shown: &[Shown]) -> String {
    let lines = shown.iter().flat_map(|shown| {
        shown.letters.iter().map(|letter| letter.to_json(shown.queue.queue.name()))
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// For people.
#[must_use]
pub(crate) fn to_text(shown: &[Shown], full: bool) -> String {
    if shown.is_empty() {
        return "there are no dead-letter queues\n".to_owned();
    }
    let mut text = String::new();
    for Shown { queue: dead, letters } in shown {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}  {}", dead.queue.name(), messages(dead.queue.n_messages));
        if dead.queue.n_in_flight > 0 {
            let _ = write!(text, ", and {} in flight", dead.queue.n_in_flight);
        }
        for (name, n_receives) in &dead.sources {
            let _ = write!(text, "; failed in {name} after being received {}", times(*n_receives));
        }
        text.push('\n');
        for letter in letters {
            let _ = writeln!(text, "  {}  {}", letter.id, when(letter.sent_ms));
            let _ = writeln!(text, "    received: {}", times(letter.n_received));
            for (name, value) in &letter.why {
                let _ = writeln!(text, "    {name}: {value}");
            }
            let _ = writeln!(text, "    body: {}", body(&letter.body, full));
        }
        let n_more = dead.queue.n_messages.saturating_sub(letters.len() as u64);
        if n_more > 0 {
            let _ = writeln!(text, "  and {n_more} more; use --limit to show more");
        }
    }
    text
}

fn times(n: u64) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

fn when(sent_ms: Option<i64>) -> String {
    let time = sent_ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    time.map_or_else(String::new, |time| format!("sent {}", time.strftime("%F %T UTC")))
}

fn body(body: &str, full: bool) -> String {
    let n_chars = body.chars().count();
    if full || n_chars <= MAX_BODY_CHARS {
        return body.to_owned();
    }
    let start: String = body.chars().take(MAX_BODY_CHARS).collect();
    format!("{start}… ({} more characters; use --full to show them)", n_chars - MAX_BODY_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_bodies_are_cut_between_characters_unless_asked() {
        let long = "ü".repeat(500);
        assert!(body(&long, false).ends_with("ü… (100 more characters; use --full to show them)"));
        assert_eq!(body(&long, true), long);
        assert_eq!(body("short", false), "short");
    }

    #[test]
    fn no_queue_is_said() {
        assert_eq!(to_text(&[], false), "there are no dead-letter queues\n");
    }
}
