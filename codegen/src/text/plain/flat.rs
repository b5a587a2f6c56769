//! Tokens on one line, with a blank wherever one writes one by hand.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing};

use super::Plain;
use super::tree::Tree;

/// How long a struct literal may be on one line, without its closing brace.
const MAX_LITERAL: usize = 34;

/// Whether a word leads to a block, or is laid out in a way of its own.
fn is_unknown(word: &str) -> bool {
    matches!(
        word,
        "if" | "match" | "while" | "loop" | "else" | "unsafe" | "where" | "union" | "macro_rules"
    )
}

/// Whether a value, a type or a pattern follows a word.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "return"
            | "in"
            | "mut"
            | "ref"
            | "dyn"
            | "as"
            | "impl"
            | "let"
            | "const"
            | "static"
            | "move"
            | "break"
            | "for"
            | "async"
    )
}

/// What came before a token on its line.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// Whether a word needs a blank before it.
    pub(super) after_word: bool,
    /// Whether a value or type begins here, so that `&`, `*`, `-`, `|` and `<` are no operators between two.
    pub(super) opens: bool,
    /// Whether the word before is a keyword, which a parenthesis does not call.
    pub(super) keyword: bool,
    /// Whether the word before names a type or a variant.
    pub(super) is_type: bool,
    /// Whether the word before is the name of a function that is defined.
    defines: bool,
    /// Where the path begins that was written last.
    path: usize,
    /// How many `<` are open.
    n_angles: usize,
    /// Whether the parameters of a closure are open.
    in_closure: bool,
}

impl State {
    /// At the start of a value, type or pattern.
    pub(super) const NEW: Self = Self {
        after_word: false,
        opens: true,
        keyword: false,
        is_type: false,
        defines: false,
        path: 0,
        n_angles: 0,
        in_closure: false,
    };

    /// After a value, within a type or value that goes on.
    pub(super) const AFTER: Self = Self { opens: false, ..Self::NEW };

    /// After a keyword that a value follows.
    pub(super) const KEYWORD: Self = Self { after_word: true, keyword: true, ..Self::NEW };

    /// After a sign that a value or type follows.
    fn open(&mut self) {
        (self.after_word, self.opens, self.keyword, self.is_type) = (false, true, false, false);
        self.defines = false;
    }

    /// After the end of a value or type.
    fn close(&mut self) {
        (self.after_word, self.opens, self.keyword, self.is_type) = (true, false, false, false);
        self.defines = false;
    }
}

