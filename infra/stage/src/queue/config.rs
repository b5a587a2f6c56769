//! Owns the attributes of a queue: which there are, what values they take, how they are read and
//! shown. It refuses to know other queues: whether a dead-letter queue exists is asked in
//! `service`.

use super::error::QueueError;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The longest message and the longest batch, in bytes.
pub const MAX_BYTES: usize = limits::SQS_MESSAGE_BYTES as usize;

/// The settings of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueConfig {
    /// How long a received message stays hidden, in seconds.
    pub visibility_timeout_s: u32,
    /// How long a new message stays hidden, in seconds.
    pub delay_s: u32,
    /// How long a message is kept, in seconds.
    pub retention_s: u32,
    /// How long a receive waits when it does not say, in seconds.
    pub wait_s: u32,
    /// The longest message, in bytes.
    pub max_message_bytes: usize,
    /// Where messages go that were received too often.
    pub redrive: Option<Redrive>,
    /// Who may name this queue as its dead-letter queue.
    pub redrive_allow: Option<RedriveAllow>,
    /// What makes this a FIFO queue.
    pub fifo: Option<Fifo>,
    /// The access policy, kept and shown but not enforced.
    pub policy: Option<String>,
    /// The key that would encrypt the queue.
    pub kms_key: Option<String>,
    /// How long a data key would be reused, in seconds.
    pub kms_reuse_s: u32,
    /// Whether the queue would be encrypted with keys of its own.
    pub managed_sse: bool,
}

/// The settings of a FIFO queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fifo {
    /// Whether a message without a deduplication id gets one from its body.
    pub content_based_deduplication: bool,
    /// Whether deduplication ids count per message group, not per queue.
    pub deduplicates_per_group: bool,
    /// Whether the throughput quota counts per message group. Shown only: the stage has no such
    /// quota.
    pub quota_per_group: bool,
}

/// When and where a message leaves the queue for a dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrive {
    /// The ARN of the dead-letter queue.
    pub target_arn: String,
    /// How often a message may be received before it is moved.
    pub max_receive_count: u32,
}

/// Which queues may use this one as their dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedriveAllow {
    permission: String,
    sources: Vec<String>,
}

impl Default for QueueConfig {
    fn default() -> Self {
        Self {
            visibility_timeout_s: 30,
            delay_s: 0,
            retention_s: 345_600,
            wait_s: 0,
            max_message_bytes: MAX_BYTES,
            redrive: None,
            redrive_allow: None,
            fifo: None,
            policy: None,
            kms_key: None,
            kms_reuse_s: 300,
            managed_sse: true,
        }
    }
}

/// The attributes that `SetQueueAttributes` and `CreateQueue` take.
pub(super) const SETTABLE: [&str; 15] = [
    "VisibilityTimeout",
    "DelaySeconds",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize",
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "Policy",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "SqsManagedSseEnabled",
];

impl QueueConfig {
    /// The settings of a new queue called `name`.
    ///
    /// **Errors**: a name that a queue cannot have, an attribute that does not exist, a value that
    /// it cannot take.
    pub fn create(name: &str, attributes: &BTreeMap<String, String>) -> Result<Self, QueueError> {
        check_name(name)?;
        let mut config = Self::default();
        let wants_fifo = match attributes.get("FifoQueue") {
            None => false,
            // AWS does not know the attribute of a standard queue, whatever its value.
            Some(value) if boolean("FifoQueue", value)? => true,
            Some(_) => return Err(unknown("FifoQueue")),
        };
        if wants_fifo != name.ends_with(".fifo") {
            return Err(QueueError::InvalidParameterValue(if wants_fifo {
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or \
                 underscores, must end with .fifo suffix and be 1 to 80 in length."
                    .to_owned()
            } else {
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in \
                 length"
                    .to_owned()
            }));
        }
        config.fifo = wants_fifo.then(Fifo::default);
        config.set(attributes)?;
        Ok(config)
    }

    /// Changes the attributes given, all or none.
    ///
    /// **Errors**: as for [`QueueConfig::create`]; also when the kind of the queue would change.
    pub fn set(&mut self, attributes: &BTreeMap<String, String>) -> Result<(), QueueError> {
        let mut changed = self.clone();
        for (name, value) in attributes {
            changed.set_one(name, value)?;
        }
        let is_given = |name: &str| attributes.contains_key(name);
        if is_given("KmsMasterKeyId")
            && is_given("SqsManagedSseEnabled")
            && changed.kms_key.is_some()
            && changed.managed_sse
        {
            return Err(QueueError::TwoEncryptions);
        }
        if let Some(fifo) = changed.fifo
            && fifo.quota_per_group
            && !fifo.deduplicates_per_group
        {
            return Err(QueueError::InvalidAttributeValue(
                "FifoThroughputLimit. Reason: perMessageGroupId needs DeduplicationScope messageGroup"
                    .to_owned(),
            ));
        }
        *self = changed;
        Ok(())
    }

