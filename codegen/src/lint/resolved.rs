//! Findings of the stages before: what contracts mean is clear, and probably not what was meant.
//!
//! Owns what there is to know of them, so that a policy can set their levels as those of any rule. They are found
//! while contracts are resolved (`lower`, `parse` and `rules`), and told when files are generated too.

use super::{Group, Rule};
use crate::diag::Level;

const fn row(code: &'static str, group: Group, what: &'static str, why: &'static str) -> Rule {
    Rule { code, level: Some(Level::Warning), group, what, why, example: None, check: None }
}

/// All of them, by code.
pub(super) static RULES: &[Rule] = &[
    row(
        "assumed-defaults",
        Group::Events,
        "buses or sources that no contract and no `spec/defaults.yaml` name",
        "They are assumed; whoever reads the contracts cannot tell where an event goes.",
    ),
    row(
        "bad-example",
        Group::Docs,
        "an example does not fit its schema",
        "People copy examples first, and a check of a running stage sends them.",
    ),
    row(
        "beside-ref",
        Group::Structure,
        "a key stands beside `$ref`, where only the reference counts",
        "The key has no effect; `allOf` around the reference gives it one.",
    ),
    row(
        "body-not-allowed",
        Group::Structure,
        "a body of a `GET`, `HEAD` or `DELETE`, which is ignored",
        "HTTP gives it no meaning: proxies drop it and OpenAPI says that it shall be ignored, so what is sent there is lost.",
    ),
    row(
        "correlation-in-header",
        Group::Events,
        "a correlation id in a header",
        "Events have no headers, so the id is lost and nothing can be correlated by it.",
    ),
    row(
        "correlation-nowhere",
        Group::Events,
        "a correlation id that the payload does not have",
        "Whoever correlates by it finds nothing.",
    ),
    row(
        "enum-type",
        Group::Structure,
        "a listed value that the type beside it does not allow",
        "Nobody can send it: an unquoted `true` or `3` is no string, so it was probably meant to be one.",
    ),
    row(
        "few-tries",
        Group::Events,
        "a message is given up after few tries",
        "A throttled function uses tries up too, and a batch in which one message fails takes the others along.",
    ),
    row(
        "foreign-key",
        Group::Structure,
        "a key that the specification does not know",
        "It has no effect; an extension for other tools begins with `x-`.",
    ),
    row(
        "gateway-extension",
        Group::Structure,
        "an extension of API Gateway that the template has no place for",
        "It has no effect, so the deployed API differs from what the contract asks for.",
    ),
    row(
        "ignored-constraint",
        Group::Structure,
        "a constraint of another type than its schema",
        "It has no effect, so values are accepted that were meant to be refused.",
    ),
    row(
        "ignored-key",
        Group::Structure,
        "a keyword that generated code does not honour",
        "The contract promises something that nothing keeps.",
    ),
    row(
        "key-may-be-empty",
        Group::Data,
        "a key of a table may be the empty string",
        "DynamoDB refuses it, so the request fails late and without a reason for the caller.",
    ),
    row(
        "long-name",
        Group::Naming,
        "a physical name that leaves little room for the stack's name",
        "The stack's name comes before every name; a stack with a longer one cannot be deployed.",
    ),
    row(
        "media-type-unused",
        Group::Structure,
        "a media type that is left out beside others",
        "A request of this type is refused, and no answer is of it.",
    ),
    Rule {
        level: Some(Level::Info),
        ..row(
            "merge-key",
            Group::Structure,
            "a merge key (`<<`), which YAML 1.2 does not have",
            "Some readers merge and some take it for a key like any other, so that tools differ on one contract.",
        )
    },
    row(
        "never-published",
        Group::Events,
        "an event that no operation publishes",
        "Its function gets no permission to put it on the bus, and receivers wait for nothing.",
    ),
    row(
        "never-received",
        Group::Events,
        "an event that nobody receives",
        "It is sent and dropped; mostly bus, source or detail-type of the receiver differ by a letter.",
    ),
    row(
        "never-sent",
        Group::Events,
        "an event that is received and that no service sends",
        "Its receiver waits for ever, unless a system outside of these contracts sends it.",
    ),
    row(
        "no-dead-letters",
        Group::Events,
        "messages that fail are lost",
        "Without a dead-letter queue nobody finds out, and nothing can be redriven.",
    ),
    row(
        "no-message",
        Group::Events,
        "an operation without messages",
        "Nothing is generated for it.",
    ),
    row(
        "no-operation",
        Group::Events,
        "an AsyncAPI document without operations",
        "Channels alone do not say who sends and who receives, so nothing is generated for them.",
    ),
    row(
        "no-redrive",
        Group::Events,
        "a dead-letter queue without a word on when messages go there",
        "After how many tries a message is given up decides how long a failure lasts; it should be decided.",
    ),
    row(
        "no-success",
        Group::Errors,
        "an operation declares no answer for success",
        "It answers `204` with nothing; a client that reads only the contract knows how it fails and not what it does.",
    ),
    Rule {
        level: Some(Level::Info),
        ..row(
            "noted-key",
            Group::Structure,
            "a key about other protocols",
            "It is left to other tools: events travel over EventBridge and SQS.",
        )
    },
    row(
        "other-base-path",
        Group::Structure,
        "a server whose base path is not that of the first one",
        "One base path is served; requests below the other are answered 403 by the gateway.",
    ),
    row(
        "parameter-in-address",
        Group::Events,
        "a channel parameter that stands in the address alone",
        "Events have no address, so receivers never see the value.",
    ),
    row(
        "payload-wrapped",
        Group::Events,
        "a payload that is no object",
        "The `detail` of an event is always an object, so the value travels as a property of one.",
    ),
    row(
        "payloads-unclear",
        Group::Events,
        "a receiver checks more of a payload than a type can say",
        "Whether every value that is sent passes that check, nobody can tell; what does not is not processed.",
    ),
    row(
        "reply-not-awaited",
        Group::Events,
        "a reply that nobody waits for",
        "The request is sent as an event, and an event is not answered.",
    ),
    row(
        "required-unknown",
        Group::Structure,
        "a required property that the schema does not describe",
        "Nothing is known of it, so no field is generated for it.",
    ),
    row(
        "reserved-header",
        Group::Structure,
        "a header that OpenAPI keeps for itself",
        "It is described by the media type or the security scheme, and ignored here.",
    ),
    row(
        "nullable-elsewhere",
        Group::Structure,
        "`nullable` in a document of OpenAPI 3.1 or later",
        "It is no keyword there, so `null` is refused.",
    ),
    row(
        "nullable-without-type",
        Group::Structure,
        "`nullable` without a `type` beside it",
        "It adds `null` to that type only, so here it does nothing.",
    ),
    row(
        "optional-discriminator",
        Group::Structure,
        "a discriminator that an alternative need not have",
        "Without it, the alternatives are tried one after the other.",
    ),
    row(
        "security-unsaid",
        Group::Security,
        "an operation does not say who may call, in a document that has schemes",
        "Silence means that everybody may, which the schemes say was not meant; `security: []` alone says it.",
    ),
    row(
        "sent-twice",
        Group::Events,
        "a message that is sent over two channels of one bus",
        "Receivers see source and detail-type, which are equal, and cannot tell the channels apart.",
    ),
    row(
        "text-unchecked",
        Group::Structure,
        "text that the contract describes as an object",
        "It is passed on as it is: XML and CSV are not taken apart.",
    ),
    row(
        "untyped-object",
        Group::Structure,
        "keywords of objects in a schema that names no type",
        "Such a schema takes every other value too, so its type is an object or anything.",
    ),
    row(
        "unknown-format",
        Group::Structure,
        "a format that is not checked",
        "Any text is accepted; a `pattern` is checked.",
    ),
    row(
        "workflow-header",
        Group::Structure,
        "a workflow reads a header that no response declares",
        "A contract that does not declare a header promises nothing of it.",
    ),
    row(
        "workflow-not-driven",
        Group::Structure,
        "a workflow says something that the load test leaves out",
        "The load test then does less than the workflow, and measures something else.",
    ),
    row(
        "workflow-read-only",
        Group::Structure,
        "a workflow sends a read-only property",
        "The service ignores it, so the workflow does not do what it says.",
    ),
    row(
        "workflow-uncorrelated",
        Group::Events,
        "a step of a workflow receives any message",
        "Where several clients run at once, each would take the messages of the others for its own.",
    ),
];
