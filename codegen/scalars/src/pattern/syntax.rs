//! The tree of a pattern, with all flags already applied, and the character sets of ECMA-262.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// One part of a pattern.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// One character of a set; a plain character is a set of one.
    Set(ClassUnicode),
    /// `^`; `lines` under the flag `m`
    Start { lines: bool },
    /// `$`
    End { lines: bool },
    /// `\b`, or `\B`; `word` holds the characters of words
    Boundary { negated: bool, word: ClassUnicode },
    /// One after the other.
    Concat(Vec<Node>),
    /// The first that leads to a match.
    Either(Vec<Node>),
    /// `(…)`, counted from 1
    Group { index: usize, node: Box<Node> },
    /// `\1`; several where groups of one name stand in different alternatives
    Back { groups: Vec<usize>, ignore_case: bool },
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    Look { behind: bool, negated: bool, node: Box<Node> },
    /// `*`, `+`, `?`, `{2,3}`; `groups` are those inside, which each repetition forgets
    Repeat { node: Box<Node>, least: u32, most: Option<u32>, lazy: bool, groups: (usize, usize) },
}

/// A set of the characters from one code point to another; no surrogates, which no text here holds.
pub(super) fn range(from: u32, to: u32) -> ClassUnicode {
    let part = |from: u32, to: u32| {
        let (from, to) = (char::from_u32(from)?, char::from_u32(to)?);
        (from <= to).then(|| ClassUnicodeRange::new(from, to))
    };
    let below = part(from, to.min(0xD7FF));
    let above = part(from.max(0xE000), to);
    ClassUnicode::new(below.into_iter().chain(above))
}

/// A set of ranges.
pub(super) fn set(ranges: &[(u32, u32)]) -> ClassUnicode {
    let mut set = ClassUnicode::empty();
    for (from, to) in ranges {
        set.union(&range(*from, *to));
    }
    set
}

/// Whether a set holds a character.
pub(crate) fn holds(set: &ClassUnicode, character: char) -> bool {
    let ranges = set.ranges();
    let after = ranges.partition_point(|range| range.end() < character);
    ranges.get(after).is_some_and(|range| range.start() <= character)
}

/// All that a set does not hold.
pub(super) fn negated(mut set: ClassUnicode) -> ClassUnicode {
    set.negate();
    set
}

/// A set together with every character that differs only in case (simple case folding).
pub(super) fn folded(mut set: ClassUnicode) -> ClassUnicode {
    // Fails only without Unicode tables, which are compiled in.
    let _ = set.try_case_fold_simple();
    set
}

/// `\d`
pub(super) fn digits() -> ClassUnicode {
    set(&[(0x30, 0x39)])
}

/// `\w`; under the flag `i` also what differs from it only in case: `ſ` and the Kelvin sign.
pub(super) fn word(ignore_case: bool) -> ClassUnicode {
    let word = set(&[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]);
    if ignore_case { folded(word) } else { word }
}

/// `\s`: `WhiteSpace` and `LineTerminator`.
pub(super) fn space() -> ClassUnicode {
    set(&[
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ])
}

/// `LineTerminator`: what `.` leaves out.
pub(super) fn line_ends() -> ClassUnicode {
    set(&[(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
}

/// Every character.
pub(super) fn any() -> ClassUnicode {
    range(0, 0x0010_FFFF)
}
