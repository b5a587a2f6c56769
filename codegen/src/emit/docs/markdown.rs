//! Contract text and names as Markdown (CommonMark with tables), so that nothing in them breaks the page.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::model::Docs;

/// Text as code for a table's cell: `` `text` ``, between more back quotes than it has in a row.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(char::is_control, " ").replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let quotes = "`".repeat(longest + 1);
    let is_padded = |end: fn(&str, char) -> bool| end(&text, ' ') || end(&text, '`');
    // One blank at each end is no part of the code (CommonMark, "Code spans").
    match is_padded(|text, end| text.starts_with(end)) || is_padded(|text, end| text.ends_with(end))
    {
        true => format!("{quotes} {text} {quotes}"),
        false if text.is_empty() => "`\"\"`".to_owned(),
        false => format!("{quotes}{text}{quotes}"),
    }
}

/// What was made for a table's cell, for a paragraph: there no stroke ends a cell.
pub(super) fn beside_tables(text: &str) -> String {
    text.replace("\\|", "|")
}

/// Text for a table's cell: on one line, and without what would end the cell or begin a tag.
pub(super) fn cell(text: &str) -> String {
    one_line(text).replace('<', "&lt;")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A link to another page or place.
pub(super) fn link(text: &str, target: &str) -> String {
    let text: String = text.chars().filter(|c| !"[]".contains(*c)).collect();
    format!("[{}]({target})", cell(&text))
}

/// A list of things in a cell.
pub(super) fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<_> = parts.into_iter().collect();
    parts.join(", ")
}

/// The one line that says what a thing is, for a cell.
pub(super) fn summary(docs: &Docs) -> String {
    let text = docs.summary.as_ref().or(docs.description.as_ref());
    cell(text.map_or("", String::as_str))
}

/// All that the contract says of a thing, for a cell.
pub(super) fn whole(docs: &Docs) -> String {
    let words = |text: &Option<String>| -> String {
        let words = text.as_deref().unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    let (summary, description) = (words(&docs.summary), words(&docs.description));
    // The first sentence of a description is its summary where there is no other.
    let is_said = description.starts_with(&summary);
    let mut text = cell(&[if is_said { "" } else { &summary }, &description].join(" "));
    if let Some(said) = deprecated(docs) {
        text = format!("{text} {said}");
    }
    text.trim().to_owned()
}

/// The sentence about a thing that is on its way out.
pub(super) fn deprecated(docs: &Docs) -> Option<String> {
    Some(match &docs.deprecated.as_ref()?.sunset {
        Some(day) => format!("**Deprecated**; may be removed after {day}."),
        None => "**Deprecated**.".to_owned(),
    })
}

/// All that the contract says of a thing, as paragraphs.
pub(super) fn paragraphs(docs: &Docs) -> Vec<String> {
    let own = [&docs.summary, &docs.description].into_iter().flatten().map(|text| paragraph(text));
    own.chain(deprecated(docs)).filter(|paragraph| !paragraph.is_empty()).collect()
}

/// Contract text among the page's own: headings in it become plain lines, and what is left open, a fence or a block of
/// HTML, ends with it. Code stays as it is.
fn paragraph(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    let (mut code, mut changes, mut end) = (vec![], vec![], String::new());
    for (event, place) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        let own = &text[place.clone()];
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let heading = heading(own);
                let start = place.start + own.find(heading).unwrap_or_default();
                changes.push((place.start..start, ""));
                changes.push((start + heading.len()..place.start + own.trim_end().len(), ""));
            }
            Event::Start(Tag::HtmlBlock) if is_open(own) => {
                changes.push((place.start..place.start + 1, "&lt;"));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                if let (CodeBlockKind::Fenced(_), Some(fence)) = (kind, open_fence(own)) {
                    end = format!("\n{fence}");
                }
                code.push(place);
            }
            _ => {}
        }
    }
    // Of several empty lines one is left.
    let mut at = 0;
    for pair in lines.windows(2) {
        at += pair[0].len() + 1;
        if pair == ["", ""] && !code.iter().any(|place| place.contains(&at)) {
            changes.push((at - 1..at, ""));
        }
    }
    // From the last one on, so that places stay those of the text.
    changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut whole = text.clone();
    for (place, instead) in changes {
        whole.replace_range(place, instead);
    }
    whole + &end
}

