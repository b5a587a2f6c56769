//! Reading a template: text, references, directives, expressions.

use serde_json::Value;

use super::{Expression, Node, Operator, Reference, Step, Template, is_method};

/// How deep directives and expressions may lie in each other.
const MAX_DEPTH: usize = 50;

/// Reads a template.
///
/// # Errors
/// What cannot be read, in a few words.
pub(crate) fn parse(text: &str) -> Result<Template, String> {
    let mut reader = Reader { rest: text, depth: 0 };
    let nodes = reader.nodes()?;
    match reader.rest {
        "" => Ok(Template(nodes)),
        rest => Err(format!("`{}` without a directive that it belongs to", start_of(rest))),
    }
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

fn start_of(text: &str) -> &str {
    let end = text.char_indices().nth(20).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

impl<'t> Reader<'t> {
    /// Nodes up to the end, or to `#end`, `#else` and `#elseif`.
    fn nodes(&mut self) -> Result<Vec<Node>, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let mut nodes = Vec::new();
        while !self.rest.is_empty() && !self.ends_block() {
            let at = self.rest.find(['$', '#']).unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(at);
            push_text(&mut nodes, text);
            self.rest = rest;
            if rest.starts_with('$') {
                self.reference_node(&mut nodes)?;
            } else if !rest.is_empty() && !self.ends_block() {
                self.directive(&mut nodes)?;
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    fn ends_block(&self) -> bool {
        ["#end", "#{end}", "#else", "#{else"].iter().any(|end| self.rest.starts_with(end))
    }

    fn reference_node(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        let before = self.rest;
        match self.reference()? {
            Some(reference) => {
                let source = before[..before.len() - self.rest.len()].to_owned();
                nodes.push(Node::Reference(reference, source));
            }
            None => {
                push_text(nodes, "$");
                self.rest = &before[1..];
            }
        }
        Ok(())
    }

    /// A reference; `None` where a dollar sign is only that.
    fn reference(&mut self) -> Result<Option<Reference>, String> {
        let mut rest = &self.rest[1..];
        let is_quiet = rest.starts_with('!');
        rest = rest.strip_prefix('!').unwrap_or(rest);
        let is_braced = rest.starts_with('{');
        rest = rest.strip_prefix('{').unwrap_or(rest);
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return Ok(None);
        }
        self.rest = rest;
        let name = self.name();
        let steps = self.steps()?;
        if is_braced {
            self.expect('}')?;
        }
        Ok(Some(Reference { name, is_quiet, steps }))
    }

    fn steps(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        loop {
            if let Some(after) = self.rest.strip_prefix('[') {
                self.rest = after;
                steps.push(Step::Index(self.expression()?));
                self.spaces();
                self.expect(']')?;
                continue;
            }
            let after = self.rest.strip_prefix('.');
            let Some(after) = after
                .filter(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
            else {
                return Ok(steps);
            };
            self.rest = after;
            let name = self.name();
            if let Some(after) = self.rest.strip_prefix('(') {
                self.rest = after;
                let arguments = self.list(')')?;
                if !is_method(&name) {
                    return Err(format!("the method `{name}` is not supported by the stage"));
                }
                steps.push(Step::Call(name, arguments));
            } else {
                steps.push(Step::Property(name));
            }
        }
    }

    fn name(&mut self) -> String {
        let end = self.rest.find(|c: char| !is_name(c)).unwrap_or(self.rest.len());
        // A hyphen at the end belongs to the text.
        let name = self.rest[..end].trim_end_matches('-');
        self.rest = &self.rest[name.len()..];
        name.to_owned()
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                Ok(())
            }
            None => Err(format!("expected `{c}` before `{}`", start_of(self.rest))),
        }
    }

    fn directive(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        if let Some(comment) = self.rest.strip_prefix("##") {
            self.rest = comment.split_once('\n').map_or("", |(_, after)| after);
            return Ok(());
        }
        if let Some(comment) = self.rest.strip_prefix("#*") {
            self.rest = comment.split_once("*#").map_or("", |(_, after)| after);
            return Ok(());
        }
        let after = &self.rest[1..];
        let word = after.strip_prefix('{').unwrap_or(after);
        let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        match &word[..end] {
            "set" => self.set(nodes),
            "if" => self.choice(nodes),
            "foreach" => self.each(nodes),
            known @ ("macro" | "parse" | "include" | "evaluate" | "define" | "stop" | "break") => {
                Err(format!("`#{known}` is not supported"))
            }
            _ => {
                push_text(nodes, "#");
                self.rest = after;
                Ok(())
            }
        }
    }

    /// What stands in the brackets of a directive, with its word read.
    fn open(&mut self, word: &str) -> Result<(), String> {
        self.rest = &self.rest[1 + word.len()..];
        self.spaces();
        self.expect('(')?;
        self.spaces();
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        self.spaces();
        self.expect(')')
    }

    fn set(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        self.open("set")?;
        let target = self.target()?;
        self.spaces();
        self.expect('=')?;
        let value = self.expression()?;
        self.close()?;
        self.line_end();
        nodes.push(Node::Set(target, value));
        Ok(())
    }

    fn target(&mut self) -> Result<Reference, String> {
        let found = if self.rest.starts_with('$') { self.reference()? } else { None };
        found.ok_or_else(|| format!("expected a reference before `{}`", start_of(self.rest)))
    }

    /// A line that holds a directive alone leaves no empty line.
    fn line_end(&mut self) {
        let after = self.rest.trim_start_matches([' ', '\t', '\r']);
        self.rest = after.strip_prefix('\n').unwrap_or(self.rest);
    }

    fn choice(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        let mut branches = Vec::new();
        self.open("if")?;
        loop {
            let condition = self.expression()?;
            self.close()?;
            branches.push((condition, self.nodes()?));
            if self.rest.starts_with("#elseif") {
                self.open("elseif")?;
                continue;
            }
            break;
        }
        let mut otherwise = Vec::new();
        if let Some(rest) = self.rest.strip_prefix("#{else}").or(self.rest.strip_prefix("#else")) {
            self.rest = rest;
            otherwise = self.nodes()?;
        }
        self.end("if")?;
        nodes.push(Node::If(branches, otherwise));
        Ok(())
    }

    fn each(&mut self, nodes: &mut Vec<Node>) -> Result<(), String> {
        self.open("foreach")?;
        let variable = self.target()?.name;
        self.spaces();
        self.rest = self.rest.strip_prefix("in").ok_or("`#foreach` has no `in`")?;
        let list = self.expression()?;
        self.close()?;
        let body = self.nodes()?;
        self.end("foreach")?;
        nodes.push(Node::Each(variable, list, body));
        Ok(())
    }

    fn end(&mut self, of: &str) -> Result<(), String> {
        let rest = self.rest.strip_prefix("#end").or(self.rest.strip_prefix("#{end}"));
        self.rest = rest.ok_or_else(|| format!("`#{of}` has no `#end`"))?;
        Ok(())
    }

    fn expression(&mut self) -> Result<Expression, String> {
        self.deeper(|inner| inner.binary(0))
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Expression, String>,
    ) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let expression = read(self);
        self.depth -= 1;
        expression
    }

    fn binary(&mut self, level: usize) -> Result<Expression, String> {
        use Operator::{
            And, AtLeast, AtMost, Differs, Divide, Equal, Less, Minus, Modulo, More, Or, Plus,
            Times,
        };
        const LEVELS: [&[(&str, Operator)]; 5] = [
            &[("||", Or), ("or", Or)],
            &[("&&", And), ("and", And)],
            &[
                ("==", Equal),
                ("!=", Differs),
                ("<=", AtMost),
                (">=", AtLeast),
                ("<", Less),
                (">", More),
                ("eq", Equal),
                ("ne", Differs),
                ("le", AtMost),
                ("ge", AtLeast),
                ("lt", Less),
                ("gt", More),
            ],
            &[("+", Plus), ("-", Minus)],
            &[("*", Times), ("/", Divide), ("%", Modulo)],
        ];
        let Some(operators) = LEVELS.get(level) else { return self.single() };
        let mut left = self.binary(level + 1)?;
        loop {
            self.spaces();
            let found = operators.iter().find(|(sign, _)| begins(self.rest, sign));
            let Some((sign, operator)) = found else { return Ok(left) };
            self.rest = &self.rest[sign.len()..];
            let right = self.binary(level + 1)?;
            left = Expression::Binary(Box::new(left), *operator, Box::new(right));
        }
    }

    fn single(&mut self) -> Result<Expression, String> {
        self.spaces();
        let first = self.rest.chars().next().ok_or("an expression is missing")?;
        match first {
            '!' => self.negated(1),
            '(' => {
                self.rest = &self.rest[1..];
                let inner = self.expression()?;
                self.close()?;
                Ok(inner)
            }
            'n' if begins(self.rest, "not") => self.negated(3),
            '\'' | '"' => self.quoted(first),
            '[' => {
                self.rest = &self.rest[1..];
                self.list_or_range()
            }
            '{' => self.map(),
            '$' => Ok(Expression::Reference(self.target()?)),
            _ => self.word(),
        }
    }

    /// What follows a sign of negation of so many bytes.
    fn negated(&mut self, sign: usize) -> Result<Expression, String> {
        self.rest = &self.rest[sign..];
        self.deeper(|inner| inner.single()).map(|inner| Expression::Not(Box::new(inner)))
    }

    fn quoted(&mut self, quote: char) -> Result<Expression, String> {
        let inside = &self.rest[1..];
        let end = inside.find(quote).ok_or("a quote is not closed")?;
        self.rest = &inside[end + 1..];
        let text = &inside[..end];
        if quote == '\'' {
            return Ok(Expression::Literal(text.into()));
        }
        let mut reader = Reader { rest: text, depth: self.depth };
        reader.nodes().map(Expression::Text)
    }

    fn list_or_range(&mut self) -> Result<Expression, String> {
        let mut items = Vec::new();
        self.spaces();
        if !self.rest.starts_with(']') {
            let first = self.expression()?;
            self.spaces();
            if let Some(after) = self.rest.strip_prefix("..") {
                self.rest = after;
                let last = self.expression()?;
                self.spaces();
                self.expect(']')?;
                return Ok(Expression::Range(Box::new(first), Box::new(last)));
            }
            items.push(first);
            if !self.rest.starts_with(']') {
                self.expect(',')?;
            }
        }
        items.extend(self.list(']')?);
        Ok(Expression::List(items))
    }

    fn list(&mut self, end: char) -> Result<Vec<Expression>, String> {
        let mut items = Vec::new();
        loop {
            self.spaces();
            if self.rest.starts_with(end) {
                self.expect(end)?;
                return Ok(items);
            }
            items.push(self.expression()?);
            self.spaces();
            if !self.rest.starts_with(end) {
                self.expect(',')?;
            }
        }
    }

    fn map(&mut self) -> Result<Expression, String> {
        self.expect('{')?;
        let mut entries = Vec::new();
        loop {
            self.spaces();
            if self.rest.starts_with('}') {
                self.expect('}')?;
                return Ok(Expression::Map(entries));
            }
            let key = self.expression()?;
            self.spaces();
            self.expect(':')?;
            entries.push((key, self.expression()?));
            self.spaces();
            if !self.rest.starts_with('}') {
                self.expect(',')?;
            }
        }
    }

    fn word(&mut self) -> Result<Expression, String> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = match end {
            0 => self.rest.split_at(number_length(self.rest)),
            end => self.rest.split_at(end),
        };
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => serde_json::from_str::<serde_json::Number>(word)
                .map(Value::Number)
                .map_err(|_| format!("`{}` is not an expression", start_of(self.rest)))?,
        };
        self.rest = rest;
        Ok(Expression::Literal(value))
    }
}

/// Whether a text begins with an operator, which is a word or a sign.
fn begins(text: &str, operator: &str) -> bool {
    let is_word = operator.starts_with(|c: char| c.is_ascii_alphabetic());
    text.strip_prefix(operator).is_some_and(|rest| !(is_word && rest.starts_with(is_name)))
}

/// How long the number is that a text begins with; two dots behind it are those of a range.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with('-'));
    let whole = sign + digits(&text[sign..]);
    match text[whole..].strip_prefix('.').map_or(0, digits) {
        0 => whole,
        fraction => whole + 1 + fraction,
    }
}

fn push_text(nodes: &mut Vec<Node>, text: &str) {
    match nodes.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(before)) => before.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}
