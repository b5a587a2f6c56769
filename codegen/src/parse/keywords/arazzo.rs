//! Arazzo 1.0 and 1.1, as one table: what 1.1 added is told apart by [`SINCE_1_1`].

use crate::parse::node::{Node, Value};
use crate::parse::shape::{Field, Form, Shape, honoured};

use super::ours;
use super::schema::SCHEMA_FORM;

/// The keys of each kind of object that Arazzo 1.1 added.
pub const SINCE_1_1: &[(&str, &[&str])] = &[
    (DOCUMENT_NAME, &["$self"]),
    (STEP_NAME, &["channelPath", "action", "correlationId", "timeout", "dependsOn"]),
    (ACTION_NAME, &["parameters"]),
    (REPLACEMENT_NAME, &["targetSelectorType"]),
];

/// What the shape of a document is called.
pub const DOCUMENT_NAME: &str = "Arazzo document";
/// What the shape of a step is called.
pub const STEP_NAME: &str = "step";
/// What the shape of an action is called.
pub const ACTION_NAME: &str = "action";
/// What the shape of a replacement is called.
pub const REPLACEMENT_NAME: &str = "replacement";

/// An unknown key is an error in every object of Arazzo, as the standard says; `$ref` is not one of its keys.
const fn object(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: false, beside_ref: false, ours: true }
}

/// An Arazzo document.
pub static DOCUMENT: Shape = object(
    DOCUMENT_NAME,
    &[
        honoured("arazzo", Form::Text),
        // What editors of JSON go by; the standard's own schema permits it nowhere, and it changes nothing.
        honoured("$schema", Form::Text),
        honoured("$self", Form::Text),
        honoured("info", Form::Object(&INFO)),
        honoured("sourceDescriptions", Form::List(&Form::Object(&SOURCE))),
        honoured("workflows", Form::List(&Form::Object(&WORKFLOW))),
        honoured("components", Form::Object(&COMPONENTS)),
    ],
    &["arazzo", "info", "sourceDescriptions", "workflows"],
);

static INFO: Shape = object(
    "info",
    &[
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("version", Form::Text),
    ],
    &["title", "version"],
);

static SOURCE: Shape = object(
    "source description",
    &[
        honoured("name", Form::Text),
        honoured("url", Form::Text),
        honoured("type", Form::Choice(&["openapi", "asyncapi", "arazzo"])),
    ],
    &["name", "url"],
);

static WORKFLOW: Shape = object(
    "workflow",
    &[
        honoured("workflowId", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("inputs", SCHEMA_FORM),
        honoured("dependsOn", Form::List(&Form::Text)),
        honoured("steps", Form::List(&Form::Object(&STEP))),
        honoured("successActions", Form::List(&SUCCESS_ACTION_FORM)),
        honoured("failureActions", Form::List(&FAILURE_ACTION_FORM)),
        honoured("outputs", Form::Map(&OUTPUT_FORM)),
        honoured("parameters", Form::List(&PARAMETER_FORM)),
        honoured("x-workload", Form::Object(&ours::LOAD)),
    ],
    &["workflowId", "steps"],
);

static STEP: Shape = object(
    STEP_NAME,
    &[
        honoured("stepId", Form::Text),
        honoured("description", Form::Text),
        honoured("operationId", Form::Text),
        honoured("operationPath", Form::Text),
        honoured("channelPath", Form::Text),
        honoured("workflowId", Form::Text),
        honoured("action", Form::Choice(&["send", "receive"])),
        honoured("parameters", Form::List(&PARAMETER_FORM)),
        honoured("requestBody", Form::Object(&REQUEST_BODY)),
        honoured("successCriteria", Form::List(&Form::Object(&CRITERION))),
        honoured("onSuccess", Form::List(&SUCCESS_ACTION_FORM)),
        honoured("onFailure", Form::List(&FAILURE_ACTION_FORM)),
        honoured("outputs", Form::Map(&OUTPUT_FORM)),
        honoured("timeout", Form::Count),
        honoured("correlationId", Form::Text),
        honoured("dependsOn", Form::List(&Form::Text)),
        honoured("x-promise", Form::Object(&ours::PROMISE)),
    ],
    &["stepId"],
);

/// A parameter, or a reference to one of the components.
const PARAMETER_FORM: Form = Form::Choose(parameter_form);
const SUCCESS_ACTION_FORM: Form = Form::Choose(success_action_form);
const FAILURE_ACTION_FORM: Form = Form::Choose(failure_action_form);
/// A runtime expression, an object that selects a part of what one leads to, or a fixed value.
const OUTPUT_FORM: Form = Form::Choose(output_form);

fn is_reusable(node: &Node) -> bool {
    node.get("reference").is_some() && node.get("name").is_none()
}

fn parameter_form(node: &Node) -> Form {
    Form::Object(if is_reusable(node) { &REUSABLE_PARAMETER } else { &PARAMETER })
}

fn success_action_form(node: &Node) -> Form {
    Form::Object(if is_reusable(node) { &REUSABLE } else { &SUCCESS_ACTION })
}

fn failure_action_form(node: &Node) -> Form {
    Form::Object(if is_reusable(node) { &REUSABLE } else { &FAILURE_ACTION })
}

fn output_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&SELECTOR),
        Value::Null | Value::Flag(_) | Value::Number(_) => Form::Any,
        _ => Form::Text,
    }
}

