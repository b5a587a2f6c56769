//! JSONPath queries (RFC 9535): whether one is right, and which of them are as simple as a JSON pointer.

use super::expression::SyntaxError;
use serde_json_path::JsonPath;

/// How long a query may be, and how deep its brackets: the reader of queries calls itself for each.
const MAX_LENGTH: usize = 4096;
const MAX_DEPTH: usize = 40;

/// Whether a text is a query.
pub(super) fn check(text: &str) -> Result<(), SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Err(SyntaxError::new(
            0,
            text.len(),
            format!("a query must have at most {MAX_LENGTH} bytes"),
        ));
    }
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '[' | '(' | '!' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(SyntaxError::new(
                at,
                1,
                format!("brackets are nested more than {MAX_DEPTH} levels deep"),
            ));
        }
    }
    JsonPath::parse(text).map(drop).map_err(|error| {
        // Counted from 1. What cannot be placed is told of the whole.
        let at = error.position().saturating_sub(1);
        let at = if text.is_char_boundary(at) { at } else { 0 };
        SyntaxError::new(at, text.len() - at, error.message().to_owned())
    })
}

/// Whether a text compares what a query finds with something, which is no query.
pub(super) fn is_comparison(text: &str) -> bool {
    let signs = text.char_indices().filter(|(_, char)| "=<>".contains(*char));
    let mut queries = signs.map(|(at, _)| text[..at].trim_end_matches(['=', '!', '<', '>', ' ']));
    queries.any(|query| query.starts_with('$') && JsonPath::parse(query).is_ok())
}

/// The steps of the JSON pointer that finds the same, where a query is one name or index after the other.
pub(super) fn pointer(text: &str) -> Option<Vec<String>> {
    let (steps, rest) = names(text)?;
    rest.is_empty().then_some(steps)
}

/// Whether a query finds at most one value: it is one name or index after the other, from the end of a list, too.
pub(super) fn is_single(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix('$') else { return false };
    loop {
        let from_end = rest.strip_prefix("[-").and_then(|rest| rest.split_once(']'));
        let from_end = from_end.filter(|(index, _)| index.bytes().all(|one| one.is_ascii_digit()));
        match name(rest).or(from_end) {
            Some((_, after)) => rest = after,
            None => return rest.is_empty(),
        }
    }
}

/// The names and indexes that a query begins with, and what follows them.
pub(super) fn names(text: &str) -> Option<(Vec<String>, &str)> {
    let mut rest = text.strip_prefix('$')?;
    let mut steps = vec![];
    while let Some((step, after)) = name(rest) {
        steps.push(step.to_owned());
        rest = after;
    }
    Some((steps, rest))
}

/// The names below each member that a filter looks at, where a query goes on with a filter: `['a', 'b']` of `[?@.a.b == 1]`.
pub(super) fn asked_members(rest: &str) -> Vec<Vec<String>> {
    let Some(filter) = rest.strip_prefix("[?") else { return vec![] };
    let (mut found, mut depth, mut quote) = (vec![], 1_u32, None);
    let mut signs = filter.char_indices();
    while let Some((at, sign)) = signs.next() {
        match (quote, sign) {
            (Some(_), '\\') => drop(signs.next()),
            (Some(open), _) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(sign),
            (None, '[') => depth += 1,
            (None, ']') if depth == 1 => break,
            (None, ']') => depth -= 1,
            // That of a filter within the filter is another one.
            (None, '@') if depth == 1 => {
                let after = &filter[at + 1..];
                let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.');
                let end = after.find(|char| !is_name(char)).unwrap_or(after.len());
                let names = names(&format!("${}", &after[..end])).map(|(names, _)| names);
                found.extend(names.filter(|names| !names.is_empty()));
            }
            (None, _) => {}
        }
    }
    found
}

/// A name or index, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    if let Some(after) = text.strip_prefix('.') {
        let end = after.find(['.', '[']).unwrap_or(after.len());
        let (name, rest) = after.split_at(end);
        let is_name = |char: char| char.is_alphanumeric() || char == '_';
        let is_plain = !name.is_empty() && name.chars().all(is_name);
        return (is_plain && !name.starts_with(|c: char| c.is_ascii_digit()))
            .then_some((name, rest));
    }
    let (inner, rest) = text.strip_prefix('[')?.split_once(']')?;
    let quoted = |quote: char| inner.strip_prefix(quote)?.strip_suffix(quote);
    match quoted('\'').or_else(|| quoted('"')) {
        Some(name) if name.contains(['\\', '\'', '"']) => None,
        Some(name) => Some((name, rest)),
        None => {
            let is_index = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
            is_index.then_some((inner, rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_right_or_told_where_they_are_not() {
        for text in [
            "$",
            "$.a",
            "$.items[0].id",
            "$[?count(@.pets) > 0]",
            "$..a[?@.b == 'c']",
            "$['a b']",
            "$[?match(@.a, 'a.*')]",
            "$[?search(@, '[0-9]')]",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in ["", "a", "$.", "$.a[", "$[?@.a = 1]", "$[?count(@.a]"] {
            assert!(check(text).is_err(), "{text}");
        }
        assert!(check(&"$[?".repeat(10_000)).is_err());
        assert!(check(&format!("$[?{}@.a]", "(".repeat(1000))).is_err());
        assert!(check(&format!("$[?{}@.a]", "!".repeat(1000))).is_err());
    }

    #[test]
    fn a_query_of_names_and_indexes_is_a_pointer() {
        assert_eq!(pointer("$"), Some(vec![]));
        assert_eq!(
            pointer("$.items[0]['a b']"),
            Some(["items", "0", "a b"].map(str::to_owned).to_vec())
        );
        for text in ["$.*", "$..a", "$[?@.a]", "$[-1]", "$[0:1]", "$[0,1]", "$['a\\'b']"] {
            assert_eq!(pointer(text), None, "{text}");
        }
        for (text, single) in [("$", true), ("$[-1].a", true), ("$.*", false), ("$[-1:]", false)] {
            assert_eq!(is_single(text), single, "{text}");
        }
        let asked = |rest| asked_members(rest).concat().join(" ");
        assert_eq!(asked("[?@.a.b == 1 && count(@.c[?@.d]) > 0].e"), "a b c");
        assert_eq!(asked("[?@ == '@.a' || @['b']]"), "");
        assert_eq!(asked(".a"), "");
        assert_eq!(names("$.a[0][?@.b]"), Some((vec!["a".into(), "0".into()], "[?@.b]")));
    }
}
