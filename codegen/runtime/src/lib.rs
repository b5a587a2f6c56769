//! The runtime that generated code calls.
//!
//! **Values.** [`Decode`] reads a value from JSON, from a stored attribute or from a request parameter, and reports
//! every contract violation at once. [`Encode`] writes it to any of the three. A [`Text`] or [`Scalar`] has the
//! constraints of a contract and cannot hold an invalid value: see [`TextRules`] and [`NumberRules`].
//!
//! **Functions.** [`serve_api`], [`serve_queue`], [`serve_event`] and [`serve_stream`] run a function: they poll the Lambda
//! Runtime API and call generated code. [`Parts`] reads a request into the input of an [`Operation`]; a [`Reply`] is its
//! response. [`Style`] describes how arrays and objects are serialized in parameters and forms, and [`FormData`] is a
//! form with files. Every error that a client sees is a [`Problem`]; every other error is a [`Failure`], which is
//! only logged.
//!
//! **AWS.** [`Table`] accesses DynamoDB, [`Bus`] publishes to EventBridge, and a [`Secret`] is a value in Secrets Manager or
//! Parameter Store.
//!
//! **Callers.** [`serve_authorizer`] runs the Lambda authorizer of the API. An operation gets the authenticated
//! [`Caller`] from its [`Context`].

mod attribute;
mod authorizer;
mod aws;
mod body;
mod bus;
mod caller;
pub mod client;
mod context;
mod cors;
mod decode;
mod encode;
mod etag;
mod failure;
mod idempotency;
pub mod json;
pub mod log;
mod metrics;
mod operation;
mod parts;
mod problem;
mod problem_fields;
mod request;
mod response;
mod route;
pub mod rules;
mod schema;
mod secret;
mod serve;
mod style;
mod table;
mod value;

pub use attribute::{Attribute, AttributeError, Unstorable, from_item, to_item, unstorable};
pub use authorizer::{
    Asked, ClientCertificate, Credentials, Guarded, Guards, Identity, KeyPlace, Scheme, Verdict,
    Verify, run_authorizer, run_authorizer_with, serve_authorizer,
};
pub use aws::Aws;
pub use body::{File, FilePart, Form, FormData, FormWriter};
pub use bus::{Bus, Entry, PublishError};
pub use caller::{Access, Caller, Denied, Means, Requirement};
pub use context::{Context, EventContext};
pub use cors::Cors;
pub use decode::{
    Alternative, At, Decode, Invalid, ListRules, Object, Reader, Violation, Violations, boxed,
    decode_body, decode_body_as, decode_default, decode_enum, decode_json, decode_text,
    decode_texts, decode_tree, exactly_one, example, example_with, first, list, list_of, map,
    map_of, nullable, preset, preset_as, secret, tagged, tagged_or,
};
pub use encode::{Encode, Sink, encode_tagged, only_text, to_json, to_text, to_texts, to_value};
pub use etag::{Preconditions, etag, if_match, must_be_new};
pub use failure::Failure;
pub use idempotency::{Idempotency, handle_once};
pub use json::Json;
pub use operation::{Operation, Owned, handle};
pub use parts::{Body, Parameter, Parts};
pub use problem::{Details, Problem, reason_phrase};
pub use problem_fields::ProblemField;
pub use request::{Request, fill_path, percent_encode};
pub use response::{Reply, Response};
pub use rules::{NumberRules, Pattern, Redacted, Scalar, Text, TextFormat, TextRules};
pub use scalars::format;
pub use schema::{Schemas, checked};
pub use secret::{Secret, SecretError};
pub use serve::{
    ApiHandler, Change, Error, Event, EventError, EventHandler, KeyOnly, StreamHandler, View,
    WholeItem, respond, serve_api, serve_event, serve_queue, serve_stream,
};
pub use style::{Shape, Style};
pub use table::{
    Attributes, Composed, Condition, Field, Index, Item, ItemKey, KeyNames, Layout, Page, Patched,
    Query, Reason, SetOf, StateOf, Table, TableError, Transacted, Transaction, Transitions, Update,
    Updated, Written, composed_key, partition_key, sorted_key,
};
pub use value::{Bytes, Date, Decimal, DecimalString, Maybe, Sensitive, Timestamp, Uuid};
