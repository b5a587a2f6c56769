//! How many messages are in the queues of a stack, as SQS itself counts them.
//!
//! The counts are approximate: SQS adds up what its servers knew a moment ago. They show a course, and that a queue
//! fills; they do not prove that nothing is under way.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::Queue;
use crate::aws::{Aws, Service, json_fault};

/// The counts of which the depth of a queue is the sum.
const COUNTS: [&str; 3] = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
];

/// What lies in the queues at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Depths {
    /// Messages in each queue, waiting or in flight; without the dead-letter queues.
    pub queues: BTreeMap<String, u64>,
    /// Messages in dead-letter queues.
    pub dead_letters: u64,
}

impl Depths {
    /// Asks for each queue.
    ///
    /// # Errors
    /// When one cannot be asked.
    pub(crate) async fn read(aws: &Aws, queues: &[Queue]) -> anyhow::Result<Self> {
        let mut depths = Self::default();
        for queue in queues {
            let depth = depth(aws, &queue.url)
                .await
                .with_context(|| format!("cannot read the number of messages in {}", queue.name))?;
            if queue.holds_dead_letters {
                depths.dead_letters += depth;
            } else {
                depths.queues.insert(queue.name.clone(), depth);
            }
        }
        Ok(depths)
    }
}

/// The names of the queues to which others move what they give up; those that do not tell move nothing.
pub(super) async fn given_up(aws: &Aws, queues: &[Queue]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for queue in queues {
        let text = attributes(aws, &queue.url, &["RedrivePolicy"]).await.unwrap_or_default();
        names.extend(dead_letter_target(&text));
    }
    names
}

/// The name of the queue that a queue's redrive policy names.
fn dead_letter_target(text: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let policy: Value =
        serde_json::from_str(answer["Attributes"]["RedrivePolicy"].as_str()?).ok()?;
    policy["deadLetterTargetArn"].as_str()?.rsplit(':').next().map(str::to_owned)
}

async fn depth(aws: &Aws, url: &str) -> anyhow::Result<u64> {
    sum(&attributes(aws, url, &COUNTS).await?)
}

async fn attributes(aws: &Aws, url: &str, names: &[&str]) -> anyhow::Result<String> {
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", "AmazonSQS.GetQueueAttributes"),
    ];
    let body = json!({ "QueueUrl": url, "AttributeNames": names }).to_string();
    let (status, text) = aws.post(Service::Sqs, &headers, body).await?;
    if status != 200 {
        return Err(json_fault(status, &text));
    }
    Ok(text)
}

fn sum(text: &str) -> anyhow::Result<u64> {
    let document: Value =
        serde_json::from_str(text).context("SQS returned an unexpected response")?;
    let count = |name: &&str| {
        let count =
            document["Attributes"][*name].as_str().and_then(|count| count.parse::<u64>().ok());
        count.with_context(|| format!("SQS did not respond for {name}"))
    };
    COUNTS.iter().map(count).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn the_depth_of_a_queue_is_all_that_is_in_it() {
        let text = r#"{"Attributes":{"ApproximateNumberOfMessages":"3","ApproximateNumberOfMessagesNotVisible":"20","ApproximateNumberOfMessagesDelayed":"100"}}"#;
        assert_eq!(sum(text).unwrap(), 123);
        assert!(sum("{}").unwrap_err().to_string().contains("ApproximateNumberOfMessages"));
        assert!(sum("").is_err());
    }

    #[test]
    fn a_redrive_policy_names_the_queue_of_what_was_given_up() {
        let text = r#"{"Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:Broken\",\"maxReceiveCount\":3}"}}"#;
        assert_eq!(dead_letter_target(text).as_deref(), Some("Broken"));
        assert_eq!(dead_letter_target("{}"), None);
    }
}
