//! Text to tree, by the grammar of ECMA-262 (section "Patterns", and of Annex B what is unambiguous).

use std::collections::BTreeMap;

use regex_syntax::hir::ClassUnicode;

use super::syntax::{self as sets, Node};
use super::{PatternError, property};

/// Groups may nest so deep; what people write needs ten.
const MAX_DEPTH: usize = 200;

/// Reads a whole pattern.
pub(super) fn parse(text: &str) -> Result<Node, PatternError> {
    let chars: Vec<char> = text.chars().collect();
    let groups = Groups::of(&chars);
    let flags = Flags::default();
    let mut parser = Parser { chars, at: 0, groups, n_opened: 0, named: vec![], flags, depth: 0 };
    let node = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.fault("`)` closes nothing")),
    }
}

/// The capturing groups of a pattern, counted beforehand because references may stand before them.
struct Groups {
    n: usize,
    names: BTreeMap<String, Vec<usize>>,
}

impl Groups {
    fn of(chars: &[char]) -> Self {
        let mut groups = Self { n: 0, names: BTreeMap::new() };
        let (mut at, mut in_class) = (0, false);
        while let Some(char) = chars.get(at) {
            match char {
                '\\' => at += 1,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => groups.count(&chars[at + 1..]),
                _ => {}
            }
            at += 1;
        }
        groups
    }

    fn count(&mut self, rest: &[char]) {
        let named = match rest {
            ['?', '<', '=' | '!', ..] => return,
            ['?', '<', name @ ..] => Some(name),
            ['?', ..] => return,
            _ => None,
        };
        self.n += 1;
        if let Some(name) = named {
            let name = name.iter().take_while(|char| **char != '>').collect();
            self.names.entry(name).or_default().push(self.n);
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Flags {
    ignore_case: bool,
    multiline: bool,
    dot_all: bool,
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    groups: Groups,
    n_opened: usize,
    /// The names of groups before this place, those of other alternatives left out.
    named: Vec<String>,
    flags: Flags,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek();
        self.at += usize::from(char.is_some());
        char
    }

    /// Goes past a text if it stands here.
    fn takes(&mut self, text: &str) -> bool {
        let n = text.chars().count();
        let here = self.chars.get(self.at..self.at + n);
        let stands = here.is_some_and(|here| here.iter().copied().eq(text.chars()));
        if stands {
            self.at += n;
        }
        stands
    }

    fn fault(&self, reason: impl Into<String>) -> PatternError {
        PatternError { offset: self.at, reason: reason.into() }
    }

    fn fault_at(offset: usize, reason: impl Into<String>) -> PatternError {
        PatternError { offset, reason: reason.into() }
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let n_before = self.named.len();
        let mut all = vec![self.sequence()?];
        let mut named = self.named.split_off(n_before);
        while self.takes("|") {
            all.push(self.sequence()?);
            named.extend(self.named.drain(n_before..));
        }
        self.named.extend(named);
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Either(all) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut terms = vec![];
        while !matches!(self.peek(), None | Some('|' | ')')) {
            terms.push(self.term()?);
        }
        Ok(Node::Concat(terms))
    }

    fn term(&mut self) -> Result<Node, PatternError> {
        let (start, first_group) = (self.at, self.n_opened);
        let node = self.atom()?;
        let quantifier = self.at;
        let Some((least, most)) = self.quantifier()? else { return Ok(node) };
        // Annex B repeats what looks ahead; nothing repeats what looks behind, or a mere place.
        let repeats = match node {
            Node::Start { .. } | Node::End { .. } | Node::Boundary { .. } => false,
            Node::Look { behind, .. } => !behind,
            _ => true,
        };
        if !repeats {
            let what: String = self.chars[start..quantifier].iter().collect();
            return Err(Self::fault_at(quantifier, format!("`{what}` cannot be repeated")));
        }
        let groups = (first_group, self.n_opened);
        let lazy = self.takes("?");
        Ok(Node::Repeat { node: Box::new(node), least, most, lazy, groups })
    }

    /// `*`, `+`, `?` or `{2,3}`, if one stands here.
    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let start = self.at;
        let found = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let counts = self.counts();
                if let Some((least, Some(most))) = counts
                    && least > most
                {
                    let reason = format!("{{{least},{most}}} is out of order");
                    return Err(Self::fault_at(start, reason));
                }
                return Ok(counts);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(found))
    }

