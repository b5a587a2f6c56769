//! A text is only text.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::parse::Node;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "script-in-text",
    level: Some(Level::Error),
    group: Group::Docs,
    what: "a description contains a script",
    why: "Portals and references render descriptions as Markdown, so a script would run in every reader's browser.",
    example: Some(Example {
        at: "openapi#/info",
        bad: "\
title: Things
version: 1.0.0
description: Things. <script>alert(1)</script>",
        good: "\
title: Things
version: 1.0.0
description: Things, and where they are.",
    }),
    check: Some(check),
};

/// The keys whose text is shown to readers.
const TEXTS: [&str; 3] = ["description", "summary", "title"];

/// The elements that load or are code.
const ELEMENTS: [&str; 4] = ["script", "iframe", "object", "embed"];

/// The beginnings of addresses that browsers run.
const SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:text/html"];

/// How much of a script is shown.
const MAX_SHOWN: usize = 60;

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for (_, tree) in view.trees() {
        let mut open = vec![tree];
        while let Some(node) = open.pop() {
            for entry in node.entries() {
                let text = entry.value.text().filter(|_| TEXTS.contains(&entry.key.as_str()));
                if let Some(script) = text.and_then(script) {
                    let line = script.lines().next().unwrap_or_default();
                    let shown: String = line.chars().take(MAX_SHOWN).collect();
                    found.add(
                        place(view, &entry.value, line).unwrap_or(entry.key_span),
                        format!("`{}` contains a script: `{}`", entry.key, shown.trim()),
                        "remove it; to show code, put it between backticks or in a fenced code block",
                    );
                }
                open.push(&entry.value);
            }
            open.extend(node.items());
        }
    }
}

/// Where a part of a text stands, as far as the contract writes it in the same characters.
fn place(view: &View<'_>, node: &Node, part: &str) -> Option<Span> {
    let Span { file, start, end } = node.span;
    let written = view.text_of(node)?;
    let at = start + u32::try_from(written.find(part)?).ok()?;
    let length = u32::try_from(part.trim_end().len()).ok()?;
    Some(Span { file, start: at, end: end.min(at + length) })
}

/// The part of a text that would run in a browser that shows it as Markdown. Code is only shown.
fn script(text: &str) -> Option<&str> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events {
        let runs = match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let html = &text[range.clone()];
                match tags(html).find(|(_, tag)| is_script(tag)) {
                    Some((at, _)) => return text.get(range.start + at..),
                    None => false,
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                is_code(&dest_url)
            }
            _ => false,
        };
        if runs {
            return text.get(range);
        }
    }
    None
}

/// What follows each `<`, with its place.
fn tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices('<').map(|(at, _)| (at, &html[at + 1..]))
}

/// Whether a tag is an element of code, handles events or leads to code.
fn is_script(tag: &str) -> bool {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    if ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element)) {
        return true;
    }
    let mut rest = &tag[name.len()..];
    while let Some((attribute, value, after)) = attribute(rest) {
        let handles = attribute.len() > 2
            && attribute.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
        if handles || is_code(value) {
            return true;
        }
        rest = after;
    }
    false
}

/// The next attribute with its value, and what follows; none at the end of the tag.
fn attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || "=/>".contains(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            if name.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => {
                let end = value.find(|c: char| c.is_whitespace() || c == '>');
                value.split_at(end.unwrap_or(value.len()))
            }
        };
        return Some((name, value, after));
    }
}

/// Whether an address is code. Browsers skip spaces and control characters in it.
fn is_code(address: &str) -> bool {
    let address = address.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let address: String = address.take(20).collect::<String>().to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn scripts_are_found_where_they_run() {
        for (text, shown) in [
            ("Things. <script>alert(1)</script>", "<script>"),
            ("<SCRIPT src=x>", "<SCRIPT src=x>"),
            (
                "a\n\n<div>\n<img\n src=x onerror=alert(1)>\n</div>",
                "<img\n src=x onerror=alert(1)>\n</div>",
            ),
            ("a <b title='>' onclick='x()'>b</b>", "<b title='>' onclick='x()'>"),
            ("a <a href=\" java\nscript:x()\">b</a>", "<a href=\" java\nscript:x()\">"),
            ("see [this](JavaScript:alert(1)) now", "[this](JavaScript:alert(1))"),
            ("see <vbscript:x>", "<vbscript:x>"),
            ("![a](data:text/html;base64,AA==)", "![a](data:text/html;base64,AA==)"),
            ("<iframe src=\"https://example.com\">", "<iframe src=\"https://example.com\">"),
        ] {
            assert!(script(text).is_some_and(|found| found.starts_with(shown)), "{text}");
        }
    }

    #[test]
    fn prose_and_code_are_only_text() {
        for text in [
            "Call it with curl.\n\nOr, with JavaScript:\n\n```js\nfetch('/a')\n```",
            "Put it in `<script src=\"x\">` tags.",
            "```html\n<script>alert(1)</script>\n```",
            "<p>Or, with javascript: anything</p>",
            "a < b, onload=1 and c > d",
            "<a href=\"https://example.com/?q=javascript:\">b</a> <br/> <img src=x alt=on>",
            "[javascript:](https://example.com)",
        ] {
            assert_eq!(script(text), None, "{text}");
        }
    }
}
