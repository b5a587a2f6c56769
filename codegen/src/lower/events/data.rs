//! The object around a payload that is not an object: `{"data": …}`.

use crate::parse::keywords::asyncapi::with_format;
use crate::parse::{Entry, List, Map, Node, Value};
use crate::source::Span;

/// The property that holds the payload.
pub(crate) const DATA: &str = "data";

/// The schema of the object around the values of a schema that stands in a message's `payload`.
pub(crate) fn schema_around(payload: &Entry, schema: &Node) -> Node {
    let at = payload.key_span;
    let text = |text: &str| Node { span: at, value: Value::Text(text.to_owned()) };
    let entry = |key: &str, value| Entry { key: key.to_owned(), key_span: at, value };
    let required = Node { span: at, value: Value::List(List::new(vec![text(DATA)])) };
    let properties =
        Node { span: at, value: Value::Map(Map::new(vec![entry(DATA, schema.clone())])) };
    let value = Value::Map(Map::new(vec![
        entry("type", text("object")),
        entry("required", required),
        entry("properties", properties),
    ]));
    // From the key on, so that the place is unlike that of the schema inside.
    Node { span: Span { end: schema.span.end, ..at }, value }
}

/// Whether such a schema stands in the place of a payload.
pub(crate) fn is_around(payload: &Entry) -> bool {
    let schema = with_format(&payload.value).map_or(&payload.value, |(_, schema)| schema);
    schema.span.start == payload.key_span.start
}

/// The object around one value.
pub(crate) fn value_around(value: &Node) -> Node {
    let entry = Entry { key: DATA.to_owned(), key_span: value.span, value: value.clone() };
    Node { span: value.span, value: Value::Map(Map::new(vec![entry])) }
}
