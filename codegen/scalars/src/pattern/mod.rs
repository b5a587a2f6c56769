//! Patterns of contracts: regular expressions of ECMA-262, as JSON Schema asks for them.
//!
//! `parse` reads a pattern by the grammar of ECMA-262 in Unicode mode, and takes from its Annex B what
//! cannot be mistaken for another dialect: `\-` for the sign itself, `a{,3}` for its characters, `[\w-.]` for three
//! alternatives. A letter that no mode gives a meaning (`\A`, `\Z`, `\x{41}`, `(?i)`, `(?P<n>…)`) is a fault: it means
//! something elsewhere, and Annex B would take it for the letter.
//!
//! What is regular runs on `regex-automata`, in time linear in the text; look-around, back references and what is too
//! large for it run on `search`, which backtracks as ECMA-262 says and gives up after a bounded number of steps.

mod linear;
mod parse;
mod property;
mod search;
mod syntax;

use std::fmt::{self, Display};

pub use linear::is_large;
pub(crate) use syntax::holds;

use regex_syntax::hir::Hir;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Linear(linear::Automaton),
    Search(search::Program),
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// It is no pattern of ECMA-262, or repeats more than can be compiled.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let node = parse::parse(text)?;
        if let Some(automaton) = linear::compile(&node) {
            return Ok(Self { engine: Engine::Linear(automaton) });
        }
        let program = search::Program::new(&node).ok_or_else(|| PatternError {
            offset: 0,
            reason: "it repeats more than can be compiled".to_owned(),
        })?;
        Ok(Self { engine: Engine::Search(program) })
    }

    /// Whether the pattern occurs in a text; patterns are not anchored unless they say so.
    ///
    /// # Errors
    /// The answer takes more steps than one text may.
    pub fn is_match(&self, text: &str) -> Result<bool, TooManySteps> {
        match &self.engine {
            Engine::Linear(automaton) => Ok(automaton.is_match(text)),
            Engine::Search(program) => program.is_match(text),
        }
    }

    /// Whether texts are matched in linear time: there is no look-around and no back reference.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        matches!(self.engine, Engine::Linear(_))
    }
}

/// The regular part of a pattern: without what looks around or refers back, so that it also matches texts that the
/// pattern does not. What makers of sample texts draw from.
///
/// # Errors
/// It is no pattern of ECMA-262.
pub fn regular_part(text: &str) -> Result<Hir, PatternError> {
    parse::parse(text).map(|node| linear::hir(&node))
}

/// Why a text is no pattern of ECMA-262.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Where, in characters from the start of the pattern.
    pub offset: usize,
    /// Why, in words.
    pub reason: String,
}

impl Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.reason, self.offset + 1)
    }
}

impl std::error::Error for PatternError {}

/// A pattern with look-around or back references took too many steps on a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManySteps;

impl Display for TooManySteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pattern takes too many steps on this text")
    }
}

impl std::error::Error for TooManySteps {}
