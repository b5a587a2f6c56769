//! TypeScript expressions as a tree, and how they are laid out: on one line where they fit, else one part a line.
//!
//! Knows nothing of CDK or CloudFormation.

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
        Self::Text(text.into())
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
        let value = self.layout(indent, indent + head.chars().count(), 1);
        format!("{}{head}{value};\n", " ".repeat(indent))
    }

    /// The expression when it begins at `column` of a line that is indented by `indent`, and so many characters
    /// follow its end.
    fn layout(&self, indent: usize, column: usize, n_after: usize) -> String {
        let room = MAX_COLUMNS.checked_sub(column + n_after);
        if room.and_then(|room| self.left_of(room)).is_some() {
            return self.flat();
        }
        match self {
            Self::Code(_) | Self::Text(_) => self.flat(),
            Self::List(items) if items.is_empty() => self.flat(),
            Self::Object(entries) if entries.is_empty() => self.flat(),
            Self::List(items) => format!("[\n{}{}]", lines(items, indent), " ".repeat(indent)),
            Self::Object(entries) => {
                let inner = indent + 2;
                let entry = |(key, value): &(String, Self)| {
                    let head = entry_head(key, value);
                    let text = value.layout(inner, inner + head.chars().count(), 1);
                    let below = value.below(inner + 2, &head, &text);
                    match below {
                        Some(below) => {
                            format!("{}{}{below},\n", " ".repeat(inner), head.trim_end())
                        }
                        None => format!("{}{head}{text},\n", " ".repeat(inner)),
                    }
                };
                let entries: String = entries.iter().map(entry).collect();
                format!("{{\n{entries}{}}}", " ".repeat(indent))
            }
            Self::Call(callee, arguments) => call_layout(callee, arguments, indent, column),
            Self::Either(condition, yes, no) => {
                let inner = indent + 2;
                let pad = " ".repeat(inner);
                let yes = yes.layout(inner, inner + 2, 0);
                let no = no.layout(inner, inner + 2, n_after);
                format!("{condition}\n{pad}? {yes}\n{pad}: {no}")
            }
        }
    }

    /// The value of an entry on a line of its own below the key, where people write it there: a text that is too long
    /// in any case, and a choice that fits there.
    fn below(&self, indent: usize, head: &str, beside: &str) -> Option<String> {
        let is_too_long =
            indent - 2 + head.chars().count() + beside.chars().count() + 1 > MAX_COLUMNS;
        let text = match self {
            Self::Text(_) if is_too_long => self.flat(),
            Self::Either(..) if beside.contains('\n') => self.layout(indent, indent, 1),
            _ => return None,
        };
        Some(format!("\n{}{text}", " ".repeat(indent)))
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
            Self::Text(text) => take(room, &quoted(text)),
            Self::List(items) => list(room.checked_sub(2)?, items),
            Self::Object(entries) if entries.is_empty() => room.checked_sub(2),
            Self::Object(entries) => {
                let room = room.checked_sub(4 + 2 * (entries.len() - 1))?;
                entries.iter().try_fold(room, |room, (key, value)| {
                    value.left_of(take(room, &entry_head(key, value))?)
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
        let joined = |parts: &[Self]| parts.iter().map(Self::flat).collect::<Vec<_>>().join(", ");
        match self {
            Self::Code(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => format!("[{}]", joined(items)),
            Self::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Object(entries) => {
                let entry = |(key, value): &(String, Self)| {
                    format!("{}{}", entry_head(key, value), value.flat())
                };
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("{{ {} }}", entries.join(", "))
            }
            Self::Call(callee, arguments) => format!("{callee}({})", joined(arguments)),
            Self::Either(condition, yes, no) => {
                format!("{condition} ? {} : {}", yes.flat(), no.flat())
            }
        }
    }
}

/// What stands before the value of an entry: nothing where the key is the value's name.
fn entry_head(key: &str, value: &Ts) -> String {
    match value {
        Ts::Code(code) if code == key => String::new(),
        _ if is_name(key) => format!("{key}: "),
        _ => format!("{}: ", quoted(key)),
    }
}

/// Expressions on lines of their own, one step further in.
fn lines(items: &[Ts], indent: usize) -> String {
    let inner = indent + 2;
    let line = |item: &Ts| format!("{}{},\n", " ".repeat(inner), item.layout(inner, inner, 1));
    items.iter().map(line).collect()
}

/// A call that does not fit on its line: the last argument stays on it when it is a collection, as people write it.
fn call_layout(callee: &str, arguments: &[Ts], indent: usize, column: usize) -> String {
    let Some((last, before)) = arguments.split_last() else { return format!("{callee}()") };
    if matches!(last, Ts::Object(_) | Ts::List(_)) {
        let before: String = before.iter().map(|one| format!("{}, ", one.flat())).collect();
        let head = format!("{callee}({before}");
        let head_columns = head.chars().count();
        if column + head_columns < MAX_COLUMNS {
            return format!("{head}{})", last.layout(indent, MAX_COLUMNS, 0));
        }
    }
    format!("{callee}(\n{}{})", lines(arguments, indent), " ".repeat(indent))
}

/// Whether a key of an object stands without quotes.
fn is_name(key: &str) -> bool {
    let mut chars = key.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '$');
    first && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

/// A string literal: in single quotes, or in double quotes where that saves escapes.
pub(super) fn quoted(text: &str) -> String {
    let count = |quote: char| text.chars().filter(|c| *c == quote).count();
    let quote = if count('\'') > count('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if must_escape(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
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