/// A kind of expression by its name, or with its version.
fn expression_type_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&EXPRESSION_TYPE),
        _ => Form::Text,
    }
}

static REUSABLE: Shape =
    object("reusable object", &[honoured("reference", Form::Text)], &["reference"]);

static REUSABLE_PARAMETER: Shape = object(
    "reusable parameter",
    &[honoured("reference", Form::Text), honoured("value", Form::Any)],
    &["reference"],
);

static PARAMETER: Shape = object(
    "parameter",
    &[
        honoured("name", Form::Text),
        honoured("in", Form::Choice(&["path", "query", "querystring", "header", "cookie"])),
        honoured("value", Form::Any),
    ],
    &["name", "value"],
);

static REQUEST_BODY: Shape = object(
    "requestBody",
    &[
        honoured("contentType", Form::Text),
        honoured("payload", Form::Any),
        honoured("replacements", Form::List(&Form::Object(&REPLACEMENT))),
    ],
    &[],
);

static REPLACEMENT: Shape = object(
    REPLACEMENT_NAME,
    &[
        honoured("target", Form::Text),
        honoured("targetSelectorType", Form::Choose(expression_type_form)),
        honoured("value", Form::Any),
    ],
    &["target", "value"],
);

static CRITERION: Shape = object(
    "criterion",
    &[
        honoured("context", Form::Text),
        honoured("condition", Form::Text),
        honoured("type", Form::Choose(expression_type_form)),
        honoured("version", Form::Text),
    ],
    &["condition"],
);

static EXPRESSION_TYPE: Shape = object(
    "expression type",
    &[
        honoured("type", Form::Choice(&["jsonpath", "xpath", "jsonpointer"])),
        honoured("version", Form::Text),
    ],
    &["type", "version"],
);

static SELECTOR: Shape = object(
    "selector",
    &[
        honoured("context", Form::Text),
        honoured("selector", Form::Text),
        honoured("type", Form::Choose(expression_type_form)),
    ],
    &["context", "selector", "type"],
);

static SUCCESS_ACTION: Shape = object(
    ACTION_NAME,
    &[
        honoured("name", Form::Text),
        honoured("type", Form::Choice(&["end", "goto"])),
        honoured("workflowId", Form::Text),
        honoured("stepId", Form::Text),
        honoured("parameters", Form::List(&PARAMETER_FORM)),
        honoured("criteria", Form::List(&Form::Object(&CRITERION))),
    ],
    &["name", "type"],
);

static FAILURE_ACTION: Shape = object(
    ACTION_NAME,
    &[
        honoured("name", Form::Text),
        honoured("type", Form::Choice(&["end", "goto", "retry"])),
        honoured("workflowId", Form::Text),
        honoured("stepId", Form::Text),
        honoured("parameters", Form::List(&PARAMETER_FORM)),
        honoured("retryAfter", Form::Number),
        honoured("retryLimit", Form::Count),
        honoured("criteria", Form::List(&Form::Object(&CRITERION))),
    ],
    &["name", "type"],
);

static COMPONENTS: Shape = object(
    "components",
    &[
        honoured("inputs", Form::Map(&SCHEMA_FORM)),
        honoured("parameters", Form::Map(&Form::Object(&PARAMETER))),
        honoured("successActions", Form::Map(&Form::Object(&SUCCESS_ACTION))),
        honoured("failureActions", Form::Map(&Form::Object(&FAILURE_ACTION))),
    ],
    &[],
);
