//! Contract text and names as Markdown (CommonMark with tables), so that nothing in them breaks the page.

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
    let (summary, description) = (docs.summary.as_deref(), docs.description.as_deref());
    let (summary, description) = (one_line(summary.unwrap_or("")), description.unwrap_or(""));
    // The first sentence of a description is its summary where there is no other.
    let is_said = one_line(description).starts_with(&summary);
    let parts = [if is_said { "" } else { &summary }, description];
    let mut text = cell(&parts.join(" "));
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

/// Contract text among the page's own: headings in it become plain lines, and a fence that is left open is closed. Code
/// stays as it is.
fn paragraph(text: &str) -> String {
    let mut lines: Vec<String> = vec![];
    let mut in_code = false;
    for line in text.trim().lines().map(str::trim_end) {
        let is_fence = line.starts_with("```");
        let is_blank = |line: &str| line.is_empty();
        if !in_code && is_blank(line) && lines.last().is_some_and(|last| is_blank(last)) {
            continue;
        }
        lines.push(match heading(line).filter(|_| !in_code) {
            Some(heading) => heading.to_owned(),
            None => line.to_owned(),
        });
        in_code ^= is_fence;
    }
    if in_code {
        lines.push("```".to_owned());
    }
    lines.join("\n")
}

/// The text of a heading: up to six `#` and a blank before it (CommonMark, "ATX headings").
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let is_heading = (1..=6).contains(&(line.len() - text.len()));
    let is_apart = text.is_empty() || text.starts_with(' ');
    (is_heading && is_apart).then(|| text.trim_matches(['#', ' ']))
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
        assert_eq!(paragraph("```\n# a"), "```\n# a\n```");
    }
}
