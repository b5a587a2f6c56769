//! What a pipe does with the records that its mapping polls.

/// The way of records through a pipe: an enrichment, a transformation, a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipe {
    /// The name of the pipe.
    pub name: String,
    /// The ARN of the pipe.
    pub arn: String,
    /// The ARN of its source.
    pub source_arn: String,
    /// The name of the function that makes other records of them.
    pub enrichment: Option<String>,
    /// The ARN of that function.
    pub enrichment_arn: Option<String>,
    /// What each record becomes for the enrichment; itself without.
    pub enrichment_template: Option<String>,
    /// What each record becomes (`InputTemplate`); itself without.
    pub template: Option<String>,
    /// The ARN of the target: a function, queue, topic, bus or log group.
    pub target: String,
    /// Whether the pipe waits for a function that is its target.
    pub waits: bool,
    /// Message group and deduplication id for a FIFO queue: texts, or paths into the record.
    pub group_id: Option<String>,
    /// As `group_id`.
    pub deduplication_id: Option<String>,
    /// `source` and `detail-type` of events for a bus: texts, or paths into the record.
    pub source: Option<String>,
    /// As `source`.
    pub detail_type: Option<String>,
}

impl Pipe {
    /// A pipe that hands records over as they are.
    #[must_use]
    pub fn new(name: String, arn: String, source_arn: String, target: String) -> Self {
        Self {
            name,
            arn,
            source_arn,
            enrichment: None,
            enrichment_arn: None,
            enrichment_template: None,
            template: None,
            target,
            waits: true,
            group_id: None,
            deduplication_id: None,
            source: None,
            detail_type: None,
        }
    }
}
