//! Text of a template → tree of nodes, each with its line.
//!
//! Owns YAML and the short forms of intrinsics (`!Ref x` becomes `Ref: x`), so that nothing after it knows of
//! either; JSON templates come for free, as JSON is YAML. Refuses duplicate keys, keys that are no text, unknown
//! tags, more than one document, and documents too deep or too large to be a template. Evaluates nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::Number;

use super::error::Fault;

/// Deeper than any template; keeps recursion over the tree within any stack.
const MAX_DEPTH: usize = 100;

/// More nodes than the largest template (1 MB) can spell; aliases count with all they stand for.
const MAX_NODES: usize = 500_000;

/// The functions that have a short form; `Ref` and `Condition` are the two without `Fn::`.
const FUNCTIONS: [&str; 19] = [
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "ForEach",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// A value of the template.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The line of its key, or its own where it has none; counted from 1.
    pub line: usize,
    /// What it holds.
    pub value: Value,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are those of JSON")]
pub enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    Map(IndexMap<String, Node>),
}

impl Node {
    /// A text node at a line.
    #[must_use]
    pub fn text(line: usize, text: impl Into<String>) -> Self {
        Self { line, value: Value::String(text.into()) }
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The map, when it is one.
    #[must_use]
    pub fn as_map(&self) -> Option<&IndexMap<String, Node>> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, when it is one.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Text as the value of a parameter: that of a list is its items with commas between them.
    pub(super) fn to_parameter(&self) -> Option<String> {
        match self.as_list() {
            Some(items) => {
                let items: Option<Vec<String>> = items.iter().map(Self::to_text).collect();
                items.map(|items| items.join(","))
            }
            None => self.to_text(),
        }
    }

    /// The text of any scalar; CloudFormation takes numbers and booleans wherever it wants text.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match &self.value {
            Value::String(text) => Some(text.clone()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The object that a text of JSON writes, at the line of the text; anything else as it is.
    #[must_use]
    pub(super) fn read_text(self) -> Self {
        let read = self.as_str().and_then(|text| serde_json::from_str(text).ok());
        match read {
            Some(object @ serde_json::Value::Object(_)) => Self::of_json(self.line, object),
            _ => self,
        }
    }

    fn of_json(line: usize, json: serde_json::Value) -> Self {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(flag),
            serde_json::Value::Number(number) => Value::Number(number),
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(items) => {
                Value::List(items.into_iter().map(|item| Self::of_json(line, item)).collect())
            }
            serde_json::Value::Object(map) => Value::Map(
                map.into_iter().map(|(key, item)| (key, Self::of_json(line, item))).collect(),
            ),
        };
        Self { line, value }
    }

    /// The same as JSON, without lines.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => (*flag).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.clone().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(map) => {
                map.iter().map(|(key, node)| (key.clone(), node.to_json())).collect()
            }
        }
    }

    /// What kind of value it is, in words for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Reads the one document of `text`.
///
/// # Errors
/// One fault with its line; reading stops at the first.
pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut text = Cow::Borrowed(text);
    let (mut moved, mut n_moved) = (0, 0);
    loop {
        let parser = Parser::new_from_str(&text);
        let mut reader = Reader { parser, anchors: BTreeMap::new(), n_nodes: 0, unindented: None };
        let read = reader.document();
        // One that is moved already cannot be helped.
        let found = reader.unindented.filter(|(at, _)| at.line() > moved && n_moved < MAX_MOVED);
        let Some((at, what)) = found else { return read };
        let whole = match what {
            Unindented::Quoted => indented(&text, at),
            Unindented::Closing => closed_further_right(&text, at),
        };
        let Some(whole) = whole else { return read };
        (moved, n_moved) = (at.line(), n_moved + 1);
        text = Cow::Owned(whole);
    }
}

/// What the parser refuses because it lies too far left, and CloudFormation takes.
#[derive(Clone, Copy)]
enum Unindented {
    /// A quoted text that goes on left of where it began.
    Quoted,
    /// The end of a list or map in flow style, in the column of its key.
    Closing,
}