    fn set_one(&mut self, name: &str, value: &str) -> Result<(), QueueError> {
        match name {
            "VisibilityTimeout" => {
                self.visibility_timeout_s = number(name, value, 0, limits::SQS_VISIBILITY)?
            }
            "DelaySeconds" => self.delay_s = number(name, value, 0, limits::SQS_DELAY)?,
            "MessageRetentionPeriod" => {
                self.retention_s =
                    number(name, value, limits::SQS_RETENTION_LEAST, limits::SQS_RETENTION)?
            }
            "ReceiveMessageWaitTimeSeconds" => self.wait_s = number(name, value, 0, 20)?,
            "MaximumMessageSize" => {
                self.max_message_bytes = number(name, value, 1_024, MAX_BYTES as u32)? as usize;
            }
            "KmsDataKeyReusePeriodSeconds" => self.kms_reuse_s = number(name, value, 60, 86_400)?,
            "RedrivePolicy" => self.redrive = optional(value, Redrive::parse)?,
            "RedriveAllowPolicy" => self.redrive_allow = optional(value, RedriveAllow::parse)?,
            "Policy" => self.policy = optional(value, parse_policy)?,
            "KmsMasterKeyId" => self.kms_key = optional(value, |key| Ok(key.to_owned()))?,
            "SqsManagedSseEnabled" => self.managed_sse = boolean(name, value)?,
            "FifoQueue" => {
                if self.fifo.is_none() {
                    return Err(unknown(name));
                }
                if !boolean(name, value)? {
                    return Err(QueueError::InvalidAttributeValue(
                        "FifoQueue. Reason: Modifying queue type is not supported".to_owned(),
                    ));
                }
            }
            "ContentBasedDeduplication" | "DeduplicationScope" | "FifoThroughputLimit" => {
                self.set_fifo(name, value)?;
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    fn set_fifo(&mut self, name: &str, value: &str) -> Result<(), QueueError> {
        let Some(fifo) = &mut self.fifo else {
            return Err(match name {
                "ContentBasedDeduplication" => unknown(name),
                _ => QueueError::OnlyOfFifo(name.to_owned()),
            });
        };
        match (name, value) {
            ("ContentBasedDeduplication", _) => {
                fifo.content_based_deduplication = boolean(name, value)?;
            }
            ("DeduplicationScope", "queue") => fifo.deduplicates_per_group = false,
            ("DeduplicationScope", "messageGroup") => fifo.deduplicates_per_group = true,
            ("FifoThroughputLimit", "perQueue") => fifo.quota_per_group = false,
            ("FifoThroughputLimit", "perMessageGroupId") => fifo.quota_per_group = true,
            _ => return Err(invalid(name, value)),
        }
        Ok(())
    }

    /// The value of a settable attribute as it is shown, when it has one.
    pub fn get(&self, name: &str) -> Option<String> {
        let fifo = self.fifo.as_ref();
        match name {
            "VisibilityTimeout" => Some(self.visibility_timeout_s.to_string()),
            "DelaySeconds" => Some(self.delay_s.to_string()),
            "MessageRetentionPeriod" => Some(self.retention_s.to_string()),
            "ReceiveMessageWaitTimeSeconds" => Some(self.wait_s.to_string()),
            "MaximumMessageSize" => Some(self.max_message_bytes.to_string()),
            "RedrivePolicy" => self.redrive.as_ref().map(Redrive::show),
            "RedriveAllowPolicy" => self.redrive_allow.as_ref().map(RedriveAllow::show),
            "Policy" => self.policy.clone(),
            "KmsMasterKeyId" => self.kms_key.clone(),
            "KmsDataKeyReusePeriodSeconds" => {
                self.kms_key.as_ref().map(|_| self.kms_reuse_s.to_string())
            }
            "SqsManagedSseEnabled" => {
                Some((self.managed_sse && self.kms_key.is_none()).to_string())
            }
            "FifoQueue" => fifo.map(|_| "true".to_owned()),
            "ContentBasedDeduplication" => {
                fifo.map(|fifo| fifo.content_based_deduplication.to_string())
            }
            "DeduplicationScope" => fifo.map(|fifo| {
                if fifo.deduplicates_per_group { "messageGroup" } else { "queue" }.to_owned()
            }),
            "FifoThroughputLimit" => fifo.map(|fifo| {
                if fifo.quota_per_group { "perMessageGroupId" } else { "perQueue" }.to_owned()
            }),
            _ => None,
        }
    }

    /// Every settable attribute that has a value.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        SETTABLE.iter().filter_map(|name| Some((*name, self.get(name)?)))
    }

    /// The first of the given attributes whose value this configuration does not have.
    pub fn first_difference(
        &self,
        other: &Self,
        given: &BTreeMap<String, String>,
    ) -> Option<String> {
        given.keys().find(|name| self.get(name) != other.get(name)).cloned()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedriveText {
    dead_letter_target_arn: String,
    max_receive_count: Value,
}

impl Redrive {
    fn parse(text: &str) -> Result<Self, QueueError> {
        let bad = |reason: &str| {
            QueueError::InvalidParameterValue(format!(
                "Value {text} for parameter RedrivePolicy is invalid. Reason: {reason}"
            ))
        };
        let policy: RedriveText = serde_json::from_str(text)
            .map_err(|_| bad("Redrive policy is not a valid JSON map."))?;
        // AWS takes the number as a number and as text.
        let count = match &policy.max_receive_count {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        match count.and_then(|count| u32::try_from(count).ok()) {
            Some(max_receive_count @ 1..=1_000) => {
                Ok(Self { target_arn: policy.dead_letter_target_arn, max_receive_count })
            }
            _ => Err(bad("Invalid value for maxReceiveCount, valid values are from 1 to 1000.")),
        }
    }

    fn show(&self) -> String {
        json!({"deadLetterTargetArn": self.target_arn, "maxReceiveCount": self.max_receive_count})
            .to_string()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedriveAllowText {
    redrive_permission: String,
    #[serde(default)]
    source_queue_arns: Vec<String>,
}

impl RedriveAllow {
    fn parse(text: &str) -> Result<Self, QueueError> {
        let bad = || invalid("RedriveAllowPolicy", text);
        let policy: RedriveAllowText = serde_json::from_str(text).map_err(|_| bad())?;
        let names_sources = !policy.source_queue_arns.is_empty();
        let sound = match policy.redrive_permission.as_str() {
            "allowAll" | "denyAll" => !names_sources,
            "byQueue" => names_sources && policy.source_queue_arns.len() <= 10,
            _ => false,
        };
        let allow =
            Self { permission: policy.redrive_permission, sources: policy.source_queue_arns };
        if sound { Ok(allow) } else { Err(bad()) }
    }

    /// Whether the queue with this ARN may use this one as its dead-letter queue.
    pub fn allows(&self, source_arn: &str) -> bool {
        match self.permission.as_str() {
            "allowAll" => true,
            "byQueue" => self.sources.iter().any(|source| source == source_arn),
            _ => false,
        }
    }

    fn show(&self) -> String {
        if self.sources.is_empty() {
            json!({"redrivePermission": self.permission}).to_string()
        } else {
            json!({"redrivePermission": self.permission, "sourceQueueArns": self.sources})
                .to_string()
        }
    }
}

fn check_name(name: &str) -> Result<(), QueueError> {
    let stem = name.strip_suffix(".fifo").unwrap_or(name);
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !stem.is_empty() && name.len() <= 80 && stem.bytes().all(legal) {
        return Ok(());
    }
    Err(QueueError::InvalidParameterValue(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
            .to_owned(),
    ))
}

fn optional<T>(
    value: &str,
    parse: impl FnOnce(&str) -> Result<T, QueueError>,
) -> Result<Option<T>, QueueError> {
    // An empty value takes the attribute away.
    if value.is_empty() { Ok(None) } else { parse(value).map(Some) }
}

fn parse_policy(text: &str) -> Result<String, QueueError> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(_)) => Ok(text.to_owned()),
        _ => Err(invalid("Policy", text)),
    }
}

fn number(name: &str, value: &str, least: u32, most: u32) -> Result<u32, QueueError> {
    value
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| invalid(name, value))
}

/// In any case of letters, as Python and Java write them.
fn boolean(name: &str, value: &str) -> Result<bool, QueueError> {
    value.to_ascii_lowercase().parse().map_err(|_| invalid(name, value))
}

fn unknown(name: &str) -> QueueError {
    QueueError::InvalidAttributeName(name.to_owned())
}

fn invalid(name: &str, value: &str) -> QueueError {
    QueueError::InvalidAttributeValue(format!(
        "{name}. Value {value:?} is not one that it can take"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn attributes(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn refusal(name: &str, pairs: &[(&str, &str)]) -> &'static str {
        QueueConfig::create(name, &attributes(pairs)).unwrap_err().code().legacy
    }

    #[test]
    fn every_attribute_set_is_shown_as_it_was_given() {
        let given = attributes(&[
            ("ContentBasedDeduplication", "true"),
            ("DeduplicationScope", "messageGroup"),
            ("DelaySeconds", "7"),
            ("FifoQueue", "true"),
            ("FifoThroughputLimit", "perMessageGroupId"),
            ("KmsDataKeyReusePeriodSeconds", "600"),
            ("KmsMasterKeyId", "alias/own"),
            ("MaximumMessageSize", "2048"),
            ("MessageRetentionPeriod", "61"),
            ("Policy", r#"{"Statement":[]}"#),
            ("ReceiveMessageWaitTimeSeconds", "20"),
            (
                "RedriveAllowPolicy",
                r#"{"redrivePermission":"byQueue","sourceQueueArns":["arn:a"]}"#,
            ),
            ("RedrivePolicy", r#"{"deadLetterTargetArn":"arn:d","maxReceiveCount":3}"#),
            ("SqsManagedSseEnabled", "false"),
            ("VisibilityTimeout", "43200"),
        ]);
        let config = QueueConfig::create("orders.fifo", &given).unwrap();
        let shown: BTreeMap<String, String> =
            config.all().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(shown, given);
        assert!(config.redrive_allow.as_ref().unwrap().allows("arn:a"));
        assert!(!config.redrive_allow.unwrap().allows("arn:b"));
    }

    #[test]
    fn faults_are_named_as_aws_names_them() {
        assert_eq!(refusal("", &[]), "InvalidParameterValue");
        assert_eq!(refusal(&"q".repeat(81), &[]), "InvalidParameterValue");
        assert_eq!(refusal("a b", &[]), "InvalidParameterValue");
        assert_eq!(refusal("q.fifo", &[]), "InvalidParameterValue");
        assert_eq!(refusal("q", &[("FifoQueue", "true")]), "InvalidParameterValue");
        assert_eq!(refusal("q", &[("FifoQueue", "false")]), "InvalidAttributeName");
        assert_eq!(refusal("q", &[("FifoQueue", "no")]), "InvalidAttributeValue");
        assert_eq!(refusal("q", &[("DeduplicationScope", "queue")]), "InvalidAttributeName");
        QueueConfig::create("q.fifo", &attributes(&[("FifoQueue", "True")])).unwrap();
        assert_eq!(refusal("q", &[("VisibilityTimeout", "43201")]), "InvalidAttributeValue");
        assert_eq!(refusal("q", &[("DelaySeconds", "-1")]), "InvalidAttributeValue");
        assert_eq!(refusal("q", &[("Colour", "red")]), "InvalidAttributeName");
        assert_eq!(refusal("q", &[("QueueArn", "arn")]), "InvalidAttributeName");
        assert_eq!(refusal("q", &[("ContentBasedDeduplication", "true")]), "InvalidAttributeName");
        assert_eq!(refusal("q", &[("RedrivePolicy", "no")]), "InvalidParameterValue");
        let both = [("KmsMasterKeyId", "alias/own"), ("SqsManagedSseEnabled", "true")];
        assert_eq!(refusal("q", &both), "InvalidAttributeName");
        let never = r#"{"deadLetterTargetArn":"arn:d","maxReceiveCount":"0"}"#;
        assert_eq!(refusal("q", &[("RedrivePolicy", never)]), "InvalidParameterValue");
        let fast = [("FifoQueue", "true"), ("FifoThroughputLimit", "perMessageGroupId")];
        assert_eq!(refusal("q.fifo", &fast), "InvalidAttributeValue");
    }

    #[test]
    fn a_refused_change_leaves_everything_as_it_was() {
        let mut config = QueueConfig::create("q", &attributes(&[("DelaySeconds", "5")])).unwrap();
        let before = config.clone();
        config
            .set(&attributes(&[("DelaySeconds", "9"), ("VisibilityTimeout", "none")]))
            .unwrap_err();
        assert_eq!(config, before);
    }

    #[test]
    fn an_empty_redrive_policy_takes_it_away() {
        let policy = r#"{"deadLetterTargetArn":"arn:d","maxReceiveCount":"3"}"#;
        let mut config =
            QueueConfig::create("q", &attributes(&[("RedrivePolicy", policy)])).unwrap();
        assert_eq!(config.redrive.as_ref().map(|redrive| redrive.max_receive_count), Some(3));
        config.set(&attributes(&[("RedrivePolicy", "")])).unwrap();
        assert_eq!(config.redrive, None);
    }
}
