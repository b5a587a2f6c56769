//! What contracts say in words, as doc comments.
//!
//! Owns the way from Markdown of a contract to lines that rustdoc takes without a warning.

use proc_macro2::TokenStream;
use quote::quote;

use super::fence::Fence;
use crate::model::{Docs, Origin};

/// How wide the text of a doc comment is at most.
const MAX_COLUMNS: usize = 96;

/// How far the end of a code span or of a link's text is looked for, so that no text takes longer than it is long.
const MAX_SPAN: usize = 1000;

/// A doc comment: what the contract says, or `otherwise` (which may be empty) where it says nothing; then the facts,
/// each of which is a bold word and a text; then the place in the contract.
pub(crate) fn doc(
    docs: &Docs,
    otherwise: &str,
    facts: &[(&str, String)],
    origin: &Origin,
) -> TokenStream {
    let source = ("Source", format!("`{}`", origin.pointer));
    let facts: Vec<_> = facts.iter().cloned().chain([source]).collect();
    doc_of(docs, otherwise, &facts)
}

/// As [`doc`], without the place.
pub(crate) fn doc_of(docs: &Docs, otherwise: &str, facts: &[(&str, String)]) -> TokenStream {
    let mut lines = words(docs, otherwise);
    let deprecated = docs.deprecated.as_ref().map(|deprecation| {
        let after = deprecation.sunset.as_ref().map(|day| format!("may be removed after {day}"));
        ("Deprecated", after.unwrap_or_default())
    });
    let facts: Vec<_> = deprecated.iter().chain(facts).collect();
    if !facts.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    for (word, text) in facts {
        lines.extend(list_item(wrapped(format!("**{word}** {text}").trim_end())));
    }
    lines_doc(&lines)
}

/// The words of a contract, each paragraph wrapped. What the summary says is not said again.
pub(crate) fn words(docs: &Docs, otherwise: &str) -> Vec<String> {
    let summary = docs.summary.as_deref().or(docs.description.is_none().then_some(otherwise));
    let rest = |description| summary.and_then(|summary| after(description, summary));
    let description = docs.description.as_deref().map(|text| rest(text).unwrap_or(text));
    let paragraphs = [summary, description];
    let mut lines: Vec<String> = Vec::new();
    for text in paragraphs.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph(text));
    }
    lines
}

/// What follows `start` in a text that begins with it, however either is broken into lines.
fn after<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let mut rest = text.trim_start();
    for word in start.split_whitespace() {
        rest = rest.trim_start().strip_prefix(word)?;
    }
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Lines as doc attributes, one each, which is what `prettyplease` prints as `///`.
pub(crate) fn lines_doc<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        text => format!(" {}", text.replace(char::is_control, " ")),
    });
    quote! { #(#[doc = #lines])* }
}

/// An item of a list, so that each fact stands on a line of its own.
fn list_item(lines: Vec<String>) -> Vec<String> {
    let mark = |(index, line): (usize, String)| match index {
        0 => format!("- {line}"),
        _ => format!("  {line}"),
    };
    lines.into_iter().enumerate().map(mark).collect()
}

/// Text of a contract: paragraphs are escaped and wrapped, code blocks stay as they are.
fn paragraph(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut code: Option<Fence> = None;
    let mut lists = Lists::default();
    let mut prose = Prose::default();
    for line in text.lines() {
        if let Some(fence) = code {
            lines.push(fence.line(line));
            code = code.filter(|fence| !fence.is_closed_by(line));
            continue;
        }
        let text = line.trim();
        let n_spaces = line.len() - line.trim_start().len();
        let width = marker_width(text);
        if let Some((fence, opened)) = Fence::open(line, lists.of_block(n_spaces)) {
            prose.end(&mut lines);
            lines.push(opened);
            code = Some(fence);
            continue;
        }
        let (first, others) = lists.of_line(text, n_spaces, width);
        if text.is_empty() || width.is_some() || begins_line(text) {
            prose.end(&mut lines);
        }
        // An item may begin with a block.
        let block = |width: usize| {
            let (fence, opened) = Fence::open(&text[width..], others)?;
            Some((fence.below(n_spaces + width), opened))
        };
        if let Some((fence, opened)) = width.and_then(block) {
            let marker = text.split(' ').next().unwrap_or_default();
            lines.push(format!("{:first$}{marker} {}", "", opened.trim_start()));
            code = Some(fence);
            continue;
        }
        prose.add(text, first, others);
        // A table, a heading, and a line that ends in two blanks or a backslash stay lines of their own.
        if text.is_empty() || begins_line(text) || line.ends_with("  ") || text.ends_with('\\') {
            prose.end(&mut lines);
        }
    }
    prose.end(&mut lines);
    lines.extend(code.map(Fence::close));
    lines
}