impl Unindented {
    fn of(info: &str) -> Option<Self> {
        match info {
            "invalid indentation in quoted scalar" => Some(Self::Quoted),
            "invalid indentation" => Some(Self::Closing),
            _ => None,
        }
    }
}

/// How many places are moved in one template: each needs the whole to be read again.
const MAX_MOVED: usize = 200;

/// The text with a line moved to the right that begins with the end of a list or map in flow style: as far as the line
/// before it begins.
fn closed_further_right(text: &str, at: Marker) -> Option<String> {
    let mut lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
    let index = at.line().checked_sub(1)?;
    let (before, rest) = lines.split_at_mut_checked(index)?;
    let line = rest.first_mut().filter(|line| line.trim_start().starts_with([']', '}']))?;
    let before = before.iter().rfind(|line| !line.trim().is_empty())?;
    let blanks = &before[..before.len() - before.trim_start_matches(' ').len()];
    *line = Cow::Owned(format!("{blanks}{line}"));
    Some(lines.join("\n"))
}

/// The text with all further lines of a quoted text moved to the right of where its first begins, which means nothing
/// there. The parser then says itself of a text that never ends.
fn indented(text: &str, start: Marker) -> Option<String> {
    let mut lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
    let first = start.line().checked_sub(1)?;
    let begins = lines.get(first)?.chars().take_while(|letter| matches!(letter, ' ' | '-')).count();
    let last = first + n_breaks(&lines[first..], start.col())?;
    for line in &mut lines[first + 1..=last] {
        *line = Cow::Owned(format!("{}{line}", " ".repeat(begins + 1)));
    }
    Some(lines.join("\n"))
}

