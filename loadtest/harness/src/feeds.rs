//! Where inputs of visits come from: what the workflow says, or files that the command line names instead.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::dice::Dice;
use crate::draw;
use crate::shared::Outputs;
use crate::system::{Draw, Input, System, Workflow};
use file::values;

/// A file in place of a draw: `[WORKFLOW.]NAME=FILE[:COLUMN]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The workflow, when it is for one alone.
    pub workflow: Option<String>,
    /// The input.
    pub name: String,
    /// The file.
    pub file: String,
    /// The column of a CSV file, or the member of each object of a JSON file; the input's name when left out.
    pub column: Option<String>,
}

impl std::str::FromStr for Feed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (target, file) =
            text.split_once('=').ok_or("expected `[WORKFLOW.]NAME=FILE[:COLUMN]`")?;
        let (workflow, name) = match target.split_once('.') {
            Some((workflow, name)) => (Some(workflow.to_owned()), name),
            None => (None, target),
        };
        let (file, column) = match file.rsplit_once(':') {
            Some((file, column)) if !file.is_empty() && !column.contains(['/', '\\']) => {
                (file, Some(column.to_owned()))
            }
            _ => (file, None),
        };
        if name.is_empty() || file.is_empty() {
            return Err("expected `[WORKFLOW.]NAME=FILE[:COLUMN]`".to_owned());
        }
        Ok(Self { workflow, name: name.to_owned(), file: file.to_owned(), column })
    }
}

/// Everything that inputs are drawn from.
#[derive(Debug, Default)]
pub struct Feeds {
    files: Vec<(Feed, Vec<Value>)>,
    /// Files of the contracts, by path and column.
    of_contracts: BTreeMap<(&'static str, &'static str), Vec<Value>>,
    skew: BTreeMap<String, f64>,
    /// Schemas and texts of the system, read once.
    read: BTreeMap<&'static str, Value>,
}

impl Feeds {
    /// Reads the files, and what the system draws from.
    ///
    /// # Errors
    /// A file that cannot be read, has no such column, or no value; an input that no workflow has.
    pub fn new(
        system: &System,
        workspace: &Path,
        feeds: &[Feed],
        skew: &[(String, f64)],
    ) -> Result<Self, String> {
        let mut read = BTreeMap::new();
        let inputs = || system.workflows.iter().flat_map(|workflow| workflow.inputs);
        for input in inputs() {
            let texts: &[&'static str] = match input.draw {
                Draw::OneOf(texts) => texts,
                Draw::Schema(schema) => &[schema],
                Draw::Unique | Draw::Output { .. } | Draw::File { .. } => &[],
            };
            for text in texts {
                let value = serde_json::from_str(text).map_err(|error| {
                    format!("the data of the input `{}` is not valid JSON: {error}", input.name)
                })?;
                let value = match input.draw {
                    Draw::Schema(_) => draw::prepared(value),
                    _ => value,
                };
                read.insert(*text, value);
            }
        }
        let is_known = |workflow: Option<&str>, name: &str| {
            let of = |one: &&&Workflow| workflow.is_none_or(|id| one.id == id);
            system
                .workflows
                .iter()
                .filter(of)
                .any(|one| one.inputs.iter().any(|input| input.name == name))
        };
        if let Some((name, _)) = skew.iter().find(|(name, _)| !is_known(None, name)) {
            return Err(format!("--skew {name}: no workflow has this input"));
        }
        let mut files: Vec<(Feed, Vec<Value>)> = Vec::new();
        for feed in feeds {
            if files
                .iter()
                .any(|(one, _)| (&one.workflow, &one.name) == (&feed.workflow, &feed.name))
            {
                return Err(format!("--input {}: the input has two files; pass one", feed.name));
            }
            if !is_known(feed.workflow.as_deref(), &feed.name) {
                let known: Vec<_> = inputs().map(|input| input.name).collect();
                return Err(format!(
                    "--input {}: unknown input; the inputs are {}",
                    feed.name,
                    known.join(", ")
                ));
            }
            files.push((feed.clone(), values(feed)?));
        }
        let mut of_contracts = BTreeMap::new();
        for input in inputs() {
            let Draw::File { path, column } = input.draw else { continue };
            let file = workspace.join(path).display().to_string();
            let feed = Feed {
                workflow: None,
                name: input.name.to_owned(),
                file,
                column: Some(column.to_owned()),
            };
            let found = values(&feed).map_err(|why| why.replacen("--input", "the input", 1))?;
            of_contracts.insert((path, column), found);
        }
        Ok(Self { files, of_contracts, skew: skew.iter().cloned().collect(), read })
    }

