//! Regular patterns on `regex-automata`.

use regex_automata::{meta, util::syntax};
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

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
    let hir = hir(node);
    if is_large(&hir) {
        return None;
    }
    let config = meta::Config::new().nfa_size_limit(Some(MAX_SIZE));
    let mut builder = meta::Builder::new();
    builder.configure(config).syntax(syntax::Config::new());
    let regex = builder.build_from_hir(&hir).ok()?;
    Some(Automaton { regex, has_negated_boundary: has_negated_boundary(node) })
}

/// Whether an automaton of a pattern would be too large to be made: a repetition in it has a copy of what it repeats for
/// each time.
#[must_use]
pub fn is_large(hir: &Hir) -> bool {
    /// States, about; `.{0,12000}` is just below.
    const MOST: u64 = 100_000;
    weight(hir) > MOST
}

fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len() as u64,
        // Characters of more than one byte take a tree of states.
        HirKind::Class(class) => {
            if class_is_ascii(class) {
                1
            } else {
                8
            }
        }
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            weight(&repetition.sub).saturating_mul(u64::from(times))
        }
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(weight).fold(0, u64::saturating_add)
        }
    }
}

fn class_is_ascii(class: &Class) -> bool {
    match class {
        Class::Unicode(set) => set.is_ascii(),
        Class::Bytes(set) => set.is_ascii(),
    }
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
