//! What contracts say in words, as doc comments.
//!
//! Owns the way from Markdown of a contract to lines that rustdoc takes without a warning.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Docs, Origin};

/// How wide the text of a doc comment is at most.
const MAX_COLUMNS: usize = 96;

/// A doc comment: what the contract says, or `otherwise` where it says nothing; then the facts, each of which is a
/// bold word and a text; then the place in the contract.
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
        let after = deprecation.sunset.as_ref().map(|day| format!("may be gone after {day}"));
        ("Deprecated", after.unwrap_or_default())
    });
    let facts: Vec<_> = deprecated.iter().chain(facts).collect();
    if !facts.is_empty() {
        lines.push(String::new());
    }
    for (word, text) in facts {
        lines.extend(list_item(wrapped(format!("**{word}** {text}").trim_end())));
    }
    lines_doc(&lines)
}

/// The words of a contract, each paragraph wrapped.
pub(crate) fn words(docs: &Docs, otherwise: &str) -> Vec<String> {
    let summary = docs.summary.as_deref().or(docs.description.is_none().then_some(otherwise));
    let paragraphs = [summary, docs.description.as_deref()];
    let mut lines: Vec<String> = Vec::new();
    for text in paragraphs.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph(text));
    }
    lines
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

/// Text of a contract: lines of prose are escaped and wrapped, code blocks stay as they are.
fn paragraph(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        match line.trim_end() {
            // Rust would be compiled as an example, so a block without a language is said to be text.
            "```" if in_code => lines.push("```text".to_owned()),
            line if is_fence || in_code => lines.push(line.to_owned()),
            line => lines.extend(wrapped(&escaped(line))),
        }
    }
    if in_code {
        lines.push("```".to_owned());
    }
    lines
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
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let words: Vec<String> = part.split(' ').map(escaped_word).collect();
        out.push_str(&words.join(" "));
    }
    // A code span that is not closed is none.
    if line.matches('`').count() % 2 == 1 { out.replace('`', "\\`") } else { out }
}

fn escaped_word(word: &str) -> String {
    let is_url = word.starts_with("https://") || word.starts_with("http://");
    if is_url {
        let end = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).len();
        return format!("<{}>{}", &word[..end], &word[end..]);
    }
    if word.contains("](") {
        return word.to_owned();
    }
    let mut out = String::new();
    for character in word.chars() {
        if matches!(character, '<' | '>' | '[' | ']') {
            out.push('\\');
        }
        out.push(character);
    }
    out
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
        let long = "word ".repeat(30);
        check(&long, &["word ".repeat(19).trim_end(), "word ".repeat(11).trim_end()]);
    }

    #[test]
    fn code_is_left_alone() {
        check("So:\n```\nlet a = [1];\n```", &["So:", "```text", "let a = [1];", "```"]);
        check("```json\n{}", &["```json", "{}", "```"]);
    }

    #[test]
    fn nothing_said_is_said_otherwise() {
        assert_eq!(words(&Docs::default(), "The body."), ["The body."]);
    }
}