/// The list items that a line may belong to: how far the marker of each is indented in the contract, and its text here.
#[derive(Default)]
struct Lists {
    /// Those of the paragraph.
    items: Vec<(usize, usize)>,
    /// Those that go on after an empty line, with what is indented below them.
    above: Vec<(usize, usize)>,
}

impl Lists {
    /// How far a line of prose is indented, and the lines after it; `width` is that of the marker of an item that it begins.
    fn of_line(&mut self, text: &str, n_spaces: usize, width: Option<usize>) -> (usize, usize) {
        match width {
            _ if text.is_empty() => self.items.clear(),
            Some(_) => self.items.retain(|(marker, _)| *marker < n_spaces),
            None => {}
        }
        let first = self.items.last().map_or(0, |(_, indent)| *indent);
        self.items.extend(width.map(|width| (n_spaces, first + width)));
        let others = self.items.last().map_or(0, |(_, indent)| *indent);
        if !text.is_empty() {
            self.above.retain(|(marker, _)| *marker < n_spaces);
            self.above.extend(width.map(|_| (n_spaces, others)));
        }
        (first, others)
    }

    /// How far a block of code is indented here.
    fn of_block(&self, n_spaces: usize) -> usize {
        let item = self.above.iter().rfind(|(marker, _)| *marker < n_spaces);
        item.map_or(0, |(_, indent)| *indent)
    }
}

/// Whether Markdown gives a line a meaning that it has only as a line of its own.
fn begins_line(text: &str) -> bool {
    text.starts_with(['#', '|', '>', '=']) || text.starts_with("---") || text.starts_with("***")
}

/// Lines that belong to one paragraph or one item of a list: Markdown reads a line break in it as a blank.
#[derive(Default)]
struct Prose {
    text: String,
    first: usize,
    others: usize,
    is_open: bool,
}

impl Prose {
    fn add(&mut self, text: &str, first: usize, others: usize) {
        if self.is_open {
            self.text.push(' ');
        } else {
            (self.first, self.is_open) = (first, true);
        }
        self.others = others;
        self.text.push_str(text);
    }

    fn end(&mut self, lines: &mut Vec<String>) {
        let Self { text, first, others, is_open } = std::mem::take(self);
        if is_open {
            let indents = std::iter::once(first).chain(std::iter::repeat(others));
            let wrapped = wrapped(&escaped(&text)).into_iter().zip(indents);
            lines.extend(wrapped.map(|(line, by)| {
                if line.is_empty() { line } else { format!("{:by$}{line}", "") }
            }));
        }
    }
}

