//! OpenAPI 3.0, 3.1 and 3.2, as one table: a key of a later version is read in a document of an earlier one too.

use crate::parse::shape::{Field, Form, Shape, honoured, ignored, refused};

use super::ours;
use super::schema::SCHEMA_FORM;

const fn object(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: false, beside_ref: false, ours: false }
}

const fn referable(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: true, beside_ref: false, ours: false }
}

/// An OpenAPI document of version 3.0.
pub static DOCUMENT: Shape = object("OpenAPI document", FIELDS, &["openapi", "info", "paths"]);

/// An OpenAPI document of version 3.1 or later: one without paths describes webhooks, or what others refer to.
pub static LATER_DOCUMENT: Shape = object("OpenAPI document", FIELDS, &["openapi", "info"]);

static FIELDS: &[Field] = &[
    honoured("openapi", Form::Text),
    honoured("$self", Form::Text),
    honoured("info", Form::Object(&INFO)),
    honoured("jsonSchemaDialect", Form::Text),
    honoured("servers", SERVERS),
    honoured("paths", Form::Patterned(&Form::Object(&PATH_ITEM))),
    honoured("components", Form::Object(&COMPONENTS)),
    honoured("security", SECURITY),
    honoured("tags", Form::List(&Form::Object(&TAG))),
    honoured("externalDocs", Form::Object(&EXTERNAL_DOCS)),
    honoured("x-cors", Form::Choose(ours::cors_form)),
    honoured("x-lambda", Form::Object(&ours::LAMBDA)),
    ignored("webhooks", "webhooks are not generated; describe what the service sends in AsyncAPI"),
];

