//! The statements of functions.

use proc_macro2::Delimiter;

use super::flat::State;
use super::line::chained;
use super::tree::{Tree, comma, is_path, without};
use super::{FITS, Plain, STEP};

/// Words that an item begins with, which is laid out in a block as outside.
const ITEMS: [&str; 11] =
    ["fn", "struct", "enum", "impl", "trait", "use", "mod", "pub", "type", "static", "while"];

impl Plain {
    /// The statements of a block.
    pub(super) fn block(&mut self, body: &[Tree], indent: usize) -> Option<()> {
        let mut rest = body;
        while let Some(first) = rest.first() {
            rest = match () {
                () if first.is_word("match") => self.choice(rest, indent)?,
                () if first.is_any(&["if", "for"]) => self.branch(rest, indent)?,
                () if first.is_any(&ITEMS) => return None,
                () => {
                    let end = rest.iter().position(|token| token.is(';')).unwrap_or(rest.len());
                    let semicolon = if end < rest.len() { ";" } else { "" };
                    self.line(&rest[..end], indent, semicolon)?;
                    rest.get(end + 1..).unwrap_or_default()
                }
            };
        }
        Some(())
    }

    /// The statements of a block that is more than one value, with the braces. The first brace is on the current line.
    pub(super) fn braced(&mut self, body: &[Tree], indent: usize) -> Option<()> {
        self.out.push('{');
        if self.width() > FITS || !body.iter().any(|token| token.is(';')) {
            return None;
        }
        self.newline();
        self.block(body, indent + STEP)?;
        self.pad(indent);
        self.out.push('}');
        Some(())
    }

    /// `match` as a statement or as the value of a block; what comes after it.
    fn choice<'t>(&mut self, tokens: &'t [Tree], indent: usize) -> Option<&'t [Tree]> {
        let at = tokens.iter().position(|token| token.group(Delimiter::Brace).is_some())?;
        self.pad(indent);
        self.out.push_str("match");
        self.flat(&tokens[1..at], State::KEYWORD)?;
        self.out.push_str(" {");
        if self.width() > FITS {
            return None;
        }
        self.newline();
        let mut arms = tokens[at].group(Delimiter::Brace)?;
        if arms.is_empty() {
            return None;
        }
        while !arms.is_empty() {
            arms = self.arm(arms, indent + STEP)?;
        }
        self.pad(indent);
        self.out.push('}');
        let rest = &tokens[at + 1..];
        if rest.first().is_some_and(|next| next.is('.') || next.is('?')) {
            return None;
        }
        if rest.first().is_some_and(|next| next.is(';')) {
            self.out.push(';');
        }
        self.newline();
        Some(without(rest, ';'))
    }

    /// An arm of `match`; what comes after it.
    fn arm<'t>(&mut self, arms: &'t [Tree], indent: usize) -> Option<&'t [Tree]> {
        let arrow = arms.windows(2).position(|two| two[0].is('=') && two[1].is('>'))?;
        let (pattern, body) = (&arms[..arrow], &arms[arrow + 2..]);
        let Some(block) = body.first()?.group(Delimiter::Brace) else {
            let end = comma(body);
            self.value(pattern, &body[..end], indent)?;
            return Some(body.get(end + 1..).unwrap_or_default());
        };
        self.pad(indent);
        self.flat(pattern, State::NEW)?;
        self.out.push_str(" => ");
        self.braced(block, indent)?;
        self.newline();
        Some(without(&body[1..], ','))
    }

    /// An arm of `match` whose value is no block; one that does not fit gets braces.
    fn value(&mut self, pattern: &[Tree], value: &[Tree], indent: usize) -> Option<()> {
        self.pad(indent);
        self.flat(pattern, State::NEW)?;
        self.out.push_str(" => ");
        let before = self.out.len();
        // The comma may stand beyond the end.
        if self.flat(value, State::NEW).is_some() && self.width() <= FITS {
            self.out.push(',');
            self.newline();
            return Some(());
        }
        self.out.truncate(before);
        let (last, called) = value.split_last()?;
        let is_call = last.group(Delimiter::Parenthesis).is_some() && is_path(called);
        if !is_call && chained(value).is_none() {
            return None;
        }
        self.out.push('{');
        if self.width() > FITS {
            return None;
        }
        self.newline();
        self.line(value, indent + STEP, "")?;
        self.pad(indent);
        self.out.push('}');
        self.newline();
        Some(())
    }

    /// `if` or `for` as a statement; what comes after it.
    fn branch<'t>(&mut self, tokens: &'t [Tree], indent: usize) -> Option<&'t [Tree]> {
        let at = tokens.iter().position(|token| token.group(Delimiter::Brace).is_some())?;
        self.pad(indent);
        self.out.push_str(if tokens[0].is_word("for") { "for" } else { "if" });
        self.flat(&tokens[1..at], State::KEYWORD)?;
        self.out.push(' ');
        self.braced(tokens[at].group(Delimiter::Brace)?, indent)?;
        let mut rest = &tokens[at + 1..];
        if let [word, Tree::Group(Delimiter::Brace, block), after @ ..] = rest
            && word.is_word("else")
        {
            self.out.push_str(" else ");
            self.braced(block, indent)?;
            rest = after;
        }
        let is_part =
            |next: &Tree| next.is('.') || next.is('?') || next.is(';') || next.is_word("else");
        self.newline();
        (!rest.first().is_some_and(is_part)).then_some(rest)
    }
}
