//! Whether every text that one pattern matches is matched by another.
//!
//! Both patterns run as automata side by side over every text there is, as far as the automata can tell texts apart.
//! What has no finite automaton (look-around, back references), or one that is too large, is unknown.

use std::collections::BTreeSet;

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;
use scalars::pattern::{self, Pattern};

/// How many pairs of states are looked at before the question counts as unanswered.
const MOST_STATES: usize = 50_000;
/// Memory for the states of one automaton, in bytes.
const CACHE_BYTES: usize = 8 << 20;

/// How the texts of two patterns relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// Both match the same texts.
    Same,
    /// The new one matches fewer.
    Narrowed,
    /// The new one matches more.
    Widened,
    /// Each matches texts that the other does not.
    Different,
    /// Nobody can tell, or not in reasonable time.
    Unknown,
}

/// Compares two patterns of ECMA-262, neither anchored unless it anchors itself.
pub(crate) fn compare(old: &str, new: &str) -> Inclusion {
    search(old, new).unwrap_or(Inclusion::Unknown)
}

/// An automaton that reads a text byte by byte.
struct Automaton {
    dfa: DFA,
    cache: Cache,
}

/// Where an automaton stands: its state, none once it has matched, for a match stays one whatever follows.
type Stand = Option<LazyStateID>;

impl Automaton {
    /// The automaton of a pattern that has one.
    fn of(pattern: &str) -> Option<Self> {
        let is_regular = Pattern::new(pattern).ok()?.is_linear();
        if is_regular { Self::new(&pattern::regular_part(pattern).ok()?) } else { None }
    }

    fn new(pattern: &Hir) -> Option<Self> {
        if pattern::is_large(pattern) {
            return None;
        }
        let nfa = thompson::Compiler::new().build_from_hir(pattern).ok()?;
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(CACHE_BYTES);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
        let cache = dfa.create_cache();
        Some(Self { dfa, cache })
    }

    fn start(&mut self) -> Option<LazyStateID> {
        let input = Input::new("").anchored(Anchored::No);
        self.dfa.start_state_forward(&mut self.cache, &input).ok()
    }

    /// The stand after one more byte; the outer `None` where the automaton gives up.
    fn step(&mut self, stand: Stand, byte: u8) -> Option<Stand> {
        let Some(state) = stand else { return Some(None) };
        let next = self.dfa.next_state(&mut self.cache, state, byte).ok()?;
        if next.is_quit() {
            return None;
        }
        Some((!next.is_match()).then_some(next))
    }

    /// Whether the text matches if it ends here.
    fn accepts(&mut self, stand: Stand) -> Option<bool> {
        let Some(state) = stand else { return Some(true) };
        let end = self.dfa.next_eoi_state(&mut self.cache, state).ok()?;
        Some(end.is_match())
    }

    fn class(&self, byte: u8) -> u8 {
        self.dfa.byte_classes().get(byte)
    }
}

fn search(old: &str, new: &str) -> Option<Inclusion> {
    let (mut only_old, mut only_new) = (false, false);
    every_text(&mut [Automaton::of(old)?, Automaton::of(new)?], |matched| {
        only_old |= matched[0] && !matched[1];
        only_new |= matched[1] && !matched[0];
        only_old && only_new
    })?;
    Some(match (only_old, only_new) {
        (false, false) => Inclusion::Same,
        (true, false) => Inclusion::Narrowed,
        (false, true) => Inclusion::Widened,
        (true, true) => Inclusion::Different,
    })
}

/// Whether every text that matches all of some patterns matches another one; none where nobody can tell.
pub(crate) fn is_within(sent: &[String], taken: &str) -> Option<bool> {
    let mut automata = vec![Automaton::of(taken)?];
    let mut exact = true;
    for pattern in sent {
        exact &= Pattern::new(pattern).ok()?.is_linear();
        // Without what looks around it matches more texts: when those fit, so do all.
        automata.push(Automaton::new(&pattern::regular_part(pattern).ok()?)?);
    }
    let mut within = true;
    every_text(&mut automata, |matched| {
        within &= matched[0] || !matched[1..].iter().all(|matched| *matched);
        !within
    })?;
    (within || exact).then_some(within)
}

/// The sets of patterns that some text matches all of and no others of, each as whether a pattern is among them; none where
/// nobody can tell.
pub(crate) fn combinations(patterns: &[&str]) -> Option<BTreeSet<Vec<bool>>> {
    let automata: Option<Vec<_>> = patterns.iter().map(|one| Automaton::of(one)).collect();
    let (mut found, most) = (BTreeSet::new(), 1_usize << patterns.len().min(20));
    every_text(&mut automata?, |matched| {
        found.insert(matched.to_vec());
        found.len() == most
    })?;
    Some(found)
}

