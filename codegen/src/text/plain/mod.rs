//! Items whose layout leaves no choice, written from their tokens: the same text as `prettyplease` makes of them, for a
//! small part of its time, because nothing is parsed.
//!
//! Owns the layout of definitions, of statements that fit on a line, and of literals, calls and chains that do not.
//! Wherever the layout depends on more than this module knows, the answer is "none", and the item is left to `syn` and
//! `prettyplease`. A test compares both for all that is generated in this repository.

mod block;
mod flat;
mod line;
pub(super) mod tree;

use std::borrow::Cow;

use proc_macro2::{Delimiter, TokenStream};
use quote::quote;

use flat::State;
use tree::{Kind, Tree, comma, items, parts};

/// How long a line may be, and from which length on one is broken whatever comes next.
const FITS: usize = 89;
const BREAKS: usize = FITS + 4;

/// How far a block is indented.
const STEP: usize = 4;

/// The text of an item. Members that are not plain are written by `other`, which is given each within a block of its own.
pub(super) fn item(tokens: &[Tree], other: fn(TokenStream) -> String) -> Option<String> {
    let mut plain = Plain { out: String::new(), start: 0, other };
    plain.item(tokens, 0)?;
    Some(plain.out)
}

/// Tokens on one line; nothing where that takes more than this module knows.
pub(super) fn on_one_line(tokens: &[Tree]) -> Option<String> {
    let mut plain = Plain { out: String::new(), start: 0, other: |_| String::new() };
    plain.flat(tokens, State::NEW)?;
    Some(plain.out)
}

struct Plain {
    out: String,
    /// Where the current line starts.
    start: usize,
    other: fn(TokenStream) -> String,
}

impl Plain {
    fn item(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        let tokens = self.attributes(tokens, indent)?;
        match Kind::of(tokens) {
            Kind::Use => self.import(tokens, indent),
            Kind::Fn => self.function(tokens, indent),
            Kind::Const | Kind::Type | Kind::Static | Kind::Mod => self.declaration(tokens, indent),
            Kind::Struct if tokens.last()?.is(';') => self.declaration(tokens, indent),
            kind @ (Kind::Struct | Kind::Enum) => {
                let body = self.header(tokens, indent)?;
                self.body_of(body, indent, |plain| {
                    let mut members = parts(body)?.into_iter();
                    members.try_for_each(|member| plain.member(member, kind, indent + STEP))
                })
            }
            kind @ (Kind::Impl | Kind::Trait) => {
                let body = self.header(tokens, indent)?;
                self.body_of(body, indent, |plain| {
                    items(body).into_iter().try_for_each(|member| {
                        let before = plain.out.len();
                        plain.item(member, indent + STEP).or_else(|| {
                            plain.out.truncate(before);
                            plain.other_member(kind, member, indent)
                        })
                    })
                })
            }
            Kind::Other => None,
        }
    }

    /// Members of a body in braces, and its end; the opening brace is there already.
    fn body_of(
        &mut self,
        body: &[Tree],
        indent: usize,
        write: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if !body.is_empty() {
            self.newline();
            write(self)?;
            self.pad(indent);
        }
        self.out.push('}');
        self.newline();
        Some(())
    }

    /// A field or variant.
    fn member(&mut self, member: &[Tree], kind: Kind, indent: usize) -> Option<()> {
        let member = self.attributes(member, indent)?;
        let is_larger = |token: &Tree| token.is('=') || token.group(Delimiter::Brace).is_some();
        if kind == Kind::Enum && member.iter().any(is_larger) {
            return None;
        }
        self.line(member, indent, ",")
    }

    /// A member that is not plain.
    fn other_member(&mut self, of: Kind, member: &[Tree], indent: usize) -> Option<()> {
        if indent > 0 {
            return None;
        }
        let member = Tree::tokens(member);
        let block = match of {
            Kind::Trait => quote!(trait T { #member }),
            _ => quote!(impl T { #member }),
        };
        let text = (self.other)(block);
        let (_, inside) = text.split_once("{\n")?;
        self.out.push_str(inside.strip_suffix("}\n")?);
        self.start = self.out.len();
        Some(())
    }

    /// Attributes and doc comments in front of something, each on a line; what they are in front of.
    fn attributes<'t>(&mut self, mut tokens: &'t [Tree], indent: usize) -> Option<&'t [Tree]> {
        while let [hash, attribute, rest @ ..] = tokens
            && hash.is('#')
        {
            let inside = attribute.group(Delimiter::Bracket)?;
            self.pad(indent);
            match inside {
                [word, equal, text] if word.is_word("doc") && equal.is('=') => self.doc(text)?,
                _ => {
                    self.out.push_str("#[");
                    self.flat(inside, State::NEW)?;
                    self.out.push(']');
                    if self.width() > FITS {
                        return None;
                    }
                }
            }
            self.newline();
            tokens = rest;
        }
        Some(tokens)
    }

    /// A doc comment, where it is one line and no more than quotes had to be escaped in it.
    fn doc(&mut self, text: &Tree) -> Option<()> {
        let Tree::Literal(literal) = text else { return None };
        let text = literal.to_string();
        let plain = match text.strip_prefix('r') {
            Some(raw) => Cow::Borrowed(unquoted(raw.trim_matches('#'))?),
            None => match unquoted(&text)? {
                inside if !inside.contains('\\') => Cow::Borrowed(inside),
                inside => Cow::Owned(inside.replace("\\\"", "\"").replace("\\'", "'")),
            },
        };
        if text.starts_with('"') && plain.contains('\\') {
            return None;
        }
        if plain.contains(['\n', '\r']) || !(plain.is_empty() || plain.starts_with(' ')) {
            return None;
        }
        self.out.push_str("///");
        self.out.push_str(plain.trim_end());
        Some(())
    }

    /// What stands before a body in braces, with the opening brace; the body.
    fn header<'t>(&mut self, tokens: &'t [Tree], indent: usize) -> Option<&'t [Tree]> {
        let (body, header) = tokens.split_last()?;
        let body = body.group(Delimiter::Brace)?;
        self.pad(indent);
        self.flat(header, State::NEW)?;
        self.out.push_str(" {");
        (self.width() <= FITS).then_some(body)
    }

