//! Bodies: their media types, and what each holds.

use scalars::media::{essence, range_has};

use super::{examples, form};
use crate::diag::Sink;
use crate::diag::catalog::{rest as fault, shape as shape_fault, tables as table_fault};
use crate::lower::names::{self, Unique};
use crate::lower::owner::property_owner;
use crate::lower::schema::{Types, stands_for, values::Direction};
use crate::lower::written::written;
use crate::lower::{Scope, docs::docs_of_use};
use crate::model::{Body, Codec, Content, PartKind, ScalarKind, Style, TypeRef, Unread, Unserved};
use crate::parse::{Entry, Node, Value};

/// A request body.
pub(super) fn lower_body<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    node: &'a Node,
    hint: &str,
) -> Option<Body> {
    let target = scope.docs.target(node)?;
    let hint = match node.reference() {
        Some(_) => scope.docs.name_of(target),
        None => names::joined(&[hint, "body"]),
    };
    let (contents, unserved) =
        lower_contents(scope, types, target.get("content")?, &hint, Direction::Request)?;
    if !target.is_set("required") {
        check_default(scope, target.get("content")?);
    }
    Some(Body {
        contents,
        unserved,
        required: target.is_set("required"),
        docs: docs_of_use(scope, node),
        origin: scope.origin(target.span),
    })
}

/// Reports the defaults of a body that may be left out: one that is, is absent.
fn check_default(scope: Scope<'_>, content: &Node) {
    for media in content.entries() {
        let schema = scope.docs.target(&media.value).and_then(|media| media.get("schema"));
        // That of a named schema counts where a property refers to it.
        if let Some(entry) = schema.and_then(|schema| schema.entry("default")) {
            let why = "a body that is left out is absent; the defaults of its properties apply";
            scope.sink.report(shape_fault::ignored_key(entry.named(), "body", why));
        }
    }
}

/// A media type of a body, at the end of its reference. Before OpenAPI 3.2 none may be one.
pub(super) fn media_type<'a>(scope: Scope<'a>, node: &'a Node) -> Option<&'a Node> {
    if let Some(reference) = node.entry("$ref").filter(|_| scope.docs.is_before(node, "3.2")) {
        scope.sink.report(shape_fault::no_ref_here(reference.named(), "media type"));
        return None;
    }
    scope.docs.target(node)
}

