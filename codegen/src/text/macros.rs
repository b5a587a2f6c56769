//! `json!` and `format!` within functions, laid out as by hand: to `prettyplease`, the arguments of a macro are tokens.
//!
//! Before an item is laid out, each call becomes a word as long as the call on one line; afterwards the word becomes the
//! call again, on several lines where one is too short.

use std::collections::VecDeque;

use proc_macro2::{Delimiter, Ident, Span};

use super::MAX_COLUMNS;
use super::plain::on_one_line;
use super::plain::tree::{Tree, parts};

/// What the words begin with that stand for calls.
const WORD: &str = "__macro_";

/// How long a word may be. Longer calls are given lines of their own where they end too far to the right.
const MAX_WORD: usize = 50;

/// How far arguments are indented.
const STEP: usize = 4;

/// The calls that were taken out of items.
#[derive(Default)]
pub(super) struct Calls(Vec<Call>);

struct Call {
    name: &'static str,
    arguments: Vec<Tree>,
}

impl Calls {
    /// Takes the calls out of items: none from those that have words like ours.
    pub(super) fn take(items: &mut Vec<Tree>) -> Self {
        let mut calls = Self::default();
        if has_call(items) && !has_word(items) {
            calls.take_from(items);
        }
        calls
    }

    fn take_from(&mut self, trees: &mut Vec<Tree>) {
        let mut left = VecDeque::from(std::mem::take(trees));
        while let Some(mut tree) = left.pop_front() {
            let is_called =
                matches!(left.make_contiguous(), [sign, Tree::Group(..), ..] if sign.is('!'));
            if let Some(name) = name(&tree).filter(|_| is_called)
                && let (_, Some(Tree::Group(_, mut arguments))) =
                    (left.pop_front(), left.pop_front())
            {
                self.take_from(&mut arguments);
                tree = self.word_for(Call { name, arguments });
            } else if let Tree::Group(_, inside) = &mut tree {
                self.take_from(inside);
            }
            trees.push(tree);
        }
    }

    /// Keeps a call; the word that stands for it.
    fn word_for(&mut self, call: Call) -> Tree {
        let n_columns = call.flat().len().min(MAX_WORD);
        let word = format!("{WORD}{}_", self.0.len());
        self.0.push(call);
        Tree::Word(Ident::new(&format!("{word:_<n_columns$}"), Span::call_site()))
    }

    /// The text of items with the calls back in their places.
    pub(super) fn put_back(&self, text: String) -> String {
        if self.0.is_empty() {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            out.push_str(&self.in_line(line));
            out.push('\n');
        }
        out
    }

    fn in_line(&self, line: &str) -> String {
        let Some((before, word, after)) = split_word(line) else { return line.to_owned() };
        let Some(call) = self.0.get(word) else { return line.to_owned() };
        let whole = format!("{before}{}{after}", call.flat());
        if whole.chars().count() <= MAX_COLUMNS && !call.is_large() {
            return self.in_line(&whole);
        }
        let indent = line.len() - line.trim_start().len();
        let lines = format!("{before}{}{after}", call.on_lines(indent));
        let lines: Vec<String> = lines.lines().map(|line| self.in_line(line)).collect();
        lines.join("\n")
    }
}

impl Call {
    fn flat(&self) -> String {
        format!("{}!({})", self.name, list(&self.arguments))
    }

    /// Whether its value has a value of several members in it, which is read more easily on several lines.
    fn is_large(&self) -> bool {
        let is_object =
            |tree: &Tree| tree.group(Delimiter::Brace).is_some_and(|all| !all.is_empty());
        let [Tree::Group(_, inside)] = self.arguments.as_slice() else { return false };
        inside.iter().any(|tree| match tree {
            Tree::Group(Delimiter::Bracket, items) => items.iter().any(is_object),
            other => is_object(other),
        })
    }

    fn on_lines(&self, indent: usize) -> String {
        match self.arguments.as_slice() {
            [Tree::Group(delimiter @ (Delimiter::Brace | Delimiter::Bracket), inside)] => {
                format!("{}!({})", self.name, members(*delimiter, inside, indent))
            }
            several => {
                let pad = " ".repeat(indent + STEP);
                let lines = parts(several).unwrap_or_else(|| vec![several]);
                let lines: Vec<String> =
                    lines.into_iter().map(|one| format!("{pad}{}", expression(one))).collect();
                // `json!` takes no comma behind its only value.
                let end = if self.name == "json" { "" } else { "," };
                format!("{}!(\n{}{end}\n{:indent$})", self.name, lines.join(",\n"), "")
            }
        }
    }
}

