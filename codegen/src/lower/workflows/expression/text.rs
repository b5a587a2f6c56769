//! Expressions within a text: those in braces, and those that lack them.

use super::{SyntaxError, head, is_identifier, parse};

/// A part of a text with expressions in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower::workflows) enum Section<'t> {
    Text(&'t str),
    /// The expression without its braces, and where it begins.
    Expression(&'t str, usize),
}

/// The parts of a text in which expressions stand in braces. A brace without a `$` behind it is text, as JSON needs.
pub(in crate::lower::workflows) fn sections(text: &str) -> Result<Vec<Section<'_>>, SyntaxError> {
    let mut found = vec![];
    let mut rest = text;
    while let Some(at) = rest.find("{$") {
        let start = text.len() - rest.len() + at;
        let Some(length) = rest[at..].find('}') else {
            return Err(SyntaxError::new(
                start,
                rest.len() - at,
                "the closing brace of this expression is missing",
            )
            .help("write `}` after the expression"));
        };
        if at > 0 {
            found.push(Section::Text(&rest[..at]));
        }
        found.push(Section::Expression(&rest[at + 1..at + length], start + 1));
        rest = &rest[at + length + 1..];
    }
    if !rest.is_empty() || found.is_empty() {
        found.push(Section::Text(rest));
    }
    Ok(found)
}

/// The expressions that stand in a text without the braces that they need there: `$inputs.name` of `a-$inputs.name`.
pub(in crate::lower::workflows) fn without_braces(text: &str) -> Vec<&str> {
    let is_part = |char: char| is_identifier(char) || matches!(char, '#' | '/' | '~' | '[' | ']');
    let starts = text.match_indices('$').map(|(at, _)| at).filter(|at| !text[..*at].ends_with('{'));
    let found = starts.filter_map(|at| {
        let rest = &text[at + 1..];
        let length = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        let whole = text[at..=at + length].trim_end_matches(['.', '-', '#', '/', ']', '[']);
        // A word alone may be a variable of something else.
        let is_meant = head(whole).is_some() && (whole.contains('.') || whole == "$statusCode");
        (is_meant && parse(whole).is_ok()).then_some(whole)
    });
    found.collect()
}
