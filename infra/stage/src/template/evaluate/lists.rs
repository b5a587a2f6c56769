//! Functions that choose one of several values, and those that join and split texts.

use super::{Evaluated, Evaluator, arguments, check_size, expect_text, needs_extensions};
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

impl Evaluator<'_> {
    pub(super) fn choice(&mut self, argument: &Node) -> Evaluated {
        let [condition, then, otherwise] = arguments("Fn::If", argument)?;
        let holds = self.condition(expect_text("Fn::If", condition)?)?;
        self.evaluate(if holds { then } else { otherwise })
    }

    pub(super) fn find_in_map(&mut self, argument: &Node) -> Evaluated {
        let (wanted, default) = match argument.as_list() {
            // The transform `AWS::LanguageExtensions` adds what is taken where the map has none.
            Some([wanted @ .., last]) if wanted.len() == 3 => {
                if !self.template.is_extended {
                    return Err(needs_extensions("DefaultValue").at(last.line));
                }
                (wanted, last.as_map())
            }
            wanted => (wanted.unwrap_or_default(), None),
        };
        let Ok([map, first, second]) = <&[Node; 3]>::try_from(wanted) else {
            return Err(
                Fault::new("template", "`Fn::FindInMap` expects a list of 3").at(argument.line)
            );
        };
        let default = default.and_then(|map| map.get("DefaultValue"));
        let map = self.text("Fn::FindInMap", map)?;
        let first = self.text("Fn::FindInMap", first)?;
        let second = self.text("Fn::FindInMap", second)?;
        let found = self.template.mappings.get(&map).and_then(Node::as_map);
        let found = found.and_then(|map| map.get(&first)).and_then(Node::as_map);
        match found.and_then(|map| map.get(&second)) {
            Some(node) => Ok(Some(node.clone())),
            None if default.is_some() => default.map_or(Ok(None), |node| self.evaluate(node)),
            None => Err(Fault::new(
                "template",
                format!("the mapping `{map}`.`{first}`.`{second}` does not exist"),
            )),
        }
    }

    pub(super) fn select(&mut self, argument: &Node) -> Evaluated {
        let [index, list] = arguments("Fn::Select", argument)?;
        let index = self.text("Fn::Select", index)?;
        let list = self.list("Fn::Select", list)?;
        let found = index.parse::<usize>().ok().and_then(|index| list.get(index));
        match found {
            Some(node) => Ok(Some(node.clone())),
            None => Err(Fault::new(
                "template",
                format!("`Fn::Select`: no item {index} in a list of {}", list.len()),
            )),
        }
    }

    pub(super) fn split(&mut self, argument: &Node) -> Evaluated {
        let [delimiter, text] = arguments("Fn::Split", argument)?;
        let delimiter = expect_text("Fn::Split", delimiter)?;
        let line = argument.line;
        let text = self.text("Fn::Split", text)?;
        let items = text.split(delimiter).map(|item| Node::text(line, item)).collect();
        Ok(Some(Node { line, value: Value::List(items) }))
    }

    pub(super) fn join(&mut self, argument: &Node) -> Result<String, Fault> {
        let [delimiter, list] = arguments("Fn::Join", argument)?;
        let delimiter = expect_text("Fn::Join", delimiter)?;
        let items = self.list("Fn::Join", list)?;
        let texts: Option<Vec<String>> = items.iter().map(Node::to_text).collect();
        let texts =
            texts.ok_or_else(|| Fault::new("template", "`Fn::Join` expects a list of strings"))?;
        let between = delimiter.len() * texts.len().saturating_sub(1);
        check_size("Fn::Join", between + texts.iter().map(String::len).sum::<usize>())?;
        Ok(texts.join(delimiter))
    }
}
