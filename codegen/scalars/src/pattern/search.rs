//! Patterns with look-around and back references: a backtracking search as ECMA-262 describes it, in bounded steps.
//!
//! The pattern becomes a list of instructions. Choices, and the old values of what a choice changed, wait on a stack,
//! so that a long text costs memory and not the call stack. Only look-around calls itself, as deep as it is nested.

use regex_syntax::hir::ClassUnicode;

use super::TooManySteps;
use super::syntax::{self as sets, Node};

/// A pattern to search for.
#[derive(Debug)]
pub(super) struct Program {
    code: Vec<Step>,
    n_groups: usize,
    n_loops: usize,
}

#[derive(Debug)]
enum Step {
    /// One character of the set, read in a direction.
    Read {
        set: ClassUnicode,
        back: bool,
    },
    Start {
        lines: bool,
    },
    End {
        lines: bool,
    },
    Boundary {
        negated: bool,
        word: ClassUnicode,
    },
    /// Notes where a group starts or ends.
    Note {
        slot: usize,
    },
    Back {
        groups: Vec<usize>,
        ignore_case: bool,
        back: bool,
    },
    /// Goes on with the next step, or failing that at another.
    Try {
        other: usize,
    },
    Jump {
        to: usize,
    },
    /// Looks for what stands up to `Found`, and goes on after it.
    Look {
        negated: bool,
        after: usize,
    },
    Found,
    /// Starts counting the repetitions of a loop.
    Enter {
        at: usize,
    },
    /// Decides whether to repeat once more: `Body` follows, `exit` is what comes after the loop.
    Again {
        at: usize,
        least: u32,
        most: Option<u32>,
        lazy: bool,
        exit: usize,
    },
    /// Begins a repetition, which forgets what its groups captured.
    Body {
        at: usize,
        groups: (usize, usize),
    },
    /// The body is done; back to `Again`.
    Done {
        at: usize,
        least: u32,
        again: usize,
    },
}

impl Program {
    /// The instructions for a pattern; none when there are too many.
    pub(super) fn new(node: &Node) -> Option<Self> {
        const MAX_STEPS: usize = 100_000;
        let mut program = Self { code: vec![], n_groups: 0, n_loops: 0 };
        program.push_node(node, false);
        program.code.push(Step::Found);
        (program.code.len() <= MAX_STEPS).then_some(program)
    }

