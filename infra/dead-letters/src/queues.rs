//! Which queues hold dead letters, and who feeds them. What is dead is read off the redrive policies; queues that
//! rules and functions fill are in none, and are guessed by their names: in a stack, or where they are asked for.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::Value;

use crate::aws::told;

/// A queue, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Queue {
    /// Its address.
    pub url: String,
    /// Its ARN.
    pub arn: String,
    /// How many messages can be received, about.
    pub n_messages: u64,
    /// How many were received by somebody who has not deleted them yet, about.
    pub n_in_flight: u64,
    /// The ARN of its own dead-letter queue, and after how many receives messages go there.
    pub redrive: Option<(String, u64)>,
}

/// A queue of dead letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeadLetterQueue {
    /// The queue itself.
    pub queue: Queue,
    /// Those that gave up on its messages: name, and after how many receives. Empty when rules or functions fill it.
    pub sources: Vec<(String, u64)>,
}

impl Queue {
    /// The last part of the ARN.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        name_of(&self.arn)
    }
}

/// The name of a queue by its ARN.
#[must_use]
pub(crate) fn name_of(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// Finds the dead-letter queues of a stack, or of the whole account, by name.
///
/// # Errors
/// When the service does not answer or refuses, or there is no queue at all.
pub(crate) async fn find(
    sqs: &Client,
    stack: Option<&str>,
) -> anyhow::Result<Vec<DeadLetterQueue>> {
    let prefix = stack.map(|stack| format!("{stack}-"));
    let pages = sqs.list_queues().set_queue_name_prefix(prefix).into_paginator();
    let mut pages = pages.page_size(1_000).send();
    let mut all = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(told).context("cannot list the queues")?;
        for url in page.queue_urls() {
            all.push(describe(sqs, url).await?);
        }
    }
    if all.is_empty() {
        match stack {
            Some(stack) => bail!("no queue has a name that starts with `{stack}-`"),
            None => bail!("there are no queues in this account and region"),
        }
    }
    Ok(dead(all))
}

async fn describe(sqs: &Client, url: &str) -> anyhow::Result<Queue> {
    let request = sqs.get_queue_attributes().queue_url(url);
    let answer = request.attribute_names(QueueAttributeName::All).send().await;
    let answer =
        answer.map_err(told).with_context(|| format!("cannot read the attributes of {url}"))?;
    let attribute = |name: QueueAttributeName| {
        answer.attributes().and_then(|all| all.get(&name)).map(String::as_str)
    };
    let number = |name| attribute(name).and_then(|text| text.parse().ok()).unwrap_or_default();
    Ok(Queue {
        url: url.to_owned(),
        arn: attribute(QueueAttributeName::QueueArn).unwrap_or_default().to_owned(),
        n_messages: number(QueueAttributeName::ApproximateNumberOfMessages),
        n_in_flight: number(QueueAttributeName::ApproximateNumberOfMessagesNotVisible),
        redrive: attribute(QueueAttributeName::RedrivePolicy).and_then(redrive_of),
    })
}

/// Reads a redrive policy. The count may be written as text.
fn redrive_of(policy: &str) -> Option<(String, u64)> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    let count = &policy["maxReceiveCount"];
    let count = count.as_u64().or_else(|| count.as_str()?.parse().ok())?;
    Some((policy["deadLetterTargetArn"].as_str()?.to_owned(), count))
}

/// Those of all queues that hold dead letters, by name.
fn dead(all: Vec<Queue>) -> Vec<DeadLetterQueue> {
    let mut sources: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for queue in &all {
        if let Some((target, count)) = &queue.redrive {
            sources.entry(target.clone()).or_default().push((queue.name().to_owned(), *count));
        }
    }
    let mut dead: Vec<_> = all
        .into_iter()
        .map(|queue| DeadLetterQueue {
            sources: sources.remove(&queue.arn).unwrap_or_default(),
            queue,
        })
        .filter(|dead| !dead.sources.is_empty() || is_dead_by_name(&dead.queue))
        .collect();
    dead.sort_by(|one, other| one.queue.arn.cmp(&other.queue.arn));
    dead
}

/// Whether a queue is named like one of dead letters. One that gives messages up itself has a receiver.
fn is_dead_by_name(queue: &Queue) -> bool {
    if queue.redrive.is_some() {
        return false;
    }
    let name = queue.name().to_ascii_lowercase().replace(['-', '_'], "");
    let name = name.strip_suffix(".fifo").unwrap_or(&name);
    name.contains("deadletter") || name.contains("failure") || name.ends_with("dlq")
}