/// The media types of a body, and those that nothing can be made of: a warning where another is left.
pub(super) fn lower_contents<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    content: &'a Node,
    hint: &str,
    direction: Direction,
) -> Option<(Vec<Content>, Vec<Unserved>)> {
    let mut served: Vec<(&Entry, &Node, Kind)> = vec![];
    let mut left_out: Vec<(&Entry, &Node, &'static str)> = vec![];
    for entry in content.entries() {
        super::media::check(scope, entry.key_span, &entry.key);
        let node = media_type(scope, &entry.value)?;
        match kind(scope, &entry.key, node, direction) {
            _ if served.iter().any(|(other, ..)| same_type(&other.key, &entry.key)) => {
                left_out.push((entry, node, BY_NAME));
            }
            Ok(kind) => served.push((entry, node, kind)),
            Err(why) => left_out.push((entry, node, why)),
        }
    }
    // Text that the contract describes as an object is what the JSON beside it says already.
    if served.iter().any(|(.., kind)| *kind == Kind::Json) {
        let (text, rest) = served.into_iter().partition(|(_, node, kind)| {
            *kind == Kind::Text && form::is_structured(scope, node.get("schema"))
        });
        let text: Vec<(&Entry, &Node, Kind)> = text;
        let why = "objects are served as JSON only";
        left_out.extend(text.into_iter().map(|(entry, node, _)| (entry, node, why)));
        served = rest;
    }
    if served.is_empty() {
        if left_out.is_empty() {
            scope.sink.report(fault::no_media_type(content.span));
            return None;
        }
        let (entry, node, why) = left_out.remove(0);
        scope.sink.report(fault::media_type_unread(entry.named(), why));
        served.push((entry, node, passed_on(&entry.key)));
    }
    let unserved = left_out.into_iter().map(|(entry, node, why)| {
        let is_range = |other: &Entry| range_has(&essence(&other.key), &essence(&entry.key));
        let same = served.iter().find(|(other, ..)| same_type(&other.key, &entry.key));
        let same = same.or_else(|| served.iter().find(|(other, ..)| is_range(other)));
        let read_as = same.map(|(other, ..)| other.key.as_str());
        scope.sink.report(fault::media_type_unused(entry.named(), why, read_as));
        let written = match is_beside(scope, node, &served) {
            true => node.to_json(),
            false => written(scope, node),
        };
        Unserved { media_type: entry.key.clone(), written }
    });
    let mut unserved: Vec<Unserved> = unserved.collect();
    let many = served.len() > 1;
    let is_json_beside = served.iter().any(|(.., kind)| *kind == Kind::Json);
    let mut names = Unique::default();
    let mut contents = vec![];
    for (entry, node, kind) in served {
        let name = names.name(&variant(&essence(&entry.key)));
        let may_be_left_out = is_json_beside && matches!(kind, Kind::Form | Kind::Multipart);
        let media = Media { entry, node, kind, direction, name, may_be_left_out };
        let hint = match many && kind != Kind::Json {
            // One that several bodies share is named after itself.
            _ if entry.value.reference().is_some() => scope.docs.name_of(node),
            true => names::joined(&[hint, &media.name.pascal]),
            false => hint.to_owned(),
        };
        match lower_content(scope, types, media, &hint)? {
            Some(content) => contents.push(content),
            None => {
                let why = "its schema is not a form whose values can be told apart";
                scope.sink.report(fault::media_type_unused(entry.named(), why, None));
                let written = written(scope, node);
                unserved.push(Unserved { media_type: entry.key.clone(), written });
            }
        }
    }
    part_sent(&mut contents);
    Some((contents, unserved))
}

/// Sends what a range holds under a media type that names no other kind of body beside it.
fn part_sent(contents: &mut [Content]) {
    for at in 0..contents.len() {
        let (own, sent) = (&contents[at], &contents[at].sent);
        let is_other = |other: &Content| {
            !other.is_range() && other.media_type == essence(sent) && !other.is_same_kind(own)
        };
        if own.is_range() && contents.iter().any(is_other) {
            let parameters = sent.find(';').map_or("", |at| &sent[at..]).to_owned();
            contents[at].sent = concrete(&own.media_type, &own.codec, true) + &parameters;
        }
    }
}

/// The media type that a body is sent with where the contract leaves it open; `is_named`: the usual one stands for another
/// body. Files name their own.
fn concrete(media_type: &str, codec: &Codec, is_named: bool) -> String {
    let range = media_type.split_once('/').filter(|(_, subtype)| subtype.starts_with('*'));
    let Some((family, subtype)) = range.filter(|_| *codec != Codec::Binary) else {
        return media_type.to_owned();
    };
    let is_json = *codec == Codec::Json;
    let usual = if is_json { ("application", "json") } else { ("text", "plain") };
    let family = if family == "*" { usual.0 } else { family };
    match (subtype.strip_prefix("*+"), is_named) {
        (Some(suffix), false) => format!("{family}/{suffix}"),
        (Some(suffix), true) => format!("{family}/x-any+{suffix}"),
        (None, false) => format!("{family}/{}", usual.1),
        (None, true) if is_json => format!("{family}/x-any+json"),
        (None, true) => format!("{family}/x-any"),
    }
}

/// Whether a media type that is compared has the schema of another one, which is the same reference.
fn is_beside<'a>(scope: Scope<'a>, node: &'a Node, served: &[(&'a Entry, &'a Node, Kind)]) -> bool {
    let target = |node: &'a Node| {
        let schema = node.get("schema").filter(|schema| schema.reference().is_some())?;
        stands_for(scope, schema).map(|target| target.span)
    };
    let own = target(node);
    own.is_some()
        && served.iter().any(|(_, other, kind)| *kind == Kind::Json && target(other) == own)
}

