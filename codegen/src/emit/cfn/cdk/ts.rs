//! TypeScript expressions as a tree, and how they are laid out: on one line where they fit, else one part a line.
//!
//! Knows nothing of CDK, and of CloudFormation only what it would replace in a text.

use super::super::value::inert;

/// How wide a line is at most, where there is a place to break it.
pub(super) const MAX_COLUMNS: usize = 100;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ts {
    /// What stands as it is: a name, a number, a member access.
    Code(String),
    /// A string literal.
    Text(String),
    /// An array literal.
    List(Vec<Ts>),
    /// An object literal.
    Object(Vec<(String, Ts)>),
    /// A call or construction: what is called, and with what.
    Call(String, Vec<Ts>),
    /// A condition, the value when it holds, and the value when it does not.
    Either(String, Box<Ts>, Box<Ts>),
}

impl Ts {
    /// What stands as it is.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    /// A string literal.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(inert(&text.into()))
    }

    /// An object literal from the entries that there are.
    pub(super) fn object<const N: usize>(entries: [(&str, Option<Self>); N]) -> Self {
        let there = |(key, value): (&str, Option<Self>)| Some((key.to_owned(), value?));
        Self::Object(entries.into_iter().filter_map(there).collect())
    }

    /// `new Class(this, 'id', props)`
    pub(super) fn construct(class: &str, id: &str, props: Self) -> Self {
        Self::Call(format!("new {class}"), vec![Self::code("this"), Self::text(id), props])
    }

    /// A call with one argument.
    pub(super) fn call(callee: &str, argument: Self) -> Self {
        Self::Call(callee.to_owned(), vec![argument])
    }

    /// A statement of a function's body: `head`, the expression, a semicolon.
    pub(super) fn statement(&self, indent: usize, head: &str) -> String {
        let mut out = String::new();
        pad(&mut out, indent);
        out.push_str(head);
        self.write(&mut out, indent, indent + head.chars().count(), 1);
        out.push_str(";\n");
        out
    }

    /// Writes the expression where it begins at `column` of a line that is indented by `indent`, and so many characters
    /// follow its end.
    fn write(&self, out: &mut String, indent: usize, column: usize, n_after: usize) {
        let room = MAX_COLUMNS.checked_sub(column + n_after);
        if room.and_then(|room| self.left_of(room)).is_some() {
            return self.write_flat(out);
        }
        match self {
            Self::Code(_) | Self::Text(_) => self.write_flat(out),
            Self::List(items) if items.is_empty() => self.write_flat(out),
            Self::Object(entries) if entries.is_empty() => self.write_flat(out),
            Self::List(items) => {
                out.push_str("[\n");
                write_lines(out, items, indent);
                pad(out, indent);
                out.push(']');
            }
            Self::Object(entries) => {
                out.push_str("{\n");
                for (key, value) in entries {
                    write_entry(out, key, value, indent + 2);
                }
                pad(out, indent);
                out.push('}');
            }
            Self::Call(callee, arguments) => write_call(out, callee, arguments, indent, column),
            Self::Either(condition, yes, no) => {
                let inner = indent + 2;
                out.push_str(condition);
                for (sign, value, n_after) in [("? ", yes, 0), (": ", no, n_after)] {
                    out.push('\n');
                    pad(out, inner);
                    out.push_str(sign);
                    value.write(out, inner, inner + 2, n_after);
                }
            }
        }
    }

    /// What is left of so many columns behind the expression on one line; none when it does not fit. Ends at the first
    /// part that is too much, so that a large expression is not written out at each of its levels only to be measured.
    fn left_of(&self, room: usize) -> Option<usize> {
        let take = |room: usize, text: &str| room.checked_sub(text.chars().count());
        let list = |room: usize, items: &[Self]| {
            let room = room.checked_sub(2 * items.len().saturating_sub(1))?;
            items.iter().try_fold(room, |room, item| item.left_of(room))
        };
        match self {
            Self::Code(text) => take(room, text),
            Self::Text(text) => room.checked_sub(quoted_columns(text)),
            Self::List(items) => list(room.checked_sub(2)?, items),
            Self::Object(entries) if entries.is_empty() => room.checked_sub(2),
            Self::Object(entries) => {
                let room = room.checked_sub(4 + 2 * (entries.len() - 1))?;
                entries.iter().try_fold(room, |room, (key, value)| {
                    value.left_of(room.checked_sub(head_columns(key, value))?)
                })
            }
            Self::Call(callee, arguments) => list(take(room, callee)?.checked_sub(2)?, arguments),
            Self::Either(condition, yes, no) => {
                no.left_of(yes.left_of(take(room, condition)?.checked_sub(6)?)?)
            }
        }
    }

    /// The expression on one line.
    pub(super) fn flat(&self) -> String {
        let mut out = String::new();
        self.write_flat(&mut out);
        out
    }

    fn write_flat(&self, out: &mut String) {
        let joined = |out: &mut String, parts: &[Self]| {
            for (at, part) in parts.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                part.write_flat(out);
            }
        };
        match self {
            Self::Code(text) => out.push_str(text),
            Self::Text(text) => write_quoted(out, text),
            Self::List(items) => {
                out.push('[');
                joined(out, items);
                out.push(']');
            }
            Self::Object(entries) if entries.is_empty() => out.push_str("{}"),
            Self::Object(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if at == 0 { "{ " } else { ", " });
                    write_head(out, key, value);
                    value.write_flat(out);
                }
                out.push_str(" }");
            }
            Self::Call(callee, arguments) => {
                out.push_str(callee);
                out.push('(');
                joined(out, arguments);
                out.push(')');
            }
            Self::Either(condition, yes, no) => {
                out.push_str(condition);
                out.push_str(" ? ");
                yes.write_flat(out);
                out.push_str(" : ");
                no.write_flat(out);
            }
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Writes what stands before the value of an entry: nothing where the key is the value's name.
fn write_head(out: &mut String, key: &str, value: &Ts) {
    match value {
        Ts::Code(code) if code == key => return,
        _ if is_name(key) => out.push_str(key),
        _ => write_quoted(out, key),
    }
    out.push_str(": ");
}

