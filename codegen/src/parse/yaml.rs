//! YAML 1.2 (core schema), and JSON as a part of it, into the positioned tree.
//!
//! Owns what a scalar means, aliases (bounded) and merge keys. Refuses what JSON has no word for: several
//! documents in a file, tags of one's own, mappings as keys, infinities; and what is built to hurt: nesting
//! without end, aliases that multiply, anchors that contain themselves.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::Vacant;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::blanks::{self, Mended};
use super::children::{List, Map};
use super::mistakes;
use super::node::{Entry, Node, Value};
use crate::diag::Sink;
use crate::diag::catalog::{slips, yaml as fault};
use crate::source::{FileId, Span};

/// How deep lists and mappings may stand in each other.
pub(super) const MAX_DEPTH: usize = 200;

/// How many nodes all aliases of a file may repeat together.
const MAX_REPEATED: usize = 100_000;

/// How many bytes of text count as a node more.
const TEXT_OF_A_NODE: usize = 64;

/// Reads a file. `None` when it cannot be read at all, which has been reported then.
#[must_use]
pub fn parse(file: FileId, text: &str, sink: &Sink) -> Option<Node> {
    let held = Sink::default();
    let tree = match read(&Input::new(file, text), &held) {
        Err(error) => {
            // Other readers take blanks that the scanner refuses.
            let again = Sink::default();
            let mended = blanks::mended(text).map(|mended| Input::mended(file, &mended));
            match mended.map(|input| read(&input, &again)) {
                Some(Ok(tree)) => {
                    again.into_other(sink);
                    return tree;
                }
                _ => Err(error),
            }
        }
        result => result,
    };
    held.into_other(sink);
    match tree {
        Ok(tree) => tree,
        Err(error) if error.why.contains("recursion limit") => {
            sink.report(fault::too_deep(error.at, MAX_DEPTH));
            None
        }
        Err(error) => {
            let found = mistakes::behind(text, error.at.start as usize, &error.why);
            let char = text.get(found.at..).and_then(|rest| rest.chars().next());
            let end = found.at + char.map_or(0, char::len_utf8);
            let [start, end] = [found.at, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            sink.report(fault::syntax(Span { file, start, end }, &found.here, found.help));
            None
        }
    }
}

/// Where the scanner gave up, and why.
struct Refusal {
    at: Span,
    why: String,
}

/// Reads a text. An error is one of syntax; what else is wrong goes to the sink.
fn read(input: &Input, sink: &Sink) -> Result<Option<Node>, Refusal> {
    let mut tree = Tree { sink, open: vec![], anchors: BTreeMap::new(), root: None, repeated: 0 };
    let mut parser = Parser::new_from_str(&input.text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if tree.take(event, input.span(span)).is_none() {
                    return Ok(None);
                }
            }
            Err(error) => {
                let index = error.marker().index();
                return Err(Refusal { at: input.at(index), why: error.info().to_owned() });
            }
        }
    }
    if tree.root.is_none() {
        sink.report(fault::empty(Span { file: input.file, start: 0, end: 0 }));
    }
    Ok(tree.root)
}

/// The text as the YAML parser is given it, and the way back from its characters to the bytes of the file.
struct Input {
    file: FileId,
    text: String,
    /// The byte at which each character begins, and the end; empty when each character is a byte of its own.
    starts: Vec<u32>,
    n_bytes: u32,
}

impl Input {
    fn new(file: FileId, text: &str) -> Self {
        Self::moved(file, text, &[])
    }

    fn mended(file: FileId, mended: &Mended) -> Self {
        Self::moved(file, &mended.text, &mended.moved)
    }

    /// A text with blanks before some lines, each by its byte.
    ///
    /// JSON writes a character beyond the basic plane as a pair of escapes, which YAML does not know: such a
    /// pair is given to the parser as the escape that YAML has for it.
    fn moved(file: FileId, text: &str, moved: &[(usize, usize)]) -> Self {
        let n_bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let pairs = text.contains("\\ud") || text.contains("\\uD");
        if text.is_ascii() && !pairs && moved.is_empty() {
            return Self { file, text: text.to_owned(), starts: vec![], n_bytes };
        }
        let mut moved = moved.iter().peekable();
        let mut given = String::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let at = n_bytes - u32::try_from(rest.len()).unwrap_or(n_bytes);
            if let Some((_, blanks)) = moved.next_if(|(byte, _)| *byte == text.len() - rest.len()) {
                starts.extend(std::iter::repeat_n(at, *blanks));
                given.push_str(&" ".repeat(*blanks));
            }
            let (written, taken) = match surrogate_pair(rest) {
                Some(code) => (format!("\\U{code:08x}"), 12),
                None => (char.to_string(), char.len_utf8()),
            };
            starts.extend(written.chars().map(|_| at));
            given.push_str(&written);
            rest = &rest[taken..];
        }
        starts.push(n_bytes);
        Self { file, text: given, starts, n_bytes }
    }

    /// The byte at which a character begins.
    fn byte(&self, index: usize) -> u32 {
        if self.starts.is_empty() {
            return u32::try_from(index).map_or(self.n_bytes, |byte| byte.min(self.n_bytes));
        }
        self.starts.get(index).copied().unwrap_or(self.n_bytes)
    }

    /// The place of one character.
    fn at(&self, index: usize) -> Span {
        Span { file: self.file, start: self.byte(index), end: self.byte(index + 1) }
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start.index());
        Span { file: self.file, start, end: self.byte(span.end.index()).max(start) }
    }
}

