//! Conditions: what the section of this name says, and the functions whose value is a truth.

use indexmap::IndexMap;

use super::{Evaluator, arguments, expect_text};
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

impl Evaluator<'_> {
    /// Whether the condition of this name holds.
    pub(in crate::template) fn condition(&mut self, name: &str) -> Result<bool, Fault> {
        if let Some(known) = self.conditions.get(name) {
            return Ok(*known);
        }
        let template = self.template;
        let Some(node) = template.conditions.get(name) else {
            return Err(Fault::new("template", format!("the condition `{name}` does not exist")));
        };
        self.n_conditions += 1;
        let holds = self.guarded(name, |this| this.truth(node));
        self.n_conditions -= 1;
        let holds = holds.map_err(|fault| fault.at(node.line))?;
        self.conditions.insert(name.to_owned(), holds);
        Ok(holds)
    }

    fn truth(&mut self, node: &Node) -> Result<bool, Fault> {
        let single = node.as_map().filter(|map| map.len() == 1).and_then(IndexMap::first);
        match single {
            Some((name, argument)) if name == "Condition" => {
                let name = expect_text("Condition", argument)?;
                self.condition(name)
            }
            Some((name, argument)) if name.starts_with("Fn::") => self.truth_of(name, argument),
            _ => match &node.value {
                Value::Bool(flag) => Ok(*flag),
                Value::String(text) if text == "true" => Ok(true),
                Value::String(text) if text == "false" => Ok(false),
                _ => Err(Fault::new(
                    "template",
                    "a condition must be a function such as `Fn::Equals`",
                )
                .at(node.line)),
            },
        }
    }

    pub(super) fn truth_of(&mut self, name: &str, argument: &Node) -> Result<bool, Fault> {
        match name {
            "Fn::Equals" => {
                let [left, right] = arguments(name, argument)?;
                let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
                let comparable = |node: Option<Node>| {
                    node.map(|node| node.to_text().unwrap_or_else(|| node.to_json().to_string()))
                };
                Ok(comparable(left) == comparable(right))
            }
            "Fn::Not" => {
                let [inner] = arguments(name, argument)?;
                Ok(!self.truth(inner)?)
            }
            "Fn::And" | "Fn::Or" => {
                let items = argument.as_list().unwrap_or_default();
                if !(2..=10).contains(&items.len()) {
                    return Err(Fault::new(
                        "template",
                        format!("`{name}` needs 2 to 10 conditions"),
                    ));
                }
                let mut truths = Vec::with_capacity(items.len());
                for item in items {
                    truths.push(self.truth(item)?);
                }
                Ok(if name == "Fn::And" {
                    truths.iter().all(|one| *one)
                } else {
                    truths.iter().any(|one| *one)
                })
            }
            _ => {
                Err(Fault::new("template", format!("`{name}` is not a condition"))
                    .at(argument.line))
            }
        }
    }
}
