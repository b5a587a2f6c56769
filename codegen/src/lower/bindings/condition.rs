//! Condition expressions of DynamoDB, as far as a contract may hold them.
//!
//! Owns which words of an expression are attributes. Values (`:name`) are refused, because a contract has none;
//! names in disguise (`#name`) too, because emission disguises them itself.

/// The attributes of an expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    /// All names in order of first use, those inside of documents (`a.b`) too.
    pub(super) all: Vec<String>,
    /// Those that are attributes of the item itself.
    pub(super) top_level: Vec<String>,
}

/// The functions, each with how many operands it takes.
const FUNCTIONS: &[(&str, usize)] = &[
    ("attribute_exists", 1),
    ("attribute_not_exists", 1),
    ("size", 1),
    ("begins_with", 2),
    ("contains", 2),
];

/// The attributes of a condition, or what is wrong with it.
pub(super) fn attributes(expression: &str) -> Result<Attributes, String> {
    let tokens = tokens(expression)?;
    let mut parser =
        Parser { tokens: &tokens, at: 0, found: Attributes { all: vec![], top_level: vec![] } };
    parser.condition(0)?;
    match parser.peek() {
        None => Ok(parser.found),
        Some(token) => Err(format!("`{}` is not expected there", token.text())),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Sign(&'static str),
}

impl Token {
    fn text(&self) -> &str {
        match self {
            Self::Word(word) => word,
            Self::Sign(sign) => sign,
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: &[&str] = &["<>", "<=", ">=", "<", ">", "=", "(", ")", ",", "."];
    let mut tokens = vec![];
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphabetic() || first == '_' {
            let end = rest
                .find(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            return Err(match first {
                ':' => "a contract holds no values (`:name`)".to_owned(),
                '#' => "write the attribute's name itself, without `#`".to_owned(),
                other => format!("`{other}` is not expected there"),
            });
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    found: Attributes,
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
            None => format!("it ends where `{sign}` is expected"),
        })
    }

    /// `a AND NOT (b OR c)`
    fn condition(&mut self, depth: usize) -> Result<(), String> {
        if depth > 50 {
            return Err("it is nested too deep".to_owned());
        }
        loop {
            while self.takes_word("NOT") {}
            if self.takes_sign("(") {
                self.condition(depth + 1)?;
                self.expect_sign(")")?;
            } else {
                self.comparison()?;
            }
            if !self.takes_word("AND") && !self.takes_word("OR") {
                return Ok(());
            }
        }
    }

    /// A function that is true or false, or a comparison of two operands.
    fn comparison(&mut self) -> Result<(), String> {
        let function = self.operand()?;
        if self.takes_word("BETWEEN") {
            self.operand()?;
            if !self.takes_word("AND") {
                return Err("`BETWEEN` needs `AND`".to_owned());
            }
            return self.operand().map(drop);
        }
        for sign in ["=", "<>", "<=", ">=", "<", ">"] {
            if self.takes_sign(sign) {
                return self.operand().map(drop);
            }
        }
        match function {
            Some(name) if name != "size" => Ok(()),
            _ => Err("a comparison is expected".to_owned()),
        }
    }

    /// A path, or the call of a function, whose name is returned.
    fn operand(&mut self) -> Result<Option<&'static str>, String> {
        let Some(Token::Word(word)) = self.peek().cloned() else {
            return Err(match self.peek() {
                Some(token) => format!("expected an attribute, found `{}`", token.text()),
                None => "it ends where an attribute is expected".to_owned(),
            });
        };
        self.at += 1;
        if self.peek() == Some(&Token::Sign("(")) {
            let Some((name, n_operands)) = FUNCTIONS.iter().find(|(name, _)| *name == word) else {
                return Err(format!("there is no function `{word}`"));
            };
            self.expect_sign("(")?;
            for nth in 0..*n_operands {
                if nth > 0 {
                    self.expect_sign(",")?;
                }
                self.operand()?;
            }
            self.expect_sign(")")?;
            return Ok(Some(name));
        }
        push(&mut self.found.top_level, &word);
        push(&mut self.found.all, &word);
        while self.takes_sign(".") {
            let Some(Token::Word(inner)) = self.peek().cloned() else {
                return Err("a name is expected after `.`".to_owned());
            };
            self.at += 1;
            push(&mut self.found.all, &inner);
        }
        Ok(None)
    }
}

fn push(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}