/// How wide that is.
fn head_columns(key: &str, value: &Ts) -> usize {
    match value {
        Ts::Code(code) if code == key => 0,
        _ if is_name(key) => key.len() + 2,
        _ => quoted_columns(key) + 2,
    }
}

/// Writes an entry on a line of its own. The value is on one more line below the key, where people write it there: a
/// text that is too long in any case, and a choice that fits there.
fn write_entry(out: &mut String, key: &str, value: &Ts, indent: usize) {
    pad(out, indent);
    write_head(out, key, value);
    let (behind, column) = (out.len(), indent + head_columns(key, value));
    value.write(out, indent, column, 1);
    let beside = &out[behind..];
    let is_below = match value {
        Ts::Text(_) => column + beside.chars().count() + 1 > MAX_COLUMNS,
        Ts::Either(..) => beside.contains('\n'),
        _ => false,
    };
    if is_below {
        out.truncate(behind);
        out.truncate(out.trim_end().len());
        out.push('\n');
        pad(out, indent + 2);
        value.write(out, indent + 2, indent + 2, 1);
    }
    out.push_str(",\n");
}

/// Writes expressions on lines of their own, one step further in.
fn write_lines(out: &mut String, items: &[Ts], indent: usize) {
    for item in items {
        pad(out, indent + 2);
        item.write(out, indent + 2, indent + 2, 1);
        out.push_str(",\n");
    }
}

/// Writes a call that does not fit on its line: the last argument stays on it when it is a collection, as people write it.
fn write_call(out: &mut String, callee: &str, arguments: &[Ts], indent: usize, column: usize) {
    let start = out.len();
    out.push_str(callee);
    out.push('(');
    let Some((last, before)) = arguments.split_last() else { return out.push(')') };
    let head = out.len();
    if matches!(last, Ts::Object(_) | Ts::List(_)) {
        for one in before {
            one.write_flat(out);
            out.push_str(", ");
        }
        if column + out[start..].chars().count() < MAX_COLUMNS {
            last.write(out, indent, MAX_COLUMNS, 0);
            return out.push(')');
        }
        out.truncate(head);
    }
    out.push('\n');
    write_lines(out, arguments, indent);
    pad(out, indent);
    out.push(')');
}

/// Whether a key of an object stands without quotes.
fn is_name(key: &str) -> bool {
    let mut chars = key.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '$');
    first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

