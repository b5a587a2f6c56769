//! What a text that is no YAML most likely means: the mistake behind the place where the scanner gave up.
//!
//! Owns guesses about people, not the grammar: each looks at the lines around the place, and names another place only where
//! the mistake is plain to see. Where none is, the scanner's own words remain.

/// A mistake, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The byte at which it stands.
    pub(super) at: usize,
    /// What stands there.
    pub(super) here: String,
    /// What to write instead.
    pub(super) help: Option<String>,
}

/// The mistake behind a refusal: the byte at which the scanner gave up, and why it did.
pub(super) fn behind(text: &str, at: usize, why: &str) -> Mistake {
    let place = ScanStop::of(text, at);
    let guesses: [fn(&ScanStop<'_>, &str) -> Option<Mistake>; 9] = [
        conflict,
        indentation_character,
        truncated,
        reference,
        quote,
        special_character,
        colon,
        flow,
        list_or_mapping,
    ];
    let found = guesses.iter().find_map(|guess| guess(&place, why));
    found.unwrap_or_else(|| Mistake { at, here: why.to_owned(), help: None })
}

/// The place where the scanner gave up, and the lines around it.
struct ScanStop<'a> {
    text: &'a str,
    at: usize,
    /// Each line with the byte at which it starts.
    lines: Vec<(usize, &'a str)>,
    /// The line of the place, from 0.
    line: usize,
}

impl<'a> ScanStop<'a> {
    fn of(text: &'a str, at: usize) -> Self {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let this = (start, line.trim_end_matches(['\n', '\r']));
            start += line.len();
            this
        });
        let lines: Vec<_> = lines.collect();
        let line = lines.iter().rposition(|(start, _)| *start <= at).unwrap_or(0);
        Self { text, at, lines, line }
    }

    /// The line of the place.
    fn here(&self) -> (usize, &'a str) {
        self.lines.get(self.line).copied().unwrap_or_default()
    }

    /// The nearest line before it that is neither empty nor a comment.
    fn before(&self) -> Option<(usize, &'a str)> {
        let told = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        self.lines[..self.line.min(self.lines.len())]
            .iter()
            .rev()
            .find(|(_, line)| told(line))
            .copied()
    }

    /// The rest of the line from the place on.
    fn rest(&self) -> &'a str {
        let (start, line) = self.here();
        line.get(self.at.saturating_sub(start)..).unwrap_or_default().trim_end()
    }
}

fn mistake(at: usize, here: impl Into<String>, help: impl Into<String>) -> Option<Mistake> {
    Some(Mistake { at, here: here.into(), help: Some(help.into()) })
}

/// A text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn conflict(place: &ScanStop<'_>, _: &str) -> Option<Mistake> {
    let (start, _) = place.lines.iter().find(|(_, line)| line.starts_with("<<<<<<< "))?;
    mistake(
        *start,
        "a merge conflict starts here",
        "keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
    )
}

/// Tabs and exotic blanks before the first letter of a line.
fn indentation_character(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    // The scanner names the start of a text that goes on until the line with the tab.
    let most = if why.contains("tab") { place.lines.len() } else { place.line + 2 };
    let first = place.line.saturating_sub(1);
    let lines = place.lines.get(first..most.min(place.lines.len()))?;
    lines.iter().find_map(|(start, line)| {
        let blank = &line[..line.len() - line.trim_start().len()];
        let (at, char) = blank.char_indices().find(|(_, char)| *char != ' ')?;
        let name = match char {
            '\t' => "a tab".to_owned(),
            '\u{a0}' => "a no-break space (U+00A0)".to_owned(),
            _ => format!("U+{:04X}, which is not a space", u32::from(char)),
        };
        mistake(start + at, name, "indent with spaces only")
    })
}