/// The character that a JSON surrogate pair at the start of the text stands for.
fn surrogate_pair(text: &str) -> Option<u32> {
    let half = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(escape, 16).ok()
    };
    let (high, low) = (half(0)?, half(6)?);
    let pair = (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low);
    pair.then(|| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
}

/// The keys of a smaller mapping are looked for one after the other.
const FEW: usize = 8;

/// A list or mapping whose end has not come yet.
struct Open {
    span: Span,
    anchor: usize,
    content: Content,
    size: Size,
}

enum Content {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        /// The keys, where there are more than few.
        seen: BTreeMap<String, Span>,
        merged: Vec<Node>,
        key: Option<(String, Span)>,
    },
}

/// How much a node holds.
#[derive(Clone, Copy)]
struct Size {
    n_nodes: usize,
    depth: usize,
}

/// The tree as it grows.
struct Tree<'a> {
    sink: &'a Sink,
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, Size)>,
    root: Option<Node>,
    repeated: usize,
}

impl Tree<'_> {
    /// Takes one event; `None` when reading cannot go on.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) if self.root.is_some() => {
                self.sink.report(fault::several_documents(span));
                return None;
            }
            Event::DocumentStart(_) => {}
            Event::Alias(anchor) => self.repeat(anchor, span)?,
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(&text, style, tag.as_deref(), span)?;
                let in_key = self.expects_key();
                let node = Node { span, value };
                if in_key && style == ScalarStyle::Plain && tag.is_none() {
                    self.key(text.into_owned(), span);
                } else {
                    // A long text counts as several nodes, for an alias repeats all of it.
                    let n_nodes = 1 + text.len() / TEXT_OF_A_NODE;
                    self.complete(node, anchor, Size { n_nodes, depth: 0 })?;
                }
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(span, anchor, tag.as_deref(), Content::List(vec![]))?;
            }
            Event::MappingStart(anchor, tag) => {
                let map = Content::Map {
                    entries: vec![],
                    seen: BTreeMap::new(),
                    merged: vec![],
                    key: None,
                };
                self.begin(span, anchor, tag.as_deref(), map)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
        }
        Some(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }))
    }

    fn begin(
        &mut self,
        span: Span,
        anchor: usize,
        tag: Option<&Tag>,
        content: Content,
    ) -> Option<()> {
        if self.expects_key() {
            self.sink.report(fault::complex_key(span));
            return None;
        }
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            self.sink.report(fault::foreign_tag(span, &tag.to_string()));
            return None;
        }
        if self.open.len() >= MAX_DEPTH {
            self.sink.report(fault::too_deep(span, MAX_DEPTH));
            return None;
        }
        self.open.push(Open { span, anchor, content, size: Size { n_nodes: 1, depth: 0 } });
        Some(())
    }

    fn end(&mut self, span: Span) -> Option<()> {
        let open = self.open.pop()?;
        // A block has no end of its own: the parser places it where the next thing begins.
        let mut end = if span.end > span.start { span.end } else { open.span.end };
        let mut start = open.span.start;
        let value = match open.content {
            Content::List(items) => {
                // A list as far to the left as its key begins where its first element does, as the parser has it. The
                // dash is before that, and no two nodes may have one place.
                let is_first = |item: &Node| item.span.start == start && start > 0;
                if items.first().is_some_and(is_first) {
                    start -= 1;
                }
                end = items.iter().map(|item| item.span.end).fold(end, u32::max);
                Value::List(List::new(items))
            }
            Content::Map { mut entries, mut seen, merged, .. } => {
                if !merged.is_empty() {
                    note(&mut seen, &entries);
                }
                let own = entries.iter().map(|entry| entry.value.span.end.max(entry.key_span.end));
                end = own.fold(end, u32::max);
                for entry in merged.into_iter().flat_map(into_entries) {
                    if let Vacant(place) = seen.entry(entry.key.clone()) {
                        place.insert(entry.key_span);
                        entries.push(entry);
                    }
                }
                Value::Map(Map::new(entries))
            }
        };
        self.complete(
            Node { span: Span { start, end, ..open.span }, value },
            open.anchor,
            open.size,
        )
    }

    /// Puts a complete node where it belongs.
    fn complete(&mut self, node: Node, anchor: usize, size: Size) -> Option<()> {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
        if self.expects_key() {
            let Value::Text(text) = node.value else {
                self.sink.report(fault::complex_key(node.span));
                return None;
            };
            self.key(text, node.span);
            return Some(());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        open.size.n_nodes += size.n_nodes;
        open.size.depth = open.size.depth.max(size.depth + 1);
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map { entries, seen, merged, key } => {
                let (key, key_span) = key.take()?;
                if key == "<<" && matches!(node.value, Value::Map(_) | Value::List(_)) {
                    self.sink.report(fault::merge_key(key_span));
                    merged.push(node);
                } else if let Some(first) = known(seen, entries, &key) {
                    self.sink.report(fault::duplicate_key(&key, key_span, first));
                } else {
                    if !seen.is_empty() {
                        seen.insert(key.clone(), key_span);
                    }
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
        Some(())
    }

    fn key(&mut self, text: String, span: Span) {
        if let Some(Open { content: Content::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some((text, span));
        }
    }

    /// Puts what an anchor names where the alias stands.
    fn repeat(&mut self, anchor: usize, span: Span) -> Option<()> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            self.sink.report(fault::anchor_in_itself(span));
            return None;
        };
        self.repeated += size.n_nodes;
        if self.repeated > MAX_REPEATED {
            self.sink.report(fault::alias_bomb(span, MAX_REPEATED));
            return None;
        }
        if self.open.len() + size.depth > MAX_DEPTH {
            self.sink.report(fault::too_deep(span, MAX_DEPTH));
            return None;
        }
        let (node, size) = (node.clone(), *size);
        self.complete(node, 0, size)
    }

    /// What a scalar means by the core schema; `None` when JSON has no word for it.
    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
    ) -> Option<Value> {
        let suffix = match tag {
            None => None,
            Some(tag) if tag.is_yaml_core_schema() => Some(tag.suffix.as_str()),
            // `!` alone is YAML's word for "as it is written".
            Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => Some("str"),
            Some(tag) => {
                self.sink.report(fault::foreign_tag(span, &tag.to_string()));
                return None;
            }
        };
        if suffix == Some("str") || (suffix.is_none() && style != ScalarStyle::Plain) {
            return Some(Value::Text(text.to_owned()));
        }
        let value = plain(text);
        if value.is_none() {
            self.sink.report(fault::not_json(span, text));
        }
        if is_octal_elsewhere(text) {
            self.sink.report(slips::leading_zero(span, text));
        }
        value
    }
}