/// How many lines below the first one a quoted text ends that begins in a column of the first, or at most; `None` where
/// none begins there.
fn n_breaks(lines: &[Cow<'_, str>], column: usize) -> Option<usize> {
    let quote = lines.first()?.chars().nth(column).filter(|quote| matches!(quote, '"' | '\''))?;
    let mut is_escaped = false;
    for (n, line) in lines.iter().enumerate() {
        let mut letters = line.chars().skip(if n == 0 { column + 1 } else { 0 }).peekable();
        while let Some(letter) = letters.next() {
            match (quote, letter) {
                _ if is_escaped => is_escaped = false,
                ('"', '\\') => is_escaped = true,
                ('\'', '\'') if letters.next_if_eq(&'\'').is_some() => {}
                _ if letter == quote => return Some(n),
                _ => {}
            }
        }
        is_escaped = false;
    }
    Some(lines.len() - 1)
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: BTreeMap<usize, Node>,
    n_nodes: usize,
    /// What reading stopped at because it lies too far left: where a quoted text begins, or an end stands.
    unindented: Option<(Marker, Unindented)>,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<Node, Fault> {
        let mut root = None;
        loop {
            match self.event()? {
                (Event::StreamEnd, _) => break,
                (
                    Event::StreamStart
                    | Event::DocumentStart(_)
                    | Event::DocumentEnd
                    | Event::Nothing,
                    _,
                ) => {}
                (event, span) if root.is_none() => root = Some(self.node(event, span, 0)?),
                (_, span) => {
                    return Err(fault(
                        span.start,
                        "a template is a single YAML document; a second one starts here",
                    ));
                }
            }
        }
        root.ok_or_else(|| Fault::new("template", "it is empty"))
    }

    fn event(&mut self) -> Result<(Event<'t>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                self.unindented = Unindented::of(error.info()).map(|what| (*error.marker(), what));
                Err(fault(*error.marker(), error.info()))
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Fault> {
        let mark = span.start;
        self.count(1, mark)?;
        if depth > MAX_DEPTH {
            return Err(fault(mark, &format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let (value, anchor, tag) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref());
                if let (Value::String(text), ScalarStyle::Plain) = (&value, style)
                    && is_octal(text)
                    && tag.is_none()
                {
                    return Err(fault(
                        mark,
                        &format!(
                            "CloudFormation reads `{text}` as an octal number; write it in quotes, or without its leading zeros"
                        ),
                    ));
                }
                (value, anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => (self.sequence(depth)?, anchor, tag),
            Event::MappingStart(anchor, tag) => (self.mapping(depth)?, anchor, tag),
            Event::Alias(anchor) => return self.alias(anchor, mark),
            _ => return Err(fault(mark, "a value is missing")),
        };
        let node = Node { line: mark.line(), value };
        let node = match tag {
            Some(tag) if !tag.is_yaml_core_schema() => long_form(node, &tag, mark)?,
            _ => node,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            match self.event()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut map = IndexMap::new();
        loop {
            let (event, span) = self.event()?;
            let mark = span.start;
            let key = match event {
                Event::MappingEnd => return Ok(Value::Map(map)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(fault(mark, "a key must be a string")),
            };
            let (event, span) = self.event()?;
            let mut node = self.node(event, span, depth + 1)?;
            node.line = mark.line();
            if map.contains_key(&key) {
                return Err(fault(mark, &format!("the key `{key}` occurs twice")));
            }
            map.insert(key, node);
        }
    }

    fn alias(&mut self, anchor: usize, mark: Marker) -> Result<Node, Fault> {
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Err(fault(mark, "an alias must come after its anchor"));
        };
        self.count(size(&node), mark)?;
        Ok(Node { line: mark.line(), ..node })
    }

    fn count(&mut self, n: usize, mark: Marker) -> Result<(), Fault> {
        self.n_nodes += n;
        if self.n_nodes > MAX_NODES {
            return Err(fault(
                mark,
                &format!("more than {MAX_NODES} values, including expanded aliases"),
            ));
        }
        Ok(())
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(map) => map.values().map(size).sum(),
        _ => 0,
    }
}

fn fault(mark: Marker, message: &str) -> Fault {
    Fault::new("template", message).at(mark.line())
}

/// Whether YAML 1.1 reads a plain text as an octal number. One with an 8 or a 9 is text.
fn is_octal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|c| matches!(c, b'0'..=b'7'))
}

/// Plain scalars as CloudFormation reads them: by the core schema, and with the words of YAML 1.1 for true and false.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || is_text {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return Value::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        _ => {}
    }
    match text.parse::<Number>() {
        Ok(number) if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
            Value::Number(number)
        }
        _ => Value::String(text.to_owned()),
    }
}

fn long_form(node: Node, tag: &Tag, mark: Marker) -> Result<Node, Fault> {
    let line = node.line;
    let (key, node) = match tag.suffix.as_str() {
        name @ ("Ref" | "Condition") => (name.to_owned(), node),
        name if FUNCTIONS.contains(&name) => (format!("Fn::{name}"), node),
        name => {
            return Err(fault(mark, &format!("the tag `!{name}` is not an intrinsic function")));
        }
    };
    Ok(Node { line, value: Value::Map(IndexMap::from([(key, node)])) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn plain_words_are_read_as_yaml_1_1_reads_them() {
        let value =
            |text: &str| parse(&format!("a: {text}")).unwrap().as_map().unwrap()["a"].clone();
        for (text, expected) in [
            ("yes", Value::Bool(true)),
            ("Off", Value::Bool(false)),
            ("'no'", Value::String("no".to_owned())),
            ("y", Value::String("y".to_owned())),
            ("012345678901", Value::String("012345678901".to_owned())),
            ("'0100'", Value::String("0100".to_owned())),
        ] {
            assert_eq!(value(text).value, expected, "{text}");
        }
        let refused = parse("a: 1\nb: 0100").unwrap_err();
        assert!(refused.message.contains("octal") && refused.line == Some(2), "{refused:?}");
    }
}