    /// Draws an input of a visit.
    #[must_use]
    pub fn draw(
        &self,
        workflow: &Workflow,
        input: &Input,
        slot: u64,
        unique: &str,
        dice: &mut Dice,
        outputs: &Outputs,
    ) -> Value {
        let skew = self.skew.get(input.name).copied().unwrap_or(input.skew);
        let given = self.given(workflow, input);
        let file = match input.draw {
            Draw::File { path, column } => self.of_contracts.get(&(path, column)),
            _ => None,
        };
        if let Some(values) = given.or(file) {
            // Without skew each slot takes the next row, so that no row is used twice before all were once.
            let index = match skew > 0.0 {
                true => dice.skewed(values.len() as u64, skew),
                false => slot % values.len().max(1) as u64,
            };
            return values.get(index as usize).cloned().unwrap_or_default();
        }
        if input.values > 0 {
            // One of so many values, each with dice of its own.
            *dice = Dice::of(0, input.name, dice.skewed(input.values, skew));
        }
        let mut pick = |n: usize| dice.skewed(n as u64, skew) as usize;
        match input.draw {
            Draw::Unique => Value::from(unique),
            Draw::File { .. } => Value::Null,
            Draw::OneOf(texts) => {
                let text = texts.get(pick(texts.len()));
                text.and_then(|text| self.read.get(text)).cloned().unwrap_or_default()
            }
            Draw::Schema(schema) => {
                self.read.get(schema).map(|schema| draw::draw(schema, dice)).unwrap_or_default()
            }
            Draw::Output { workflow, name } => {
                let values = outputs.get(workflow, name);
                values.get(pick(values.len())).cloned().unwrap_or_default()
            }
        }
    }

    /// The values that were given for an input: for this workflow, or else for all.
    fn given(&self, workflow: &Workflow, input: &Input) -> Option<&Vec<Value>> {
        let of = |id: Option<&str>| {
            let mut files = self.files.iter();
            files.find(|(feed, _)| feed.name == input.name && feed.workflow.as_deref() == id)
        };
        of(Some(workflow.id)).or_else(|| of(None)).map(|(_, values)| values)
    }

