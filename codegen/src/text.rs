//! Text on its way to files: the set of files that a run makes, and how Rust is laid out.
//!
//! Owns [`FileSet`] and every call of `syn` and `prettyplease`. Writes nothing to disk.

mod code;
mod insert;
mod macros;
mod plain;

pub(crate) use code::{Code, Words};
pub use insert::{Addition, parameters_of_new, with_field, with_rule};

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use macros::Calls;
use plain::tree::{self, Kind, Tree};
use proc_macro2::{Delimiter, Literal, TokenStream};

/// The files that a run makes: path below the output folder, with `/` between parts, and text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, Arc<str>>,
}

impl FileSet {
    /// Adds a file. Panics when the path is taken, which only a fault in an emitter can cause.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        let path = path.into();
        assert!(!self.files.contains_key(&path), "two emitters made `{path}`");
        self.files.insert(path, text.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Arc<str>> {
        self.files.remove(path)
    }

    /// The files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.shared().map(|(path, text)| (path, &**text))
    }

    /// The same, with texts of which a copy costs nothing.
    pub fn shared(&self) -> impl Iterator<Item = (&str, &Arc<str>)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text))
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| &**text)
    }
}

/// The text of a template. Rendering writes to memory only, which cannot fail.
pub(crate) fn rendered(template: &impl Template) -> String {
    match template.render() {
        Ok(text) => text,
        Err(error) => unreachable!("a template of finished strings was not rendered: {error}"),
    }
}

/// A text as one word of a shell.
#[must_use]
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl IntoIterator for FileSet {
    type Item = (String, Arc<str>);
    type IntoIter = std::collections::btree_map::IntoIter<String, Arc<str>>;

    fn into_iter(self) -> Self::IntoIter {
        self.files.into_iter()
    }
}

/// A Rust file: what it is for, one line of `//!` for each of `head`, then the items with a blank line between
/// them; items that belong together, such as `use` lines, come in one token stream. A line break in `head`, such as one
/// in the name of a contract's file, is a blank.
///
/// Panics when items do not parse, which only a fault in an emitter can cause.
#[must_use]
pub fn rust_file(head: &[String], items: impl IntoIterator<Item = TokenStream>) -> String {
    rust_text(head, items.into_iter().filter(|item| !item.is_empty()).map(pretty))
}

/// The same of items that [`pretty`] laid out: of a long file, text takes much less memory than tokens.
#[must_use]
pub fn rust_text(head: &[String], items: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for line in head {
        text.push_str(format!("//! {}", line.replace(char::is_control, " ")).trim_end());
        text.push('\n');
    }
    for item in items {
        text.push('\n');
        text.push_str(&item);
    }
    text
}

/// Items as text, laid out as by `prettyplease`, with blank lines around definitions and between groups of `use`. Panics as
/// [`rust_file`] does.
#[must_use]
pub fn pretty(tokens: TokenStream) -> String {
    laid_out(Tree::of(tokens))
}

fn laid_out(mut tokens: Vec<Tree>) -> String {
    let calls = Calls::take(&mut tokens);
    let mut text = String::new();
    let (mut before_group, mut before_is_definition) = (None, false);
    for item in tree::items(&tokens) {
        let kind = Kind::of(item);
        let group = (kind == Kind::Use).then(|| use_group(item));
        let is_definition = kind.is_definition();
        let is_new_group = before_group.is_some() && group.is_some() && group != before_group;
        if !text.is_empty() && (is_new_group || is_definition || before_is_definition) {
            text.push('\n');
        }
        (before_group, before_is_definition) = (group, is_definition);
        let written = macro_call(item).or_else(|| {
            let written = plain::item(item, parsed).unwrap_or_else(|| parsed(Tree::tokens(item)));
            Some(with_blank_lines(written))
        });
        text.extend(written);
    }
    calls.put_back(text)
}

/// An item as `prettyplease` lays it out.
fn parsed(item: TokenStream) -> String {
    match syn::parse2::<syn::File>(item.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("an emitter made what is not Rust ({error}):\n{item}"),
    }
}