impl Plain {
    /// Tokens on one line.
    pub(super) fn flat(&mut self, tokens: &[Tree], mut state: State) -> Option<State> {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            rest = after;
            match token {
                Tree::Word(word) => {
                    if state.after_word {
                        self.out.push(' ');
                    }
                    let start = self.out.len();
                    if !self.out.ends_with("::") {
                        state.path = start;
                    }
                    write!(self.out, "{word}").ok()?;
                    let text = &self.out[start..];
                    if is_unknown(text) {
                        return None;
                    }
                    let is_name = state.defines;
                    let is_lifetime = self.out[..start].ends_with('\'');
                    state.close();
                    state.keyword = is_keyword(text) || is_lifetime;
                    state.opens = state.keyword;
                    state.is_type = text.starts_with(|first: char| first.is_ascii_uppercase());
                    state.defines = text == "fn";
                    if is_name {
                        state.is_type = true;
                        state.keyword = false;
                    }
                }
                Tree::Literal(literal) => {
                    if state.after_word {
                        self.out.push(' ');
                    }
                    let start = self.out.len();
                    write!(self.out, "{literal}").ok()?;
                    // `self.0.name` has the number `0.` in it.
                    let text = &self.out[start..];
                    if text.contains('\n') || text.ends_with('.') {
                        return None;
                    }
                    state.close();
                }
                Tree::Punct(char, spacing) => {
                    rest = self.sign((*char, *spacing), rest, &mut state)?;
                }
                Tree::Group(delimiter, inside) => self.group(*delimiter, inside, &mut state)?,
            }
        }
        (state.n_angles == 0 && !state.in_closure).then_some(state)
    }

    fn group(&mut self, delimiter: Delimiter, inside: &[Tree], state: &mut State) -> Option<()> {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if state.is_type && !state.opens => {
                if inside.is_empty() {
                    (" {", "}")
                } else {
                    (" { ", " }")
                }
            }
            Delimiter::Brace | Delimiter::None => return None,
        };
        if state.keyword && state.after_word {
            self.out.push(' ');
        }
        let is_tuple = state.opens && delimiter == Delimiter::Parenthesis;
        let inside = match inside.split_last() {
            Some((last, _)) if last.is(',') && is_tuple => return None,
            Some((last, inside)) if last.is(',') => inside,
            _ => inside,
        };
        self.out.push_str(open);
        self.flat(inside, State::NEW)?;
        if delimiter == Delimiter::Brace && self.out.len() + 1 - state.path > MAX_LITERAL {
            return None;
        }
        self.out.push_str(close);
        state.close();
        Some(())
    }

    /// A sign, with those that are joined to it; what comes after.
    fn sign<'t>(
        &mut self,
        (char, spacing): (char, Spacing),
        rest: &'t [Tree],
        state: &mut State,
    ) -> Option<&'t [Tree]> {
        let next = match rest.first() {
            Some(Tree::Punct(next, _)) if spacing == Spacing::Joint => Some(*next),
            _ => None,
        };
        if char == '>' && state.n_angles > 0 {
            self.out.push('>');
            state.n_angles -= 1;
            state.close();
            return Some(rest);
        }
        if let Some(n_joined) = self.joined((char, next), rest, state)? {
            return Some(&rest[n_joined..]);
        }
        match char {
            '!' if state.after_word && !state.opens => return self.macro_call(rest, state),
            ',' => {
                if rest.first().is_none_or(|next| next.is('>')) {
                    return None;
                }
                self.out.push_str(", ");
                state.open();
            }
            ':' => {
                self.out.push_str(": ");
                state.open();
            }
            ';' => {
                self.out.push_str("; ");
                state.open();
            }
            '.' if !state.opens => {
                self.out.push('.');
                state.close();
                state.after_word = false;
            }
            '?' if !state.opens => {
                self.out.push('?');
                state.close();
            }
            '=' => {
                self.out.push_str(" = ");
                state.open();
            }
            '<' => {
                let is_generic = state.opens
                    || state.is_type
                    || self.out.ends_with("::")
                    || self.out.ends_with("impl");
                if !is_generic {
                    return None;
                }
                if state.opens
                    && state.keyword
                    && !self.out.ends_with("impl")
                    && !self.out.ends_with("for")
                {
                    self.out.push(' ');
                }
                self.out.push('<');
                state.n_angles += 1;
                state.open();
            }
            '\'' => {
                if state.after_word {
                    self.out.push(' ');
                }
                self.out.push('\'');
                state.open();
            }
            '|' if state.in_closure => {
                self.out.push_str("| ");
                state.in_closure = false;
                state.open();
            }
            '|' if state.opens => {
                if state.after_word {
                    self.out.push(' ');
                }
                self.out.push('|');
                state.in_closure = true;
                state.open();
            }
            '&' | '*' | '-' | '!' if state.opens => {
                if state.after_word {
                    self.out.push(' ');
                }
                self.out.push(char);
                state.open();
            }
            '*' if self.out.ends_with("::") => {
                self.out.push('*');
                state.close();
            }
            '+' | '-' | '*' | '/' | '%' | '&' | '|' if !state.opens => {
                let _ = write!(self.out, " {char} ");
                state.open();
            }
            _ => return None,
        }
        Some(rest)
    }

    /// Signs of several characters: how many of the tokens after the first they take.
    fn joined(
        &mut self,
        signs: (char, Option<char>),
        rest: &[Tree],
        state: &mut State,
    ) -> Option<Option<usize>> {
        match signs {
            (':', Some(':')) => {
                if state.after_word && state.keyword {
                    self.out.push(' ');
                }
                self.out.push_str("::");
                state.open();
                state.is_type = true;
                state.opens = false;
            }
            ('-', Some('>')) => {
                self.out.push_str(" -> ");
                state.open();
            }
            ('.', Some('.')) => {
                if state.after_word && state.keyword {
                    return None;
                }
                let equals = matches!(&rest[1..], [equal, ..] if equal.is('='));
                self.out.push_str(if equals { "..=" } else { ".." });
                state.open();
                return Some(Some(1 + usize::from(equals)));
            }
            (char @ ('=' | '!' | '<' | '>' | '+' | '-' | '*' | '/'), Some('=')) if !state.opens => {
                let _ = write!(self.out, " {char}= ");
                state.open();
            }
            (_, Some('=')) => return None,
            (char @ '&', Some('&')) | (char @ '|', Some('|')) if !state.opens => {
                let _ = write!(self.out, " {char}{char} ");
                state.open();
            }
            ('|', Some('|')) => {
                if state.after_word {
                    self.out.push(' ');
                }
                self.out.push_str("|| ");
                state.open();
            }
            ('=', Some('>')) => return None,
            _ => return Some(None),
        }
        Some(Some(1))
    }

    /// The arguments of a macro that are written as tokens stand; what comes after.
    fn macro_call<'t>(&mut self, rest: &'t [Tree], state: &mut State) -> Option<&'t [Tree]> {
        let (called, rest) = rest.split_first()?;
        let is_word = |token: &Tree| token.is('.') || matches!(token, Tree::Word(_));
        let inside = called.group(Delimiter::Parenthesis)?;
        if inside.is_empty() || !inside.iter().all(is_word) {
            return None;
        }
        self.out.push_str("!(");
        self.flat(inside, State::NEW)?;
        self.out.push(')');
        state.close();
        Some(rest)
    }
}
