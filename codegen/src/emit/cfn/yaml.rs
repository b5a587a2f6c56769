//! How a template's values are written as YAML: one way for each value, so the same template is the same text.
//!
//! Owns indentation and quoting. Writes no tags and anchors, and flow collections only where a template would be too large
//! otherwise, so any YAML 1.1 or 1.2 reader reads the same values.

use super::value::{Map, Value};

/// Writes the entries of a map, each on lines of its own, at an indentation.
pub(super) fn write_map(out: &mut String, map: &Map, indent: usize) {
    for (key, value) in map.iter() {
        write_entry(out, key, value, indent);
    }
}

/// Writes one entry of a map.
pub(super) fn write_entry(out: &mut String, key: &str, value: &Value, indent: usize) {
    write_key(out, key, indent);
    write_after(out, value, indent + 2);
}

/// Writes one entry of a map that is a map itself.
pub(super) fn write_map_entry(out: &mut String, key: &str, map: &Map, indent: usize) {
    write_key(out, key, indent);
    write_map_after(out, map, indent + 2);
}

fn write_key(out: &mut String, key: &str, indent: usize) {
    pad(out, indent);
    write_scalar(out, key);
    out.push(':');
}

/// Writes one entry of a map in less space: `levels` of maps below it as usual, and a line for each value in those.
pub(super) fn write_dense(
    out: &mut String,
    key: &str,
    value: &Value,
    indent: usize,
    levels: usize,
) {
    write_key(out, key, indent);
    match value {
        Value::Map(map) if levels > 0 && !map.is_empty() => {
            out.push('\n');
            for (key, value) in map.iter() {
                write_dense(out, key, value, indent + 2, levels - 1);
            }
        }
        other => {
            out.push(' ');
            write_flow(out, other);
            out.push('\n');
        }
    }
}

/// Writes a value as JSON has it.
fn write_flow(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) | Value::Block(text) => out.push_str(&double_quoted(text)),
        Value::Map(map) => {
            out.push('{');
            for (position, (key, value)) in map.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                out.push_str(&double_quoted(key));
                out.push_str(": ");
                write_flow(out, value);
            }
            out.push('}');
        }
        Value::List(values) => {
            out.push('[');
            for (position, value) in values.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                write_flow(out, value);
            }
            out.push(']');
        }
        other => write_flat(out, other),
    }
}

/// Writes what follows a key: a scalar on the same line, a collection below it at `indent`.
fn write_after(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Map(map) => write_map_after(out, map, indent),
        Value::List(values) if values.is_empty() => out.push_str(" []\n"),
        Value::List(values) => {
            out.push('\n');
            write_list(out, values, indent);
        }
        Value::Block(text) => write_block(out, text, indent),
        other => {
            out.push(' ');
            write_flat(out, other);
            out.push('\n');
        }
    }
}

fn write_map_after(out: &mut String, map: &Map, indent: usize) {
    if map.is_empty() {
        out.push_str(" {}\n");
    } else {
        out.push('\n');
        write_map(out, map, indent);
    }
}

/// Writes list items, each behind a dash.
fn write_list(out: &mut String, values: &[Value], indent: usize) {
    for value in values {
        pad(out, indent);
        out.push('-');
        match value {
            Value::Map(map) if !map.is_empty() => write_item_map(out, map, indent + 2),
            nested => write_after(out, nested, indent + 2),
        }
    }
}

/// Writes a map that is a list item: the first entry on the line of the dash.
fn write_item_map(out: &mut String, map: &Map, indent: usize) {
    for (position, (key, value)) in map.iter().enumerate() {
        if position == 0 {
            out.push(' ');
        } else {
            pad(out, indent);
        }
        write_scalar(out, key);
        out.push(':');
        write_after(out, value, indent + 2);
    }
}

