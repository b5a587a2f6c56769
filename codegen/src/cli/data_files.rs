//! The files that inputs of workflows draw values from (`x-test-data`): what a load test could not read, told at its place.

use std::path::Path;

use serde_json::Value;

use crate::diag::Diagnostic;
use crate::diag::catalog::{shape::nearest, slips as fault};
use crate::model::{DataFile, System};
use crate::read;

/// What is wrong with the files of all inputs. `spec` is the folder of contracts, with which paths begin.
pub(super) fn check(spec: &Path, system: &System) -> Vec<Diagnostic> {
    let inputs = system.workflow_list().iter().filter_map(|workflow| workflow.inputs.as_ref());
    let files = inputs.flat_map(|inputs| &inputs.list).filter_map(|input| {
        let file = input.data.file.as_ref()?;
        let column = file.column.as_ref().unwrap_or(&input.name.wire);
        check_file(spec, file, column)
    });
    files.collect()
}

fn check_file(spec: &Path, file: &DataFile, column: &str) -> Option<Diagnostic> {
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
    let (why, is_column) = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => csv_fault(text, column)?,
        Some("json") => json_fault(text, column)?,
        _ => (text.trim().is_empty().then(|| "it is empty".to_owned())?, false),
    };
    let at = if is_column { file.column_span } else { file.span };
    Some(fault::data_unreadable(at, &file.path, &why))
}

/// What is wrong with a table; the flag tells whether it is about the column.
fn csv_fault(text: &str, column: &str) -> Option<(String, bool)> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(head) = lines.next() else { return Some(("it is empty".to_owned(), false)) };
    let cells: Vec<&str> =
        head.split(',').map(|cell| cell.trim().trim_matches('"').trim()).collect();
    if !cells.contains(&column) {
        let other = [';', '\t', '|']
            .into_iter()
            .find(|sign| head.split(*sign).any(|cell| cell.trim().trim_matches('"') == column));
        let why = match (other, nearest(column, cells.iter().copied())) {
            (Some(_), _) if cells.len() == 1 => "its cells are not separated by `,`".to_owned(),
            (_, Some(near)) => format!("it has no column `{column}`; did you mean `{near}`?"),
            _ => format!("it has no column `{column}`; the columns are {}", cells.join(", ")),
        };
        return Some((why, true));
    }
    lines.next().is_none().then(|| ("it has no line after the header".to_owned(), false))
}

/// As [`csv_fault`], of an array of values or objects.
fn json_fault(text: &str, column: &str) -> Option<(String, bool)> {
    let values: Vec<Value> = match serde_json::from_str(text) {
        Ok(values) => values,
        Err(error) => return Some((format!("expected a JSON array: {error}"), false)),
    };
    if values.is_empty() {
        return Some(("the array is empty".to_owned(), false));
    }
    let lacks = |value: &Value| value.as_object().is_some_and(|value| !value.contains_key(column));
    let at = values.iter().position(lacks)?;
    Some((format!("element {at} has no member `{column}`"), true))
}

#[cfg(test)]
mod tests {
    use super::{csv_fault, json_fault};

    #[test]
    fn what_a_load_test_could_not_read_is_told() {
        for (text, why) in [
            ("", "it is empty"),
            ("name\n", "no line after the header"),
            ("nam,age\nAda,36\n", "did you mean `nam`?"),
            ("a,b\n1,2\n", "the columns are a, b"),
            ("name;age\nAda;36\n", "not separated by `,`"),
        ] {
            let found = csv_fault(text, "name").map(|(why, _)| why);
            assert!(found.as_ref().is_some_and(|found| found.contains(why)), "{text:?}: {found:?}");
        }
        assert_eq!(csv_fault("age, \"name\"\r\n36,Ada\n", "name"), None);
        for (text, why) in [
            ("[", "expected a JSON array"),
            ("{}", "expected a JSON array"),
            ("[]", "the array is empty"),
            (r#"[{"name": 1}, {"nam": 1}]"#, "element 1 has no member `name`"),
        ] {
            let found = json_fault(text, "name").map(|(why, _)| why);
            assert!(found.as_ref().is_some_and(|found| found.contains(why)), "{text:?}: {found:?}");
        }
        assert_eq!(json_fault(r#"["Ada", {"name": 1}]"#, "name"), None);
    }
}