/// A string literal: in single quotes, or in double quotes where that saves escapes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_quoted(&mut out, text);
    out
}

fn write_quoted(out: &mut String, text: &str) {
    let count = |quote: char| text.chars().filter(|c| *c == quote).count();
    let is_double = !is_plain(text) && count('\'') > count('"');
    let quote = if is_double { '"' } else { '\'' };
    out.push(quote);
    if is_plain(text) {
        out.push_str(text);
    } else {
        for c in text.chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\\' => out.push_str("\\\\"),
                c if c == quote => out.extend(['\\', c]),
                c if must_escape(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                c => out.push(c),
            }
        }
    }
    out.push(quote);
}

/// How wide a string literal is.
fn quoted_columns(text: &str) -> usize {
    if is_plain(text) { text.len() + 2 } else { quoted(text).chars().count() }
}

/// Whether a text is a string literal as it is, in single quotes.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\'' | b'"' | b'\\'))
}

/// Text as a part of a template literal.
pub(super) fn in_template(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '`' | '\\' => out.extend(['\\', c]),
            c if must_escape(c) && c != '\n' => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.replace("${", "\\${")
}

/// Whether a character ends a line for somebody, or is not seen.
fn must_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Text within a comment: it neither ends the comment nor the line.
pub(super) fn comment(text: &str) -> String {
    let text = text.replace("*/", "*\u{200b}/");
    text.chars().map(|c| if must_escape(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, value: Ts) -> (String, Ts) {
        (key.to_owned(), value)
    }

    #[test]
    fn what_fits_stays_on_its_line() {
        let props = Ts::object([
            ("name", Some(Ts::text("it's"))),
            ("stackName", Some(Ts::code("stackName"))),
            ("left", None),
            ("x-key", Some(Ts::List(vec![Ts::code("1"), Ts::code("2")]))),
        ]);
        let statement = Ts::construct("sqs.Queue", "Q", props).statement(4, "this.q = ");
        assert_eq!(
            statement,
            "    this.q = new sqs.Queue(this, 'Q', { name: \"it's\", stackName, 'x-key': [1, 2] });\n"
        );
    }

    #[test]
    fn what_does_not_fit_is_broken_from_outside() {
        let long = "a".repeat(80);
        let inner = Ts::Object(vec![entry("short", Ts::code("1"))]);
        let props = Ts::Object(vec![entry("long", Ts::text(&long)), entry("inner", inner)]);
        let expected =
            format!("q = new Q(this, 'Q', {{\n  long: '{long}',\n  inner: {{ short: 1 }},\n}});\n");
        assert_eq!(Ts::construct("Q", "Q", props).statement(0, "q = "), expected);
        let call = Ts::Call("f".into(), vec![Ts::text(&long), Ts::text("b".repeat(30))]);
        let expected = format!("f(\n  '{long}',\n  '{}',\n);\n", "b".repeat(30));
        assert_eq!(call.statement(0, ""), expected);
        let either =
            Ts::Either("yes".into(), Box::new(Ts::text(&long)), Box::new(Ts::text("short text")));
        let expected = format!("x = yes\n  ? '{long}'\n  : 'short text';\n");
        assert_eq!(either.statement(0, "x = "), expected);
    }

    #[test]
    fn what_is_measured_is_what_is_written() {
        let all = Ts::Object(vec![
            entry("a", Ts::code("a")),
            entry("x-key", Ts::List(vec![Ts::text("it's"), Ts::List(vec![]), Ts::Object(vec![])])),
            entry("call", Ts::Call("f".into(), vec![Ts::code("1"), Ts::Call("g".into(), vec![])])),
            entry(
                "either",
                Ts::Either("yes".into(), Box::new(Ts::text("\u{e9}\n")), Box::new(Ts::code("2"))),
            ),
        ]);
        let width = all.flat().chars().count();
        assert_eq!(all.left_of(width), Some(0));
        assert_eq!(all.left_of(width + 7), Some(7));
        assert_eq!(all.left_of(width - 1), None);
    }

    #[test]
    fn text_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\\'\"\n\u{2028}"), "'a\\\\\\'\"\\n\\u{2028}'");
        assert_eq!(in_template("`${a}\\"), "\\`\\${a}\\\\");
        assert_eq!(comment("a */ b\nc"), "a *\u{200b}/ b c");
    }
}