/// A document that ends within a list or mapping in brackets.
fn truncated(place: &ScanStop<'_>, _: &str) -> Option<Mistake> {
    let is_end = place.text.get(place.at..).is_none_or(|rest| rest.trim().is_empty());
    let (at, mark) = unclosed(place).filter(|_| is_end)?;
    let close = if mark == '[' { ']' } else { '}' };
    mistake(
        at,
        format!("the file ends, and this `{mark}` is not closed"),
        format!("close it with `{close}`"),
    )
}

/// A reference within the document that is not quoted, so that it and the rest of its line are a comment.
fn reference(place: &ScanStop<'_>, _: &str) -> Option<Mistake> {
    let (start, line) = place.before().filter(|(_, line)| line.contains("$ref: #"))?;
    let at = line.find("$ref: #")? + "$ref: ".len();
    let text = line[at..].trim_end_matches(['}', ']', ',', ' ']);
    mistake(start + at, "a comment starts here", format!("quote the reference: `'{text}'`"))
}

fn quote(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    let is_open =
        ["invalid indentation in quoted", "unexpected end of stream", "document indicator"];
    let escape = |mark: char| match mark {
        '\'' => "inside single quotes, write `''` for an apostrophe",
        _ => "inside double quotes, write `\\\"` for a quotation mark",
    };
    if is_open.iter().any(|words| why.contains(words)) {
        let mark =
            place.text.get(place.at..)?.chars().next().filter(|char| "'\"".contains(*char))?;
        return mistake(place.at, "this quote is not closed", format!("close it with `{mark}`"));
    }
    if why.contains("trailing content after") {
        let before = place.text.get(..place.at)?.trim_end();
        let mark = before.chars().next_back().filter(|char| "'\"".contains(*char))?;
        return mistake(before.len() - 1, "the quoted text ends here", escape(mark));
    }
    why.contains("unknown escape").then(|| {
        let help = "write `\\\\` for a backslash, or use single quotes".to_owned();
        Mistake { at: place.at, here: why.to_owned(), help: Some(help) }
    })
}

/// A value that begins with a character which means something in YAML.
fn special_character(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    let value = place.rest();
    let first = value.chars().next()?;
    if why.contains("unknown anchor") {
        let here = "`*` refers to an anchor, and there is none of this name";
        return mistake(place.at, here, format!("if it is text, quote it: `{}`", quoted(value)));
    }
    why.starts_with("unexpected character").then(|| {
        let help = format!("quote it: `{}`", quoted(value));
        let here = format!("a value cannot start with `{first}`");
        Mistake { at: place.at, here, help: Some(help) }
    })
}

/// A colon that makes a key of what was meant as text, or no key of what was meant as one.
fn colon(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    if !why.starts_with("mapping values are not allowed") && !why.starts_with("simple key") {
        return None;
    }
    let (start, line) = place.here();
    let before = line.get(..place.at.saturating_sub(start)).unwrap_or_default();
    if let Some(key) = before.find(": ") {
        let value = line[key + 2..].trim();
        let help = format!("quote the value: `{}`", quoted(value));
        return mistake(place.at, "a value that contains `: ` must be quoted", help);
    }
    let (above_start, above) = place.before()?;
    let text = above.trim_start().trim_start_matches("- ");
    let is_key = !text.contains(": ") && !text.ends_with(':') && !text.starts_with(['\'', '"']);
    if let Some((key, value)) = text.split_once(':').filter(|_| is_key)
        && !key.contains(' ')
        && !value.starts_with("//")
    {
        let at = above_start + above.len() - text.len() + key.len();
        return mistake(
            at,
            "a space is missing after the colon",
            format!("write `{key}: {value}`"),
        );
    }
    let (here, there) = (indent(line), indent(above));
    (here != there).then(|| {
        let first = start + here;
        let here = format!("this line is indented by {here} spaces, the line above by {there}");
        let help = "keys of one mapping start in the same column".to_owned();
        Mistake { at: first, here, help: Some(help) }
    })
}

