//! Policies of resources: what queues, topics, buses and functions let others do with them.

/// A policy of one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourcePolicy {
    /// The logical id of what holds it.
    pub id: String,
    /// The ARN of the queue, topic, bus, function or API.
    pub resource: String,
    /// The policy, JSON; or why it cannot be read.
    pub document: Result<serde_json::Value, String>,
}
