//! OpenAPI 3.0.

use crate::parse::shape::{Field, Form, Shape, honoured, ignored, refused};

use super::ours;
use super::schema::SCHEMA_FORM;

const fn object(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: false, ours: false }
}

const fn referable(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: true, ours: false }
}

/// An OpenAPI document.
pub static DOCUMENT: Shape = object(
    "OpenAPI document",
    &[
        honoured("openapi", Form::Text),
        honoured("info", Form::Object(&INFO)),
        honoured("servers", Form::Any),
        honoured("paths", Form::Patterned(&Form::Object(&PATH_ITEM))),
        honoured("components", Form::Object(&COMPONENTS)),
        honoured("security", SECURITY),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("x-lambda", Form::Object(&ours::LAMBDA)),
        ignored("webhooks", "requests that a service sends come from AsyncAPI documents"),
    ],
    &["openapi", "info", "paths"],
);

static INFO: Shape = object(
    "info",
    &[
        honoured("title", Form::Text),
        honoured("version", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("termsOfService", Form::Any),
        honoured("contact", Form::Any),
        honoured("license", Form::Any),
    ],
    &["title", "version"],
);

const SECURITY: Form = Form::List(&Form::Map(&Form::List(&Form::Text)));

static COMPONENTS: Shape = object(
    "components",
    &[
        honoured("schemas", Form::Map(&SCHEMA_FORM)),
        honoured("responses", Form::Map(&Form::Object(&RESPONSE))),
        honoured("parameters", Form::Map(&Form::Object(&PARAMETER))),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        honoured("requestBodies", Form::Map(&Form::Object(&REQUEST_BODY))),
        honoured("headers", Form::Map(&Form::Object(&HEADER))),
        honoured("securitySchemes", Form::Map(&Form::Any)),
        honoured("links", Form::Map(&Form::Object(&LINK))),
        honoured("callbacks", Form::Any),
    ],
    &[],
);

/// A path item.
pub static PATH_ITEM: Shape = referable(
    "path item",
    &[
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("servers", Form::Any),
        honoured("parameters", Form::List(&Form::Object(&PARAMETER))),
        honoured("get", Form::Object(&OPERATION)),
        honoured("put", Form::Object(&OPERATION)),
        honoured("post", Form::Object(&OPERATION)),
        honoured("delete", Form::Object(&OPERATION)),
        honoured("options", Form::Object(&OPERATION)),
        honoured("head", Form::Object(&OPERATION)),
        honoured("patch", Form::Object(&OPERATION)),
        honoured("trace", Form::Object(&OPERATION)),
    ],
    &[],
);

/// An operation.
pub static OPERATION: Shape = object(
    "operation",
    &[
        honoured("operationId", Form::Text),
        honoured("tags", Form::List(&Form::Text)),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("externalDocs", Form::Any),
        honoured("parameters", Form::List(&Form::Object(&PARAMETER))),
        honoured("requestBody", Form::Object(&REQUEST_BODY)),
        honoured("responses", Form::Patterned(&Form::Object(&RESPONSE))),
        honoured("deprecated", Form::Flag),
        honoured("security", SECURITY),
        honoured("servers", Form::Any),
        ignored(
            "callbacks",
            "nothing is generated that calls back; describe what the service sends in AsyncAPI",
        ),
        honoured("x-dynamodb", Form::Object(&ours::DYNAMODB)),
        honoured("x-dynamodb-access", ours::DYNAMODB_ACCESS),
        honoured("x-publishes", Form::List(&Form::Text)),
        honoured("x-sunset", Form::Text),
        refused(
            "x-idempotency",
            "this extension is reserved; take the key as a header parameter for now",
        ),
    ],
    &["responses"],
);

/// A parameter.
pub static PARAMETER: Shape = referable(
    "parameter",
    &[
        honoured("name", Form::Text),
        honoured("in", Form::Choice(&["path", "query", "header", "cookie"])),
        honoured("description", Form::Text),
        honoured("required", Form::Flag),
        honoured("deprecated", Form::Flag),
        honoured("style", Form::Text),
        honoured("explode", Form::Flag),
        honoured("schema", SCHEMA_FORM),
        honoured("example", Form::Any),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        honoured("x-sensitive", Form::Flag),
        honoured("x-sunset", Form::Text),
        ignored("allowReserved", "a value is decoded in any case"),
        ignored("allowEmptyValue", "an empty value is a value like any other"),
        refused("content", "write `schema`; a parameter is text, not a document"),
    ],
    &["name", "in"],
);

/// A response header.
pub static HEADER: Shape = referable(
    "header",
    &[
        honoured("description", Form::Text),
        honoured("required", Form::Flag),
        honoured("deprecated", Form::Flag),
        honoured("style", Form::Text),
        honoured("explode", Form::Flag),
        honoured("schema", SCHEMA_FORM),
        honoured("example", Form::Any),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        refused("content", "write `schema`; a header is text, not a document"),
    ],
    &[],
);

/// A request body.
pub static REQUEST_BODY: Shape = referable(
    "request body",
    &[
        honoured("description", Form::Text),
        honoured("required", Form::Flag),
        honoured("content", Form::Map(&Form::Object(&MEDIA_TYPE))),
    ],
    &["content"],
);

static MEDIA_TYPE: Shape = object(
    "media type",
    &[
        honoured("schema", SCHEMA_FORM),
        honoured("example", Form::Any),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        ignored("encoding", "it is about forms, and a body is JSON"),
    ],
    &[],
);

/// A response.
pub static RESPONSE: Shape = referable(
    "response",
    &[
        honoured("description", Form::Text),
        honoured("headers", Form::Map(&Form::Object(&HEADER))),
        honoured("content", Form::Map(&Form::Object(&MEDIA_TYPE))),
        honoured("links", Form::Map(&Form::Object(&LINK))),
    ],
    &["description"],
);

/// A link.
pub static LINK: Shape = referable(
    "link",
    &[
        honoured("operationId", Form::Text),
        honoured("parameters", Form::Map(&Form::Any)),
        honoured("description", Form::Text),
        honoured("server", Form::Any),
        honoured("requestBody", Form::Any),
        ignored("operationRef", "name the operation by `operationId`"),
    ],
    &[],
);

/// An example.
pub static EXAMPLE: Shape = referable(
    "example",
    &[
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("value", Form::Any),
        ignored("externalValue", "it is not read; write the example as `value`"),
    ],
    &[],
);