/// What a media type says besides its codec and its type: the schema of a text that is not plain text, and what a form says of
/// the text of its parts.
fn unread(scope: Scope<'_>, node: &Node, codec: &Codec) -> Unread {
    let mut found = Unread::new();
    let schema = node.get("schema").filter(|schema| {
        matches!(codec, Codec::Text | Codec::Binary) && form::is_structured(scope, Some(schema))
    });
    if let Some(schema) = schema {
        found.insert("schema".to_owned(), written(scope, schema));
    }
    if let Some(items) = node.get("itemSchema").filter(|_| *codec != Codec::Json) {
        found.insert("itemSchema".to_owned(), written(scope, items));
    }
    for entry in node.get("encoding").into_iter().flat_map(Node::entries) {
        if let Some(said) =
            entry.value.get("contentType").filter(|_| is_json_part(codec, &entry.key))
            && said.text().is_some_and(|name| !is_json(&essence(name)))
        {
            found.insert(format!("encoding.{}.contentType", entry.key), said.to_json());
        }
        for key in ["headers", "allowReserved"] {
            let said = entry.value.get(key).filter(|said| said.value != Value::Flag(false));
            if let Some(said) = said {
                found.insert(format!("encoding.{}.{key}", entry.key), written(scope, said));
            }
        }
    }
    found
}

/// Whether a part of a form is read as JSON, whatever media type the contract gives it.
fn is_json_part(codec: &Codec, name: &str) -> bool {
    let Codec::Multipart(form) = codec else { return false };
    let part = form.parts.iter().find(|part| part.name.wire == name);
    part.is_some_and(|part| match &part.kind {
        PartKind::Value { written: Some(written), .. } => written.style == Style::Json,
        PartKind::Value { .. } | PartKind::File(_) => false,
    })
}

/// One media type on its way.
struct Media<'a> {
    entry: &'a Entry,
    node: &'a Node,
    kind: Kind,
    direction: Direction,
    name: crate::model::Name,
    /// Whether it is left out where nothing can be made of it, because JSON is served beside it.
    may_be_left_out: bool,
}