    /// That each run of a workflow has a value of its own where it needs one: `runs` says how many there are of each.
    /// What must tell runs apart is otherwise the same for several, whose outcomes nobody can count.
    ///
    /// # Errors
    /// A file with fewer different values than runs of a workflow that is owed something.
    pub fn check_unique(
        &self,
        system: &System,
        runs: impl Fn(&'static Workflow) -> u64,
    ) -> Result<(), String> {
        for workflow in system.workflows.iter().filter(|one| !one.promises.is_empty()) {
            for input in workflow.inputs.iter().filter(|one| matches!(one.draw, Draw::Unique)) {
                let Some(values) = self.given(workflow, input) else { continue };
                let n_runs = runs(workflow);
                let n_different = different(values.iter().take(n_runs as usize));
                let is_skewed = self.skew.get(input.name).is_some_and(|skew| *skew > 0.0);
                if n_different < n_runs || (is_skewed && n_runs > 1) {
                    return Err(format!(
                        "--input {name}: {n_runs} runs of `{id}` need a value each (`x-test-data: unique`), and the file \
                         gives them {n_different} different ones{skewed}; add values, or lower --rate or --run-time",
                        name = input.name,
                        id = workflow.id,
                        skewed = if is_skewed { ", which --skew repeats" } else { "" },
                    ));
                }
            }
        }
        Ok(())
    }

    /// What of the schemas drawn values may violate, one sentence each.
    #[must_use]
    pub fn doubts(&self, system: &System) -> Vec<String> {
        let mut told = Vec::new();
        for workflow in system.workflows {
            for input in workflow.inputs {
                let Draw::Schema(text) = input.draw else { continue };
                let is_fed = self.given(workflow, input).is_some();
                let doubts = self.read.get(text).map(draw::doubts).unwrap_or_default();
                if !is_fed && !doubts.is_empty() {
                    told.push(format!(
                        "values of {}.{} are random and ignore {}; provide values with --input",
                        workflow.id,
                        input.name,
                        doubts.join(", ")
                    ));
                }
            }
        }
        told
    }
}

/// How many of these values differ.
fn different<'v>(values: impl Iterator<Item = &'v Value>) -> u64 {
    values.map(Value::to_string).collect::<BTreeSet<_>>().len() as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use serde_json::json;

    use super::*;
    use crate::system::Promise;

    #[test]
    fn a_feed_names_an_input_a_file_and_perhaps_a_column() {
        let feed: Feed = "checkout.userName=data/users.csv:name".parse().unwrap();
        assert_eq!((feed.workflow.as_deref(), feed.name.as_str()), (Some("checkout"), "userName"));
        assert_eq!((feed.file.as_str(), feed.column.as_deref()), ("data/users.csv", Some("name")));
        let feed: Feed = "userName=users.txt".parse().unwrap();
        assert_eq!((feed.workflow, feed.column), (None, None));
        assert!("userName".parse::<Feed>().is_err() && "=x".parse::<Feed>().is_err());
    }

    static CHECKOUT: Workflow = Workflow {
        id: "checkout",
        inputs: &[
            Input { name: "userName", ..Input::NEW },
            Input { name: "pay", draw: Draw::OneOf(&["\"card\"", "7"]), ..Input::NEW },
            Input {
                name: "product",
                draw: Draw::Output { workflow: "stock", name: "product" },
                ..Input::NEW
            },
            Input {
                name: "note",
                draw: Draw::Schema(r#"{"type":"string","pattern":"^x"}"#),
                ..Input::NEW
            },
        ],
        ..Workflow::NEW
    };
    static SYSTEM: System = System { workflows: &[&CHECKOUT], ..System::NEW };

    #[test]
    fn each_input_is_drawn_from_its_source() {
        let feeds = Feeds::new(&SYSTEM, Path::new("."), &[], &[]).unwrap();
        let mut outputs = Outputs::default();
        outputs.add("stock", "product", json!({"id": 1}));
        let draw = |index: usize| {
            feeds.draw(
                &CHECKOUT,
                &CHECKOUT.inputs[index],
                3,
                "lt-1-checkout-3",
                &mut Dice::new(1),
                &outputs,
            )
        };
        assert_eq!(draw(0), "lt-1-checkout-3");
        assert!([json!("card"), json!(7)].contains(&draw(1)));
        assert_eq!(draw(2), json!({"id": 1}));
        assert!(draw(3).is_string());
        assert_eq!(feeds.doubts(&SYSTEM).len(), 1);
    }

    /// A file for one workflow counts before one for all, wherever it stands.
    #[test]
    fn an_input_has_one_file() {
        let folder = std::env::temp_dir().join(format!("feeds-one-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let feed = |name: &str, file: &str| -> Feed {
            std::fs::write(folder.join(file), file).unwrap();
            format!("{name}={}", folder.join(file).display()).parse().unwrap()
        };
        let own = feed("checkout.userName", "own.txt");
        let all = feed("userName", "all.txt");
        let of = |feeds: &[Feed]| Feeds::new(&SYSTEM, Path::new("."), feeds, &[]);
        for feeds in [[all.clone(), own.clone()], [own.clone(), all.clone()]] {
            let input = &CHECKOUT.inputs[0];
            let feeds = of(&feeds).unwrap();
            let (mut dice, outputs) = (Dice::new(1), Outputs::default());
            assert_eq!(feeds.draw(&CHECKOUT, input, 0, "", &mut dice, &outputs), "own.txt");
        }
        assert!(of(&[all.clone(), all]).unwrap_err().contains("two files"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Otherwise runs share the key by which they are told apart, and outcomes seem lost.
    #[test]
    fn what_tells_runs_apart_is_not_repeated() {
        static ORDER: Promise = Promise { id: "checkout.order", ..Promise::NEW };
        static OWED: Workflow = Workflow { promises: &[&ORDER], ..CHECKOUT };
        static OWING: System = System { workflows: &[&OWED], ..System::NEW };
        let file = std::env::temp_dir().join(format!("feeds-unique-{}.txt", std::process::id()));
        std::fs::write(&file, "anna\nben\ncarl\nben\n").unwrap();
        let feed: Feed = format!("userName={}", file.display()).parse().unwrap();
        let of =
            |system| Feeds::new(system, Path::new("."), std::slice::from_ref(&feed), &[]).unwrap();
        let feeds = of(&OWING);
        assert!(feeds.check_unique(&OWING, |_| 2).is_ok());
        let said = feeds.check_unique(&OWING, |_| 4).unwrap_err();
        assert!(said.contains("4 runs of `checkout`") && said.contains("3 different"), "{said}");
        assert!(of(&SYSTEM).check_unique(&SYSTEM, |_| 4).is_ok());
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn an_input_that_nobody_has_is_refused() {
        let feed: Feed = "age=x.txt".parse().unwrap();
        assert!(
            Feeds::new(&SYSTEM, Path::new("."), &[feed], &[])
                .unwrap_err()
                .contains("userName, pay")
        );
        let skew = [("age".to_owned(), 1.0)];
        assert!(
            Feeds::new(&SYSTEM, Path::new("."), &[], &skew).unwrap_err().contains("--skew age")
        );
    }
}
