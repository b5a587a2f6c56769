//! Contract text and names as Markdown (CommonMark with tables), so that nothing in them breaks the page.

use crate::model::Docs;

/// Text as code: `` `text` ``. A back quote in it is lost, as no name has one.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", one_line(&text.replace('`', "")))
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

/// All that the contract says of a thing, as paragraphs.
pub(super) fn paragraphs(docs: &Docs) -> Vec<String> {
    let deprecated = docs.deprecated.as_ref().map(|deprecation| match &deprecation.sunset {
        Some(day) => format!("**Deprecated**; may be removed after {day}."),
        None => "**Deprecated**.".to_owned(),
    });
    let own = [&docs.summary, &docs.description].into_iter().flatten().map(|text| paragraph(text));
    own.chain(deprecated).filter(|paragraph| !paragraph.is_empty()).collect()
}

/// Contract text among the page's own: headings in it become plain lines, and a fence that is left open is closed.
fn paragraph(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(heading) => heading.trim_matches(['#', ' ']).to_owned(),
        None => line.trim_end().to_owned(),
    };
    let mut lines: Vec<_> = text.trim().lines().map(line).collect();
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    if lines.iter().filter(|line| line.starts_with("```")).count() % 2 == 1 {
        lines.push("```".to_owned());
    }
    lines.join("\n")
}

/// Seconds as a person says them.
pub(super) fn duration(seconds: u32) -> String {
    const UNITS: [(u32, &str); 3] = [(86_400, "day"), (3600, "hour"), (60, "minute")];
    let unit = UNITS.iter().find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size));
    let (count, name) = unit.map_or((seconds, "second"), |(size, name)| (seconds / size, *name));
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