/// The text of a heading, of either kind (CommonMark, "ATX headings" and "Setext headings").
fn heading(block: &str) -> &str {
    let block = block.trim();
    match block.starts_with('#') {
        true => block.trim_matches(['#', ' ']),
        false => block.rsplit_once('\n').map_or(block, |(text, _)| text.trim_end()),
    }
}

/// Whether a block of HTML goes on until something that it has not (CommonMark, "HTML blocks", kinds 1 to 5).
fn is_open(block: &str) -> bool {
    const ENDS: [(&str, &str); 8] = [
        ("<!--", "-->"),
        ("<![cdata[", "]]>"),
        ("<?", "?>"),
        ("<!", ">"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let block = block.trim_start().to_ascii_lowercase();
    let kind = ENDS.iter().find(|(start, _)| block.starts_with(start));
    kind.is_some_and(|(_, end)| !block.contains(end))
}

/// The fence of a block of code that nothing ends.
fn open_fence(block: &str) -> Option<&str> {
    let mut lines = block.lines();
    let first = lines.next()?.trim_start();
    let sign = first.chars().next()?;
    let fence = &first[..first.len() - first.trim_start_matches(sign).len()];
    let ends =
        |line: &str| line.trim().len() >= fence.len() && line.trim().chars().all(|one| one == sign);
    (!lines.next_back().is_some_and(ends)).then_some(fence)
}

/// Seconds as a person says them.
pub(super) fn duration(seconds: u32) -> String {
    const UNITS: [(u32, &str); 3] = [(86_400, "day"), (3600, "hour"), (60, "minute")];
    let unit = UNITS.iter().find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size));
    let (count, name) = unit.map_or((seconds, "second"), |(size, name)| (seconds / size, *name));
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_shown_as_it_is() {
        let cases = [
            ("^a b$", "`^a b$`"),
            ("^(a|b)$", "`^(a\\|b)$`"),
            ("^`+$", "``^`+$``"),
            ("`", "`` ` ``"),
            (" {2}", "`  {2} `"),
            ("", "`\"\"`"),
            ("a\nb", "`a b`"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected);
        }
        assert_eq!(beside_tables(&code("^(a|b)\\|$")), "`^(a|b)\\|$`");
    }

    #[test]
    fn only_headings_lose_their_signs() {
        let text = "# Head\n\n\n#1 of all\n```sh\n# install\n\n\n## more\n```\n####### seven";
        let expected = "Head\n\n#1 of all\n```sh\n# install\n\n\n## more\n```\n####### seven";
        assert_eq!(paragraph(text), expected);
        let setext = "Usage\n=====\n\nof a\nthing\n---\n\n* # in a list\n\na | b\n--|--\n1 | 2";
        let plain = "Usage\n\nof a\nthing\n\n* in a list\n\na | b\n--|--\n1 | 2";
        assert_eq!(paragraph(setext), plain);
    }

    #[test]
    fn what_is_left_open_ends_with_the_text() {
        let cases = [
            ("```\n# a", "```\n# a\n```"),
            ("~~~~json\n{}\n~~~", "~~~~json\n{}\n~~~\n~~~~"),
            ("A.\n\n<!-- todo\n", "A.\n\n&lt;!-- todo"),
            ("<PRE>\na", "&lt;PRE>\na"),
            ("<!-- told -->\n\n<ul>\n<li>a", "<!-- told -->\n\n<ul>\n<li>a"),
        ];
        for (text, expected) in cases {
            assert_eq!(paragraph(text), expected);
        }
    }
}