    /// Whether the pattern occurs in a text.
    pub(super) fn is_match(&self, text: &str) -> Result<bool, TooManySteps> {
        const STEPS: usize = 1_000_000;
        const STEPS_PER_BYTE: usize = 16;
        let mut search = Search {
            program: self,
            text,
            left: STEPS + STEPS_PER_BYTE * text.len(),
            slots: vec![None; 2 * (self.n_groups + 1)],
            loops: vec![(0, 0); self.n_loops],
            stack: vec![],
        };
        for (start, _) in text.char_indices().chain([(text.len(), ' ')]) {
            if search.run(0, start)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn push_node(&mut self, node: &Node, back: bool) {
        match node {
            Node::Set(set) => self.code.push(Step::Read { set: set.clone(), back }),
            Node::Start { lines } => self.code.push(Step::Start { lines: *lines }),
            Node::End { lines } => self.code.push(Step::End { lines: *lines }),
            Node::Boundary { negated, word } => {
                self.code.push(Step::Boundary { negated: *negated, word: word.clone() });
            }
            // What looks behind is read from its end.
            Node::Concat(nodes) if back => {
                nodes.iter().rev().for_each(|node| self.push_node(node, back));
            }
            Node::Concat(nodes) => nodes.iter().for_each(|node| self.push_node(node, back)),
            Node::Either(nodes) => self.push_either(nodes, back),
            Node::Group { index, node } => {
                self.n_groups = self.n_groups.max(*index);
                let (first, last) = if back { (1, 0) } else { (0, 1) };
                self.code.push(Step::Note { slot: 2 * index + first });
                self.push_node(node, back);
                self.code.push(Step::Note { slot: 2 * index + last });
            }
            Node::Back { groups, ignore_case } => {
                let (groups, ignore_case) = (groups.clone(), *ignore_case);
                self.n_groups = groups.iter().copied().fold(self.n_groups, usize::max);
                self.code.push(Step::Back { groups, ignore_case, back });
            }
            Node::Look { behind, negated, node } => {
                let at = self.code.len();
                self.code.push(Step::Look { negated: *negated, after: 0 });
                self.push_node(node, *behind);
                self.code.push(Step::Found);
                self.code[at] = Step::Look { negated: *negated, after: self.code.len() };
            }
            Node::Repeat { node, least, most, lazy, groups } => {
                let at = self.n_loops;
                self.n_loops += 1;
                self.code.push(Step::Enter { at });
                let again = self.code.len();
                self.code.push(Step::Found);
                self.code.push(Step::Body { at, groups: *groups });
                self.push_node(node, back);
                self.code.push(Step::Done { at, least: *least, again });
                let (least, most, lazy, exit) = (*least, *most, *lazy, self.code.len());
                self.code[again] = Step::Again { at, least, most, lazy, exit };
            }
        }
    }

    fn push_either(&mut self, nodes: &[Node], back: bool) {
        let mut jumps = vec![];
        for (nth, node) in nodes.iter().enumerate() {
            let is_last = nth + 1 == nodes.len();
            let choice = self.code.len();
            if !is_last {
                self.code.push(Step::Try { other: 0 });
            }
            self.push_node(node, back);
            if !is_last {
                jumps.push(self.code.len());
                self.code.push(Step::Jump { to: 0 });
                self.code[choice] = Step::Try { other: self.code.len() };
            }
        }
        let to = self.code.len();
        for jump in jumps {
            self.code[jump] = Step::Jump { to };
        }
    }
}

struct Search<'a> {
    program: &'a Program,
    text: &'a str,
    /// How many steps are left.
    left: usize,
    /// Where each group starts and ends; the first pair is unused.
    slots: Vec<Option<usize>>,
    /// Of each loop, how often it was repeated, and where the present repetition began.
    loops: Vec<(u32, usize)>,
    stack: Vec<Undo>,
}

/// What to do when the way that was chosen leads nowhere.
enum Undo {
    /// Go on here instead.
    Choose {
        step: usize,
        at: usize,
    },
    Slot {
        slot: usize,
        was: Option<usize>,
    },
    Loop {
        at: usize,
        was: (u32, usize),
    },
}

impl Search<'_> {
    /// Searches from a step and a place on; answers where `Found` was reached.
    fn run(&mut self, step: usize, at: usize) -> Result<Option<usize>, TooManySteps> {
        let floor = self.stack.len();
        let mut next = Some((step, at));
        loop {
            let Some((step, at)) = next.or_else(|| self.backtrack(floor)) else { return Ok(None) };
            self.left = self.left.checked_sub(1).ok_or(TooManySteps)?;
            if matches!(self.program.code[step], Step::Found) {
                return Ok(Some(at));
            }
            next = self.take(step, at)?;
        }
    }

    /// Takes back what was done since the last choice, and chooses the other way.
    fn backtrack(&mut self, floor: usize) -> Option<(usize, usize)> {
        while self.stack.len() > floor {
            match self.stack.pop()? {
                Undo::Choose { step, at } => return Some((step, at)),
                Undo::Slot { slot, was } => self.slots[slot] = was,
                Undo::Loop { at, was } => self.loops[at] = was,
            }
        }
        None
    }