/// An item with blank lines between its members where one of them has a body or a doc comment: `prettyplease` sets
/// none.
fn with_blank_lines(item: String) -> String {
    const INDENT: &str = "    ";
    let starts = ["///", "#[", "pub ", "fn ", "async ", "const ", "type "];
    let mut lines = item.lines().skip_while(|line| line.starts_with(['/', '#']));
    let first = lines.next().unwrap_or_default();
    let is_group = ["impl", "pub trait ", "trait "].iter().any(|word| first.starts_with(word));
    if !is_group {
        return item;
    }
    let mut text = String::with_capacity(item.len());
    let mut before = "";
    for line in item.lines() {
        let member = line.strip_prefix(INDENT).unwrap_or_default();
        let opens = starts.iter().any(|start| member.starts_with(start));
        let is_alone = before == "    }"
            || (before.ends_with(';')
                && !["const ", "type "].iter().any(|word| member.starts_with(word)));
        if opens && is_alone && before.starts_with(INDENT) {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        before = line;
    }
    text
}

/// Which of the groups a `use` item belongs to: the standard library, other crates, this crate.
fn use_group(item: &[Tree]) -> usize {
    let is_first = |at: &usize| at.checked_sub(1).is_some_and(|before| item[before].is_word("use"));
    match (0..item.len()).find(is_first).map(|at| &item[at..]) {
        Some([first, colon, ..]) if colon.is(':') => match first {
            first if first.is_any(&["std", "core", "alloc"]) => 0,
            first if first.is_any(&["crate", "self", "super"]) => 2,
            _ => 1,
        },
        _ => 1,
    }
}

/// How wide a line is at most.
const MAX_COLUMNS: usize = 100;

/// A macro call as an item. Its arguments are on one line, or else each on its own: `prettyplease` knows no more of them
/// than that they are tokens. None for any other item.
fn macro_call(item: &[Tree]) -> Option<String> {
    let at = item.iter().position(|token| token.is('!'))?;
    let is_path = item[..at].iter().all(|token| token.is(':') || matches!(token, Tree::Word(_)));
    let Some((Tree::Group(delimiter, inside), true)) = item.get(at + 1).zip(Some(is_path)) else {
        return None;
    };
    let head = format!("{}!", compact(&item[..at]));
    let (open, close) = match delimiter {
        Delimiter::Brace => (" {", "}"),
        _ => ("(", ");"),
    };
    let arguments: Vec<String> = inside
        .split(|token| token.is(','))
        .filter(|argument| !argument.is_empty())
        .map(compact)
        .collect();
    let line = format!("{head}{open}{}{close}", arguments.join(", "));
    if line.chars().count() <= MAX_COLUMNS {
        return Some(line + "\n");
    }
    let lines: Vec<String> = arguments.iter().map(|argument| format!("    {argument}")).collect();
    Some(format!("{head}{open}\n{}\n{close}\n", lines.join(",\n")))
}

/// Tokens as one writes them by hand: a blank between two words, around `=` and after a comma.
fn compact(tokens: &[Tree]) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens {
        let is_word = matches!(token, Tree::Word(_) | Tree::Literal(_));
        if is_word && after_word {
            text.push(' ');
        }
        after_word = is_word;
        match token {
            Tree::Punct('=', _) => text.push_str(" = "),
            Tree::Punct(',', _) => text.push_str(", "),
            Tree::Punct(sign, _) => text.push(*sign),
            Tree::Word(word) => text.push_str(&word.to_string()),
            Tree::Literal(literal) => text.push_str(&literal.to_string()),
            Tree::Group(delimiter, inside) => {
                let (open, close) = match delimiter {
                    Delimiter::Brace if inside.is_empty() => (" {", "}"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.extend([open, &compact(inside), close]);
            }
        }
    }
    text
}

/// A file as `rustfmt` lays it out, for files that people go on with: the printer breaks signatures and imports earlier.
#[must_use]
pub fn widened(text: &str) -> String {
    let mut lines = text.lines().peekable();
    let mut out = String::new();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let closing = format!("{:indent$}", "");
        let is_list = line.trim_start().starts_with("use ") && line.ends_with('{');
        let is_signature = line.contains("fn ") && line.ends_with('(');
        if !is_list && !is_signature {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let mut inside: Vec<String> = Vec::new();
        let mut end = String::new();
        for next in lines.by_ref() {
            match next.strip_prefix(&closing) {
                Some(rest) if rest.starts_with(['}', ')']) => {
                    end = rest.to_owned();
                    break;
                }
                _ => inside.push(next.trim().to_owned()),
            }
        }
        let joined = inside.join(" ");
        let whole = format!("{line}{}{end}", joined.trim_end_matches(','));
        if whole.chars().count() <= MAX_COLUMNS {
            out.push_str(&format!("{whole}\n"));
        } else if is_list {
            out.push_str(&format!("{line}\n{}{closing}{end}\n", filled(&joined, indent + 4)));
        } else {
            let inside = inside.iter().map(|one| format!("{closing}    {one}\n"));
            out.push_str(&format!("{line}\n{}{closing}{end}\n", inside.collect::<String>()));
        }
    }
    out
}

/// Words on as few lines as they take; `rustfmt` leaves the last column of a list empty.
fn filled(words: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in words.split(' ') {
        if !line.is_empty()
            && indent + line.chars().count() + 1 + word.chars().count() >= MAX_COLUMNS
        {
            out.push_str(&format!("{:indent$}{line}\n", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out + &format!("{:indent$}{line}\n", "")
}

/// A string literal as one writes it by hand: raw, where quotes or backslashes would need escapes and nothing else would.
#[must_use]
pub fn raw(text: &str) -> Literal {
    let is_visible = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_visible || !text.contains(['"', '\\']) {
        return Literal::string(text);
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// Text that an emitter wrote as text; panics when it does not parse, which only a fault in the emitter can cause.
#[must_use]
pub fn checked_rust(text: String) -> String {
    match syn::parse_file(&text) {
        Ok(_) => text,
        Err(error) => panic!("an emitter made what is not Rust ({error}):\n{text}"),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_list_of_imports_leaves_the_last_column_empty() {
        let names = |last: usize| format!("{}, {}, C", "A".repeat(46), "B".repeat(last));
        let wide = |last| widened(&format!("use x::{{\n    {},\n}};\n", names(last)));
        let longest = |text: &str| text.lines().map(str::len).max();
        assert_eq!(longest(&wide(43)), Some(99));
        // `C,` would end in column 100.
        assert_eq!(wide(44).lines().nth(2), Some("    C,"));
    }

    #[test]
    fn items_are_joined_by_a_blank_line() {
        let head = ["What it is for.".to_owned(), String::new(), "More.".to_owned()];
        let items = [
            quote!(
                use std::fmt;
                use runtime::{At, Decode};
                use runtime::x;
                use super::B;
            ),
            quote!(
                #[doc = " A thing."]
                pub struct Thing {
                    #[doc = " Its name."]
                    pub name: String,
                }
            ),
            TokenStream::new(),
            quote!(
                mod a;
                mod b;
            ),
        ];
        let expected = "\
//! What it is for.
//!
//! More.

use std::fmt;

use runtime::{At, Decode};
use runtime::x;

use super::B;

/// A thing.
pub struct Thing {
    /// Its name.
    pub name: String,
}

mod a;
mod b;
";
        assert_eq!(rust_file(&head, items), expected);
    }

    #[test]
    fn raw_literals_hold_what_they_are_made_of() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            (r#"{"a":1}"#, r##"r#"{"a":1}"#"##),
            (r##""#"##, r###"r##""#"##"###),
            ("\"\n", r#""\"\n""#),
            ("\"\u{202e}", r#""\"\u{202e}""#),
        ] {
            assert_eq!(raw(text).to_string(), expected);
            let parsed = syn::parse_str::<syn::LitStr>(&raw(text).to_string());
            assert_eq!(parsed.ok().map(|literal| literal.value()).as_deref(), Some(text));
        }
    }

    #[test]
    fn macro_calls_are_written_as_by_hand() {
        let check = |tokens: TokenStream, expected: &str| assert_eq!(pretty(tokens), expected);
        check(
            quote!(runtime::text_rules!(Name, TextRules::new().max_length(8), pattern = r"^\d$");),
            "runtime::text_rules!(Name, TextRules::new().max_length(8), pattern = r\"^\\d$\");\n",
        );
        check(
            quote!(m!(sensitive A { B = "b", C = "c" });),
            "m!(sensitive A { B = \"b\", C = \"c\" });\n",
        );
        check(quote!(m!(A(i64), X::one_of(&[1, -2]));), "m!(A(i64), X::one_of(&[1, -2]));\n");
        let long = "a".repeat(90);
        check(quote!(m!(Name, #long);), &format!("m!(\n    Name,\n    \"{long}\"\n);\n"));
    }
}
