//! What AWS takes at most (and at least), as data: the one place where such a number is written.
//!
//! Each limit names where it was read. `.ci/limits.py` looks the places up again, in the service models of botocore and
//! the resource schemas of cfn-lint, and says what differs, so that AWS' next change is seen. Places:
//!
//! - `botocore <service> <shape> max` (or `min`): the bound of a shape in the service model;
//! - `botocore <service> says "<words>"`: words in the model's documentation;
//! - `cfn-lint <resource type>/<property> max` (or `min`, or `says "<words>"`): what the resource's schema says;
//! - `cfn-lint limits <name>`: cfn-lint's own table of CloudFormation's quotas;
//! - `quota <page>`: a page of AWS' documentation alone, which nothing here can look up.

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The name of its constant: `SQS_MESSAGE_BYTES`.
    pub name: &'static str,
    /// The number.
    pub value: u32,
    /// What it limits.
    pub what: &'static str,
    /// Where it was read.
    pub source: &'static str,
}

/// The releases that the places were last looked up in.
pub const LOOKED_UP: &str = "botocore 1.44.8, cfn-lint 1.58.0 (November 2026)";

macro_rules! limits {
    ($($name:ident = $value:literal, $what:literal, $source:literal;)*) => {
        $(
            #[doc = concat!($what, ".")]
            #[doc = ""]
            #[doc = concat!("**Source** ", $source)]
            pub const $name: u32 = $value;
        )*

        /// All of them.
        pub const ALL: &[Limit] = &[
            $(Limit { name: stringify!($name), value: $name, what: $what, source: $source },)*
        ];
    };
}