    /// One step: where it leads, or nothing where it fails.
    fn take(&mut self, step: usize, at: usize) -> Result<Option<(usize, usize)>, TooManySteps> {
        let next = step + 1;
        let program = self.program;
        let holds = |holds: bool| holds.then_some((next, at));
        Ok(match &program.code[step] {
            Step::Read { set, back } => self
                .read(at, *back)
                .filter(|(character, _)| sets::holds(set, *character))
                .map(|(_, at)| (next, at)),
            Step::Start { lines } => holds(at == 0 || (*lines && self.is_line_end(at, true))),
            Step::End { lines } => {
                holds(at == self.text.len() || (*lines && self.is_line_end(at, false)))
            }
            Step::Boundary { negated, word } => {
                let is_word = |back| self.read(at, back).is_some_and(|(c, _)| sets::holds(word, c));
                holds((is_word(true) != is_word(false)) != *negated)
            }
            Step::Note { slot } => {
                self.set_slot(*slot, Some(at));
                Some((next, at))
            }
            Step::Back { groups, ignore_case, back } => {
                self.repeat_group(groups, at, *ignore_case, *back).map(|at| (next, at))
            }
            Step::Try { other } => {
                self.stack.push(Undo::Choose { step: *other, at });
                Some((next, at))
            }
            Step::Jump { to } => Some((*to, at)),
            Step::Look { negated, after } => {
                let found = self.look(next, at, *negated)?;
                (found != *negated).then_some((*after, at))
            }
            Step::Found => None,
            Step::Enter { at: counter } => {
                self.set_loop(*counter, (0, at));
                Some((next, at))
            }
            Step::Again { at: counter, least, most, lazy, exit } => {
                let (n, _) = self.loops[*counter];
                let may_end = n >= *least;
                if most.is_some_and(|most| n >= most) {
                    return Ok(Some((*exit, at)));
                }
                let (step, other) = if may_end && *lazy { (*exit, next) } else { (next, *exit) };
                if may_end {
                    self.stack.push(Undo::Choose { step: other, at });
                }
                Some((step, at))
            }
            Step::Body { at: counter, groups } => {
                let (n, _) = self.loops[*counter];
                self.set_loop(*counter, (n, at));
                for group in groups.0 + 1..=groups.1 {
                    self.set_slot(2 * group, None);
                    self.set_slot(2 * group + 1, None);
                }
                Some((next, at))
            }
            Step::Done { at: counter, least, again } => {
                let (n, began) = self.loops[*counter];
                // A repetition that was not asked for and read nothing leads nowhere.
                if n >= *least && began == at {
                    return Ok(None);
                }
                self.set_loop(*counter, (n.saturating_add(1), at));
                Some((*again, at))
            }
        })
    }

    fn set_slot(&mut self, slot: usize, value: Option<usize>) {
        let was = std::mem::replace(&mut self.slots[slot], value);
        self.stack.push(Undo::Slot { slot, was });
    }

    fn set_loop(&mut self, at: usize, value: (u32, usize)) {
        let was = std::mem::replace(&mut self.loops[at], value);
        self.stack.push(Undo::Loop { at, was });
    }

    /// Whether what follows is found here. What it captured stays, unless it must not be found.
    fn look(&mut self, step: usize, at: usize, negated: bool) -> Result<bool, TooManySteps> {
        let floor = self.stack.len();
        let found = self.run(step, at)?.is_some();
        if negated {
            while self.stack.len() > floor {
                // Choices are passed over; what they changed is taken back.
                let _ = self.backtrack(floor);
            }
        } else {
            // What was found first counts: its choices are gone, what they changed can still be taken back.
            let kept = self.stack.split_off(floor);
            self.stack.extend(kept.into_iter().filter(|undo| !matches!(undo, Undo::Choose { .. })));
        }
        Ok(found)
    }

    /// The character before or after a place, and the place beyond it.
    fn read(&self, at: usize, back: bool) -> Option<(char, usize)> {
        if back {
            let character = self.text[..at].chars().next_back()?;
            Some((character, at - character.len_utf8()))
        } else {
            let character = self.text[at..].chars().next()?;
            Some((character, at + character.len_utf8()))
        }
    }

    fn is_line_end(&self, at: usize, back: bool) -> bool {
        self.read(at, back).is_some_and(|(character, _)| sets::holds(&sets::line_ends(), character))
    }

    /// Reads again what a group captured; nothing where none of the groups did.
    fn repeat_group(
        &mut self,
        groups: &[usize],
        at: usize,
        ignore_case: bool,
        back: bool,
    ) -> Option<usize> {
        let captured = groups.iter().find_map(|group| {
            let (start, end) = (self.slots[2 * group]?, self.slots[2 * group + 1]?);
            self.text.get(start..end)
        });
        let Some(captured) = captured else { return Some(at) };
        self.left = self.left.saturating_sub(captured.len());
        if !ignore_case {
            let rest = if back { &self.text[..at] } else { &self.text[at..] };
            let stands = if back { rest.ends_with(captured) } else { rest.starts_with(captured) };
            let end = if back { at.checked_sub(captured.len())? } else { at + captured.len() };
            return stands.then_some(end);
        }
        let mut at = at;
        let mut rest = captured.chars();
        while let Some(expected) = if back { rest.next_back() } else { rest.next() } {
            let (found, beyond) = self.read(at, back)?;
            let same = sets::folded(sets::range(expected.into(), expected.into()));
            if !sets::holds(&same, found) {
                return None;
            }
            at = beyond;
        }
        Some(at)
    }
}