/// A list or mapping in brackets that is not closed, or that holds a comment of another language.
fn flow(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    let words = ["flow", "illegal placement", "misplaced bracket"];
    if !words.iter().any(|word| why.contains(word)) {
        return None;
    }
    let near = &place.lines[place.line.saturating_sub(1)..=place.line.min(place.lines.len() - 1)];
    let comment = near.iter().find_map(|(start, line)| {
        let at = [" //", "\t//", "/*"].iter().filter_map(|mark| line.find(mark)).min();
        let at = at.or_else(|| line.trim_start().starts_with("//").then(|| indent(line)))?;
        Some(start + at + line[at..].find('/')?)
    });
    if let Some(at) = comment {
        return mistake(
            at,
            "this is not a comment",
            "JSON has no comments; in YAML, they start with `#`",
        );
    }
    let (at, mark) = unclosed(place)?;
    let close = if mark == '[' { ']' } else { '}' };
    // On one line, the place of the scanner is the better one.
    (at < place.here().0)
        .then(|| {
            mistake(at, format!("this `{mark}` is not closed"), format!("close it with `{close}`"))
        })
        .flatten()
}

/// The innermost bracket that opens a list or mapping before the place and is not closed before it.
fn unclosed(place: &ScanStop<'_>) -> Option<(usize, char)> {
    let mut open = vec![];
    let mut quote = None;
    let mut before = '\n';
    for (at, char) in place.text.get(..place.at)?.char_indices() {
        let starts = before.is_whitespace() || "[{,:".contains(before);
        match (quote, char) {
            (Some(mark), _) if mark == char => quote = None,
            (Some(_), '\n') => quote = None,
            (None, '\'' | '"') if starts => quote = Some(char),
            (None, '[' | '{') if starts => open.push((at, char)),
            (None, ']') if open.last().is_some_and(|(_, mark)| *mark == '[') => drop(open.pop()),
            (None, '}') if open.last().is_some_and(|(_, mark)| *mark == '{') => drop(open.pop()),
            _ => {}
        }
        before = char;
    }
    open.pop()
}

