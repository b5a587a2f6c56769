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
        "buses or event sources use default names",
        "The contracts and `spec/defaults.yaml` do not name them, so readers cannot tell where an event goes.",
    ),
    row(
        "bad-default",
        Group::Structure,
        "a default that does not match its schema",
        "Filling it in would make every request invalid that omits the value, so there is no default: what is left out is absent.",
    ),
    row(
        "bad-example",
        Group::Docs,
        "an example does not match its schema",
        "People copy examples first, and `verify` sends them to a running stage.",
    ),
    row(
        "beside-ref",
        Group::Structure,
        "a key next to `$ref` is ignored",
        "The key has no effect. Wrap the reference in `allOf` to combine it with other keys.",
    ),
    row(
        "body-not-allowed",
        Group::Structure,
        "a `GET`, `HEAD` or `DELETE` with a body, which is ignored",
        "HTTP gives such a body no meaning: proxies drop it, and OpenAPI says to ignore it. Its content is lost.",
    ),
    row(
        "consumer-of-nothing",
        Group::Structure,
        "a registered consumer uses an operation or event that does not exist",
        "No change can affect it, so `diff` never names this consumer. Often the path lacks the base path of `servers`.",
    ),
    row(
        "correlation-in-header",
        Group::Events,
        "a correlation ID is in a header",
        "EventBridge events have no headers, so the ID is lost.",
    ),
    row(
        "correlation-nowhere",
        Group::Events,
        "a correlation ID is not in the payload",
        "Receivers that correlate messages by it find no value.",
    ),
    row(
        "discriminator-as-text",
        Group::Structure,
        "a discriminator that is a string, as in AsyncAPI",
        "Other tools ignore it: in OpenAPI it is an object with `propertyName`.",
    ),
    row(
        "document-not-read",
        Group::Structure,
        "a contract that is in no place where contracts are read",
        "It is ignored, so what it describes is neither generated nor checked.",
    ),
    row(
        "enum-twice",
        Group::Structure,
        "a value that an enumeration lists twice",
        "It is one value; probably another one was meant.",
    ),
    row(
        "enum-type",
        Group::Structure,
        "an `enum` value does not match the type",
        "No client can send it. An unquoted `true` or `3` is not a string, but was probably meant to be one.",
    ),
    row(
        "events-buffered",
        Group::Structure,
        "server-sent events, which API Gateway sends as one text",
        "Clients get all events at once, when the operation has written the last one.",
    ),
    row(
        "few-tries",
        Group::Events,
        "a message moves to the dead-letter queue after few receives",
        "Receives by a throttled function count too, and one failing message in a batch can affect the others.",
    ),
    row(
        "foreign-extension",
        Group::Structure,
        "an extension that resembles one of the generator's, or is one in another place",
        "It is left to other tools; where it was meant for this one, what it says is lost.",
    ),
    row(
        "foreign-key",
        Group::Structure,
        "a key that the specification does not define",
        "It has no effect. Extensions for other tools start with `x-`.",
    ),
    row(
        "form-unchecked",
        Group::Structure,
        "a form of parts whose schema says more than what each part is",
        "Parts are read one by one; which of them belong together is for the operation to check.",
    ),
    row(
        "fragment-in-path",
        Group::Structure,
        "a path with a fragment, which no request has",
        "It is served without the fragment, so clients that are generated from the document may ask for another route.",
    ),
    row(
        "gateway-extension",
        Group::Structure,
        "an API Gateway extension that the template ignores",
        "It has no effect, so the deployed API differs from the contract.",
    ),
    row(
        "ignored-constraint",
        Group::Structure,
        "a constraint does not apply to the type of its schema",
        "It has no effect, so values are accepted that should be refused.",
    ),
    row(
        "ignored-key",
        Group::Structure,
        "a keyword that generated code ignores",
        "The contract promises something that generated code does not enforce.",
    ),
    row(
        "message-as-schema",
        Group::Structure,
        "a schema refers to a message",
        "It is read as the schema of the message's payload, which other tools may not do.",
    ),
    row(
        "projection-leaves-out",
        Group::Data,
        "a query answers with items that lack what its index does not hold",
        "Clients cannot tell a property that is not there from one that the index leaves out.",
    ),
    row(
        "key-may-be-empty",
        Group::Data,
        "a table key may be an empty string",
        "DynamoDB refuses it, so the request fails late, without a reason that the caller can see.",
    ),
    row(
        "link-body",
        Group::Structure,
        "a link with a body to an operation without one",
        "Whoever follows the link sends no body, so the contract describes what never happens.",
    ),
    row(
        "link-parameter",
        Group::Structure,
        "a link with a parameter that the operation does not have",
        "The value is not sent, so the link leads elsewhere than it says.",
    ),
    row(
        "link-to-nowhere",
        Group::Structure,
        "a link to an operation that does not exist",
        "Nobody can follow it: it is a misspelt name, or the operation is in another document.",
    ),
    row(
        "long-name",
        Group::Naming,
        "a physical name leaves little room for the stack name",
        "The stack name precedes every name, so a stack with a longer name cannot be deployed.",
    ),
    row(
        "many-resources",
        Group::Limits,
        "more parts of paths than API Gateway allows by default",
        "The deployment fails unless the account's quota was raised.",
    ),
    row(
        "mapping",
        Group::Structure,
        "a discriminator value that does not refer to an alternative",
        "A value with it matches no alternative, so it is refused.",
    ),
    row(
        "media-type-odd",
        Group::Structure,
        "a media type that does not exist",
        "Clients send another one and get a `415` response. Often it is misspelled.",
    ),
    row(
        "media-type-unused",
        Group::Structure,
        "an unsupported media type among others is skipped",
        "Requests with this media type are refused, and no response uses it.",
    ),
    Rule {
        level: Some(Level::Info),
        ..row(
            "merge-key",
            Group::Structure,
            "a YAML merge key (`<<`), which YAML 1.2 does not have",
            "Some parsers merge, others read an ordinary key, so tools disagree about the contract.",
        )
    },
    row(
        "never-published",
        Group::Events,
        "an event that no operation publishes",
        "No function gets permission to put it on the bus, so receivers wait forever.",
    ),
    row(
        "never-received",
        Group::Events,
        "an event that no service receives",
        "It is sent and dropped. Often the bus, source or detail-type of the receiver is misspelled.",
    ),
    row(
        "never-sent",
        Group::Events,
        "an event that no service sends",
        "Its receiver waits forever, unless another system sends it.",
    ),
    row(
        "never-valid",
        Group::Structure,
        "an enumeration without a value of its type",
        "Every value is refused, so nobody can use what the schema describes.",
    ),
    row(
        "no-dead-letters",
        Group::Events,
        "a queue or function without a dead-letter queue",
        "Failed messages are lost, nobody is notified, and nothing can be redriven.",
    ),
    row(
        "no-message",
        Group::Events,
        "an operation without messages",
        "No code is generated for it.",
    ),
    row(
        "no-operation",
        Group::Events,
        "an AsyncAPI document without operations",
        "Channels do not say who sends and who receives, so no code is generated for them.",
    ),
    row(
        "no-redrive",
        Group::Events,
        "a dead-letter queue without `maxReceiveCount`",
        "The count decides how long a failure may last before a message is given up, so choose it explicitly.",
    ),
    row(
        "no-success",
        Group::Errors,
        "an operation has no success response",
        "It returns `204` without content. Readers of the contract learn how it fails, but not what it returns.",
    ),
    Rule {
        level: Some(Level::Info),
        ..row(
            "noted-key",
            Group::Structure,
            "a key for another protocol",
            "It is ignored: events are sent over EventBridge and SQS.",
        )
    },
    row(
        "media-type-unread",
        Group::Structure,
        "a body of which nothing is read",
        "It is passed on as text or bytes: other kinds of `multipart`, forms as responses, and streams of items are not read.",
    ),
    row(
        "null-default",
        Group::Structure,
        "`default: null` where `null` is no value",
        "Many write it for \"no default\", and that is how it is read; readers that take it literally see a default that is refused.",
    ),
    row(
        "operation-left-out",
        Group::Structure,
        "an operation whose route another one has already",
        "Only a fragment tells their paths apart, which a server never sees: requests meant for it are answered by the other.",
    ),
    row(
        "other-base-path",
        Group::Structure,
        "a server with a different base path than the first one",
        "Only one base path is served. The gateway refuses requests to the other with 403.",
    ),
    row(
        "parameter-in-address",
        Group::Events,
        "a channel parameter that is only in the address",
        "EventBridge events have no address, so receivers never see the value.",
    ),
    row(
        "path-of-other-names",
        Group::Structure,
        "two paths that differ in the names of parameters only",
        "OpenAPI takes them for one path. The template, links and workflows know the names of the first.",
    ),
    row(
        "path-parameter-nowhere",
        Group::Structure,
        "a path parameter that the path does not have",
        "No request can hold it, so it is left out.",
    ),
    row(
        "pattern-in-slashes",
        Group::Structure,
        "a pattern between slashes",
        "The slashes are part of the pattern, and no string has one before its start or after its end. JSON Schema has no flags.",
    ),
    row(
        "payload-wrapped",
        Group::Events,
        "a payload that is not an object",
        "The `detail` of an event is always an object, so the value is wrapped in one.",
    ),
    row(
        "payloads-unclear",
        Group::Events,
        "a receiver validates more than the types of a payload",
        "It is unknown whether every sent value passes that validation. Events that do not pass are not processed.",
    ),
    row(
        "reply-as-event",
        Group::Events,
        "a receiver replies, and the reply is an event of its own",
        "An event has no response: business rules publish the reply, and its address has no effect.",
    ),
    row(
        "reply-not-awaited",
        Group::Events,
        "a reply that is ignored",
        "The request is sent as an event, and events have no response.",
    ),
    row(
        "required-unknown",
        Group::Structure,
        "a required property without a schema",
        "Nothing is known about it, so no field is generated for it.",
    ),
    row(
        "reserved-header",
        Group::Structure,
        "a header that OpenAPI reserves",
        "It is described by the media type or the security scheme, and ignored here.",
    ),
    row(
        "nullable-elsewhere",
        Group::Structure,
        "`nullable` in a document of OpenAPI 3.1 or later",
        "It is not a keyword there, so `null` is refused.",
    ),
    row(
        "nullable-without-type",
        Group::Structure,
        "`nullable` without `type`",
        "It only adds `null` to a type, so it has no effect here.",
    ),
    row(
        "optional-discriminator",
        Group::Structure,
        "a discriminator property is optional in an alternative",
        "Without it, the alternatives are tried in order.",
    ),
    row(
        "flow-without-url",
        Group::Security,
        "an OAuth flow without a URL that it requires",
        "Clients cannot know where to get tokens. Verification does not use the URL.",
    ),
    row(
        "security-unsaid",
        Group::Security,
        "an operation without `security`, in a document with security schemes",
        "Anyone can call the operation, which the schemes suggest is not intended. If it is, write `security: []`.",
    ),
    row(
        "sent-twice",
        Group::Events,
        "a message that is sent through two channels of the same bus",
        "Source and detail-type are equal, so receivers cannot distinguish the channels.",
    ),
    row(
        "certificate-needs-domain",
        Group::Security,
        "an operation that requires a client certificate",
        "Only a custom domain with a truststore asks clients for certificates; at the address of API Gateway, everybody is refused.",
    ),
    row(
        "serialized-as-json",
        Group::Structure,
        "a parameter whose style OpenAPI does not define for its schema",
        "Every tool writes it in another way. Here it is one JSON text.",
    ),
    row(
        "stage-settings",
        Group::Structure,
        "settings of a stage that a deployment refuses",
        "`codegen deploy` or CloudFormation refuses them, when the functions have been built and uploaded.",
    ),
    row(
        "stream-readers",
        Group::Data,
        "a table stream with more readers than DynamoDB serves",
        "A shard of a stream serves two readers; with more, all of them are throttled and fall behind.",
    ),
    row(
        "text-unchecked",
        Group::Structure,
        "a body with an object schema that is passed on as a string",
        "XML and CSV are not parsed.",
    ),
    row(
        "trace-not-served",
        Group::Structure,
        "an operation of the method `TRACE`, which API Gateway does not have",
        "It is left out, so requests with this method are refused.",
    ),
    row(
        "type-conflict",
        Group::Structure,
        "parts of an `allOf` whose types have no value in common",
        "No value is valid, so every value is refused.",
    ),
    row(
        "untyped-object",
        Group::Structure,
        "object keywords in a schema without `type`",
        "The schema also accepts values of every other type, so its type is an object or anything.",
    ),
    row(
        "unknown-format",
        Group::Structure,
        "a format that is not checked",
        "Any string is accepted. Use a `pattern` to check it.",
    ),
    row(
        "workflow-extra-header",
        Group::Structure,
        "a step of a workflow sends a header that the operation does not declare",
        "The header is sent, but nothing in the contract says what it does.",
    ),
    row(
        "workflow-header",
        Group::Structure,
        "a workflow reads a header that no response declares",
        "The header may be absent, because the contract does not declare it.",
    ),
    row(
        "workflow-literal",
        Group::Structure,
        "a text in a workflow looks like an expression without `$`",
        "The text itself is sent, and not what it names.",
    ),
    row(
        "workflow-notation",
        Group::Structure,
        "a workflow names a target in a way that only some tools accept",
        "Other tools do not find the operation.",
    ),
    row(
        "workflow-read-only",
        Group::Structure,
        "a workflow sends a read-only property",
        "The service ignores it, so the workflow does not have the effect that it describes.",
    ),
    row(
        "workflow-uncorrelated",
        Group::Events,
        "a step of a workflow receives any message",
        "When several clients run at once, each would receive messages that are meant for others.",
    ),
];
