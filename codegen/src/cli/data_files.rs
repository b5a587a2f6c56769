//! The files that inputs of workflows draw values from (`x-test-data`): what a load test could not read, told at its place.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::diag::Diagnostic;
use crate::diag::catalog::{shape::nearest, slips as fault};
use crate::model::{DataFile, System};
use crate::read;
use crate::values::tree;

/// What is wrong with the files of all inputs. `spec` is the folder of contracts, with which paths begin.
pub(super) fn check(spec: &Path, system: &System) -> Vec<Diagnostic> {
    let inputs = system.workflow_list().iter().filter_map(|workflow| workflow.inputs.as_ref());
    // Workflows may share the inputs of `components`, which stand at one place.
    let mut seen = vec![];
    let mut all = vec![];
    for input in inputs.flat_map(|inputs| &inputs.list) {
        let Some(file) = &input.data.file else { continue };
        let column = file.column.as_ref().unwrap_or(&input.name.wire);
        if !seen.contains(&(file, column)) {
            seen.push((file, column));
            all.extend(check_file(spec, file, column, &input.schema));
        }
    }
    all
}

fn check_file(spec: &Path, file: &DataFile, column: &str, schema: &Value) -> Option<Diagnostic> {
    let (_, path) = file.path.split_once('/')?;
    let text = match read::text_if_there(&spec.join(path)) {
        Ok(Some(text)) => text,
        Ok(None) => {
            let why = "the file does not exist beside the contract";
            return Some(fault::data_unreadable(file.span, &file.path, why));
        }
        Err(error) => {
            let why = format!("{}; save it as UTF-8", error.root_cause());
            return Some(fault::data_unreadable(file.span, &file.path, &why));
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    let values = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => csv_values(text, column),
        Some("json") => json_values(text, column),
        _ if text.trim().is_empty() => Err(("it is empty".to_owned(), false)),
        _ => Ok(lines_of(text).map(|(line, text)| (at_line(line), readings(text))).collect()),
    };
    let values = match values {
        Ok(values) => values,
        Err((why, is_column)) => {
            let at = if is_column { file.column_span } else { file.span };
            return Some(fault::data_unreadable(at, &file.path, &why));
        }
    };
    let (place, value, keyword) = misfit(&values, schema)?;
    Some(fault::data_misfit(file.column_span, &file.path, &place, &value.to_string(), &keyword))
}

/// Values of a file, each with its place, as all that a load test takes it for.
type Values = Vec<(String, Vec<Value>)>;

/// The values of a file; or what is wrong with it, and whether that is about the column.
type Read = Result<Values, (String, bool)>;

/// The first value that does not fit the schema of its input, and the keyword that it violates.
fn misfit<'v>(values: &'v Values, schema: &Value) -> Option<(String, &'v Value, String)> {
    const INPUT: &str = "input";
    let schemas = BTreeMap::from([(INPUT.to_owned(), schema.clone())]);
    values.iter().find_map(|(place, readings)| {
        let faults: Option<Vec<_>> =
            readings.iter().map(|value| tree::fault(&schemas, INPUT, value)).collect();
        let keyword = faults?.into_iter().next()?.keyword;
        Some((place.clone(), readings.first()?, keyword))
    })
}

/// All that a load test takes a text for.
fn readings(text: &str) -> Vec<Value> {
    let read = serde_json::from_str::<Value>(text).ok().filter(|read| !read.is_string());
    read.into_iter().chain([text.into()]).collect()
}

fn at_line(line: usize) -> String {
    format!("line {line}")
}

/// The lines of a text that say something, from 1.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// The values of a column. Rows with quotes, whose cells may contain anything, are left to the load test.
fn csv_values(text: &str, column: &str) -> Read {
    let mut lines = lines_of(text).peekable();
    let Some((_, head)) = lines.next() else { return Err(("it is empty".to_owned(), false)) };
    let names: Vec<&str> =
        head.split(',').map(|name| name.trim().trim_matches('"').trim()).collect();
    let Some(at) = names.iter().position(|name| *name == column) else {
        return Err((no_column(head, &names, column), true));
    };
    if lines.peek().is_none() {
        return Err(("it has no line after the header".to_owned(), false));
    }
    let mut is_quoted = false;
    let value = |(line, row): (usize, &str)| {
        let was_quoted = is_quoted;
        is_quoted ^= row.matches('"').count() % 2 == 1;
        let cells: Vec<&str> = row.split(',').collect();
        let is_plain = !was_quoted && !row.contains('"') && cells.len() == names.len();
        let cell = is_plain.then(|| cells[at])?;
        Some((at_line(line), readings(cell)))
    };
    Ok(lines.filter_map(value).collect())
}

