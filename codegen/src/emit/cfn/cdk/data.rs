//! What holds data on its way or at rest: tables, buses and queues.

use super::super::names;
use super::super::plan::{Plan, PlannedQueue};
use super::super::tables::{self as plain, Whole};
use super::group::{Group, Member};
use super::scope::{Scope, member};
use super::ts::Ts;
use crate::model::{AttributeKind, Index, KeySchema, Projection, System};

/// `${stackName}-product`
fn physical(name: &str) -> Ts {
    let name = super::ts::in_template(name);
    Ts::code(format!("`${{stackName}}-{name}`"))
}

/// The statement that makes a member.
pub(super) fn assign(id: &str, class: &str, props: Ts) -> String {
    Ts::construct(class, id, props).statement(4, &format!("this.{} = ", member(id)))
}

/// A span of time.
pub(super) fn seconds(seconds: u32) -> Ts {
    Ts::code(format!("Duration.seconds({seconds})"))
}

/// The tables that the stack makes, and what a stage on this machine makes of the others.
pub(super) fn tables(system: &System, scope: &Scope) -> Group {
    let mut group = Group {
        class: "Tables",
        docs: "The tables. They are retained when the stack is deleted, in every stage, because lost data is worse than a table that has to be deleted manually.",
        ..Group::default()
    };
    for whole in plain::made(system) {
        let (table, id) = (whole.table, names::table_id(whole.table));
        group.members.push(Member::declared(&id, "dynamodb.Table", &table.origin.pointer));
        group.statements.push(assign(&id, "dynamodb.Table", table_props(&whole)));
        for index in &whole.indexes {
            let [partition, partitions, sort, sorts] = index_key(index);
            let projected = plain::projected(table, index);
            let projection = match &index.projection {
                Projection::All => None,
                _ if projected.is_empty() => Some("KEYS_ONLY"),
                _ => Some("INCLUDE"),
            };
            let named = projected.into_iter().map(Ts::text).collect::<Vec<_>>();
            let props = Ts::object([
                ("indexName", Some(Ts::text(&index.name.wire))),
                ("partitionKey", partition),
                ("partitionKeys", partitions),
                ("sortKey", sort),
                ("sortKeys", sorts),
                (
                    "projectionType",
                    projection.map(|kind| Ts::code(format!("dynamodb.ProjectionType.{kind}"))),
                ),
                ("nonKeyAttributes", (!named.is_empty()).then_some(Ts::List(named))),
            ]);
            let kind = if index.local { "Local" } else { "Global" };
            let callee = format!("this.{}.add{kind}SecondaryIndex", member(&id));
            group.statements.push(Ts::call(&callee, props).statement(4, ""));
        }
    }
    for (key, values) in [
        ("LocalTables", plain::local_tables(system)),
        ("LocalExports", plain::local_exports(system)),
    ] {
        if !values.is_empty() {
            let arguments = vec![Ts::text(key), scope.value(&values.into())];
            let call = Ts::Call("Stack.of(this).addMetadata".into(), arguments);
            group.statements.push(call.statement(4, ""));
        }
    }
    group
}

fn table_props(whole: &Whole<'_>) -> Ts {
    let table = whole.table;
    let mut attributes = key_attributes(&table.key);
    let recovery = Ts::object([(
        "pointInTimeRecoveryEnabled",
        Some(Ts::code("settings.pointInTimeRecovery")),
    )]);
    Ts::object([
        ("tableName", Some(physical(&table.name.wire))),
        ("partitionKey", attributes.next()),
        ("sortKey", attributes.next()),
        ("billingMode", Some(Ts::code("dynamodb.BillingMode.PAY_PER_REQUEST"))),
        ("timeToLiveAttribute", whole.ttl.map(Ts::text)),
        (
            "stream",
            whole.stream.map(|view| Ts::code(format!("dynamodb.StreamViewType.{}", view.name()))),
        ),
        ("pointInTimeRecoverySpecification", Some(recovery)),
        ("encryption", Some(Ts::code("dynamodb.TableEncryption.AWS_MANAGED"))),
        ("deletionProtection", Some(Ts::code("settings.deletionProtection"))),
        ("removalPolicy", Some(Ts::code("RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE"))),
    ])
}

fn key_attributes(key: &KeySchema) -> impl Iterator<Item = Ts> {
    key.attributes().into_iter().map(|(name, kind)| {
        let kind = match kind {
            AttributeKind::String => "STRING",
            AttributeKind::Number => "NUMBER",
        };
        Ts::object([
            ("name", Some(Ts::text(name))),
            ("type", Some(Ts::code(format!("dynamodb.AttributeType.{kind}")))),
        ])
    })
}