limits! {
    EVENT_BYTES = 1_048_576, "Bytes of a `PutEvents` call, all entries together", r#"botocore events says "the total entry size must be less than 1MB""#;
    EVENT_ENTRIES = 10, "Entries of a `PutEvents` call", "botocore events PutEventsRequestEntryList max";
    EVENT_BUS_NAME = 256, "Characters of a bus name", "botocore events EventBusName max";
    EVENT_RULE_NAME = 64, "Characters of a rule name", "botocore events RuleName max";
    EVENT_PATTERN = 4_096, "Characters of an event pattern", "botocore events EventPattern max";
    EVENT_PATTERN_CHOICES = 1_000, "Combinations that the `$or`s of an event pattern make", "quota EventBridge User Guide, Using `$or` in event patterns";
    EVENT_INPUT_TEMPLATE = 8_192, "Characters of the input template of a rule's target", "botocore events TransformerInput max";
    EVENT_RULE_TRIES = 185, "Deliveries that a rule tries again", "botocore events MaximumRetryAttempts max";
    EVENT_RULE_AGE_LEAST = 60, "Seconds that a rule tries at least", "botocore events MaximumEventAgeInSeconds min";
    EVENT_RULE_AGE = 86_400, "Seconds that a rule tries at most", "botocore events MaximumEventAgeInSeconds max";
    EVENT_DETAIL_TYPE = 128, "Characters of a detail-type", "quota EventBridge API reference, PutEventsRequestEntry";

    SQS_MESSAGE_BYTES = 1_048_576, "Bytes of a message", r#"botocore sqs says "The maximum size is 1 MiB or 1,048,576 bytes""#;
    SQS_QUEUE_NAME = 80, "Characters of a queue name, `.fifo` included", r#"botocore sqs says "A queue name can have up to 80 characters""#;
    SQS_DELAY = 900, "Seconds that a message is held back", "cfn-lint AWS::SQS::Queue/DelaySeconds max";
    SQS_VISIBILITY = 43_200, "Seconds that a received message stays hidden", "cfn-lint AWS::SQS::Queue/VisibilityTimeout max";
    SQS_RETENTION_LEAST = 60, "Seconds that a message is kept at least", "cfn-lint AWS::SQS::Queue/MessageRetentionPeriod min";
    SQS_RETENTION = 1_209_600, "Seconds that a message is kept at most", "cfn-lint AWS::SQS::Queue/MessageRetentionPeriod max";
    SQS_WAIT = 20, "Seconds that a receiver waits", "cfn-lint AWS::SQS::Queue/ReceiveMessageWaitTimeSeconds max";
    SQS_RECEIVE_COUNT = 1_000, "Tries before a message goes to the dead letters", "quota SQS API reference, SetQueueAttributes";

    LAMBDA_NAME = 64, "Characters of a function name", r#"cfn-lint AWS::Lambda::Function/FunctionName says "up to 64 characters in length""#;
    LAMBDA_TIMEOUT = 1_800, "Seconds of an invocation", r#"botocore lambda says "the maximum allowed value is 1,800 seconds""#;
    LAMBDA_MANAGED_TIMEOUT = 5_400, "Seconds of an invocation on managed instances", "botocore lambda Timeout max";
    LAMBDA_MEMORY_LEAST = 128, "MiB of memory at least", "botocore lambda MemorySize min";
    LAMBDA_MEMORY = 10_240, "MiB of memory at most", "quota Lambda Developer Guide, Lambda quotas";
    LAMBDA_MODEL_MEMORY = 32_768, "MiB of memory that the service model lets pass", "botocore lambda MemorySize max";
    LAMBDA_STORAGE_LEAST = 512, "MiB of `/tmp` at least", "botocore lambda EphemeralStorageSize min";
    LAMBDA_STORAGE = 10_240, "MiB of `/tmp` at most", "quota Lambda Developer Guide, Lambda quotas";
    LAMBDA_VARIABLE_BYTES = 4_096, "Bytes of the names and values of a function's variables", "quota Lambda Developer Guide, Lambda quotas";
    LAMBDA_LAYERS = 5, "Layers of a function", "quota Lambda Developer Guide, Lambda quotas";
    LAMBDA_ASYNC_BYTES = 1_048_576, "Bytes of an asynchronous invocation's payload", r#"botocore lambda says "For asynchronous invocations, the maximum payload size is 1 MB""#;
    LAMBDA_SYNC_BYTES = 6_291_456, "Bytes of a synchronous invocation's payload", r#"botocore lambda says "The maximum payload size is 6 MB for synchronous""#;
    LAMBDA_COUNTED_BYTES = 6_291_556, "Bytes of a synchronous payload that Lambda itself takes: 100 more than it says", "quota Lambda, the message of Function.ResponseSizeTooLarge";
    LAMBDA_ASYNC_TRIES = 2, "Retries of an asynchronous invocation", "botocore lambda MaximumRetryAttempts max";
    LAMBDA_ASYNC_AGE_LEAST = 60, "Seconds that an asynchronous invocation is tried at least", "botocore lambda MaximumEventAgeInSeconds min";
    LAMBDA_ASYNC_AGE = 21_600, "Seconds that an asynchronous invocation is tried at most", "botocore lambda MaximumEventAgeInSeconds max";
    LAMBDA_BATCH = 10_000, "Messages of a batch from a standard queue", "botocore lambda BatchSize max";
    LAMBDA_FIFO_BATCH = 10, "Messages of a batch from a FIFO queue, or without a window", "quota Lambda Developer Guide, Using Lambda with Amazon SQS";
    LAMBDA_BATCH_WINDOW = 300, "Seconds that a batch is gathered", "botocore lambda MaximumBatchingWindowInSeconds max";
    LAMBDA_CONCURRENCY_LEAST = 2, "Invocations at a time of a queue's poller at least", "botocore lambda MaximumConcurrency min";
    LAMBDA_CONCURRENCY = 1_000, "Invocations at a time of a queue's poller at most", "botocore lambda MaximumConcurrency max";
    LAMBDA_STREAM_TRIES = 10_000, "Retries of a batch from a stream", "botocore lambda MaximumRetryAttemptsEventSourceMapping max";
    LAMBDA_RECORD_AGE_LEAST = 60, "Seconds after which records of a stream may be discarded", "quota Lambda API Reference, CreateEventSourceMapping, MaximumRecordAgeInSeconds";
    LAMBDA_RECORD_AGE = 604_800, "Seconds that records of a stream are tried at most", "botocore lambda MaximumRecordAgeInSeconds max";
    LAMBDA_PARALLELIZATION = 10, "Batches of a shard that are processed at a time", "botocore lambda ParallelizationFactor max";
    DYNAMODB_STREAM_READERS = 2, "Readers of a stream without throttling", "quota Amazon DynamoDB quotas, DynamoDB Streams, Simultaneous readers of a shard";

    API_TIMEOUT_MS = 29_000, "Milliseconds that API Gateway waits for an integration, unless a quota of the account raises it for Regional APIs", r#"botocore apigateway says "The default value is 29,000 milliseconds""#;
    API_HEADER_BYTES = 10_240, "Bytes of all header lines of a request or an answer", "quota API Gateway quotas, Total combined size of request line and header values";
    API_RESOURCES = 300, "Resources of a REST API, one for each part of a path, unless a quota of the account raises it", "quota API Gateway quotas, Resources per API";
    API_PAYLOAD_BYTES = 10_485_760, "Bytes of a request or an answer", "quota API Gateway quotas, Payload size";

    SNS_MESSAGE_BYTES = 262_144, "Bytes of a notification, attributes included, where its topic says nothing else", r#"botocore sns says "By default, a message can be at most 256 KiB in size""#;
    SNS_LEAST_MAXIMUM_BYTES = 1_024, "Bytes that the maximum size of a topic's messages is at least", r#"botocore sns says "Valid values are 1024 to 1048576""#;
    SNS_MOST_MAXIMUM_BYTES = 1_048_576, "Bytes that the maximum size of a topic's messages is at most", r#"botocore sns says "Valid values are 1024 to 1048576""#;

    DYNAMODB_NAME_LEAST = 3, "Characters of a table or index name at least", "botocore dynamodb TableName min";
    DYNAMODB_NAME = 255, "Characters of a table or index name at most", "botocore dynamodb TableName max";
    DYNAMODB_INDEXES = 20, "Global secondary indexes of a table", "quota DynamoDB Developer Guide, Quotas, Secondary indexes";
    DYNAMODB_KEY_ATTRIBUTES = 4, "Attributes of a partition or sort key of a global secondary index", "quota DynamoDB Developer Guide, Multi-attribute keys pattern";
    DYNAMODB_PARTITION_BYTES = 2_048, "Bytes of a partition key", "quota DynamoDB Developer Guide, Constraints, Partition keys and sort keys";
    DYNAMODB_SORT_BYTES = 1_024, "Bytes of a sort key", "quota DynamoDB Developer Guide, Constraints, Partition keys and sort keys";
    DYNAMODB_LOCAL_INDEXES = 5, "Local secondary indexes of a table", "quota DynamoDB Developer Guide, Quotas, Secondary indexes";
    DYNAMODB_PROJECTED = 20, "Attributes that an index projects besides keys", "botocore dynamodb NonKeyAttributeNameList max";
    DYNAMODB_TRANSACTION = 100, "Items of a transaction", "botocore dynamodb TransactWriteItemList max";

    IAM_ROLE_POLICY = 10_240, "Characters of all inline policies of a role, without blanks", "quota IAM User Guide, IAM and AWS STS quotas, Role policy size";
    IAM_ROLE_NAME = 64, "Characters of a role name", "botocore iam roleNameType max";
    PIPE_NAME = 64, "Characters of a pipe name", "botocore pipes PipeName max";
    SCHEDULE_NAME = 64, "Characters of a schedule name", "botocore scheduler Name max";
    ALARM_NAME = 255, "Characters of an alarm name", "botocore cloudwatch AlarmName max";
    ALARM_DESCRIPTION = 1_024, "Characters of an alarm description", "botocore cloudwatch AlarmDescription max";
    ALARM_METRICS = 20, "Metrics and expressions of an alarm", "quota CloudWatch User Guide, Metric math";

    TEMPLATE_RESOURCES = 500, "Resources of a template", "cfn-lint limits Resources";
    TEMPLATE_OUTPUTS = 200, "Outputs of a template", "cfn-lint limits Outputs";
    TEMPLATE_PARAMETERS = 200, "Parameters of a template", "cfn-lint limits Parameters";
    TEMPLATE_BYTES = 1_048_576, "Bytes of a template in a bucket", r#"botocore cloudformation says "The URL must point to a template (max size: 1 MB)""#;
    NESTED_RESOURCES = 2_500, "Resources of nested stacks that one deployment creates or changes", "quota CloudFormation User Guide, CloudFormation quotas";
    TEMPLATE_INLINE_BYTES = 51_200, "Bytes of a template in the call itself", r#"botocore cloudformation says "a maximum length of 51,200 bytes""#;
}

