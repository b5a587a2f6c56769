//! Where inputs of visits come from: what the workflow says, or files that the command line names instead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::dice::Dice;
use crate::draw;
use crate::shared::Outputs;
use crate::system::{Draw, Input, System, Workflow};

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

fn values(feed: &Feed) -> Result<Vec<Value>, String> {
    let failed = |why: &str| format!("--input {}: {}: {why}", feed.name, feed.file);
    let text = std::fs::read(&feed.file).map_err(|error| failed(&error.to_string()))?;
    let text = String::from_utf8(text).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter();
        let line = line.filter(|byte| **byte == b'\n').count() + 1;
        failed(&format!("line {line} is not UTF-8; convert the file"))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let column = feed.column.as_deref().unwrap_or(&feed.name);
    let is =
        |end: &str| Path::new(&feed.file).extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
    let values = if is("json") {
        of_json(text, column)
    } else if is("csv") {
        of_csv(text, column)
    } else {
        Ok(text.lines().filter(|line| !line.trim().is_empty()).map(Value::from).collect())
    };
    let values = values.map_err(|why| failed(&why))?;
    if values.is_empty() { Err(failed("no value")) } else { Ok(values) }
}

fn of_json(text: &str, column: &str) -> Result<Vec<Value>, String> {
    let all: Vec<Value> =
        serde_json::from_str(text).map_err(|error| format!("expected a JSON array: {error}"))?;
    let member = |(index, value): (usize, Value)| match value {
        Value::Object(mut members) => members
            .remove(column)
            .ok_or_else(|| format!("element {index} has no member `{column}`")),
        other => Ok(other),
    };
    all.into_iter().enumerate().map(member).collect()
}

fn of_csv(text: &str, column: &str) -> Result<Vec<Value>, String> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or("no header line")?;
    let mut named = head.iter().enumerate().filter(|(_, name)| name.trim() == column);
    let (index, _) = named
        .next()
        .ok_or_else(|| format!("no column `{column}`; the columns are {}", head.join(", ")))?;
    if named.next().is_some() {
        return Err(format!("the header has the column `{column}` twice"));
    }
    let cell = |(line, row): (usize, Vec<String>)| match row.get(index) {
        Some(cell) if row.len() == head.len() => Ok(scalar(cell)),
        _ => {
            let (found, expected) = (row.len(), head.len());
            Err(format!(
                "line {line}: found {found} cells, expected {expected} as in the header; quote a cell that holds a comma"
            ))
        }
    };
    rows.map(cell).collect()
}

/// A number or a word of JSON that is written as JSON writes it; anything else, such as `1.10`, is text, and whoever
/// expects a number takes it for one.
fn scalar(cell: &str) -> Value {
    let read = serde_json::from_str::<Value>(cell).ok();
    let same = read.filter(|value| {
        !value.is_object()
            && !value.is_array()
            && !value.is_string()
            && serde_json::to_string(value).is_ok_and(|written| written == cell)
    });
    same.unwrap_or_else(|| Value::from(cell))
}

/// The rows of a CSV text (RFC 4180), each with the line on which it begins.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut is_closed, mut line, mut first) = (false, false, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        line += usize::from(char == '\n');
        match char {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => (is_quoted, is_closed) = (false, true),
            _ if is_closed && !matches!(char, ',' | '\r' | '\n') => {
                return Err(format!("line {line}: text after the closing quote of a cell"));
            }
            '"' if cell.is_empty() => is_quoted = true,
            _ if is_quoted => cell.push(char),
            ',' => {
                is_closed = false;
                row.push(std::mem::take(&mut cell));
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                is_closed = false;
                row.push(std::mem::take(&mut cell));
                rows.push((std::mem::replace(&mut first, line), std::mem::take(&mut row)));
            }
            _ => cell.push(char),
        }
    }
    if is_quoted {
        return Err(format!("line {first}: a quoted cell is not closed"));
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((first, row));
    }
    rows.retain(|(_, row)| row.len() > 1 || row.first().is_some_and(|cell| !cell.is_empty()));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use serde_json::json;

    use super::*;
    use crate::system::Promise;

    #[test]
    fn csv_cells_are_what_they_look_like() {
        let text = "name,age\r\n\"Ada, \"\"the\"\" first\",36\nBob,x\n";
        assert_eq!(of_csv(text, "name").unwrap(), [json!("Ada, \"the\" first"), json!("Bob")]);
        assert_eq!(of_csv(text, "age").unwrap(), [json!(36), json!("x")]);
        assert!(of_csv(text, "city").unwrap_err().contains("name, age"));
        assert!(of_csv("a\n\"x", "a").unwrap_err().contains("is not closed"));
        for (text, why) in [
            ("a,b\n\n\"1\n\",2\n1\n", "line 5: found 1 cells, expected 2"),
            ("a,b\n1,2,3\n", "line 2: found 3 cells"),
            ("b,a,b\n1,2,3\n", "`b` twice"),
            ("a,b\n1,\"2\"x\n", "line 2: text after the closing quote"),
            ("a,b\n1,\"2\" \n", "line 2: text after"),
            ("a,b\n1,\"\"x\n", "line 2: text after"),
            ("", "no header line"),
        ] {
            let error = of_csv(text, "b").unwrap_err();
            assert!(error.contains(why), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_cell_keeps_every_digit() {
        let text = "id\n1.10\n1e5\n12345678901234567890123\n 7\n-3\ntrue\n\"\"\"x\"\"\"\n";
        let expected = [
            json!("1.10"),
            json!("1e5"),
            json!("12345678901234567890123"),
            json!(" 7"),
            json!(-3),
            json!(true),
            json!("\"x\""),
        ];
        assert_eq!(of_csv(text, "id").unwrap(), expected);
    }

    #[test]
    fn a_file_is_text_and_has_values() {
        let folder = std::env::temp_dir().join(format!("feeds-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let read = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            values(&format!("age={}", path.display()).parse().unwrap())
        };
        for name in ["bom.txt", "bom.csv", "bom.json"] {
            let text = if name == "bom.json" { "[7]" } else { "age\r\n7\r\n" };
            let found = read(name, format!("\u{feff}{text}").as_bytes()).unwrap();
            assert!(["7", "age"].contains(&crate::text(&found[0]).as_str()), "{name}: {found:?}");
        }
        assert!(read("latin.csv", b"age\n\xfc\n").unwrap_err().contains("line 2 is not UTF-8"));
        for (name, text) in [("none.csv", "age\n"), ("none.json", "[]"), ("none.txt", "\n\n")] {
            assert!(read(name, text.as_bytes()).unwrap_err().contains("no value"), "{name}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn json_lists_hold_values_or_objects_with_them() {
        assert_eq!(of_json("[1, {\"a\": 2}]", "a").unwrap(), [json!(1), json!(2)]);
        assert!(of_json("[{\"b\": 2}]", "a").unwrap_err().contains("element 0"));
        assert!(of_json("{}", "a").unwrap_err().contains("JSON array"));
    }

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