/// The key of an index as its props have it: partition key, several of them, sort key, several of them.
fn index_key(index: &Index) -> [Option<Ts>; 4] {
    let mut attributes = key_attributes(&index.key);
    if !index.key.has_several() {
        let partition = attributes.next().filter(|_| !index.local);
        return [partition, None, attributes.next(), None];
    }
    let n_partition = index.key.partition_parts().count();
    let partitions: Vec<Ts> = attributes.by_ref().take(n_partition).collect();
    let sorts: Vec<Ts> = attributes.collect();
    [None, Some(Ts::List(partitions)), None, (!sorts.is_empty()).then_some(Ts::List(sorts))]
}

/// The buses that the stack makes.
pub(super) fn buses(system: &System) -> Group {
    let mut group = Group { class: "Buses", docs: "The event buses.", ..Group::default() };
    for bus in system.buses.iter().filter(|bus| bus.name.wire != "default") {
        let id = names::bus_id(bus);
        group.members.push(Member::declared(&id, "events.EventBus", &bus.origin.pointer));
        let props = Ts::object([("eventBusName", Some(physical(&bus.name.wire)))]);
        group.statements.push(assign(&id, "events.EventBus", props));
    }
    group
}

/// The queues, each after the one that takes its dead letters.
pub(super) fn queues(plan: &Plan<'_>, scope: &Scope) -> Group {
    let mut group = Group {
        class: "Queues",
        docs: "The queues. Rules and queues have separate dead-letter queues. They use SQS-managed encryption: with the \
         AWS-managed KMS key, EventBridge could not deliver events.",
        ..Group::default()
    };
    let (sources, last): (Vec<_>, Vec<_>) =
        plan.queues.iter().partition(|planned| planned.redrive.is_some());
    for planned in last.into_iter().chain(sources) {
        let queue = planned.queue;
        let id = names::queue_id(queue);
        group.members.push(Member::declared(&id, "sqs.Queue", &queue.origin.pointer));
        group.statements.push(assign(&id, "sqs.Queue", queue_props(planned, scope)));
        for (key, value) in &queue.tags {
            let tags = Ts::Call(
                format!("Tags.of(this.{}).add", member(&id)),
                vec![Ts::text(key), Ts::text(value)],
            );
            group.statements.push(tags.statement(4, ""));
        }
    }
    group
}

fn queue_props(planned: &PlannedQueue<'_>, scope: &Scope) -> Ts {
    let queue = planned.queue;
    let some = |duration: u32| (duration > 0).then(|| seconds(duration));
    let fifo = queue.fifo.as_ref();
    let dead_letters = planned.redrive.map(|(queue, count)| {
        Ts::object([
            ("queue", scope.construct(&names::queue_id(queue)).map(Ts::Code)),
            ("maxReceiveCount", Some(Ts::code(count.to_string()))),
        ])
    });
    let choice = |class: &str, value: &str| Ts::code(format!("sqs.{class}.{}", constant(value)));
    Ts::object([
        ("queueName", Some(physical(&queue.name.wire))),
        ("encryption", Some(Ts::code("sqs.QueueEncryption.SQS_MANAGED"))),
        ("visibilityTimeout", Some(seconds(queue.visibility_timeout_seconds))),
        ("retentionPeriod", Some(seconds(queue.retention_seconds))),
        ("receiveMessageWaitTime", some(queue.receive_wait_seconds)),
        ("deliveryDelay", some(queue.delay_seconds)),
        ("fifo", fifo.map(|_| Ts::code("true"))),
        ("contentBasedDeduplication", fifo.map(|_| Ts::code("true"))),
        (
            "deduplicationScope",
            fifo.and_then(|fifo| {
                Some(choice("DeduplicationScope", fifo.deduplication_scope.as_ref()?))
            }),
        ),
        (
            "fifoThroughputLimit",
            fifo.and_then(|fifo| {
                Some(choice("FifoThroughputLimit", fifo.throughput_limit.as_ref()?))
            }),
        ),
        ("deadLetterQueue", dead_letters),
        ("redriveAllowPolicy", planned.holds_failures.then(|| redrive_allow(planned, scope))),
    ])
}

/// Which queues may use this one for their dead letters. They come after it, so they are named and not referred to.
fn redrive_allow(planned: &PlannedQueue<'_>, scope: &Scope) -> Ts {
    let permission = |name: &str| Some(Ts::code(format!("sqs.RedrivePermission.{name}")));
    if planned.redriven_from.is_empty() {
        return Ts::object([("redrivePermission", permission("DENY_ALL"))]);
    }
    let source = |queue: &&crate::model::Queue| {
        let id = format!("{}Source", names::queue_id(queue));
        let arn = scope.value(&names::queue_arn_by_name(queue));
        Ts::Call("sqs.Queue.fromQueueArn".into(), vec![Ts::code("this"), Ts::text(id), arn])
    };
    Ts::object([
        ("redrivePermission", permission("BY_QUEUE")),
        ("sourceQueues", Some(Ts::List(planned.redriven_from.iter().map(source).collect()))),
    ])
}

/// The CDK's spelling of a constant: `perMessageGroupId` is `PER_MESSAGE_GROUP_ID`.
fn constant(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}