/// Why the head of a table has no such column.
fn no_column(head: &str, names: &[&str], column: &str) -> String {
    let is_other =
        |sign: &char| head.split(*sign).any(|cell| cell.trim().trim_matches('"') == column);
    match nearest(column, names.iter().copied()) {
        _ if names.len() == 1 && [';', '\t', '|'].iter().any(is_other) => {
            "its cells are not separated by `,`".to_owned()
        }
        Some(near) => format!("it has no column `{column}`; did you mean `{near}`?"),
        None => format!("it has no column `{column}`; the columns are {}", names.join(", ")),
    }
}

/// The values of an array, or of a member of its objects.
fn json_values(text: &str, column: &str) -> Read {
    let values: Vec<Value> = serde_json::from_str(text)
        .map_err(|error| (format!("expected a JSON array: {error}"), false))?;
    if values.is_empty() {
        return Err(("the array is empty".to_owned(), false));
    }
    let lacks = |value: &Value| value.as_object().is_some_and(|value| !value.contains_key(column));
    if let Some(at) = values.iter().position(lacks) {
        return Err((format!("element {at} has no member `{column}`"), true));
    }
    let value = |(at, value): (usize, Value)| {
        let value = value.get(column).cloned().unwrap_or(value);
        (format!("element {at}"), vec![value])
    };
    Ok(values.into_iter().enumerate().map(value).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use serde_json::json;

    use super::{Read, csv_values, json_values, misfit};

    #[test]
    fn values_that_do_not_fit_their_input_are_told() {
        let place = |read: Read, schema| misfit(&read.unwrap(), &schema).map(|(place, ..)| place);
        let of_csv = |text: &str, schema| place(csv_values(text, "n"), schema);
        let kinds = || json!({ "type": "string", "enum": ["a", "b"] });
        assert_eq!(of_csv("n,m\na,1\n\nc,2\n", kinds()).as_deref(), Some("line 4"));
        assert_eq!(of_csv("n\r\na\r\nb\r\n", kinds()), None);
        assert_eq!(of_csv("n\n\"a\"\"\"\n", kinds()), None);
        // A line within a cell is no row.
        assert_eq!(of_csv("n,m\n\"a\nc,d\nb\",1\na,2\n", kinds()), None);
        // A cell is what its input asks for.
        for kind in ["string", "integer"] {
            assert_eq!(of_csv("n\n1\n", json!({ "type": kind })), None);
        }
        assert_eq!(of_csv("n\n1\nx\n", json!({ "type": "integer" })).as_deref(), Some("line 3"));
        let of_json = |text: &str, schema| place(json_values(text, "n"), schema);
        let told = of_json(r#"[{"n": "a"}, {"n": 3}]"#, kinds());
        assert_eq!(told.as_deref(), Some("element 1"));
        assert_eq!(of_json(r#"["a", "b"]"#, kinds()), None);
    }

    #[test]
    fn what_a_load_test_could_not_read_is_told() {
        for (text, why) in [
            ("", "it is empty"),
            ("name\n", "no line after the header"),
            ("nam,age\nAda,36\n", "did you mean `nam`?"),
            ("a,b\n1,2\n", "the columns are a, b"),
            ("name;age\nAda;36\n", "not separated by `,`"),
        ] {
            let found = csv_values(text, "name").err().map(|(why, _)| why);
            assert!(found.as_ref().is_some_and(|found| found.contains(why)), "{text:?}: {found:?}");
        }
        assert!(csv_values("age, \"name\"\r\n36,Ada\n", "name").is_ok());
        for (text, why) in [
            ("[", "expected a JSON array"),
            ("{}", "expected a JSON array"),
            ("[]", "the array is empty"),
            (r#"[{"name": 1}, {"nam": 1}]"#, "element 1 has no member `name`"),
        ] {
            let found = json_values(text, "name").err().map(|(why, _)| why);
            assert!(found.as_ref().is_some_and(|found| found.contains(why)), "{text:?}: {found:?}");
        }
        assert!(json_values(r#"["Ada", {"name": 1}]"#, "name").is_ok());
    }
}