/// How wide the marker of a list item is, with its blank, where a line begins one.
fn marker_width(text: &str) -> Option<usize> {
    let marker = match text.find(|c: char| !c.is_ascii_digit())? {
        0 if text.starts_with(['*', '-', '+']) => 1,
        digits @ 1..=9 if text[digits..].starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    text[marker..].starts_with(' ').then_some(marker + 1)
}

/// Breaks a line at blanks; one word is never broken.
fn wrapped(line: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > MAX_COLUMNS {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Prose that rustdoc neither takes for a link to an item nor for HTML; links and code stay what they are.
fn escaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let length = match kept(rest, first) {
            Some((length, text)) => {
                out.push_str(&text);
                length
            }
            None => {
                out.extend(matches!(first, '<' | '>' | '[' | ']' | '`').then_some('\\'));
                out.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// The code, link or URL at the start of a line: how long it is there, and how it is written here.
fn kept(rest: &str, first: char) -> Option<(usize, String)> {
    match first {
        // A line that began with three backticks would begin a block.
        '`' => code_span(rest)
            .filter(|length| !(rest.starts_with("```") && rest[..*length].contains(' ')))
            .map(|length| (length, rest[..length].to_owned())),
        '~' if rest.starts_with("~~~") => Some((1, "\\~".to_owned())),
        '[' => link(rest).map(|(text, target)| {
            (text.len() + target.len() + 2, format!("[{}]{target}", escaped(text)))
        }),
        '<' => url(&rest[1..])
            .filter(|url| rest[1 + url.len()..].starts_with('>'))
            .map(|url| (url.len() + 2, format!("<{url}>"))),
        _ => url(rest).map(|url| (url.len(), format!("<{url}>"))),
    }
}

/// The length of a code span at the start, which ends with as many backticks as it begins with; none where it does not.
fn code_span(text: &str) -> Option<usize> {
    let run = |from: usize| text[from..].len() - text[from..].trim_start_matches('`').len();
    let width = run(0);
    let mut at = width;
    while let Some(next) = text[at..].find('`').filter(|next| at + next < MAX_SPAN) {
        at += next;
        if run(at) == width {
            return Some(at + width);
        }
        at += run(at);
    }
    None
}

/// A link into the web at the start: its text, and its target in parentheses.
fn link(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let end = text.char_indices().take(MAX_SPAN).find_map(|(at, character)| {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let target = &text[end + 1..];
    let is_web = ["(https://", "(http://", "(mailto:"].iter().any(|web| target.starts_with(web));
    let close = target.find([')', ' ']).filter(|_| is_web)?;
    target[close..].starts_with(')').then(|| (&text[1..end], &target[..=close]))
}

/// A URL at the start, without the marks of the sentence around it.
fn url(text: &str) -> Option<&str> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end = text.find([' ', '<', '>', '"', '`', ')', ']']).unwrap_or(text.len());
    Some(text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let docs = Docs { description: Some(text.to_owned()), ..Docs::default() };
        assert_eq!(words(&docs, "otherwise"), expected);
    }

    #[test]
    fn prose_is_escaped_and_wrapped() {
        check("See [1] and <b>.", &["See \\[1\\] and \\<b\\>."]);
        check("See https://example.com/a.", &["See <https://example.com/a>."]);
        check(
            "A `Vec<T>` and a [link](https://example.com).",
            &["A `Vec<T>` and a [link](https://example.com)."],
        );
        check("(see https://a.example/b).", &["(see <https://a.example/b>)."]);
        check("<https://a.example> <a", &["<https://a.example> \\<a"]);
        check(
            "[the `a` of b](https://a.example/c), [d](e) and [f",
            &["[the `a` of b](https://a.example/c), \\[d\\](e) and \\[f"],
        );
        check("a `b and ``c`` d", &["a \\`b and ``c`` d"]);
        let long = "word ".repeat(30);
        check(&long, &["word ".repeat(19).trim_end(), "word ".repeat(11).trim_end()]);
    }

    #[test]
    fn list_items_stay_together() {
        check("So:\n* a\nb\n\nc", &["So:", "* a b", "", "c"]);
        check("10. a\n  b\n    - c\nd", &["10. a b", "    - c d"]);
        let long = format!("- {}", "word ".repeat(30).trim_end());
        let first = format!("- {}", "word ".repeat(19).trim_end());
        check(&long, &[&first, &format!("  {}", "word ".repeat(11).trim_end())]);
        check("*bold* and\n-1", &["*bold* and -1"]);
    }

    #[test]
    fn lines_of_a_paragraph_are_one() {
        check(
            "One sentence\nin two lines.\n\nAnother.",
            &["One sentence in two lines.", "", "Another."],
        );
        check(
            "# Head\ntext\n| a |\n| - |\n> b\nc",
            &["# Head", "text", "| a |", "| - |", "\\> b", "c"],
        );
        check("one  \ntwo\\\nthree", &["one", "two\\", "three"]);
    }

    #[test]
    fn a_summary_is_not_said_twice() {
        let docs = |summary: &str, description: &str| Docs {
            summary: Some(summary.to_owned()),
            description: Some(description.to_owned()),
            ..Docs::default()
        };
        assert_eq!(words(&docs("One. ", "One.\nTwo."), ""), ["One.", "", "Two."]);
        assert_eq!(words(&docs("A b", "A\nb"), ""), ["A b"]);
        assert_eq!(words(&docs("One", "Ones more."), ""), ["One", "", "Ones more."]);
    }

    #[test]
    fn code_is_left_alone() {
        check("So:\n```\nlet a = [1];\n```", &["So:", "```text", "let a = [1];", "```"]);
        check("```json\n{}", &["```json", "{}", "```"]);
        check("~~~\na\n~~~\nb", &["~~~text", "a", "~~~", "b"]);
        check("````rust\n```\n````", &["````text", "```", "````"]);
        check("a ~~~ and ```b c```", &["a \\~~~ and \\`\\`\\`b c\\`\\`\\`"]);
    }

    #[test]
    fn code_in_lists_belongs_to_its_item() {
        check(
            "1. So:\n\n    ```\n    a\n      b\n    ```\n\n2. c",
            &["1. So:", "", "   ```text", "   a", "     b", "   ```", "", "2. c"],
        );
        check("- ```\n  a\n  ```\n- b", &["- ```text", "  a", "  ```", "- b"]);
        check("- a\n\nb\n\n    ```\n    c\n    ```", &["- a", "", "b", "", "```text", "c", "```"]);
    }

    #[test]
    fn nothing_said_is_said_otherwise() {
        assert_eq!(words(&Docs::default(), "The body."), ["The body."]);
    }
}
