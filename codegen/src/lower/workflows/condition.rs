//! Simple conditions: literals, comparisons and logic over runtime expressions.

use super::expression::{self, SyntaxError};
use crate::model::{Comparison, Literal};

/// A condition whose expressions have no place yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree<'t> {
    Literal(Literal),
    /// An expression as it is written, and where it begins.
    Value(&'t str, usize),
    Not(Box<Tree<'t>>),
    And(Box<Tree<'t>>, Box<Tree<'t>>),
    Or(Box<Tree<'t>>, Box<Tree<'t>>),
    Compare(Comparison, Box<Tree<'t>>, Box<Tree<'t>>),
}

/// How many parentheses and negations may stand in each other.
const MAX_DEPTH: usize = 50;

/// How long a condition may be: what reads a tree calls itself for each operator.
const MAX_LENGTH: usize = 4096;

/// A string in double quotes, which other tools accept: where it stands, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OtherQuotes {
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) proper: String,
}

/// The tree of a condition, and the strings in it that have other quotes.
pub(super) fn parse(text: &str) -> Result<(Tree<'_>, Vec<OtherQuotes>), SyntaxError> {
    if text.len() > MAX_LENGTH {
        let why = format!("a condition must have at most {MAX_LENGTH} bytes");
        return Err(
            SyntaxError::new(0, text.len(), why).help("write a separate criterion for each part")
        );
    }
    let mut reader = Reader { text, at: 0, depth: 0, others: vec![] };
    let tree = reader.either()?;
    reader.skip_space();
    let rest = &text[reader.at..];
    match rest.chars().next() {
        None => Ok((tree, reader.others)),
        Some(')') => {
            Err(SyntaxError::new(reader.at, 1, "this parenthesis has no opening parenthesis"))
        }
        Some(_) if is_operator_start(rest) => Err(reader.bad_operator()),
        Some(_) => {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            Err(SyntaxError::new(reader.at, length, "an operator is missing before this")
                .help("combine conditions with `&&` or `||`, or write separate criteria"))
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    others: Vec<OtherQuotes>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip_space();
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.at += token.len();
        }
        is_next
    }

    fn either(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let mut left = self.both()?;
        while self.take("||") {
            left = Tree::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let mut left = self.comparison()?;
        while self.take("&&") {
            left = Tree::And(Box::new(left), Box::new(self.comparison()?));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let left = self.operand()?;
        let Some(comparison) = self.operator()? else { return Ok(left) };
        let right = self.operand()?;
        let tree = Tree::Compare(comparison, Box::new(left), Box::new(right));
        let at = self.at;
        if self.operator()?.is_some() {
            return Err(SyntaxError::new(at, self.at - at, "comparisons cannot be chained")
                .help("combine two of them with `&&`"));
        }
        Ok(tree)
    }

    fn operator(&mut self) -> Result<Option<Comparison>, SyntaxError> {
        const OPERATORS: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        self.skip_space();
        let start = self.at;
        for (token, comparison) in OPERATORS {
            if self.take(token) {
                if self.rest().starts_with(['=', '>']) {
                    self.at = start;
                    return Err(self.bad_operator());
                }
                return Ok(Some(comparison));
            }
        }
        let rest = self.rest();
        let is_single =
            |sign: &str, double: &str| rest.starts_with(sign) && !rest.starts_with(double);
        if rest.starts_with('=') || is_single("&", "&&") || is_single("|", "||") {
            return Err(self.bad_operator());
        }
        Ok(None)
    }

    /// What is wrong with the signs that stand here.
    fn bad_operator(&self) -> SyntaxError {
        let rest = self.rest();
        let length = rest.find(|char| !"=<>!&|~".contains(char)).unwrap_or(rest.len()).max(1);
        let found = &rest[..length];
        let meant = match found {
            "=" | "===" => "==",
            "!==" | "<>" => "!=",
            "=<" => "<=",
            "=>" => ">=",
            "&" => "&&",
            "|" => "||",
            _ => {
                return SyntaxError::new(
                    self.at,
                    length,
                    format!("`{found}` is not an operator here"),
                );
            }
        };
        SyntaxError::new(self.at, length, format!("`{found}` is not an operator"))
            .help(format!("write `{meant}`"))
    }

    fn operand(&mut self) -> Result<Tree<'t>, SyntaxError> {
        self.skip_space();
        let start = self.at;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxError::new(
                start,
                1,
                format!("parentheses and negations are nested more than {MAX_DEPTH} levels deep"),
            ));
        }
        let tree = self.operand_within(start)?;
        self.depth -= 1;
        Ok(tree)
    }

    fn operand_within(&mut self, start: usize) -> Result<Tree<'t>, SyntaxError> {
        if self.take("!") {
            return Ok(Tree::Not(Box::new(self.operand()?)));
        }
        if self.take("(") {
            let inner = self.either()?;
            if !self.take(")") {
                return Err(SyntaxError::new(start, 1, "this parenthesis is not closed"));
            }
            return Ok(inner);
        }
        let rest = self.rest();
        match rest.chars().next() {
            None => Err(SyntaxError::new(
                start.saturating_sub(1),
                1.min(start),
                "a value is missing after this",
            )),
            Some('$') => Ok(self.expression()),
            Some('\'') => self.quoted(),
            Some('"') => self.other_quotes(),
            Some(_) => self.word(),
        }
    }

    /// An expression ends where none can go on: at a space, a parenthesis or an operator.
    fn expression(&mut self) -> Tree<'t> {
        let rest = self.rest();
        let start = self.at;
        let is_end = |(at, char): (usize, char)| {
            char.is_whitespace()
                || matches!(char, ')' | '(' | ',')
                || (at > 0 && is_operator_start(&rest[at..]))
        };
        let length =
            rest.char_indices().find(|found| is_end(*found)).map_or(rest.len(), |(at, _)| at);
        self.at += length;
        Tree::Value(&rest[..length], start)
    }

    fn quoted(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let (rest, start) = (self.rest(), self.at);
        let mut text = String::new();
        let mut from = 1;
        while let Some(end) = rest[from..].find('\'') {
            text.push_str(&rest[from..from + end]);
            from += end + 1;
            if !rest[from..].starts_with('\'') {
                self.at += from;
                return Ok(Tree::Literal(Literal::Text(text)));
            }
            text.push('\'');
            from += 1;
        }
        Err(SyntaxError::new(start, rest.len(), "the closing quote of this string is missing"))
    }

    /// A string in double quotes.
    fn other_quotes(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let (rest, at) = (self.rest(), self.at);
        let Some(end) = rest[1..].find('"') else {
            return Err(SyntaxError::new(
                at,
                rest.len(),
                "the closing quote of this string is missing",
            )
            .help("write strings in single quotes"));
        };
        let (text, length) = (&rest[1..=end], end + 2);
        let proper = format!("'{}'", text.replace('\'', "''"));
        self.others.push(OtherQuotes { at, length, proper });
        self.at += length;
        Ok(Tree::Literal(Literal::Text(text.to_owned())))
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Result<Tree<'t>, SyntaxError> {
        let (rest, start) = (self.rest(), self.at);
        let is_word = |char: char| char.is_alphanumeric() || "._+-".contains(char);
        let length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
        let word = &rest[..length];
        self.at += length;
        let literal = match word {
            "null" => Literal::Null,
            "true" => Literal::Flag(true),
            "false" => Literal::Flag(false),
            _ if scalars::Decimal::parse(word).is_some() => Literal::Number(word.to_owned()),
            "" => {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                return Err(SyntaxError::new(start, length, "a value is expected here"));
            }
            _ => {
                let fault = SyntaxError::new(start, length, format!("`{word}` is not a value"));
                let is_head = expression::head(&format!("${word}")).is_some();
                return Err(match is_head {
                    true => fault.help(format!("write `${word}`")),
                    false => fault.help(format!("strings need single quotes: `'{word}'`")),
                });
            }
        };
        Ok(Tree::Literal(literal))
    }
}