/// Tells of every text, as far as some automata can tell texts apart, which of them match it, until enough is known.
/// Nothing where one gives up, or they can tell too many.
fn every_text(
    automata: &mut [Automaton],
    mut is_enough: impl FnMut(&[bool]) -> bool,
) -> Option<()> {
    // Texts are Unicode, so bytes that are not are left out.
    let mut text = Automaton::of("^[^]*$")?;
    let bytes = representatives(automata.iter().chain([&text]));
    let start: Option<Vec<Stand>> = automata.iter_mut().map(|one| one.start().map(Some)).collect();
    let first = (start?, text.start()?);
    let mut seen = BTreeSet::from([first.clone()]);
    let mut open = vec![first];
    while let Some((stands, in_text)) = open.pop() {
        if text.accepts(Some(in_text))? {
            let both = automata.iter_mut().zip(&stands);
            let matched: Option<Vec<bool>> = both.map(|(one, stand)| one.accepts(*stand)).collect();
            if is_enough(&matched?) {
                return Some(());
            }
        }
        for &byte in &bytes {
            let Some(in_text) = text.step(Some(in_text), byte)? else { continue };
            if in_text.is_dead() {
                continue;
            }
            let both = automata.iter_mut().zip(&stands);
            let next: Option<Vec<Stand>> =
                both.map(|(one, stand)| one.step(*stand, byte)).collect();
            let next = (next?, in_text);
            // What all have matched, all match to the end.
            let decided = next.0.iter().all(Option::is_none);
            if decided {
                if is_enough(&vec![true; automata.len()]) {
                    return Some(());
                }
            } else if seen.insert(next.clone()) {
                open.push(next);
            }
        }
        if seen.len() > MOST_STATES {
            return None;
        }
    }
    Some(())
}

/// A byte for each way in which the automata can tell bytes apart.
fn representatives<'a>(automata: impl Iterator<Item = &'a Automaton>) -> Vec<u8> {
    let automata: Vec<&Automaton> = automata.collect();
    let mut classes = BTreeSet::new();
    let class = |byte| automata.iter().map(|one| one.class(byte)).collect::<Vec<_>>();
    (0..=u8::MAX).filter(|byte| classes.insert(class(*byte))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decides_what_patterns_match() {
        let cases = [
            ("^[0-9]+$", "^[0-9a-f]+$", Inclusion::Widened),
            ("^[0-9a-f]+$", "^[0-9]+$", Inclusion::Narrowed),
            ("^[0-9]+$", "^[0-9][0-9]*$", Inclusion::Same),
            ("^[ab]$", "^[bc]$", Inclusion::Different),
            ("a", "^a", Inclusion::Narrowed),
            ("^a", "a", Inclusion::Widened),
            ("^a*$", "^(a|b)*$", Inclusion::Widened),
            ("^.$", "^..?$", Inclusion::Widened),
            ("^[^]$", "^[^\\n]$", Inclusion::Narrowed),
            ("", "x*", Inclusion::Same),
            ("^\\d{3}$", "^[0-9]{3}$", Inclusion::Same),
            ("^ä$", "^[äö]$", Inclusion::Widened),
            ("\\bfoo", "foo", Inclusion::Widened),
            ("^(?=a)", "^a", Inclusion::Unknown),
            ("^.{1,2097152}$", "^.{1,2097151}$", Inclusion::Unknown),
            ("^[ab]*a[ab]{16}$", "^[ab]*a[ab]{8}[ab]{8}$", Inclusion::Unknown),
        ];
        for (old, new, expected) in cases {
            assert_eq!(compare(old, new), expected, "{old} → {new}");
        }
    }

    #[test]
    fn patterns_are_told_apart_by_the_texts_that_match_them() {
        let of = |patterns: &[&str]| combinations(patterns).map(|found| found.len());
        assert_eq!(of(&[]), Some(1));
        assert_eq!(of(&["^a"]), Some(2));
        assert_eq!(of(&["^a", "^a.*"]), Some(2));
        assert_eq!(of(&["^a", "^b"]), Some(3));
        assert_eq!(of(&["^a", "b"]), Some(4));
        assert_eq!(of(&["", "x*"]), Some(1));
        assert_eq!(of(&["^(?=a)"]), None);
    }

    /// Judged by matching every text of up to four letters of a small alphabet.
    #[test]
    fn agrees_with_trying_texts() {
        let pieces = ["a", "b", "[ab]", "a*", "(ab)?", "^", "$", "b+", "(a|bb)", ".", "c{0,2}"];
        let texts = words(&['a', 'b', 'c', '\n'], 4);
        let mut patterns = Vec::new();
        for one in pieces {
            for other in pieces {
                patterns.push(format!("^{one}{other}$"));
                patterns.push(format!("{one}{other}"));
            }
        }
        for (index, old) in patterns.iter().enumerate() {
            let new = &patterns[(index * 37 + 11) % patterns.len()];
            let [was, is] = [old, new].map(|pattern| matches(pattern, &texts));
            let lost = was.iter().any(|text| !is.contains(text));
            let won = is.iter().any(|text| !was.contains(text));
            let expected = match (lost, won) {
                (false, false) => Inclusion::Same,
                (true, false) => Inclusion::Narrowed,
                (false, true) => Inclusion::Widened,
                (true, true) => Inclusion::Different,
            };
            assert_eq!(compare(old, new), expected, "{old} → {new}");
        }
    }

    fn matches<'a>(pattern: &str, texts: &'a [String]) -> BTreeSet<&'a String> {
        let Ok(pattern) = Pattern::new(pattern) else { panic!("{pattern} is no pattern") };
        texts.iter().filter(|text| pattern.is_match(text) == Ok(true)).collect()
    }

    fn words(letters: &[char], most: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..most {
            let longer = |word: &String| {
                letters.iter().map(|letter| format!("{word}{letter}")).collect::<Vec<_>>()
            };
            last = last.iter().flat_map(longer).collect();
            all.extend(last.clone());
        }
        all
    }
}
