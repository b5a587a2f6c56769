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

/// The elements that load what an attribute names. Without one they load nothing: `List<object>` is prose.
const LOADERS: [&str; 3] = ["iframe", "object", "embed"];

/// The attributes that name what an element loads.
const SOURCES: [&str; 3] = ["src", "srcdoc", "data"];

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
    // Most texts have neither tags nor links.
    if !["<", "](", "]:"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events {
        let runs = match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                match script_tag(&text[range.clone()]) {
                    Some(at) => return text.get(range.start + at..),
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

/// Where the first tag begins that is a script. Reads each byte of the text a bounded number of times.
fn script_tag(html: &str) -> Option<usize> {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let (is_script, after) = match tag.strip_prefix('!') {
            Some(comment) if comment.starts_with("--") => (false, after_comment(comment)?),
            _ => read_tag(tag),
        };
        if is_script {
            return Some(html.len() - tag.len() - 1);
        }
        rest = after;
    }
    None
}

/// What follows a comment that begins with these dashes: browsers take `<!-->` for a whole one. None in a comment without
/// an end, which hides the rest.
fn after_comment(text: &str) -> Option<&str> {
    let is_end = |at: usize| text[..at].ends_with("--") || text[..at].ends_with("--!");
    let (end, _) = text.match_indices('>').find(|(at, _)| is_end(*at))?;
    text.get(end + 1..)
}

/// Whether a tag is an element of code, handles events or leads to code, and what follows that has not been read.
fn read_tag(tag: &str) -> (bool, &str) {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    if name.eq_ignore_ascii_case("script") {
        return (true, rest);
    }
    let is_one =
        |names: [&str; 3], name: &str| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    let loads = is_one(LOADERS, name);
    while let Some((attribute, value, after)) = attribute(rest) {
        let handles = attribute.len() > 2
            && attribute.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
        if handles || (loads && is_one(SOURCES, attribute)) || is_code(&decoded(value)) {
            return (true, rest);
        }
        rest = after;
    }
    (false, rest)
}

/// The next attribute with its value, and what follows; none at the end of the tag, or where another one begins.
fn attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let ends = |c: char| c.is_whitespace() || "=/<>".contains(c);
        let (name, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
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

/// The value of an attribute with the character references replaced that the beginning of an address may have.
fn decoded(value: &str) -> String {
    const NAMED: [(&str, char); 4] =
        [("colon;", ':'), ("sol;", '/'), ("Tab;", '\t'), ("NewLine;", '\n')];
    let mut parts = value.split('&');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let named = NAMED.iter().find_map(|(name, char)| Some((*char, part.strip_prefix(name)?)));
        match named.or_else(|| numbered(part)) {
            Some((char, rest)) => {
                text.push(char);
                text.push_str(rest);
            }
            None => {
                text.push('&');
                text.push_str(part);
            }
        }
    }
    text
}

/// The character that a number stands for (`#106;`, `#x6a`), and what follows.
fn numbered(reference: &str) -> Option<(char, &str)> {
    let number = reference.strip_prefix('#')?;
    let (radix, digits) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, number),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let char = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)?;
    Some((char, rest.strip_prefix(';').unwrap_or(rest)))
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
            ("a <Object type=x data=x>", "<Object type=x data=x>"),
            ("a <a href=\"&#106;av&#x61;script&colon;x()\">b</a>", "<a href=\"&#106;"),
            ("<div><a <b onclick=x>", "<b onclick=x>"),
            ("<div><!--><script>x</script>", "<script>"),
            ("<div><!-- a --><script>x</script>", "<script>"),
            ("see [this]\n\n[this]: javascript:alert(1)", "[this]"),
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
            "An IEnumerable<object> and the <embed> of it.",
            "<!-- <script>x</script> -->",
            "<div><!-- <script>x</script> --></div>",
        ] {
            assert_eq!(script(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_read_once() {
        for part in ["<a ", "<a b ", "<a b='", "<a b=c ", "<!-- ", "<!---->", "&#1;", "<a b=&"] {
            assert_eq!(script(&format!("<div>{}", part.repeat(100_000))), None, "{part}");
        }
    }
}