/// What becomes of a function's response header on its way through a REST API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It arrives as it is.
    Kept,
    /// It arrives as `x-amzn-Remapped-` and its name.
    Remapped,
    /// It does not arrive.
    Dropped,
}

/// The prefix of a response header that a REST API renames.
pub const REMAPPED: &str = "x-amzn-Remapped-";

/// The response headers that a REST API renames: what a Lambda integration answers.
///
/// **Source** API Gateway Developer Guide, "Important notes for REST APIs", the table of headers
const REMAPPED_HEADERS: [&str; 8] = [
    "Authorization",
    "Connection",
    "Content-MD5",
    "Date",
    "Max-Forwards",
    "Server",
    "User-Agent",
    "WWW-Authenticate",
];

/// The response headers that a REST API drops, of which it sets some by itself.
///
/// **Source** as of the others
const DROPPED_HEADERS: [&str; 8] = [
    "Content-Length",
    "Expect",
    "Host",
    "Proxy-Authenticate",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
];

/// What becomes of a function's response header on its way through a REST API of API Gateway.
#[must_use]
pub fn arrival(header: &str) -> Arrival {
    let is_among = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(header));
    if is_among(&REMAPPED_HEADERS) {
        return Arrival::Remapped;
    }
    match is_among(&DROPPED_HEADERS) {
        true => Arrival::Dropped,
        false => Arrival::Kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_named_once_and_says_where_it_was_read() {
        let mut names: Vec<&str> = ALL.iter().map(|limit| limit.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        for limit in ALL {
            let kind = limit.source.split(' ').next().unwrap_or_default();
            assert!(
                ["botocore", "cfn-lint", "quota"].contains(&kind),
                "{}: {}",
                limit.name,
                limit.source
            );
        }
    }
}
