//! What is written on one line where it fits, and how it is broken where it does not.

use proc_macro2::Delimiter;

use super::flat::State;
use super::tree::{Tree, is_path, parts};
use super::{BREAKS, FITS, Plain, STEP};

impl Plain {
    /// What fits on a line; or else a struct literal or a call at its end, with a line for each part.
    pub(super) fn line(&mut self, tokens: &[Tree], indent: usize, end: &str) -> Option<()> {
        if tokens.is_empty() {
            return None;
        }
        let before = self.out.len();
        self.pad(indent);
        if self.flat(tokens, State::NEW).is_some() {
            self.out.push_str(end);
            let width = self.width();
            let cannot_break = matches!(tokens, [Tree::Literal(_)]);
            if width <= FITS || cannot_break {
                self.newline();
                return Some(());
            }
            // The comma behind the last of a list does not count, and this may be that one.
            let may_fit = width == FITS + 1 && end == ",";
            if may_fit || (width < BREAKS && !breaks(tokens)) {
                return None;
            }
        }
        self.out.truncate(before);
        if chained(tokens).is_some() {
            return self.chain(tokens, indent, end);
        }
        self.pad(indent);
        let (last, head) = tokens.split_last()?;
        let (mark, last, head) = match head.split_last() {
            Some((before, head)) if last.is('?') => ("?", before, head),
            _ => ("", last, head),
        };
        match last {
            Tree::Group(Delimiter::Brace, inside) => self.braces(head, inside, indent)?,
            Tree::Group(Delimiter::Bracket, items) => {
                self.flat(head, State::NEW)?;
                if !self.out.ends_with(['&', ' ']) || items.iter().all(is_number) {
                    return None;
                }
                self.out.push('[');
                self.list(items, indent)?;
                self.out.push(']');
            }
            Tree::Group(Delimiter::Parenthesis, inside) if is_call(head) => {
                self.flat(head, State::NEW)?;
                self.out.push('(');
                self.arguments(inside, indent)?;
                self.out.push(')');
            }
            _ => return None,
        }
        self.out.push_str(mark);
        self.out.push_str(end);
        self.newline();
        Some(())
    }

    /// What ends in braces: a closure of several statements, or a struct literal.
    fn braces(&mut self, head: &[Tree], inside: &[Tree], indent: usize) -> Option<()> {
        let state = self.flat(head, State::NEW)?;
        if self.out.ends_with("| ") {
            self.braced(inside, indent)?;
        } else {
            if !state.is_type {
                return None;
            }
            self.literal(inside, indent)?;
            self.out.push('}');
        }
        Some(())
    }

    /// The fields of a struct literal, each on lines of its own, with the opening brace.
    fn literal(&mut self, fields: &[Tree], indent: usize) -> Option<()> {
        self.out.push_str(" {");
        if self.width() > FITS {
            return None;
        }
        self.newline();
        for field in parts(fields)? {
            let is_base = field[0].is('.');
            self.line(field, indent + STEP, if is_base { "" } else { "," })?;
        }
        self.pad(indent);
        Some(())
    }

    /// The arguments of a call that does not fit on a line.
    fn arguments(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        let parts = parts(tokens)?;
        if let [[path @ .., Tree::Group(Delimiter::Brace, fields)]] = parts.as_slice() {
            // A literal alone is not indented further.
            if !is_path(path) {
                return None;
            }
            self.flat(path, State::NEW)?;
            self.literal(fields, indent)?;
            self.out.push('}');
            return Some(());
        }
        if let [[first, ..]] = parts.as_slice()
            && (matches!(first, Tree::Group(..)) || first.is('|') || first.is('{'))
        {
            return None;
        }
        self.list(tokens, indent)
    }

    /// Values with a line for each.
    pub(super) fn list(&mut self, tokens: &[Tree], indent: usize) -> Option<()> {
        self.newline();
        for part in parts(tokens)? {
            self.line(part, indent + STEP, ",")?;
        }
        self.pad(indent);
        Some(())
    }

    /// A chain of methods that does not fit on a line, with a line for each.
    fn chain(&mut self, tokens: &[Tree], indent: usize, end: &str) -> Option<()> {
        let dots = chained(tokens)?;
        let (first_dot, last) = (*dots.first()?, *dots.last()?);
        let before = self.out.len();
        let inner = indent + STEP;
        self.pad(indent);
        self.flat(&tokens[..first_dot], State::NEW)?;
        if self.width() > FITS {
            let Tree::Group(Delimiter::Parenthesis, inside) = &tokens[first_dot - 1] else {
                return None;
            };
            if self.width() < BREAKS {
                return None;
            }
            self.out.truncate(before);
            self.pad(indent);
            self.flat(&tokens[..first_dot - 1], State::NEW)?;
            self.out.push('(');
            self.arguments(inside, inner)?;
            self.out.push(')');
        }
        self.newline();
        for (index, at) in dots.iter().enumerate() {
            let part = &tokens[*at..dots.get(index + 1).copied().unwrap_or(tokens.len())];
            let end = if *at == last { end } else { "" };
            self.method(part, inner, end)?;
        }
        Some(())
    }