    fn function(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        let (last, header) = tokens.split_last()?;
        if last.is(';') {
            self.signature(header, indent, ";")?;
            self.newline();
            return Some(());
        }
        let body = last.group(Delimiter::Brace)?;
        self.signature(header, indent, " {")?;
        self.body_of(body, indent, |plain| plain.block(body, indent + STEP))
    }

    /// The signature of a function, and what follows it on its line.
    fn signature(&mut self, header: &[Tree], indent: usize, end: &str) -> Option<()> {
        let before = self.out.len();
        self.pad(indent);
        self.flat(header, State::NEW)?;
        self.out.push_str(end);
        if self.width() <= FITS {
            return Some(());
        }
        self.out.truncate(before);
        self.pad(indent);
        let is_list = |token: &Tree| token.group(Delimiter::Parenthesis).is_some();
        let at = header.iter().position(is_list)?;
        if header[..at].last()?.is_word("pub") {
            return None;
        }
        self.flat(&header[..at], State::NEW)?;
        self.out.push('(');
        self.list(header[at].group(Delimiter::Parenthesis)?, indent)?;
        self.out.push(')');
        self.returned(&header[at + 1..], indent, end)
    }

    /// What stands behind parameters that have lines of their own.
    fn returned(&mut self, tokens: &[Tree], indent: usize, end: &str) -> Option<()> {
        let before = self.out.len();
        self.flat(tokens, State::AFTER)?;
        self.out.push_str(end);
        if self.width() <= FITS {
            return Some(());
        }
        let open = tokens.iter().position(|token| token.is('<'))?;
        let close = tokens.iter().rposition(|token| token.is('>'))?;
        let inside = tokens.get(open + 1..close)?;
        if comma(inside) < inside.len() {
            return None;
        }
        self.out.truncate(before);
        self.flat(&tokens[..open], State::AFTER)?;
        self.out.push('<');
        self.newline();
        self.line(inside, indent + STEP, ",")?;
        self.pad(indent);
        self.out.push('>');
        self.flat(&tokens[close + 1..], State::AFTER)?;
        self.out.push_str(end);
        (self.width() <= FITS).then_some(())
    }

    /// A declaration that ends in a semicolon.
    fn declaration(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        let (end, tokens) = tokens.split_last()?;
        if !end.is(';') {
            return None;
        }
        self.line(tokens, indent, ";")
    }

    /// `use`, whose names fill as many lines as they take.
    fn import(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        let [path @ .., last, end] = tokens else { return None };
        let Some(names) = last.group(Delimiter::Brace) else {
            return self.declaration(tokens, indent);
        };
        let names: Option<Vec<String>> = parts(names)?.into_iter().map(name).collect();
        let names = names.filter(|names| !names.is_empty() && end.is(';'))?;
        if names.iter().any(|name| name == "self") {
            return None;
        }
        self.pad(indent);
        self.flat(path, State::NEW)?;
        if let [name] = names.as_slice() {
            self.out.push_str(name);
            self.out.push(';');
            self.newline();
            return Some(());
        }
        self.out.push('{');
        let width = self.width() + names.iter().map(|name| name.len() + 2).sum::<usize>();
        if width <= FITS {
            self.out.push_str(&names.join(", "));
        } else {
            self.fill(&names, indent + STEP);
            self.pad(indent);
        }
        self.out.push_str("};");
        self.newline();
        Some(())
    }

    /// Names on as few lines as they take.
    fn fill(&mut self, names: &[String], indent: usize) {
        for (at, name) in names.iter().enumerate() {
            // No comma is needed behind the last.
            let n_after = usize::from(at + 1 < names.len());
            if at == 0 || self.width() + 1 + name.len() + n_after > FITS {
                self.newline();
                self.pad(indent);
            } else {
                self.out.push(' ');
            }
            self.out.push_str(name);
            self.out.push(',');
        }
        self.newline();
    }

    fn width(&self) -> usize {
        self.out.len() - self.start
    }

    fn pad(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.start = self.out.len();
    }
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// What `use` names: a word, or two around `as`.
fn name(tokens: &[Tree]) -> Option<String> {
    match tokens {
        [Tree::Word(name)] => Some(name.to_string()),
        [Tree::Word(name), between, Tree::Word(other)] if between.is_word("as") => {
            Some(format!("{name} as {other}"))
        }
        _ => None,
    }
}