/// Members of a JSON value on lines of their own.
fn members(delimiter: Delimiter, inside: &[Tree], indent: usize) -> String {
    let (open, close) = match delimiter {
        Delimiter::Brace => ('{', '}'),
        _ => ('[', ']'),
    };
    let lines = inside.split(|token| token.is(',')).filter(|member| !member.is_empty());
    let lines = lines.map(|member| {
        let flat = list(member);
        let text = match member.split_last() {
            Some((Tree::Group(delimiter, inside), before))
                if !inside.is_empty()
                    && matches!(delimiter, Delimiter::Brace | Delimiter::Bracket)
                    && indent + STEP + flat.chars().count() >= MAX_COLUMNS =>
            {
                let name = if before.is_empty() { String::new() } else { list(before) };
                format!("{name}{}", members(*delimiter, inside, indent + STEP))
            }
            _ => flat,
        };
        format!("{:pad$}{text},\n", "", pad = indent + STEP)
    });
    format!("{open}\n{}{:indent$}{close}", lines.collect::<String>(), "")
}

/// Arguments, or what a JSON value is made of, on one line.
fn list(tokens: &[Tree]) -> String {
    let braces = |inside: &[Tree]| match inside {
        [] => "{}".to_owned(),
        _ => format!("{{ {} }}", list(inside)),
    };
    let one = |part: &[Tree]| match part {
        [Tree::Group(Delimiter::Brace, inside)] => braces(inside),
        [Tree::Group(Delimiter::Bracket, inside)] => format!("[{}]", list(inside)),
        [name, colon, value @ ..] if colon.is(':') && matches!(name, Tree::Literal(_)) => {
            let name = expression(std::slice::from_ref(name));
            match value {
                [] => format!("{name}: "),
                value => format!("{name}: {}", list(value)),
            }
        }
        part => expression(part),
    };
    let all = tokens.split(|token| token.is(',')).filter(|part| !part.is_empty());
    all.map(one).collect::<Vec<_>>().join(", ")
}

/// An expression on one line: as `rustc` prints its tokens, where the layout knows no better.
fn expression(tokens: &[Tree]) -> String {
    on_one_line(tokens).unwrap_or_else(|| Tree::tokens(tokens).to_string())
}

fn name(tree: &Tree) -> Option<&'static str> {
    ["json", "format"].into_iter().find(|name| tree.is_word(name))
}

fn has_call(trees: &[Tree]) -> bool {
    let is_call = |two: &[Tree]| two[1].is('!') && name(&two[0]).is_some();
    let is_inside = |tree: &Tree| matches!(tree, Tree::Group(_, inside) if has_call(inside));
    trees.windows(2).any(is_call) || trees.iter().any(is_inside)
}

/// Whether a word or text has in it what stands for calls.
fn has_word(trees: &[Tree]) -> bool {
    trees.iter().any(|tree| match tree {
        Tree::Word(word) => word.to_string().contains(WORD),
        Tree::Literal(literal) => literal.to_string().contains(WORD),
        Tree::Group(_, inside) => has_word(inside),
        Tree::Punct(..) => false,
    })
}

/// What is before the first word of a line that stands for a call, the number of the call, and what is after.
fn split_word(line: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = line.split_once(WORD)?;
    let (number, after) = rest.split_once('_')?;
    Some((before, number.parse().ok()?, after.trim_start_matches('_')))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use crate::text::pretty;

    #[track_caller]
    fn check(tokens: proc_macro2::TokenStream, expected: &str) {
        assert_eq!(pretty(tokens), expected);
    }

    #[test]
    fn calls_are_written_as_by_hand() {
        check(
            quote!(
                fn f() {
                    let a = json!({ "a": at(&state.b, "/c"), "n": -1 });
                    g(json!("x"), json!({}));
                }
            ),
            "fn f() {\n    let a = json!({ \"a\": at(&state.b, \"/c\"), \"n\": -1 });\n    g(json!(\"x\"), json!({}));\n}\n",
        );
        check(
            quote!(
                fn f() {
                    g(
                        json!({ "name": format!("From {}", text(&state.input)), "items": [{ "a": 1 }, { "b": [] }] }),
                    );
                }
            ),
            "\
fn f() {
    g(json!({
        \"name\": format!(\"From {}\", text(&state.input)),
        \"items\": [{ \"a\": 1 }, { \"b\": [] }],
    }));
}
",
        );
        check(
            quote!(
                fn f() {
                    let a = format!(
                        "{}{}{}",
                        first_of_them(&state.input),
                        second_of_them(&state.input),
                        third_of_them()
                    );
                }
            ),
            "\
fn f() {
    let a = format!(
        \"{}{}{}\",
        first_of_them(&state.input),
        second_of_them(&state.input),
        third_of_them(),
    );
}
",
        );
    }

    #[test]
    fn a_word_before_an_operator_is_no_call() {
        check(
            quote!(
                fn f() {
                    let a = json != json!(1);
                }
            ),
            "fn f() {\n    let a = json != json!(1);\n}\n",
        );
    }

    #[test]
    fn text_that_looks_like_the_place_of_a_call_is_left_alone() {
        check(
            quote!(
                const A: &str = "__macro_0_";
                fn f() {
                    json!(1);
                }
            ),
            "const A: &str = \"__macro_0_\";\n\nfn f() {\n    json!(1);\n}\n",
        );
    }
}