static INFO: Shape = object(
    "info",
    &[
        honoured("title", Form::Text),
        honoured("version", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("termsOfService", Form::Text),
        honoured("contact", Form::Object(&CONTACT)),
        honoured("license", Form::Object(&LICENSE)),
    ],
    &["title", "version"],
);

static CONTACT: Shape = object(
    "contact",
    &[honoured("name", Form::Text), honoured("url", Form::Text), honoured("email", Form::Text)],
    &[],
);

static LICENSE: Shape = object(
    "license",
    &[
        honoured("name", Form::Text),
        honoured("identifier", Form::Text),
        honoured("url", Form::Text),
    ],
    &["name"],
);

static EXTERNAL_DOCS: Shape = object(
    "externalDocs",
    &[honoured("url", Form::Text), honoured("description", Form::Text)],
    &["url"],
);

static TAG: Shape = object(
    "tag",
    &[
        honoured("name", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("externalDocs", Form::Object(&EXTERNAL_DOCS)),
        honoured("parent", Form::Text),
        honoured("kind", Form::Text),
    ],
    &["name"],
);

const SERVERS: Form = Form::List(&Form::Object(&SERVER));

static SERVER: Shape = object(
    "server",
    &[
        honoured("url", Form::Text),
        honoured("name", Form::Text),
        honoured("description", Form::Text),
        honoured("variables", Form::Map(&Form::Object(&SERVER_VARIABLE))),
    ],
    &["url"],
);

static SERVER_VARIABLE: Shape = object(
    "server variable",
    &[
        honoured("default", Form::Text),
        honoured("enum", Form::List(&Form::Text)),
        honoured("description", Form::Text),
    ],
    &["default"],
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
        honoured("securitySchemes", Form::Map(&Form::Object(&SECURITY_SCHEME))),
        honoured("links", Form::Map(&Form::Object(&LINK))),
        honoured("callbacks", Form::Any),
        honoured("pathItems", Form::Map(&Form::Object(&PATH_ITEM))),
        honoured("mediaTypes", Form::Map(&Form::Object(&MEDIA_TYPE))),
    ],
    &[],
);

/// A security scheme.
pub static SECURITY_SCHEME: Shape = referable(
    "security scheme",
    &[
        honoured("type", Form::Choice(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        honoured("description", Form::Text),
        honoured("name", Form::Text),
        honoured("in", Form::Text),
        honoured("scheme", Form::Text),
        honoured("bearerFormat", Form::Text),
        honoured("flows", Form::Object(&FLOWS)),
        honoured("openIdConnectUrl", Form::Text),
        honoured("oauth2MetadataUrl", Form::Text),
        honoured("deprecated", Form::Flag),
        honoured("x-jwt", Form::Object(&ours::JWT)),
        honoured("x-amazon-apigateway-authtype", Form::Text),
        honoured("x-amazon-apigateway-authorizer", Form::Map(&Form::Any)),
    ],
    &["type"],
);

/// The flows by which clients get tokens.
static FLOWS: Shape = object(
    "set of OAuth flows",
    &[
        honoured("implicit", Form::Object(&FLOW)),
        honoured("password", Form::Object(&FLOW)),
        honoured("clientCredentials", Form::Object(&FLOW)),
        honoured("authorizationCode", Form::Object(&FLOW)),
        honoured("deviceAuthorization", Form::Object(&FLOW)),
    ],
    &[],
);

static FLOW: Shape = object(
    "OAuth flow",
    &[
        honoured("authorizationUrl", Form::Text),
        honoured("deviceAuthorizationUrl", Form::Text),
        honoured("tokenUrl", Form::Text),
        honoured("refreshUrl", Form::Text),
        honoured("scopes", Form::Map(&Form::Any)),
    ],
    &[],
);

/// A path item.
pub static PATH_ITEM: Shape = Shape {
    name: "path item",
    fields: &[
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("servers", SERVERS),
        honoured("parameters", Form::List(&Form::Object(&PARAMETER))),
        honoured("get", Form::Object(&OPERATION)),
        honoured("put", Form::Object(&OPERATION)),
        honoured("post", Form::Object(&OPERATION)),
        honoured("delete", Form::Object(&OPERATION)),
        honoured("options", Form::Object(&OPERATION)),
        honoured("head", Form::Object(&OPERATION)),
        honoured("patch", Form::Object(&OPERATION)),
        honoured("trace", Form::Object(&OPERATION)),
        refused("query", OTHER_METHOD),
        refused("additionalOperations", OTHER_METHOD),
    ],
    required: &[],
    referable: true,
    beside_ref: true,
    ours: false,
};

const OTHER_METHOD: &str =
    "API Gateway supports GET, PUT, POST, DELETE, OPTIONS, HEAD and PATCH; use `post`";

/// An operation.
pub static OPERATION: Shape = object(
    "operation",
    &[
        honoured("operationId", Form::Text),
        honoured("tags", Form::List(&Form::Text)),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("externalDocs", Form::Object(&EXTERNAL_DOCS)),
        honoured("parameters", Form::List(&Form::Object(&PARAMETER))),
        honoured("requestBody", Form::Object(&REQUEST_BODY)),
        honoured("responses", Form::Patterned(&Form::Object(&RESPONSE))),
        honoured("deprecated", Form::Flag),
        honoured("security", SECURITY),
        honoured("servers", SERVERS),
        ignored(
            "callbacks",
            "callbacks are not generated; describe what the service sends in AsyncAPI",
        ),
        honoured("x-dynamodb", Form::Object(&ours::DYNAMODB)),
        honoured("x-dynamodb-access", ours::DYNAMODB_ACCESS),
        honoured("x-publishes", Form::List(&Form::Text)),
        honoured("x-sunset", Form::Text),
        honoured("x-idempotency", Form::Object(&ours::IDEMPOTENCY)),
        honoured("x-objective", Form::Object(&ours::OBJECTIVE)),
    ],
    &[],
);

/// A parameter.
pub static PARAMETER: Shape = referable(
    "parameter",
    &[
        honoured("name", Form::Text),
        honoured("in", Form::Choice(&["path", "query", "header", "cookie", "querystring"])),
        honoured("description", Form::Text),
        honoured("required", Form::Flag),
        honoured("deprecated", Form::Flag),
        honoured("style", Form::Text),
        honoured("explode", Form::Flag),
        honoured("schema", SCHEMA_FORM),
        honoured("example", Form::Any),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        honoured("x-owner", Form::Choose(ours::owner_form)),
        honoured("x-sensitive", Form::Flag),
        honoured("x-sunset", Form::Text),
        honoured("content", Form::Map(&Form::Object(&MEDIA_TYPE))),
        ignored("allowReserved", "reserved characters are always decoded"),
        ignored("allowEmptyValue", "an empty value is an ordinary value"),
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
        honoured("content", Form::Map(&Form::Object(&MEDIA_TYPE))),
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

static MEDIA_TYPE: Shape = referable(
    "media type",
    &[
        honoured("schema", SCHEMA_FORM),
        honoured("example", Form::Any),
        honoured("examples", Form::Map(&Form::Object(&EXAMPLE))),
        honoured("encoding", Form::Map(&Form::Object(&ENCODING))),
        honoured("itemSchema", Form::Any),
        refused("prefixEncoding", STREAM),
        refused("itemEncoding", STREAM),
    ],
    &[],
);

const STREAM: &str = "the whole body is read at once; describe it with `schema`";

/// How a property of a form is written.
static ENCODING: Shape = object(
    "encoding",
    &[
        honoured("contentType", Form::Text),
        honoured("style", Form::Text),
        honoured("explode", Form::Flag),
        refused("encoding", STREAM),
        refused("prefixEncoding", STREAM),
        refused("itemEncoding", STREAM),
        ignored("headers", "headers of parts are ignored"),
        ignored("allowReserved", "reserved characters are always decoded"),
    ],
    &[],
);

/// A response.
pub static RESPONSE: Shape = referable(
    "response",
    &[
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("headers", Form::Map(&Form::Object(&HEADER))),
        honoured("content", Form::Map(&Form::Object(&MEDIA_TYPE))),
        honoured("links", Form::Map(&Form::Object(&LINK))),
    ],
    &[],
);

/// A link.
pub static LINK: Shape = referable(
    "link",
    &[
        honoured("operationId", Form::Text),
        honoured("parameters", Form::Map(&Form::Any)),
        honoured("description", Form::Text),
        honoured("requestBody", Form::Any),
        ignored("server", "links lead to operations of the same API, on the stage that answers"),
        ignored("operationRef", "refer to the operation with `operationId`"),
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
        honoured("dataValue", Form::Any),
        ignored(
            "serializedValue",
            "serialized examples are not read; write the example as `dataValue`",
        ),
        ignored("externalValue", "external examples are not read; write the example as `value`"),
    ],
    &[],
);