fn is_operator_start(text: &str) -> bool {
    text.starts_with(['=', '<', '>'])
        || text.starts_with("!=")
        || text.starts_with("&&")
        || text.starts_with("||")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tree: &Tree<'_>) -> String {
        match tree {
            Tree::Literal(Literal::Text(text)) => format!("'{text}'"),
            Tree::Literal(Literal::Number(number)) => number.clone(),
            Tree::Literal(Literal::Flag(flag)) => flag.to_string(),
            Tree::Literal(Literal::Null) => "null".to_owned(),
            Tree::Value(text, at) => format!("{text}@{at}"),
            Tree::Not(inner) => format!("!{}", shown(inner)),
            Tree::And(a, b) => format!("({} & {})", shown(a), shown(b)),
            Tree::Or(a, b) => format!("({} | {})", shown(a), shown(b)),
            Tree::Compare(comparison, a, b) => {
                format!("({} {comparison:?} {})", shown(a), shown(b))
            }
        }
    }

    fn read(text: &str) -> String {
        match parse(text) {
            Ok((tree, _)) => shown(&tree),
            Err(SyntaxError { at, length, why, help }) => {
                format!(
                    "{at}+{length} {why}{}",
                    help.map(|help| format!("; {help}")).unwrap_or_default()
                )
            }
        }
    }

    #[test]
    fn conditions_are_read_with_their_precedence() {
        for (text, expected) in [
            ("$statusCode == 200", "($statusCode@0 Equal 200)"),
            ("$statusCode==200", "($statusCode@0 Equal 200)"),
            ("true", "true"),
            ("!$inputs.a && null != 'it''s'", "(!$inputs.a@1 & (null NotEqual 'it's'))"),
            (
                "1 < 2 || 2 >= 1 && (true || false)",
                "((1 Less 2) | ((2 AtLeast 1) & (true | false)))",
            ),
            ("$response.body#/a-b/0 <= -1.5e3", "($response.body#/a-b/0@0 AtMost -1.5e3)"),
            ("$response.body.items[0].id != null", "($response.body.items[0].id@0 NotEqual null)"),
            ("($response.header.ETag == 'a')", "($response.header.ETag@1 Equal 'a')"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_quotes_are_read_and_told() {
        let Ok((tree, others)) = parse("$inputs.a == \"it's\"") else { panic!("not read") };
        assert_eq!(shown(&tree), "($inputs.a@0 Equal 'it's')");
        assert_eq!((others[0].at, others[0].length, others[0].proper.as_str()), (13, 6, "'it''s'"));
    }

    #[test]
    fn what_is_none_is_told_with_what_to_write() {
        for (text, expected) in [
            ("$statusCode = 200", "12+1 `=` is not an operator; write `==`"),
            ("$statusCode === 200", "12+3 `===` is not an operator; write `==`"),
            ("$statusCode => 200", "12+2 `=>` is not an operator; write `>=`"),
            (
                "$statusCode == \"a",
                "15+2 the closing quote of this string is missing; write strings in single quotes",
            ),
            ("$statusCode == ok", "15+2 `ok` is not a value; strings need single quotes: `'ok'`"),
            ("statusCode == 200", "0+10 `statusCode` is not a value; write `$statusCode`"),
            ("$statusCode ==", "13+1 a value is missing after this"),
            ("($statusCode == 1", "0+1 this parenthesis is not closed"),
            ("1 == 1)", "6+1 this parenthesis has no opening parenthesis"),
            ("$statusCode == 1 & true", "17+1 `&` is not an operator; write `&&`"),
            ("1 == 1 == 1", "6+3 comparisons cannot be chained; combine two of them with `&&`"),
            (
                "1 2",
                "2+1 an operator is missing before this; combine conditions with `&&` or `||`, or write separate criteria",
            ),
            ("'a", "0+2 the closing quote of this string is missing"),
            ("", "0+0 a value is missing after this"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_built_to_hurt_ends() {
        assert!(parse(&"(".repeat(100_000)).is_err());
        assert!(parse(&"!".repeat(100_000)).is_err());
        assert!(parse(&"1 && ".repeat(10_000)).is_err());
    }
}