    /// `{2}`, `{2,}` or `{2,3}`; nothing where the brace is only a character.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let start = self.at;
        let counts = self.try_counts();
        if counts.is_none() {
            self.at = start;
        }
        counts
    }

    fn try_counts(&mut self) -> Option<(u32, Option<u32>)> {
        self.takes("{");
        let least = self.number()?;
        let most = match self.takes(",") {
            true if self.peek() == Some('}') => None,
            true => Some(self.number()?),
            false => Some(least),
        };
        self.takes("}").then_some((least, most))
    }

    /// A number; one beyond 32 bits counts as the greatest of them.
    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        while self.peek().is_some_and(|char| char.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self.chars[start..self.at].iter().collect();
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let lines = self.flags.multiline;
        match self.next() {
            Some('^') => Ok(Node::Start { lines }),
            Some('$') => Ok(Node::End { lines }),
            Some('.') if self.flags.dot_all => Ok(Node::Set(sets::any())),
            Some('.') => Ok(Node::Set(sets::negated(sets::line_ends()))),
            Some('(') => self.parenthesis(start),
            Some('[') => self.class(start).map(Node::Set),
            Some('\\') => self.escape(start),
            Some('*' | '+' | '?') => Err(Self::fault_at(start, "there is nothing to repeat")),
            Some('{') => {
                self.at = start;
                if self.counts().is_some() {
                    return Err(Self::fault_at(start, "there is nothing to repeat"));
                }
                self.at = start + 1;
                Ok(self.literal('{'.into()))
            }
            Some(char) => Ok(self.literal(char.into())),
            None => Err(self.fault("it ends too early")),
        }
    }

    fn literal(&self, code: u32) -> Node {
        Node::Set(self.cased(sets::range(code, code)))
    }

    /// A set as it is under the flag `i`.
    fn cased(&self, set: ClassUnicode) -> ClassUnicode {
        if self.flags.ignore_case { sets::folded(set) } else { set }
    }

    fn parenthesis(&mut self, start: usize) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Self::fault_at(start, format!("groups nest deeper than {MAX_DEPTH}")));
        }
        let outer = self.flags;
        let look = [("?=", false, false), ("?!", false, true), ("?<=", true, false)];
        let look = look.into_iter().chain([("?<!", true, true)]);
        let looks = look.into_iter().find(|(sign, ..)| self.takes(sign));
        let node = if let Some((_, behind, negated)) = looks {
            let node = Box::new(self.alternatives()?);
            Node::Look { behind, negated, node }
        } else if self.takes("?<") {
            let name = self.name(start)?;
            if self.named.contains(&name) {
                return Err(Self::fault_at(start, format!("two groups are called `{name}`")));
            }
            self.named.push(name);
            self.captured()?
        } else if self.takes("?") {
            self.group_flags(start)?;
            self.alternatives()?
        } else {
            self.captured()?
        };
        if !self.takes(")") {
            return Err(Self::fault_at(start, "`(` is never closed"));
        }
        self.flags = outer;
        self.depth -= 1;
        Ok(node)
    }

    fn captured(&mut self) -> Result<Node, PatternError> {
        self.n_opened += 1;
        let index = self.n_opened;
        Ok(Node::Group { index, node: Box::new(self.alternatives()?) })
    }

    /// `name>`
    fn name(&mut self, start: usize) -> Result<String, PatternError> {
        let from = self.at;
        while self.peek().is_some_and(|char| char != '>') {
            self.at += 1;
        }
        let name: String = self.chars[from..self.at].iter().collect();
        let first = |char: char| char.is_alphabetic() || char == '$' || char == '_';
        let good = name.starts_with(first) && name.chars().all(|c| first(c) || c.is_numeric());
        if !good || !self.takes(">") {
            return Err(Self::fault_at(
                start,
                "the name of a group is an identifier: `(?<name>…)`",
            ));
        }
        Ok(name)
    }

    /// `:`, or flags for this group alone: `i-s:`.
    fn group_flags(&mut self, start: usize) -> Result<(), PatternError> {
        let mut on = true;
        let mut seen = String::new();
        loop {
            let char = self.next();
            match char {
                Some(':') if seen != "-" => return Ok(()),
                Some('-') if on => on = false,
                Some('i') if !seen.contains('i') => self.flags.ignore_case = on,
                Some('m') if !seen.contains('m') => self.flags.multiline = on,
                Some('s') if !seen.contains('s') => self.flags.dot_all = on,
                _ => break,
            }
            seen.extend(char);
        }
        let text: String = self.chars[start..self.at].iter().collect();
        let help = match text.as_str() {
            text if text.starts_with("(?P") => ": write `(?<name>…)`",
            text if text.ends_with(')') => ": flags stand with what they are for, as in `(?i:…)`",
            _ => "",
        };
        Err(Self::fault_at(start, format!("`{text}` begins no group of ECMA-262{help}")))
    }

    /// What follows a backslash outside of a class.
    fn escape(&mut self, start: usize) -> Result<Node, PatternError> {
        match self.peek() {
            Some('b' | 'B') => {
                let negated = self.next() == Some('B');
                let word = sets::word(self.flags.ignore_case);
                Ok(Node::Boundary { negated, word })
            }
            Some('1'..='9') => {
                let number = self.number().unwrap_or(u32::MAX) as usize;
                if number > self.groups.n {
                    return Err(Self::fault_at(start, format!("there is no group {number}")));
                }
                Ok(self.back(vec![number]))
            }
            Some('k') => {
                self.at += 1;
                let known = self.takes("<").then(|| self.name(start)).transpose()?;
                match known.as_ref().and_then(|name| self.groups.names.get(name)) {
                    Some(groups) => Ok(self.back(groups.clone())),
                    None => Err(Self::fault_at(start, "`\\k<name>` names no group")),
                }
            }
            _ => Ok(Node::Set(match self.class_escape(start)? {
                Escaped::Set(set) => set,
                Escaped::Code(code) => self.cased(sets::range(code, code)),
            })),
        }
    }

    fn back(&self, groups: Vec<usize>) -> Node {
        Node::Back { groups, ignore_case: self.flags.ignore_case }
    }

    /// What means the same inside of a class and outside: a set, or one character.
    fn class_escape(&mut self, start: usize) -> Result<Escaped, PatternError> {
        let Some(char) = self.next() else {
            return Err(Self::fault_at(start, "it ends in `\\`"));
        };
        let code = match char {
            'd' => return Ok(Escaped::Set(sets::digits())),
            'D' => return Ok(Escaped::Set(sets::negated(sets::digits()))),
            's' => return Ok(Escaped::Set(sets::space())),
            'S' => return Ok(Escaped::Set(sets::negated(sets::space()))),
            'w' => return Ok(Escaped::Set(sets::word(self.flags.ignore_case))),
            'W' => return Ok(Escaped::Set(sets::negated(sets::word(self.flags.ignore_case)))),
            'p' | 'P' => return self.property(start, char == 'P').map(Escaped::Set),
            't' => 0x09,
            'n' => 0x0A,
            'v' => 0x0B,
            'f' => 0x0C,
            'r' => 0x0D,
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            'c' => match self.peek().filter(char::is_ascii_alphabetic) {
                Some(letter) => {
                    self.at += 1;
                    u32::from(letter) % 32
                }
                None => return Err(Self::fault_at(start, "`\\c` takes a letter, as in `\\cJ`")),
            },
            'x' => self.hexadecimal(2).ok_or_else(|| {
                Self::fault_at(start, "`\\x` takes two hexadecimal digits, as in `\\x41`")
            })?,
            'u' => self.unicode().ok_or_else(|| {
                let reason = "`\\u` takes four hexadecimal digits or braces, as in `\\u{1F600}`";
                Self::fault_at(start, reason)
            })?,
            char if char.is_ascii_alphanumeric() => {
                return Err(Self::fault_at(start, meaningless(char)));
            }
            char => char.into(),
        };
        Ok(Escaped::Code(code))
    }

    fn hexadecimal(&mut self, n: usize) -> Option<u32> {
        let digits: String = self.chars.get(self.at..self.at + n)?.iter().collect();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += n;
        u32::from_str_radix(&digits, 16).ok()
    }

    /// What follows `\u`: four digits, a pair of surrogates, or braces.
    fn unicode(&mut self) -> Option<u32> {
        if self.takes("{") {
            let from = self.at;
            while self.peek().is_some_and(|char| char.is_ascii_hexdigit()) {
                self.at += 1;
            }
            let digits: String = self.chars[from..self.at].iter().collect();
            let code = u32::from_str_radix(&digits, 16).ok().filter(|code| *code <= 0x0010_FFFF);
            return code.filter(|_| self.takes("}"));
        }
        let first = self.hexadecimal(4)?;
        let after = self.at;
        if (0xD800..0xDC00).contains(&first)
            && self.takes("\\u")
            && let Some(second @ 0xDC00..=0xDFFF) = self.hexadecimal(4)
        {
            return Some(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        }
        self.at = after;
        Some(first)
    }

    fn property(&mut self, start: usize, negated: bool) -> Result<ClassUnicode, PatternError> {
        let from = self.at + 1;
        let end = self.chars.iter().skip(from).position(|char| *char == '}');
        let (true, Some(n)) = (self.peek() == Some('{'), end) else {
            let reason = "`\\p` takes a property of Unicode, as in `\\p{Letter}`";
            return Err(Self::fault_at(start, reason));
        };
        let name: String = self.chars[from..from + n].iter().collect();
        self.at = from + n + 1;
        let set = property::characters(&name).map_err(|reason| Self::fault_at(start, reason))?;
        // Under the flag `i`, a character matches when any that differs from it only in case does.
        let set = if negated { sets::negated(set) } else { set };
        Ok(self.cased(set))
    }

    /// What follows `[`.
    fn class(&mut self, start: usize) -> Result<ClassUnicode, PatternError> {
        let negated = self.takes("^");
        let mut set = ClassUnicode::empty();
        while !self.takes("]") {
            let from_at = self.at;
            let from = self.class_atom(start)?;
            let is_range = self.peek() == Some('-')
                && self.chars.get(self.at + 1).is_some_and(|next| *next != ']');
            if !is_range {
                set.union(&self.of_class(&from));
                continue;
            }
            self.at += 1;
            let to = self.class_atom(start)?;
            match (&from, &to) {
                (Escaped::Code(from), Escaped::Code(to)) if from <= to => {
                    set.union(&self.cased(sets::range(*from, *to)));
                }
                (Escaped::Code(_), Escaped::Code(_)) => {
                    let range: String = self.chars[from_at..self.at].iter().collect();
                    let reason = format!("the range `{range}` is out of order");
                    return Err(Self::fault_at(from_at, reason));
                }
                // Annex B: a class is no end of a range, so the hyphen is one.
                _ => {
                    for part in [&from, &to, &Escaped::Code('-'.into())] {
                        set.union(&self.of_class(part));
                    }
                }
            }
        }
        Ok(if negated { sets::negated(set) } else { set })
    }

    fn of_class(&self, part: &Escaped) -> ClassUnicode {
        match part {
            Escaped::Set(set) => set.clone(),
            Escaped::Code(code) => self.cased(sets::range(*code, *code)),
        }
    }

    fn class_atom(&mut self, start: usize) -> Result<Escaped, PatternError> {
        let here = self.at;
        match self.next() {
            None => Err(Self::fault_at(start, "`[` is never closed")),
            Some('\\') if self.takes("b") => Ok(Escaped::Code(0x08)),
            Some('\\') => self.class_escape(here),
            Some(char) => Ok(Escaped::Code(char.into())),
        }
    }
}

/// What an escape stands for.
enum Escaped {
    Set(ClassUnicode),
    Code(u32),
}

/// Why a backslash before a letter or digit is refused, with what was probably meant.
fn meaningless(char: char) -> String {
    let help = match char {
        'A' => ": the start of the text is `^`",
        'Z' | 'z' => ": the end of the text is `$`",
        'a' => ": the bell is `\\x07`",
        'e' => ": the escape character is `\\x1b`",
        'h' => ": blanks are `[ \\t]`",
        'R' => ": the end of a line is `\\r?\\n`",
        'Q' | 'E' => ": escape each sign on its own",
        '0'..='9' => ": octal digits are written `\\x00`",
        _ => "",
    };
    format!("`\\{char}` means nothing in ECMA-262{help}")
}
