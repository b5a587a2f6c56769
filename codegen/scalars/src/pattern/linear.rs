//! Regular patterns on `regex-automata`.

use regex_automata::{meta, util::syntax};
use regex_syntax::hir::{Class, Hir, Look, Repetition};

use super::syntax::{self as sets, Node};

/// A regular pattern, compiled.
#[derive(Debug)]
pub(super) struct Automaton {
    regex: meta::Regex,
    /// Whether it has `\B`, which holds between two bytes of one character too.
    has_negated_boundary: bool,
}

impl Automaton {
    pub(super) fn is_match(&self, text: &str) -> bool {
        // `is_match` of regex-automata 0.4 ends at an empty match within a character, even if another one follows it
        // (`findings/regex-empty-match.sh`); `find` goes on.
        match self.has_negated_boundary {
            true => self.regex.find(text).is_some(),
            false => self.regex.is_match(text),
        }
    }
}

/// The pattern as an automaton; none where it is not regular, or too large.
pub(super) fn compile(node: &Node) -> Option<Automaton> {
    /// Bytes; what `.{0,5000}` takes is well below.
    const MAX_SIZE: usize = 10 << 20;
    if !is_regular(node) {
        return None;
    }
    let config = meta::Config::new().nfa_size_limit(Some(MAX_SIZE));
    let mut builder = meta::Builder::new();
    builder.configure(config).syntax(syntax::Config::new());
    let regex = builder.build_from_hir(&hir(node)).ok()?;
    Some(Automaton { regex, has_negated_boundary: has_negated_boundary(node) })
}

fn has_negated_boundary(node: &Node) -> bool {
    match node {
        Node::Boundary { negated, .. } => *negated,
        Node::Concat(nodes) | Node::Either(nodes) => nodes.iter().any(has_negated_boundary),
        Node::Group { node, .. } | Node::Repeat { node, .. } => has_negated_boundary(node),
        _ => false,
    }
}

fn is_regular(node: &Node) -> bool {
    match node {
        Node::Set(_) => true,
        Node::Start { lines } | Node::End { lines } => !lines,
        // The automaton's word boundary knows ASCII words.
        Node::Boundary { word, .. } => *word == sets::word(false),
        Node::Concat(nodes) | Node::Either(nodes) => nodes.iter().all(is_regular),
        Node::Group { node, .. } | Node::Repeat { node, .. } => is_regular(node),
        Node::Back { .. } | Node::Look { .. } => false,
    }
}

/// The pattern without what is not regular.
pub(super) fn hir(node: &Node) -> Hir {
    match node {
        Node::Set(set) => Hir::class(Class::Unicode(set.clone())),
        Node::Start { lines: false } => Hir::look(Look::Start),
        Node::End { lines: false } => Hir::look(Look::End),
        Node::Boundary { negated: false, .. } => Hir::look(Look::WordAscii),
        Node::Boundary { negated: true, .. } => Hir::look(Look::WordAsciiNegate),
        Node::Concat(nodes) => Hir::concat(nodes.iter().map(hir).collect()),
        Node::Either(nodes) => Hir::alternation(nodes.iter().map(hir).collect()),
        Node::Group { node, .. } => hir(node),
        Node::Repeat { node, least, most, lazy, .. } => Hir::repetition(Repetition {
            min: *least,
            max: *most,
            greedy: !lazy,
            sub: Box::new(hir(node)),
        }),
        Node::Start { .. } | Node::End { .. } | Node::Back { .. } | Node::Look { .. } => {
            Hir::empty()
        }
    }
}