/// Writes text of several lines as a literal block without a final line break.
fn write_block(out: &mut String, text: &str, indent: usize) {
    out.push_str(" |-\n");
    for line in text.lines() {
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Writes a value that fits behind a key.
fn write_flat(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => write_scalar(out, text),
        Value::Int(number) => out.push_str(&number.to_string()),
        Value::Number(digits) => out.push_str(digits),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Block(_) | Value::List(_) | Value::Map(_) => {
            unreachable!("collections and blocks are written below their key")
        }
    }
}

/// Writes text as a YAML scalar: plain where no reader could take it for anything else, otherwise quoted.
fn write_scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else if !text.chars().any(needs_escape) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        out.push_str(&double_quoted(text));
    }
}

/// Text in double quotes, with control characters escaped.
fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => {
                out.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a character is a line break to some reader, or not printable.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether text may stand without quotes: it reads as text in YAML 1.1 and 1.2 alike.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let starts_well = first.is_alphabetic() || matches!(first, '/' | '.' | '$' | '_');
    let inside = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' | '_' | '.' | '/' | ':' | '$' => true,
        '(' | ')' | '<' | '>' | '=' | '+' | ';' | ',' | '*' | '@' | '^' | '\'' | '{' | '}' => true,
        c => !c.is_ascii() && c.is_alphanumeric(),
    };
    starts_well
        && text.chars().all(inside)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !reads_as_other(text)
}

/// Whether a reader would take plain text for a boolean, a null or a number.
fn reads_as_other(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(['.', '_'])
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | 'e' | '+' | '-'))
        || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || [".inf", ".nan"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::emit::cfn::value::substitute;

    fn text_of(value: impl Into<Value>) -> String {
        let mut out = String::new();
        write_map(&mut out, &Map::new().with("key", value), 0);
        out
    }

    /// Reads the text back with a reader that is not ours.
    fn read_back(text: &str) -> serde_json::Value {
        serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[test]
    fn collections_stand_below_their_key() {
        let inner = Map::new().with("a", 1_u32).with("b", ["s", "t"]);
        let list =
            Value::List(vec![inner.into(), Value::List(vec![true.into()]), Map::new().into()]);
        let expected = "key:\n  - a: 1\n    b:\n      - s\n      - t\n  -\n    - true\n  - {}\n";
        assert_eq!(text_of(list), expected);
    }

    #[test]
    fn blocks_keep_their_lines() {
        let text = text_of(Map::new().with("Fn::Sub", Value::Block("{\n  \"a\": 1\n}".into())));
        assert_eq!(text, "key:\n  Fn::Sub: |-\n    {\n      \"a\": 1\n    }\n");
        assert_eq!(read_back(&text)["key"]["Fn::Sub"], "{\n  \"a\": 1\n}");
    }

    #[test]
    fn numbers_with_exponents_are_written_out() {
        assert_eq!(text_of(Value::number("1e3")), "key: 1000\n");
        assert_eq!(text_of(Value::number("-0.50")), "key: -0.50\n");
    }

    #[test]
    fn only_what_cannot_be_mistaken_stands_plain() {
        for plain in
            ["sqs:*", "AWS::SQS::Queue", "arn:${AWS::Partition}:x", "/a/{b}", "$.detail.id"]
        {
            assert_eq!(text_of(plain), format!("key: {plain}\n"));
        }
        for quoted in
            ["", "true", "No", "2012-10-17", "1e3", "a: b", "a #b", "*", "- a", "~", "=", ".5"]
        {
            assert_eq!(text_of(quoted), format!("key: '{quoted}'\n"));
        }
        assert_eq!(text_of(substitute("it's: so")), "key:\n  Fn::Sub: 'it''s: so'\n");
        assert_eq!(text_of("a\nb"), "key: \"a\\nb\"\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC*|[ -~]{0,12}|.{0,8}", key in "[ -~]{1,8}") {
            let mut out = String::new();
            write_map(&mut out, &Map::new().with(key.clone(), Value::from(text.as_str())), 0);
            prop_assert_eq!(&read_back(&out)[&key], &serde_json::Value::from(text));
        }
    }
}