    /// One method of a chain.
    fn method(&mut self, tokens: &[Tree], indent: usize, end: &str) -> Option<()> {
        let before = self.out.len();
        let n_marks = tokens.iter().rev().take_while(|token| token.is('?')).count();
        let (called, marks) = tokens.split_at(tokens.len() - n_marks);
        let marks = &"????"[..marks.len().min(4)];
        match called {
            [dot, Tree::Word(_)] if dot.is('.') => {}
            [dot, Tree::Word(_), Tree::Group(Delimiter::Parenthesis, _)] if dot.is('.') => {}
            _ => return None,
        }
        self.pad(indent);
        if self.flat(called, State::AFTER).is_some() {
            self.out.push_str(marks);
            self.out.push_str(end);
            if self.width() <= FITS {
                self.newline();
                return Some(());
            }
            if self.width() < BREAKS {
                return None;
            }
        }
        self.out.truncate(before);
        self.pad(indent);
        let (Tree::Group(_, inside), head) = called.split_last()? else { return None };
        self.flat(head, State::AFTER)?;
        self.out.push('(');
        self.arguments(inside, indent)?;
        self.out.push(')');
        self.out.push_str(marks);
        self.out.push_str(end);
        self.newline();
        Some(())
    }
}

/// Whether tokens that a parenthesis follows are a call as a whole, or the start of a declaration or field and then a call.
fn is_call(tokens: &[Tree]) -> bool {
    let start = match tokens {
        [first, ..] if first.is_any(&["let", "const", "static", "pub"]) => {
            tokens.iter().position(|token| token.is('=')).map_or(tokens.len(), |at| at + 1)
        }
        [Tree::Word(_), colon, next, ..] if colon.is(':') && !next.is(':') => 2,
        _ => 0,
    };
    is_path(&tokens[start..])
}

/// Whether a token is a part of a list of numbers and the like.
fn is_number(token: &Tree) -> bool {
    match token {
        Tree::Literal(literal) => !literal.to_string().contains('"'),
        Tree::Word(word) => word == "true" || word == "false",
        Tree::Punct(char, _) => *char == ',',
        Tree::Group(..) => false,
    }
}

/// Where the methods of a chain begin, where tokens are one as a whole, or a declaration of one.
pub(super) fn chained(tokens: &[Tree]) -> Option<Vec<usize>> {
    let first = tokens.first()?;
    let start = match first.is_word("let") {
        true => tokens.iter().position(|token| token.is('='))? + 1,
        false => 0,
    };
    let dots: Vec<usize> = (start + 1..tokens.len()).filter(|at| tokens[*at].is('.')).collect();
    let is_known = match tokens.get(start..*dots.first()?)? {
        // The first method of a short name stands beside it.
        [Tree::Word(word)] => start > 0 || word.to_string().len() > STEP,
        [path @ .., Tree::Group(Delimiter::Parenthesis, _)] => is_path(path),
        _ => false,
    };
    let ends = dots.iter().skip(1).copied().chain([tokens.len()]);
    let are_methods = dots.iter().zip(ends).all(|(at, end)| {
        let part = &tokens[at + 1..end];
        let n_marks = part.iter().rev().take_while(|token| token.is('?')).count();
        matches!(
            &part[..part.len() - n_marks],
            [Tree::Word(_)] | [Tree::Word(_), Tree::Group(Delimiter::Parenthesis, _)]
        )
    });
    (is_known && are_methods).then_some(dots)
}

/// Whether tokens are broken as soon as they do not fit on a line, whatever comes next.
fn breaks(tokens: &[Tree]) -> bool {
    if chained(tokens).is_some() {
        return true;
    }
    let n_marks = tokens.iter().rev().take_while(|token| token.is('?')).count();
    let Some((last, head)) = tokens[..tokens.len() - n_marks].split_last() else { return false };
    let Some(parts) = last.group(Delimiter::Parenthesis).and_then(parts) else { return false };
    let is_list = match parts.as_slice() {
        [] | [[Tree::Group(..), ..] | [.., Tree::Group(Delimiter::Brace, _)]] => false,
        [[first, ..]] => !first.is('|'),
        _ => true,
    };
    is_list && is_call(head)
}