/// Those that were asked for by name, all when none was, with the names of those that were left out. Receiving from a
/// queue hides its messages from others and counts as an attempt, so in a whole account a queue that is known
/// by its name alone has to be asked for: `payment-failures` may be in use.
///
/// # Errors
/// When one that was asked for is no dead-letter queue; says which ones there are.
pub(crate) fn choose(
    found: Vec<DeadLetterQueue>,
    wanted: &[String],
    stack: Option<&str>,
) -> anyhow::Result<(Vec<DeadLetterQueue>, Vec<String>)> {
    if let Some(unknown) =
        wanted.iter().find(|name| !found.iter().any(|dead| dead.queue.name() == **name))
    {
        bail!(
            "`{unknown}` is not a dead-letter queue; the dead-letter queues are {}",
            names(&found)
        );
    }
    if !wanted.is_empty() {
        let is_wanted =
            |dead: &DeadLetterQueue| wanted.iter().any(|name| name == dead.queue.name());
        return Ok((found.into_iter().filter(is_wanted).collect(), Vec::new()));
    }
    let (chosen, guessed): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|dead| stack.is_some() || !dead.sources.is_empty());
    let guessed = guessed.iter().map(|dead| dead.queue.name().to_owned()).collect();
    Ok((chosen, guessed))
}

/// The names with what is in them, for a sentence.
#[must_use]
pub(crate) fn names(found: &[DeadLetterQueue]) -> String {
    if found.is_empty() {
        return "none".to_owned();
    }
    let name = |dead: &DeadLetterQueue| {
        format!("`{}` ({})", dead.queue.name(), messages(dead.queue.n_messages))
    };
    found.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// So many messages, in words.
#[must_use]
pub(crate) fn messages(n_messages: u64) -> String {
    match n_messages {
        1 => "1 message".to_owned(),
        n => format!("{n} messages"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn queue(name: &str, target: Option<&str>) -> Queue {
        let arn = |name: &str| format!("arn:aws:sqs:us-east-1:000000000000:{name}");
        Queue {
            url: format!("http://localhost/000000000000/{name}"),
            arn: arn(name),
            n_messages: 1,
            n_in_flight: 0,
            redrive: target.map(|target| (arn(target), 5)),
        }
    }

    #[test]
    fn dead_letter_queues_are_told_by_policies_and_else_by_names() {
        let found = dead(vec![
            queue("shop-Orders", Some("shop-Parked")),
            queue("shop-Parked", None),
            queue("shop-RuleDeadLetterQueue", None),
            queue("shop-mail-dlq", None),
            queue("shop-MailFailureQueue", None),
            queue("shop-Mail", None),
            queue("shop-payment-failures", Some("shop-Parked")),
        ]);
        let names: Vec<_> = found.iter().map(|dead| dead.queue.name()).collect();
        assert_eq!(
            names,
            ["shop-MailFailureQueue", "shop-Parked", "shop-RuleDeadLetterQueue", "shop-mail-dlq"]
        );
        let sources = ["shop-Orders", "shop-payment-failures"].map(|name| (name.to_owned(), 5));
        assert_eq!(found[1].sources, sources);
        assert!(found[2].sources.is_empty());
    }

    #[test]
    fn a_queue_that_is_none_is_refused_with_those_that_are() {
        let found = dead(vec![queue("a", Some("b-dlq")), queue("b-dlq", None)]);
        let refused = choose(found.clone(), &["a".to_owned()], None).unwrap_err().to_string();
        assert_eq!(
            refused,
            "`a` is not a dead-letter queue; the dead-letter queues are `b-dlq` (1 message)"
        );
        let all = (found.clone(), Vec::new());
        assert_eq!(choose(found.clone(), &["b-dlq".to_owned()], None).unwrap(), all);
        assert_eq!(choose(found, &[], None).unwrap(), all);
        let none = choose(Vec::new(), &["a".to_owned()], None).unwrap_err();
        assert!(none.to_string().ends_with("none"));
    }

    #[test]
    fn a_guess_by_name_counts_in_a_stack_or_where_it_is_asked_for() {
        let found = dead(vec![queue("payment-failures", None)]);
        let chosen = (found.clone(), Vec::new());
        let left_out = (Vec::new(), vec!["payment-failures".to_owned()]);
        assert_eq!(choose(found.clone(), &[], None).unwrap(), left_out);
        assert_eq!(choose(found.clone(), &[], Some("shop")).unwrap(), chosen);
        assert_eq!(choose(found, &["payment-failures".to_owned()], None).unwrap(), chosen);
    }

    #[test]
    fn policies_are_read_in_both_their_forms() {
        for count in ["5", "\"5\""] {
            let policy = format!(r#"{{"deadLetterTargetArn":"x","maxReceiveCount":{count}}}"#);
            assert_eq!(redrive_of(&policy), Some(("x".to_owned(), 5)));
        }
        assert_eq!(redrive_of("nonsense"), None);
    }
}