fn list_or_mapping(place: &ScanStop<'_>, why: &str) -> Option<Mistake> {
    if why.contains("expected '-' indicator") {
        let help = "each element of a list starts with `- `; a key of the mapping around it is indented less";
        let (start, line) = place.here();
        let own = indent(line);
        let above = place.lines[..place.line]
            .iter()
            .rposition(|(_, line)| indent(line) == own && line.trim_start().starts_with('-'));
        return match above {
            Some(above) => mistake(
                start + own,
                format!(
                    "this line is indented as far as the elements of the list above (line {})",
                    above + 1
                ),
                help,
            ),
            None => mistake(place.at, "an element of the list above is expected here", help),
        };
    }
    if !why.contains("did not find expected key") {
        return None;
    }
    let help = "keys of one mapping start in the same column";
    let (start, line) = place.here();
    let own = indent(line);
    let told = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let above = place.lines[..place.line].iter().enumerate().rev();
    let mut above = above.filter(|(_, (_, line))| told(line));
    // The first line below the one that is indented less is the first key of the mapping.
    let parent = above.find(|(_, (_, line))| indent(line) < own)?.0;
    // Without one, the line belongs to no mapping: the line above is a key that has a value already.
    let first = place.lines[parent + 1..place.line].iter().position(|(_, line)| told(line));
    let Some(first) = first.map(|first| parent + 1 + first) else {
        let there = indent(place.lines[parent].1);
        let here = format!("this line is indented by {own} spaces, the line above by {there}");
        return mistake(start + own, here, help);
    };
    let there = indent(place.lines[first].1);
    if there == own {
        return mistake(place.at, "a key of the mapping above is expected here", help);
    }
    let here = format!(
        "this line is indented by {own} spaces, the first one of its mapping (line {}) by {there}",
        first + 1
    );
    mistake(start + own, here, help)
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use crate::diag::Sink;
    use crate::source::{FileId, SourceMap};

    /// A text, the place that is named, a part of what is said there, and a part of the help.
    fn check(text: &str, place: &str, here: &str, help: &str) {
        let mut sources = SourceMap::default();
        sources.add("a.yaml", text);
        let sink = Sink::default();
        assert!(yaml::parse(FileId(0), text, &sink).is_none(), "{text:?} is YAML");
        let found = sink.into_sorted(&sources);
        let [only] = &found[..] else { panic!("{text:?}: {found:?}") };
        let at = sources.position(only.primary.span);
        assert_eq!(format!("{}:{}", at.line, at.column), place, "{text:?}: {only:?}");
        assert!(only.primary.text.contains(here), "{text:?}: {only:?}");
        assert!(only.help.iter().any(|text| text.contains(help)), "{text:?}: {only:?}");
    }

    #[test]
    fn a_tab_is_told_where_it_stands() {
        check("a:\n  b: c\n\td: e\n", "3:1", "a tab", "spaces");
        check("a:\n  b: c d\n  \te: f\n", "3:3", "a tab", "spaces");
        check("a:\n  b: c\n \u{a0}d: e\n", "3:2", "U+00A0", "spaces");
        check("a:\n  b: c\n\u{a0} d: e\n  f: g\n", "3:1", "no-break space", "spaces");
    }

    #[test]
    fn a_wrong_indentation_is_told_in_spaces() {
        check("a:\n  b: c\n   d: e\n", "3:4", "by 3 spaces, the line above by 2", "same column");
        check(
            "a:\n   b: c\n  d: e\n",
            "3:3",
            "by 2 spaces, the first one of its mapping (line 2) by 3",
            "same",
        );
    }

    #[test]
    fn what_needs_quotes_is_shown_with_them() {
        check("a: b: c\n", "1:5", "must be quoted", "`'b: c'`");
        check("a: it's: c\n", "1:8", "must be quoted", "`'it''s: c'`");
        check("a: @b c\n", "1:4", "cannot start with `@`", "`'@b c'`");
        check("a: `b`\n", "1:4", "cannot start with ```", "`'`b`'`");
        check("a: *b\n", "1:4", "refers to an anchor", "`'*b'`");
    }

    #[test]
    fn quotes_that_do_not_match_are_told_apart() {
        check("a: 'b\nc: d\n", "1:4", "not closed", "close it with `'`");
        check("a: \"b\n", "1:4", "not closed", "close it with `\"`");
        check("a: 'b's c'\n", "1:6", "ends here", "`''`");
        check("a: \"b\"s c\"\n", "1:6", "ends here", "double quotes");
        check("a: \"C:\\specs\"\n", "1:4", "", "backslash");
    }

    #[test]
    fn a_key_without_a_blank_is_told() {
        check("a:\n  b:c\n  d: e\n", "2:4", "space is missing", "`b: c`");
    }

    #[test]
    fn brackets_and_comments_of_json_are_told() {
        check("a: {b: c\nd:\n  e: f\n", "1:4", "`{` is not closed", "`}`");
        check("a: {$ref: #/b}\nd:\n  e: f\n", "1:11", "comment", "`'#/b'`");
        check("a: [b, c\nd:\n  e: f\n", "1:4", "`[` is not closed", "`]`");
        check("{\"a\":1, // one\n \"b\":{\"c\":2}}\n", "1:9", "not a comment", "`#`");
    }

    #[test]
    fn a_list_that_goes_on_as_a_mapping_is_told() {
        check(
            "a:\n  - b\n  - c\n  d: e\n",
            "4:3",
            "as far as the elements of the list above (line 3)",
            "indented less",
        );
        check(
            "a:\n  b: c\n   d: e\n  f: g\n",
            "3:4",
            "by 3 spaces, the line above by 2",
            "same column",
        );
        check("{\"a\": {\"b\": 1,\n", "1:7", "the file ends", "`}`");
    }

    #[test]
    fn a_merge_conflict_is_told() {
        check(
            "a: 1\n<<<<<<< ours\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n",
            "2:1",
            "merge conflict",
            "keep one",
        );
    }
}