/// The content of a media type; `Some(None)` for one that is left out.
fn lower_content<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    media: Media<'a>,
    hint: &str,
) -> Option<Option<Content>> {
    let node = media.node;
    if scope.docs.failed(node) {
        return None;
    }
    if essence(&media.entry.key) == EVENTS {
        scope.sink.report(fault::events_buffered(media.entry.named()));
    }
    let schema = node.get("schema");
    if let Some(entry) = node.entry("itemSchema").filter(|_| match media.kind {
        Kind::Json => true,
        kind => kind == Kind::Text && schema.is_some(),
    }) {
        let why = "`schema` describes the whole body";
        scope.sink.report(shape_fault::ignored_key(entry.named(), "media type", why));
    }
    let is_whole = matches!(media.kind, Kind::Text | Kind::Binary);
    if let Some(owner) = schema
        .filter(|_| is_whole && media.direction == Direction::Request)
        .and_then(|schema| property_owner(scope, schema))
    {
        scope.sink.report(table_fault::owner_in_text(owner.span, &essence(&media.entry.key)));
        return None;
    }
    let lowered = |types: &mut Types<'a>| match schema {
        Some(schema) => Some(types.lower(schema, hint)?.ty),
        None => Some(TypeRef::Json),
    };
    let (codec, ty) = match media.kind {
        Kind::Json => match schema {
            Some(schema) => (Codec::Json, types.lower_alone(schema, hint)?.ty),
            None => (Codec::Json, TypeRef::Json),
        },
        Kind::Form | Kind::Multipart => {
            let ty = lowered(types)?;
            let said = Sink::default();
            let aside = Scope { sink: &said, ..scope };
            let codec = match media.kind {
                Kind::Form => form::lower_form(aside, types, node, &ty).map(Codec::Form),
                _ => form::lower_multipart(aside, types, node, &ty).map(Codec::Multipart),
            };
            if codec.is_none() && media.may_be_left_out {
                return Some(None);
            }
            said.into_other(scope.sink);
            (codec?, ty)
        }
        Kind::Text => (Codec::Text, text_type(scope, types, &media, hint)?),
        Kind::Binary => {
            // Of one that is only passed on, that is said already.
            let is_passed_on = essence(&media.entry.key).starts_with("multipart/");
            if !is_passed_on && form::is_structured(scope, schema) {
                let at = schema.map_or(node.span, |schema| schema.span);
                scope.sink.report(fault::bytes_unchecked(at, &essence(&media.entry.key)));
            }
            if let Some(schema) = schema.filter(|schema| types.holds_sensitive(schema)) {
                scope.sink.report(fault::bytes_shown(schema.span));
            }
            (Codec::Binary, TypeRef::Scalar(ScalarKind::Bytes))
        }
    };
    if codec == Codec::Text
        && media.direction == Direction::Response
        && media.entry.key.contains('*')
    {
        scope.sink.report(fault::media_type_open(media.entry.named()));
    }
    let is_string = || schema.is_some_and(|schema| form::is_string(scope, schema));
    let is_open = || media.entry.key.contains('*') && is_string();
    if codec == Codec::Json && (!is_json_type(&media.entry.key) || is_open()) {
        scope.sink.report(fault::taken_for_json(media.entry.named()));
    }
    if let (Some(entry), Kind::Json | Kind::Text | Kind::Binary) =
        (node.entry("encoding"), media.kind)
    {
        let why = "only forms have parts that are encoded";
        scope.sink.report(shape_fault::ignored_key(entry.named(), "media type", why));
    }
    Some(Some(Content {
        sent: super::media::with_parameters(
            scope,
            media.entry,
            concrete(&essence(&media.entry.key), &codec, false),
        ),
        media_type: essence(&media.entry.key),
        unread: unread(scope, node, &codec),
        name: media.name,
        examples: examples::of_media(scope, types, node, (&ty, &codec), media.direction),
        codec,
        ty,
        problem: false,
    }))
}

/// What a body of text holds: a scalar with its rules, or else any text.
fn text_type<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    media: &Media<'a>,
    hint: &str,
) -> Option<TypeRef> {
    let string = TypeRef::Scalar(ScalarKind::String);
    let Some(schema) = media.node.get("schema") else { return Some(string) };
    if form::is_structured(scope, Some(schema)) {
        scope.sink.report(fault::text_unchecked(schema.span, &essence(&media.entry.key)));
        return Some(types.text_of(schema, hint));
    }
    let ty = match types.lower_alone(schema, hint)?.ty {
        TypeRef::Nullable(inner) => *inner,
        ty => ty,
    };
    Some(if types.scalar_of(&ty).is_some() { ty } else { string })
}

/// Server-sent events: one text here, because API Gateway sends no part of a response before the whole.
const EVENTS: &str = "text/event-stream";

/// How a media type is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Multipart,
    Text,
    Binary,
}

