//! The language of `condition` and `filter`: condition expressions of DynamoDB, with values in them.
//!
//! Owns the syntax. `'text'`, numbers, `true` and `false` are values, `:name` a value from elsewhere, and a word or a
//! `"quoted word"` an attribute. Names in disguise (`#name`) are refused, because emission disguises them itself.

use crate::parse::Value;

/// An expression as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Compare(Side, &'static str, Side),
    Between(Side, Side, Side),
    OneOf(Side, Vec<Side>),
    Call(&'static str, Vec<Side>),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Side {
    /// An attribute, or one within documents: `a.b`.
    Path(Vec<String>),
    /// How large an attribute is.
    Size(Vec<String>),
    /// `:name`
    Named(String),
    /// A value.
    Literal(Value),
}

/// The functions that are true or false, each with how many operands it takes.
const FUNCTIONS: &[(&str, usize)] =
    &[("attribute_exists", 1), ("attribute_not_exists", 1), ("begins_with", 2), ("contains", 2)];

/// How deep an expression may nest.
const MAX_DEPTH: usize = 50;

/// Reads an expression, or says what is wrong with it.
pub(super) fn parse(expression: &str) -> Result<Tree, String> {
    let tokens = tokens(expression)?;
    let mut parser = Parser { tokens: &tokens, at: 0 };
    let tree = parser.any(0)?;
    match parser.peek() {
        None => Ok(tree),
        Some(token) => Err(format!("`{}` is not expected here", token.text())),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    /// A name in quotes, which is no keyword.
    Quoted(String),
    Text(String),
    Number(String),
    Named(String),
    Sign(&'static str),
}

impl Token {
    fn text(&self) -> &str {
        match self {
            Self::Word(text)
            | Self::Quoted(text)
            | Self::Text(text)
            | Self::Number(text)
            | Self::Named(text) => text,
            Self::Sign(sign) => sign,
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: &[&str] = &["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "."];
    let mut tokens = vec![];
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let next = rest.chars().nth(1);
        let (token, length) = if first.is_ascii_alphabetic() || first == '_' {
            let length = length_of(rest, |char| char.is_ascii_alphanumeric() || char == '_');
            (Token::Word(rest[..length].to_owned()), length)
        } else if first.is_ascii_digit()
            || (first == '-' && next.is_some_and(|next| next.is_ascii_digit()))
        {
            let is_part = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
            let length = length_of(rest, is_part);
            let number = &rest[..length];
            if scalars::Decimal::parse(number).is_none() {
                return Err(format!("`{number}` is not a number"));
            }
            (Token::Number(number.to_owned()), length)
        } else if first == ':' {
            let is_part = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
            let length = length_of(&rest[1..], is_part);
            if length == 0 {
                return Err("a name is expected after `:`".to_owned());
            }
            (Token::Named(rest[1..=length].to_owned()), length + 1)
        } else if first == '\'' || first == '"' {
            let (inner, length) = quoted(rest, first)?;
            let token = if first == '"' { Token::Quoted(inner) } else { Token::Text(inner) };
            (token, length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else if first == '#' {
            return Err("write the attribute's name, without `#`".to_owned());
        } else {
            return Err(format!("`{first}` is not expected here"));
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn length_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|char| !is_part(char)).unwrap_or(text.len())
}

/// A text in quotes, which stand twice where they are part of it, and how long all of it is.
fn quoted(text: &str, quote: char) -> Result<(String, usize), String> {
    let mut inner = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        if char != quote {
            inner.push(char);
        } else if chars.peek().is_some_and(|(_, next)| *next == quote) {
            inner.push(quote);
            chars.next();
        } else {
            return Ok((inner, at + 1));
        }
    }
    Err(format!("the closing `{quote}` is missing"))
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is =
            matches!(self.peek(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(is);
        is
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), String> {
        if self.takes_sign(sign) {
            return Ok(());
        }
        Err(match self.peek() {
            Some(token) => format!("expected `{sign}`, found `{}`", token.text()),
            None => format!("`{sign}` is missing at the end"),
        })
    }

    /// `a OR b`
    fn any(&mut self, depth: usize) -> Result<Tree, String> {
        let mut terms = vec![self.all(depth)?];
        while self.takes_word("OR") {
            terms.push(self.all(depth)?);
        }
        Ok(alone(terms).unwrap_or_else(Tree::Any))
    }

    /// `a AND b`
    fn all(&mut self, depth: usize) -> Result<Tree, String> {
        let mut terms = vec![self.not(depth)?];
        while self.takes_word("AND") {
            terms.push(self.not(depth)?);
        }
        Ok(alone(terms).unwrap_or_else(Tree::All))
    }

    /// `NOT a`, `(a)`, or a test.
    fn not(&mut self, depth: usize) -> Result<Tree, String> {
        if depth > MAX_DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        if self.takes_word("NOT") {
            return Ok(Tree::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.takes_sign("(") {
            let tree = self.any(depth + 1)?;
            self.expect_sign(")")?;
            return Ok(tree);
        }
        self.test()
    }

    /// A function that is true or false, or a comparison.
    fn test(&mut self) -> Result<Tree, String> {
        if let Some(call) = self.call()? {
            return Ok(call);
        }
        let left = self.side()?;
        if self.takes_word("BETWEEN") {
            let least = self.side()?;
            if !self.takes_word("AND") {
                return Err("`BETWEEN` needs `AND`".to_owned());
            }
            return Ok(Tree::Between(left, least, self.side()?));
        }
        if self.takes_word("IN") {
            self.expect_sign("(")?;
            let mut values = vec![self.side()?];
            while self.takes_sign(",") {
                values.push(self.side()?);
            }
            self.expect_sign(")")?;
            return Ok(Tree::OneOf(left, values));
        }
        for sign in ["=", "<>", "<=", ">=", "<", ">"] {
            if self.takes_sign(sign) {
                return Ok(Tree::Compare(left, sign, self.side()?));
            }
        }
        Err("a comparison is expected".to_owned())
    }

    fn call(&mut self) -> Result<Option<Tree>, String> {
        let (Some(Token::Word(word)), Some(Token::Sign("("))) =
            (self.peek().cloned(), self.tokens.get(self.at + 1))
        else {
            return Ok(None);
        };
        if word == "size" {
            return Ok(None);
        }
        let Some((name, n_operands)) = FUNCTIONS.iter().find(|(name, _)| *name == word) else {
            return Err(format!("the function `{word}` does not exist"));
        };
        self.at += 2;
        let mut sides = vec![self.side()?];
        for _ in 1..*n_operands {
            self.expect_sign(",")?;
            sides.push(self.side()?);
        }
        self.expect_sign(")")?;
        match &sides[0] {
            Side::Path(_) => Ok(Some(Tree::Call(name, sides))),
            _ => Err(format!("the first argument of `{name}` must be an attribute")),
        }
    }

    fn side(&mut self) -> Result<Side, String> {
        let Some(token) = self.peek().cloned() else {
            return Err("an attribute or a value is missing at the end".to_owned());
        };
        self.at += 1;
        Ok(match token {
            Token::Text(text) => Side::Literal(Value::Text(text)),
            Token::Number(number) => Side::Literal(Value::Number(number)),
            Token::Named(name) => Side::Named(name),
            Token::Word(word) if word == "true" || word == "false" => {
                Side::Literal(Value::Flag(word == "true"))
            }
            Token::Word(word) if word == "size" && self.takes_sign("(") => {
                let Side::Path(path) = self.side()? else {
                    return Err("the argument of `size` must be an attribute".to_owned());
                };
                self.expect_sign(")")?;
                Side::Size(path)
            }
            Token::Word(word) | Token::Quoted(word) => Side::Path(self.path(word)?),
            Token::Sign(sign) => {
                return Err(format!("expected an attribute or a value, found `{sign}`"));
            }
        })
    }

    fn path(&mut self, first: String) -> Result<Vec<String>, String> {
        let mut path = vec![first];
        while self.takes_sign(".") {
            let Some(Token::Word(inner) | Token::Quoted(inner)) = self.peek().cloned() else {
                return Err("a name is expected after `.`".to_owned());
            };
            self.at += 1;
            path.push(inner);
        }
        Ok(path)
    }
}

/// The only one of several terms, or all of them.
fn alone(mut terms: Vec<Tree>) -> Result<Tree, Vec<Tree>> {
    match (terms.pop(), terms.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            terms.extend(last);
            Err(terms)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn path(name: &str) -> Side {
        Side::Path(name.split('.').map(str::to_owned).collect())
    }

    #[test]
    fn and_binds_before_or() {
        let named = |name: &str| Side::Named(name.to_owned());
        let tree = parse("a = :a OR b.c <> 'x''y' AND NOT \"or\" >= -1.5").unwrap();
        let first = Tree::Compare(path("a"), "=", named("a"));
        let text = Side::Literal(Value::Text("x'y".to_owned()));
        let second = Tree::Compare(path("b.c"), "<>", text);
        let number = Side::Literal(Value::Number("-1.5".to_owned()));
        let third = Tree::Not(Box::new(Tree::Compare(path("or"), ">=", number)));
        assert_eq!(tree, Tree::Any(vec![first, Tree::All(vec![second, third])]));
    }

    #[test]
    fn every_test_is_read() {
        for text in [
            "attribute_exists(a.b)",
            "attribute_not_exists(a)",
            "begins_with(a, :prefix)",
            "contains(tags, 'x')",
            "size(a) > 3",
            "a BETWEEN 1 AND 2 AND b IN ('x', :y, true)",
            "((a = b))",
        ] {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
    }

    #[test]
    fn what_is_none_is_told() {
        for (text, why) in [
            ("a", "a comparison is expected"),
            ("a = ", "an attribute or a value is missing at the end"),
            ("a = 1x", "`1x` is not a number"),
            ("a = 'x", "the closing `'` is missing"),
            ("a BETWEEN 1 OR 2", "`BETWEEN` needs `AND`"),
            ("begins_with('a', b)", "the first argument of `begins_with` must be an attribute"),
            ("larger(a, b)", "the function `larger` does not exist"),
            ("#a = 1", "write the attribute's name, without `#`"),
            ("a = :", "a name is expected after `:`"),
            ("a = 1 b", "`b` is not expected here"),
            ("(a = 1", "`)` is missing at the end"),
        ] {
            assert_eq!(parse(text).unwrap_err(), why, "{text}");
        }
        assert_eq!(parse(&"NOT ".repeat(99)).unwrap_err(), "it is nested too deeply");
    }
}
