//! Tokens as a tree that can be looked at again and again without copies, and how they part into items and lists.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

/// A token, or a group of them.
#[derive(Debug)]
pub(in crate::text) enum Tree {
    /// A name or keyword.
    Word(Ident),
    /// A literal.
    Literal(Literal),
    /// A sign, and whether the next one belongs to it.
    Punct(char, Spacing),
    /// Tokens between delimiters.
    Group(Delimiter, Vec<Tree>),
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Kind {
    Use,
    Const,
    Static,
    Type,
    Mod,
    Struct,
    Enum,
    Impl,
    Trait,
    Fn,
    Other,
}

impl Tree {
    /// The tree of tokens.
    pub(in crate::text) fn of(tokens: TokenStream) -> Vec<Self> {
        let tree = |token| match token {
            TokenTree::Ident(word) => Self::Word(word),
            TokenTree::Literal(literal) => Self::Literal(literal),
            TokenTree::Punct(punct) => Self::Punct(punct.as_char(), punct.spacing()),
            TokenTree::Group(group) => {
                let (delimiter, inside) = (group.delimiter(), group.stream());
                // Only one that nobody else holds is taken apart without a copy.
                drop(group);
                Self::Group(delimiter, Self::of(inside))
            }
        };
        tokens.into_iter().map(tree).collect()
    }

    /// The tokens again.
    pub(in crate::text) fn tokens(trees: &[Self]) -> TokenStream {
        let token = |tree: &Self| match tree {
            Self::Word(word) => TokenTree::Ident(word.clone()),
            Self::Literal(literal) => TokenTree::Literal(literal.clone()),
            Self::Punct(char, spacing) => TokenTree::Punct(Punct::new(*char, *spacing)),
            Self::Group(delimiter, inside) => {
                TokenTree::Group(Group::new(*delimiter, Self::tokens(inside)))
            }
        };
        trees.iter().map(token).collect()
    }

    /// Whether it is this sign.
    pub(in crate::text) fn is(&self, sign: char) -> bool {
        matches!(self, Self::Punct(char, _) if *char == sign)
    }

    /// Whether it is this word.
    pub(in crate::text) fn is_word(&self, text: &str) -> bool {
        matches!(self, Self::Word(word) if word == text)
    }

    /// Whether it is one of these words.
    pub(in crate::text) fn is_any(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.iter().any(|text| word == text))
    }

    /// What it holds, where it is a group in these delimiters.
    pub(in crate::text) fn group(&self, delimiter: Delimiter) -> Option<&[Self]> {
        match self {
            Self::Group(found, inside) if *found == delimiter => Some(inside),
            _ => None,
        }
    }
}

impl Kind {
    /// What an item is, told by its first words.
    pub(in crate::text) fn of(item: &[Tree]) -> Self {
        let mut rest = item;
        while let [hash, Tree::Group(Delimiter::Bracket, _), after @ ..] = rest
            && hash.is('#')
        {
            rest = after;
        }
        while let Some((first, after)) = rest.split_first() {
            let next_is = |words| after.first().is_some_and(|next| next.is_any(words));
            let is_prefix = first.is_any(&["pub", "async", "unsafe"])
                || (first.is_word("const") && next_is(&["fn", "async", "unsafe"]))
                || matches!(first, Tree::Group(Delimiter::Parenthesis, _));
            if !is_prefix {
                return Self::named(first);
            }
            rest = after;
        }
        Self::Other
    }

    fn named(first: &Tree) -> Self {
        const KINDS: [(&str, Kind); 10] = [
            ("use", Kind::Use),
            ("const", Kind::Const),
            ("static", Kind::Static),
            ("type", Kind::Type),
            ("mod", Kind::Mod),
            ("struct", Kind::Struct),
            ("enum", Kind::Enum),
            ("impl", Kind::Impl),
            ("trait", Kind::Trait),
            ("fn", Kind::Fn),
        ];
        let found = KINDS.into_iter().find(|(word, _)| first.is_word(word));
        found.map_or(Self::Other, |(_, kind)| kind)
    }

    /// Whether it has a body of several lines.
    pub(in crate::text) fn is_definition(self) -> bool {
        matches!(self, Self::Enum | Self::Fn | Self::Impl | Self::Struct | Self::Trait)
    }

    /// Whether it ends in a semicolon, whatever blocks it holds.
    fn ends_in_semicolon(self) -> bool {
        matches!(self, Self::Use | Self::Const | Self::Static | Self::Type)
    }
}

/// The items that tokens are, each of which ends at a semicolon or a body in braces.
pub(in crate::text) fn items(tokens: &[Tree]) -> Vec<&[Tree]> {
    let mut items = vec![];
    let mut rest = tokens;
    while !rest.is_empty() {
        let has_body = !Kind::of(rest).ends_in_semicolon();
        let ends =
            |token: &Tree| token.is(';') || (has_body && token.group(Delimiter::Brace).is_some());
        let end = rest.iter().position(ends).map_or(rest.len(), |at| at + 1);
        items.push(&rest[..end]);
        rest = &rest[end..];
    }
    items
}

/// What stands between commas; none where nothing stands between two.
pub(in crate::text) fn parts(tokens: &[Tree]) -> Option<Vec<&[Tree]>> {
    let mut parts = vec![];
    let mut rest = tokens;
    while !rest.is_empty() {
        let end = comma(rest);
        if end == 0 {
            return None;
        }
        parts.push(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Some(parts)
}

/// Where the next comma is that is not within `<` and `>` or between the parameters of a closure; or the end.
pub(super) fn comma(tokens: &[Tree]) -> usize {
    let mut n_angles = 0usize;
    let mut in_closure = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let after =
            |signs: &[char]| before.is_some_and(|token| signs.iter().any(|sign| token.is(*sign)));
        match token {
            Tree::Punct('|', _) if in_closure => in_closure = false,
            Tree::Punct('|', _) => {
                let opens = before.is_none_or(|token| token.is_word("move"));
                in_closure = opens || after(&[',', ':', '=', '&']);
            }
            Tree::Punct('<', _) => n_angles += 1,
            Tree::Punct('>', _) if !after(&['-', '=']) => n_angles = n_angles.saturating_sub(1),
            Tree::Punct(',', _) if n_angles == 0 && !in_closure => return at,
            _ => {}
        }
    }
    tokens.len()
}

/// Whether tokens are the name of something and nothing else.
pub(super) fn is_path(tokens: &[Tree]) -> bool {
    let is_part = |token: &Tree| token.is(':') || matches!(token, Tree::Word(_));
    !tokens.is_empty() && tokens.iter().all(is_part)
}

/// Tokens without a sign that they may begin with.
pub(super) fn without(tokens: &[Tree], sign: char) -> &[Tree] {
    match tokens.split_first() {
        Some((first, rest)) if first.is(sign) => rest,
        _ => tokens,
    }
}