/// What can be made of a media type; the error says why nothing can.
fn kind<'a>(
    scope: Scope<'a>,
    name: &str,
    node: &'a Node,
    direction: Direction,
) -> Result<Kind, &'static str> {
    let name = essence(name);
    let (family, subtype) = name.split_once('/').unwrap_or((name.as_str(), ""));
    if name == EVENTS {
        return Ok(Kind::Text);
    }
    let is_described = is_json(&name) || node.get("schema").is_some();
    if node.get("itemSchema").is_some() && !is_described {
        return Err("API Gateway does not support streaming (`itemSchema`)");
    }
    let is_text = family == "text"
        || subtype.ends_with("xml")
        || subtype.ends_with("yaml")
        || subtype.ends_with("json-seq")
        || TEXTS.contains(&subtype);
    let is_binary = subtype == "octet-stream"
        || (["image", "audio", "video", "font", "model"].contains(&family))
        || BINARIES.contains(&subtype)
        || subtype.split(['.', '+', '-']).any(|word| BINARY_WORDS.contains(&word));
    match name.as_str() {
        "application/json" | "text/json" => Ok(Kind::Json),
        "application/x-www-form-urlencoded" | "multipart/form-data"
            if direction == Direction::Response =>
        {
            Err("a response cannot be a form")
        }
        "application/x-www-form-urlencoded" => Ok(Kind::Form),
        "multipart/form-data" => Ok(Kind::Multipart),
        _ if family == "multipart" => {
            Err("`multipart/form-data` is the only supported `multipart` type")
        }
        _ if subtype == "json" || subtype.ends_with("+json") => Ok(Kind::Json),
        _ if is_text => Ok(Kind::Text),
        _ if is_binary && !(subtype == "*" && form::is_structured(scope, node.get("schema"))) => {
            Ok(Kind::Binary)
        }
        // Anything else is what its schema says.
        _ => Ok(match node.get("schema") {
            Some(schema) if form::is_binary(scope, schema) => Kind::Binary,
            Some(schema) if form::is_string(scope, schema) && is_open_text(family, subtype) => {
                Kind::Text
            }
            None if family != "*" && subtype != "*" => Kind::Binary,
            _ => Kind::Json,
        }),
    }
}

/// Whether a string under a media type that is not known is text: not where the type that is sent for a range would be none.
fn is_open_text(family: &str, subtype: &str) -> bool {
    !subtype.contains('*') || family == "*"
}

/// Whether a media type is JSON by its name.
pub(crate) fn is_json(media_type: &str) -> bool {
    let plain = essence(media_type);
    plain.ends_with("/json") || plain.ends_with("+json")
}

/// Whether a media type is JSON, or a range that has it.
fn is_json_type(name: &str) -> bool {
    let name = essence(name);
    let subtype = name.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype.contains('*') || subtype.split(['.', '+', '-']).any(|word| word == "json")
}

/// How a body is passed on of which nothing more can be made.
fn passed_on(name: &str) -> Kind {
    match essence(name).starts_with("multipart/") {
        true => Kind::Binary,
        false => Kind::Text,
    }
}

/// Types of text outside of `text/`.
const TEXTS: &[&str] = &[
    "javascript",
    "x-javascript",
    "ecmascript",
    "graphql",
    "sql",
    "csv",
    "x-ndjson",
    "ndjson",
    "jsonl",
    "x-jsonlines",
    "jwt",
    "jose",
    "x-pem-file",
    "pem-certificate-chain",
    "toml",
    "markdown",
    "x-sh",
    "rtf",
    "svg+xml",
    "plain",
    "html",
];

/// Formats of bytes, wherever they stand in a subtype: `vnd.google.protobuf`, `senml+cbor`, `x-msgpack`.
const BINARY_WORDS: &[&str] = &[
    "amf",
    "avro",
    "bson",
    "cbor",
    "flatbuffers",
    "grpc",
    "gzip",
    "messagepack",
    "msgpack",
    "parquet",
    "proto",
    "protobuf",
    "smile",
    "thrift",
    "wbxml",
    "zip",
    "zstd",
];

/// Types of bytes among `application/`.
const BINARIES: &[&str] = &[
    "pdf",
    "x-tar",
    "x-7z-compressed",
    "x-bzip2",
    "wasm",
    "x-binary",
    "vnd.ms-excel",
    "msword",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "vnd.openxmlformats-officedocument.presentationml.presentation",
];

/// Why a media type that differs from another one in its parameters is left out.
const BY_NAME: &str = "media types are matched by name, without parameters";

fn same_type(one: &str, other: &str) -> bool {
    essence(one) == essence(other)
}

/// What a media type is called beside others: `Json`, `Csv`, `Png`.
fn variant(media_type: &str) -> String {
    let (family, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    let word = match subtype {
        "*" if family == "*" => "any",
        "*" => family,
        "x-www-form-urlencoded" | "form-data" => "form",
        "plain" => "text",
        "octet-stream" => "bytes",
        other => other.trim_start_matches("x-"),
    };
    word.to_owned()
}