/// Whether a plain scalar is a decimal number that YAML 1.1 reads as an octal one, or as text: `0100`, `089`.
fn is_octal_elsewhere(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where a key stands that a mapping has already.
fn known(seen: &mut BTreeMap<String, Span>, entries: &[Entry], key: &str) -> Option<Span> {
    if entries.len() <= FEW {
        return entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
    }
    if seen.is_empty() {
        note(seen, entries);
    }
    seen.get(key).copied()
}

fn note(seen: &mut BTreeMap<String, Span>, entries: &[Entry]) {
    seen.extend(entries.iter().map(|entry| (entry.key.clone(), entry.key_span)));
}

fn into_entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Map(entries) => entries.to_vec(),
        Value::List(items) => items.iter().cloned().flat_map(into_entries).collect(),
        _ => vec![],
    }
}

/// What an unquoted scalar means; `None` for the infinities and "not a number".
pub(super) fn plain(text: &str) -> Option<Value> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        _ => {
            let bare = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
            if bare == ".inf" || bare == ".nan" {
                return None;
            }
            match number(text) {
                Some(number) => Value::Number(number),
                None => Value::Text(text.to_owned()),
            }
        }
    })
}

/// A number of the core schema in JSON's notation; `None` when the text is not a number.
fn number(text: &str) -> Option<String> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return u64::from_str_radix(digits, radix)
                .ok()
                .filter(|_| plain)
                .map(|n| n.to_string());
        }
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let mut number = format!("{sign}{whole}");
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if power.is_empty() || !digits(power) {
            return None;
        }
        number.push('e');
        number.push_str(exponent);
    }
    Some(number)
}
