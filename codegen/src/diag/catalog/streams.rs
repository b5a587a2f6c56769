//! Streams of tables as event sources.

use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// A `send` operation on a channel that is the stream of a table.
#[must_use]
pub fn send_to_stream(at: Span, binding: Span) -> Diagnostic {
    let message = "nothing can be sent to the stream of a table: DynamoDB writes it";
    Diagnostic::error("bad-stream", message, at)
        .also(binding, "the stream")
        .help("write the item to the table, or use `action: receive`")
}

/// A stream that is said to be a queue or bus as well.
#[must_use]
pub fn stream_and_other(entry: Key<'_>, binding: Span) -> Diagnostic {
    let message = format!("`{}` and `x-dynamodb-stream` cannot bind the same channel", entry.name);
    Diagnostic::error("bad-stream", message, entry.span)
        .also(binding, "the stream")
        .help("use two channels, each with a `receive` operation of its own")
}

/// Messages of a stream, which has changes instead.
#[must_use]
pub fn stream_with_messages(at: Span, binding: Span) -> Diagnostic {
    let message = "the messages of a stream are the changes of the table's items";
    Diagnostic::error("bad-stream", message, at)
        .also(binding, "the stream")
        .help("remove `messages`: the schema of the table says what an item is")
}

/// A setting that another kind of receiver has.
#[must_use]
pub fn not_for_stream(entry: Key<'_>, instead: &str) -> Diagnostic {
    let message = format!("`{}` has no effect on a function that reads a stream", entry.name);
    Diagnostic::error("bad-stream", message, entry.span).help(instead)
}

/// A setting of streams on a receiver that polls a queue.
#[must_use]
pub fn only_for_stream(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` has no effect on a function that polls a queue", entry.name);
    let help = match entry.name {
        "parallelizationFactor" => "use `maximumConcurrency`",
        "maximumRetryAttempts" => {
            "set `maxReceiveCount` in the `redrivePolicy` of the queue instead"
        }
        "maximumRecordAgeInSeconds" => "set `messageRetentionPeriod` of the queue instead",
        "onFailure" => "add a `deadLetterQueue` to the `sqs` binding instead",
        _ => "remove it: only the streams of tables have it",
    };
    Diagnostic::error("bad-stream", message, entry.span).help(help)
}

/// A stream whose lost changes nobody sees.
#[must_use]
pub fn no_on_failure(at: Span) -> Diagnostic {
    let message = "a change that cannot be processed stops its shard until it expires after 24 hours, and is then lost";
    Diagnostic::warning("no-dead-letters", message, at).help(
        "name a queue that is told of changes that were given up:\nx-event-source:\n  onFailure: QueueName\n  maximumRetryAttempts: 10",
    )
}

/// More readers than a stream serves.
#[must_use]
pub fn many_readers(at: Span, table: &str, n_readers: usize, most: u32) -> Diagnostic {
    let message = format!(
        "{n_readers} operations read the stream of `{table}`; with more than {most}, DynamoDB throttles them"
    );
    Diagnostic::warning("stream-readers", message, at)
        .help("let one of them publish an event, and let the others receive that")
}
