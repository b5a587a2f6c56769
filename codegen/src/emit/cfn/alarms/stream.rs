//! Functions that read the stream of a table.

use super::{Alarm, function_alarm, read_log};
use crate::emit::cfn::value::Value;
use crate::model::{Function, StreamDelivery};

/// A function that falls behind the stream that it reads, and changes whose loss nobody is told of.
pub(super) fn of_reader<'a>(function: &Function, delivery: &StreamDelivery) -> Vec<Alarm<'a>> {
    let name = &function.name.wire;
    let steps = vec![
        read_log(
            function,
            "{ $.outcome = \"reject\" || $.outcome = \"retry\" || $.outcome = \"fault\" }",
        ),
        "The same `eventId` again and again is a change that fails: everything behind it in its shard waits. Fix the \
         cause, or limit the attempts in the contract (`x-event-source`)."
            .into(),
        "If nothing fails, the function is too slow for the load: raise `parallelizationFactor` or `batchSize` in the \
         contract."
            .into(),
    ];
    let mut late = function_alarm(
        function,
        "IteratorAge",
        format!("{name} is more than 5 minutes behind the stream of its table."),
        steps,
    );
    (late.statistic, late.limit, late.period_seconds) = ("Maximum", Value::Int(300_000), 60);
    let lost = delivery.on_failure.as_ref().map(|queue| {
        let description = format!(
            "Changes that {name} failed to process could not be reported to {}. Check the role of the function, and that \
         the queue exists.",
            queue.name.wire
        );
        let steps = vec![read_log(function, "{ $.outcome = \"reject\" || $.outcome = \"fault\" }")];
        function_alarm(function, "DestinationDeliveryFailures", description, steps)
    });
    std::iter::once(late).chain(lost).collect()
}
