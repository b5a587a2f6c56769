//! The reasons for which a document that knows nothing of this generator is refused: what `README.md` lists.
//!
//! A code of [`super::index`] that is in neither list is about the generator's own keys, about AWS, or about several
//! contracts together.

/// What valid documents are refused for: codes that belong together, and why.
pub const OF_VALID: &[(&[&str], &str)] = &[
    (
        &["empty-range", "no-alternative", "nothing-fits", "required-refused"],
        "no value is valid: a minimum above the maximum, a union without alternatives, a required property that is not allowed",
    ),
    (
        &["all-of-circle", "no-finite-value"],
        "no finite value is valid: a schema that requires itself, or that is a part or an alternative of itself",
    ),
    (
        &["bad-path", "path-twice"],
        "requests are ambiguous: `?` in a path, a parameter twice in a path, `/a/{x}` beside `/a/{y}` with the same method (one path by OpenAPI). A parameter of several segments (`/{proxy+}`, `/{path*}`) and the operators of RFC 6570 (`{?page}`, `{;id}`, `{a,b}`) are not supported",
    ),
    (
        &["not-told-apart", "unsupported-style"],
        "parameters cannot be told from each other: a property of an exploded object with the name of another parameter, two objects that take any property; a style that does not fit its location",
    ),
    (
        &["parameter-content", "querystring-beside"],
        "a parameter with a media type other than JSON or plain text; `in: querystring` with anything but a form, twice, or beside `in: query`",
    ),
    (
        &["form-not-object", "no-media-type"],
        "nothing is known of a body: a form without field names; `content: {}` of a request",
    ),
    (
        &["unsupported-key"],
        "API Gateway has no such method (`query`, `additionalOperations`); `$recursiveRef`; encodings of streams",
    ),
    (
        &["bad-scheme", "security-not-enforced"],
        "nothing would enforce it: two kinds of `Authorization` required together; scopes of API keys; signatures and authorizers of the contract as one way in among others; signing keys from a URL without TLS",
    ),
    (
        &["remote-ref", "ref-outside", "unknown-dialect"],
        "nothing is fetched from other hosts or read outside of the contracts' folder; other dialects of JSON Schema",
    ),
    (
        &["not-json-message", "schema-format", "unsupported-reply"],
        "AsyncAPI: messages and schemas that are not JSON (Avro, Protocol Buffers, RAML); a `reply` without a channel",
    ),
    (
        &["message-twice", "payload-not-object", "payloads-disagree", "write-only-stored"],
        "AsyncAPI: two messages that a receiver cannot tell apart; a payload that is an object in some cases only, or that the receiver refuses; a `writeOnly` property in an event",
    ),
    (
        &[
            "alias-bomb",
            "all-of-too-deep",
            "template-too-large",
            "too-deep",
            "too-many-digits",
            "unreadable-file",
        ],
        "limits: nesting, YAML aliases that expand, 38 digits in a number, the size of a CloudFormation template, files that are not UTF-8",
    ),
    (
        &["other-version"],
        "Swagger 2 and AsyncAPI 1 and 2; the message shows a command that converts them",
    ),
];

/// What documents that violate their own specification are refused for.
pub const OF_INVALID: &[&str] = &[
    "anchor-cycle",
    "bad-expression",
    "bad-http-scheme",
    "bad-operation-id",
    "bad-status",
    "bad-wire-name",
    "both-ways",
    "complex-key",
    "described-twice",
    "duplicate-key",
    "empty-file",
    "exclusive-flag",
    "foreign-tag",
    "items-list",
    "message-of-other-channel",
    "misplaced-keyword",
    "missing-key",
    "multiple-of",
    "no-ref-here",
    "no-schema",
    "no-version",
    "not-a-choice",
    "not-json",
    "nothing-described",
    "operation-id-twice",
    "other-standard",
    "parameter-twice",
    "path-parameter-optional",
    "pattern",
    "ref-circle",
    "ref-kind",
    "several-documents",
    "undeclared-path-parameter",
    "unknown-key",
    "unknown-scheme",
    "unresolved-ref",
    "wrong-kind",
    "yaml-syntax",
];

/// Why a document is refused with a code; `None` where neither list has it.
#[must_use]
pub fn reason(code: &str) -> Option<&'static str> {
    let valid = OF_VALID.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, why)| *why);
    valid.or_else(|| OF_INVALID.contains(&code).then_some(VIOLATION))
}

/// The reason of every code of [`OF_INVALID`].
pub const VIOLATION: &str = "the document violates its own specification";
